#define G_LOG_DOMAIN "test-sql"

#include "dio-core-error.h"
#include "dio-sql.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define APPLICATION_ID 0x54657374

static const char *const schema_1[] = {
  "CREATE TABLE t (id INTEGER PRIMARY KEY, number REAL, text TEXT, bytes BLOB) STRICT;"
  "CREATE TABLE child (parent INTEGER NOT NULL REFERENCES t (id) ON DELETE CASCADE) STRICT;",
  NULL
};
static const char *const schema_2[] = {
  "CREATE TABLE t (id INTEGER PRIMARY KEY, number REAL, text TEXT, bytes BLOB) STRICT;"
  "CREATE TABLE child (parent INTEGER NOT NULL REFERENCES t (id) ON DELETE CASCADE) STRICT;",
  "ALTER TABLE t ADD COLUMN extra INTEGER NOT NULL DEFAULT 7;", NULL
};
static const char *const schema_broken[] = { "CREATE TABLE t (id INTEGER PRIMARY KEY) STRICT;",
                                             "CREATE TABLE u (id INTEGER); CREATE NONSENSE;",
                                             NULL };

typedef struct {
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("dio-sql-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "a b%3f?.db", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir))) {
    g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
    g_unlink (path);
  }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static DioSql *
open_with (Fixture *fixture, DioSqlMode mode, const char *const *schema, GError **error)
{
  DioSqlDesc desc = { .path = fixture->path,
                      .mode = mode,
                      .application_id = APPLICATION_ID,
                      .schema = schema,
                      .wal = TRUE,
                      .busy_timeout_ms = 20 };

  return dio_sql_open (&desc, error);
}

static DioSql *
must_open (Fixture *fixture, DioSqlMode mode)
{
  g_autoptr (GError) error = NULL;
  DioSql *sql = open_with (fixture, mode, schema_1, &error);

  g_assert_no_error (error);
  return sql;
}

static void
must_exec (DioSql *sql, const char *text)
{
  g_autoptr (GError) error = NULL;

  dio_sql_exec (sql, text, &error);
  g_assert_no_error (error);
}

static gint64
query (DioSql *sql, const char *text)
{
  g_autoptr (GError) error = NULL;
  gint64 value = -1;

  dio_sql_query_int (sql, text, -1, &value, &error);
  g_assert_no_error (error);
  return value;
}

static void
test_values (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DioSql) sql = must_open (fixture, DIO_SQL_CREATE);
  g_autoptr (DioSqlStatement) insert =
      dio_sql_prepare (sql, "INSERT INTO t (number, text, bytes) VALUES (?1, ?2, ?3)", NULL);
  const double numbers[] = { 0.1, (double) NAN, 1e300, (double) INFINITY, -1.5 };
  g_autoptr (GError) error = NULL;
  gboolean row;

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++) {
    dio_sql_bind_double (insert, 1, numbers[i]);
    dio_sql_bind_text (insert, 2, i == 1 ? NULL : "grün “”");
    dio_sql_bind_blob (insert, 3, i == 0 ? NULL : "a\0b", i == 0 ? 0 : 3);
    g_assert_true (dio_sql_run (insert, &error));
    g_assert_cmpint (dio_sql_get_last_id (sql), ==, i + 1);
  }

  g_autoptr (DioSqlStatement) select =
      dio_sql_prepare (sql, "SELECT id, number, text, bytes FROM t ORDER BY id", &error);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++) {
    gsize size;
    g_assert_true (dio_sql_step (select, &row, &error));
    g_assert_true (row);
    g_assert_cmpint (dio_sql_column_int (select, 0), ==, i + 1);
    double number = dio_sql_column_double (select, 1);
    g_assert_true (isnan (numbers[i]) ? isnan (number) : number == numbers[i]);
    g_assert_cmpstr (dio_sql_column_text (select, 2), ==, i == 1 ? NULL : "grün “”");
    const void *bytes = dio_sql_column_blob (select, 3, &size);
    g_assert_cmpuint (size, ==, i == 0 ? 0 : 3);
    g_assert_false (dio_sql_column_is_null (select, 3));
    if (size > 0)
      g_assert_cmpmem (bytes, size, "a\0b", 3);
  }
  g_assert_true (dio_sql_step (select, &row, &error));
  g_assert_false (row);
}

