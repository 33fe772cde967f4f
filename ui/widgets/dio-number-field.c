#define G_LOG_DOMAIN "dio-widgets"

#include "dio-number-field.h"

#include "dio-edit-quantity.h"
#include "dio-number-text-private.h"
#include "dio-widgets-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define SCRUB_THRESHOLD_PX 3.0
#define SCRUB_PIXELS_PER_STEP 8.0
#define MIXED_TEXT "—"

struct _DioNumberField {
  GtkWidget parent;
  GtkWidget *name, *short_name, *frame, *stack, *shown, *entry, *unit_label, *dice;
  char *label, *unit;
  double value, min, max, step, default_value;
  int digits;
  gboolean mixed, has_short_name, dice_active;
  /* A scrub. */
  gboolean scrubbing;
  double scrub_value, scrub_step, scrub_last_x;
  /* An edit of the text. */
  gboolean editing;
  char *text_before;
  /* The range of a randomized value. */
  double *density;
  guint n_density;
  double density_min, density_max;
};

G_DEFINE_FINAL_TYPE (DioNumberField, dio_number_field, GTK_TYPE_WIDGET)

enum {
  SIGNAL_CHANGED,
  SIGNAL_COMMITTED,
  SIGNAL_ENTERED,
  SIGNAL_EMPTIED,
  SIGNAL_RESET,
  SIGNAL_DICE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];
enum { PROP_0, PROP_VALUE, PROP_LABEL, PROP_UNIT, PROP_MIXED, N_PROPS };
static GParamSpec *props[N_PROPS];

/* -- Showing ------------------------------------------------------------------------------------------------------- */

static gboolean
is_changed_from_default (DioNumberField *self)
{
  if (self->mixed || isnan (self->default_value) || isnan (self->value))
    return FALSE;
  double tolerance = 1e-9 * MAX (fabs (self->default_value), 1e-3);
  return fabs (self->value - self->default_value) > tolerance;
}

static void
update_accessible (DioNumberField *self, const char *text)
{
  g_autofree char *spoken =
      *self->unit != '\0' && !self->mixed
          ? g_strdup_printf ("%s %s", text, gtk_label_get_label (GTK_LABEL (self->unit_label)))
          : g_strdup (text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, self->label,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, spoken, -1);
  if (!isnan (self->value) && !self->mixed)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_NOW,
                                    self->value, -1);
  if (isfinite (self->min))
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_MIN,
                                    self->min, -1);
  if (isfinite (self->max))
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_MAX,
                                    self->max, -1);
}

static void
update_shown (DioNumberField *self)
{
  g_autofree char *text = self->mixed
                              ? g_strdup (MIXED_TEXT)
                              : dio_number_text_format (self->value, self->unit, self->digits);
  gtk_label_set_label (GTK_LABEL (self->shown), text);
  gtk_widget_set_visible (self->unit_label, *self->unit != '\0' && !self->mixed);
  PangoAttrList *attributes = NULL;
  if (is_changed_from_default (self)) {
    attributes = pango_attr_list_new ();
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  }
  gtk_label_set_attributes (GTK_LABEL (self->name), attributes);
  gtk_label_set_attributes (GTK_LABEL (self->short_name), attributes);
  g_clear_pointer (&attributes, pango_attr_list_unref);
  update_accessible (self, text);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
set_value (DioNumberField *self, double value)
{
  gboolean was_mixed = self->mixed;
  gboolean same = self->value == value || (isnan (self->value) && isnan (value));
  self->value = value;
  self->mixed = FALSE;
  if (same && !was_mixed)
    return;
  update_shown (self);
  if (!same)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_VALUE]);
  if (was_mixed)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MIXED]);
}

/* What the user did: within the range, told to the listener. Nothing is told where nothing changed. */
static gboolean
change_value (DioNumberField *self, double value)
{
  value = CLAMP (value, self->min, self->max);
  if (self->digits == 0)
    value = round (value);
  if (isnan (value) || (value == self->value && !self->mixed))
    return FALSE;
  set_value (self, value);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, value);
  return TRUE;
}

static void
commit (DioNumberField *self)
{
  g_signal_emit (self, signals[SIGNAL_COMMITTED], 0, self->value);
}

static double
get_step (DioNumberField *self)
{
  double value = isnan (self->value) ? 0 : self->value;
  return self->step > 0 ? self->step : dio_number_text_get_step (value, self->unit, self->digits);
}

