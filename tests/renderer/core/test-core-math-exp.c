#include "dio-core-math.h"

#include "test-core-reference.h"

#define N_POINTS 40000

static void
test_reference (void)
{
  static const ReferenceCase cases[] = {
    { "exp", dio_exp, expl, -1, 1, 1.0 },
    { "exp", dio_exp, expl, -745, 709.7, 1.0 },
    { "log", dio_log, logl, 0.25, 4, 1.0 },
    { "log", dio_log, logl, 0.999, 1.001, 1.0 },
    { "log", dio_log, logl, 1e-300, 1e300, 1.0 },
    { "cbrt", dio_cbrt, cbrtl, -10, 10, 1.0 },
    { "cbrt", dio_cbrt, cbrtl, 1e-310, 1e-305, 1.0 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    check_reference (&cases[i], i, N_POINTS);
}

static void
test_pow_reference (void)
{
  for (guint i = 0; i < N_POINTS; i++) {
    double x = pow (10, get_point (200, i, -8, 8));
    double y = get_point (201, i, -35, 35);
    g_assert_cmpfloat (get_ulps (dio_pow (x, y), powl (x, y)), <=, 1.5);
    double near_one = get_point (202, i, 0.4, 2.5);
    double large = get_point (203, i, -700, 700);
    g_assert_cmpfloat (get_ulps (dio_pow (near_one, large), powl (near_one, large)), <=, 1.5);
  }
}

static void
test_exp_range (void)
{
  g_assert_cmpfloat (dio_exp (0), ==, 1);
  g_assert_cmpfloat (dio_exp (1e5), ==, INFINITY);
  g_assert_cmpfloat (dio_exp (709.79), ==, INFINITY);
  g_assert_true (isfinite (dio_exp (709.78)));
  g_assert_cmpfloat (dio_exp (-1e5), ==, 0);
  g_assert_cmpfloat (dio_exp (-745.2), ==, 0);
  g_assert_cmpfloat (dio_exp (-745.1), ==, 5e-324);
  g_assert_cmpfloat (dio_exp (INFINITY), ==, INFINITY);
  g_assert_cmpfloat (dio_exp (-INFINITY), ==, 0);
  g_assert_true (isnan (dio_exp (NAN)));
}

static void
test_log_range (void)
{
  g_assert_cmpfloat (dio_log (1), ==, 0);
  g_assert_cmpfloat (dio_log (0), ==, -INFINITY);
  g_assert_cmpfloat (dio_log (INFINITY), ==, INFINITY);
  g_assert_true (isnan (dio_log (-1)));
  g_assert_true (isnan (dio_log (NAN)));
  g_assert_cmpfloat (get_ulps (dio_log (5e-324), logl ((long double) 5e-324)), <=, 1.0);
  for (double x = 1e-290; x < 1e290; x *= 1e10)
    g_assert_cmpfloat (fabs (dio_exp (dio_log (x)) / x - 1), <, 3e-13);
}

static void
test_pow_range (void)
{
  g_assert_cmpfloat (dio_pow (2, 10), ==, 1024);
  g_assert_cmpfloat (dio_pow (10, -3), ==, 0.001);
  g_assert_cmpfloat (dio_pow (9, 0.5), ==, 3);
  g_assert_cmpfloat (dio_pow (0, 0), ==, 1);
  g_assert_cmpfloat (dio_pow (0, 2), ==, 0);
  g_assert_cmpfloat (dio_pow (0, -2), ==, INFINITY);
  g_assert_cmpfloat (dio_pow (NAN, 0), ==, 1);
  g_assert_cmpfloat (dio_pow (1, NAN), ==, 1);
  g_assert_cmpfloat (dio_pow (2, 1e300), ==, INFINITY);
  g_assert_cmpfloat (dio_pow (2, -1e300), ==, 0);
  g_assert_cmpfloat (dio_pow (0.5, INFINITY), ==, 0);
  g_assert_cmpfloat (dio_pow (0.5, -INFINITY), ==, INFINITY);
  g_assert_cmpfloat (dio_pow (INFINITY, -0.5), ==, 0);
  g_assert_true (isnan (dio_pow (-2, 2)));
  g_assert_true (isnan (dio_pow (2, NAN)));
}

static void
test_cbrt_cubes (void)
{
  for (int i = -2000; i <= 2000; i++)
    g_assert_cmpfloat (dio_cbrt ((double) i * i * i), ==, i);
  g_assert_cmpfloat (get_ulps (dio_cbrt (5e-324), cbrtl ((long double) 5e-324)), <=, 1.0);
  g_assert_cmpfloat (dio_cbrt (-INFINITY), ==, -INFINITY);
  g_assert_true (isnan (dio_cbrt (NAN)));
}

/* Bits of every machine and every future: a change of the last place changes stored labels. */
static void
test_frozen_bits (void)
{
  static const FrozenCase cases[] = {
    { dio_exp, 0.1, 0x3ff1aec7b35a00d4 },     { dio_exp, 1.0, 0x4005bf0a8b14576a },
    { dio_exp, -2.5, 0x3fb50385c094f425 },    { dio_exp, 100.25, 0x48f8c39b9134bac4 },
    { dio_exp, -740.5, 0x0000000000000033 },  { dio_log, 0.1, 0xc0026bb1bbb55515 },
    { dio_log, 0.999, 0xbf5064670d979b73 },   { dio_log, 2.0, 0x3fe62e42fefa39ef },
    { dio_log, 10.0, 0x40026bb1bbb55516 },    { dio_log, 1e300, 0x4085963447f87fb5 },
    { dio_log, 1e-310, 0xc0864e69394d9508 },  { dio_cbrt, 0.1, 0x3fddb4c7760bcff3 },
    { dio_cbrt, 2.0, 0x3ff428a2f98d728b },    { dio_cbrt, -10.0, 0xc0013c484138704f },
    { dio_cbrt, 1e-310, 0x2a7a9d1b0b5d7427 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmphex (to_bits (cases[i].own (cases[i].x)), ==, cases[i].bits);
  g_assert_cmphex (to_bits (dio_pow (2.2, 0.45454545)), ==, 0x3ff6e57892782238);
  g_assert_cmphex (to_bits (dio_pow (0.5, 2.4)), ==, 0x3fc8406003b2ae5d);
  g_assert_cmphex (to_bits (dio_pow (0.001, 100.5)), ==, 0x0155af9135c60d7b);
  g_assert_cmphex (to_bits (dio_pow (1.0000001, 1e9)), ==, 0x48f349445c228792);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/math-exp/reference", test_reference);
  g_test_add_func ("/core/math-exp/pow-reference", test_pow_reference);
  g_test_add_func ("/core/math-exp/exp-range", test_exp_range);
  g_test_add_func ("/core/math-exp/log-range", test_log_range);
  g_test_add_func ("/core/math-exp/pow-range", test_pow_range);
  g_test_add_func ("/core/math-exp/cbrt-cubes", test_cbrt_cubes);
  g_test_add_func ("/core/math-exp/frozen-bits", test_frozen_bits);
  return g_test_run ();
}
