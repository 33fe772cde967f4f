/* The number field as a user works it: typed quantities, keys, scrubbing, reset, many values. */

#include "dio-harness.h"
#include "dio-number-field.h"

#include <math.h>

typedef struct {
  GtkWindow *window;
  DioNumberField *field;
  double changed, committed;
  guint n_changed, n_committed, n_reset;
} Fixture;

static void
changed_cb (DioNumberField *field, double value, Fixture *f)
{
  f->changed = value;
  f->n_changed++;
}

static void
committed_cb (DioNumberField *field, double value, Fixture *f)
{
  f->committed = value;
  f->n_committed++;
}

static void
reset_cb (DioNumberField *field, Fixture *f)
{
  f->n_reset++;
}

static void
set_up (Fixture *f, gconstpointer unit)
{
  f->field = DIO_NUMBER_FIELD (dio_number_field_new ("Height", unit));
  gtk_widget_set_valign (GTK_WIDGET (f->field), GTK_ALIGN_START);
  f->window = dio_harness_show (GTK_WIDGET (f->field), 260, 80);
  g_signal_connect (f->field, "changed", G_CALLBACK (changed_cb), f);
  g_signal_connect (f->field, "committed", G_CALLBACK (committed_cb), f);
  g_signal_connect (f->field, "reset", G_CALLBACK (reset_cb), f);
}

static void
tear_down (Fixture *f, gconstpointer unit)
{
  dio_harness_destroy (f->window);
}

static void
type (Fixture *f, const char *text)
{
  dio_number_field_start_editing (f->field);
  GtkWidget *entry = dio_harness_find_type (GTK_WIDGET (f->field), GTK_TYPE_TEXT);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "activate");
}

static gboolean
press (Fixture *f, guint key, GdkModifierType state)
{
  gboolean handled = FALSE;
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (f->field));
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
    if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
      g_signal_emit_by_name (controller, "key-pressed", key, 0, state, &handled);
  }
  return handled;
}

static void
test_typed (Fixture *f, gconstpointer unit)
{
  type (f, "35mm");
  g_assert_cmpfloat_with_epsilon (f->committed, 0.035, 1e-12);
  type (f, "1/4");
  g_assert_cmpfloat_with_epsilon (f->changed, 0.25, 1e-12);
  type (f, "+=10%");
  g_assert_cmpfloat_with_epsilon (dio_number_field_get_value (f->field), 0.275, 1e-12);
  g_assert_cmpuint (f->n_changed, ==, 3);
  g_assert_cmpuint (f->n_committed, ==, 3);
  /* What cannot be read stays in the entry and changes nothing. */
  type (f, "three");
  g_assert_cmpuint (f->n_changed, ==, 3);
  g_assert_cmpfloat_with_epsilon (dio_number_field_get_value (f->field), 0.275, 1e-12);
  type (f, "0.5");
  dio_number_field_set_range (f->field, 0, 1);
  type (f, "7");
  g_assert_cmpfloat (dio_number_field_get_value (f->field), ==, 1);
}

static void
test_degrees (Fixture *f, gconstpointer unit)
{
  dio_number_field_set_value (f->field, G_PI / 2);
  g_assert_nonnull (dio_harness_find_label (GTK_WIDGET (f->field), "90"));
  g_assert_cmpuint (f->n_changed, ==, 0);
  type (f, "45");
  g_assert_cmpfloat_with_epsilon (f->changed, G_PI / 4, 1e-12);
}

static void
test_keys (Fixture *f, gconstpointer unit)
{
  dio_number_field_set_value (f->field, 1);
  dio_number_field_set_step (f->field, 0.1);
  g_assert_true (press (f, GDK_KEY_Up, 0));
  g_assert_cmpfloat (f->committed, ==, 1.1);
  g_assert_true (press (f, GDK_KEY_Page_Down, 0));
  g_assert_cmpfloat_with_epsilon (f->committed, 0.1, 1e-12);
  g_assert_true (press (f, GDK_KEY_Up, GDK_SHIFT_MASK));
  g_assert_cmpfloat_with_epsilon (f->committed, 0.11, 1e-12);
  g_assert_false (press (f, GDK_KEY_g, 0));
  /* A digit starts typing with itself. */
  g_assert_true (press (f, GDK_KEY_4, 0));
  GtkWidget *entry = dio_harness_find_type (GTK_WIDGET (f->field), GTK_TYPE_TEXT);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "4");
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpfloat (f->committed, ==, 4);
}

