#define G_LOG_DOMAIN "dio-viewport"

#include "dio-hold-clean.h"
#include "dio-viewport-private.h"

/* Keys that mean something only while a tool is in use or the right button is held; all others are commands of the window
 * and pass. */

enum {
  FLY_FORWARD = 1 << 0,
  FLY_BACK = 1 << 1,
  FLY_LEFT = 1 << 2,
  FLY_RIGHT = 1 << 3,
  FLY_UP = 1 << 4,
  FLY_DOWN = 1 << 5,
};

static guint
get_fly_key (guint key)
{
  switch (gdk_keyval_to_lower (key)) {
  case GDK_KEY_w:
    return FLY_FORWARD;
  case GDK_KEY_s:
    return FLY_BACK;
  case GDK_KEY_a:
    return FLY_LEFT;
  case GDK_KEY_d:
    return FLY_RIGHT;
  case GDK_KEY_e:
    return FLY_UP;
  case GDK_KEY_q:
    return FLY_DOWN;
  default:
    return 0;
  }
}

static gboolean
fly_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user)
{
  DioViewportCanvas *self = DIO_VIEWPORT_CANVAS (widget);
  gint64 now_us = gdk_frame_clock_get_frame_time (clock);
  double dt_s = CLAMP ((double) (now_us - self->fly_last_us) / 1e6, 0, 0.1);
  guint k = self->fly_keys;
  self->fly_last_us = now_us;
  DioVec3 direction = { !!(k & FLY_RIGHT) - !!(k & FLY_LEFT),
                        !!(k & FLY_FORWARD) - !!(k & FLY_BACK), !!(k & FLY_UP) - !!(k & FLY_DOWN) };
  /* Through a large scene one flies faster than about a cup. */
  dio_edit_navigation_fly (&self->navigation, direction, MAX (self->navigation.distance_m, 0.3),
                           dt_s);
  dio_viewport_view_moving (self);
  return G_SOURCE_CONTINUE;
}

void
dio_viewport_keys_stop (DioViewportCanvas *self)
{
  self->fly_keys = 0;
  if (self->fly_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->fly_id);
  self->fly_id = 0;
}

static gboolean
press_fly_key (DioViewportCanvas *self, guint key)
{
  guint bit = get_fly_key (key);
  if (bit == 0)
    return FALSE;
  self->fly_keys |= bit;
  if (self->fly_id == 0) {
    self->fly_last_us = g_get_monotonic_time ();
    self->fly_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), fly_cb, NULL, NULL);
  }
  return TRUE;
}

static gboolean
press_tool_key (DioViewportCanvas *self, guint key, GdkModifierType state)
{
  switch (key) {
  case GDK_KEY_Escape:
    dio_viewport_tool_cancel (self);
    return TRUE;
  case GDK_KEY_Return:
  case GDK_KEY_KP_Enter:
  case GDK_KEY_ISO_Enter:
    dio_viewport_tool_apply (self);
    return TRUE;
  case GDK_KEY_BackSpace:
    return dio_viewport_tool_key (self, 8, state);
  default:
    break;
  }
  gunichar character = gdk_keyval_to_unicode (gdk_keyval_to_lower (key));
  return character != 0 && dio_viewport_tool_key (self, character, state);
}

static gboolean
pressed_cb (GtkEventControllerKey *controller,
            guint key,
            guint code,
            GdkModifierType state,
            DioViewportCanvas *self)
{
  if ((state & (GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return FALSE;
  if (self->drag == DIO_VIEWPORT_DRAG_LOOK)
    return press_fly_key (self, key);
  if (dio_viewport_tool_is_active (self) && (state & GDK_CONTROL_MASK) == 0)
    return press_tool_key (self, key, state);
  /* One step a press: nothing of ours is open, so Escape clears the selection. */
  DioSelection *selection = dio_session_get_selection (self->session);
  if (key == GDK_KEY_Escape && dio_selection_get_count (selection) > 0) {
    dio_selection_clear (selection);
    return TRUE;
  }
  return FALSE;
}

static void
released_cb (GtkEventControllerKey *controller,
             guint key,
             guint code,
             GdkModifierType state,
             DioViewportCanvas *self)
{
  self->fly_keys &= ~get_fly_key (key);
  if (self->fly_keys == 0)
    dio_viewport_keys_stop (self);
}

static void
focus_left_cb (GtkEventControllerFocus *controller, DioViewportCanvas *self)
{
  dio_viewport_keys_stop (self);
}

void
dio_viewport_keys_init (DioViewportCanvas *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  dio_hold_clean_add (widget, dio_session_get_overlays (self->session));
  GtkEventController *key = gtk_event_controller_key_new ();
  gtk_event_controller_set_name (key, "keys");
  g_signal_connect (key, "key-pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect (key, "key-released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (widget, key);
  GtkEventController *focus = gtk_event_controller_focus_new ();
  g_signal_connect (focus, "leave", G_CALLBACK (focus_left_cb), self);
  gtk_widget_add_controller (widget, focus);
}
