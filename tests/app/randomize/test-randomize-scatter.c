/* Scattered objects never interpenetrate, stand on their surface and stay on it. The check here is written
 * apart from the code: corners and edges, not extents. */

#include "randomize-fixture.h"

#include <math.h>

#define TURN "{'kind': 'uniform', 'min': 0, 'max': 6.283185307179586}"
#define ON_TABLE                                                                                   \
  "{'id': 'a', 'type': 'scatter', 'targets': ['cup_1', 'cup_2'], 'surface': 'table',"              \
  " 'count': {'kind': 'integer', 'min': 0, 'max': 6}, 'spacing_m': 0.01, 'yaw_rad': " TURN "}"

typedef struct {
  double x[4], y[4], bottom;
} Quad;

/* Corners of the bottom of a node's bounds in the world. */
static Quad
quad_of (const DioResolvedNode *node)
{
  DioBox3 box = fixture_bounds_of (node->node->id);
  const double xs[4] = { box.min.x, box.max.x, box.max.x, box.min.x };
  const double ys[4] = { box.min.y, box.min.y, box.max.y, box.max.y };
  Quad quad = { .bottom = 1e9 };
  for (guint i = 0; i < 4; i++) {
    DioVec3 p =
        dio_mat4_transform_point (&node->world_from_node, dio_vec3 (xs[i], ys[i], box.min.z));
    quad.x[i] = p.x;
    quad.y[i] = p.y;
    quad.bottom = fmin (quad.bottom, p.z);
  }
  return quad;
}

static double
distance_to_segment (double px, double py, double ax, double ay, double bx, double by)
{
  double dx = bx - ax, dy = by - ay;
  double t = ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy);
  t = CLAMP (t, 0, 1);
  return hypot (px - ax - t * dx, py - ay - t * dy);
}

static gboolean
is_inside (const Quad *quad, double x, double y)
{
  for (guint i = 0; i < 4; i++) {
    guint k = (i + 1) % 4;
    double side =
        (quad->x[k] - quad->x[i]) * (y - quad->y[i]) - (quad->y[k] - quad->y[i]) * (x - quad->x[i]);
    if (side < 0)
      return FALSE;
  }
  return TRUE;
}

/* Whether one of 17 points along an edge of @a, its corners among them, lies in @b. */
static gboolean
reaches_into (const Quad *a, const Quad *b)
{
  for (guint k = 0; k < 4; k++)
    for (guint t = 0; t <= 16; t++) {
      guint n = (k + 1) % 4;
      double u = t / 16.0;
      if (is_inside (b, a->x[k] + u * (a->x[n] - a->x[k]), a->y[k] + u * (a->y[n] - a->y[k])))
        return TRUE;
    }
  return FALSE;
}

/* Distance of two convex quadrilaterals, 0 where they meet. They are too stout here to cross unseen. */
static double
distance_between (const Quad *a, const Quad *b)
{
  if (reaches_into (a, b) || reaches_into (b, a))
    return 0;
  double best = 1e9;
  for (guint i = 0; i < 4; i++)
    for (guint k = 0; k < 4; k++) {
      guint n = (k + 1) % 4;
      best =
          fmin (best, distance_to_segment (a->x[i], a->y[i], b->x[k], b->y[k], b->x[n], b->y[n]));
      best =
          fmin (best, distance_to_segment (b->x[i], b->y[i], a->x[k], a->y[k], a->x[n], a->y[n]));
    }
  return best;
}

static guint
check_pairs (const DioResolved *resolved, const char *prefix, double spacing_m)
{
  g_autoptr (GArray) quads = g_array_new (FALSE, FALSE, sizeof (Quad));
  for (guint i = 0; i < resolved->nodes->len; i++) {
    const DioResolvedNode *node = &g_array_index (resolved->nodes, DioResolvedNode, i);
    if (!node->visible || !g_str_has_prefix (node->node->id, prefix))
      continue;
    Quad quad = quad_of (node);
    g_array_append_val (quads, quad);
  }
  for (guint i = 0; i < quads->len; i++)
    for (guint k = i + 1; k < quads->len; k++) {
      double d =
          distance_between (&g_array_index (quads, Quad, i), &g_array_index (quads, Quad, k));
      g_assert_cmpfloat (d, >, 0);
      g_assert_cmpfloat (d, >=, spacing_m - 1e-12);
    }
  return quads->len;
}

