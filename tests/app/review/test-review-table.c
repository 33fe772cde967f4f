#include "dio-core-error.h"
#include "dio-image-codec.h"
#include "dio-review-facets.h"
#include "dio-review-item.h"
#include "dio-review-sampling.h"
#include "dio-review-statistics.h"
#include "dio-review-thumbnail.h"
#include "review-fixture.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#define N_FRAMES 40

static ReviewFixture fixture;

static DioReviewList *
list (ReviewDesk *desk, DioReviewUnit unit, const char *const *criteria, const DioReviewSort *sort)
{
  g_auto (DioReviewFilter) filter = { 0 };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; criteria && criteria[i]; i++) {
    dio_review_filter_add_text (&filter, desk->table, criteria[i], &error);
    g_assert_no_error (error);
  }
  return dio_review_list_new (desk->table, desk->verdicts, unit, &filter, sort);
}

static void
test_rows (void)
{
  ReviewDesk desk;

  review_desk_open (&desk, &fixture, "ann");
  g_assert_cmpuint (dio_review_table_get_n (desk.table, DIO_REVIEW_FRAMES), ==, 2 * N_FRAMES);
  g_assert_cmpuint (dio_review_table_get_n (desk.table, DIO_REVIEW_OBJECTS), ==, 6 * N_FRAMES);
  for (guint32 row = 0; row < 2 * N_FRAMES; row++) {
    DioReviewFrameRow frame;
    dio_review_table_get_frame (desk.table, row, &frame);
    g_assert_cmpuint (frame.n_objects, ==, 3);
    g_assert_cmpuint (frame.seed, ==, 5);
    g_assert_cmpint (
        dio_review_table_find (desk.table, frame.run, frame.index, frame.take, frame.sensor, NULL),
        ==, row);
    for (guint32 o = frame.first_object; o < frame.first_object + 3; o++) {
      DioReviewObjectRow object;
      dio_review_table_get_object (desk.table, o, &object);
      g_assert_cmpuint (object.frame, ==, row);
      g_assert_cmpint (dio_review_table_find (desk.table, frame.run, frame.index, frame.take,
                                              frame.sensor, &object.object_key),
                       ==, o);
      g_assert_true (g_str_has_prefix (object.node, "shape_"));
    }
  }
  g_assert_cmpint (dio_review_table_find (desk.table, 1, 9999, 0, "camera", NULL), ==, -1);
  review_desk_close (&desk);
}

static void
test_levels (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioReviewReader) reader = dio_review_reader_open (fixture.folder, &error);
  g_autoptr (DioReviewTable) frames =
      dio_review_table_load (reader, NULL, DIO_REVIEW_LOAD_FRAMES, NULL, &error);
  g_autoptr (DioReviewTable) objects =
      dio_review_table_load (reader, frames, DIO_REVIEW_LOAD_OBJECTS, NULL, &error);
  g_autoptr (DioReviewTable) names =
      dio_review_table_load (reader, objects, DIO_REVIEW_LOAD_NAMES, NULL, &error);
  g_autoptr (DioReviewTable) same =
      dio_review_table_load (reader, names, DIO_REVIEW_LOAD_FRAMES, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (dio_review_table_get_n (frames, DIO_REVIEW_OBJECTS), ==, 0);
  g_assert_cmpuint (dio_review_table_get_n (frames, DIO_REVIEW_FRAMES), ==, 2 * N_FRAMES);
  g_assert_cmpuint (dio_review_table_get_n (objects, DIO_REVIEW_OBJECTS), ==, 6 * N_FRAMES);
  g_assert_cmpuint (g_strv_length ((GStrv) dio_review_table_get_nodes (objects)), ==, 0);
  g_assert_cmpuint (g_strv_length ((GStrv) dio_review_table_get_nodes (names)), ==, 3);
  g_assert_true (same == names);
  g_assert_null (dio_review_table_load (reader, NULL, DIO_REVIEW_LOAD_FRAMES, "no-such", &error));
  g_assert_nonnull (error);
}

