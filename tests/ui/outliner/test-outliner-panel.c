/* The tree on the example scenario: selection both ways, search, rename, hide, move, clipboard. */
#include "dio-edit-nodes.h"
#include "dio-harness.h"
#include "dio-outliner-panel.h"
#include "dio-session-models.h"

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
  GtkWidget *panel;
  GtkWindow *window;
  GSimpleActionGroup *group;
  DioActionRegistry *registry;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->session = new_session (data);
  fixture->panel = dio_outliner_panel_new (fixture->session);
  fixture->window = dio_harness_show (fixture->panel, 256, 700);
  fixture->group = g_simple_action_group_new ();
  fixture->registry = dio_action_registry_new (NULL, G_ACTION_MAP (fixture->group));
  dio_outliner_panel_add_actions (DIO_OUTLINER_PANEL (fixture->panel), fixture->registry);
  dio_harness_run (60);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  dio_harness_destroy (fixture->window);
  g_object_unref (fixture->registry);
  g_object_unref (fixture->group);
  dio_harness_assert_gone (fixture->session);
}

static void
run (Fixture *fixture, const char *name)
{
  g_action_group_activate_action (G_ACTION_GROUP (fixture->group), name, NULL);
  dio_harness_run (60);
}

static void
select_ids (Fixture *fixture, const char *const *ids)
{
  dio_selection_set (dio_session_get_selection (fixture->session), ids);
  dio_harness_run (60);
}

static GtkSelectionModel *
get_model (Fixture *fixture)
{
  GtkWidget *list = dio_harness_find_type (fixture->panel, GTK_TYPE_LIST_VIEW);
  return gtk_list_view_get_model (GTK_LIST_VIEW (list));
}

static const DioNode *
get_node (Fixture *fixture, const char *id)
{
  return dio_scenario_find_node (dio_session_get_scenario (fixture->session), id);
}

static guint
find_row (Fixture *fixture, const char *id)
{
  GListModel *model = G_LIST_MODEL (get_model (fixture));
  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (GtkTreeListRow) row = g_list_model_get_item (model, i);
    g_autoptr (DioNodeItem) item = gtk_tree_list_row_get_item (row);
    if (g_strcmp0 (dio_node_item_get_id (item), id) == 0)
      return i;
  }
  return GTK_INVALID_LIST_POSITION;
}

static void
test_selection_goes_both_ways (Fixture *fixture, gconstpointer data)
{
  GtkSelectionModel *model = get_model (fixture);
  g_assert_cmpuint (dio_outliner_panel_get_n_rows (DIO_OUTLINER_PANEL (fixture->panel)), ==,
                    dio_session_get_scenario (fixture->session)->nodes->len);
  select_ids (fixture, (const char *[]){ "bowl_1", "camera", NULL });
  g_assert_true (gtk_selection_model_is_selected (model, find_row (fixture, "camera")));
  g_assert_true (gtk_selection_model_is_selected (model, find_row (fixture, "bowl_1")));
  g_assert_false (gtk_selection_model_is_selected (model, find_row (fixture, "table")));

  gtk_selection_model_select_item (model, find_row (fixture, "table"), FALSE);
  DioSelection *selection = dio_session_get_selection (fixture->session);
  g_assert_cmpuint (dio_selection_get_count (selection), ==, 3);
  g_assert_cmpstr (dio_selection_get_active (selection), ==, "table");
  gtk_selection_model_select_item (model, find_row (fixture, "floor"), TRUE);
  g_assert_cmpuint (dio_selection_get_count (selection), ==, 1);
  g_assert_cmpstr (dio_selection_get_active (selection), ==, "floor");
  dio_harness_run (250);
  dio_harness_snapshot (fixture->panel, "outliner");
  g_autofree char *unnamed = dio_harness_list_unnamed (fixture->panel);
  g_assert_cmpstr (unnamed, ==, NULL);
}

static void
test_search_keeps_ancestors (Fixture *fixture, gconstpointer data)
{
  DioOutlinerPanel *panel = DIO_OUTLINER_PANEL (fixture->panel);
  select_ids (fixture, (const char *[]){ "mug_1", "mug_2", NULL });
  run (fixture, "group");
  guint all = dio_outliner_panel_get_n_rows (panel);
  const char *group = dio_selection_get_active (dio_session_get_selection (fixture->session));
  g_assert_cmpint (get_node (fixture, group)->kind, ==, DIO_NODE_GROUP);
  dio_outliner_panel_search (panel, "blue");
  dio_harness_run (60);
  g_assert_cmpuint (dio_outliner_panel_get_n_rows (panel), ==, 2);
  g_assert_cmpuint (find_row (fixture, group), ==, 0);
  g_assert_cmpuint (find_row (fixture, "mug_1"), ==, 1);
  /* By category too. */
  dio_outliner_panel_search (panel, "carton");
  dio_harness_run (60);
  g_assert_cmpuint (dio_outliner_panel_get_n_rows (panel), ==, 2);
  dio_outliner_panel_search (panel, "no such thing");
  dio_harness_run (60);
  g_assert_cmpuint (dio_outliner_panel_get_n_rows (panel), ==, 0);
  g_assert_nonnull (dio_harness_find_label (fixture->panel, "No Match"));
  dio_outliner_panel_search (panel, "");
  dio_harness_run (60);
  g_assert_cmpuint (dio_outliner_panel_get_n_rows (panel), ==, all);
  dio_harness_run (250);
  dio_harness_snapshot (fixture->panel, "outliner-group");
}