/* -- Scrubbing ----------------------------------------------------------------------------------------------------- */

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
  self->scrub_step = get_step (self) / SCRUB_PIXELS_PER_STEP;
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
  change_value (self, dio_number_text_round (self->scrub_value, MIN (step, self->scrub_step)));
}

static void
scrub_end_cb (GtkGestureDrag *gesture, double dx, double dy, DioNumberField *self)
{
  if (!self->scrubbing)
    return;
  self->scrubbing = FALSE;
  gtk_widget_remove_css_class (self->name, "scrubbing");
  commit (self);
}

static void
reset (DioNumberField *self)
{
  if (!isnan (self->default_value) && change_value (self, self->default_value))
    commit (self);
  g_signal_emit (self, signals[SIGNAL_RESET], 0);
}

static void
name_pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, DioNumberField *self)
{
  if (n_press == 2)
    reset (self);
}

/* -- Typing -------------------------------------------------------------------------------------------------------- */

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
  g_signal_emit (self, signals[SIGNAL_ENTERED], 0, text, &handled);
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
  if (change_value (self, value))
    commit (self);
  return TRUE;
}

/* Enter without a text means something to few fields. */
static gboolean
take_nothing (DioNumberField *self)
{
  gboolean handled = FALSE;
  if (gtk_text_get_text_length (GTK_TEXT (self->entry)) == 0)
    g_signal_emit (self, signals[SIGNAL_EMPTIED], 0, &handled);
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

/* -- Keys ---------------------------------------------------------------------------------------------------------- */

static void
step_by (DioNumberField *self, double steps, GdkModifierType state)
{
  double step = get_step (self) * (state & GDK_SHIFT_MASK ? 0.1 : 1);
  double value = isnan (self->value) ? 0 : self->value;
  if (change_value (self, dio_number_text_round (value + steps * step, step)))
    commit (self);
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint key,
        guint code,
        GdkModifierType state,
        DioNumberField *self)
{
  if (self->editing || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  switch (key) {
  case GDK_KEY_Up:
  case GDK_KEY_KP_Up:
    step_by (self, 1, state);
    return TRUE;
  case GDK_KEY_Down:
  case GDK_KEY_KP_Down:
    step_by (self, -1, state);
    return TRUE;
  case GDK_KEY_Page_Up:
    step_by (self, 10, state);
    return TRUE;
  case GDK_KEY_Page_Down:
    step_by (self, -10, state);
    return TRUE;
  case GDK_KEY_Return:
  case GDK_KEY_KP_Enter:
  case GDK_KEY_ISO_Enter:
    dio_number_field_start_editing (self);
    return TRUE;
  case GDK_KEY_BackSpace:
    reset (self);
    return TRUE;
  default:
    break;
  }
  gunichar c = gdk_keyval_to_unicode (key);
  if (!g_unichar_isdigit (c) && !(c != 0 && c < 128 && strchr ("+-.=*/", (int) c) != NULL))
    return FALSE;
  dio_number_field_start_editing (self);
  char typed[8] = "";
  g_unichar_to_utf8 (c, typed);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), typed);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
  return TRUE;
}

static void
dice_clicked_cb (GtkButton *button, DioNumberField *self)
{
  g_signal_emit (self, signals[SIGNAL_DICE], 0);
}

/* -- Drawing ------------------------------------------------------------------------------------------------------- */

static void
draw_sparkline (DioNumberField *self, GtkSnapshot *snapshot)
{
  graphene_rect_t area;
  if (!gtk_widget_compute_bounds (self->frame, GTK_WIDGET (self), &area))
    return;
  double x = area.origin.x + 2, w = area.size.width - 4;
  double bottom = area.origin.y + area.size.height - 2, h = area.size.height * 0.7;
  double peak = 0;
  for (guint i = 0; i < self->n_density; i++)
    peak = MAX (peak, self->density[i]);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &area);
  GdkRGBA accent = dio_widgets_get_color (GTK_WIDGET (self), "accent_bg_color");
  cairo_move_to (cr, x, bottom);
  for (guint i = 0; i < self->n_density; i++) {
    double top = bottom - h * (peak > 0 ? self->density[i] / peak : 0);
    cairo_line_to (cr, x + w * i / self->n_density, top);
    cairo_line_to (cr, x + w * (i + 1) / self->n_density, top);
  }
  cairo_line_to (cr, x + w, bottom);
  cairo_close_path (cr);
  dio_widgets_set_source (cr, &accent, 0.22);
  cairo_fill (cr);
  double span = self->density_max - self->density_min;
  if (span > 0 && self->value >= self->density_min && self->value <= self->density_max) {
    dio_widgets_set_source (cr, &accent, 0.9);
    cairo_rectangle (cr, x + w * (self->value - self->density_min) / span - 0.75, bottom - h, 1.5,
                     h);
    cairo_fill (cr);
  }
  cairo_destroy (cr);
}

