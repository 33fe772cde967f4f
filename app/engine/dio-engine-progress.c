#define G_LOG_DOMAIN "dio-engine"

#include "dio-engine-progress-private.h"

#include "dio-base-json.h"

#include <string.h>

#define REPORT_INTERVAL_US (G_USEC_PER_SEC / 10)
/* The rate is that of the last half minute: what a job did an hour ago says little about the next frames. */
#define N_SAMPLES 32
#define SAMPLE_INTERVAL_US G_USEC_PER_SEC

typedef struct {
  gint64 time_us;
  guint64 finished;
} Sample;

struct DioProgressMeter {
  const DioEngineObserver *observer;
  DioEngineProgress now;
  guint64 done, failed; /* of this job */
  gint64 reported_us;
  Sample samples[N_SAMPLES];
  guint n_samples; /* ever taken */
};

DioProgressMeter *
dio_progress_meter_new (const DioEngineObserver *observer, guint64 done, guint64 total)
{
  DioProgressMeter *meter = g_new0 (DioProgressMeter, 1);

  meter->observer = observer;
  meter->now.done = done;
  meter->now.total = total;
  meter->now.state = "rendering";
  meter->now.newest_frame = -1;
  meter->samples[0] = (Sample){ g_get_monotonic_time (), 0 };
  meter->n_samples = 1;
  return meter;
}

void
dio_progress_meter_free (DioProgressMeter *meter)
{
  g_free (meter);
}

void
dio_progress_meter_add_done (DioProgressMeter *meter)
{
  meter->done++;
  meter->now.done++;
}

void
dio_progress_meter_add_failed (DioProgressMeter *meter)
{
  meter->failed++;
  meter->now.failed++;
}

void
dio_progress_meter_set_newest (DioProgressMeter *meter, guint64 index)
{
  meter->now.newest_frame = MAX (meter->now.newest_frame, (gint64) index);
}

/* In the order of work; what a worker names besides them is not shown. */
static DioEngineStage *
find_stage (DioProgressMeter *meter, const char *name)
{
  static const char *const names[] = { "resolve", "stage",    "draw",  "readback",
                                       "rays",    "annotate", "encode" };
  G_STATIC_ASSERT (G_N_ELEMENTS (names) <= DIO_ENGINE_MAX_STAGES);

  if (meter->now.n_stages == 0)
    for (guint i = 0; i < G_N_ELEMENTS (names); i++)
      meter->now.stages[meter->now.n_stages++].name = g_intern_static_string (names[i]);
  for (guint i = 0; i < meter->now.n_stages; i++)
    if (g_str_equal (meter->now.stages[i].name, name))
      return &meter->now.stages[i];
  return NULL;
}

void
dio_progress_meter_add_timings (DioProgressMeter *meter, const char *timings_json)
{
  g_autoptr (json_t) json =
      timings_json ? dio_json_parse (timings_json, strlen (timings_json), "timings", NULL) : NULL;
  const char *name;
  json_t *value;

  json_object_foreach (json, name, value) {
    DioEngineStage *stage = find_stage (meter, name);
    double ms = json_number_value (value);
    if (stage && ms > 0)
      stage->seconds += ms / 1000;
  }
}

guint64
dio_progress_meter_get_done (const DioProgressMeter *meter)
{
  return meter->done;
}

guint64
dio_progress_meter_get_failed (const DioProgressMeter *meter)
{
  return meter->failed;
}

static void
measure (DioProgressMeter *meter)
{
  gint64 now = g_get_monotonic_time ();
  guint64 finished = meter->done + meter->failed;
  const Sample *last = &meter->samples[(meter->n_samples - 1) % N_SAMPLES];
  const Sample *oldest =
      &meter->samples[meter->n_samples > N_SAMPLES ? meter->n_samples % N_SAMPLES : 0];
  double seconds = (double) (now - oldest->time_us) / G_USEC_PER_SEC;

  if (seconds > 0)
    meter->now.frames_per_s = (double) (finished - oldest->finished) / seconds;
  guint64 left = meter->now.total - MIN (meter->now.total, meter->now.done + meter->now.failed);
  meter->now.seconds_left =
      meter->now.frames_per_s > 0 ? (double) left / meter->now.frames_per_s : 0;
  if (now - last->time_us >= SAMPLE_INTERVAL_US)
    meter->samples[meter->n_samples++ % N_SAMPLES] = (Sample){ now, finished };
}

static void
report (DioProgressMeter *meter)
{
  measure (meter);
  meter->reported_us = g_get_monotonic_time ();
  if (meter->observer && meter->observer->progress)
    meter->observer->progress (&meter->now, meter->observer->user);
}

void
dio_progress_meter_set_state (DioProgressMeter *meter, const char *state)
{
  meter->now.state = state;
  report (meter);
}

void
dio_progress_meter_report (DioProgressMeter *meter, guint workers_alive)
{
  meter->now.workers_alive = workers_alive;
  if (g_get_monotonic_time () - meter->reported_us >= REPORT_INTERVAL_US)
    report (meter);
}

void
dio_progress_meter_tell (DioProgressMeter *meter, const char *code, const char *message)
{
  if (g_str_equal (code, "worker-lost") || g_str_equal (code, "worker-recycled"))
    meter->now.restarts++;
  if (meter->observer && meter->observer->event)
    meter->observer->event (code, message, meter->observer->user);
}
