/* The arrows of a job that the queue draws; the diagram stands in dio-catalog-job.c. */
#define G_LOG_DOMAIN "dio-catalog"

#include "dio-catalog-run.h"

#include "dio-catalog-private.h"
#include "dio-core-error.h"

/* Supervisors that may be lost one after the other before the job itself is to blame. */
#define MOST_LOSSES 3

/* All columns that go with being active or not, so that no combination is forgotten. */
typedef struct {
  DioJobState state;
  gboolean over;
  gint64 losses;
  const char *message;
} Rest;

gboolean
dio_catalog_find_next (DioCatalog *catalog, gint64 *id, GError **error)
{
  g_return_val_if_fail (catalog && id, FALSE);

  return dio_sql_query_int (catalog->sql,
                            "SELECT id FROM jobs WHERE state = 0"
                            " ORDER BY priority DESC, position, id LIMIT 1",
                            0, id, error);
}

static gboolean
start (DioCatalog *catalog, gint64 id, const DioJobProcess *process, GError **error)
{
  DioJobState state;
  DioJobRequest requested;

  if (!dio_catalog_get_state (catalog, id, &state, &requested, error))
    return FALSE;
  if (state != DIO_JOB_QUEUED)
    return dio_catalog_refuse (id, state, "started", error);
  /* Failed frames are tried again: what is said of them is not true any more. */
  if (!dio_catalog_run_ints (catalog, "DELETE FROM log WHERE job = ?1 AND code = 'frame-failed'",
                             &id, 1, error)
      || !dio_catalog_run_ints (catalog,
                                "UPDATE progress SET phase = 'starting', failed = 0, frames_per_s ="
                                " 0.0, seconds_left = 0.0, workers_alive = 0, restarts = 0,"
                                " stages = '[]' WHERE job = ?1",
                                &id, 1, error))
    return FALSE;
  g_autoptr (DioSqlStatement) statement =
      dio_sql_prepare (catalog->sql,
                       "UPDATE jobs SET state = 1, requested = 0, pid = ?2, pid_start = ?3,"
                       " boot = ?4, message = '', started_us = ?5, ended_us = 0 WHERE id = ?1",
                       error);
  if (!statement)
    return FALSE;
  dio_sql_bind_int (statement, 1, id);
  dio_sql_bind_int (statement, 2, process->pid);
  dio_sql_bind_int (statement, 3, (gint64) process->start);
  dio_sql_bind_text (statement, 4, process->boot);
  dio_sql_bind_int (statement, 5, g_get_real_time ());
  return dio_sql_run (statement, error);
}

gboolean
dio_catalog_start_job (DioCatalog *catalog, gint64 id, const DioJobProcess *process, GError **error)
{
  g_return_val_if_fail (catalog && process && process->pid > 0, FALSE);

  return dio_catalog_begin (catalog, error)
         && dio_catalog_end (catalog, start (catalog, id, process, error), error);
}

/* Where a wish leads an active job; the state itself where there is nothing to do yet. */
static DioJobState
obeyed (DioJobState state, DioJobRequest requested)
{
  if (requested == DIO_JOB_REQUEST_PAUSE && state == DIO_JOB_RUNNING)
    return DIO_JOB_PAUSING;
  if (requested == DIO_JOB_REQUEST_CANCEL && state != DIO_JOB_CANCELLING)
    return DIO_JOB_CANCELLING;
  return state;
}

static gboolean
obey (DioCatalog *catalog, gint64 id, gboolean *stop, GError **error)
{
  DioJobState state;
  DioJobRequest requested;

  if (!dio_catalog_get_state (catalog, id, &state, &requested, error))
    return FALSE;
  if (!dio_job_state_is_active (state))
    return dio_catalog_refuse (id, state, "stopped", error);
  DioJobState next = obeyed (state, requested);
  const gint64 values[] = { id, next };
  /* Told once: PAUSING that becomes CANCELLING is on its way out already. */
  *stop = state == DIO_JOB_RUNNING && next != state;
  return next == state
         || dio_catalog_run_ints (catalog,
                                  "UPDATE jobs SET state = ?2, requested = 0 WHERE id = ?1", values,
                                  G_N_ELEMENTS (values), error);
}

gboolean
dio_catalog_obey (DioCatalog *catalog, gint64 id, gboolean *stop, GError **error)
{
  g_return_val_if_fail (catalog && stop, FALSE);

  *stop = FALSE;
  if (!dio_catalog_begin (catalog, error))
    return FALSE;
  if (dio_catalog_end (catalog, obey (catalog, id, stop, error), error))
    return TRUE;
  *stop = FALSE;
  return FALSE;
}

/* Where a job goes that could go on but for a wish. */
static DioJobState
choose_wanted (DioJobState state, DioJobRequest requested, DioJobState otherwise)
{
  if (requested == DIO_JOB_REQUEST_RUN)
    return DIO_JOB_QUEUED;
  state = obeyed (state, requested);
  if (state == DIO_JOB_PAUSING)
    return DIO_JOB_PAUSED;
  return state == DIO_JOB_CANCELLING ? DIO_JOB_CANCELLED : otherwise;
}

/** A job that ends, as it was. */
typedef struct {
  DioJobState state;
  DioJobRequest requested;
  gint64 losses, total;
} Ending;

