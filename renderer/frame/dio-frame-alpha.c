#define G_LOG_DOMAIN "dio-frame"

#include "dio-frame-alpha-private.h"

/* Most of a picture of leaves or wires is either wholly there or wholly not. One byte for a block of texels says so, and
 * is in the processor's cache where the texels themselves are not. */

/* The one alpha of the texels of a block and of those beyond it that its last ones are mixed with. Past the border of
 * the picture that is the first or the last texel, whatever the wrapping. */
static uint8_t
judge_block (const DioImage *image, guint x0, guint y0)
{
  guint x1 = MIN (x0 + DIO_ALPHA_BLOCK_PX, image->width),
        y1 = MIN (y0 + DIO_ALPHA_BLOCK_PX, image->height);
  const uint8_t *first = image->u8 + ((gsize) y0 * image->width + x0) * 4 + 3;
  for (guint y = y0; y <= y1; y++)
    for (guint x = x0; x <= x1; x++) {
      gsize row = y < image->height ? y : 0, column = x < image->width ? x : 0;
      if (image->u8[(row * image->width + column) * 4 + 3] != *first)
        return DIO_ALPHA_BLOCK_MIXED;
    }
  return *first == 255 ? DIO_ALPHA_BLOCK_FULL
         : *first == 0 ? DIO_ALPHA_BLOCK_EMPTY
                       : DIO_ALPHA_BLOCK_MIXED;
}

static uint8_t *
judge_blocks (const DioImage *image)
{
  guint columns = dio_alpha_block_columns (image);
  guint rows = (image->height + DIO_ALPHA_BLOCK_PX - 1) / DIO_ALPHA_BLOCK_PX;
  uint8_t *blocks = g_malloc ((gsize) columns * rows);
  for (guint row = 0; row < rows; row++)
    for (guint column = 0; column < columns; column++)
      blocks[(gsize) row * columns + column] =
          judge_block (image, column * DIO_ALPHA_BLOCK_PX, row * DIO_ALPHA_BLOCK_PX);
  return blocks;
}

const uint8_t *
dio_texture_get_alpha_blocks (DioTexture *texture)
{
  uint8_t *known = g_atomic_pointer_get (&texture->alpha_blocks);
  if (known != NULL)
    return known;
  uint8_t *made = judge_blocks (texture->image);
  if (g_atomic_pointer_compare_and_exchange (&texture->alpha_blocks, NULL, made))
    return made;
  /* Another thread was quicker. */
  g_free (made);
  return g_atomic_pointer_get (&texture->alpha_blocks);
}
