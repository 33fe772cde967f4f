/* What each type of randomizer does to a node, against its definition. */

#include "randomize-fixture.h"

#include "dio-core-math.h"
#include "dio-image-color.h"
#include "dio-scene-property.h"

#include <math.h>

#define NEAR(a, b, tolerance) g_assert_cmpfloat (fabs ((a) - (b)), <=, tolerance)
#define TURN "{'kind': 'uniform', 'min': 0, 'max': 6.283185307179586}"

static DioVec3
origin_of (const DioResolved *resolved, const char *id)
{
  const double *m = fixture_find (resolved, id, 0)->world_from_node.m;
  return (DioVec3){ m[12], m[13], m[14] };
}

static void
test_position_box (void)
{
  g_autoptr (DioScenario) scenario = fixture_scenario (
      SCENARIO ("{'id': 'a', 'type': 'position-box', 'targets': ['cup_1'], 'min': [-1, 2, 0.5],"
                " 'max': [1, 2.5, 0.5]},"
                "{'id': 'b', 'type': 'position-box', 'targets': ['chest_1'], 'min': [-1, 2, 0.5],"
                " 'max': [1, 2.5, 0.5], 'frame': 'world'}"));
  DioVec3 mean = { 0, 0, 0 };
  enum { N = 400 };
  for (guint32 i = 0; i < N; i++) {
    g_autoptr (DioResolved) resolved = fixture_resolve (scenario, 5, i);
    for (guint k = 0; k < 2; k++) {
      /* The chest hangs on a turned, scaled and moved group, yet lies in the box of the world. */
      DioVec3 p = origin_of (resolved, k == 0 ? "cup_1" : "chest_1");
      g_assert_cmpfloat (fabs (p.x), <=, 1 + 1e-12);
      g_assert_cmpfloat (fabs (p.y - 2.25), <=, 0.25 + 1e-12);
      NEAR (p.z, 0.5, 1e-12);
    }
    mean = dio_vec3_add (mean, dio_vec3_scale (origin_of (resolved, "cup_1"), 1.0 / N));
  }
  NEAR (mean.x, 0, 4 * 2 / sqrt (12.0 * N));
  NEAR (mean.y, 2.25, 4 * 0.5 / sqrt (12.0 * N));
}

static void
test_position_plane (void)
{
  g_autoptr (DioScenario) scenario = fixture_scenario (
      SCENARIO ("{'id': 'a', 'type': 'position-plane', 'targets': ['cup_1'], 'center': [1, 1, 3],"
                " 'size_x_m': 2, 'size_y_m': 0.5, 'yaw_rad': 0.3}"));
  double far_x = 0, far_y = 0;
  for (guint32 i = 0; i < 300; i++) {
    g_autoptr (DioResolved) resolved = fixture_resolve (scenario, 5, i);
    DioVec3 p = dio_vec3_sub (origin_of (resolved, "cup_1"), dio_vec3 (1, 1, 3));
    double x = p.x * cos (0.3) + p.y * sin (0.3), y = p.y * cos (0.3) - p.x * sin (0.3);
    far_x = fmax (far_x, fabs (x));
    far_y = fmax (far_y, fabs (y));
    g_assert_cmpfloat (p.z, ==, 0);
  }
  g_assert_true (far_x <= 1 && far_x > 0.97);
  g_assert_true (far_y <= 0.25 && far_y > 0.24);
}

