#define G_LOG_DOMAIN "dio-widgets"

/* Dragging the name of a number field changes the number, a double click gives the default back. */

#include "dio-number-field-private.h"

#include "dio-number-text-private.h"

#include <math.h>

#define SCRUB_THRESHOLD_PX 3.0
#define SCRUB_PIXELS_PER_STEP 8.0

static void
scrub_begin_cb (GtkGestureDrag *gesture, double x, double y, DioNumberField *self)
{
  self->scrubbing = FALSE;
}

static void
start_scrub (DioNumberField *self, double dx)
{
  self->scrubbing = TRUE;
  self->scrub_value = isnan (self->value) ? 0 : self->value;
  self->scrub_step = dio_number_field_get_step (self) / SCRUB_PIXELS_PER_STEP;
  /* 400 pixels, which any screen has, span at least a tenth of a closed range. */
  if (isfinite (self->max - self->min) && self->step <= 0 && self->digits != 0)
    self->scrub_step = MAX (self->scrub_step, (self->max - self->min) / 4000);
  self->scrub_last_x = dx;
  gtk_widget_add_css_class (self->name, "scrubbing");
}

static void
scrub_update_cb (GtkGestureDrag *gesture, double dx, double dy, DioNumberField *self)
{
  if (!self->scrubbing) {
    if (fabs (dx) < SCRUB_THRESHOLD_PX)
      return;
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
    start_scrub (self, dx);
    return;
  }
  GdkModifierType state =
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  double speed = state & GDK_SHIFT_MASK ? 0.1 : state & GDK_CONTROL_MASK ? 10 : 1;
  double step = self->scrub_step * speed;
  self->scrub_value += (dx - self->scrub_last_x) * step;
  self->scrub_value = CLAMP (self->scrub_value, self->min, self->max);
  self->scrub_last_x = dx;
  dio_number_field_change (self,
                           dio_number_text_round (self->scrub_value, MIN (step, self->scrub_step)));
}

static void
scrub_end_cb (GtkGestureDrag *gesture, double dx, double dy, DioNumberField *self)
{
  if (!self->scrubbing)
    return;
  self->scrubbing = FALSE;
  gtk_widget_remove_css_class (self->name, "scrubbing");
  dio_number_field_commit (self);
}

void
dio_number_field_reset (DioNumberField *self)
{
  if (!isnan (self->default_value) && dio_number_field_change (self, self->default_value))
    dio_number_field_commit (self);
  g_signal_emit (self, dio_number_field_signals[DIO_NUMBER_SIGNAL_RESET], 0);
}

static void
name_pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, DioNumberField *self)
{
  if (n_press == 2)
    dio_number_field_reset (self);
}

void
dio_number_field_add_scrub (DioNumberField *self, GtkWidget *name)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  g_signal_connect (drag, "drag-begin", G_CALLBACK (scrub_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (scrub_update_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (scrub_end_cb), self);
  gtk_widget_add_controller (name, GTK_EVENT_CONTROLLER (drag));
  GtkGesture *click = gtk_gesture_click_new ();
  g_signal_connect (click, "pressed", G_CALLBACK (name_pressed_cb), self);
  gtk_widget_add_controller (name, GTK_EVENT_CONTROLLER (click));
}
