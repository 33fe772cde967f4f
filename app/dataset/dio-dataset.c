/* The dataset store.
 *
 * A dataset is a folder that needs nothing outside itself:
 *
 *   dataset.db        rows about everything (schema/version-N.sql)
 *   scenario.json     the scenario snapshot, for workers and people; dataset.db holds the same text
 *   assets/           imported assets by content; what workers read
 *   rgb/ leaf/ ...    one folder per channel, 1000 frames a folder: rgb/000/000123_SENSOR.png; a take above 0
 *                     is 000123_SENSOR_t1.png, a run above 1 stands in rgb/run2-000/
 *   .lock             the writer's lock (dio-dataset-lock.c), never removed
 *   .tmp/             files in flight, while a job runs
 *
 * Invariants. Whoever changes this folder keeps them; the tests in tests/app/dataset and tests/app/engine hold
 * each against kills at every point.
 *
 *   1. A frame is in the store wholly or not at all: dio_dataset_store_frames writes all its rows in one
 *      transaction.
 *   2. A row implies its files: the caller has renamed and synced them before it stores the row. So a file
 *      without a row is garbage and may be removed; a row without its file is damage.
 *   3. One writer: whoever opens for WRITE holds the dataset's lock. Readers need none.
 *   4. A DONE frame never changes. A FAILED one is replaced by its next result or forgotten by
 *      dio_dataset_reset_failed.
 *   5. dataset.db appears by a rename, complete with snapshot, categories and sensors: a folder has a whole
 *      store or none, never half of one.
 *   6. While a writer has it open it is in WAL mode, so that readers work; dio_dataset_close returns it to one
 *      file that can be copied and read from read-only media.
 *   7. Rows keep what was measured; verdicts of a policy are computed when they are asked for.
 *   8. Nothing read back is trusted: paths stay inside the folder, sizes are bounded, masks must fit their
 *      picture; what breaks this is CORRUPT.
 */
#define G_LOG_DOMAIN "dio-dataset"

#include "dio-dataset.h"

#include "dio-base-json.h"
#include "dio-base-path.h"
#include "dio-core-error.h"
#include "dio-dataset-private.h"
#include "dio-dataset-resources.h"
#include "dio-dataset-sql.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

/* "DioD" */
#define APPLICATION_ID 0x44696f44
#define NEW_DATABASE ".dataset.db.new"

static const char *const schema_paths[] = { "/diorama/dataset/schema/version-1.sql", NULL };

/* By hand and once: the constructor of a resource in a static library is dropped by the linker. */
static GResource *
get_resource (void)
{
  static gsize registered;

  if (g_once_init_enter (&registered)) {
    dio_dataset_register_resource ();
    g_once_init_leave (&registered, 1);
  }
  return dio_dataset_get_resource ();
}

static DioSql *
open_sql (const char *folder, const char *name, DioSqlMode mode, gboolean wal, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_auto (GStrv) schema = dio_sql_dup_schema (get_resource (), schema_paths);
  DioSqlDesc desc = {
    .path = path,
    .mode = mode,
    .application_id = APPLICATION_ID,
    .schema = (const char *const *) schema,
    .wal = wal,
  };

  return dio_sql_open (&desc, error);
}

gboolean
dio_dataset_check_new_folder (const char *folder, GError **error)
{
  /* What an interrupted creation leaves behind. */
  static const char *const leftovers[] = {
    ".lock", ".tmp", "assets", "scenario.json", NEW_DATABASE, NEW_DATABASE "-journal", NULL
  };

  g_return_val_if_fail (folder, FALSE);

  gboolean is_there = g_file_test (folder, G_FILE_TEST_EXISTS), fits = is_there, ours = FALSE;
  g_autoptr (GDir) dir = is_there ? g_dir_open (folder, 0, NULL) : NULL;
  const char *name = NULL, *first = NULL;

  if (!is_there)
    return TRUE;
  fits = dir != NULL;
  while (dir && (name = g_dir_read_name (dir))) {
    first = name;
    fits &= g_strv_contains (leftovers, name);
    ours |= g_str_equal (name, ".lock");
  }
  /* Somebody's folder that happens to hold "assets" is not ours. */
  if (fits && (!first || ours))
    return TRUE;
  g_set_error (error, DIO_ERROR, DIO_ERROR_EXISTS,
               "The folder “%s” is not empty: choose another, or resume it if it is a dataset",
               folder);
  return FALSE;
}

static gboolean
put_meta (DioSql *sql, const char *key, const char *value, GError **error)
{
  g_autoptr (DioSqlStatement) statement =
      dio_sql_prepare (sql, "INSERT INTO meta (key, value) VALUES (?1, ?2)", error);

  if (!statement)
    return FALSE;
  dio_sql_bind_text (statement, 1, key);
  dio_sql_bind_text (statement, 2, value);
  return dio_sql_run (statement, error);
}

