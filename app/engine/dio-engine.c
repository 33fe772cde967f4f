/* Jobs: a new dataset, or the rest of one. */
#define G_LOG_DOMAIN "dio-engine"

#include "dio-engine.h"

#include "dio-base-path.h"
#include "dio-core-error.h"
#include "dio-dataset-lock.h"
#include "dio-engine-files-private.h"
#include "dio-engine-options-private.h"
#include "dio-engine-prepare-private.h"
#include "dio-engine-stop-private.h"
#include "dio-engine-supervisor-private.h"

static void
tell_state (const DioEngineObserver *observer, const char *state, guint64 total)
{
  DioEngineProgress progress = { .total = total, .state = state, .newest_frame = -1 };

  if (observer && observer->progress)
    observer->progress (&progress, observer->user);
}

/** Several runs, one after the other. */
typedef struct {
  DioDataset *dataset;
  guint workers;
  const DioEngineObserver *observer;
  guint64 done_before, total;
  guint64 failed;
  gboolean stopped;
} Session;

static gboolean
run_one (Session *session, gint64 run, GError **error)
{
  g_auto (DioDatasetRun) facts = { 0 };
  DioRunOptions options;
  guint64 failed = 0;

  if (!dio_dataset_get_run (session->dataset, run, &facts, error)
      || !dio_run_options_from_json (facts.options_json, &options, error))
    return FALSE;
  DioSupervisorDesc desc = { .dataset = session->dataset,
                             .run = run,
                             .options = &options,
                             .workers = session->workers,
                             .observer = session->observer,
                             .done_before = session->done_before,
                             .total = session->total };
  if (!dio_supervisor_run (&desc, &failed, &session->stopped, error))
    return FALSE;
  session->failed += failed;
  session->done_before += facts.count;
  return TRUE;
}

/* All runs, with signals watched. What is left in .tmp/ goes away however it ends. */
static gboolean
run_all (Session *session, const GArray *runs, GError **error)
{
  gboolean ok = dio_engine_stop_watch (error);

  for (guint i = 0; ok && i < runs->len && !session->stopped; i++)
    ok = run_one (session, g_array_index (runs, gint64, i), error);
  dio_engine_stop_unwatch ();
  /* Where something went wrong there may be renamed files whose rows were never stored. */
  if (ok && !session->stopped) {
    g_autofree char *temporary =
        dio_engine_dup_temporary_folder (dio_dataset_get_folder (session->dataset));
    return dio_path_remove_tree (temporary, error);
  }
  return dio_engine_remove_garbage (session->dataset, NULL, ok ? error : NULL) && ok;
}

static gboolean
run_session (DioDataset *dataset,
             guint workers,
             const DioEngineObserver *observer,
             DioEngineOutcome *outcome,
             GError **error)
{
  g_autoptr (GArray) runs = dio_dataset_list_runs (dataset, error);
  Session session = { .dataset = dataset, .workers = workers, .observer = observer };

  if (!runs)
    return FALSE;
  if (runs->len == 0) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                 "The dataset “%s” has no run: it was interrupted before it began; remove it and "
                 "render again",
                 dio_dataset_get_folder (dataset));
    return FALSE;
  }
  for (guint i = 0; i < runs->len; i++) {
    g_auto (DioDatasetRun) facts = { 0 };
    if (!dio_dataset_get_run (dataset, g_array_index (runs, gint64, i), &facts, error))
      return FALSE;
    session.total += facts.count;
  }
  if (!run_all (&session, runs, error))
    return FALSE;
  *outcome = session.stopped || session.failed > 0 ? DIO_ENGINE_PARTLY : DIO_ENGINE_DONE;
  return TRUE;
}

static gboolean
add_run (DioDataset *dataset,
         const DioEngineJob *job,
         const DioScenario *snapshot,
         const DioRunOptions *options,
         GError **error)
{
  g_autofree char *hash = dio_scenario_dup_hash (snapshot);
  g_autofree char *text = dio_run_options_to_json (options);
  DioDatasetRun run = { .scenario_hash = hash,
                        .seed = job->seed,
                        .first = job->first,
                        .count = job->count,
                        .options_json = text };

  return dio_dataset_add_run (dataset, &run, error) != 0;
}

