/* The shelf: what it offers, search, putting things into the scene. */
#include "dio-harness.h"
#include "dio-session-models.h"
#include "dio-shelf-panel.h"

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

static void
test_search_finds_items (void)
{
  DioSession *session = new_session ("search");
  GtkWidget *widget = dio_shelf_panel_new (session);
  DioShelfPanel *panel = DIO_SHELF_PANEL (widget);
  GtkWindow *window = dio_harness_show (widget, 256, 420);
  guint all = dio_shelf_panel_get_n_items (panel);
  g_assert_cmpuint (all, ==, g_list_model_get_n_items (dio_session_get_shelf (session)));
  g_assert_cmpuint (all, >, 10);
  dio_shelf_panel_search (panel, "mug");
  g_assert_cmpuint (dio_shelf_panel_get_n_items (panel), ==, 1);
  dio_shelf_panel_search (panel, "nothing of this name");
  dio_harness_run (50);
  g_assert_nonnull (dio_harness_find_label (widget, "No Match"));
  dio_shelf_panel_search (panel, "");
  /* A section alone. */
  GtkWidget *sections = dio_harness_find_label (widget, "Which things are shown");
  g_assert_true (GTK_IS_DROP_DOWN (sections));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (sections), 4);
  g_assert_cmpuint (dio_shelf_panel_get_n_items (panel), ==, 1);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (sections), 0);
  g_assert_cmpuint (dio_shelf_panel_get_n_items (panel), ==, all);
  g_autofree char *unnamed = dio_harness_list_unnamed (widget);
  g_assert_cmpstr (unnamed, ==, NULL);
  dio_harness_destroy (window);
  dio_harness_assert_gone (session);
}

static gboolean
is_placed_cb (gpointer user)
{
  const char *active = dio_selection_get_active (dio_session_get_selection (user));
  return active != NULL && dio_scenario_find_node (dio_session_get_scenario (user), active) != NULL;
}

static gboolean
has_thumbnail_cb (gpointer user)
{
  return dio_session_get_thumbnail (user, "parametric:mug") != NULL;
}

static void
test_an_item_is_put_into_the_scene (void)
{
  DioSession *session = new_session ("place");
  GtkWidget *widget = dio_shelf_panel_new (session);
  GtkWindow *window = dio_harness_show (widget, 256, 420);
  guint n = dio_session_get_scenario (session)->nodes->len;
  dio_shelf_panel_search (DIO_SHELF_PANEL (widget), "mug");
  dio_harness_run (50);
  GtkWidget *grid = dio_harness_find_type (widget, GTK_TYPE_GRID_VIEW);
  g_assert_true (gtk_widget_activate_action (grid, "list.activate-item", "u", 0));
  g_assert_true (dio_harness_wait (is_placed_cb, session, 30000));
  g_assert_cmpuint (dio_session_get_scenario (session)->nodes->len, ==, n + 1);
  const char *active = dio_selection_get_active (dio_session_get_selection (session));
  const DioNode *node = dio_scenario_find_node (dio_session_get_scenario (session), active);
  g_assert_nonnull (node);
  g_assert_cmpstr (node->model.parametric, ==, "mug");
  dio_session_undo (session);
  g_assert_cmpuint (dio_session_get_scenario (session)->nodes->len, ==, n);
  /* Pictures are made in the background; without OpenGL there are none, and icons stand in. */
  dio_shelf_panel_search (DIO_SHELF_PANEL (widget), "");
  dio_harness_wait (has_thumbnail_cb, session, 8000);
  dio_harness_run (2500);
  dio_harness_run (250);
  dio_harness_snapshot (widget, "shelf");
  dio_harness_destroy (window);
  dio_harness_assert_gone (session);
}

int
main (int argc, char **argv)
{
  dio_harness_init (&argc, &argv);
  g_test_add_func ("/shelf/panel/search-finds-items", test_search_finds_items);
  g_test_add_func ("/shelf/panel/an-item-is-put-into-the-scene",
                   test_an_item_is_put_into_the_scene);
  return g_test_run ();
}
