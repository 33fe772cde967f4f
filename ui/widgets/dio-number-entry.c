#define G_LOG_DOMAIN "dio-widgets"

/* Typing a quantity into a number field. */

#include "dio-number-field-private.h"

#include "dio-edit-quantity.h"

#include <math.h>

static void
stop_editing (DioNumberField *self)
{
  self->editing = FALSE;
  gtk_widget_remove_css_class (self->frame, "editing");
  gtk_widget_remove_css_class (self->entry, "error");
  gtk_text_set_placeholder_text (GTK_TEXT (self->entry), NULL);
  gboolean had_focus = gtk_widget_has_focus (self->entry);
  gtk_stack_set_visible_child (GTK_STACK (self->stack), self->shown);
  gtk_widget_set_tooltip_text (self->entry, NULL);
  g_clear_pointer (&self->text_before, g_free);
  if (had_focus)
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* TRUE where the text was taken or says what was there before. */
static gboolean
take_text (DioNumberField *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  if (g_strcmp0 (text, self->text_before) == 0)
    return TRUE;
  gboolean handled = FALSE;
  g_signal_emit (self, dio_number_field_signals[DIO_NUMBER_SIGNAL_ENTERED], 0, text, &handled);
  if (handled)
    return TRUE;
  double value;
  g_autoptr (GError) error = NULL;
  if (!dio_edit_quantity_parse (text, self->unit, isnan (self->value) ? 0 : self->value, &value,
                                &error)) {
    gtk_widget_add_css_class (self->entry, "error");
    gtk_widget_set_tooltip_text (self->entry, error->message);
    return FALSE;
  }
  if (dio_number_field_change (self, value))
    dio_number_field_commit (self);
  return TRUE;
}

/* Enter without a text means something to few fields. */
static gboolean
take_nothing (DioNumberField *self)
{
  gboolean handled = FALSE;
  if (gtk_text_get_text_length (GTK_TEXT (self->entry)) == 0)
    g_signal_emit (self, dio_number_field_signals[DIO_NUMBER_SIGNAL_EMPTIED], 0, &handled);
  return handled;
}

static void
activate_cb (GtkText *entry, DioNumberField *self)
{
  if (take_nothing (self) || take_text (self))
    stop_editing (self);
  else
    gtk_widget_error_bell (self->entry);
}

static void
entry_left_cb (GtkEventControllerFocus *controller, DioNumberField *self)
{
  /* A text that cannot be read is given up, so that no field is left half typed. */
  if (!self->editing)
    return;
  take_text (self);
  stop_editing (self);
}

static gboolean
entry_key_cb (GtkEventControllerKey *controller,
              guint key,
              guint code,
              GdkModifierType state,
              DioNumberField *self)
{
  if (key != GDK_KEY_Escape)
    return FALSE;
  stop_editing (self);
  return TRUE;
}

/* @text: what stands in the entry at first, taken. */
static void
start_editing (DioNumberField *self, char *text)
{
  g_free (self->text_before);
  self->text_before = text;
  self->editing = TRUE;
  gtk_widget_add_css_class (self->frame, "editing");
  gtk_editable_set_text (GTK_EDITABLE (self->entry), self->text_before);
  gtk_stack_set_visible_child (GTK_STACK (self->stack), self->entry);
  gtk_widget_grab_focus (self->entry);
  gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
}

void
dio_number_field_start_editing (DioNumberField *self)
{
  g_return_if_fail (DIO_IS_NUMBER_FIELD (self));
  if (self->editing || !gtk_widget_is_sensitive (GTK_WIDGET (self)))
    return;
  start_editing (self, self->mixed || isnan (self->value)
                           ? g_strdup ("")
                           : dio_edit_quantity_format_number (self->value, self->unit, FALSE));
}

void
dio_number_field_start_empty (DioNumberField *self, const char *placeholder)
{
  g_return_if_fail (DIO_IS_NUMBER_FIELD (self));
  if (!gtk_widget_is_sensitive (GTK_WIDGET (self)))
    return;
  gtk_text_set_placeholder_text (GTK_TEXT (self->entry), placeholder);
  start_editing (self, g_strdup (""));
}

static void
frame_released_cb (GtkGestureClick *gesture, int n_press, double x, double y, DioNumberField *self)
{
  if (!self->scrubbing)
    dio_number_field_start_editing (self);
}

void
dio_number_field_add_entry (DioNumberField *self, GtkWidget *shown)
{
  g_signal_connect (self->entry, "activate", G_CALLBACK (activate_cb), self);
  GtkEventController *focus = gtk_event_controller_focus_new ();
  g_signal_connect (focus, "leave", G_CALLBACK (entry_left_cb), self);
  gtk_widget_add_controller (self->entry, focus);
  GtkEventController *key = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (key, GTK_PHASE_CAPTURE);
  g_signal_connect (key, "key-pressed", G_CALLBACK (entry_key_cb), self);
  gtk_widget_add_controller (self->entry, key);
  GtkGesture *click = gtk_gesture_click_new ();
  g_signal_connect (click, "released", G_CALLBACK (frame_released_cb), self);
  gtk_widget_add_controller (shown, GTK_EVENT_CONTROLLER (click));
}
