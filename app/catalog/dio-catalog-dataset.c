/* Datasets that the catalog knows. */
#define G_LOG_DOMAIN "dio-catalog"

#include "dio-catalog-private.h"
#include "dio-core-error.h"
#include "dio-dataset.h"

#include <glib/gstdio.h>

/* The lock file of a dataset is made first and never written again. */
static gint64
get_creation_us (const char *folder)
{
  g_autofree char *lock = g_build_filename (folder, ".lock", NULL);
  g_autofree char *database = g_build_filename (folder, "dataset.db", NULL);
  GStatBuf info;

  if (g_stat (lock, &info) != 0 && g_stat (database, &info) != 0)
    return 0;
  return (gint64) info.st_mtim.tv_sec * G_USEC_PER_SEC + info.st_mtim.tv_nsec / 1000;
}

static gboolean
find_dataset (DioCatalog *catalog, const char *folder, gint64 *id, GError **error)
{
  g_autoptr (DioSqlStatement) statement =
      dio_sql_prepare (catalog->sql, "SELECT id FROM datasets WHERE folder = ?1", error);
  gboolean row = FALSE;

  if (!statement)
    return FALSE;
  dio_sql_bind_text (statement, 1, folder);
  if (!dio_sql_step (statement, &row, error))
    return FALSE;
  *id = row ? dio_sql_column_int (statement, 0) : 0;
  return TRUE;
}

gboolean
dio_catalog_store_dataset (DioCatalog *catalog,
                           const DioCatalogDataset *dataset,
                           gint64 *id,
                           GError **error)
{
  g_autoptr (DioSqlStatement) statement = dio_sql_prepare (
      catalog->sql,
      "INSERT INTO datasets (folder, name, created_us, frames, failed) VALUES (?1, ?2, ?3, ?4, ?5)"
      " ON CONFLICT (folder) DO UPDATE SET frames = ?4, failed = ?5, created_us = ?3",
      error);

  if (!statement)
    return FALSE;
  dio_sql_bind_text (statement, 1, dataset->folder);
  dio_sql_bind_text (statement, 2, dataset->name);
  dio_sql_bind_int (statement, 3, dataset->created_us);
  dio_sql_bind_int (statement, 4, (gint64) dataset->frames);
  dio_sql_bind_int (statement, 5, (gint64) dataset->failed);
  return dio_sql_run (statement, error) && find_dataset (catalog, dataset->folder, id, error);
}

/* What a folder says of itself. */
static gboolean
look (const char *folder, DioCatalogDataset *out, GError **error)
{
  g_autoptr (GError) trouble = NULL;
  g_autoptr (DioDataset) dataset = dio_dataset_open (folder, DIO_DATASET_READ, error);

  if (!dataset)
    return FALSE;
  out->frames = dio_dataset_count_frames (dataset, DIO_FRAME_DONE, &trouble);
  if (!trouble)
    out->failed = dio_dataset_count_frames (dataset, DIO_FRAME_FAILED, &trouble);
  if (trouble) {
    g_propagate_error (error, g_steal_pointer (&trouble));
    return FALSE;
  }
  out->created_us = get_creation_us (folder);
  return TRUE;
}

gint64
dio_catalog_add_dataset_by_folder (DioCatalog *catalog, const char *folder, GError **error)
{
  g_return_val_if_fail (catalog && folder, 0);

  g_autofree char *path = g_canonicalize_filename (folder, NULL);
  g_autofree char *name = g_path_get_basename (path);
  DioCatalogDataset dataset = { .folder = path, .name = name };
  gint64 id = 0;

  if (!look (path, &dataset, error) || !dio_catalog_begin (catalog, error))
    return 0;
  gboolean ok = dio_catalog_store_dataset (catalog, &dataset, &id, error);
  return dio_catalog_end (catalog, ok, error) ? id : 0;
}

GPtrArray *
dio_catalog_list_datasets (DioCatalog *catalog, GError **error)
{
  g_return_val_if_fail (catalog, NULL);

  g_autoptr (GPtrArray) datasets =
      g_ptr_array_new_with_free_func ((GDestroyNotify) dio_catalog_dataset_free);
  g_autoptr (DioSqlStatement) statement = dio_sql_prepare (
      catalog->sql,
      "SELECT id, folder, name, created_us, frames, failed, ifnull ((SELECT max (jobs.id) FROM jobs"
      " WHERE output = folder AND begun = 1), 0) FROM datasets ORDER BY created_us DESC, id DESC",
      error);
  gboolean row = FALSE;

  if (!statement)
    return NULL;
  do {
    if (!dio_sql_step (statement, &row, error))
      return NULL;
    if (!row)
      break;
    DioCatalogDataset *dataset = g_new0 (DioCatalogDataset, 1);
    dataset->id = dio_sql_column_int (statement, 0);
    dataset->folder = dio_sql_column_dup_text (statement, 1);
    dataset->name = dio_sql_column_dup_text (statement, 2);
    dataset->created_us = dio_sql_column_int (statement, 3);
    dataset->frames = (guint64) dio_sql_column_int (statement, 4);
    dataset->failed = (guint64) dio_sql_column_int (statement, 5);
    dataset->job = dio_sql_column_int (statement, 6);
    g_ptr_array_add (datasets, dataset);
  } while (row);
  return g_steal_pointer (&datasets);
}

gboolean
dio_catalog_remove_dataset (DioCatalog *catalog, gint64 id, GError **error)
{
  g_return_val_if_fail (catalog, FALSE);

  if (!dio_catalog_begin (catalog, error))
    return FALSE;
  gboolean ok = dio_catalog_run_ints (catalog, "DELETE FROM datasets WHERE id = ?1", &id, 1, error);
  if (ok && dio_sql_get_changes (catalog->sql) == 0) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND, "There is no dataset %" G_GINT64_FORMAT,
                 id);
    ok = FALSE;
  }
  return dio_catalog_end (catalog, ok, error);
}
