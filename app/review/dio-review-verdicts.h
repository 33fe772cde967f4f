#pragma once
/* Thread: any; what says "worker" may wait for the disk. The verdicts of all reviewers in memory, merged by time: the last
 * one about an item counts. Deciding answers at once and is written behind, by a thread of its own, within a
 * moment; dio_review_verdicts_free waits for it.
 *
 * A verdict is about the label that was seen. Where the label is another one by now (the dataset was rendered again), the
 * verdict is stale: its state reads UNDECIDED, and the old decision is still told. */

#include "dio-base-diagnostic.h"
#include "dio-review-reader.h"
#include "dio-review-table.h"

G_BEGIN_DECLS

/** Called in the thread that writes, after every write: @error (nullable, borrowed) says what went wrong; what could not
 * be written is kept and tried again with the next decision. Must not call back into the verdicts. */
typedef void (*DioReviewSavedFunc) (const GError *error, gpointer user);

/** Worker. @reviewer (nullable) = the login. Errors: those of reading a dataset. The logs are read by the first refresh. */
DioReviewVerdicts *dio_review_verdicts_new (DioReviewReader *reader,
                                            const char *reviewer,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
void dio_review_verdicts_set_saved_func (DioReviewVerdicts *verdicts,
                                         DioReviewSavedFunc func,
                                         gpointer user);
/** Waits until all is written. */
void dio_review_verdicts_free (DioReviewVerdicts *verdicts);
const char *dio_review_verdicts_get_reviewer (const DioReviewVerdicts *verdicts);
/** Where the reviewer's log is: beside the dataset, or in the user's folder where that is read-only. */
const char *dio_review_verdicts_get_log_folder (const DioReviewVerdicts *verdicts);

/** Worker. Reads what is new in all logs and relates it to the rows of @table (level OBJECTS or NAMES), which becomes the table that
 * rows mean below. @findings (nullable) gets a WARNING for every log that cannot be read. FALSE only where the
 * dataset cannot be read. */
gboolean dio_review_verdicts_refresh (DioReviewVerdicts *verdicts,
                                      DioReviewReader *reader,
                                      DioReviewTable *table,
                                      DioDiagnostics *findings,
                                      GError **error);
/** Grows with every change; a list is up to date while it is the same. */
guint64 dio_review_verdicts_get_version (DioReviewVerdicts *verdicts);

/** What is decided. Strings borrowed for the call; NULL = none. */
typedef struct {
  DioReviewState state;
  const char *reason, *comment;
  const char *tags; /**< words separated by spaces */
} DioReviewDecision;

/** Decides about @n rows in one action; FALSE (and nothing is done) without a table or for a row beyond it. */
gboolean dio_review_verdicts_decide (DioReviewVerdicts *verdicts,
                                     DioReviewUnit unit,
                                     const guint32 *rows,
                                     guint n,
                                     const DioReviewDecision *decision);
/** The last action of this session that is in force, taken back; @rows (out, nullable) gets the rows it was about, of guint32.
 * FALSE where there is none. Redo takes the last undo back, until something else is decided. */
gboolean dio_review_verdicts_undo (DioReviewVerdicts *verdicts, DioReviewUnit *unit, GArray **rows);
gboolean dio_review_verdicts_redo (DioReviewVerdicts *verdicts, DioReviewUnit *unit, GArray **rows);
gboolean dio_review_verdicts_can_undo (DioReviewVerdicts *verdicts);
gboolean dio_review_verdicts_can_redo (DioReviewVerdicts *verdicts);
/** Worker. Waits until all is written; FALSE with the error of the last try. */
gboolean dio_review_verdicts_flush (DioReviewVerdicts *verdicts, GError **error);

/** For painting: cheap. A stale verdict reads UNDECIDED. */
DioReviewState dio_review_verdicts_get_state (DioReviewVerdicts *verdicts,
                                              DioReviewUnit unit,
                                              guint32 row);
/** The states of all rows of a table of @n rows, and (nullable) whether each is stale; arrays of @n. */
void dio_review_verdicts_copy_states (
    DioReviewVerdicts *verdicts, DioReviewUnit unit, guint32 n, guint8 *states, guint8 *stale);

/** The verdict that counts, with all that was said. Strings owned. */
typedef struct {
  DioReviewState state; /**< UNDECIDED where it is stale */
  DioReviewState said;  /**< what the reviewer decided, stale or not */
  gboolean stale;
  gboolean disputed; /**< the last words of two reviewers differ */
  char *reason, *comment, *tags, *reviewer;
  gint64 time_us; /**< since 1970, UTC */
} DioReviewVerdict;

/** FALSE where nobody decided; @out is to be cleared in any case. */
gboolean dio_review_verdicts_get (DioReviewVerdicts *verdicts,
                                  DioReviewUnit unit,
                                  guint32 row,
                                  DioReviewVerdict *out);
void dio_review_verdict_clear (DioReviewVerdict *verdict);

/** Counts over all rows of the table. */
typedef struct {
  guint64 states[DIO_REVIEW_N_STATES];
  guint64 stale, disputed;
  guint64 elsewhere; /**< verdicts about items that the table does not have */
} DioReviewProgress;
void dio_review_verdicts_get_progress (DioReviewVerdicts *verdicts,
                                       DioReviewUnit unit,
                                       DioReviewProgress *out);

/** What people wrote, most used first: for menus and filters. NULL-terminated, owned. */
GStrv dio_review_verdicts_list_reasons (DioReviewVerdicts *verdicts) G_GNUC_WARN_UNUSED_RESULT;
GStrv dio_review_verdicts_list_tags (DioReviewVerdicts *verdicts) G_GNUC_WARN_UNUSED_RESULT;
GStrv dio_review_verdicts_list_reviewers (DioReviewVerdicts *verdicts) G_GNUC_WARN_UNUSED_RESULT;

/** A ready-made reason: key 1 to 9. */
typedef struct {
  const char *name;  /**< "wrong-box": what is stored */
  const char *label; /**< N_() */
} DioReviewReason;
const DioReviewReason *dio_review_get_reasons (guint *n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioReviewVerdicts, dio_review_verdicts_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DioReviewVerdict, dio_review_verdict_clear)

G_END_DECLS
