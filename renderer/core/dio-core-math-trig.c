#define G_LOG_DOMAIN "dio-core"

/* Sine, cosine, tangent and their inverses. Series rather than fitted polynomials: on the reduced
 * ranges a few more terms cost nanoseconds, and every coefficient can be checked by eye. */

#include "dio-core-math.h"

#include "dio-core-math-private.h"

#include <math.h>

#define PI_HI 0x1.921fb54442d18p+1
#define PI_LO 0x1.1a62633145c07p-53

/* pi/2 in parts of 33 bits, so that k times a part is exact for |k| < 2^20. */
static const double half_pi_parts[4] = {
  0x1.921fb54400000p+0,
  0x1.0b4611a600000p-34,
  0x1.3198a2e000000p-69,
  0x1.b839a25200000p-104,
};

/* atan(j/8) as exact pairs, j = 0 .. 8. */
static const DioPair atan_of_eighths[9] = {
  { 0.0, 0.0 },
  { 0x1.fd5ba9aac2f6ep-4, -0x1.cd37686760c17p-59 },
  { 0x1.f5b75f92c80ddp-3, 0x1.8ab6e3cf7afbdp-57 },
  { 0x1.6f61941e4def1p-2, -0x1.c63aae6f6e918p-56 },
  { 0x1.dac670561bb4fp-2, 0x1.a2b7f222f65e2p-56 },
  { 0x1.1e00babdefeb4p-1, -0x1.928df287a668fp-58 },
  { 0x1.4978fa3269ee1p-1, 0x1.2419a87f2a458p-56 },
  { 0x1.700a7c5784634p-1, -0x1.8c34d25aadef6p-56 },
  { 0x1.921fb54442d18p-1, 0x1.1a62633145c07p-55 },
};

/* Splits @x into quadrant * pi/2 + (hi + lo) with |hi + lo| <= pi/4; returns the quadrant modulo 4.
 * Four parts leave 2^-130 of pi/2, far below the smallest distance of a double up to 1e6 from a
 * multiple of pi/2 (about 2^-55), so the remainder keeps full relative accuracy. */
static int
reduce_angle (double x, DioPair *rest)
{
  /* fmod is exact in every libm. The error of 2 pi as a double then counts |x| / 2 pi times, which stays
   * below the spacing of doubles at x: no caller can tell. */
  if (fabs (x) > 1e6)
    x = fmod (x, 2.0 * PI_HI);

  double k = floor (x * 0x1.45f306dc9c883p-1 + 0.5);
  DioPair sum = dio_pair_two_sum (x, -k * half_pi_parts[0]);
  for (int i = 1; i < 4; i++) {
    DioPair next = dio_pair_two_sum (sum.hi, -k * half_pi_parts[i]);
    sum = (DioPair){ next.hi, next.lo + sum.lo };
  }
  *rest = dio_pair_two_sum (sum.hi, sum.lo);
  return (int) ((int64_t) k & 3);
}

/* sin (r.hi + r.lo) on [-pi/4, pi/4]: Taylor to x^17, remainder below 2^-63. The low part enters with the
 * first derivative, cos ~ 1 - x^2/2. */
static double
sin_kernel (DioPair r)
{
  double x = r.hi;
  double z = x * x;
  double p = 0x1.952c77030ad4ap-49;
  p = p * z - 0x1.ae7f3e733b81fp-41;
  p = p * z + 0x1.6124613a86d09p-33;
  p = p * z - 0x1.ae64567f544e4p-26;
  p = p * z + 0x1.71de3a556c734p-19;
  p = p * z - 0x1.a01a01a01a01ap-13;
  p = p * z + 0x1.1111111111111p-7;
  p = p * z - 0x1.5555555555555p-3;
  return x + (x * (z * p) + r.lo * (1.0 - 0.5 * z));
}

