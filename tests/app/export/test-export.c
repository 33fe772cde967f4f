#define G_LOG_DOMAIN "test-export"

#include "dio-base-json.h"
#include "dio-base-path.h"
#include "dio-core-error.h"
#include "dio-export.h"
#include "export-fixture.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

/** A folder with a dataset and a place for exports. */
typedef struct {
  char *folder;
  DioDataset *dataset;
  gint64 run;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = export_fixture_make_folder ();
  f->dataset = export_fixture_create (f->folder);
  f->run = export_fixture_add_run (f->dataset, 7, 0, 1000);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  dio_dataset_close (f->dataset);
  export_fixture_remove (f->folder);
}

static void
add (Fixture *f, guint64 first, guint64 count, guint n_sensors)
{
  ExportFrames frames = { .run = f->run, .first = first, .count = count, .n_sensors = n_sensors };

  export_fixture_add (f->dataset, &frames);
}

/* Exports to @name with @options, whose format and output may be left out. */
static gboolean
try_export (
    Fixture *f, const char *name, DioExportOptions options, DioExportResult *result, GError **error)
{
  g_autofree char *output = g_build_filename (f->folder, name, NULL);

  options.output = options.output ? options.output : output;
  options.format = options.format ? options.format : "coco";
  return dio_export_run (f->dataset, &options, result, error);
}

static DioExportResult export(Fixture *f, const char *name, DioExportOptions options)
{
  g_autoptr (GError) error = NULL;
  DioExportResult result;

  try_export (f, name, options, &result, &error);
  g_assert_no_error (error);
  return result;
}

static json_t *
load_json (Fixture *f, const char *name, const char *file)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (f->folder, name, file, NULL);
  json_t *json = dio_json_load (path, &error);

  g_assert_no_error (error);
  return json;
}

