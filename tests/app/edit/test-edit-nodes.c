/* Edits of selections, and edits at random that must keep every invariant of a scenario. */

#include "dio-core-vec.h"
#include "dio-edit-add.h"
#include "dio-edit-history.h"
#include "dio-edit-nodes.h"
#include "edit-fixture.h"

static void
test_delete (void)
{
  g_autoptr (DioScenario) scenario = fixture_new ();
  g_autoptr (GError) error = NULL;
  const char *const ids[] = { "pile", "mug_1", "chair_1", NULL };
  g_autoptr (DioScenario) next = dio_edit_delete_nodes (scenario, ids, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (next->nodes->len, ==, 3);
  g_assert_cmpuint (next->randomizers->len, ==, 0);
  fixture_check (next);
  const char *const none[] = { NULL };
  g_assert_null (dio_edit_delete_nodes (scenario, none, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  g_clear_error (&error);
  const char *const strange[] = { "nobody", NULL };
  g_assert_null (dio_edit_delete_nodes (scenario, strange, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND);
}

static void
test_duplicate (void)
{
  g_autoptr (DioScenario) scenario = fixture_new ();
  g_autoptr (GError) error = NULL;
  const char *const ids[] = { "mug_1", "pile", NULL };
  g_auto (GStrv) copies = NULL;
  g_autoptr (DioScenario) next = dio_edit_duplicate_nodes (scenario, ids, TRUE, &copies, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (copies), ==, 1);
  g_assert_cmpstr (copies[0], ==, "pile_2");
  const DioNode *mug = dio_scenario_find_node (next, "mug_2");
  g_assert_cmpstr (mug->parent, ==, "pile_2");
  g_assert_cmpstr (mug->name, ==, "Blue mug");
  const DioRandomizer *turn = dio_scenario_find_randomizer (next, "turn");
  g_assert_cmpuint (g_strv_length (turn->targets), ==, 3);
  g_assert_cmpstr (turn->targets[2], ==, "mug_2");
  fixture_check (next);
  /* Ids of leaves that are there do not change: copies stand behind all others. */
  for (guint i = 0; i < scenario->nodes->len; i++)
    g_assert_true (g_ptr_array_index (scenario->nodes, i) == g_ptr_array_index (next->nodes, i));
  const char *const mug_alone[] = { "mug_1", NULL };
  g_autoptr (DioScenario) single =
      dio_edit_duplicate_nodes (scenario, mug_alone, FALSE, NULL, &error);
  g_assert_cmpstr (dio_scenario_find_node (single, "mug_2")->name, ==, "Blue mug 2");
  g_assert_cmpstr (dio_scenario_find_node (single, "mug_2")->parent, ==, "pile");
  g_assert_true (dio_scenario_find_randomizer (single, "turn")
                 == dio_scenario_find_randomizer (scenario, "turn"));
}

static void
test_clipboard (void)
{
  g_autoptr (DioScenario) scenario = fixture_new ();
  g_autoptr (GError) error = NULL;
  const char *const ids[] = { "mug_1", "chair_1", NULL };
  g_autofree char *text = dio_edit_copy_nodes (scenario, ids, &error);
  g_assert_no_error (error);
  g_assert_true (dio_edit_is_copied_nodes (text));
  g_assert_false (dio_edit_is_copied_nodes ("{\"format\":\"other\"}"));
  g_auto (GStrv) pasted = NULL;
  g_autoptr (DioScenario) next = dio_edit_paste_nodes (scenario, text, NULL, &pasted, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (pasted), ==, 2);
  DioMat4 a, b;
  dio_scenario_world_from_node (scenario, "mug_1", &a);
  dio_scenario_world_from_node (next, pasted[0], &b);
  for (guint i = 0; i < 16; i++)
    g_assert_cmpfloat_with_epsilon (a.m[i], b.m[i], 1e-9);
  fixture_check (next);
  /* Below a parent the place in the world is the same. */
  g_auto (GStrv) hung = NULL;
  g_autoptr (DioScenario) below = dio_edit_paste_nodes (scenario, text, "pile", &hung, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (dio_scenario_find_node (below, hung[1])->parent, ==, "pile");
  fixture_assert_at (below, hung[1], 0, 3, 0);
  /* Elsewhere the category comes along and the asset must be there. */
  g_autoptr (DioScenario) empty = dio_scenario_new_empty (NULL);
  g_assert_null (dio_edit_paste_nodes (empty, text, NULL, NULL, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "chair"));
  g_clear_error (&error);
  const char *const mug[] = { "mug_1", NULL };
  g_autofree char *mug_text = dio_edit_copy_nodes (scenario, mug, &error);
  g_autoptr (DioScenario) other = dio_edit_paste_nodes (empty, mug_text, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (dio_scenario_find_category (other, "mug"), ==, 0);
  fixture_assert_at (other, "mug_1", 1, 2, 0);
  /* The same file under another id is the same asset. */
  g_autoptr (json_t) asset =
      json_pack ("{s:s,s:s,s:s}", "id", "stool", "kind", "model", "path", "chair.glb");
  g_autoptr (json_t) texture =
      json_pack ("{s:s,s:s,s:s}", "id", "bricks", "kind", "texture", "path", "bricks.png");
  g_autoptr (DioScenario) with_model = dio_scenario_with_asset (empty, asset, &error);
  g_autoptr (DioScenario) with = dio_scenario_with_asset (with_model, texture, &error);
  g_autoptr (DioScenario) mapped = dio_edit_paste_nodes (with, text, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (dio_scenario_find_node (mapped, "chair_1")->model.asset, ==, "stool");
}

static void
test_hostile_paste (void)
{
  static const char *const texts[] = {
    "",
    "nothing",
    "{\"format\":\"diorama-nodes\"",
    "{\"format\":\"diorama-nodes\",\"version\":1,\"nodes\":[]}",
    "{\"format\":\"diorama-nodes\",\"version\":2,\"nodes\":[{\"id\":\"a\",\"kind\":\"group\"}]}",
    "{\"format\":\"diorama-nodes\",\"version\":1,\"nodes\":[3]}",
    "{\"format\":\"diorama-nodes\",\"version\":1,\"nodes\":[{\"id\":\"a\",\"kind\":\"ghost\"}]}",
    "{\"format\":\"diorama-nodes\",\"version\":1,\"nodes\":[{\"id\":\"a\",\"kind\":\"group\"},"
    "{\"id\":\"a\",\"kind\":\"group\"}]}",
    "{\"format\":\"diorama-nodes\",\"version\":1,\"nodes\":{\"id\":\"a\"}}",
    "{\"format\":\"diorama-nodes\",\"version\":1,\"categories\":[7],"
    "\"nodes\":[{\"id\":\"a\",\"kind\":\"group\"}]}",
  };
  g_autoptr (DioScenario) scenario = fixture_new ();
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (dio_edit_paste_nodes (scenario, texts[i], NULL, NULL, &error));
    g_assert_true (error->domain == DIO_ERROR);
  }
}

static void
test_group (void)
{
  g_autoptr (DioScenario) scenario = fixture_new ();
  g_autoptr (GError) error = NULL;
  const char *const ids[] = { "mug_1", "chair_1", NULL };
  g_autofree char *id = NULL;
  g_autoptr (DioScenario) grouped = dio_edit_group_nodes (scenario, ids, "Set", &id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (id, ==, "Set");
  /* The mug is at (1, 2, 0), the chair at (0, 3, 0). */
  fixture_assert_at (grouped, "Set", 0.5, 2.5, 0);
  fixture_assert_same_world (scenario, grouped, "mug_1");
  fixture_assert_same_world (scenario, grouped, "chair_1");
  g_assert_cmpstr (dio_scenario_find_node (grouped, "mug_1")->parent, ==, "Set");
  fixture_check (grouped);
  const char *const set[] = { "Set", "sun", NULL };
  g_auto (GStrv) freed = NULL;
  g_autoptr (DioScenario) back = dio_edit_ungroup_nodes (grouped, set, &freed, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (freed), ==, 2);
  fixture_assert_same_world (scenario, back, "mug_1");
  g_assert_null (dio_scenario_find_node (back, "chair_1")->parent);
  g_assert_null (dio_scenario_find_node (back, "Set"));
  fixture_check (back);
  const char *const sun[] = { "sun", NULL };
  g_assert_null (dio_edit_ungroup_nodes (scenario, sun, NULL, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
}

static void
test_show (void)
{
  g_autoptr (DioScenario) scenario = fixture_new ();
  const char *const mug[] = { "mug_1", NULL };
  g_autoptr (DioScenario) hidden = dio_edit_show_nodes (scenario, mug, FALSE, NULL);
  g_assert_false (dio_scenario_find_node (hidden, "mug_1")->visible);
  g_autoptr (DioScenario) alone = dio_edit_isolate_nodes (hidden, mug, NULL);
  g_assert_true (dio_scenario_find_node (alone, "mug_1")->visible);
  g_assert_true (dio_scenario_find_node (alone, "pile")->visible);
  g_assert_false (dio_scenario_find_node (alone, "chair_1")->visible);
  g_assert_true (dio_scenario_find_node (alone, "sun")->visible);
  g_autoptr (DioScenario) again = dio_edit_isolate_nodes (alone, mug, NULL);
  g_assert_true (dio_scenario_find_node (again, "chair_1")->visible);
  g_autoptr (DioScenario) all = dio_edit_show_all (alone, NULL);
  g_assert_true (dio_scenario_find_node (all, "chair_1")->visible);
}

static void
test_category (void)
{
  g_autoptr (DioScenario) scenario = fixture_new ();
  g_autoptr (GError) error = NULL;
  const char *const ids[] = { "mug_1", "sun", "chair_1", NULL };
  g_autofree char *id = NULL, *known = NULL;
  g_autoptr (DioScenario) next =
      dio_edit_assign_category (scenario, ids, " Traffic sign ", &id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (id, ==, "Traffic_sign");
  g_assert_cmpstr (dio_scenario_find_node (next, "chair_1")->category, ==, id);
  const DioCategory *added = g_ptr_array_index (next->categories, 2);
  g_assert_cmpstr (added->name, ==, "Traffic sign");
  g_assert_true (added->thing);
  g_autoptr (DioScenario) same =
      dio_edit_assign_category (next, ids, "TRAFFIC SIGN", &known, &error);
  g_assert_cmpstr (known, ==, id);
  g_assert_cmpuint (same->categories->len, ==, 3);
  g_autoptr (DioScenario) none = dio_edit_assign_category (next, ids, NULL, NULL, &error);
  g_assert_null (dio_scenario_find_node (none, "mug_1")->category);
  const char *const sun[] = { "sun", NULL };
  g_assert_null (dio_edit_assign_category (scenario, sun, "x", NULL, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  /* Forty categories in forty colours. */
  g_autoptr (DioScenario) many = dio_scenario_ref (scenario);
  g_autoptr (GHashTable) colors = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < 40; i++) {
    g_autofree char *name = g_strdup_printf ("c%u", i);
    DioScenario *with = dio_edit_add_category (many, name, i % 2, NULL, NULL);
    dio_scenario_unref (many);
    many = with;
    const guint8 *c = ((DioCategory *) g_ptr_array_index (many->categories, i + 2))->color;
    g_assert_true (
        g_hash_table_add (colors, GUINT_TO_POINTER ((guint) (c[0] << 16 | c[1] << 8 | c[2]) + 1)));
  }
}

static guint
count_part_labels (const DioScenario *scenario, const char *id)
{
  return g_hash_table_size (dio_scenario_find_node (scenario, id)->model.group_labels);
}

/* Labels of parts are merged node by node, null takes one away, and what is no model is passed over. */
static void
test_parts (void)
{
  static const char *const chair[] = { "chair_1", NULL }, *const sun[] = { "sun", NULL };
  static const char *const both[] = { "chair_1", "sun", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (DioScenario) scenario = fixture_new ();
  g_autoptr (json_t) legs = json_pack ("{s:s}", "legs", "exclude");
  g_autoptr (json_t) seat = json_pack ("{s:s,s:n}", "seat", "own", "legs");
  g_autoptr (json_t) bad = json_pack ("{s:s}", "legs", "perhaps");
  g_autoptr (DioScenario) one = dio_edit_label_parts (scenario, both, legs, &error);
  g_assert_no_error (error);
  fixture_check (one);
  GHashTable *labels = dio_scenario_find_node (one, "chair_1")->model.group_labels;
  g_assert_cmpint (GPOINTER_TO_INT (g_hash_table_lookup (labels, "legs")), ==,
                   DIO_GROUP_LABEL_EXCLUDE);
  g_autoptr (DioScenario) two = dio_edit_label_parts (one, chair, seat, &error);
  g_assert_no_error (error);
  labels = dio_scenario_find_node (two, "chair_1")->model.group_labels;
  g_assert_cmpuint (count_part_labels (two, "chair_1"), ==, 1);
  g_assert_cmpint (GPOINTER_TO_INT (g_hash_table_lookup (labels, "seat")), ==, DIO_GROUP_LABEL_OWN);
  g_assert_cmpuint (count_part_labels (scenario, "chair_1"), ==, 0);
  g_assert_null (dio_edit_label_parts (scenario, sun, legs, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (dio_edit_label_parts (scenario, chair, bad, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
}

static void
test_places (void)
{
  g_autoptr (DioScenario) scenario = fixture_new ();
  g_autoptr (GError) error = NULL;
  const char *const ids[] = { "pile", "mug_1", NULL };
  const DioMat4 worlds[] = { dio_mat4_translation (dio_vec3 (5, 0, 0)),
                             dio_mat4_translation (dio_vec3 (0, 7, 0)) };
  g_autoptr (DioScenario) next = dio_edit_set_world_transforms (scenario, ids, worlds, &error);
  g_assert_no_error (error);
  fixture_assert_at (next, "pile", 5, 0, 0);
  fixture_assert_at (next, "mug_1", 0, 7, 0);
  fixture_check (next);
  g_autoptr (DioScenario) dropped = dio_edit_drop_node (scenario, "mug_1", 0.3, -0.2, &error);
  fixture_assert_at (dropped, "mug_1", 1, 2, -0.5);
  const DioVec3 offsets[] = { { 1, 1, 1 }, { 9, 9, 9 } };
  g_autoptr (DioScenario) moved = dio_edit_offset_nodes (scenario, ids, offsets, &error);
  fixture_assert_at (moved, "pile", 2, 1, 1);
  fixture_assert_at (moved, "mug_1", 2, 3, 1);
  /* What a transform does not change keeps its bits. */
  DioMat4 same;
  dio_scenario_world_from_node (scenario, "mug_1", &same);
  const char *const mug[] = { "mug_1", NULL };
  g_autoptr (DioScenario) still = dio_edit_set_world_transforms (scenario, mug, &same, &error);
  g_autofree char *a = dio_scenario_to_text (scenario), *b = dio_scenario_to_text (still);
  g_assert_cmpstr (a, ==, b);
}

static void
test_add (void)
{
  g_autoptr (DioScenario) scenario = fixture_new ();
  g_autoptr (GError) error = NULL;
  DioVec3 at = { 1, 2, 3 };
  g_autofree char *mug = NULL, *chair = NULL, *sky = NULL, *cam = NULL, *view_cam = NULL;
  g_autoptr (DioScenario) a = dio_edit_add_parametric (scenario, "mug", at, &mug, &error);
  g_assert_no_error (error);
  fixture_assert_at (a, mug, 1, 2, 3);
  g_autoptr (DioScenario) b =
      dio_edit_add_asset_model (a, "chair", "Office chair", at, &chair, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (dio_scenario_find_node (b, chair)->name, ==, "Office chair");
  g_autoptr (DioScenario) now = dio_scenario_ref (b);
  for (DioLightKind kind = DIO_LIGHT_SUN; kind <= DIO_LIGHT_SKY; kind++) {
    g_autofree char *id = NULL;
    DioScenario *next = dio_edit_add_light (now, kind, NULL, at, &id, &error);
    g_assert_no_error (error);
    dio_scenario_unref (now);
    now = next;
    const DioNode *light = dio_scenario_find_node (now, id);
    g_assert_cmpint (light->light.kind, ==, kind);
    g_assert_cmpfloat (light->light.intensity, >, 0);
    /* A scene has one environment or sky: it takes the place of the old. */
    if (kind >= DIO_LIGHT_ENVIRONMENT)
      g_assert_cmpstr (id, ==, "dome");
  }
  DioMat4 world;
  dio_scenario_world_from_node (now, "sun_2", &world);
  DioVec3 towards = dio_mat4_transform_vector (&world, dio_vec3 (0, 0, 1));
  g_assert_cmpfloat_with_epsilon (towards.z, sqrt (0.5), 1e-9);
  g_assert_cmpfloat_with_epsilon (towards.x, 0.5, 1e-9);
  g_autoptr (DioScenario) c =
      dio_edit_add_sensor (now, dio_vec3 (0, -3, 0), dio_vec3 (0, 0, 0), &cam, &error);
  g_assert_no_error (error);
  dio_scenario_world_from_node (c, cam, &world);
  DioVec3 sight = dio_mat4_transform_vector (&world, dio_vec3 (0, 0, -1));
  g_assert_cmpfloat_with_epsilon (sight.y, 1, 1e-9);
  g_autoptr (DioScenario) d = dio_edit_add_sensor_at_view (c, &world, 0.8, &view_cam, &error);
  g_assert_no_error (error);
  const DioSensorProps *sensor = &dio_scenario_find_node (d, view_cam)->sensor;
  double focal_px = sensor->focal_length_mm / sensor->sensor_width_mm * sensor->width_px;
  g_assert_cmpfloat_with_epsilon (2 * atan (sensor->height_px / 2.0 / focal_px), 0.8, 1e-9);
  fixture_check (d);
  g_assert_null (dio_edit_add_parametric (d, "unicorn", at, NULL, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND);
}

/* ---- at random ---- */

static char *
choose_node (GRand *random, const DioScenario *scenario)
{
  guint i = (guint) g_rand_int_range (random, 0, (gint32) scenario->nodes->len);
  return g_strdup (fixture_get_id (scenario, i));
}

static DioScenario *
edit_at_random (GRand *random, DioScenario *scenario)
{
  g_autofree char *a = choose_node (random, scenario), *b = choose_node (random, scenario);
  const char *const ids[] = { a, b, NULL };
  DioVec3 at = { g_rand_double_range (random, -3, 3), 1, 2 };
  const DioVec3 offsets[] = { at, at };
  switch (g_rand_int_range (random, 0, 10)) {
  case 0:
    return scenario->nodes->len > 20 ? dio_edit_delete_nodes (scenario, ids, NULL) : NULL;
  case 1:
    return scenario->nodes->len < 30 ? dio_edit_duplicate_nodes (scenario, ids, TRUE, NULL, NULL)
                                     : NULL;
  case 2:
    return dio_edit_group_nodes (scenario, ids, NULL, NULL, NULL);
  case 3:
    return dio_edit_ungroup_nodes (scenario, ids, NULL, NULL);
  case 4:
    return dio_scenario_with_node_moved (scenario, a, b, NULL, g_rand_boolean (random), NULL);
  case 5:
    return dio_edit_offset_nodes (scenario, ids, offsets, NULL);
  case 6:
    return dio_edit_add_parametric (scenario, "box", at, NULL, NULL);
  case 7:
    return dio_edit_isolate_nodes (scenario, ids, NULL);
  case 8: {
    g_autofree char *text = dio_edit_copy_nodes (scenario, ids, NULL);
    return text != NULL && scenario->nodes->len < 30
               ? dio_edit_paste_nodes (scenario, text, b, NULL, NULL)
               : NULL;
  }
  default:
    return dio_edit_assign_category (scenario, ids, g_rand_boolean (random) ? "one" : NULL, NULL,
                                     NULL);
  }
}

static void
test_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (17);
  g_autoptr (DioScenario) first = fixture_new ();
  g_autoptr (DioEditHistory) history = dio_edit_history_new (first, 1000);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (texts, dio_scenario_to_text (first));
  for (guint i = 0; i < 160; i++) {
    DioScenario *next = edit_at_random (random, dio_edit_history_get_current (history));
    if (next == NULL)
      continue;
    fixture_check (next);
    g_ptr_array_add (texts, dio_scenario_to_text (next));
    dio_edit_history_push (history, next, "edit", NULL);
  }
  g_assert_cmpuint (texts->len, >, 60);
  /* No edit changed a document that was there before. */
  for (guint i = texts->len; i > 0; i--) {
    g_autofree char *text = dio_scenario_to_text (dio_edit_history_get_current (history));
    g_assert_cmpstr (text, ==, g_ptr_array_index (texts, i - 1));
    g_assert_cmpint (dio_edit_history_undo (history), ==, i > 1);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/edit/nodes/delete", test_delete);
  g_test_add_func ("/edit/nodes/duplicate", test_duplicate);
  g_test_add_func ("/edit/nodes/clipboard", test_clipboard);
  g_test_add_func ("/edit/nodes/hostile-paste", test_hostile_paste);
  g_test_add_func ("/edit/nodes/group", test_group);
  g_test_add_func ("/edit/nodes/show", test_show);
  g_test_add_func ("/edit/nodes/category", test_category);
  g_test_add_func ("/edit/nodes/parts", test_parts);
  g_test_add_func ("/edit/nodes/places", test_places);
  g_test_add_func ("/edit/nodes/add", test_add);
  g_test_add_func ("/edit/nodes/random", test_random);
  return g_test_run ();
}
