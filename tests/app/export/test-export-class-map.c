#define G_LOG_DOMAIN "test-export-class-map"

#include "dio-base-json.h"
#include "dio-base-path.h"
#include "dio-core-error.h"
#include "dio-export-classes-private.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static const char scenario_text[] =
    "{\"format\": \"diorama-scenario\", \"version\": 1, \"nodes\": [], \"categories\": ["
    "  {\"id\": \"mug\", \"name\": \"mug\", \"kind\": \"thing\"},"
    "  {\"id\": \"wall\", \"name\": \"wall\", \"kind\": \"stuff\"},"
    "  {\"id\": \"box_1\", \"name\": \"cardboard box\", \"kind\": \"thing\"}]}";

static DioScenario *
make_scenario (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) json = dio_json_parse (scenario_text, strlen (scenario_text), "test", &error);
  DioScenario *scenario = dio_scenario_from_json (json, NULL, &error);

  g_assert_no_error (error);
  return scenario;
}

/* Loads @text as the file @name. */
static DioExportClasses *
load (const char *name, const char *text, GError **error)
{
  const char *parent = g_access ("/dev/shm", W_OK) == 0 ? "/dev/shm" : g_get_tmp_dir ();
  g_autofree char *folder = g_build_filename (parent, "dio-map-XXXXXX", NULL);
  g_autoptr (DioScenario) scenario = make_scenario ();

  g_assert_nonnull (g_mkdtemp (folder));
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  DioExportClasses *classes = dio_export_classes_load (path, scenario, FALSE, error);
  g_assert_true (dio_path_remove_tree (folder, NULL));
  return classes;
}

static void
assert_class (const DioExportClasses *classes, guint category, gint64 id, const char *name)
{
  const DioExportClass *class =
      dio_export_classes_get (classes, classes->class_of_category[category]);

  g_assert_nonnull (class);
  g_assert_cmpint (class->id, ==, id);
  g_assert_cmpstr (class->name, ==, name);
}

static void
assert_loads (const char *name, const char *text, gint64 mug, gint64 box, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioExportClasses) classes = load (name, text, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (classes->classes->len, ==, n);
  assert_class (classes, 0, mug, "mug");
  assert_class (classes, 2, box, "cardboard box");
  g_assert_cmpint (classes->class_of_category[1], ==, DIO_EXPORT_CLASS_NONE);
  for (guint i = 1; i < n; i++)
    g_assert_cmpint (dio_export_classes_get (classes, (int) i - 1)->id, <,
                     dio_export_classes_get (classes, (int) i)->id);
  g_assert_cmpstr (classes->map_name, ==, name);
}

static void
test_defaults (void)
{
  g_autoptr (DioScenario) scenario = make_scenario ();
  g_autoptr (DioExportClasses) coco = dio_export_classes_new (scenario, 1, FALSE, FALSE);
  g_autoptr (DioExportClasses) yolo = dio_export_classes_new (scenario, 0, TRUE, FALSE);

  assert_class (coco, 0, 1, "mug");
  assert_class (coco, 2, 3, "cardboard box");
  assert_class (yolo, 0, 0, "mug");
  assert_class (yolo, 2, 1, "cardboard box");
  g_assert_cmpuint (yolo->classes->len, ==, 2);
  g_assert_cmpint (yolo->class_of_category[1], ==, DIO_EXPORT_CLASS_NONE);
}

static void
test_yaml (void)
{
  assert_loads ("data.yaml", "names: [mug, cardboard box, 'it''s']\n", 0, 1, 3);
  assert_loads ("data.yaml", "names: ['mug' , \"cardboard box\",]\nnc: 2\n", 0, 1, 2);
  assert_loads (
      "data.yml",
      "path: ../x # names: [no]\ntrain: a\nnames:\n- chair\n- mug  # ours\n- cardboard box\nval: b",
      1, 2, 3);
  assert_loads (
      "data.yaml",
      "# head\n\nnames:\n  0: person\n  # between\n  7: cardboard box\n\n  3: \"mug\"\nnc: 8\n", 3,
      7, 3);
  assert_loads ("data.yaml", "names:\r\n  - mug\r\n  - cardboard box\r\n", 0, 1, 2);
  assert_loads ("data.yaml", "names: {0: mug,\n  1: cardboard box, # c\n  2: a#b}\n", 0, 1, 3);
  assert_loads ("data.yaml", "names: [\n  mug,\n  cardboard box\n]\n", 0, 1, 2);
  assert_loads ("data.yaml", "train:\n  - names\n  - other\nnames:\n  0: mug\n  1: cardboard box\n",
                0, 1, 2);
  assert_loads ("data.yaml", "\xef\xbb\xbfnames: [mug, cardboard box]", 0, 1, 2);
  assert_loads (
      "data.yaml",
      "names:\n  0: \"\\u006dug\"\n  1: cardboard box\n  2: \"\\ud83d\\ude00 \\\"q\\\"\"\n", 0, 1,
      3);
}

