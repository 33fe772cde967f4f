/* Hiding in part against a world that is worked out by hand: things are squares across the line of sight, and the share of a target that is
 * seen follows from where their edges lie. */

#include "randomize-fixture.h"

#include <math.h>

#define NODES                                                                                      \
  "{'format': 'diorama-scenario', 'version': 1, 'nodes': ["                                        \
  "{'id': 'sign', 'kind': 'model', 'model': {'parametric': 'box'}, 'translation': [10, 0, 2]},"    \
  "{'id': 'wall', 'kind': 'model', 'model': {'parametric': 'box'}, 'translation': [0, 50, 0]},"    \
  "{'id': 'pole', 'kind': 'model', 'model': {'parametric': 'box'}, 'translation': [0, 60, 0]},"    \
  "{'id': 'eye', 'kind': 'sensor', 'sensor': {'width': 64, 'height': 48},"                         \
  " 'translation': [0, 0, 1]}], 'randomizers': ["
#define WANTED                                                                                     \
  "[{'min': 0.9, 'max': 1, 'weight': 40}, {'min': 0.3, 'max': 0.9, 'weight': 40},"                 \
  " {'min': 0.1, 'max': 0.3, 'weight': 15}, {'min': 0.02, 'max': 0.1, 'weight': 5}]"
#define HIDE                                                                                       \
  "{'id': 'hide', 'type': 'occlude', 'targets': ['wall', 'pole'], 'weights': [3, 1], 'sensor': "   \
  "'eye',"                                                                                         \
  " 'hidden': 'sign', 'even': 20, 'visibility': " WANTED

/** The line of sight runs along +x: all is seen from above, and heights do not matter. */
typedef struct {
  double base; /**< visibility with nothing in the way */
  guint looks, tries;
  const char *names[8];
  double y_m[8], x_m[8]; /**< origins when the look was taken */
} World;

static gboolean
get_bounds (gpointer user, const DioNode *node, DioBox3 *out, GError **error)
{
  double half = g_str_equal (node->id, "wall") ? 1.5 : g_str_equal (node->id, "pole") ? 0.05 : 0.4;
  *out = (DioBox3){ { -half, -half, -half }, { half, half, half } };
  return TRUE;
}

static gboolean
look (gpointer user,
      const DioResolved *frame,
      const DioResolveLook *look,
      double *visibility,
      GError **error)
{
  World *world = user;
  world->looks++;
  g_assert_cmpstr (look->sensor, ==, "eye");
  g_assert_cmpstr (look->target, ==, "sign");
  for (guint i = 0; i < look->n_movable; i++) {
    guint index = look->movable[i];
    const DioResolvedNode *node = &g_array_index (frame->nodes, DioResolvedNode, index);
    g_assert_true (node->visible);
    world->names[index] = node->node->id;
    world->x_m[index] = node->world_from_node.m[12];
    world->y_m[index] = node->world_from_node.m[13];
  }
  *visibility = world->base;
  return TRUE;
}

/* The sign spans angles of +-0.04 at 10 m; a thing covers those of its near face. */
static double
see_past (double x_m, double y_m, double half_m, double base)
{
  double low = fmax ((y_m - half_m) / x_m, -0.04), high = fmin ((y_m + half_m) / x_m, 0.04);
  return base * (1 - fmax (high - low, 0) / 0.08);
}

static double
look_past (gpointer user, guint index, const DioMat4 *moved_from_placed)
{
  World *world = user;
  world->tries++;
  DioVec3 at = dio_mat4_transform_point (moved_from_placed,
                                         (DioVec3){ world->x_m[index], world->y_m[index], 0 });
  g_assert_cmpfloat (fabs (at.z), <, 1e-9);
  return see_past (at.x, at.y, g_str_equal (world->names[index], "wall") ? 1.5 : 0.05, world->base);
}

