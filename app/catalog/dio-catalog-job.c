/* The life of a job.
 *
 *                       dio_catalog_add_job
 *                               |
 *            request RUN        v         dio_catalog_start_job
 *   PAUSED ----------------> QUEUED --------------------------------> RUNNING
 *    ^ ^  <---------------- /  | ^ <-----------------------------------/ | | |
 *    | |    request PAUSE  /   | |         end_job: TAKEN or LOST        | | |
 *    | |                  /    | |                                       | | |
 *    | |   request CANCEL/     | | request RUN (retry)                   | | |
 *    | |                v      | +--- PARTLY <---- end_job: PARTLY ------+ | |
 *    | +-- CANCEL --> CANCELLED| +--- FAILED <---- end_job: FAILED, or LOST too often
 *    |                ^ |      | |      ^                                  | |
 *    |                | +------|-+      +-- dio_catalog_fail_queued        | |
 *    |                |   RUN  +--------/     DONE <---- end_job: DONE ----+ |
 *    |                |                                                      |
 *    |                +--- end_job ---- CANCELLING <--- obey: CANCEL --------+
 *    |                                    ^                                  |
 *    |                        obey: CANCEL|                                  |
 *    +------ end_job ------------------ PAUSING <------ obey: PAUSE ---------+
 *
 *   - RUN asked for while PAUSING or CANCELLING: end_job leads to QUEUED instead.
 *   - An ending that says more than the wish wins: a job whose last frame was done while it was being paused is
 *     DONE, one that has no frame left to do is PARTLY, one that cannot go on is FAILED.
 *   - A wish that was not obeyed before the supervisor ended is met by end_job: LOST or TAKEN with PAUSE asked for
 *     leads to PAUSED, with CANCEL to CANCELLED.
 *   - RUNNING counts a LOST supervisor; MOST_LOSSES in a row without a frame between them lead to FAILED.
 *   - dio_catalog_remove_job leaves every state that is not active.
 *
 * dio_catalog_request, add_job and remove_job are here, for everybody; start_job, obey, end_job and fail_queued are
 * in dio-catalog-run.c, for the queue.
 */
#define G_LOG_DOMAIN "dio-catalog"

#include "dio-base-json.h"
#include "dio-catalog-private.h"
#include "dio-core-error.h"
#include "dio-dataset.h"

#include <string.h>

gboolean
dio_catalog_refuse (gint64 id, DioJobState state, const char *what, GError **error)
{
  g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
               "Job %" G_GINT64_FORMAT " is %s and cannot be %s", id, dio_job_state_to_name (state),
               what);
  return FALSE;
}

static gboolean
set_invalid (GError **error, const char *message)
{
  g_set_error_literal (error, DIO_ERROR, DIO_ERROR_INVALID, message);
  return FALSE;
}

static gboolean
check_spec (const DioJobSpec *spec, GError **error)
{
  if (!spec->scenario || !spec->output || !spec->scenario_folder)
    return set_invalid (error, "A job needs a scenario, the folder of its assets and an output");
  if (!g_path_is_absolute (spec->output) || !g_path_is_absolute (spec->scenario_folder))
    return set_invalid (error, "Folders of a job must be absolute: the queue works elsewhere");
  if (spec->count < 1)
    return set_invalid (error, "A job needs at least one frame");
  if (spec->first > G_MAXUINT32 || spec->count > (guint64) G_MAXUINT32 + 1 - spec->first)
    return set_invalid (error, "Frame indices go up to 4294967295: choose a smaller range");
  if (spec->seed > G_MAXINT64)
    return set_invalid (error, "The seed must be below 2^63: choose a smaller one");
  return dio_dataset_check_new_folder (spec->output, error);
}

/* The scenario must open; its name is the job's where it has none of its own. */
static char *
check_scenario (const DioJobSpec *spec, GError **error)
{
  g_autoptr (json_t) json =
      dio_json_parse (spec->scenario, strlen (spec->scenario), "the job's scenario", error);
  g_autoptr (DioScenario) scenario = json ? dio_scenario_from_json (json, NULL, error) : NULL;

  if (!scenario)
    return NULL;
  if (spec->name && spec->name[0])
    return g_strdup (spec->name);
  if (scenario->name && scenario->name[0])
    return g_strdup (scenario->name);
  return g_path_get_basename (spec->output);
}

