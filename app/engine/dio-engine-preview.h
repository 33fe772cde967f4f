#pragma once
/* Thread: one; opens a GL context of its own. Pictures of single assets: thumbnails and `import --preview`. */

#include "dio-frame-model.h"
#include "dio-image.h"

G_BEGIN_DECLS

/** The model from its front right, on a grey ground in studio light: u8 RGB, sRGB. */
DioImage *dio_engine_preview_model (DioModel *model,
                                    guint width_px,
                                    guint height_px,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** A texture (RGBA u8, over grey squares) or environment (f32, exposed to its mean) scaled to @width_px. */
DioImage *dio_engine_preview_image (const DioImage *image,
                                    guint width_px) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
