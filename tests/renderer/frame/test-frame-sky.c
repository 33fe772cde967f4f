#include "dio-frame-sky.h"

#include "dio-frame.h"
#include "dio-image-color.h"
#include "test-frame-fixtures.h"

#define DEG (G_PI / 180)

static double
luminance_at (const DioImage *image, guint x, guint y)
{
  const float *p = image->f32 + ((gsize) y * image->width + x) * 3;
  return 0.2126 * p[0] + 0.7152 * p[1] + 0.0722 * p[2];
}

/* Integral of luminance * cosine over the upper half, by the mapping of dio-frame.h. */
static double
horizontal_lux (const DioImage *image)
{
  double lux = 0;
  for (guint y = 0; y < image->height / 2; y++)
    for (guint x = 0; x < image->width; x++) {
      double polar = (y + 0.5) / image->height * G_PI;
      double solid_angle = sin (polar) * (G_PI / image->height) * (2 * G_PI / image->width);
      lux += luminance_at (image, x, y) * cos (polar) * solid_angle;
    }
  return lux;
}

static void
test_noon (void)
{
  for (double elevation = 45; elevation <= 75; elevation += 15)
    for (double turbidity = 2; turbidity <= 3.5; turbidity += 0.5) {
      DioSkyDesc desc = { .sun_elevation_rad = elevation * DEG, .turbidity = turbidity };
      float color[3];
      g_autoptr (DioImage) image = dio_sky_render (&desc, 64);
      double lux = horizontal_lux (image), sun = dio_sky_sun_lux (&desc, color);
      g_test_message ("elevation %g, turbidity %g: sky %.0f lux, sun %.0f lux", elevation,
                      turbidity, lux, sun);
      g_assert_true (lux >= 10000 && lux <= 25000);

      g_assert_true (sun >= 60000 && sun <= 120000);
    }
}

/* P. Janiczek and J. DeYoung, "Computer Programs for Sun and Moon Illuminance", US Naval Observatory Circular 171
 * (1987): log10 of what a level plate gets from sun and sky, by polynomials of the elevation over 90 degrees. */
static double
get_observed_lux (double elevation_deg)
{
  static const struct {
    double from_deg, a[4];
  } pieces[] = {
    { 20, { 3.74, 3.97, -4.07, 1.47 } },         { 5, { 3.05, 13.28, -45.98, 64.33 } },
    { -0.8, { 2.88, 22.26, -207.64, 1034.30 } }, { -5, { 2.88, 21.81, -258.11, -858.36 } },
    { -12, { 2.70, 12.17, -431.69, -1899.83 } },
  };
  guint i = 0;
  while (i + 1 < G_N_ELEMENTS (pieces) && elevation_deg < pieces[i].from_deg)
    i++;
  const double *a = pieces[i].a, x = elevation_deg / 90;
  return pow (10, a[0] + x * (a[1] + x * (a[2] + x * a[3])));
}

/* Day, sunset and dusk over seven decades of light. */
static void
test_observed_level (void)
{
  double worst = 1;
  for (double elevation = -8; elevation <= 90; elevation += elevation < 10 ? 1 : 10) {
    DioSkyDesc desc = { elevation * DEG, 0, 2.5, 0.2 };
    float color[3];
    g_autoptr (DioImage) image = dio_sky_render (&desc, 64);
    double lux =
        horizontal_lux (image) + dio_sky_sun_lux (&desc, color) * fmax (sin (elevation * DEG), 0);
    double ratio = lux / get_observed_lux (elevation);
    worst = fmax (worst, fmax (ratio, 1 / ratio));
    g_assert_cmpfloat (ratio, >, 0.72);
    g_assert_cmpfloat (ratio, <, 1.39);
  }
  g_test_message ("off by a factor of %.2f at most", worst);
}

/* Straight down the beam is weakened by the vertical optical depths of Preetham's appendix A.1 and nothing else. */
static void
test_zenith_sun (void)
{
  for (double turbidity = 2; turbidity <= 10; turbidity += 2) {
    DioSkyDesc desc = { 90 * DEG, 0, turbidity, 0.2 };
    float color[3];
    double lux = dio_sky_sun_lux (&desc, color);
    double beta = 0.04608365822050 * turbidity - 0.04586025928522;
    double green = exp (-0.008735 * pow (0.55, -4.08) - beta * pow (0.55, -1.3) - 0.085 * 0.35);
    double lightest = lux / (0.2126 * color[0] + 0.7152 * color[1] + 0.0722 * color[2]);
    double body[3];
    dio_color_from_temperature (5778, body);
    double above = 128000 * body[1] / (0.2126 * body[0] + 0.7152 * body[1] + 0.0722 * body[2]);
    assert_near (lightest * color[1] / (above * green), 1, 0.005);
  }
}