static char *
load_text (Fixture *f, const char *name, const char *file)
{
  g_autofree char *path = g_build_filename (f->folder, name, file, NULL);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

/* Runs a reader in Python on the dataset and an export; it must agree. */
static void
assert_reader_agrees (Fixture *f, const char *script, const char *name)
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

/* No file of an unfinished export beside the dataset. */
static void
assert_entries (Fixture *f, const char *const *wanted)
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

/* The annotation of @shape in image number @image, or NULL. */
static const json_t *
find_annotation (const json_t *coco, gsize image, Shape shape)
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

static json_int_t
get_int (const json_t *row, const char *key)
{
  g_assert_true (json_is_integer (json_object_get (row, key)));
  return json_integer_value (json_object_get (row, key));
}

static json_int_t
get_count (const json_t *manifest, const char *key)
{
  return get_int (json_object_get (manifest, "counts"), key);
}

static void
assert_box (const json_t *row, const char *key, int x, int y, int w, int h)
{
  const int wanted[] = { x, y, w, h };
  const json_t *box = json_object_get (row, key);

  g_assert_cmpuint (json_array_size (box), ==, 4);
  for (gsize i = 0; i < 4; i++)
    g_assert_cmpint (json_integer_value (json_array_get (box, i)), ==, wanted[i]);
}

/* --- COCO ----------------------------------------------------------------------------------------------- */

static void
test_coco (Fixture *f, gconstpointer data)
{
  add (f, 0, 4, 2);
  DioExportResult result = export(f, "out", (DioExportOptions){ 0 });
  g_autoptr (json_t) coco = load_json (f, "out", "annotations/instances_train.json");
  g_autoptr (json_t) manifest = load_json (f, "out", "manifest.json");

  g_assert_cmpuint (result.images, ==, 8);
  g_assert_cmpuint (json_array_size (json_object_get (coco, "images")), ==, 8);
  g_assert_cmpuint (json_array_size (json_object_get (coco, "annotations")), ==,
                    result.annotations);
  /* Kept: behind, ring, split, crowd, speckled, corners, and the sign from its front; ignored with pixels: the
   * small one, and the sign from behind. */
  g_assert_cmpuint (result.annotations, ==, 8 * 8);
  g_assert_cmpuint (result.ignored, ==, 8 * 2 + 4);
  g_assert_cmpuint (result.dropped, ==, 8);
  g_assert_cmpint (get_count (manifest, "ignored_without_pixels"), ==, 8);
  g_assert_cmpint (get_count (manifest, "stuff"), ==, 8);
  g_assert_cmpint (get_count (manifest, "unlabelled"), ==, 8);
  g_assert_cmpint (get_count (manifest, "crowds"), ==, 8);
  g_assert_cmpint (get_count (manifest, "speck_px"), ==, 8 * 3);
  g_assert_cmpint (get_count (manifest, "outside_front_cone"), ==, 4);
  g_assert_cmpint (get_int (find_annotation (coco, 0, SHAPE_RING), "area"), ==, 400 - 36);
  g_assert_cmpint (get_int (find_annotation (coco, 0, SHAPE_RING), "category_id"), ==, 1);
  g_assert_cmpint (get_int (find_annotation (coco, 0, SHAPE_SIGN), "category_id"), ==, 4);
  assert_box (find_annotation (coco, 0, SHAPE_RING), "bbox", 6, 6, 20, 20);
  /* The specks are out of mask, box and area together. */
  assert_box (find_annotation (coco, 0, SHAPE_SPECKLED), "bbox", 32, 44, 20, 20);
  g_assert_cmpint (get_int (find_annotation (coco, 0, SHAPE_SPECKLED), "area"), ==, 400);
  g_assert_cmpint (get_int (find_annotation (coco, 0, SHAPE_SPECKLED), "visible_px"), ==, 403);
  g_assert_cmpint (get_int (find_annotation (coco, 0, SHAPE_SMALL), "iscrowd"), ==, 1);
  g_assert_cmpint (get_int (find_annotation (coco, 0, SHAPE_SMALL), "ignore"), ==, 1);
  g_assert_cmpint (get_int (find_annotation (coco, 0, SHAPE_CROWD), "iscrowd"), ==, 1);
  g_assert_cmpint (get_int (find_annotation (coco, 0, SHAPE_CROWD), "ignore"), ==, 0);
  g_assert_cmpint (get_int (find_annotation (coco, 1, SHAPE_SIGN), "ignore"), ==, 1);
  g_assert_cmpint (get_int (find_annotation (coco, 0, SHAPE_SIGN), "ignore"), ==, 0);
  g_assert_null (find_annotation (coco, 0, SHAPE_TINY));
  g_assert_null (find_annotation (coco, 0, SHAPE_WALL));
  g_assert_null (find_annotation (coco, 0, SHAPE_POLE));
  g_assert_null (find_annotation (coco, 0, SHAPE_SUBPIXEL));
  assert_reader_agrees (f, "check_coco.py", "out");
}

/* Masks in the file give back what was stored, run by run, through our own decoder. */
static void
test_coco_masks (Fixture *f, gconstpointer data)
{
  static const Shape shapes[] = { SHAPE_BEHIND, SHAPE_RING, SHAPE_SPLIT, SHAPE_CROWD,
                                  SHAPE_CORNERS };

  add (f, 3, 2, 1);
  export(f, "out", (DioExportOptions){ 0 });
  g_autoptr (json_t) coco = load_json (f, "out", "annotations/instances_train.json");
  for (guint64 frame = 3; frame < 5; frame++)
    for (guint i = 0; i < G_N_ELEMENTS (shapes); i++) {
      g_autoptr (GError) error = NULL;
      g_auto (DioRle) stored = export_fixture_mask (frame, 0, shapes[i]);
      g_auto (DioRle) read = { 0 };
      const json_t *rle =
          json_object_get (find_annotation (coco, frame - 3, shapes[i]), "segmentation");
      dio_rle_from_coco_string (&read, json_string_value (json_object_get (rle, "counts")),
                                EXPORT_WIDTH, EXPORT_HEIGHT, &error);
      g_assert_no_error (error);
      g_assert_cmpmem (read.runs, read.n_runs * sizeof *read.runs, stored.runs,
                       stored.n_runs * sizeof *stored.runs);
    }
}

static void
test_coco_polygons (Fixture *f, gconstpointer data)
{
  add (f, 0, 3, 2);
  DioExportResult result = export(f, "out", (DioExportOptions){ .polygons = TRUE });
  g_autoptr (json_t) coco = load_json (f, "out", "annotations/instances_train.json");

  g_assert_cmpuint (result.annotations, ==, 6 * 8);
  g_assert_cmpuint (
      json_array_size (json_object_get (find_annotation (coco, 0, SHAPE_SPLIT), "segmentation")),
      ==, 2);
  g_assert_cmpuint (
      json_array_size (json_object_get (find_annotation (coco, 0, SHAPE_RING), "segmentation")), ==,
      1);
  g_assert_true (
      json_is_object (json_object_get (find_annotation (coco, 0, SHAPE_CROWD), "segmentation")));
  g_assert_true (
      json_is_object (json_object_get (find_annotation (coco, 0, SHAPE_SMALL), "segmentation")));
  assert_reader_agrees (f, "check_coco.py", "out");
}

static void
test_instance_pictures (Fixture *f, gconstpointer data)
{
  ExportFrames frames = { .run = f->run, .count = 2, .n_sensors = 2, .with_instances = TRUE };

  export_fixture_add (f->dataset, &frames);
  export(f, "coco", (DioExportOptions){ 0 });
  export(f, "yolo", (DioExportOptions){ .format = "yolo" });
  assert_reader_agrees (f, "check_coco.py", "coco");
  assert_reader_agrees (f, "check_yolo.py", "yolo");
}

/* The readers must see a fault: one is made of each kind. */
static void
test_reader_sees_faults (Fixture *f, gconstpointer data)
{
  static const char *const edits[][2] = { { "\"area\":364", "\"area\":365" },
                                          { "\"bbox\":[6,6,20,20]", "\"bbox\":[6,6,19,20]" },
                                          { "\"counts\":\"", "\"counts\":\"1" },
                                          { "\"visible_px\":403", "\"visible_px\":402" } };
  g_autofree char *script =
      g_build_filename (g_getenv ("G_TEST_SRCDIR"), "readers", "check_coco.py", NULL);
  g_autofree char *data_path = g_build_filename (f->folder, "data", NULL);
  g_autofree char *output = g_build_filename (f->folder, "out", NULL);
  g_autofree char *file = g_build_filename (output, "annotations/instances_train.json", NULL);

  add (f, 0, 1, 1);
  export(f, "out", (DioExportOptions){ 0 });
  g_autofree char *good = load_text (f, "out", "annotations/instances_train.json");
  for (guint i = 0; i < G_N_ELEMENTS (edits); i++) {
    const char *argv[] = { "/usr/bin/python3", "-B", script, data_path, output, NULL };
    const char *found = strstr (good, edits[i][0]);
    g_autofree char *err = NULL;
    int status = 0;
    g_assert_nonnull (found);
    g_autoptr (GString) bad = g_string_new_len (good, found - good);
    g_string_append (bad, edits[i][1]);
    g_string_append (bad, found + strlen (edits[i][0]));
    g_assert_true (g_file_set_contents (file, bad->str, -1, NULL));
    g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL,
                                 &err, &status, NULL));
    g_test_message ("%s", err);
    g_assert_cmpint (status, !=, 0);
  }
}

