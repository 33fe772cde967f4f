/* Ranges that go along with the hand, by closed forms. */

#include "dio-core-math.h"
#include "dio-core-vec.h"
#include "dio-edit-shift.h"
#include "dio-scene-randomizer.h"
#include "edit-fixture.h"

static const DioVec3 zero = { 0, 0, 0 };

static void
expect_vec3 (const DioScenario *scenario, const char *id, const char *key, DioVec3 wanted)
{
  const DioRandomizer *randomizer = dio_scenario_find_randomizer (scenario, id);
  DioVec3 found = dio_randomizer_get_vec3 (randomizer, key, zero);
  g_assert_cmpfloat (dio_vec3_length (dio_vec3_sub (found, wanted)), <, 1e-12);
}

/* Takes @scenario. */
static DioScenario *
with (DioScenario *scenario, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) json = dio_json_parse (text, strlen (text), "randomizer", &error);
  g_assert_no_error (error);
  DioScenario *next = dio_scenario_with_randomizer (scenario, json, &error);
  g_assert_no_error (error);
  dio_scenario_unref (scenario);
  return next;
}

static DioScenario *
shift (DioScenario *scenario, const char *node, const DioEditShift *by)
{
  g_autoptr (GError) error = NULL;
  DioScenario *next = dio_edit_shift_drawn (scenario, node, by, &error);
  g_assert_no_error (error);
  fixture_check (next);
  return next;
}

static void
test_places (void)
{
  g_autoptr (DioScenario) scenario = fixture_new ();
  const DioEditShift by = { .path = "translation", .offset_m = { 2, 4, 6 }, .factor = 1 };
  g_autoptr (DioScenario) box = shift (scenario, "chair_1", &by);
  expect_vec3 (box, "place", "min", dio_vec3 (1, 6, 6));
  expect_vec3 (box, "place", "max", dio_vec3 (3, 8, 6));
  expect_vec3 (scenario, "place", "min", dio_vec3 (-1, 2, 0));
  /* The mug's parent is turned by 90 degrees about z and twice as large. */
  scenario = with (g_steal_pointer (&scenario),
                   "{\"id\":\"ring\",\"type\":\"position-ring\",\"targets\":[\"mug_1\"],"
                   "\"center\":[1,1,1],\"radius_m\":0.5}");
  g_autoptr (DioScenario) ring = shift (scenario, "mug_1", &by);
  expect_vec3 (ring, "ring", "center", dio_vec3 (1 + 2, 1 - 1, 1 + 3));
  scenario = with (g_steal_pointer (&scenario),
                   "{\"id\":\"ring\",\"type\":\"position-plane\",\"targets\":[\"mug_1\"],"
                   "\"center\":[1,1,1],\"size_x_m\":1,\"size_y_m\":2,\"frame\":\"world\"}");
  g_autoptr (DioScenario) plane = shift (scenario, "mug_1", &by);
  expect_vec3 (plane, "ring", "center", dio_vec3 (3, 5, 7));
}

static double
get_member (const DioScenario *scenario, const char *id, const char *key, const char *member)
{
  g_autoptr (json_t) json = dio_randomizer_to_json (dio_scenario_find_randomizer (scenario, id));
  const json_t *value = json_object_get (json, key);
  return json_number_value (member != NULL ? json_object_get (value, member) : value);
}