static void
snapshot_widget (GtkWidget *widget, GtkSnapshot *snapshot)
{
  DioNumberField *self = DIO_NUMBER_FIELD (widget);
  if (self->n_density > 0 && !self->editing)
    draw_sparkline (self, snapshot);
  GTK_WIDGET_CLASS (dio_number_field_parent_class)->snapshot (widget, snapshot);
}

/* -- Object -------------------------------------------------------------------------------------------------------- */

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  DioNumberField *self = DIO_NUMBER_FIELD (object);
  switch (id) {
  case PROP_VALUE:
    g_value_set_double (value, self->value);
    break;
  case PROP_LABEL:
    g_value_set_string (value, self->label);
    break;
  case PROP_UNIT:
    g_value_set_string (value, self->unit);
    break;
  case PROP_MIXED:
    g_value_set_boolean (value, self->mixed);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  DioNumberField *self = DIO_NUMBER_FIELD (object);
  switch (id) {
  case PROP_VALUE:
    dio_number_field_set_value (self, g_value_get_double (value));
    break;
  case PROP_LABEL:
    g_free (self->label);
    self->label = g_value_dup_string (value);
    gtk_label_set_label (GTK_LABEL (self->name), self->label);
    update_shown (self);
    break;
  case PROP_UNIT:
    g_free (self->unit);
    self->unit = g_strdup (g_value_get_string (value) != NULL ? g_value_get_string (value) : "");
    gtk_label_set_label (GTK_LABEL (self->unit_label),
                         dio_edit_quantity_get_display_unit (self->unit));
    update_shown (self);
    break;
  case PROP_MIXED:
    dio_number_field_set_mixed (self, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
dispose (GObject *object)
{
  DioNumberField *self = DIO_NUMBER_FIELD (object);
  self->editing = FALSE;
  g_clear_pointer (&self->name, gtk_widget_unparent);
  g_clear_pointer (&self->frame, gtk_widget_unparent);
  g_clear_pointer (&self->dice, gtk_widget_unparent);
  G_OBJECT_CLASS (dio_number_field_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
  DioNumberField *self = DIO_NUMBER_FIELD (object);
  g_free (self->label);
  g_free (self->unit);
  g_free (self->text_before);
  g_free (self->density);
  G_OBJECT_CLASS (dio_number_field_parent_class)->finalize (object);
}

static void
install_signals (DioNumberFieldClass *class)
{
  GType type = G_TYPE_FROM_CLASS (class);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_DOUBLE);
  signals[SIGNAL_COMMITTED] = g_signal_new ("committed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                            NULL, G_TYPE_NONE, 1, G_TYPE_DOUBLE);
  signals[SIGNAL_ENTERED] =
      g_signal_new ("entered", type, G_SIGNAL_RUN_LAST, 0, g_signal_accumulator_true_handled, NULL,
                    NULL, G_TYPE_BOOLEAN, 1, G_TYPE_STRING);
  signals[SIGNAL_EMPTIED] =
      g_signal_new ("emptied", type, G_SIGNAL_RUN_LAST, 0, g_signal_accumulator_true_handled, NULL,
                    NULL, G_TYPE_BOOLEAN, 0);
  signals[SIGNAL_RESET] =
      g_signal_new ("reset", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_DICE] =
      g_signal_new ("dice", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dio_number_field_class_init (DioNumberFieldClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  object_class->get_property = get_property;
  object_class->set_property = set_property;
  object_class->dispose = dispose;
  object_class->finalize = finalize;
  widget_class->snapshot = snapshot_widget;
  props[PROP_VALUE] =
      g_param_spec_double ("value", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  props[PROP_LABEL] =
      g_param_spec_string ("label", NULL, NULL, "", G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_UNIT] =
      g_param_spec_string ("unit", NULL, NULL, "", G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_MIXED] =
      g_param_spec_boolean ("mixed", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  install_signals (class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "number-field");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SPIN_BUTTON);
}

static GtkWidget *
create_name (DioNumberField *self)
{
  GtkWidget *name = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (name, "dio-number-name");
  gtk_widget_set_cursor_from_name (name, "ew-resize");
  GtkGesture *drag = gtk_gesture_drag_new ();
  g_signal_connect (drag, "drag-begin", G_CALLBACK (scrub_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (scrub_update_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (scrub_end_cb), self);
  gtk_widget_add_controller (name, GTK_EVENT_CONTROLLER (drag));
  GtkGesture *click = gtk_gesture_click_new ();
  g_signal_connect (click, "pressed", G_CALLBACK (name_pressed_cb), self);
  gtk_widget_add_controller (name, GTK_EVENT_CONTROLLER (click));
  return name;
}

static void
create_entry (DioNumberField *self)
{
  self->entry = gtk_text_new ();
  gtk_editable_set_alignment (GTK_EDITABLE (self->entry), 1);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 5);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->entry), 6);
  g_signal_connect (self->entry, "activate", G_CALLBACK (activate_cb), self);
  GtkEventController *focus = gtk_event_controller_focus_new ();
  g_signal_connect (focus, "leave", G_CALLBACK (entry_left_cb), self);
  gtk_widget_add_controller (self->entry, focus);
  GtkEventController *key = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (key, GTK_PHASE_CAPTURE);
  g_signal_connect (key, "key-pressed", G_CALLBACK (entry_key_cb), self);
  gtk_widget_add_controller (self->entry, key);
}

static void
create_frame (DioNumberField *self)
{
  self->frame = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  gtk_widget_add_css_class (self->frame, "dio-number-frame");
  gtk_widget_set_valign (self->frame, GTK_ALIGN_CENTER);
  self->short_name = create_name (self);
  gtk_widget_add_css_class (self->short_name, "dim-label");
  gtk_widget_hide (self->short_name);
  self->shown = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->shown), 1);
  gtk_label_set_ellipsize (GTK_LABEL (self->shown), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (self->shown), 5);
  gtk_widget_add_css_class (self->shown, "dio-number-value");
  create_entry (self);
  self->stack = gtk_stack_new ();
  gtk_widget_set_hexpand (self->stack, TRUE);
  gtk_stack_add_child (GTK_STACK (self->stack), self->shown);
  gtk_stack_add_child (GTK_STACK (self->stack), self->entry);
  self->unit_label = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->unit_label, "dim-label");
  gtk_box_append (GTK_BOX (self->frame), self->short_name);
  gtk_box_append (GTK_BOX (self->frame), self->stack);
  gtk_box_append (GTK_BOX (self->frame), self->unit_label);
  gtk_widget_set_cursor_from_name (self->stack, "text");
  GtkGesture *click = gtk_gesture_click_new ();
  g_signal_connect (click, "released", G_CALLBACK (frame_released_cb), self);
  gtk_widget_add_controller (self->stack, GTK_EVENT_CONTROLLER (click));
}

static void
dio_number_field_init (DioNumberField *self)
{
  dio_widgets_ensure_style ();
  self->label = g_strdup ("");
  self->unit = g_strdup ("");
  self->min = -INFINITY;
  self->max = INFINITY;
  self->default_value = NAN;
  self->digits = -1;
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                              6);
  gtk_widget_add_css_class (GTK_WIDGET (self), "dio-number");
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  self->name = create_name (self);
  gtk_widget_set_hexpand (self->name, TRUE);
  create_frame (self);
  gtk_widget_set_hexpand (self->frame, TRUE);
  self->dice = gtk_button_new_from_icon_name ("media-playlist-shuffle-symbolic");
  gtk_widget_add_css_class (self->dice, "flat");
  gtk_widget_add_css_class (self->dice, "dio-number-dice");
  gtk_widget_set_valign (self->dice, GTK_ALIGN_CENTER);
  gtk_widget_hide (self->dice);
  g_signal_connect (self->dice, "clicked", G_CALLBACK (dice_clicked_cb), self);
  gtk_widget_set_parent (self->name, GTK_WIDGET (self));
  gtk_widget_set_parent (self->frame, GTK_WIDGET (self));
  gtk_widget_set_parent (self->dice, GTK_WIDGET (self));
  GtkEventController *key = gtk_event_controller_key_new ();
  g_signal_connect (key, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), key);
  update_shown (self);
}

GtkWidget *
dio_number_field_new (const char *label, const char *unit)
{
  return g_object_new (DIO_TYPE_NUMBER_FIELD, "label", label, "unit", unit, NULL);
}

double
dio_number_field_get_value (DioNumberField *self)
{
  g_return_val_if_fail (DIO_IS_NUMBER_FIELD (self), NAN);
  return self->value;
}

void
dio_number_field_set_value (DioNumberField *self, double value)
{
  g_return_if_fail (DIO_IS_NUMBER_FIELD (self));
  set_value (self, value);
}

void
dio_number_field_set_range (DioNumberField *self, double min, double max)
{
  g_return_if_fail (DIO_IS_NUMBER_FIELD (self));
  g_return_if_fail (min <= max);
  self->min = min;
  self->max = max;
  update_shown (self);
}

void
dio_number_field_set_step (DioNumberField *self, double step)
{
  g_return_if_fail (DIO_IS_NUMBER_FIELD (self));
  self->step = step;
}

void
dio_number_field_set_digits (DioNumberField *self, int digits)
{
  g_return_if_fail (DIO_IS_NUMBER_FIELD (self));
  self->digits = digits;
  update_shown (self);
}

void
dio_number_field_set_default (DioNumberField *self, double value)
{
  g_return_if_fail (DIO_IS_NUMBER_FIELD (self));
  self->default_value = value;
  update_shown (self);
}

void
dio_number_field_set_mixed (DioNumberField *self, gboolean mixed)
{
  g_return_if_fail (DIO_IS_NUMBER_FIELD (self));
  if (self->mixed == mixed)
    return;
  self->mixed = mixed;
  update_shown (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MIXED]);
}

