/* What the formats write, shape by shape, and that independent readers agree. */
#define G_LOG_DOMAIN "test-export"

#include "export-case.h"

#include <string.h>

static void
test_coco (ExportCase *f, gconstpointer data)
{
  export_case_add (f, 0, 4, 2);
  DioExportResult result = export_case_run (f, "out", (DioExportOptions){ 0 });
  g_autoptr (json_t) coco = export_case_load_json (f, "out", "annotations/instances_train.json");
  g_autoptr (json_t) manifest = export_case_load_json (f, "out", "manifest.json");

  g_assert_cmpuint (result.images, ==, 8);
  g_assert_cmpuint (json_array_size (json_object_get (coco, "images")), ==, 8);
  g_assert_cmpuint (json_array_size (json_object_get (coco, "annotations")), ==,
                    result.annotations);
  /* Kept: behind, ring, split, crowd, speckled, corners, and the sign from its front; ignored with pixels: the
   * small one, and the sign from behind. */
  g_assert_cmpuint (result.annotations, ==, 8 * 8);
  g_assert_cmpuint (result.ignored, ==, 8 * 2 + 4);
  g_assert_cmpuint (result.dropped, ==, 8);
  g_assert_cmpint (export_case_get_count (manifest, "ignored_without_pixels"), ==, 8);
  g_assert_cmpint (export_case_get_count (manifest, "stuff"), ==, 8);
  g_assert_cmpint (export_case_get_count (manifest, "unlabelled"), ==, 8);
  g_assert_cmpint (export_case_get_count (manifest, "crowds"), ==, 8);
  g_assert_cmpint (export_case_get_count (manifest, "speck_px"), ==, 8 * 3);
  g_assert_cmpint (export_case_get_count (manifest, "outside_front_cone"), ==, 4);
  g_assert_cmpint (export_case_get_int (export_case_find_annotation (coco, 0, SHAPE_RING), "area"),
                   ==, 400 - 36);
  g_assert_cmpint (
      export_case_get_int (export_case_find_annotation (coco, 0, SHAPE_RING), "category_id"), ==,
      1);
  g_assert_cmpint (
      export_case_get_int (export_case_find_annotation (coco, 0, SHAPE_SIGN), "category_id"), ==,
      4);
  export_case_assert_box (export_case_find_annotation (coco, 0, SHAPE_RING), "bbox", 6, 6, 20, 20);
  /* The specks are out of mask, box and area together. */
  export_case_assert_box (export_case_find_annotation (coco, 0, SHAPE_SPECKLED), "bbox", 32, 44, 20,
                          20);
  g_assert_cmpint (
      export_case_get_int (export_case_find_annotation (coco, 0, SHAPE_SPECKLED), "area"), ==, 400);
  g_assert_cmpint (
      export_case_get_int (export_case_find_annotation (coco, 0, SHAPE_SPECKLED), "visible_px"), ==,
      403);
  g_assert_cmpint (
      export_case_get_int (export_case_find_annotation (coco, 0, SHAPE_SMALL), "iscrowd"), ==, 1);
  g_assert_cmpint (
      export_case_get_int (export_case_find_annotation (coco, 0, SHAPE_SMALL), "ignore"), ==, 1);
  g_assert_cmpint (
      export_case_get_int (export_case_find_annotation (coco, 0, SHAPE_CROWD), "iscrowd"), ==, 1);
  g_assert_cmpint (
      export_case_get_int (export_case_find_annotation (coco, 0, SHAPE_CROWD), "ignore"), ==, 0);
  g_assert_cmpint (
      export_case_get_int (export_case_find_annotation (coco, 1, SHAPE_SIGN), "ignore"), ==, 1);
  g_assert_cmpint (
      export_case_get_int (export_case_find_annotation (coco, 0, SHAPE_SIGN), "ignore"), ==, 0);
  g_assert_null (export_case_find_annotation (coco, 0, SHAPE_TINY));
  g_assert_null (export_case_find_annotation (coco, 0, SHAPE_WALL));
  g_assert_null (export_case_find_annotation (coco, 0, SHAPE_POLE));
  g_assert_null (export_case_find_annotation (coco, 0, SHAPE_SUBPIXEL));
  export_case_assert_reader (f, "check_coco.py", "out");
}

