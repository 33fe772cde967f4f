/* Items of nodes live as long as their nodes and lists change as little as they can. */

#include "session-fixture.h"

#include "dio-base-json.h"
#include "dio-edit-nodes.h"
#include "dio-scene-edit.h"
#include "dio-session-models.h"

/* What a list told: "position-removed+added ". */
static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, gpointer log)
{
  g_string_append_printf (log, "%u-%u+%u ", position, removed, added);
}

static char *
dup_names (GListModel *model)
{
  GString *names = g_string_new (NULL);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (DioNodeItem) item = g_list_model_get_item (model, i);
    g_string_append_printf (names, "%s%s", i > 0 ? " " : "", dio_node_item_get_id (item));
  }
  return g_string_free (names, FALSE);
}

static void
notify_cb (GObject *object, GParamSpec *spec, gpointer names)
{
  g_string_append_printf (names, "%s ", spec->name);
}

static void
commit (Fixture *f, DioScenario *next)
{
  g_assert_nonnull (next);
  dio_session_commit (f->session, next, "Step", NULL);
}

static void
test_minimal (void)
{
  g_auto (Fixture) f = { 0 };
  fixture_init (&f);
  GListModel *roots = dio_session_get_root_nodes (f.session);
  g_autofree char *first = dup_names (roots);
  g_assert_cmpstr (first, ==, "ground sky camera");
  DioNodeItem *ground = dio_session_find_node_item (f.session, "ground");
  g_autoptr (GString) log = g_string_new (NULL), notified = g_string_new (NULL);
  g_signal_connect (roots, "items-changed", G_CALLBACK (items_changed_cb), log);
  g_signal_connect (ground, "notify", G_CALLBACK (notify_cb), notified);

  fixture_add_node (&f, "{\"id\":\"g\",\"kind\":\"group\"}");
  fixture_add_node (
      &f, "{\"id\":\"m\",\"kind\":\"model\",\"model\":{\"parametric\":\"mug\"},\"parent\":\"g\"}");
  g_assert_cmpstr (log->str, ==, "3-0+1 ");
  g_assert_cmpstr (notified->str, ==, "");
  DioNodeItem *group = dio_session_find_node_item (f.session, "g");
  DioNodeItem *mug = dio_session_find_node_item (f.session, "m");
  g_assert_true (dio_node_item_get_parent (mug) == group);
  g_assert_cmpstr (dio_node_item_get_detail (mug), ==, "mug");
  g_assert_cmpstr (dio_node_item_get_name (mug), ==, "m");
  g_autofree char *children = dup_names (dio_node_item_get_children (group));
  g_assert_cmpstr (children, ==, "m");

  /* A renamed node is the same item; hiding the group dims what is below. */
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) name = json_string ("Cup"), hidden = json_false ();
  dio_session_set_property (f.session, (const char *const[]){ "m", NULL }, "name", name, "Rename",
                            NULL, &error);
  g_assert_no_error (error);
  g_assert_true (dio_session_find_node_item (f.session, "m") == mug);
  g_assert_cmpstr (dio_node_item_get_name (mug), ==, "Cup");
  dio_session_set_property (f.session, (const char *const[]){ "g", NULL }, "visible", hidden,
                            "Hide", NULL, &error);
  g_assert_true (dio_node_item_get_visible (mug));
  g_assert_false (dio_node_item_get_shown (mug));
  g_assert_false (dio_node_item_get_visible (group));
  g_assert_cmpstr (log->str, ==, "3-0+1 ");

  /* From the group to the root: the same item, its locked state with it. */
  dio_node_item_set_locked (mug, TRUE);
  commit (&f, dio_scenario_with_node_moved (dio_session_get_scenario (f.session), "m", NULL, "sky",
                                            TRUE, NULL));
  g_autofree char *moved = dup_names (roots);
  g_assert_cmpstr (moved, ==, "ground m sky camera g");
  g_assert_true (dio_session_find_node_item (f.session, "m") == mug);
  g_assert_null (dio_node_item_get_parent (mug));
  g_assert_true (dio_node_item_get_locked (mug));
  g_assert_true (dio_node_item_get_shown (mug));

  commit (&f, dio_scenario_without_node (dio_session_get_scenario (f.session), "g", NULL));
  g_assert_null (dio_session_find_node_item (f.session, "g"));
  g_assert_cmpstr (notified->str, ==, "");
}