static void
test_distributions (void)
{
  g_autoptr (DioScenario) scenario = fixture_new ();
  const DioEditShift turn = { .path = "rotation", .amount = 0.25, .factor = 1 };
  const DioEditShift grow = { .path = "scale", .factor = 3 };
  g_autoptr (DioScenario) turned = shift (scenario, "mug_1", &turn);
  g_assert_cmpfloat (get_member (turned, "turn", "yaw_rad", "min"), ==, 0.25);
  g_assert_cmpfloat (get_member (turned, "turn", "yaw_rad", "max"), ==, 1.25);
  scenario = with (g_steal_pointer (&scenario),
                   "{\"id\":\"size\",\"type\":\"scale\",\"targets\":[\"mug_1\"],\"factor\":"
                   "{\"kind\":\"normal\",\"mean\":1,\"stddev\":0.1,\"min\":0.5,\"max\":2}}");
  g_autoptr (DioScenario) grown = shift (scenario, "mug_1", &grow);
  g_assert_cmpfloat_with_epsilon (get_member (grown, "size", "factor", "mean"), 3, 1e-12);
  g_assert_cmpfloat_with_epsilon (get_member (grown, "size", "factor", "stddev"), 0.3, 1e-12);
  g_assert_cmpfloat_with_epsilon (get_member (grown, "size", "factor", "max"), 6, 1e-12);
  scenario = with (g_steal_pointer (&scenario),
                   "{\"id\":\"size\",\"type\":\"scale\",\"targets\":[\"mug_1\"],\"factor\":2}");
  g_autoptr (DioScenario) constant = shift (scenario, "mug_1", &grow);
  g_assert_cmpfloat (get_member (constant, "size", "factor", NULL), ==, 6);
}

