/* Sequences: what is drawn lasts, what moves is where its closed form says, and any step can be made alone. */

#include "randomize-fixture.h"

#include "dio-core-math.h"

#include <math.h>

#define TIMED(steps, rate, randomizers)                                                            \
  "{'format': 'diorama-scenario', 'version': 1, 'sequence': {'steps': " #steps                     \
  ", 'rate_hz': " #rate "}, " FIXTURE_ASSETS FIXTURE_NODES ", 'randomizers': [" randomizers "]}"
#define VIEWS(steps, randomizers)                                                                  \
  "{'format': 'diorama-scenario', 'version': 1, 'sequence': {'steps': " #steps                     \
  "}, " FIXTURE_ASSETS FIXTURE_NODES ", 'randomizers': [" randomizers "]}"
#define MOVE                                                                                       \
  "{'id': 'move', 'type': 'position-box', 'targets': ['cup_1'], 'min': [0, 0, 0],"                 \
  " 'max': [1, 1, 1]}"
#define COLOR "{'id': 'color', 'type': 'material-color', 'targets': ['cup_1', 'table']}"

static DioVec3
place_of (const DioResolved *resolved, const char *id)
{
  const double *m = fixture_find (resolved, id, 0)->world_from_node.m;
  return (DioVec3){ m[12], m[13], m[14] };
}

/* Where the axis of @id lies in the world, of length 1. */
static DioVec3
axis_of (const DioResolved *resolved, const char *id, DioVec3 axis)
{
  DioVec3 v = dio_mat4_transform_vector (&fixture_find (resolved, id, 0)->world_from_node, axis);
  return dio_vec3_normalize (v);
}

static void
assert_near (DioVec3 a, double x, double y, double z)
{
  if (!(dio_vec3_length (dio_vec3_sub (a, dio_vec3 (x, y, z))) < 1e-12))
    g_test_message ("(%.17g, %.17g, %.17g) is not (%.17g, %.17g, %.17g)", a.x, a.y, a.z, x, y, z);
  g_assert_cmpfloat (dio_vec3_length (dio_vec3_sub (a, dio_vec3 (x, y, z))), <, 1e-12);
}

static void
assert_same (DioVec3 a, DioVec3 b)
{
  assert_near (a, b.x, b.y, b.z);
}

static void
test_steps (void)
{
  g_autoptr (DioScenario) timed = fixture_scenario (TIMED (4, 8, MOVE));
  g_autoptr (DioScenario) views = fixture_scenario (VIEWS (4, MOVE));
  g_autoptr (DioScenario) single = fixture_scenario (SCENARIO (MOVE));
  DioSequenceStep step = dio_scenario_find_step (timed, 11);
  g_assert_true (step.in_sequence);
  g_assert_cmpuint (step.sequence, ==, 2);
  g_assert_cmpuint (step.step, ==, 3);
  g_assert_cmpfloat (step.time_s, ==, 0.375);
  step = dio_scenario_find_step (views, 11);
  g_assert_true (step.in_sequence && step.sequence == 2 && step.step == 3 && isnan (step.time_s));
  step = dio_scenario_find_step (single, 11);
  g_assert_true (!step.in_sequence && step.sequence == 11 && step.step == 0 && isnan (step.time_s));
}

/* ---- draws ---- */

/* A sequence draws what the picture with its number draws without sequences. */
static void
test_draws_last (void)
{
  g_autoptr (DioScenario) single = fixture_scenario (SCENARIO (MOVE "," COLOR));
  g_autoptr (DioScenario) views = fixture_scenario (VIEWS (5, MOVE "," COLOR));
  for (guint32 frame = 0; frame < 40; frame++) {
    g_autoptr (DioResolved) picture = fixture_resolve (single, 77, frame / 5);
    g_autoptr (DioResolved) view = fixture_resolve (views, 77, frame);
    g_autofree char *expected = fixture_dup_draws (picture, NULL);
    g_autofree char *found = fixture_dup_draws (view, NULL);
    g_assert_cmpstr (found, ==, expected);
    for (guint i = 0; i < picture->nodes->len; i++)
      g_assert_cmpuint (g_array_index (picture->nodes, DioResolvedNode, i).object_key, ==,
                        g_array_index (view->nodes, DioResolvedNode, i).object_key);
  }
}

