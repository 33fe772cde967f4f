#define G_LOG_DOMAIN "dio-session"

#include "dio-dataset-policy.h"
#include "dio-session-models.h"
#include "dio-session-private.h"
#include "dio-session-rows-private.h"
#include "dio-session-tree-private.h"

#include <math.h>
#include <string.h>

/* What is looked at, and the one stream of requests to the preview.
 *
 * Every change marks the next request; an idle source makes it, so that a key that changes five things asks once.
 * While something is dragged requests are drafts; a pause of the hand, or its end, asks for a refined one. */

/* Long enough not to refine between two motions of the mouse, short enough to feel immediate. */
#define REFINE_MS 150

static void schedule_refine (DioSession *session);

/* Whether depth or normals of the free view are looked at. */
static gboolean
wants_geometry (DioSession *session)
{
  DioPass pass = dio_overlays_get_pass (session->overlays);
  return pass == DIO_PASS_DEPTH || pass == DIO_PASS_NORMAL;
}

void
dio_session_fill_request (DioSession *session, DioPreviewRequest *request)
{
  g_return_if_fail (DIO_IS_SESSION (session) && request != NULL);

  *request = (DioPreviewRequest){
    .scenario = session->scenario,
    .scenario_folder = session->folder,
    .seed = session->seed,
    .frame = session->frame,
    .base = !session->frame_view,
    .sensor = session->effective_sensor,
    .want_sensor = session->effective_sensor != NULL,
    .view = session->view,
    .draft = session->drag_depth > 0,
  };
  request->view.want_geometry = wants_geometry (session);
  /* Through the sensor its own picture is what is shown; a second one would only cost time. */
  if (session->through_sensor && session->effective_sensor != NULL)
    request->view.width_px = request->view.height_px = 0;
}

static gboolean
request_cb (gpointer user)
{
  DioSession *session = user;
  session->request_id = 0;
  DioPreviewRequest request;
  dio_session_fill_request (session, &request);
  request.draft = request.draft && !session->refine;
  session->refine = FALSE;
  session->asked_draft = request.draft;
  session->asked_serial = dio_preview_request (session->preview, &request);
  if (request.draft)
    schedule_refine (session);
  return G_SOURCE_REMOVE;
}

void
dio_session_queue_request (DioSession *session)
{
  g_clear_handle_id (&session->refine_id, g_source_remove);
  session->refine = FALSE;
  if (session->request_id == 0 && session->preview != NULL)
    session->request_id = g_idle_add_full (G_PRIORITY_DEFAULT, request_cb, session, NULL);
}

static gboolean
refine_cb (gpointer user)
{
  DioSession *session = user;
  session->refine_id = 0;
  dio_session_queue_request (session);
  session->refine = TRUE;
  return G_SOURCE_REMOVE;
}

static void
schedule_refine (DioSession *session)
{
  g_clear_handle_id (&session->refine_id, g_source_remove);
  session->refine_id = g_timeout_add (REFINE_MS, refine_cb, session);
}

static void
result_cb (DioPreviewResult *result, gpointer user)
{
  DioSession *session = user;
  /* Still on its way when another document took the place of what it shows. */
  if (result->serial <= session->stale_serial)
    return;
  if (session->result != NULL)
    dio_preview_result_unref (session->result);
  session->result = dio_preview_result_ref (result);
  if (session->rows != NULL)
    dio_session_rows_update (session->rows, session, result);
  dio_session_emit (session, DIO_SESSION_SIGNAL_RESULT);
  /* A document that cannot be shown would race through its frames. */
  if (result->error != NULL)
    dio_session_set_playing (session, FALSE);
  /* The next one when this one is seen: as fast as they come, and none is left out. */
  if (session->playing && !result->base && result->frame_index == session->frame)
    dio_session_set_frame (session, session->frame + 1);
}

/* The free view has its depth and normals only while they are looked at; a sensor's labels hold them always. */
static void
pass_changed_cb (DioOverlays *overlays, GParamSpec *pspec, DioSession *session)
{
  const DioPreviewResult *result = session->result;
  if (result == NULL || result->view.want_geometry != wants_geometry (session))
    dio_session_queue_request (session);
}

void
dio_session_forget_result (DioSession *session)
{
  session->stale_serial = session->asked_serial;
  g_clear_pointer (&session->result, dio_preview_result_unref);
  if (session->rows != NULL)
    dio_session_rows_update (session->rows, session, NULL);
}

void
dio_session_init_look (DioSession *session)
{
  g_signal_connect_object (session->overlays, "notify::pass", G_CALLBACK (pass_changed_cb), session,
                           0);
  session->preview = dio_preview_new (session->engine_path, result_cb, session);
  dio_session_look_document_changed (session);
}