static DioResolved *
resolve (DioScenario *scenario, World *world, guint32 frame)
{
  DioResolveEnvironment environment = {
    .user = world, .get_bounds = get_bounds, .look = look, .look_past = look_past
  };
  g_autoptr (GError) error = NULL;
  DioResolved *resolved = dio_resolve (scenario, 4, frame, 0, &environment, &error);
  g_assert_no_error (error);
  return resolved;
}

static const DioDraw *
find_outcome (const DioResolved *resolved)
{
  const DioDraw *draw = fixture_draw (resolved, "hide", "sign", 0);
  g_assert_nonnull (draw);
  g_assert_cmpstr (draw->property, ==, "occlusion");
  return draw;
}

/* The world as it was resolved, seen again. */
static double
see (const DioResolved *resolved, double base)
{
  double seen = base;
  static const char *const names[] = { "wall", "pole" };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    const DioResolvedNode *node = fixture_find (resolved, names[i], 0);
    const double *m = node->world_from_node.m;
    if (node->visible)
      seen = fmin (seen, see_past (m[12], m[13], i == 0 ? 1.5 : 0.05, base));
  }
  return seen;
}

static void
test_shares (void)
{
  g_autoptr (DioScenario) scenario = fixture_scenario (NODES HIDE "}]}");
  guint counts[4] = { 0 }, tries = 0, poles = 0, misses = 0;
  for (guint32 frame = 0; frame < 300; frame++) {
    World world = { .base = 1 };
    g_autoptr (DioResolved) resolved = resolve (scenario, &world, frame);
    const DioDraw *outcome = find_outcome (resolved);
    double seen = see (resolved, 1);
    g_assert_cmpfloat (fabs (seen - outcome->numbers[0]), <, 1e-9);
    g_assert_cmpuint (world.looks, ==, 1);
    g_assert_cmpfloat (outcome->numbers[3], ==, world.tries);
    gboolean hit = g_strcmp0 (outcome->string, "hit") == 0;
    g_assert_true (!hit || (seen >= outcome->numbers[1] && seen <= outcome->numbers[2]));
    g_assert_cmpint (hit, ==, resolved->constraints_met);
    counts[outcome->numbers[1] > 0.8    ? 0
           : outcome->numbers[1] > 0.2  ? 1
           : outcome->numbers[1] > 0.05 ? 2
                                        : 3]++;
    tries += world.tries;
    misses += hit ? 0 : 1;
    /* One of them stands there, on the ground, between eye and sign. */
    const DioResolvedNode *pole = fixture_find (resolved, "pole", 0),
                          *wall = fixture_find (resolved, "wall", 0);
    g_assert_true (pole->visible != wall->visible);
    const DioResolvedNode *hider = pole->visible ? pole : wall;
    poles += pole->visible ? 1 : 0;
    g_assert_cmpfloat (hider->world_from_node.m[14], ==, 0);
    g_assert_true (hider->world_from_node.m[12] >= 2 - 1e-9
                   && hider->world_from_node.m[12] <= 9 + 1e-9);
    const DioDraw *place = fixture_draw (resolved, "hide", hider->node->id, 0);
    g_assert_cmpfloat (fabs (place->numbers[0] * 10 - hider->world_from_node.m[12]), <, 1e-9);
  }
  g_test_message ("%u misses, %.2f tries a frame, %u times the pole", misses, tries / 300.0, poles);
  g_assert_cmpuint (counts[0], ==, 120);
  g_assert_cmpuint (counts[1], ==, 120);
  g_assert_cmpuint (counts[2], ==, 45);
  g_assert_cmpuint (counts[3], ==, 15);
  g_assert_cmpuint (misses, ==, 0);
  g_assert_cmpuint (tries, <, 300 * 6);
  g_assert_cmpuint (poles, >, 30);
}