/* --- YOLO ----------------------------------------------------------------------------------------------- */

static void
test_yolo (Fixture *f, gconstpointer data)
{
  ExportFrames empty = {
    .run = f->run, .first = 50, .count = 1, .n_sensors = 1, .without_objects = TRUE
  };
  /* Behind, ring, split, speckled, sign, corners of frame 0: middle and size of half-open boxes over 96 x 72. */
  const char *wanted = "0 0.302083333333 0.388888888889 0.229166666667 0.277777777778\n"
                       "0 0.166666666667 0.222222222222 0.208333333333 0.277777777778\n"
                       "1 0.583333333333 0.208333333333 0.208333333333 0.277777777778\n"
                       "1 0.437500 0.750000 0.208333333333 0.277777777778\n"
                       "2 0.729166666667 0.722222222222 0.125000 0.222222222222\n"
                       "1 0.901041666667 0.750000 0.135416666667 0.166666666667\n";

  add (f, 0, 3, 2);
  export_fixture_add (f->dataset, &empty);
  DioExportResult result = export(f, "out", (DioExportOptions){ .format = "yolo" });
  g_autofree char *first = load_text (f, "out", "labels/train/run1_000000_cam.txt");
  g_autofree char *none = load_text (f, "out", "labels/train/run1_000050_cam.txt");
  g_autofree char *yaml = load_text (f, "out", "data.yaml");

  g_assert_cmpstr (first, ==, wanted);
  g_assert_cmpstr (none, ==, "");
  g_assert_cmpuint (result.images, ==, 7);
  /* The crowd is no object in this format. */
  g_assert_cmpuint (result.annotations, ==, 3 * 6 + 3 * 5);
  g_assert_cmpuint (result.ignored, ==, 6 * 3 + 3);
  g_assert_nonnull (strstr (yaml, "\ntrain: images/train\nval: images/train\n"));
  g_assert_nonnull (strstr (
      yaml, "\nnc: 3\nnames:\n  0: \"box\"\n  1: \"traffic light: “Ampel”\"\n  2: \"sign\"\n"));
  assert_reader_agrees (f, "check_yolo.py", "out");
}

/* What one export writes as class names, the next reads as a class map. */
static void
test_yolo_map_round_trip (Fixture *f, gconstpointer data)
{
  g_autofree char *map = g_build_filename (f->folder, "first/data.yaml", NULL);

  add (f, 0, 2, 1);
  export(f, "first", (DioExportOptions){ .format = "yolo" });
  export(f, "second", (DioExportOptions){ .format = "yolo", .class_map = map });
  g_autofree char *a = load_text (f, "first", "data.yaml");
  g_autofree char *b = load_text (f, "second", "data.yaml");
  g_autofree char *rows_a = load_text (f, "first", "labels/train/run1_000001_cam.txt");
  g_autofree char *rows_b = load_text (f, "second", "labels/train/run1_000001_cam.txt");
  g_assert_cmpstr (a, ==, b);
  g_assert_cmpstr (rows_a, ==, rows_b);
}

/* --- options -------------------------------------------------------------------------------------------- */

/** How an ignored mode shows in a format. */
typedef struct {
  const char *format;
  DioIgnoredMode mode;
  guint64 images, annotations;
} ModeCase;

