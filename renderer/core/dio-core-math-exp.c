#define G_LOG_DOMAIN "dio-core"

/* Exponential, logarithm, powers and the cube root. */

#include "dio-core-math.h"

#include "dio-core-math-private.h"

#include <math.h>

/* ln 2 = HI + LO; HI has 40 bits, so that k * HI is exact for every exponent k of a double. */
#define LN2_HI 0x1.62e42fefa2000p-1
#define LN2_LO 0x1.9ef35793c7673p-41
#define INV_LN2 0x1.71547652b82fep+0

/* value * 2^k with one rounding, for value in [0.5, 2) and any k that a result can have. */
static double
scale_by_power (double value, int k)
{
  if (k > 1023)
    return value * 0x1p1023 * dio_math_power_of_two (MIN (k - 1023, 1023));
  if (k < -1021) /* the first product is exact, the second rounds into the subnormals */
    return value * dio_math_power_of_two (MAX (k + 200, -1022)) * 0x1p-200;
  return value * dio_math_power_of_two (k);
}

/* exp (hi + lo), hi within [-746, 710]. Reduced to |r| <= ln 2 / 2, then Taylor to r^14 (remainder below
 * 2^-63), the terms added from the smallest. */
static double
exp_of_sum (double hi, double lo)
{
  double k = floor (hi * INV_LN2 + 0.5);
  DioPair r = dio_pair_two_sum (hi - k * LN2_HI, lo - k * LN2_LO);
  double x = r.hi;
  double p = 0x1.93974a8c07c9dp-37;
  p = p * x + 0x1.6124613a86d09p-33;
  p = p * x + 0x1.1eed8eff8d898p-29;
  p = p * x + 0x1.ae64567f544e4p-26;
  p = p * x + 0x1.27e4fb7789f5cp-22;
  p = p * x + 0x1.71de3a556c734p-19;
  p = p * x + 0x1.a01a01a01a01ap-16;
  p = p * x + 0x1.a01a01a01a01ap-13;
  p = p * x + 0x1.6c16c16c16c17p-10;
  p = p * x + 0x1.1111111111111p-7;
  p = p * x + 0x1.5555555555555p-5;
  p = p * x + 0x1.5555555555555p-3;
  p = p * x + 0.5;
  double value = 1.0 + (x + (r.lo + x * x * p));
  return scale_by_power (value, (int) k);
}

/* Writes @x = 2^k * m with m in [sqrt 0.5, sqrt 2): around 1 the logarithm then has k = 0. */
static double
split_exponent (double x, int *k)
{
  int shift = 0;
  if (x < 0x1p-1022) { /* a subnormal has no hidden bit */
    x *= 0x1p54;
    shift = -54;
  }
  uint64_t bits = dio_math_to_bits (x);
  int exponent = (int) (bits >> 52) - 1023;
  double m = dio_math_from_bits ((bits & 0x000fffffffffffffu) | 0x3ff0000000000000u);
  if (m >= 0x1.6a09e667f3bcdp+0) {
    m *= 0.5;
    exponent++;
  }
  *k = exponent + shift;
  return m;
}

/* log (m) = 2 atanh (s), s = (m - 1) / (m + 1): the sum over 2 s^(2n+1) / (2n+1). Returns the part of the
 * series 2/9 + 2/11 z + ..., with z = s^2 <= 0.0295; what is left out is below 2^-70 of the whole. */
static double
log_series_tail (double z)
{
  double p = 2.0 / 27.0;
  p = p * z + 2.0 / 25.0;
  p = p * z + 2.0 / 23.0;
  p = p * z + 2.0 / 21.0;
  p = p * z + 2.0 / 19.0;
  p = p * z + 2.0 / 17.0;
  p = p * z + 2.0 / 15.0;
  p = p * z + 2.0 / 13.0;
  p = p * z + 2.0 / 11.0;
  return p * z + 2.0 / 9.0;
}

