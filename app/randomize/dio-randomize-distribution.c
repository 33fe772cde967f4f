#define G_LOG_DOMAIN "dio-randomize"

#include "dio-randomize-distribution.h"

#include "dio-core-math.h"

#include <math.h>

#define INVERSE_SQRT_2PI 0.39894228040143267794
/* Beyond so many standard deviations the normal's tail leaves the range of doubles. */
#define FAR_TAIL 37.0

static double
normal_density (double z)
{
  return INVERSE_SQRT_2PI * dio_exp (-0.5 * z * z);
}

/* Phi (z) for z <= 0 with full relative accuracy. Near 0 the series of Abramowitz and Stegun 26.2.11, in the
 * tail Laplace's continued fraction 26.2.14, both summed until they stand still in doubles. */
static double
normal_lower (double z)
{
  if (z < -FAR_TAIL - 1)
    return 0;
  if (z > -2.5) {
    double term = z, sum = z;
    for (int n = 3; fabs (term) > 1e-18 * fabs (sum); n += 2) {
      term *= z * z / n;
      sum += term;
    }
    return 0.5 + normal_density (z) * sum;
  }
  double fraction = -z;
  for (int n = 80; n >= 1; n--)
    fraction = n / fraction - z;
  return normal_density (z) / fraction;
}

static double
normal_cumulative (double z)
{
  return z <= 0 ? normal_lower (z) : 1.0 - normal_lower (-z);
}

/** The window of a truncated normal in standard deviations, mirrored where it lies right of the mean so that
 * its near edge keeps the accuracy of the lower tail. */
typedef struct {
  double low, high; /**< low <= 0 */
  gboolean mirrored;
  double p_low, mass; /**< Phi (low), Phi (high) - Phi (low) */
} Window;

static Window
make_window (const DioDistribution *d)
{
  Window w = { (d->min - d->mean) / d->stddev, (d->max - d->mean) / d->stddev, FALSE, 0, 0 };
  if (w.low > 0) {
    double low = w.low;
    w.low = -w.high;
    w.high = -low;
    w.mirrored = TRUE;
  }
  w.p_low = normal_cumulative (w.low);
  w.mass = normal_cumulative (w.high) - w.p_low;
  return w;
}

/* So far out the normal falls like exp (t0 t) to first order in 1 / t0^2, which is below 1e-3 here. */
static double
sample_far_tail (const Window *w, double u)
{
  double t0 = -w->high;
  double missing = dio_exp (-t0 * (w->high - w->low));
  double z = w->high + dio_log (missing + u * (1.0 - missing)) / t0;
  return CLAMP (z, w->low, w->high);
}

static double
sample_normal (const DioDistribution *d, double u)
{
  if (!(d->stddev > 0))
    return CLAMP (d->mean, d->min, d->max);
  Window w = make_window (d);
  /* 1 - u is exact, and keeps the value growing with u in the mirrored case. The smallest number stands for
   * half a step, so that an open end never gives infinity. */
  double v = w.mirrored ? 1.0 - u : u;
  v = fmax (v, 0x1p-54);
  double z;
  if (w.high < -FAR_TAIL)
    z = sample_far_tail (&w, v);
  else
    z = dio_normal_quantile (fmin (w.p_low + v * w.mass, 1.0 - 0x1p-53));
  double x = d->mean + d->stddev * (w.mirrored ? -z : z);
  return CLAMP (x, d->min, d->max);
}

static double
weight_of (const DioDistribution *d, guint index)
{
  return d->weights != NULL ? d->weights[index] : 1.0;
}

static double
total_weight (const DioDistribution *d)
{
  double total = 0;
  for (guint i = 0; i < d->n_choices; i++)
    total += weight_of (d, i);
  return total;
}

static double
sample_choice (const DioDistribution *d, double u)
{
  double left = u * total_weight (d);
  guint chosen = 0;
  for (guint i = 0; i < d->n_choices; i++) {
    double weight = weight_of (d, i);
    if (weight > 0)
      chosen = i;
    if (left < weight)
      break;
    left -= weight;
  }
  return d->numbers != NULL ? d->numbers[chosen] : (double) chosen;
}

