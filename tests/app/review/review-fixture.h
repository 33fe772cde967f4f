#pragma once
/* Thread: one. A small dataset in a folder of its own, made without a renderer. */

#include "dio-review-table.h"
#include "dio-review-verdicts.h"

typedef struct {
  char *folder; /**< of the dataset */
  char *parent;
  gint64 run;
} ReviewFixture;

/** @n_frames of two sensors, each with three boxes; pictures are written. The user's folders point into it. */
void review_fixture_init (ReviewFixture *fixture, guint n_frames);
/** Adds frames @first .. @first + @n - 1 to @dataset, which is open for writing. */
void review_fixture_add (ReviewFixture *fixture, DioDataset *dataset, guint first, guint n);
void review_fixture_clear (ReviewFixture *fixture);
/** The first frame's boxes are labelled differently, as if it had been rendered again. */
void review_fixture_change_labels (ReviewFixture *fixture);

/** Everything that is open for a review. */
typedef struct {
  DioReviewReader *reader;
  DioReviewTable *table;
  DioReviewVerdicts *verdicts;
} ReviewDesk;

void review_desk_open (ReviewDesk *desk, const ReviewFixture *fixture, const char *reviewer);
void review_desk_refresh (ReviewDesk *desk);
void review_desk_close (ReviewDesk *desk);
void review_desk_decide (ReviewDesk *desk, DioReviewUnit unit, guint32 row, DioReviewState state);