/* One frame with objects (two ignored ones, one of them without a pixel) and one without. */
static void
test_ignored_modes (Fixture *f, gconstpointer data)
{
  static const ModeCase cases[] = {
    { "coco", DIO_IGNORED_DEFAULT, 2, 8 },    { "coco", DIO_IGNORED_KEEP, 2, 8 },
    { "coco", DIO_IGNORED_DROP, 2, 7 },       { "coco", DIO_IGNORED_FILL, 2, 7 },
    { "coco", DIO_IGNORED_SKIP_IMAGE, 1, 0 }, { "yolo", DIO_IGNORED_DEFAULT, 2, 6 },
    { "yolo", DIO_IGNORED_KEEP, 2, 8 },       { "yolo", DIO_IGNORED_DROP, 2, 6 },
    { "yolo", DIO_IGNORED_FILL, 2, 6 },       { "yolo", DIO_IGNORED_SKIP_IMAGE, 1, 0 },
  };
  ExportFrames empty = {
    .run = f->run, .first = 1, .count = 1, .n_sensors = 1, .without_objects = TRUE
  };

  add (f, 0, 1, 1);
  export_fixture_add (f->dataset, &empty);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *name = g_strdup_printf ("out%u", i);
    DioExportOptions options = { .format = cases[i].format, .ignored = cases[i].mode };
    DioExportResult result = export(f, name, options);
    g_autofree char *script = g_strdup_printf ("check_%s.py", cases[i].format);
    g_test_message ("%s %u: %u annotations", cases[i].format, (guint) cases[i].mode,
                    (guint) result.annotations);
    g_assert_cmpuint (result.images, ==, cases[i].images);
    g_assert_cmpuint (result.annotations, ==, cases[i].annotations);
    g_assert_cmpuint (result.skipped_images, ==, 2 - cases[i].images);
    if (i % 5 == 3 || i % 5 == 1)
      assert_reader_agrees (f, script, name);
  }
}

static DioImage *
load_picture (Fixture *f, const char *name, const char *file)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (f->folder, name, file, NULL);
  DioImage *image = dio_image_load (path, NULL, &error);

  g_assert_no_error (error);
  return image;
}

/* Exactly the pixels of the ignored objects are grey; for YOLO the crowd too. */
static void
test_fill (Fixture *f, gconstpointer data)
{
  add (f, 0, 1, 1);
  export(f, "out", (DioExportOptions){ .format = "yolo", .ignored = DIO_IGNORED_FILL });
  g_auto (DioRle) small = export_fixture_mask (0, 0, SHAPE_SMALL),
                  crowd = export_fixture_mask (0, 0, SHAPE_CROWD);
  g_auto (DioRle) both = { 0 };
  dio_rle_union (&both, &small, &crowd);
  g_autoptr (DioImage) mask = dio_rle_to_mask (&both);
  g_autoptr (DioImage) before = load_picture (f, "data", "rgb/000/000000_cam.png");
  g_autoptr (DioImage) after = load_picture (f, "out", "images/train/run1_000000_cam.png");
  for (gsize i = 0; i < (gsize) EXPORT_WIDTH * EXPORT_HEIGHT; i++)
    for (gsize c = 0; c < 3; c++)
      g_assert_cmpuint (after->u8[3 * i + c], ==, mask->u8[i] ? 128 : before->u8[3 * i + c]);
}

static void
test_pictures (Fixture *f, gconstpointer data)
{
  add (f, 0, 1, 1);
  export(f, "copy", (DioExportOptions){ 0 });
  export(f, "jpeg",
         (DioExportOptions){ .image_format = DIO_IMAGE_FORMAT_JPEG, .image_quality = 98 });
  export(f, "small",
         (DioExportOptions){ .image_format = DIO_IMAGE_FORMAT_JPEG, .image_quality = 20 });
  export(f, "webp",
         (DioExportOptions){ .image_format = DIO_IMAGE_FORMAT_WEBP, .image_quality = 100 });
  g_autoptr (DioImage) before = load_picture (f, "data", "rgb/000/000000_cam.png");
  g_autoptr (DioImage) webp = load_picture (f, "webp", "images/train/run1_000000_cam.webp");
  g_autofree char *jpeg = NULL, *small = NULL;
  g_autofree char *jpeg_path =
      g_build_filename (f->folder, "jpeg/images/train/run1_000000_cam.jpg", NULL);
  g_autofree char *small_path =
      g_build_filename (f->folder, "small/images/train/run1_000000_cam.jpg", NULL);
  gsize jpeg_size, small_size;

  g_assert_cmpmem (webp->u8, dio_image_get_bytes (webp), before->u8, dio_image_get_bytes (before));
  g_assert_true (g_file_get_contents (jpeg_path, &jpeg, &jpeg_size, NULL));
  g_assert_true (g_file_get_contents (small_path, &small, &small_size, NULL));
  g_assert_cmpuint (small_size * 2, <, jpeg_size);
  /* SOF0, precision, height, width, 3 components, the first with sampling 1 x 1: 4:4:4. */
  const guint8 frame[] = { 0xff, 0xc0, 0, 17, 8, 0, EXPORT_HEIGHT, 0, EXPORT_WIDTH, 3, 1, 0x11 };
  g_assert_nonnull (memmem (jpeg, jpeg_size, frame, sizeof frame));
  assert_reader_agrees (f, "check_coco.py", "jpeg");
}

