#include "dio-harness.h"
#include "dio-shell-application.h"
#include "dio-shell-start.h"
#include "dio-shell-window.h"

static DioShellApplication *application;
static DioShellWindow *window;

static void
run (const char *name)
{
  g_action_group_activate_action (G_ACTION_GROUP (window), name, NULL);
  dio_harness_run (80);
}

static gboolean
has_picture (gpointer user)
{
  return dio_shell_start_count_pictures (user) > 0;
}

static GtkWidget *
find_card (GtkWidget *root)
{
  return dio_harness_find_label (root, "Open the example “Tabletop”");
}

static gboolean
has_card (gpointer user)
{
  GtkWidget *card = find_card (user);
  return card != NULL && gtk_widget_get_height (card) > 0;
}

static void
test_start (void)
{
  window = dio_shell_window_new (ADW_APPLICATION (application), NULL);
  dio_harness_present (GTK_WINDOW (window));
  g_assert_false (dio_shell_window_has_document (window));
  g_assert_nonnull (dio_harness_find_label (GTK_WIDGET (window), "New Scene"));
  GtkWidget *start = dio_harness_find_type (GTK_WIDGET (window), DIO_TYPE_SHELL_START);
  g_assert_true (dio_harness_wait (has_card, window, 60000));
  GtkWidget *card = find_card (GTK_WIDGET (window));
  int height = gtk_widget_get_height (card);
  g_assert_cmpuint (dio_shell_start_count_pictures (DIO_SHELL_START (start)), ==, 0);
  g_assert_true (dio_harness_wait (has_picture, start, 60000));
  dio_harness_run (100);
  g_assert_cmpint (gtk_widget_get_height (card), ==, height);
  dio_harness_snapshot (GTK_WIDGET (window), "shell-start");
  g_autofree char *unnamed = dio_harness_list_unnamed (GTK_WIDGET (window));
  g_assert_cmpstr (unnamed, ==, NULL);
}

static gboolean
is_kept (gpointer user)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "diorama", "start", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".png"))
      return TRUE;
  return FALSE;
}

/* What was drawn once is there with the cards the next time. */
static void
test_start_again (void)
{
  g_assert_true (dio_harness_wait (is_kept, NULL, 10000));
  DioShellWindow *second = dio_shell_window_new (ADW_APPLICATION (application), NULL);
  dio_harness_present (GTK_WINDOW (second));
  GtkWidget *start = dio_harness_find_type (GTK_WIDGET (second), DIO_TYPE_SHELL_START);
  g_assert_true (dio_harness_wait (has_card, second, 60000));
  g_assert_cmpuint (dio_shell_start_count_pictures (DIO_SHELL_START (start)), >, 0);
  gtk_window_destroy (GTK_WINDOW (second));
  dio_harness_run (100);
  dio_harness_present (GTK_WINDOW (window));
}

static void
test_modes (void)
{
  static const char *const modes[] = { "mode-compose", "mode-randomize", "mode-render",
                                       "mode-review" };
  run ("new");
  g_assert_true (dio_shell_window_has_document (window));
  DioSession *session = dio_shell_window_get_session (window);
  for (guint i = 0; i < G_N_ELEMENTS (modes); i++) {
    run (modes[i]);
    g_assert_cmpint ((int) dio_session_get_mode (session), ==, (int) i);
    g_autofree char *picture = g_strconcat ("shell-", modes[i], NULL);
    dio_harness_run (600);
    dio_harness_snapshot (GTK_WIDGET (window), picture);
    g_autofree char *unnamed = dio_harness_list_unnamed (GTK_WIDGET (window));
    g_assert_cmpstr (unnamed, ==, NULL);
  }
  // The other way round: the session leads the pages.
  dio_session_set_mode (session, DIO_MODE_COMPOSE);
  AdwViewStack *pages =
      ADW_VIEW_STACK (dio_harness_find_type (GTK_WIDGET (window), ADW_TYPE_VIEW_STACK));
  g_assert_cmpstr (adw_view_stack_get_visible_child_name (pages), ==, "compose");
}

