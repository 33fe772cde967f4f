#include "dio-core-error.h"
#include "dio-core-philox.h"
#include "dio-image-rle.h"

#include <glib/gstdio.h>
#include <string.h>

/** A mask of blobs and noise, the same for the same number. */
static DioImage *
make_mask (guint n)
{
  DioRandomKey key = { .seed = 11, .stream = n };
  guint width = 1 + (guint) dio_random_below (&key, 40);
  key.component = 1;
  guint height = 1 + (guint) dio_random_below (&key, 150);
  key.component = 2;
  guint64 density = dio_random_below (&key, 5);
  DioImage *mask = dio_image_new (width, height, 1, DIO_PIXEL_U8);
  for (guint i = 0; i < width * height; i++) {
    key.frame = density == 1 ? i : i / (guint) (1 + 13 * density) + 1;
    key.component = 3;
    mask->u8[i] = n == 0 ? 0 : (n == 1 ? 255 : dio_random_below (&key, 3) == 0);
  }
  return mask;
}

static void
assert_canonical (const DioRle *rle)
{
  guint64 sum = 0;
  for (guint i = 0; i < rle->n_runs; i++) {
    g_assert_true (i == 0 || rle->runs[i] > 0);
    sum += rle->runs[i];
  }
  g_assert_cmpuint (sum, ==, (guint64) rle->width * rle->height);
}

static void
assert_equal (const DioRle *a, const DioRle *b)
{
  assert_canonical (a);
  assert_canonical (b);
  g_assert_cmpuint (a->width, ==, b->width);
  g_assert_cmpuint (a->height, ==, b->height);
  g_assert_cmpmem (a->runs, a->n_runs * sizeof (uint32_t), b->runs, b->n_runs * sizeof (uint32_t));
}

/** Every string decodes to the same pixels in the reference, which writes the same string. */
static void
test_reference (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) lines = g_string_new (NULL), expected = g_string_new (NULL);
  for (guint n = 0; n < 60; n++) {
    g_autoptr (DioImage) mask = make_mask (n);
    g_auto (DioRle) rle = { 0 };
    dio_rle_from_mask (&rle, mask);
    g_autofree char *string = dio_rle_to_coco_string (&rle);
    g_string_append_printf (lines, "%u %u %s ", mask->width, mask->height, string);
    for (guint i = 0; i < mask->width * mask->height; i++)
      g_string_append_c (lines, mask->u8[i] != 0 ? '1' : '0');
    g_string_append_c (lines, '\n');
    g_string_append_printf (expected, "%s\n", string);
  }
  g_autofree char *folder = g_dir_make_tmp ("dio-rle-XXXXXX", &error);
  g_assert_no_error (error);
  g_autofree char *path = g_build_filename (folder, "masks.txt", NULL);
  g_assert_true (g_file_set_contents (path, lines->str, -1, &error));
  g_autofree char *script =
      g_test_build_filename (G_TEST_DIST, "renderer/image/rle-reference.py", NULL);
  char *arguments[] = { "/usr/bin/python3", script, path, NULL };
  g_autofree char *output = NULL;
  int status = 0;
  g_assert_true (g_spawn_sync (NULL, arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, NULL,
                               &status, &error));
  g_assert_true (g_spawn_check_wait_status (status, &error));
  g_assert_cmpstr (output, ==, expected->str);
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_round_trip (void)
{
  for (guint n = 0; n < 60; n++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (DioImage) mask = make_mask (n);
    g_auto (DioRle) rle = { 0 };
    g_auto (DioRle) again = { 0 };
    dio_rle_from_mask (&rle, mask);
    g_autoptr (DioImage) decoded = dio_rle_to_mask (&rle);
    for (guint i = 0; i < mask->width * mask->height; i++)
      g_assert_cmpuint (decoded->u8[i], ==, mask->u8[i] != 0);
    g_autoptr (GBytes) bytes = dio_rle_to_bytes (&rle);
    gsize size;
    const void *data = g_bytes_get_data (bytes, &size);
    g_assert_true (dio_rle_from_bytes (&again, data, size, mask->width, mask->height, &error));
    assert_equal (&rle, &again);
    dio_rle_clear (&again);
    g_autofree char *string = dio_rle_to_coco_string (&rle);
    g_assert_true (dio_rle_from_coco_string (&again, string, mask->width, mask->height, &error));
    assert_equal (&rle, &again);
  }
}

/** A vector made by hand from COCO's description: 2 x 4, ones at rows 1 and 2 of both columns: runs
 * 1 2 2 2 1; from the fourth run on differences: 1 2 2 0 -1. */
static void
test_known_string (void)
{
  g_autoptr (DioImage) mask = dio_image_new (2, 4, 1, DIO_PIXEL_U8);
  memset (mask->u8 + 2, 1, 4);
  g_auto (DioRle) rle = { 0 };
  dio_rle_from_mask (&rle, mask);
  g_autofree char *string = dio_rle_to_coco_string (&rle);
  g_assert_cmpstr (string, ==, "1220O");
}

