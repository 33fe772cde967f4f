#define G_LOG_DOMAIN "dio-parametric"

#include "dio-parametric-noise-private.h"

#include <math.h>

uint32_t
dio_noise_hash (uint64_t seed, uint32_t x, uint32_t y)
{
  uint64_t z = seed + ((uint64_t) y << 32 | x) * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);
  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xBF58476D1CE4E5B9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94D049BB133111EB);
  return (uint32_t) ((z ^ (z >> 31)) >> 32);
}

double
dio_noise_uniform (uint64_t seed, uint32_t x, uint32_t y)
{
  return dio_noise_hash (seed, x, y) * (1.0 / 4294967296.0);
}

/* Dot product of (dx, dy) with one of eight directions of about equal length. */
static inline double
dot_gradient (uint32_t hash, double dx, double dy)
{
  static const double ways[8][2] = {
    { 1, 0 },  { 0.7, 0.7 },   { 0, 1 },  { -0.7, 0.7 },
    { -1, 0 }, { -0.7, -0.7 }, { 0, -1 }, { 0.7, -0.7 },
  };
  const double *way = ways[hash & 7];
  return way[0] * dx + way[1] * dy;
}

static inline double
fade (double t)
{
  return t * t * t * (t * (t * 6 - 15) + 10);
}

static inline uint32_t
wrap (double cell, uint32_t period)
{
  double wrapped = cell - period * floor (cell / period);
  uint32_t index = (uint32_t) wrapped;
  return index < period ? index : 0;
}

double
dio_noise_gradient (const DioNoise *noise, double x, double y)
{
  double cell_x = floor (x), cell_y = floor (y);
  double fx = x - cell_x, fy = y - cell_y;
  uint32_t x0 = wrap (cell_x, noise->period_x), y0 = wrap (cell_y, noise->period_y);
  uint32_t x1 = x0 + 1 < noise->period_x ? x0 + 1 : 0;
  uint32_t y1 = y0 + 1 < noise->period_y ? y0 + 1 : 0;
  double n00 = dot_gradient (dio_noise_hash (noise->seed, x0, y0), fx, fy);
  double n10 = dot_gradient (dio_noise_hash (noise->seed, x1, y0), fx - 1, fy);
  double n01 = dot_gradient (dio_noise_hash (noise->seed, x0, y1), fx, fy - 1);
  double n11 = dot_gradient (dio_noise_hash (noise->seed, x1, y1), fx - 1, fy - 1);
  double u = fade (fx), v = fade (fy);
  /* 1.5 brings the usual extremes near one. */
  return 1.5 * dio_mix (dio_mix (n00, n10, u), dio_mix (n01, n11, u), v);
}

double
dio_noise_fractal (const DioNoise *noise, double x, double y, guint n_octaves)
{
  DioNoise octave = *noise;
  double sum = 0, height = 1, total = 0;
  for (guint i = 0; i < n_octaves; i++) {
    sum += height * dio_noise_gradient (&octave, x, y);
    total += height;
    height *= 0.5;
    x *= 2;
    y *= 2;
    octave.period_x *= 2;
    octave.period_y *= 2;
    octave.seed += G_GUINT64_CONSTANT (0xD1B54A32D192ED03);
  }
  /* Octaves seldom peak together. */
  return sum / total * 1.3;
}