/* log (x) as a pair with about 75 good bits, which pow needs: an exponent of 709 costs ten of them. */
static DioPair
log_pair (double x)
{
  static const DioPair coefficients[3] = {
    { 0x1.2492492492492p-2, 0x1.2492492492492p-56 },  /* 2/7 */
    { 0x1.999999999999ap-2, -0x1.999999999999ap-56 }, /* 2/5 */
    { 0x1.5555555555555p-1, 0x1.5555555555555p-55 },  /* 2/3 */
  };
  int k;
  double m = split_exponent (x, &k);
  double f = m - 1.0;
  DioPair denominator = dio_pair_two_sum (m, 1.0);
  DioPair s;
  s.hi = f / denominator.hi;
  DioPair back = dio_pair_two_product (s.hi, denominator.hi);
  s.lo = (((f - back.hi) - back.lo) - s.hi * denominator.lo) / denominator.hi;

  DioPair z = dio_pair_multiply (s, s);
  DioPair sum = { log_series_tail (z.hi), 0.0 };
  for (int i = 0; i < 3; i++)
    sum = dio_pair_add (dio_pair_multiply (sum, z), coefficients[i]);
  sum = dio_pair_multiply (dio_pair_multiply (sum, z), s);
  sum = dio_pair_add ((DioPair){ 2.0 * s.hi, 2.0 * s.lo }, sum);
  DioPair power = dio_pair_two_sum (k * LN2_HI, k * LN2_LO);
  return dio_pair_add (power, sum);
}

double
dio_exp (double x)
{
  if (isnan (x))
    return x;
  if (x > 710.0)
    return INFINITY;
  if (x < -746.0)
    return 0.0;
  return exp_of_sum (x, 0.0);
}

double
dio_log (double x)
{
  if (isnan (x) || x < 0)
    return NAN;
  if (x == 0)
    return -INFINITY;
  if (isinf (x))
    return x;
  int k;
  double f = split_exponent (x, &k) - 1.0;
  double s = f / (2.0 + f);
  double z = s * s;
  double r = z * (2.0 / 3.0 + z * (2.0 / 5.0 + z * (2.0 / 7.0 + z * log_series_tail (z))));
  /* 2 s = f - s f, so log (1 + f) = f - f^2/2 + s (f^2/2 + r): only small terms are rounded. */
  double half = 0.5 * f * f;
  return k * LN2_HI - ((half - (s * (half + r) + k * LN2_LO)) - f);
}

double
dio_pow (double x, double y)
{
  if (y == 0 || x == 1)
    return 1.0;
  if (isnan (x) || isnan (y) || x < 0)
    return NAN;
  if (x == 0)
    return y > 0 ? 0.0 : INFINITY;
  if (isinf (y))
    return (x > 1) == (y > 0) ? INFINITY : 0.0;
  if (isinf (x))
    return y > 0 ? INFINITY : 0.0;

  DioPair log_x = log_pair (x);
  double rough = log_x.hi * y;
  if (rough > 710.0)
    return INFINITY;
  if (rough < -746.0)
    return 0.0;
  DioPair product = dio_pair_two_product (log_x.hi, y);
  return exp_of_sum (product.hi, product.lo + log_x.lo * y);
}

double
dio_cbrt (double x)
{
  if (x == 0 || !isfinite (x))
    return x;
  int k;
  double m = split_exponent (fabs (x), &k);
  int third = (k >= 0 ? k : k - 2) / 3;
  int rest = k - 3 * third; /* 0, 1 or 2 */
  m *= dio_math_power_of_two (rest);

  /* m lies in [0.70, 5.7): a line through the range is right to 15 %, and four steps of Newton square
   * the error down to the last bit. */
  double y = 0.75 + 0.2 * m;
  for (int i = 0; i < 5; i++)
    y -= (y * y * y - m) / (3.0 * y * y);
  /* A last step with the exact cube removes what the rounding of y^3 left. */
  DioPair cube = dio_pair_multiply (dio_pair_two_product (y, y), (DioPair){ y, 0.0 });
  y -= ((cube.hi - m) + cube.lo) / (3.0 * y * y);
  y = scale_by_power (y, third);
  return x < 0 ? -y : y;
}