static double
sample_log_uniform (const DioDistribution *d, double u)
{
  double low = dio_log (d->min);
  double x = dio_exp (low + u * (dio_log (d->max) - low));
  return CLAMP (x, d->min, d->max);
}

/* How many whole numbers there are. Beyond 2^53 neighbouring ones are the same double anyway. */
static double
count_integers (const DioDistribution *d)
{
  return fmin (d->max - d->min, 0x1p53) + 1;
}

double
dio_distribution_quantile (const DioDistribution *distribution, double u)
{
  g_return_val_if_fail (distribution != NULL && u >= 0 && u < 1, 0);
  const DioDistribution *d = distribution;
  switch (d->kind) {
  case DIO_DISTRIBUTION_CONSTANT:
    return d->value;
  case DIO_DISTRIBUTION_UNIFORM:
    return d->min + u * (d->max - d->min);
  case DIO_DISTRIBUTION_LOG_UNIFORM:
    return sample_log_uniform (d, u);
  case DIO_DISTRIBUTION_NORMAL:
    return sample_normal (d, u);
  case DIO_DISTRIBUTION_CHOICE:
    return sample_choice (d, u);
  case DIO_DISTRIBUTION_INTEGER:
    return fmin (d->min + floor (u * count_integers (d)), d->max);
  case DIO_DISTRIBUTION_BOOLEAN:
    return u < d->probability ? 1 : 0;
  default:
    g_return_val_if_reached (0);
  }
}

double
dio_distribution_sample (const DioDistribution *distribution, const DioRandomKey *key)
{
  g_return_val_if_fail (distribution != NULL && key != NULL, 0);
  const DioDistribution *d = distribution;
  /* All 64 bits count where there may be more numbers than a double has places. */
  if (d->kind == DIO_DISTRIBUTION_INTEGER)
    return d->min + (double) dio_random_below (key, (uint64_t) count_integers (d));
  return dio_distribution_quantile (d, dio_random_uniform (key));
}

static double
choice_mass (const DioDistribution *d, double x)
{
  double mass = 0;
  for (guint i = 0; i < d->n_choices; i++)
    if ((d->numbers != NULL ? d->numbers[i] : (double) i) == x)
      mass += weight_of (d, i);
  return mass / total_weight (d);
}

static double
truncated_normal_density (const DioDistribution *d, double x)
{
  if (x < d->min || x > d->max)
    return 0;
  Window w = make_window (d);
  double z = (x - d->mean) / d->stddev;
  if (w.mirrored)
    z = -z;
  if (w.high >= -FAR_TAIL)
    return normal_density (z) / (d->stddev * w.mass);
  double t0 = -w.high;
  double missing = dio_exp (-t0 * (w.high - w.low));
  return t0 * dio_exp (t0 * (z - w.high)) / ((1.0 - missing) * d->stddev);
}

double
dio_distribution_density (const DioDistribution *distribution, double x)
{
  g_return_val_if_fail (distribution != NULL, 0);
  const DioDistribution *d = distribution;
  gboolean inside = x >= d->min && x <= d->max;
  switch (d->kind) {
  case DIO_DISTRIBUTION_CONSTANT:
    return x == d->value ? 1 : 0;
  case DIO_DISTRIBUTION_UNIFORM:
    if (d->min == d->max)
      return inside ? 1 : 0;
    return inside ? 1.0 / (d->max - d->min) : 0;
  case DIO_DISTRIBUTION_LOG_UNIFORM:
    if (d->min == d->max)
      return inside ? 1 : 0;
    return inside ? 1.0 / (x * (dio_log (d->max) - dio_log (d->min))) : 0;
  case DIO_DISTRIBUTION_NORMAL:
    if (!(d->stddev > 0))
      return x == CLAMP (d->mean, d->min, d->max) ? 1 : 0;
    return truncated_normal_density (d, x);
  case DIO_DISTRIBUTION_CHOICE:
    return choice_mass (d, x);
  case DIO_DISTRIBUTION_INTEGER:
    return inside && x == floor (x) ? 1.0 / (d->max - d->min + 1) : 0;
  case DIO_DISTRIBUTION_BOOLEAN:
    return x == 1 ? d->probability : x == 0 ? 1.0 - d->probability : 0;
  default:
    g_return_val_if_reached (0);
  }
}