void
dio_session_end_look (DioSession *session)
{
  g_clear_handle_id (&session->request_id, g_source_remove);
  g_clear_handle_id (&session->refine_id, g_source_remove);
  g_clear_pointer (&session->preview, dio_preview_free);
}

void
dio_session_clear_look (DioSession *session)
{
  dio_session_end_look (session);
  g_clear_pointer (&session->result, dio_preview_result_unref);
  g_clear_pointer (&session->rows, dio_session_rows_free);
  g_clear_pointer (&session->tree, dio_session_tree_free);
  g_clear_pointer (&session->chosen_sensor, g_free);
  g_clear_pointer (&session->effective_sensor, g_free);
}

/* -- The sensor ---------------------------------------------------------------------------------------------------- */

static const char *
find_effective_sensor (DioSession *session)
{
  const DioNode *chosen = dio_scenario_find_node (session->scenario, session->chosen_sensor);
  if (chosen != NULL && chosen->kind == DIO_NODE_SENSOR)
    return chosen->id;
  for (guint i = 0; i < session->scenario->nodes->len; i++) {
    const DioNode *node = g_ptr_array_index (session->scenario->nodes, i);
    if (node->kind == DIO_NODE_SENSOR)
      return node->id;
  }
  return NULL;
}

static void
update_sensor (DioSession *session)
{
  const char *now = find_effective_sensor (session);
  if (g_strcmp0 (now, session->effective_sensor) == 0)
    return;
  g_free (session->effective_sensor);
  session->effective_sensor = g_strdup (now);
  dio_session_notify (session, "sensor");
}

void
dio_session_look_document_changed (DioSession *session)
{
  /* Validation knows the presets by name only; one that annotate/ lacks leaves the detector's. */
  if (!dio_label_policy_for_scenario (&session->policy, &session->scenario->policy, NULL))
    dio_label_policy_from_preset ("detector", &session->policy);
  if (session->tree != NULL)
    dio_session_tree_update (session->tree, session->scenario);
  if (session->rows != NULL)
    dio_session_rows_judge (session->rows, session);
  update_sensor (session);
  dio_session_queue_request (session);
}

const char *
dio_session_get_sensor (DioSession *session)
{
  g_return_val_if_fail (DIO_IS_SESSION (session), NULL);

  return session->effective_sensor;
}

void
dio_session_set_sensor (DioSession *session, const char *id)
{
  g_return_if_fail (DIO_IS_SESSION (session));

  g_autofree char *copy = g_strdup (id);
  g_free (session->chosen_sensor);
  session->chosen_sensor = g_steal_pointer (&copy);
  g_autofree char *before = g_strdup (session->effective_sensor);
  update_sensor (session);
  if (g_strcmp0 (before, session->effective_sensor) != 0)
    dio_session_queue_request (session);
}

/* -- What is set ---------------------------------------------------------------------------------------------------- */

DioMode
dio_session_get_mode (DioSession *session)
{
  g_return_val_if_fail (DIO_IS_SESSION (session), DIO_MODE_COMPOSE);

  return session->mode;
}

void
dio_session_set_mode (DioSession *session, DioMode mode)
{
  g_return_if_fail (DIO_IS_SESSION (session) && mode <= DIO_MODE_REVIEW);

  if (mode == session->mode)
    return;
  session->mode = mode;
  dio_session_notify (session, "mode");
}

guint64
dio_session_get_seed (DioSession *session)
{
  g_return_val_if_fail (DIO_IS_SESSION (session), 0);

  return session->seed;
}

void
dio_session_set_seed (DioSession *session, guint64 seed)
{
  g_return_if_fail (DIO_IS_SESSION (session) && seed <= G_MAXINT64);

  if (seed == session->seed)
    return;
  session->seed = seed;
  dio_session_notify (session, "seed");
  dio_session_queue_request (session);
}

guint32
dio_session_get_frame (DioSession *session)
{
  g_return_val_if_fail (DIO_IS_SESSION (session), 0);

  return session->frame;
}

void
dio_session_set_frame (DioSession *session, guint32 frame)
{
  g_return_if_fail (DIO_IS_SESSION (session));

  if (frame == session->frame)
    return;
  session->frame = frame;
  dio_session_notify (session, "frame");
  dio_session_queue_request (session);
}

gboolean
dio_session_get_frame_view (DioSession *session)
{
  g_return_val_if_fail (DIO_IS_SESSION (session), FALSE);

  return session->frame_view;
}

void
dio_session_set_frame_view (DioSession *session, gboolean frame_view)
{
  g_return_if_fail (DIO_IS_SESSION (session));

  if (!frame_view == !session->frame_view)
    return;
  session->frame_view = frame_view != FALSE;
  dio_session_notify (session, "frame-view");
  if (!frame_view)
    dio_session_set_playing (session, FALSE);
  dio_session_queue_request (session);
}

