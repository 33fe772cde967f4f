/* Histograms of fields. */
#define G_LOG_DOMAIN "dio-review"

#include "dio-review-histogram-private.h"

#include <math.h>
#include <string.h>

void
dio_review_histogram_init (DioReviewHistogram *h, DioReviewField field, double min, double max)
{
  const DioReviewFieldInfo *info = dio_review_field_get_info (field);

  memset (h, 0, sizeof *h);
  h->field = field;
  h->min = min;
  h->max = max;
  h->logarithmic = info->logarithmic && min > 0;
  if (isfinite (min) && isfinite (max) && max > min)
    return;
  /* One value, or none: a bin of some width around it. */
  h->min = isfinite (min) ? min : 0;
  h->max = h->min + (h->logarithmic ? h->min : 1);
}

static void
widen (double value, double *min, double *max)
{
  if (!isfinite (value))
    return;
  *min = MIN (*min, value);
  *max = MAX (*max, value);
}

void
dio_review_histogram_init_for (DioReviewHistogram *h,
                               const DioReviewTable *table,
                               DioReviewUnit unit,
                               DioReviewField field)
{
  const DioReviewFieldInfo *info = dio_review_field_get_info (field);
  double min = info->min, max = info->max;

  if (!info->has_range) {
    guint32 n = dio_review_table_get_n (table, unit);
    min = INFINITY;
    max = -INFINITY;
    for (guint32 row = 0; row < n; row++) {
      double value = dio_review_table_get_value (table, unit, row, field);
      /* A box without pixels has size 0, which a logarithmic scale cannot show. */
      if (!info->logarithmic || value > 0)
        widen (value, &min, &max);
    }
  }
  dio_review_histogram_init (h, field, min, max);
}

guint
dio_review_histogram_find_bin (const DioReviewHistogram *h, double value)
{
  double share;

  if (!(value > h->min))
    return 0;
  share = h->logarithmic ? log (value / h->min) / log (h->max / h->min)
                         : (value - h->min) / (h->max - h->min);
  return share >= 1 ? DIO_REVIEW_N_BINS - 1
                    : MIN ((guint) (share * DIO_REVIEW_N_BINS), DIO_REVIEW_N_BINS - 1);
}

void
dio_review_histogram_add (DioReviewHistogram *h, double value, gboolean filtered)
{
  if (isnan (value)) {
    h->n_missing++;
    return;
  }
  guint bin = dio_review_histogram_find_bin (h, value);
  h->all[bin]++;
  h->n_all++;
  if (filtered) {
    h->filtered[bin]++;
    h->n_filtered++;
  }
}

double
dio_review_histogram_get_edge (const DioReviewHistogram *h, guint bin)
{
  g_return_val_if_fail (h, (double) NAN);

  double share = (double) MIN (bin, DIO_REVIEW_N_BINS) / DIO_REVIEW_N_BINS;

  if (bin >= DIO_REVIEW_N_BINS)
    return h->max;
  return h->logarithmic ? h->min * pow (h->max / h->min, share)
                        : h->min + share * (h->max - h->min);
}
