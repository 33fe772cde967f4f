#pragma once
/* Thread: any. Counts beside the filters: a histogram of every number, and how many rows each choice has, in the whole
 * dataset and under the filter. What a criterion itself excludes still counts in its own histogram, so that a brush can be
 * moved where there is something.
 *
 * Histograms and categories of objects count objects, also in a list of pictures; those of pictures count what is listed. */

#include "dio-review-list.h"

G_BEGIN_DECLS

#define DIO_REVIEW_N_BINS 48

typedef struct {
  DioReviewField field;
  double min, max;      /**< edges of the first and the last bin; equal where there is no number */
  gboolean logarithmic; /**< bins are equal in log (value) */
  guint32 n_all, n_filtered, n_missing;
  guint32 all[DIO_REVIEW_N_BINS], filtered[DIO_REVIEW_N_BINS];
} DioReviewHistogram;

/** Lower edge of @bin; of DIO_REVIEW_N_BINS the upper edge of the last. */
double dio_review_histogram_get_edge (const DioReviewHistogram *histogram, guint bin);

typedef struct {
  guint32 all, filtered;
} DioReviewCount;

typedef struct {
  DioReviewHistogram histograms[DIO_REVIEW_N_FIELDS];
  GArray *categories; /**< of DioReviewCount, by category */
  GArray *sensors;    /**< of DioReviewCount, as dio_review_table_get_sensors */
  DioReviewCount states[DIO_REVIEW_N_STATES];  /**< of the unit */
  DioReviewCount policies[3];                  /**< by DioVerdict; objects */
  DioReviewCount checks_passed, checks_failed; /**< of the unit */
  DioReviewCount stale;                        /**< of the unit */
  DioReviewCount rows;                         /**< of the unit */
} DioReviewFacets;

/** Some ten milliseconds for 500,000 objects. */
DioReviewFacets *dio_review_facets_new (DioReviewTable *table,
                                        DioReviewVerdicts *verdicts,
                                        DioReviewUnit unit,
                                        const DioReviewFilter *filter) G_GNUC_WARN_UNUSED_RESULT;
void dio_review_facets_free (DioReviewFacets *facets);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioReviewFacets, dio_review_facets_free)

G_END_DECLS
