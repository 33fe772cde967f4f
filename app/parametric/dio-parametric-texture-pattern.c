#define G_LOG_DOMAIN "dio-parametric"

/* Patterns of figures: checker, dots, stripes, octagons. Edges are as soft as one pixel is wide. */

#include "dio-parametric-texture-private.h"

#include <math.h>

static void
mix_colors (const float a[static 3], const float b[static 3], float t, float out[static 3])
{
  for (int c = 0; c < 3; c++)
    out[c] = dio_mixf (a[c], b[c], t);
}

/* How much of a pixel lies where @signed_distance (in tiles) is positive. */
static float
cover (float signed_distance, float pixel)
{
  return CLAMP (signed_distance / pixel + 0.5f, 0, 1);
}

static float
fraction (float x)
{
  return x - floorf (x);
}

/* A square wave of @n full periods: 0 .. 1 with edges of a pixel. */
static float
square_wave (float x, float n, float pixel)
{
  float t = fraction (x * n);
  /* Distance to the nearest edge (at 0, 0.5 and 1), positive in the first half. */
  float d = t < 0.5f ? MIN (t, 0.5f - t) : -MIN (t - 0.5f, 1 - t);
  return cover (d / n, pixel);
}

#define CHECKER_PERIODS 4

void
dio_texture_shade_checker (DioTextureRow *row, float (*rgb)[3])
{
  static const float light[3] = { 0.90f, 0.89f, 0.87f }, dark[3] = { 0.20f, 0.21f, 0.23f };
  float b = 2 * square_wave ((float) row->v, CHECKER_PERIODS, row->pixel) - 1;
  for (guint x = 0; x < row->size_px; x++) {
    float a = 2 * square_wave (row->u[x], CHECKER_PERIODS, row->pixel) - 1;
    mix_colors (dark, light, 0.5f + 0.5f * a * b, rgb[x]);
  }
}

#define STRIPE_PERIODS 8

void
dio_texture_shade_stripes (DioTextureRow *row, float (*rgb)[3])
{
  static const float ground[3] = { 0.93f, 0.90f, 0.83f }, stripe[3] = { 0.16f, 0.30f, 0.48f };
  static const float thin[3] = { 0.75f, 0.28f, 0.22f };
  for (guint x = 0; x < row->size_px; x++) {
    mix_colors (ground, stripe, square_wave (row->u[x], STRIPE_PERIODS, row->pixel), rgb[x]);
    /* A thin line in the middle of every light stripe. */
    float t = fraction (row->u[x] * STRIPE_PERIODS);
    float line = cover ((0.045f - fabsf (t - 0.75f)) / STRIPE_PERIODS, row->pixel);
    mix_colors (rgb[x], thin, line, rgb[x]);
  }
}

#define DOT_ROWS 8

void
dio_texture_shade_dots (DioTextureRow *row, float (*rgb)[3])
{
  static const float ground[3] = { 0.78f, 0.22f, 0.24f }, dot[3] = { 0.96f, 0.94f, 0.90f };
  float v = (float) row->v * DOT_ROWS;
  /* Odd rows are shifted by half a dot. */
  float shift = fraction (floorf (v) / 2);
  float dy = fraction (v) - 0.5f;
  for (guint x = 0; x < row->size_px; x++) {
    float dx = fraction (row->u[x] * DOT_ROWS + shift) - 0.5f;
    float inside = (0.29f - sqrtf (dx * dx + dy * dy)) / DOT_ROWS;
    mix_colors (ground, dot, cover (inside, row->pixel), rgb[x]);
  }
}

#define OCTAGON_ROWS 2

/* Red octagons with a white rim, as on a stop sign but without a word: what looks like a sign and is none. */
void
dio_texture_shade_octagons (DioTextureRow *row, float (*rgb)[3])
{
  static const float ground[3] = { 0.88f, 0.86f, 0.80f }, rim[3] = { 0.97f, 0.96f, 0.94f },
                     red[3] = { 0.70f, 0.07f, 0.09f };
  float dy = fabsf (fraction ((float) row->v * OCTAGON_ROWS) - 0.5f);
  for (guint x = 0; x < row->size_px; x++) {
    float dx = fabsf (fraction (row->u[x] * OCTAGON_ROWS) - 0.5f);
    float from_middle = MAX (MAX (dx, dy), (dx + dy) * 0.70710678f);
    float color[3];
    mix_colors (ground, rim, cover ((0.45f - from_middle) / OCTAGON_ROWS, row->pixel), color);
    mix_colors (color, red, cover ((0.41f - from_middle) / OCTAGON_ROWS, row->pixel), rgb[x]);
  }
}