static gboolean
put_categories (DioSql *sql, const DioScenario *scenario, GError **error)
{
  g_autoptr (DioSqlStatement) statement =
      dio_sql_prepare (sql, "INSERT INTO categories VALUES (?1, ?2, ?3, ?4, ?5)", error);

  if (!statement)
    return FALSE;
  for (guint i = 0; i < scenario->categories->len; i++) {
    const DioCategory *category = scenario->categories->pdata[i];
    dio_sql_bind_int (statement, 1, i);
    dio_sql_bind_text (statement, 2, category->id);
    dio_sql_bind_text (statement, 3, category->name ? category->name : category->id);
    dio_sql_bind_text (statement, 4, category->supercategory ? category->supercategory : "");
    dio_sql_bind_int (statement, 5, category->thing);
    if (!dio_sql_run (statement, error))
      return FALSE;
  }
  return TRUE;
}

/* Two ids can become one name ("a/b", "a_b"); files must not. */
static char *
choose_file_name (GHashTable *taken, const char *id)
{
  g_autofree char *base = dio_path_sanitize_name (id);
  char *name = g_strdup (base);

  for (guint i = 2; g_hash_table_contains (taken, name); i++) {
    g_free (name);
    name = g_strdup_printf ("%s-%u", base, i);
  }
  g_hash_table_add (taken, g_strdup (name));
  return name;
}

static gboolean
put_sensors (DioSql *sql, const DioScenario *scenario, GError **error)
{
  g_autoptr (DioSqlStatement) statement =
      dio_sql_prepare (sql, "INSERT INTO sensors VALUES (?1, ?2, ?3)", error);
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (!statement)
    return FALSE;
  for (guint i = 0; i < scenario->nodes->len; i++) {
    const DioNode *node = scenario->nodes->pdata[i];
    if (node->kind != DIO_NODE_SENSOR)
      continue;
    g_autofree char *file_name = choose_file_name (taken, node->id);
    dio_sql_bind_text (statement, 1, node->id);
    dio_sql_bind_text (statement, 2, node->name ? node->name : node->id);
    dio_sql_bind_text (statement, 3, file_name);
    if (!dio_sql_run (statement, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
put_snapshot (DioSql *sql, const DioScenario *scenario, GError **error)
{
  g_autofree char *text = dio_scenario_to_text (scenario);
  g_autofree char *hash = dio_scenario_dup_hash (scenario);

  if (!dio_sql_begin (sql, error))
    return FALSE;
  if (put_meta (sql, "scenario", text, error) && put_meta (sql, "scenario_hash", hash, error)
      && put_categories (sql, scenario, error) && put_sensors (sql, scenario, error)
      && dio_sql_commit (sql, error))
    return TRUE;
  dio_sql_rollback (sql);
  return FALSE;
}

/* Invariant 5: the store is made under another name, in one file without a log. */
static gboolean
make_database (const char *folder, const DioScenario *scenario, GError **error)
{
  g_autofree char *new_path = g_build_filename (folder, NEW_DATABASE, NULL);
  g_autofree char *journal = g_strconcat (new_path, "-journal", NULL);
  g_autofree char *path = g_build_filename (folder, "dataset.db", NULL);

  g_unlink (new_path);
  g_unlink (journal);
  DioSql *sql = open_sql (folder, NEW_DATABASE, DIO_SQL_CREATE, FALSE, error);
  gboolean ok = sql && put_snapshot (sql, scenario, error);
  dio_sql_close (sql);
  if (!ok)
    return FALSE;
  if (g_rename (new_path, path) != 0) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_FAILED, "The database “%s” cannot be put in place: %s",
                 path, g_strerror (errno));
    return FALSE;
  }
  return dio_path_sync_folder (folder, error);
}

DioDataset *
dio_dataset_create (const char *folder, const DioScenario *scenario, GError **error)
{
  g_return_val_if_fail (folder && scenario, NULL);

  if (!dio_dataset_check_new_folder (folder, error) || !dio_path_make_folders (folder, error)
      || !make_database (folder, scenario, error))
    return NULL;
  return dio_dataset_open (folder, DIO_DATASET_WRITE, error);
}

DioDataset *
dio_dataset_open (const char *folder, DioDatasetMode mode, GError **error)
{
  g_return_val_if_fail (folder, NULL);

  g_autofree char *path = g_build_filename (folder, "dataset.db", NULL);
  gboolean write = mode == DIO_DATASET_WRITE;

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR)) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND,
                 "“%s” is not a dataset: it holds no dataset.db", folder);
    return NULL;
  }
  DioSql *sql = open_sql (folder, "dataset.db", write ? DIO_SQL_WRITE : DIO_SQL_READ, write, error);
  if (!sql)
    return NULL;
  DioDataset *dataset = g_new0 (DioDataset, 1);
  dataset->folder = g_strdup (folder);
  dataset->mode = mode;
  dataset->sql = sql;
  return dataset;
}

