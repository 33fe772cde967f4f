#define G_LOG_DOMAIN "dio-sql"

#include "dio-sql.h"

#include "dio-core-error.h"
#include "dio-core-interactive.h"
#include "dio-sql-private.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define BUSY_TIMEOUT_MS 5000
/* No text or blob of ours comes near; a hostile file cannot ask for more memory than this in one value. */
#define MAX_VALUE_BYTES (256 * 1024 * 1024)

static int
error_code_from_sqlite (int rc)
{
  switch (rc & 0xff) {
  case SQLITE_FULL:
    return DIO_ERROR_NO_SPACE;
  case SQLITE_CORRUPT:
  case SQLITE_NOTADB:
  case SQLITE_FORMAT:
    return DIO_ERROR_CORRUPT;
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    return DIO_ERROR_BUSY;
  case SQLITE_CANTOPEN:
    return DIO_ERROR_NOT_FOUND;
  case SQLITE_TOOBIG:
    return DIO_ERROR_LIMIT;
  default:
    return DIO_ERROR_FAILED;
  }
}

gboolean
dio_sql_set_error (DioSql *sql, int rc, const char *what, GError **error)
{
  int code = error_code_from_sqlite (rc);
  int system = sqlite3_system_errno (sql->db);

  /* SQLite reports some full disks as I/O errors, for instance when it extends the shared memory of the log. */
  if ((rc & 0xff) == SQLITE_IOERR && (system == ENOSPC || system == EDQUOT))
    code = DIO_ERROR_NO_SPACE;
  g_set_error (error, DIO_ERROR, code, "The database “%s” cannot %s: %s", sql->path, what,
               sqlite3_errmsg (sql->db));
  return FALSE;
}

/* Everything that a file from a stranger could use against its reader. */
static void
defend (sqlite3 *db)
{
  sqlite3_db_config (db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  sqlite3_limit (db, SQLITE_LIMIT_LENGTH, MAX_VALUE_BYTES);
  sqlite3_limit (db, SQLITE_LIMIT_ATTACHED, 0);
}

/* SQLite wants to make files beside the database. Where it cannot, nobody can write the database either. */
static gboolean
is_immutable (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *log = g_strconcat (path, "-wal", NULL);

  return access (folder, W_OK) != 0 && !g_file_test (log, G_FILE_TEST_EXISTS);
}

static gboolean
open_handle (DioSql *sql, const DioSqlDesc *desc, GError **error)
{
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  g_autofree char *escaped = g_uri_escape_string (desc->path, "/", FALSE);
  g_autofree char *uri = NULL;
  gboolean exists = g_file_test (desc->path, G_FILE_TEST_EXISTS);

  if (desc->mode == DIO_SQL_CREATE && exists) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_EXISTS, "The database “%s” is already there",
                 desc->path);
    return FALSE;
  }
  if (desc->mode != DIO_SQL_CREATE && !exists) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND, "There is no database “%s”", desc->path);
    return FALSE;
  }

  flags |= desc->mode == DIO_SQL_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  if (desc->mode == DIO_SQL_CREATE)
    flags |= SQLITE_OPEN_CREATE;
  uri = g_strconcat ("file:", escaped,
                     desc->mode == DIO_SQL_READ && is_immutable (desc->path) ? "?immutable=1" : "",
                     NULL);
  int rc = sqlite3_open_v2 (uri, &sql->db, flags | SQLITE_OPEN_URI, NULL);
  if (rc != SQLITE_OK)
    return dio_sql_set_error (sql, rc, "be opened", error);
  defend (sql->db);
  sqlite3_busy_timeout (sql->db,
                        (int) (desc->busy_timeout_ms ? desc->busy_timeout_ms : BUSY_TIMEOUT_MS));
  return TRUE;
}

/* A version is applied wholly or not at all; user_version is part of the same transaction. */
static gboolean
apply_schema (DioSql *sql, const DioSqlDesc *desc, gint64 version, GError **error)
{
  for (; desc->schema[version]; version++) {
    g_autofree char *mark =
        g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %d;",
                         desc->application_id, (int) version + 1);
    if (!dio_sql_begin (sql, error))
      return FALSE;
    if (!dio_sql_exec (sql, desc->schema[version], error) || !dio_sql_exec (sql, mark, error)
        || !dio_sql_commit (sql, error)) {
      dio_sql_rollback (sql);
      return FALSE;
    }
  }
  return TRUE;
}

