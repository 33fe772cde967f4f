/* Reading jobs and logs. */
#define G_LOG_DOMAIN "dio-catalog"

#include "dio-base-json.h"
#include "dio-catalog-private.h"
#include "dio-core-error.h"

#include <string.h>

static void
read_stages (const char *text, DioJobProgress *progress)
{
  g_autoptr (json_t) json = text ? dio_json_parse (text, strlen (text), "stages", NULL) : NULL;

  /* An array of pairs: their order is that of the work. */
  for (gsize i = 0; i < json_array_size (json) && progress->n_stages < DIO_JOB_MAX_STAGES; i++) {
    const char *name = json_string_value (json_array_get (json_array_get (json, i), 0));
    double seconds = json_number_value (json_array_get (json_array_get (json, i), 1));
    if (name)
      progress->stages[progress->n_stages++] = (DioJobStage){ g_intern_string (name), seconds };
  }
}

/** Reads the columns of a row one after the other. */
typedef struct {
  DioSqlStatement *statement;
  int next;
} Row;

static gint64
take_int (Row *row)
{
  return dio_sql_column_int (row->statement, row->next++);
}

static char *
take_text (Row *row)
{
  return dio_sql_column_dup_text (row->statement, row->next++);
}

static void
read_spec (Row *row, DioJobSpec *spec)
{
  spec->name = take_text (row);
  spec->scenario_path = take_text (row);
  spec->scenario_folder = take_text (row);
  spec->output = take_text (row);
  spec->channels = take_text (row);
  spec->sensors = take_text (row);
  spec->seed = (guint64) take_int (row);
  spec->first = (guint64) take_int (row);
  spec->count = (guint64) take_int (row);
  spec->width_px = (guint) take_int (row);
  spec->height_px = (guint) take_int (row);
  spec->workers = (guint) take_int (row);
  spec->frame_timeout_ms = (guint) take_int (row);
  spec->recycle_bytes = take_int (row);
  spec->priority = (int) take_int (row);
}

static void
read_progress (Row *row, DioJobProgress *progress)
{
  progress->phase = take_text (row);
  progress->done = (guint64) take_int (row);
  progress->failed = (guint64) take_int (row);
  progress->total = (guint64) take_int (row);
  progress->frames_per_s = dio_sql_column_double (row->statement, row->next++);
  progress->seconds_left = dio_sql_column_double (row->statement, row->next++);
  progress->workers = (guint) take_int (row);
  progress->restarts = (guint) take_int (row);
  progress->newest_frame = take_int (row);
  read_stages (dio_sql_column_text (row->statement, row->next++), progress);
}

DioCatalogJob *
dio_catalog_read_job (DioSqlStatement *statement)
{
  DioCatalogJob *job = g_new0 (DioCatalogJob, 1);
  Row row = { statement, 0 };

  job->id = take_int (&row);
  read_spec (&row, &job->spec);
  job->position = take_int (&row);
  /* In range by the CHECKs of the table. */
  job->state = (DioJobState) take_int (&row);
  job->requested = (DioJobRequest) take_int (&row);
  job->begun = take_int (&row) != 0;
  job->message = take_text (&row);
  job->added_us = take_int (&row);
  job->started_us = take_int (&row);
  job->ended_us = take_int (&row);
  job->pid = (int) take_int (&row);
  job->pid_start = (guint64) take_int (&row);
  job->boot = take_text (&row);
  read_progress (&row, &job->progress);
  return job;
}

static gboolean
set_not_found (gint64 id, GError **error)
{
  g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND, "There is no job %" G_GINT64_FORMAT, id);
  return FALSE;
}

