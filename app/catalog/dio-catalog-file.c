/* The catalog's file: made, checked and replaced under a lock, because studio, command line and queue may all start
 * in the same moment on a catalog that is not there or damaged. */
#define G_LOG_DOMAIN "dio-catalog"

#include "dio-base-path.h"
#include "dio-catalog-private.h"
#include "dio-catalog-resources.h"
#include "dio-core-error.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/* "DioC" */
#define APPLICATION_ID 0x44696f43
/* Damaged catalogs that are kept before the last name is used again. */
#define MOST_KEPT 99

static const char *const schema_paths[] = { "/diorama/catalog/schema/version-1.sql", NULL };
/* What belongs to a database beside its file. */
static const char *const companions[] = { "", "-wal", "-shm", "-journal", NULL };

/* By hand and once: the constructor of a resource in a static library is dropped by the linker. */
static GResource *
get_resource (void)
{
  static gsize registered;

  if (g_once_init_enter (&registered)) {
    dio_catalog_register_resource ();
    g_once_init_leave (&registered, 1);
  }
  return dio_catalog_get_resource ();
}

static DioSql *
open_sql (const char *path, DioSqlMode mode, gboolean wal, GError **error)
{
  g_auto (GStrv) schema = dio_sql_dup_schema (get_resource (), schema_paths);
  DioSqlDesc desc = {
    .path = path,
    .mode = mode,
    .application_id = APPLICATION_ID,
    .schema = (const char *const *) schema,
    .wal = wal,
  };

  return dio_sql_open (&desc, error);
}

/* Waits for others that make, check or replace the same catalog; -1 with an error. The file stays. */
static int
lock_file (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *lock = g_strconcat (path, ".lock", NULL);

  if (!dio_path_make_folders (folder, error))
    return -1;
  int fd = open (lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600), got = -1;
  do
    got = fd >= 0 ? flock (fd, LOCK_EX) : -1;
  while (got != 0 && fd >= 0 && errno == EINTR);
  if (got == 0)
    return fd;
  int code = errno;
  if (fd >= 0)
    close (fd);
  g_set_error (error, DIO_ERROR, code == ENOSPC ? DIO_ERROR_NO_SPACE : DIO_ERROR_FAILED,
               "The catalog “%s” cannot be opened here: %s", path, g_strerror (code));
  return -1;
}

/* Complete or not at all. */
static gboolean
create_file (const char *path, GError **error)
{
  g_autofree char *temporary = g_strconcat (path, ".new", NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  for (guint i = 0; companions[i]; i++) {
    g_autofree char *left = g_strconcat (temporary, companions[i], NULL);
    g_unlink (left);
  }
  DioSql *sql = open_sql (temporary, DIO_SQL_CREATE, FALSE, error);
  if (!sql)
    return FALSE;
  dio_sql_close (sql);
  if (g_rename (temporary, path) == 0)
    return dio_path_sync_folder (folder, error);
  g_set_error (error, DIO_ERROR, DIO_ERROR_FAILED, "The catalog “%s” cannot be put in place: %s",
               path, g_strerror (errno));
  return FALSE;
}

/* Pages that contradict each other are found now and not in the middle of a job. */
static gboolean
check_pages (DioSql *sql, const char *path, GError **error)
{
  g_autoptr (DioSqlStatement) statement = dio_sql_prepare (sql, "PRAGMA quick_check(1)", error);
  gboolean row = FALSE;

  if (!statement || !dio_sql_step (statement, &row, error))
    return FALSE;
  if (row && g_strcmp0 (dio_sql_column_text (statement, 0), "ok") == 0)
    return TRUE;
  g_set_error (error, DIO_ERROR, DIO_ERROR_CORRUPT, "The catalog “%s” is damaged: %s", path,
               row ? dio_sql_column_text (statement, 0) : "no answer");
  return FALSE;
}

static DioSql *
open_checked (const char *path, GError **error)
{
  g_autoptr (DioSql) sql = open_sql (path, DIO_SQL_WRITE, TRUE, error);

  if (!sql || !check_pages (sql, path, error))
    return NULL;
  return g_steal_pointer (&sql);
}

/* Whether the file is a database that says of itself that it belongs to another program: the header of SQLite's
 * format has the application id at byte 68. */
static gboolean
is_of_another_program (const char *path)
{
  static const char magic[16] = "SQLite format 3";
  guint8 header[72];
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, NULL);
  gsize got = 0;

  if (!stream
      || !g_input_stream_read_all (G_INPUT_STREAM (stream), header, sizeof header, &got, NULL, NULL)
      || got < sizeof header || memcmp (header, magic, sizeof magic) != 0)
    return FALSE;
  guint32 id = (guint32) header[68] << 24 | (guint32) header[69] << 16 | (guint32) header[70] << 8
               | header[71];
  return id != APPLICATION_ID && id != 0;
}

/* To the first free name, with its log: the log may hold what the file lacks. */
static char *
move_aside (const char *path, GError **error)
{
  g_autofree char *target = NULL;

  for (guint i = 1; i <= MOST_KEPT; i++) {
    g_free (target);
    target = g_strdup_printf ("%s.damaged-%u", path, i);
    if (!g_file_test (target, G_FILE_TEST_EXISTS))
      break;
  }
  for (guint i = 0; companions[i]; i++) {
    g_autofree char *from = g_strconcat (path, companions[i], NULL);
    g_autofree char *to = g_strconcat (target, companions[i], NULL);
    if (g_rename (from, to) == 0 || errno == ENOENT)
      continue;
    g_set_error (error, DIO_ERROR, DIO_ERROR_FAILED,
                 "The damaged catalog “%s” cannot be moved to “%s”: %s", from, to,
                 g_strerror (errno));
    return NULL;
  }
  return g_steal_pointer (&target);
}

static DioSql *
open_locked (const char *path, char **damaged, GError **error)
{
  g_autoptr (GError) trouble = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS) && !create_file (path, error))
    return NULL;
  DioSql *sql = open_checked (path, &trouble);
  if (sql)
    return sql;
  if (!g_error_matches (trouble, DIO_ERROR, DIO_ERROR_CORRUPT) || is_of_another_program (path)) {
    g_propagate_error (error, g_steal_pointer (&trouble));
    return NULL;
  }
  g_message ("%s", trouble->message);
  *damaged = move_aside (path, error);
  if (!*damaged || !create_file (path, error))
    return NULL;
  return open_checked (path, error);
}

DioSql *
dio_catalog_file_open (const char *path, char **damaged, GError **error)
{
  int lock = lock_file (path, error);

  if (lock < 0)
    return NULL;
  DioSql *sql = open_locked (path, damaged, error);
  close (lock);
  return sql;
}

static void
collect_folders (DioSql *sql, const char *text, GStrvBuilder *builder)
{
  g_autoptr (DioSqlStatement) statement = dio_sql_prepare (sql, text, NULL);
  gboolean row = FALSE;

  while (statement && dio_sql_step (statement, &row, NULL) && row) {
    const char *folder = dio_sql_column_text (statement, 0);
    if (folder && g_path_is_absolute (folder))
      g_strv_builder_add (builder, folder);
  }
}

char **
dio_catalog_file_salvage (const char *path)
{
  GStrvBuilder *builder = g_strv_builder_new ();
  g_autoptr (DioSql) sql = open_sql (path, DIO_SQL_READ, FALSE, NULL);

  if (sql) {
    collect_folders (sql, "SELECT folder FROM datasets", builder);
    collect_folders (sql, "SELECT output FROM jobs", builder);
  }
  char **folders = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return folders;
}