static void
test_position_ring_and_shell (void)
{
  g_autoptr (DioScenario) scenario = fixture_scenario (
      SCENARIO ("{'id': 'a', 'type': 'position-ring', 'targets': ['cup_1'], 'center': [1, 0, 0],"
                " 'radius_m': {'kind': 'uniform', 'min': 2, 'max': 3}, 'height_m': 0.5},"
                "{'id': 'b', 'type': 'position-shell', 'targets': ['cup_2'], 'center': [0, 0, 1],"
                " 'radius_m': 2},"
                "{'id': 'c', 'type': 'position-shell', 'targets': ['table'], 'center': [0, 0, 0],"
                " 'radius_m': 1, 'azimuth_rad': 0, 'elevation_rad': 0.5}"));
  DioVec3 mean = { 0, 0, 0 };
  double square_z = 0;
  enum { N = 600 };
  for (guint32 i = 0; i < N; i++) {
    g_autoptr (DioResolved) resolved = fixture_resolve (scenario, 5, i);
    DioVec3 ring = origin_of (resolved, "cup_1");
    double radius = hypot (ring.x - 1, ring.y);
    g_assert_true (radius >= 2 - 1e-12 && radius <= 3 + 1e-12);
    NEAR (ring.z, 0.5, 0);
    DioVec3 shell = dio_vec3_sub (origin_of (resolved, "cup_2"), dio_vec3 (0, 0, 1));
    NEAR (dio_vec3_length (shell), 2, 1e-12);
    mean = dio_vec3_add (mean, dio_vec3_scale (shell, 1.0 / N));
    square_z += shell.z * shell.z / N;
    DioVec3 fixed = origin_of (resolved, "table");
    NEAR (fixed.x, cos (0.5), 1e-14);
    NEAR (fixed.z, sin (0.5), 1e-14);
  }
  /* Even over the sphere: means 0, and z^2 averages a third of the square radius. */
  g_assert_cmpfloat (dio_vec3_length (mean), <, 4 * 2 / sqrt ((double) N));
  NEAR (square_z, 4.0 / 3, 0.2);
}

/* Even over SO(3): the mean of a rotated vector is 0, its second moments are a third, and the angle of rotation
 * has the density (1 - cos a) / pi, whose cumulative is (a - sin a) / pi. */
static void
test_rotation_uniform (void)
{
  g_autoptr (DioScenario) scenario =
      fixture_scenario (SCENARIO ("{'id': 'a', 'type': 'rotation-uniform', 'targets': ['cup_1']}"));
  enum { N = 4000, BINS = 10 };
  guint counts[BINS] = { 0 };
  double first[3] = { 0 }, second[3][3] = { { 0 } };
  for (guint32 i = 0; i < N; i++) {
    g_autoptr (DioResolved) resolved = fixture_resolve (scenario, 5, i);
    DioQuat q = fixture_find (resolved, "cup_1", 0)->node->parent_from_node.q_wxyz;
    NEAR (q.w * q.w + q.x * q.x + q.y * q.y + q.z * q.z, 1, 1e-14);
    DioVec3 v = dio_quat_rotate (q, dio_vec3 (0.6, 0, 0.8));
    double e[3] = { v.x, v.y, v.z };
    for (guint r = 0; r < 3; r++) {
      first[r] += e[r] / N;
      for (guint c = 0; c < 3; c++)
        second[r][c] += e[r] * e[c] / N;
    }
    double angle = 2 * acos (fmin (fabs (q.w), 1));
    double cumulative = (angle - sin (angle)) / G_PI;
    counts[MIN ((guint) (cumulative * BINS), BINS - 1)]++;
  }
  double chi_square = 0;
  for (guint k = 0; k < BINS; k++)
    chi_square += pow (counts[k] - (double) N / BINS, 2) / ((double) N / BINS);
  g_test_message ("chi-square of the angle %.2f", chi_square);
  g_assert_cmpfloat (chi_square, <, 27.9);
  for (guint r = 0; r < 3; r++) {
    NEAR (first[r], 0, 4 / sqrt (3.0 * N));
    for (guint c = 0; c < 3; c++)
      NEAR (second[r][c], r == c ? 1.0 / 3 : 0, 4 * 0.3 / sqrt ((double) N));
  }
}