/* At dusk the horizon where the sun went down is bright and warm, the zenith blue, more so than by day: ozone. */
static void
test_dusk (void)
{
  for (double elevation = -6; elevation <= -3; elevation++) {
    DioSkyDesc dusk = { elevation * DEG, 0, 2.5, 0.2 };
    g_autoptr (DioImage) image = dio_sky_render (&dusk, 64);
    /* Column 32 looks along -X, column 96 along +X, where the sun is; row 0 up. */
    const float *glow = image->f32 + (29 * 128 + 96) * 3, *zenith = image->f32;
    const float *behind = image->f32 + (29 * 128 + 32) * 3;
    g_test_message ("%g: red of the glow %.3g, opposite %.3g", elevation, (double) glow[0],
                    (double) behind[0]);
    g_assert_cmpfloat (glow[0], >, 2 * behind[0]);
    g_assert_cmpfloat (glow[0], >, glow[2]);
    g_assert_cmpfloat (zenith[2] / zenith[0], >, 2);
    /* The glow lies along the horizon: it is brighter there than half way up. */
    g_assert_cmpfloat (luminance_at (image, 96, 29), >, 2 * luminance_at (image, 96, 16));
  }
}

/* Without sun and moon the sky is that of stars and airglow, never black. */
static void
test_night (void)
{
  DioSkyDesc night = { DIO_SKY_LOWEST_SUN_RAD, 0, 3, 0.2 };
  g_autoptr (DioImage) image = dio_sky_render (&night, 64);
  assert_near (horizontal_lux (image) / 6.5e-4, 1, 0.05);
}

/* IES (RP-21) on clear skies: 0.8 + 15.5 sqrt (sin h) klux. */
static void
test_measured_level (void)
{
  for (double elevation = 0; elevation <= 90; elevation += 10) {
    DioSkyDesc desc = { .sun_elevation_rad = elevation * DEG, .turbidity = 2.5 };
    g_autoptr (DioImage) image = dio_sky_render (&desc, 64);
    double measured = 800 + 15500 * sqrt (fmax (sin (elevation * DEG), 0));
    assert_near (horizontal_lux (image) / measured, 1, 0.3);
  }
}

/* Sun and sky together never give the ground more than enters the atmosphere. */
static void
test_energy (void)
{
  for (double elevation = 5; elevation <= 90; elevation += 5)
    for (double turbidity = 2; turbidity <= 10; turbidity += 2) {
      DioSkyDesc desc = { .sun_elevation_rad = elevation * DEG, .turbidity = turbidity };
      float color[3];
      g_autoptr (DioImage) image = dio_sky_render (&desc, 16);
      double sine = sin (elevation * DEG);
      double total = horizontal_lux (image) + dio_sky_sun_lux (&desc, color) * sine;
      g_assert_cmpfloat (total, <, 128000 * sine);
    }
}

static void
test_values (void)
{
  for (double elevation = -20; elevation <= 90; elevation += 7.5)
    for (double turbidity = 2; turbidity <= 10; turbidity += 4) {
      DioSkyDesc desc = { elevation * DEG, 1, turbidity, 0.2 };
      g_autoptr (DioImage) image = dio_sky_render (&desc, 16);
      g_assert_cmpuint (image->width, ==, 32);
      for (guint i = 0; i < 32 * 16 * 3; i++)
        g_assert_true (isfinite (image->f32[i]) && image->f32[i] >= 0 && image->f32[i] < 1e6f);
    }
}

