/* Reading, checking, writing and describing randomizers by their table. */

#include "dio-base-json.h"
#include "dio-scene-distribution.h"
#include "dio-scene-randomizer.h"

#include <glib/gstdio.h>

#include <string.h>

static json_t *
parse (const char *text)
{
  g_autofree char *quoted = g_strdup (text);
  g_strdelimit (quoted, "'", '"');
  g_autoptr (GError) error = NULL;
  json_t *json = dio_json_parse (quoted, strlen (quoted), "test", &error);
  g_assert_no_error (error);
  return json;
}

static DioRandomizer *
read_good (const char *text)
{
  g_autoptr (json_t) json = parse (text);
  g_autoptr (DioDiagnostics) found = dio_diagnostics_new ();
  DioRandomizer *randomizer = dio_randomizer_from_json (json, "/randomizers/0", found);
  for (guint i = 0; i < dio_diagnostics_get_count (found); i++)
    g_test_message ("%s: %s", dio_diagnostics_get (found, i)->object,
                    dio_diagnostics_get (found, i)->message);
  g_assert_cmpuint (dio_diagnostics_get_count (found), ==, 0);
  g_assert_nonnull (randomizer);
  return randomizer;
}

/* One example of every type, with every parameter that it takes. */
static const char *const examples[] = {
  "{'id': 'r', 'type': 'position-box', 'targets': ['n'], 'min': [0, 0, 0], 'max': [1, 1, 1],"
  " 'frame': 'world', 'hold': 25, 'each': 'step', 'even': 20}",
  "{'id': 'r', 'type': 'position-plane', 'targets': ['n'], 'center': [0, 0, 1], 'size_x_m': 2,"
  " 'size_y_m': 1, 'yaw_rad': 0.5, 'frame': 'parent', 'hold': 1, 'each': 'step', 'even': 20}",
  "{'id': 'r', 'type': 'position-ring', 'targets': ['n'], 'center': [0, 0, 1], 'radius_m': 1,"
  " 'angle_rad': {'kind': 'uniform', 'min': 0, 'max': 1}, 'height_m': 0, 'frame': 'world',"
  " 'hold': 1, 'each': 'step', 'even': 20}",
  "{'id': 'r', 'type': 'position-shell', 'targets': ['n'], 'center': [0, 0, 1], 'radius_m': 1,"
  " 'elevation_rad': 0.5, 'azimuth_rad': 1, 'frame': 'world', 'hold': 1, 'each': 'step', 'even': "
  "20}",
  "{'id': 'r', 'type': 'scatter', 'targets': ['n', 'm'], 'surface': 's', 'size_x_m': 1,"
  " 'size_y_m': 1, 'count': {'kind': 'integer', 'min': 0, 'max': 3}, 'spacing_m': 0.01,"
  " 'yaw_rad': 0, 'tries': 32, 'hold': 1, 'each': 'step'}",
  "{'id': 'r', 'type': 'scatter', 'targets': ['n'], 'center': [0, 0, 0], 'size_x_m': 1,"
  " 'size_y_m': 1}",
  "{'id': 'r', 'type': 'count', 'targets': ['n'], 'count': 2, 'hold': 1, 'each': 'step', 'even': "
  "20}",
  "{'id': 'r', 'type': 'rotation-yaw', 'targets': ['n'], 'yaw_rad': 1, 'hold': 1, 'each': 'step', "
  "'even': 20}",
  "{'id': 'r', 'type': 'rotation-uniform', 'targets': ['n'], 'hold': 1, 'each': 'step', 'even': "
  "20}",
  "{'id': 'r', 'type': 'rotation-euler', 'targets': ['n'], 'yaw_rad': 1, 'pitch_rad': 1,"
  " 'roll_rad': 1, 'hold': 1, 'each': 'step', 'even': 20}",
  "{'id': 'r', 'type': 'scale', 'targets': ['n'], 'factor': 1.5, 'hold': 1, 'each': 'step', "
  "'even': 20}",
  "{'id': 'r', 'type': 'visibility', 'targets': ['n'], 'probability': 0.5, 'hold': 1, 'each': "
  "'step', 'even': 20,"
  " 'together': true}",
  "{'id': 'r', 'type': 'property', 'targets': ['n'], 'property': 'visible',"
  " 'value': {'kind': 'boolean', 'probability': 0.5}, 'hold': 1, 'each': 'step', 'even': 20, "
  "'together': true}",
  "{'id': 'r', 'type': 'asset-choice', 'targets': ['n'], 'assets': ['a', 'b'], 'hold': 1, 'each': "
  "'step', 'even': "
  "20}",
  "{'id': 'r', 'type': 'asset-choice', 'targets': ['n'],"
  " 'values': {'kind': 'choice', 'values': ['a', 'parametric:mug'], 'weights': [1, 2]},"
  " 'together': true}",
  "{'id': 'r', 'type': 'model-parameter', 'targets': ['n'], 'parameter': 'height_m',"
  " 'value': {'kind': 'normal', 'mean': 0.1, 'stddev': 0.01, 'min': 0.05, 'max': 0.2}, 'hold': 1, "
  "'each': 'step', "
  "'even': 20, 'together': true}",
  "{'id': 'r', 'type': 'material-color', 'targets': ['n'], 'slot': '*', 'hue': 0.5,"
  " 'saturation': 0.5, 'value': 0.5, 'hold': 1, 'each': 'step', 'even': 20, 'together': true}",
  "{'id': 'r', 'type': 'material-property', 'targets': ['n'], 'slot': 'glaze',"
  " 'property': 'roughness', 'value': 0.5, 'hold': 1, 'each': 'step', 'even': 20, 'together': "
  "false}",
  "{'id': 'r', 'type': 'texture-choice', 'targets': ['n'], 'slot': '*', 'channel': 'base_color',"
  " 'textures': ['a', 'procedural:wood', ''], 'hold': 1, 'each': 'step', 'even': 20, 'together': "
  "true}",
  "{'id': 'r', 'type': 'light-direction', 'targets': ['n'], 'azimuth_rad': 1,"
  " 'elevation_rad': 0.5, 'hold': 1, 'each': 'step', 'even': 20}",
  "{'id': 'r', 'type': 'light-intensity', 'targets': ['n'], 'intensity':"
  " {'kind': 'log-uniform', 'min': 10, 'max': 1000}, 'hold': 1, 'each': 'step', 'even': 20}",
  "{'id': 'r', 'type': 'light-temperature', 'targets': ['n'], 'temperature_k': 5000, 'hold': 1, "
  "'each': 'step', "
  "'even': 20}",
  "{'id': 'r', 'type': 'environment-choice', 'targets': ['n'], 'environments': ['a'], 'hold': 1, "
  "'each': 'step', "
  "'even': 20}",
  "{'id': 'r', 'type': 'asset-choice', 'targets': ['n'], 'folder': 'models/cars'}",
  "{'id': 'r', 'type': 'asset-choice', 'targets': ['n'], 'tag': 'car'}",
  "{'id': 'r', 'type': 'texture-choice', 'targets': ['n'], 'folder': 'walls'}",
  "{'id': 'r', 'type': 'texture-choice', 'targets': ['n'], 'tag': 'wall'}",
  "{'id': 'r', 'type': 'environment-choice', 'targets': ['n'], 'folder': 'skies'}",
  "{'id': 'r', 'type': 'environment-choice', 'targets': ['n'], 'tag': 'day'}",
  "{'id': 'r', 'type': 'background-choice', 'targets': ['n'], 'pictures': ['a', ''], 'hold': 2, "
  "'each': 'step', "
  "'even': 4}",
  "{'id': 'r', 'type': 'background-choice', 'targets': ['n'], 'folder': 'photos'}",
  "{'id': 'r', 'type': 'background-choice', 'targets': ['n'], 'tag': 'outdoors', 'even': 4}",
  "{'id': 'r', 'type': 'table-column', 'targets': ['n'], 'property': 'translation', 'file': "
  "'a.csv',"
  " 'columns': ['x', 'y', 'z'], 'at_end': 'stop', 'hold': 2, 'each': 'step'}",
  "{'id': 'r', 'type': 'table-column', 'targets': ['n'], 'property': 'category',"
  " 'rows': ['a', 'b', 'b'], 'at_end': 'repeat'}",
  "{'id': 'r', 'type': 'environment-rotation', 'targets': ['n'], 'yaw_rad': 1, 'hold': 1, 'each': "
  "'step', 'even': "
  "20}",
  "{'id': 'r', 'type': 'motion-path', 'targets': ['n'], 'keys': ["
  "{'time_s': 0, 'position': [0, 0, 0], 'rotation': [1, 0, 0, 0]},"
  " {'time_s': 1.5, 'position': [1, 2, 3], 'rotation': [0.6, 0, 0, 0.8]}],"
  " 'smooth': true, 'repeat': true, 'face_along': false, 'frame': 'world'}",
  "{'id': 'r', 'type': 'motion-path', 'targets': ['n'], 'keys': ["
  "{'time_s': 0, 'position': [0, 0, 0]}]}",
  "{'id': 'r', 'type': 'motion-drive', 'targets': ['n'], 'speed_m_s': 2, 'heading_rad': 0.5,"
  " 'turn_rate_rad_s': {'kind': 'uniform', 'min': -1, 'max': 1}, 'climb_m_s': 0.1, 'hold': 2,"
  " 'even': 20}",
  "{'id': 'r', 'type': 'motion-waypoints', 'targets': ['n'], 'min': [0, 0, 0], 'max': [1, 1, 1],"
  " 'waypoints': 3, 'speed_m_s': 1, 'smooth': true, 'repeat': false, 'face_along': true,"
  " 'frame': 'world', 'hold': 2, 'even': 20}",
  "{'id': 'r', 'type': 'camera-look-at', 'targets': ['n'], 'target': 'm', 'radius_m': 1,"
  " 'azimuth_rad': 0, 'elevation_rad': 0.5, 'jitter_m': 0.1, 'roll_rad': 0,"
  " 'focal_length_mm': 35, 'hold': 1, 'each': 'step', 'even': 20}",
  "{'id': 'r', 'type': 'camera-look-at', 'targets': ['n'], 'look_at': [0, 0, 0], 'radius_m': 1}",
  "{'id': 'r', 'type': 'show-one', 'targets': ['n', 'm'], 'weights': [1, 2.5],"
  " 'probability': 0.25, 'hold': 1, 'each': 'step', 'even': 20}",
  "{'id': 'r', 'type': 'occlude', 'targets': ['n', 'm'], 'sensor': 'c', 'hidden': 't',"
  " 'visibility': [{'min': 0.9, 'max': 1, 'weight': 40}, {'min': 0.1, 'max': 0.9, 'weight': 60}],"
  " 'weights': [3, 1], 'along': 0.5, 'offset': {'kind': 'uniform', 'min': -1, 'max': 1},"
  " 'yaw_rad': 0, 'grounded': false, 'others': 'keep', 'attempts': 40, 'hold': 1, 'each': 'step', "
  "'even': 20}",
  "{'id': 'r', 'type': 'constraint', 'targets': ['n'], 'sensor': 'c', 'min_visibility': 0.1,"
  " 'max_visibility': 0.9, 'min_width_px': 10, 'max_width_px': 100, 'redraw': ['x'],"
  " 'attempts': 8}",
};

