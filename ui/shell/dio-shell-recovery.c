#define G_LOG_DOMAIN "dio-shell"

#include "dio-shell-recovery.h"

#include "dio-edit-recovery.h"
#include "dio-shell-window-private.h"

#include <glib/gi18n-lib.h>

/* Name of the window's data: the list of what was found, newest first; the bar is about the first. */
#define KEY_FOUND "dio-recovered"

static void
offer (DioShellWindow *window)
{
  GPtrArray *found = g_object_get_data (G_OBJECT (window), KEY_FOUND);
  if (found == NULL || found->len == 0)
    return;
  const DioEditRecovered *first = found->pdata[0];
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (first->time_us / G_USEC_PER_SEC);
  g_autofree char *when = time != NULL ? g_date_time_format (time, "%x %X") : g_strdup ("");
  g_autofree char *text = g_strdup_printf (
      // Translators: name of a document, date and time
      _ ("Unsaved changes of “%s” from %s were kept when Diorama ended unexpectedly."),
      *first->title != '\0' ? first->title : _ ("Untitled"), when);
  DioShellBar bar = {
    .id = first->file,
    .type = GTK_MESSAGE_INFO,
    .text = text,
    .detail = first->original_path,
    .label = _ ("Restore"),
    .action = "win.recovery-open",
    .second_label = _ ("Discard"),
    .second_action = "win.recovery-discard",
  };
  dio_shell_messages_show_bar (window->messages, &bar);
}

/* The commands are in menus too, where they must not look as if there were something to restore. */
static void
update_commands (DioShellWindow *window)
{
  const GPtrArray *found = g_object_get_data (G_OBJECT (window), KEY_FOUND);
  gboolean any = found != NULL && found->len > 0;
  dio_action_registry_set_enabled (window->registry, "recovery-open", any);
  dio_action_registry_set_enabled (window->registry, "recovery-discard", any);
}

/* Every window looks, also the one in which something is restored: what one window offers no other does. */
static gboolean
claim (const DioEditRecovered *recovered)
{
  static GHashTable *claimed;
  if (claimed == NULL)
    claimed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return g_hash_table_add (
      claimed, g_strdup_printf ("%s %" G_GINT64_FORMAT, recovered->file, recovered->time_us));
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user)
{
  g_autoptr (DioShellWindow) window = user;
  GPtrArray *found = dio_session_list_recoveries_finish (DIO_SESSION (source), result);
  for (guint i = found->len; i > 0; i--)
    if (!claim (found->pdata[i - 1]))
      g_ptr_array_remove_index (found, i - 1);
  g_object_set_data_full (G_OBJECT (window), KEY_FOUND, found, (GDestroyNotify) g_ptr_array_unref);
  update_commands (window);
  offer (window);
}

void
dio_shell_recovery_look (DioShellWindow *window)
{
  update_commands (window);
  dio_session_list_recoveries_async (window->session, found_cb, g_object_ref (window));
}

/* Takes the first one off the list; free it. */
static DioEditRecovered *
take_first (DioShellWindow *window)
{
  GPtrArray *found = g_object_get_data (G_OBJECT (window), KEY_FOUND);
  if (found == NULL || found->len == 0)
    return NULL;
  return g_ptr_array_steal_index (found, 0);
}

void
dio_shell_recovery_open (DioShellWindow *window)
{
  g_autoptr (DioEditRecovered) first = take_first (window);
  if (first != NULL)
    dio_shell_files_open_recovery (window, first->file);
  update_commands (window);
  offer (window);
}

void
dio_shell_recovery_discard (DioShellWindow *window)
{
  g_autoptr (DioEditRecovered) first = take_first (window);
  if (first != NULL)
    dio_session_discard_recovery (window->session, first->file);
  update_commands (window);
  offer (window);
}