/* Masks in the file give back what was stored, run by run, through our own decoder. */
static void
test_coco_masks (ExportCase *f, gconstpointer data)
{
  static const Shape shapes[] = { SHAPE_BEHIND, SHAPE_RING, SHAPE_SPLIT, SHAPE_CROWD,
                                  SHAPE_CORNERS };

  export_case_add (f, 3, 2, 1);
  export_case_run (f, "out", (DioExportOptions){ 0 });
  g_autoptr (json_t) coco = export_case_load_json (f, "out", "annotations/instances_train.json");
  for (guint64 frame = 3; frame < 5; frame++)
    for (guint i = 0; i < G_N_ELEMENTS (shapes); i++) {
      g_autoptr (GError) error = NULL;
      g_auto (DioRle) stored = export_fixture_mask (frame, 0, shapes[i]);
      g_auto (DioRle) read = { 0 };
      const json_t *rle = json_object_get (export_case_find_annotation (coco, frame - 3, shapes[i]),
                                           "segmentation");
      dio_rle_from_coco_string (&read, json_string_value (json_object_get (rle, "counts")),
                                EXPORT_WIDTH, EXPORT_HEIGHT, &error);
      g_assert_no_error (error);
      g_assert_cmpmem (read.runs, read.n_runs * sizeof *read.runs, stored.runs,
                       stored.n_runs * sizeof *stored.runs);
    }
}

static void
test_coco_polygons (ExportCase *f, gconstpointer data)
{
  export_case_add (f, 0, 3, 2);
  DioExportResult result = export_case_run (f, "out", (DioExportOptions){ .polygons = TRUE });
  g_autoptr (json_t) coco = export_case_load_json (f, "out", "annotations/instances_train.json");

  g_assert_cmpuint (result.annotations, ==, 6 * 8);
  g_assert_cmpuint (json_array_size (json_object_get (
                        export_case_find_annotation (coco, 0, SHAPE_SPLIT), "segmentation")),
                    ==, 2);
  g_assert_cmpuint (json_array_size (json_object_get (
                        export_case_find_annotation (coco, 0, SHAPE_RING), "segmentation")),
                    ==, 1);
  g_assert_true (json_is_object (
      json_object_get (export_case_find_annotation (coco, 0, SHAPE_CROWD), "segmentation")));
  g_assert_true (json_is_object (
      json_object_get (export_case_find_annotation (coco, 0, SHAPE_SMALL), "segmentation")));
  export_case_assert_reader (f, "check_coco.py", "out");
}

static void
test_instance_pictures (ExportCase *f, gconstpointer data)
{
  ExportFrames frames = { .run = f->run, .count = 2, .n_sensors = 2, .with_instances = TRUE };

  export_fixture_add (f->dataset, &frames);
  export_case_run (f, "coco", (DioExportOptions){ 0 });
  export_case_run (f, "yolo", (DioExportOptions){ .format = "yolo" });
  export_case_assert_reader (f, "check_coco.py", "coco");
  export_case_assert_reader (f, "check_yolo.py", "yolo");
}

static guint
count_text (const char *text, const char *part)
{
  guint n = 0;

  for (const char *p = strstr (text, part); p; p = strstr (p + 1, part))
    n++;
  return n;
}

/* The readers must see a fault: one is made of each kind. */
static void
test_reader_sees_faults (ExportCase *f, gconstpointer data)
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

  export_case_add (f, 0, 1, 1);
  export_case_run (f, "out", (DioExportOptions){ 0 });
  g_autofree char *good = export_case_load_text (f, "out", "annotations/instances_train.json");
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

static void
test_yolo (ExportCase *f, gconstpointer data)
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

  export_case_add (f, 0, 3, 2);
  export_fixture_add (f->dataset, &empty);
  DioExportResult result = export_case_run (f, "out", (DioExportOptions){ .format = "yolo" });
  g_autofree char *first = export_case_load_text (f, "out", "labels/train/run1_000000_cam.txt");
  g_autofree char *none = export_case_load_text (f, "out", "labels/train/run1_000050_cam.txt");
  g_autofree char *yaml = export_case_load_text (f, "out", "data.yaml");

  g_assert_cmpstr (first, ==, wanted);
  g_assert_cmpstr (none, ==, "");
  g_assert_cmpuint (result.images, ==, 7);
  /* The crowd is no object in this format. */
  g_assert_cmpuint (result.annotations, ==, 3 * 6 + 3 * 5);
  g_assert_cmpuint (result.ignored, ==, 6 * 3 + 3);
  g_assert_nonnull (strstr (yaml, "\ntrain: images/train\nval: images/train\n"));
  g_assert_nonnull (strstr (
      yaml, "\nnc: 3\nnames:\n  0: \"box\"\n  1: \"traffic light: “Ampel”\"\n  2: \"sign\"\n"));
  export_case_assert_reader (f, "check_yolo.py", "out");
}

