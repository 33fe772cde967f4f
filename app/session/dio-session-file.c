#define G_LOG_DOMAIN "dio-session"

#include "dio-base-path.h"
#include "dio-core-error.h"
#include "dio-session-copy-private.h"
#include "dio-session-private.h"
#include "dio-session-recovery-private.h"
#include "dio-sources.h"

#include <string.h>

/* Opening and saving: files are read, copied and written in a thread, the session changes on the main context when
 * that is done. A task of the caller stands around the task of the thread, so that the session has changed when the
 * caller hears of it. */

typedef struct {
  char *path;            /**< (nullable) of the document */
  DioScenario *scenario; /**< opening: the outcome; saving: what is written */
  char *from;            /**< (nullable) folder that assets are copied from */
  GStrv folders;         /**< (nullable) instead of @from: those that a snapshot's may lie in */
  char *to;              /**< (nullable) folder that they are copied to */
  gboolean from_draft;   /**< everything in its assets/ goes along, for undo may ask for it */
  char *engine_path;
  guint document;
} FileWork;

static FileWork *
file_work_new (DioSession *session, const char *path)
{
  FileWork *work = g_new0 (FileWork, 1);
  work->path = path != NULL ? g_canonicalize_filename (path, NULL) : NULL;
  work->engine_path = g_strdup (session->engine_path);
  work->document = session->document;
  return work;
}

static void
file_work_free (gpointer data)
{
  FileWork *work = data;
  g_free (work->path);
  g_free (work->from);
  g_strfreev (work->folders);
  g_free (work->to);
  g_free (work->engine_path);
  g_clear_pointer (&work->scenario, dio_scenario_unref);
  g_free (work);
}

static gboolean
copy_snapshot_assets (const FileWork *work, GError **error)
{
  if (work->scenario->assets->len == 0)
    return TRUE;
  g_autoptr (DioAssetStore) store = dio_asset_store_new (NULL, work->engine_path, error);
  return store != NULL && dio_path_make_folders (work->to, error)
         && dio_copy_snapshot_assets (work->scenario, store, (const char *const *) work->folders,
                                      work->to, error);
}

/* Assets from @from to @to, where both are given and differ. */
static gboolean
move_assets (FileWork *work, GError **error)
{
  if (work->folders != NULL)
    return copy_snapshot_assets (work, error);
  if (work->from == NULL || work->to == NULL || strcmp (work->from, work->to) == 0)
    return TRUE;
  if (work->scenario->assets->len > 0 || dio_sources_is_open (work->scenario)) {
    g_autoptr (DioAssetStore) store = dio_asset_store_new (NULL, work->engine_path, error);
    if (store == NULL || !dio_path_make_folders (work->to, error)
        || !dio_copy_assets (work->scenario, store, work->from, work->to, error))
      return FALSE;
  }
  return !work->from_draft || dio_copy_draft (work->from, work->to, error);
}

/* -- Opening -------------------------------------------------------------------------------------------------------- */