/* Every range, against a plain loop over all rows. */
static void
test_ranges (void)
{
  ReviewDesk desk;

  review_desk_open (&desk, &fixture, "ann");
  for (guint field = 0; field < DIO_REVIEW_N_FIELDS; field++)
    for (guint unit = 0; unit < DIO_REVIEW_N_UNITS; unit++) {
      g_auto (DioReviewFilter) filter = { 0 };
      guint32 n = dio_review_table_get_n (desk.table, (DioReviewUnit) unit), expected = 0;
      double middle = dio_review_table_get_value (desk.table, (DioReviewUnit) unit, n / 2,
                                                  (DioReviewField) field);
      dio_review_filter_set_range (&filter, (DioReviewField) field, middle, INFINITY);
      for (guint32 row = 0; row < n; row++) {
        gboolean pass = FALSE;
        DioReviewFrameRow frame;
        if (unit == DIO_REVIEW_OBJECTS || field <= DIO_REVIEW_FIELD_N_OBJECTS
            || field == DIO_REVIEW_FIELD_OUTLIER) {
          pass = dio_review_table_get_value (desk.table, (DioReviewUnit) unit, row,
                                             (DioReviewField) field)
                 >= middle;
        } else {
          dio_review_table_get_frame (desk.table, row, &frame);
          for (guint32 o = frame.first_object; o < frame.first_object + frame.n_objects; o++)
            pass |= dio_review_table_get_value (desk.table, DIO_REVIEW_OBJECTS, o,
                                                (DioReviewField) field)
                    >= middle;
        }
        expected += pass;
      }
      g_autoptr (DioReviewList) found =
          dio_review_list_new (desk.table, desk.verdicts, (DioReviewUnit) unit, &filter, NULL);
      g_assert_cmpuint (found->n, ==, expected);
      g_assert_cmpuint (found->n, >, 0);
    }
  review_desk_close (&desk);
}

static void
test_criteria (void)
{
  const char *const failed[] = { "checks=failed", NULL };
  const char *const sensor[] = { "sensor=left-eye", NULL };
  const char *const node[] = { "node=shape_3", NULL };
  const char *const category[] = { "category=box", "checks=passed", NULL };
  const char *const text[] = { "text=SHAPE_2 12", NULL };
  const char *const nothing[] = { "asset=none", NULL };
  struct {
    const char *const *criteria;
    guint frames, objects;
  } cases[] = {
    { failed, 8, 24 },
    { sensor, N_FRAMES, 3 * N_FRAMES },
    { node, 2 * N_FRAMES, 2 * N_FRAMES },
    { category, 72, 216 },
    { text, 2, 2 },
    { nothing, 0, 0 },
  };
  const char *const bad[] = {
    "visibility=a..b", "visibility=1", "category=unicorn", "state=x", "policy=x", "checks=x",
    "colour=red",      "text",         "size-px=5..2",     NULL
  };
  ReviewDesk desk;

  review_desk_open (&desk, &fixture, "ann");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (DioReviewList) frames = list (&desk, DIO_REVIEW_FRAMES, cases[i].criteria, NULL);
    g_autoptr (DioReviewList) objects = list (&desk, DIO_REVIEW_OBJECTS, cases[i].criteria, NULL);
    g_assert_cmpuint (frames->n, ==, cases[i].frames);
    g_assert_cmpuint (objects->n, ==, cases[i].objects);
  }
  for (guint i = 0; bad[i]; i++) {
    g_auto (DioReviewFilter) filter = { 0 };
    g_autoptr (GError) error = NULL;
    g_assert_false (dio_review_filter_add_text (&filter, desk.table, bad[i], &error));
    g_assert_nonnull (error);
  }
  review_desk_close (&desk);
}