static void
test_transactions (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DioSql) sql = must_open (fixture, DIO_SQL_CREATE);
  g_autoptr (GError) error = NULL;

  g_assert_true (dio_sql_begin (sql, &error));
  must_exec (sql, "INSERT INTO t (id) VALUES (1)");
  dio_sql_rollback (sql);
  g_assert_cmpint (query (sql, "SELECT count(*) FROM t"), ==, 0);
  dio_sql_rollback (sql);

  g_assert_true (dio_sql_begin (sql, &error));
  must_exec (sql, "INSERT INTO t (id) VALUES (1), (2); INSERT INTO child VALUES (1)");
  g_assert_true (dio_sql_commit (sql, &error));
  /* Foreign keys are on, and cascades work although triggers are off. */
  g_assert_false (dio_sql_exec (sql, "INSERT INTO child VALUES (9)", &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_FAILED);
  must_exec (sql, "DELETE FROM t WHERE id = 1");
  g_assert_cmpint (query (sql, "SELECT count(*) FROM child"), ==, 0);
  g_assert_cmpint (query (sql, "SELECT id FROM t WHERE id = 77"), ==, -1);
}

static void
test_versions (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  DioSql *sql = must_open (fixture, DIO_SQL_CREATE);

  must_exec (sql, "INSERT INTO t (id) VALUES (1)");
  dio_sql_close (sql);

  g_assert_null (open_with (fixture, DIO_SQL_CREATE, schema_1, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_null (open_with (fixture, DIO_SQL_READ, schema_2, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_UNSUPPORTED);
  g_clear_error (&error);

  sql = open_with (fixture, DIO_SQL_WRITE, schema_2, &error);
  g_assert_no_error (error);
  g_assert_cmpint (query (sql, "PRAGMA user_version"), ==, 2);
  g_assert_cmpint (query (sql, "SELECT extra FROM t"), ==, 7);
  dio_sql_close (sql);

  g_assert_null (open_with (fixture, DIO_SQL_READ, schema_1, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_UNSUPPORTED);
  g_assert_nonnull (strstr (error->message, "newer version"));
}

static void
test_broken_schema_is_undone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (open_with (fixture, DIO_SQL_CREATE, schema_broken, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  /* The first version stands, the second left no trace. */
  g_autoptr (DioSql) sql = must_open (fixture, DIO_SQL_READ);
  g_assert_cmpint (query (sql, "PRAGMA user_version"), ==, 1);
  g_assert_cmpint (query (sql, "SELECT count(*) FROM sqlite_schema WHERE name = 'u'"), ==, 0);
}

static void
write_file (Fixture *fixture, const char *contents, gssize size)
{
  g_assert_true (g_file_set_contents (fixture->path, contents, size, NULL));
}

static void
assert_refused (Fixture *fixture, DioError code)
{
  for (DioSqlMode mode = DIO_SQL_READ; mode <= DIO_SQL_WRITE; mode++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (open_with (fixture, mode, schema_1, &error));
    g_assert_error (error, DIO_ERROR, (int) code);
  }
}

static void
test_foreign_files (Fixture *fixture, gconstpointer data)
{
  g_autofree char *garbage = g_strnfill (5000, 'x');

  assert_refused (fixture, DIO_ERROR_NOT_FOUND);
  write_file (fixture, garbage, -1);
  assert_refused (fixture, DIO_ERROR_CORRUPT);
  /* An empty file is a database of nobody. */
  write_file (fixture, "", 0);
  assert_refused (fixture, DIO_ERROR_CORRUPT);
  g_unlink (fixture->path);

  DioSql *sql = must_open (fixture, DIO_SQL_CREATE);
  must_exec (sql, "PRAGMA application_id = 99");
  dio_sql_close (sql);
  assert_refused (fixture, DIO_ERROR_CORRUPT);
  g_unlink (fixture->path);

  sql = must_open (fixture, DIO_SQL_CREATE);
  must_exec (sql, "PRAGMA user_version = 0");
  dio_sql_close (sql);
  assert_refused (fixture, DIO_ERROR_CORRUPT);
}

static void
test_hostile_schema (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  DioSql *sql = must_open (fixture, DIO_SQL_CREATE);

  must_exec (sql,
             "CREATE TRIGGER bomb AFTER INSERT ON t BEGIN DELETE FROM t; END;"
             "CREATE VIEW v AS WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)"
             " SELECT x FROM c");
  dio_sql_close (sql);

  sql = must_open (fixture, DIO_SQL_WRITE);
  must_exec (sql, "INSERT INTO t (id) VALUES (5)");
  g_assert_cmpint (query (sql, "SELECT count(*) FROM t"), ==, 1);
  g_assert_null (dio_sql_prepare (sql, "SELECT x FROM v", &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_CORRUPT);
  g_clear_error (&error);
  g_assert_null (dio_sql_prepare (sql, "SELECT missing FROM t", &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_CORRUPT);
  dio_sql_close (sql);
}

static void
test_damaged_pages (Fixture *fixture, gconstpointer data)
{
  g_autofree char *contents = NULL;
  gsize size;
  guint refused = 0;
  DioSql *sql = must_open (fixture, DIO_SQL_CREATE);

  for (guint i = 0; i < 200; i++)
    must_exec (sql, "INSERT INTO t (text) VALUES (printf('%.200c', 'y'))");
  g_assert_true (dio_sql_leave_wal (sql, NULL));
  dio_sql_close (sql);
  g_assert_true (g_file_get_contents (fixture->path, &contents, &size, NULL));

  /* Every cut gives an error or the rows that are left, never a crash. */
  for (gsize cut = size - 1; cut > 0; cut -= MIN (cut, 1777)) {
    g_autoptr (GError) error = NULL;
    write_file (fixture, contents, (gssize) cut);
    g_autoptr (DioSql) damaged = open_with (fixture, DIO_SQL_READ, schema_1, &error);
    gint64 value;
    if (!damaged
        || !dio_sql_query_int (damaged, "SELECT sum(length(text)) FROM t", 0, &value, &error)) {
      g_assert_error (error, DIO_ERROR, DIO_ERROR_CORRUPT);
      refused++;
    }
  }
  g_assert_cmpuint (refused, >, 3);
}

static void
test_busy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioSql) writer = must_open (fixture, DIO_SQL_CREATE);
  g_autoptr (DioSql) other = must_open (fixture, DIO_SQL_WRITE);
  g_autoptr (DioSql) reader = must_open (fixture, DIO_SQL_READ);

  g_assert_true (dio_sql_begin (writer, NULL));
  must_exec (writer, "INSERT INTO t (id) VALUES (1)");
  g_assert_false (dio_sql_begin (other, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_BUSY);
  g_clear_error (&error);
  /* Readers see the state before, and may not write. */
  g_assert_cmpint (query (reader, "SELECT count(*) FROM t"), ==, 0);
  g_assert_true (dio_sql_commit (writer, NULL));
  g_assert_cmpint (query (reader, "SELECT count(*) FROM t"), ==, 1);
  g_assert_false (dio_sql_exec (reader, "DELETE FROM t", &error));
  g_assert_nonnull (error);
}

static void
test_full (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioSql) sql = must_open (fixture, DIO_SQL_CREATE);

  must_exec (sql, "PRAGMA max_page_count = 20");
  for (guint i = 0; i < 1000 && !error; i++)
    dio_sql_exec (sql, "INSERT INTO t (bytes) VALUES (zeroblob(1000))", &error);
  g_assert_error (error, DIO_ERROR, DIO_ERROR_NO_SPACE);
}

static void
test_leave_wal (Fixture *fixture, gconstpointer data)
{
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);
  DioSql *sql = must_open (fixture, DIO_SQL_CREATE);

  must_exec (sql, "INSERT INTO t (id) VALUES (1)");
  g_assert_true (g_file_test (log, G_FILE_TEST_EXISTS));
  g_assert_true (dio_sql_leave_wal (sql, NULL));
  dio_sql_close (sql);
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));

  sql = must_open (fixture, DIO_SQL_READ);
  g_assert_cmpint (query (sql, "SELECT count(*) FROM t"), ==, 1);
  dio_sql_close (sql);
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/sql/values", test_values);
  ADD ("/sql/transactions", test_transactions);
  ADD ("/sql/versions", test_versions);
  ADD ("/sql/broken-schema-is-undone", test_broken_schema_is_undone);
  ADD ("/sql/foreign-files", test_foreign_files);
  ADD ("/sql/hostile-schema", test_hostile_schema);
  ADD ("/sql/damaged-pages", test_damaged_pages);
  ADD ("/sql/busy", test_busy);
  ADD ("/sql/full", test_full);
  ADD ("/sql/leave-wal", test_leave_wal);
#undef ADD
  return g_test_run ();
}
