/* The schema in data/: it is the one that the tables give, and it agrees with loading. */

#include "scene-fixture.h"

#include <glib/gstdio.h>

static char *
dup_schema_path (void)
{
  return g_build_filename (g_getenv ("DIORAMA_DATA_DIR"), "diorama-scenario.schema.json", NULL);
}

static void
test_checked_in (void)
{
  g_autofree char *path = dup_schema_path ();
  g_autofree char *stored = NULL;
  g_autoptr (GError) error = NULL;
  g_file_get_contents (path, &stored, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (json_t) schema = dio_scenario_to_schema ();
  g_autofree char *text = dio_json_to_text (schema);
  if (strcmp (text, stored) != 0)
    g_error ("the schema is out of date: run `meson compile write-scenario-schema`");
}

/* Runs the independent validator over documents in a folder; each line of its output is "NAME ok" or "NAME FAULT". */
static GStrv
run_validator (const char *folder)
{
  g_autofree char *script =
      g_build_filename (g_getenv ("G_TEST_SRCDIR"), "app", "scene", "validate-documents.py", NULL);
  g_autofree char *schema = dup_schema_path ();
  const char *argv[] = { "/usr/bin/python3", script, schema, folder, NULL };
  g_autofree char *output = NULL;
  g_autofree char *complaint = NULL;
  int status = 0;
  g_autoptr (GError) error = NULL;
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, &complaint,
                &status, &error);
  g_assert_no_error (error);
  if (!g_spawn_check_wait_status (status, NULL))
    g_error ("the validator failed: %s", complaint);
  return g_strsplit (g_strstrip (output), "\n", -1);
}

static void
write_document (const char *folder, const char *name, const json_t *json)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = dio_json_to_text (json);
  g_autoptr (GError) error = NULL;
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

/* A document with one value set, by the pattern good-*.json or bad-*.json. */
static void
write_variant (const char *folder, const char *name, const char *pointer, const char *value)
{
  g_autoptr (json_t) json = fixture_load_json ("rich.diorama");
  g_autofree char *wrapped = g_strdup_printf ("[%s]", value);
  g_autoptr (json_t) list = fixture_parse (wrapped);
  fixture_set (json, pointer, json_incref (json_array_get (list, 0)));
  write_document (folder, name, json);
  g_autoptr (DioScenario) s = dio_scenario_from_json (json, NULL, NULL);
  /* Both judges must agree; here the loader's word, in the output the schema's. */
  g_assert_true ((s != NULL) == g_str_has_prefix (name, "good-"));
}

static void
write_examples (const char *folder)
{
  g_autofree char *scenarios = g_build_filename (g_getenv ("DIORAMA_DATA_DIR"), "scenarios", NULL);
  g_autoptr (GDir) dir = g_dir_open (scenarios, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    if (!g_str_has_suffix (name, ".diorama"))
      continue;
    g_autofree char *path = g_build_filename (scenarios, name, NULL);
    g_autofree char *target = g_strdup_printf ("good-example-%s.json", name);
    g_autoptr (json_t) json = dio_json_load (path, NULL);
    g_assert_nonnull (json);
    write_document (folder, target, json);
  }
}

static void
write_documents (const char *folder)
{
  g_autoptr (DioScenario) rich = fixture_load ("rich.diorama");
  g_autoptr (json_t) saved = dio_scenario_to_json (rich);
  g_autoptr (json_t) given = fixture_load_json ("rich.diorama");
  write_document (folder, "good-saved.json", saved);
  write_document (folder, "good-given.json", given);
  write_variant (folder, "good-null-category.json", "/nodes/0/category", "null");
  write_variant (folder, "good-integer.json", "/nodes/0/layer", "3.0");
  write_variant (folder, "good-empty.json", "/randomizers", "[]");
  const struct {
    const char *pointer, *value;
  } bad[] = {
    { "/format", "\"blender\"" },
    { "/version", "2" },
    { "/nodse", "[]" },
    { "/nodes", "{}" },
    { "/outputs/rbg", "true" },
    { "/policy/preset", "\"voc\"" },
    { "/policy/keep_visibility", "1.5" },
    { "/nodes/0/id", "\"a b\"" },
    { "/nodes/0/kind", "\"joint\"" },
    { "/nodes/0/light", "{}" },
    { "/nodes/3/category", "\"mug\"" },
    { "/nodes/3/light/intensity", "-4" },
    { "/nodes/3/light/color", "[1, 1]" },
    { "/nodes/3/light/kind", "\"area\"" },
    { "/nodes/4/light/outer_cone_rad", "0" },
    { "/nodes/0/model/parametric", "\"teapot\"" },
    { "/nodes/0/model/parameters/hight_m", "0.1" },
    { "/nodes/0/model/parameters/height_m", "-1" },
    { "/nodes/0/model/asset", "\"road_sign\"" },
    { "/nodes/0/model/materials/0/roughness", "2" },
    { "/nodes/0/model/materials/0/slot", "7" },
    { "/nodes/2/model/group_labels/post", "\"keep\"" },
    { "/nodes/8/sensor/width", "0" },
    { "/nodes/8/sensor/fx", "500" },
    { "/assets/0/path", "\"/etc/passwd\"" },
    { "/assets/0/path", "\"a\\\\b\"" },
    { "/assets/0/sha256", "\"abc\"" },
    { "/assets/1/group_by", "\"whole\"" },
    { "/categories/0/color", "\"blue\"" },
    { "/categories/0/kind", "\"person\"" },
    { "/randomizers/0/type", "\"teleport\"" },
    { "/randomizers/2/yaw_rad", "{\"kind\": \"uniform\", \"min\": 0}" },
    { "/randomizers/2/yaw_rad", "\"much\"" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autofree char *name = g_strdup_printf ("bad-%02u.json", i);
    write_variant (folder, name, bad[i].pointer, bad[i].value);
  }
}

static void
test_independent_validator (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("dio-schema-XXXXXX", &error);
  g_assert_no_error (error);
  write_documents (folder);
  write_examples (folder);
  g_auto (GStrv) lines = run_validator (folder);
  guint n_good = 0, n_bad = 0;
  for (guint i = 0; lines[i] != NULL; i++) {
    gboolean accepted = g_str_has_suffix (lines[i], " ok");
    gboolean good = g_str_has_prefix (lines[i], "good-");
    if (accepted != good)
      g_error ("schema and loader differ: %s", lines[i]);
    n_good += good ? 1 : 0;
    n_bad += good ? 0 : 1;
    g_auto (GStrv) words = g_strsplit (lines[i], " ", 2);
    g_autofree char *path = g_build_filename (folder, words[0], NULL);
    g_assert_cmpint (g_remove (path), ==, 0);
  }
  g_assert_cmpuint (n_good, >=, 5);
  g_assert_cmpuint (n_bad, ==, 33);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/schema/checked-in", test_checked_in);
  g_test_add_func ("/scene/schema/independent-validator", test_independent_validator);
  return g_test_run ();
}
