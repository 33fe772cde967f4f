#pragma once
/* Thread: any. What filters and reports need of the verdicts. */

#include "dio-review-log.h"
#include "dio-review-verdicts.h"

G_BEGIN_DECLS

/** The verdict that counts about a row. Strings borrowed, valid for the call only. */
typedef struct {
  guint32 row;
  DioReviewState state, said;
  gboolean stale, disputed;
  const char *reason, *comment, *tags, *reviewer;
  gint64 time_us;
} DioReviewSaid;

typedef void (*DioReviewSaidFunc) (const DioReviewSaid *said, gpointer user);

/** Calls @func, under the lock, for every row of @unit about which something was said, in no order. */
void dio_review_verdicts_foreach (DioReviewVerdicts *verdicts,
                                  DioReviewUnit unit,
                                  DioReviewSaidFunc func,
                                  gpointer user);
/** The table of the last refresh, or NULL; the caller owns the reference. */
DioReviewTable *dio_review_verdicts_ref_table (DioReviewVerdicts *verdicts);
/** Names a dataset wherever its folder stands: from the scenario and the first seed. */
char *dio_review_dup_identity (DioReviewReader *reader, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What dio-review-verdicts.c, which decides and answers, and dio-review-merge.c, which keeps the entries, share. All of it is
 * guarded by the lock of the verdicts. */

typedef struct DioAuthor DioAuthor;
typedef struct DioStoredAction DioStoredAction;

/** One decision about one item; never changes. Strings are interned GRefStrings. */
typedef struct {
  DioReviewKey key; /**< its sensor is a GRefString */
  guint64 label_hash;
  DioReviewState state;
  char *reason, *comment, *tags;
  DioStoredAction *action;
} DioStoredEntry;

struct DioStoredAction {
  gint64 id, undoes;
  gboolean active; /**< not undone */
  DioAuthor *author;
  guint n_entries;
  DioStoredEntry *entries;
};

/** One reviewer's actions, from however many files. */
struct DioAuthor {
  char *reviewer;
  GPtrArray *actions; /**< of DioStoredAction*, owned, by id */
  GHashTable *ids;    /**< &action->id -> action */
};

/** What was said about one item. */
typedef struct {
  const DioReviewKey *key; /**< of its first entry */
  GPtrArray *entries;      /**< of DioStoredEntry*, borrowed */
  DioStoredEntry *current; /**< the one that counts, or NULL */
  gboolean disputed, stale;
  gint64 row; /**< in the table, or -1 */
} DioReviewedItem;

/** The merged state. */
typedef struct {
  GPtrArray *authors; /**< of DioAuthor* */
  GHashTable *items;  /**< DioReviewKey -> DioReviewedItem */
  DioReviewTable *table;
  guint8 *states[DIO_REVIEW_N_UNITS], *stale[DIO_REVIEW_N_UNITS]; /**< by row */
  GHashTable *by_row[DIO_REVIEW_N_UNITS];                         /**< row + 1 -> item */
} DioReviewMerge;

void dio_review_merge_init (DioReviewMerge *merge);
void dio_review_merge_clear (DioReviewMerge *merge);
DioAuthor *dio_review_merge_get_author (DioReviewMerge *merge, const char *reviewer);
/** A copy of @action among the author's; NULL where it is known. Items are not brought up to date. */
DioStoredAction *dio_review_merge_add (DioReviewMerge *merge,
                                       DioAuthor *author,
                                       const DioReviewAction *action);
/** Works out which actions of @author are in force. */
void dio_review_merge_settle (DioAuthor *author);
/** Brings the items of one action up to date. */
void dio_review_merge_update (DioReviewMerge *merge, const DioStoredAction *action);
/** Brings all items up to date, against another table (nullable: the same). */
void dio_review_merge_update_all (DioReviewMerge *merge, DioReviewTable *table);
DioStoredAction *dio_review_merge_find (DioAuthor *author, gint64 id);

G_END_DECLS
