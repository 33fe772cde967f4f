/* Queues, and what an audit says. */
#define G_LOG_DOMAIN "dio-review"

#include "dio-review-sampling.h"

#include "dio-review-bound.h"
#include "dio-review-verdicts.h"

#include <string.h>

#define CONFIDENCE 0.95

static DioReviewList *
take_first (DioReviewList *list, guint n)
{
  list->n = MIN (list->n, n);
  return list;
}

DioReviewList *
dio_review_sample_random (DioReviewTable *table,
                          DioReviewVerdicts *verdicts,
                          DioReviewUnit unit,
                          const DioReviewFilter *filter,
                          guint n,
                          guint64 seed)
{
  g_return_val_if_fail (table, NULL);

  DioReviewSort sort = { .random = TRUE, .seed = seed };

  /* Every row has a key of its own that depends on nothing else: the first n of all keys in order are a random sample. */
  return take_first (dio_review_list_new (table, verdicts, unit, filter, &sort), n);
}

DioReviewList *
dio_review_sample_outliers (DioReviewTable *table,
                            DioReviewVerdicts *verdicts,
                            DioReviewUnit unit,
                            const DioReviewFilter *filter,
                            guint n)
{
  g_return_val_if_fail (table, NULL);

  DioReviewSort sort = { .field = DIO_REVIEW_FIELD_OUTLIER, .descending = TRUE };

  return take_first (dio_review_list_new (table, verdicts, unit, filter, &sort), n);
}

DioReviewList *
dio_review_sample_failed (DioReviewTable *table, DioReviewVerdicts *verdicts, DioReviewUnit unit)
{
  g_return_val_if_fail (table, NULL);

  DioReviewFilter filter;

  dio_review_filter_init (&filter);
  filter.checks = DIO_REVIEW_CHECKS_FAILED;
  return dio_review_list_new (table, verdicts, unit, &filter, NULL);
}

void
dio_review_sample_evaluate (const DioReviewList *list,
                            DioReviewVerdicts *verdicts,
                            DioReviewAudit *out)
{
  g_return_if_fail (list && out);

  memset (out, 0, sizeof *out);
  out->n = list->n;
  for (guint32 i = 0; verdicts && i < list->n; i++) {
    DioReviewState state = dio_review_verdicts_get_state (verdicts, list->unit, list->rows[i]);
    out->accepted += state == DIO_REVIEW_ACCEPTED;
    out->rejected += state == DIO_REVIEW_REJECTED;
    out->flagged += state == DIO_REVIEW_FLAGGED;
  }
  out->decided = out->accepted + out->rejected;
  DioReviewInterval interval = dio_review_bound_interval (out->rejected, out->decided, CONFIDENCE);
  out->upper = dio_review_bound_upper (out->rejected, out->decided, CONFIDENCE);
  out->low = interval.low;
  out->high = interval.high;
}
