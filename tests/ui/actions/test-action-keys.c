#include "dio-action.h"
#include "dio-harness.h"

static guint letters, digits, undos;

static void
letter_cb (gpointer owner)
{
  letters++;
}

static void
digit_cb (gpointer owner)
{
  digits++;
}

static void
undo_cb (gpointer owner)
{
  undos++;
}

static const DioActionInfo table[] = {
  { "letter", "Letter", "Scene", NULL, "f|Home", letter_cb },
  { "digit", "Digit", "Scene", NULL, "3", digit_cb },
  { "local-undo", "Undo", "Edit", NULL, "<Control>z", undo_cb },
  { NULL },
};

typedef struct {
  GtkApplication *application;
  GtkWindow *window;
  GtkWidget *scope, *button, *entry, *outside;
  DioActionRegistry *registry;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  letters = digits = undos = 0;
  fixture->application = gtk_application_new (NULL, G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (fixture->application), NULL, NULL);
  fixture->window = GTK_WINDOW (adw_application_window_new (fixture->application));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  fixture->scope = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  fixture->button = gtk_button_new_with_label ("Button");
  fixture->entry = gtk_entry_new ();
  fixture->outside = gtk_button_new_with_label ("Outside");
  gtk_box_append (GTK_BOX (fixture->scope), fixture->button);
  gtk_box_append (GTK_BOX (fixture->scope), fixture->entry);
  gtk_box_append (GTK_BOX (box), fixture->scope);
  gtk_box_append (GTK_BOX (box), fixture->outside);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (fixture->window), box);
  fixture->registry =
      dio_action_registry_new (fixture->application, G_ACTION_MAP (fixture->window));
  dio_action_registry_add (fixture->registry, table, G_OBJECT (fixture->button), fixture->scope);
  dio_harness_present (fixture->window);
  g_assert_true (dio_harness_wait_property (fixture->window, "is-active", 3000));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->registry);
  dio_harness_destroy (fixture->window);
  g_object_unref (fixture->application);
}

static void
test_works_in_scope (Fixture *fixture, gconstpointer data)
{
  gtk_widget_grab_focus (fixture->button);
  g_assert_true (dio_harness_press ("f"));
  g_assert_cmpuint (letters, ==, 1);
  dio_harness_press ("Home");
  g_assert_cmpuint (letters, ==, 2);
  dio_harness_press ("ctrl+z");
  g_assert_cmpuint (undos, ==, 1);
  dio_harness_press ("3");
  dio_harness_press ("KP_3");
  g_assert_cmpuint (digits, ==, 2);

  gtk_widget_grab_focus (fixture->outside);
  dio_harness_press ("f");
  dio_harness_press ("ctrl+z");
  g_assert_cmpuint (letters, ==, 2);
  g_assert_cmpuint (undos, ==, 1);
}

static void
test_leaves_text_alone (Fixture *fixture, gconstpointer data)
{
  gtk_widget_grab_focus (fixture->entry);
  dio_harness_press ("f");
  dio_harness_press ("3");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (fixture->entry)), ==, "f3");
  dio_harness_press ("Home");
  dio_harness_press ("ctrl+z");
  g_assert_cmpuint (letters, ==, 0);
  g_assert_cmpuint (digits, ==, 0);
  g_assert_cmpuint (undos, ==, 0);
}

static void
test_disabled_passes_on (Fixture *fixture, gconstpointer data)
{
  dio_action_registry_set_enabled (fixture->registry, "letter", FALSE);
  gtk_widget_grab_focus (fixture->button);
  dio_harness_press ("f");
  g_assert_cmpuint (letters, ==, 0);
}

static void
test_changed_keys (Fixture *fixture, gconstpointer data)
{
  const char *clash = NULL;
  g_assert_false (dio_action_registry_set_keys (fixture->registry, "letter", "3", &clash));
  g_assert_cmpstr (clash, ==, "digit");
  g_assert_true (dio_action_registry_set_keys (fixture->registry, "letter", "k", NULL));
  gtk_widget_grab_focus (fixture->button);
  dio_harness_press ("f");
  g_assert_cmpuint (letters, ==, 0);
  dio_harness_press ("k");
  g_assert_cmpuint (letters, ==, 1);
}

static const DioActionInfo window_table[] = {
  { "everywhere", "Everywhere", "Edit", "<Control>r", NULL, undo_cb },
  { NULL },
};

static const DioActionInfo outer_table[] = {
  { "outer", "Outer", "Scene", NULL, "o|5", letter_cb },
  { NULL },
};

static const DioActionInfo beside_table[] = {
  { "beside", "Beside", "Scene", NULL, "b", digit_cb },
  { NULL },
};

/* A key clashes where both would hear it, and nowhere else. */
static void
test_clashes (Fixture *fixture, gconstpointer data)
{
  DioActionRegistry *registry = fixture->registry;
  GtkWidget *outer = gtk_widget_get_parent (fixture->scope);
  dio_action_registry_add (registry, window_table, G_OBJECT (fixture->button), NULL);
  dio_action_registry_add (registry, outer_table, G_OBJECT (fixture->button), outer);
  dio_action_registry_add (registry, beside_table, G_OBJECT (fixture->button), fixture->outside);
  const char *clash = NULL;
  g_assert_false (dio_action_registry_set_keys (registry, "letter", "<Control>r", &clash));
  g_assert_cmpstr (clash, ==, "everywhere");
  g_assert_false (dio_action_registry_set_keys (registry, "everywhere", "<Control>z", &clash));
  g_assert_cmpstr (clash, ==, "local-undo");
  g_assert_false (dio_action_registry_set_keys (registry, "letter", "o", &clash));
  g_assert_cmpstr (clash, ==, "outer");
  g_assert_false (dio_action_registry_set_keys (registry, "outer", "f", &clash));
  g_assert_cmpstr (clash, ==, "letter");
  /* A digit of the keypad is the digit. */
  g_assert_false (dio_action_registry_set_keys (registry, "letter", "KP_5", &clash));
  g_assert_cmpstr (clash, ==, "outer");
  g_assert_true (dio_action_registry_set_keys (registry, "letter", "b", &clash));
  gtk_widget_grab_focus (fixture->button);
  dio_harness_press ("b");
  g_assert_cmpuint (letters, ==, 1);
  g_assert_cmpuint (digits, ==, 0);
}

int
main (int argc, char **argv)
{
  dio_harness_init (&argc, &argv);
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/actions/keys/works-in-scope", test_works_in_scope);
  ADD ("/actions/keys/leaves-text-alone", test_leaves_text_alone);
  ADD ("/actions/keys/disabled-passes-on", test_disabled_passes_on);
  ADD ("/actions/keys/changed-keys", test_changed_keys);
  ADD ("/actions/keys/clashes", test_clashes);
  return g_test_run ();
}