static void
test_rotation_and_scale (void)
{
  g_autoptr (DioScenario) scenario = fixture_scenario (
      SCENARIO ("{'id': 'a', 'type': 'rotation-yaw', 'targets': ['room', 'cup_1'], 'yaw_rad': 0.4},"
                "{'id': 'b', 'type': 'rotation-euler', 'targets': ['cup_2'], 'yaw_rad': 0.1,"
                " 'pitch_rad': 0.2, 'roll_rad': 0.3},"
                "{'id': 'c', 'type': 'scale', 'targets': ['cup_2'], 'factor': 2}"));
  g_autoptr (DioResolved) resolved = fixture_resolve (scenario, 5, 0);
  DioQuat yaw = dio_quat_from_axis_angle (dio_vec3 (0, 0, 1), 0.4);
  DioQuat expected = dio_quat_multiply (yaw, (DioQuat){ 0.8, 0, 0, 0.6 });
  DioQuat q = fixture_find (resolved, "room", 0)->node->parent_from_node.q_wxyz;
  NEAR (q.w, expected.w, 1e-15);
  NEAR (q.z, expected.z, 1e-15);
  const DioTrs *cup = &fixture_find (resolved, "cup_2", 0)->node->parent_from_node;
  DioQuat euler = dio_quat_from_yaw_pitch_roll (0.1, 0.2, 0.3);
  NEAR (cup->q_wxyz.x, euler.x, 1e-15);
  NEAR (cup->q_wxyz.y, euler.y, 1e-15);
  g_assert_cmpfloat (cup->scale.x, ==, 3);
  g_assert_cmpfloat (cup->scale.z, ==, 3);
  /* The world transform of what hangs below follows. */
  DioMat4 room = fixture_find (resolved, "room", 0)->world_from_node;
  DioMat4 chest = fixture_find (resolved, "chest_1", 0)->world_from_node;
  g_assert_cmpmem (&room, sizeof room, &chest, sizeof chest);
}

static void
test_material (void)
{
  g_autoptr (DioScenario) scenario = fixture_scenario (SCENARIO (
      "{'id': 'a', 'type': 'material-color', 'targets': ['cup_1'], 'hue': 0.3333333333333333,"
      " 'saturation': 1, 'value': 0.5},"
      "{'id': 'b', 'type': 'material-property', 'targets': ['cup_1'], 'slot': 'glaze',"
      " 'property': 'roughness', 'value': {'kind': 'uniform', 'min': 0.2, 'max': 0.4}},"
      "{'id': 'c', 'type': 'texture-choice', 'targets': ['cup_1'],"
      " 'textures': ['oak', 'pine', 'procedural:wood']}"));
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint32 i = 0; i < 60; i++) {
    g_autoptr (DioResolved) resolved = fixture_resolve (scenario, 5, i);
    const DioNode *cup = fixture_find (resolved, "cup_1", 0)->node;
    DioPropertyValue value;
    g_assert_true (dio_node_get_property (cup, "material/base_color", &value, NULL));
    NEAR (value.number[0], 0, 1e-9);
    NEAR (value.number[1], dio_linear_from_srgb (0.5), 1e-9);
    g_assert_cmpfloat (value.number[3], ==, 1);
    g_assert_true (dio_node_get_property (cup, "materials/glaze/roughness", &value, NULL));
    g_assert_true (value.number[0] >= 0.2 && value.number[0] <= 0.4);
    g_assert_true (dio_node_get_property (cup, "material/base_color_texture", &value, NULL));
    g_hash_table_add (seen, (gpointer) g_intern_string (value.string));
    const DioDraw *draw = fixture_draw (resolved, "c", "cup_1", 0);
    g_assert_cmpstr (draw->string, ==, value.string);
    g_assert_cmpuint (draw->n_numbers, ==, 0);
  }
  g_assert_cmpuint (g_hash_table_size (seen), ==, 3);
}

