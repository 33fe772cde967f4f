#include "test-image-fixtures.h"

#include <ImfCRgbaFile.h>

#include <glib/gstdio.h>
#include <math.h>

#define WIDTH 40
#define HEIGHT 24

static float
expected (guint x, guint y, guint c)
{
  return (float) (x + 1) * 0.25f + (float) (y * c);
}

/* Writes a picture by the library itself, its data window at (x0, y0). */
static GBytes *
write_exr (int compression, int x0, int y0, float corner)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_close (g_file_open_tmp ("test-XXXXXX.exr", &path, &error), NULL);
  g_assert_no_error (error);

  static ImfRgba pixels[HEIGHT][WIDTH];
  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = 0; x < WIDTH; x++) {
      ImfFloatToHalf (x + y == 0 ? corner : expected (x, y, 0), &pixels[y][x].r);
      ImfFloatToHalf (expected (x, y, 1), &pixels[y][x].g);
      ImfFloatToHalf (expected (x, y, 2), &pixels[y][x].b);
      ImfFloatToHalf (1, &pixels[y][x].a);
    }
  ImfHeader *header = ImfNewHeader ();
  ImfHeaderSetDataWindow (header, x0, y0, x0 + WIDTH - 1, y0 + HEIGHT - 1);
  ImfHeaderSetDisplayWindow (header, 0, 0, WIDTH - 1, HEIGHT - 1);
  ImfHeaderSetCompression (header, compression);
  ImfOutputFile *file = ImfOpenOutputFile (path, header, IMF_WRITE_RGBA);
  g_assert_nonnull (file);
  ImfRgba *base =
      (ImfRgba *) ((intptr_t) pixels - (intptr_t) sizeof (ImfRgba) * ((intptr_t) y0 * WIDTH + x0));
  g_assert_true (ImfOutputSetFrameBuffer (file, base, 1, WIDTH));
  g_assert_true (ImfOutputWritePixels (file, HEIGHT));
  ImfCloseOutputFile (file);
  ImfDeleteHeader (header);

  char *data = NULL;
  gsize size = 0;
  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  g_unlink (path);
  return g_bytes_new_take (data, size);
}

static void
assert_pixels (const DioImage *image, float tolerance)
{
  g_assert_cmpuint (image->width, ==, WIDTH);
  g_assert_cmpuint (image->height, ==, HEIGHT);
  g_assert_cmpuint (image->channels, ==, 3);
  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = 0; x < WIDTH; x++)
      for (guint c = 0; c < 3; c++) {
        float value = image->f32[(y * WIDTH + x) * 3 + c];
        g_assert_cmpfloat (fabsf (value - expected (x, y, c)), <=, tolerance);
      }
}

static void
test_compressions (void)
{
  static const int exact[] = { IMF_NO_COMPRESSION, IMF_RLE_COMPRESSION, IMF_ZIPS_COMPRESSION,
                               IMF_ZIP_COMPRESSION, IMF_PIZ_COMPRESSION };
  for (guint i = 0; i < G_N_ELEMENTS (exact); i++) {
    g_autoptr (GBytes) bytes = write_exr (exact[i], 0, 0, 0.25f);
    g_autoptr (DioImage) image = fixture_decode (bytes);
    assert_pixels (image, 0);
  }
  for (int lossy = IMF_DWAA_COMPRESSION; lossy <= IMF_DWAB_COMPRESSION; lossy++) {
    g_autoptr (GBytes) bytes = write_exr (lossy, 0, 0, 0.25f);
    g_autoptr (DioImage) image = fixture_decode (bytes);
    assert_pixels (image, 2);
  }
}

/* A data window that does not start at the origin is the picture. */
static void
test_window (void)
{
  g_autoptr (GBytes) bytes = write_exr (IMF_ZIP_COMPRESSION, -7, 100, 0.25f);
  g_autoptr (DioImage) image = fixture_decode (bytes);
  assert_pixels (image, 0);
}

static void
test_finite (void)
{
  g_autoptr (GBytes) infinite = write_exr (IMF_ZIP_COMPRESSION, 0, 0, INFINITY);
  g_autoptr (GBytes) not_a_number = write_exr (IMF_ZIP_COMPRESSION, 0, 0, NAN);
  g_autoptr (DioImage) bright = fixture_decode (infinite);
  g_autoptr (DioImage) dark = fixture_decode (not_a_number);
  g_assert_cmpfloat (bright->f32[0], ==, 65504);
  g_assert_cmpfloat (dark->f32[0], ==, 0);
}

static void
test_claimed_size (void)
{
  g_autoptr (GBytes) bytes = write_exr (IMF_ZIP_COMPRESSION, 0, 0, 1);
  gsize size = 0;
  g_autofree guint8 *copy = g_bytes_unref_to_data (g_bytes_ref (bytes), &size);
  guint8 *window = memmem (copy, size, "dataWindow\0box2i\0\x10\0\0\0", 21);
  g_assert_nonnull (window);
  memcpy (window + 21 + 8, "\xff\xff\xff\x7f\xff\xff\xff\x7f", 8);
  fixture_assert_fails (copy, size, DIO_ERROR_LIMIT);
  memcpy (window + 21 + 8, "\xff\xff\xff\xff\xff\xff\xff\xff", 8);
  fixture_assert_fails (copy, size, DIO_ERROR_CORRUPT);
}

static void
test_damage (void)
{
  g_autoptr (GBytes) bytes = write_exr (IMF_ZIP_COMPRESSION, 0, 0, 1);
  fixture_damage (bytes, 31);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/image/exr/compressions", test_compressions);
  g_test_add_func ("/image/exr/window", test_window);
  g_test_add_func ("/image/exr/finite", test_finite);
  g_test_add_func ("/image/exr/claimed-size", test_claimed_size);
  g_test_add_func ("/image/exr/damage", test_damage);
  return g_test_run ();
}