static void
test_damaged (void)
{
  /* Too short, too long, a foreign character, a cut number, a negative run, a number without end. */
  static const char *const bad[] = { "1", "99", "1 2", "1k", "1O8", "oooooooooooooooooooo", "12" };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_auto (DioRle) rle = { 0 };
    g_assert_false (dio_rle_from_coco_string (&rle, bad[i], 2, 4, &error));
    g_assert_error (error, DIO_ERROR, DIO_ERROR_CORRUPT);
    g_assert_cmpuint (rle.n_runs, ==, 0);
  }
  g_autoptr (GError) error = NULL;
  g_auto (DioRle) rle = { 0 };
  g_assert_false (dio_rle_from_coco_string (&rle, "8", 70000, 70000, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_LIMIT);
  g_clear_error (&error);
  g_assert_true (dio_rle_from_coco_string (&rle, "", 2, 4, &error));
  g_assert_cmpuint (dio_rle_count (&rle), ==, 0);
  /* Zero runs inside are read and joined. */
  g_assert_true (dio_rle_from_coco_string (&rle, "1034", 2, 4, &error));
  assert_canonical (&rle);
  g_assert_cmpuint (rle.runs[0], ==, 4);
  dio_rle_clear (&rle);
}

static void
test_sets (void)
{
  for (guint n = 0; n < 40; n++) {
    g_autoptr (DioImage) first = make_mask (n);
    g_autoptr (DioImage) second = dio_image_new (first->width, first->height, 1, DIO_PIXEL_U8);
    g_autoptr (DioImage) any = dio_image_new (first->width, first->height, 1, DIO_PIXEL_U8);
    g_autoptr (DioImage) both = dio_image_new (first->width, first->height, 1, DIO_PIXEL_U8);
    guint area = first->width * first->height;
    guint64 count = 0;
    for (guint i = 0; i < area; i++) {
      second->u8[i] = first->u8[(i * 7 + n) % area] != 0;
      any->u8[i] = first->u8[i] != 0 || second->u8[i] != 0;
      both->u8[i] = first->u8[i] != 0 && second->u8[i] != 0;
      count += both->u8[i];
    }
    g_auto (DioRle) a = { 0 };
    g_auto (DioRle) b = { 0 };
    g_auto (DioRle) expected = { 0 };
    g_auto (DioRle) got = { 0 };
    dio_rle_from_mask (&a, first);
    dio_rle_from_mask (&b, second);
    dio_rle_from_mask (&expected, any);
    dio_rle_union (&got, &a, &b);
    assert_equal (&got, &expected);
    g_assert_true (dio_rle_contains (&got, &a));
    g_assert_cmpint (dio_rle_contains (&a, &got), ==, dio_rle_count (&a) == dio_rle_count (&got));
    dio_rle_clear (&got);
    dio_rle_clear (&expected);
    dio_rle_from_mask (&expected, both);
    dio_rle_intersect (&got, &a, &b);
    assert_equal (&got, &expected);
    g_assert_cmpuint (dio_rle_count_intersection (&a, &b), ==, count);
  }
}

static void
test_box_and_crop (void)
{
  for (guint n = 0; n < 40; n++) {
    g_autoptr (DioImage) mask = make_mask (n);
    g_auto (DioRle) rle = { 0 };
    g_auto (DioRle) cropped = { 0 };
    g_auto (DioRle) expected = { 0 };
    int width = (int) mask->width, height = (int) mask->height;
    DioPixelBox truth = { width, height, 0, 0 };
    for (int i = 0; i < width * height; i++) {
      if (mask->u8[i] == 0)
        continue;
      truth.x0 = MIN (truth.x0, i % width);
      truth.y0 = MIN (truth.y0, i / width);
      truth.x1 = MAX (truth.x1, i % width + 1);
      truth.y1 = MAX (truth.y1, i / width + 1);
    }
    if (truth.x1 == 0)
      truth = (DioPixelBox){ 0, 0, 0, 0 };
    dio_rle_from_mask (&rle, mask);
    DioPixelBox box = dio_rle_box (&rle);
    g_assert_cmpmem (&box, sizeof box, &truth, sizeof truth);
    DioPixelBox window = { width / 3, height / 4, MAX (width * 2 / 3, width / 3 + 1),
                           MAX (height * 3 / 4, height / 4 + 1) };
    g_autoptr (DioImage) part = dio_image_new ((guint) (window.x1 - window.x0),
                                               (guint) (window.y1 - window.y0), 1, DIO_PIXEL_U8);
    for (guint y = 0; y < part->height; y++)
      memcpy (part->u8 + y * part->width, mask->u8 + (window.y0 + (int) y) * width + window.x0,
              part->width);
    dio_rle_crop (&cropped, &rle, &window);
    dio_rle_from_mask (&expected, part);
    assert_equal (&cropped, &expected);
  }
}