static void
test_property_and_choice (void)
{
  g_autoptr (DioScenario) scenario = fixture_scenario (SCENARIO (
      "{'id': 'a', 'type': 'property', 'targets': ['camera'],"
      " 'property': 'sensor/exposure_ev100', 'value': {'kind': 'normal', 'mean': 9, 'stddev': 1}},"
      "{'id': 'b', 'type': 'asset-choice', 'targets': ['cup_1'], 'assets': ['chest', 'cup']},"
      "{'id': 'c', 'type': 'property', 'targets': ['cup_1'], 'property': 'material/alpha_mode',"
      " 'value': {'kind': 'choice', 'values': ['mask', 'blend']}},"
      "{'id': 'd', 'type': 'visibility', 'targets': ['cup_2'], 'probability': 0.25}"));
  guint chests = 0, blends = 0, shown = 0;
  enum { N = 200 };
  for (guint32 i = 0; i < N; i++) {
    g_autoptr (DioResolved) resolved = fixture_resolve (scenario, 5, i);
    const DioNode *cup = fixture_find (resolved, "cup_1", 0)->node;
    chests += g_str_equal (cup->model.asset, "chest") ? 1 : 0;
    DioPropertyValue value;
    g_assert_true (dio_node_get_property (cup, "material/alpha_mode", &value, NULL));
    blends += value.number[0] == DIO_ALPHA_BLEND ? 1 : 0;
    g_assert_true (value.number[0] >= DIO_ALPHA_MASK);
    shown += fixture_find (resolved, "cup_2", 0)->visible ? 1 : 0;
    double exposure = fixture_find (resolved, "camera", 0)->node->sensor.exposure_ev100;
    g_assert_cmpfloat (exposure, ==, fixture_draw (resolved, "a", "camera", 0)->numbers[0]);
  }
  NEAR (chests, N * 0.5, 4 * sqrt (N * 0.25));
  NEAR (blends, N * 0.5, 4 * sqrt (N * 0.25));
  NEAR (shown, N * 0.25, 4 * sqrt (N * 0.1875));
}

/* A draw beyond a property's range is moved to its edge and said. */
static void
test_clamped (void)
{
  g_autoptr (DioScenario) scenario =
      fixture_scenario (SCENARIO ("{'id': 'a', 'type': 'property', 'targets': ['cup_1'],"
                                  " 'property': 'material/roughness', 'value': 1.5}"));
  g_autoptr (DioResolved) resolved = fixture_resolve (scenario, 5, 0);
  DioPropertyValue value;
  const DioNode *cup = fixture_find (resolved, "cup_1", 0)->node;
  g_assert_true (dio_node_get_property (cup, "material/roughness", &value, NULL));
  g_assert_cmpfloat (value.number[0], ==, 1);
  g_assert_nonnull (dio_diagnostics_find (resolved->diagnostics, "clamped"));
}

/* The light shines along its -Z, so its +Z looks where the light comes from. */
static void
test_light (void)
{
  g_autoptr (DioScenario) scenario = fixture_scenario (SCENARIO (
      "{'id': 'a', 'type': 'light-direction', 'targets': ['sun'], 'azimuth_rad': " TURN ","
      " 'elevation_rad': {'kind': 'uniform', 'min': 0.2, 'max': 1.2}},"
      "{'id': 'b', 'type': 'light-intensity', 'targets': ['sun'], 'intensity':"
      " {'kind': 'log-uniform', 'min': 100, 'max': 10000}},"
      "{'id': 'c', 'type': 'light-temperature', 'targets': ['sun'], 'temperature_k':"
      " {'kind': 'uniform', 'min': 3000, 'max': 6000}},"
      "{'id': 'd', 'type': 'environment-choice', 'targets': ['dome'],"
      " 'environments': ['sky_a', 'sky_b']},"
      "{'id': 'e', 'type': 'environment-rotation', 'targets': ['dome']}"));
  guint second = 0;
  for (guint32 i = 0; i < 64; i++) {
    g_autoptr (DioResolved) resolved = fixture_resolve (scenario, 5, i);
    const DioResolvedNode *sun = fixture_find (resolved, "sun", 0);
    const DioDraw *draw = fixture_draw (resolved, "a", "sun", 0);
    DioVec3 z = dio_mat4_transform_vector (&sun->world_from_node, dio_vec3 (0, 0, 1));
    NEAR (z.x, cos (draw->numbers[1]) * cos (draw->numbers[0]), 1e-12);
    NEAR (z.y, cos (draw->numbers[1]) * sin (draw->numbers[0]), 1e-12);
    NEAR (z.z, sin (draw->numbers[1]), 1e-12);
    g_assert_true (sun->node->light.intensity >= 100 && sun->node->light.intensity <= 10000);
    g_assert_true (sun->node->light.temperature_k >= 3000
                   && sun->node->light.temperature_k <= 6000);
    const DioNode *dome = fixture_find (resolved, "dome", 0)->node;
    second += g_str_equal (dome->light.environment, "sky_b") ? 1 : 0;
    double yaw = fixture_draw (resolved, "e", "dome", 0)->numbers[0];
    NEAR (dome->parent_from_node.q_wxyz.z, sin (yaw / 2), 1e-12);
  }
  g_assert_true (second > 16 && second < 48);
}

