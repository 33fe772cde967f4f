#pragma once
/* Thread: any, one row struct per thread. One pattern = one function from a row of the tile to colours. */

#include "dio-parametric-noise-private.h"

#include <glib.h>

G_BEGIN_DECLS

#define DIO_TEXTURE_MAX_LAYERS 12
#define DIO_TEXTURE_MAX_TILES 3
/** Side of the tiles in `tiles`. */
#define DIO_TEXTURE_TILE_PX 256u

/** A row of pixels, and the memory that a pattern may use while the picture is made. */
typedef struct {
  guint size_px;
  float pixel; /**< width of a pixel; the tile is 1 wide */
  double v;    /**< 0 .. 1 down the tile, at the middle of the row */
  guint64 seed;
  float *u;                              /**< [size_px] middles of the pixels, 0 .. 1 */
  float *layers[DIO_TEXTURE_MAX_LAYERS]; /**< [size_px] each, or NULL */
  float *tiles[DIO_TEXTURE_MAX_TILES];   /**< noise for bent coordinates, or NULL */
} DioTextureRow;

/** Writes [size_px] colours as sRGB values 0 .. 1 (held in range by the caller). The pattern repeats in u and
 * v after 1. */
typedef void (*DioTextureFunc) (DioTextureRow *row, float (*rgb)[3]);

/** Frees what the row holds. */
void dio_texture_row_clear (DioTextureRow *row);

/** Layer @index filled with noise over the whole row; @noise covers the tile, so y is v * period_y. */
const float *dio_texture_fill_layer (DioTextureRow *row,
                                     guint index,
                                     const DioNoise *noise,
                                     guint n_octaves);
/** The same at a y of the caller's choice. */
const float *dio_texture_fill_layer_at (
    DioTextureRow *row, guint index, const DioNoise *noise, guint n_octaves, double y);
/** Tile @index, made at its first use. */
const float *dio_texture_get_tile (DioTextureRow *row,
                                   guint index,
                                   const DioNoise *noise,
                                   guint n_octaves);

void dio_texture_shade_dark_wood (DioTextureRow *row, float (*rgb)[3]);
void dio_texture_shade_marble (DioTextureRow *row, float (*rgb)[3]);
void dio_texture_shade_plaster (DioTextureRow *row, float (*rgb)[3]);
void dio_texture_shade_wood (DioTextureRow *row, float (*rgb)[3]);
/* Boards of 1.5 m without a repeat along them, with knots: tiles of 1.5 m. */
void dio_texture_shade_oak_planks (DioTextureRow *row, float (*rgb)[3]);
void dio_texture_shade_walnut_planks (DioTextureRow *row, float (*rgb)[3]);
void dio_texture_shade_pine_planks (DioTextureRow *row, float (*rgb)[3]);

void dio_texture_shade_checker (DioTextureRow *row, float (*rgb)[3]);
void dio_texture_shade_dots (DioTextureRow *row, float (*rgb)[3]);
void dio_texture_shade_stripes (DioTextureRow *row, float (*rgb)[3]);
void dio_texture_shade_octagons (DioTextureRow *row, float (*rgb)[3]);

G_END_DECLS
