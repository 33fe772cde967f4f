#define G_LOG_DOMAIN "dio-session"

#include "dio-job-item.h"
#include "dio-session-assets-private.h"
#include "dio-session-jobs-private.h"
#include "dio-session-private.h"
#include "dio-session-shelf-private.h"
#include "dio-session-thumbs-private.h"

G_DEFINE_FINAL_TYPE (DioSession, dio_session, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_SCENARIO,
  PROP_PATH,
  PROP_TITLE,
  PROP_MODIFIED,
  PROP_CAN_UNDO,
  PROP_CAN_REDO,
  PROP_UNDO_NAME,
  PROP_REDO_NAME,
  PROP_MODE,
  PROP_SEED,
  PROP_FRAME,
  PROP_FRAME_VIEW,
  PROP_SENSOR,
  PROP_THROUGH_SENSOR,
  PROP_PLAYING,
  PROP_DATASET,
  PROP_BUSY,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];
static guint signals[DIO_SESSION_N_SIGNALS];

void
dio_session_emit (DioSession *session, guint signal)
{
  g_signal_emit (session, signals[signal], 0);
}

void
dio_session_notify (DioSession *session, const char *property)
{
  g_object_notify (G_OBJECT (session), property);
}

static const char *
get_busy (DioSession *session)
{
  guint n = session->busy->len;
  return n > 0 ? g_ptr_array_index (session->busy, n - 1) : "";
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  DioSession *session = DIO_SESSION (object);
  switch (id) {
  case PROP_SCENARIO:
    g_value_set_pointer (value, session->scenario);
    break;
  case PROP_PATH:
    g_value_set_string (value, session->path);
    break;
  case PROP_TITLE:
    g_value_set_string (value, session->title);
    break;
  case PROP_MODIFIED:
    g_value_set_boolean (value, dio_session_is_modified (session));
    break;
  case PROP_CAN_UNDO:
    g_value_set_boolean (value, dio_session_can_undo (session));
    break;
  case PROP_CAN_REDO:
    g_value_set_boolean (value, dio_session_can_redo (session));
    break;
  case PROP_UNDO_NAME:
    g_value_set_string (value, dio_session_get_undo_name (session));
    break;
  case PROP_REDO_NAME:
    g_value_set_string (value, dio_session_get_redo_name (session));
    break;
  case PROP_MODE:
    g_value_set_int (value, (int) session->mode);
    break;
  case PROP_SEED:
    g_value_set_uint64 (value, session->seed);
    break;
  case PROP_FRAME:
    g_value_set_uint (value, session->frame);
    break;
  case PROP_FRAME_VIEW:
    g_value_set_boolean (value, session->frame_view);
    break;
  case PROP_SENSOR:
    g_value_set_string (value, session->effective_sensor);
    break;
  case PROP_THROUGH_SENSOR:
    g_value_set_boolean (value, session->through_sensor);
    break;
  case PROP_PLAYING:
    g_value_set_boolean (value, session->playing);
    break;
  case PROP_DATASET:
    g_value_set_string (value, session->dataset);
    break;
  case PROP_BUSY:
    g_value_set_string (value, get_busy (session));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
set_dataset (DioSession *session, const char *folder)
{
  if (g_strcmp0 (session->dataset, folder) == 0)
    return;
  g_free (session->dataset);
  session->dataset = g_strdup (folder);
  dio_session_notify (session, "dataset");
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  DioSession *session = DIO_SESSION (object);
  switch (id) {
  case PROP_MODE:
    dio_session_set_mode (session, (DioMode) g_value_get_int (value));
    break;
  case PROP_SEED:
    dio_session_set_seed (session, g_value_get_uint64 (value));
    break;
  case PROP_FRAME:
    dio_session_set_frame (session, g_value_get_uint (value));
    break;
  case PROP_FRAME_VIEW:
    dio_session_set_frame_view (session, g_value_get_boolean (value));
    break;
  case PROP_SENSOR:
    dio_session_set_sensor (session, g_value_get_string (value));
    break;
  case PROP_THROUGH_SENSOR:
    dio_session_set_through_sensor (session, g_value_get_boolean (value));
    break;
  case PROP_PLAYING:
    dio_session_set_playing (session, g_value_get_boolean (value));
    break;
  case PROP_DATASET:
    set_dataset (session, g_value_get_string (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

/* Ends the threads. Work that still holds the session finds it closed and begins nothing new. */
static void
dispose (GObject *object)
{
  DioSession *session = DIO_SESSION (object);
  session->closed = TRUE;
  if (session->examining != NULL)
    g_cancellable_cancel (session->examining);
  g_clear_pointer (&session->thumbs, dio_session_thumbs_free);
  dio_session_end_look (session);
  g_clear_pointer (&session->jobs, dio_session_jobs_free);
  G_OBJECT_CLASS (dio_session_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
  DioSession *session = DIO_SESSION (object);
  g_clear_pointer (&session->jobs, dio_session_jobs_free);
  g_clear_pointer (&session->shelf, dio_session_shelf_free);
  dio_session_clear_look (session);
  dio_session_clear_document (session);
  g_clear_object (&session->selection);
  g_clear_object (&session->overlays);
  dio_session_assets_clear (session);
  g_clear_object (&session->examining);
  g_hash_table_unref (session->asset_facts);
  g_ptr_array_unref (session->busy);
  g_free (session->dataset);
  g_free (session->engine_path);
  g_free (session->data_folder);
  g_free (session->state_folder);
  G_OBJECT_CLASS (dio_session_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *class)
{
  const GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  const GParamFlags write = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  properties[PROP_SCENARIO] = g_param_spec_pointer ("scenario", NULL, NULL, read);
  properties[PROP_PATH] = g_param_spec_string ("path", NULL, NULL, NULL, read);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", read);
  properties[PROP_MODIFIED] = g_param_spec_boolean ("modified", NULL, NULL, FALSE, read);
  properties[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, read);
  properties[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, read);
  properties[PROP_UNDO_NAME] = g_param_spec_string ("undo-name", NULL, NULL, "", read);
  properties[PROP_REDO_NAME] = g_param_spec_string ("redo-name", NULL, NULL, "", read);
  properties[PROP_MODE] = g_param_spec_int ("mode", NULL, NULL, DIO_MODE_COMPOSE, DIO_MODE_REVIEW,
                                            DIO_MODE_COMPOSE, write);
  properties[PROP_SEED] = g_param_spec_uint64 ("seed", NULL, NULL, 0, G_MAXINT64, 0, write);
  properties[PROP_FRAME] = g_param_spec_uint ("frame", NULL, NULL, 0, G_MAXUINT32, 0, write);
  properties[PROP_FRAME_VIEW] = g_param_spec_boolean ("frame-view", NULL, NULL, FALSE, write);
  properties[PROP_SENSOR] = g_param_spec_string ("sensor", NULL, NULL, NULL, write);
  properties[PROP_THROUGH_SENSOR] =
      g_param_spec_boolean ("through-sensor", NULL, NULL, FALSE, write);
  properties[PROP_PLAYING] = g_param_spec_boolean ("playing", NULL, NULL, FALSE, write);
  properties[PROP_DATASET] = g_param_spec_string ("dataset", NULL, NULL, NULL, write);
  properties[PROP_BUSY] = g_param_spec_string ("busy", NULL, NULL, "", read);
  g_object_class_install_properties (class, N_PROPS, properties);
}

static void
dio_session_class_init (DioSessionClass *class)
{
  G_OBJECT_CLASS (class)->get_property = get_property;
  G_OBJECT_CLASS (class)->set_property = set_property;
  G_OBJECT_CLASS (class)->dispose = dispose;
  G_OBJECT_CLASS (class)->finalize = finalize;
  install_properties (G_OBJECT_CLASS (class));
  static const char *const plain[] = {
    [DIO_SESSION_SIGNAL_SCENARIO_CHANGED] = "scenario-changed",
    [DIO_SESSION_SIGNAL_RESULT] = "result",
    [DIO_SESSION_SIGNAL_DOCUMENT_OPENED] = "document-opened",
    [DIO_SESSION_SIGNAL_FINDINGS_CHANGED] = "findings-changed",
  };
  GType type = G_TYPE_FROM_CLASS (class);
  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    if (plain[i] != NULL)
      signals[i] =
          g_signal_new (plain[i], type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DIO_SESSION_SIGNAL_MESSAGE] = g_signal_new ("message", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                                      NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[DIO_SESSION_SIGNAL_THUMBNAIL_READY] =
      g_signal_new ("thumbnail-ready", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                    G_TYPE_STRING);
  signals[DIO_SESSION_SIGNAL_JOB_FINISHED] =
      g_signal_new ("job-finished", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                    DIO_TYPE_JOB_ITEM);
  g_signal_new ("probed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT,
                G_TYPE_INT);
}

static void
free_facts (gpointer facts)
{
  dio_asset_facts_free (facts);
}

static void
dio_session_init (DioSession *session)
{
  session->selection = dio_selection_new ();
  session->overlays = dio_overlays_new ();
  session->busy = g_ptr_array_new_with_free_func (g_free);
  session->asset_facts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_facts);
}

DioSession *
dio_session_new (const char *engine_path, const char *data_folder)
{
  DioSession *session = g_object_new (DIO_TYPE_SESSION, NULL);
  session->engine_path =
      engine_path != NULL ? g_strdup (engine_path) : dio_session_dup_engine_path ();
  session->data_folder = data_folder != NULL
                             ? g_strdup (data_folder)
                             : g_build_filename (g_get_user_data_dir (), "diorama", NULL);
  session->state_folder = g_build_filename (g_get_user_state_dir (), "diorama", NULL);
  dio_session_init_document (session);
  dio_session_init_look (session);
  return session;
}

const char *
dio_session_get_engine_path (DioSession *session)
{
  g_return_val_if_fail (DIO_IS_SESSION (session), NULL);

  return session->engine_path;
}

DioSelection *
dio_session_get_selection (DioSession *session)
{
  g_return_val_if_fail (DIO_IS_SESSION (session), NULL);

  return session->selection;
}

DioOverlays *
dio_session_get_overlays (DioSession *session)
{
  g_return_val_if_fail (DIO_IS_SESSION (session), NULL);

  return session->overlays;
}
