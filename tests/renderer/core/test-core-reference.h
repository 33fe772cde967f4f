#pragma once
/* Thread: any. What the maths tests share: points that never change, and distances in units of the last place. */

#include "dio-core-philox.h"

#include <glib.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

/* Point number @i of the walk @walk, uniform in [low, high). */
static inline double
get_point (guint walk, guint i, double low, double high)
{
  DioRandomKey key = { .seed = 1, .stream = walk, .frame = i };
  return low + (high - low) * dio_random_uniform (&key);
}

/* |got - want| in units of the last place of @want as a double. */
static inline double
get_ulps (double got, long double want)
{
  double rounded = fabs ((double) want);
  double unit = nextafter (rounded, INFINITY) - rounded;
  return (double) fabsl (((long double) got - want) / unit);
}

typedef struct {
  const char *name;
  double (*own) (double);
  long double (*reference) (long double);
  double low, high; /**< of the points */
  double bound;     /**< in ulp */
} ReferenceCase;

static inline void
check_reference (const ReferenceCase *c, guint walk, guint n_points)
{
  for (guint i = 0; i < n_points; i++) {
    double x = get_point (walk, i, c->low, c->high);
    double ulps = get_ulps (c->own (x), c->reference ((long double) x));
    if (!(ulps <= c->bound))
      g_error ("%s (%.17g) is off by %g ulp, more than %g", c->name, x, ulps, c->bound);
  }
}

typedef struct {
  double (*own) (double);
  double x;
  uint64_t bits;
} FrozenCase;

static inline uint64_t
to_bits (double x)
{
  uint64_t bits;
  memcpy (&bits, &x, sizeof bits);
  return bits;
}
