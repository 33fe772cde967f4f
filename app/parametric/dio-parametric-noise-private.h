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

/** Gradient noise (Perlin 2002: quintic fade) at (@x, @y) in cells; zero at the corners of cells, about
 * -1 .. 1. */
double dio_noise_gradient (const DioNoise *noise, double x, double y);
/** Sum of @n_octaves of it, each of twice the frequency and half the height, scaled to about -1 .. 1. */
double dio_noise_fractal (const DioNoise *noise, double x, double y, guint n_octaves);

static inline double
dio_mix (double a, double b, double t)
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

G_END_DECLS
