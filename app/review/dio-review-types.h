#pragma once
/* Thread: any. Words that all of review/ shares: units, states, fields. */

#include <glib.h>

G_BEGIN_DECLS

/** A connection to one dataset; belongs to one thread. */
typedef struct DioReviewReader DioReviewReader;
/** What is in a dataset, as columns in memory; immutable and reference counted. */
typedef struct DioReviewTable DioReviewTable;
/** The verdicts of all reviewers of one dataset; any thread. */
typedef struct DioReviewVerdicts DioReviewVerdicts;

/** What is looked at and decided upon. */
typedef enum {
  DIO_REVIEW_FRAMES,  /**< one picture: a frame seen by one sensor */
  DIO_REVIEW_OBJECTS, /**< one labelled thing in one picture */
  DIO_REVIEW_N_UNITS,
} DioReviewUnit;

typedef enum {
  DIO_REVIEW_UNDECIDED,
  DIO_REVIEW_ACCEPTED,
  DIO_REVIEW_REJECTED,
  DIO_REVIEW_FLAGGED, /**< to be looked at again */
  DIO_REVIEW_N_STATES,
} DioReviewState;

/** "undecided", "accepted", "rejected", "flagged". */
const char *dio_review_state_to_name (DioReviewState state);
gboolean dio_review_state_from_name (const char *name, DioReviewState *out);

/** Numbers to filter and sort by. Of a picture, a field of its objects is that of its extreme object, as said below;
 * NaN where there is none. */
typedef enum {
  DIO_REVIEW_FIELD_INDEX,      /**< of the frame */
  DIO_REVIEW_FIELD_LUMINANCE,  /**< mean of the picture, 0..1 */
  DIO_REVIEW_FIELD_N_OBJECTS,  /**< labelled things in the picture */
  DIO_REVIEW_FIELD_VISIBILITY, /**< visible_px / amodal_px; picture: the least visible */
  DIO_REVIEW_FIELD_TRUNCATION, /**< cut off by the border, 0..1; picture: the most truncated */
  DIO_REVIEW_FIELD_SIZE_PX, /**< sqrt (width * height) of the visible box; picture: the smallest */
  DIO_REVIEW_FIELD_ASPECT,  /**< width / height of the visible box; picture: the longest-drawn */
  DIO_REVIEW_FIELD_VISIBLE_PX, /**< pixels of the mask; picture: the fewest */
  DIO_REVIEW_FIELD_DISTANCE_M, /**< camera to box centre; picture: the nearest */
  DIO_REVIEW_FIELD_OUTLIER, /**< robust score, dio-review-sampling.h; picture: its own and its worst object's */
  DIO_REVIEW_N_FIELDS,
} DioReviewField;

/** How a field is called and shown. */
typedef struct {
  const char *name;  /**< "size-px": stable, for saved views and JSON */
  const char *label; /**< N_() */
  const char *unit;  /**< "px", "m" or "" */
  gboolean of_frame; /**< a fact of the picture, not of its objects */
  gboolean logarithmic;
  /** FALSE where min and max come from the data. */
  gboolean has_range;
  double min, max;
} DioReviewFieldInfo;

const DioReviewFieldInfo *dio_review_field_get_info (DioReviewField field);
gboolean dio_review_field_from_name (const char *name, DioReviewField *out);

G_END_DECLS