static void
test_amodal_boxes (Fixture *f, gconstpointer data)
{
  add (f, 0, 2, 2);
  export(f, "coco", (DioExportOptions){ .box_amodal = TRUE });
  export(f, "yolo", (DioExportOptions){ .format = "yolo", .box_amodal = TRUE });
  g_autoptr (json_t) coco = load_json (f, "coco", "annotations/instances_train.json");
  assert_box (find_annotation (coco, 0, SHAPE_BEHIND), "bbox", 18, 18, 22, 20);
  assert_box (find_annotation (coco, 0, SHAPE_SPECKLED), "bbox", 32, 44, 26, 20);
  assert_box (find_annotation (coco, 0, SHAPE_SPECKLED), "bbox_visible", 32, 44, 20, 20);
  assert_reader_agrees (f, "check_coco.py", "coco");
  assert_reader_agrees (f, "check_yolo.py", "yolo");
}

static void
test_policy (Fixture *f, gconstpointer data)
{
  add (f, 0, 1, 1);
  DioExportResult result = export(f, "out", (DioExportOptions){ .policy = "everything" });
  g_autoptr (json_t) manifest = load_json (f, "out", "manifest.json");
  const json_t *policy = json_object_get (manifest, "policy");

  g_assert_cmpuint (result.annotations, ==, 9);
  g_assert_cmpuint (result.dropped, ==, 0);
  g_assert_cmpstr (json_string_value (json_object_get (policy, "from")), ==, "everything");
  g_assert_cmpfloat (json_real_value (json_object_get (policy, "drop_visible_px")), ==, 1);
  g_assert_true (json_is_null (json_object_get (policy, "max_blur_share")));
}

static void
test_failed_checks (Fixture *f, gconstpointer data)
{
  ExportFrames failed = {
    .run = f->run, .first = 2, .count = 3, .n_sensors = 2, .failed_check = TRUE
  };

  add (f, 0, 2, 2);
  export_fixture_add (f->dataset, &failed);
  DioExportResult without = export(f, "without", (DioExportOptions){ 0 });
  DioExportResult with = export(f, "with", (DioExportOptions){ .include_failed_checks = TRUE });
  g_autoptr (json_t) manifest = load_json (f, "without", "manifest.json");

  /* The second sensor passed, but its frame did not. */
  g_assert_cmpuint (without.images, ==, 4);
  g_assert_cmpuint (without.skipped_images, ==, 6);
  g_assert_cmpint (get_count (manifest, "images_left_out_failed_checks"), ==, 6);
  g_assert_cmpuint (with.images, ==, 10);
  assert_reader_agrees (f, "check_coco.py", "without");
  assert_reader_agrees (f, "check_coco.py", "with");
}

/* Runs, takes and sensors of one index have names of their own; ids start where they are told to. */
static void
test_names_and_ids (Fixture *f, gconstpointer data)
{
  gint64 second = export_fixture_add_run (f->dataset, 8, 0, 10);
  ExportFrames take = { .run = f->run, .first = 1, .count = 1, .n_sensors = 2, .take = 1 };
  ExportFrames other = { .run = second, .first = 1, .count = 1, .n_sensors = 2 };
  static const char *const names[] = {
    "x-1_run1_000001_cam.png",        "x-1_run1_000001_rear.cam.png", "x-1_run1_000001t1_cam.png",
    "x-1_run1_000001t1_rear.cam.png", "x-1_run2_000001_cam.png",      "x-1_run2_000001_rear.cam.png"
  };

  add (f, 1, 1, 2);
  export_fixture_add (f->dataset, &take);
  export_fixture_add (f->dataset, &other);
  export(f, "coco", (DioExportOptions){ .prefix = "x-1_", .id_base = 5000 });
  export(f, "yolo", (DioExportOptions){ .format = "yolo", .prefix = "x-1_" });
  g_autoptr (json_t) coco = load_json (f, "coco", "annotations/instances_train.json");
  const json_t *images = json_object_get (coco, "images");

  g_assert_cmpuint (json_array_size (images), ==, G_N_ELEMENTS (names));
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_build_filename (f->folder, "yolo/images/train", names[i], NULL);
    g_assert_cmpstr (json_string_value (json_object_get (json_array_get (images, i), "file_name")),
                     ==, names[i]);
    g_assert_cmpint (get_int (json_array_get (images, i), "id"), ==, 5000 + (int) i);
    g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  }
  g_assert_cmpint (get_int (json_array_get (json_object_get (coco, "annotations"), 0), "id"), ==,
                   5000);
  assert_reader_agrees (f, "check_coco.py", "coco");
  assert_reader_agrees (f, "check_yolo.py", "yolo");
}

static GHashTable *
read_assignment (Fixture *f, const char *name)
{
  static const char *const splits[] = { "train", "val", "test" };
  GHashTable *split_of = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < 3; i++) {
    g_autofree char *path = g_build_filename (f->folder, name, "images", splits[i], NULL);
    g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
    const char *file;
    while ((file = g_dir_read_name (dir)) != NULL)
      g_hash_table_insert (split_of, g_strdup (file), (gpointer) splits[i]);
  }
  return split_of;
}

