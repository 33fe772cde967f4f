#define G_LOG_DOMAIN "dio-edit"

#include "dio-edit-history.h"

/* One state of the document, and the step that led to it from the state before. */
typedef struct {
  DioScenario *scenario;
  char *name, *merge; /**< NULL in the first state; merge NULL where it takes nothing in any more */
} State;

/* What the saved mark says when no state of the list is what the file holds. */
#define NOWHERE G_MAXUINT

struct DioEditHistory {
  GArray *states; /**< of State, oldest first, never empty */
  guint at;       /**< the state that is the document */
  guint saved;    /**< the state that the file holds, or NOWHERE */
  guint max_steps;
  GArray *displaced;     /**< of State: what the step that still takes in others made unreachable */
  guint displaced_saved; /**< which of them the file holds, or NOWHERE */
};

static void
clear_state_cb (gpointer data)
{
  State *state = data;
  dio_scenario_unref (state->scenario);
  g_free (state->name);
  g_free (state->merge);
}

static void
forget_displaced (DioEditHistory *history)
{
  g_array_set_size (history->displaced, 0);
  history->displaced_saved = NOWHERE;
}

static State *
get_state (DioEditHistory *history, guint i)
{
  return &g_array_index (history->states, State, i);
}

DioEditHistory *
dio_edit_history_new (DioScenario *first, guint max_steps)
{
  g_return_val_if_fail (first != NULL, NULL);
  DioEditHistory *history = g_new0 (DioEditHistory, 1);
  history->states = g_array_new (FALSE, TRUE, sizeof (State));
  g_array_set_clear_func (history->states, clear_state_cb);
  history->displaced = g_array_new (FALSE, TRUE, sizeof (State));
  g_array_set_clear_func (history->displaced, clear_state_cb);
  history->max_steps = max_steps > 0 ? max_steps : DIO_EDIT_HISTORY_STEPS;
  dio_edit_history_reset (history, first);
  return history;
}

void
dio_edit_history_free (DioEditHistory *history)
{
  if (history == NULL)
    return;
  g_array_unref (history->states);
  g_array_unref (history->displaced);
  g_free (history);
}

void
dio_edit_history_reset (DioEditHistory *history, DioScenario *scenario)
{
  g_return_if_fail (history != NULL && scenario != NULL);
  State first = { .scenario = dio_scenario_ref (scenario) };
  forget_displaced (history);
  g_array_set_size (history->states, 0);
  g_array_append_val (history->states, first);
  history->at = 0;
  history->saved = 0;
}

/* ---- steps ---- */

/* What was undone is kept aside for as long as the step that comes may be taken back. */
static void
displace_undone (DioEditHistory *history)
{
  guint first = history->at + 1;
  forget_displaced (history);
  for (guint i = first; i < history->states->len; i++) {
    State *state = get_state (history, i);
    g_array_append_val (history->displaced, *state);
    *state = (State){ 0 };
  }
  g_array_set_size (history->states, first);
  if (history->saved == NOWHERE || history->saved < first)
    return;
  history->displaced_saved = history->saved - first;
  history->saved = NOWHERE;
}

static void
forget_oldest (DioEditHistory *history)
{
  g_array_remove_index (history->states, 0);
  history->at--;
  if (history->saved != NOWHERE)
    history->saved = history->saved > 0 ? history->saved - 1 : NOWHERE;
  /* The new first state is where undo ends: it has no step of its own. */
  State *first = get_state (history, 0);
  g_clear_pointer (&first->name, g_free);
  g_clear_pointer (&first->merge, g_free);
}

void
dio_edit_history_push (DioEditHistory *history,
                       DioScenario *next,
                       const char *name,
                       const char *merge)
{
  g_return_if_fail (history != NULL && next != NULL && name != NULL);
  State *current = get_state (history, history->at);
  if (merge != NULL && g_strcmp0 (current->merge, merge) == 0) {
    dio_scenario_unref (current->scenario);
    current->scenario = next;
    g_free (current->name);
    current->name = g_strdup (name);
    return;
  }
  displace_undone (history);
  if (merge == NULL)
    forget_displaced (history);
  State state = { next, g_strdup (name), g_strdup (merge) };
  g_array_append_val (history->states, state);
  history->at++;
  if (history->at > history->max_steps)
    forget_oldest (history);
}

