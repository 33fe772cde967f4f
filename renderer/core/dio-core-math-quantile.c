#define G_LOG_DOMAIN "dio-core"

/* The inverse of the standard normal distribution: a rational first guess (P. J. Acklam, "An algorithm for
 * computing the inverse normal cumulative distribution function", 2003, relative error 1.15e-9), then
 * one step of Halley's method against our own distribution function. */

#include "dio-core-math.h"

#include <math.h>

#define SQRT_2PI 0x1.40d931ff62706p+1

static double
polynomial (const double *coefficients, int n, double x)
{
  double value = coefficients[0];
  for (int i = 1; i < n; i++)
    value = value * x + coefficients[i];
  return value;
}

/* Acklam's guess for p in (0, 0.5]; negative or 0. */
static double
guess_quantile (double p)
{
  static const double a[6] = { -3.969683028665376e+01, 2.209460984245205e+02,
                               -2.759285104469687e+02, 1.383577518672690e+02,
                               -3.066479806614716e+01, 2.506628277459239e+00 };
  static const double b[6] = { -5.447609879822406e+01, 1.615858368580409e+02,
                               -1.556989798598866e+02, 6.680131188771972e+01,
                               -1.328068155288572e+01, 1.0 };
  static const double c[6] = { -7.784894002430293e-03, -3.223964580411365e-01,
                               -2.400758277161838e+00, -2.549732539343734e+00,
                               4.374664141464968e+00,  2.938163982698783e+00 };
  static const double d[5] = { 7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00,
                               3.754408661907416e+00, 1.0 };
  if (p < 0.02425) {
    double q = sqrt (-2.0 * dio_log (p));
    return polynomial (c, 6, q) / polynomial (d, 5, q);
  }
  double q = p - 0.5;
  double r = q * q;
  return polynomial (a, 6, r) * q / polynomial (b, 6, r);
}

/* (Phi (x) - p) / phi (x) for x <= 0 and p in (0, 0.5], accurate relative to x.
 * Middle: Phi (x) - 1/2 = phi (x) (x + x^3/3 + x^5/(3*5) + ...) (Abramowitz and Stegun 26.2.11); p - 1/2 is
 * exact, so nothing cancels beside 0. Tail: Laplace's continued fraction for Phi / phi (26.2.14). */
static double
scaled_residual (double x, double p)
{
  double inverse_density = SQRT_2PI * dio_exp (0.5 * x * x);
  if (x > -2.0) {
    double term = x;
    double sum = x;
    for (int n = 3; fabs (term) > 1e-18 * fabs (sum); n += 2) {
      term *= x * x / n;
      sum += term;
    }
    return sum + (0.5 - p) * inverse_density;
  }
  double t = -x;
  double fraction = t;
  for (int n = 80; n >= 1; n--)
    fraction = t + n / fraction;
  return 1.0 / fraction - p * inverse_density;
}

double
dio_normal_quantile (double p)
{
  if (!(p >= 0 && p <= 1))
    return NAN;
  if (p == 0 || p == 1)
    return p == 0 ? -INFINITY : INFINITY;
  /* 1 - p is exact from 1/2 up, and the tails are mirror images. */
  if (p > 0.5)
    return -dio_normal_quantile (1.0 - p);
  double x = guess_quantile (p);
  double u = scaled_residual (x, p);
  return x - u / (1.0 + 0.5 * x * u);
}