DioCatalogJob *
dio_catalog_get_job (DioCatalog *catalog, gint64 id, GError **error)
{
  g_return_val_if_fail (catalog, NULL);

  g_autoptr (DioSqlStatement) statement =
      dio_sql_prepare (catalog->sql,
                       "SELECT " DIO_CATALOG_JOB_COLUMNS ", text" DIO_CATALOG_JOB_TABLES
                       " JOIN scenarios ON scenarios.job = jobs.id WHERE jobs.id = ?1",
                       error);
  gboolean row = FALSE;

  if (!statement)
    return NULL;
  dio_sql_bind_int (statement, 1, id);
  if (!dio_sql_step (statement, &row, error))
    return NULL;
  if (!row) {
    set_not_found (id, error);
    return NULL;
  }
  DioCatalogJob *job = dio_catalog_read_job (statement);
  job->spec.scenario = dio_sql_column_dup_text (statement, DIO_CATALOG_N_JOB_COLUMNS);
  return job;
}

GPtrArray *
dio_catalog_list_jobs (DioCatalog *catalog, GError **error)
{
  g_return_val_if_fail (catalog, NULL);

  g_autoptr (GPtrArray) jobs =
      g_ptr_array_new_with_free_func ((GDestroyNotify) dio_catalog_job_free);
  /* Active ones, those that wait, those that are over. */
  g_autoptr (DioSqlStatement) statement = dio_sql_prepare (
      catalog->sql,
      "SELECT " DIO_CATALOG_JOB_COLUMNS DIO_CATALOG_JOB_TABLES
      " ORDER BY CASE WHEN state IN (1, 2, 4) THEN 0 WHEN state IN (0, 3) THEN 1 ELSE 2 END,"
      " CASE WHEN state IN (0, 1, 2, 3, 4) THEN 0 ELSE -ended_us END,"
      " priority DESC, position, jobs.id",
      error);
  gboolean row = FALSE;

  if (!statement)
    return NULL;
  do {
    if (!dio_sql_step (statement, &row, error))
      return NULL;
    if (row)
      g_ptr_array_add (jobs, dio_catalog_read_job (statement));
  } while (row);
  return g_steal_pointer (&jobs);
}

GPtrArray *
dio_catalog_list_log (DioCatalog *catalog, gint64 id, gint64 after, guint most, GError **error)
{
  g_return_val_if_fail (catalog, NULL);

  g_autoptr (GPtrArray) rows =
      g_ptr_array_new_with_free_func ((GDestroyNotify) dio_catalog_log_row_free);
  g_autoptr (DioSqlStatement) statement =
      dio_sql_prepare (catalog->sql,
                       "SELECT id, time_us, code, message FROM log WHERE job = ?1 AND id > ?2"
                       " ORDER BY id LIMIT ?3",
                       error);
  gboolean row = FALSE;

  if (!statement)
    return NULL;
  dio_sql_bind_int (statement, 1, id);
  dio_sql_bind_int (statement, 2, after);
  dio_sql_bind_int (statement, 3, most > 0 ? (gint64) most : -1);
  do {
    if (!dio_sql_step (statement, &row, error))
      return NULL;
    if (!row)
      break;
    DioCatalogLogRow *line = g_new0 (DioCatalogLogRow, 1);
    line->id = dio_sql_column_int (statement, 0);
    line->time_us = dio_sql_column_int (statement, 1);
    line->code = dio_sql_column_dup_text (statement, 2);
    line->message = dio_sql_column_dup_text (statement, 3);
    g_ptr_array_add (rows, line);
  } while (row);
  return g_steal_pointer (&rows);
}

gboolean
dio_catalog_get_state (
    DioCatalog *catalog, gint64 id, DioJobState *state, DioJobRequest *requested, GError **error)
{
  g_autoptr (DioSqlStatement) statement =
      dio_sql_prepare (catalog->sql, "SELECT state, requested FROM jobs WHERE id = ?1", error);
  gboolean row = FALSE;

  if (!statement)
    return FALSE;
  dio_sql_bind_int (statement, 1, id);
  if (!dio_sql_step (statement, &row, error))
    return FALSE;
  if (!row)
    return set_not_found (id, error);
  *state = (DioJobState) dio_sql_column_int (statement, 0);
  *requested = (DioJobRequest) dio_sql_column_int (statement, 1);
  return TRUE;
}
