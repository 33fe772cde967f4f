#include "test-image-fixtures.h"

#include <stdio.h>

#include <jpeglib.h>

static DioImage *
smooth_new (guint channels)
{
  DioImage *image = dio_image_new (70, 50, channels, DIO_PIXEL_U8);
  for (guint y = 0; y < 50; y++)
    for (guint x = 0; x < 70; x++)
      for (guint c = 0; c < channels; c++)
        image->u8[(y * 70 + x) * channels + c] = (uint8_t) (20 + x * (c + 1) / 2 + y);
  return image;
}

static guint
worst_difference (const DioImage *a, const DioImage *b)
{
  guint worst = 0;
  g_assert_cmpuint (dio_image_get_bytes (a), ==, dio_image_get_bytes (b));
  for (gsize i = 0; i < dio_image_get_bytes (a); i++)
    worst = MAX (worst, (guint) ABS (a->u8[i] - b->u8[i]));
  return worst;
}

static void
test_round_trip (void)
{
  for (guint channels = 1; channels <= 3; channels += 2) {
    DioEncodeOptions options = { .quality = 98 };
    GError *error = NULL;
    g_autoptr (DioImage) image = smooth_new (channels);
    g_autoptr (GBytes) bytes = dio_image_encode (image, DIO_IMAGE_FORMAT_JPEG, &options, &error);
    g_assert_no_error (error);
    g_autoptr (DioImage) decoded = fixture_decode (bytes);
    g_assert_cmpuint (decoded->channels, ==, channels);
    g_assert_cmpuint (worst_difference (image, decoded), <=, 6);
  }
}

/* A flat picture of four inks; libjpeg marks it as Adobe's, whose values are light and not ink. */
static GBytes *
write_cmyk (const JSAMPLE inks[4])
{
  struct jpeg_compress_struct jpeg;
  struct jpeg_error_mgr errors;
  unsigned char *data = NULL;
  unsigned long size = 0;
  JSAMPLE row[16 * 4];
  JSAMPROW rows[1] = { row };
  for (guint i = 0; i < sizeof row; i++)
    row[i] = inks[i % 4];

  jpeg.err = jpeg_std_error (&errors);
  jpeg_create_compress (&jpeg);
  jpeg_mem_dest (&jpeg, &data, &size);
  jpeg.image_width = jpeg.image_height = 16;
  jpeg.input_components = 4;
  jpeg.in_color_space = JCS_CMYK;
  jpeg_set_defaults (&jpeg);
  jpeg_set_quality (&jpeg, 100, TRUE);
  jpeg_start_compress (&jpeg, TRUE);
  for (guint y = 0; y < 16; y++)
    jpeg_write_scanlines (&jpeg, rows, 1);
  jpeg_finish_compress (&jpeg);
  jpeg_destroy_compress (&jpeg);
  return g_bytes_new_with_free_func (data, size, free, data);
}

static void
test_cmyk (void)
{
  static const JSAMPLE inks[4] = { 255, 128, 0, 204 };
  static const int expected[3] = { 204, 102, 0 };
  g_autoptr (GBytes) bytes = write_cmyk (inks);
  g_autoptr (DioImage) image = fixture_decode (bytes);
  g_assert_cmpuint (image->channels, ==, 3);
  for (guint i = 0; i < 16 * 16 * 3; i++)
    g_assert_cmpint (ABS (image->u8[i] - expected[i % 3]), <=, 2);
}

/* One red column on grey: 4:2:0 bleeds its colour into the neighbours, 4:4:4 does not. */
static void
test_subsampling (void)
{
  g_autoptr (DioImage) image = dio_image_new (32, 32, 3, DIO_PIXEL_U8);
  memset (image->data, 128, dio_image_get_bytes (image));
  for (guint y = 0; y < 32; y++)
    memcpy (image->u8 + (y * 32 + 16) * 3, (uint8_t[]){ 255, 0, 0 }, 3);
  DioEncodeOptions full = { .quality = 100 }, half = { .quality = 100, .subsample = TRUE };
  g_autoptr (GBytes) full_bytes = dio_image_encode (image, DIO_IMAGE_FORMAT_JPEG, &full, NULL);
  g_autoptr (GBytes) half_bytes = dio_image_encode (image, DIO_IMAGE_FORMAT_JPEG, &half, NULL);
  g_autoptr (DioImage) full_image = fixture_decode (full_bytes);
  g_autoptr (DioImage) half_image = fixture_decode (half_bytes);
  g_assert_cmpuint (worst_difference (image, full_image), <=, 10);
  g_assert_cmpuint (worst_difference (image, half_image), >, 40);
}

static void
test_unsupported (void)
{
  g_autoptr (DioImage) alpha = dio_image_new (4, 4, 4, DIO_PIXEL_U8);
  g_autoptr (DioImage) deep = dio_image_new (4, 4, 3, DIO_PIXEL_U16);
  GError *error = NULL;
  g_assert_null (dio_image_encode (alpha, DIO_IMAGE_FORMAT_JPEG, NULL, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_UNSUPPORTED);
  g_clear_error (&error);
  g_assert_null (dio_image_encode (deep, DIO_IMAGE_FORMAT_JPEG, NULL, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_UNSUPPORTED);
  g_clear_error (&error);
}

/* A JPEG cut anywhere is an error, never a picture that ends in grey. */
static void
test_damage (void)
{
  g_autoptr (DioImage) image = smooth_new (3);
  g_autoptr (GBytes) bytes = dio_image_encode (image, DIO_IMAGE_FORMAT_JPEG, NULL, NULL);
  fixture_damage (bytes, 5);
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  fixture_assert_fails (data, size - 40, DIO_ERROR_CORRUPT);
}

static void
test_limit (void)
{
  g_autoptr (DioImage) image = smooth_new (1);
  g_autoptr (GBytes) bytes = dio_image_encode (image, DIO_IMAGE_FORMAT_JPEG, NULL, NULL);
  gsize size = 0;
  g_autofree guint8 *copy = g_bytes_unref_to_data (g_bytes_ref (bytes), &size);
  guint8 *frame = memmem (copy, size, "\xff\xc0", 2);
  g_assert_nonnull (frame);
  memset (frame + 5, 0xff, 4);
  fixture_assert_fails (copy, size, DIO_ERROR_LIMIT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/image/jpeg/round-trip", test_round_trip);
  g_test_add_func ("/image/jpeg/cmyk", test_cmyk);
  g_test_add_func ("/image/jpeg/subsampling", test_subsampling);
  g_test_add_func ("/image/jpeg/unsupported", test_unsupported);
  g_test_add_func ("/image/jpeg/damage", test_damage);
  g_test_add_func ("/image/jpeg/limit", test_limit);
  return g_test_run ();
}