/* One number of a node, whole where it must be; names have no range. */
static void
test_numbers (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioScenario) scenario = fixture_new ();
  const DioEditShift taller = { .path = "parameters/height_m", .amount = 0.02, .factor = 1 };
  const DioEditShift upper = { .path = "layer", .amount = 1.7, .factor = 1 };
  const DioEditShift model = { .path = "material/alpha_mode", .amount = 1, .factor = 1 };
  scenario = with (g_steal_pointer (&scenario),
                   "{\"id\":\"tall\",\"type\":\"model-parameter\",\"targets\":[\"mug_1\"],"
                   "\"parameter\":\"height_m\",\"value\":{\"kind\":\"uniform\",\"min\":0.08,"
                   "\"max\":0.1}}");
  g_autoptr (DioScenario) tall = shift (scenario, "mug_1", &taller);
  g_assert_cmpfloat_with_epsilon (get_member (tall, "tall", "value", "min"), 0.1, 1e-12);
  g_assert_cmpfloat_with_epsilon (get_member (tall, "tall", "value", "max"), 0.12, 1e-12);
  scenario = with (g_steal_pointer (&scenario),
                   "{\"id\":\"bulb\",\"type\":\"light-intensity\",\"targets\":[\"sun\"],"
                   "\"intensity\":{\"kind\":\"choice\",\"values\":[100,200]}}");
  const DioEditShift brighter = { .path = "light/intensity", .amount = 50, .factor = 1 };
  g_autoptr (DioScenario) bright = shift (scenario, "sun", &brighter);
  g_autoptr (json_t) json = dio_randomizer_to_json (dio_scenario_find_randomizer (bright, "bulb"));
  const json_t *values = json_object_get (json_object_get (json, "intensity"), "values");
  g_assert_cmpfloat (json_number_value (json_array_get (values, 1)), ==, 250);
  g_assert_null (dio_edit_shift_drawn (scenario, "mug_1", &upper, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  g_clear_error (&error);
  scenario = with (g_steal_pointer (&scenario),
                   "{\"id\":\"names\",\"type\":\"property\",\"targets\":[\"mug_1\"],"
                   "\"property\":\"material/alpha_mode\",\"value\":{\"kind\":\"choice\","
                   "\"values\":[\"opaque\",\"mask\"]}}");
  g_assert_null (dio_edit_shift_drawn (scenario, "mug_1", &model, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
}

static void
test_ends (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioScenario) scenario = fixture_new ();
  const double ends[2] = { 0.5, 2 }, wrong[2] = { 2, 0.5 };
  const DioDistribution *yaw = dio_edit_find_drawn_distribution (scenario, "mug_1", "rotation");
  g_assert_cmpint (yaw->kind, ==, DIO_DISTRIBUTION_UNIFORM);
  g_assert_null (dio_edit_find_drawn_distribution (scenario, "chair_1", "translation"));
  g_autoptr (DioScenario) wide =
      dio_edit_set_drawn_ends (scenario, "mug_1", "rotation", ends, &error);
  g_assert_no_error (error);
  fixture_check (wide);
  g_assert_cmpfloat (get_member (wide, "turn", "yaw_rad", "min"), ==, 0.5);
  g_assert_cmpfloat (get_member (wide, "turn", "yaw_rad", "max"), ==, 2);
  g_assert_null (dio_edit_set_drawn_ends (scenario, "mug_1", "rotation", wrong, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  g_clear_error (&error);
  scenario = with (g_steal_pointer (&scenario),
                   "{\"id\":\"size\",\"type\":\"scale\",\"targets\":[\"mug_1\"],\"factor\":2}");
  g_assert_null (dio_edit_set_drawn_ends (scenario, "mug_1", "scale", ends, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
}

/* No range, no randomizer, one that does not act, a value beyond what is allowed. */
static void
test_refused (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioScenario) scenario = fixture_new ();
  const DioEditShift by = { .path = "translation", .offset_m = { 1, 0, 0 }, .factor = 1 };
  const DioEditShift shrink = { .path = "scale", .factor = 0 };
  g_assert_null (dio_edit_find_drawing (scenario, "mug_1", "translation"));
  g_assert_null (dio_edit_shift_drawn (scenario, "mug_1", &by, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  g_clear_error (&error);
  scenario = with (g_steal_pointer (&scenario),
                   "{\"id\":\"s\",\"type\":\"scatter\",\"targets\":[\"mug_1\"],"
                   "\"surface\":\"chair_1\"}");
  g_assert_nonnull (dio_edit_find_drawing (scenario, "mug_1", "translation"));
  g_assert_null (dio_edit_shift_drawn (scenario, "mug_1", &by, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  g_clear_error (&error);
  scenario = with (g_steal_pointer (&scenario),
                   "{\"id\":\"size\",\"type\":\"scale\",\"targets\":[\"mug_1\"],\"factor\":2}");
  g_assert_null (dio_edit_shift_drawn (scenario, "mug_1", &shrink, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  scenario = with (g_steal_pointer (&scenario),
                   "{\"id\":\"place\",\"type\":\"position-box\",\"targets\":[\"chair_1\"],"
                   "\"min\":[-1,2,0],\"max\":[1,4,0],\"enabled\":false}");
  g_assert_null (dio_edit_find_drawing (scenario, "chair_1", "translation"));
}

/* A box has twelve edges, all at the box; a rectangle four; a scattered object none. */
static void
test_lines (void)
{
  g_autoptr (DioScenario) scenario = fixture_new ();
  DioVec3 lines[DIO_EDIT_MAX_RANGE_LINES][2];
  g_assert_cmpuint (dio_edit_list_range_lines (scenario, "chair_1", lines), ==, 12);
  double length = 0;
  for (guint i = 0; i < 12; i++) {
    length += dio_vec3_length (dio_vec3_sub (lines[i][1], lines[i][0]));
    g_assert_cmpfloat (fabs (fabs (lines[i][0].x) - 1), <, 1e-12);
  }
  g_assert_cmpfloat_with_epsilon (length, 16, 1e-12); /* 2 x 2 x 0 */
  g_assert_cmpuint (dio_edit_list_range_lines (scenario, "mug_1", lines), ==, 0);
  scenario = with (g_steal_pointer (&scenario),
                   "{\"id\":\"p\",\"type\":\"position-plane\",\"targets\":[\"mug_1\"],"
                   "\"center\":[0,0,0],\"size_x_m\":1,\"size_y_m\":2}");
  g_assert_cmpuint (dio_edit_list_range_lines (scenario, "mug_1", lines), ==, 4);
  /* In the world: the group stands at (1, 0, 0), is turned by 90 degrees and twice as large. */
  g_assert_cmpfloat (dio_vec3_length (dio_vec3_sub (lines[0][0], dio_vec3 (3, -1, 0))), <, 1e-12);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/edit/shift/places", test_places);
  g_test_add_func ("/edit/shift/distributions", test_distributions);
  g_test_add_func ("/edit/shift/numbers", test_numbers);
  g_test_add_func ("/edit/shift/ends", test_ends);
  g_test_add_func ("/edit/shift/refused", test_refused);
  g_test_add_func ("/edit/shift/lines", test_lines);
  return g_test_run ();
}