/* "each": "step" draws as frames without sequences do; all else of the scene stands. */
static void
test_draws_each_step (void)
{
  g_autoptr (DioScenario) single = fixture_scenario (SCENARIO (MOVE));
  g_autoptr (DioScenario) views = fixture_scenario (
      VIEWS (5, "{'id': 'move', 'type': 'position-box', 'targets': ['cup_1'], 'min': [0, 0, 0],"
                " 'max': [1, 1, 1], 'each': 'step'}," COLOR));
  for (guint32 frame = 0; frame < 40; frame++) {
    g_autoptr (DioResolved) picture = fixture_resolve (single, 77, frame);
    g_autoptr (DioResolved) first = fixture_resolve (views, 77, frame - frame % 5);
    g_autoptr (DioResolved) view = fixture_resolve (views, 77, frame);
    assert_same (place_of (view, "cup_1"), place_of (picture, "cup_1"));
    g_autofree char *others_first = fixture_dup_draws (first, "move");
    g_autofree char *others = fixture_dup_draws (view, "move");
    g_assert_cmpstr (others, ==, others_first);
  }
}

/* `hold` and `even` count sequences. */
static void
test_hold_and_even (void)
{
  g_autoptr (DioScenario) scenario = fixture_scenario (
      VIEWS (3, "{'id': 'held', 'type': 'rotation-yaw', 'targets': ['cup_1'], 'hold': 2, 'yaw_rad':"
                " {'kind': 'uniform', 'min': 0, 'max': 1}},"
                "{'id': 'even', 'type': 'visibility', 'targets': ['cup_2'], 'probability': 0.25,"
                " 'even': 4}"));
  guint shown = 0;
  for (guint32 frame = 0; frame < 3 * 8; frame++) {
    g_autoptr (DioResolved) resolved = fixture_resolve (scenario, 5, frame);
    g_autoptr (DioResolved) first = fixture_resolve (scenario, 5, frame - frame % 6);
    g_assert_cmpfloat (fixture_draw (resolved, "held", "cup_1", 0)->numbers[0], ==,
                       fixture_draw (first, "held", "cup_1", 0)->numbers[0]);
    shown += fixture_find (resolved, "cup_2", 0)->visible;
  }
  /* One of four sequences, twice, three steps each. */
  g_assert_cmpuint (shown, ==, 6);
}

/* Copies keep their places and their keys. */
static void
test_scatter_lasts (void)
{
  g_autoptr (DioScenario) scenario = fixture_scenario (
      VIEWS (4, "{'id': 'e', 'type': 'scatter', 'targets': ['cup_1', 'chest_1'],"
                " 'surface': 'table', 'count': {'kind': 'integer', 'min': 2, 'max': 4}}"));
  for (guint32 frame = 0; frame < 12; frame++) {
    g_autoptr (DioResolved) first = fixture_resolve (scenario, 9, frame - frame % 4);
    g_autoptr (DioResolved) step = fixture_resolve (scenario, 9, frame);
    g_assert_cmpuint (first->nodes->len, ==, step->nodes->len);
    g_assert_cmpuint (first->nodes->len, >, 11);
    for (guint i = 0; i < first->nodes->len; i++) {
      const DioResolvedNode *a = &g_array_index (first->nodes, DioResolvedNode, i);
      const DioResolvedNode *b = &g_array_index (step->nodes, DioResolvedNode, i);
      g_assert_cmpuint (a->object_key, ==, b->object_key);
      g_assert_cmpmem (&a->world_from_node, sizeof a->world_from_node, &b->world_from_node,
                       sizeof b->world_from_node);
    }
  }
}

/* ---- paths ---- */

#define PATH(target, keys, more)                                                                   \
  "{'id': 'path', 'type': 'motion-path', 'targets': ['" target "'], 'keys': [" keys "]" more "}"

