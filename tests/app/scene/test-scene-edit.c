/* Edits of assets, categories, the tree, many nodes, and free ids. */

#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-scene-edit.h"
#include "scene-fixture.h"

#include <math.h>

static const char *
get_id (const DioScenario *s, guint i)
{
  return ((const DioNode *) g_ptr_array_index (s->nodes, i))->id;
}

static void
check (DioScenario *s)
{
  g_autofree char *text = dio_scenario_to_text (s);
  g_autoptr (json_t) json = fixture_parse (text);
  g_autoptr (GError) error = NULL;
  g_autoptr (DioScenario) again = dio_scenario_from_json (json, NULL, &error);
  g_assert_no_error (error);
  g_autofree char *back = dio_scenario_to_text (again);
  g_assert_cmpstr (back, ==, text);
}

static void
test_assets (void)
{
  g_autoptr (DioScenario) s = fixture_load ("rich.diorama");
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) asset =
      json_pack ("{s:s,s:s,s:s}", "id", "new", "kind", "model", "path", "n.obj");
  g_autoptr (DioScenario) with = dio_scenario_with_asset (s, asset, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (with->assets->len, ==, s->assets->len + 1);
  g_assert_true (g_ptr_array_index (with->assets, 0) == g_ptr_array_index (s->assets, 0));
  g_assert_true (with->nodes == s->nodes);
  check (with);
  g_autoptr (DioScenario) without = dio_scenario_without_asset (with, "new", &error);
  g_assert_no_error (error);
  g_autofree char *a = dio_scenario_to_text (s), *b = dio_scenario_to_text (without);
  g_assert_cmpstr (a, ==, b);
  g_auto (GStrv) users = dio_scenario_list_asset_users (s, "bricks");
  g_assert_true (g_strv_contains ((const char *const *) users, "randomizers/skin"));
  g_auto (GStrv) models = dio_scenario_list_asset_users (s, "road_sign");
  g_assert_true (g_strv_contains ((const char *const *) models, "nodes/sign_1"));
  g_assert_true (g_strv_contains ((const char *const *) models, "randomizers/which"));
  g_assert_null (dio_scenario_without_asset (s, "road_sign", &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "nodes/sign_1 and 1 more"));
  g_clear_error (&error);
  g_assert_null (dio_scenario_without_asset (s, "no", &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  json_object_set_new (asset, "path", json_string ("../n.obj"));
  g_assert_null (dio_scenario_with_asset (s, asset, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  /* The new one outlives the old. */
  g_clear_pointer (&s, dio_scenario_unref);
  check (with);
}

static void
test_categories (void)
{
  g_autoptr (DioScenario) base = fixture_load ("rich.diorama");
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) draw = fixture_parse (
      "{\"id\":\"kind\",\"type\":\"property\",\"targets\":[\"mug_1\"],\"property\":\"category\","
      "\"value\":{\"kind\":\"choice\",\"values\":[\"mug\",\"sign-back\"],\"weights\":[1,2]}}");
  g_autoptr (DioScenario) s = dio_scenario_with_randomizer (base, draw, &error);
  g_assert_no_error (error);
  g_autoptr (DioScenario) a = dio_scenario_without_category (s, "sign-back", &error);
  g_assert_no_error (error);
  check (a);
  const DioCategory *sign = g_ptr_array_index (a->categories, 1);
  g_assert_null (sign->front_cone_category);
  g_assert_cmpint (sign->cone_outside, ==, DIO_CONE_OUTSIDE_KEEP);
  const DioRandomizer *kind = dio_scenario_find_randomizer (a, "kind");
  g_assert_nonnull (kind);
  g_autoptr (DioScenario) b = dio_scenario_without_category (a, "mug", &error);
  g_assert_no_error (error);
  g_assert_null (dio_scenario_find_randomizer (b, "kind"));
  for (guint i = 0; i < b->nodes->len; i++)
    g_assert_cmpstr (((DioNode *) g_ptr_array_index (b->nodes, i))->category, !=, "mug");
  g_autoptr (DioScenario) c = dio_scenario_without_category (b, "sky", &error);
  g_assert_no_error (error);
  g_assert_null (c->background_category);
  check (c);
  g_autoptr (DioScenario) moved = dio_scenario_with_category_at (s, "sky", 0, &error);
  g_assert_no_error (error);
  g_assert_cmpint (dio_scenario_find_category (moved, "sky"), ==, 0);
  g_assert_cmpint (dio_scenario_find_category (moved, "mug"), ==, 1);
  g_autoptr (DioScenario) last = dio_scenario_with_category_at (moved, "sky", 99, &error);
  g_assert_cmpint (dio_scenario_find_category (last, "sky"), ==, 3);
  g_autoptr (json_t) json = json_pack ("{s:s,s:s}", "id", "tree", "kind", "thing");
  g_autoptr (DioScenario) more = dio_scenario_with_category (s, json, &error);
  g_assert_cmpint (dio_scenario_find_category (more, "tree"), ==, 4);
}

static void
test_many (void)
{
  g_autoptr (DioScenario) s = fixture_load ("rich.diorama");
  g_autoptr (GError) error = NULL;
  const char *const ids[] = { "mug_1", "sign_1", NULL };
  g_autoptr (json_t) no = json_false ();
  g_autoptr (DioScenario) hidden = dio_scenario_with_properties (s, ids, "visible", no, &error);
  g_assert_no_error (error);
  g_assert_false (dio_scenario_find_node (hidden, "mug_1")->visible);
  g_assert_true (dio_scenario_find_node (hidden, "sun") == dio_scenario_find_node (s, "sun"));
  const char *const mixed[] = { "mug_1", "sun", NULL };
  g_assert_null (dio_scenario_with_properties (s, mixed, "layer", no, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_autoptr (DioScenario) gone = dio_scenario_without_nodes (s, ids, &error);
  g_assert_no_error (error);
  check (gone);
  g_assert_cmpuint (gone->nodes->len, ==, s->nodes->len - 2);
  g_autoptr (json_t) nodes = fixture_parse ("[{\"id\":\"child\",\"kind\":\"group\",\"parent\":"
                                            "\"top\"},{\"id\":\"top\",\"kind\":\"group\"}]");
  g_autoptr (DioScenario) added = dio_scenario_with_nodes (s, nodes, &error);
  g_assert_no_error (error);
  check (added);
  DioTrs trs[] = { dio_trs_identity (), dio_trs_identity () };
  trs[1].translation_m = dio_vec3 (4, 5, 6);
  trs[1].scale = dio_vec3 (NAN, 1, 1);
  g_assert_null (dio_scenario_with_transforms (s, ids, trs, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  g_clear_error (&error);
  trs[1].scale = dio_vec3 (1, 1, 1);
  g_autoptr (DioScenario) placed = dio_scenario_with_transforms (s, ids, trs, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (dio_scenario_find_node (placed, "sign_1")->parent_from_node.translation_m.z,
                     ==, 6);
}

/* a, b (below a), c (below b), d, e: at x = 1, 2, 4, 0, 0 with a scaled by 2. */
static DioScenario *
make_tree (void)
{
  g_autoptr (json_t) nodes = fixture_parse (
      "[{\"id\":\"a\",\"kind\":\"group\",\"translation\":[1,0,0],\"scale\":[2,2,2]},"
      "{\"id\":\"b\",\"kind\":\"group\",\"parent\":\"a\",\"translation\":[0.5,0,0]},"
      "{\"id\":\"c\",\"kind\":\"group\",\"parent\":\"b\",\"translation\":[1,0,0],"
      "\"rotation\":[0.9238795325112867,0,0,0.3826834323650898]},"
      "{\"id\":\"d\",\"kind\":\"group\"},"
      "{\"id\":\"e\",\"kind\":\"model\",\"scale\":[1,3,1],\"model\":{\"parametric\":\"box\"}}]");
  g_autoptr (DioScenario) empty = dio_scenario_new_empty (NULL);
  g_autoptr (GError) error = NULL;
  DioScenario *s = dio_scenario_with_nodes (empty, nodes, &error);
  g_assert_no_error (error);
  return s;
}

static void
test_move (void)
{
  g_autoptr (DioScenario) s = make_tree ();
  g_autoptr (GError) error = NULL;
  DioMat4 before, after;
  g_assert_true (dio_scenario_world_from_node (s, "c", &before));
  g_assert_cmpfloat_with_epsilon (before.m[12], 4, 1e-12);
  g_assert_false (dio_scenario_world_from_node (s, "no", &after));
  g_autoptr (DioScenario) kept = dio_scenario_with_node_moved (s, "b", "d", NULL, TRUE, &error);
  g_assert_no_error (error);
  check (kept);
  g_assert_cmpstr (get_id (kept, 1), ==, "d");
  g_assert_cmpstr (get_id (kept, 2), ==, "b");
  g_assert_cmpstr (get_id (kept, 3), ==, "c");
  dio_scenario_world_from_node (kept, "c", &after);
  for (guint i = 0; i < 16; i++)
    g_assert_cmpfloat_with_epsilon (after.m[i], before.m[i], 1e-12);
  g_assert_cmpfloat (dio_scenario_find_node (kept, "b")->parent_from_node.scale.x, ==, 2);
  g_autoptr (DioScenario) carried = dio_scenario_with_node_moved (s, "b", NULL, "a", FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (get_id (carried, 0), ==, "b");
  g_assert_cmpstr (get_id (carried, 1), ==, "c");
  g_assert_cmpfloat (dio_scenario_find_node (carried, "b")->parent_from_node.translation_m.x, ==,
                     0.5);
  /* In front of what moves along: where that one was. */
  const char *const both[] = { "e", "d", NULL };
  g_autoptr (DioScenario) same = dio_scenario_with_nodes_moved (s, both, NULL, "d", TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (get_id (same, 3), ==, "e");
  g_assert_cmpstr (get_id (same, 4), ==, "d");
}

static void
test_move_refused (void)
{
  g_autoptr (DioScenario) s = make_tree ();
  g_autoptr (GError) error = NULL;
  static const struct {
    const char *id, *parent, *before;
    int code;
  } cases[] = {
    { "a", "c", NULL, DIO_ERROR_INVALID },    { "a", "a", NULL, DIO_ERROR_INVALID },
    { "x", NULL, NULL, DIO_ERROR_NOT_FOUND }, { "a", "x", NULL, DIO_ERROR_NOT_FOUND },
    { "a", NULL, "x", DIO_ERROR_NOT_FOUND },  { "d", "a", "c", DIO_ERROR_INVALID },
    { "c", "e", NULL, DIO_ERROR_INVALID },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_assert_null (dio_scenario_with_node_moved (s, cases[i].id, cases[i].parent, cases[i].before,
                                                 TRUE, &error));
    g_assert_error (error, DIO_ERROR, cases[i].code);
    g_clear_error (&error);
  }
  /* Turned below what is stretched, it would be sheared. */
  DioMat4 world;
  DioTrs trs;
  dio_scenario_world_from_node (s, "c", &world);
  g_assert_false (dio_scenario_find_parent_from_node (s, "e", &world, &trs, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "sheared below \"e\""));
}

static void
test_randomizers (void)
{
  g_autoptr (DioScenario) s = fixture_load ("rich.diorama");
  g_autoptr (GError) error = NULL;
  g_autoptr (DioScenario) moved = dio_scenario_with_randomizer_moved (s, "aim", 0, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (((DioRandomizer *) g_ptr_array_index (moved->randomizers, 0))->id, ==, "aim");
  g_autoptr (DioScenario) last = dio_scenario_with_randomizer_moved (moved, "aim", 99, &error);
  g_assert_cmpstr (
      ((DioRandomizer *) g_ptr_array_index (last->randomizers, last->randomizers->len - 1))->id, ==,
      "aim");
  g_assert_null (dio_scenario_with_randomizer_moved (s, "no", 0, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND);
  g_autoptr (DioScenario) still = dio_scenario_without_randomizers_acting (s);
  for (guint i = 0; i < still->randomizers->len; i++)
    g_assert_false (((DioRandomizer *) g_ptr_array_index (still->randomizers, i))->enabled);
  g_assert_true (still->nodes == s->nodes);
  g_clear_pointer (&s, dio_scenario_unref);
  g_assert_nonnull (dio_scenario_find_node (still, "mug_1"));
  check (still);
}

static void
test_ids (void)
{
  g_autoptr (DioScenario) s = fixture_load ("rich.diorama");
  static const struct {
    const char *wish, *id;
  } cases[] = {
    { "cup", "cup" },   { "mug_1", "mug_2" },
    { "sun", "sun_2" }, { NULL, "node" },
    { "", "node" },     { "Größe 3", "Grosse_3" },
    { "a / b", "a_b" }, { "日本", "node" },
    { "..", ".." },     { "mug_1000000000000", "mug_1000000000000" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *id = dio_scenario_dup_free_node_id (s, cases[i].wish);
    if (cases[i].wish != NULL && strcmp (cases[i].wish, "Größe 3") == 0)
      g_assert_true (g_str_has_prefix (id, "Gr") && g_str_has_suffix (id, "e_3"));
    else if (cases[i].wish != NULL && strcmp (cases[i].wish, "日本") == 0)
      g_assert_cmpuint (strlen (id), >, 0);
    else
      g_assert_cmpstr (id, ==, cases[i].id);
  }
  g_autofree char *category = dio_scenario_dup_free_category_id (s, "mug");
  g_assert_cmpstr (category, ==, "mug_2");
  g_autofree char *asset = dio_scenario_dup_free_asset_id (s, "bricks");
  g_assert_cmpstr (asset, ==, "bricks_2");
  g_autofree char *randomizer = dio_scenario_dup_free_randomizer_id (s, "aim");
  g_assert_cmpstr (randomizer, ==, "aim_2");
  /* Thousands beside each other: all different, all valid. */
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *long_wish = g_strnfill (200, 'x');
  for (guint i = 0; i < 3000; i++) {
    char *id = dio_scenario_dup_free_id (s, DIO_SCENARIO_NODES, i % 2 ? "mug_1" : long_wish, taken);
    g_assert_cmpuint (strlen (id), <, 64);
    g_assert_true (g_hash_table_add (taken, id));
  }
  g_assert_true (g_hash_table_contains (taken, "mug_1501"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/edit/assets", test_assets);
  g_test_add_func ("/scene/edit/categories", test_categories);
  g_test_add_func ("/scene/edit/many", test_many);
  g_test_add_func ("/scene/edit/move", test_move);
  g_test_add_func ("/scene/edit/move-refused", test_move_refused);
  g_test_add_func ("/scene/edit/randomizers-order", test_randomizers);
  g_test_add_func ("/scene/edit/ids", test_ids);
  return g_test_run ();
}
