/* Jobs and datasets from folders: what a catalog that was lost can be made from. */
#define G_LOG_DOMAIN "dio-catalog"

#include "dio-base-json.h"
#include "dio-catalog-private.h"
#include "dio-core-error.h"
#include "dio-dataset.h"

#include <string.h>

#define DEPTH 2
/* A folder with more entries than this is not one where somebody keeps datasets. */
#define MOST_ENTRIES 10000

/* What the run was asked for; what is missing stays as the engine would choose. */
static void
read_options (const char *text, DioJobSpec *spec)
{
  g_autoptr (json_t) json = text ? dio_json_parse (text, strlen (text), "options", NULL) : NULL;

  spec->width_px = (guint) CLAMP (json_integer_value (json_object_get (json, "width")), 0, 65536);
  spec->height_px = (guint) CLAMP (json_integer_value (json_object_get (json, "height")), 0, 65536);
  spec->channels = g_strdup (json_string_value (json_object_get (json, "outputs")));
}

static gboolean
has_job (DioCatalog *catalog, const char *folder, gboolean *has, GError **error)
{
  g_autoptr (DioSqlStatement) statement =
      dio_sql_prepare (catalog->sql, "SELECT 1 FROM jobs WHERE output = ?1", error);

  if (!statement)
    return FALSE;
  dio_sql_bind_text (statement, 1, folder);
  return dio_sql_step (statement, has, error);
}

/* A job that has got as far as its frames. */
static gboolean
store_found_job (DioCatalog *catalog,
                 const DioJobSpec *spec,
                 const DioCatalogDataset *dataset,
                 GError **error)
{
  gboolean over = dataset->frames + dataset->failed >= spec->count;
  DioJobState state = !over ? DIO_JOB_PAUSED : dataset->failed > 0 ? DIO_JOB_PARTLY : DIO_JOB_DONE;
  gint64 id = 0;

  if (!dio_catalog_store_job (catalog, spec, state, &id, error))
    return FALSE;
  const gint64 times[] = { id, dataset->created_us, over ? dataset->created_us : 0 };
  const gint64 counts[] = { id, (gint64) dataset->frames, (gint64) dataset->failed };
  return dio_catalog_run_ints (catalog,
                               "UPDATE jobs SET begun = 1, added_us = ?2, started_us = ?2,"
                               " ended_us = ?3 WHERE id = ?1",
                               times, G_N_ELEMENTS (times), error)
         && dio_catalog_run_ints (catalog,
                                  "UPDATE progress SET done = ?2, failed = ?3 WHERE job = ?1",
                                  counts, G_N_ELEMENTS (counts), error);
}

/* Only a dataset of one run: those that were joined from several were made by no job. */
static gboolean
add_found_job (DioCatalog *catalog,
               DioDataset *dataset,
               const DioCatalogDataset *row,
               GError **error)
{
  g_autoptr (GArray) runs = dio_dataset_list_runs (dataset, error);
  DioScenario *scenario = runs ? dio_dataset_get_scenario (dataset, error) : NULL;
  g_auto (DioDatasetRun) run = { 0 };
  gboolean has = FALSE;

  if (!scenario || !has_job (catalog, row->folder, &has, error))
    return FALSE;
  if (has || runs->len != 1)
    return TRUE;
  if (!dio_dataset_get_run (dataset, g_array_index (runs, gint64, 0), &run, error))
    return FALSE;
  g_autofree char *text = dio_scenario_to_text (scenario);
  DioJobSpec spec = { .name = scenario->name && scenario->name[0] ? scenario->name : row->name,
                      .scenario = text,
                      .scenario_folder = row->folder,
                      .output = row->folder,
                      .seed = run.seed,
                      .first = run.first,
                      .count = run.count };
  if (spec.count < 1 || spec.seed > G_MAXINT64)
    return TRUE;
  read_options (run.options_json, &spec);
  g_autofree char *channels = spec.channels;
  return store_found_job (catalog, &spec, row, error);
}

static gboolean
add_found (DioCatalog *catalog, const char *folder, GError **error)
{
  g_autoptr (DioDataset) dataset = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  gint64 id = dio_catalog_add_dataset_by_folder (catalog, folder, error);
  gboolean ok = FALSE;

  dataset = id ? dio_dataset_open (folder, DIO_DATASET_READ, error) : NULL;
  rows = dataset ? dio_catalog_list_datasets (catalog, error) : NULL;
  if (!rows || !dio_catalog_begin (catalog, error))
    return FALSE;
  for (guint i = 0; i < rows->len; i++) {
    const DioCatalogDataset *row = rows->pdata[i];
    if (row->id == id)
      ok = add_found_job (catalog, dataset, row, error);
  }
  return dio_catalog_end (catalog, ok, error);
}

static void
search (DioCatalog *catalog, const char *folder, guint depth, guint *found)
{
  g_autofree char *database = g_build_filename (folder, "dataset.db", NULL);
  g_autoptr (GError) error = NULL;

  if (g_file_test (database, G_FILE_TEST_IS_REGULAR)) {
    if (add_found (catalog, folder, &error))
      (*found)++;
    else
      g_message ("The dataset “%s” is left out: %s", folder, error->message);
    return;
  }
  g_autoptr (GDir) dir = depth > 0 ? g_dir_open (folder, 0, NULL) : NULL;
  const char *name;
  for (guint i = 0; dir && i < MOST_ENTRIES && (name = g_dir_read_name (dir)); i++) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    if (name[0] != '.' && g_file_test (path, G_FILE_TEST_IS_DIR)
        && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
      search (catalog, path, depth - 1, found);
  }
}

gboolean
dio_catalog_rebuild (DioCatalog *catalog,
                     const char *const *folders,
                     guint *n_found,
                     GError **error)
{
  g_return_val_if_fail (catalog && folders, FALSE);

  guint found = 0;
  gint64 version;

  for (guint i = 0; folders[i]; i++) {
    g_autofree char *path = g_canonicalize_filename (folders[i], NULL);
    search (catalog, path, DEPTH, &found);
  }
  if (n_found)
    *n_found = found;
  /* Datasets that cannot be read are nothing to stop for; a catalog that cannot be written is. */
  return dio_sql_query_int (catalog->sql, "PRAGMA data_version", 0, &version, error);
}