/* @json with every number as a real: 1 and 1.0 mean the same. */
static json_t *
with_reals (const json_t *json)
{
  if (json_is_number (json))
    return json_real (json_number_value (json));
  if (json_is_array (json)) {
    json_t *array = json_array ();
    for (gsize i = 0; i < json_array_size (json); i++)
      json_array_append_new (array, with_reals (json_array_get (json, i)));
    return array;
  }
  if (!json_is_object (json))
    return json_deep_copy (json);
  json_t *object = json_object ();
  const char *key;
  json_t *value;
  json_object_foreach ((json_t *) json, key, value)
    json_object_set_new (object, key, with_reals (value));
  return object;
}

/* What is read, written and read again is the same, and every type and parameter has been there. */
static void
test_round_trip (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (examples); i++) {
    g_autoptr (DioRandomizer) randomizer = read_good (examples[i]);
    g_autoptr (json_t) json = parse (examples[i]);
    g_autoptr (json_t) written = dio_randomizer_to_json (randomizer);
    g_autoptr (json_t) expected = with_reals (json);
    g_autoptr (json_t) found = with_reals (written);
    g_autofree char *expected_line = dio_json_to_line (expected);
    g_autofree char *found_line = dio_json_to_line (found);
    g_assert_cmpstr (found_line, ==, expected_line);
    for (guint k = 0; k < randomizer->params->len; k++) {
      const DioRandomizerParam *param = g_ptr_array_index (randomizer->params, k);
      g_hash_table_add (seen, g_strconcat (randomizer->type, "/", param->name, NULL));
    }
  }
  guint n, n_params = 0;
  const DioRandomizerInfo *table = dio_randomizer_get_table (&n);
  for (guint i = 0; i < n; i++)
    for (const DioParamInfo *param = table[i].params; param->name != NULL; param++) {
      g_autofree char *key = g_strconcat (table[i].type, "/", param->name, NULL);
      if (!g_hash_table_contains (seen, key))
        g_test_message ("no example has %s", key);
      g_assert_true (g_hash_table_contains (seen, key));
      n_params++;
    }
  g_assert_cmpuint (n_params, ==, g_hash_table_size (seen));
}

