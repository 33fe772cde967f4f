#pragma once
/* Thread: any. Mipmaps of textures whose alpha cuts or blends, made here and not by the driver: see dio-gl-mipmap.c. */

#include "dio-image.h"

#include <glib.h>

G_BEGIN_DECLS

/** Whether some texel of @image (RGBA u8) is not solid and some is not wholly clear. */
gboolean dio_gl_mipmap_needs_alpha (const DioImage *image);
/** Every level of @image (RGBA u8) down to 1 x 1, level i of sides max (side / 2^i, 1), all owned by the caller. Alpha of
 * level 0 is @image's. @srgb: colours are sRGB and are averaged in linear light. */
GPtrArray *dio_gl_mipmap_new (const DioImage *image, gboolean srgb) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
