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
  dio_shelf_panel_search (panel, "table");
  g_assert_cmpuint (dio_shelf_panel_get_n_items (panel), ==, 1);
  /* By family: the car and the van. */
  dio_shelf_panel_search (panel, "vehicles");
  g_assert_cmpuint (dio_shelf_panel_get_n_items (panel), ==, 2);
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

static GtkEventController *
find_controller (GtkWidget *widget, GType type)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
    if (g_type_is_a (G_OBJECT_TYPE (controller), type))
      /* The widget keeps it. */
      return controller;
  }
  return NULL;
}

static void
test_a_drag_carries_the_item (void)
{
  DioSession *session = new_session ("drag");
  GtkWidget *widget = dio_shelf_panel_new (session);
  GtkWindow *window = dio_harness_show (widget, 256, 420);
  dio_shelf_panel_search (DIO_SHELF_PANEL (widget), "mug");
  dio_harness_run (50);
  GtkWidget *tile = dio_harness_find_type (widget, g_type_from_name ("DioShelfTile"));
  g_assert_nonnull (tile);
  GtkEventController *source = find_controller (tile, GTK_TYPE_DRAG_SOURCE);
  g_assert_nonnull (source);
  g_autoptr (GdkContentProvider) content = NULL;
  g_signal_emit_by_name (source, "prepare", 5.0, 5.0, &content);
  g_assert_nonnull (content);
  g_auto (GValue) value = G_VALUE_INIT;
  g_value_init (&value, G_TYPE_STRING);
  g_assert_true (gdk_content_provider_get_value (content, &value, NULL));
  g_assert_cmpstr (g_value_get_string (&value), ==, "diorama-shelf:model:mug");
  dio_harness_destroy (window);
  dio_harness_assert_gone (session);
}

/* A triangle fifty kilometres away: the doctor offers to put it back. */
static const char FAR_OBJ[] = "v 50000 0 0\nv 50001 0 0\nv 50001 0 1\nf 1 2 3\n";

static gboolean
knows_findings_cb (gpointer user)
{
  return dio_session_get_findings (user, "far") != NULL;
}

static const DioAsset *
find_asset (DioSession *session, const char *id)
{
  const GPtrArray *assets = dio_session_get_scenario (session)->assets;
  for (guint i = 0; i < assets->len; i++)
    if (g_strcmp0 (((const DioAsset *) assets->pdata[i])->id, id) == 0)
      return assets->pdata[i];
  return NULL;
}

static void
test_a_dropped_file_is_imported_and_fixed (void)
{
  DioSession *session = new_session ("import");
  GtkWidget *widget = dio_shelf_panel_new (session);
  GtkWindow *window = dio_harness_show (widget, 256, 420);
  g_autofree char *path = dio_harness_dup_temp ("far.obj");
  g_assert_true (g_file_set_contents (path, FAR_OBJ, -1, NULL));
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_auto (GValue) value = G_VALUE_INIT;
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_array (&file, 1));
  gboolean taken = FALSE;
  g_signal_emit_by_name (find_controller (widget, GTK_TYPE_DROP_TARGET), "drop", &value, 10.0, 10.0,
                         &taken);
  g_assert_true (taken);
  g_assert_true (dio_harness_wait (knows_findings_cb, session, 60000));
  g_assert_false (find_asset (session, "far")->recenter);

  dio_shelf_panel_search (DIO_SHELF_PANEL (widget), "far");
  dio_harness_run (100);
  g_assert_cmpuint (dio_shelf_panel_get_n_items (DIO_SHELF_PANEL (widget)), ==, 1);
  GtkWidget *tile = dio_harness_find_type (widget, g_type_from_name ("DioShelfTile"));
  GtkWidget *badge = dio_harness_find_type (tile, GTK_TYPE_MENU_BUTTON);
  g_assert_true (gtk_widget_get_mapped (badge));
  dio_harness_click (badge);
  dio_harness_run (300);
  const char *label = dio_session_get_fix_label (session, "far", "far-from-origin");
  g_assert_nonnull (label);
  GtkPopover *popover = gtk_menu_button_get_popover (GTK_MENU_BUTTON (badge));
  GtkWidget *fix = dio_harness_find_label (GTK_WIDGET (popover), label);
  g_assert_nonnull (fix);
  dio_harness_snapshot (GTK_WIDGET (popover), "shelf-findings");
  dio_harness_click (GTK_IS_BUTTON (fix) ? fix : gtk_widget_get_ancestor (fix, GTK_TYPE_BUTTON));
  dio_harness_run (50);
  g_assert_true (find_asset (session, "far")->recenter);
  gtk_popover_popdown (popover);
  dio_harness_run (100);
  dio_session_undo (session);
  g_assert_false (find_asset (session, "far")->recenter);
  dio_session_undo (session);
  g_assert_null (find_asset (session, "far"));
  dio_harness_destroy (window);
  dio_harness_assert_gone (session);
}

