/* The window of categories: every edit is one step, and nothing that used a category is left behind. */
#include "dio-harness.h"
#include "dio-taxonomy-window.h"

static DioSession *
new_session (const char *name)
{
  g_autofree char *data = dio_harness_dup_temp (name);
  DioSession *session = dio_session_new (g_getenv ("DIORAMA_ENGINE"), data);
  g_autofree char *path =
      g_build_filename (g_getenv ("DIORAMA_DATA_DIR"), "scenarios", "tabletop.diorama", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (DioScenario) scenario = dio_scenario_load (path, NULL, &error);
  g_assert_no_error (error);
  dio_session_new_document (session, scenario);
  return session;
}

typedef struct {
  DioSession *session;
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->session = new_session (data);
  fixture->window = dio_taxonomy_window_new (fixture->session);
  dio_harness_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  dio_harness_destroy (GTK_WINDOW (fixture->window));
  dio_harness_assert_gone (fixture->session);
}

static const DioCategory *
get_category (Fixture *fixture, const char *id)
{
  const DioScenario *scenario = dio_session_get_scenario (fixture->session);
  int index = dio_scenario_find_category (scenario, id);
  return index >= 0 ? g_ptr_array_index (scenario->categories, (guint) index) : NULL;
}

/* By its text, which is a child of the button. */
static void
press (Fixture *fixture, const char *text)
{
  GtkWidget *label = dio_harness_find_label (fixture->window, text);
  g_assert_nonnull (label);
  GtkWidget *button =
      GTK_IS_BUTTON (label) ? label : gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON);
  dio_harness_click (button);
  dio_harness_run (600);
}

static guint
count_bound (Fixture *fixture, const char *id)
{
  const DioScenario *scenario = dio_session_get_scenario (fixture->session);
  guint n = 0;
  for (guint i = 0; i < scenario->nodes->len; i++)
    n += g_strcmp0 (((const DioNode *) g_ptr_array_index (scenario->nodes, i))->category, id) == 0;
  return n;
}

static void
choose (Fixture *fixture, const char *id)
{
  g_assert_true (dio_taxonomy_window_choose (DIO_TAXONOMY_WINDOW (fixture->window), id));
  dio_harness_run (50);
}

static void
test_add_and_rename (Fixture *fixture, gconstpointer data)
{
  guint n = dio_session_get_scenario (fixture->session)->categories->len;
  dio_harness_run (250);
  dio_harness_snapshot (fixture->window, "taxonomy");
  g_autofree char *unnamed = dio_harness_list_unnamed (fixture->window);
  g_assert_cmpstr (unnamed, ==, NULL);
  press (fixture, "Add Category");
  g_assert_cmpuint (dio_session_get_scenario (fixture->session)->categories->len, ==, n + 1);
  g_autofree char *id =
      g_strdup (dio_taxonomy_window_get_chosen (DIO_TAXONOMY_WINDOW (fixture->window)));
  g_assert_cmpstr (get_category (fixture, id)->name, ==, "New category");
  GtkWidget *name = dio_harness_find_type (fixture->window, ADW_TYPE_ENTRY_ROW);
  gtk_editable_set_text (GTK_EDITABLE (name), "Plate");
  g_signal_emit_by_name (name, "entry-activated");
  dio_harness_run (50);
  g_assert_cmpstr (get_category (fixture, id)->name, ==, "Plate");
  dio_session_undo (fixture->session);
  dio_harness_run (50);
  g_assert_cmpstr (get_category (fixture, id)->name, ==, "New category");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (name)), ==, "New category");
  dio_session_undo (fixture->session);
  g_assert_cmpuint (dio_session_get_scenario (fixture->session)->categories->len, ==, n);
}

static void
test_a_used_category_asks_before_it_goes (Fixture *fixture, gconstpointer data)
{
  choose (fixture, "mug");
  g_assert_cmpuint (count_bound (fixture, "mug"), ==, 2);
  press (fixture, "Delete");
  GtkWindow *question = dio_harness_find_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_nonnull (question);
  g_assert_nonnull (get_category (fixture, "mug"));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), "delete");
  dio_harness_run (100);
  g_assert_null (get_category (fixture, "mug"));
  g_assert_cmpuint (count_bound (fixture, "mug"), ==, 0);
  dio_session_undo (fixture->session);
  g_assert_cmpuint (count_bound (fixture, "mug"), ==, 2);
  dio_harness_destroy (question);
}

