#pragma once
/* Thread: any. Pictures of labels made from masks. */

#include "dio-image-codec.h"
#include "dio-image-rle.h"

G_BEGIN_DECLS

/** Sets the pixels of @mask, which has the size of @image (u8 or u16), to @value, one number a channel. */
void dio_export_paint (DioImage *image, const DioRle *mask, const guint16 *value);
/** The colour of class or object @index in the colour map of Pascal VOC. */
void dio_export_voc_color (guint index, guint8 color[3]);
/** PNG with the colour map of Pascal VOC: pixels are indices. @image is u8 with one channel. */
GBytes *dio_export_encode_palette (const DioImage *image, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
