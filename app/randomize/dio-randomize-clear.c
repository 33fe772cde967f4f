#define G_LOG_DOMAIN "dio-randomize"

/* Whether a thing that is put on a line of sight keeps clear of both its ends: boxes against a point and a box. */

#include "dio-randomize-occlude-private.h"

#include "dio-core-vec.h"

#include <math.h>

/** A box that is turned, scaled and possibly sheared, in the world. */
typedef struct {
  DioVec3 corners[8];
  DioVec3 edges[3];
} Brick;

static Brick
make_brick (const DioBox3 *box, const DioMat4 *world_from_box)
{
  Brick out;
  DioVec3 size = dio_vec3_sub (box->max, box->min);
  const DioVec3 sides[3] = { { size.x, 0, 0 }, { 0, size.y, 0 }, { 0, 0, size.z } };
  for (guint i = 0; i < 8; i++) {
    DioVec3 p = { (i & 1) != 0 ? box->max.x : box->min.x, (i & 2) != 0 ? box->max.y : box->min.y,
                  (i & 4) != 0 ? box->max.z : box->min.z };
    out.corners[i] = dio_mat4_transform_point (world_from_box, p);
  }
  for (guint i = 0; i < 3; i++)
    out.edges[i] = dio_mat4_transform_vector (world_from_box, sides[i]);
  return out;
}

static void
project (const Brick *brick, DioVec3 axis, double range[static 2])
{
  range[0] = INFINITY;
  range[1] = -INFINITY;
  for (guint i = 0; i < 8; i++) {
    double at = dio_vec3_dot (brick->corners[i], axis);
    range[0] = fmin (range[0], at);
    range[1] = fmax (range[1], at);
  }
}

/* An axis of length 0, of parallel edges or flat boxes, parts nothing. */
static gboolean
parts (const Brick *a, const Brick *b, DioVec3 axis)
{
  double first[2], second[2];
  project (a, axis, first);
  project (b, axis, second);
  return first[0] > second[1] || second[0] > first[1];
}

/* Convex bodies are apart where a face of one or a pair of edges gives an axis that parts them. */
static gboolean
bricks_meet (const Brick *a, const Brick *b)
{
  for (guint i = 0; i < 3; i++) {
    guint next = (i + 1) % 3;
    if (parts (a, b, dio_vec3_cross (a->edges[i], a->edges[next]))
        || parts (a, b, dio_vec3_cross (b->edges[i], b->edges[next])))
      return FALSE;
    for (guint k = 0; k < 3; k++)
      if (parts (a, b, dio_vec3_cross (a->edges[i], b->edges[k])))
        return FALSE;
  }
  return TRUE;
}

static double
grow (double margin_m, const double axis[static 3])
{
  double length = dio_vec3_length (dio_vec3 (axis[0], axis[1], axis[2]));
  return length > 0 ? margin_m / length : 0;
}

/* The box grown by the near plane's distance: nothing nearer is drawn. */
static gboolean
holds_eye (const DioSightLine *line, const DioBox3 *box, const DioMat4 *world_from_box)
{
  DioMat4 box_from_world;
  if (!dio_mat4_invert_affine (world_from_box, &box_from_world))
    return FALSE;
  DioVec3 p = dio_mat4_transform_point (&box_from_world, line->eye_m);
  DioVec3 margin = { grow (line->near_m, world_from_box->m),
                     grow (line->near_m, world_from_box->m + 4),
                     grow (line->near_m, world_from_box->m + 8) };
  return p.x >= box->min.x - margin.x && p.x <= box->max.x + margin.x
         && p.y >= box->min.y - margin.y && p.y <= box->max.y + margin.y
         && p.z >= box->min.z - margin.z && p.z <= box->max.z + margin.z;
}

gboolean
dio_sight_line_is_clear (const DioSightLine *line,
                         DioBuild *build,
                         const DioWork *work,
                         const DioMat4 *world_from_moved,
                         gboolean *clear,
                         GError **error)
{
  DioBox3 box;
  *clear = TRUE;
  if (!dio_work_get_bounds (build, work, &box, error))
    return FALSE;
  if (dio_box3_is_empty (&box))
    return TRUE;
  *clear = !holds_eye (line, &box, world_from_moved);
  if (*clear && line->has_target && !dio_box3_is_empty (&line->target_box)) {
    Brick thing = make_brick (&box, world_from_moved),
          target = make_brick (&line->target_box, &line->world_from_target);
    *clear = !bricks_meet (&thing, &target);
  }
  return TRUE;
}
