#pragma once
/* Thread: one owner. Pictures of one model: found, decoded once, bounded. */

#include "dio-assets-gate-private.h"
#include "dio-base-diagnostic.h"
#include "dio-frame-material.h"

#include <glib.h>

G_BEGIN_DECLS

/** Longer sides are halved until they fit. */
#define DIO_TEXTURE_MAX_SIDE 8192u
/** Sum of the decoded textures of one model; beyond it textures are halved. */
#define DIO_TEXTURE_MAX_BYTES (640 * (guint64) 1024 * 1024)

typedef struct DioTextureCache DioTextureCache;

DioTextureCache *dio_texture_cache_new (DioGate *gate,
                                        DioDiagnostics *findings) G_GNUC_WARN_UNUSED_RESULT;
void dio_texture_cache_free (DioTextureCache *cache);
/** The picture that @reference of a model leads to, RGBA u8; NULL after a finding (missing-texture,
 * texture-outside, broken-texture). A reference of its own. */
DioImage *dio_texture_cache_load (DioTextureCache *cache,
                                  const char *reference) G_GNUC_WARN_UNUSED_RESULT;
/** The same from @bytes that lie in the model; @key names them. */
DioImage *dio_texture_cache_decode (DioTextureCache *cache,
                                    const char *key,
                                    GBytes *bytes) G_GNUC_WARN_UNUSED_RESULT;
/** Texture of @image; equal images and @srgb give the same texture. */
DioTexture *dio_texture_cache_wrap (DioTextureCache *cache,
                                    DioImage *image,
                                    gboolean srgb) G_GNUC_WARN_UNUSED_RESULT;

/** @image as RGBA u8: grey spread, 16 bits rounded, alpha 255 where it has none. */
DioImage *dio_image_to_rgba8 (const DioImage *image) G_GNUC_WARN_UNUSED_RESULT;
/** Half the size (rounded up) by 2x2 means of stored values. RGBA u8. */
DioImage *dio_image_halve (const DioImage *image) G_GNUC_WARN_UNUSED_RESULT;

/** How the alpha of a picture is spread. */
typedef enum {
  DIO_ALPHA_USE_NONE,   /**< all opaque */
  DIO_ALPHA_USE_BINARY, /**< nearly all values at an end: cut */
  DIO_ALPHA_USE_SOFT,
} DioAlphaUse;
DioAlphaUse dio_image_judge_alpha (const DioImage *image);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioTextureCache, dio_texture_cache_free)

G_END_DECLS