/* One job that is not over for one folder. Those that are over lose their claim: they must not go on with the
 * frames of this one. */
static gboolean
claim_output (DioCatalog *catalog, const char *output, GError **error)
{
  g_autoptr (DioSqlStatement) find = dio_sql_prepare (
      catalog->sql, "SELECT id FROM jobs WHERE output = ?1 AND state IN (0, 1, 2, 3, 4)", error);
  g_autoptr (DioSqlStatement) forget =
      dio_sql_prepare (catalog->sql, "UPDATE jobs SET begun = 0 WHERE output = ?1", error);
  gboolean row = FALSE;

  if (!find || !forget)
    return FALSE;
  dio_sql_bind_text (find, 1, output);
  if (!dio_sql_step (find, &row, error))
    return FALSE;
  if (row) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_EXISTS,
                 "Job %" G_GINT64_FORMAT " already writes to “%s”: choose another folder",
                 dio_sql_column_int (find, 0), output);
    return FALSE;
  }
  dio_sql_bind_text (forget, 1, output);
  return dio_sql_run (forget, error);
}

static gboolean
store_row (DioCatalog *catalog, const DioJobSpec *spec, DioJobState state, GError **error)
{
  g_autoptr (DioSqlStatement) statement = dio_sql_prepare (
      catalog->sql,
      "INSERT INTO jobs (name, scenario_path, scenario_folder, output, channels, sensors, seed,"
      " first_frame, frame_count, width_px, height_px, workers, frame_timeout_ms, recycle_bytes,"
      " priority, position, state, requested, begun, losses, message, added_us, started_us,"
      " ended_us, pid, pid_start, boot)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15,"
      " (SELECT ifnull (max (position), 0) + 1 FROM jobs WHERE priority = ?15),"
      " ?16, 0, 0, 0, '', ?17, 0, 0, 0, 0, '')",
      error);

  if (!statement)
    return FALSE;
  dio_sql_bind_text (statement, 1, spec->name);
  dio_sql_bind_text (statement, 2, spec->scenario_path);
  dio_sql_bind_text (statement, 3, spec->scenario_folder);
  dio_sql_bind_text (statement, 4, spec->output);
  dio_sql_bind_text (statement, 5, spec->channels);
  dio_sql_bind_text (statement, 6, spec->sensors);
  dio_sql_bind_int (statement, 7, (gint64) spec->seed);
  dio_sql_bind_int (statement, 8, (gint64) spec->first);
  dio_sql_bind_int (statement, 9, (gint64) spec->count);
  dio_sql_bind_int (statement, 10, spec->width_px);
  dio_sql_bind_int (statement, 11, spec->height_px);
  dio_sql_bind_int (statement, 12, spec->workers);
  dio_sql_bind_int (statement, 13, spec->frame_timeout_ms);
  dio_sql_bind_int (statement, 14, spec->recycle_bytes);
  dio_sql_bind_int (statement, 15, spec->priority);
  dio_sql_bind_int (statement, 16, state);
  dio_sql_bind_int (statement, 17, g_get_real_time ());
  return dio_sql_run (statement, error);
}

gboolean
dio_catalog_store_job (
    DioCatalog *catalog, const DioJobSpec *spec, DioJobState state, gint64 *id, GError **error)
{
  g_autoptr (DioSqlStatement) text =
      dio_sql_prepare (catalog->sql, "INSERT INTO scenarios (job, text) VALUES (?1, ?2)", error);

  if (!text || !store_row (catalog, spec, state, error))
    return FALSE;
  *id = dio_sql_get_last_id (catalog->sql);
  dio_sql_bind_int (text, 1, *id);
  dio_sql_bind_text (text, 2, spec->scenario);
  const gint64 values[] = { *id, (gint64) spec->count };
  return dio_sql_run (text, error)
         && dio_catalog_run_ints (catalog,
                                  "INSERT INTO progress VALUES"
                                  " (?1, '', 0, 0, ?2, 0.0, 0.0, 0, 0, -1, '[]')",
                                  values, G_N_ELEMENTS (values), error);
}

