#include "dio-harness.h"
#include "dio-shell-application.h"
#include "dio-shell-window.h"

typedef struct {
  DioShellApplication *application;
  DioShellWindow *window;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->application = dio_shell_application_new (G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (fixture->application), NULL, NULL));
  fixture->window = dio_shell_window_new (ADW_APPLICATION (fixture->application), NULL);
  dio_harness_present (GTK_WINDOW (fixture->window));
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), "new", NULL);
  dio_harness_run (50);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->window != NULL) {
    DioSession *session = g_object_ref (dio_shell_window_get_session (fixture->window));
    dio_harness_destroy (GTK_WINDOW (fixture->window));
    dio_harness_assert_gone (session);
  }
  g_object_unref (fixture->application);
}

static void
run (Fixture *fixture, const char *name)
{
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), name, NULL);
  dio_harness_run (150);
}

static GtkWindow *
find_titled (const char *title)
{
  GListModel *windows = gtk_window_get_toplevels ();
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);
    if (g_strcmp0 (gtk_window_get_title (window), title) == 0)
      return window;
  }
  return NULL;
}

static void
test_palette (Fixture *fixture, gconstpointer data)
{
  run (fixture, "palette");
  GtkWindow *palette = find_titled ("Find a Command");
  g_assert_nonnull (palette);
  dio_harness_snapshot (GTK_WIDGET (palette), "shell-palette");
  dio_harness_type (GTK_WIDGET (palette), "rando");
  GtkListBox *list = GTK_LIST_BOX (dio_harness_find_type (GTK_WIDGET (palette), GTK_TYPE_LIST_BOX));
  g_assert_true (
      dio_harness_has_label (GTK_WIDGET (gtk_list_box_get_selected_row (list)), "Randomize"));
  // There is nothing to redo: the command that fits best comes after those that can run.
  dio_harness_type (GTK_WIDGET (palette), "re");
  g_assert_true (gtk_widget_get_sensitive (GTK_WIDGET (gtk_list_box_get_selected_row (list))));
  dio_harness_type (GTK_WIDGET (palette), "qqqq");
  g_assert_null (gtk_list_box_get_selected_row (list));
  dio_harness_type (GTK_WIDGET (palette), "revi");
  dio_harness_enter (GTK_WIDGET (palette));
  dio_harness_run (50);
  g_assert_null (find_titled ("Find a Command"));
  g_assert_cmpint ((int) dio_session_get_mode (dio_shell_window_get_session (fixture->window)), ==,
                   (int) DIO_MODE_REVIEW);
}

/* Names of the actions of a menu and of those in it. */
static void
collect_actions (GMenuModel *menu, GHashTable *actions)
{
  static const char *const links[] = { G_MENU_LINK_SECTION, G_MENU_LINK_SUBMENU };
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++) {
    char *action = NULL;
    if (g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_ACTION, "s", &action))
      g_hash_table_add (actions, action);
    for (guint l = 0; l < G_N_ELEMENTS (links); l++) {
      g_autoptr (GMenuModel) inner = g_menu_model_get_item_link (menu, i, links[l]);
      if (inner != NULL)
        collect_actions (inner, actions);
    }
  }
}

/* Every command that needs no value is in the menu of F10 and in the palette. */
static void
test_every_command_is_offered (Fixture *fixture, gconstpointer data)
{
  DioActionRegistry *registry = dio_shell_window_get_registry (fixture->window);
  g_autoptr (GHashTable) actions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GtkWidget *button = dio_harness_find_label (GTK_WIDGET (fixture->window), "Main Menu");
  g_assert_true (gtk_menu_button_get_primary (GTK_MENU_BUTTON (button)));
  collect_actions (gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (button)), actions);
  run (fixture, "palette");
  GtkWindow *palette = find_titled ("Find a Command");
  guint n_commands = 0;
  for (guint i = 0; i < dio_action_registry_get_count (registry); i++) {
    const DioActionInfo *info = dio_action_registry_get (registry, i);
    if (!dio_action_registry_can_run (registry, info->name))
      continue;
    g_autofree char *action = g_strconcat ("win.", info->name, NULL);
    if (!g_hash_table_contains (actions, action))
      g_error ("the menu lacks %s", info->name);
    n_commands++;
  }
  g_assert_cmpuint (n_commands, >, 100);
  g_autoptr (GPtrArray) rows = dio_harness_list_type (GTK_WIDGET (palette), GTK_TYPE_LIST_BOX_ROW);
  g_assert_cmpuint (rows->len, ==, n_commands);
  dio_harness_destroy (palette);
}

