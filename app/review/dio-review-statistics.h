#pragma once
/* Thread: any. Figures of a dataset, or of a list of it, for the statistics page and for cards. */

#include "dio-review-facets.h"

#include <jansson.h>

G_BEGIN_DECLS

#define DIO_REVIEW_HEAT_SIDE 32
#define DIO_REVIEW_N_SIZE_BINS 24

typedef struct {
  guint64 objects, frames; /**< objects of the category, pictures with at least one */
} DioReviewCategoryCount;

typedef struct {
  guint64 frames, objects, empty_frames, failed_frames;
  GArray *categories; /**< of DioReviewCategoryCount, by category */
  double
      balance; /**< most / fewest objects of categories that occur; 1 = even; NaN without objects */
  /** sqrt (box area): bin i is [2^(i / 2), 2^((i + 1) / 2)) pixels, the first and last also hold what is beyond. */
  guint64 sizes[DIO_REVIEW_N_SIZE_BINS];
  guint64 small, medium, large; /**< COCO: area < 32^2, < 96^2, else */
  /** Centres of visible boxes, [row][column], in shares of the picture. */
  guint64 heat[DIO_REVIEW_HEAT_SIDE][DIO_REVIEW_HEAT_SIDE];
  double heat_entropy; /**< of the map relative to a uniform one, 0..1 */
  guint64 visibility[20], truncation[20], luminance[20]; /**< over 0..1 */
  GArray *objects_per_frame;                             /**< of guint64: pictures with i objects */
  DioReviewHistogram distance;
} DioReviewStatistics;

/** @list (nullable) = everything in @table, which has level OBJECTS. Of a list of objects, pictures are those that they stand in. */
DioReviewStatistics *dio_review_statistics_new (DioReviewTable *table, const DioReviewList *list)
    G_GNUC_WARN_UNUSED_RESULT;
void dio_review_statistics_free (DioReviewStatistics *statistics);
json_t *dio_review_statistics_to_json (const DioReviewStatistics *statistics,
                                       const DioReviewTable *table) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioReviewStatistics, dio_review_statistics_free)

G_END_DECLS
