#define G_LOG_DOMAIN "dio-parametric"

#include "dio-parametric-noise-private.h"

#include <math.h>
#include <string.h>

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

/* Eight directions of about equal length for the corners of cells. */
static const float ways[8][2] = {
  { 1, 0 },  { 0.7f, 0.7f },   { 0, 1 },  { -0.7f, 0.7f },
  { -1, 0 }, { -0.7f, -0.7f }, { 0, -1 }, { 0.7f, -0.7f },
};

static inline float
fade (float t)
{
  return t * t * t * (t * (t * 6 - 15) + 10);
}

/* A row of cells at one y: at corner i the noise is linear in the distance from it, value + slope * dx,
 * once the two corners above each other are blended. */
typedef struct {
  float *value, *slope; /* [period_x + 1] */
} CornerRow;

static void
blend_corners (const DioNoise *noise, double y, const CornerRow *row)
{
  double wrapped = y - noise->period_y * floor (y / noise->period_y);
  uint32_t y0 = MIN ((uint32_t) wrapped, noise->period_y - 1);
  uint32_t y1 = y0 + 1 < noise->period_y ? y0 + 1 : 0;
  float dy = (float) (wrapped - y0), v = fade (dy);
  for (uint32_t i = 0; i < noise->period_x; i++) {
    const float *lower = ways[dio_noise_hash (noise->seed, i, y0) & 7];
    const float *upper = ways[dio_noise_hash (noise->seed, i, y1) & 7];
    row->value[i] = dio_mixf (lower[1] * dy, upper[1] * (dy - 1), v);
    row->slope[i] = dio_mixf (lower[0], upper[0], v);
  }
  row->value[noise->period_x] = row->value[0];
  row->slope[noise->period_x] = row->slope[0];
}

/* Adds one octave times @height. */
static void
add_octave (const DioNoise *noise, double y, float height, float *values, guint n)
{
  g_autofree float *memory = g_new (float, 2 * (noise->period_x + 1));
  CornerRow row = { memory, memory + noise->period_x + 1 };
  blend_corners (noise, y, &row);
  double cells_per_value = (double) noise->period_x / n;
  for (guint i = 0; i < n; i++) {
    double x = (i + 0.5) * cells_per_value;
    uint32_t cell = (uint32_t) x;
    float dx = (float) (x - cell);
    float left = row.value[cell] + row.slope[cell] * dx;
    float right = row.value[cell + 1] + row.slope[cell + 1] * (dx - 1);
    values[i] += height * dio_mixf (left, right, fade (dx));
  }
}

void
dio_noise_fill_row (const DioNoise *noise, double y, guint n_octaves, float *values, guint n)
{
  DioNoise octave = *noise;
  memset (values, 0, n * sizeof *values);
  /* 1.5 brings the usual extremes of one octave near one; several seldom peak together. */
  float height = 1.5f, total = 0;
  for (guint i = 0; i < n_octaves; i++, height *= 0.5f)
    total += height;
  float scale = n_octaves > 1 ? 1.5f * 1.3f / total : 1;
  height = 1.5f;
  for (guint i = 0; i < n_octaves; i++) {
    add_octave (&octave, y, height * scale, values, n);
    height *= 0.5f;
    y *= 2;
    octave.period_x *= 2;
    octave.period_y *= 2;
    octave.seed += G_GUINT64_CONSTANT (0xD1B54A32D192ED03);
  }
}

float *
dio_noise_dup_tile (const DioNoise *noise, guint n_octaves, guint side_px)
{
  float *tile = g_new (float, (gsize) side_px *side_px);
  for (guint y = 0; y < side_px; y++)
    dio_noise_fill_row (noise, (y + 0.5) / side_px * noise->period_y, n_octaves,
                        tile + (gsize) y * side_px, side_px);
  return tile;
}

float
dio_noise_sample_tile (const float *tile, guint side_px, float u, float v)
{
  float x = (u - floorf (u)) * (float) side_px + (float) side_px - 0.5f;
  float y = (v - floorf (v)) * (float) side_px + (float) side_px - 0.5f;
  guint whole_x = (guint) x, whole_y = (guint) y;
  float fx = x - (float) whole_x, fy = y - (float) whole_y;
  guint x0 = whole_x % side_px, x1 = (whole_x + 1) % side_px;
  const float *upper = tile + (gsize) (whole_y % side_px) * side_px;
  const float *lower = tile + (gsize) ((whole_y + 1) % side_px) * side_px;
  return dio_mixf (dio_mixf (upper[x0], upper[x1], fx), dio_mixf (lower[x0], lower[x1], fx), fy);
}