static void
test_coco (void)
{
  assert_loads ("instances.json",
                "{\"images\": [], \"categories\": [{\"id\": 47, \"name\": \"mug\", "
                "\"supercategory\": \"kitchen\"},"
                " {\"id\": 3, \"name\": \"cardboard box\"}, {\"id\": 1, \"name\": \"person\"}]}",
                47, 3, 3);
  assert_loads ("categories.json",
                "[{\"id\": 1, \"name\": \"mug\"}, {\"id\": 2, \"name\": \"cardboard box\"}]", 1, 2,
                2);
}

static void
test_csv (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioExportClasses) both = load (
      "map.csv",
      "our,theirs_name,theirs_id\n# cups\nmug,cup,41\nbox_1,cup,41\nspare,\"a, \"\"b\"\"\",5\n",
      &error);
  g_assert_no_error (error);
  assert_class (both, 0, 41, "cup");
  assert_class (both, 2, 41, "cup");
  g_assert_cmpuint (both->classes->len, ==, 2);
  g_assert_cmpstr (dio_export_classes_get (both, 0)->name, ==, "a, \"b\"");

  g_autoptr (DioExportClasses) dropping =
      load ("map.csv", "mug,drop\r\ncardboard box, box ,0\r\n", &error);
  g_assert_no_error (error);
  g_assert_cmpint (dropping->class_of_category[0], ==, DIO_EXPORT_CLASS_DROP);
  assert_class (dropping, 2, 0, "box");

  g_autoptr (DioExportClasses) named = load ("map.CSV", "mug,drop,3\nbox_1,drop,\n", &error);
  g_assert_no_error (error);
  assert_class (named, 0, 3, "drop");
  g_assert_cmpint (named->class_of_category[2], ==, DIO_EXPORT_CLASS_DROP);
}

/** A file that must be refused, and what the message must hold. */
typedef struct {
  const char *name, *text, *message;
} Fault;

