/* The catalog.
 *
 * One SQLite database for each user, by which programs that know nothing of each other work on the same jobs: the
 * studio and the command line add jobs and say what they want of them, the queue process (app/queue) does it.
 *
 * Invariants. Whoever changes this folder keeps them; tests/app/catalog and tests/app/queue hold each.
 *
 *   1. Every change is one transaction; a reader sees jobs before or after an arrow of the state diagram
 *      (dio-catalog-job.c), never in between.
 *   2. A job is active (RUNNING, PAUSING, CANCELLING) exactly while a supervisor is recorded for it, and the
 *      supervisor is recorded before it begins to work. So a supervisor whose queue died is always found.
 *   3. The functions of dio-catalog-run.h are called by the holder of the queue's lock alone. Everybody else only
 *      changes jobs that are not active, or leaves a wish (requested).
 *   4. One job that is not over for one output folder; of the others only the last may go on with what is there.
 *   5. A job holds its scenario as text: editing or removing the document changes no job.
 *   6. Nothing that matters is here alone: a dataset holds its scenario, run and frames, and dio_catalog_rebuild
 *      makes jobs and datasets from folders again.
 *   7. The file appears by a rename with its tables in it; making, checking and moving aside happen under a lock
 *      of their own (dio-catalog-file.c), so that any number of programs may start at once.
 *
 * It does not start processes, and no thread that draws a window may use it.
 */
#define G_LOG_DOMAIN "dio-catalog"

#include "dio-catalog.h"

#include "dio-catalog-private.h"
#include "dio-core-error.h"

#include <errno.h>
#include <glib/gstdio.h>

char *
dio_catalog_dup_default_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "diorama", "catalog.db", NULL);
}

static gboolean
note_file (DioCatalog *catalog, GError **error)
{
  GStatBuf info;

  if (g_stat (catalog->path, &info) != 0) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND, "The catalog “%s” is gone: %s",
                 catalog->path, g_strerror (errno));
    return FALSE;
  }
  catalog->device = info.st_dev;
  catalog->inode = info.st_ino;
  return TRUE;
}

/* After damage: what the old file still names, and a sentence about it. */
static char *
restore (DioCatalog *catalog, const char *damaged)
{
  g_auto (GStrv) folders = dio_catalog_file_salvage (damaged);
  g_autoptr (GError) error = NULL;
  guint found = 0;

  if (folders[0] && !dio_catalog_rebuild (catalog, (const char *const *) folders, &found, &error))
    g_message ("Datasets of the damaged catalog could not be added: %s", error->message);
  return g_strdup_printf (
      "The catalog of jobs was damaged: it was moved to “%s” and a new one was begun, in which %u "
      "datasets were found again. Jobs that had not begun are lost; add other datasets by their "
      "folders",
      damaged, found);
}

DioCatalog *
dio_catalog_open (const char *path, char **notice, GError **error)
{
  g_autoptr (DioCatalog) catalog = g_new0 (DioCatalog, 1);
  g_autofree char *damaged = NULL;

  if (notice)
    *notice = NULL;
  catalog->path = path ? g_strdup (path) : dio_catalog_dup_default_path ();
  catalog->seen_version = -1;
  catalog->sql = dio_catalog_file_open (catalog->path, &damaged, error);
  if (!catalog->sql || !note_file (catalog, error))
    return NULL;
  if (damaged) {
    g_autofree char *text = restore (catalog, damaged);
    g_message ("%s", text);
    if (notice)
      *notice = g_steal_pointer (&text);
  }
  return g_steal_pointer (&catalog);
}

void
dio_catalog_close (DioCatalog *catalog)
{
  if (!catalog)
    return;
  dio_sql_close (catalog->sql);
  g_free (catalog->path);
  g_free (catalog);
}

const char *
dio_catalog_get_path (const DioCatalog *catalog)
{
  g_return_val_if_fail (catalog, NULL);

  return catalog->path;
}

gboolean
dio_catalog_has_changed (DioCatalog *catalog, gboolean *changed, GError **error)
{
  g_return_val_if_fail (catalog && changed, FALSE);

  GStatBuf info;
  gint64 version = 0;

  if (g_stat (catalog->path, &info) != 0 || info.st_dev != catalog->device
      || info.st_ino != catalog->inode) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND,
                 "The catalog “%s” was moved away or replaced: open it again", catalog->path);
    return FALSE;
  }
  if (!dio_sql_query_int (catalog->sql, "PRAGMA data_version", 0, &version, error))
    return FALSE;
  *changed = version != catalog->seen_version || catalog->writes != catalog->seen_writes;
  catalog->seen_version = version;
  catalog->seen_writes = catalog->writes;
  return TRUE;
}

gboolean
dio_catalog_begin (DioCatalog *catalog, GError **error)
{
  return dio_sql_begin (catalog->sql, error);
}

gboolean
dio_catalog_end (DioCatalog *catalog, gboolean ok, GError **error)
{
  if (ok && dio_sql_commit (catalog->sql, error)) {
    catalog->writes++;
    return TRUE;
  }
  dio_sql_rollback (catalog->sql);
  return FALSE;
}

gboolean
dio_catalog_run_ints (
    DioCatalog *catalog, const char *text, const gint64 *values, guint n, GError **error)
{
  g_autoptr (DioSqlStatement) statement = dio_sql_prepare (catalog->sql, text, error);

  if (!statement)
    return FALSE;
  for (guint i = 0; i < n; i++)
    dio_sql_bind_int (statement, (int) i + 1, values[i]);
  return dio_sql_run (statement, error);
}