gint64
dio_catalog_add_job (DioCatalog *catalog, const DioJobSpec *spec, GError **error)
{
  g_return_val_if_fail (catalog && spec, 0);

  gint64 id = 0;
  if (!check_spec (spec, error))
    return 0;
  g_autofree char *name = check_scenario (spec, error);
  /* One spelling of a folder. */
  g_autofree char *output = g_canonicalize_filename (spec->output, NULL);
  if (!name || !dio_catalog_begin (catalog, error))
    return 0;
  DioJobSpec named = *spec;
  named.name = name;
  named.output = output;
  gboolean ok = claim_output (catalog, output, error)
                && dio_catalog_store_job (catalog, &named, DIO_JOB_QUEUED, &id, error);
  return dio_catalog_end (catalog, ok, error) ? id : 0;
}

/* Leads a job that is not active to another such state. */
static gboolean
set_rest_state (DioCatalog *catalog, gint64 id, DioJobState state, GError **error)
{
  const gint64 values[] = { id, state, state == DIO_JOB_CANCELLED ? g_get_real_time () : 0 };

  return dio_catalog_run_ints (catalog,
                               "UPDATE jobs SET state = ?2, ended_us = ?3, losses = 0, message = ''"
                               " WHERE id = ?1",
                               values, G_N_ELEMENTS (values), error);
}

static gboolean
set_request (DioCatalog *catalog, gint64 id, DioJobRequest request, GError **error)
{
  const gint64 values[] = { id, request };

  return dio_catalog_run_ints (catalog, "UPDATE jobs SET requested = ?2 WHERE id = ?1", values,
                               G_N_ELEMENTS (values), error);
}

/* A wish for an active job; one that the state already meets takes an earlier one back. */
static gboolean
ask_queue (DioCatalog *catalog, gint64 id, DioJobState state, DioJobRequest request, GError **error)
{
  gboolean met = (state == DIO_JOB_RUNNING && request == DIO_JOB_REQUEST_RUN)
                 || (state == DIO_JOB_PAUSING && request == DIO_JOB_REQUEST_PAUSE)
                 || (state == DIO_JOB_CANCELLING && request == DIO_JOB_REQUEST_CANCEL);

  if (state == DIO_JOB_CANCELLING && request == DIO_JOB_REQUEST_PAUSE)
    return dio_catalog_refuse (id, state, "paused", error);
  return set_request (catalog, id, met ? DIO_JOB_REQUEST_NONE : request, error);
}

static gboolean
apply_request (DioCatalog *catalog, gint64 id, DioJobRequest request, GError **error)
{
  static const char *const verbs[] = { "", "run", "paused", "cancelled" };
  static const DioJobState targets[] = { DIO_JOB_QUEUED, DIO_JOB_QUEUED, DIO_JOB_PAUSED,
                                         DIO_JOB_CANCELLED };
  DioJobState state;
  DioJobRequest requested;

  if (!dio_catalog_get_state (catalog, id, &state, &requested, error))
    return FALSE;
  if (dio_job_state_is_active (state))
    return ask_queue (catalog, id, state, request, error);
  if (!dio_job_state_allows (state, request))
    return dio_catalog_refuse (id, state, verbs[request], error);
  return set_rest_state (catalog, id, targets[request], error);
}

gboolean
dio_catalog_request (DioCatalog *catalog, gint64 id, DioJobRequest request, GError **error)
{
  g_return_val_if_fail (catalog, FALSE);
  g_return_val_if_fail (request > DIO_JOB_REQUEST_NONE && request <= DIO_JOB_REQUEST_CANCEL, FALSE);

  return dio_catalog_begin (catalog, error)
         && dio_catalog_end (catalog, apply_request (catalog, id, request, error), error);
}

static gboolean
remove_row (DioCatalog *catalog, gint64 id, GError **error)
{
  DioJobState state;
  DioJobRequest requested;

  if (!dio_catalog_get_state (catalog, id, &state, &requested, error))
    return FALSE;
  if (dio_job_state_is_active (state))
    return dio_catalog_refuse (id, state, "removed: cancel it first", error);
  return dio_catalog_run_ints (catalog, "DELETE FROM jobs WHERE id = ?1", &id, 1, error);
}

gboolean
dio_catalog_remove_job (DioCatalog *catalog, gint64 id, GError **error)
{
  g_return_val_if_fail (catalog, FALSE);

  return dio_catalog_begin (catalog, error)
         && dio_catalog_end (catalog, remove_row (catalog, id, error), error);
}
