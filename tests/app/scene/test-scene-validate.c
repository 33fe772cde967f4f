/* Every fault that a document can have, one at a time, in the document that has none. */

#include "dio-scene-property.h"
#include "scene-fixture.h"

/* One change and the fault that it must give. */
typedef struct {
  const char *pointer;
  const char *value; /**< JSON; NULL removes */
  const char *code;
  const char *object;  /**< NULL: the pointer */
  const char *pattern; /**< NULL: any message */
} Fault;

static const Fault faults[] = {
  { "/format", "\"blender\"", "unknown-format", NULL, "*no scenario*" },
  { "/format", NULL, "unknown-format", NULL, NULL },
  { "/version", "2", "newer-version", NULL, "*written by a newer Diorama*" },
  { "/version", "-1", "wrong-type", NULL, NULL },
  { "/version", "1.5", "wrong-type", NULL, NULL },
  { "/version", NULL, "missing", NULL, NULL },
  { "/name", "7", "wrong-type", NULL, "must be a string, is a number" },
  { "/nodse", "[]", "unknown-key", NULL, "*did you mean \"nodes\"?" },
  { "/a~1b", "1", "unknown-key", "/a~01b", NULL },
  { "/zzzzzzzzzzzz", "1", "unknown-key", NULL, "is not known; remove it" },
  { "/nodes", "{}", "wrong-type", NULL, "must be an array, is an object" },
  { "/nodes/3", "7", "wrong-type", NULL, NULL },
  { "/policy", "[]", "wrong-type", NULL, NULL },
  { "/outputs/rbg", "true", "unknown-key", NULL, "*\"rgb\"*" },
  { "/policy/preset", "\"voc\"", "bad-text", NULL, "must be one of*" },
  { "/policy/keep_visibility", "1.5", "out-of-range", NULL, "must be <= 1, is 1.5" },
  { "/background_category", "\"void\"", "dangling-reference", NULL, NULL },

  { "/nodes/0/id", NULL, "missing", NULL, NULL },
  { "/nodes/0/id", "\"\"", "bad-id", NULL, NULL },
  { "/nodes/0/id", "\"a b\"", "bad-id", NULL, NULL },
  { "/nodes/0/id", "\"a/b\"", "bad-id", NULL, NULL },
  { "/nodes/0/id", "\"m\\u00fcg\"", "bad-id", NULL, NULL },
  { "/nodes/0/id", "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"",
    "bad-id", NULL, NULL },
  { "/nodes/0/id", "\"pile\"", "duplicate-id", "/nodes/1/id", "*of /nodes/0 already*" },
  { "/assets/1/id", "\"road_sign\"", "duplicate-id", NULL, NULL },
  { "/categories/1/id", "\"mug\"", "duplicate-id", NULL, NULL },
  { "/randomizers/1/id", "\"place\"", "duplicate-id", NULL, NULL },
  { "/randomizers/1/id", "\"a b\"", "bad-id", NULL, NULL },
  { "/nodes/0/kind", "\"joint\"", "unknown-name", NULL, NULL },
  { "/nodes/0/kind", NULL, "missing", NULL, NULL },
  { "/nodes/0/model", NULL, "missing", NULL, NULL },
  { "/nodes/0/light", "{}", "misplaced-key", NULL, "is not a property of a model; remove it" },
  { "/nodes/3/category", "\"mug\"", "misplaced-key", NULL, "is not a property of a light*" },
  { "/nodes/3/crowd", "true", "misplaced-key", NULL, NULL },
  { "/nodes/3/light/intensty", "1", "unknown-key", NULL, "*\"intensity\"*" },
  { "/nodes/3/light/temperature", "1", "unknown-key", NULL, "*\"temperature_k\"*" },
  { "/nodes/3/light/intensity", "-4", "out-of-range", NULL, "must be >= 0, is -4" },
  { "/nodes/3/light/intensity", "1e300", "out-of-range", NULL, "must be <= 1e+09, is 1e+300" },
  { "/nodes/3/light/intensity", "true", "wrong-type", NULL, "must be a number, is a boolean" },
  { "/nodes/3/light/color", "[1, 1]", "wrong-type", NULL, "must be an array of 3 numbers, has 2" },
  { "/nodes/3/light/color", "[1, null, 1]", "wrong-type", NULL, "*entry 1 is null" },
  { "/nodes/3/light/kind", "\"area\"", "unknown-name", NULL, "must be one of \"sun\", *" },
  { "/nodes/3/light/kind", NULL, "missing", NULL, NULL },
  { "/nodes/3/light/temperature_k", "300", "out-of-range", NULL, NULL },
  { "/nodes/3/light/kind", "\"sky\"", "too-many", "/nodes/7/light", "*hide one*" },
  { "/nodes/4/light/inner_cone_rad", "0.5", "contradiction", NULL, NULL },
  { "/nodes/4/light/outer_cone_rad", "0", "out-of-range", NULL, "must be > 0, is 0" },
  { "/nodes/7/light/environment", "\"road_sign\"", "dangling-reference", NULL,
    "*of kind \"environment\"*" },
  { "/nodes/7/light/environment", "\"procedural:mars\"", "dangling-reference", NULL, NULL },

  { "/nodes/0/parent", "\"nobody\"", "dangling-reference", NULL, NULL },
  { "/nodes/0/parent", "\"mug_1\"", "cycle", NULL, NULL },
  { "/nodes/1/parent", "\"mug_1\"", "cycle", "/nodes/0/parent", NULL },
  { "/nodes/1/scale", "[2, 2, 3]", "shear", NULL, "*sheared*" },
  { "/nodes/0/scale", "[1, 0, 1]", "out-of-range", NULL, NULL },
  { "/nodes/0/scale", "[1, 1e7, 1]", "out-of-range", NULL, NULL },
  { "/nodes/0/rotation", "[0, 0, 0, 0]", "out-of-range", NULL, "*length 0*" },
  { "/nodes/0/rotation", "[0, 0, 1]", "wrong-type", NULL, NULL },
  { "/nodes/0/translation", "[0, 0, 1e9]", "out-of-range", NULL, NULL },
  { "/nodes/0/layer", "1.5", "wrong-type", NULL, "must be a whole number, is 1.5" },
  { "/nodes/0/layer", "40000", "out-of-range", NULL, NULL },
  { "/nodes/0/visible", "1", "wrong-type", NULL, "must be true or false, is a number" },
  { "/nodes/0/category", "\"cup\"", "dangling-reference", NULL, NULL },
  { "/nodes/0/category", "\"a b\"", "bad-text", NULL, NULL },

  { "/nodes/0/model/asset", "\"road_sign\"", "contradiction", "/nodes/0/model", "*exactly one*" },
  { "/nodes/2/model/asset", NULL, "contradiction", "/nodes/2/model", "*exactly one*" },
  { "/nodes/2/model/asset", "\"tree\"", "dangling-reference", NULL, NULL },
  { "/nodes/2/model/asset", "\"bricks\"", "dangling-reference", NULL, "*of kind \"model\"*" },
  { "/nodes/2/model/parameters", "{\"height_m\": 1}", "misplaced-key",
    "/nodes/2/model/parameters/height_m", NULL },
  { "/nodes/0/model/parametric", "\"teapot\"", "unknown-name", NULL, "*\"mug\"*" },
  { "/nodes/0/model/parameters/hight_m", "0.1", "unknown-key", NULL, "*\"height_m\"*" },
  { "/nodes/0/model/parameters/height_m", "-1", "out-of-range", NULL, NULL },
  { "/nodes/0/model/parameters/height_m", "\"tall\"", "wrong-type", NULL, NULL },
  { "/nodes/2/model/group_labels/post", "\"keep\"", "unknown-name", NULL, NULL },
  { "/nodes/2/model/group_labels", "[]", "wrong-type", NULL, NULL },
  { "/nodes/0/model/materials/0/slot", NULL, "wrong-type", NULL, NULL },
  { "/nodes/0/model/materials/1/slot", "\"*\"", "duplicate", NULL, NULL },
  { "/nodes/0/model/materials", "[{\"slot\": \"a\"}, {\"slot\": \"*\"}]", "bad-order",
    "/nodes/0/model/materials/1/slot", "*must be the first entry*" },
  { "/nodes/0/model/materials/0/roughness", "2", "out-of-range", NULL, NULL },
  { "/nodes/0/model/materials/0/normal_texture", "\"gone\"", "dangling-reference", NULL, NULL },
  { "/nodes/0/model/materials/0/base_color_texture", "\"procedural:cheese\"", "dangling-reference",
    NULL, "*there are: *" },
  { "/nodes/0/model/materials/0/emissive_texture", "\"harbour\"", "dangling-reference", NULL,
    NULL },

  { "/nodes/8/sensor/width", "0", "out-of-range", NULL, "must be >= 1, is 0" },
  { "/nodes/8/sensor/height", "16385", "out-of-range", NULL, "must be <= 16384, is 16385" },
  { "/nodes/8/sensor/near_m", "50", "contradiction", NULL, NULL },
  { "/nodes/8/sensor/near_m", "0", "out-of-range", NULL, NULL },
  { "/nodes/8/sensor/max_depth_m", "0.1", "contradiction", NULL, NULL },
  { "/nodes/8/sensor/fx", "500", "contradiction", "/nodes/8/sensor", "*both K*" },
  { "/nodes/8/sensor/fov_deg", "60", "unknown-key", NULL, NULL },
  { "/nodes/8/sensor/focal_length_mm", "0.012", "out-of-range", NULL, "is implausible*" },
  { "/nodes/9/sensor/cy", NULL, "missing", NULL, "*belong together*" },
  { "/nodes/9/sensor/fx", "0.1", "out-of-range", NULL, "is implausible*" },
  { "/nodes/9/sensor/fy", "1e7", "out-of-range", NULL, "is implausible*" },
  { "/nodes/9/sensor/cx", "-5000", "out-of-range", NULL, "*outside the picture*" },

  { "/assets/0/path", "\"/etc/passwd\"", "bad-text", NULL, "must be relative*" },
  { "/assets/0/path", "\"../secret.glb\"", "bad-text", NULL, "*\"..\"*" },
  { "/assets/0/path", "\"a/../../b.glb\"", "bad-text", NULL, "*\"..\"*" },
  { "/assets/0/path", "\"a\\\\b.glb\"", "bad-text", NULL, "*backslash*" },
  { "/assets/0/path", "\"C:/b.glb\"", "bad-text", NULL, "*drive*" },
  { "/assets/0/path", "\"file:b.glb\"", "bad-text", NULL, "*scheme*" },
  { "/assets/0/path", "\"a//b.glb\"", "bad-text", NULL, NULL },
  { "/assets/0/path", "\"./b.glb\"", "bad-text", NULL, NULL },
  { "/assets/0/path", "\"a\\nb.glb\"", "bad-text", NULL, "*control*" },
  { "/assets/0/path", "\"\"", "bad-text", NULL, NULL },
  { "/assets/0/path", NULL, "missing", NULL, NULL },
  { "/assets/0/sha256", "\"abc\"", "bad-text", NULL, NULL },
  { "/assets/0/front", "[0, 0, 0]", "out-of-range", NULL, NULL },
  { "/assets/0/kind", "\"sound\"", "unknown-name", NULL, NULL },
  { "/assets/1/group_by", "\"whole\"", "misplaced-key", NULL,
    "is not a property of a texture asset*" },
  { "/assets/1/group_labels", "{}", "misplaced-key", NULL, NULL },

  { "/categories/0/color", "\"blue\"", "bad-text", NULL, "*#rrggbb*" },
  { "/categories/0/color", "\"#12345\"", "bad-text", NULL, NULL },
  { "/categories/0/kind", "\"person\"", "unknown-name", NULL, NULL },
  { "/categories/0/kind", NULL, "missing", NULL, NULL },
  { "/categories/1/front_cone_category", "\"void\"", "dangling-reference", NULL, NULL },
  { "/categories/1/front_cone_category", "\"sign\"", "cycle", NULL, NULL },
  { "/categories/1/front_cone_category", NULL, "missing", NULL, NULL },
  { "/categories/1/front_cone_rad", "4", "out-of-range", NULL, NULL },

  { "/randomizers/0/targets/0", "\"ghost\"", "dangling-reference", NULL, NULL },
  { "/randomizers/8/targets/0", "\"mug_1\"", "wrong-kind", NULL,
    "must be a light; \"mug_1\" is a model" },
  { "/randomizers/0/type", "\"teleport\"", "unknown-value", NULL, NULL },
  { "/randomizers/1/surface", "\"ghost\"", "dangling-reference", NULL, NULL },
  { "/randomizers/3/property", "\"shininess\"", "unknown-property", NULL, NULL },
  { "/randomizers/4/parameter", "\"teeth\"", "unknown-property", NULL, NULL },
  { "/randomizers/5/property", "\"light/kind\"", "unknown-property", NULL, "*does not let*" },
  { "/randomizers/7/textures/0", "\"gone\"", "dangling-reference", NULL, NULL },
  { "/randomizers/8/environments/0", "\"bricks\"", "dangling-reference", NULL, NULL },
  { "/randomizers/13/target", "\"ghost\"", "dangling-reference", NULL, NULL },
  { "/randomizers/14/sensor", "\"ghost\"", "dangling-reference", NULL, NULL },
  { "/randomizers/6/values", "{\"kind\": \"choice\", \"values\": [\"road_sign\", \"tree\"]}",
    "dangling-reference", "/randomizers/6/values/values/1", NULL },
  { "/randomizers/6/values", "{\"kind\": \"choice\", \"values\": [\"parametric:teapot\"]}",
    "dangling-reference", "/randomizers/6/values/values/0", NULL },
  { "/randomizers/3/value", "{\"kind\": \"choice\", \"values\": [\"dull\"]}", "wrong-type", NULL,
    "must be a distribution of numbers*" },
  { "/randomizers/3/property", "\"alpha_mode\"", "wrong-type", "/randomizers/3/value",
    "must be a choice of strings*" },
  { "/randomizers/3",
    "{\"id\": \"gloss\", \"type\": \"property\", \"targets\": [\"mug_1\"], \"property\": "
    "\"category\", \"value\": {\"kind\": \"choice\", \"values\": [\"mug\", \"cup\"]}}",
    "dangling-reference", "/randomizers/3/value/values/1", NULL },
  { "/randomizers/3",
    "{\"id\": \"gloss\", \"type\": \"property\", \"targets\": [\"mug_1\"], \"property\": "
    "\"material/alpha_mode\", \"value\": {\"kind\": \"choice\", \"values\": [\"glass\"]}}",
    "dangling-reference", "/randomizers/3/value/values/0", "must be one of \"opaque\"*" },
  { "/randomizers/3",
    "{\"id\": \"gloss\", \"type\": \"property\", \"targets\": [\"mug_1\"], \"property\": "
    "\"material/normal_texture\", \"value\": {\"kind\": \"choice\", \"values\": [\"\", "
    "\"harbour\"]}}",
    "dangling-reference", "/randomizers/3/value/values/1", NULL },
  { "/nodes/8/id", "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"", "bad-id",
    NULL, "*names files*" },
  { "/randomizers/14/redraw/1", "\"ghost\"", "dangling-reference", NULL, NULL },
};