/* A sky carries its sun as two angles. */
static void
test_sky (void)
{
  g_autoptr (DioScenario) scenario = fixture_scenario (
      "{'format': 'diorama-scenario', 'version': 1, 'nodes': ["
      "{'id': 'air', 'kind': 'light', 'light': {'kind': 'sky'}}], 'randomizers': ["
      "{'id': 'a', 'type': 'light-direction', 'targets': ['air'],"
      " 'azimuth_rad': {'kind': 'uniform', 'min': -20, 'max': 20},"
      " 'elevation_rad': {'kind': 'uniform', 'min': 0, 'max': 1.5}}]}");
  for (guint32 i = 0; i < 32; i++) {
    g_autoptr (DioResolved) resolved = fixture_resolve (scenario, 5, i);
    const DioDraw *draw = fixture_draw (resolved, "a", "air", 0);
    const DioLightProps *sky = &fixture_find (resolved, "air", 0)->node->light;
    g_assert_true (sky->sun_azimuth_rad >= 0 && sky->sun_azimuth_rad <= 2 * G_PI);
    NEAR (cos (sky->sun_azimuth_rad), cos (draw->numbers[0]), 1e-12);
    NEAR (sin (sky->sun_azimuth_rad), sin (draw->numbers[0]), 1e-12);
    g_assert_cmpfloat (sky->sun_elevation_rad, ==, draw->numbers[1]);
    g_assert_cmpuint (dio_diagnostics_get_count (resolved->diagnostics), ==, 0);
  }
}

