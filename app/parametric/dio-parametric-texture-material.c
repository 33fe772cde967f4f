#define G_LOG_DOMAIN "dio-parametric"

/* Patterns of materials: layers of noise that follow how the thing grew or was made. Every noise repeats
 * after the tile, and coordinates are bent only by fields that repeat: so the whole repeats. */

#include "dio-parametric-noise-private.h"
#include "dio-parametric-texture-private.h"

#include <math.h>

static double
square (double x)
{
  return x * x;
}

/* Boards side by side along u, each cut from another log. */
#define BOARDS 4

typedef struct {
  double early[3], late[3]; /* colour of soft and of hard wood in a year */
  double pores;             /* strength of the dark pores */
} WoodLook;

/* The year lines of a flat-sawn board are the contours of a slow hill: arches that run along the board. */
static double
get_year (const DioTexturePlace *place, uint32_t board, double across)
{
  const DioNoise hill = { 1, 8, place->seed * 31 + board * 977 + 1 };
  const DioNoise ripple = { 3, 64, place->seed * 31 + board * 977 + 2 };
  double middle = 0.2 + 0.6 * dio_noise_uniform (place->seed + 5, board, 0);
  double height = 5 * square (across - middle) + 0.9 * (across - middle);
  height += 0.75 * dio_noise_fractal (&hill, place->u, across * 0.8, 2);
  height += 0.10 * dio_noise_fractal (&ripple, place->u * 3, across * 4, 3);
  return 5.5 * height;
}

static void
shade_wood (const DioTexturePlace *place, const WoodLook *look, double rgb_out[static 3])
{
  double y = place->v * BOARDS;
  uint32_t board = (uint32_t) y;
  double across = y - board;
  const DioNoise fibre = { 10, 360, place->seed ^ 0xF1B };
  const DioNoise pore = { 36, 512, place->seed ^ 0x9078 };
  const DioNoise cloud = { 2, 8, place->seed ^ 0xC10D };

  double year = get_year (place, board, across);
  double season = year - floor (year);
  /* Growth darkens slowly through the summer and starts anew at once. */
  double late = square (season) * (1 - dio_smoothstep (0.86, 1, season));
  double fine = dio_noise_fractal (&fibre, place->u * 10, place->v * 360, 2);
  double blotch = dio_noise_fractal (&cloud, place->u * 2, place->v * 8, 3);
  double dark = dio_noise_gradient (&pore, place->u * 36, place->v * 512);
  double tone = 1 + 0.10 * (dio_noise_uniform (place->seed + 9, board, 1) - 0.5);
  tone += 0.045 * fine + 0.05 * blotch;
  tone -= look->pores * dio_smoothstep (0.35, 0.75, dark);
  double seam = MIN (across, 1 - across) / BOARDS;
  tone *= 1 - 0.45 * (1 - dio_smoothstep (0.0003, 0.0003 + 1.5 * place->pixel, seam));
  for (int c = 0; c < 3; c++)
    rgb_out[c] = tone * dio_mix (look->early[c], look->late[c], 0.15 + 0.75 * late);
}

void
dio_texture_shade_wood (const DioTexturePlace *place, double rgb_out[static 3])
{
  static const WoodLook oak = { .early = { 0.80, 0.64, 0.45 },
                                .late = { 0.62, 0.43, 0.26 },
                                .pores = 0.16 };
  shade_wood (place, &oak, rgb_out);
}

void
dio_texture_shade_dark_wood (const DioTexturePlace *place, double rgb_out[static 3])
{
  static const WoodLook walnut = { .early = { 0.42, 0.28, 0.19 },
                                   .late = { 0.22, 0.13, 0.085 },
                                   .pores = 0.20 };
  shade_wood (place, &walnut, rgb_out);
}

/* A line where the field is zero: 1 on it, falling off within @width of the field. */
static double
get_vein (double field, double width)
{
  return square (1 - MIN (1, fabs (field) / width));
}

void
dio_texture_shade_marble (const DioTexturePlace *place, double rgb_out[static 3])
{
  const DioNoise bend_u = { 3, 3, place->seed ^ 0xA1 }, bend_v = { 3, 3, place->seed ^ 0xA2 };
  const DioNoise bold = { 2, 2, place->seed ^ 0xA3 }, fine = { 5, 5, place->seed ^ 0xA4 };
  const DioNoise cloud = { 2, 2, place->seed ^ 0xA5 };
  double du = 0.16 * dio_noise_fractal (&bend_u, place->u * 3, place->v * 3, 5);
  double dv = 0.16 * dio_noise_fractal (&bend_v, place->u * 3, place->v * 3, 5);
  double u = place->u + du, v = place->v + dv;

  double haze = dio_noise_fractal (&cloud, u * 2, v * 2, 4);
  double weight = dio_smoothstep (-0.35, 0.5, haze);
  double field = dio_noise_fractal (&bold, u * 2, v * 2, 2);
  double wide = get_vein (field, 0.30), narrow = get_vein (field, 0.045);
  double hair = get_vein (dio_noise_gradient (&fine, u * 5, v * 5), 0.05);
  double dark = 0.10 * weight * wide + 0.30 * weight * narrow + 0.14 * (1 - weight) * hair;
  double base = 0.925 + 0.035 * haze;
  rgb_out[0] = base - dark;
  rgb_out[1] = base - 0.004 - 0.97 * dark;
  rgb_out[2] = base - 0.012 - 0.90 * dark;
}

