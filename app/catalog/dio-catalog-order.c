/* The order in which jobs get their turn. */
#define G_LOG_DOMAIN "dio-catalog"

#include "dio-catalog-private.h"
#include "dio-core-error.h"

#define PRIORITY_LIMIT 1000

static gboolean
read_priority (DioCatalog *catalog, gint64 id, gint64 *priority, GError **error)
{
  DioJobState state;
  DioJobRequest requested;
  g_autoptr (DioSqlStatement) statement =
      dio_sql_prepare (catalog->sql, "SELECT priority FROM jobs WHERE id = ?1", error);
  gboolean row = FALSE;

  if (!statement || !dio_catalog_get_state (catalog, id, &state, &requested, error))
    return FALSE;
  dio_sql_bind_int (statement, 1, id);
  if (!dio_sql_step (statement, &row, error))
    return FALSE;
  *priority = dio_sql_column_int (statement, 0);
  return TRUE;
}

/* Ids of one priority in their order, without @except. */
static GArray *
list_ids (DioCatalog *catalog, gint64 priority, gint64 except, GError **error)
{
  g_autoptr (DioSqlStatement) statement = dio_sql_prepare (
      catalog->sql, "SELECT id FROM jobs WHERE priority = ?1 AND id <> ?2 ORDER BY position, id",
      error);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean row = FALSE;

  if (!statement)
    return NULL;
  dio_sql_bind_int (statement, 1, priority);
  dio_sql_bind_int (statement, 2, except);
  do {
    if (!dio_sql_step (statement, &row, error))
      return NULL;
    gint64 id = row ? dio_sql_column_int (statement, 0) : 0;
    if (row)
      g_array_append_val (ids, id);
  } while (row);
  return g_steal_pointer (&ids);
}

/* Numbers all jobs of a priority anew, with @id before @before (0 = at the end). */
static gboolean
place (DioCatalog *catalog, gint64 id, gint64 priority, gint64 before, GError **error)
{
  g_autoptr (GArray) ids = list_ids (catalog, priority, id, error);
  guint at = 0;

  if (!ids)
    return FALSE;
  while (at < ids->len && g_array_index (ids, gint64, at) != before)
    at++;
  g_array_insert_val (ids, at, id);
  for (guint i = 0; i < ids->len; i++) {
    const gint64 values[] = { g_array_index (ids, gint64, i), priority, i + 1 };
    if (!dio_catalog_run_ints (catalog,
                               "UPDATE jobs SET priority = ?2, position = ?3 WHERE id = ?1"
                               " AND (priority <> ?2 OR position <> ?3)",
                               values, G_N_ELEMENTS (values), error))
      return FALSE;
  }
  return TRUE;
}

gboolean
dio_catalog_set_priority (DioCatalog *catalog, gint64 id, int priority, GError **error)
{
  g_return_val_if_fail (catalog, FALSE);

  gint64 old = 0;
  if (priority < -PRIORITY_LIMIT || priority > PRIORITY_LIMIT) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "Priorities go from %d to %d",
                 -PRIORITY_LIMIT, PRIORITY_LIMIT);
    return FALSE;
  }
  if (!dio_catalog_begin (catalog, error))
    return FALSE;
  gboolean ok = read_priority (catalog, id, &old, error)
                && (old == priority || place (catalog, id, priority, 0, error));
  return dio_catalog_end (catalog, ok, error);
}

gboolean
dio_catalog_move_job (DioCatalog *catalog, gint64 id, gint64 before, GError **error)
{
  g_return_val_if_fail (catalog, FALSE);

  gint64 priority = 0;
  if (id == before)
    return TRUE;
  if (!dio_catalog_begin (catalog, error))
    return FALSE;
  /* Both must be there. */
  gboolean ok = read_priority (catalog, id, &priority, error)
                && (before == 0 || read_priority (catalog, before, &priority, error))
                && place (catalog, id, priority, before, error);
  return dio_catalog_end (catalog, ok, error);
}