static void
test_rename_in_place (Fixture *fixture, gconstpointer data)
{
  select_ids (fixture, (const char *[]){ "bowl_1", NULL });
  g_assert_true (dio_outliner_panel_rename (DIO_OUTLINER_PANEL (fixture->panel), "bowl_1"));
  dio_harness_run (60);
  GtkWidget *entry = gtk_root_get_focus (GTK_ROOT (fixture->window));
  g_assert_true (GTK_IS_TEXT (entry));
  gtk_editable_set_text (GTK_EDITABLE (entry), "Soup bowl");
  g_signal_emit_by_name (entry, "activate");
  dio_harness_run (60);
  g_assert_cmpstr (get_node (fixture, "bowl_1")->name, ==, "Soup bowl");
  g_assert_nonnull (dio_harness_find_label (fixture->panel, "Soup bowl"));
  dio_session_undo (fixture->session);
  g_assert_cmpstr (get_node (fixture, "bowl_1")->name, ==, "Bowl");
}

static void
test_hide_isolate_lock (Fixture *fixture, gconstpointer data)
{
  select_ids (fixture, (const char *[]){ "bowl_1", "mug_1", NULL });
  run (fixture, "hide");
  g_assert_false (get_node (fixture, "bowl_1")->visible);
  g_assert_false (get_node (fixture, "mug_1")->visible);
  run (fixture, "hide");
  g_assert_true (get_node (fixture, "mug_1")->visible);
  run (fixture, "isolate");
  g_assert_false (get_node (fixture, "table")->visible);
  g_assert_true (get_node (fixture, "bowl_1")->visible);
  run (fixture, "show-all");
  g_assert_true (get_node (fixture, "table")->visible);
  run (fixture, "lock");
  g_assert_true (dio_node_item_get_locked (dio_session_find_node_item (fixture->session, "mug_1")));
  GtkWidget *unlock = dio_harness_find_label (fixture->panel, "Unlock");
  g_assert_nonnull (unlock);
  dio_harness_run (250);
  dio_harness_snapshot (fixture->panel, "outliner-locked");
}

static void
test_delete_duplicate_and_paste (Fixture *fixture, gconstpointer data)
{
  guint n = dio_session_get_scenario (fixture->session)->nodes->len;
  select_ids (fixture, (const char *[]){ "bowl_1", NULL });
  run (fixture, "duplicate");
  g_assert_cmpuint (dio_session_get_scenario (fixture->session)->nodes->len, ==, n + 1);
  g_assert_cmpstr (dio_selection_get_active (dio_session_get_selection (fixture->session)), !=,
                   "bowl_1");
  run (fixture, "delete");
  g_assert_cmpuint (dio_session_get_scenario (fixture->session)->nodes->len, ==, n);
  g_assert_nonnull (get_node (fixture, "bowl_1"));
  select_ids (fixture, (const char *[]){ "bowl_1", "bowl_2", NULL });
  run (fixture, "cut");
  g_assert_cmpuint (dio_session_get_scenario (fixture->session)->nodes->len, ==, n - 2);
  run (fixture, "paste");
  dio_harness_run (200);
  g_assert_cmpuint (dio_session_get_scenario (fixture->session)->nodes->len, ==, n);
  g_assert_cmpuint (dio_selection_get_count (dio_session_get_selection (fixture->session)), ==, 2);
  dio_session_undo (fixture->session);
  dio_session_undo (fixture->session);
  g_assert_nonnull (get_node (fixture, "bowl_1"));
  run (fixture, "select-all");
  g_assert_cmpuint (dio_selection_get_count (dio_session_get_selection (fixture->session)), ==, n);
  run (fixture, "select-none");
  g_assert_cmpuint (dio_selection_get_count (dio_session_get_selection (fixture->session)), ==, 0);
  g_assert_false (dio_action_registry_get_enabled (fixture->registry, "delete"));
}

