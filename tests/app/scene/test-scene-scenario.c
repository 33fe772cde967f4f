/* Reading and writing whole documents, and edits that share. */

#include "dio-base-path.h"
#include "dio-core-vec.h"
#include "dio-scene-property.h"
#include "dio-scene-randomizer.h"
#include "scene-fixture.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <math.h>

#define SMALL_HASH "3b7ee7ba67d64128adf59bb265f30d277dcf9465b540d8017e41abb601d2d3cb"

static void
test_every_key (void)
{
  /* The other tests trust that the document leaves nothing out. */
  g_autoptr (json_t) json = fixture_load_json ("rich.diorama");
  g_autofree char *text = dio_json_to_line (json);
  guint n;
  const DioPropertyInfo *table = dio_property_get_table (&n);
  g_assert_cmpuint (n, >, 50);
  for (guint i = 0; i < n; i++) {
    const char *slash = strrchr (table[i].path, '/');
    g_autofree char *key = g_strdup_printf ("\"%s\":", slash != NULL ? slash + 1 : table[i].path);
    if (strstr (text, key) == NULL)
      g_error ("rich.diorama lacks %s", table[i].path);
  }
}

static void
test_values (void)
{
  g_autoptr (DioScenario) s = fixture_load ("rich.diorama");
  g_assert_cmpstr (s->name, ==, "Everything");
  g_assert_cmpstr (s->background_category, ==, "sky");
  g_assert_cmpuint (s->nodes->len, ==, 10);
  g_assert_cmpint (dio_scenario_find_category (s, "sign-back"), ==, 2);
  g_assert_cmpint (dio_scenario_find_category (s, "tree"), ==, -1);
  g_assert_cmpint (dio_scenario_find_category (s, NULL), ==, -1);
  const DioNode *mug = dio_scenario_find_node (s, "mug_1");
  g_assert_cmpint (mug->kind, ==, DIO_NODE_MODEL);
  g_assert_cmpfloat (mug->parent_from_node.translation_m.y, ==, -0.5);
  g_assert_cmpfloat (mug->parent_from_node.scale.z, ==, 1.5);
  g_assert_cmpfloat (*(double *) g_hash_table_lookup (mug->model.parameters, "height_m"), ==, 0.11);
  const DioMaterialOverride *all = g_ptr_array_index (mug->model.materials, 0);
  g_assert_cmpuint (all->set, ==, 0xffff);
  g_assert_cmpint (all->alpha_mode, ==, DIO_ALPHA_MASK);
  g_assert_cmpstr (all->normal_texture, ==, "");
  const DioAsset *sign = dio_scenario_find_asset (s, "road_sign");
  g_assert_cmpfloat (sign->front.y, ==, -1);
  g_assert_cmpint (GPOINTER_TO_INT (g_hash_table_lookup (sign->group_labels, "post")), ==,
                   DIO_GROUP_LABEL_EXCLUDE);
  const DioSensorProps *side = &dio_scenario_find_node (s, "side")->sensor;
  g_assert_true (side->has_k);
  g_assert_cmpfloat (side->cx, ==, 158.25);
  g_assert_false (dio_scenario_find_node (s, "front")->sensor.has_k);
  g_assert_cmpfloat (s->policy.max_blur_share, ==, 0.4);
  g_assert_false (s->outputs.rgb);
  const DioCategory *category = g_ptr_array_index (s->categories, 0);
  g_assert_cmpuint (category->color[2], ==, 0xed);
  g_assert_true (category->thing);
}

static void
test_parents_first (void)
{
  g_autoptr (DioScenario) s = fixture_load ("rich.diorama");
  for (guint i = 0; i < s->nodes->len; i++) {
    const DioNode *node = g_ptr_array_index (s->nodes, i);
    gboolean found = node->parent == NULL;
    for (guint k = 0; k < i && !found; k++)
      found = strcmp (((DioNode *) g_ptr_array_index (s->nodes, k))->id, node->parent) == 0;
    g_assert_true (found);
    g_assert_true (dio_scenario_find_node (s, node->id) == node);
  }
  /* "pile" was second in the file and moves in front of its child; the others keep their order. */
  g_assert_cmpstr (((DioNode *) g_ptr_array_index (s->nodes, 0))->id, ==, "pile");
  g_assert_cmpstr (((DioNode *) g_ptr_array_index (s->nodes, 1))->id, ==, "mug_1");
  g_assert_cmpstr (((DioNode *) g_ptr_array_index (s->nodes, 2))->id, ==, "sign_1");
}

