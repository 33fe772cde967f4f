#define G_LOG_DOMAIN "dio-widgets"

#include "dio-number-field-private.h"

#include "dio-edit-quantity.h"
#include "dio-number-text-private.h"
#include "dio-widgets-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define MIXED_TEXT "—"

G_DEFINE_FINAL_TYPE (DioNumberField, dio_number_field, GTK_TYPE_WIDGET)

guint dio_number_field_signals[DIO_NUMBER_N_SIGNALS];
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
gboolean
dio_number_field_change (DioNumberField *self, double value)
{
  value = CLAMP (value, self->min, self->max);
  if (self->digits == 0)
    value = round (value);
  if (isnan (value) || (value == self->value && !self->mixed))
    return FALSE;
  set_value (self, value);
  g_signal_emit (self, dio_number_field_signals[DIO_NUMBER_SIGNAL_CHANGED], 0, value);
  return TRUE;
}

void
dio_number_field_commit (DioNumberField *self)
{
  g_signal_emit (self, dio_number_field_signals[DIO_NUMBER_SIGNAL_COMMITTED], 0, self->value);
}

double
dio_number_field_get_step (DioNumberField *self)
{
  double value = isnan (self->value) ? 0 : self->value;
  return self->step > 0 ? self->step : dio_number_text_get_step (value, self->unit, self->digits);
}

/* -- Keys ---------------------------------------------------------------------------------------------------------- */

static void
step_by (DioNumberField *self, double steps, GdkModifierType state)
{
  double step = dio_number_field_get_step (self) * (state & GDK_SHIFT_MASK ? 0.1 : 1);
  double value = isnan (self->value) ? 0 : self->value;
  if (dio_number_field_change (self, dio_number_text_round (value + steps * step, step)))
    dio_number_field_commit (self);
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
    dio_number_field_reset (self);
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
  g_signal_emit (self, dio_number_field_signals[DIO_NUMBER_SIGNAL_DICE], 0);
}

/* -- Object -------------------------------------------------------------------------------------------------------- */

static void
snapshot_widget (GtkWidget *widget, GtkSnapshot *snapshot)
{
  DioNumberField *self = DIO_NUMBER_FIELD (widget);
  if (self->n_density > 0 && !self->editing)
    dio_number_field_draw_sparkline (self, snapshot);
  GTK_WIDGET_CLASS (dio_number_field_parent_class)->snapshot (widget, snapshot);
}

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
  dio_number_field_signals[DIO_NUMBER_SIGNAL_CHANGED] = g_signal_new (
      "changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_DOUBLE);
  dio_number_field_signals[DIO_NUMBER_SIGNAL_COMMITTED] = g_signal_new (
      "committed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_DOUBLE);
  dio_number_field_signals[DIO_NUMBER_SIGNAL_ENTERED] =
      g_signal_new ("entered", type, G_SIGNAL_RUN_LAST, 0, g_signal_accumulator_true_handled, NULL,
                    NULL, G_TYPE_BOOLEAN, 1, G_TYPE_STRING);
  dio_number_field_signals[DIO_NUMBER_SIGNAL_EMPTIED] =
      g_signal_new ("emptied", type, G_SIGNAL_RUN_LAST, 0, g_signal_accumulator_true_handled, NULL,
                    NULL, G_TYPE_BOOLEAN, 0);
  dio_number_field_signals[DIO_NUMBER_SIGNAL_RESET] =
      g_signal_new ("reset", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  dio_number_field_signals[DIO_NUMBER_SIGNAL_DICE] =
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
  dio_number_field_add_scrub (self, name);
  return name;
}

static void
create_entry (DioNumberField *self)
{
  self->entry = gtk_text_new ();
  gtk_editable_set_alignment (GTK_EDITABLE (self->entry), 1);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 5);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->entry), 6);
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
  dio_number_field_add_entry (self, self->stack);
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