static void
test_common_keys (void)
{
  g_autoptr (DioRandomizer) randomizer =
      read_good ("{'id': 'r', 'type': 'rotation-uniform', 'targets': ['n', 'm'], 'name': 'Any way',"
                 " 'enabled': false}");
  g_assert_cmpstr (randomizer->id, ==, "r");
  g_assert_cmpstr (randomizer->name, ==, "Any way");
  g_assert_false (randomizer->enabled);
  g_assert_cmpuint (g_strv_length (randomizer->targets), ==, 2);
  g_autoptr (json_t) written = dio_randomizer_to_json (randomizer);
  g_assert_true (json_is_false (json_object_get (written, "enabled")));
  /* What has its default is left out. */
  g_autoptr (DioRandomizer) plain = read_good (
      "{'id': 'r', 'type': 'rotation-uniform', 'targets': ['n'], 'enabled': true, 'name': ''}");
  g_autoptr (json_t) short_form = dio_randomizer_to_json (plain);
  g_assert_cmpuint (json_object_size (short_form), ==, 3);
}

static void
test_getters (void)
{
  g_autoptr (DioRandomizer) randomizer = read_good (
      "{'id': 'r', 'type': 'scatter', 'targets': ['n'], 'center': [1, 2, 3], 'size_x_m': 4,"
      " 'size_y_m': 1, 'tries': 7, 'yaw_rad': {'kind': 'uniform', 'min': 0, 'max': 2}}");
  g_assert_cmpfloat (dio_randomizer_get_number (randomizer, "size_x_m", 0), ==, 4);
  g_assert_cmpfloat (dio_randomizer_get_number (randomizer, "spacing_m", 0.5), ==, 0.5);
  g_assert_cmpuint (dio_randomizer_get_integer (randomizer, "tries", 64), ==, 7);
  g_assert_cmpuint (dio_randomizer_get_integer (randomizer, "hold", 1), ==, 1);
  DioVec3 center = dio_randomizer_get_vec3 (randomizer, "center", (DioVec3){ 0, 0, 0 });
  g_assert_cmpfloat (center.z, ==, 3);
  const DioDistribution *yaw = dio_randomizer_get_distribution (randomizer, "yaw_rad");
  g_assert_cmpfloat (yaw->max, ==, 2);
  g_assert_null (dio_randomizer_get_distribution (randomizer, "count"));
  g_assert_cmpstr (dio_randomizer_get_string (randomizer, "surface", "none"), ==, "none");
  g_assert_null (dio_randomizer_get_strings (randomizer, "surface"));
  /* A getter of the wrong type falls back. */
  g_assert_cmpfloat (dio_randomizer_get_number (randomizer, "center", -1), ==, -1);
  g_assert_null (dio_randomizer_get_distribution (randomizer, "center"));
}

