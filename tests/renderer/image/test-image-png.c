#include "test-image-fixtures.h"

#include <png.h>

static GBytes *
encode (const DioImage *image, const DioEncodeOptions *options)
{
  GError *error = NULL;
  GBytes *bytes = dio_image_encode (image, DIO_IMAGE_FORMAT_PNG, options, &error);
  g_assert_no_error (error);
  return bytes;
}

static gboolean
contains (GBytes *bytes, const char *what)
{
  gsize size = 0;
  const char *data = g_bytes_get_data (bytes, &size);
  return memmem (data, size, what, strlen (what)) != NULL;
}

static void
test_round_trip (void)
{
  for (guint channels = 1; channels <= 4; channels++)
    for (guint type = DIO_PIXEL_U8; type <= DIO_PIXEL_U16; type++)
      for (int level = 0; level <= 9; level += 3) {
        DioEncodeOptions options = { .compression = level };
        g_autoptr (DioImage) image = fixture_new (61, 33, channels, (DioPixelType) type);
        g_autoptr (GBytes) bytes = encode (image, &options);
        g_autoptr (GBytes) again = encode (image, &options);
        g_autoptr (DioImage) decoded = fixture_decode (bytes);
        fixture_assert_equal (image, decoded);
        g_assert_true (g_bytes_equal (bytes, again));
      }
}

static void
test_chunks (void)
{
  static const char *const text[] = { "Software", "test", "Comment", "two words", NULL };
  DioEncodeOptions color = { .srgb = TRUE, .text = text };
  g_autoptr (DioImage) image = fixture_new (5, 5, 3, DIO_PIXEL_U8);
  g_autoptr (GBytes) label = encode (image, NULL);
  g_autoptr (GBytes) picture = encode (image, &color);

  g_assert_false (contains (label, "gAMA") || contains (label, "sRGB") || contains (label, "tEXt"));
  g_assert_false (contains (picture, "gAMA"));
  g_assert_true (contains (picture, "sRGB") && contains (picture, "tEXt"));
  g_assert_true (contains (picture, "two words"));
}

static void
test_float_refused (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioImage) image = dio_image_new (2, 2, 1, DIO_PIXEL_F32);
  g_assert_null (dio_image_encode (image, DIO_IMAGE_FORMAT_PNG, NULL, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_UNSUPPORTED);
}

static void
append_cb (png_structp png, png_bytep bytes, size_t n)
{
  g_byte_array_append (png_get_io_ptr (png), bytes, (guint) n);
}

static void
flush_cb (png_structp png)
{
}

/* 9 x 9 pixels of 4 bits in @type, pixel (x, y) = (x + y) % 4; with a palette and a transparent entry
 * where the type has one. The encoder of Diorama writes none of these forms. */
