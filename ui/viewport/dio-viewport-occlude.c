#define G_LOG_DOMAIN "dio-viewport"

#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-edit-bind.h"
#include "dio-edit-nodes.h"
#include "dio-scene-edit.h"
#include "dio-viewport-private.h"

#include <glib/gi18n-lib.h>

static const char *
get_title (const DioScenario *scenario, const char *id)
{
  return dio_edit_get_node_title (dio_scenario_find_node (scenario, id));
}

/* What hides stays: where its place is drawn, it keeps the one that is shown. */
static DioScenario *
hold_still (DioViewportCanvas *self, DioScenario *scenario, const char *id, GError **error)
{
  const char *const ids[] = { id, NULL };
  g_auto (GStrv) bindings = dio_edit_list_bindings (scenario, id, "translation");
  DioMat4 shown, document;
  DioTrs place, own;
  if (!dio_session_get_frame_view (self->session) || bindings == NULL || bindings[0] == NULL
      || !dio_viewport_find_pose (self, id, &shown) || !dio_mat4_decompose (&shown, &place)
      || !dio_scenario_world_from_node (scenario, id, &document)
      || !dio_mat4_decompose (&document, &own))
    return dio_scenario_ref (scenario);
  g_autoptr (DioScenario) freed = dio_edit_unbind_property (scenario, ids, "translation", error);
  place.scale = own.scale;
  DioMat4 world = dio_mat4_from_trs (&place);
  return freed != NULL ? dio_edit_set_world_transforms (freed, ids, &world, error) : NULL;
}

/* Bounds as shown, carried to where the document puts the node. */
static DioBox3
get_document_bounds (DioViewportCanvas *self, const DioScenario *scenario, const char *id)
{
  DioBox3 box = dio_viewport_get_bounds (self, (const char *const[]){ id, NULL });
  DioMat4 shown, document;
  if (dio_box3_is_empty (&box) || !dio_viewport_find_pose (self, id, &shown)
      || !dio_scenario_world_from_node (scenario, id, &document))
    return box;
  DioVec3 offset = { document.m[12] - shown.m[12], document.m[13] - shown.m[13],
                     document.m[14] - shown.m[14] };
  return (DioBox3){ dio_vec3_add (box.min, offset), dio_vec3_add (box.max, offset) };
}

/* @ids without the last, which hides them, one after the other. */
static DioScenario *
occlude_all (DioViewportCanvas *self, const char *const *ids, guint n, GError **error)
{
  const char *sensor = dio_session_get_sensor (self->session);
  DioMat4 pose;
  gboolean seen = sensor != NULL && dio_viewport_find_pose (self, sensor, &pose);
  DioVec3 eye = seen ? (DioVec3){ pose.m[12], pose.m[13], pose.m[14] } : (DioVec3){ 0 };
  DioScenario *scenario =
      hold_still (self, dio_session_get_scenario (self->session), ids[n - 1], error);
  for (guint i = 0; i + 1 < n && scenario != NULL; i++) {
    const DioEditOcclude occlude = {
      .hidden = ids[i],
      .occluder = ids[n - 1],
      .sensor = sensor,
      .eye_m = seen ? &eye : NULL,
      .hidden_world = get_document_bounds (self, scenario, ids[i]),
      .occluder_world = get_document_bounds (self, scenario, ids[n - 1]),
    };
    DioScenario *next = dio_edit_occlude (scenario, &occlude, NULL, error);
    dio_scenario_unref (scenario);
    scenario = next;
  }
  return scenario;
}

void
dio_viewport_occlude (DioViewportCanvas *self)
{
  DioSelection *selection = dio_session_get_selection (self->session);
  const DioScenario *scenario = dio_session_get_scenario (self->session);
  g_auto (GStrv) ids = g_strdupv ((GStrv) dio_selection_get_ids (selection));
  guint n = g_strv_length (ids);
  if (n < 2) {
    dio_viewport_canvas_note (self, _ ("Select what is to be hidden, then what hides it."));
    return;
  }
  const char *hider = get_title (scenario, ids[n - 1]);
  /* Translators: an undo step: the first object is hidden behind the second */
  g_autofree char *step =
      n == 2 ? g_strdup_printf (_ ("Hide %s behind %s"), get_title (scenario, ids[0]), hider)
             : g_strdup_printf (_ ("Hide Objects behind %s"), hider);
  g_autoptr (GError) error = NULL;
  DioScenario *next = occlude_all (self, (const char *const *) ids, n, &error);
  if (next == NULL) {
    dio_session_report (self->session, DIO_SEVERITY_WARNING, _ ("Nothing was hidden"), error, NULL,
                        NULL);
    return;
  }
  dio_session_commit (self->session, next, step, NULL);
  /* The table and the chip of the frame bar then say at once how much of it is seen. */
  dio_selection_set_one (selection, ids[0]);
  dio_session_set_frame_view (self->session, TRUE);
  /* xgettext:no-c-format */
  dio_viewport_canvas_note (self, _ ("It varies there now; 20 to 80 % of it is visible."));
}
