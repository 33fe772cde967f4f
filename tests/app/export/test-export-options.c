/* What the options of an export change, and which are refused. */
#define G_LOG_DOMAIN "test-export"

#include "export-case.h"

#include <string.h>

/* One frame with objects (two ignored ones, one of them without a pixel) and one without. */
/** How an ignored mode shows in a format. */
typedef struct {
  const char *format;
  DioIgnoredMode mode;
  guint64 images, annotations;
} ModeCase;

static void
test_ignored_modes (ExportCase *f, gconstpointer data)
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

  export_case_add (f, 0, 1, 1);
  export_fixture_add (f->dataset, &empty);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *name = g_strdup_printf ("out%u", i);
    DioExportOptions options = { .format = cases[i].format, .ignored = cases[i].mode };
    DioExportResult result = export_case_run (f, name, options);
    g_autofree char *script = g_strdup_printf ("check_%s.py", cases[i].format);
    g_test_message ("%s %u: %u annotations", cases[i].format, (guint) cases[i].mode,
                    (guint) result.annotations);
    g_assert_cmpuint (result.images, ==, cases[i].images);
    g_assert_cmpuint (result.annotations, ==, cases[i].annotations);
    g_assert_cmpuint (result.skipped_images, ==, 2 - cases[i].images);
    if (i % 5 == 3 || i % 5 == 1)
      export_case_assert_reader (f, script, name);
  }
}

static DioImage *
load_picture (ExportCase *f, const char *name, const char *file)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (f->folder, name, file, NULL);
  DioImage *image = dio_image_load (path, NULL, &error);

  g_assert_no_error (error);
  return image;
}

