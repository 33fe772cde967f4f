#include "dio-core-math.h"

#include "test-core-reference.h"

#define N_POINTS 40000

static void
test_reference (void)
{
  static const ReferenceCase cases[] = {
    { "sin", dio_sin, sinl, -4, 4, 1.0 },         { "sin", dio_sin, sinl, -1e6, 1e6, 1.0 },
    { "cos", dio_cos, cosl, -4, 4, 1.0 },         { "cos", dio_cos, cosl, -1e6, 1e6, 1.0 },
    { "tan", dio_tan, tanl, -4, 4, 3.0 },         { "tan", dio_tan, tanl, -1e6, 1e6, 3.0 },
    { "sin", dio_sin, sinl, -1e-3, 1e-3, 1.0 },   { "asin", dio_asin, asinl, -1, 1, 4.0 },
    { "acos", dio_acos, acosl, -1, 1, 4.0 },      { "acos", dio_acos, acosl, 0.999, 1, 4.0 },
    { "acos", dio_acos, acosl, -1, -0.999, 4.0 }, { "asin", dio_asin, asinl, -1e-3, 1e-3, 4.0 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    check_reference (&cases[i], i, N_POINTS);
}

/* Doubles beside multiples of pi/2 are where a poor reduction loses all digits. */
static void
test_multiples_of_half_pi (void)
{
  for (guint k = 1; k < 600000; k += 17) {
    double x = k * (DIO_PI / 2);
    double near[3] = { nextafter (x, 0), x, nextafter (x, INFINITY) };
    for (int i = 0; i < 3 && near[i] <= 1e6; i++) {
      g_assert_cmpfloat (get_ulps (dio_sin (near[i]), sinl ((long double) near[i])), <=, 1.0);
      g_assert_cmpfloat (get_ulps (dio_cos (-near[i]), cosl ((long double) near[i])), <=, 1.0);
      g_assert_cmpfloat (get_ulps (dio_tan (near[i]), tanl ((long double) near[i])), <=, 3.0);
    }
  }
}

/* Beyond 1e6 the absolute error stays below the spacing of doubles at the argument. */
static void
test_large_arguments (void)
{
  for (guint i = 0; i < 20000; i++) {
    double x = get_point (100, i, 1e6, 1e12);
    double spacing = nextafter (x, INFINITY) - x;
    g_assert_cmpfloat (fabs (dio_sin (x) - (double) sinl ((long double) x)), <, spacing);
    g_assert_cmpfloat (fabs (dio_cos (-x) - (double) cosl ((long double) x)), <, spacing);
  }
  g_assert_cmpfloat (fabs (dio_sin (1e300)), <=, 1.0);
}

static void
test_atan2_reference (void)
{
  for (guint i = 0; i < N_POINTS; i++) {
    double y = get_point (101, i, -1, 1) * pow (10, get_point (102, i, -6, 6));
    double x = get_point (103, i, -1, 1) * pow (10, get_point (104, i, -6, 6));
    g_assert_cmpfloat (get_ulps (dio_atan2 (y, x), atan2l (y, x)), <=, 4.0);
  }
}

static void
test_atan2_axes (void)
{
  g_assert_cmpfloat (dio_atan2 (0, 0), ==, 0);
  g_assert_cmpfloat (dio_atan2 (0, 1), ==, 0);
  g_assert_cmpfloat (dio_atan2 (1, 0), ==, DIO_PI / 2);
  g_assert_cmpfloat (dio_atan2 (-1, 0), ==, -DIO_PI / 2);
  g_assert_cmpfloat (dio_atan2 (0, -1), ==, DIO_PI);
  g_assert_cmpfloat (dio_atan2 (-0.0, -1), ==, DIO_PI);
  g_assert_cmpfloat (dio_atan2 (1, 1), ==, DIO_PI / 4);
  g_assert_cmpfloat (dio_atan2 (INFINITY, INFINITY), ==, DIO_PI / 4);
  g_assert_cmpfloat (dio_atan2 (-1, -INFINITY), ==, -DIO_PI);
  g_assert_cmpfloat (dio_atan2 (5e-324, 1e300), ==, 0);
}

static void
test_special_values (void)
{
  double (*const all[]) (double) = { dio_sin, dio_cos, dio_tan, dio_asin, dio_acos };
  for (guint i = 0; i < G_N_ELEMENTS (all); i++) {
    g_assert_true (isnan (all[i](NAN)));
    g_assert_true (isnan (all[i](INFINITY)));
  }
  g_assert_true (isnan (dio_asin (1.0000000000000002)));
  g_assert_true (isnan (dio_acos (-1.0000000000000002)));
  g_assert_cmpfloat (dio_sin (0), ==, 0);
  g_assert_cmpfloat (dio_cos (0), ==, 1);
  g_assert_cmpfloat (dio_asin (1), ==, DIO_PI / 2);
  g_assert_cmpfloat (dio_acos (1), ==, 0);
  g_assert_cmpfloat (dio_acos (-1), ==, DIO_PI);
}

/* Bits of every machine and every future: a change of the last place changes stored labels. */
static void
test_frozen_bits (void)
{
  static const FrozenCase cases[] = {
    { dio_sin, 0.1, 0x3fb98eaecb8bcb2c },
    { dio_sin, 1.0, 0x3feaed548f090cee },
    { dio_sin, -2.5, 0xbfe326af0dcfcab0 },
    { dio_sin, 3.14159265358979, 0x3ced1a62633145c0 },
    { dio_sin, 12345.678, 0xbfe687d5890974a5 },
    { dio_sin, 987654.321, 0x3fda3f16e3d46852 },
    { dio_sin, 1e9, 0x3fe1778cc00cd87a },
    { dio_cos, 0.1, 0x3fefd712f9a817c1 },
    { dio_cos, 1.0, 0x3fe14a280fb5068c },
    { dio_cos, -2.5, 0xbfe9a2f7ef858b7d },
    { dio_cos, 1.5707963267949, 0xbcef72cece675d20 },
    { dio_cos, 12345.678, 0x3fe6b94c3bbe24b8 },
    { dio_cos, 987654.321, 0x3fed2f6f0efb879c },
    { dio_tan, 0.1, 0x3fb9af8877430b7f },
    { dio_tan, 1.0, 0x3ff8eb245cbee3a5 },
    { dio_tan, -2.5, 0x3fe7e79b4e00bb14 },
    { dio_tan, 1.57, 0x40939f0ff737e7f3 },
    { dio_tan, 12345.678, 0xbfefba5836323a4d },
    { dio_asin, 0.1, 0x3fb9a49276037884 },
    { dio_asin, -0.7, 0xbfe8d00e692afd96 },
    { dio_asin, 0.9999, 0x3ff8e80e1a01556a },
    { dio_acos, 0.1, 0x3ff787b22ce3f590 },
    { dio_acos, -0.7, 0x4002c501446cd5f1 },
    { dio_acos, 0.9999, 0x3f8cf69d216bd74b },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmphex (to_bits (cases[i].own (cases[i].x)), ==, cases[i].bits);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/math-trig/reference", test_reference);
  g_test_add_func ("/core/math-trig/multiples-of-half-pi", test_multiples_of_half_pi);
  g_test_add_func ("/core/math-trig/large-arguments", test_large_arguments);
  g_test_add_func ("/core/math-trig/atan2-reference", test_atan2_reference);
  g_test_add_func ("/core/math-trig/atan2-axes", test_atan2_axes);
  g_test_add_func ("/core/math-trig/special-values", test_special_values);
  g_test_add_func ("/core/math-trig/frozen-bits", test_frozen_bits);
  return g_test_run ();
}
