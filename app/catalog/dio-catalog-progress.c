/* What changes many times a minute: progress and log. */
#define G_LOG_DOMAIN "dio-catalog"

#include "dio-base-json.h"
#include "dio-catalog-private.h"
#include "dio-catalog-run.h"
#include "dio-core-error.h"

/* Rows of a job's log that are kept; failed frames have a room of their own, for other events must not push out
 * what a user has to look into. */
#define MOST_ROWS 1000

static char *
stages_to_text (const DioJobProgress *progress)
{
  g_autoptr (json_t) json = json_array ();

  for (guint i = 0; i < progress->n_stages; i++)
    json_array_append_new (
        json, json_pack ("[s, f]", progress->stages[i].name, progress->stages[i].seconds));
  return dio_json_to_line (json);
}

static gboolean
set_progress (DioCatalog *catalog, gint64 id, const DioJobProgress *progress, GError **error)
{
  g_autofree char *stages = stages_to_text (progress);
  g_autoptr (DioSqlStatement) statement = dio_sql_prepare (
      catalog->sql,
      "UPDATE progress SET phase = ?2, done = ?3, failed = ?4, total = ?5, frames_per_s = ?6,"
      " seconds_left = ?7, workers_alive = ?8, restarts = ?9, newest_frame = ?10, stages = ?11"
      " WHERE job = ?1",
      error);

  if (!statement)
    return FALSE;
  dio_sql_bind_int (statement, 1, id);
  dio_sql_bind_text (statement, 2, progress->phase ? progress->phase : "");
  dio_sql_bind_int (statement, 3, (gint64) progress->done);
  dio_sql_bind_int (statement, 4, (gint64) progress->failed);
  dio_sql_bind_int (statement, 5, (gint64) progress->total);
  dio_sql_bind_double (statement, 6, progress->frames_per_s);
  dio_sql_bind_double (statement, 7, progress->seconds_left);
  dio_sql_bind_int (statement, 8, progress->workers);
  dio_sql_bind_int (statement, 9, progress->restarts);
  dio_sql_bind_int (statement, 10, progress->newest_frame);
  dio_sql_bind_text (statement, 11, stages);
  return dio_sql_run (statement, error);
}

static gboolean
store_progress (
    DioCatalog *catalog, gint64 id, const DioJobProgress *progress, gboolean begun, GError **error)
{
  DioJobState state;
  DioJobRequest requested;

  if (!dio_catalog_get_state (catalog, id, &state, &requested, error))
    return FALSE;
  if (!dio_job_state_is_active (state))
    return dio_catalog_refuse (id, state, "making progress", error);
  const gint64 values[] = { id, begun ? 1 : 0 };
  return set_progress (catalog, id, progress, error)
         && dio_catalog_run_ints (catalog,
                                  "UPDATE jobs SET begun = ?2 WHERE id = ?1 AND begun <> ?2",
                                  values, G_N_ELEMENTS (values), error);
}

gboolean
dio_catalog_set_progress (
    DioCatalog *catalog, gint64 id, const DioJobProgress *progress, gboolean begun, GError **error)
{
  g_return_val_if_fail (catalog && progress, FALSE);

  return dio_catalog_begin (catalog, error)
         && dio_catalog_end (catalog, store_progress (catalog, id, progress, begun, error), error);
}

static gboolean
prune (DioCatalog *catalog, gint64 id, GError **error)
{
  const gint64 values[] = { id, MOST_ROWS };

  return dio_catalog_run_ints (catalog,
                               "DELETE FROM log WHERE job = ?1 AND code <> 'frame-failed' AND id <="
                               " (SELECT id FROM log WHERE job = ?1 AND code <> 'frame-failed'"
                               " ORDER BY id DESC LIMIT 1 OFFSET ?2)",
                               values, 2, error)
         && dio_catalog_run_ints (catalog,
                                  "DELETE FROM log WHERE job = ?1 AND code = 'frame-failed' AND id"
                                  " <= (SELECT id FROM log WHERE job = ?1 AND code ="
                                  " 'frame-failed' ORDER BY id DESC LIMIT 1 OFFSET ?2)",
                                  values, 2, error);
}

static gboolean
store_log (DioCatalog *catalog, gint64 id, const DioCatalogLogRow *rows, guint n, GError **error)
{
  g_autoptr (DioSqlStatement) statement = dio_sql_prepare (
      catalog->sql, "INSERT INTO log (job, time_us, code, message) VALUES (?1, ?2, ?3, ?4)", error);

  if (!statement)
    return FALSE;
  for (guint i = 0; i < n; i++) {
    dio_sql_bind_int (statement, 1, id);
    dio_sql_bind_int (statement, 2, rows[i].time_us);
    dio_sql_bind_text (statement, 3, rows[i].code);
    dio_sql_bind_text (statement, 4, rows[i].message);
    if (!dio_sql_run (statement, error))
      return FALSE;
  }
  return prune (catalog, id, error);
}

gboolean
dio_catalog_add_log (
    DioCatalog *catalog, gint64 id, const DioCatalogLogRow *rows, guint n, GError **error)
{
  g_return_val_if_fail (catalog && (rows || n == 0), FALSE);

  if (n == 0)
    return TRUE;
  return dio_catalog_begin (catalog, error)
         && dio_catalog_end (catalog, store_log (catalog, id, rows, n, error), error);
}