static void
test_sort (void)
{
  ReviewDesk desk;

  review_desk_open (&desk, &fixture, "ann");
  for (guint field = 0; field < DIO_REVIEW_N_FIELDS; field++)
    for (guint down = 0; down < 2; down++) {
      DioReviewSort sort = { .field = (DioReviewField) field, .descending = down != 0 };
      g_autoptr (DioReviewList) sorted = list (&desk, DIO_REVIEW_OBJECTS, NULL, &sort);
      g_assert_cmpuint (sorted->n, ==, 6 * N_FRAMES);
      for (guint32 i = 1; i < sorted->n; i++) {
        double a = dio_review_table_get_value (desk.table, DIO_REVIEW_OBJECTS, sorted->rows[i - 1],
                                               (DioReviewField) field);
        double b = dio_review_table_get_value (desk.table, DIO_REVIEW_OBJECTS, sorted->rows[i],
                                               (DioReviewField) field);
        g_assert_true (isnan (b) || (down ? a >= b : a <= b));
        if (a == b && !down && field == DIO_REVIEW_FIELD_LUMINANCE)
          g_assert_cmpuint (sorted->rows[i - 1], <, sorted->rows[i]);
      }
    }
  review_desk_close (&desk);
}

static void
test_sample (void)
{
  ReviewDesk desk;

  review_desk_open (&desk, &fixture, "ann");
  g_autoptr (DioReviewList) ten =
      dio_review_sample_random (desk.table, NULL, DIO_REVIEW_FRAMES, NULL, 10, 7);
  g_autoptr (DioReviewList) twenty =
      dio_review_sample_random (desk.table, NULL, DIO_REVIEW_FRAMES, NULL, 20, 7);
  g_autoptr (DioReviewList) other =
      dio_review_sample_random (desk.table, NULL, DIO_REVIEW_FRAMES, NULL, 10, 8);
  g_assert_cmpuint (ten->n, ==, 10);
  g_assert_cmpmem (ten->rows, 40, twenty->rows, 40);
  g_assert_true (memcmp (ten->rows, other->rows, 40) != 0);
  /* Each row about equally often: 400 seeds of 8 from 80 give 40 on average. */
  guint hits[2 * N_FRAMES] = { 0 };
  for (guint seed = 0; seed < 400; seed++) {
    g_autoptr (DioReviewList) sample =
        dio_review_sample_random (desk.table, NULL, DIO_REVIEW_FRAMES, NULL, 8, seed);
    for (guint32 i = 0; i < sample->n; i++)
      hits[sample->rows[i]]++;
  }
  for (guint i = 0; i < G_N_ELEMENTS (hits); i++) {
    g_assert_cmpuint (hits[i], >, 15);
    g_assert_cmpuint (hits[i], <, 70);
  }
  g_autoptr (DioReviewList) failed = dio_review_sample_failed (desk.table, NULL, DIO_REVIEW_FRAMES);
  g_assert_cmpuint (failed->n, ==, 8);
  g_autoptr (DioReviewList) odd =
      dio_review_sample_outliers (desk.table, NULL, DIO_REVIEW_OBJECTS, NULL, 5);
  g_assert_cmpuint (odd->n, ==, 5);
  for (guint32 i = 1; i < odd->n; i++)
    g_assert_cmpfloat (dio_review_table_get_value (desk.table, DIO_REVIEW_OBJECTS, odd->rows[i - 1],
                                                   DIO_REVIEW_FIELD_OUTLIER),
                       >=,
                       dio_review_table_get_value (desk.table, DIO_REVIEW_OBJECTS, odd->rows[i],
                                                   DIO_REVIEW_FIELD_OUTLIER));
  g_assert_cmpfloat (dio_review_table_get_value (desk.table, DIO_REVIEW_OBJECTS, odd->rows[0],
                                                 DIO_REVIEW_FIELD_OUTLIER),
                     >, 1);
  review_desk_close (&desk);
}

static void
assert_facet (guint32 filtered, ReviewDesk *desk, DioReviewUnit unit, const DioReviewFilter *filter)
{
  g_autoptr (DioReviewList) found =
      dio_review_list_new (desk->table, desk->verdicts, unit, filter, NULL);

  g_assert_cmpuint (filtered, ==, found->n);
}

