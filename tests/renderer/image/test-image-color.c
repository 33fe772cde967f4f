#include "dio-image-color.h"

#include <math.h>

static void
assert_near (double a, double b, double tolerance)
{
  if (!(fabs (a - b) <= tolerance))
    g_error ("%.17g is not within %g of %.17g", a, tolerance, b);
}

/* Values of IEC 61966-2-1, computed by hand from its formulas. */
static void
test_srgb_known (void)
{
  assert_near (dio_srgb_from_linear (0), 0, 0);
  assert_near (dio_srgb_from_linear (1), 1, 1e-12);
  assert_near (dio_srgb_from_linear (0.5), 0.7353569830524495, 1e-12);
  assert_near (dio_srgb_from_linear (0.001), 0.01292, 1e-15);
  assert_near (dio_linear_from_srgb (0.5), 0.21404114048223255, 1e-12);
  g_assert_cmpuint (dio_srgb8_from_linear (0.2158605), ==, 128);
}

static void
test_srgb_round_trip (void)
{
  for (int i = 0; i <= 255; i++) {
    double linear = dio_linear_from_srgb (i / 255.0);
    g_assert_cmpuint (dio_srgb8_from_linear (linear), ==, i);
    assert_near (dio_srgb_from_linear (linear), i / 255.0, 1e-7);
  }
}

static void
test_srgb8_extremes (void)
{
  g_assert_cmpuint (dio_srgb8_from_linear (-1), ==, 0);
  g_assert_cmpuint (dio_srgb8_from_linear (2), ==, 255);
  g_assert_cmpuint (dio_srgb8_from_linear (NAN), ==, 0);
  g_assert_cmpuint (dio_srgb8_from_linear (INFINITY), ==, 255);
}

static double
hable_reference (double x)
{
  return (x * (0.22 * x + 0.03) + 0.002) / (x * (0.22 * x + 0.3) + 0.06) - 0.01 / 0.3;
}

static void
test_tone (void)
{
  double last = -1;
  for (double x = 0; x < 8; x += 0.01) {
    double y = dio_tone_apply (DIO_TONE_FILMIC, x);
    g_assert_true (y >= 0 && y <= 1 && (y > last || y == 1));
    if (x < 5.6)
      assert_near (y, hable_reference (2 * x) / hable_reference (11.2), 1e-12);
    last = y;
  }
  assert_near (dio_tone_apply (DIO_TONE_FILMIC, 5.6), 1, 1e-12);
  assert_near (dio_tone_apply (DIO_TONE_FILMIC, INFINITY), 1, 0);
  assert_near (dio_tone_apply (DIO_TONE_FILMIC, NAN), 0, 0);
  assert_near (dio_tone_apply (DIO_TONE_LINEAR, 0.25), 0.25, 0);
  assert_near (dio_tone_apply (DIO_TONE_LINEAR, 3), 1, 0);
  assert_near (dio_tone_apply (DIO_TONE_LINEAR, -3), 0, 0);
}

/* Curves of other hands: values worked out from the published texts by an independent program. */
static void
test_aces_and_agx (void)
{
  double out[3];
  assert_near (dio_tone_apply (DIO_TONE_ACES, 0.18), 0.2668989203894968, 1e-9);
  assert_near (dio_tone_apply (DIO_TONE_ACES, 1), 0.8037974683544302, 1e-9);
  assert_near (dio_tone_apply (DIO_TONE_ACES, INFINITY), 1, 0);
  dio_tone_apply_rgb (DIO_TONE_AGX, (const double[3]){ 0.18, 0.18, 0.18 }, out);
  assert_near (out[0], 0.2144674307072033, 1e-9);
  dio_tone_apply_rgb (DIO_TONE_AGX, (const double[3]){ 4, 0.3, 0.02 }, out);
  assert_near (out[0], 0.9734332741749135, 1e-9);
  assert_near (out[1], 0.39083341543374656, 1e-9);
  assert_near (out[2], 0.20948292947876943, 1e-9);
  /* Bright colours fade to white, which clipping curves do not. */
  dio_tone_apply_rgb (DIO_TONE_AGX, (const double[3]){ 60, 1, 1 }, out);
  g_assert_cmpfloat (out[1], >, 0.4);
  for (double last = -1, x = 0; x < 20; x += 0.01) {
    double y = dio_tone_apply (DIO_TONE_AGX, x);
    g_assert_true (y >= last && y <= 1);
    last = y;
  }
}