#define OCCLUDE                                                                                    \
  "{'id': 'r', 'type': 'occlude', 'targets': ['n'], 'sensor': 'c', 'hidden': 't', 'visibility': "

static const struct {
  const char *text, *code, *object;
} faults[] = {
  { "{'id': 'r', 'type': 'motion-path', 'targets': ['n'], 'keys': []}", "wrong-type", "/r/keys" },
  { "{'id': 'r', 'type': 'motion-path', 'targets': ['n'], 'keys': [7]}", "wrong-type",
    "/r/keys/0" },
  { "{'id': 'r', 'type': 'motion-path', 'targets': ['n'], 'keys': [{'time_s': -1, 'position': [0, "
    "0, 0]}]}",
    "out-of-range", "/r/keys/0" },
  { "{'id': 'r', 'type': 'motion-path', 'targets': ['n'], 'keys': [{'time_s': 0, 'position': [0, "
    "0]}]}",
    "out-of-range", "/r/keys/0" },
  { "{'id': 'r', 'type': 'motion-path', 'targets': ['n'], 'keys': [{'time_s': 0, 'position': [0, "
    "0, 0], 'yaw': 1}]}",
    "unknown-key", "/r/keys/0/yaw" },
  { "{'id': 'r', 'type': 'motion-path', 'targets': ['n'], 'keys': [{'time_s': 0, 'position': [0, "
    "0, 0], 'rotation': [1, 0, 0, 1]}]}",
    "out-of-range", "/r/keys/0" },
  { "{'id': 'r', 'type': 'motion-path', 'targets': ['n'], 'keys': [{'time_s': 1, 'position': [0, "
    "0, 0]}, {'time_s': 1, 'position': [0, 0, 0]}]}",
    "contradiction", "/r/keys/1" },
  { "{'id': 'r', 'type': 'motion-path', 'targets': ['n'], 'keys': [{'time_s': 1, 'position': [0, "
    "0, 0]}, {'time_s': 2, 'position': [0, 0, 0], 'rotation': [1, 0, 0, 0]}]}",
    "contradiction", "/r/keys/1" },
  { "{'id': 'r', 'type': 'motion-waypoints', 'targets': ['n'], 'min': [0, 0, 0], 'max': [1, 1, 1],"
    " 'waypoints': 2, 'speed_m_s': 0}",
    "out-of-range", "/r/speed_m_s" },
  { "{'id': 'r', 'type': 'rotation-uniform', 'targets': ['n'], 'each': 'frame'}", "unknown-value",
    "/r" },
  { "[1]", "wrong-type", "/r" },
  { "{'id': 'r', 'targets': ['n']}", "missing", "/r/type" },
  { "{'id': 'r', 'type': 'magic', 'targets': ['n']}", "unknown-value", "/r/type" },
  { "{'type': 'rotation-uniform', 'targets': ['n']}", "missing", "/r/id" },
  { "{'id': 7, 'type': 'rotation-uniform', 'targets': ['n']}", "wrong-type", "/r/id" },
  { "{'id': 'r', 'type': 'rotation-uniform'}", "missing", "/r/targets" },
  { "{'id': 'r', 'type': 'rotation-uniform', 'targets': []}", "missing", "/r/targets" },
  { "{'id': 'r', 'type': 'rotation-uniform', 'targets': ['n', 3]}", "wrong-type", "/r/targets/1" },
  { "{'id': 'r', 'type': 'rotation-uniform', 'targets': ['n', 'n']}", "duplicate", "/r/targets/1" },
  { "{'id': 'r', 'type': 'rotation-uniform', 'targets': 'n'}", "wrong-type", "/r/targets" },
  { "{'id': 'r', 'type': 'rotation-uniform', 'targets': ['n'], 'yaw_rad': 1}", "unknown-key",
    "/r/yaw_rad" },
  { "{'id': 'r', 'type': 'rotation-uniform', 'targets': ['n'], 'enabled': 1}", "wrong-type",
    "/r/enabled" },
  { "{'id': 'r', 'type': 'rotation-uniform', 'targets': ['n'], 'hold': 0}", "out-of-range",
    "/r/hold" },
  { "{'id': 'r', 'type': 'rotation-uniform', 'targets': ['n'], 'hold': 1.5}", "wrong-type",
    "/r/hold" },
  { "{'id': 'r', 'type': 'rotation-uniform', 'targets': ['n'], 'even': 0}", "out-of-range",
    "/r/even" },
  { "{'id': 'r', 'type': 'count', 'targets': ['n'], 'count': 1, 'even': 1000001}", "out-of-range",
    "/r/even" },
  { "{'id': 'r', 'type': 'camera-look-at', 'targets': ['n'], 'target': 'm', 'elevation_rad': 1}",
    "missing", "/r" },
  { "{'id': 'r', 'type': 'scatter', 'targets': ['n'], 'surface': 's', 'even': 20}", "unknown-key",
    "/r/even" },
  { "{'id': 'r', 'type': 'rotation-yaw', 'targets': ['n']}", "missing", "/r" },
  { "{'id': 'r', 'type': 'scale', 'targets': ['n'], 'factor': 0}", "out-of-range", "/r/factor" },
  { "{'id': 'r', 'type': 'scale', 'targets': ['n'], 'factor': {'kind': 'normal', 'mean': 1,"
    " 'stddev': 0.1}}",
    "out-of-range", "/r/factor" },
  { "{'id': 'r', 'type': 'visibility', 'targets': ['n'], 'probability': 2}", "out-of-range",
    "/r/probability" },
  { "{'id': 'r', 'type': 'position-box', 'targets': ['n'], 'min': [0, 0], 'max': [1, 1, 1]}",
    "wrong-type", "/r/min" },
  { "{'id': 'r', 'type': 'position-box', 'targets': ['n'], 'min': [0, 'x', 0],"
    " 'max': [1, 1, 1]}",
    "wrong-type", "/r/min/1" },
  { "{'id': 'r', 'type': 'position-box', 'targets': ['n'], 'min': [0, 2, 0], 'max': [1, 1, 1]}",
    "out-of-range", "/r" },
  { "{'id': 'r', 'type': 'position-box', 'targets': ['n'], 'min': [0, 0, 0], 'max': [1, 1, 1],"
    " 'frame': 'moon'}",
    "unknown-value", "/r" },
  { "{'id': 'r', 'type': 'scatter', 'targets': ['n']}", "missing", "/r" },
  { "{'id': 'r', 'type': 'scatter', 'targets': ['n'], 'surface': 's', 'center': [0, 0, 0],"
    " 'size_x_m': 1, 'size_y_m': 1}",
    "missing", "/r" },
  { "{'id': 'r', 'type': 'scatter', 'targets': ['n'], 'center': [0, 0, 0], 'size_x_m': 1}",
    "missing", "/r" },
  { "{'id': 'r', 'type': 'asset-choice', 'targets': ['n'], 'values': 3}", "wrong-type", "/r" },
  { "{'id': 'r', 'type': 'texture-choice', 'targets': ['n'], 'textures': []}", "wrong-type",
    "/r/textures" },
  { "{'id': 'r', 'type': 'show-one', 'targets': ['n', 'm'], 'weights': [1]}", "contradiction",
    "/r" },
  { "{'id': 'r', 'type': 'show-one', 'targets': ['n', 'm'], 'weights': [0, 0]}", "out-of-range",
    "/r/weights" },
  { "{'id': 'r', 'type': 'show-one', 'targets': ['n'], 'weights': [-1]}", "out-of-range",
    "/r/weights/0" },
  { "{'id': 'r', 'type': 'show-one', 'targets': ['n'], 'weights': 3}", "wrong-type", "/r/weights" },
  { OCCLUDE "[]}", "wrong-type", "/r/visibility" },
  { OCCLUDE "[{'min': 0.1}]}", "out-of-range", "/r/visibility/0" },
  { OCCLUDE "[{'min': 0.1, 'max': 1.5}]}", "out-of-range", "/r/visibility/0" },
  { OCCLUDE "[{'min': 0.5, 'max': 0.4}]}", "contradiction", "/r/visibility/0" },
  { OCCLUDE "[{'min': 0.1, 'max': 0.4, 'share': 1}]}", "unknown-key", "/r/visibility/0/share" },
  { OCCLUDE "[{'min': 0.1, 'max': 0.4, 'weight': 0}]}", "out-of-range", "/r/visibility" },
  { OCCLUDE "[{'min': 0.1, 'max': 0.4}], 'others': 'drop'}", "unknown-value", "/r" },
  { "{'id': 'r', 'type': 'light-intensity', 'targets': ['n'], 'intensity': 'bright'}", NULL,
    "/r/intensity" },
};

