#define G_LOG_DOMAIN "dio-randomize"

/* Where a thing stands that hides another from a sensor. Its middle comes to a point on the line of sight, then to the
 * side of it. */

#include "dio-randomize-occlude-private.h"

#include "dio-core-math.h"
#include "dio-core-vec.h"

#include <math.h>

/* A little beyond the offset at which the bounds have left the cone of sight. */
#define CLEAR 1.02

gboolean
dio_sight_line_find (DioSightLine *line,
                     DioBuild *build,
                     const DioWork *sensor,
                     const DioWork *target,
                     GError **error)
{
  DioBox3 box;
  DioMat4 world_from_sensor = dio_work_world_from_node (sensor);
  DioMat4 world_from_target = dio_work_world_from_node (target);
  if (!dio_work_get_own_bounds (build, target, &box, error))
    return FALSE;
  line->target_box = box;
  line->world_from_target = world_from_target;
  line->near_m = sensor->node->sensor.near_m;
  if (dio_box3_is_empty (&box))
    box = (DioBox3){ { 0, 0, 0 }, { 0, 0, 0 } };
  DioBox3 world = dio_box3_transform (&box, &world_from_target);
  DioVec3 size = dio_vec3_sub (world.max, world.min);
  line->eye_m = dio_mat4_transform_point (&world_from_sensor, (DioVec3){ 0, 0, 0 });
  line->aim_m = dio_vec3_scale (dio_vec3_add (world.min, world.max), 0.5);
  line->radius_m = fmax (fmax (size.x, fmax (size.y, size.z)) / 2, 1e-6);
  DioVec3 way = dio_vec3_sub (line->aim_m, line->eye_m);
  line->azimuth_rad = dio_atan2 (way.y, way.x);
  if (line->grounded)
    way.z = 0;
  line->distance_m = fmax (dio_vec3_length (way), 1e-6);
  return TRUE;
}

/** A thing as it would stand, about its own origin. */
typedef struct {
  DioQuat q_world;
  DioVec3 scale, middle_m;
  double half_across_m, half_along_m;
} Body;

static gboolean
measure (const DioSightLine *line,
         DioBuild *build,
         const DioWork *work,
         const DioSightPlace *place,
         const DioSimilarity *world_from_parent,
         Body *out,
         GError **error)
{
  const DioVec3 up = { 0, 0, 1 };
  const DioTrs *trs = &work->node->parent_from_node;
  DioBox3 box;
  if (!dio_work_get_bounds (build, work, &box, error))
    return FALSE;
  if (dio_box3_is_empty (&box))
    box = (DioBox3){ { 0, 0, 0 }, { 0, 0, 0 } };
  /* Its front, -y, turns back along the line. */
  double turn_rad = line->azimuth_rad - DIO_PI / 2 + place->yaw_rad;
  out->q_world = place->turned ? dio_quat_from_axis_angle (up, turn_rad)
                               : dio_quat_multiply (world_from_parent->q_wxyz, trs->q_wxyz);
  out->scale = dio_vec3_scale (trs->scale, world_from_parent->s);
  DioTrs about = { .q_wxyz = out->q_world, .scale = out->scale };
  DioMat4 world_from_body = dio_mat4_from_trs (&about);
  DioBox3 world = dio_box3_transform (&box, &world_from_body);
  out->middle_m = dio_vec3_scale (dio_vec3_add (world.min, world.max), 0.5);
  about.q_wxyz =
      dio_quat_multiply (dio_quat_from_axis_angle (up, -line->azimuth_rad), out->q_world);
  DioMat4 line_from_body = dio_mat4_from_trs (&about);
  DioBox3 seen = dio_box3_transform (&box, &line_from_body);
  DioVec3 half = dio_vec3_scale (dio_vec3_sub (seen.max, seen.min), 0.5);
  out->half_along_m = half.x;
  out->half_across_m = line->grounded ? half.y : dio_vec3_length (half);
  return TRUE;
}

/* Unit vector to the right of the line as the sensor sees it; turned about the line where nothing is grounded. */
static DioVec3
find_side (const DioSightLine *line, const DioSightPlace *place)
{
  DioVec3 right = { dio_sin (line->azimuth_rad), -dio_cos (line->azimuth_rad), 0 };
  if (line->grounded)
    return right;
  DioVec3 way = dio_vec3_normalize (dio_vec3_sub (line->aim_m, line->eye_m));
  DioVec3 above = dio_vec3_cross (right, way);
  return dio_vec3_add (dio_vec3_scale (right, dio_cos (place->around_rad)),
                       dio_vec3_scale (above, dio_sin (place->around_rad)));
}

gboolean
dio_sight_line_place (const DioSightLine *line,
                      DioBuild *build,
                      const DioWork *work,
                      const DioSightPlace *place,
                      DioTrs *out,
                      double *reach,
                      GError **error)
{
  DioSimilarity world_from_parent;
  Body body;
  if (!dio_work_world_from_parent (work, &world_from_parent, error)
      || !measure (line, build, work, place, &world_from_parent, &body, error))
    return FALSE;
  double radius_m = line->radius_m * place->along;
  DioVec3 on_line = dio_vec3_add (
      line->eye_m, dio_vec3_scale (dio_vec3_sub (line->aim_m, line->eye_m), place->along));
  DioVec3 beside = dio_vec3_scale (find_side (line, place), place->offset * radius_m);
  DioVec3 origin = dio_vec3_sub (dio_vec3_add (on_line, beside), body.middle_m);
  if (line->grounded)
    origin.z = dio_work_world_from_node (work).m[14];
  *out = work->node->parent_from_node;
  out->translation_m = dio_similarity_apply_inverse (&world_from_parent, origin);
  if (place->turned)
    out->q_wxyz = dio_quat_normalize (
        dio_quat_multiply (dio_quat_conjugate (world_from_parent.q_wxyz), body.q_world));
  double end = fmin (place->along + body.half_along_m / line->distance_m, 1);
  *reach = CLEAR * (body.half_across_m + line->radius_m * end) / radius_m;
  return TRUE;
}
