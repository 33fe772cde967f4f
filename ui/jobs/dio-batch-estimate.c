#define G_LOG_DOMAIN "dio-jobs"

#include "dio-batch-estimate.h"

#include "dio-base-path.h"
#include "dio-engine-estimate.h"

/* Frames that are tried: enough to see that they differ, few enough to wait for. */
#define N_TRIALS 3

/** A worker's own copy of a DioBatchDesc. */
typedef struct {
  DioEngineJob job;
  char *output;
  DioBatchEstimate estimate;
} Trial;

static void
trial_free (gpointer data)
{
  Trial *trial = data;
  dio_scenario_unref (trial->job.scenario);
  g_free ((char *) trial->job.scenario_folder);
  g_free ((char *) trial->job.engine_path);
  g_free ((char *) trial->job.sensors);
  g_free (trial->output);
  g_free (trial);
}

static void
try_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Trial *trial = data;
  DioEngineEstimate estimate = { 0 };
  GError *error = NULL;
  guint n = (guint) MIN (trial->job.count, N_TRIALS);
  if (!dio_engine_estimate (&trial->job, n, cancellable, &estimate, &error)) {
    g_task_return_error (task, error);
    return;
  }
  trial->estimate = (DioBatchEstimate){
    .setup_s = estimate.setup_s,
    .seconds_per_frame = estimate.seconds_per_frame,
    .bytes_per_frame = estimate.bytes_per_frame,
    .free_bytes = dio_path_get_free_bytes (trial->output),
  };
  g_task_return_boolean (task, TRUE);
}

void
dio_batch_estimate_async (const DioBatchDesc *desc,
                          const char *output,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user)
{
  g_return_if_fail (desc != NULL && desc->scenario != NULL && desc->count > 0);

  Trial *trial = g_new0 (Trial, 1);
  trial->output = g_strdup (output);
  trial->job = (DioEngineJob){
    .scenario = dio_scenario_ref (desc->scenario),
    .scenario_folder = g_strdup (desc->scenario_folder),
    .engine_path = g_strdup (desc->engine_path),
    .sensors = g_strdup (desc->sensors),
    .first = desc->first,
    .count = desc->count,
    .seed = desc->seed,
    .workers = desc->workers,
    .width_px = desc->width_px,
    .height_px = desc->height_px,
    .has_outputs = TRUE,
    .outputs = desc->outputs,
  };
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user);
  g_task_set_source_tag (task, dio_batch_estimate_async);
  g_task_set_task_data (task, trial, trial_free);
  g_task_run_in_thread (task, try_in_thread);
}

gboolean
dio_batch_estimate_finish (GAsyncResult *result, DioBatchEstimate *out, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result) && out != NULL, FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  const Trial *trial = g_task_get_task_data (G_TASK (result));
  *out = trial->estimate;
  return TRUE;
}

double
dio_batch_estimate_get_seconds (const DioBatchEstimate *estimate, guint64 count, guint workers)
{
  guint n = workers > 0 ? workers : g_get_num_processors ();
  return estimate->setup_s + estimate->seconds_per_frame * (double) count / MAX (n, 1);
}
