#define G_LOG_DOMAIN "dio-image"

#include "dio-image.h"

#define MAX_SIDE_PX 65536
#define ALIGNMENT_BYTES 64

gsize
dio_pixel_type_get_bytes (DioPixelType type)
{
  switch (type) {
  case DIO_PIXEL_U8:
    return 1;
  case DIO_PIXEL_U16:
    return 2;
  case DIO_PIXEL_F32:
    return 4;
  default:
    g_assert_not_reached ();
  }
}

DioImage *
dio_image_new (guint width, guint height, guint channels, DioPixelType type)
{
  g_assert (width >= 1 && width <= MAX_SIDE_PX);
  g_assert (height >= 1 && height <= MAX_SIDE_PX);
  g_assert (channels >= 1 && channels <= 4);

  DioImage *image = g_new0 (DioImage, 1);
  g_atomic_ref_count_init (&image->refs);
  image->width = width;
  image->height = height;
  image->channels = channels;
  image->type = type;
  image->stride_bytes = (gsize) width * channels * dio_pixel_type_get_bytes (type);
  /* At most 2^16 * 2^16 * 16 bytes: the product fits 64 bits. */
  image->data = g_aligned_alloc0 (height, image->stride_bytes, ALIGNMENT_BYTES);
  return image;
}

DioImage *
dio_image_ref (DioImage *image)
{
  g_return_val_if_fail (image != NULL, NULL);
  g_atomic_ref_count_inc (&image->refs);
  return image;
}

void
dio_image_unref (DioImage *image)
{
  if (image == NULL || !g_atomic_ref_count_dec (&image->refs))
    return;
  g_aligned_free (image->data);
  g_free (image);
}

gsize
dio_image_get_bytes (const DioImage *image)
{
  g_return_val_if_fail (image != NULL, 0);
  return image->stride_bytes * image->height;
}