/* Exactly the pixels of the ignored objects are grey; for YOLO the crowd too. */
static void
test_fill (ExportCase *f, gconstpointer data)
{
  export_case_add (f, 0, 1, 1);
  export_case_run (f, "out", (DioExportOptions){ .format = "yolo", .ignored = DIO_IGNORED_FILL });
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
test_pictures (ExportCase *f, gconstpointer data)
{
  export_case_add (f, 0, 1, 1);
  export_case_run (f, "copy", (DioExportOptions){ 0 });
  export_case_run (
      f, "jpeg", (DioExportOptions){ .image_format = DIO_IMAGE_FORMAT_JPEG, .image_quality = 98 });
  export_case_run (
      f, "small", (DioExportOptions){ .image_format = DIO_IMAGE_FORMAT_JPEG, .image_quality = 20 });
  export_case_run (
      f, "webp", (DioExportOptions){ .image_format = DIO_IMAGE_FORMAT_WEBP, .image_quality = 100 });
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
  export_case_assert_reader (f, "check_coco.py", "jpeg");
}

static void
test_amodal_boxes (ExportCase *f, gconstpointer data)
{
  export_case_add (f, 0, 2, 2);
  export_case_run (f, "coco", (DioExportOptions){ .box_amodal = TRUE });
  export_case_run (f, "yolo", (DioExportOptions){ .format = "yolo", .box_amodal = TRUE });
  g_autoptr (json_t) coco = export_case_load_json (f, "coco", "annotations/instances_train.json");
  export_case_assert_box (export_case_find_annotation (coco, 0, SHAPE_BEHIND), "bbox", 18, 18, 22,
                          20);
  export_case_assert_box (export_case_find_annotation (coco, 0, SHAPE_SPECKLED), "bbox", 32, 44, 26,
                          20);
  export_case_assert_box (export_case_find_annotation (coco, 0, SHAPE_SPECKLED), "bbox_visible", 32,
                          44, 20, 20);
  export_case_assert_reader (f, "check_coco.py", "coco");
  export_case_assert_reader (f, "check_yolo.py", "yolo");
}

static void
test_policy (ExportCase *f, gconstpointer data)
{
  export_case_add (f, 0, 1, 1);
  DioExportResult result = export_case_run (f, "out", (DioExportOptions){ .policy = "everything" });
  g_autoptr (json_t) manifest = export_case_load_json (f, "out", "manifest.json");
  const json_t *policy = json_object_get (manifest, "policy");

  g_assert_cmpuint (result.annotations, ==, 9);
  g_assert_cmpuint (result.dropped, ==, 0);
  g_assert_cmpstr (json_string_value (json_object_get (policy, "from")), ==, "everything");
  g_assert_cmpfloat (json_real_value (json_object_get (policy, "drop_visible_px")), ==, 1);
  g_assert_true (json_is_null (json_object_get (policy, "max_blur_share")));
}

static void
test_failed_checks (ExportCase *f, gconstpointer data)
{
  ExportFrames failed = {
    .run = f->run, .first = 2, .count = 3, .n_sensors = 2, .failed_check = TRUE
  };

  export_case_add (f, 0, 2, 2);
  export_fixture_add (f->dataset, &failed);
  DioExportResult without = export_case_run (f, "without", (DioExportOptions){ 0 });
  DioExportResult with =
      export_case_run (f, "with", (DioExportOptions){ .include_failed_checks = TRUE });
  g_autoptr (json_t) manifest = export_case_load_json (f, "without", "manifest.json");

  /* The second sensor passed, but its frame did not. */
  g_assert_cmpuint (without.images, ==, 4);
  g_assert_cmpuint (without.skipped_images, ==, 6);
  g_assert_cmpint (export_case_get_count (manifest, "images_left_out_failed_checks"), ==, 6);
  g_assert_cmpuint (with.images, ==, 10);
  export_case_assert_reader (f, "check_coco.py", "without");
  export_case_assert_reader (f, "check_coco.py", "with");
}

/* Runs, takes and sensors of one index have names of their own; ids start where they are told to. */
static void
test_names_and_ids (ExportCase *f, gconstpointer data)
{
  gint64 second = export_fixture_add_run (f->dataset, 8, 0, 10);
  ExportFrames take = { .run = f->run, .first = 1, .count = 1, .n_sensors = 2, .take = 1 };
  ExportFrames other = { .run = second, .first = 1, .count = 1, .n_sensors = 2 };
  static const char *const names[] = {
    "x-1_run1_000001_cam.png",        "x-1_run1_000001_rear.cam.png", "x-1_run1_000001t1_cam.png",
    "x-1_run1_000001t1_rear.cam.png", "x-1_run2_000001_cam.png",      "x-1_run2_000001_rear.cam.png"
  };

  export_case_add (f, 1, 1, 2);
  export_fixture_add (f->dataset, &take);
  export_fixture_add (f->dataset, &other);
  export_case_run (f, "coco", (DioExportOptions){ .prefix = "x-1_", .id_base = 5000 });
  export_case_run (f, "yolo", (DioExportOptions){ .format = "yolo", .prefix = "x-1_" });
  g_autoptr (json_t) coco = export_case_load_json (f, "coco", "annotations/instances_train.json");
  const json_t *images = json_object_get (coco, "images");

  g_assert_cmpuint (json_array_size (images), ==, G_N_ELEMENTS (names));
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_build_filename (f->folder, "yolo/images/train", names[i], NULL);
    g_assert_cmpstr (json_string_value (json_object_get (json_array_get (images, i), "file_name")),
                     ==, names[i]);
    g_assert_cmpint (export_case_get_int (json_array_get (images, i), "id"), ==, 5000 + (int) i);
    g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  }
  g_assert_cmpint (
      export_case_get_int (json_array_get (json_object_get (coco, "annotations"), 0), "id"), ==,
      5000);
  export_case_assert_reader (f, "check_coco.py", "coco");
  export_case_assert_reader (f, "check_yolo.py", "yolo");
}

static GHashTable *
read_assignment (ExportCase *f, const char *name)
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
test_splits (ExportCase *f, gconstpointer data)
{
  const DioSplit splits[] = { { (char *) "train", 0.5 },
                              { (char *) "val", 0.25 },
                              { (char *) "test", 0.15 } };
  ExportFrames take = { .run = f->run, .count = 30, .n_sensors = 2, .take = 1 };
  DioExportOptions options = { .splits = splits, .n_splits = 3 };
  GHashTableIter iter;
  gpointer file, split;

  export_case_add (f, 0, 30, 2);
  DioExportResult first = export_case_run (f, "before", options);
  export_fixture_add (f->dataset, &take);
  export_case_add (f, 30, 10, 2);
  DioExportResult second = export_case_run (f, "after", options);
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
  export_case_assert_reader (f, "check_coco.py", "after");
  options.format = "yolo";
  export_case_run (f, "yolo", options);
  export_case_assert_reader (f, "check_yolo.py", "yolo");
  g_autofree char *yaml = export_case_load_text (f, "yolo", "data.yaml");
  g_assert_nonnull (strstr (yaml, "\ntrain: images/train\nval: images/val\ntest: images/test\n"));
}

