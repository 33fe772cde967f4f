#define G_LOG_DOMAIN "dio-session"

#include "dio-core-error.h"
#include "dio-scene-edit.h"
#include "dio-selection-private.h"
#include "dio-session-assets-private.h"
#include "dio-session-private.h"
#include "dio-session-recovery-private.h"

#include <string.h>

#define FILE_SUFFIX ".diorama"

/* The document and its history. The history says what is current; the session keeps a reference of its own, so that
 * what handlers hold during a signal is alive while the history moves on. */

/* -- Names ---------------------------------------------------------------------------------------------------------- */

static char *
dup_title (const char *path, const DioScenario *scenario)
{
  if (path == NULL) {
    gboolean named = scenario->name != NULL && scenario->name[0] != '\0';
    return g_strdup (named ? scenario->name : dio_session_text (DIO_TEXT_UNTITLED));
  }
  g_autofree char *base = g_path_get_basename (path);
  if (g_str_has_suffix (base, FILE_SUFFIX) && strlen (base) > strlen (FILE_SUFFIX))
    base[strlen (base) - strlen (FILE_SUFFIX)] = '\0';
  return g_filename_display_name (base);
}

static void
update_title (DioSession *session)
{
  g_autofree char *title = dup_title (session->path, session->scenario);
  if (g_strcmp0 (title, session->title) == 0)
    return;
  g_free (session->title);
  session->title = g_steal_pointer (&title);
  dio_session_notify (session, "title");
}

char *
dio_session_dup_draft_folder (DioSession *session)
{
  g_autofree char *id = g_uuid_string_random ();
  return g_build_filename (session->state_folder, "drafts", id, NULL);
}

/* -- Changes -------------------------------------------------------------------------------------------------------- */

/* What the properties of the history were, to notify only what changed. */
typedef struct {
  gboolean modified, can_undo, can_redo;
  char *undo_name, *redo_name;
} HistoryState;

static HistoryState
get_history_state (DioSession *session)
{
  return (HistoryState){
    .modified = dio_session_is_modified (session),
    .can_undo = dio_session_can_undo (session),
    .can_redo = dio_session_can_redo (session),
    .undo_name = g_strdup (dio_session_get_undo_name (session)),
    .redo_name = g_strdup (dio_session_get_redo_name (session)),
  };
}

static void
notify_history (DioSession *session, HistoryState *before)
{
  HistoryState now = get_history_state (session);
  if (!now.modified != !before->modified)
    dio_session_notify (session, "modified");
  if (!now.can_undo != !before->can_undo)
    dio_session_notify (session, "can-undo");
  if (!now.can_redo != !before->can_redo)
    dio_session_notify (session, "can-redo");
  if (g_strcmp0 (now.undo_name, before->undo_name) != 0)
    dio_session_notify (session, "undo-name");
  if (g_strcmp0 (now.redo_name, before->redo_name) != 0)
    dio_session_notify (session, "redo-name");
  g_free (now.undo_name);
  g_free (now.redo_name);
  g_free (before->undo_name);
  g_free (before->redo_name);
}

/* The history has another current scenario: everything that hangs on it follows, in one order everywhere. */
static void
follow_history (DioSession *session, HistoryState *before)
{
  g_object_freeze_notify (G_OBJECT (session));
  g_autoptr (DioScenario) old = g_steal_pointer (&session->scenario);
  session->scenario = dio_scenario_ref (dio_edit_history_get_current (session->history));
  update_title (session);
  dio_session_look_document_changed (session);
  dio_session_assets_update (session);
  dio_session_recovery_changed (session);
  dio_session_notify (session, "scenario");
  notify_history (session, before);
  g_object_thaw_notify (G_OBJECT (session));
  dio_session_emit (session, DIO_SESSION_SIGNAL_SCENARIO_CHANGED);
  /* After the signal: who shows the tree has its new nodes by now. */
  dio_selection_keep_existing (session->selection, session->scenario);
}

void
dio_session_commit (DioSession *session, DioScenario *next, const char *name, const char *merge)
{
  g_return_if_fail (DIO_IS_SESSION (session) && next != NULL && name != NULL);

  if (next == session->scenario) {
    dio_scenario_unref (next);
    return;
  }
  HistoryState before = get_history_state (session);
  dio_edit_history_push (session->history, next, name, merge);
  follow_history (session, &before);
}

void
dio_session_end_merge (DioSession *session)
{
  g_return_if_fail (DIO_IS_SESSION (session));

  dio_edit_history_end_merge (session->history);
}

void
dio_session_cancel_merge (DioSession *session)
{
  g_return_if_fail (DIO_IS_SESSION (session));

  HistoryState before = get_history_state (session);
  if (dio_edit_history_cancel_merge (session->history) || dio_edit_history_undo (session->history))
    follow_history (session, &before);
  else
    notify_history (session, &before);
}

