#define G_LOG_DOMAIN "dio-sensor"

#include "dio-sensor-private.h"

#include "dio-core-math.h"

#include <math.h>

/* Parts of a pixel's side by which the area under a disc is counted, and of a pixel's length along a line. */
#define PARTS 16

/* Weights of a square of side 2 radius + 1, as runs of equal neighbours, scaled to the sum of 1. */
static void
take_runs (DioSensorKernel *kernel, const double *weights, int radius)
{
  int side = 2 * radius + 1;
  double sum = 0;
  for (int i = 0; i < side * side; i++)
    sum += weights[i];
  kernel->runs = g_array_new (FALSE, FALSE, sizeof (DioSensorRun));
  kernel->radius_px = (guint) radius;
  for (int y = 0; y < side; y++)
    for (int x = 0, end; x < side; x = end) {
      double weight = weights[y * side + x];
      for (end = x + 1; end < side && weights[y * side + end] == weight;)
        end++;
      DioSensorRun run = { x - radius, y - radius, end - x, (float) (weight / sum) };
      if (weight > 0)
        g_array_append_val (kernel->runs, run);
    }
}

/* The share of the pixel at (dx, dy) under a disc around the middle of pixel (0, 0). */
static double
disc_share (int dx, int dy, double radius_px)
{
  int inside = 0;
  for (int j = 0; j < PARTS; j++)
    for (int i = 0; i < PARTS; i++) {
      double x = dx + (i + 0.5) / PARTS - 0.5, y = dy + (j + 0.5) / PARTS - 0.5;
      inside += x * x + y * y <= radius_px * radius_px;
    }
  return inside;
}

void
dio_sensor_kernel_init_disc (DioSensorKernel *kernel, double diameter_px)
{
  int radius = (int) ceil (diameter_px / 2 + 0.5) - 1, side = 2 * radius + 1;
  g_autofree double *weights = g_new0 (double, (gsize) side *side);
  for (int dy = -radius; dy <= radius; dy++)
    for (int dx = -radius; dx <= radius; dx++)
      weights[(dy + radius) * side + dx + radius] = disc_share (dx, dy, diameter_px / 2);
  /* A disc within one pixel of which no part's middle is met. */
  weights[radius * side + radius] = MAX (weights[radius * side + radius], 1);
  take_runs (kernel, weights, radius);
}

/* A point between pixels goes to the four around it by nearness. */
static void
splat (double *weights, int radius, double x, double y)
{
  int side = 2 * radius + 1;
  int x0 = (int) floor (x), y0 = (int) floor (y);
  double fx = x - x0, fy = y - y0;
  double *at = weights + (y0 + radius) * side + x0 + radius;
  at[0] += (1 - fx) * (1 - fy);
  if (fx > 0)
    at[1] += fx * (1 - fy);
  if (fy > 0)
    at[side] += (1 - fx) * fy;
  if (fx > 0 && fy > 0)
    at[side + 1] += fx * fy;
}

void
dio_sensor_kernel_init_line (DioSensorKernel *kernel, double length_px, double angle_rad)
{
  int radius = (int) ceil (length_px / 2) + 1, side = 2 * radius + 1;
  int parts = (int) ceil (length_px * PARTS);
  g_autofree double *weights = g_new0 (double, (gsize) side *side);
  double step_x = dio_cos (angle_rad), step_y = dio_sin (angle_rad);
  for (int i = 0; i < parts; i++) {
    double at = ((i + 0.5) / parts - 0.5) * length_px;
    splat (weights, radius, at * step_x, at * step_y);
  }
  take_runs (kernel, weights, radius);
}

void
dio_sensor_kernel_clear (DioSensorKernel *kernel)
{
  g_clear_pointer (&kernel->runs, g_array_unref);
}