/* Sensors and takes stay together; frames that come later move none; what the shares leave over is counted. */
static void
test_splits (Fixture *f, gconstpointer data)
{
  const DioSplit splits[] = { { (char *) "train", 0.5 },
                              { (char *) "val", 0.25 },
                              { (char *) "test", 0.15 } };
  ExportFrames take = { .run = f->run, .count = 30, .n_sensors = 2, .take = 1 };
  DioExportOptions options = { .splits = splits, .n_splits = 3 };
  GHashTableIter iter;
  gpointer file, split;

  add (f, 0, 30, 2);
  DioExportResult first = export(f, "before", options);
  export_fixture_add (f->dataset, &take);
  add (f, 30, 10, 2);
  DioExportResult second = export(f, "after", options);
  g_autoptr (GHashTable) before = read_assignment (f, "before"),
                         after = read_assignment (f, "after");
  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, &file, &split)) {
    const char *under = strchr ((char *) file + strlen ("run1_"), '_');
    g_autofree char *other = g_strdup_printf ("%.11st1%s", (char *) file, under);
    g_autofree char *sensor = g_strdup_printf (
        "%.11s%s", (char *) file, g_str_equal (under, "_cam.png") ? "_rear.cam.png" : "_cam.png");
    g_assert_true (g_hash_table_lookup (after, file) == split);
    g_assert_true (g_hash_table_lookup (after, other) == split);
    g_assert_true (g_hash_table_lookup (after, sensor) == split);
  }
  g_assert_cmpuint (first.images + first.skipped_images, ==, 60);
  g_assert_cmpuint (first.skipped_images, >, 0);
  g_assert_cmpuint (second.images + second.skipped_images, ==, 60 + 60 + 20);
  g_assert_cmpuint (g_hash_table_size (before), ==, first.images);
  assert_reader_agrees (f, "check_coco.py", "after");
  options.format = "yolo";
  export(f, "yolo", options);
  assert_reader_agrees (f, "check_yolo.py", "yolo");
  g_autofree char *yaml = load_text (f, "yolo", "data.yaml");
  g_assert_nonnull (strstr (yaml, "\ntrain: images/train\nval: images/val\ntest: images/test\n"));
}

static void
test_class_map (Fixture *f, gconstpointer data)
{
  g_autofree char *map = g_build_filename (f->folder, "map.csv", NULL);

  add (f, 0, 2, 1);
  g_assert_true (g_file_set_contents (
      map, "box,parcel,7\nlight,drop\nsign,board,2\nspare,person,0\n", -1, NULL));
  export(f, "coco", (DioExportOptions){ .class_map = map });
  g_autoptr (json_t) coco = load_json (f, "coco", "annotations/instances_train.json");
  g_autoptr (json_t) manifest = load_json (f, "coco", "manifest.json");
  g_assert_cmpint (get_int (find_annotation (coco, 0, SHAPE_RING), "category_id"), ==, 7);
  g_assert_cmpint (get_int (find_annotation (coco, 0, SHAPE_SIGN), "category_id"), ==, 2);
  g_assert_null (find_annotation (coco, 0, SHAPE_SPLIT));
  g_assert_cmpuint (json_array_size (json_object_get (coco, "categories")), ==, 3);
  g_assert_cmpint (get_count (manifest, "dropped_by_class_map"), ==, 2 * 3);
  g_assert_cmpstr (json_string_value (json_array_get (
                       json_object_get (json_object_get (manifest, "class_map"), "dropped"), 0)),
                   ==, "light");
  assert_reader_agrees (f, "check_coco.py", "coco");

  g_autoptr (GError) error = NULL;
  g_assert_false (try_export (f, "yolo", (DioExportOptions){ .format = "yolo", .class_map = map },
                              NULL, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "no class 1"));
}

static void
test_manifest (Fixture *f, gconstpointer data)
{
  static const char *const keys[] = { "format", "generator", "conventions", "options",
                                      "policy", "counts",    "splits",      "scenario",
                                      "runs",   "assets",    "classes",     "class_map" };

  add (f, 0, 2, 1);
  export(f, "a", (DioExportOptions){ 0 });
  export(f, "b", (DioExportOptions){ 0 });
  g_autoptr (json_t) manifest = load_json (f, "a", "manifest.json");
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_assert_nonnull (json_object_get (manifest, keys[i]));
  const json_t *run = json_array_get (json_object_get (manifest, "runs"), 0);
  const json_t *asset = json_array_get (json_object_get (manifest, "assets"), 0);
  g_assert_cmpint (get_int (run, "seed"), ==, 7);
  g_assert_cmpstr (json_string_value (json_object_get (asset, "licence")), ==, "CC-BY-4.0");
  g_assert_cmpstr (json_string_value (json_object_get (asset, "author")), ==, "A. Maker");
  g_autofree char *hash = dio_scenario_dup_hash (dio_dataset_get_scenario (f->dataset, NULL));
  g_assert_cmpstr (
      json_string_value (json_object_get (json_object_get (manifest, "scenario"), "hash")), ==,
      hash);
  /* The same dataset exports to the same bytes. */
  static const char *const files[] = { "manifest.json", "annotations/instances_train.json" };
  for (guint i = 0; i < 2; i++) {
    g_autofree char *a = load_text (f, "a", files[i]), *b = load_text (f, "b", files[i]);
    g_assert_cmpstr (a, ==, b);
  }
}