static void
test_expansion_survives_edits (Fixture *fixture, gconstpointer data)
{
  select_ids (fixture, (const char *[]){ "can_1", "can_2", NULL });
  run (fixture, "group");
  g_autofree char *group =
      g_strdup (dio_selection_get_active (dio_session_get_selection (fixture->session)));
  guint all = dio_outliner_panel_get_n_rows (DIO_OUTLINER_PANEL (fixture->panel));
  GtkWidget *arrow = dio_harness_find_label (fixture->panel, "Collapse");
  g_assert_nonnull (arrow);
  GListModel *model = G_LIST_MODEL (get_model (fixture));
  g_autoptr (GtkTreeListRow) row = g_list_model_get_item (model, find_row (fixture, group));
  g_assert_true (gtk_tree_list_row_get_expanded (row));
  gtk_tree_list_row_set_expanded (row, FALSE);
  dio_harness_run (60);
  g_assert_cmpuint (find_row (fixture, "can_1"), ==, GTK_INVALID_LIST_POSITION);
  g_assert_cmpuint (dio_outliner_panel_get_n_rows (DIO_OUTLINER_PANEL (fixture->panel)), ==,
                    all - 2);
  select_ids (fixture, (const char *[]){ "table", NULL });
  run (fixture, "hide");
  g_assert_cmpuint (find_row (fixture, "can_1"), ==, GTK_INVALID_LIST_POSITION);
}

/* The widget of a row, by the name it shows. */
static GtkWidget *
find_row_widget (Fixture *fixture, const char *id)
{
  const char *name = get_node (fixture, id)->name;
  g_autoptr (GPtrArray) rows =
      dio_harness_list_type (fixture->panel, g_type_from_name ("DioOutlinerRow"));
  for (guint i = 0; i < rows->len; i++)
    if (dio_harness_find_label (rows->pdata[i], name) != NULL)
      return rows->pdata[i];
  g_error ("no row shows %s", name);
}

/* What the target of a drag hears: @share of the row's height is where the pointer lets go. */
static gboolean
drop (Fixture *fixture, const char *ids, const char *onto, double share)
{
  GtkWidget *row = find_row_widget (fixture, onto);
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (row);
  g_autofree char *text = g_strconcat ("diorama-nodes:", ids, NULL);
  g_auto (GValue) value = G_VALUE_INIT;
  g_value_init (&value, G_TYPE_STRING);
  g_value_set_string (&value, text);
  gboolean taken = FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
    if (GTK_IS_DROP_TARGET (controller))
      g_signal_emit_by_name (controller, "drop", &value, 4.0, share * gtk_widget_get_height (row),
                             &taken);
  }
  dio_harness_run (60);
  return taken;
}

static guint
get_place (Fixture *fixture, const char *id)
{
  const GPtrArray *nodes = dio_session_get_scenario (fixture->session)->nodes;
  for (guint i = 0; i < nodes->len; i++)
    if (g_strcmp0 (((const DioNode *) nodes->pdata[i])->id, id) == 0)
      return i;
  return G_MAXUINT;
}

static void
test_drops_reorder_and_reparent (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpuint (get_place (fixture, "can_2"), >, get_place (fixture, "can_1"));
  /* On the upper edge: in front of it. */
  g_assert_true (drop (fixture, "can_2", "can_1", 0.05));
  g_assert_cmpuint (get_place (fixture, "can_2"), <, get_place (fixture, "can_1"));
  /* In the middle: into it; the object stays where it is in the world. */
  g_assert_true (drop (fixture, "mug_1\nmug_2", "table", 0.5));
  g_assert_cmpstr (get_node (fixture, "mug_1")->parent, ==, "table");
  g_assert_cmpstr (get_node (fixture, "mug_2")->parent, ==, "table");
  /* Not into itself, nor into what is below it. */
  g_assert_false (drop (fixture, "table", "table", 0.5));
  g_assert_false (drop (fixture, "table", "mug_1", 0.5));
  /* On the lower edge of what lies at the root: out again, behind it. */
  g_assert_true (drop (fixture, "mug_1", "can_1", 0.95));
  g_assert_null (get_node (fixture, "mug_1")->parent);
  g_assert_cmpuint (get_place (fixture, "mug_1"), >, get_place (fixture, "can_1"));
  for (guint i = 0; i < 3; i++)
    dio_session_undo (fixture->session);
  g_assert_null (get_node (fixture, "mug_2")->parent);
  g_assert_cmpuint (get_place (fixture, "can_2"), >, get_place (fixture, "can_1"));
}

#define ADD(name_, function_)                                                                      \
  g_test_add ("/outliner/panel/" name_, Fixture, name_, set_up, function_, tear_down)

int
main (int argc, char **argv)
{
  dio_harness_init (&argc, &argv);
  ADD ("selection-goes-both-ways", test_selection_goes_both_ways);
  ADD ("search-keeps-ancestors", test_search_keeps_ancestors);
  ADD ("rename-in-place", test_rename_in_place);
  ADD ("hide-isolate-lock", test_hide_isolate_lock);
  ADD ("delete-duplicate-and-paste", test_delete_duplicate_and_paste);
  ADD ("expansion-survives-edits", test_expansion_survives_edits);
  ADD ("drops-reorder-and-reparent", test_drops_reorder_and_reparent);
  return g_test_run ();
}