static void
test_panels (void)
{
  static const char *const names[] = { "left-panel", "right-panel", "bottom-panel" };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    gboolean before, after;
    g_object_get (window, names[i], &before, NULL);
    run (names[i]);
    g_object_get (window, names[i], &after, NULL);
    g_assert_cmpint (before, !=, after);
    run (names[i]);
  }
}

static gboolean
can_undo (gpointer user)
{
  return dio_action_registry_get_enabled (dio_shell_window_get_registry (window), "undo");
}

static void
test_undo (void)
{
  DioSession *session = dio_shell_window_get_session (window);
  DioActionRegistry *registry = dio_shell_window_get_registry (window);
  g_assert_false (dio_action_registry_get_enabled (registry, "undo"));
  run ("scene-add-sun");
  /* Where the view looks is asked of the preview first. */
  g_assert_true (dio_harness_wait (can_undo, NULL, 60000));
  g_assert_cmpuint (dio_selection_get_count (dio_session_get_selection (session)), ==, 1);
  g_assert_nonnull (dio_harness_find_label (GTK_WIDGET (window), "Undo “Add Sun”"));
  g_assert_true (dio_session_is_modified (session));
  run ("undo");
  g_assert_false (dio_session_is_modified (session));
  g_assert_true (dio_action_registry_get_enabled (registry, "redo"));
}

/* A page's own history, as Review has one. */
static guint undone;

static void
undo_cb (gpointer source)
{
  undone++;
}

static void
test_undo_of_mode (void)
{
  DioSession *other = dio_session_new (NULL, NULL);
  DioShellUndo undo = { G_OBJECT (other), undo_cb, undo_cb };
  dio_shell_window_set_undo (window, DIO_MODE_REVIEW, &undo);
  DioActionRegistry *registry = dio_shell_window_get_registry (window);
  run ("redo");
  g_assert_true (dio_action_registry_get_enabled (registry, "undo"));
  run ("mode-review");
  // That history is empty.
  g_assert_false (dio_action_registry_get_enabled (registry, "undo"));
  run ("mode-compose");
  g_assert_true (dio_action_registry_get_enabled (registry, "undo"));
  run ("undo");
  g_assert_cmpuint (undone, ==, 0);
  DioShellUndo none = { 0 };
  dio_shell_window_set_undo (window, DIO_MODE_REVIEW, &none);
  g_object_unref (other);
}

static void
test_registry (void)
{
  DioActionRegistry *registry = dio_shell_window_get_registry (window);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  guint n = dio_action_registry_get_count (registry);
  g_assert_cmpuint (n, >, 30);
  for (guint i = 0; i < n; i++) {
    const DioActionInfo *info = dio_action_registry_get (registry, i);
    g_assert_true (g_hash_table_add (seen, (gpointer) info->name));
    g_assert_nonnull (info->label);
    g_assert_nonnull (info->group);
    g_assert_true (g_action_map_lookup_action (G_ACTION_MAP (window), info->name) != NULL);
    if (info->accels == NULL)
      continue;
    g_auto (GStrv) accels = g_strsplit (info->accels, "|", -1);
    g_autofree char *detailed = g_strconcat ("win.", info->name, NULL);
    for (guint k = 0; accels[k] != NULL; k++) {
      g_auto (GStrv) names =
          gtk_application_get_actions_for_accel (GTK_APPLICATION (application), accels[k]);
      g_assert_cmpuint (g_strv_length (names), ==, 1);
      g_assert_cmpstr (names[0], ==, detailed);
    }
  }
}

static void
test_sizes (void)
{
  static const int sizes[][2] = { { 1024, 640 }, { 1580, 960 } };
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    gtk_window_set_default_size (GTK_WINDOW (window), sizes[i][0], sizes[i][1]);
    dio_harness_run (400);
    g_autofree char *picture = g_strdup_printf ("shell-%d", sizes[i][0]);
    dio_harness_snapshot (GTK_WIDGET (window), picture);
    g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (window)), <=, sizes[i][0]);
  }
}