static gboolean
menu_is_open (gpointer popover)
{
  return gtk_widget_get_mapped (popover);
}

static gboolean
menu_is_closed (gpointer popover)
{
  return !gtk_widget_get_mapped (popover);
}

/* Escape in a menu of the menu leaves the focus where keys are heard: F10 opens it again. */
static void
test_menu_gives_focus_back (Fixture *fixture, gconstpointer data)
{
  GtkWidget *button = dio_harness_find_label (GTK_WIDGET (fixture->window), "Main Menu");
  GtkPopover *popover = gtk_menu_button_get_popover (GTK_MENU_BUTTON (button));
  for (int i = 0; i < 2; i++) {
    g_assert_true (dio_harness_press ("F10"));
    g_assert_true (dio_harness_wait (menu_is_open, popover, 5000));
    g_assert_true (dio_harness_press ("Right"));
    dio_harness_run (300);
    g_assert_true (dio_harness_press ("Escape"));
    g_assert_true (dio_harness_wait (menu_is_closed, popover, 5000));
  }
}

/* What the window shows of a command: keys of the keypad that repeat others are left out. */
static char *
dup_row (const char *label, const char *keys)
{
  g_autoptr (GRegex) keypad = g_regex_new ("[|]KP_[^|]*", 0, 0, NULL);
  g_autofree char *shown = g_regex_replace_literal (keypad, keys, -1, 0, "", 0, NULL);
  return g_strdup_printf ("%s %s", label, g_strdelimit (shown, "|", ' '));
}

static void
test_shortcuts (Fixture *fixture, gconstpointer data)
{
  run (fixture, "shortcuts");
  GtkWindow *shortcuts = dio_harness_find_window (GTK_TYPE_SHORTCUTS_WINDOW);
  g_assert_nonnull (shortcuts);
  // The window holds every row a second time, for its search.
  g_autoptr (GPtrArray) rows =
      dio_harness_list_type (GTK_WIDGET (shortcuts), GTK_TYPE_SHORTCUTS_SHORTCUT);
  g_autoptr (GHashTable) shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < rows->len; i++) {
    g_autofree char *title = NULL, *keys = NULL;
    g_object_get (rows->pdata[i], "title", &title, "accelerator", &keys, NULL);
    g_hash_table_add (shown, g_strdup_printf ("%s %s", title, keys));
  }
  DioActionRegistry *registry = dio_shell_window_get_registry (fixture->window);
  for (guint i = 0; i < dio_action_registry_get_count (registry); i++) {
    const DioActionInfo *info = dio_action_registry_get (registry, i);
    const char *keys = dio_action_registry_get_keys (registry, info->name);
    if (keys == NULL)
      continue;
    g_autofree char *row = dup_row (info->label, keys);
    if (!g_hash_table_contains (shown, row))
      g_error ("the window does not show: %s", row);
  }
  dio_harness_snapshot (GTK_WIDGET (shortcuts), "shell-shortcuts");
  dio_harness_destroy (shortcuts);
}

