#pragma once
/* Thread: any for different images; an image that several threads hold is not written any more. */

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

typedef enum {
  DIO_PIXEL_U8,
  DIO_PIXEL_U16,
  DIO_PIXEL_F32,
} DioPixelType;

/** A pixel buffer `[height][width][channels]`, rows top to bottom, rows tightly packed (stride = width *
 * channels * bytes per value). Reference counted; data is 64-byte aligned. What the numbers mean (linear,
 * sRGB, metres, ids) is the owner's business and stands beside every image in an API. */
typedef struct {
  gatomicrefcount refs;
  guint width, height;
  guint channels; /**< 1 .. 4 */
  DioPixelType type;
  gsize stride_bytes;
  union {
    void *data;
    uint8_t *u8;
    uint16_t *u16;
    float *f32;
  };
} DioImage;

/** Zero-filled. Width, height in 1 .. 65536; aborts on larger sizes, so callers check input first. */
DioImage *dio_image_new (guint width, guint height, guint channels, DioPixelType type)
    G_GNUC_WARN_UNUSED_RESULT;
DioImage *dio_image_ref (DioImage *image);
void dio_image_unref (DioImage *image);
gsize dio_image_get_bytes (const DioImage *image);
gsize dio_pixel_type_get_bytes (DioPixelType type);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioImage, dio_image_unref)

G_END_DECLS