void
dio_texture_shade_plaster (const DioTexturePlace *place, double rgb_out[static 3])
{
  const DioNoise stain = { 3, 3, place->seed ^ 0xB1 }, bump = { 24, 24, place->seed ^ 0xB2 };
  const DioNoise grain = { 256, 256, place->seed ^ 0xB3 };
  const double step = 1.0 / 900;
  double here = dio_noise_fractal (&bump, place->u * 24, place->v * 24, 4);
  double there = dio_noise_fractal (&bump, (place->u - step) * 24, (place->v - step) * 24, 4);
  /* Trowelled relief, lit from the upper left. */
  double tone = 0.87 + 0.30 * (here - there);
  tone += 0.028 * dio_noise_fractal (&stain, place->u * 3, place->v * 3, 4);
  tone += 0.018 * dio_noise_gradient (&grain, place->u * 256, place->v * 256);
  rgb_out[0] = tone;
  rgb_out[1] = tone - 0.012;
  rgb_out[2] = tone - 0.038;
}

void
dio_texture_shade_cardboard (const DioTexturePlace *place, double rgb_out[static 3])
{
  const DioNoise cloud = { 6, 6, place->seed ^ 0xC1 }, flute = { 6, 110, place->seed ^ 0xC2 };
  const DioNoise along = { 60, 300, place->seed ^ 0xC3 }, over = { 300, 90, place->seed ^ 0xC4 };
  double tone = 1 + 0.035 * dio_noise_fractal (&cloud, place->u * 6, place->v * 6, 5);
  /* The flutes inside show through as faint bars of uneven strength. */
  double wave = place->v * 110 - floor (place->v * 110);
  double bar = 4 * wave * (1 - wave) - 0.66;
  tone += (0.016 + 0.012 * dio_noise_gradient (&flute, place->u * 6, place->v * 110)) * bar;
  double fibre = dio_noise_gradient (&along, place->u * 60, place->v * 300);
  double cross = dio_noise_gradient (&over, place->u * 300, place->v * 90);
  tone += 0.035 * fibre + 0.03 * cross;
  /* Single dark and light fibres of the recycled pulp. */
  tone -= 0.10 * dio_smoothstep (0.55, 0.85, fibre) * dio_smoothstep (0.1, 0.5, cross);
  rgb_out[0] = 0.735 * tone;
  rgb_out[1] = 0.575 * tone;
  rgb_out[2] = 0.405 * tone;
}

/* Threads across the tile; even, so that over and under close at the edge. */
#define THREADS 80

void
dio_texture_shade_fabric (const DioTexturePlace *place, double rgb_out[static 3])
{
  const DioNoise fuzz = { 400, 400, place->seed ^ 0xD1 }, fold = { 3, 3, place->seed ^ 0xD2 };
  double x = place->u * THREADS, y = place->v * THREADS;
  uint32_t column = (uint32_t) x, row = (uint32_t) y;
  double fx = x - column, fy = y - row;
  gboolean warp_on_top = ((column + row) & 1) == 0;
  /* Across the upper thread it is round; along it, it dives under its neighbours at both ends. */
  double across = warp_on_top ? fx : fy, along = warp_on_top ? fy : fx;
  double round_off = 4 * across * (1 - across), dive = 4 * along * (1 - along);
  double light = 0.62 + 0.28 * sqrt (MAX (round_off, 0)) + 0.12 * dive;
  double thread = warp_on_top ? dio_noise_uniform (place->seed, column, 1)
                              : dio_noise_uniform (place->seed, row, 2);
  light *= 1 + 0.10 * (thread - 0.5);
  light += 0.06 * dio_noise_fractal (&fuzz, place->u * 400, place->v * 400, 2);
  light += 0.02 * dio_noise_fractal (&fold, place->u * 3, place->v * 3, 3);
  static const double warp[3] = { 0.78, 0.76, 0.71 }, weft[3] = { 0.70, 0.69, 0.67 };
  for (int c = 0; c < 3; c++)
    rgb_out[c] = light * (warp_on_top ? warp[c] : weft[c]);
}

void
dio_texture_shade_brushed_metal (const DioTexturePlace *place, double rgb_out[static 3])
{
  const DioNoise coarse = { 2, 140, place->seed ^ 0xE1 }, fine = { 5, 480, place->seed ^ 0xE2 };
  const DioNoise scratch = { 9, 700, place->seed ^ 0xE3 }, sheen = { 1, 4, place->seed ^ 0xE4 };
  double tone = 0.74;
  tone += 0.030 * dio_noise_fractal (&sheen, place->u, place->v * 4, 2);
  tone += 0.035 * dio_noise_gradient (&coarse, place->u * 2, place->v * 140);
  tone += 0.060 * dio_noise_gradient (&fine, place->u * 5, place->v * 480);
  double line = dio_noise_gradient (&scratch, place->u * 9, place->v * 700);
  tone += 0.10 * dio_smoothstep (0.45, 0.9, line) - 0.08 * dio_smoothstep (0.45, 0.9, -line);
  rgb_out[0] = tone;
  rgb_out[1] = tone + 0.003;
  rgb_out[2] = tone + 0.010;
}
