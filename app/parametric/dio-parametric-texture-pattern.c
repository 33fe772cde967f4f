#define G_LOG_DOMAIN "dio-parametric"

/* Patterns of figures: checker, dots, stripes, tiles. Edges are as soft as one pixel is wide. */

#include "dio-parametric-noise-private.h"
#include "dio-parametric-texture-private.h"

#include <math.h>

static void
mix_colors (const double a[static 3], const double b[static 3], double t, double out[static 3])
{
  for (int c = 0; c < 3; c++)
    out[c] = dio_mix (a[c], b[c], t);
}

/* How much of a pixel lies where @signed_distance (in tiles) is positive. */
static double
cover (double signed_distance, double pixel)
{
  return CLAMP (signed_distance / pixel + 0.5, 0, 1);
}

/* A square wave of @n full periods: -1 .. 1 with edges of a pixel. */
static double
square_wave (double x, guint n, double pixel)
{
  double t = x * n - floor (x * n);
  /* Distance to the nearest edge (at 0, 0.5 and 1), positive in the first half. */
  double d = t < 0.5 ? MIN (t, 0.5 - t) : -MIN (t - 0.5, 1 - t);
  return 2 * cover (d / n, pixel) - 1;
}

#define CHECKER_PERIODS 4

void
dio_texture_shade_checker (const DioTexturePlace *place, double rgb_out[static 3])
{
  static const double light[3] = { 0.90, 0.89, 0.87 }, dark[3] = { 0.20, 0.21, 0.23 };
  double a = square_wave (place->u, CHECKER_PERIODS, place->pixel);
  double b = square_wave (place->v, CHECKER_PERIODS, place->pixel);
  mix_colors (dark, light, 0.5 + 0.5 * a * b, rgb_out);
}

#define STRIPE_PERIODS 8

void
dio_texture_shade_stripes (const DioTexturePlace *place, double rgb_out[static 3])
{
  static const double ground[3] = { 0.93, 0.90, 0.83 }, stripe[3] = { 0.16, 0.30, 0.48 };
  static const double thin[3] = { 0.75, 0.28, 0.22 };
  double wide = 0.5 + 0.5 * square_wave (place->u, STRIPE_PERIODS, place->pixel);
  mix_colors (ground, stripe, wide, rgb_out);
  /* A thin line in the middle of every light stripe. */
  double t = place->u * STRIPE_PERIODS - floor (place->u * STRIPE_PERIODS);
  double line = cover ((0.045 - fabs (t - 0.75)) / STRIPE_PERIODS, place->pixel);
  mix_colors (rgb_out, thin, line, rgb_out);
}

#define DOT_ROWS 8

void
dio_texture_shade_dots (const DioTexturePlace *place, double rgb_out[static 3])
{
  static const double ground[3] = { 0.78, 0.22, 0.24 }, dot[3] = { 0.96, 0.94, 0.90 };
  /* Odd rows are shifted by half a dot. */
  double row = floor (place->v * DOT_ROWS);
  double shift = 0.5 * (row - 2 * floor (row / 2));
  double x = place->u * DOT_ROWS + shift, y = place->v * DOT_ROWS;
  double dx = x - floor (x) - 0.5, dy = y - floor (y) - 0.5;
  double inside = (0.29 - sqrt (dx * dx + dy * dy)) / DOT_ROWS;
  mix_colors (ground, dot, cover (inside, place->pixel), rgb_out);
}

#define TILE_ROWS 4

void
dio_texture_shade_tiles (const DioTexturePlace *place, double rgb_out[static 3])
{
  static const double grout[3] = { 0.62, 0.60, 0.57 };
  const DioNoise mottle = { 6, 6, place->seed ^ 0x711E5 };
  const DioNoise sand = { 220, 220, place->seed ^ 0x6707 };
  double x = place->u * TILE_ROWS, y = place->v * TILE_ROWS;
  uint32_t column = (uint32_t) x, row = (uint32_t) y;
  double fx = x - column, fy = y - row;
  double edge = MIN (MIN (fx, 1 - fx), MIN (fy, 1 - fy));

  double tone = 0.80 + 0.07 * (dio_noise_uniform (place->seed, column, row) - 0.5);
  double warm = 0.02 * (dio_noise_uniform (place->seed + 1, column, row) - 0.5);
  tone += 0.02 * dio_noise_fractal (&mottle, place->u * 6, place->v * 6, 3);
  /* The glaze thins towards the rounded edge; the upper left edge catches light. */
  double rim = 1 - dio_smoothstep (0.02, 0.07, edge);
  gboolean lit = MIN (fx, fy) < MIN (1 - fx, 1 - fy);
  tone += rim * (lit ? 0.07 : -0.08);
  const double tile[3] = { tone + warm, tone, tone - 0.03 - warm };

  double inside = cover ((edge - 0.018) / TILE_ROWS, 1.5 * place->pixel);
  double grain = 0.05 * dio_noise_gradient (&sand, place->u * 220, place->v * 220);
  for (int c = 0; c < 3; c++)
    rgb_out[c] = dio_mix (grout[c] + grain, tile[c], inside);
}
