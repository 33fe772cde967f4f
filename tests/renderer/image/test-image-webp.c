#include "test-image-fixtures.h"

static void
test_lossless (void)
{
  for (guint channels = 3; channels <= 4; channels++) {
    DioEncodeOptions options = { .quality = 100 };
    GError *error = NULL;
    g_autoptr (DioImage) image = fixture_new (37, 29, channels, DIO_PIXEL_U8);
    g_autoptr (GBytes) bytes = dio_image_encode (image, DIO_IMAGE_FORMAT_WEBP, &options, &error);
    g_assert_no_error (error);
    g_autoptr (DioImage) decoded = fixture_decode (bytes);
    fixture_assert_equal (image, decoded);
  }
}

static void
test_lossy (void)
{
  g_autoptr (DioImage) image = dio_image_new (64, 64, 3, DIO_PIXEL_U8);
  for (guint i = 0; i < 64 * 64; i++)
    memset (image->u8 + 3 * i, (int) (60 + i % 64 + i / 64), 3);
  g_autoptr (GBytes) bytes = dio_image_encode (image, DIO_IMAGE_FORMAT_WEBP, NULL, NULL);
  g_autoptr (DioImage) decoded = fixture_decode (bytes);
  for (gsize i = 0; i < dio_image_get_bytes (image); i++)
    g_assert_cmpint (ABS (image->u8[i] - decoded->u8[i]), <=, 8);
  g_assert_cmpuint (g_bytes_get_size (bytes), <, 3000);
}

static void
test_unsupported (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioImage) grey = dio_image_new (4, 4, 1, DIO_PIXEL_U8);
  g_assert_null (dio_image_encode (grey, DIO_IMAGE_FORMAT_WEBP, NULL, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_UNSUPPORTED);
}

static void
test_damage (void)
{
  g_autoptr (DioImage) image = fixture_new (30, 30, 3, DIO_PIXEL_U8);
  g_autoptr (GBytes) bytes = dio_image_encode (image, DIO_IMAGE_FORMAT_WEBP, NULL, NULL);
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  fixture_assert_fails (data, size / 2, DIO_ERROR_CORRUPT);
  fixture_assert_fails (data, 13, DIO_ERROR_CORRUPT);
  for (gsize i = 12; i < size; i += 5) {
    g_autoptr (GError) error = NULL;
    g_autofree guint8 *copy = g_memdup2 (data, size);
    copy[i] ^= 0x55;
    g_autoptr (DioImage) decoded = dio_image_decode (copy, size, NULL, &error);
    g_assert_true ((decoded != NULL) != (error != NULL));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/image/webp/lossless", test_lossless);
  g_test_add_func ("/image/webp/lossy", test_lossy);
  g_test_add_func ("/image/webp/unsupported", test_unsupported);
  g_test_add_func ("/image/webp/damage", test_damage);
  return g_test_run ();
}