gboolean
dio_session_set_property (DioSession *session,
                          const char *const *ids,
                          const char *path,
                          const json_t *value,
                          const char *name,
                          const char *merge,
                          GError **error)
{
  g_return_val_if_fail (DIO_IS_SESSION (session) && path != NULL && value != NULL, FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  DioScenario *next =
      ids != NULL ? dio_scenario_with_properties (session->scenario, ids, path, value, error)
                  : dio_scenario_with_property (session->scenario, path, value, error);
  if (next == NULL)
    return FALSE;
  dio_session_commit (session, next, name, merge);
  return TRUE;
}

void
dio_session_undo (DioSession *session)
{
  g_return_if_fail (DIO_IS_SESSION (session));

  HistoryState before = get_history_state (session);
  if (dio_edit_history_undo (session->history))
    follow_history (session, &before);
  else
    notify_history (session, &before);
}

void
dio_session_redo (DioSession *session)
{
  g_return_if_fail (DIO_IS_SESSION (session));

  HistoryState before = get_history_state (session);
  if (dio_edit_history_redo (session->history))
    follow_history (session, &before);
  else
    notify_history (session, &before);
}

void
dio_session_mark_saved (DioSession *session, DioScenario *scenario)
{
  HistoryState before = get_history_state (session);
  dio_edit_history_mark_saved_scenario (session->history, scenario);
  dio_session_recovery_changed (session);
  notify_history (session, &before);
}

void
dio_session_mark_unsaved (DioSession *session)
{
  HistoryState before = get_history_state (session);
  dio_edit_history_mark_unsaved (session->history);
  notify_history (session, &before);
}

/* -- Whole documents ------------------------------------------------------------------------------------------------ */

static void
set_place (DioSession *session, const char *path, const char *folder)
{
  g_autofree char *new_path = g_strdup (path);
  g_autofree char *new_folder = path != NULL     ? g_path_get_dirname (path)
                                : folder != NULL ? g_strdup (folder)
                                                 : dio_session_dup_draft_folder (session);
  g_free (session->folder);
  session->folder = g_steal_pointer (&new_folder);
  if (g_strcmp0 (session->path, new_path) == 0)
    return;
  g_free (session->path);
  session->path = g_steal_pointer (&new_path);
  dio_session_notify (session, "path");
}

void
dio_session_set_saved_path (DioSession *session, const char *path)
{
  set_place (session, path, NULL);
  update_title (session);
  dio_session_queue_request (session);
}

void
dio_session_replace_document (DioSession *session,
                              DioScenario *scenario,
                              const char *path,
                              const char *folder)
{
  g_autoptr (DioScenario) owned = scenario;
  HistoryState before = get_history_state (session);
  session->document++;
  g_object_freeze_notify (G_OBJECT (session));
  /* The folder of a recovered draft is its own again, even where the draft before had the same. */
  gboolean drop_draft = session->path == NULL && g_strcmp0 (session->folder, folder) != 0;
  dio_session_recovery_begin_document (session, drop_draft ? session->folder : NULL);
  dio_edit_history_reset (session->history, owned);
  set_place (session, path, folder);
  dio_session_assets_clear (session);
  dio_selection_clear (session->selection);
  dio_session_set_playing (session, FALSE);
  dio_session_set_frame (session, 0);
  follow_history (session, &before);
  dio_session_forget_result (session);
  g_object_thaw_notify (G_OBJECT (session));
  dio_session_emit (session, DIO_SESSION_SIGNAL_DOCUMENT_OPENED);
}

void
dio_session_new_document (DioSession *session, DioScenario *scenario)
{
  g_return_if_fail (DIO_IS_SESSION (session));

  DioScenario *first =
      scenario != NULL ? dio_scenario_ref (scenario) : dio_session_create_starter ();
  dio_session_replace_document (session, first, NULL, NULL);
}

void
dio_session_init_document (DioSession *session)
{
  session->scenario = dio_session_create_starter ();
  session->history = dio_edit_history_new (session->scenario, 0);
  session->title = dup_title (NULL, session->scenario);
  session->folder = dio_session_dup_draft_folder (session);
  session->recovery = dio_session_recovery_new (session->state_folder);
}

void
dio_session_clear_document (DioSession *session)
{
  g_clear_pointer (&session->recovery, dio_session_recovery_free);
  g_clear_pointer (&session->history, dio_edit_history_free);
  g_clear_pointer (&session->scenario, dio_scenario_unref);
  g_clear_pointer (&session->path, g_free);
  g_clear_pointer (&session->folder, g_free);
  g_clear_pointer (&session->title, g_free);
}

/* -- What it is ----------------------------------------------------------------------------------------------------- */

DioScenario *
dio_session_get_scenario (DioSession *session)
{
  g_return_val_if_fail (DIO_IS_SESSION (session), NULL);

  return session->scenario;
}

const char *
dio_session_get_path (DioSession *session)
{
  g_return_val_if_fail (DIO_IS_SESSION (session), NULL);

  return session->path;
}

const char *
dio_session_get_folder (DioSession *session)
{
  g_return_val_if_fail (DIO_IS_SESSION (session), NULL);

  return session->folder;
}

gboolean
dio_session_is_modified (DioSession *session)
{
  g_return_val_if_fail (DIO_IS_SESSION (session), FALSE);

  return dio_edit_history_is_modified (session->history);
}

gboolean
dio_session_can_undo (DioSession *session)
{
  return dio_edit_history_get_n_undo (session->history) > 0;
}

gboolean
dio_session_can_redo (DioSession *session)
{
  return dio_edit_history_get_n_redo (session->history) > 0;
}

const char *
dio_session_get_undo_name (DioSession *session)
{
  const char *name = dio_edit_history_get_undo_name (session->history);
  return name != NULL ? name : "";
}

const char *
dio_session_get_redo_name (DioSession *session)
{
  const char *name = dio_edit_history_get_redo_name (session->history);
  return name != NULL ? name : "";
}