static DioJobState
choose_state (const Ending *was, const DioJobEnd *end, gint64 losses)
{
  gboolean missing = end->done + end->failed < (guint64) was->total;

  switch (end->kind) {
  case DIO_JOB_END_DONE:
    return DIO_JOB_DONE;
  case DIO_JOB_END_FAILED:
    return DIO_JOB_FAILED;
  case DIO_JOB_END_PARTLY:
    return missing ? choose_wanted (was->state, was->requested, DIO_JOB_PARTLY) : DIO_JOB_PARTLY;
  case DIO_JOB_END_LOST:
    return choose_wanted (was->state, was->requested,
                          losses >= MOST_LOSSES ? DIO_JOB_FAILED : DIO_JOB_QUEUED);
  case DIO_JOB_END_TAKEN:
  default:
    return choose_wanted (was->state, was->requested, DIO_JOB_QUEUED);
  }
}

static gboolean
read_ending (DioCatalog *catalog, gint64 id, Ending *was, GError **error)
{
  g_autoptr (DioSqlStatement) statement =
      dio_sql_prepare (catalog->sql, "SELECT losses, frame_count FROM jobs WHERE id = ?1", error);
  gboolean row = FALSE;

  if (!statement || !dio_catalog_get_state (catalog, id, &was->state, &was->requested, error))
    return FALSE;
  dio_sql_bind_int (statement, 1, id);
  if (!dio_sql_step (statement, &row, error))
    return FALSE;
  was->losses = dio_sql_column_int (statement, 0);
  was->total = dio_sql_column_int (statement, 1);
  return TRUE;
}

static gboolean
store_rest (DioCatalog *catalog, gint64 id, const Rest *rest, const DioJobEnd *end, GError **error)
{
  g_autoptr (DioSqlStatement) statement = dio_sql_prepare (
      catalog->sql,
      "UPDATE jobs SET state = ?2, requested = 0, begun = ?3, losses = ?4, message = ?5,"
      " ended_us = ?6, pid = 0, pid_start = 0, boot = '' WHERE id = ?1",
      error);
  const gint64 counts[] = { id, (gint64) end->done, (gint64) end->failed };

  if (!statement)
    return FALSE;
  dio_sql_bind_int (statement, 1, id);
  dio_sql_bind_int (statement, 2, rest->state);
  dio_sql_bind_int (statement, 3, end->begun ? 1 : 0);
  dio_sql_bind_int (statement, 4, rest->losses);
  dio_sql_bind_text (statement, 5, rest->message ? rest->message : "");
  dio_sql_bind_int (statement, 6, rest->over ? g_get_real_time () : 0);
  return dio_sql_run (statement, error)
         && dio_catalog_run_ints (catalog,
                                  "UPDATE progress SET phase = '', done = ?2, failed = ?3,"
                                  " frames_per_s = 0.0, seconds_left = 0.0, workers_alive = 0"
                                  " WHERE job = ?1",
                                  counts, G_N_ELEMENTS (counts), error);
}

static gboolean
end_job (DioCatalog *catalog, gint64 id, const DioJobEnd *end, DioJobState *next, GError **error)
{
  Ending was;

  if (!read_ending (catalog, id, &was, error))
    return FALSE;
  if (!dio_job_state_is_active (was.state))
    return dio_catalog_refuse (id, was.state, "ended", error);
  gint64 losses = end->kind == DIO_JOB_END_LOST ? (end->advanced ? 1 : was.losses + 1) : 0;
  *next = choose_state (&was, end, losses);
  gboolean over = *next != DIO_JOB_QUEUED && *next != DIO_JOB_PAUSED;
  gboolean tells = *next == DIO_JOB_FAILED || *next == DIO_JOB_PARTLY;
  Rest rest = { *next, over, *next == DIO_JOB_QUEUED ? losses : 0, tells ? end->message : NULL };
  return store_rest (catalog, id, &rest, end, error);
}

gboolean
dio_catalog_end_job (
    DioCatalog *catalog, gint64 id, const DioJobEnd *end, DioJobState *state, GError **error)
{
  g_return_val_if_fail (catalog && end, FALSE);

  DioJobState next = DIO_JOB_QUEUED;
  if (!dio_catalog_begin (catalog, error)
      || !dio_catalog_end (catalog, end_job (catalog, id, end, &next, error), error))
    return FALSE;
  if (state)
    *state = next;
  return TRUE;
}

static gboolean
fail_queued (DioCatalog *catalog, gint64 id, const char *message, GError **error)
{
  DioJobState state;
  DioJobRequest requested;

  if (!dio_catalog_get_state (catalog, id, &state, &requested, error))
    return FALSE;
  if (state != DIO_JOB_QUEUED)
    return dio_catalog_refuse (id, state, "given up", error);
  g_autoptr (DioSqlStatement) statement = dio_sql_prepare (
      catalog->sql,
      "UPDATE jobs SET state = 8, losses = 0, message = ?2, ended_us = ?3 WHERE id = ?1", error);
  if (!statement)
    return FALSE;
  dio_sql_bind_int (statement, 1, id);
  dio_sql_bind_text (statement, 2, message);
  dio_sql_bind_int (statement, 3, g_get_real_time ());
  return dio_sql_run (statement, error);
}

gboolean
dio_catalog_fail_queued (DioCatalog *catalog, gint64 id, const char *message, GError **error)
{
  g_return_val_if_fail (catalog && message, FALSE);

  return dio_catalog_begin (catalog, error)
         && dio_catalog_end (catalog, fail_queued (catalog, id, message, error), error);
}
