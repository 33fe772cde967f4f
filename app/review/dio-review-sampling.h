#pragma once
/* Thread: any. What to look at first: queues for a reviewer who cannot look at everything. */

#include "dio-review-list.h"

G_BEGIN_DECLS

/** @n rows drawn at random from those that pass @filter (nullable), all equally likely, without repeats; the same for the same seed
 * and dataset, in the order in which they were drawn: a shorter audit is the beginning of a longer one. */
DioReviewList *dio_review_sample_random (DioReviewTable *table,
                                         DioReviewVerdicts *verdicts,
                                         DioReviewUnit unit,
                                         const DioReviewFilter *filter,
                                         guint n,
                                         guint64 seed) G_GNUC_WARN_UNUSED_RESULT;
/** The @n rows with the highest outlier scores, highest first. An object's score is the largest of |x - median| / (1.4826 MAD) over the
 * logarithms of size, aspect and distance, and visibility, each against its own category; a picture's is the larger of
 * that of its worst object and those of luminance and number of objects. Where the MAD is 0, any
 * other value counts by the mean deviation, as 0.7979 |x - median| / mean deviation (Iglewicz and Hoaglin 1993). Categories of
 * fewer than 8 objects have no scores. */
DioReviewList *dio_review_sample_outliers (DioReviewTable *table,
                                           DioReviewVerdicts *verdicts,
                                           DioReviewUnit unit,
                                           const DioReviewFilter *filter,
                                           guint n) G_GNUC_WARN_UNUSED_RESULT;
/** Pictures that failed a self-check, or the objects in them, by index. */
DioReviewList *dio_review_sample_failed (DioReviewTable *table,
                                         DioReviewVerdicts *verdicts,
                                         DioReviewUnit unit) G_GNUC_WARN_UNUSED_RESULT;

/** How far an audit has come. */
typedef struct {
  guint64 n, decided, accepted, rejected, flagged;
  double upper;     /**< with 95 % confidence, the share of rejects in all items is not above it */
  double low, high; /**< two-sided interval at 95 % */
} DioReviewAudit;
/** Over the rows of @list, which must be a random sample for the bounds to mean something: undecided and flagged rows do not count
 * as looked at. */
void dio_review_sample_evaluate (const DioReviewList *list,
                                 DioReviewVerdicts *verdicts,
                                 DioReviewAudit *out);

G_END_DECLS
