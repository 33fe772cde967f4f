#define G_LOG_DOMAIN "dio-session"

/* Sources of choices and values that lie elsewhere come beside the document: a scenario draws only from there. */

#include "dio-core-error.h"
#include "dio-session-copy-private.h"
#include "dio-session-private.h"
#include "dio-sources.h"

#include <string.h>

typedef struct {
  char *source, *folder;
  gboolean is_table;
  DioAssetKind kind;
  guint document;
} CopyIn;

static void
copy_in_free (gpointer data)
{
  CopyIn *work = data;
  g_free (work->source);
  g_free (work->folder);
  g_free (work);
}

static char *
copy_table (const CopyIn *work, const char *root, const char *name, GError **error)
{
  g_autoptr (DioTable) table = dio_table_load (root, name, error);
  if (table == NULL)
    return NULL;
  const char *const names[] = { name, NULL };
  g_autofree char *wish = g_strdup (name);
  char *dot = strrchr (wish, '.');
  if (dot != NULL && dot != wish)
    *dot = '\0';
  g_autofree char *copied = dio_copy_into_new_folder (root, names, work->folder, wish, error);
  return copied != NULL ? g_strconcat (copied, "/", name, NULL) : NULL;
}

static char *
copy_folder (const CopyIn *work, const char *root, const char *name, GError **error)
{
  g_auto (GStrv) files = dio_sources_list_folder (root, name, work->kind, error);
  return files != NULL ? dio_copy_into_new_folder (work->source, (const char *const *) files,
                                                   work->folder, name, error)
                       : NULL;
}

static void
copy_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  CopyIn *work = data;
  GError *error = NULL;
  g_autofree char *root = g_path_get_dirname (work->source);
  g_autofree char *name = g_path_get_basename (work->source);
  char *copied = work->is_table ? copy_table (work, root, name, &error)
                                : copy_folder (work, root, name, &error);
  if (copied != NULL)
    g_task_return_pointer (task, copied, g_free);
  else
    g_task_return_error (task, error);
}

static void
copied_cb (GObject *source, GAsyncResult *result, gpointer user)
{
  DioSession *session = DIO_SESSION (source);
  g_autoptr (GTask) outer = user;
  GError *error = NULL;
  CopyIn *work = g_task_get_task_data (G_TASK (result));
  char *copied = g_task_propagate_pointer (G_TASK (result), &error);
  dio_session_end_busy (session, dio_session_text (DIO_TEXT_COPYING));
  gboolean same =
      work->document == session->document && g_strcmp0 (work->folder, session->folder) == 0;
  if (copied != NULL && same)
    g_task_return_pointer (outer, copied, g_free);
  else if (copied != NULL)
    g_task_return_new_error (outer, DIO_ERROR, DIO_ERROR_CANCELLED,
                             "the document moved while %s was copied; choose it again",
                             work->source);
  else
    g_task_return_error (outer, error);
  if (!same)
    g_free (copied);
}

static void
begin (DioSession *session, CopyIn *work, GAsyncReadyCallback callback, gpointer user)
{
  work->folder = g_strdup (session->folder);
  work->document = session->document;
  GTask *outer = g_task_new (session, NULL, callback, user);
  g_autoptr (GTask) task = g_task_new (session, NULL, copied_cb, outer);
  g_task_set_task_data (task, work, copy_in_free);
  dio_session_begin_busy (session, dio_session_text (DIO_TEXT_COPYING));
  g_task_run_in_thread (task, copy_thread);
}

void
dio_session_copy_folder_async (DioSession *session,
                               const char *path,
                               DioAssetKind kind,
                               GAsyncReadyCallback callback,
                               gpointer user)
{
  g_return_if_fail (DIO_IS_SESSION (session) && path != NULL);

  CopyIn *work = g_new0 (CopyIn, 1);
  work->source = g_canonicalize_filename (path, NULL);
  work->kind = kind;
  begin (session, work, callback, user);
}

void
dio_session_copy_table_async (DioSession *session,
                              const char *path,
                              GAsyncReadyCallback callback,
                              gpointer user)
{
  g_return_if_fail (DIO_IS_SESSION (session) && path != NULL);

  CopyIn *work = g_new0 (CopyIn, 1);
  work->source = g_canonicalize_filename (path, NULL);
  work->is_table = TRUE;
  begin (session, work, callback, user);
}

char *
dio_session_copy_finish (DioSession *session, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
