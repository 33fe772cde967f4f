#pragma once
/* Thread: that of the histogram. Bins that are laid out before anything is counted. */

#include "dio-review-facets.h"

G_BEGIN_DECLS

/** Lays out bins from @min to @max, widened where they are equal; logarithmic only where @min > 0. */
void dio_review_histogram_init (DioReviewHistogram *histogram,
                                DioReviewField field,
                                double min,
                                double max);
/** Lays out the bins for a field of a table: over its fixed range or over all values of the rows it belongs to. */
void dio_review_histogram_init_for (DioReviewHistogram *histogram,
                                    const DioReviewTable *table,
                                    DioReviewUnit unit,
                                    DioReviewField field);
/** Bin of a value that is a number; values beyond the ends are in the first or last bin. */
guint dio_review_histogram_find_bin (const DioReviewHistogram *histogram, double value);
void dio_review_histogram_add (DioReviewHistogram *histogram, double value, gboolean filtered);

G_END_DECLS