/* --- faults --------------------------------------------------------------------------------------------- */

static void
assert_refused (Fixture *f, DioExportOptions options, DioError code, const char *message)
{
  g_autoptr (GError) error = NULL;
  DioExportResult result;

  g_assert_false (try_export (f, "out", options, &result, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, DIO_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, message));
}

static void
test_option_faults (Fixture *f, gconstpointer data)
{
  const DioSplit twice[] = { { (char *) "a", 0.5 }, { (char *) "a", 0.5 } };
  const DioSplit taken[] = { { (char *) "names", 1 } };
  static const char *const entries[] = { "data", NULL };

  add (f, 0, 1, 1);
  assert_refused (f, (DioExportOptions){ .format = "voc9" }, DIO_ERROR_INVALID,
                  "“voc9”: choose one of coco, yolo");
  assert_refused (f, (DioExportOptions){ .policy = "lenient" }, DIO_ERROR_INVALID,
                  "“lenient”: choose one of detector");
  assert_refused (f, (DioExportOptions){ .format = "yolo", .polygons = TRUE }, DIO_ERROR_INVALID,
                  "no polygons");
  assert_refused (f, (DioExportOptions){ .prefix = "a/b" }, DIO_ERROR_INVALID, "prefix");
  assert_refused (f, (DioExportOptions){ .prefix = "../" }, DIO_ERROR_INVALID, "prefix");
  assert_refused (f, (DioExportOptions){ .id_base = -1 }, DIO_ERROR_INVALID, "first id");
  assert_refused (f, (DioExportOptions){ .image_quality = 101 }, DIO_ERROR_INVALID, "quality");
  assert_refused (f, (DioExportOptions){ .image_format = DIO_IMAGE_FORMAT_EXR }, DIO_ERROR_INVALID,
                  "PNG");
  assert_refused (f, (DioExportOptions){ .splits = twice, .n_splits = 2 }, DIO_ERROR_INVALID,
                  "twice");
  assert_refused (f, (DioExportOptions){ .format = "yolo", .splits = taken, .n_splits = 1 },
                  DIO_ERROR_INVALID, "“names”");
  assert_refused (f, (DioExportOptions){ .class_map = "no/map.csv" }, DIO_ERROR_NOT_FOUND,
                  "class map");
  assert_entries (f, entries);
}

static void
test_target (Fixture *f, gconstpointer data)
{
  g_autofree char *out = g_build_filename (f->folder, "out", NULL);
  g_autofree char *file = g_build_filename (out, "mine.txt", NULL);
  g_autofree char *deep = g_build_filename (f->folder, "new/deep/out/", NULL);
  static const char *const entries[] = { "data", "out", "new", NULL };

  add (f, 0, 1, 1);
  g_assert_cmpint (g_mkdir (out, 0777), ==, 0);
  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
  assert_refused (f, (DioExportOptions){ 0 }, DIO_ERROR_EXISTS, "is not empty");
  assert_refused (f, (DioExportOptions){ .output = file }, DIO_ERROR_EXISTS, "is no folder");
  g_assert_cmpint (g_unlink (file), ==, 0);
  export(f, "out", (DioExportOptions){ 0 });
  assert_reader_agrees (f, "check_coco.py", "out");
  assert_refused (f, (DioExportOptions){ 0 }, DIO_ERROR_EXISTS, "is not empty");
  export(f, "", (DioExportOptions){ .output = deep });
  assert_reader_agrees (f, "check_coco.py", "new/deep/out");
  assert_entries (f, entries);
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
test_cancel (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  static const char *const entries[] = { "data", NULL };

  add (f, 0, 6, 1);
  for (guint64 at = 0; at <= 6; at += 3) {
    Stopper stopper = { cancellable, at, 0, 0 };
    DioExportOptions options = { .cancellable = cancellable,
                                 .progress = stop_cb,
                                 .user = &stopper,
                                 .format = at == 3 ? "yolo" : "coco" };
    g_cancellable_reset (cancellable);
    if (at == 0)
      g_cancellable_cancel (cancellable);
    assert_refused (f, options, DIO_ERROR_CANCELLED, "cancelled");
    g_assert_cmpuint (stopper.last, ==, at);
    assert_entries (f, entries);
  }
  Stopper watcher = { cancellable, 100, 0, 0 };
  g_cancellable_reset (cancellable);
  export(f, "out",
         (DioExportOptions){ .cancellable = cancellable, .progress = stop_cb, .user = &watcher });
  g_assert_cmpuint (watcher.last, ==, 6);
  g_assert_cmpuint (watcher.total, ==, 6);
}

/* A picture that is gone, and one that is another than was rendered. */
static void
test_damaged_pictures (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "data/rgb/000/000003_cam.png", NULL);
  static const char *const entries[] = { "data", NULL };
  g_autofree char *bytes = NULL;
  gsize size;

  add (f, 0, 5, 1);
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  bytes[size / 2] ^= 1;
  g_assert_true (g_file_set_contents (path, bytes, (gssize) size, NULL));
  assert_refused (f, (DioExportOptions){ 0 }, DIO_ERROR_CORRUPT, "000003_cam.png");
  assert_refused (f, (DioExportOptions){ .format = "yolo" }, DIO_ERROR_CORRUPT, "000003_cam.png");
  g_assert_cmpint (g_unlink (path), ==, 0);
  assert_refused (f, (DioExportOptions){ 0 }, DIO_ERROR_NOT_FOUND, "000003_cam.png");
  assert_entries (f, entries);
}