static GBytes *
write_rare (int type, int interlace)
{
  static const png_color palette[4] = {
    { 1, 2, 3 }, { 40, 50, 60 }, { 7, 8, 9 }, { 255, 254, 253 }
  };
  static const png_byte alpha[2] = { 255, 17 };
  png_byte rows[9][5] = { 0 };
  png_bytep pointers[9];
  for (guint y = 0; y < 9; y++) {
    pointers[y] = rows[y];
    for (guint x = 0; x < 9; x++)
      rows[y][x / 2] |= (png_byte) (((x + y) % 4) << (x % 2 == 0 ? 4 : 0));
  }

  GByteArray *out = g_byte_array_new ();
  png_structp png = png_create_write_struct (PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
  png_infop info = png_create_info_struct (png);
  png_set_write_fn (png, out, append_cb, flush_cb);
  png_set_IHDR (png, info, 9, 9, 4, type, interlace, PNG_COMPRESSION_TYPE_DEFAULT,
                PNG_FILTER_TYPE_DEFAULT);
  if (type == PNG_COLOR_TYPE_PALETTE) {
    png_set_PLTE (png, info, palette, 4);
    png_set_tRNS (png, info, alpha, 2, NULL);
  }
  png_write_info (png, info);
  png_write_image (png, pointers);
  png_write_end (png, info);
  png_destroy_write_struct (&png, &info);
  return g_byte_array_free_to_bytes (out);
}

static void
test_palette_and_interlace (void)
{
  static const uint8_t colors[4][4] = {
    { 1, 2, 3, 255 }, { 40, 50, 60, 17 }, { 7, 8, 9, 255 }, { 255, 254, 253, 255 }
  };
  for (int interlace = PNG_INTERLACE_NONE; interlace <= PNG_INTERLACE_ADAM7; interlace++) {
    g_autoptr (GBytes) indexed = write_rare (PNG_COLOR_TYPE_PALETTE, interlace);
    g_autoptr (GBytes) grey = write_rare (PNG_COLOR_TYPE_GRAY, interlace);
    g_autoptr (DioImage) color_image = fixture_decode (indexed);
    g_autoptr (DioImage) grey_image = fixture_decode (grey);
    g_assert_cmpuint (color_image->channels, ==, 4);
    g_assert_cmpuint (grey_image->channels, ==, 1);
    for (guint i = 0; i < 81; i++) {
      guint index = (i % 9 + i / 9) % 4;
      g_assert_cmpmem (color_image->u8 + 4 * i, 4, colors[index], 4);
      g_assert_cmpuint (grey_image->u8[i], ==, index * 17);
    }
    fixture_damage (indexed, 1);
  }
}

static void
test_damage (void)
{
  g_autoptr (DioImage) image = fixture_new (40, 30, 3, DIO_PIXEL_U8);
  g_autoptr (GBytes) bytes = encode (image, NULL);
  fixture_damage (bytes, 7);
}

/* A header alone that claims a huge picture: refused before memory is taken. */
static void
test_bombs (void)
{
  static const guint32 sides[][2] = {
    { 20000, 20000 }, { 0x80000000u, 0x80000000u }, { 0x7fffffffu, 1 }, { 16384, 16384 }
  };
  g_autoptr (DioImage) image = dio_image_new (1, 1, 1, DIO_PIXEL_U8);
  g_autoptr (GBytes) bytes = encode (image, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (sides); i++) {
    gsize size = 0;
    g_autofree guint8 *copy = g_bytes_unref_to_data (g_bytes_ref (bytes), &size);
    guint32 w = GUINT32_TO_BE (sides[i][0]), h = GUINT32_TO_BE (sides[i][1]);
    memcpy (copy + 16, &w, 4);
    memcpy (copy + 20, &h, 4);
    gint64 start = g_get_monotonic_time ();
    fixture_assert_fails (copy, size, DIO_ERROR_LIMIT);
    g_assert_cmpint (g_get_monotonic_time () - start, <, G_USEC_PER_SEC / 2);
  }
}

static void
test_own_limits (void)
{
  DioImageLimits by_side = { .max_side_px = 60 }, by_area = { .max_pixels = 61 * 33 - 1 };
  DioImageLimits fits = { .max_side_px = 61, .max_pixels = 61 * 33 };
  g_autoptr (DioImage) image = fixture_new (61, 33, 1, DIO_PIXEL_U8);
  g_autoptr (GBytes) bytes = encode (image, NULL);
  gsize size = 0;
  const void *data = g_bytes_get_data (bytes, &size);
  GError *error = NULL;

  g_assert_null (dio_image_decode (data, size, &by_side, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_LIMIT);
  g_clear_error (&error);
  g_assert_null (dio_image_decode (data, size, &by_area, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_LIMIT);
  g_clear_error (&error);
  g_autoptr (DioImage) decoded = dio_image_decode (data, size, &fits, &error);
  g_assert_no_error (error);
  fixture_assert_equal (image, decoded);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/image/png/round-trip", test_round_trip);
  g_test_add_func ("/image/png/chunks", test_chunks);
  g_test_add_func ("/image/png/float-refused", test_float_refused);
  g_test_add_func ("/image/png/palette-and-interlace", test_palette_and_interlace);
  g_test_add_func ("/image/png/damage", test_damage);
  g_test_add_func ("/image/png/bombs", test_bombs);
  g_test_add_func ("/image/png/own-limits", test_own_limits);
  return g_test_run ();
}