static void
test_facets (void)
{
  ReviewDesk desk;
  g_auto (DioReviewFilter) filter = { 0 }, without = { 0 };

  review_desk_open (&desk, &fixture, "ann");
  dio_review_filter_set_range (&filter, DIO_REVIEW_FIELD_VISIBILITY, 0.5, 1);
  dio_review_filter_set_range (&filter, DIO_REVIEW_FIELD_LUMINANCE, 0.3, 1);
  filter.checks = DIO_REVIEW_CHECKS_PASSED;
  for (guint unit = 0; unit < DIO_REVIEW_N_UNITS; unit++) {
    g_autoptr (DioReviewFacets) facets =
        dio_review_facets_new (desk.table, desk.verdicts, (DioReviewUnit) unit, &filter);
    g_assert_cmpuint (facets->rows.all, ==,
                      dio_review_table_get_n (desk.table, (DioReviewUnit) unit));
    assert_facet (facets->rows.filtered, &desk, (DioReviewUnit) unit, &filter);
    /* A brush does not empty its own histogram. */
    dio_review_filter_copy (&filter, &without);
    dio_review_filter_unset_range (&without, DIO_REVIEW_FIELD_LUMINANCE);
    assert_facet (facets->histograms[DIO_REVIEW_FIELD_LUMINANCE].n_filtered, &desk,
                  (DioReviewUnit) unit, &without);
    dio_review_filter_clear (&without);
    dio_review_filter_copy (&filter, &without);
    dio_review_filter_unset_range (&without, DIO_REVIEW_FIELD_VISIBILITY);
    assert_facet (facets->histograms[DIO_REVIEW_FIELD_VISIBILITY].n_filtered, &desk,
                  DIO_REVIEW_OBJECTS, &without);
    dio_review_filter_clear (&without);
    for (guint field = 0; field < DIO_REVIEW_N_FIELDS; field++) {
      const DioReviewHistogram *h = &facets->histograms[field];
      guint64 sum = 0;
      for (guint bin = 0; bin < DIO_REVIEW_N_BINS; bin++) {
        sum += h->all[bin];
        g_assert_cmpfloat (dio_review_histogram_get_edge (h, bin), <,
                           dio_review_histogram_get_edge (h, bin + 1));
        g_assert_cmpuint (h->filtered[bin], <=, h->all[bin]);
      }
      g_assert_cmpuint (sum, ==, h->n_all);
    }
    g_assert_cmpuint (facets->checks_failed.filtered, >, 0);
  }
  review_desk_close (&desk);
}

static void
test_statistics (void)
{
  ReviewDesk desk;

  review_desk_open (&desk, &fixture, "ann");
  g_autoptr (DioReviewStatistics) s = dio_review_statistics_new (desk.table, NULL);
  g_assert_cmpuint (s->frames, ==, 2 * N_FRAMES);
  g_assert_cmpuint (s->objects, ==, 6 * N_FRAMES);
  g_assert_cmpuint (s->failed_frames, ==, 8);
  g_assert_cmpuint (g_array_index (s->objects_per_frame, guint64, 3), ==, 2 * N_FRAMES);
  guint64 visible = 0, heat = 0, sizes = 0;
  for (guint i = 0; i < 20; i++)
    visible += s->visibility[i];
  for (guint i = 0; i < 32 * 32; i++)
    heat += s->heat[i / 32][i % 32];
  for (guint i = 0; i < DIO_REVIEW_N_SIZE_BINS; i++)
    sizes += s->sizes[i];
  g_assert_cmpuint (visible, ==, s->objects);
  g_assert_cmpuint (heat, ==, sizes);
  g_assert_cmpuint (sizes, ==, s->small + s->medium + s->large);
  g_assert_cmpfloat (s->heat_entropy, >, 0.3);
  g_assert_cmpfloat (s->heat_entropy, <=, 1);
  /* Of a list of objects, only those. */
  const char *const one[] = { "node=shape_2", NULL };
  g_autoptr (DioReviewList) some = list (&desk, DIO_REVIEW_OBJECTS, one, NULL);
  g_autoptr (DioReviewStatistics) part = dio_review_statistics_new (desk.table, some);
  g_assert_cmpuint (part->objects, ==, 2 * N_FRAMES);
  g_assert_cmpuint (g_array_index (part->objects_per_frame, guint64, 1), ==, 2 * N_FRAMES);
  review_desk_close (&desk);
}