/* The wanted range is the frame's, however often a place is drawn; a place is named by its counter. */
static void
test_pure (void)
{
  g_autoptr (DioScenario) scenario = fixture_scenario (NODES HIDE "}]}");
  g_autoptr (DioScenario) few = fixture_scenario (NODES HIDE ", 'attempts': 1}]}");
  guint missed = 0;
  for (guint32 frame = 0; frame < 60; frame++) {
    World worlds[3] = { { .base = 1 }, { .base = 1 }, { .base = 1 } };
    g_autoptr (DioResolved) one = resolve (scenario, &worlds[0], frame);
    g_autoptr (DioResolved) two = resolve (scenario, &worlds[1], frame);
    g_autoptr (DioResolved) short_one = resolve (few, &worlds[2], frame);
    g_autofree char *hash_one = dio_resolved_dup_hash (one),
                    *hash_two = dio_resolved_dup_hash (two);
    g_assert_cmpstr (hash_one, ==, hash_two);
    g_assert_cmpfloat (find_outcome (one)->numbers[1], ==, find_outcome (short_one)->numbers[1]);
    g_assert_cmpuint (worlds[2].tries, ==, 1);
    gboolean said = dio_diagnostics_find (short_one->diagnostics, "constraint-unmet") != NULL;
    g_assert_cmpint (said, ==, !short_one->constraints_met);
    missed += said ? 1 : 0;
  }
  g_assert_cmpuint (missed, >, 5);
  g_assert_cmpuint (missed, <, 55);
}

/* What something else hides already cannot be seen more: it is said, and nothing is put in the way too. */
static void
test_out_of_reach (void)
{
  g_autoptr (DioScenario) scenario =
      fixture_scenario (NODES "{'id': 'hide', 'type': 'occlude', 'targets': ['wall', 'pole'], "
                              "'sensor': 'eye', 'hidden': 'sign',"
                              " 'visibility': [{'min': 0.9, 'max': 1}]}]}");
  World world = { .base = 0.5 };
  g_autoptr (DioResolved) resolved = resolve (scenario, &world, 0);
  g_assert_false (resolved->constraints_met);
  g_assert_cmpuint (world.tries, ==, 0);
  g_assert_false (fixture_find (resolved, "wall", 0)->visible);
  g_assert_cmpfloat (find_outcome (resolved)->numbers[0], ==, 0.5);
  /* Not in the picture at all. */
  world.base = -1;
  g_autoptr (DioResolved) outside = resolve (scenario, &world, 0);
  g_assert_false (outside->constraints_met);
  g_assert_cmpfloat (find_outcome (outside)->numbers[0], ==, 0);
}

/* A pole cannot hide a sign by nine tenths from afar; the best that was found is kept. */
static void
test_best_is_kept (void)
{
  g_autoptr (DioScenario) scenario =
      fixture_scenario (NODES "{'id': 'hide', 'type': 'occlude', 'targets': ['pole'], 'sensor': "
                              "'eye', 'hidden': 'sign', 'along': 0.5,"
                              " 'visibility': [{'min': 0.02, 'max': 0.1}]}]}");
  World world = { .base = 1 };
  g_autoptr (DioResolved) resolved = resolve (scenario, &world, 0);
  g_assert_false (resolved->constraints_met);
  g_assert_cmpuint (world.tries, ==, 32);
  g_assert_cmpfloat (fabs (see (resolved, 1) - 0.75), <, 1e-9);
}

/* Without its target nothing is wanted: things stand as they are drawn first, and nobody looks. */
static void
test_absent_target (void)
{
  g_autoptr (DioScenario) scenario = fixture_scenario (
      NODES HIDE
      "}, {'id': 'gone', 'type': 'visibility', 'targets': ['sign'], 'probability': 0}]}");
  World world = { .base = 1 };
  g_autoptr (DioResolved) resolved = resolve (scenario, &world, 0);
  g_assert_cmpuint (world.looks, ==, 0);
  g_assert_true (resolved->constraints_met);
  g_assert_null (fixture_draw (resolved, "hide", "sign", 0));
  g_assert_true (fixture_find (resolved, "wall", 0)->visible
                 != fixture_find (resolved, "pole", 0)->visible);
}

/* Half sides of the wall's box; the sign's is 0.4, the near plane 0.1 m away. */
#define WALL_M 1.5

