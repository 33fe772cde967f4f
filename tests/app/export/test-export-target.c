/* The folder that an export makes: its manifest, refusals, interruptions and damage. */
#define G_LOG_DOMAIN "test-export"

#include "export-case.h"

#include <glib/gstdio.h>
#include <locale.h>

static void
test_manifest (ExportCase *f, gconstpointer data)
{
  static const char *const keys[] = { "format", "generator", "conventions", "options",
                                      "policy", "counts",    "splits",      "scenario",
                                      "runs",   "assets",    "classes",     "class_map" };

  export_case_add (f, 0, 2, 1);
  export_case_run (f, "a", (DioExportOptions){ 0 });
  export_case_run (f, "b", (DioExportOptions){ 0 });
  g_autoptr (json_t) manifest = export_case_load_json (f, "a", "manifest.json");
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_assert_nonnull (json_object_get (manifest, keys[i]));
  const json_t *run = json_array_get (json_object_get (manifest, "runs"), 0);
  const json_t *asset = json_array_get (json_object_get (manifest, "assets"), 0);
  g_assert_cmpint (export_case_get_int (run, "seed"), ==, 7);
  g_assert_cmpstr (json_string_value (json_object_get (asset, "licence")), ==, "CC-BY-4.0");
  g_assert_cmpstr (json_string_value (json_object_get (asset, "author")), ==, "A. Maker");
  g_autofree char *hash = dio_scenario_dup_hash (dio_dataset_get_scenario (f->dataset, NULL));
  g_assert_cmpstr (
      json_string_value (json_object_get (json_object_get (manifest, "scenario"), "hash")), ==,
      hash);
  /* The same dataset exports to the same bytes. */
  static const char *const files[] = { "manifest.json", "annotations/instances_train.json" };
  for (guint i = 0; i < 2; i++) {
    g_autofree char *a = export_case_load_text (f, "a", files[i]),
                    *b = export_case_load_text (f, "b", files[i]);
    g_assert_cmpstr (a, ==, b);
  }
}

static void
test_target (ExportCase *f, gconstpointer data)
{
  g_autofree char *out = g_build_filename (f->folder, "out", NULL);
  g_autofree char *file = g_build_filename (out, "mine.txt", NULL);
  g_autofree char *deep = g_build_filename (f->folder, "new/deep/out/", NULL);
  static const char *const entries[] = { "data", "out", "new", NULL };

  export_case_add (f, 0, 1, 1);
  g_assert_cmpint (g_mkdir (out, 0777), ==, 0);
  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
  export_case_assert_refused (f, (DioExportOptions){ 0 }, DIO_ERROR_EXISTS, "is not empty");
  export_case_assert_refused (f, (DioExportOptions){ .output = file }, DIO_ERROR_EXISTS,
                              "is no folder");
  g_assert_cmpint (g_unlink (file), ==, 0);
  export_case_run (f, "out", (DioExportOptions){ 0 });
  export_case_assert_reader (f, "check_coco.py", "out");
  export_case_assert_refused (f, (DioExportOptions){ 0 }, DIO_ERROR_EXISTS, "is not empty");
  export_case_run (f, "", (DioExportOptions){ .output = deep });
  export_case_assert_reader (f, "check_coco.py", "new/deep/out");
  export_case_assert_entries (f, entries);
}

/** Cancels at a frame. */
typedef struct {
  GCancellable *cancellable;
  guint64 at, last, total;
} Stopper;

static void
stop_cb (guint64 done, guint64 total, gpointer user)
{
  Stopper *stopper = user;

  stopper->last = done;
  stopper->total = total;
  if (done == stopper->at)
    g_cancellable_cancel (stopper->cancellable);
}

static void
test_cancel (ExportCase *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  static const char *const entries[] = { "data", NULL };

  export_case_add (f, 0, 6, 1);
  for (guint64 at = 0; at <= 6; at += 3) {
    Stopper stopper = { cancellable, at, 0, 0 };
    DioExportOptions options = { .cancellable = cancellable,
                                 .progress = stop_cb,
                                 .user = &stopper,
                                 .format = at == 3 ? "yolo" : "coco" };
    g_cancellable_reset (cancellable);
    if (at == 0)
      g_cancellable_cancel (cancellable);
    export_case_assert_refused (f, options, DIO_ERROR_CANCELLED, "cancelled");
    g_assert_cmpuint (stopper.last, ==, at);
    export_case_assert_entries (f, entries);
  }
  Stopper watcher = { cancellable, 100, 0, 0 };
  g_cancellable_reset (cancellable);
  export_case_run (
      f, "out",
      (DioExportOptions){ .cancellable = cancellable, .progress = stop_cb, .user = &watcher });
  g_assert_cmpuint (watcher.last, ==, 6);
  g_assert_cmpuint (watcher.total, ==, 6);
}

