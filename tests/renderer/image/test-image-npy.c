#include "test-image-fixtures.h"

static DioImage *
decode (GBytes *bytes, GError **error)
{
  gsize size = 0;
  const void *data = g_bytes_get_data (bytes, &size);
  return dio_image_decode_npy (data, size, error);
}

static void
test_round_trip (void)
{
  for (guint channels = 1; channels <= 4; channels++)
    for (guint type = DIO_PIXEL_U8; type <= DIO_PIXEL_F32; type++) {
      g_autoptr (GError) error = NULL;
      g_autoptr (DioImage) image = fixture_new (19, 11, channels, (DioPixelType) type);
      g_autoptr (GBytes) bytes = dio_image_encode_npy (image);
      g_autoptr (DioImage) decoded = decode (bytes, &error);
      g_assert_no_error (error);
      fixture_assert_equal (image, decoded);
    }
}

static void
test_header (void)
{
  g_autoptr (DioImage) image = dio_image_new (640, 480, 1, DIO_PIXEL_F32);
  g_autoptr (GBytes) bytes = dio_image_encode_npy (image);
  const char *data = g_bytes_get_data (bytes, NULL);
  const char *expected = "{'descr': '<f4', 'fortran_order': False, 'shape': (480, 640), }";
  g_assert_cmpmem (data, 8, "\x93NUMPY\x01\x00", 8);
  g_assert_true (strncmp (data + 10, expected, strlen (expected)) == 0);
  g_assert_cmpint (data[127], ==, '\n');
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, 128 + 640 * 480 * 4);
}

static void
assert_replaced_fails (const char *what, const char *with, DioError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioImage) image = fixture_new (19, 11, 3, DIO_PIXEL_F32);
  g_autoptr (GBytes) bytes = dio_image_encode_npy (image);
  gsize size = 0;
  g_autofree char *copy = g_bytes_unref_to_data (g_steal_pointer (&bytes), &size);
  char *at = memmem (copy, size, what, strlen (what));
  g_assert_nonnull (at);
  memcpy (at, with, strlen (with));
  g_assert_null (dio_image_decode_npy (copy, size, &error));
  g_assert_error (error, DIO_ERROR, (int) code);
}

static void
test_refused (void)
{
  assert_replaced_fails ("NUMPY\x01", "NUMPY\x02", DIO_ERROR_UNSUPPORTED);
  assert_replaced_fails ("<f4", "<f8", DIO_ERROR_UNSUPPORTED);
  assert_replaced_fails ("<f4", ">f4", DIO_ERROR_UNSUPPORTED);
  assert_replaced_fails ("False", "True ", DIO_ERROR_UNSUPPORTED);
  assert_replaced_fails ("(11, 19, 3)", "(12, 19, 3)", DIO_ERROR_CORRUPT);
  assert_replaced_fails ("(11, 19, 3)", "(11, 19, 9)", DIO_ERROR_LIMIT);
  assert_replaced_fails ("(11, 19, 3)", "(99999999,9", DIO_ERROR_UNSUPPORTED);
}

static void
test_truncated (void)
{
  g_autoptr (DioImage) image = fixture_new (6, 5, 1, DIO_PIXEL_U16);
  g_autoptr (GBytes) bytes = dio_image_encode_npy (image);
  for (gsize n = 0; n < g_bytes_get_size (bytes); n++) {
    g_autoptr (GError) error = NULL;
    g_autofree void *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), n);
    g_assert_null (dio_image_decode_npy (copy, n, &error));
    g_assert_error (error, DIO_ERROR, DIO_ERROR_CORRUPT);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/image/npy/round-trip", test_round_trip);
  g_test_add_func ("/image/npy/header", test_header);
  g_test_add_func ("/image/npy/refused", test_refused);
  g_test_add_func ("/image/npy/truncated", test_truncated);
  return g_test_run ();
}
