#define G_LOG_DOMAIN "dio-viewport"

#include "dio-viewport-private.h"

#include <math.h>

#define CLICK_PX 4.0
#define ZOOM_PER_NOTCH 0.87

/* -- What a button does -------------------------------------------------------------------------------------------- */

static DioViewportDrag
choose_drag (DioViewportCanvas *self, guint button, GdkModifierType state)
{
  gboolean shift = (state & GDK_SHIFT_MASK) != 0;
  if (button == GDK_BUTTON_MIDDLE)
    return shift ? DIO_VIEWPORT_DRAG_PAN : DIO_VIEWPORT_DRAG_ORBIT;
  if (button == GDK_BUTTON_SECONDARY)
    return DIO_VIEWPORT_DRAG_LOOK;
  if (state & GDK_ALT_MASK)
    return shift ? DIO_VIEWPORT_DRAG_PAN : DIO_VIEWPORT_DRAG_ORBIT;
  return self->hot.hit ? DIO_VIEWPORT_DRAG_HANDLE : DIO_VIEWPORT_DRAG_RUBBER;
}

static void
start_drag (DioViewportCanvas *self)
{
  self->drag = choose_drag (self, self->button, self->drag_state);
  if (self->drag == DIO_VIEWPORT_DRAG_HANDLE) {
    self->x = self->press_x;
    self->y = self->press_y;
    if (!dio_viewport_tool_begin (self, self->kind, self->hot.constraint))
      self->drag = DIO_VIEWPORT_DRAG_NONE;
    return;
  }
  if (!dio_viewport_canvas_is_through (self))
    return;
  /* The sensor stays: to orbit is to leave its view, to pan is to move its picture. */
  if (self->drag == DIO_VIEWPORT_DRAG_ORBIT || self->drag == DIO_VIEWPORT_DRAG_LOOK)
    dio_viewport_view_leave_sensor (self);
  else if (self->drag == DIO_VIEWPORT_DRAG_PAN)
    self->pan_zoom = self->zoom;
}

static void
pan_picture (DioViewportCanvas *self)
{
  DioPictureFrame frame;
  if (!dio_viewport_canvas_get_frame (self, &frame))
    return;
  dio_picture_zoom_pan (&self->zoom, &frame, &self->pan_zoom, self->last_x - self->press_x,
                        self->last_y - self->press_y);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
continue_drag (DioViewportCanvas *self, double dx, double dy, GdkModifierType state)
{
  double height = MAX (gtk_widget_get_height (GTK_WIDGET (self)), 1);
  switch (self->drag) {
  case DIO_VIEWPORT_DRAG_ORBIT:
    dio_edit_navigation_orbit (&self->navigation, dx, dy, height);
    dio_viewport_view_moving (self);
    break;
  case DIO_VIEWPORT_DRAG_PAN:
    if (dio_viewport_canvas_is_through (self)) {
      pan_picture (self);
      break;
    }
    dio_edit_navigation_pan (&self->navigation, dx, dy, height);
    dio_viewport_view_moving (self);
    break;
  case DIO_VIEWPORT_DRAG_LOOK:
    dio_edit_navigation_look (&self->navigation, dx, dy, height);
    dio_viewport_view_moving (self);
    break;
  case DIO_VIEWPORT_DRAG_HANDLE:
    dio_viewport_tool_point (self, self->last_x, self->last_y, state);
    break;
  case DIO_VIEWPORT_DRAG_RUBBER:
    gtk_widget_queue_draw (GTK_WIDGET (self));
    break;
  case DIO_VIEWPORT_DRAG_NONE:
  case DIO_VIEWPORT_DRAG_PRESSED:
  default:
    break;
  }
}

/* -- Gestures ------------------------------------------------------------------------------------------------------ */

static void
drag_begin_cb (GtkGestureDrag *gesture, double x, double y, DioViewportCanvas *self)
{
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));
  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->button = button == 0 ? GDK_BUTTON_PRIMARY : button;
  self->drag_state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  self->press_x = self->last_x = x;
  self->press_y = self->last_y = y;
  self->drag = DIO_VIEWPORT_DRAG_PRESSED;
  if (!dio_viewport_tool_is_active (self))
    dio_viewport_handles_hover (self, x, y);
}