static void
test_preferences (Fixture *fixture, gconstpointer data)
{
  run (fixture, "preferences");
  GtkWindow *preferences = dio_harness_find_window (ADW_TYPE_PREFERENCES_WINDOW);
  g_assert_nonnull (preferences);
  dio_harness_run (100);
  dio_harness_snapshot (GTK_WIDGET (preferences), "shell-preferences");
  g_autofree char *unnamed = dio_harness_list_unnamed (GTK_WIDGET (preferences));
  g_assert_cmpstr (unnamed, ==, NULL);
  dio_harness_destroy (preferences);

  g_autoptr (GSettings) settings = g_settings_new ("org.diorama.Studio");
  g_settings_set_string (settings, "theme", "dark");
  dio_harness_run (20);
  g_assert_true (adw_style_manager_get_dark (adw_style_manager_get_default ()));
  dio_harness_run (100);
  dio_harness_snapshot (GTK_WIDGET (fixture->window), "shell-dark");
  g_settings_reset (settings, "theme");
  dio_harness_run (20);
  g_assert_false (adw_style_manager_get_dark (adw_style_manager_get_default ()));
}

static gboolean
is_modified (gpointer user)
{
  return dio_session_is_modified (dio_shell_window_get_session (user));
}

static void
test_unsaved (Fixture *fixture, gconstpointer data)
{
  run (fixture, "scene-add-sun");
  g_assert_true (dio_harness_wait (is_modified, fixture->window, 60000));
  gtk_window_close (GTK_WINDOW (fixture->window));
  dio_harness_run (100);
  GtkWindow *dialog = dio_harness_find_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_nonnull (dialog);
  dio_harness_snapshot (GTK_WIDGET (dialog), "shell-unsaved");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  dio_harness_destroy (dialog);
  dio_harness_run (50);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (fixture->window)));

  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  gtk_window_close (GTK_WINDOW (fixture->window));
  dio_harness_run (100);
  dialog = dio_harness_find_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_nonnull (dialog);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "discard");
  for (guint i = 0; i < 100 && fixture->window != NULL; i++)
    dio_harness_run (30);
  g_assert_null (fixture->window);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user)
{
  gboolean *saved = user;
  *saved = dio_session_save_finish (DIO_SESSION (source), result, NULL);
}

static gboolean
is_set (gpointer user)
{
  const gboolean *flag = user;
  return *flag;
}

static gboolean
is_clean (gpointer user)
{
  return !dio_session_is_modified (user);
}

static void
test_save_and_open (Fixture *fixture, gconstpointer data)
{
  DioSession *session = dio_shell_window_get_session (fixture->window);
  g_autofree char *path = dio_harness_dup_temp ("street.diorama");
  gboolean saved = FALSE;
  dio_session_save_async (session, path, saved_cb, &saved);
  g_assert_true (dio_harness_wait (is_set, &saved, 5000));
  run (fixture, "scene-add-sensor");
  g_assert_true (dio_harness_wait (is_modified, fixture->window, 60000));
  run (fixture, "save");
  g_assert_true (dio_harness_wait (is_clean, session, 5000));
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)), !=, "Diorama");

  // A file that is none is told in a bar and leaves the document.
  g_autofree char *bad = dio_harness_dup_temp ("bad.diorama");
  g_assert_true (g_file_set_contents (bad, "no json", -1, NULL));
  guint before = dio_session_get_scenario (session)->nodes->len;
  dio_shell_window_open (fixture->window, bad);
  dio_harness_run (500);
  g_assert_cmpuint (dio_session_get_scenario (session)->nodes->len, ==, before);
}

int
main (int argc, char **argv)
{
  // Dialogs show no scene: five windows start quicker without software OpenGL.
  g_setenv ("DIORAMA_NO_GL", "1", TRUE);
  dio_harness_init (&argc, &argv);
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/shell/dialogs/palette", test_palette);
  ADD ("/shell/dialogs/every-command-is-offered", test_every_command_is_offered);
  ADD ("/shell/dialogs/menu-gives-focus-back", test_menu_gives_focus_back);
  ADD ("/shell/dialogs/shortcuts", test_shortcuts);
  ADD ("/shell/dialogs/preferences", test_preferences);
  ADD ("/shell/dialogs/unsaved", test_unsaved);
  ADD ("/shell/dialogs/save-and-open", test_save_and_open);
  return g_test_run ();
}
