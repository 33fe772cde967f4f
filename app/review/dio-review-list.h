#pragma once
/* Thread: any. Which rows of a table a grid shows, and in what order: a filter and a sort give a flat list. Takes
 * about ten milliseconds for 100,000 pictures with 500,000 objects: call it in a worker for every change. */

#include "dio-annotate-policy.h"
#include "dio-review-table.h"

G_BEGIN_DECLS

typedef struct {
  double min, max; /**< both inclusive */
} DioReviewRange;

typedef enum {
  DIO_REVIEW_CHECKS_ANY,
  DIO_REVIEW_CHECKS_PASSED,
  DIO_REVIEW_CHECKS_FAILED,
} DioReviewChecks;

/** A part of the picture, in shares of its sides from the top left; the high ends are outside but for 1. */
typedef struct {
  double x0, y0, x1, y1;
} DioReviewArea;

/** A set of pictures, for dio_review_filter_set_only. */
typedef struct DioReviewMarks DioReviewMarks;

/** Criteria; zeroed (dio_review_filter_init) all rows pass. They must all hold; inside a list, one entry must.
 *
 * Criteria of objects, applied to pictures, mean: at least one object of the picture meets all of them; none is hidden in
 * the picture for that. States, reasons, tags, reviewers and stale belong to the unit that is listed. A row that has no
 * number for a range does not pass. All pointers owned. */
typedef struct {
  guint ranges; /**< bits 1 << DioReviewField: those in force */
  DioReviewRange range[DIO_REVIEW_N_FIELDS];
  gboolean has_area;
  DioReviewArea
      area;       /**< where the middle of the visible box lies; what is not visible lies nowhere */
  guint states;   /**< bits 1 << DioReviewState; 0 = all */
  guint policies; /**< bits 1 << DioVerdict: what an export makes of the object; 0 = all */
  DioReviewChecks checks;
  gboolean stale_only; /**< verdicts whose label changed since */
  GArray *categories;  /**< of int; NULL = all */
  GStrv sensors;       /**< node ids; NULL = all, here and below */
  GStrv nodes, assets; /**< need DIO_REVIEW_LOAD_NAMES */
  GStrv reasons, tags, reviewers;
  /** Words, each of which must occur, case ignored, in frame number, sensor, category, node or name of the
   * object, or reason, comment or tags of the verdict. */
  char *text;
  DioReviewMarks *only; /**< pictures outside of it do not pass; NULL = all */
} DioReviewFilter;

void dio_review_filter_init (DioReviewFilter *filter);
void dio_review_filter_clear (DioReviewFilter *filter);
/** @out is overwritten, not cleared. */
void dio_review_filter_copy (const DioReviewFilter *filter, DioReviewFilter *out);
gboolean dio_review_filter_is_empty (const DioReviewFilter *filter);
void dio_review_filter_set_range (DioReviewFilter *filter,
                                  DioReviewField field,
                                  double min,
                                  double max);
void dio_review_filter_unset_range (DioReviewFilter *filter, DioReviewField field);
void dio_review_filter_set_area (DioReviewFilter *filter, const DioReviewArea *area);
void dio_review_filter_add_category (DioReviewFilter *filter, int category);
/** Takes a reference; NULL = all. */
void dio_review_filter_set_only (DioReviewFilter *filter, DioReviewMarks *marks);
/** One criterion as text, for the command line: "category=mug", "state=rejected", "visibility=0.1..0.5", "size-px=..20",
 * "checks=failed", "policy=ignore", "sensor=ID", "node=ID", "asset=ID", "reason=TEXT", "tag=TEXT", "reviewer=NAME",
 * "area=X0,Y0,X1,Y1", "text=WORDS", "stale=yes". Repeated, lists grow. Error INVALID. */
gboolean dio_review_filter_add_text (DioReviewFilter *filter,
                                     const DioReviewTable *table,
                                     const char *text,
                                     GError **error);

DioReviewMarks *dio_review_marks_new (guint32 n_frames) G_GNUC_WARN_UNUSED_RESULT;
DioReviewMarks *dio_review_marks_ref (DioReviewMarks *marks);
void dio_review_marks_unref (DioReviewMarks *marks);
/** Before others hold it. */
void dio_review_marks_add (DioReviewMarks *marks, guint32 frame_row);
/** FALSE beyond its size. */
gboolean dio_review_marks_has (const DioReviewMarks *marks, guint32 frame_row);

/** Ties, and rows without the number (at the end), stand in the order of run, index, take, sensor, object. */
typedef struct {
  DioReviewField field;
  gboolean descending;
  gboolean
      random; /**< instead of @field: shuffled, the same for the same seed whatever else is listed */
  guint64 seed;
} DioReviewSort;

/** Flat and read-only. */
typedef struct {
  gatomicrefcount refs;
  DioReviewUnit unit;
  DioReviewTable *table; /**< owned reference */
  guint32 n;
  guint32 *rows; /**< of @table */
} DioReviewList;

/** @verdicts (nullable: all are undecided), @filter (nullable: all), @sort (nullable: by index). */
DioReviewList *dio_review_list_new (DioReviewTable *table,
                                    DioReviewVerdicts *verdicts,
                                    DioReviewUnit unit,
                                    const DioReviewFilter *filter,
                                    const DioReviewSort *sort) G_GNUC_WARN_UNUSED_RESULT;
DioReviewList *dio_review_list_ref (DioReviewList *list);
void dio_review_list_unref (DioReviewList *list);
/** Position of @row, or -1. */
gint64 dio_review_list_find (const DioReviewList *list, guint32 row);
/** First position from @start in steps of @step (1 or -1) whose row has a state among @states (bits 1 << state), without
 * wrapping; -1 for none: "next undecided". @verdicts (nullable). */
gint64 dio_review_list_find_state (
    const DioReviewList *list, DioReviewVerdicts *verdicts, gint64 start, int step, guint states);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioReviewList, dio_review_list_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioReviewMarks, dio_review_marks_unref)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DioReviewFilter, dio_review_filter_clear)

G_END_DECLS