/* What one export writes as class names, the next reads as a class map. */
static void
test_yolo_map_round_trip (ExportCase *f, gconstpointer data)
{
  g_autofree char *map = g_build_filename (f->folder, "first/data.yaml", NULL);

  export_case_add (f, 0, 2, 1);
  export_case_run (f, "first", (DioExportOptions){ .format = "yolo" });
  export_case_run (f, "second", (DioExportOptions){ .format = "yolo", .class_map = map });
  g_autofree char *a = export_case_load_text (f, "first", "data.yaml");
  g_autofree char *b = export_case_load_text (f, "second", "data.yaml");
  g_autofree char *rows_a = export_case_load_text (f, "first", "labels/train/run1_000001_cam.txt");
  g_autofree char *rows_b = export_case_load_text (f, "second", "labels/train/run1_000001_cam.txt");
  g_assert_cmpstr (a, ==, b);
  g_assert_cmpstr (rows_a, ==, rows_b);
}

/* Crowds and ignored objects, in the words of each format. */
static void
test_marks (ExportCase *f, gconstpointer data)
{
  export_case_add (f, 0, 1, 1);
  DioExportResult voc = export_case_run (f, "voc", (DioExportOptions){ .format = "voc" });
  DioExportResult kitti = export_case_run (f, "kitti", (DioExportOptions){ .format = "kitti" });
  DioExportResult panoptic =
      export_case_run (f, "panoptic", (DioExportOptions){ .format = "coco-panoptic" });
  g_autofree char *xml =
      export_case_load_text (f, "voc", "VOC2012/Annotations/run1_000000_cam.xml");
  g_autofree char *label = export_case_load_text (f, "kitti", "training/label_2/000000.txt");
  g_autofree char *json = export_case_load_text (f, "panoptic", "annotations/panoptic_train.json");

  /* The small one and the crowd, which is no object there; the subpixel one has no pixel to mark. */
  g_assert_cmpuint (voc.annotations, ==, 8);
  g_assert_cmpuint (kitti.annotations, ==, 8);
  g_assert_cmpuint (count_text (xml, "<difficult>1</difficult>"), ==, 2);
  g_assert_cmpuint (count_text (xml, "<name>traffic light: “Ampel”</name>"), ==, 3);
  g_assert_cmpuint (count_text (label, "DontCare -1 -1 -10 "), ==, 2);
  g_assert_cmpuint (count_text (label, "traffic_light:_“Ampel” "), ==, 3);
  /* A crowd is one segment; the small one is void; the wall is the only stuff. */
  g_assert_cmpuint (panoptic.annotations, ==, 7);
  g_assert_cmpuint (count_text (json, "\"iscrowd\":1"), ==, 1);
  g_assert_cmpuint (count_text (json, "\"isthing\":0"), ==, 1);
  g_assert_cmpuint (count_text (json, "\"id\":65538,"), ==, 1);
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/export/formats", test_formats);
  EXPORT_CASE_ADD ("coco/all-shapes", test_coco);
  EXPORT_CASE_ADD ("coco/masks", test_coco_masks);
  EXPORT_CASE_ADD ("coco/polygons", test_coco_polygons);
  EXPORT_CASE_ADD ("readers/instance-pictures", test_instance_pictures);
  EXPORT_CASE_ADD ("readers/see-faults", test_reader_sees_faults);
  EXPORT_CASE_ADD ("marks", test_marks);
  EXPORT_CASE_ADD ("yolo/all-shapes", test_yolo);
  EXPORT_CASE_ADD ("yolo/map-round-trip", test_yolo_map_round_trip);
  return g_test_run ();
}
