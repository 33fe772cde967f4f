#define G_LOG_DOMAIN "dio-widgets"

#include "dio-hold-clean.h"

static gboolean
pressed_cb (GtkEventControllerKey *controller,
            guint key,
            guint code,
            GdkModifierType state,
            DioOverlays *overlays)
{
  if (key != GDK_KEY_space || (state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return FALSE;
  g_object_set (overlays, "clean", TRUE, NULL);
  return TRUE;
}

static void
released_cb (GtkEventControllerKey *controller,
             guint key,
             guint code,
             GdkModifierType state,
             DioOverlays *overlays)
{
  if (key == GDK_KEY_space)
    g_object_set (overlays, "clean", FALSE, NULL);
}

static void
left_cb (GtkEventControllerFocus *controller, DioOverlays *overlays)
{
  g_object_set (overlays, "clean", FALSE, NULL);
}

void
dio_hold_clean_add (GtkWidget *widget, DioOverlays *overlays)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (DIO_IS_OVERLAYS (overlays));

  /* Before lists and buttons, to which Space means something else. */
  GtkEventController *key = gtk_event_controller_key_new ();
  gtk_event_controller_set_name (key, "hold");
  gtk_event_controller_set_propagation_phase (key, GTK_PHASE_CAPTURE);
  g_signal_connect_object (key, "key-pressed", G_CALLBACK (pressed_cb), overlays, 0);
  g_signal_connect_object (key, "key-released", G_CALLBACK (released_cb), overlays, 0);
  gtk_widget_add_controller (widget, key);
  GtkEventController *focus = gtk_event_controller_focus_new ();
  gtk_event_controller_set_name (focus, "hold");
  g_signal_connect_object (focus, "leave", G_CALLBACK (left_cb), overlays, 0);
  gtk_widget_add_controller (widget, focus);
}