static void
test_camera (void)
{
  g_autoptr (DioScenario) scenario = fixture_scenario (SCENARIO (
      "{'id': 'a', 'type': 'camera-look-at', 'targets': ['camera', 'camera_2'],"
      " 'target': 'table', 'radius_m': {'kind': 'uniform', 'min': 1, 'max': 2},"
      " 'azimuth_rad': {'kind': 'uniform', 'min': 0, 'max': 1.5},"
      " 'elevation_rad': {'kind': 'uniform', 'min': 0.1, 'max': 1.2}},"
      "{'id': 'b', 'type': 'camera-look-at', 'targets': ['camera_2'], 'look_at': [0, 0, 0.375],"
      " 'radius_m': 2, 'elevation_rad': 0.5, 'jitter_m': 0.1,"
      " 'roll_rad': {'kind': 'uniform', 'min': -0.5, 'max': 0.5},"
      " 'focal_length_mm': {'kind': 'uniform', 'min': 20, 'max': 50}}"));
  const DioVec3 aim = { 0, 0, 0.375 }; /* the middle of the table's box */
  for (guint32 i = 0; i < 64; i++) {
    g_autoptr (DioResolved) resolved = fixture_resolve (scenario, 5, i);
    const DioResolvedNode *camera = fixture_find (resolved, "camera", 0);
    const DioMat4 *m = &camera->world_from_node;
    DioVec3 eye = dio_mat4_transform_point (m, dio_vec3 (0, 0, 0));
    DioVec3 to_aim = dio_vec3_sub (aim, eye);
    double distance = dio_vec3_length (to_aim);
    g_assert_true (distance >= 1 - 1e-12 && distance <= 2 + 1e-12);
    DioVec3 forward = dio_mat4_transform_vector (m, dio_vec3 (0, 0, -1));
    NEAR (dio_vec3_dot (forward, to_aim), distance, 1e-12);
    /* Level: the camera's x has no height, its y points up. */
    NEAR (dio_mat4_transform_vector (m, dio_vec3 (1, 0, 0)).z, 0, 1e-12);
    g_assert_cmpfloat (dio_mat4_transform_vector (m, dio_vec3 (0, 1, 0)).z, >, 0);

    /* The second hangs on a turned, scaled group and is rolled; its aim is moved by up to 0.1 m. */
    const DioResolvedNode *other = fixture_find (resolved, "camera_2", 0);
    DioMat4 w = other->world_from_node;
    DioVec3 eye_2 = dio_mat4_transform_point (&w, dio_vec3 (0, 0, 0));
    NEAR (dio_vec3_length (dio_vec3_sub (eye_2, aim)), 2, 1e-12);
    DioVec3 axis = dio_vec3_normalize (dio_mat4_transform_vector (&w, dio_vec3 (0, 0, -1)));
    DioVec3 off = dio_vec3_cross (axis, dio_vec3_sub (aim, eye_2));
    g_assert_cmpfloat (dio_vec3_length (off), <, 0.1 * sqrt (3));
    double focal = other->node->sensor.focal_length_mm;
    g_assert_true (focal >= 20 && focal <= 50);
    DioVec3 right = dio_vec3_normalize (dio_mat4_transform_vector (&w, dio_vec3 (1, 0, 0)));
    double roll = 0;
    for (guint k = 0; k < resolved->draws->len; k++) {
      const DioDraw *draw = &g_array_index (resolved->draws, DioDraw, k);
      if (g_str_equal (draw->property, "roll"))
        roll = draw->numbers[0];
    }
    /* A positive roll lifts the camera's right side. */
    NEAR (right.z, sin (roll) * hypot (axis.x, axis.y), 1e-9);
  }
}

/* Without a radius the camera turns to its aim where an earlier randomizer has put it. */
static void
test_camera_that_stays (void)
{
  g_autoptr (DioScenario) scenario = fixture_scenario (SCENARIO (
      "{'id': 'a', 'type': 'position-box', 'targets': ['camera_2'], 'min': [-3, -2, 1],"
      " 'max': [-2, 2, 1.5], 'frame': 'world'},"
      "{'id': 'b', 'type': 'camera-look-at', 'targets': ['camera_2'], 'look_at': [0, 0, 0.375]}"));
  for (guint32 i = 0; i < 32; i++) {
    g_autoptr (DioResolved) resolved = fixture_resolve (scenario, 5, i);
    DioMat4 m = fixture_find (resolved, "camera_2", 0)->world_from_node;
    DioVec3 eye = dio_mat4_transform_point (&m, dio_vec3 (0, 0, 0));
    g_assert_true (eye.x >= -3 - 1e-12 && eye.x <= -2 + 1e-12 && eye.z >= 1 - 1e-12);
    DioVec3 to_aim = dio_vec3_normalize (dio_vec3_sub (dio_vec3 (0, 0, 0.375), eye));
    DioVec3 forward = dio_vec3_normalize (dio_mat4_transform_vector (&m, dio_vec3 (0, 0, -1)));
    NEAR (dio_vec3_dot (forward, to_aim), 1, 1e-12);
  }
}