static void
test_class_map (ExportCase *f, gconstpointer data)
{
  g_autofree char *map = g_build_filename (f->folder, "map.csv", NULL);

  export_case_add (f, 0, 2, 1);
  g_assert_true (g_file_set_contents (
      map, "box,parcel,7\nlight,drop\nsign,board,2\nspare,person,0\n", -1, NULL));
  export_case_run (f, "coco", (DioExportOptions){ .class_map = map });
  g_autoptr (json_t) coco = export_case_load_json (f, "coco", "annotations/instances_train.json");
  g_autoptr (json_t) manifest = export_case_load_json (f, "coco", "manifest.json");
  g_assert_cmpint (
      export_case_get_int (export_case_find_annotation (coco, 0, SHAPE_RING), "category_id"), ==,
      7);
  g_assert_cmpint (
      export_case_get_int (export_case_find_annotation (coco, 0, SHAPE_SIGN), "category_id"), ==,
      2);
  g_assert_null (export_case_find_annotation (coco, 0, SHAPE_SPLIT));
  g_assert_cmpuint (json_array_size (json_object_get (coco, "categories")), ==, 3);
  g_assert_cmpint (export_case_get_count (manifest, "dropped_by_class_map"), ==, 2 * 3);
  g_assert_cmpstr (json_string_value (json_array_get (
                       json_object_get (json_object_get (manifest, "class_map"), "dropped"), 0)),
                   ==, "light");
  export_case_assert_reader (f, "check_coco.py", "coco");

  g_autoptr (GError) error = NULL;
  g_assert_false (export_case_try (
      f, "yolo", (DioExportOptions){ .format = "yolo", .class_map = map }, NULL, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "no class 1"));
}

static void
test_option_faults (ExportCase *f, gconstpointer data)
{
  const DioSplit twice[] = { { (char *) "a", 0.5 }, { (char *) "a", 0.5 } };
  const DioSplit taken[] = { { (char *) "names", 1 } };
  static const char *const entries[] = { "data", NULL };

  export_case_add (f, 0, 1, 1);
  export_case_assert_refused (f, (DioExportOptions){ .format = "voc9" }, DIO_ERROR_INVALID,
                              "“voc9”: choose one of coco, yolo");
  export_case_assert_refused (f, (DioExportOptions){ .policy = "lenient" }, DIO_ERROR_INVALID,
                              "“lenient”: choose one of detector");
  export_case_assert_refused (f, (DioExportOptions){ .format = "yolo", .polygons = TRUE },
                              DIO_ERROR_INVALID, "no polygons");
  export_case_assert_refused (f, (DioExportOptions){ .prefix = "a/b" }, DIO_ERROR_INVALID,
                              "prefix");
  export_case_assert_refused (f, (DioExportOptions){ .prefix = "../" }, DIO_ERROR_INVALID,
                              "prefix");
  export_case_assert_refused (f, (DioExportOptions){ .id_base = -1 }, DIO_ERROR_INVALID,
                              "first id");
  export_case_assert_refused (f, (DioExportOptions){ .image_quality = 101 }, DIO_ERROR_INVALID,
                              "quality");
  export_case_assert_refused (f, (DioExportOptions){ .image_format = DIO_IMAGE_FORMAT_EXR },
                              DIO_ERROR_INVALID, "PNG");
  export_case_assert_refused (f, (DioExportOptions){ .splits = twice, .n_splits = 2 },
                              DIO_ERROR_INVALID, "twice");
  export_case_assert_refused (
      f, (DioExportOptions){ .format = "yolo", .splits = taken, .n_splits = 1 }, DIO_ERROR_INVALID,
      "“names”");
  export_case_assert_refused (f, (DioExportOptions){ .class_map = "no/map.csv" },
                              DIO_ERROR_NOT_FOUND, "class map");
  export_case_assert_entries (f, entries);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  EXPORT_CASE_ADD ("options/ignored-modes", test_ignored_modes);
  EXPORT_CASE_ADD ("options/fill", test_fill);
  EXPORT_CASE_ADD ("options/pictures", test_pictures);
  EXPORT_CASE_ADD ("options/amodal-boxes", test_amodal_boxes);
  EXPORT_CASE_ADD ("options/policy", test_policy);
  EXPORT_CASE_ADD ("options/failed-checks", test_failed_checks);
  EXPORT_CASE_ADD ("options/names-and-ids", test_names_and_ids);
  EXPORT_CASE_ADD ("options/splits", test_splits);
  EXPORT_CASE_ADD ("options/class-map", test_class_map);
  EXPORT_CASE_ADD ("options/faults", test_option_faults);
  return g_test_run ();
}
