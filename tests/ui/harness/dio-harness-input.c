#define G_LOG_DOMAIN "dio-harness"

#include "dio-harness.h"

void
dio_harness_click (GtkWidget *widget)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  if (!gtk_widget_is_sensitive (widget))
    g_error ("a click on an insensitive %s", G_OBJECT_TYPE_NAME (widget));
  if (GTK_IS_TOGGLE_BUTTON (widget) || !GTK_IS_BUTTON (widget)) {
    if (GTK_IS_MENU_BUTTON (widget))
      gtk_menu_button_popup (GTK_MENU_BUTTON (widget));
    else if (GTK_IS_TOGGLE_BUTTON (widget))
      g_signal_emit_by_name (widget, "clicked");
    else
      gtk_widget_activate (widget);
  } else {
    g_signal_emit_by_name (widget, "clicked");
  }
  for (guint i = 0; i < 20 && g_main_context_iteration (NULL, FALSE); i++)
    ;
}

static GtkWidget *
find_editable (GtkWidget *widget)
{
  if (GTK_IS_EDITABLE (widget))
    return widget;
  return dio_harness_find_type (widget, GTK_TYPE_EDITABLE);
}

void
dio_harness_type (GtkWidget *widget, const char *text)
{
  GtkWidget *field = find_editable (widget);
  g_return_if_fail (field != NULL);
  gtk_widget_grab_focus (field);
  GtkEditable *editable = GTK_EDITABLE (field);
  gtk_editable_delete_text (editable, 0, -1);
  int position = 0;
  gtk_editable_insert_text (editable, text, -1, &position);
  gtk_editable_set_position (editable, position);
  for (guint i = 0; i < 20 && g_main_context_iteration (NULL, FALSE); i++)
    ;
}

void
dio_harness_enter (GtkWidget *widget)
{
  GtkWidget *field = find_editable (widget);
  g_return_if_fail (field != NULL);
  GtkWidget *text = dio_harness_find_type (field, GTK_TYPE_TEXT);
  g_signal_emit_by_name (text != NULL ? text : field, "activate");
  for (guint i = 0; i < 20 && g_main_context_iteration (NULL, FALSE); i++)
    ;
}

static void
child_cb (GPid pid, gint status, gpointer user)
{
  gboolean *over = user;
  *over = TRUE;
  g_spawn_close_pid (pid);
}

static gboolean
is_set (gpointer user)
{
  const gboolean *flag = user;
  return *flag;
}

gboolean
dio_harness_press (const char *keys)
{
  const char *argv[] = { "xdotool", "key", "--delay", "30", keys, NULL };
  GPid pid;
  if (!g_spawn_async (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD,
                      NULL, NULL, &pid, NULL))
    return FALSE;
  gboolean over = FALSE;
  g_child_watch_add (pid, child_cb, &over);
  if (!dio_harness_wait (is_set, &over, 5000))
    return FALSE;
  // The server hands the events on after xdotool has gone.
  dio_harness_run (60);
  return TRUE;
}

void
dio_harness_drag (GtkWidget *widget, double x, double y, double dx, double dy)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
    if (!GTK_IS_GESTURE_DRAG (controller))
      continue;
    g_signal_emit_by_name (controller, "drag-begin", x, y);
    g_signal_emit_by_name (controller, "drag-update", dx / 2, dy / 2);
    g_signal_emit_by_name (controller, "drag-update", dx, dy);
    g_signal_emit_by_name (controller, "drag-end", dx, dy);
    return;
  }
  g_error ("%s has no drag gesture", G_OBJECT_TYPE_NAME (widget));
}