/* A target takes its weight along. */
static void
test_weights_follow_targets (void)
{
  g_autoptr (json_t) json =
      parse ("{'id': 'r', 'type': 'show-one', 'targets': ['a', 'b', 'c'], 'weights': [1, 2, 3]}");
  dio_randomizer_json_remove_target (json, 1);
  dio_randomizer_json_add_target (json, "d");
  g_autoptr (json_t) wanted =
      parse ("{'id': 'r', 'type': 'show-one', 'targets': ['a', 'c', 'd'], 'weights': [1, 3, 1.0]}");
  g_assert_true (json_equal (json, wanted));
}

/* Each fault is found at its JSON path, and nothing else is. */
static void
test_faults (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++) {
    g_autoptr (json_t) json = parse (faults[i].text);
    g_autoptr (DioDiagnostics) found = dio_diagnostics_new ();
    g_autoptr (DioRandomizer) randomizer = dio_randomizer_from_json (json, "/r", found);
    g_assert_cmpuint (dio_diagnostics_get_count (found), >=, 1);
    const DioDiagnostic *first = dio_diagnostics_get (found, 0);
    g_test_message ("%s [%s] %s", first->object, first->code, first->message);
    g_assert_cmpstr (first->object, ==, faults[i].object);
    if (faults[i].code != NULL)
      g_assert_cmpstr (first->code, ==, faults[i].code);
    g_assert_cmpint (first->severity, ==, DIO_SEVERITY_ERROR);
  }
}

