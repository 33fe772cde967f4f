#include "test-image-fixtures.h"

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
  g_test_add_func ("/image/png/damage", test_damage);
  g_test_add_func ("/image/png/bombs", test_bombs);
  g_test_add_func ("/image/png/own-limits", test_own_limits);
  return g_test_run ();
}