static void
test_no_interpenetration (void)
{
  g_autoptr (DioScenario) scenario = fixture_scenario (SCENARIO (ON_TABLE));
  guint total = 0, most = 0;
  for (guint32 frame = 0; frame < 200; frame++) {
    g_autoptr (DioResolved) resolved = fixture_resolve (scenario, 11, frame);
    guint n = check_pairs (resolved, "cup", 0.01);
    total += n;
    most = MAX (most, n);
    for (guint i = 0; i < resolved->nodes->len; i++) {
      const DioResolvedNode *node = &g_array_index (resolved->nodes, DioResolvedNode, i);
      if (!node->visible || !g_str_has_prefix (node->node->id, "cup"))
        continue;
      Quad quad = quad_of (node);
      g_assert_cmpfloat (fabs (quad.bottom - 0.75), <, 1e-12);
      for (guint c = 0; c < 4; c++)
        g_assert_true (fabs (quad.x[c]) <= 0.6 + 1e-12 && fabs (quad.y[c]) <= 0.4 + 1e-12);
    }
  }
  g_test_message ("%u objects in 200 frames, at most %u in one", total, most);
  g_assert_cmpuint (total, >, 1000);
  g_assert_cmpuint (most, >=, 10);
}

/* Two scatters on one surface avoid each other; on free planes those of one height do. */
static void
test_scatters_avoid_each_other (void)
{
  g_autoptr (DioScenario) scenario = fixture_scenario (
      SCENARIO ("{'id': 'a', 'type': 'scatter', 'targets': ['cup_1'], 'center': [0, 0, 1],"
                " 'size_x_m': 0.5, 'size_y_m': 0.5, 'count': 4, 'yaw_rad': " TURN "},"
                "{'id': 'b', 'type': 'scatter', 'targets': ['cup_2'], 'center': [0.1, 0, 1],"
                " 'size_x_m': 0.5, 'size_y_m': 0.5, 'count': 4, 'yaw_rad': " TURN "}"));
  guint total = 0;
  for (guint32 frame = 0; frame < 100; frame++) {
    g_autoptr (DioResolved) resolved = fixture_resolve (scenario, 12, frame);
    total += check_pairs (resolved, "cup", 0);
  }
  g_assert_cmpuint (total, >, 400);
}

/* A target below a turned and scaled group stands on the table like any other. */
static void
test_nested_target (void)
{
  g_autoptr (DioScenario) scenario = fixture_scenario (
      SCENARIO ("{'id': 's', 'type': 'scale', 'targets': ['room'], 'factor': 0.3},"
                "{'id': 'a', 'type': 'scatter', 'targets': ['chest_1'], 'surface': 'table',"
                " 'yaw_rad': 1}"));
  g_autoptr (DioResolved) resolved = fixture_resolve (scenario, 12, 0);
  const DioResolvedNode *chest = fixture_find (resolved, "chest_1", 0);
  Quad quad = quad_of (chest);
  g_assert_true (chest->visible);
  g_assert_cmpfloat (fabs (quad.bottom - 0.75), <, 1e-12);
  /* The rotation in the world is the drawn yaw on top of the node's own, whatever the group's. */
  DioVec3 x =
      dio_vec3_normalize (dio_mat4_transform_vector (&chest->world_from_node, dio_vec3 (1, 0, 0)));
  g_assert_cmpfloat (fabs (x.x - cos (1)), <, 1e-12);
  g_assert_cmpfloat (fabs (x.y - sin (1)), <, 1e-12);
}

/* What finds no room is hidden and reported; the others stand. */
static void
test_no_room (void)
{
  g_autoptr (DioScenario) scenario = fixture_scenario (
      SCENARIO ("{'id': 'a', 'type': 'scatter', 'targets': ['cup_1'], 'center': [0, 0, 0],"
                " 'size_x_m': 0.3, 'size_y_m': 0.1, 'count': 9}"));
  g_autoptr (DioResolved) resolved = fixture_resolve (scenario, 12, 0);
  guint shown = check_pairs (resolved, "cup_1", 0);
  guint hidden = 0;
  for (guint i = 0; i < dio_diagnostics_get_count (resolved->diagnostics); i++)
    hidden += g_str_equal (dio_diagnostics_get (resolved->diagnostics, i)->code, "no-room") ? 1 : 0;
  g_assert_cmpuint (shown, >=, 1);
  g_assert_cmpuint (shown, <=, 2);
  g_assert_cmpuint (shown + hidden, ==, 9);
}

static void
test_count_zero_hides (void)
{
  g_autoptr (DioScenario) scenario = fixture_scenario (
      SCENARIO ("{'id': 'a', 'type': 'scatter', 'targets': ['cup_1'], 'surface': 'table',"
                " 'count': 0}"));
  g_autoptr (DioResolved) resolved = fixture_resolve (scenario, 12, 0);
  g_assert_false (fixture_find (resolved, "cup_1", 0)->visible);
  g_assert_null (fixture_find (resolved, "cup_1", 1));
  g_assert_cmpuint (dio_diagnostics_get_count (resolved->diagnostics), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/randomize/scatter/no-interpenetration", test_no_interpenetration);
  g_test_add_func ("/randomize/scatter/scatters-avoid-each-other", test_scatters_avoid_each_other);
  g_test_add_func ("/randomize/scatter/nested-target", test_nested_target);
  g_test_add_func ("/randomize/scatter/no-room", test_no_room);
  g_test_add_func ("/randomize/scatter/count-zero-hides", test_count_zero_hides);
  return g_test_run ();
}
