/* What a point of light becomes: no light is lost, none moves, and it is as wide as the parameters say. */
#include "sensor-fixture.h"

#include <math.h>
#include <string.h>

typedef struct {
  double sum, x, y, xx, yy, xy;
} Moments;

/* Of the second colour. */
static Moments
measure (const DioImage *light)
{
  Moments m = { 0 };
  for (guint y = 0; y < light->height; y++)
    for (guint x = 0; x < light->width; x++) {
      double v = (double) fixture_get (light, x, y, 1);
      m.sum += v;
      m.x += v * x;
      m.y += v * y;
      m.xx += v * x * x;
      m.yy += v * y * y;
      m.xy += v * x * y;
    }
  m.x /= m.sum;
  m.y /= m.sum;
  m.xx = m.xx / m.sum - m.x * m.x;
  m.yy = m.yy / m.sum - m.y * m.y;
  m.xy = m.xy / m.sum - m.x * m.y;
  return m;
}

static void
assert_near (double a, double b, double tolerance)
{
  if (!(fabs (a - b) <= tolerance))
    g_error ("%.9g is not within %g of %.9g", a, tolerance, b);
}

static Moments
spread_point (const DioPictureEffects *effects)
{
  DioCamera camera = fixture_camera (101, 81);
  camera.effects = *effects;
  g_autoptr (DioImage) point = fixture_flat (&camera, 0, 0, 0);
  fixture_set (point, 47, 41, 5000);
  g_autoptr (DioImage) light = dio_sensor_expose (&camera, point);
  Moments m = measure (light);
  assert_near (m.sum, 5000, 0.05);
  assert_near (m.x, 47, 1e-4);
  assert_near (m.y, 41, 1e-4);
  return m;
}

static void
test_softness (void)
{
  for (double sigma = 0.05; sigma < 6; sigma *= 1.7) {
    Moments m = spread_point (&(DioPictureEffects){ .softness_px = sigma });
    assert_near (m.xx, sigma * sigma, 2e-3 * sigma * sigma);
    assert_near (m.yy, m.xx, 1e-3);
    assert_near (m.xy, 0, 1e-3);
  }
}

static void
test_defocus (void)
{
  for (double diameter = 2; diameter < 40; diameter *= 1.6) {
    Moments m = spread_point (&(DioPictureEffects){ .defocus_px = diameter });
    /* The disc's own, and a pixel's twelfth for the area it is counted in; small discs are few pixels. */
    double disc = diameter * diameter / 16;
    assert_near (m.xx, disc + 1 / 12.0, MAX (0.07, 0.02 * disc));
    assert_near (m.yy, m.xx, 2e-3);
    assert_near (m.xy, 0, 2e-3);
  }
}

static void
test_small_defocus_is_none (void)
{
  Moments m = spread_point (&(DioPictureEffects){ .defocus_px = 0.01 });
  assert_near (m.xx, 0, 1e-9);
}

static void
test_motion (void)
{
  for (double angle = 0; angle < 3.2; angle += 0.37) {
    const double length = 17;
    Moments m =
        spread_point (&(DioPictureEffects){ .motion_px = length, .motion_angle_rad = angle });
    double along = length * length / 12;
    /* The points of the line lie between pixels, which adds up to a quarter of a pixel squared. */
    assert_near (m.xx, along * cos (angle) * cos (angle), 0.27);
    assert_near (m.yy, along * sin (angle) * sin (angle), 0.27);
    assert_near (m.xy, along * cos (angle) * sin (angle), 0.15);
  }
}

/* At the edges and in the corners, with all blurs at once, nothing leaves the picture and a flat one stays flat. */
static void
test_edges (void)
{
  DioCamera camera = fixture_camera (40, 30);
  camera.effects = (DioPictureEffects){ .softness_px = 2, .defocus_px = 9, .motion_px = 12 };
  static const guint corners[][2] = { { 0, 0 }, { 39, 29 }, { 20, 0 }, { 39, 12 } };
  for (guint i = 0; i < G_N_ELEMENTS (corners); i++) {
    g_autoptr (DioImage) point = fixture_flat (&camera, 0, 0, 0);
    fixture_set (point, corners[i][0], corners[i][1], 5000);
    g_autoptr (DioImage) light = dio_sensor_expose (&camera, point);
    assert_near (measure (light).sum, 5000, 0.1);
  }
  g_autoptr (DioImage) flat = fixture_flat (&camera, 0.25f, 0.5f, 0.75f);
  g_autoptr (DioImage) light = dio_sensor_expose (&camera, flat);
  for (guint y = 0; y < 30; y++)
    for (guint x = 0; x < 40; x++)
      for (guint c = 0; c < 3; c++)
        assert_near ((double) fixture_get (light, x, y, c), 0.25 * (c + 1), 1e-5);
}

/* Blurs wider than the picture mirror it more than once. */
static void
test_tiny_picture (void)
{
  DioCamera camera = fixture_camera (3, 2);
  camera.effects = (DioPictureEffects){ .softness_px = 5, .defocus_px = 30, .motion_px = 64 };
  g_autoptr (DioImage) point = fixture_flat (&camera, 0, 0, 0);
  fixture_set (point, 2, 0, 600);
  g_autoptr (DioImage) light = dio_sensor_expose (&camera, point);
  assert_near (measure (light).sum, 600, 0.05);
  assert_near ((double) fixture_get (light, 0, 1, 1), 100, 8);
}

/* Bright lights leave no trace in the dark beside them, whose sums along the row they share. */
static void
test_bright_beside_dark (void)
{
  DioCamera camera = fixture_camera (200, 20);
  camera.effects = (DioPictureEffects){ .defocus_px = 12 };
  g_autoptr (DioImage) light = fixture_flat (&camera, 0.01f, 0.01f, 0.01f);
  for (guint y = 0; y < 20; y++)
    fixture_set (light, 20, y, 50000);
  g_autoptr (DioImage) out = dio_sensor_expose (&camera, light);
  assert_near ((double) fixture_get (out, 150, 10, 1), 0.01, 1e-6);
}

static void
test_policy_widths (void)
{
  DioPictureEffects effects = { .defocus_px = 6, .softness_px = 2 };
  assert_near (dio_picture_effects_get_defocus_px (&effects), 10, 1e-12);
  /* It is the disc of the same second moment. */
  Moments both = spread_point (&effects);
  assert_near (4 * sqrt (both.xx - 1 / 12.0), 10, 0.1);
  dio_picture_effects_scale (&effects, 0.5, 0.5);
  assert_near (dio_picture_effects_get_defocus_px (&effects), 5, 1e-12);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sensor/blur/softness", test_softness);
  g_test_add_func ("/sensor/blur/defocus", test_defocus);
  g_test_add_func ("/sensor/blur/small-defocus-is-none", test_small_defocus_is_none);
  g_test_add_func ("/sensor/blur/motion", test_motion);
  g_test_add_func ("/sensor/blur/edges", test_edges);
  g_test_add_func ("/sensor/blur/tiny-picture", test_tiny_picture);
  g_test_add_func ("/sensor/blur/bright-beside-dark", test_bright_beside_dark);
  g_test_add_func ("/sensor/blur/policy-widths", test_policy_widths);
  return g_test_run ();
}
