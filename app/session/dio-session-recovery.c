#define G_LOG_DOMAIN "dio-session"

#include "dio-session-recovery-private.h"

#include "dio-base-path.h"
#include "dio-edit-recovery.h"

#include <string.h>

/* Unsaved edits are in a file within two seconds.
 *
 * Everything that touches these files runs in one thread, in order: write, write, remove. A change starts a timer
 * that later changes do not push back; when it ends the document of that moment is handed to the thread. A file is
 * removed when its document is saved, given up or replaced, so that what is found at the next start is what a crash
 * left. A draft's assets lie in STATE/drafts/ID and go with it. */

#define WRITE_AFTER_MS 1000

struct DioSessionRecovery {
  char *folder;      /**< of the recovery files */
  char *drafts;      /**< of the drafts' folders */
  char *file;        /**< of the open document */
  guint timer_id;    /**< 0 = none */
  gboolean on_disk;  /**< the file was written, or is being written */
  gboolean told;     /**< that it cannot be written */
  GThreadPool *pool; /**< of GTask* with a Work */
};

typedef enum {
  WORK_WRITE,
  WORK_REMOVE, /**< file and folder, each (nullable) */
  WORK_READ,
  WORK_LIST,
  WORK_DISCARD,
} WorkKind;

typedef struct {
  WorkKind kind;
  char *file, *folder, *path;
  char *recovery_folder, *drafts;
  DioScenario *scenario;
  GPtrArray *list; /**< of DioEditRecovered* */
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;
  g_free (work->file);
  g_free (work->folder);
  g_free (work->path);
  g_free (work->recovery_folder);
  g_free (work->drafts);
  g_clear_pointer (&work->scenario, dio_scenario_unref);
  g_clear_pointer (&work->list, g_ptr_array_unref);
  g_free (work);
}

/* -- In the thread -------------------------------------------------------------------------------------------------- */

/* Only what stands directly in the folder of drafts is a draft's; nothing else is ever removed. */
static gboolean
is_draft (const char *drafts, const char *folder)
{
  if (folder == NULL)
    return FALSE;
  g_autofree char *above = g_path_get_dirname (folder);
  g_autofree char *name = g_path_get_basename (folder);
  return strcmp (above, drafts) == 0 && name[0] != '.';
}

static const DioEditRecovered *
find_recovered (const GPtrArray *list, const char *file)
{
  for (guint i = 0; i < list->len; i++) {
    const DioEditRecovered *recovered = g_ptr_array_index (list, i);
    if (strcmp (recovered->file, file) == 0)
      return recovered;
  }
  return NULL;
}

/* Where the document that a crash left was and where its assets are. */
static void
find_place (Work *work)
{
  g_autoptr (GPtrArray) list = dio_edit_recovery_list (work->recovery_folder);
  const DioEditRecovered *recovered = find_recovered (list, work->file);
  work->path = recovered != NULL ? g_strdup (recovered->original_path) : NULL;
  work->folder = recovered != NULL ? g_strdup (recovered->folder) : NULL;
}

static gboolean
remove_files (Work *work, GError **error)
{
  if (work->file != NULL && !dio_edit_recovery_remove (work->file, error))
    return FALSE;
  return !is_draft (work->drafts, work->folder) || dio_path_remove_tree (work->folder, error);
}

static gboolean
do_work (Work *work, GError **error)
{
  switch (work->kind) {
  case WORK_WRITE:
    return dio_edit_recovery_write (work->file, work->scenario, work->path, work->folder, error);
  case WORK_REMOVE:
    return remove_files (work, error);
  case WORK_READ:
    find_place (work);
    work->scenario = dio_edit_recovery_read (work->file, error);
    return work->scenario != NULL;
  case WORK_LIST:
    work->list = dio_edit_recovery_list (work->recovery_folder);
    return TRUE;
  case WORK_DISCARD:
    find_place (work);
    return remove_files (work, error);
  default:
    g_assert_not_reached ();
  }
}