static void
drag_update_cb (GtkGestureDrag *gesture, double offset_x, double offset_y, DioViewportCanvas *self)
{
  double x = self->press_x + offset_x, y = self->press_y + offset_y;
  if (self->drag == DIO_VIEWPORT_DRAG_NONE)
    return;
  if (self->drag == DIO_VIEWPORT_DRAG_PRESSED) {
    /* A tool that follows the pointer takes clicks; the view may still be turned under it. */
    if (hypot (offset_x, offset_y) < CLICK_PX
        || (dio_viewport_tool_is_active (self) && self->button != GDK_BUTTON_MIDDLE))
      return;
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
    start_drag (self);
  }
  double dx = x - self->last_x, dy = y - self->last_y;
  self->last_x = x;
  self->last_y = y;
  continue_drag (self, dx, dy,
                 gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture)));
}

static void
click (DioViewportCanvas *self)
{
  if (dio_viewport_tool_is_active (self)) {
    if (self->button == GDK_BUTTON_PRIMARY)
      dio_viewport_tool_apply (self);
    else if (self->button == GDK_BUTTON_SECONDARY)
      dio_viewport_tool_cancel (self);
    return;
  }
  if (self->button == GDK_BUTTON_SECONDARY)
    dio_viewport_canvas_menu (self, self->press_x, self->press_y);
  else if (self->button == GDK_BUTTON_PRIMARY && !self->hot.hit)
    dio_viewport_pick_click (self, self->press_x, self->press_y, self->drag_state);
}

static void
drag_end_cb (GtkGestureDrag *gesture, double offset_x, double offset_y, DioViewportCanvas *self)
{
  DioViewportDrag drag = self->drag;
  self->drag = DIO_VIEWPORT_DRAG_NONE;
  dio_viewport_keys_stop (self);
  if (drag == DIO_VIEWPORT_DRAG_PRESSED)
    click (self);
  else if (drag == DIO_VIEWPORT_DRAG_HANDLE)
    dio_viewport_tool_apply (self);
  else if (drag == DIO_VIEWPORT_DRAG_RUBBER)
    dio_viewport_pick_rubber (self, self->drag_state);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drag_cancel_cb (GtkGesture *gesture, GdkEventSequence *sequence, DioViewportCanvas *self)
{
  if (self->drag == DIO_VIEWPORT_DRAG_HANDLE)
    dio_viewport_tool_cancel (self);
  self->drag = DIO_VIEWPORT_DRAG_NONE;
}

/* -- Hover --------------------------------------------------------------------------------------------------------- */

static void
set_hover (DioViewportCanvas *self, const char *node, guint instance)
{
  DioPicturePainter *painter =
      dio_viewport_canvas_is_through (self) ? self->sensor_painter : self->view_painter;
  dio_picture_painter_set_hover (painter, instance);
  if (g_strcmp0 (node, self->hover_node) == 0)
    return;
  g_free (self->hover_node);
  self->hover_node = g_strdup (node);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
motion_cb (GtkEventControllerMotion *controller, double x, double y, DioViewportCanvas *self)
{
  if (dio_viewport_tool_is_active (self) && self->drag != DIO_VIEWPORT_DRAG_HANDLE) {
    self->x = x;
    self->y = y;
    dio_viewport_tool_point (
        self, x, y,
        gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller)));
    return;
  }
  if (self->drag > DIO_VIEWPORT_DRAG_PRESSED)
    return;
  if (x != self->x || y != self->y)
    self->has_anchor = FALSE;
  dio_viewport_handles_hover (self, x, y);
  /* A handle lies before what is behind it. */
  const char *node = self->hot.hit ? NULL : dio_viewport_pick_node (self, x, y);
  set_hover (self, node, self->hot.hit ? 0 : dio_viewport_pick_instance (self, x, y));
}