static void
test_fault (gconstpointer data)
{
  const Fault *fault = data;
  g_autoptr (json_t) json = fixture_load_json ("rich.diorama");
  json_t *value = NULL;
  if (fault->value != NULL) {
    g_autofree char *text = g_strdup_printf ("[%s]", fault->value);
    g_autoptr (json_t) wrapped = fixture_parse (text);
    value = json_incref (json_array_get (wrapped, 0));
  }
  fixture_set (json, fault->pointer, value);
  fixture_expect_fault (json, fault->code, fault->object != NULL ? fault->object : fault->pointer,
                        fault->pattern);
}

static void
test_all_at_once (void)
{
  /* One load shows every fault; the error names the first and counts the rest. */
  g_autoptr (json_t) json = fixture_load_json ("rich.diorama");
  fixture_set (json, "/nodes/3/light/intensity", json_integer (-4));
  fixture_set (json, "/nodes/0/category", json_string ("cup"));
  fixture_set (json, "/assets/0/path", json_string ("/etc/passwd"));
  g_autoptr (GError) error = NULL;
  g_autoptr (DioDiagnostics) found = dio_diagnostics_new ();
  g_assert_null (dio_scenario_from_json (json, found, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  g_assert_cmpuint (dio_diagnostics_get_count (found), ==, 3);
  g_assert_true (g_str_has_prefix (error->message, "/assets/0/path: must be relative"));
  g_assert_true (g_str_has_suffix (error->message, "(and 2 more faults)"));
  g_assert_null (dio_scenario_from_json (json, NULL, NULL));
}

static void
test_newer_is_unsupported (void)
{
  g_autoptr (json_t) json = fixture_load_json ("rich.diorama");
  fixture_set (json, "/version", json_integer (7));
  g_autoptr (GError) error = NULL;
  g_assert_null (dio_scenario_from_json (json, NULL, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_UNSUPPORTED);
}

static void
test_warnings (void)
{
  /* Odd but possible: loads, with a finding. */
  g_autoptr (json_t) json = fixture_load_json ("rich.diorama");
  fixture_set (json, "/nodes/9/sensor/cx", json_real (-10));
  fixture_set (json, "/nodes/9/sensor/fy", json_real (700));
  g_autoptr (DioDiagnostics) found = dio_diagnostics_new ();
  g_autoptr (DioScenario) s = dio_scenario_from_json (json, found, NULL);
  g_assert_nonnull (s);
  g_assert_false (dio_diagnostics_has_errors (found));
  g_assert_nonnull (dio_diagnostics_find (found, "centre-outside"));
  g_assert_nonnull (dio_diagnostics_find (found, "odd-pixels"));
}

/* A document with @n groups. */
static json_t *
create_groups (guint n)
{
  json_t *nodes = json_array ();
  for (guint i = 0; i < n; i++) {
    g_autofree char *id = g_strdup_printf ("g%u", i);
    json_array_append_new (nodes, json_pack ("{s:s,s:s}", "id", id, "kind", "group"));
  }
  return json_pack ("{s:s,s:i,s:o}", "format", "diorama-scenario", "version", 1, "nodes", nodes);
}

/* Skies may wait, hidden themselves or below a hidden group, for a randomizer that shows one of them. */
static void
test_hidden_skies (void)
{
  const char *text =
      "{\"format\": \"diorama-scenario\", \"version\": 1, \"nodes\": ["
      "{\"id\": \"day\", \"kind\": \"light\", \"light\": {\"kind\": \"sky\"}},"
      "{\"id\": \"noon\", \"kind\": \"light\", \"visible\": false, \"light\": {\"kind\": \"sky\"}},"
      "{\"id\": \"evening\", \"kind\": \"group\", \"visible\": false},"
      "{\"id\": \"dusk\", \"kind\": \"light\", \"parent\": \"evening\","
      " \"light\": {\"kind\": \"sky\"}}]}";
  g_autoptr (json_t) json = fixture_parse (text);
  g_autoptr (GError) error = NULL;
  g_autoptr (DioScenario) scenario = dio_scenario_from_json (json, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (scenario);
  fixture_set (json, "/nodes/2/visible", json_true ());
  fixture_expect_fault (json, "too-many", "/nodes/3/light", "*hide one*");
  /* A circle of parents ends too. */
  fixture_set (json, "/nodes/2/parent", json_string ("dusk"));
  g_assert_null (dio_scenario_from_json (json, NULL, NULL));
}

static void
test_too_many_nodes (void)
{
  g_autoptr (json_t) most = create_groups (DIO_SCENARIO_MAX_NODES);
  g_autoptr (DioScenario) s = dio_scenario_from_json (most, NULL, NULL);
  g_assert_nonnull (s);
  g_autoptr (json_t) extra = fixture_parse ("{\"id\": \"x\", \"kind\": \"group\"}");
  g_autoptr (GError) error = NULL;
  g_assert_null (dio_scenario_with_node (s, extra, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  fixture_set (most, "/nodes/-", json_incref (extra));
  fixture_expect_fault (most, "too-many", "/nodes", "*60001*");
}

static void
test_many_faults (void)
{
  /* Findings of a document that is wrong everywhere are bounded. */
  g_autoptr (json_t) json = create_groups (5000);
  gsize i;
  json_t *node;
  json_array_foreach (json_object_get (json, "nodes"), i, node)
    json_object_set_new (node, "parent", json_integer (1));
  g_autoptr (DioDiagnostics) found = dio_diagnostics_new ();
  g_autoptr (GError) error = NULL;
  g_assert_null (dio_scenario_from_json (json, found, &error));
  g_assert_cmpuint (dio_diagnostics_get_count (found), ==, 1000);
  g_assert_nonnull (strstr (error->message, "at least 999 more faults"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++) {
    g_autofree char *path = g_strdup_printf ("/scene/validate/%03u-%s", i, faults[i].code);
    g_test_add_data_func (path, &faults[i], test_fault);
  }
  g_test_add_func ("/scene/validate/all-at-once", test_all_at_once);
  g_test_add_func ("/scene/validate/newer-is-unsupported", test_newer_is_unsupported);
  g_test_add_func ("/scene/validate/warnings", test_warnings);
  g_test_add_func ("/scene/validate/hidden-skies", test_hidden_skies);
  g_test_add_func ("/scene/validate/too-many-nodes", test_too_many_nodes);
  g_test_add_func ("/scene/validate/many-faults", test_many_faults);
  return g_test_run ();
}