/* An export that was killed leaves a folder nobody holds; the next one to that name removes it, and only it. */
static void
test_leftovers (Fixture *f, gconstpointer data)
{
  static const char *const entries[] = { "data", "out", ".out2.part-abcdef", ".out.part-b", NULL };
  static const char *const made[] = { ".out.part-aaaaaa/images", ".out2.part-abcdef",
                                      ".out.part-b" };

  add (f, 0, 1, 1);
  for (guint i = 0; i < G_N_ELEMENTS (made); i++) {
    g_autofree char *path = g_build_filename (f->folder, made[i], NULL);
    g_assert_cmpint (g_mkdir_with_parents (path, 0777), ==, 0);
  }
  export(f, "out", (DioExportOptions){ 0 });
  assert_entries (f, entries);
}

static void
test_locale (Fixture *f, gconstpointer data)
{
  const char *found = NULL;
  static const char *const locales[] = { "de_DE.UTF-8", "fr_FR.UTF-8", "de_DE", "tr_TR.UTF-8" };

  add (f, 0, 2, 1);
  export(f, "coco_c", (DioExportOptions){ 0 });
  export(f, "yolo_c", (DioExportOptions){ .format = "yolo" });
  for (guint i = 0; found == NULL && i < G_N_ELEMENTS (locales); i++)
    found = setlocale (LC_ALL, locales[i]);
  g_test_message ("locale %s, decimal point “%s”", found ? found : "C",
                  localeconv ()->decimal_point);
  export(f, "coco_l", (DioExportOptions){ 0 });
  export(f, "yolo_l", (DioExportOptions){ .format = "yolo" });
  g_autoptr (GArray) splits = dio_split_list_new ();
  g_assert_true (dio_split_parse ("a=0.25", splits, NULL));
  g_assert_cmpfloat (g_array_index (splits, DioSplit, 0).share, ==, 0.25);
  setlocale (LC_ALL, "C");
  g_autofree char *coco_c = load_text (f, "coco_c", "annotations/instances_train.json");
  g_autofree char *coco_l = load_text (f, "coco_l", "annotations/instances_train.json");
  g_autofree char *yolo_c = load_text (f, "yolo_c", "labels/train/run1_000001_cam.txt");
  g_autofree char *yolo_l = load_text (f, "yolo_l", "labels/train/run1_000001_cam.txt");
  g_assert_cmpstr (coco_c, ==, coco_l);
  g_assert_cmpstr (yolo_c, ==, yolo_l);
}

static void
test_formats (void)
{
  guint n = 0;
  const DioExportFormatInfo *formats = dio_export_get_formats (&n);

  g_assert_cmpuint (n, >=, 2);
  for (guint i = 0; i < n; i++) {
    g_assert_true (formats[i].name[0] && formats[i].label[0] && formats[i].help[0]);
    for (guint k = 0; k < i; k++)
      g_assert_cmpstr (formats[i].name, !=, formats[k].name);
  }
}

#define ADD(path, func) g_test_add ("/export/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/export/formats", test_formats);
  ADD ("coco/all-shapes", test_coco);
  ADD ("coco/masks", test_coco_masks);
  ADD ("coco/polygons", test_coco_polygons);
  ADD ("readers/instance-pictures", test_instance_pictures);
  ADD ("readers/see-faults", test_reader_sees_faults);
  ADD ("yolo/all-shapes", test_yolo);
  ADD ("yolo/map-round-trip", test_yolo_map_round_trip);
  ADD ("options/ignored-modes", test_ignored_modes);
  ADD ("options/fill", test_fill);
  ADD ("options/pictures", test_pictures);
  ADD ("options/amodal-boxes", test_amodal_boxes);
  ADD ("options/policy", test_policy);
  ADD ("options/failed-checks", test_failed_checks);
  ADD ("options/names-and-ids", test_names_and_ids);
  ADD ("options/splits", test_splits);
  ADD ("options/class-map", test_class_map);
  ADD ("options/faults", test_option_faults);
  ADD ("manifest", test_manifest);
  ADD ("target/refused", test_target);
  ADD ("target/cancel", test_cancel);
  ADD ("target/damaged-pictures", test_damaged_pictures);
  ADD ("target/leftovers", test_leftovers);
  ADD ("locale", test_locale);
  return g_test_run ();
}