static void
open_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FileWork *work = data;
  GError *error = NULL;
  if (work->scenario == NULL)
    work->scenario = dio_scenario_load (work->path, NULL, &error);
  if (work->scenario == NULL || !move_assets (work, &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static gboolean
has_acting_randomizer (const DioScenario *scenario)
{
  for (guint i = 0; i < scenario->randomizers->len; i++)
    if (((const DioRandomizer *) g_ptr_array_index (scenario->randomizers, i))->enabled)
      return TRUE;
  return FALSE;
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user)
{
  DioSession *session = DIO_SESSION (source);
  g_autoptr (GTask) outer = user;
  GError *error = NULL;
  dio_session_end_busy (session, dio_session_text (DIO_TEXT_OPENING));
  FileWork *work = g_task_get_task_data (G_TASK (result));
  if (!g_task_propagate_boolean (G_TASK (result), &error)) {
    g_task_return_error (outer, error);
    return;
  }
  /* A copy has a draft's folder to live in and no file. */
  const char *path = work->to != NULL ? NULL : work->path;
  gboolean varies = has_acting_randomizer (work->scenario);
  dio_session_replace_document (session, g_steal_pointer (&work->scenario), path, work->to);
  /* What a scenario with rules is about are its frames: its own values may stand in a heap. */
  dio_session_set_frame_view (session, varies);
  g_task_return_boolean (outer, TRUE);
}

/* Takes @work. */
static void
start_opening (DioSession *session, FileWork *work, GAsyncReadyCallback callback, gpointer user)
{
  GTask *outer = g_task_new (session, NULL, callback, user);
  g_task_set_source_tag (outer, dio_session_open_async);
  g_autoptr (GTask) task = g_task_new (session, NULL, opened_cb, outer);
  g_task_set_task_data (task, work, file_work_free);
  dio_session_begin_busy (session, dio_session_text (DIO_TEXT_OPENING));
  g_task_run_in_thread (task, open_thread);
}

void
dio_session_open_async (DioSession *session,
                        const char *path,
                        GAsyncReadyCallback callback,
                        gpointer user)
{
  g_return_if_fail (DIO_IS_SESSION (session) && path != NULL);

  start_opening (session, file_work_new (session, path), callback, user);
}

void
dio_session_open_copy_async (DioSession *session,
                             const char *path,
                             GAsyncReadyCallback callback,
                             gpointer user)
{
  g_return_if_fail (DIO_IS_SESSION (session) && path != NULL);

  FileWork *work = file_work_new (session, path);
  work->from = g_path_get_dirname (work->path);
  work->to = dio_session_dup_draft_folder (session);
  start_opening (session, work, callback, user);
}

void
dio_session_open_snapshot_async (DioSession *session,
                                 DioScenario *scenario,
                                 const char *const *folders,
                                 GAsyncReadyCallback callback,
                                 gpointer user)
{
  g_return_if_fail (DIO_IS_SESSION (session) && scenario != NULL && folders != NULL);

  FileWork *work = file_work_new (session, NULL);
  work->scenario = dio_scenario_ref (scenario);
  work->folders = g_strdupv ((GStrv) folders);
  work->to = dio_session_dup_draft_folder (session);
  start_opening (session, work, callback, user);
}

gboolean
dio_session_open_finish (DioSession *session, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* -- Saving --------------------------------------------------------------------------------------------------------- */

static void
save_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FileWork *work = data;
  GError *error = NULL;
  /* Assets first: a file that is there has all that it needs. */
  if (!move_assets (work, &error) || !dio_scenario_save (work->scenario, work->path, &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user)
{
  DioSession *session = DIO_SESSION (source);
  g_autoptr (GTask) outer = user;
  GError *error = NULL;
  dio_session_end_busy (session, dio_session_text (DIO_TEXT_SAVING));
  FileWork *work = g_task_get_task_data (G_TASK (result));
  if (!g_task_propagate_boolean (G_TASK (result), &error)) {
    g_task_return_error (outer, error);
    return;
  }
  if (work->document == session->document) {
    dio_session_set_saved_path (session, work->path);
    dio_session_mark_saved (session, work->scenario);
    if (work->from_draft)
      dio_session_recovery_remove_draft (session, work->from);
  }
  g_task_return_boolean (outer, TRUE);
}

void
dio_session_save_async (DioSession *session,
                        const char *path,
                        GAsyncReadyCallback callback,
                        gpointer user)
{
  g_return_if_fail (DIO_IS_SESSION (session));

  g_autoptr (GTask) outer = g_task_new (session, NULL, callback, user);
  g_task_set_source_tag (outer, dio_session_save_async);
  if (path == NULL && session->path == NULL) {
    g_task_return_new_error (outer, DIO_ERROR, DIO_ERROR_INVALID,
                             "the document has no file yet; choose one");
    return;
  }
  FileWork *work = file_work_new (session, path != NULL ? path : session->path);
  work->scenario = dio_scenario_ref (session->scenario);
  work->from = g_strdup (session->folder);
  work->to = g_path_get_dirname (work->path);
  work->from_draft = session->path == NULL;
  g_autoptr (GTask) task = g_task_new (session, NULL, saved_cb, g_steal_pointer (&outer));
  g_task_set_task_data (task, work, file_work_free);
  dio_session_begin_busy (session, dio_session_text (DIO_TEXT_SAVING));
  g_task_run_in_thread (task, save_thread);
}

gboolean
dio_session_save_finish (DioSession *session, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
