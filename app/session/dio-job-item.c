#define G_LOG_DOMAIN "dio-session"

#include "dio-job-item.h"

#include "dio-job-item-private.h"

struct _DioJobItem {
  GObject parent;
  DioCatalogJob *job;
  guint64 free_bytes;
};

G_DEFINE_FINAL_TYPE (DioJobItem, dio_job_item, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_ID,
  PROP_NAME,
  PROP_OUTPUT,
  PROP_STATE,
  PROP_REQUESTED,
  PROP_PHASE,
  PROP_DONE,
  PROP_FAILED,
  PROP_TOTAL,
  PROP_FRACTION,
  PROP_FRAMES_PER_S,
  PROP_SECONDS_LEFT,
  PROP_WORKERS,
  PROP_RESTARTS,
  PROP_NEWEST_FRAME,
  PROP_MESSAGE,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

enum { SIGNAL_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static double
get_fraction (const DioCatalogJob *job)
{
  guint64 total = job->progress.total != 0 ? job->progress.total : job->spec.count;
  guint64 over = job->progress.done + job->progress.failed;
  return total != 0 ? MIN (1.0, (double) over / (double) total) : 0;
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  const DioCatalogJob *job = DIO_JOB_ITEM (object)->job;
  switch (id) {
  case PROP_ID:
    g_value_set_int64 (value, job->id);
    break;
  case PROP_NAME:
    g_value_set_string (value, job->spec.name);
    break;
  case PROP_OUTPUT:
    g_value_set_string (value, job->spec.output);
    break;
  case PROP_STATE:
    g_value_set_int (value, (int) job->state);
    break;
  case PROP_REQUESTED:
    g_value_set_int (value, (int) job->requested);
    break;
  case PROP_PHASE:
    g_value_set_string (value, job->progress.phase);
    break;
  case PROP_DONE:
    g_value_set_uint64 (value, job->progress.done);
    break;
  case PROP_FAILED:
    g_value_set_uint64 (value, job->progress.failed);
    break;
  case PROP_TOTAL:
    g_value_set_uint64 (value, job->progress.total);
    break;
  case PROP_FRACTION:
    g_value_set_double (value, get_fraction (job));
    break;
  case PROP_FRAMES_PER_S:
    g_value_set_double (value, job->progress.frames_per_s);
    break;
  case PROP_SECONDS_LEFT:
    g_value_set_double (value, job->progress.seconds_left);
    break;
  case PROP_WORKERS:
    g_value_set_uint (value, job->progress.workers);
    break;
  case PROP_RESTARTS:
    g_value_set_uint (value, job->progress.restarts);
    break;
  case PROP_NEWEST_FRAME:
    g_value_set_int64 (value, job->progress.newest_frame);
    break;
  case PROP_MESSAGE:
    g_value_set_string (value, job->message);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
finalize (GObject *object)
{
  dio_catalog_job_free (DIO_JOB_ITEM (object)->job);
  G_OBJECT_CLASS (dio_job_item_parent_class)->finalize (object);
}

static void
dio_job_item_class_init (DioJobItemClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  object_class->get_property = get_property;
  object_class->finalize = finalize;
  const GParamFlags f = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  const double most = G_MAXDOUBLE;
  properties[PROP_ID] = g_param_spec_int64 ("id", NULL, NULL, 0, G_MAXINT64, 0, f);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, f);
  properties[PROP_OUTPUT] = g_param_spec_string ("output", NULL, NULL, NULL, f);
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, 0, DIO_JOB_N_STATES, 0, f);
  properties[PROP_REQUESTED] =
      g_param_spec_int ("requested", NULL, NULL, 0, DIO_JOB_REQUEST_CANCEL, 0, f);
  properties[PROP_PHASE] = g_param_spec_string ("phase", NULL, NULL, NULL, f);
  properties[PROP_DONE] = g_param_spec_uint64 ("done", NULL, NULL, 0, G_MAXUINT64, 0, f);
  properties[PROP_FAILED] = g_param_spec_uint64 ("failed", NULL, NULL, 0, G_MAXUINT64, 0, f);
  properties[PROP_TOTAL] = g_param_spec_uint64 ("total", NULL, NULL, 0, G_MAXUINT64, 0, f);
  properties[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, 0, 1, 0, f);
  properties[PROP_FRAMES_PER_S] = g_param_spec_double ("frames-per-s", NULL, NULL, 0, most, 0, f);
  properties[PROP_SECONDS_LEFT] =
      g_param_spec_double ("seconds-left", NULL, NULL, -most, most, 0, f);
  properties[PROP_WORKERS] = g_param_spec_uint ("workers", NULL, NULL, 0, G_MAXUINT, 0, f);
  properties[PROP_RESTARTS] = g_param_spec_uint ("restarts", NULL, NULL, 0, G_MAXUINT, 0, f);
  properties[PROP_NEWEST_FRAME] =
      g_param_spec_int64 ("newest-frame", NULL, NULL, -1, G_MAXINT64, -1, f);
  properties[PROP_MESSAGE] = g_param_spec_string ("message", NULL, NULL, NULL, f);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dio_job_item_init (DioJobItem *item)
{
}

DioJobItem *
dio_job_item_new (DioCatalogJob *job, guint64 free_bytes)
{
  DioJobItem *item = g_object_new (DIO_TYPE_JOB_ITEM, NULL);
  item->job = job;
  item->free_bytes = free_bytes;
  return item;
}

static gboolean
values_differ (const GValue *a, const GValue *b, GParamSpec *spec)
{
  return g_param_values_cmp (spec, a, b) != 0;
}

void
dio_job_item_update (DioJobItem *item, DioCatalogJob *job, guint64 free_bytes)
{
  GValue before[N_PROPS] = { 0 };
  for (guint i = PROP_0 + 1; i < N_PROPS; i++) {
    g_value_init (&before[i], properties[i]->value_type);
    get_property (G_OBJECT (item), i, &before[i], properties[i]);
  }
  gboolean changed = item->free_bytes != free_bytes;
  g_autoptr (DioCatalogJob) old = item->job;
  item->job = job;
  item->free_bytes = free_bytes;
  g_object_freeze_notify (G_OBJECT (item));
  for (guint i = PROP_0 + 1; i < N_PROPS; i++) {
    GValue now = G_VALUE_INIT;
    g_value_init (&now, properties[i]->value_type);
    get_property (G_OBJECT (item), i, &now, properties[i]);
    if (values_differ (&before[i], &now, properties[i])) {
      changed = TRUE;
      g_object_notify_by_pspec (G_OBJECT (item), properties[i]);
    }
    g_value_unset (&now);
    g_value_unset (&before[i]);
  }
  g_object_thaw_notify (G_OBJECT (item));
  if (changed)
    g_signal_emit (item, signals[SIGNAL_CHANGED], 0);
}

gint64
dio_job_item_get_id (DioJobItem *item)
{
  g_return_val_if_fail (DIO_IS_JOB_ITEM (item), 0);
  return item->job->id;
}

DioJobState
dio_job_item_get_state (DioJobItem *item)
{
  g_return_val_if_fail (DIO_IS_JOB_ITEM (item), DIO_JOB_FAILED);
  return item->job->state;
}

double
dio_job_item_get_fraction (DioJobItem *item)
{
  g_return_val_if_fail (DIO_IS_JOB_ITEM (item), 0);
  return get_fraction (item->job);
}

const DioCatalogJob *
dio_job_item_get_job (DioJobItem *item)
{
  g_return_val_if_fail (DIO_IS_JOB_ITEM (item), NULL);
  return item->job;
}

guint64
dio_job_item_get_free_bytes (DioJobItem *item)
{
  g_return_val_if_fail (DIO_IS_JOB_ITEM (item), 0);
  return item->free_bytes;
}
