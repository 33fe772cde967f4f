#pragma once
/* Thread: main, but for errands. The dataset that is reviewed. One thread of it, the clerk, has the dataset open and does errands in order; what it finds
 * out comes back to the main context. Deciding answers at once and is written behind.
 *
 * Signals: "opened" (GError*, nullable): the first screen is there, or never will be; "grown" (): the table has more rows or more columns; "decided" (): verdicts are
 * others; "not-saved" (string): why verdicts could not be written. */

#include "dio-review-facets.h"
#include "dio-review-list.h"
#include "dio-review-sampling.h"
#include "dio-review-verdicts.h"
#include "dio-scene-scenario.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define DIO_TYPE_DESK_DATA (dio_desk_data_get_type ())
G_DECLARE_FINAL_TYPE (DioDeskData, dio_desk_data, DIO, DESK_DATA, GObject)

/** Opens @folder in the background. @reviewer (nullable) = the login. */
DioDeskData *dio_desk_data_new (const char *folder, const char *reviewer) G_GNUC_WARN_UNUSED_RESULT;
/** The owner lets go: what is written behind goes on until it is on the disk. */
void dio_desk_data_close (DioDeskData *data);
const char *dio_desk_data_get_folder (DioDeskData *data);
/** NULL before "opened"; borrowed until the next "grown". */
DioReviewTable *dio_desk_data_get_table (DioDeskData *data);
/** NULL until objects are loaded. */
DioReviewVerdicts *dio_desk_data_get_verdicts (DioDeskData *data);
/** The dataset's own snapshot; NULL before "opened". */
DioScenario *dio_desk_data_get_scenario (DioDeskData *data);
/** Looks for new frames and other people's verdicts. */
void dio_desk_data_poll (DioDeskData *data);

DioReviewState dio_desk_data_get_state (DioDeskData *data, DioReviewUnit unit, guint32 row);
gboolean dio_desk_data_decide (DioDeskData *data,
                               DioReviewUnit unit,
                               const guint32 *rows,
                               guint n,
                               const DioReviewDecision *decision);
/** @rows (out): of guint32, owned. */
gboolean dio_desk_data_undo (DioDeskData *data, DioReviewUnit *unit, GArray **rows);
gboolean dio_desk_data_redo (DioDeskData *data, DioReviewUnit *unit, GArray **rows);

/** Where complaints of the thread that writes go. */
typedef struct DioDeskMailbox DioDeskMailbox;

/** What the clerk's thread has. */
typedef struct {
  char *folder;
  char *reviewer;
  DioReviewReader *reader;
  DioReviewTable *table; /**< owned reference: the newest */
  DioReviewVerdicts *verdicts;
  DioDeskMailbox *mailbox;
  guint polls;
} DioDeskClerk;

/** Thread: the clerk's. Does something and returns it through @task, whose task data it may read. */
typedef void (*DioDeskErrand) (GTask *task, DioDeskClerk *clerk);
/** Takes @task. Not after close. */
void dio_desk_data_run (DioDeskData *data, GTask *task, DioDeskErrand errand);

G_END_DECLS
