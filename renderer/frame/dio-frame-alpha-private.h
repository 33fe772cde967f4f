#pragma once
/* Thread: any. Where the alpha of a texture is the same over a block of texels. */

#include "dio-frame-material.h"

G_BEGIN_DECLS

/** Side of a block in texels. */
#define DIO_ALPHA_BLOCK_PX 4u

/** What is known of a bilinear mean whose first texel lies in the block. */
enum {
  DIO_ALPHA_BLOCK_MIXED, /**< nothing */
  DIO_ALPHA_BLOCK_EMPTY, /**< it is 0 */
  DIO_ALPHA_BLOCK_FULL,  /**< it is 255 */
};

static inline guint
dio_alpha_block_columns (const DioImage *image)
{
  return (image->width + DIO_ALPHA_BLOCK_PX - 1) / DIO_ALPHA_BLOCK_PX;
}

/** (transfer none): [rows][columns], judged when first asked for. */
const uint8_t *dio_texture_get_alpha_blocks (DioTexture *texture);

G_END_DECLS