/* Each cell of the map gives just the objects that it counts. */
static void
test_area (void)
{
  ReviewDesk desk;
  g_autoptr (GError) error = NULL;
  g_auto (DioReviewFilter) text = { 0 };
  const double side = DIO_REVIEW_HEAT_SIDE;
  guint64 sum = 0, frames = 0;

  review_desk_open (&desk, &fixture, "ann");
  g_autoptr (DioReviewStatistics) s = dio_review_statistics_new (desk.table, NULL);
  for (guint row = 0; row < DIO_REVIEW_HEAT_SIDE; row++)
    for (guint column = 0; column < DIO_REVIEW_HEAT_SIDE; column++) {
      g_auto (DioReviewFilter) filter = { 0 };
      DioReviewArea cell = { column / side, row / side, (column + 1) / side, (row + 1) / side };
      dio_review_filter_set_area (&filter, &cell);
      g_autoptr (DioReviewList) found =
          dio_review_list_new (desk.table, desk.verdicts, DIO_REVIEW_OBJECTS, &filter, NULL);
      g_autoptr (DioReviewList) pictures =
          dio_review_list_new (desk.table, desk.verdicts, DIO_REVIEW_FRAMES, &filter, NULL);
      g_assert_cmpuint (found->n, ==, s->heat[row][column]);
      g_assert_cmpuint (pictures->n, <=, found->n);
      sum += found->n;
      frames += pictures->n;
    }
  g_assert_cmpuint (sum, ==, s->small + s->medium + s->large);
  g_assert_cmpuint (frames, >, 0);
  /* Written, and with others: the same object must meet both. */
  g_assert_true (dio_review_filter_add_text (&text, desk.table, "area=0,0,0.5,1", &error));
  g_assert_true (dio_review_filter_add_text (&text, desk.table, "node=shape_2", &error));
  g_autoptr (DioReviewList) left =
      dio_review_list_new (desk.table, desk.verdicts, DIO_REVIEW_FRAMES, &text, NULL);
  guint expected = 0;
  for (guint32 row = 0; row < dio_review_table_get_n (desk.table, DIO_REVIEW_OBJECTS); row++) {
    DioReviewObjectRow object;
    dio_review_table_get_object (desk.table, row, &object);
    expected += g_str_equal (object.node, "shape_2") && object.box.x1 > object.box.x0
                && object.box.x0 + object.box.x1 < 64;
  }
  g_assert_cmpuint (left->n, ==, expected);
  static const char *const bad[] = { "area=0,0,1", "area=0,0,2,1", "area=0.5,0,0.5,1", "area=,,,",
                                     "area=a,b,c,d" };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) refused = NULL;
    g_assert_false (dio_review_filter_add_text (&text, desk.table, bad[i], &refused));
    g_assert_error (refused, DIO_ERROR, DIO_ERROR_INVALID);
  }
  review_desk_close (&desk);
}

static void
test_item (void)
{
  ReviewDesk desk;
  g_autoptr (GError) error = NULL;

  review_desk_open (&desk, &fixture, "ann");
  for (guint32 row = 0; row < 12; row++) {
    g_auto (DioReviewItem) item = { 0 };
    DioReviewObjectRow object;
    dio_review_table_get_object (desk.table, row, &object);
    g_assert_true (dio_review_item_load (desk.reader, desk.table, DIO_REVIEW_OBJECTS, row,
                                         DIO_LOAD_MASKS, &item, &error));
    const DioDatasetCapture *capture = dio_review_item_get_capture (&item);
    g_assert_cmpstr (capture->sensor, ==, item.facts.sensor);
    g_assert_cmpuint (item.frame.index, ==, item.facts.index);
    g_assert_cmpuint (item.frame.draws->len, >, 0);
    g_assert_cmpuint (item.object_rows->len, ==, 4);
    g_assert_cmpint (g_array_index (item.object_rows, gint64, 0), ==, -1);
    gboolean found = FALSE;
    for (guint i = 1; i < 4; i++) {
      const DioDatasetAnnotation *a =
          &g_array_index (capture->annotations, DioDatasetAnnotation, i);
      if (g_array_index (item.object_rows, gint64, i) == row) {
        found = TRUE;
        g_assert_cmpint (a->id, ==, object.id);
        g_assert_cmpuint (dio_rle_count (&a->label.visible), ==, object.visible_px);
      }
    }
    g_assert_true (found);
    g_autofree char *path = dio_review_item_dup_path (&item, desk.reader, "rgb");
    g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
    g_auto (DioReviewPicture) picture = { 0 };
    g_assert_true (dio_review_picture_find (desk.reader, desk.table, DIO_REVIEW_OBJECTS, row, "rgb",
                                            &picture, &error));
    g_assert_cmpstr (picture.path, ==, path);
    g_assert_cmpuint (strlen (picture.sha256), ==, 64);
    g_auto (DioReviewPicture) none = { 0 };
    g_assert_false (dio_review_picture_find (desk.reader, desk.table, DIO_REVIEW_OBJECTS, row,
                                             "normal", &none, &error));
    g_clear_error (&error);
  }
  review_desk_close (&desk);
}