static gboolean
is_there (gpointer name)
{
  return dio_harness_find_label (GTK_WIDGET (window), name) != NULL;
}

/* A table of labels comes with the first picture of its document. */
static GtkWidget *
find_list (const char *name)
{
  g_assert_true (dio_harness_wait (is_there, (gpointer) name, 60000));
  return dio_harness_find_label (GTK_WIDGET (window), name);
}

static gboolean
has_rows (gpointer user)
{
  return g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (user))) > 10;
}

/* The objects of a document that was opened are seen from the first on. */
static void
test_document_begins_at_the_top (void)
{
  run ("mode-compose");
  g_autofree char *path =
      g_build_filename (g_getenv ("DIORAMA_DATA_DIR"), "scenarios", "tabletop.diorama", NULL);
  dio_shell_window_open (window, path);
  GtkWidget *list = find_list ("Objects of the scene");
  g_assert_true (dio_harness_wait (has_rows, list, 20000));
  dio_harness_run (300);
  GtkWidget *scroller = gtk_widget_get_ancestor (list, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *place = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  g_assert_cmpfloat (gtk_adjustment_get_upper (place), >, gtk_adjustment_get_page_size (place));
  g_assert_cmpfloat (gtk_adjustment_get_value (place), ==, 0);
}

static gboolean
table_has_focus (gpointer table)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));
  return focus != NULL && gtk_widget_is_ancestor (focus, table);
}

static gboolean
has_labels (gpointer table)
{
  GtkSelectionModel *rows = gtk_column_view_get_model (GTK_COLUMN_VIEW (table));
  return rows != NULL && g_list_model_get_n_items (G_LIST_MODEL (rows)) > 0;
}

/* L leads into the label table, also where it was hidden, and back to the picture. */
static void
test_label_table (void)
{
  g_assert_true (dio_harness_wait_property (window, "is-active", 3000));
  GtkWidget *table = find_list ("Labels of the sensor");
  GtkWidget *canvas = find_list ("Viewport");
  // The labels of the document that was opened come with its first picture.
  g_assert_true (dio_harness_wait (has_labels, table, 60000));
  g_object_set (window, "bottom-panel", FALSE, NULL);
  gtk_widget_grab_focus (canvas);
  dio_harness_run (300);
  g_assert_true (dio_harness_press ("l"));
  g_assert_true (dio_harness_wait (table_has_focus, table, 5000));
  dio_harness_run (300);
  gboolean shown;
  g_object_get (window, "bottom-panel", &shown, NULL);
  g_assert_true (shown);
  g_assert_true (dio_harness_press ("l"));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == canvas);
  g_object_set (window, "bottom-panel", TRUE, NULL);
}

static void
test_end (void)
{
  DioSession *session = g_object_ref (dio_shell_window_get_session (window));
  g_object_ref (window);
  gtk_window_close (GTK_WINDOW (window));
  dio_harness_assert_gone (window);
  dio_harness_assert_gone (session);
}

int
main (int argc, char **argv)
{
  dio_harness_init (&argc, &argv);
  application = dio_shell_application_new (G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  // One window for all: they go through a short session in this order.
  g_test_add_func ("/shell/window/start", test_start);
  g_test_add_func ("/shell/window/start-again", test_start_again);
  g_test_add_func ("/shell/window/modes", test_modes);
  g_test_add_func ("/shell/window/panels", test_panels);
  g_test_add_func ("/shell/window/undo", test_undo);
  g_test_add_func ("/shell/window/undo-of-mode", test_undo_of_mode);
  g_test_add_func ("/shell/window/registry", test_registry);
  g_test_add_func ("/shell/window/sizes", test_sizes);
  g_test_add_func ("/shell/window/document-begins-at-the-top", test_document_begins_at_the_top);
  g_test_add_func ("/shell/window/label-table", test_label_table);
  g_test_add_func ("/shell/window/end", test_end);
  int status = g_test_run ();
  g_object_unref (application);
  return status;
}
