#include "dio-review-bound.h"

#include <math.h>

static void
assert_near (double a, double b, double tolerance)
{
  g_assert_cmpfloat (fabs (a - b), <=, tolerance);
}

static void
test_beta (void)
{
  /* Closed forms: I_x (1, b) = 1 - (1 - x)^b, I_x (a, 1) = x^a, I_1/2 (a, a) = 1/2. */
  assert_near (dio_review_bound_beta (0.3, 1, 5), 1 - pow (0.7, 5), 1e-14);
  assert_near (dio_review_bound_beta (0.3, 4, 1), pow (0.3, 4), 1e-14);
  assert_near (dio_review_bound_beta (0.5, 17.5, 17.5), 0.5, 1e-13);
  /* Binomial: P(X >= 3) of 10 at 0.2 is I_0.2 (3, 8). */
  double sum = 0, choose[] = { 1, 10, 45 };
  for (int k = 0; k < 3; k++)
    sum += choose[k] * pow (0.2, k) * pow (0.8, 10 - k);
  assert_near (dio_review_bound_beta (0.2, 3, 8), 1 - sum, 1e-13);
  /* Mirror. */
  assert_near (dio_review_bound_beta (0.01, 2, 3000) + dio_review_bound_beta (0.99, 3000, 2), 1,
               1e-12);
  g_assert_cmpfloat (dio_review_bound_beta (0, 2, 3), ==, 0);
  g_assert_cmpfloat (dio_review_bound_beta (1, 2, 3), ==, 1);
}

static void
test_upper (void)
{
  g_assert_cmpfloat (dio_review_bound_upper (0, 299, 0.95), <, 0.01);
  g_assert_cmpfloat (dio_review_bound_upper (0, 298, 0.95), >, 0.01);
  g_assert_cmpfloat (dio_review_bound_upper (0, 59, 0.95), <, 0.05);
  g_assert_cmpfloat (dio_review_bound_upper (0, 58, 0.95), >, 0.05);
  assert_near (dio_review_bound_upper (0, 10, 0.95), 1 - pow (0.05, 0.1), 1e-14);
  g_assert_cmpfloat (dio_review_bound_upper (0, 0, 0.95), ==, 1);
  g_assert_cmpfloat (dio_review_bound_upper (7, 7, 0.95), ==, 1);
  g_assert_cmpuint (dio_review_bound_sample_size (0.01, 0.95), ==, 299);
  g_assert_cmpuint (dio_review_bound_sample_size (0.05, 0.95), ==, 59);
  /* The bound is where at most k rejects become as unlikely as 5 %. */
  double p = dio_review_bound_upper (2, 50, 0.95);
  double tail = pow (1 - p, 50) + 50 * p * pow (1 - p, 49) + 1225 * p * p * pow (1 - p, 48);
  assert_near (tail, 0.05, 1e-9);
}

/* Where the sum of binomial probabilities up to k is 5 %: found by halving over that sum with another program, as tables of Clopper and Pearson have it. */
static void
test_table (void)
{
  static const struct {
    guint64 k, n;
    double upper;
  } table[] = {
    { 0, 299, 0.0099691468 }, { 1, 127, 0.0368071826 },  { 1, 299, 0.0157667831 },
    { 3, 300, 0.0256413931 }, { 10, 100, 0.1637176233 }, { 2, 59, 0.1028891627 },
    { 50, 60, 0.9066930673 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    double p = dio_review_bound_upper (table[i].k, table[i].n, 0.95), sum = 0;
    assert_near (p, table[i].upper, 1e-9);
    double n = (double) table[i].n;
    for (guint64 k = 0; k <= table[i].k; k++) {
      double x = (double) k;
      sum += exp (lgamma (n + 1) - lgamma (x + 1) - lgamma (n - x + 1) + x * log (p)
                  + (n - x) * log1p (-p));
    }
    assert_near (sum, 0.05, 1e-9);
  }
}

static void
assert_percent (double share, const char *expected)
{
  double percent;
  int decimals = dio_review_bound_to_percent (share, &percent);
  g_autofree char *text = g_strdup_printf ("%.*f", decimals, percent);
  g_assert_cmpstr (text, ==, expected);
}

/* What is shown is never below the bound. */
static void
test_percent (void)
{
  assert_percent (dio_review_bound_upper (0, 299, 0.95), "0.997");
  assert_percent (dio_review_bound_upper (1, 127, 0.95), "3.69");
  assert_percent (dio_review_bound_upper (0, 10, 0.95), "25.9");
  assert_percent (0.031201, "3.13");
  assert_percent (0.0312, "3.12");
  assert_percent (0.25, "25.0");
  assert_percent (1, "100.0");
  for (guint n = 1; n < 4000; n += 7) {
    double percent, share = dio_review_bound_upper (n % 5 < n ? n % 5 : 0, n, 0.95);
    dio_review_bound_to_percent (share, &percent);
    g_assert_cmpfloat (percent, >=, 100 * share - 1e-9);
    g_assert_cmpfloat (percent, <, 100 * share + 0.11);
  }
}

static void
test_interval (void)
{
  /* Clopper and Pearson for 5 of 10 and 1 of 20 at 95 %, as tables have it. */
  DioReviewInterval half = dio_review_bound_interval (5, 10, 0.95);
  assert_near (half.low, 0.1871, 5e-5);
  assert_near (half.high, 0.8129, 5e-5);
  DioReviewInterval one = dio_review_bound_interval (1, 20, 0.95);
  assert_near (one.low, 0.00127, 5e-6);
  assert_near (one.high, 0.24873, 5e-6);
  DioReviewInterval none = dio_review_bound_interval (0, 100, 0.95);
  g_assert_cmpfloat (none.low, ==, 0);
  assert_near (none.high, 1 - pow (0.025, 0.01), 1e-14);
  DioReviewInterval all = dio_review_bound_interval (100, 100, 0.95);
  g_assert_cmpfloat (all.high, ==, 1);
  assert_near (all.low, pow (0.025, 0.01), 1e-12);
  /* Large numbers converge: near the normal approximation. */
  DioReviewInterval many = dio_review_bound_interval (1000, 100000, 0.95);
  assert_near (many.low, 0.01 - 1.96 * sqrt (0.01 * 0.99 / 100000), 2e-5);
  assert_near (many.high, 0.01 + 1.96 * sqrt (0.01 * 0.99 / 100000), 2e-5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/review/bound/beta", test_beta);
  g_test_add_func ("/review/bound/upper", test_upper);
  g_test_add_func ("/review/bound/table", test_table);
  g_test_add_func ("/review/bound/percent", test_percent);
  g_test_add_func ("/review/bound/interval", test_interval);
  return g_test_run ();
}
