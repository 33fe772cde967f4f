#pragma once
/* Thread: any. Exact pairs of doubles and the bit patterns of doubles, shared by the math sources. */

#include <glib.h>
#include <stdint.h>
#include <string.h>

G_BEGIN_DECLS

/** An unevaluated sum hi + lo with |lo| <= ulp(hi) / 2: about 106 bits. */
typedef struct {
  double hi, lo;
} DioPair;

static inline uint64_t
dio_math_to_bits (double x)
{
  uint64_t bits;
  memcpy (&bits, &x, sizeof bits);
  return bits;
}

static inline double
dio_math_from_bits (uint64_t bits)
{
  double x;
  memcpy (&x, &bits, sizeof x);
  return x;
}

/** 2^k for the normal range, -1022 <= k <= 1023. */
static inline double
dio_math_power_of_two (int k)
{
  return dio_math_from_bits ((uint64_t) (k + 1023) << 52);
}

/** The rounded sum and its exact error (Knuth's TwoSum, any order of magnitude). */
static inline DioPair
dio_pair_two_sum (double a, double b)
{
  double sum = a + b;
  double b_part = sum - a;
  double a_part = sum - b_part;
  return (DioPair){ sum, (a - a_part) + (b - b_part) };
}

/** The same where |a| >= |b| is known (Dekker's FastTwoSum). */
static inline DioPair
dio_pair_fast_sum (double a, double b)
{
  double sum = a + b;
  return (DioPair){ sum, b - (sum - a) };
}

/** The rounded product and its exact error (Dekker's product with Veltkamp's split: no fused
 * multiply-add, whose presence differs between machines). */
static inline DioPair
dio_pair_two_product (double a, double b)
{
  const double split = 134217729.0; /* 2^27 + 1 */
  double a_big = a * split;
  double a_hi = a_big - (a_big - a);
  double a_lo = a - a_hi;
  double b_big = b * split;
  double b_hi = b_big - (b_big - b);
  double b_lo = b - b_hi;
  double product = a * b;
  double error = ((a_hi * b_hi - product) + a_hi * b_lo + a_lo * b_hi) + a_lo * b_lo;
  return (DioPair){ product, error };
}

static inline DioPair
dio_pair_add (DioPair a, DioPair b)
{
  DioPair sum = dio_pair_two_sum (a.hi, b.hi);
  return dio_pair_fast_sum (sum.hi, sum.lo + (a.lo + b.lo));
}

static inline DioPair
dio_pair_multiply (DioPair a, DioPair b)
{
  DioPair product = dio_pair_two_product (a.hi, b.hi);
  return dio_pair_fast_sum (product.hi, product.lo + (a.hi * b.lo + a.lo * b.hi));
}

G_END_DECLS