static void
leave_cb (GtkEventControllerMotion *controller, DioViewportCanvas *self)
{
  dio_viewport_handles_hover (self, NAN, NAN);
  set_hover (self, NULL, 0);
}

/* -- Wheel and touchpad --------------------------------------------------------------------------------------------- */

static void
zoom_by (DioViewportCanvas *self, double steps)
{
  DioPictureFrame frame;
  double x = isnan (self->x) ? gtk_widget_get_width (GTK_WIDGET (self)) / 2.0 : self->x;
  double y = isnan (self->y) ? gtk_widget_get_height (GTK_WIDGET (self)) / 2.0 : self->y;
  if (dio_viewport_canvas_is_through (self)) {
    if (!dio_viewport_canvas_get_frame (self, &frame))
      return;
    dio_picture_zoom_scroll (&self->zoom, &frame, steps, x, y);
    gtk_widget_queue_draw (GTK_WIDGET (self));
    return;
  }
  int width = gtk_widget_get_width (GTK_WIDGET (self)),
      height = gtk_widget_get_height (GTK_WIDGET (self));
  DioEditView view = dio_edit_navigation_get_view (&self->navigation, width, height);
  dio_edit_navigation_zoom (&self->navigation, &view, x, y, pow (ZOOM_PER_NOTCH, steps),
                            self->has_anchor ? &self->anchor_m : NULL);
  if (!self->has_anchor)
    dio_viewport_view_find_anchor (self, self->x, self->y);
  dio_viewport_view_moving (self);
}

static gboolean
scroll_cb (GtkEventControllerScroll *controller, double dx, double dy, DioViewportCanvas *self)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller));
  GdkDevice *device = event != NULL ? gdk_event_get_device (event) : NULL;
  gboolean touchpad = device != NULL && gdk_device_get_source (device) == GDK_SOURCE_TOUCHPAD;
  if (!touchpad || dio_viewport_canvas_is_through (self)) {
    zoom_by (self, -dy);
    return TRUE;
  }
  GdkModifierType state =
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));
  double height = MAX (gtk_widget_get_height (GTK_WIDGET (self)), 1);
  if (state & GDK_SHIFT_MASK)
    dio_edit_navigation_pan (&self->navigation, -dx * 10, -dy * 10, height);
  else
    dio_edit_navigation_orbit (&self->navigation, -dx * 10, -dy * 10, height);
  dio_viewport_view_moving (self);
  return TRUE;
}

static void
pinch_cb (GtkGestureZoom *gesture, double scale, DioViewportCanvas *self)
{
  double before = self->pinch > 0 ? self->pinch : 1;
  self->pinch = scale;
  zoom_by (self, log (scale / before) / log (1 / ZOOM_PER_NOTCH));
}

static void
pinch_begin_cb (GtkGesture *gesture, GdkEventSequence *sequence, DioViewportCanvas *self)
{
  self->pinch = 1;
}

void
dio_viewport_input_init (DioViewportCanvas *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkGesture *drag = gtk_gesture_drag_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), 0);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect (drag, "cancel", G_CALLBACK (drag_cancel_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));
  GtkEventController *motion = gtk_event_controller_motion_new ();
  g_signal_connect (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (widget, motion);
  GtkEventController *scroll =
      gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  g_signal_connect (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_widget_add_controller (widget, scroll);
  GtkGesture *pinch = gtk_gesture_zoom_new ();
  g_signal_connect (pinch, "begin", G_CALLBACK (pinch_begin_cb), self);
  g_signal_connect (pinch, "scale-changed", G_CALLBACK (pinch_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (pinch));
}