static gboolean
check_version (DioSql *sql, const DioSqlDesc *desc, GError **error)
{
  gint64 application = 0, version = 0, newest = 0;

  while (desc->schema[newest])
    newest++;
  if (!dio_sql_query_int (sql, "PRAGMA application_id", 0, &application, error)
      || !dio_sql_query_int (sql, "PRAGMA user_version", 0, &version, error))
    return FALSE;
  if (desc->mode != DIO_SQL_CREATE && application != desc->application_id) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_CORRUPT,
                 "The file “%s” is a database of another program", desc->path);
    return FALSE;
  }
  if (version > newest) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_UNSUPPORTED,
                 "The database “%s” was written by a newer version (schema %" G_GINT64_FORMAT
                 ", this program knows %" G_GINT64_FORMAT "): update this program",
                 desc->path, version, newest);
    return FALSE;
  }
  if (version < 0 || (desc->mode != DIO_SQL_CREATE && version == 0)) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_CORRUPT,
                 "The database “%s” has no valid schema version", desc->path);
    return FALSE;
  }
  if (version == newest)
    return TRUE;
  if (desc->mode == DIO_SQL_READ) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_UNSUPPORTED,
                 "The database “%s” has the old schema %" G_GINT64_FORMAT
                 ": open it once for writing to bring it up to date",
                 desc->path, version);
    return FALSE;
  }
  return apply_schema (sql, desc, version, error);
}

static gboolean
configure (DioSql *sql, const DioSqlDesc *desc, GError **error)
{
  if (!dio_sql_exec (sql,
                     "PRAGMA foreign_keys = ON; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;"
                     "PRAGMA temp_store = MEMORY; PRAGMA synchronous = FULL;",
                     error))
    return FALSE;
  /* Before the first change of a file: a stranger's file must not be turned into a log first. */
  if (!check_version (sql, desc, error))
    return FALSE;
  if (desc->wal && desc->mode != DIO_SQL_READ)
    return dio_sql_exec (sql, "PRAGMA journal_mode = WAL;", error);
  return TRUE;
}

char **
dio_sql_dup_schema (GResource *resource, const char *const *paths)
{
  g_return_val_if_fail (resource && paths, NULL);

  g_autoptr (GPtrArray) texts = g_ptr_array_new ();
  for (guint i = 0; paths[i]; i++) {
    g_autoptr (GBytes) bytes = g_resource_lookup_data (resource, paths[i], 0, NULL);
    g_assert (bytes);
    g_ptr_array_add (texts, g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)));
  }
  g_ptr_array_add (texts, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&texts), FALSE);
}

DioSql *
dio_sql_open (const DioSqlDesc *desc, GError **error)
{
  g_return_val_if_fail (desc && desc->path && desc->schema && desc->application_id != 0, NULL);
  dio_interactive_check ("SQLite");

  DioSql *sql = g_new0 (DioSql, 1);

  sql->path = g_strdup (desc->path);
  if (!open_handle (sql, desc, error) || !configure (sql, desc, error)) {
    dio_sql_close (sql);
    return NULL;
  }
  return sql;
}

void
dio_sql_close (DioSql *sql)
{
  if (!sql)
    return;
  int rc = sqlite3_close (sql->db);
  /* A statement left behind would keep the file locked for ever: a mistake of the caller. */
  g_assert (rc == SQLITE_OK);
  g_free (sql->path);
  g_free (sql);
}

gboolean
dio_sql_leave_wal (DioSql *sql, GError **error)
{
  g_return_val_if_fail (sql, FALSE);

  return dio_sql_exec (sql, "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE;",
                       error);
}

gboolean
dio_sql_exec (DioSql *sql, const char *text, GError **error)
{
  g_return_val_if_fail (sql && text, FALSE);
  dio_interactive_check ("SQLite");

  int rc = sqlite3_exec (sql->db, text, NULL, NULL, NULL);
  return rc == SQLITE_OK ? TRUE : dio_sql_set_error (sql, rc, "be used", error);
}

gboolean
dio_sql_query_int (DioSql *sql, const char *text, gint64 fallback, gint64 *out, GError **error)
{
  g_return_val_if_fail (sql && text && out, FALSE);

  g_autoptr (DioSqlStatement) statement = dio_sql_prepare (sql, text, error);
  gboolean row = FALSE;

  if (!statement || !dio_sql_step (statement, &row, error))
    return FALSE;
  *out = row ? dio_sql_column_int (statement, 0) : fallback;
  return TRUE;
}

gboolean
dio_sql_begin (DioSql *sql, GError **error)
{
  /* IMMEDIATE: a lock that cannot be had is met here and not in the middle. */
  return dio_sql_exec (sql, "BEGIN IMMEDIATE", error);
}

gboolean
dio_sql_commit (DioSql *sql, GError **error)
{
  return dio_sql_exec (sql, "COMMIT", error);
}

void
dio_sql_rollback (DioSql *sql)
{
  g_return_if_fail (sql);

  if (!sqlite3_get_autocommit (sql->db))
    sqlite3_exec (sql->db, "ROLLBACK", NULL, NULL, NULL);
}

gint64
dio_sql_get_last_id (DioSql *sql)
{
  g_return_val_if_fail (sql, 0);

  return sqlite3_last_insert_rowid (sql->db);
}

guint
dio_sql_get_changes (DioSql *sql)
{
  g_return_val_if_fail (sql, 0);

  return (guint) sqlite3_changes (sql->db);
}