/* The dataset with its run, ready for workers; its lock is held. */
static DioDataset *
create_dataset (const DioEngineJob *job,
                DioScenario *scenario,
                const DioEngineObserver *observer,
                GError **error)
{
  DioRunOptions options = dio_engine_choose_options (job, scenario);

  tell_state (observer, "importing", job->count);
  if (!dio_engine_check_room (scenario, job->output, &options, job->count, error))
    return NULL;
  g_autoptr (DioScenario) snapshot =
      dio_engine_make_snapshot (scenario, job, job->output, observer, error);
  if (!snapshot)
    return NULL;
  g_autoptr (DioDataset) dataset = dio_dataset_create (job->output, snapshot, error);
  if (!dataset || !add_run (dataset, job, snapshot, &options, error))
    return NULL;
  return g_steal_pointer (&dataset);
}

gboolean
dio_engine_render (const DioEngineJob *job,
                   const DioEngineObserver *observer,
                   DioEngineOutcome *outcome,
                   GError **error)
{
  g_return_val_if_fail (job && (job->scenario_path || job->scenario), FALSE);
  g_return_val_if_fail (job->output && outcome, FALSE);

  g_autoptr (DioScenario) scenario = dio_engine_load_scenario (job, error);
  g_autoptr (DioDatasetLock) lock = NULL;
  g_autoptr (DioDataset) dataset = NULL;

  *outcome = DIO_ENGINE_PARTLY;
  if (!scenario || !dio_dataset_check_new_folder (job->output, error)
      || !dio_path_make_folders (job->output, error))
    return FALSE;
  lock = dio_dataset_lock_acquire (job->output, error);
  /* Again, now that nobody else can fill it. */
  if (!lock || !dio_dataset_check_new_folder (job->output, error))
    return FALSE;
  dataset = create_dataset (job, scenario, observer, error);
  if (!dataset)
    return FALSE;
  gboolean ok = run_session (dataset, job->workers, observer, outcome, error);
  /* Before the lock. */
  g_clear_pointer (&dataset, dio_dataset_close);
  return ok;
}

static gboolean
reset_failed (DioDataset *dataset, GError **error)
{
  g_autoptr (GArray) runs = dio_dataset_list_runs (dataset, error);

  for (guint i = 0; runs && i < runs->len; i++)
    if (!dio_dataset_reset_failed (dataset, g_array_index (runs, gint64, i), error))
      return FALSE;
  return runs != NULL;
}

/* Workers read the snapshot from its file; dataset.db is the truth. */
static gboolean
restore_snapshot (DioDataset *dataset, GError **error)
{
  DioScenario *snapshot = dio_dataset_get_scenario (dataset, error);
  g_autofree char *path =
      g_build_filename (dio_dataset_get_folder (dataset), "scenario.json", NULL);

  return snapshot && dio_scenario_save (snapshot, path, error);
}

gboolean
dio_engine_resume (const char *folder,
                   guint workers,
                   const DioEngineObserver *observer,
                   DioEngineOutcome *outcome,
                   GError **error)
{
  g_return_val_if_fail (folder && outcome, FALSE);

  g_autoptr (DioDatasetLock) lock = dio_dataset_lock_acquire (folder, error);
  g_autoptr (DioDataset) dataset = NULL;
  guint n_removed = 0;

  *outcome = DIO_ENGINE_PARTLY;
  dataset = lock ? dio_dataset_open (folder, DIO_DATASET_WRITE, error) : NULL;
  if (!dataset || !dio_engine_remove_garbage (dataset, &n_removed, error)
      || !reset_failed (dataset, error) || !restore_snapshot (dataset, error))
    return FALSE;
  if (n_removed > 0 && observer && observer->event) {
    g_autofree char *message =
        g_strdup_printf ("%u files of interrupted frames were removed", n_removed);
    observer->event ("garbage-removed", message, observer->user);
  }
  gboolean ok = run_session (dataset, workers, observer, outcome, error);
  g_clear_pointer (&dataset, dio_dataset_close);
  return ok;
}