/* cos (r.hi + r.lo) on [-pi/4, pi/4]: Taylor to x^16. The error of 1 - x^2/2 is added back. */
static double
cos_kernel (DioPair r)
{
  double x = r.hi;
  double z = x * x;
  double p = 0x1.ae7f3e733b81fp-45;
  p = p * z - 0x1.93974a8c07c9dp-37;
  p = p * z + 0x1.1eed8eff8d898p-29;
  p = p * z - 0x1.27e4fb7789f5cp-22;
  p = p * z + 0x1.a01a01a01a01ap-16;
  p = p * z - 0x1.6c16c16c16c17p-10;
  p = p * z + 0x1.5555555555555p-5;
  double half = 0.5 * z;
  DioPair head = dio_pair_fast_sum (1.0, -half);
  return head.hi + (head.lo + (z * z * p - x * r.lo));
}

double
dio_sin (double angle_rad)
{
  if (!isfinite (angle_rad))
    return NAN;
  if (angle_rad == 0)
    return angle_rad;
  DioPair r;
  int quadrant = reduce_angle (angle_rad, &r);
  double value = (quadrant & 1) ? cos_kernel (r) : sin_kernel (r);
  return (quadrant & 2) ? -value : value;
}

double
dio_cos (double angle_rad)
{
  if (!isfinite (angle_rad))
    return NAN;
  DioPair r;
  int quadrant = reduce_angle (angle_rad, &r);
  double value = (quadrant & 1) ? sin_kernel (r) : cos_kernel (r);
  return (quadrant == 1 || quadrant == 2) ? -value : value;
}

double
dio_tan (double angle_rad)
{
  if (!isfinite (angle_rad))
    return NAN;
  if (angle_rad == 0)
    return angle_rad;
  DioPair r;
  int quadrant = reduce_angle (angle_rad, &r);
  double s = sin_kernel (r);
  double c = cos_kernel (r);
  return (quadrant & 1) ? -c / s : s / c;
}

/* atan (t) for t in [0, 1] as a pair: the nearest eighth from the table, the rest (at most 1/15) by its
 * series, since atan t - atan c = atan ((t - c) / (1 + t c)). */
static DioPair
atan_unit (double t)
{
  int j = (int) (t * 8.0 + 0.5);
  double c = j * 0.125;
  double u = (t - c) / (1.0 + t * c);
  double z = u * u;
  double p = 1.0 / 17.0;
  p = 1.0 / 15.0 - p * z;
  p = 1.0 / 13.0 - p * z;
  p = 1.0 / 11.0 - p * z;
  p = 1.0 / 9.0 - p * z;
  p = 1.0 / 7.0 - p * z;
  p = 1.0 / 5.0 - p * z;
  p = 1.0 / 3.0 - p * z;
  double tail = -u * (z * p);
  DioPair head = dio_pair_two_sum (atan_of_eighths[j].hi, u);
  return dio_pair_two_sum (head.hi, head.lo + (atan_of_eighths[j].lo + tail));
}

double
dio_atan2 (double y, double x)
{
  if (isnan (x) || isnan (y))
    return NAN;
  double ay = fabs (y);
  double ax = fabs (x);
  if (ay == 0 && ax == 0)
    return 0;
  /* Infinite arguments mean directions: (inf, inf) is the diagonal. */
  if (isinf (ay) || isinf (ax)) {
    ay = isinf (ay) ? 1 : 0;
    ax = isinf (ax) ? 1 : 0;
  }

  gboolean steep = ay > ax;
  DioPair angle = atan_unit (steep ? ax / ay : ay / ax);
  if (steep)
    angle = dio_pair_add ((DioPair){ 0.5 * PI_HI, 0.5 * PI_LO }, (DioPair){ -angle.hi, -angle.lo });
  if (x < 0)
    angle = dio_pair_add ((DioPair){ PI_HI, PI_LO }, (DioPair){ -angle.hi, -angle.lo });
  double value = angle.hi + angle.lo;
  /* The range is half open: the negative x axis is +pi even from y = -0. */
  return y < 0 ? -value : value;
}

double
dio_asin (double x)
{
  if (!(fabs (x) <= 1))
    return NAN;
  return dio_atan2 (x, sqrt ((1.0 - x) * (1.0 + x)));
}

double
dio_acos (double x)
{
  if (!(fabs (x) <= 1))
    return NAN;
  /* The half-angle form keeps its accuracy beside 1, where 1 - x is exact. */
  return 2.0 * dio_atan2 (sqrt (1.0 - x), sqrt (1.0 + x));
}
