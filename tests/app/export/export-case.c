#define G_LOG_DOMAIN "test-export"

#include "export-case.h"

#include <string.h>

void
export_case_set_up (ExportCase *f, gconstpointer data)
{
  f->folder = export_fixture_make_folder ();
  f->dataset = export_fixture_create (f->folder);
  f->run = export_fixture_add_run (f->dataset, 7, 0, 1000);
}

void
export_case_tear_down (ExportCase *f, gconstpointer data)
{
  dio_dataset_close (f->dataset);
  export_fixture_remove (f->folder);
}

void
export_case_add (ExportCase *f, guint64 first, guint64 count, guint n_sensors)
{
  ExportFrames frames = { .run = f->run, .first = first, .count = count, .n_sensors = n_sensors };

  export_fixture_add (f->dataset, &frames);
}

gboolean
export_case_try (ExportCase *f,
                 const char *name,
                 DioExportOptions options,
                 DioExportResult *result,
                 GError **error)
{
  g_autofree char *output = g_build_filename (f->folder, name, NULL);

  options.output = options.output ? options.output : output;
  options.format = options.format ? options.format : "coco";
  return dio_export_run (f->dataset, &options, result, error);
}

DioExportResult
export_case_run (ExportCase *f, const char *name, DioExportOptions options)
{
  g_autoptr (GError) error = NULL;
  DioExportResult result;

  export_case_try (f, name, options, &result, &error);
  g_assert_no_error (error);
  return result;
}

json_t *
export_case_load_json (ExportCase *f, const char *name, const char *file)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (f->folder, name, file, NULL);
  json_t *json = dio_json_load (path, &error);

  g_assert_no_error (error);
  return json;
}

char *
export_case_load_text (ExportCase *f, const char *name, const char *file)
{
  g_autofree char *path = g_build_filename (f->folder, name, file, NULL);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

void
export_case_assert_reader (ExportCase *f, const char *script, const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "readers", script, NULL);
  g_autofree char *data = g_build_filename (f->folder, "data", NULL);
  g_autofree char *output = g_build_filename (f->folder, name, NULL);
  const char *argv[] = { "/usr/bin/python3", "-B", path, data, output, NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *out = NULL, *err = NULL;
  int status = -1;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, &err, &status,
                &error);
  g_assert_no_error (error);
  if (status != 0)
    g_error ("%s %s: %s", script, name, err);
  g_test_message ("%s", g_strchomp (out));
}

void
export_case_assert_entries (ExportCase *f, const char *const *wanted)
{
  g_autoptr (GDir) dir = g_dir_open (f->folder, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_test_message ("%s", name);
    g_assert_true (g_strv_contains (wanted, name));
    n++;
  }
  g_assert_cmpuint (n, ==, g_strv_length ((char **) wanted));
}

const json_t *
export_case_find_annotation (const json_t *coco, gsize image, Shape shape)
{
  json_int_t id = json_integer_value (
      json_object_get (json_array_get (json_object_get (coco, "images"), image), "id"));
  gsize i;
  json_t *row;

  json_array_foreach (json_object_get (coco, "annotations"), i, row)
    if (json_integer_value (json_object_get (row, "image_id")) == id
        && json_integer_value (json_object_get (row, "instance")) == shape + 1)
      return row;
  return NULL;
}

json_int_t
export_case_get_int (const json_t *row, const char *key)
{
  g_assert_true (json_is_integer (json_object_get (row, key)));
  return json_integer_value (json_object_get (row, key));
}

json_int_t
export_case_get_count (const json_t *manifest, const char *key)
{
  return export_case_get_int (json_object_get (manifest, "counts"), key);
}

void
export_case_assert_box (const json_t *row, const char *key, int x, int y, int w, int h)
{
  const int wanted[] = { x, y, w, h };
  const json_t *box = json_object_get (row, key);

  g_assert_cmpuint (json_array_size (box), ==, 4);
  for (gsize i = 0; i < 4; i++)
    g_assert_cmpint (json_integer_value (json_array_get (box, i)), ==, wanted[i]);
}

void
export_case_assert_refused (ExportCase *f,
                            DioExportOptions options,
                            DioError code,
                            const char *message)
{
  g_autoptr (GError) error = NULL;
  DioExportResult result;

  g_assert_false (export_case_try (f, "out", options, &result, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, DIO_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, message));
}