static gboolean
knows_asset_cb (gpointer session)
{
  return find_asset (session, "chip") != NULL;
}

/* Tags are typed or taken over, found by the search, and taken away. */
static void
test_an_asset_is_tagged (void)
{
  DioSession *session = new_session ("tags");
  GtkWidget *widget = dio_shelf_panel_new (session);
  DioShelfPanel *panel = DIO_SHELF_PANEL (widget);
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  DioActionRegistry *registry = dio_action_registry_new (NULL, G_ACTION_MAP (group));
  dio_shelf_panel_add_actions (panel, registry);
  GtkWindow *window = dio_harness_show (widget, 256, 420);
  g_autofree char *path = dio_harness_dup_temp ("chip.obj");
  g_assert_true (g_file_set_contents (path, FAR_OBJ, -1, NULL));
  dio_session_import_async (session, path, NULL, NULL, NULL);
  g_assert_true (dio_harness_wait (knows_asset_cb, session, 60000));
  dio_shelf_panel_search (panel, "chip");
  dio_harness_run (100);
  GtkWidget *grid = dio_harness_find_type (widget, GTK_TYPE_GRID_VIEW);
  gtk_selection_model_select_item (gtk_grid_view_get_model (GTK_GRID_VIEW (grid)), 0, TRUE);
  g_assert_true (dio_action_registry_run (registry, "asset-tags"));
  dio_harness_run (200);
  GtkWidget *title = dio_harness_find_label (widget, "Tags of chip");
  g_assert_nonnull (title);
  GtkWidget *popover = gtk_widget_get_ancestor (title, GTK_TYPE_POPOVER);
  GtkWidget *entry = dio_harness_find_type (popover, GTK_TYPE_ENTRY);
  static const char *const typed[] = { " street ", "small" };
  for (guint i = 0; i < G_N_ELEMENTS (typed); i++) {
    gtk_editable_set_text (GTK_EDITABLE (entry), typed[i]);
    g_signal_emit_by_name (entry, "activate");
  }
  g_assert_cmpstr (find_asset (session, "chip")->tags[0], ==, "small");
  g_assert_cmpstr (find_asset (session, "chip")->tags[1], ==, "street");
  g_autofree char *unnamed = dio_harness_list_unnamed (popover);
  g_assert_null (unnamed);
  dio_harness_snapshot (popover, "shelf-tags");
  dio_shelf_panel_search (panel, "street");
  g_assert_cmpuint (dio_shelf_panel_get_n_items (panel), >=, 1);
  g_signal_emit_by_name (dio_harness_find_type (popover, g_type_from_name ("DioChip")), "removed");
  g_assert_cmpuint (g_strv_length (find_asset (session, "chip")->tags), ==, 1);
  gtk_popover_popdown (GTK_POPOVER (popover));
  dio_harness_run (100);
  dio_session_undo (session);
  g_assert_cmpuint (g_strv_length (find_asset (session, "chip")->tags), ==, 2);
  dio_harness_destroy (window);
  g_object_unref (registry);
  dio_harness_assert_gone (session);
}

int
main (int argc, char **argv)
{
  dio_harness_init (&argc, &argv);
  g_test_add_func ("/shelf/panel/search-finds-items", test_search_finds_items);
  g_test_add_func ("/shelf/panel/an-item-is-put-into-the-scene",
                   test_an_item_is_put_into_the_scene);
  g_test_add_func ("/shelf/panel/a-drag-carries-the-item", test_a_drag_carries_the_item);
  g_test_add_func ("/shelf/panel/a-dropped-file-is-imported-and-fixed",
                   test_a_dropped_file_is_imported_and_fixed);
  g_test_add_func ("/shelf/panel/an-asset-is-tagged", test_an_asset_is_tagged);
  return g_test_run ();
}
