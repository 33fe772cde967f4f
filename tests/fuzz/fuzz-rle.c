/* COCO strings: what reads back writes the same canonical string and survives every operation on masks. */

#include "dio-image-rle.h"
#include "fuzz-target.h"

#include <string.h>

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_auto (DioRle) rle = { 0 };
  if (!dio_rle_from_bytes (&rle, data, size, 23, 17, NULL))
    return 0;
  g_autoptr (DioImage) mask = dio_rle_to_mask (&rle);
  g_auto (DioRle) again = { 0 };
  dio_rle_from_mask (&again, mask);
  g_assert_cmpuint (dio_rle_count (&again), ==, dio_rle_count (&rle));
  g_auto (DioRle) clean = { 0 };
  dio_rle_without_specks (&clean, &rle);
  g_assert_true (dio_rle_contains (&rle, &clean));
  DioPixelBox box = dio_rle_box (&rle);
  g_assert_true (box.x0 >= 0 && box.x1 <= 23 && box.y0 >= 0 && box.y1 <= 17);
  return 0;
}

GBytes *
dio_fuzz_make_seed (guint index)
{
  if (index > 2)
    return NULL;
  g_autoptr (DioImage) mask = dio_image_new (23, 17, 1, DIO_PIXEL_U8);
  for (guint i = 0; i < 23 * 17; i++)
    mask->u8[i] = index == 0 ? i % 5 == 0 : index == 1 ? i > 60 && i < 200 : 0;
  g_auto (DioRle) rle = { 0 };
  dio_rle_from_mask (&rle, mask);
  return dio_rle_to_bytes (&rle);
}
