/* The catalog's file: making it, sharing it, damage to it. */
#include "catalog-fixture.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

static void
reopen (CatalogFixture *f, char **notice)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&f->catalog, dio_catalog_close);
  f->catalog = dio_catalog_open (f->path, notice, &error);
  g_assert_no_error (error);
}

static void
test_persists (CatalogFixture *f, gconstpointer data)
{
  g_autofree char *notice = NULL;
  gint64 id = catalog_fixture_add (f, "set", 3);

  reopen (f, &notice);
  g_assert_null (notice);
  g_assert_cmpint (catalog_fixture_get_state (f, id), ==, DIO_JOB_QUEUED);
  g_assert_cmpstr (dio_catalog_get_path (f->catalog), ==, f->path);
}

static gboolean
changed (DioCatalog *catalog)
{
  g_autoptr (GError) error = NULL;
  gboolean yes = FALSE;

  g_assert_true (dio_catalog_has_changed (catalog, &yes, &error));
  g_assert_no_error (error);
  return yes;
}

static void
test_changes_are_seen (CatalogFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioCatalog) other = dio_catalog_open (f->path, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (changed (f->catalog));
  g_assert_true (changed (other));
  g_assert_false (changed (f->catalog));
  gint64 id = catalog_fixture_add (f, "set", 0);
  g_assert_true (changed (f->catalog));
  g_assert_true (changed (other));
  g_assert_false (changed (other));
  g_assert_true (dio_catalog_request (other, id, DIO_JOB_REQUEST_PAUSE, &error));
  g_assert_true (changed (other));
  g_assert_true (changed (f->catalog));
  /* What is refused changes nothing. */
  g_assert_false (dio_catalog_request (other, id, DIO_JOB_REQUEST_PAUSE, &error));
  g_assert_false (changed (other));
  g_assert_false (changed (f->catalog));
}

static gpointer
add_jobs_thread (gpointer user)
{
  CatalogFixture *shared = user;
  g_autoptr (GError) error = NULL;
  /* A connection of its own. */
  CatalogFixture own = *shared;
  own.catalog = dio_catalog_open (shared->path, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < 10; i++) {
    g_autofree char *name = g_strdup_printf ("set-%p-%u", (void *) g_thread_self (), i);
    catalog_fixture_add (&own, name, 0);
  }
  dio_catalog_close (own.catalog);
  return NULL;
}

/* Any number of programs may begin the same catalog at once. */
static void
test_begun_by_many (CatalogFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GThread *threads[4];

  g_clear_pointer (&f->catalog, dio_catalog_close);
  g_free (f->path);
  f->path = g_build_filename (f->folder, "new", "deep", "catalog.db", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("adder", add_jobs_thread, f);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  reopen (f, NULL);
  g_autoptr (GPtrArray) jobs = dio_catalog_list_jobs (f->catalog, &error);
  g_assert_cmpuint (jobs->len, ==, 10 * G_N_ELEMENTS (threads));
}

static void
overwrite (const char *path, goffset at, const char *bytes, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileIOStream) stream = g_file_open_readwrite (file, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (g_seekable_seek (G_SEEKABLE (stream), at, G_SEEK_SET, NULL, &error));
  g_assert_true (g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (stream)),
                                            bytes, size, NULL, NULL, &error));
  g_assert_true (g_io_stream_close (G_IO_STREAM (stream), NULL, &error));
}

static void
assert_new_and_kept (CatalogFixture *f, const char *notice, const char *kept)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) jobs = dio_catalog_list_jobs (f->catalog, &error);
  g_autofree char *aside = g_strconcat (f->path, kept, NULL);

  g_assert_no_error (error);
  g_assert_cmpuint (jobs->len, ==, 0);
  g_assert_nonnull (notice);
  g_assert_nonnull (strstr (notice, aside));
  g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));
  catalog_fixture_add (f, "set", 0);
}

static void
test_damaged_header (CatalogFixture *f, gconstpointer data)
{
  g_autofree char *notice = NULL, *second = NULL;

  catalog_fixture_add (f, "set", 0);
  g_clear_pointer (&f->catalog, dio_catalog_close);
  overwrite (f->path, 0, "no database any more", 20);
  reopen (f, &notice);
  assert_new_and_kept (f, notice, ".damaged-1");
  /* And once more, beside the first. */
  g_clear_pointer (&f->catalog, dio_catalog_close);
  overwrite (f->path, 0, "no database any more", 20);
  reopen (f, &second);
  assert_new_and_kept (f, second, ".damaged-2");
}

static void
test_damaged_pages (CatalogFixture *f, gconstpointer data)
{
  g_autofree char *notice = NULL, *junk = g_malloc (3000);

  catalog_fixture_add (f, "set", 0);
  g_clear_pointer (&f->catalog, dio_catalog_close);
  memset (junk, 0x5a, 3000);
  /* Where the tree of the table of jobs begins. */
  overwrite (f->path, 4096, junk, 3000);
  reopen (f, &notice);
  assert_new_and_kept (f, notice, ".damaged-1");
}

static void
test_empty_file (CatalogFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *notice = NULL;

  g_clear_pointer (&f->catalog, dio_catalog_close);
  g_assert_true (g_file_set_contents (f->path, "", 0, &error));
  reopen (f, &notice);
  assert_new_and_kept (f, notice, ".damaged-1");
}

/* A file that says whose it is, is nobody's to move. */
static void
test_foreign_database (CatalogFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *notice = NULL, *before = NULL, *after = NULL;
  gsize size_before = 0, size_after = 0;

  g_clear_pointer (&f->catalog, dio_catalog_close);
  overwrite (f->path, 68, "Othr", 4);
  g_assert_true (g_file_get_contents (f->path, &before, &size_before, &error));
  g_assert_null (dio_catalog_open (f->path, &notice, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_CORRUPT);
  g_clear_error (&error);
  g_assert_true (g_file_get_contents (f->path, &after, &size_after, &error));
  g_assert_cmpmem (before, size_before, after, size_after);
}

static void
test_newer_schema (CatalogFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&f->catalog, dio_catalog_close);
  /* user_version, big endian. */
  overwrite (f->path, 60, "\0\0\0\x63", 4);
  g_assert_null (dio_catalog_open (f->path, NULL, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_UNSUPPORTED);
}

static void
test_moved_away (CatalogFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *elsewhere = g_strconcat (f->path, ".old", NULL);
  gboolean yes = FALSE;

  g_assert_true (changed (f->catalog));
  g_assert_cmpint (g_rename (f->path, elsewhere), ==, 0);
  g_assert_false (dio_catalog_has_changed (f->catalog, &yes, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  /* Another under the same name is another. */
  g_autoptr (DioCatalog) other = dio_catalog_open (f->path, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (dio_catalog_has_changed (f->catalog, &yes, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND);
  g_assert_true (changed (other));
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*func) (CatalogFixture *f, gconstpointer data);
  } tests[] = {
    { "/catalog/file/persists", test_persists },
    { "/catalog/file/changes-are-seen", test_changes_are_seen },
    { "/catalog/file/begun-by-many", test_begun_by_many },
    { "/catalog/file/damaged-header", test_damaged_header },
    { "/catalog/file/damaged-pages", test_damaged_pages },
    { "/catalog/file/empty-file", test_empty_file },
    { "/catalog/file/foreign-database", test_foreign_database },
    { "/catalog/file/newer-schema", test_newer_schema },
    { "/catalog/file/moved-away", test_moved_away },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, CatalogFixture, NULL, catalog_fixture_set_up, tests[i].func,
                catalog_fixture_tear_down);
  return g_test_run ();
}
