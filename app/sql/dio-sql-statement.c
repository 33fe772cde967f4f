#define G_LOG_DOMAIN "dio-sql"

#include "dio-core-error.h"
#include "dio-core-interactive.h"
#include "dio-sql-private.h"

#include <math.h>

struct DioSqlStatement {
  DioSql *sql;
  sqlite3_stmt *stmt;
  /* First failure of a bind since the last reset; the next step reports it. */
  int bind_rc;
};

DioSqlStatement *
dio_sql_prepare (DioSql *sql, const char *text, GError **error)
{
  g_return_val_if_fail (sql && text, NULL);

  sqlite3_stmt *stmt = NULL;
  int rc = sqlite3_prepare_v3 (sql->db, text, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL);

  if (rc == SQLITE_ERROR) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_CORRUPT,
                 "The database “%s” does not have the tables that its version promises: %s",
                 sql->path, sqlite3_errmsg (sql->db));
    return NULL;
  }
  if (rc != SQLITE_OK) {
    dio_sql_set_error (sql, rc, "be read", error);
    return NULL;
  }
  DioSqlStatement *statement = g_new0 (DioSqlStatement, 1);
  statement->sql = sql;
  statement->stmt = stmt;
  return statement;
}

void
dio_sql_statement_free (DioSqlStatement *statement)
{
  if (!statement)
    return;
  sqlite3_finalize (statement->stmt);
  g_free (statement);
}

static void
note_bind (DioSqlStatement *statement, int rc)
{
  if (statement->bind_rc == SQLITE_OK)
    statement->bind_rc = rc;
}

void
dio_sql_bind_int (DioSqlStatement *statement, int parameter, gint64 value)
{
  note_bind (statement, sqlite3_bind_int64 (statement->stmt, parameter, value));
}

void
dio_sql_bind_double (DioSqlStatement *statement, int parameter, double value)
{
  note_bind (statement, isnan (value) ? sqlite3_bind_null (statement->stmt, parameter)
                                      : sqlite3_bind_double (statement->stmt, parameter, value));
}

void
dio_sql_bind_text (DioSqlStatement *statement, int parameter, const char *text)
{
  note_bind (statement, sqlite3_bind_text (statement->stmt, parameter, text, -1, SQLITE_STATIC));
}

void
dio_sql_bind_blob (DioSqlStatement *statement, int parameter, const void *data, gsize size)
{
  g_return_if_fail (data || size == 0);

  /* A NULL pointer would bind NULL. */
  note_bind (statement, sqlite3_bind_blob64 (statement->stmt, parameter, size ? data : "", size,
                                             SQLITE_STATIC));
}

void
dio_sql_bind_null (DioSqlStatement *statement, int parameter)
{
  note_bind (statement, sqlite3_bind_null (statement->stmt, parameter));
}

gboolean
dio_sql_step (DioSqlStatement *statement, gboolean *row, GError **error)
{
  g_return_val_if_fail (statement, FALSE);
  dio_interactive_check ("SQLite");

  int rc = statement->bind_rc;
  if (rc == SQLITE_OK)
    rc = sqlite3_step (statement->stmt);
  if (row)
    *row = rc == SQLITE_ROW;
  if (rc == SQLITE_ROW || rc == SQLITE_DONE)
    return TRUE;
  return dio_sql_set_error (statement->sql, rc,
                            sqlite3_stmt_readonly (statement->stmt) ? "be read" : "store a row",
                            error);
}

gboolean
dio_sql_run (DioSqlStatement *statement, GError **error)
{
  gboolean row = TRUE, ok = TRUE;

  while (ok && row)
    ok = dio_sql_step (statement, &row, error);
  dio_sql_reset (statement);
  return ok;
}

void
dio_sql_reset (DioSqlStatement *statement)
{
  g_return_if_fail (statement);

  sqlite3_reset (statement->stmt);
  statement->bind_rc = SQLITE_OK;
}

gint64
dio_sql_column_int (DioSqlStatement *statement, int column)
{
  return sqlite3_column_int64 (statement->stmt, column);
}

double
dio_sql_column_double (DioSqlStatement *statement, int column)
{
  return dio_sql_column_is_null (statement, column)
             ? (double) NAN
             : sqlite3_column_double (statement->stmt, column);
}

const char *
dio_sql_column_text (DioSqlStatement *statement, int column)
{
  return (const char *) sqlite3_column_text (statement->stmt, column);
}

char *
dio_sql_column_dup_text (DioSqlStatement *statement, int column)
{
  return g_strdup (dio_sql_column_text (statement, column));
}

const void *
dio_sql_column_blob (DioSqlStatement *statement, int column, gsize *size)
{
  g_return_val_if_fail (size, NULL);

  /* In this order: asking for the bytes first could convert the value. */
  const void *data = sqlite3_column_blob (statement->stmt, column);
  *size = (gsize) sqlite3_column_bytes (statement->stmt, column);
  return *size ? data : NULL;
}

gboolean
dio_sql_column_is_null (DioSqlStatement *statement, int column)
{
  return sqlite3_column_type (statement->stmt, column) == SQLITE_NULL;
}