/* One draw for all targets, where that is asked for; each its own, where it is not. */
static void
test_together (void)
{
  g_autoptr (DioScenario) scenario = fixture_scenario (
      SCENARIO ("{'id': 'a', 'type': 'material-property', 'targets': ['cup_1', 'chest_1'],"
                " 'property': 'roughness', 'value': {'kind': 'uniform', 'min': 0, 'max': 1},"
                " 'together': true},"
                "{'id': 'b', 'type': 'material-property', 'targets': ['cup_1', 'chest_1'],"
                " 'property': 'metallic', 'value': {'kind': 'uniform', 'min': 0, 'max': 1}}"));
  double before = -1;
  for (guint32 i = 0; i < 16; i++) {
    g_autoptr (DioResolved) resolved = fixture_resolve (scenario, 5, i);
    double drawn[4] = { 0 };
    g_assert_cmpuint (resolved->draws->len, ==, 4);
    for (guint k = 0; k < 4; k++)
      drawn[k] = g_array_index (resolved->draws, DioDraw, k).numbers[0];
    g_assert_cmpfloat (drawn[0], ==, drawn[1]);
    g_assert_cmpfloat (drawn[0], !=, before);
    g_assert_cmpfloat (drawn[2], !=, drawn[3]);
    before = drawn[0];
  }
}

static void
assert_fails (const char *randomizer, const char *words)
{
  g_autofree char *text =
      g_strconcat ("{'format': 'diorama-scenario', 'version': 1, " FIXTURE_ASSETS FIXTURE_NODES
                   ", 'randomizers': [",
                   randomizer, "]}", NULL);
  g_autoptr (json_t) json = fixture_json (text);
  g_autoptr (GError) error = NULL;
  /* What the document's own checks find need not reach resolve. */
  g_autoptr (DioScenario) scenario = dio_scenario_from_json (json, NULL, &error);
  if (scenario != NULL) {
    g_autoptr (DioResolved) resolved =
        dio_resolve (scenario, 1, 0, 0, &fixture_environment, &error);
    g_assert_null (resolved);
  }
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_assert_true (error->domain == DIO_ERROR);
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_faults (void)
{
  assert_fails ("{'id': 'a', 'type': 'property', 'targets': ['cup_1'], 'property': 'nothing',"
                " 'value': 1}",
                "nothing");
  assert_fails ("{'id': 'a', 'type': 'property', 'targets': ['cup_1'], 'property': 'layer',"
                " 'value': 1}",
                "layer");
  assert_fails ("{'id': 'a', 'type': 'property', 'targets': ['camera'],"
                " 'property': 'sensor/exposure_ev100',"
                " 'value': {'kind': 'choice', 'values': ['x']}}",
                "sensor/exposure_ev100");
  assert_fails ("{'id': 'a', 'type': 'asset-choice', 'targets': ['cup_1'], 'assets': ['ghost']}",
                "ghost");
  assert_fails ("{'id': 'a', 'type': 'light-intensity', 'targets': ['cup_1'], 'intensity': 1}",
                "cup_1");
  assert_fails ("{'id': 'a', 'type': 'rotation-yaw', 'targets': ['ghost'], 'yaw_rad': 1}", "ghost");
  assert_fails ("{'id': 'a', 'type': 'scatter', 'targets': ['cup_1'], 'surface': 'ghost'}",
                "ghost");
  assert_fails ("{'id': 'a', 'type': 'camera-look-at', 'targets': ['camera'], 'target': 'ghost',"
                " 'radius_m': 1}",
                "ghost");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/randomize/types/position-box", test_position_box);
  g_test_add_func ("/randomize/types/position-plane", test_position_plane);
  g_test_add_func ("/randomize/types/position-ring-and-shell", test_position_ring_and_shell);
  g_test_add_func ("/randomize/types/rotation-uniform", test_rotation_uniform);
  g_test_add_func ("/randomize/types/rotation-and-scale", test_rotation_and_scale);
  g_test_add_func ("/randomize/types/material", test_material);
  g_test_add_func ("/randomize/types/property-and-choice", test_property_and_choice);
  g_test_add_func ("/randomize/types/clamped", test_clamped);
  g_test_add_func ("/randomize/types/light", test_light);
  g_test_add_func ("/randomize/types/sky", test_sky);
  g_test_add_func ("/randomize/types/camera", test_camera);
  g_test_add_func ("/randomize/types/camera-that-stays", test_camera_that_stays);
  g_test_add_func ("/randomize/types/together", test_together);
  g_test_add_func ("/randomize/types/faults", test_faults);
  return g_test_run ();
}