void
dio_dataset_close (DioDataset *dataset)
{
  if (!dataset)
    return;
  for (guint i = 0; i < DIO_STORE_N_STATEMENTS; i++)
    dio_sql_statement_free (dataset->store[i]);
  dio_sql_statement_free (dataset->find_file);
  dio_dataset_cursor_free (dataset->single);
  if (dataset->mode == DIO_DATASET_WRITE) {
    g_autoptr (GError) error = NULL;
    /* A reader may hold it; the log is then left for the next writer and nothing is lost. */
    if (!dio_sql_leave_wal (dataset->sql, &error))
      g_info ("%s", error->message);
  }
  dio_sql_close (dataset->sql);
  g_clear_pointer (&dataset->scenario, dio_scenario_unref);
  g_clear_pointer (&dataset->sensor_file_names, g_hash_table_unref);
  g_free (dataset->folder);
  g_free (dataset);
}

const char *
dio_dataset_get_folder (const DioDataset *dataset)
{
  g_return_val_if_fail (dataset, NULL);

  return dataset->folder;
}

DioSql *
dio_dataset_get_sql (DioDataset *dataset)
{
  g_return_val_if_fail (dataset, NULL);

  return dataset->sql;
}

char *
dio_dataset_dup_column (DioSqlStatement *statement, int column)
{
  const char *text = dio_sql_column_text (statement, column);

  return text ? g_utf8_make_valid (text, -1) : g_strdup ("");
}

DioScenario *
dio_dataset_get_scenario (DioDataset *dataset, GError **error)
{
  g_return_val_if_fail (dataset, NULL);

  gboolean row = FALSE;

  if (dataset->scenario)
    return dataset->scenario;
  g_autoptr (DioSqlStatement) statement =
      dio_sql_prepare (dataset->sql, "SELECT value FROM meta WHERE key = 'scenario'", error);
  if (!statement || !dio_sql_step (statement, &row, error))
    return NULL;
  const char *text = row ? dio_sql_column_text (statement, 0) : NULL;
  if (!text) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_CORRUPT, "The dataset “%s” has lost its scenario",
                 dataset->folder);
    return NULL;
  }
  g_autoptr (json_t) json = dio_json_parse (text, strlen (text), "the dataset's scenario", error);
  if (json)
    dataset->scenario = dio_scenario_from_json (json, NULL, error);
  return dataset->scenario;
}

/* What choose_file_name can have made; a stranger's name must not leave the folder. */
static gboolean
is_file_name (const char *name)
{
  return name[0] != '\0' && name[0] != '.' && !strchr (name, '/') && strlen (name) < 128;
}

static gboolean
read_sensor_file_names (DioDataset *dataset, GError **error)
{
  g_autoptr (DioSqlStatement) statement =
      dio_sql_prepare (dataset->sql, "SELECT id, file_name FROM sensors", error);
  gboolean row = FALSE;

  if (!statement)
    return FALSE;
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  while (dio_sql_step (statement, &row, error)) {
    if (!row) {
      dataset->sensor_file_names = g_steal_pointer (&names);
      return TRUE;
    }
    char *file_name = dio_dataset_dup_column (statement, 1);
    g_hash_table_insert (names, dio_dataset_dup_column (statement, 0), file_name);
    if (!is_file_name (file_name)) {
      g_set_error (error, DIO_ERROR, DIO_ERROR_CORRUPT,
                   "The dataset “%s” has a sensor with an unusable name of files", dataset->folder);
      return FALSE;
    }
  }
  return FALSE;
}

char *
dio_dataset_dup_file_path (DioDataset *dataset, const DioDatasetFileName *name, GError **error)
{
  g_return_val_if_fail (dataset && name && name->sensor && name->channel && name->extension, NULL);

  g_autofree char *run = NULL, *take = NULL;

  if (!dataset->sensor_file_names && !read_sensor_file_names (dataset, error))
    return NULL;
  const char *sensor = g_hash_table_lookup (dataset->sensor_file_names, name->sensor);
  if (!sensor) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND, "The dataset “%s” has no sensor “%s”",
                 dataset->folder, name->sensor);
    return NULL;
  }
  run = name->run > 1 ? g_strdup_printf ("run%" G_GINT64_FORMAT "-", name->run) : g_strdup ("");
  take = name->take > 0 ? g_strdup_printf ("_t%u", name->take) : g_strdup ("");
  return g_strdup_printf ("%s/%s%03" G_GUINT64_FORMAT "/%06" G_GUINT64_FORMAT "_%s%s.%s",
                          name->channel, run, name->index / 1000, name->index, sensor, take,
                          name->extension);
}

gboolean
dio_dataset_has_file (DioDataset *dataset, const char *path, gboolean *has, GError **error)
{
  g_return_val_if_fail (dataset && path && has, FALSE);

  if (!dataset->find_file)
    dataset->find_file =
        dio_sql_prepare (dataset->sql, "SELECT 1 FROM files WHERE path = ?1", error);
  if (!dataset->find_file)
    return FALSE;
  dio_sql_bind_text (dataset->find_file, 1, path);
  gboolean ok = dio_sql_step (dataset->find_file, has, error);
  dio_sql_reset (dataset->find_file);
  return ok;
}
