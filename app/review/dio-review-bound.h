#pragma once
/* Thread: any. What k rejects among n say about the rest: the exact interval of Clopper and Pearson. */

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  double low, high; /**< of the share of bad items, 0..1 */
} DioReviewInterval;

/** One-sided upper bound: with probability @confidence the share is not above it. 0 of 299 at 0.95 gives 0.00997; of
 * 0 of 0 it is 1. @k <= @n, 0 < @confidence < 1. */
double dio_review_bound_upper (guint64 k, guint64 n, double confidence);
/** Two-sided, Clopper and Pearson (1934): tails of (1 - @confidence) / 2 each. */
DioReviewInterval dio_review_bound_interval (guint64 k, guint64 n, double confidence);
/** Items to look at so that no reject among them means a share below @share: the least n with
 * (1 - share)^n <= 1 - confidence; 299 for 1 % at 95 %. 0 < @share < 1. */
guint64 dio_review_bound_sample_size (double share, double confidence);
/** Regularised incomplete beta function I_x (a, b), a and b > 0: continued fraction by Lentz's method (Abramowitz and Stegun
 * 26.5.8). */
double dio_review_bound_beta (double x, double a, double b);

/** @share, a bound from above, in per cent that are never below it, with as many digits as matter. Returns the number of decimals to print them with. */
int dio_review_bound_to_percent (double share, double *percent);

G_END_DECLS
