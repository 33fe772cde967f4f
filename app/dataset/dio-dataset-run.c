/* Runs: what was asked for, and which of its frames are there. */
#define G_LOG_DOMAIN "dio-dataset"

#include "dio-core-error.h"
#include "dio-dataset-private.h"

/* Files of two runs have different folders, but the key of a frame must not be made twice by accident. */
static gboolean
check_overlap (DioDataset *dataset, const DioDatasetRun *run, GError **error)
{
  g_autoptr (DioSqlStatement) statement =
      dio_sql_prepare (dataset->sql,
                       "SELECT id FROM runs WHERE scenario_hash = ?1 AND seed = ?2 AND"
                       " first_frame < ?3 + ?4 AND ?3 < first_frame + frame_count",
                       error);
  gboolean row = FALSE;

  if (!statement)
    return FALSE;
  dio_sql_bind_text (statement, 1, run->scenario_hash);
  dio_sql_bind_int (statement, 2, (gint64) run->seed);
  dio_sql_bind_int (statement, 3, (gint64) run->first);
  dio_sql_bind_int (statement, 4, (gint64) run->count);
  if (!dio_sql_step (statement, &row, error))
    return FALSE;
  if (row)
    g_set_error (error, DIO_ERROR, DIO_ERROR_EXISTS,
                 "The dataset “%s” already has a run of these frames: choose another seed or range",
                 dataset->folder);
  return !row;
}

gint64
dio_dataset_add_run (DioDataset *dataset, const DioDatasetRun *run, GError **error)
{
  g_return_val_if_fail (dataset && run && run->scenario_hash, 0);

  if (run->first > G_MAXUINT32 || run->count > (guint64) G_MAXUINT32 + 1 - run->first) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                 "Frame indices go up to %u: choose a smaller range", G_MAXUINT32);
    return 0;
  }
  if (!check_overlap (dataset, run, error))
    return 0;
  g_autoptr (DioSqlStatement) statement =
      dio_sql_prepare (dataset->sql,
                       "INSERT INTO runs (scenario_hash, seed, first_frame, frame_count,"
                       " render_identity, options) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                       error);
  if (!statement)
    return 0;
  dio_sql_bind_text (statement, 1, run->scenario_hash);
  dio_sql_bind_int (statement, 2, (gint64) run->seed);
  dio_sql_bind_int (statement, 3, (gint64) run->first);
  dio_sql_bind_int (statement, 4, (gint64) run->count);
  dio_sql_bind_text (statement, 5, run->render_identity ? run->render_identity : "");
  dio_sql_bind_text (statement, 6, run->options_json ? run->options_json : "{}");
  return dio_sql_run (statement, error) ? dio_sql_get_last_id (dataset->sql) : 0;
}

static gboolean
set_run_not_found (DioDataset *dataset, gint64 run, GError **error)
{
  g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND,
               "The dataset “%s” has no run %" G_GINT64_FORMAT, dataset->folder, run);
  return FALSE;
}

gboolean
dio_dataset_get_run (DioDataset *dataset, gint64 run, DioDatasetRun *out, GError **error)
{
  g_return_val_if_fail (dataset && out, FALSE);

  g_autoptr (DioSqlStatement) statement =
      dio_sql_prepare (dataset->sql,
                       "SELECT scenario_hash, seed, first_frame, frame_count, render_identity,"
                       " options FROM runs WHERE id = ?1",
                       error);
  gboolean row = FALSE;

  if (!statement)
    return FALSE;
  dio_sql_bind_int (statement, 1, run);
  if (!dio_sql_step (statement, &row, error))
    return FALSE;
  if (!row)
    return set_run_not_found (dataset, run, error);
  gint64 first = dio_sql_column_int (statement, 2), count = dio_sql_column_int (statement, 3);
  if (first < 0 || count < 0 || first > G_MAXUINT32 || count > (gint64) G_MAXUINT32 + 1 - first) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_CORRUPT,
                 "The dataset “%s” has a run with an impossible range", dataset->folder);
    return FALSE;
  }
  *out = (DioDatasetRun){
    .id = run,
    .scenario_hash = dio_dataset_dup_column (statement, 0),
    .seed = (guint64) dio_sql_column_int (statement, 1),
    .first = (guint64) first,
    .count = (guint64) count,
    .render_identity = dio_dataset_dup_column (statement, 4),
    .options_json = dio_dataset_dup_column (statement, 5),
  };
  return TRUE;
}