static void
test_tone_names (void)
{
  DioToneCurve curve = DIO_TONE_LINEAR;
  g_assert_true (dio_tone_curve_from_name ("filmic", &curve));
  g_assert_cmpint (curve, ==, DIO_TONE_FILMIC);
  g_assert_true (dio_tone_curve_from_name (dio_tone_curve_to_name (DIO_TONE_LINEAR), &curve));
  g_assert_cmpint (curve, ==, DIO_TONE_LINEAR);
  g_assert_false (dio_tone_curve_from_name ("Filmic", &curve));
  g_assert_false (dio_tone_curve_from_name (NULL, &curve));
}

static void
test_temperature (void)
{
  double last_red = 2, last_blue = -1;
  for (double kelvin = 1000; kelvin <= 40000; kelvin *= 1.02) {
    double rgb[3];
    dio_color_from_temperature (kelvin, rgb);
    assert_near (fmax (rgb[0], fmax (rgb[1], rgb[2])), 1, 1e-12);
    g_assert_true (rgb[0] >= 0 && rgb[1] >= 0 && rgb[2] >= 0);
    /* Hotter is bluer, across the joints of the splines as well. */
    g_assert_true (rgb[0] <= last_red + 1e-9 && rgb[2] >= last_blue - 1e-9);
    last_red = rgb[0];
    last_blue = rgb[2];
  }

  double white[3], tungsten[3];
  dio_color_from_temperature (6504, white);
  for (int i = 0; i < 3; i++)
    assert_near (white[i], 1, 0.06);
  /* CIE illuminant A (2856 K, x 0.4476, y 0.4074) in linear sRGB by its XYZ. */
  dio_color_from_temperature (2856, tungsten);
  assert_near (tungsten[1], 0.4446, 0.01);
  assert_near (tungsten[2], 0.1246, 0.01);
}

static void
test_hsv (void)
{
  static const struct {
    double h, s, v, rgb[3];
  } cases[] = {
    { 0, 1, 1, { 1, 0, 0 } },           { 1, 1, 1, { 1, 0, 0 } },
    { 1.0 / 3, 1, 1, { 0, 1, 0 } },     { 2.0 / 3, 1, 1, { 0, 0, 1 } },
    { 0.5, 1, 0.5, { 0, 0.5, 0.5 } },   { 1.0 / 6, 1, 1, { 1, 1, 0 } },
    { 0.7, 0, 0.3, { 0.3, 0.3, 0.3 } }, { 1.0 / 12, 0.5, 0.8, { 0.8, 0.6, 0.4 } },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    double rgb[3];
    dio_color_from_hsv (cases[i].h, cases[i].s, cases[i].v, rgb);
    for (int c = 0; c < 3; c++)
      assert_near (rgb[c], cases[i].rgb[c], 1e-12);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/image/color/srgb-known", test_srgb_known);
  g_test_add_func ("/image/color/srgb-round-trip", test_srgb_round_trip);
  g_test_add_func ("/image/color/srgb8-extremes", test_srgb8_extremes);
  g_test_add_func ("/image/color/tone", test_tone);
  g_test_add_func ("/image/color/aces-and-agx", test_aces_and_agx);
  g_test_add_func ("/image/color/tone-names", test_tone_names);
  g_test_add_func ("/image/color/temperature", test_temperature);
  g_test_add_func ("/image/color/hsv", test_hsv);
  return g_test_run ();
}