/* A picture that is gone, and one that is another than was rendered. */
static void
test_damaged_pictures (ExportCase *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "data/rgb/000/000003_cam.png", NULL);
  static const char *const entries[] = { "data", NULL };
  g_autofree char *bytes = NULL;
  gsize size;

  export_case_add (f, 0, 5, 1);
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  bytes[size / 2] ^= 1;
  g_assert_true (g_file_set_contents (path, bytes, (gssize) size, NULL));
  export_case_assert_refused (f, (DioExportOptions){ 0 }, DIO_ERROR_CORRUPT, "000003_cam.png");
  export_case_assert_refused (f, (DioExportOptions){ .format = "yolo" }, DIO_ERROR_CORRUPT,
                              "000003_cam.png");
  g_assert_cmpint (g_unlink (path), ==, 0);
  export_case_assert_refused (f, (DioExportOptions){ 0 }, DIO_ERROR_NOT_FOUND, "000003_cam.png");
  export_case_assert_entries (f, entries);
}

/* An export that was killed leaves a folder nobody holds; the next one to that name removes it, and only it. */
static void
test_leftovers (ExportCase *f, gconstpointer data)
{
  static const char *const entries[] = { "data", "out", ".out2.part-abcdef", ".out.part-b", NULL };
  static const char *const made[] = { ".out.part-aaaaaa/images", ".out2.part-abcdef",
                                      ".out.part-b" };

  export_case_add (f, 0, 1, 1);
  for (guint i = 0; i < G_N_ELEMENTS (made); i++) {
    g_autofree char *path = g_build_filename (f->folder, made[i], NULL);
    g_assert_cmpint (g_mkdir_with_parents (path, 0777), ==, 0);
  }
  export_case_run (f, "out", (DioExportOptions){ 0 });
  export_case_assert_entries (f, entries);
}

static void
test_locale (ExportCase *f, gconstpointer data)
{
  const char *found = NULL;
  static const char *const locales[] = { "de_DE.UTF-8", "fr_FR.UTF-8", "de_DE", "tr_TR.UTF-8" };

  export_case_add (f, 0, 2, 1);
  export_case_run (f, "coco_c", (DioExportOptions){ 0 });
  export_case_run (f, "yolo_c", (DioExportOptions){ .format = "yolo" });
  for (guint i = 0; found == NULL && i < G_N_ELEMENTS (locales); i++)
    found = setlocale (LC_ALL, locales[i]);
  g_test_message ("locale %s, decimal point “%s”", found ? found : "C",
                  localeconv ()->decimal_point);
  export_case_run (f, "coco_l", (DioExportOptions){ 0 });
  export_case_run (f, "yolo_l", (DioExportOptions){ .format = "yolo" });
  g_autoptr (GArray) splits = dio_split_list_new ();
  g_assert_true (dio_split_parse ("a=0.25", splits, NULL));
  g_assert_cmpfloat (g_array_index (splits, DioSplit, 0).share, ==, 0.25);
  setlocale (LC_ALL, "C");
  g_autofree char *coco_c = export_case_load_text (f, "coco_c", "annotations/instances_train.json");
  g_autofree char *coco_l = export_case_load_text (f, "coco_l", "annotations/instances_train.json");
  g_autofree char *yolo_c = export_case_load_text (f, "yolo_c", "labels/train/run1_000001_cam.txt");
  g_autofree char *yolo_l = export_case_load_text (f, "yolo_l", "labels/train/run1_000001_cam.txt");
  g_assert_cmpstr (coco_c, ==, coco_l);
  g_assert_cmpstr (yolo_c, ==, yolo_l);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  EXPORT_CASE_ADD ("manifest", test_manifest);
  EXPORT_CASE_ADD ("target/refused", test_target);
  EXPORT_CASE_ADD ("target/cancel", test_cancel);
  EXPORT_CASE_ADD ("target/damaged-pictures", test_damaged_pictures);
  EXPORT_CASE_ADD ("target/leftovers", test_leftovers);
  EXPORT_CASE_ADD ("locale", test_locale);
  return g_test_run ();
}