static void
test_straight_path (void)
{
  g_autoptr (DioScenario) scenario = fixture_scenario (
      TIMED (20, 4,
             PATH ("cup_1",
                   "{'time_s': 1, 'position': [0, 0, 1], 'rotation': [1, 0, 0, 0]},"
                   "{'time_s': 2, 'position': [2, 0, 1], 'rotation': [0.7071067811865476, 0, 0,"
                   " 0.7071067811865476]},"
                   "{'time_s': 4, 'position': [2, 8, 1], 'rotation': [0.7071067811865476, 0, 0,"
                   " 0.7071067811865476]}",
                   "")));
  const double expected[][3] = {
    { 0, 0, 0 },  { 4, 0, 0 },  { 5, 0.5, 0 }, { 6, 1, 0 },  { 8, 2, 0 },
    { 10, 2, 2 }, { 15, 2, 7 }, { 16, 2, 8 },  { 19, 2, 8 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    g_autoptr (DioResolved) resolved = fixture_resolve (scenario, 1, (guint32) expected[i][0]);
    assert_near (place_of (resolved, "cup_1"), expected[i][1], expected[i][2], 1);
  }
  /* Half way to a quarter turn: 45 degrees. */
  g_autoptr (DioResolved) turning = fixture_resolve (scenario, 1, 6);
  assert_near (axis_of (turning, "cup_1", dio_vec3 (1, 0, 0)), sqrt (0.5), sqrt (0.5), 0);
  /* A quarter of the way: 22.5 degrees, at an even rate. */
  g_autoptr (DioResolved) quarter = fixture_resolve (scenario, 1, 5);
  assert_near (axis_of (quarter, "cup_1", dio_vec3 (1, 0, 0)), cos (DIO_PI / 8), sin (DIO_PI / 8),
               0);
}

/* Slopes of central differences follow a parabola exactly between inner keys, and every path goes through its keys. */
static void
test_smooth_path (void)
{
  g_autoptr (DioScenario) scenario = fixture_scenario (
      TIMED (41, 10,
             PATH ("cup_1",
                   "{'time_s': 0, 'position': [0, 0, 0]}, {'time_s': 1, 'position': [1, 1, 0]},"
                   "{'time_s': 2, 'position': [2, 4, 0]}, {'time_s': 3, 'position': [3, 9, 0]},"
                   "{'time_s': 4, 'position': [4, 16, 0]}",
                   ", 'smooth': true")));
  DioVec3 before = { 0, 0, 0 };
  for (guint32 frame = 0; frame < 41; frame++) {
    g_autoptr (DioResolved) resolved = fixture_resolve (scenario, 1, frame);
    double t = frame / 10.0;
    DioVec3 at = place_of (resolved, "cup_1");
    if (frame % 10 == 0 || (frame > 10 && frame < 30))
      assert_near (at, t, t * t, 0);
    /* No jump anywhere: at most the largest slope times the time. */
    g_assert_cmpfloat (dio_vec3_length (dio_vec3_sub (at, before)), <=, 0.1 * 8.1);
    before = at;
  }
}

/* A closed path is periodic and has no corner at its seam. */
static void
test_repeated_path (void)
{
  g_autoptr (DioScenario) scenario = fixture_scenario (TIMED (
      2000, 100,
      PATH ("cup_1",
            "{'time_s': 0.5, 'position': [1, 0, 0]}, {'time_s': 1.5, 'position': [0, 1, 0]},"
            "{'time_s': 2.5, 'position': [-1, 0, 0]}, {'time_s': 3.5, 'position': [0, -1, 0]},"
            "{'time_s': 4.5, 'position': [1, 0, 0]}",
            ", 'smooth': true, 'repeat': true, 'face_along': true")));
  for (guint32 frame = 0; frame < 400; frame += 7) {
    g_autoptr (DioResolved) one = fixture_resolve (scenario, 1, frame);
    g_autoptr (DioResolved) other = fixture_resolve (scenario, 1, frame + 400);
    assert_same (place_of (one, "cup_1"), place_of (other, "cup_1"));
    /* By its symmetry a quarter of the time turns it by a quarter. */
    g_autoptr (DioResolved) quarter = fixture_resolve (scenario, 1, frame + 100);
    DioVec3 a = place_of (one, "cup_1");
    assert_near (place_of (quarter, "cup_1"), -a.y, a.x, 0);
  }
  g_autoptr (DioResolved) seam = fixture_resolve (scenario, 1, 50);
  /* The front, -y, goes along +y at (1, 0): so the own x axis points to -x. */
  assert_near (axis_of (seam, "cup_1", dio_vec3 (0, -1, 0)), 0, 1, 0);
  assert_near (axis_of (seam, "cup_1", dio_vec3 (1, 0, 0)), -1, 0, 0);
  assert_near (axis_of (seam, "cup_1", dio_vec3 (0, 0, 1)), 0, 0, 1);
}

/* In world metres below a turned and scaled group; a sensor looks where it goes, up and down too. */
static void
test_path_in_the_world (void)
{
  g_autoptr (DioScenario) scenario = fixture_scenario (
      TIMED (9, 4,
             PATH ("chest_1', 'camera_2",
                   "{'time_s': 0, 'position': [1, 2, 3]}, {'time_s': 1, 'position': [5, 2, 6]},"
                   "{'time_s': 1.5, 'position': [5, 2, 6]}, {'time_s': 2, 'position': [5, 2, 5]}",
                   ", 'frame': 'world', 'face_along': true")));
  g_autoptr (DioResolved) resolved = fixture_resolve (scenario, 1, 2);
  assert_near (place_of (resolved, "chest_1"), 3, 2, 4.5);
  assert_near (axis_of (resolved, "chest_1", dio_vec3 (0, -1, 0)), 0.8, 0, 0.6);
  assert_near (axis_of (resolved, "chest_1", dio_vec3 (0, 0, 1)), -0.6, 0, 0.8);
  assert_near (place_of (resolved, "camera_2"), 3, 2, 4.5);
  assert_near (axis_of (resolved, "camera_2", dio_vec3 (0, 0, -1)), 0.8, 0, 0.6);
  assert_near (axis_of (resolved, "camera_2", dio_vec3 (0, 1, 0)), -0.6, 0, 0.8);
  assert_near (axis_of (resolved, "camera_2", dio_vec3 (1, 0, 0)), 0, -1, 0);
  /* Where it stands still it looks where it went last. */
  g_autoptr (DioResolved) resting = fixture_resolve (scenario, 1, 5);
  assert_near (axis_of (resting, "camera_2", dio_vec3 (0, 0, -1)), 0.8, 0, 0.6);
  g_autoptr (DioResolved) sinking = fixture_resolve (scenario, 1, 7);
  assert_near (axis_of (sinking, "camera_2", dio_vec3 (0, 0, -1)), 0, 0, -1);
}

/* ---- driving ---- */

static void
test_straight_drive (void)
{
  g_autoptr (DioScenario) scenario = fixture_scenario (
      TIMED (11, 5,
             "{'id': 'turn', 'type': 'rotation-yaw', 'targets': ['cup_1'], 'yaw_rad':"
             " {'kind': 'uniform', 'min': -3, 'max': 3}},"
             "{'id': 'drive', 'type': 'motion-drive', 'targets': ['cup_1'], 'climb_m_s': 0.5,"
             " 'speed_m_s': {'kind': 'uniform', 'min': 1, 'max': 3}}"));
  for (guint32 frame = 0; frame < 33; frame++) {
    g_autoptr (DioResolved) resolved = fixture_resolve (scenario, 3, frame);
    double yaw = fixture_draw (resolved, "turn", "cup_1", 0)->numbers[0];
    double speed = fixture_draw (resolved, "drive", "cup_1", 0)->numbers[0];
    double t = frame % 11 / 5.0;
    /* The front is -y: turned by the yaw it is (sin, -cos). */
    assert_near (place_of (resolved, "cup_1"), speed * t * sin (yaw), -speed * t * cos (yaw),
                 0.5 * t);
    assert_near (axis_of (resolved, "cup_1", dio_vec3 (0, -1, 0)), sin (yaw), -cos (yaw), 0);
  }
}

/* A circle of radius v / w whose middle lies to the left; the front stays along it. */
static void
test_circle (void)
{
  g_autoptr (DioScenario) scenario = fixture_scenario (
      TIMED (101, 10,
             "{'id': 'drive', 'type': 'motion-drive', 'targets': ['cup_1', 'camera'],"
             " 'speed_m_s': 3, 'heading_rad': 0, 'turn_rate_rad_s': 1.5}"));
  for (guint32 frame = 0; frame < 101; frame++) {
    g_autoptr (DioResolved) resolved = fixture_resolve (scenario, 3, frame);
    double w = 1.5 * frame / 10.0, radius = 2;
    assert_near (place_of (resolved, "cup_1"), radius * sin (w), radius * (1 - cos (w)), 0);
    assert_near (place_of (resolved, "camera"), radius * sin (w), radius * (1 - cos (w)), 0);
    /* It began with its front at right angles to where it goes, and keeps that angle. */
    assert_near (axis_of (resolved, "cup_1", dio_vec3 (1, 0, 0)), cos (w), sin (w), 0);
  }
}

/* ---- waypoints ---- */

#define WANDER                                                                                     \
  "{'id': 'move', 'type': 'position-box', 'targets': ['cup_1'], 'min': [-1, -1, 0],"               \
  " 'max': [1, 1, 0]},"                                                                            \
  "{'id': 'walk', 'type': 'motion-waypoints', 'targets': ['cup_1'], 'min': [-2, -2, 0],"           \
  " 'max': [2, 2, 0.5], 'waypoints': 3, 'speed_m_s': 2, 'repeat': true"

static const double *
waypoint (const DioResolved *resolved, guint number)
{
  for (guint i = 0, seen = 0; i < resolved->draws->len; i++) {
    const DioDraw *draw = &g_array_index (resolved->draws, DioDraw, i);
    if (g_str_has_prefix (draw->property, "waypoint-") && ++seen == number)
      return draw->numbers;
  }
  return NULL;
}

/* Straight legs at the drawn speed from where it stood over every point and home again. */
static void
test_waypoints (void)
{
  g_autoptr (DioScenario) scenario = fixture_scenario (TIMED (1000, 100, WANDER "}"));
  for (guint32 sequence = 0; sequence < 5; sequence++) {
    g_autoptr (DioResolved) first = fixture_resolve (scenario, 8, sequence * 1000);
    const double *drawn = fixture_draw (first, "move", "cup_1", 0)->numbers;
    DioVec3 points[5];
    points[0] = points[4] = dio_vec3 (drawn[0], drawn[1], drawn[2]);
    for (guint i = 1; i <= 3; i++)
      points[i] = dio_vec3 (waypoint (first, i)[0], waypoint (first, i)[1], waypoint (first, i)[2]);
    double round_s = 0;
    for (guint i = 0; i < 4; i++)
      round_s += dio_vec3_length (dio_vec3_sub (points[i + 1], points[i])) / 2;
    for (guint32 step = 0; step < 1000; step += 37) {
      g_autoptr (DioResolved) resolved = fixture_resolve (scenario, 8, sequence * 1000 + step);
      double left = fmod (step / 100.0, round_s);
      guint leg = 0;
      while (left > dio_vec3_length (dio_vec3_sub (points[leg + 1], points[leg])) / 2)
        left -= dio_vec3_length (dio_vec3_sub (points[leg + 1], points[leg])) / 2, leg++;
      DioVec3 way = dio_vec3_normalize (dio_vec3_sub (points[leg + 1], points[leg]));
      DioVec3 at = dio_vec3_add (points[leg], dio_vec3_scale (way, 2 * left));
      g_assert_cmpfloat (dio_vec3_length (dio_vec3_sub (place_of (resolved, "cup_1"), at)), <,
                         1e-9);
    }
  }
}

/* Any step, in any order and from any side, has the same bits. */
static void
test_pure (void)
{
  g_autoptr (DioScenario) scenario =
      fixture_scenario (TIMED (7, 10, WANDER ", 'smooth': true, 'face_along': true}," COLOR));
  g_autoptr (GPtrArray) hashes = g_ptr_array_new_with_free_func (g_free);
  for (guint32 frame = 0; frame < 21; frame++) {
    g_autoptr (DioResolved) resolved = fixture_resolve (scenario, 8, frame);
    g_ptr_array_add (hashes, dio_resolved_dup_hash (resolved));
  }
  for (guint32 frame = 21; frame-- > 0;) {
    g_autoptr (DioResolved) resolved = fixture_resolve (scenario, 8, frame);
    g_autofree char *hash = dio_resolved_dup_hash (resolved);
    g_assert_cmpstr (hash, ==, g_ptr_array_index (hashes, frame));
    for (guint32 other = 0; other < frame; other++)
      g_assert_cmpstr (hash, !=, g_ptr_array_index (hashes, other));
  }
}

/* A camera follows what moves when it is aimed behind it in the list. */
static void
test_camera_follows (void)
{
  g_autoptr (DioScenario) scenario = fixture_scenario (
      TIMED (5, 1,
             "{'id': 'drive', 'type': 'motion-drive', 'targets': ['cup_1'], 'heading_rad': 0,"
             " 'speed_m_s': 1}, {'id': 'aim', 'type': 'camera-look-at', 'targets': ['camera'],"
             " 'target': 'cup_1', 'radius_m': 2, 'azimuth_rad': {'kind': 'uniform', 'min': 0,"
             " 'max': 6}, 'elevation_rad': 0.5}"));
  g_autoptr (DioResolved) first = fixture_resolve (scenario, 1, 0);
  DioVec3 offset = dio_vec3_sub (place_of (first, "camera"), place_of (first, "cup_1"));
  for (guint32 frame = 1; frame < 5; frame++) {
    g_autoptr (DioResolved) resolved = fixture_resolve (scenario, 1, frame);
    DioVec3 now = dio_vec3_sub (place_of (resolved, "camera"), place_of (resolved, "cup_1"));
    assert_same (now, offset);
    assert_near (place_of (resolved, "cup_1"), frame, 0, 0);
  }
}

/* ---- constraints ---- */

/* A stand-in for the rays: what is seen of a target is its x. */
static gboolean
estimate (gpointer user,
          const DioResolved *frame,
          const char *sensor,
          const char *target,
          double *visibility,
          double *width_px,
          double *height_px,
          GError **error)
{
  *visibility = fixture_find (frame, target, 0)->world_from_node.m[12];
  *width_px = *height_px = 0;
  return TRUE;
}

static DioResolved *
resolve_seen (DioScenario *scenario, guint32 frame)
{
  const DioResolveEnvironment environment = { .get_bounds = fixture_get_bounds,
                                              .estimate = estimate };
  g_autoptr (GError) error = NULL;
  DioResolved *resolved = dio_resolve (scenario, 21, frame, 0, &environment, &error);
  g_assert_no_error (error);
  return resolved;
}

#define SEEN                                                                                       \
  "{'id': 'seen', 'type': 'constraint', 'targets': ['cup_1'], 'sensor': 'camera',"                 \
  " 'min_visibility': 0.6, 'redraw': ['move'], 'attempts': 30}"

/* Redraws are made for the first step and hold; what moves out of sight later is said, not redrawn. */
static void
test_constraint_at_the_start (void)
{
  g_autoptr (DioScenario) scenario = fixture_scenario (
      TIMED (4, 10,
             MOVE ",{'id': 'drive', 'type': 'motion-drive', 'targets': ['cup_1'], 'speed_m_s': 1,"
                  " 'heading_rad': 3.141592653589793}," SEEN));
  guint redrawn = 0, lost = 0;
  for (guint32 frame = 0; frame < 160; frame++) {
    g_autoptr (DioResolved) first = resolve_seen (scenario, frame - frame % 4);
    g_autoptr (DioResolved) step = resolve_seen (scenario, frame);
    const DioDraw *start = fixture_draw (first, "move", "cup_1", 0);
    const DioDraw *now = fixture_draw (step, "move", "cup_1", 0);
    g_assert_cmpfloat (start->numbers[0], >=, 0.6);
    g_assert_true (first->constraints_met);
    g_assert_cmpuint (start->attempt, ==, now->attempt);
    g_assert_cmpmem (start->numbers, sizeof start->numbers, now->numbers, sizeof now->numbers);
    gboolean met = start->numbers[0] - frame % 4 / 10.0 >= 0.6;
    g_assert_cmpint (step->constraints_met, ==, met);
    g_assert_cmpuint (dio_diagnostics_get_count (step->diagnostics), ==, met ? 0 : 1);
    redrawn += start->attempt > 0;
    lost += !met;
  }
  g_assert_cmpuint (redrawn, >, 40);
  g_assert_cmpuint (lost, >, 20);
}

/* What is drawn for each step is redrawn for each step. */
static void
test_constraint_of_each_step (void)
{
  g_autoptr (DioScenario) scenario = fixture_scenario (
      VIEWS (5, "{'id': 'move', 'type': 'position-box', 'targets': ['cup_1'], 'min': [0, 0, 0],"
                " 'max': [1, 1, 1], 'each': 'step'}," SEEN));
  for (guint32 frame = 0; frame < 100; frame++) {
    g_autoptr (DioResolved) step = resolve_seen (scenario, frame);
    g_assert_true (step->constraints_met);
    g_assert_cmpfloat (place_of (step, "cup_1").x, >=, 0.6);
    g_assert_cmpuint (fixture_draw (step, "move", "cup_1", 0)->attempt, ==,
                      step->constraint_attempts);
  }
}

/* ---- hiding ---- */

/* Half of the target is seen past anything, and how often it was asked. */
typedef struct {
  guint looks;
  double seen;
} Looks;

static gboolean
look (gpointer user,
      const DioResolved *frame,
      const DioResolveLook *look,
      double *visibility,
      GError **error)
{
  ((Looks *) user)->looks++;
  *visibility = 1;
  return TRUE;
}

static double
look_past (gpointer user, guint index, const DioMat4 *moved_from_placed)
{
  return ((const Looks *) user)->seen;
}

static DioResolved *
resolve_hidden (DioScenario *scenario, Looks *looks, guint32 frame)
{
  const DioResolveEnvironment environment = {
    .user = looks, .get_bounds = fixture_get_bounds, .look = look, .look_past = look_past
  };
  g_autoptr (GError) error = NULL;
  DioResolved *resolved = dio_resolve (scenario, 4, frame, 0, &environment, &error);
  g_assert_no_error (error);
  return resolved;
}

/* What was put into the line of sight at the first step stays there while the camera drives on; so does the word of a miss. */
static void
check_occluder_lasts (double seen, gboolean hit)
{
  g_autoptr (DioScenario) scenario = fixture_scenario (
      TIMED (3, 2,
             "{'id': 'drive', 'type': 'motion-drive', 'targets': ['camera'], 'speed_m_s': 4,"
             " 'heading_rad': 1}, {'id': 'hide', 'type': 'occlude', 'targets': ['cup_1', 'cup_2'],"
             " 'sensor': 'camera', 'hidden': 'table', 'visibility': [{'min': 0.3, 'max': 0.7}]},"
             "{'id': 'away', 'type': 'position-box', 'targets': ['table'], 'min': [5, 5, 0],"
             " 'max': [6, 6, 0]}"));
  for (guint32 frame = 0; frame < 15; frame++) {
    Looks looks = { 0, seen };
    g_autoptr (DioResolved) first = resolve_hidden (scenario, &looks, frame - frame % 3);
    guint before = looks.looks;
    g_autoptr (DioResolved) step = resolve_hidden (scenario, &looks, frame);
    g_assert_cmpuint (looks.looks, ==, 2 * before);
    const char *const names[] = { "cup_1", "cup_2" };
    for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
      assert_same (place_of (step, names[i]), place_of (first, names[i]));
      g_assert_cmpint (fixture_find (step, names[i], 0)->visible, ==,
                       fixture_find (first, names[i], 0)->visible);
    }
    g_autofree char *draws_first = fixture_dup_draws (first, NULL);
    g_autofree char *draws = fixture_dup_draws (step, NULL);
    g_assert_cmpstr (draws, ==, draws_first);
    g_assert_cmpint (step->constraints_met, ==, hit);
    g_assert_cmpuint (dio_diagnostics_get_count (step->diagnostics), ==, hit ? 0 : 1);
    if (frame % 3 > 0)
      g_assert_cmpfloat (
          dio_vec3_length (dio_vec3_sub (place_of (step, "camera"), place_of (first, "camera"))), >,
          1.9);
  }
}