static void
pool_func (gpointer data, gpointer user)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  if (do_work (g_task_get_task_data (task), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* -- On the main context -------------------------------------------------------------------------------------------- */

static char *
dup_new_file (const char *folder)
{
  /* Sessions live on the main thread only. */
  static guint serial;
  return dio_edit_recovery_dup_file (folder, ++serial);
}

DioSessionRecovery *
dio_session_recovery_new (const char *state_folder)
{
  DioSessionRecovery *recovery = g_new0 (DioSessionRecovery, 1);
  recovery->folder = g_build_filename (state_folder, "recovery", NULL);
  recovery->drafts = g_build_filename (state_folder, "drafts", NULL);
  recovery->file = dup_new_file (recovery->folder);
  /* Shared threads, at most one of them at a time: cannot fail. */
  recovery->pool = g_thread_pool_new (pool_func, NULL, 1, FALSE, NULL);
  return recovery;
}

void
dio_session_recovery_free (DioSessionRecovery *recovery)
{
  if (recovery == NULL)
    return;
  g_clear_handle_id (&recovery->timer_id, g_source_remove);
  g_thread_pool_free (recovery->pool, FALSE, TRUE);
  g_free (recovery->folder);
  g_free (recovery->drafts);
  g_free (recovery->file);
  g_free (recovery);
}

/* Takes @work; @callback (nullable). */
static void
push (DioSession *session, Work *work, GAsyncReadyCallback callback, gpointer user)
{
  work->recovery_folder = g_strdup (session->recovery->folder);
  work->drafts = g_strdup (session->recovery->drafts);
  GTask *task = g_task_new (session, NULL, callback, user);
  g_task_set_task_data (task, work, work_free);
  g_thread_pool_push (session->recovery->pool, task, NULL);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user)
{
  DioSession *session = DIO_SESSION (source);
  g_autoptr (GError) error = NULL;
  if (g_task_propagate_boolean (G_TASK (result), &error) || session->recovery->told)
    return;
  session->recovery->told = TRUE;
  dio_session_report (session, DIO_SEVERITY_WARNING, dio_session_text (DIO_TEXT_NO_RECOVERY), error,
                      NULL, NULL);
}

static void
write_now (DioSession *session)
{
  Work *work = g_new0 (Work, 1);
  work->kind = WORK_WRITE;
  work->file = g_strdup (session->recovery->file);
  work->scenario = dio_scenario_ref (session->scenario);
  work->path = g_strdup (session->path);
  work->folder = g_strdup (session->folder);
  session->recovery->on_disk = TRUE;
  push (session, work, written_cb, NULL);
}

static void
remove_later (DioSession *session, const char *file, const char *folder)
{
  Work *work = g_new0 (Work, 1);
  work->kind = WORK_REMOVE;
  work->file = g_strdup (file);
  work->folder = g_strdup (folder);
  push (session, work, NULL, NULL);
}

static gboolean
timer_cb (gpointer user)
{
  DioSession *session = user;
  session->recovery->timer_id = 0;
  if (dio_session_is_modified (session))
    write_now (session);
  return G_SOURCE_REMOVE;
}

void
dio_session_recovery_changed (DioSession *session)
{
  DioSessionRecovery *recovery = session->recovery;
  if (dio_session_is_modified (session)) {
    if (recovery->timer_id == 0)
      recovery->timer_id = g_timeout_add (WRITE_AFTER_MS, timer_cb, session);
    return;
  }
  g_clear_handle_id (&recovery->timer_id, g_source_remove);
  if (!recovery->on_disk)
    return;
  recovery->on_disk = FALSE;
  remove_later (session, recovery->file, NULL);
}

void
dio_session_recovery_begin_document (DioSession *session, const char *draft)
{
  DioSessionRecovery *recovery = session->recovery;
  g_clear_handle_id (&recovery->timer_id, g_source_remove);
  if (recovery->on_disk || draft != NULL)
    remove_later (session, recovery->on_disk ? recovery->file : NULL, draft);
  recovery->on_disk = FALSE;
  recovery->told = FALSE;
  g_free (recovery->file);
  recovery->file = dup_new_file (recovery->folder);
}

void
dio_session_recovery_remove_draft (DioSession *session, const char *folder)
{
  remove_later (session, NULL, folder);
}

/* -- What crashes left ---------------------------------------------------------------------------------------------- */

void
dio_session_list_recoveries_async (DioSession *session, GAsyncReadyCallback callback, gpointer user)
{
  g_return_if_fail (DIO_IS_SESSION (session));

  Work *work = g_new0 (Work, 1);
  work->kind = WORK_LIST;
  push (session, work, callback, user);
}

GPtrArray *
dio_session_list_recoveries_finish (DioSession *session, GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);

  Work *work = g_task_get_task_data (G_TASK (result));
  return g_ptr_array_ref (work->list);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user)
{
  DioSession *session = DIO_SESSION (source);
  g_autoptr (GTask) outer = user;
  GError *error = NULL;
  Work *work = g_task_get_task_data (G_TASK (result));
  dio_session_end_busy (session, dio_session_text (DIO_TEXT_OPENING));
  if (!g_task_propagate_boolean (G_TASK (result), &error)) {
    g_task_return_error (outer, error);
    return;
  }
  dio_session_replace_document (session, g_steal_pointer (&work->scenario), work->path,
                                work->folder);
  dio_session_mark_unsaved (session);
  /* The new file first: at no moment is there none. */
  write_now (session);
  remove_later (session, work->file, NULL);
  g_task_return_boolean (outer, TRUE);
}

void
dio_session_open_recovery_async (DioSession *session,
                                 const char *file,
                                 GAsyncReadyCallback callback,
                                 gpointer user)
{
  g_return_if_fail (DIO_IS_SESSION (session) && file != NULL);

  GTask *outer = g_task_new (session, NULL, callback, user);
  g_task_set_source_tag (outer, dio_session_open_recovery_async);
  Work *work = g_new0 (Work, 1);
  work->kind = WORK_READ;
  work->file = g_strdup (file);
  dio_session_begin_busy (session, dio_session_text (DIO_TEXT_OPENING));
  push (session, work, read_cb, outer);
}

void
dio_session_discard_recovery (DioSession *session, const char *file)
{
  g_return_if_fail (DIO_IS_SESSION (session) && file != NULL);

  Work *work = g_new0 (Work, 1);
  work->kind = WORK_DISCARD;
  work->file = g_strdup (file);
  push (session, work, NULL, NULL);
}

/* -- The end -------------------------------------------------------------------------------------------------------- */

void
dio_session_close_async (DioSession *session, GAsyncReadyCallback callback, gpointer user)
{
  g_return_if_fail (DIO_IS_SESSION (session));

  DioSessionRecovery *recovery = session->recovery;
  g_clear_handle_id (&recovery->timer_id, g_source_remove);
  Work *work = g_new0 (Work, 1);
  work->kind = WORK_REMOVE;
  work->file = g_strdup (recovery->file);
  work->folder = session->path == NULL ? g_strdup (session->folder) : NULL;
  recovery->on_disk = FALSE;
  push (session, work, callback, user);
}

void
dio_session_close_finish (DioSession *session, GAsyncResult *result)
{
  g_return_if_fail (g_task_is_valid (result, session));

  g_autoptr (GError) error = NULL;
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_warning ("the recovery file stays behind: %s", error->message);
}
