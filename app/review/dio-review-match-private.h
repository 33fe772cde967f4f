#pragma once
/* Thread: that of the match. A filter made ready for a table: one row is judged in some nanoseconds. */

#include "dio-review-list.h"
#include "dio-review-table-private.h"

G_BEGIN_DECLS

/** Criteria as bits: the fields, then these. */
typedef enum {
  DIO_CRITERION_CATEGORY = DIO_REVIEW_N_FIELDS,
  DIO_CRITERION_SENSOR,
  DIO_CRITERION_STATE,
  DIO_CRITERION_POLICY,
  DIO_CRITERION_CHECKS,
  DIO_CRITERION_STALE,
  DIO_CRITERION_NODE,
  DIO_CRITERION_ASSET,
  DIO_CRITERION_WORDS, /**< reasons, tags, reviewers */
  DIO_CRITERION_TEXT,
  DIO_CRITERION_ONLY,
  DIO_CRITERION_AREA,
} DioCriterion;

typedef struct {
  const DioReviewFilter *filter; /**< borrowed, or one that lets all pass */
  DioReviewFilter everything;
  DioReviewTable *table; /**< owned reference */
  DioReviewUnit unit;
  guint32 object_criteria;                       /**< bits that a picture needs an object for */
  guint8 *states, *stale;                        /**< by row of the unit */
  guint8 *categories, *sensors, *nodes, *assets; /**< by position: passes; NULL = all do */
  guint8 *words;                                 /**< by row of the unit; NULL = all pass */
  /** Text: which words (bits) occur where; NULL where there is no text. */
  guint n_tokens;
  guint32 all_tokens;
  GStrv tokens;
  guint32 *token_categories, *token_sensors, *token_nodes, *token_names;
  guint32 *token_rows; /**< in the verdict, by row of the unit */
} DioReviewMatch;

void dio_review_match_init (DioReviewMatch *match,
                            DioReviewTable *table,
                            DioReviewVerdicts *verdicts,
                            DioReviewUnit unit,
                            const DioReviewFilter *filter);
void dio_review_match_clear (DioReviewMatch *match);
/** What a picture itself fails: bits of criteria. @tokens (out): the words of the text that it has. */
guint32 dio_review_match_frame (const DioReviewMatch *match, guint32 row, guint32 *tokens);
/** What an object itself fails; @tokens: those of its picture. */
guint32 dio_review_match_object (const DioReviewMatch *match, guint32 row, guint32 tokens);
/** For a picture without objects: what it fails for lack of them. */
guint32 dio_review_match_nothing (const DioReviewMatch *match, guint32 tokens);

G_END_DECLS