static void
test_order_and_kind (Fixture *fixture, gconstpointer data)
{
  choose (fixture, "bowl");
  press (fixture, "Move Up");
  g_assert_cmpint (dio_scenario_find_category (dio_session_get_scenario (fixture->session), "bowl"),
                   ==, 0);
  g_assert_false (gtk_widget_get_sensitive (dio_harness_find_label (fixture->window, "Move Up")));
  GtkWidget *kind = dio_harness_find_type (fixture->window, ADW_TYPE_COMBO_ROW);
  adw_combo_row_set_selected (ADW_COMBO_ROW (kind), 1);
  dio_harness_run (50);
  g_assert_false (get_category (fixture, "bowl")->thing);
  dio_session_undo (fixture->session);
  g_assert_true (get_category (fixture, "bowl")->thing);
}

static void
test_front_cone (Fixture *fixture, gconstpointer data)
{
  choose (fixture, "carton");
  GtkWidget *angle = dio_harness_find_type (fixture->window, GTK_TYPE_SPIN_BUTTON);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (angle), 80);
  dio_harness_run (50);
  g_assert_cmpfloat_with_epsilon (get_category (fixture, "carton")->front_cone_rad, 80 * G_PI / 180,
                                  1e-9);
  g_autoptr (GPtrArray) combos = dio_harness_list_type (fixture->window, ADW_TYPE_COMBO_ROW);
  g_assert_cmpuint (combos->len, ==, 3);
  adw_combo_row_set_selected (g_ptr_array_index (combos, 1), DIO_CONE_OUTSIDE_OTHER);
  dio_harness_run (50);
  g_assert_cmpint (get_category (fixture, "carton")->cone_outside, ==, DIO_CONE_OUTSIDE_OTHER);
  g_assert_cmpstr (get_category (fixture, "carton")->front_cone_category, ==, "bottle");
  adw_combo_row_set_selected (g_ptr_array_index (combos, 2), 1);
  dio_harness_run (50);
  g_assert_cmpstr (get_category (fixture, "carton")->front_cone_category, ==, "bowl");
  dio_harness_run (250);
  dio_harness_snapshot (fixture->window, "taxonomy-cone");
}

static void
test_merge_moves_everything (Fixture *fixture, gconstpointer data)
{
  choose (fixture, "can");
  guint cans = count_bound (fixture, "can"), boxes = count_bound (fixture, "box");
  /* What a click on the row of "box" does. */
  g_autoptr (GPtrArray) lists = dio_harness_list_type (fixture->window, GTK_TYPE_LIST_BOX);
  GtkListBox *merge = g_ptr_array_index (lists, lists->len - 1);
  g_signal_emit_by_name (merge, "row-activated", gtk_list_box_get_row_at_index (merge, 4));
  dio_harness_run (50);
  g_assert_null (get_category (fixture, "can"));
  g_assert_cmpuint (count_bound (fixture, "box"), ==, cans + boxes);
  dio_session_undo (fixture->session);
  g_assert_cmpuint (count_bound (fixture, "can"), ==, cans);
}

static void
test_assign_to_selection (Fixture *fixture, gconstpointer data)
{
  dio_selection_set_one (dio_session_get_selection (fixture->session), "floor");
  choose (fixture, "table");
  press (fixture, "Assign to Selection");
  g_assert_cmpuint (count_bound (fixture, "table"), ==, 2);
  press (fixture, "Select Its Objects");
  g_assert_cmpuint (dio_selection_get_count (dio_session_get_selection (fixture->session)), ==, 2);
}

#define ADD(name_, function_)                                                                      \
  g_test_add ("/taxonomy/window/" name_, Fixture, name_, set_up, function_, tear_down)

int
main (int argc, char **argv)
{
  dio_harness_init (&argc, &argv);
  ADD ("add-and-rename", test_add_and_rename);
  ADD ("a-used-category-asks-before-it-goes", test_a_used_category_asks_before_it_goes);
  ADD ("order-and-kind", test_order_and_kind);
  ADD ("front-cone", test_front_cone);
  ADD ("merge-moves-everything", test_merge_moves_everything);
  ADD ("assign-to-selection", test_assign_to_selection);
  return g_test_run ();
}