static void
test_table (void)
{
  guint n;
  const DioRandomizerInfo *table = dio_randomizer_get_table (&n);
  g_assert_cmpuint (n, ==, 31);
  for (guint i = 0; i < n; i++) {
    g_assert_true (dio_randomizer_find_info (table[i].type) == &table[i]);
    g_assert_cmpuint (table[i].min_targets, >=, 1);
    g_assert_cmpuint (table[i].target_kinds, !=, 0);
    g_assert_true (strlen (table[i].label) > 0 && g_str_has_suffix (table[i].help, "."));
    for (const DioParamInfo *param = table[i].params; param->name != NULL; param++)
      g_assert_cmpuint (strlen (param->help), >, 10);
  }
  g_assert_null (dio_randomizer_find_info ("position"));
}

/* The schema has an alternative for every type, which names exactly the keys that the reader takes. */
static void
test_schema (void)
{
  g_autoptr (json_t) schema = dio_randomizer_to_schema ();
  const json_t *types = json_object_get (schema, "oneOf");
  guint n;
  const DioRandomizerInfo *table = dio_randomizer_get_table (&n);
  g_assert_cmpuint (json_array_size (types), ==, n);
  for (guint i = 0; i < n; i++) {
    const json_t *type = json_array_get (types, i);
    const json_t *properties = json_object_get (type, "properties");
    guint expected = 5;
    for (const DioParamInfo *param = table[i].params; param->name != NULL; param++) {
      g_assert_nonnull (json_object_get (properties, param->name));
      expected++;
    }
    g_assert_cmpuint (json_object_size (properties), ==, expected);
    g_assert_true (json_is_false (json_object_get (type, "additionalProperties")));
  }
}

