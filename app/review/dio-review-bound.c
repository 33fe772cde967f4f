/* Exact binomial bounds by way of the incomplete beta function: the probability of at most k successes among n at share p is
 * I_(1-p) (n - k, k + 1). */
#define G_LOG_DOMAIN "dio-review"

#include "dio-review-bound.h"

#include <math.h>

#define MAX_TERMS 10000
#define TINY 1e-300

/* The continued fraction of I_x (a, b), by the modified method of Lentz (Thompson and Barnett, 1986). */
static double
continued_fraction (double x, double a, double b)
{
  double c = 1, d = 1 - (a + b) * x / (a + 1);

  d = fabs (d) < TINY ? 1 / TINY : 1 / d;
  double result = d;
  for (int m = 1; m < MAX_TERMS; m++) {
    double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    double step = 1;
    for (int half = 0; half < 2; half++) {
      double term = half == 0 ? even : odd;
      d = 1 + term * d;
      d = fabs (d) < TINY ? 1 / TINY : 1 / d;
      c = 1 + term / c;
      c = fabs (c) < TINY ? TINY : c;
      step = c * d;
      result *= step;
    }
    if (fabs (step - 1) < 1e-15)
      break;
  }
  return result;
}

double
dio_review_bound_beta (double x, double a, double b)
{
  g_return_val_if_fail (a > 0 && b > 0, (double) NAN);

  if (!(x > 0))
    return 0;
  if (x >= 1)
    return 1;
  double front = exp (lgamma (a + b) - lgamma (a) - lgamma (b) + a * log (x) + b * log1p (-x));
  /* The fraction converges fast on this side of the mean; the other side is its mirror. */
  if (x < (a + 1) / (a + b + 2))
    return front * continued_fraction (x, a, b) / a;
  return 1 - front * continued_fraction (1 - x, b, a) / b;
}

/* The x with I_x (a, b) = @p, by halving: I is monotone in x, and 200 steps reach the last bit. */
static double
beta_quantile (double p, double a, double b)
{
  double low = 0, high = 1;

  for (int i = 0; i < 200; i++) {
    double middle = 0.5 * (low + high);
    if (dio_review_bound_beta (middle, a, b) < p)
      low = middle;
    else
      high = middle;
  }
  return 0.5 * (low + high);
}

static double
upper_at (guint64 k, guint64 n, double tail)
{
  if (k >= n)
    return 1;
  /* Exact where there is none: (1 - p)^n = tail. */
  if (k == 0)
    return -expm1 (log (tail) / (double) n);
  return beta_quantile (1 - tail, (double) k + 1, (double) (n - k));
}

static double
lower_at (guint64 k, guint64 n, double tail)
{
  if (k == 0)
    return 0;
  if (k >= n)
    return exp (log (tail) / (double) n);
  return beta_quantile (tail, (double) k, (double) (n - k) + 1);
}

double
dio_review_bound_upper (guint64 k, guint64 n, double confidence)
{
  g_return_val_if_fail (k <= n && confidence > 0 && confidence < 1, (double) NAN);

  return n == 0 ? 1 : upper_at (k, n, 1 - confidence);
}

DioReviewInterval
dio_review_bound_interval (guint64 k, guint64 n, double confidence)
{
  DioReviewInterval all = { 0, 1 };

  g_return_val_if_fail (k <= n && confidence > 0 && confidence < 1, all);

  double tail = 0.5 * (1 - confidence);
  if (n == 0)
    return all;
  return (DioReviewInterval){ lower_at (k, n, tail), upper_at (k, n, tail) };
}

guint64
dio_review_bound_sample_size (double share, double confidence)
{
  g_return_val_if_fail (share > 0 && share < 1 && confidence > 0 && confidence < 1, 0);

  return (guint64) ceil (log1p (-confidence) / log1p (-share) - 1e-9);
}

int
dio_review_bound_to_percent (double share, double *percent)
{
  g_return_val_if_fail (percent != NULL, 0);

  int decimals = share < 0.01 ? 3 : share < 0.1 ? 2 : 1;
  double step = pow (10, decimals);
  /* The last bit of a product may lie above what is meant. */
  *percent = MIN (ceil (100 * share * step - 1e-9) / step, 100);
  return decimals;
}
