#define G_LOG_DOMAIN "dio-cli"

#include "dio-base-json.h"
#include "dio-cli-queue-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdio.h>

static const char *
request_to_name (DioJobRequest request)
{
  static const char *const names[] = { "", "run", "pause", "cancel" };

  return names[request];
}

static json_t *
text_or_null (const char *text)
{
  return text ? json_string (text) : json_null ();
}

static json_t *
spec_to_json (const DioJobSpec *spec)
{
  return json_pack (
      "{s:s, s:o, s:s, s:s, s:o, s:o, s:I, s:I, s:I, s:i, s:i, s:i, s:i}", "name", spec->name,
      "scenario", text_or_null (spec->scenario_path), "assets", spec->scenario_folder, "output",
      spec->output, "channels", text_or_null (spec->channels), "sensors",
      text_or_null (spec->sensors), "seed", (json_int_t) spec->seed, "first",
      (json_int_t) spec->first, "frames", (json_int_t) spec->count, "width", (int) spec->width_px,
      "height", (int) spec->height_px, "workers", (int) spec->workers, "priority", spec->priority);
}

static json_t *
progress_to_json (const DioJobProgress *progress)
{
  json_t *stages = json_object ();

  for (guint i = 0; i < progress->n_stages; i++)
    json_object_set_new (stages, progress->stages[i].name, json_real (progress->stages[i].seconds));
  return json_pack ("{s:s, s:I, s:I, s:I, s:f, s:f, s:i, s:i, s:I, s:o}", "phase", progress->phase,
                    "done", (json_int_t) progress->done, "failed", (json_int_t) progress->failed,
                    "total", (json_int_t) progress->total, "frames_per_s", progress->frames_per_s,
                    "seconds_left", progress->seconds_left, "workers", (int) progress->workers,
                    "restarts", (int) progress->restarts, "newest_frame",
                    (json_int_t) progress->newest_frame, "stages", stages);
}

static json_t *
job_to_json (const DioCatalogJob *job)
{
  json_t *json = spec_to_json (&job->spec);
  g_autoptr (json_t) state = json_pack (
      "{s:I, s:s, s:s, s:o, s:s, s:b, s:I, s:I, s:I, s:i}", "id", (json_int_t) job->id, "state",
      dio_job_state_to_name (job->state), "requested", request_to_name (job->requested), "progress",
      progress_to_json (&job->progress), "message", job->message, "begun", job->begun, "added_us",
      (json_int_t) job->added_us, "started_us", (json_int_t) job->started_us, "ended_us",
      (json_int_t) job->ended_us, "pid", job->pid);

  json_object_update (json, state);
  return json;
}

static json_t *
log_to_json (const GPtrArray *log)
{
  json_t *list = json_array ();

  for (guint i = 0; i < log->len; i++) {
    const DioCatalogLogRow *row = log->pdata[i];
    json_array_append_new (list, json_pack ("{s:I, s:s, s:s}", "time_us", (json_int_t) row->time_us,
                                            "code", row->code, "message", row->message));
  }
  return list;
}

static void
print_json_take (json_t *json)
{
  g_autofree char *text = dio_json_to_text (json);

  json_decref (json);
  fputs (text, stdout);
}

static const char *
get_state_word (DioJobState state)
{
  static const char *const words[] = {
    N_ ("queued"),    N_ ("running"), N_ ("pausing"), N_ ("paused"), N_ ("cancelling"),
    N_ ("cancelled"), N_ ("done"),    N_ ("partly"),  N_ ("failed"),
  };
  G_STATIC_ASSERT (G_N_ELEMENTS (words) == DIO_JOB_N_STATES);

  return _ (words[state]);
}

void
dio_cli_queue_print_jobs (const GPtrArray *jobs, gboolean json)
{
  if (json) {
    json_t *list = json_array ();
    for (guint i = 0; i < jobs->len; i++)
      json_array_append_new (list, job_to_json (jobs->pdata[i]));
    print_json_take (list);
    return;
  }
  if (jobs->len == 0)
    g_print ("%s\n", _ ("There are no jobs; `diorama-engine queue add` adds one."));
  for (guint i = 0; i < jobs->len; i++) {
    const DioCatalogJob *job = jobs->pdata[i];
    g_print ("%5" PRId64 "  %-10s %8" PRIu64 "/%-8" PRIu64 " %s  %s\n", job->id,
             get_state_word (job->state), job->progress.done, job->progress.total, job->spec.name,
             job->spec.output);
  }
}

static void
print_time (const char *label, gint64 time_us)
{
  g_autoptr (GDateTime) utc =
      time_us > 0 ? g_date_time_new_from_unix_utc (time_us / G_USEC_PER_SEC) : NULL;
  g_autoptr (GDateTime) local = utc ? g_date_time_to_local (utc) : NULL;
  g_autofree char *text = local ? g_date_time_format (local, "%F %T") : NULL;

  if (text)
    g_print ("%-10s %s\n", label, text);
}

static void
print_progress (const DioJobProgress *progress)
{
  double all = 0;

  g_print (_ ("%-10s %" PRIu64 " done, %" PRIu64 " failed, %" PRIu64 " in all"), _ ("frames"),
           progress->done, progress->failed, progress->total);
  if (progress->frames_per_s > 0)
    g_print (_ (", %.2f/s, %.0f s left"), progress->frames_per_s, progress->seconds_left);
  g_print ("\n");
  for (guint i = 0; i < progress->n_stages; i++)
    all += progress->stages[i].seconds;
  for (guint i = 0; i < progress->n_stages && all > 0; i++)
    g_print ("%-10s %-9s %3.0f %%\n", i == 0 ? _ ("time") : "", progress->stages[i].name,
             100 * progress->stages[i].seconds / all);
}

void
dio_cli_queue_print_job (const DioCatalogJob *job, const GPtrArray *log, gboolean json)
{
  if (json) {
    json_t *object = job_to_json (job);
    json_object_set_new (object, "log", log_to_json (log));
    print_json_take (object);
    return;
  }
  g_print ("%-10s %" PRId64 " %s\n", _ ("job"), job->id, job->spec.name);
  g_print ("%-10s %s%s%s\n", _ ("state"), get_state_word (job->state),
           job->message[0] != '\0' ? ": " : "", job->message);
  g_print ("%-10s %s\n", _ ("output"), job->spec.output);
  print_progress (&job->progress);
  print_time (_ ("added"), job->added_us);
  print_time (_ ("started"), job->started_us);
  print_time (_ ("ended"), job->ended_us);
  for (guint i = 0; i < log->len; i++) {
    const DioCatalogLogRow *row = log->pdata[i];
    print_time (i == 0 ? _ ("log") : "", row->time_us);
    g_print ("           %s: %s\n", row->code, row->message);
  }
}