gboolean
dio_number_field_get_mixed (DioNumberField *self)
{
  g_return_val_if_fail (DIO_IS_NUMBER_FIELD (self), FALSE);
  return self->mixed;
}

void
dio_number_field_set_dice (DioNumberField *self, gboolean shown, gboolean active)
{
  g_return_if_fail (DIO_IS_NUMBER_FIELD (self));
  gtk_widget_set_visible (self->dice, shown);
  self->dice_active = active;
  if (active)
    gtk_widget_add_css_class (self->dice, "active");
  else
    gtk_widget_remove_css_class (self->dice, "active");
  g_autofree char *text = g_strdup_printf (
      active ? _ ("%s Is Drawn by a Randomizer") : _ ("Randomize %s"), self->label);
  gtk_widget_set_tooltip_text (self->dice, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->dice), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                  -1);
}

void
dio_number_field_set_sparkline (
    DioNumberField *self, const double *density, guint n, double min, double max)
{
  g_return_if_fail (DIO_IS_NUMBER_FIELD (self));
  g_free (self->density);
  self->density = g_new (double, MAX (n, 1));
  self->n_density = n;
  for (guint i = 0; i < n; i++)
    self->density[i] = density != NULL ? density[i] : 1;
  self->density_min = min;
  self->density_max = max;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean
dio_number_field_get_sparkline (DioNumberField *self,
                                graphene_rect_t *area,
                                double *min,
                                double *max)
{
  g_return_val_if_fail (DIO_IS_NUMBER_FIELD (self) && area != NULL, FALSE);
  g_return_val_if_fail (min != NULL && max != NULL, FALSE);
  *min = self->density_min;
  *max = self->density_max;
  return self->n_density > 0 && !self->editing
         && gtk_widget_compute_bounds (self->frame, GTK_WIDGET (self), area);
}

void
dio_number_field_set_label_chars (DioNumberField *self, int chars)
{
  g_return_if_fail (DIO_IS_NUMBER_FIELD (self));
  gtk_label_set_width_chars (GTK_LABEL (self->name), chars > 0 ? chars : -1);
  gtk_label_set_max_width_chars (GTK_LABEL (self->name), chars > 0 ? chars : -1);
  gtk_widget_set_hexpand (self->name, chars <= 0);
  /* A name that is cut can be read as a tooltip. */
  gtk_widget_set_tooltip_text (self->name, chars > 0 ? self->label : NULL);
}

void
dio_number_field_set_drawn (DioNumberField *self, gboolean drawn)
{
  g_return_if_fail (DIO_IS_NUMBER_FIELD (self));
  if (drawn)
    gtk_widget_add_css_class (self->frame, "drawn");
  else
    gtk_widget_remove_css_class (self->frame, "drawn");
}

void
dio_number_field_set_short_label (DioNumberField *self, const char *text)
{
  g_return_if_fail (DIO_IS_NUMBER_FIELD (self));
  self->has_short_name = text != NULL;
  gtk_label_set_label (GTK_LABEL (self->short_name), text != NULL ? text : "");
  gtk_widget_set_visible (self->short_name, text != NULL);
  gtk_widget_set_visible (self->name, text == NULL);
}