static gboolean
is_clear (const DioResolvedNode *wall, double near_m)
{
  const double *m = wall->world_from_node.m;
  gboolean at_eye = fabs (m[12]) <= WALL_M + near_m && fabs (m[13]) <= WALL_M + near_m;
  gboolean at_sign = fabs (m[12] - 10) <= WALL_M + 0.4 && fabs (m[13]) <= WALL_M + 0.4;
  return !at_eye && !at_sign;
}

#define TALL                                                                                       \
  "{'format': 'diorama-scenario', 'version': 1, 'nodes': ["                                        \
  "{'id': 'sign', 'kind': 'model', 'model': {'parametric': 'box'}, 'translation': [10, 0, 2]},"    \
  "{'id': 'wall', 'kind': 'model', 'model': {'parametric': 'box'}, 'translation': [0, 50, 1]},"    \
  "{'id': 'eye', 'kind': 'sensor', 'sensor': {'width': 64, 'height': 48, 'near_m': 0.1},"          \
  " 'translation': [0, 0, 1]}], 'randomizers': ["                                                  \
  "{'id': 'hide', 'type': 'occlude', 'targets': ['wall'], 'sensor': 'eye', 'hidden': 'sign',"

/* A wall as thick as it is wide holds neither the eye nor the sign, whether anybody looks or not. */
static void
test_clear (void)
{
  g_autoptr (DioScenario) scenario =
      fixture_scenario (TALL "'along': {'kind': 'uniform', 'min': 0.05, 'max': 0.98},"
                             " 'visibility': [{'min': 0.3, 'max': 0.9}]}]}");
  DioResolveEnvironment blind = { .get_bounds = get_bounds };
  guint later = 0, blind_later = 0;
  for (guint32 frame = 0; frame < 200; frame++) {
    World world = { .base = 1 };
    g_autoptr (GError) error = NULL;
    g_autoptr (DioResolved) seen = resolve (scenario, &world, frame);
    g_autoptr (DioResolved) unseen = dio_resolve (scenario, 4, frame, 0, &blind, &error);
    g_assert_no_error (error);
    g_assert_true (fixture_find (seen, "wall", 0)->visible);
    g_assert_true (fixture_find (unseen, "wall", 0)->visible);
    g_assert_true (is_clear (fixture_find (seen, "wall", 0), 0.1));
    g_assert_true (is_clear (fixture_find (unseen, "wall", 0), 0.1));
    g_assert_true (seen->constraints_met);
    later += fixture_draw (seen, "hide", "wall", 0)->attempt > 0 ? 1 : 0;
    blind_later += fixture_draw (unseen, "hide", "wall", 0)->attempt > 0 ? 1 : 0;
  }
  g_test_message ("%u and %u of 200 first places were refused", later, blind_later);
  g_assert_cmpuint (later, >, 20);
  g_assert_cmpuint (blind_later, >, 20);
}

/* Where no place is clear, nothing is put anywhere and the miss is said. */
static void
test_never_clear (void)
{
  static const char *const places[] = { "0.1", "0.9" };
  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    g_autofree char *text = g_strdup_printf (TALL "'along': %s, 'offset': 0,"
                                                  " 'visibility': [{'min': 0, 'max': 0.5}]}]}",
                                             places[i]);
    g_autoptr (DioScenario) scenario = fixture_scenario (text);
    World world = { .base = 1 };
    g_autoptr (DioResolved) resolved = resolve (scenario, &world, 0);
    g_assert_false (fixture_find (resolved, "wall", 0)->visible);
    g_assert_false (resolved->constraints_met);
    g_assert_cmpfloat (find_outcome (resolved)->numbers[0], ==, 1);
    /* 32, and four times as many given back. */
    g_assert_cmpuint (world.tries, ==, 160);
    DioResolveEnvironment blind = { .get_bounds = get_bounds };
    g_autoptr (GError) error = NULL;
    g_autoptr (DioResolved) unseen = dio_resolve (scenario, 4, 0, 0, &blind, &error);
    g_assert_no_error (error);
    g_assert_false (fixture_find (unseen, "wall", 0)->visible);
  }
}