static void
test_scrub (Fixture *f, gconstpointer unit)
{
  dio_number_field_set_value (f->field, 1);
  dio_number_field_set_step (f->field, 0.1);
  GtkWidget *name = dio_harness_find_label (GTK_WIDGET (f->field), "Height");
  if (name == GTK_WIDGET (f->field))
    name = gtk_widget_get_first_child (GTK_WIDGET (f->field));
  dio_harness_drag (name, 5, 5, 160, 0);
  g_assert_cmpfloat (f->changed, >, 1.5);
  g_assert_cmpfloat (f->committed, ==, f->changed);
  g_assert_cmpuint (f->n_committed, ==, 1);
}

static void
test_mixed_and_default (Fixture *f, gconstpointer unit)
{
  dio_number_field_set_value (f->field, 2);
  dio_number_field_set_mixed (f->field, TRUE);
  g_assert_true (dio_number_field_get_mixed (f->field));
  g_assert_nonnull (dio_harness_find_label (GTK_WIDGET (f->field), "—"));
  type (f, "2");
  g_assert_cmpuint (f->n_changed, ==, 1);
  g_assert_false (dio_number_field_get_mixed (f->field));
  dio_number_field_set_default (f->field, 0.5);
  GtkWidget *name = gtk_widget_get_first_child (GTK_WIDGET (f->field));
  g_assert_nonnull (gtk_label_get_attributes (GTK_LABEL (name)));
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (name);
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
    if (GTK_IS_GESTURE_CLICK (controller))
      g_signal_emit_by_name (controller, "pressed", 2, 1.0, 1.0);
  }
  g_assert_cmpfloat (f->committed, ==, 0.5);
  g_assert_cmpuint (f->n_reset, ==, 1);
  g_assert_null (gtk_label_get_attributes (GTK_LABEL (name)));
}

static void
test_accessible (Fixture *f, gconstpointer unit)
{
  dio_number_field_set_range (f->field, 0, 10);
  dio_number_field_set_value (f->field, 3);
  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (f->field)), ==,
                   GTK_ACCESSIBLE_ROLE_SPIN_BUTTON);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (f->field), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Height");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (f->field), GTK_ACCESSIBLE_PROPERTY_VALUE_NOW,
                                       3.0);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (f->field), GTK_ACCESSIBLE_PROPERTY_VALUE_MAX,
                                       10.0);
}

static void
test_dressed (Fixture *f, gconstpointer unit)
{
  const double density[] = { 1, 2, 4, 8, 4, 2, 1 };
  dio_number_field_set_value (f->field, 0.4);
  dio_number_field_set_dice (f->field, TRUE, TRUE);
  dio_number_field_set_sparkline (f->field, density, G_N_ELEMENTS (density), 0, 1);
  g_autoptr (GdkTexture) picture = dio_harness_picture (GTK_WIDGET (f->field));
  g_assert_cmpint (gdk_texture_get_width (picture), >, 100);
  dio_harness_snapshot (GTK_WIDGET (f->window), "number-field");
  g_autofree char *unnamed = dio_harness_list_unnamed (GTK_WIDGET (f->field));
  g_assert_cmpstr (unnamed, ==, NULL);
}

int
main (int argc, char **argv)
{
  dio_harness_init (&argc, &argv);
#define ADD(path, unit, function) g_test_add (path, Fixture, unit, set_up, function, tear_down)
  ADD ("/widgets/number/typed", "m", test_typed);
  ADD ("/widgets/number/degrees", "rad", test_degrees);
  ADD ("/widgets/number/keys", "", test_keys);
  ADD ("/widgets/number/scrub", "", test_scrub);
  ADD ("/widgets/number/mixed-and-default", "", test_mixed_and_default);
  ADD ("/widgets/number/accessible", "", test_accessible);
  ADD ("/widgets/number/dressed", "m", test_dressed);
  return g_test_run ();
}
