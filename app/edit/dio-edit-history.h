#pragma once
/* Thread: main. Undo: the list of scenarios that the document was, each with the name of the step that made it.
 *
 * Scenarios share what they have in common, so a step costs what it changed. The list is bounded; the oldest steps go first. */

#include "dio-scene-scenario.h"

G_BEGIN_DECLS

#define DIO_EDIT_HISTORY_STEPS 500

typedef struct DioEditHistory DioEditHistory;

/** Begins with @first (borrowed), unmodified; @max_steps 0 = DIO_EDIT_HISTORY_STEPS. */
DioEditHistory *dio_edit_history_new (DioScenario *first,
                                      guint max_steps) G_GNUC_WARN_UNUSED_RESULT;
void dio_edit_history_free (DioEditHistory *history);
/** Forgets all steps; @scenario (borrowed) is the document, marked as saved. */
void dio_edit_history_reset (DioEditHistory *history, DioScenario *scenario);

/** A step: @next (transfer full) is the document now, @name is what undo is called ("Move Mug"). Steps that were undone are forgotten. With @merge (nullable)
 * equal to that of the step before, both become one step that keeps the name of the later: a drag, a scrub, typing; undo, redo and end_merge end this. */
void dio_edit_history_push (DioEditHistory *history,
                            DioScenario *next,
                            const char *name,
                            const char *merge);
void dio_edit_history_end_merge (DioEditHistory *history);
/** A drag that was given up: the step that still takes in others is gone as if it had never been made, and what could be done again before can be done again.
 * FALSE where no step takes in others. */
gboolean dio_edit_history_cancel_merge (DioEditHistory *history);

/** Borrowed. */
DioScenario *dio_edit_history_get_current (DioEditHistory *history);
/** FALSE where there is nothing to undo or redo. */
gboolean dio_edit_history_undo (DioEditHistory *history);
gboolean dio_edit_history_redo (DioEditHistory *history);
/** The name of the step that undo or redo would act on; NULL where there is none. Borrowed until the next change. */
const char *dio_edit_history_get_undo_name (DioEditHistory *history);
const char *dio_edit_history_get_redo_name (DioEditHistory *history);
guint dio_edit_history_get_n_undo (DioEditHistory *history);
guint dio_edit_history_get_n_redo (DioEditHistory *history);

/** The current document is what the file holds. Ends a merge, so that the mark stays reachable. */
void dio_edit_history_mark_saved (DioEditHistory *history);
/** As mark_saved for a scenario that was saved in a thread while edits went on; a scenario that is no longer in the list leaves no mark. */
void dio_edit_history_mark_saved_scenario (DioEditHistory *history, const DioScenario *scenario);
/** The file is gone or of unknown content: modified until the next save. */
void dio_edit_history_mark_unsaved (DioEditHistory *history);
gboolean dio_edit_history_is_modified (DioEditHistory *history);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioEditHistory, dio_edit_history_free)

G_END_DECLS
