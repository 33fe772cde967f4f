/* What stands in a job's output folder decides how it goes on; what the catalog believes may be older than the last
 * kill. */
#define G_LOG_DOMAIN "dio-queue"

#include "dio-base-json.h"
#include "dio-base-path.h"
#include "dio-core-error.h"
#include "dio-dataset-lock.h"
#include "dio-dataset.h"
#include "dio-queue-private.h"

#include <glib/gstdio.h>
#include <string.h>

static char *
dup_database (const char *folder)
{
  return g_build_filename (folder, "dataset.db", NULL);
}

/* The scenario without what a snapshot adds to it: hashes of assets, and sensors that the job leaves out. */
static char *
dup_bare_text (json_t *json)
{
  json_t *assets = json_object_get (json, "assets"), *nodes = json_object_get (json, "nodes");

  for (gsize i = 0; i < json_array_size (assets); i++)
    json_object_del (json_array_get (assets, i), "sha256");
  for (gsize i = 0; i < json_array_size (nodes); i++) {
    json_t *node = json_array_get (nodes, i);
    if (g_strcmp0 (json_string_value (json_object_get (node, "kind")), "sensor") == 0)
      json_object_del (node, "visible");
  }
  return dio_json_to_line (json);
}

/* Both written by this version's rules: the job's text may come from an older one. */
static gboolean
has_same_scenario (DioDataset *dataset, const char *text, gboolean *same, GError **error)
{
  DioScenario *theirs = dio_dataset_get_scenario (dataset, error);
  g_autoptr (json_t) json =
      theirs ? dio_json_parse (text, strlen (text), "the job's scenario", error) : NULL;
  g_autoptr (DioScenario) ours = json ? dio_scenario_from_json (json, NULL, error) : NULL;

  if (!ours)
    return FALSE;
  g_autoptr (json_t) our_json = dio_scenario_to_json (ours);
  g_autoptr (json_t) their_json = dio_scenario_to_json (theirs);
  g_autofree char *our_text = dup_bare_text (our_json);
  g_autofree char *their_text = dup_bare_text (their_json);
  *same = g_str_equal (our_text, their_text);
  return TRUE;
}

static gboolean
has_same_run (
    DioDataset *dataset, gint64 id, const DioJobSpec *spec, gboolean *same, GError **error)
{
  g_auto (DioDatasetRun) run = { 0 };

  if (!dio_dataset_get_run (dataset, id, &run, error))
    return FALSE;
  *same = run.seed == spec->seed && run.first == spec->first && run.count == spec->count;
  return TRUE;
}

/* It has no run, so it has no frame: nothing is lost. */
static gboolean
remove_stillborn (const char *folder, GError **error)
{
  static const char *const parts[] = { "dataset.db-wal", "dataset.db-shm", "dataset.db" };
  g_autoptr (DioDatasetLock) lock = dio_dataset_lock_acquire (folder, error);

  for (guint i = 0; lock && i < G_N_ELEMENTS (parts); i++) {
    g_autofree char *path = g_build_filename (folder, parts[i], NULL);
    if (!dio_path_remove_tree (path, error))
      return FALSE;
  }
  return lock != NULL;
}

static gboolean
look_into (DioDataset *dataset, const DioCatalogJob *job, guint *n_runs, GError **error)
{
  g_autoptr (GArray) runs = dio_dataset_list_runs (dataset, error);
  gboolean same = FALSE, same_run = TRUE;

  if (!runs || !has_same_scenario (dataset, job->spec.scenario, &same, error))
    return FALSE;
  *n_runs = runs->len;
  if (runs->len == 1
      && !has_same_run (dataset, g_array_index (runs, gint64, 0), &job->spec, &same_run, error))
    return FALSE;
  if (same && same_run && runs->len <= 1)
    return TRUE;
  g_set_error (error, DIO_ERROR, DIO_ERROR_EXISTS,
               "The folder “%s” holds a dataset of something else: add the job again with another "
               "folder",
               job->spec.output);
  return FALSE;
}

gboolean
dio_queue_look_at_output (const DioCatalogJob *job, DioOutputKind *kind, GError **error)
{
  g_autofree char *database = dup_database (job->spec.output);
  g_autoptr (DioDataset) dataset = NULL;
  guint n_runs = 0;

  *kind = DIO_OUTPUT_NEW;
  if (!g_file_test (database, G_FILE_TEST_EXISTS))
    return TRUE;
  dataset = dio_dataset_open (job->spec.output, DIO_DATASET_READ, error);
  if (!dataset || !look_into (dataset, job, &n_runs, error))
    return FALSE;
  *kind = n_runs > 0 ? DIO_OUTPUT_OURS : DIO_OUTPUT_NEW;
  g_clear_pointer (&dataset, dio_dataset_close);
  return n_runs > 0 || remove_stillborn (job->spec.output, error);
}

gboolean
dio_queue_count_frames (const char *folder, guint64 *done, guint64 *failed)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *database = dup_database (folder);
  g_autoptr (DioDataset) dataset = g_file_test (database, G_FILE_TEST_EXISTS)
                                       ? dio_dataset_open (folder, DIO_DATASET_READ, &error)
                                       : NULL;

  if (!dataset)
    return FALSE;
  *done = dio_dataset_count_frames (dataset, DIO_FRAME_DONE, &error);
  *failed = error ? 0 : dio_dataset_count_frames (dataset, DIO_FRAME_FAILED, &error);
  return error == NULL;
}