static void
test_randomized (void)
{
  g_auto (Fixture) f = { 0 };
  fixture_init (&f);
  dio_session_get_root_nodes (f.session);
  DioNodeItem *ground = dio_session_find_node_item (f.session, "ground");
  g_assert_false (dio_node_item_get_randomized (ground));
  g_autoptr (json_t) json =
      json_pack ("{s:s, s:s, s:[s], s:{s:s, s:f, s:f}}", "id", "r", "type", "rotation-yaw",
                 "targets", "ground", "yaw_rad", "kind", "uniform", "min", 0.0, "max", 1.0);
  commit (&f, dio_scenario_with_randomizer (dio_session_get_scenario (f.session), json, NULL));
  g_assert_true (dio_node_item_get_randomized (ground));
  dio_session_undo (f.session);
  g_assert_false (dio_node_item_get_randomized (ground));
}

/* A thousand nodes: an edit of one costs milliseconds. */
static void
test_thousand (void)
{
  g_auto (Fixture) f = { 0 };
  fixture_init (&f);
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) nodes = json_array ();
  for (guint i = 0; i < 1000; i++) {
    g_autofree char *id = g_strdup_printf ("n%u", i);
    g_autofree char *parent = g_strdup_printf ("n%u", i / 10 * 10);
    json_t *node = json_pack ("{s:s, s:s}", "id", id, "kind", "group");
    if (i % 10 != 0)
      json_object_set_new (node, "parent", json_string (parent));
    json_array_append_new (nodes, node);
  }
  GListModel *roots = dio_session_get_root_nodes (f.session);
  commit (&f, dio_scenario_with_nodes (dio_session_get_scenario (f.session), nodes, NULL));
  g_assert_cmpuint (g_list_model_get_n_items (roots), ==, 103);
  double best_ms = G_MAXDOUBLE;
  for (guint i = 0; i < 20; i++) {
    g_autofree char *text = g_strdup_printf ("Name %u", i);
    g_autoptr (json_t) name = json_string (text);
    g_autoptr (DioScenario) next = dio_scenario_with_property (dio_session_get_scenario (f.session),
                                                               "nodes/n555/name", name, &error);
    g_assert_no_error (error);
    gint64 start_us = g_get_monotonic_time ();
    dio_session_commit (f.session, g_steal_pointer (&next), "Rename", "name");
    best_ms = MIN (best_ms, (double) (g_get_monotonic_time () - start_us) / 1000);
  }
  g_test_message ("an edit among 1000 nodes: %.2f ms", best_ms);
  /* Ten times what it takes, for slow machines and sanitizers. */
  g_assert_cmpfloat (best_ms, <, 5);
  g_assert_cmpstr (dio_node_item_get_name (dio_session_find_node_item (f.session, "n555")), ==,
                   "Name 19");
}

static void
test_other_document (void)
{
  g_auto (Fixture) f = { 0 };
  fixture_init (&f);
  GListModel *roots = dio_session_get_root_nodes (f.session);
  g_autoptr (DioScenario) empty = dio_scenario_new_empty ("Empty");
  dio_session_new_document (f.session, empty);
  g_assert_cmpuint (g_list_model_get_n_items (roots), ==, 0);
  g_assert_null (dio_session_get_sensor (f.session));
  fixture_wait_result (&f);
  g_assert_cmpuint (g_list_model_get_n_items (dio_session_get_label_rows (f.session)), ==, 0);
}

int
main (int argc, char **argv)
{
  fixture_begin_program ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/tree/changes-little", test_minimal);
  g_test_add_func ("/session/tree/randomized", test_randomized);
  g_test_add_func ("/session/tree/thousand-nodes", test_thousand);
  g_test_add_func ("/session/tree/other-document", test_other_document);
  int rc = g_test_run ();
  fixture_end_program ();
  return rc;
}
