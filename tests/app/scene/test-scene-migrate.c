/* Documents of earlier versions. */

#include "scene-fixture.h"

#include <math.h>

static const char version_0[] = "{\"format\": \"diorama-scenario\", \"version\": 0,"
                                " \"taxonomy\": {\"categories\": [{\"id\": \"mug\", \"kind\": "
                                "\"thing\"}, {\"id\": \"sky\", \"kind\": \"stuff\"}],"
                                "  \"background\": \"sky\"},"
                                " \"nodes\": [{\"id\": \"cam\", \"kind\": \"sensor\", \"sensor\": "
                                "{\"width\": 640, \"height\": 480, \"fov_deg\": 90}},"
                                "  {\"id\": \"g\", \"kind\": \"group\", \"category\": \"mug\"}]}";

static void
test_version_0 (void)
{
  g_autoptr (json_t) json = fixture_parse (version_0);
  g_autofree char *before = dio_json_to_line (json);
  g_autoptr (GError) error = NULL;
  g_autoptr (DioScenario) s = dio_scenario_from_json (json, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (s->categories->len, ==, 2);
  g_assert_cmpstr (s->background_category, ==, "sky");
  /* 90 degrees: the focal length is half the sensor's width. */
  const DioSensorProps *sensor = &dio_scenario_find_node (s, "cam")->sensor;
  g_assert_cmpfloat_with_epsilon (sensor->focal_length_mm / sensor->sensor_width_mm, 0.5, 1e-12);
  g_autoptr (json_t) written = dio_scenario_to_json (s);
  g_assert_cmpint (json_integer_value (json_object_get (written, "version")), ==, 1);
  g_assert_null (json_object_get (written, "taxonomy"));
  /* The caller's document is left alone. */
  g_autofree char *after = dio_json_to_line (json);
  g_assert_cmpstr (before, ==, after);
}

static void
test_old_keys_in_new_version (void)
{
  g_autoptr (json_t) json = fixture_parse (version_0);
  json_object_set_new (json, "version", json_integer (1));
  fixture_expect_fault (json, "unknown-key", "/taxonomy", NULL);
  fixture_expect_fault (json, "unknown-key", "/nodes/0/sensor/fov_deg", NULL);
}

static void
test_odd_old_documents (void)
{
  /* A step leaves alone what it does not understand, so that the validator names it. */
  const struct {
    const char *pointer, *value, *object;
  } cases[] = {
    { "/taxonomy", "7", "/taxonomy" },
    { "/taxonomy/colours", "[]", "/taxonomy" },
    { "/categories", "[]", "/taxonomy" },
    { "/taxonomy/categories", "7", "/categories" },
    { "/nodes/0/sensor/fov_deg", "180", "/nodes/0/sensor/fov_deg" },
    { "/nodes/0/sensor/fov_deg", "-1", "/nodes/0/sensor/fov_deg" },
    { "/nodes/0/sensor/fov_deg", "\"wide\"", "/nodes/0/sensor/fov_deg" },
    { "/nodes/0/sensor", "[]", "/nodes/0/sensor" },
    { "/nodes/0", "null", "/nodes/0" },
    { "/nodes", "{\"sensor\": {}}", "/nodes" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (json_t) json = fixture_parse (version_0);
    g_autofree char *wrapped = g_strdup_printf ("[%s]", cases[i].value);
    g_autoptr (json_t) list = fixture_parse (wrapped);
    fixture_set (json, cases[i].pointer, json_incref (json_array_get (list, 0)));
    g_autoptr (DioDiagnostics) found = dio_diagnostics_new ();
    g_assert_null (dio_scenario_from_json (json, found, NULL));
    gboolean named = FALSE;
    for (guint k = 0; k < dio_diagnostics_get_count (found); k++)
      named = named || strcmp (dio_diagnostics_get (found, k)->object, cases[i].object) == 0;
    if (!named)
      g_error ("no fault at %s for case %u", cases[i].object, i);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/migrate/version-0", test_version_0);
  g_test_add_func ("/scene/migrate/old-keys-in-new-version", test_old_keys_in_new_version);
  g_test_add_func ("/scene/migrate/odd-old-documents", test_odd_old_documents);
  return g_test_run ();
}
