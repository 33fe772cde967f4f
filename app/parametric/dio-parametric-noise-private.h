#pragma once
/* Thread: any. Noise on a plane that repeats, made from integer hashes and polynomials only. */

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/** A field that repeats after @period_x, @period_y (>= 1) cells. */
typedef struct {
  uint32_t period_x, period_y;
  uint64_t seed;
} DioNoise;

/** 32 well-mixed bits of (x, y, seed): splitmix64's finisher. */
uint32_t dio_noise_hash (uint64_t seed, uint32_t x, uint32_t y);
/** The same as a number in [0, 1). */
double dio_noise_uniform (uint64_t seed, uint32_t x, uint32_t y);

/** Gradient noise (Perlin 2002: quintic fade) along a row of the tile: value i of @n is at x = (i + 0.5) / n
 * of the whole period and at @y in cells. Zero at the corners of cells, about -1 .. 1. Octaves have twice the
 * frequency and half the height each; the sum is scaled to about -1 .. 1. */
void dio_noise_fill_row (const DioNoise *noise, double y, guint n_octaves, float *values, guint n);

/** A tile of it in @side_px squared floats, for coordinates that are bent. */
float *dio_noise_dup_tile (const DioNoise *noise,
                           guint n_octaves,
                           guint side_px) G_GNUC_WARN_UNUSED_RESULT;
/** Bilinear value of such a tile at (u, v), which repeats after 1. */
float dio_noise_sample_tile (const float *tile, guint side_px, float u, float v);

static inline double
dio_mix (double a, double b, double t)
{
  return a + (b - a) * t;
}

static inline float
dio_mixf (float a, float b, float t)
{
  return a + (b - a) * t;
}

/** 0 below @low, 1 above @high, 3 t^2 - 2 t^3 between. */
static inline double
dio_smoothstep (double low, double high, double x)
{
  double t = CLAMP ((x - low) / (high - low), 0, 1);
  return t * t * (3 - 2 * t);
}

static inline float
dio_smoothstepf (float low, float high, float x)
{
  float t = CLAMP ((x - low) / (high - low), 0, 1);
  return t * t * (3 - 2 * t);
}

G_END_DECLS
