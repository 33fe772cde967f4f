#define G_LOG_DOMAIN "dio-sensor"

#include "dio-sensor-private.h"

#include <math.h>
#include <string.h>

/* Runs from this length on go by sums along the row instead of value by value. */
#define LONG_RUN 4

/* Where the mirror image beyond the picture's edge repeats: -1 shows 0, n shows n - 1. */
static guint
mirror (int i, guint n)
{
  int period = 2 * (int) n;
  int at = ((i % period) + period) % period;
  return (guint) (at < (int) n ? at : period - 1 - at);
}

/* The row @y of @light, which may lie beyond it, with @margin mirrored pixels on both sides. */
static void
take_row (const DioImage *light, int y, guint margin, float *out)
{
  guint width = light->width;
  const float *row = light->f32 + (gsize) mirror (y, light->height) * width * 3;
  memcpy (out + margin * 3, row, width * 3 * sizeof *row);
  for (guint i = 0; i < margin; i++) {
    memcpy (out + (margin - 1 - i) * 3, row + mirror (-1 - (int) i, width) * 3, 3 * sizeof *row);
    memcpy (out + (margin + width + i) * 3, row + mirror ((int) (width + i), width) * 3,
            3 * sizeof *row);
  }
}

static void
add_scaled (float *restrict sum, const float *restrict values, float weight, gsize n)
{
  for (gsize i = 0; i < n; i++)
    sum[i] += weight * values[i];
}

/* ---- Gaussian: rows, then columns ---- */

/* The Gaussian of whole pixels, whose variance is the wanted one at any width: exp (-t) I_n (t) with t = sigma^2
 * (Lindeberg, "Scale-space for discrete signals", 1990), by the recurrence of the Bessel functions downwards. */
static float *
make_gauss (double sigma_px, guint *radius)
{
  *radius = (guint) ceil (4 * sigma_px) + 2;
  guint top = 2 * *radius + 20;
  double t = MAX (sigma_px * sigma_px, 1e-6), sum;
  g_autofree double *bessel = g_new0 (double, top + 2);
  float *weights = g_new (float, 2 * *radius + 1);
  bessel[top] = 1e-300;
  for (guint n = top; n > 0; n--) {
    bessel[n - 1] = bessel[n + 1] + 2 * n / t * bessel[n];
    for (guint k = n - 1; bessel[n - 1] > 1e200 && k <= top; k++)
      bessel[k] *= 1e-200;
  }
  sum = bessel[0];
  for (guint n = 1; n <= *radius; n++)
    sum += 2 * bessel[n];
  for (guint i = 0; i <= 2 * *radius; i++)
    weights[i] = (float) (bessel[i < *radius ? *radius - i : i - *radius] / sum);
  return weights;
}

void
dio_sensor_blur_gauss (DioImage *light, double sigma_px)
{
  guint radius;
  gsize n = (gsize) light->width * 3;
  g_autofree float *weights = make_gauss (sigma_px, &radius);
  g_autofree float *padded = g_new (float, n + 6 * (gsize) radius);
  g_autoptr (DioImage) across = dio_image_new (light->width, light->height, 3, DIO_PIXEL_F32);
  for (guint y = 0; y < light->height; y++) {
    take_row (light, (int) y, radius, padded);
    for (guint k = 0; k <= 2 * radius; k++)
      add_scaled (across->f32 + y * n, padded + k * 3, weights[k], n);
  }
  memset (light->data, 0, dio_image_get_bytes (light));
  for (guint y = 0; y < light->height; y++)
    for (guint k = 0; k <= 2 * radius; k++) {
      guint from = mirror ((int) y + (int) k - (int) radius, light->height);
      add_scaled (light->f32 + y * n, across->f32 + from * n, weights[k], n);
    }
}

/* ---- any other kernel ---- */

/* Sums of all values of a colour before each place, in double: bright pixels leave nothing behind. */
static void
sum_row (const float *row, double *sums, gsize n_pixels)
{
  sums[0] = sums[1] = sums[2] = 0;
  for (gsize i = 0; i < n_pixels * 3; i++)
    sums[i + 3] = sums[i] + (double) row[i];
}

static void
add_run (float *restrict sum, const double *restrict sums, const DioSensorRun *run, gsize n)
{
  const double *restrict end = sums + run->n * 3;
  double weight = (double) run->weight;
  for (gsize i = 0; i < n; i++)
    sum[i] += (float) (weight * (end[i] - sums[i]));
}

/* The rows around the one in hand, each with its sums. */
typedef struct {
  guint n_rows, margin;
  gsize row_values; /**< of a padded row */
  float *rows;
  double *sums;
} Window;

static void
load_row (Window *window, const DioImage *light, int y)
{
  guint slot = (guint) (y + (int) window->n_rows) % window->n_rows;
  float *row = window->rows + slot * window->row_values;
  take_row (light, y, window->margin, row);
  sum_row (row, window->sums + slot * (window->row_values + 3), window->row_values / 3);
}

static void
blur_row (const Window *window, const DioSensorKernel *kernel, guint y, float *out, gsize n)
{
  memset (out, 0, n * sizeof *out);
  for (guint i = 0; i < kernel->runs->len; i++) {
    const DioSensorRun *run = &g_array_index (kernel->runs, DioSensorRun, i);
    guint slot = (guint) ((int) y + run->dy + (int) window->n_rows) % window->n_rows;
    gsize at = (gsize) ((int) window->margin + run->dx) * 3;
    if (run->n >= LONG_RUN) {
      add_run (out, window->sums + slot * (window->row_values + 3) + at, run, n);
      continue;
    }
    for (int k = 0; k < run->n; k++)
      add_scaled (out, window->rows + slot * window->row_values + at + (gsize) k * 3, run->weight,
                  n);
  }
}

void
dio_sensor_blur_kernel (DioImage *light, const DioSensorKernel *kernel)
{
  int radius = (int) kernel->radius_px;
  gsize n = (gsize) light->width * 3;
  Window window = { .n_rows = 2 * kernel->radius_px + 1, .margin = kernel->radius_px };
  window.row_values = n + 6 * (gsize) kernel->radius_px;
  g_autofree float *rows = window.rows = g_new (float, window.n_rows *window.row_values);
  g_autofree double *sums = window.sums = g_new (double, window.n_rows *(window.row_values + 3));
  g_autoptr (DioImage) out = dio_image_new (light->width, light->height, 3, DIO_PIXEL_F32);
  for (int y = -radius; y < radius; y++)
    load_row (&window, light, y);
  for (guint y = 0; y < light->height; y++) {
    load_row (&window, light, (int) y + radius);
    blur_row (&window, kernel, y, out->f32 + y * n, n);
  }
  memcpy (light->data, out->data, dio_image_get_bytes (light));
}