/** Bit planes of a window, 64 columns to a word, give the mask that the pixels give. */
static void
test_bits (void)
{
  const guint width = 211, height = 37;
  const DioPixelBox window = { 5, 3, 5 + 170, 35 };
  g_autoptr (DioImage) mask = dio_image_new (width, height, 1, DIO_PIXEL_U8);
  g_autofree uint64_t *words = g_new0 (uint64_t, 3 * 32);
  for (int y = window.y0; y < window.y1; y++)
    for (int x = window.x0; x < window.x1; x++) {
      DioRandomKey key = { .frame = (uint32_t) (x / 5), .component = (uint32_t) (y / 3) };
      if (dio_random_below (&key, 2) == 0)
        continue;
      mask->u8[y * (int) width + x] = 1;
      words[(y - window.y0) * 3 + (x - window.x0) / 64] |= UINT64_C (1) << ((x - window.x0) % 64);
    }
  /* Bits beyond the window do not count. */
  words[2] |= UINT64_MAX << (170 % 64);
  g_auto (DioRle) expected = { 0 };
  g_auto (DioRle) got = { 0 };
  DioRleBits bits = { window, 3, words };
  dio_rle_from_mask (&expected, mask);
  dio_rle_from_bits (&got, width, height, &bits);
  assert_equal (&got, &expected);
  g_assert_cmpuint (dio_rle_count (&got), >, 1000);
}

static guint
fill_part (const DioImage *mask, uint8_t *seen, int x, int y)
{
  int width = (int) mask->width, height = (int) mask->height;
  if (x < 0 || y < 0 || x >= width || y >= height || mask->u8[y * width + x] == 0
      || seen[y * width + x] != 0)
    return 0;
  seen[y * width + x] = 1;
  guint size = 1;
  for (int k = 0; k < 9; k++)
    size += fill_part (mask, seen, x + k % 3 - 1, y + k / 3 - 1);
  return size;
}

static void
test_parts (void)
{
  for (guint n = 0; n < 60; n++) {
    g_autoptr (DioImage) mask = make_mask (n);
    g_autofree uint8_t *seen = g_new0 (uint8_t, mask->width * mask->height);
    guint expected = 0, largest = 0, parts = 0;
    for (guint i = 0; i < mask->width * mask->height; i++) {
      guint size = fill_part (mask, seen, (int) (i % mask->width), (int) (i / mask->width));
      expected += size > 0;
      largest = MAX (largest, size);
    }
    guint64 largest_px = 0;
    g_auto (DioRle) rle = { 0 };
    dio_rle_from_mask (&rle, mask);
    dio_rle_parts (&rle, &parts, &largest_px);
    g_assert_cmpuint (parts, ==, expected);
    g_assert_cmpuint (largest_px, ==, largest);
  }
}

static void
fill_rect (DioImage *mask, const DioPixelBox *box)
{
  for (int y = box->y0; y < box->y1; y++)
    memset (mask->u8 + y * (int) mask->width + box->x0, 1, (gsize) (box->x1 - box->x0));
}

/** A body of 1000 px: parts of 2 px go by the 3 px rule, of 4 px by the 0.5 % rule, of 6 px stay. */
static void
test_specks (void)
{
  g_autoptr (DioImage) mask = dio_image_new (100, 100, 1, DIO_PIXEL_U8);
  fill_rect (mask, &(DioPixelBox){ 10, 10, 50, 35 });
  fill_rect (mask, &(DioPixelBox){ 60, 10, 66, 11 });
  g_auto (DioRle) kept = { 0 };
  g_auto (DioRle) rle = { 0 };
  g_auto (DioRle) out = { 0 };
  dio_rle_from_mask (&kept, mask);
  fill_rect (mask, &(DioPixelBox){ 60, 20, 64, 21 });
  fill_rect (mask, &(DioPixelBox){ 70, 20, 71, 22 });
  dio_rle_from_mask (&rle, mask);
  dio_rle_without_specks (&out, &rle);
  assert_equal (&out, &kept);
}

/** Seen through leaves: where specks are more than a tenth, none is removed. */
static void
test_many_specks_stay (void)
{
  g_autoptr (DioImage) mask = dio_image_new (100, 100, 1, DIO_PIXEL_U8);
  fill_rect (mask, &(DioPixelBox){ 0, 0, 10, 9 });
  for (int i = 0; i < 11; i++)
    fill_rect (mask, &(DioPixelBox){ 2 * i, 50, 2 * i + 1, 51 });
  g_auto (DioRle) rle = { 0 };
  g_auto (DioRle) out = { 0 };
  dio_rle_from_mask (&rle, mask);
  dio_rle_without_specks (&out, &rle);
  assert_equal (&out, &rle);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/image/rle/reference", test_reference);
  g_test_add_func ("/image/rle/round-trip", test_round_trip);
  g_test_add_func ("/image/rle/known-string", test_known_string);
  g_test_add_func ("/image/rle/damaged", test_damaged);
  g_test_add_func ("/image/rle/sets", test_sets);
  g_test_add_func ("/image/rle/box-and-crop", test_box_and_crop);
  g_test_add_func ("/image/rle/bits", test_bits);
  g_test_add_func ("/image/rle/parts", test_parts);
  g_test_add_func ("/image/rle/specks", test_specks);
  g_test_add_func ("/image/rle/many-specks-stay", test_many_specks_stay);
  return g_test_run ();
}