static const Fault faults[] = {
  { "m.yaml", "nc: 3\n", "no “names”" },
  { "m.yaml", "", "no “names”" },
  { "m.yaml", "names:\n", "no “names”" },
  { "m.yaml", "names: mug\n", "m.yaml:1: " },
  { "m.yaml", "nc: 2\nnames: [mug\n", "m.yaml:3: a comma or a closing bracket" },
  { "m.yaml", "names: [mug] x\n", "m.yaml:1: text stands" },
  { "m.yaml", "names:\n  - mug\n  - mug\n", "m.yaml:3: class “mug” has two ids" },
  { "m.yaml", "names:\n  0: mug\n  0: box\n", "m.yaml:3: id 0 is given to two" },
  { "m.yaml", "names:\n  0: mug\n  0: mug\n", "m.yaml:3: a class stands here a second time" },
  { "m.yaml", "names:\n  a: mug\n", "m.yaml:2: the ids of names" },
  { "m.yaml", "names:\n  -1: mug\n", "m.yaml:2: the ids of names" },
  { "m.yaml", "names:\n  0 mug\n", "m.yaml:2: " },
  { "m.yaml", "names:\n  0: mug\n    1: box\n", "m.yaml:3: the names are not indented alike" },
  { "m.yaml", "names:\n  0: 'mug\n", "m.yaml:2: a quote is not closed" },
  { "m.yaml", "names:\n  0: 'mug' x\n", "m.yaml:2: text stands behind a name" },
  { "m.yaml", "names:\n  0: \"\\x6d\"\n", "m.yaml:2: an escape" },
  { "m.yaml", "names:\n  0: \"\\ud83d\"\n", "m.yaml:2: an escape" },
  { "m.yaml", "names:\n  0: *a\n", "m.yaml:2: this kind of YAML" },
  { "m.yaml", "names:\n  0: |\n   mug\n", "m.yaml:2: this kind of YAML" },
  { "m.yaml", "names:\n  0: ''\n", "m.yaml:2: a name is empty" },
  { "m.yaml", "names:\n  0: mug: x\n", "m.yaml:2: text stands behind a name" },
  { "m.yaml", "names:\n  0:\tmug\n", "m.yaml:2: " },
  { "m.yaml", "names: [mug]\nnc: 1\nnames: [mug]\n",
    "m.yaml:3: “names” stands here a second time" },
  { "m.yaml", "names: [mug, box]\n", "category “cardboard box” of the scenario has no class" },
  { "m.json", "{\"categories\": [{\"id\": 1, \"name\": \"mug\"}]}", "category “cardboard box”" },
  { "m.json", "{\"images\": []}", "no list “categories”" },
  { "m.json", "{\"categories\": [{\"id\": \"1\", \"name\": \"mug\"}]}", "categories/0: " },
  { "m.json", "[{\"id\": 1, \"name\": \"a\"}, {\"id\": 1, \"name\": \"b\"}]",
    "categories/1: id 1" },
  { "m.json", "[{\"id\": 1, \"name\": \"a\"}, {\"id\": 1, \"name\": \"a\"}]",
    "categories/1: class “a”" },
  { "m.json", "[{\"id\": -1, \"name\": \"a\"}]", "categories/0: " },
  { "m.csv", "mug,cup,41\n", "category “cardboard box”" },
  { "m.csv", "mug,cup,41\n\nmug,cup,41\n", "m.csv:3: “mug” stands in two lines" },
  { "m.csv", "mug\n", "m.csv:1: a line must read" },
  { "m.csv", "mug,cup,41,5\n", "m.csv:1: a line must read" },
  { "m.csv", ",cup,41\n", "m.csv:1: a line must read" },
  { "m.csv", "mug,cup\n", "m.csv:1: the id of “cup”" },
  { "m.csv", "mug,cup,4x\n", "m.csv:1: the id of “cup”" },
  { "m.csv", "mug,\"cup,41\n", "m.csv:1: a line must read" },
  { "m.csv", "mug,cup,41\nbox_1,can,41\n", "m.csv:2: id 41 is given to two classes" },
  { "m.csv", "mug,cup,41\nbox_1,cup,42\n", "m.csv:2: class “cup” has two ids" },
  { "m.csv", "mug,c\xffp,41\n", "not UTF-8" },
  { "m.txt", "mug,cup,41\n", "must be a .yaml" },
};

static void
test_faults (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (DioExportClasses) classes = load (faults[i].name, faults[i].text, &error);
    g_assert_null (classes);
    g_test_message ("%s", error->message);
    g_assert_cmpint (error->domain, ==, DIO_ERROR);
    g_assert_nonnull (strstr (error->message, faults[i].message));
  }
}

static void
test_missing (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioScenario) scenario = make_scenario ();

  g_assert_null (dio_export_classes_load ("no/such/map.csv", scenario, FALSE, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND);
}

/* Damage of every kind to a good file gives a map or a message, never a crash or an endless loop. */
static void
test_hostile (void)
{
  static const char good[] =
      "a: b\nnames: # c\n  0: \"m\\u0075g\"\n  1: 'cardboard box'\n  2: x y\n";
  static const char flow[] = "names: {0: mug, 1: cardboard box, 2: \"\\ud83d\\ude00\"}\n";
  static const char bytes[] = "\"'[]{}:,#-\\ \n\t\r0aé";
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);
  guint loaded = 0;

  for (int round = 0; round < 1500; round++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *text = g_strdup (round % 2 ? good : flow);
    for (int k = g_rand_int_range (rand, 1, 4); k > 0; k--)
      text[g_rand_int_range (rand, 0, (int) strlen (text))] =
          bytes[g_rand_int_range (rand, 0, (int) sizeof bytes - 1)];
    g_autoptr (DioExportClasses) classes = load (round % 5 ? "m.yaml" : "m.csv", text, &error);
    g_assert_true ((classes != NULL) == (error == NULL));
    loaded += classes != NULL;
  }
  g_test_message ("%u of 1500 damaged files still load", loaded);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/export/class-map/defaults", test_defaults);
  g_test_add_func ("/export/class-map/yaml", test_yaml);
  g_test_add_func ("/export/class-map/coco", test_coco);
  g_test_add_func ("/export/class-map/csv", test_csv);
  g_test_add_func ("/export/class-map/faults", test_faults);
  g_test_add_func ("/export/class-map/missing", test_missing);
  g_test_add_func ("/export/class-map/hostile", test_hostile);
  return g_test_run ();
}