gboolean
dio_session_get_through_sensor (DioSession *session)
{
  g_return_val_if_fail (DIO_IS_SESSION (session), FALSE);

  return session->through_sensor;
}

void
dio_session_set_through_sensor (DioSession *session, gboolean through)
{
  g_return_if_fail (DIO_IS_SESSION (session));

  if (!through == !session->through_sensor)
    return;
  session->through_sensor = through != FALSE;
  dio_session_notify (session, "through-sensor");
  dio_session_queue_request (session);
}

void
dio_session_set_playing (DioSession *session, gboolean playing)
{
  if (!playing == !session->playing)
    return;
  session->playing = playing != FALSE;
  dio_session_notify (session, "playing");
  if (!playing)
    return;
  /* Document values do not move: playing means looking at frames. */
  dio_session_set_frame_view (session, TRUE);
  if (session->result != NULL && !session->result->base
      && session->result->frame_index == session->frame)
    dio_session_set_frame (session, session->frame + 1);
  else
    dio_session_queue_request (session);
}

void
dio_session_set_view (DioSession *session, const DioPreviewView *view)
{
  g_return_if_fail (DIO_IS_SESSION (session) && view != NULL);

  const DioPreviewView *old = &session->view;
  gboolean same =
      view->width_px == old->width_px && view->height_px == old->height_px
      && !view->orthographic == !old->orthographic
      && memcmp (&view->world_from_camera, &old->world_from_camera, sizeof old->world_from_camera)
             == 0
      && memcmp (&view->fov_y_rad, &old->fov_y_rad, sizeof (double)) == 0
      && memcmp (&view->ortho_height_m, &old->ortho_height_m, sizeof (double)) == 0;
  if (same)
    return;
  session->view = *view;
  dio_session_queue_request (session);
}

void
dio_session_begin_drag (DioSession *session)
{
  g_return_if_fail (DIO_IS_SESSION (session));

  session->drag_depth++;
}

void
dio_session_end_drag (DioSession *session)
{
  g_return_if_fail (DIO_IS_SESSION (session) && session->drag_depth > 0);

  session->drag_depth--;
  /* A click that moved nothing leaves the picture as it is. */
  if (session->drag_depth == 0 && session->asked_draft)
    dio_session_queue_request (session);
}

/* -- Lists: made when somebody asks first ---------------------------------------------------------------------------- */

static DioSessionTree *
ensure_tree (DioSession *session)
{
  if (session->tree == NULL)
    session->tree = dio_session_tree_new (session->scenario);
  return session->tree;
}

GListModel *
dio_session_get_root_nodes (DioSession *session)
{
  g_return_val_if_fail (DIO_IS_SESSION (session), NULL);

  return dio_session_tree_get_roots (ensure_tree (session));
}

DioNodeItem *
dio_session_find_node_item (DioSession *session, const char *id)
{
  g_return_val_if_fail (DIO_IS_SESSION (session) && id != NULL, NULL);

  return dio_session_tree_find (ensure_tree (session), id);
}

static DioSessionRows *
ensure_rows (DioSession *session)
{
  if (session->rows == NULL) {
    session->rows = dio_session_rows_new ();
    dio_session_rows_update (session->rows, session, session->result);
  }
  return session->rows;
}

GListModel *
dio_session_get_label_rows (DioSession *session)
{
  g_return_val_if_fail (DIO_IS_SESSION (session), NULL);

  return dio_session_rows_get_model (ensure_rows (session));
}

DioLabelRow *
dio_session_find_label_row (DioSession *session, guint instance)
{
  g_return_val_if_fail (DIO_IS_SESSION (session), NULL);

  return dio_session_rows_find (ensure_rows (session), instance);
}

/* -- What came of it ------------------------------------------------------------------------------------------------- */

DioPreviewResult *
dio_session_get_result (DioSession *session)
{
  g_return_val_if_fail (DIO_IS_SESSION (session), NULL);

  return session->result;
}

DioPreview *
dio_session_get_preview (DioSession *session)
{
  g_return_val_if_fail (DIO_IS_SESSION (session), NULL);

  return session->preview;
}

void
dio_session_get_policy (DioSession *session, DioLabelPolicy *policy)
{
  g_return_if_fail (DIO_IS_SESSION (session) && policy != NULL);

  *policy = session->policy;
}

DioVerdict
dio_session_judge (DioSession *session, const DioAnnotation *annotation, const char **reason)
{
  g_return_val_if_fail (DIO_IS_SESSION (session) && annotation != NULL, DIO_VERDICT_DROP);

  const DioScenario *scenario =
      session->result != NULL ? session->result->scenario : session->scenario;
  return dio_label_judge (scenario, &session->policy, annotation, reason);
}
