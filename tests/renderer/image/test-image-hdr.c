#include "test-image-fixtures.h"

#include <math.h>

#define HEADER "#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n"

static GByteArray *
start (const char *text)
{
  GByteArray *out = g_byte_array_new ();
  g_byte_array_append (out, (const guint8 *) text, (guint) strlen (text));
  return out;
}

static void
put (GByteArray *out, const void *bytes, guint n)
{
  g_byte_array_append (out, bytes, n);
}

static DioImage *
decode (GByteArray *file)
{
  GError *error = NULL;
  DioImage *image = dio_image_decode (file->data, file->len, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (image->type, ==, DIO_PIXEL_F32);
  g_assert_cmpuint (image->channels, ==, 3);
  return image;
}

static void
assert_fails (GByteArray *file, DioError code)
{
  fixture_assert_fails (file->data, file->len, code);
  g_byte_array_unref (file);
}

static void
test_flat (void)
{
  g_autoptr (GByteArray) file = start (HEADER "-Y 1 +X 3\n");
  put (file,
       "\x80\x40\x20\x81"
       "\x00\x00\x00\x00"
       "\xff\x80\x01\x88",
       12);
  g_autoptr (DioImage) image = decode (file);
  static const float expected[9] = { 1, 0.5f, 0.25f, 0, 0, 0, 255, 128, 1 };
  g_assert_cmpmem (image->f32, sizeof expected, expected, sizeof expected);
}

static void
test_exposure (void)
{
  g_autoptr (GByteArray) file =
      start ("#?RGBE\nEXPOSURE=2\nEXPOSURE= 4.0\nFORMAT=32-bit_rle_rgbe\n\n-Y 1 +X 1\n");
  put (file, "\x80\x40\x20\x81", 4);
  g_autoptr (DioImage) image = decode (file);
  g_assert_cmpfloat (image->f32[0], ==, 0.125f);
}

/* 1,1,1,n twice: n repeats, then n * 256. */
static void
test_old_runs (void)
{
  g_autoptr (GByteArray) file = start (HEADER "-Y 1 +X 520\n");
  put (file,
       "\x80\x40\x20\x81"
       "\x01\x01\x01\x06"
       "\x01\x01\x01\x02"
       "\xff\x80\x01\x88",
       16);
  g_autoptr (DioImage) image = decode (file);
  g_assert_cmpfloat (image->f32[0], ==, 1);
  g_assert_cmpfloat (image->f32[518 * 3], ==, 1);
  g_assert_cmpfloat (image->f32[519 * 3], ==, 255);
}

static void
test_new_runs (void)
{
  g_autoptr (GByteArray) file = start (HEADER "-Y 2 +X 10\n");
  for (int row = 0; row < 2; row++) {
    put (file, "\x02\x02\x00\x0a", 4);
    put (file, "\x8a\x80", 2);
    put (file, "\x02\x40\x20\x88\x10", 5);
    put (file, "\x8a\x00", 2);
    put (file, "\x8a\x81", 2);
  }
  g_autoptr (DioImage) image = decode (file);
  for (int x = 0; x < 10; x++) {
    const float *p = image->f32 + (10 + x) * 3;
    g_assert_cmpfloat (p[0], ==, 1);
    g_assert_cmpfloat (p[1], ==, x == 0 ? 0.5f : x == 1 ? 0.25f : 0.125f);
    g_assert_cmpfloat (p[2], ==, 0);
  }
}

static void
test_refused (void)
{
  GByteArray *file;
  assert_fails (start ("#?RADIANCE\nFORMAT=32-bit_rle_xyze\n\n-Y 1 +X 1\nabcd"),
                DIO_ERROR_UNSUPPORTED);
  assert_fails (start (HEADER "+Y 1 +X 1\nabcd"), DIO_ERROR_UNSUPPORTED);
  assert_fails (start (HEADER "-Y 1 -X 1\nabcd"), DIO_ERROR_UNSUPPORTED);
  assert_fails (start (HEADER "-Y 0 +X 1\nabcd"), DIO_ERROR_CORRUPT);
  assert_fails (start (HEADER "-Y -1 +X 1\nabcd"), DIO_ERROR_CORRUPT);
  assert_fails (start (HEADER "-Y 20000 +X 1\nabcd"), DIO_ERROR_LIMIT);
  assert_fails (start (HEADER "-Y 99999999999999999999999 +X 99999999999999999999\n"),
                DIO_ERROR_LIMIT);
  assert_fails (start (HEADER "-Y 8000 +X 8000\nabcd"), DIO_ERROR_CORRUPT);
  assert_fails (start ("#?RADIANCE\nno end"), DIO_ERROR_CORRUPT);
  /* A repeat before the first pixel, one that leaves its row, one shifted out of all sizes. */
  file = start (HEADER "-Y 1 +X 4\n");
  put (file,
       "\x01\x01\x01\x02"
       "abcdabcd",
       12);
  assert_fails (file, DIO_ERROR_CORRUPT);
  file = start (HEADER "-Y 1 +X 4\n");
  put (file, "abcd\x01\x01\x01\xff", 8);
  assert_fails (file, DIO_ERROR_CORRUPT);
  file = start (HEADER "-Y 1 +X 4\n");
  put (file, "abcd", 4);
  for (int i = 0; i < 12; i++)
    put (file, i < 11 ? "\x01\x01\x01\x00" : "\x01\x01\x01\x01", 4);
  assert_fails (file, DIO_ERROR_CORRUPT);
  /* New form: a run over the end, a copy without bytes, a count of 0, another width. */
  file = start (HEADER "-Y 1 +X 10\n\x02\x02");
  put (file, "\x00\x0a\x8b\x80\x8a\x80\x8a\x80\x8a\x80", 10);
  assert_fails (file, DIO_ERROR_CORRUPT);
  file = start (HEADER "-Y 1 +X 10\n\x02\x02");
  put (file, "\x00\x0a\x0a\x80\x8a", 5);
  assert_fails (file, DIO_ERROR_CORRUPT);
  file = start (HEADER "-Y 1 +X 10\n\x02\x02");
  put (file, "\x00\x0a\x80\x80\x00\x80", 6);
  assert_fails (file, DIO_ERROR_CORRUPT);
  file = start (HEADER "-Y 1 +X 10\n\x02\x02");
  put (file, "\x00\x0b\x8a\x80", 4);
  assert_fails (file, DIO_ERROR_CORRUPT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/image/hdr/flat", test_flat);
  g_test_add_func ("/image/hdr/exposure", test_exposure);
  g_test_add_func ("/image/hdr/old-runs", test_old_runs);
  g_test_add_func ("/image/hdr/new-runs", test_new_runs);
  g_test_add_func ("/image/hdr/refused", test_refused);
  return g_test_run ();
}
