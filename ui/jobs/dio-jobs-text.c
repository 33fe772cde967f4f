#define G_LOG_DOMAIN "dio-jobs"

#include "dio-jobs-text.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>

const char *
dio_jobs_state_label (const DioCatalogJob *job)
{
  switch (job->state) {
  case DIO_JOB_QUEUED:
    return _ ("Waiting");
  case DIO_JOB_RUNNING:
    return g_strcmp0 (job->progress.phase, "importing") == 0 ? _ ("Importing") : _ ("Rendering");
  case DIO_JOB_PAUSING:
    return _ ("Pausing");
  case DIO_JOB_PAUSED:
    return _ ("Paused");
  case DIO_JOB_CANCELLING:
    return _ ("Cancelling");
  case DIO_JOB_CANCELLED:
    return _ ("Cancelled");
  case DIO_JOB_DONE:
    return _ ("Done");
  case DIO_JOB_PARTLY:
    return _ ("Partly Done");
  case DIO_JOB_FAILED:
    return _ ("Failed");
  case DIO_JOB_N_STATES:
  default:
    return "";
  }
}

const char *
dio_jobs_state_icon (DioJobState state)
{
  switch (state) {
  case DIO_JOB_RUNNING:
    return "media-playback-start-symbolic";
  case DIO_JOB_PAUSING:
  case DIO_JOB_PAUSED:
    return "media-playback-pause-symbolic";
  case DIO_JOB_CANCELLING:
  case DIO_JOB_CANCELLED:
    return "media-playback-stop-symbolic";
  case DIO_JOB_DONE:
    return "emblem-ok-symbolic";
  case DIO_JOB_PARTLY:
    return "dialog-warning-symbolic";
  case DIO_JOB_FAILED:
    return "dialog-error-symbolic";
  case DIO_JOB_QUEUED:
  case DIO_JOB_N_STATES:
  default:
    return "document-open-recent-symbolic";
  }
}

char *
dio_jobs_dup_duration (double seconds)
{
  if (!(seconds >= 0))
    return g_strdup ("—");
  if (seconds < 99.5)
    /* Translators: seconds */
    return g_strdup_printf (_ ("%.0f s"), ceil (seconds));
  guint64 minutes = (guint64) (seconds / 60 + 0.5);
  if (minutes < 60)
    /* Translators: minutes */
    return g_strdup_printf (_ ("%u min"), (guint) minutes);
  if (minutes < 48 * 60)
    /* Translators: hours, minutes */
    return g_strdup_printf (_ ("%u h %u min"), (guint) (minutes / 60), (guint) (minutes % 60));
  /* Translators: days, hours */
  return g_strdup_printf (_ ("%u d %u h"), (guint) (minutes / 1440), (guint) (minutes / 60 % 24));
}

char *
dio_jobs_dup_rate (double frames_per_s)
{
  if (!(frames_per_s > 0))
    return g_strdup ("—");
  if (frames_per_s >= 0.5)
    return g_strdup_printf (_ ("%.1f frames/s"), frames_per_s);
  return g_strdup_printf (_ ("%.1f s/frame"), 1 / frames_per_s);
}

char *
dio_jobs_dup_summary (const DioCatalogJob *job)
{
  const DioJobProgress *progress = &job->progress;
  g_autoptr (GString) text = g_string_new (NULL);
  guint64 total = progress->total > 0 ? progress->total : job->spec.count;
  g_string_append_printf (text, _ ("%" PRIu64 " of %" PRIu64), progress->done, total);
  if (progress->failed > 0)
    g_string_append_printf (text, _ (", %" PRIu64 " failed"), progress->failed);
  if (job->state == DIO_JOB_RUNNING && progress->frames_per_s > 0) {
    g_autofree char *rate = dio_jobs_dup_rate (progress->frames_per_s);
    g_autofree char *left = dio_jobs_dup_duration (progress->seconds_left);
    g_string_append_printf (text, _ (" · %s · %s left"), rate, left);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

const char *
dio_jobs_stage_label (const char *name)
{
  static const struct {
    const char *name, *label;
  } stages[] = {
    { "resolve", N_ ("Drawing Values") },
    { "stage", N_ ("Building the Scene") },
    { "draw", N_ ("Colour") },
    { "readback", N_ ("Reading Back") },
    { "rays", N_ ("Label Rays") },
    { "annotate", N_ ("Labels") },
    { "encode", N_ ("Encoding") },
    { "store", N_ ("Storing") },
  };
  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    if (g_strcmp0 (stages[i].name, name) == 0)
      return _ (stages[i].label);
  return name;
}
