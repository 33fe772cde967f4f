#pragma once
/* Thread: any. One pattern = one function from a place on the tile to a colour. */

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/** The middle of a pixel. */
typedef struct {
  double u, v;  /**< 0 .. 1 across the tile, v down */
  double pixel; /**< width of a pixel in u */
  uint64_t seed;
} DioTexturePlace;

/** Writes the colour as sRGB values 0 .. 1 (held in range by the caller). Repeats in u and v after 1. */
typedef void (*DioTextureFunc) (const DioTexturePlace *place, double rgb_out[static 3]);

void dio_texture_shade_brushed_metal (const DioTexturePlace *place, double rgb_out[static 3]);
void dio_texture_shade_cardboard (const DioTexturePlace *place, double rgb_out[static 3]);
void dio_texture_shade_dark_wood (const DioTexturePlace *place, double rgb_out[static 3]);
void dio_texture_shade_fabric (const DioTexturePlace *place, double rgb_out[static 3]);
void dio_texture_shade_marble (const DioTexturePlace *place, double rgb_out[static 3]);
void dio_texture_shade_plaster (const DioTexturePlace *place, double rgb_out[static 3]);
void dio_texture_shade_wood (const DioTexturePlace *place, double rgb_out[static 3]);

void dio_texture_shade_checker (const DioTexturePlace *place, double rgb_out[static 3]);
void dio_texture_shade_dots (const DioTexturePlace *place, double rgb_out[static 3]);
void dio_texture_shade_stripes (const DioTexturePlace *place, double rgb_out[static 3]);
void dio_texture_shade_tiles (const DioTexturePlace *place, double rgb_out[static 3]);

G_END_DECLS
