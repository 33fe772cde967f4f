#include "dio-base-json.h"

#include "dio-core-error.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

typedef struct {
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = g_dir_make_tmp ("dio-writer-XXXXXX", NULL);
  f->path = g_build_filename (f->folder, "out.json", NULL);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_unlink (f->path);
  g_rmdir (f->folder);
  g_free (f->path);
  g_free (f->folder);
}

static void
test_layout (Fixture *f, gconstpointer data)
{
  DioJsonWriter *w = dio_json_writer_new (f->path, NULL);
  dio_json_writer_begin_object (w);
  dio_json_writer_key (w, "items");
  dio_json_writer_begin_array (w);
  for (int i = 0; i < 2; i++) {
    dio_json_writer_begin_object (w);
    dio_json_writer_key (w, "box");
    dio_json_writer_begin_array (w);
    dio_json_writer_int (w, i);
    dio_json_writer_double (w, 0.5);
    dio_json_writer_end_array (w);
    dio_json_writer_key (w, "n");
    dio_json_writer_null (w);
    dio_json_writer_end_object (w);
  }
  dio_json_writer_end_array (w);
  dio_json_writer_key (w, "none");
  dio_json_writer_begin_array (w);
  dio_json_writer_end_array (w);
  dio_json_writer_key (w, "t\"");
  dio_json_writer_string (w, "a\n\xc3\xa4");
  dio_json_writer_key (w, "yes");
  dio_json_writer_bool (w, TRUE);
  dio_json_writer_end_object (w);
  g_autoptr (GError) error = NULL;
  g_assert_true (dio_json_writer_close (w, &error));
  g_assert_no_error (error);
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (f->path, &text, NULL, NULL));
  g_assert_cmpstr (
      text, ==,
      "{\n \"items\":[\n  {\"box\":[0,0.5],\"n\":null},\n  {\"box\":[1,0.5],\"n\":null}\n ],"
      "\n \"none\":[],\n \"t\\\"\":\"a\\n\xc3\xa4\",\n \"yes\":true\n}\n");
}

/* Many buffers' worth reads back whole. */
static void
test_large (Fixture *f, gconstpointer data)
{
  const int n = 100000;
  DioJsonWriter *w = dio_json_writer_new (f->path, NULL);
  dio_json_writer_begin_array (w);
  for (int i = 0; i < n; i++)
    dio_json_writer_double (w, i / 7.0);
  dio_json_writer_end_array (w);
  g_assert_true (dio_json_writer_close (w, NULL));
  g_autoptr (json_t) json = dio_json_load (f->path, NULL);
  g_assert_cmpuint (json_array_size (json), ==, n);
  for (int i = 0; i < n; i += 997)
    g_assert_cmpfloat (json_real_value (json_array_get (json, (gsize) i)), ==, i / 7.0);
}

static void
assert_close_fails (DioJsonWriter *w, int code)
{
  g_autoptr (GError) error = NULL;
  g_assert_false (dio_json_writer_close (w, &error));
  g_assert_error (error, DIO_ERROR, code);
}

static void
test_sticky_errors (Fixture *f, gconstpointer data)
{
  DioJsonWriter *w = dio_json_writer_new (f->path, NULL);
  dio_json_writer_begin_array (w);
  dio_json_writer_double (w, NAN);
  dio_json_writer_string (w, "after"); /* ignored */
  dio_json_writer_end_array (w);
  assert_close_fails (w, DIO_ERROR_INVALID);

  w = dio_json_writer_new (f->path, NULL);
  dio_json_writer_begin_object (w);
  dio_json_writer_key (w, "\xff");
  dio_json_writer_int (w, 1);
  dio_json_writer_end_object (w);
  assert_close_fails (w, DIO_ERROR_INVALID);

  w = dio_json_writer_new (f->path, NULL);
  dio_json_writer_begin_object (w);
  assert_close_fails (w, DIO_ERROR_FAILED);
}

/* /dev/full takes no byte, as a full disk. */
static void
test_full_disk (Fixture *f, gconstpointer data)
{
  DioJsonWriter *w = dio_json_writer_new ("/dev/full", NULL);
  g_assert_nonnull (w);
  dio_json_writer_begin_array (w);
  for (int i = 0; i < 200000; i++)
    dio_json_writer_int (w, i);
  dio_json_writer_end_array (w);
  assert_close_fails (w, DIO_ERROR_NO_SPACE);
}

static void
test_missing_folder (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "no", "file.json", NULL);
  g_autoptr (GError) error = NULL;
  g_assert_null (dio_json_writer_new (path, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/base/json-writer/layout", test_layout);
  ADD ("/base/json-writer/large", test_large);
  ADD ("/base/json-writer/sticky-errors", test_sticky_errors);
  ADD ("/base/json-writer/full-disk", test_full_disk);
  ADD ("/base/json-writer/missing-folder", test_missing_folder);
  return g_test_run ();
}