gboolean
dio_dataset_set_run_identity (DioDataset *dataset,
                              gint64 run,
                              const char *render_identity,
                              GError **error)
{
  g_return_val_if_fail (dataset && render_identity, FALSE);

  g_autoptr (DioSqlStatement) statement = dio_sql_prepare (
      dataset->sql, "UPDATE runs SET render_identity = ?2 WHERE id = ?1 AND render_identity = ''",
      error);

  if (!statement)
    return FALSE;
  dio_sql_bind_int (statement, 1, run);
  dio_sql_bind_text (statement, 2, render_identity);
  if (!dio_sql_run (statement, error))
    return FALSE;
  if (dio_sql_get_changes (dataset->sql) == 1)
    return TRUE;
  g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
               "Run %" G_GINT64_FORMAT " of “%s” already says what renders it", run,
               dataset->folder);
  return FALSE;
}

/* First column of all rows, as an array of gint64 (of guint64 all the same: indices are small). */
static GArray *
list_ids (DioSqlStatement *statement, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean row = FALSE;

  while (dio_sql_step (statement, &row, error)) {
    if (!row)
      return g_steal_pointer (&ids);
    gint64 id = dio_sql_column_int (statement, 0);
    g_array_append_val (ids, id);
  }
  return NULL;
}

GArray *
dio_dataset_list_runs (DioDataset *dataset, GError **error)
{
  g_return_val_if_fail (dataset, NULL);

  g_autoptr (DioSqlStatement) statement =
      dio_sql_prepare (dataset->sql, "SELECT id FROM runs ORDER BY id", error);
  return statement ? list_ids (statement, error) : NULL;
}

GArray *
dio_dataset_list_runs_canonically (DioDataset *dataset, GError **error)
{
  g_autoptr (DioSqlStatement) statement =
      dio_sql_prepare (dataset->sql,
                       "SELECT id FROM runs ORDER BY scenario_hash, seed, first_frame,"
                       " frame_count, render_identity, options, id",
                       error);
  return statement ? list_ids (statement, error) : NULL;
}

static GArray *
list_stored (DioDataset *dataset, gint64 run, const char *which, GError **error)
{
  g_autofree char *text = g_strdup_printf (
      "SELECT DISTINCT frame_index FROM frames WHERE run = ?1 AND %s ORDER BY frame_index", which);
  g_autoptr (DioSqlStatement) statement = dio_sql_prepare (dataset->sql, text, error);

  if (!statement)
    return NULL;
  dio_sql_bind_int (statement, 1, run);
  return list_ids (statement, error);
}

static GArray *
list_pending (DioDataset *dataset, gint64 run, GError **error)
{
  g_auto (DioDatasetRun) facts = { 0 };
  g_autoptr (GArray) stored = NULL;

  if (!dio_dataset_get_run (dataset, run, &facts, error)
      || !(stored = list_stored (dataset, run, "take = 0", error)))
    return NULL;
  GArray *pending = g_array_new (FALSE, FALSE, sizeof (guint64));
  guint next = 0;
  for (guint64 index = facts.first; index < facts.first + facts.count; index++) {
    while (next < stored->len && g_array_index (stored, guint64, next) < index)
      next++;
    if (next == stored->len || g_array_index (stored, guint64, next) != index)
      g_array_append_val (pending, index);
  }
  return pending;
}

GArray *
dio_dataset_list_frames (DioDataset *dataset, gint64 run, DioFrameStatus status, GError **error)
{
  g_return_val_if_fail (dataset, NULL);

  if (status == DIO_FRAME_PENDING)
    return list_pending (dataset, run, error);
  return list_stored (dataset, run, status == DIO_FRAME_DONE ? "status = 1" : "status = 2", error);
}

gboolean
dio_dataset_reset_failed (DioDataset *dataset, gint64 run, GError **error)
{
  g_return_val_if_fail (dataset, FALSE);

  g_autoptr (DioSqlStatement) statement =
      dio_sql_prepare (dataset->sql, "DELETE FROM frames WHERE run = ?1 AND status = 2", error);

  if (!statement)
    return FALSE;
  dio_sql_bind_int (statement, 1, run);
  return dio_sql_run (statement, error);
}

guint64
dio_dataset_count_frames (DioDataset *dataset, DioFrameStatus status, GError **error)
{
  g_return_val_if_fail (dataset, 0);

  static const char *const queries[] = {
    [DIO_FRAME_PENDING] = ("SELECT coalesce((SELECT sum(frame_count) FROM runs), 0)"
                           " - (SELECT count(*) FROM frames WHERE take = 0)"),
    [DIO_FRAME_DONE] = "SELECT count(*) FROM frames WHERE status = 1",
    [DIO_FRAME_FAILED] = "SELECT count(*) FROM frames WHERE status = 2",
  };
  gint64 count = 0;

  if (!dio_sql_query_int (dataset->sql, queries[status], 0, &count, error))
    return 0;
  return (guint64) MAX (count, 0);
}