void
dio_edit_history_end_merge (DioEditHistory *history)
{
  g_return_if_fail (history != NULL);
  g_clear_pointer (&get_state (history, history->at)->merge, g_free);
  forget_displaced (history);
}

gboolean
dio_edit_history_cancel_merge (DioEditHistory *history)
{
  g_return_val_if_fail (history != NULL, FALSE);
  if (get_state (history, history->at)->merge == NULL)
    return FALSE;
  g_array_set_size (history->states, history->at);
  history->at--;
  for (guint i = 0; i < history->displaced->len; i++) {
    State *state = &g_array_index (history->displaced, State, i);
    g_array_append_val (history->states, *state);
    *state = (State){ 0 };
  }
  if (history->displaced_saved != NOWHERE)
    history->saved = history->at + 1 + history->displaced_saved;
  dio_edit_history_end_merge (history);
  return TRUE;
}

DioScenario *
dio_edit_history_get_current (DioEditHistory *history)
{
  g_return_val_if_fail (history != NULL, NULL);
  return get_state (history, history->at)->scenario;
}

gboolean
dio_edit_history_undo (DioEditHistory *history)
{
  g_return_val_if_fail (history != NULL, FALSE);
  dio_edit_history_end_merge (history);
  if (history->at == 0)
    return FALSE;
  history->at--;
  dio_edit_history_end_merge (history);
  return TRUE;
}

gboolean
dio_edit_history_redo (DioEditHistory *history)
{
  g_return_val_if_fail (history != NULL, FALSE);
  dio_edit_history_end_merge (history);
  if (history->at + 1 == history->states->len)
    return FALSE;
  history->at++;
  dio_edit_history_end_merge (history);
  return TRUE;
}

const char *
dio_edit_history_get_undo_name (DioEditHistory *history)
{
  g_return_val_if_fail (history != NULL, NULL);
  return get_state (history, history->at)->name;
}

const char *
dio_edit_history_get_redo_name (DioEditHistory *history)
{
  g_return_val_if_fail (history != NULL, NULL);
  return dio_edit_history_get_n_redo (history) > 0 ? get_state (history, history->at + 1)->name
                                                   : NULL;
}

guint
dio_edit_history_get_n_undo (DioEditHistory *history)
{
  g_return_val_if_fail (history != NULL, 0);
  return history->at;
}

guint
dio_edit_history_get_n_redo (DioEditHistory *history)
{
  g_return_val_if_fail (history != NULL, 0);
  return history->states->len - 1 - history->at;
}

/* ---- the saved mark ---- */

void
dio_edit_history_mark_saved (DioEditHistory *history)
{
  g_return_if_fail (history != NULL);
  /* A state that a merge would replace is one that the file holds no more. */
  dio_edit_history_end_merge (history);
  history->saved = history->at;
}

void
dio_edit_history_mark_saved_scenario (DioEditHistory *history, const DioScenario *scenario)
{
  g_return_if_fail (history != NULL && scenario != NULL);
  history->saved = history->displaced_saved = NOWHERE;
  for (guint i = 0; i < history->states->len; i++) {
    State *state = get_state (history, i);
    if (state->scenario != scenario)
      continue;
    history->saved = i;
    g_clear_pointer (&state->merge, g_free);
  }
}

void
dio_edit_history_mark_unsaved (DioEditHistory *history)
{
  g_return_if_fail (history != NULL);
  history->saved = history->displaced_saved = NOWHERE;
}

gboolean
dio_edit_history_is_modified (DioEditHistory *history)
{
  g_return_val_if_fail (history != NULL, FALSE);
  return history->saved != history->at;
}