/* Python's jsonschema and the reader agree about every example and about most faults. */
static void
test_schema_agrees (void)
{
  g_autoptr (json_t) schema = dio_randomizer_to_schema ();
  g_autoptr (json_t) good = json_array ();
  g_autoptr (json_t) bad = json_array ();
  for (guint i = 0; i < G_N_ELEMENTS (examples); i++)
    json_array_append_new (good, parse (examples[i]));
  /* Order of bounds and of keys, lengths of rotations, sizes beside a center, angles without a radius, names of choices and
   * ranges of distributions are the reader's alone. */
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    if (strstr (faults[i].text, "[0, 2, 0]") == NULL && strstr (faults[i].text, "moon") == NULL
        && strstr (faults[i].text, "'size_x_m': 1}") == NULL
        && strstr (faults[i].text, "'elevation_rad': 1}") == NULL
        && strstr (faults[i].text, "factor") == NULL
        && strstr (faults[i].text, "'values': 3") == NULL
        && strstr (faults[i].text, "'weights': [1]}") == NULL
        && strstr (faults[i].text, "'weights': [0, 0]}") == NULL
        && strstr (faults[i].text, "'max': 0.4") == NULL
        && strstr (faults[i].text, "'time_s': 1,") == NULL
        && strstr (faults[i].text, "[1, 0, 0, 1]") == NULL
        && strstr (faults[i].text, "'speed_m_s': 0}") == NULL
        && strstr (faults[i].text, "'each': 'frame'") == NULL)
      json_array_append_new (bad, parse (faults[i].text));
  g_autoptr (json_t) all = json_pack ("{s:O,s:O,s:O}", "schema", schema, "good", good, "bad", bad);
  g_autofree char *text = dio_json_to_line (all);
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("dio-XXXXXX", &error);
  g_assert_no_error (error);
  g_autofree char *input = g_build_filename (folder, "all.json", NULL);
  g_assert_true (g_file_set_contents (input, text, -1, &error));
  const char *script = "import json, sys\n"
                       "from jsonschema import Draft202012Validator as V\n"
                       "d = json.load(open(sys.argv[1]))\n"
                       "V.check_schema(d['schema'])\n"
                       "v = V(d['schema'])\n"
                       "wrong = [x for x in d['good'] if not v.is_valid(x)]\n"
                       "wrong += [x for x in d['bad'] if v.is_valid(x)]\n"
                       "print(len(d['good']), len(d['bad']), wrong)\n"
                       "sys.exit(1 if wrong else 0)\n";
  const char *argv[] = { "/usr/bin/python3", "-c", script, input, NULL };
  g_autofree char *output = NULL;
  int status = 0;
  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output,
                               NULL, &status, &error));
  g_test_message ("%s", output);
  g_assert_true (g_spawn_check_wait_status (status, &error));
  g_unlink (input);
  g_rmdir (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/randomizer/table", test_table);
  g_test_add_func ("/scene/randomizer/round-trip", test_round_trip);
  g_test_add_func ("/scene/randomizer/common-keys", test_common_keys);
  g_test_add_func ("/scene/randomizer/getters", test_getters);
  g_test_add_func ("/scene/randomizer/weights-follow-targets", test_weights_follow_targets);
  g_test_add_func ("/scene/randomizer/faults", test_faults);
  g_test_add_func ("/scene/randomizer/schema", test_schema);
  g_test_add_func ("/scene/randomizer/schema-agrees", test_schema_agrees);
  return g_test_run ();
}
