#include "dio-image.h"

static void
test_layout (void)
{
  static const struct {
    DioPixelType type;
    gsize bytes;
  } types[] = { { DIO_PIXEL_U8, 1 }, { DIO_PIXEL_U16, 2 }, { DIO_PIXEL_F32, 4 } };

  for (guint t = 0; t < G_N_ELEMENTS (types); t++)
    for (guint channels = 1; channels <= 4; channels++) {
      g_autoptr (DioImage) image = dio_image_new (13, 7, channels, types[t].type);
      g_assert_cmpuint (dio_pixel_type_get_bytes (types[t].type), ==, types[t].bytes);
      g_assert_cmpuint (image->stride_bytes, ==, 13 * channels * types[t].bytes);
      g_assert_cmpuint (dio_image_get_bytes (image), ==, 7 * image->stride_bytes);
      g_assert_cmpuint ((guintptr) image->data % 64, ==, 0);
      for (gsize i = 0; i < dio_image_get_bytes (image); i++)
        g_assert_cmpuint (image->u8[i], ==, 0);
    }
}

static void
test_references (void)
{
  DioImage *image = dio_image_new (2, 2, 1, DIO_PIXEL_U8);
  g_assert_true (dio_image_ref (image) == image);
  dio_image_unref (image);
  image->u8[3] = 9;
  dio_image_unref (image);
  dio_image_unref (NULL);
}

/* 65536 pixels a side are within the rule; a strip shows that products do not wrap. */
static void
test_longest_side (void)
{
  g_autoptr (DioImage) image = dio_image_new (65536, 3, 4, DIO_PIXEL_F32);
  g_assert_cmpuint (dio_image_get_bytes (image), ==, 65536ul * 3 * 16);
}

static void
test_too_large_aborts (void)
{
  if (g_test_subprocess ()) {
    dio_image_unref (dio_image_new (65537, 1, 1, DIO_PIXEL_U8));
    return;
  }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/image/image/layout", test_layout);
  g_test_add_func ("/image/image/references", test_references);
  g_test_add_func ("/image/image/longest-side", test_longest_side);
  g_test_add_func ("/image/image/too-large-aborts", test_too_large_aborts);
  return g_test_run ();
}