static void
test_thumbnail (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioImage) image = dio_image_new (40, 20, 3, DIO_PIXEL_U8);
  g_autofree char *path = g_build_filename (fixture.parent, "half.png", NULL);
  char hash[] = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

  for (guint i = 0; i < 40 * 20; i++)
    image->u8[i * 3] = i % 40 < 20 ? 200 : 100;
  g_autoptr (GBytes) bytes = dio_image_encode (image, DIO_IMAGE_FORMAT_PNG, NULL, &error);
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                                      (gssize) g_bytes_get_size (bytes), &error));
  DioReviewThumbnailDesc desc = { .path = path, .size_px = 2 };
  g_autoptr (DioImage) two = dio_review_thumbnail_load (&desc, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (two->width, ==, 2);
  g_assert_cmpuint (two->height, ==, 1);
  g_assert_cmpuint (two->u8[0], ==, 200);
  g_assert_cmpuint (two->u8[3], ==, 100);
  /* Never enlarged; a crop is a square with a margin, inside the picture. */
  desc.size_px = 400;
  desc.has_crop = TRUE;
  desc.crop = (DioPixelBox){ 36, 4, 40, 8 };
  DioPixelBox window = dio_review_thumbnail_get_window (&desc.crop, 40, 20);
  g_assert_cmpint (window.x1, ==, 40);
  g_assert_cmpint (window.x1 - window.x0, ==, 20);
  g_assert_cmpint (window.y1 - window.y0, ==, 20);
  g_autoptr (DioImage) crop = dio_review_thumbnail_load (&desc, &error);
  g_assert_cmpuint (crop->width, ==, 20);
  g_assert_cmpuint (crop->u8[0], ==, 100);
  /* The second time it comes from the cache, also without the file. */
  desc.sha256 = hash;
  g_autoptr (DioImage) stored = dio_review_thumbnail_load (&desc, &error);
  g_unlink (path);
  g_autoptr (DioImage) cached = dio_review_thumbnail_load (&desc, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (cached->width, ==, stored->width);
  g_assert_cmpint (abs (cached->u8[0] - 100), <, 8);
  dio_review_thumbnail_set_limit (0);
  dio_review_thumbnail_trim ();
  g_assert_null (dio_review_thumbnail_load (&desc, &error));
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  g_autofree char *home = g_dir_make_tmp ("dio-review-home-XXXXXX", NULL);

  g_setenv ("XDG_CACHE_HOME", home, TRUE);
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_test_init (&argc, &argv, NULL);
  review_fixture_init (&fixture, N_FRAMES);
  g_test_add_func ("/review/table/rows", test_rows);
  g_test_add_func ("/review/table/levels", test_levels);
  g_test_add_func ("/review/list/ranges", test_ranges);
  g_test_add_func ("/review/list/criteria", test_criteria);
  g_test_add_func ("/review/list/sort", test_sort);
  g_test_add_func ("/review/sampling/samples", test_sample);
  g_test_add_func ("/review/facets/agree-with-lists", test_facets);
  g_test_add_func ("/review/statistics/counts", test_statistics);
  g_test_add_func ("/review/table/area", test_area);
  g_test_add_func ("/review/item/loads", test_item);
  g_test_add_func ("/review/thumbnail/shrinks-and-caches", test_thumbnail);
  int status = g_test_run ();
  review_fixture_clear (&fixture);
  return status;
}
