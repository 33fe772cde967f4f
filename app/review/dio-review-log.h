#pragma once
/* Thread: that of the log; every call may wait for the disk. The verdicts of one reviewer on one dataset: a file to which
 * actions are only ever added. An undo is an action too, so that logs of several people merge by time.
 *
 * Most code wants dio-review-verdicts.h, which merges logs, answers at once and writes behind. */

#include "dio-review-types.h"

G_BEGIN_DECLS

typedef struct DioReviewLog DioReviewLog;

/** What a verdict is about, in words that outlive row numbers. Strings borrowed. */
typedef struct {
  gint64 run;
  guint64 seed; /**< of the run */
  guint32 index, take;
  const char *sensor;  /**< node id */
  gboolean has_object; /**< FALSE: the picture */
  guint64 object_key;
} DioReviewKey;

/** One decision about one item. Strings borrowed. */
typedef struct {
  DioReviewKey key;
  guint64 label_hash;           /**< of the label that was seen */
  DioReviewState state;         /**< UNDECIDED takes an earlier verdict back */
  const char *reason, *comment; /**< "" = none */
  const char *tags;             /**< words separated by spaces; "" = none */
} DioReviewEntry;

/** Decisions that were made together, or the undo of an earlier action (also of an undo: a redo). */
typedef struct {
  gint64 id; /**< microseconds since 1970 times 256 and a random byte: unique, ordered by time */
  gint64 undoes;   /**< id of an action, or 0 */
  GArray *entries; /**< of DioReviewEntry; empty in an undo */
} DioReviewAction;

/** The folder of logs beside the dataset (FOLDER/reviews) or, where that cannot be written, the user's
 * ($XDG_DATA_HOME/diorama/reviews/IDENTITY); @identity names the
 * dataset wherever it is mounted. Nothing is made. */
char *dio_review_log_dup_folder (const char *dataset_folder,
                                 const char *identity) G_GNUC_WARN_UNUSED_RESULT;
/** The user's folder of logs of this dataset, whether or not it is in use. */
char *dio_review_log_dup_user_folder (const char *identity) G_GNUC_WARN_UNUSED_RESULT;
/** Name of a reviewer who gave none: the login. */
char *dio_review_log_dup_default_reviewer (void) G_GNUC_WARN_UNUSED_RESULT;

/** Opens @folder/NAME.db for adding, and makes it (and the folder) at the first write, never before. No write-ahead log: the
 * folder may be on a network. */
DioReviewLog *dio_review_log_new (const char *folder,
                                  const char *reviewer) G_GNUC_WARN_UNUSED_RESULT;
void dio_review_log_free (DioReviewLog *log);
/** Adds actions in one transaction: all or none. Errors: NO_SPACE, BUSY, CORRUPT, FAILED. */
gboolean dio_review_log_append (DioReviewLog *log,
                                const DioReviewAction *actions,
                                guint n,
                                GError **error);

/** Called for each action; what it gets is borrowed for the call. */
typedef void (*DioReviewLogFunc) (const DioReviewAction *action, gpointer user);
/** Reads the log @path from position @after on (0 = all); @position gets the last one read. @reviewer (out, nullable) is owned
 * by the caller. Errors: NOT_FOUND, CORRUPT, BUSY, UNSUPPORTED. */
gboolean dio_review_log_read (const char *path,
                              gint64 after,
                              gint64 *position,
                              char **reviewer,
                              DioReviewLogFunc func,
                              gpointer user,
                              GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioReviewLog, dio_review_log_free)

G_END_DECLS