/* The brightest texel of a low sun's sky lies towards the sun, wherever the azimuth puts it. */
static void
test_sun_direction (void)
{
  for (double azimuth = 0; azimuth < 360; azimuth += 45) {
    DioSkyDesc desc = { 20 * DEG, azimuth * DEG, 3, 0.2 };
    g_autoptr (DioImage) image = dio_sky_render (&desc, 64);
    guint best_x = 0, best_y = 0;
    for (guint y = 0; y < 32; y++)
      for (guint x = 0; x < 128; x++)
        if (luminance_at (image, x, y) > luminance_at (image, best_x, best_y)) {
          best_x = x;
          best_y = y;
        }
    DioVec3 direction = dio_environment_direction ((best_x + 0.5) / 128, (best_y + 0.5) / 64);
    DioVec3 sun = { cos (20 * DEG) * cos (azimuth * DEG), cos (20 * DEG) * sin (azimuth * DEG),
                    sin (20 * DEG) };
    double cosine = direction.x * sun.x + direction.y * sun.y + direction.z * sun.z;
    g_assert_cmpfloat (cosine, >, cos (4 * DEG));
  }
}

static void
test_blue_above_white_below (void)
{
  DioSkyDesc desc = { 50 * DEG, 0, 2.5, 0.3 };
  g_autoptr (DioImage) image = dio_sky_render (&desc, 64);
  /* Opposite the sun (column 0 is -Y, the sun at +X): blue above, paler towards the horizon. */
  const float *high = image->f32 + (12 * 128 + 32) * 3, *low = image->f32 + (31 * 128 + 32) * 3;
  g_assert_cmpfloat (high[2] / high[0], >, 1.5);
  g_assert_cmpfloat (high[2] / high[0], >, 1.2 * low[2] / low[0]);
}

static void
test_ground (void)
{
  DioSkyDesc desc = { 50 * DEG, 0, 3, 0.25 };
  float color[3];
  g_autoptr (DioImage) image = dio_sky_render (&desc, 64);
  double sun_lux = dio_sky_sun_lux (&desc, color);
  double sun_luminance = 0.2126 * color[0] + 0.7152 * color[1] + 0.0722 * color[2];
  const float *p = image->f32 + 40 * 128 * 3;
  for (int c = 0; c < 3; c++) {
    double sky_lux = 0;
    for (guint i = 0; i < 32 * 128; i++) {
      double polar = (i / 128 + 0.5) / 64 * G_PI;
      sky_lux += image->f32[i * 3 + c] * cos (polar) * sin (polar) * (G_PI / 64) * (G_PI / 64);
    }
    double lux = sky_lux + color[c] / sun_luminance * sun_lux * sin (50 * DEG);
    assert_near (p[c] / (0.25 * lux / G_PI), 1, 1e-3);
  }
  assert_near (dio_sky_horizontal_lux (image) / horizontal_lux (image), 1, 1e-6);
}

static void
test_sunset (void)
{
  double last_lux = 0, last_blue = -1, last_sky = 0;
  for (double elevation = -5; elevation <= 90; elevation += 5) {
    DioSkyDesc desc = { elevation * DEG, 0, 3, 0.2 };
    float color[3];
    double lux = dio_sky_sun_lux (&desc, color);
    g_autoptr (DioImage) image = dio_sky_render (&desc, 16);
    double sky = horizontal_lux (image);
    if (elevation < -0.3)
      g_assert_cmpfloat (lux, ==, 0);
    g_assert_true (lux >= last_lux && color[2] >= last_blue);
    if (elevation <= 30)
      g_assert_cmpfloat (sky, >, last_sky);
    g_assert_cmpfloat (fmaxf (color[0], fmaxf (color[1], color[2])), ==, 1);
    last_lux = lux;
    last_blue = color[2];
    last_sky = sky;
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/frame/sky/noon", test_noon);
  g_test_add_func ("/frame/sky/measured-level", test_measured_level);
  g_test_add_func ("/frame/sky/observed-level", test_observed_level);
  g_test_add_func ("/frame/sky/zenith-sun", test_zenith_sun);
  g_test_add_func ("/frame/sky/dusk", test_dusk);
  g_test_add_func ("/frame/sky/night", test_night);
  g_test_add_func ("/frame/sky/energy", test_energy);
  g_test_add_func ("/frame/sky/values", test_values);
  g_test_add_func ("/frame/sky/sun-direction", test_sun_direction);
  g_test_add_func ("/frame/sky/blue-above-white-below", test_blue_above_white_below);
  g_test_add_func ("/frame/sky/ground", test_ground);
  g_test_add_func ("/frame/sky/sunset", test_sunset);
  return g_test_run ();
}