static void
test_occluder_lasts (void)
{
  check_occluder_lasts (0.5, TRUE);
  check_occluder_lasts (0.1, FALSE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/randomize/sequence/steps", test_steps);
  g_test_add_func ("/randomize/sequence/draws-last", test_draws_last);
  g_test_add_func ("/randomize/sequence/draws-each-step", test_draws_each_step);
  g_test_add_func ("/randomize/sequence/hold-and-even", test_hold_and_even);
  g_test_add_func ("/randomize/sequence/scatter-lasts", test_scatter_lasts);
  g_test_add_func ("/randomize/sequence/straight-path", test_straight_path);
  g_test_add_func ("/randomize/sequence/smooth-path", test_smooth_path);
  g_test_add_func ("/randomize/sequence/repeated-path", test_repeated_path);
  g_test_add_func ("/randomize/sequence/path-in-the-world", test_path_in_the_world);
  g_test_add_func ("/randomize/sequence/straight-drive", test_straight_drive);
  g_test_add_func ("/randomize/sequence/circle", test_circle);
  g_test_add_func ("/randomize/sequence/waypoints", test_waypoints);
  g_test_add_func ("/randomize/sequence/pure", test_pure);
  g_test_add_func ("/randomize/sequence/camera-follows", test_camera_follows);
  g_test_add_func ("/randomize/sequence/constraint-at-the-start", test_constraint_at_the_start);
  g_test_add_func ("/randomize/sequence/constraint-of-each-step", test_constraint_of_each_step);
  g_test_add_func ("/randomize/sequence/occluder-lasts", test_occluder_lasts);
  return g_test_run ();
}
