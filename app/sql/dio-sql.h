#pragma once
/* Thread: one connection and its statements belong to one thread. The one small helper over sqlite3.h: the
 * libraries that own a database write SQL, nobody but this folder includes sqlite3.h.
 *
 * - Errors arrive as DIO_ERROR: full disk = NO_SPACE, damage and foreign files = CORRUPT, locks = BUSY, a newer
 *   schema = UNSUPPORTED, all else FAILED.
 * - A database may come from a stranger: triggers, views, double-quoted strings, mmap and schema tricks are off.
 * - NaN has no place in SQL: it is bound as NULL and NULL reads back as NaN. */

#include <gio/gio.h>

G_BEGIN_DECLS

/** An open database. */
typedef struct DioSql DioSql;
/** A prepared statement; parameters count from 1, columns from 0. */
typedef struct DioSqlStatement DioSqlStatement;

typedef enum {
  /** Reads only. Falls back to an immutable open where the medium cannot be written. */
  DIO_SQL_READ,
  /** Reads and writes an existing database. */
  DIO_SQL_WRITE,
  /** Makes a new database; the file must not exist. */
  DIO_SQL_CREATE,
} DioSqlMode;

/** How to open. Strings are borrowed for the call. */
typedef struct {
  const char *path;
  DioSqlMode mode;
  /** PRAGMA application_id that the file must carry (and gets when made); not 0. */
  gint32 application_id;
  /** Numbered schema: text i brings user_version i to i + 1; NULL-terminated. Each is one transaction. */
  const char *const *schema;
  /** Write-ahead log: readers work while a writer commits. Not on network folders. */
  gboolean wal;
  /** How long a statement waits for another connection's lock; 0 = 5000. */
  guint busy_timeout_ms;
} DioSqlDesc;

/** The texts of the numbered schema files that are built into a program as @resource, in the order of @paths (NULL-terminated), for
 * DioSqlDesc.schema. Owned: g_strfreev. */
char **dio_sql_dup_schema (GResource *resource, const char *const *paths) G_GNUC_WARN_UNUSED_RESULT;
/** Opens, checks application_id and version, applies missing schema files (WRITE and CREATE only; READ refuses
 * an older schema with UNSUPPORTED). Errors: NOT_FOUND, EXISTS, CORRUPT, UNSUPPORTED, BUSY, NO_SPACE. */
DioSql *dio_sql_open (const DioSqlDesc *desc, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** All statements must be freed before. */
void dio_sql_close (DioSql *sql);
/** Moves the write-ahead log into the database and returns to a rollback journal, so that the one file is the
 * database. Errors: BUSY while another connection reads; everything stays valid then. */
gboolean dio_sql_leave_wal (DioSql *sql, GError **error);

/** Runs statements without parameters and results. */
gboolean dio_sql_exec (DioSql *sql, const char *text, GError **error);
/** First column of the first row as an integer; @fallback where there is no row. */
gboolean dio_sql_query_int (
    DioSql *sql, const char *text, gint64 fallback, gint64 *out, GError **error);
gboolean dio_sql_begin (DioSql *sql, GError **error);
gboolean dio_sql_commit (DioSql *sql, GError **error);
/** Ends an open transaction without a trace; harmless without one. */
void dio_sql_rollback (DioSql *sql);
gint64 dio_sql_get_last_id (DioSql *sql);
/** Rows that the last INSERT, UPDATE or DELETE touched. */
guint dio_sql_get_changes (DioSql *sql);

/** A text that does not fit the tables means that the file is not ours: CORRUPT. */
DioSqlStatement *dio_sql_prepare (DioSql *sql,
                                  const char *text,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
void dio_sql_statement_free (DioSqlStatement *statement);

/** Bound text and blobs are borrowed until the next reset. A failure to bind is reported by the next step. */
void dio_sql_bind_int (DioSqlStatement *statement, int parameter, gint64 value);
void dio_sql_bind_double (DioSqlStatement *statement, int parameter, double value);
/** NULL binds NULL. */
void dio_sql_bind_text (DioSqlStatement *statement, int parameter, const char *text);
/** @data may be NULL only with size 0: an empty blob, not NULL. */
void dio_sql_bind_blob (DioSqlStatement *statement, int parameter, const void *data, gsize size);
void dio_sql_bind_null (DioSqlStatement *statement, int parameter);

/** Advances: TRUE with @row TRUE = a row is there, FALSE = the end. */
gboolean dio_sql_step (DioSqlStatement *statement, gboolean *row, GError **error);
/** Steps to the end and resets: for statements without results. */
gboolean dio_sql_run (DioSqlStatement *statement, GError **error);
/** Ready for the next execution; bindings stay. */
void dio_sql_reset (DioSqlStatement *statement);

gint64 dio_sql_column_int (DioSqlStatement *statement, int column);
/** NaN for NULL. */
double dio_sql_column_double (DioSqlStatement *statement, int column);
/** Borrowed until the next step or reset; NULL for NULL. */
const char *dio_sql_column_text (DioSqlStatement *statement, int column);
/** A copy; NULL for NULL. */
char *dio_sql_column_dup_text (DioSqlStatement *statement, int column) G_GNUC_WARN_UNUSED_RESULT;
/** Borrowed until the next step or reset; NULL with size 0 for an empty blob. */
const void *dio_sql_column_blob (DioSqlStatement *statement, int column, gsize *size);
gboolean dio_sql_column_is_null (DioSqlStatement *statement, int column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioSql, dio_sql_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioSqlStatement, dio_sql_statement_free)

G_END_DECLS
