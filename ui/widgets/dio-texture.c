#define G_LOG_DOMAIN "dio-widgets"

#include "dio-texture.h"

static GdkTexture *
wrap (DioImage *image, GdkMemoryFormat format)
{
  /* The texture borrows the pixels; the bytes hold the image. */
  g_autoptr (GBytes) bytes =
      g_bytes_new_with_free_func (image->data, dio_image_get_bytes (image),
                                  (GDestroyNotify) dio_image_unref, dio_image_ref (image));
  return gdk_memory_texture_new ((int) image->width, (int) image->height, format, bytes,
                                 image->stride_bytes);
}

GdkTexture *
dio_texture_new (DioImage *image)
{
  g_return_val_if_fail (image != NULL && image->type == DIO_PIXEL_U8, NULL);
  g_return_val_if_fail (image->channels >= 3, NULL);
  return wrap (image, image->channels == 3 ? GDK_MEMORY_R8G8B8 : GDK_MEMORY_R8G8B8A8);
}

GdkTexture *
dio_texture_new_premultiplied (DioImage *image)
{
  g_return_val_if_fail (image != NULL && image->type == DIO_PIXEL_U8, NULL);
  g_return_val_if_fail (image->channels == 4, NULL);
  return wrap (image, GDK_MEMORY_R8G8B8A8_PREMULTIPLIED);
}