/* What is not chosen stays where asked; things that are lifted come to the line, and turn to face the sensor. */
static void
test_kept_and_lifted (void)
{
  g_autoptr (DioScenario) scenario = fixture_scenario (
      NODES "{'id': 'hide', 'type': 'occlude', 'targets': ['wall', 'pole'], 'sensor': 'eye', "
            "'hidden': 'sign',"
            " 'others': 'keep', 'grounded': false, 'along': 0.5, 'offset': 0, 'yaw_rad': 0,"
            " 'visibility': [{'min': 0, 'max': 1}]}]}");
  /* Nobody looks, so the first place stands. */
  DioResolveEnvironment environment = { .get_bounds = get_bounds };
  g_autoptr (GError) error = NULL;
  g_autoptr (DioResolved) resolved = dio_resolve (scenario, 4, 0, 0, &environment, &error);
  g_assert_no_error (error);
  g_assert_false (resolved->constraints_met);
  guint on_line = 0, away = 0;
  for (guint i = 1; i <= 2; i++) {
    const DioResolvedNode *node = fixture_find (resolved, i == 1 ? "wall" : "pole", 0);
    const double *m = node->world_from_node.m;
    g_assert_true (node->visible);
    away += m[13] > 40 ? 1 : 0;
    if (fabs (m[12] - 5) > 1e-9)
      continue;
    on_line++;
    g_assert_cmpfloat (fabs (m[13]), <, 1e-9);
    g_assert_cmpfloat (fabs (m[14] - 1.5), <, 1e-9);
    /* -y of the node points back along -x. */
    g_assert_cmpfloat (fabs (m[4] - 1), <, 1e-9);
  }
  g_assert_cmpuint (on_line, ==, 1);
  g_assert_cmpuint (away, ==, 1);
}

/* A quarter of frames shows one of three, a twelfth by weight; the shares hold to the frame. */
static void
test_show_one (void)
{
  g_autoptr (DioScenario) scenario =
      fixture_scenario (SCENARIO ("{'id': 'one', 'type': 'show-one', 'targets': ['cup_1', 'cup_2', "
                                  "'table'], 'weights': [1, 3, 1],"
                                  " 'probability': 0.25, 'even': 20}"));
  guint shown[3] = { 0 }, none = 0;
  for (guint32 frame = 0; frame < 300; frame++) {
    g_autoptr (DioResolved) resolved = fixture_resolve (scenario, 9, frame);
    static const char *const names[] = { "cup_1", "cup_2", "table" };
    const DioDraw *draw = fixture_draw (resolved, "one", "cup_1", 0);
    guint n = 0;
    for (guint i = 0; i < 3; i++) {
      gboolean visible = fixture_find (resolved, names[i], 0)->visible;
      g_assert_cmpint (visible, ==, g_str_equal (draw->string, names[i]));
      shown[i] += visible ? 1 : 0;
      n += visible ? 1 : 0;
    }
    g_assert_cmpuint (n, <=, 1);
    none += n == 0 ? 1 : 0;
  }
  g_assert_cmpuint (none, ==, 225);
  g_assert_cmpuint (shown[0], ==, 15);
  g_assert_cmpuint (shown[1], ==, 45);
  g_assert_cmpuint (shown[2], ==, 15);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/randomize/occlude/shares", test_shares);
  g_test_add_func ("/randomize/occlude/pure", test_pure);
  g_test_add_func ("/randomize/occlude/out-of-reach", test_out_of_reach);
  g_test_add_func ("/randomize/occlude/best-is-kept", test_best_is_kept);
  g_test_add_func ("/randomize/occlude/absent-target", test_absent_target);
  g_test_add_func ("/randomize/occlude/kept-and-lifted", test_kept_and_lifted);
  g_test_add_func ("/randomize/occlude/clear", test_clear);
  g_test_add_func ("/randomize/occlude/never-clear", test_never_clear);
  g_test_add_func ("/randomize/show-one/shares", test_show_one);
  return g_test_run ();
}
