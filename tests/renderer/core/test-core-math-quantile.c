#include "dio-core-math.h"

#include "test-core-reference.h"

#define PI_LONG 3.14159265358979323846264338327950288L

/* Two steps of Newton in long double from our value: the true quantile to 1e-18. */
static long double
refine (double p, double start)
{
  long double x = start;
  for (int i = 0; i < 2; i++) {
    long double below = erfcl (-x / sqrtl (2)) / 2 - p;
    long double above = (1 - (long double) p) - erfcl (x / sqrtl (2)) / 2;
    long double excess = p < 0.5 ? below : above;
    x -= excess * sqrtl (2 * PI_LONG) * expl (x * x / 2);
  }
  return x;
}

static void
check_quantile (double p)
{
  double x = dio_normal_quantile (p);
  long double want = refine (p, x);
  double relative = (double) fabsl ((x - want) / want);
  if (!(relative < 1e-14))
    g_error ("The quantile of %.17g is off by %g", p, relative);
}

static void
test_reference (void)
{
  for (guint i = 0; i < 20000; i++) {
    check_quantile (get_point (300, i, 0, 1));
    check_quantile (get_point (301, i, 0.005, 0.05));
    check_quantile (1 - get_point (302, i, 0.005, 0.05));
    check_quantile (pow (10, get_point (303, i, -300, -1)));
  }
}

static void
test_special_values (void)
{
  g_assert_cmpfloat (dio_normal_quantile (0.5), ==, 0);
  g_assert_cmpfloat (dio_normal_quantile (0), ==, -INFINITY);
  g_assert_cmpfloat (dio_normal_quantile (1), ==, INFINITY);
  g_assert_true (isnan (dio_normal_quantile (-0.1)));
  g_assert_true (isnan (dio_normal_quantile (1.1)));
  g_assert_true (isnan (dio_normal_quantile (NAN)));
  /* The two-sided 95 % point of every statistics table. */
  g_assert_cmpfloat_with_epsilon (dio_normal_quantile (0.975), 1.959963984540054, 1e-14);
  g_assert_cmpfloat (dio_normal_quantile (0.25), ==, -dio_normal_quantile (0.75));
}

static void
test_monotonic (void)
{
  double last = -INFINITY;
  for (guint i = 1; i < 20000; i++) {
    double x = dio_normal_quantile (i / 20000.0);
    g_assert_cmpfloat (x, >, last);
    last = x;
  }
}

static void
test_frozen_bits (void)
{
  static const FrozenCase cases[] = {
    { dio_normal_quantile, 1e-300, 0xc04286074064c26e },
    { dio_normal_quantile, 1e-10, 0xc0197203597a2155 },
    { dio_normal_quantile, 0.01, 0xc0029c5c4630ff0f },
    { dio_normal_quantile, 0.02425, 0xbfff913f9b7aa941 },
    { dio_normal_quantile, 0.1, 0xbff4813c36e26d3a },
    { dio_normal_quantile, 0.3, 0xbfe0c7e39582c5fb },
    { dio_normal_quantile, 0.499, 0xbf6488c93793e58f },
    { dio_normal_quantile, 0.8, 0x3feaee8fa73a1332 },
    { dio_normal_quantile, 0.999999, 0x40130381a97985ef },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmphex (to_bits (cases[i].own (cases[i].x)), ==, cases[i].bits);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/math-quantile/reference", test_reference);
  g_test_add_func ("/core/math-quantile/special-values", test_special_values);
  g_test_add_func ("/core/math-quantile/monotonic", test_monotonic);
  g_test_add_func ("/core/math-quantile/frozen-bits", test_frozen_bits);
  return g_test_run ();
}
