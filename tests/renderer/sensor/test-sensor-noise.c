/* Noise: the photon transfer line, no bias, and a value that is named by key and pixel alone. */
#include "sensor-fixture.h"

#include <math.h>
#include <string.h>

#define SIDE 300

typedef struct {
  double mean, variance, skew;
} Statistics;

static Statistics
measure (const DioImage *light, double white_e)
{
  gsize n = (gsize) light->width * light->height * 3;
  Statistics s = { 0 };
  for (gsize i = 0; i < n; i++)
    s.mean += (double) light->f32[i] * white_e / (double) n;
  for (gsize i = 0; i < n; i++) {
    double d = (double) light->f32[i] * white_e - s.mean;
    s.variance += d * d / (double) (n - 1);
    s.skew += d * d * d / (double) n;
  }
  s.skew /= s.variance * sqrt (s.variance);
  return s;
}

/* In electrons the variance is the mean plus the square of the read noise, at every level, on both sides of the
 * switch between the two ways of drawing; all within four standard errors. */
static void
test_photon_transfer (void)
{
  static const double levels_e[] = { 0.3, 3, 12, 19.9, 20.1, 60, 400, 8000 };
  const double white_e = 10000, read_e = 2.5, n = 3.0 * SIDE * SIDE;
  for (guint i = 0; i < G_N_ELEMENTS (levels_e); i++) {
    DioCamera camera = fixture_camera (SIDE, SIDE);
    camera.noise_key[1] += i;
    camera.effects = (DioPictureEffects){ .electrons_at_white = white_e, .read_noise_e = read_e };
    float level = (float) (levels_e[i] / white_e);
    g_autoptr (DioImage) flat = fixture_flat (&camera, level, level, level);
    g_autoptr (DioImage) light = dio_sensor_expose (&camera, flat);
    Statistics s = measure (light, white_e);
    double variance = levels_e[i] + read_e * read_e;
    double mean_error = sqrt (variance / n);
    double excess = levels_e[i] / (variance * variance);
    double variance_error = variance * sqrt ((2 + excess) / n);
    double skew = levels_e[i] / (variance * sqrt (variance));
    g_test_message ("%g e: mean %.3f, variance %.3f of %.3f, skew %.4f of %.4f", levels_e[i],
                    s.mean, s.variance, variance, s.skew, skew);
    g_assert_cmpfloat_with_epsilon (s.mean, levels_e[i], 4 * mean_error);
    /* The expansion for many electrons adds 1/18 at most. */
    g_assert_cmpfloat_with_epsilon (s.variance, variance, 4 * variance_error + 1 / 18.0);
    g_assert_cmpfloat_with_epsilon (s.skew, skew, 0.03);
  }
}

/* A row's offset is that of all its pixels and colours, and differs from row to row as it says. */
static void
test_rows (void)
{
  DioCamera camera = fixture_camera (64, 2000);
  camera.effects = (DioPictureEffects){ .electrons_at_white = 1e6, .row_noise_e = 5000 };
  g_autoptr (DioImage) flat = fixture_flat (&camera, 0.5f, 0.5f, 0.5f);
  g_autoptr (DioImage) light = dio_sensor_expose (&camera, flat);
  double sum = 0, squares = 0;
  for (guint y = 0; y < 2000; y++) {
    double row = 0;
    for (guint i = 0; i < 64 * 3; i++)
      row += (double) light->f32[y * 64 * 3 + i] / (64 * 3);
    sum += row;
    squares += (row - 0.5) * (row - 0.5);
  }
  g_assert_cmpfloat_with_epsilon (sum / 2000, 0.5, 4 * 0.005 / sqrt (2000));
  g_assert_cmpfloat_with_epsilon (sqrt (squares / 2000), 0.005, 4 * 0.005 / sqrt (4000));
}

static gboolean
is_equal (const DioImage *a, const DioImage *b)
{
  return memcmp (a->data, b->data, dio_image_get_bytes (a)) == 0;
}

static void
test_key_names_noise (void)
{
  DioCamera camera = fixture_camera (32, 32);
  camera.effects = (DioPictureEffects){ .electrons_at_white = 500, .read_noise_e = 3 };
  g_autoptr (DioImage) flat = fixture_flat (&camera, 0.2f, 0.02f, 0.7f);
  g_autoptr (DioImage) once = dio_sensor_expose (&camera, flat);
  g_autoptr (DioImage) again = dio_sensor_expose (&camera, flat);
  g_assert_true (is_equal (once, again));
  camera.noise_key[0]++;
  g_autoptr (DioImage) other = dio_sensor_expose (&camera, flat);
  g_assert_false (is_equal (once, other));
  /* A pixel's noise does not depend on the light of its neighbours. */
  camera.noise_key[0]--;
  fixture_set (flat, 3, 4, 0.9f);
  g_autoptr (DioImage) changed = dio_sensor_expose (&camera, flat);
  for (guint y = 0; y < 32; y++)
    for (guint x = 0; x < 32; x++)
      for (guint c = 0; c < 3; c++)
        g_assert_true ((fixture_get (changed, x, y, c) == fixture_get (once, x, y, c))
                       != (x == 3 && y == 4));
}

/* Pixels, colours and neighbouring rows are independent. */
static void
test_independence (void)
{
  DioCamera camera = fixture_camera (SIDE, SIDE);
  camera.effects = (DioPictureEffects){ .electrons_at_white = 1000 };
  g_autoptr (DioImage) flat = fixture_flat (&camera, 0.5f, 0.5f, 0.5f);
  g_autoptr (DioImage) light = dio_sensor_expose (&camera, flat);
  static const guint lags[] = { 1, 2, 3, 6, 3 * SIDE, 3 * SIDE + 3 };
  gsize n = (gsize) SIDE * SIDE * 3;
  for (guint k = 0; k < G_N_ELEMENTS (lags); k++) {
    double sum = 0;
    for (gsize i = 0; i + lags[k] < n; i++)
      sum += ((double) light->f32[i] - 0.5) * ((double) light->f32[i + lags[k]] - 0.5);
    double correlation = sum / (double) n / (500 / 1e6);
    g_assert_cmpfloat_with_epsilon (correlation, 0, 4 / sqrt ((double) n));
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sensor/noise/photon-transfer", test_photon_transfer);
  g_test_add_func ("/sensor/noise/rows", test_rows);
  g_test_add_func ("/sensor/noise/key-names-noise", test_key_names_noise);
  g_test_add_func ("/sensor/noise/independence", test_independence);
  return g_test_run ();
}
