#define G_LOG_DOMAIN "dio-widgets"

#include "dio-escape.h"

void
dio_escape_add (GtkWidget *window)
{
  g_return_if_fail (GTK_IS_WINDOW (window));
  GtkEventController *keys = gtk_shortcut_controller_new ();
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys), gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                        gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, keys);
}