static char *
reload (const char *text)
{
  g_autoptr (json_t) json = fixture_parse (text);
  g_autoptr (GError) error = NULL;
  g_autoptr (DioScenario) s = dio_scenario_from_json (json, NULL, &error);
  g_assert_no_error (error);
  return dio_scenario_to_text (s);
}

static void
test_round_trip (void)
{
  const char *names[] = { "rich.diorama", "small.diorama" };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (DioScenario) s = fixture_load (names[i]);
    g_autofree char *first = dio_scenario_to_text (s);
    g_autofree char *second = reload (first);
    g_autofree char *third = reload (second);
    g_assert_cmpstr (first, ==, second);
    g_assert_cmpstr (second, ==, third);
  }
}

/* The scenarios that come with Diorama. */
static void
test_examples (void)
{
  g_autofree char *folder = g_build_filename (g_getenv ("DIORAMA_DATA_DIR"), "scenarios", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    if (!g_str_has_suffix (name, ".diorama"))
      continue;
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autoptr (DioDiagnostics) found = dio_diagnostics_new ();
    g_autoptr (GError) error = NULL;
    g_autoptr (DioScenario) s = dio_scenario_load (path, found, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (dio_diagnostics_get_count (found), ==, 0);
    g_autofree char *first = dio_scenario_to_text (s);
    g_autofree char *second = reload (first);
    g_assert_cmpstr (first, ==, second);
    n++;
  }
  g_assert_cmpuint (n, >=, 1);
}

static void
test_file (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("dio-scene-XXXXXX", &error);
  g_assert_no_error (error);
  g_autofree char *path = g_build_filename (folder, "a.diorama", NULL);
  g_autofree char *again = g_build_filename (folder, "b.diorama", NULL);
  g_autoptr (DioScenario) s = fixture_load ("rich.diorama");
  g_assert_true (dio_scenario_save (s, path, &error));
  g_autoptr (DioScenario) loaded = dio_scenario_load (path, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (dio_scenario_save (loaded, again, &error));
  g_autofree char *a = NULL, *b = NULL;
  g_assert_true (g_file_get_contents (path, &a, NULL, NULL));
  g_assert_true (g_file_get_contents (again, &b, NULL, NULL));
  g_assert_cmpstr (a, ==, b);
  g_autofree char *absent = g_build_filename (folder, "absent.diorama", NULL);
  g_assert_null (dio_scenario_load (absent, NULL, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND);
  g_assert_true (dio_path_remove_tree (folder, NULL));
}

static void
test_defaults_omitted (void)
{
  g_autoptr (json_t) json = fixture_parse (
      "{\"format\": \"diorama-scenario\", \"version\": 1, \"name\": \"\", \"policy\": {\"preset\": "
      "\"detector\"},"
      " \"outputs\": {\"rgb\": true, \"normal\": false}, \"nodes\": [{\"id\": \"a\", \"kind\": "
      "\"sensor\","
      " \"visible\": true, \"translation\": [0, -0.0, 0], \"scale\": [1, 1.0, 1],"
      " \"sensor\": {\"width\": 640, \"height\": 480.0, \"focal_length_mm\": 35}}]}");
  g_autoptr (GError) error = NULL;
  g_autoptr (DioScenario) s = dio_scenario_from_json (json, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (isnan (s->policy.keep_visibility));
  g_assert_true (s->outputs.leaf && s->outputs.depth && !s->outputs.semantic);
  g_autoptr (json_t) written = dio_scenario_to_json (s);
  g_autofree char *line = dio_json_to_line (written);
  g_assert_cmpstr (line, ==,
                   "{\"format\":\"diorama-scenario\",\"nodes\":[{\"id\":\"a\",\"kind\":\"sensor\","
                   "\"sensor\":{\"height\":480,\"width\":640}}],\"version\":1}");
}

static void
test_hash (void)
{
  /* Frozen: datasets store it, so it may change only with the format's version. */
  g_autoptr (DioScenario) s = fixture_load ("small.diorama");
  g_autofree char *hash = dio_scenario_dup_hash (s);
  g_assert_cmpstr (hash, ==, SMALL_HASH);
  g_autoptr (json_t) name = json_string ("other");
  g_autoptr (DioScenario) renamed = dio_scenario_with_property (s, "name", name, NULL);
  g_autofree char *other = dio_scenario_dup_hash (renamed);
  g_assert_cmpstr (hash, !=, other);
}

/* Few machines have a locale with a decimal comma installed; many can make one. Returns its folder. */
static char *
create_comma_locale (void)
{
  static const char source[] =
      "LC_NUMERIC\ndecimal_point \",\"\nthousands_sep \".\"\ngrouping 3;3\nEND LC_NUMERIC\n";
  char *folder = g_dir_make_tmp ("dio-locale-XXXXXX", NULL);
  g_autofree char *definition = g_build_filename (folder, "comma.src", NULL);
  g_autofree char *target = g_build_filename (folder, "comma", NULL);
  g_assert_true (g_file_set_contents (definition, source, -1, NULL));
  /* -c: the categories that are not there give warnings and an exit code, but the locale is written. */
  const char *argv[] = {
    "localedef", "-c", "-i", definition, "-f", "ANSI_X3.4-1968", target, NULL
  };
  g_spawn_sync (NULL, (char **) argv, NULL,
                G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL | G_SPAWN_STDOUT_TO_DEV_NULL, NULL,
                NULL, NULL, NULL, NULL, NULL);
  return folder;
}

static void
test_locale (void)
{
  g_autoptr (DioScenario) s = fixture_load ("rich.diorama");
  g_autofree char *expected = dio_scenario_to_text (s);
  g_autofree char *folder = create_comma_locale ();
  g_setenv ("LOCPATH", folder, TRUE);
  if (setlocale (LC_NUMERIC, "comma") == NULL) {
    g_unsetenv ("LOCPATH");
    setlocale (LC_NUMERIC, "de_DE.UTF-8");
  }
  g_test_message ("decimal sign \"%s\"", localeconv ()->decimal_point);
  g_autofree char *again = reload (expected);
  g_autoptr (json_t) json = fixture_load_json ("rich.diorama");
  fixture_set (json, "/nodes/4/light/intensity", json_real (-0.5));
  fixture_expect_fault (json, "out-of-range", "/nodes/4/light/intensity", "must be >= 0, is -0.5");
  setlocale (LC_NUMERIC, "C");
  g_unsetenv ("LOCPATH");
  g_assert_cmpstr (again, ==, expected);
  g_assert_true (dio_path_remove_tree (folder, NULL));
}

static void
test_rotation (void)
{
  /* Bits of a unit quaternion stay; one that is off is normalised. */
  g_autoptr (json_t) json = fixture_load_json ("rich.diorama");
  fixture_set (json, "/nodes/0/rotation", json_pack ("[f,f,f,f]", 0.0, 0.0, 0.0, -3.0));
  fixture_set (json, "/nodes/1/rotation", json_pack ("[f,f,f,f]", 1.0 + 1e-13, 0.0, 0.0, 0.0));
  g_autoptr (DioScenario) s = dio_scenario_from_json (json, NULL, NULL);
  g_assert_nonnull (s);
  g_assert_cmpfloat (dio_scenario_find_node (s, "mug_1")->parent_from_node.q_wxyz.z, ==, -1);
  g_assert_true (dio_scenario_find_node (s, "pile")->parent_from_node.q_wxyz.w == 1.0 + 1e-13);
}

static void
test_deep_tree (void)
{
  /* A chain in the worst order: every parent stands behind its child. */
  const int n = 20000;
  g_autoptr (json_t) json =
      json_pack ("{s:s,s:i,s:[]}", "format", "diorama-scenario", "version", 1, "nodes");
  json_t *nodes = json_object_get (json, "nodes");
  for (int i = n; i > 0; i--) {
    g_autofree char *id = g_strdup_printf ("n%d", i);
    g_autofree char *parent = g_strdup_printf ("n%d", i - 1);
    json_t *node = json_pack ("{s:s,s:s}", "id", id, "kind", "group");
    if (i > 1)
      json_object_set_new (node, "parent", json_string (parent));
    json_array_append_new (nodes, node);
  }
  g_autoptr (GError) error = NULL;
  g_autoptr (DioScenario) s = dio_scenario_from_json (json, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (((DioNode *) g_ptr_array_index (s->nodes, 0))->id, ==, "n1");
  g_assert_cmpstr (((DioNode *) g_ptr_array_index (s->nodes, n - 1))->id, ==, "n20000");
  json_object_set_new (json_array_get (nodes, n - 1), "parent", json_string ("n20000"));
  fixture_expect_fault (json, "cycle", "/nodes/0/parent", NULL);
}

/* ---- edits ---- */

static void
test_share (void)
{
  g_autoptr (DioScenario) s = fixture_load ("rich.diorama");
  g_autofree char *before = dio_scenario_to_text (s);
  g_autoptr (json_t) value = json_real (0.875);
  g_autoptr (GError) error = NULL;
  g_autoptr (DioScenario) edited =
      dio_scenario_with_property (s, "nodes/mug_1/material/roughness", value, &error);
  g_assert_no_error (error);
  guint n_shared = 0;
  for (guint i = 0; i < s->nodes->len; i++)
    n_shared += g_ptr_array_index (s->nodes, i) == g_ptr_array_index (edited->nodes, i) ? 1 : 0;
  g_assert_cmpuint (n_shared, ==, s->nodes->len - 1);
  g_assert_true (edited->assets == s->assets);
  g_assert_true (edited->categories == s->categories);
  g_assert_true (edited->randomizers == s->randomizers);
  DioPropertyValue got;
  const DioNode *mug = dio_scenario_find_node (edited, "mug_1");
  g_assert_true (dio_node_get_property (mug, "material/roughness", &got, NULL));
  g_assert_cmpfloat (got.number[0], ==, 0.875);
  g_autofree char *after = dio_scenario_to_text (s);
  g_assert_cmpstr (before, ==, after);
}

static void
test_outlive (void)
{
  /* What an edit shares must survive the scenario that it came from. */
  DioScenario *s = fixture_load ("rich.diorama");
  g_autoptr (json_t) value = json_pack ("[f,f,f]", 1.0, 2.0, 3.0);
  g_autoptr (DioScenario) edited =
      dio_scenario_with_property (s, "nodes/sun/translation", value, NULL);
  dio_scenario_unref (s);
  g_autofree char *text = dio_scenario_to_text (edited);
  g_autofree char *again = reload (text);
  g_assert_cmpstr (text, ==, again);
  g_assert_cmpfloat (dio_scenario_find_node (edited, "sun")->parent_from_node.translation_m.z, ==,
                     3);
}

/* @path with @value must be refused with @code and a message like @pattern. */
static void
expect_refusal (DioScenario *s, const char *path, json_t *value, int code, const char *pattern)
{
  g_autoptr (json_t) owned = value;
  g_autoptr (GError) error = NULL;
  g_assert_null (dio_scenario_with_property (s, path, owned, &error));
  g_assert_error (error, DIO_ERROR, code);
  if (!g_pattern_match_simple (pattern, error->message))
    g_error ("\"%s\" is not like \"%s\"", error->message, pattern);
}

static void
test_refused_edits (void)
{
  g_autoptr (DioScenario) s = fixture_load ("rich.diorama");
  const int bad = DIO_ERROR_INVALID, absent = DIO_ERROR_NOT_FOUND;
  expect_refusal (s, "nodes/sun/light/intensity", json_real (-4), bad, "*must be >= 0, is -4*");
  expect_refusal (s, "nodes/sun/light/intensity", json_string ("x"), bad, "*must be a number*");
  expect_refusal (s, "nodes/sun/light/brightness", json_real (1), absent, "*brightness*");
  expect_refusal (s, "nodes/moon/light/intensity", json_real (1), absent, "*moon*");
  expect_refusal (s, "nodes/sun", json_real (1), absent, "*");
  expect_refusal (s, "weather", json_string ("fine"), absent, "*weather*");
  expect_refusal (s, "nodes/front/sensor/near_m", json_real (60), bad, "*less than far_m*");
  expect_refusal (s, "nodes/mug_1/parent", json_string ("mug_1"), bad, "/nodes/1/parent*");
  expect_refusal (s, "nodes/mug_1/category", json_string ("cup"), bad, "*names no category*");
  expect_refusal (s, "nodes/pile/scale", json_pack ("[f,f,f]", 1.0, 1.0, 2.0), bad, "*sheared*");
  expect_refusal (s, "nodes/mug_1/parameters/height_m", json_real (1e6), bad, "*height_m*");
  expect_refusal (s, "nodes/mug_1/parameters/teeth", json_real (1), absent, "*teeth*");
  expect_refusal (s, "nodes/sun/light/kind", json_string ("sky"), bad, "*hide one of them*");
  expect_refusal (s, "background_category", json_string ("void"), bad, "/background_category*");
  expect_refusal (s, "policy/preset", json_string ("coco"), bad, "*must be one of*");
  expect_refusal (s, "outputs/rgb", json_integer (1), bad, "*true or false*");
}

static void
test_reset (void)
{
  g_autoptr (DioScenario) s = fixture_load ("rich.diorama");
  g_autoptr (json_t) null = json_null ();
  const char *paths[] = { "nodes/mug_1/parameters/height_m",
                          "nodes/mug_1/material/roughness",
                          "nodes/mug_1/scale",
                          "nodes/mug_1/category",
                          "nodes/side/sensor/fx",
                          "nodes/sun/light/intensity",
                          "policy/keep_visibility",
                          "background_category",
                          "outputs/rgb" };
  DioScenario *at = dio_scenario_ref (s);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_autoptr (GError) error = NULL;
    DioScenario *next = dio_scenario_with_property (at, paths[i], null, &error);
    g_assert_no_error (error);
    dio_scenario_unref (at);
    at = next;
  }
  const DioNode *mug = dio_scenario_find_node (at, "mug_1");
  g_assert_cmpuint (g_hash_table_size (mug->model.parameters), ==, 0);
  g_assert_cmpuint (mug->model.materials->len, ==, 1);
  g_assert_cmpfloat (mug->parent_from_node.scale.z, ==, 1);
  g_assert_null (mug->category);
  g_assert_false (dio_scenario_find_node (at, "side")->sensor.has_k);
  g_assert_true (isnan (at->policy.keep_visibility) && at->outputs.rgb);
  g_assert_null (at->background_category);
  dio_scenario_unref (at);
}

static void
test_with_node (void)
{
  g_autoptr (DioScenario) s = fixture_load ("rich.diorama");
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) node = fixture_parse ("{\"id\": \"lamp\", \"kind\": \"light\", \"parent\": "
                                           "\"pile\", \"light\": {\"kind\": \"point\"}}");
  g_autoptr (DioScenario) more = dio_scenario_with_node (s, node, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (more->nodes->len, ==, s->nodes->len + 1);
  for (guint i = 0; i < s->nodes->len; i++)
    g_assert_true (g_ptr_array_index (s->nodes, i) == g_ptr_array_index (more->nodes, i));
  fixture_set (node, "/light/intensity", json_real (12));
  g_autoptr (DioScenario) changed = dio_scenario_with_node (more, node, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (changed->nodes->len, ==, more->nodes->len);
  g_assert_cmpfloat (dio_scenario_find_node (changed, "lamp")->light.intensity, ==, 12);
  fixture_set (node, "/light/intensity", json_real (-1));
  g_assert_null (dio_scenario_with_node (more, node, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  g_assert_true (g_str_has_prefix (error->message, "/nodes/10/light/intensity: "));
}

static void
test_without_node (void)
{
  g_autoptr (DioScenario) s = fixture_load ("rich.diorama");
  g_autoptr (GError) error = NULL;
  g_autoptr (DioScenario) less = dio_scenario_without_node (s, "pile", &error);
  g_assert_no_error (error);
  /* "mug_1" and "side" hang below "pile". */
  g_assert_cmpuint (less->nodes->len, ==, s->nodes->len - 3);
  g_assert_null (dio_scenario_find_node (less, "mug_1"));
  g_assert_null (dio_scenario_find_node (less, "side"));
  /* "place" loses one of two targets; "aim" looked at the mug, so it goes, and with it all that only had the mug. */
  g_autoptr (GString) left = g_string_new (NULL);
  for (guint i = 0; i < less->randomizers->len; i++) {
    const DioRandomizer *r = g_ptr_array_index (less->randomizers, i);
    g_string_append_printf (left, "%s(%u) ", r->id, g_strv_length (r->targets));
  }
  g_assert_cmpstr (left->str, ==,
                   "place(1) bright(2) which(1) sky(1) behind(1) walls(1) steps(1) ");
  /* What kept all its targets is shared. */
  g_assert_true (g_ptr_array_index (less->randomizers, 1) == g_ptr_array_index (s->randomizers, 5));
  g_autofree char *text = dio_scenario_to_text (less);
  g_autofree char *again = reload (text);
  g_assert_cmpstr (text, ==, again);
  g_assert_null (dio_scenario_without_node (less, "pile", &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND);
}

static void
test_randomizers (void)
{
  g_autoptr (DioScenario) s = fixture_load ("rich.diorama");
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) json = fixture_parse (
      "{\"id\": \"spin\", \"type\": \"rotation-uniform\", \"targets\": [\"mug_1\"]}");
  g_autoptr (DioScenario) more = dio_scenario_with_randomizer (s, json, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (more->randomizers->len, ==, s->randomizers->len + 1);
  g_assert_true (more->nodes == s->nodes);
  g_assert_true (g_ptr_array_index (more->randomizers, 0) == g_ptr_array_index (s->randomizers, 0));
  fixture_set (json, "/targets", json_pack ("[s]", "ghost"));
  g_assert_null (dio_scenario_with_randomizer (more, json, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "/randomizers/15/targets/0"));
  g_clear_error (&error);
  g_autoptr (DioScenario) less = dio_scenario_without_randomizer (more, "place", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (less->randomizers->len, ==, s->randomizers->len);
  /* The constraint now redraws "aim" alone. */
  const DioRandomizer *seen = g_ptr_array_index (less->randomizers, less->randomizers->len - 2);
  const char *const *redraw = dio_randomizer_get_strings (seen, "redraw");
  g_assert_cmpstr (redraw[0], ==, "aim");
  g_assert_null (redraw[1]);
  g_assert_null (dio_scenario_without_randomizer (less, "place", &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND);
}

static void
test_empty (void)
{
  g_autoptr (DioScenario) s = dio_scenario_new_empty ("New");
  g_assert_cmpstr (s->name, ==, "New");
  g_assert_cmpuint (s->nodes->len, ==, 0);
  g_autofree char *text = dio_scenario_to_text (s);
  g_autofree char *again = reload (text);
  g_assert_cmpstr (text, ==, again);
  g_autoptr (json_t) node = fixture_parse ("{\"id\": \"g\", \"kind\": \"group\"}");
  g_autoptr (DioScenario) one = dio_scenario_with_node (s, node, NULL);
  g_assert_nonnull (dio_scenario_find_node (one, "g"));
  g_autoptr (DioScenario) none = dio_scenario_without_node (one, "g", NULL);
  g_assert_cmpuint (none->nodes->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/scenario/every-key", test_every_key);
  g_test_add_func ("/scene/scenario/values", test_values);
  g_test_add_func ("/scene/scenario/parents-first", test_parents_first);
  g_test_add_func ("/scene/scenario/round-trip", test_round_trip);
  g_test_add_func ("/scene/scenario/examples", test_examples);
  g_test_add_func ("/scene/scenario/file", test_file);
  g_test_add_func ("/scene/scenario/defaults-omitted", test_defaults_omitted);
  g_test_add_func ("/scene/scenario/hash", test_hash);
  g_test_add_func ("/scene/scenario/locale", test_locale);
  g_test_add_func ("/scene/scenario/rotation", test_rotation);
  g_test_add_func ("/scene/scenario/deep-tree", test_deep_tree);
  g_test_add_func ("/scene/edit/share", test_share);
  g_test_add_func ("/scene/edit/outlive", test_outlive);
  g_test_add_func ("/scene/edit/refused", test_refused_edits);
  g_test_add_func ("/scene/edit/reset", test_reset);
  g_test_add_func ("/scene/edit/with-node", test_with_node);
  g_test_add_func ("/scene/edit/without-node", test_without_node);
  g_test_add_func ("/scene/edit/randomizers", test_randomizers);
  g_test_add_func ("/scene/edit/empty", test_empty);
  return g_test_run ();
}
