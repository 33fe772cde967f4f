#define G_LOG_DOMAIN "dio-session"

#include "dio-core-error.h"
#include "dio-session-private.h"

/* Opening and saving: the file is read and written in a thread, the session changes on the main context when that is
 * done. A task of the caller stands around the task of the thread, so that the session has changed when the caller
 * hears of it. */

typedef struct {
  char *path;
  DioScenario *scenario; /**< opening: the outcome; saving: what is written */
  guint document;
} FileWork;

static void
file_work_free (gpointer data)
{
  FileWork *work = data;
  g_free (work->path);
  g_clear_pointer (&work->scenario, dio_scenario_unref);
  g_free (work);
}

/* -- Opening -------------------------------------------------------------------------------------------------------- */

static void
open_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FileWork *work = data;
  GError *error = NULL;
  work->scenario = dio_scenario_load (work->path, NULL, &error);
  if (work->scenario == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
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
  dio_session_replace_document (session, g_steal_pointer (&work->scenario), work->path, NULL);
  g_task_return_boolean (outer, TRUE);
}

void
dio_session_open_async (DioSession *session,
                        const char *path,
                        GAsyncReadyCallback callback,
                        gpointer user)
{
  g_return_if_fail (DIO_IS_SESSION (session) && path != NULL);

  GTask *outer = g_task_new (session, NULL, callback, user);
  g_task_set_source_tag (outer, dio_session_open_async);
  FileWork *work = g_new0 (FileWork, 1);
  work->path = g_canonicalize_filename (path, NULL);
  g_autoptr (GTask) task = g_task_new (session, NULL, opened_cb, outer);
  g_task_set_task_data (task, work, file_work_free);
  dio_session_begin_busy (session, dio_session_text (DIO_TEXT_OPENING));
  g_task_run_in_thread (task, open_thread);
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
  if (!dio_scenario_save (work->scenario, work->path, &error))
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
  FileWork *work = g_new0 (FileWork, 1);
  work->path = g_canonicalize_filename (path != NULL ? path : session->path, NULL);
  work->scenario = dio_scenario_ref (session->scenario);
  work->document = session->document;
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
