#pragma once
/* Thread: any. From DioImage to what GTK draws. */

#include "dio-image.h"

#include <gdk/gdk.h>

G_BEGIN_DECLS

/** A texture over the pixels of @image (u8 sRGB x3, or x4 straight alpha) without a copy; holds a reference, so the image is not written any more. */
GdkTexture *dio_texture_new (DioImage *image) G_GNUC_WARN_UNUSED_RESULT;
/** The same for u8 x4 whose colours were multiplied by alpha. */
GdkTexture *dio_texture_new_premultiplied (DioImage *image) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
