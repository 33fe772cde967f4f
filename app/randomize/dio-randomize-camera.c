#define G_LOG_DOMAIN "dio-randomize"

/* Cameras that look at something. */

#include "dio-randomize-private.h"

#include "dio-core-math.h"
#include "dio-core-vec.h"
#include "dio-scene-randomizer.h"

/* World point that the camera is to look at: the middle of the target's bounds where it has some. */
static gboolean
find_aim (DioApply *apply, const DioWork *work, DioVec3 *aim, GError **error)
{
  const char *id = dio_randomizer_get_string (apply->randomizer, "target", NULL);
  *aim = dio_randomizer_get_vec3 (apply->randomizer, "look_at", (DioVec3){ 0, 0, 0 });
  if (id == NULL)
    return TRUE;
  const DioWork *target = dio_build_find (apply->build, id, work->copy);
  if (target == NULL)
    return dio_apply_fail (apply, error, "its target \"%s\" is not in the scenario", id);
  DioVec3 middle = { 0, 0, 0 };
  if (target->node->kind == DIO_NODE_MODEL || target->node->kind == DIO_NODE_GROUP) {
    DioBox3 box;
    if (!dio_work_get_own_bounds (apply->build, target, &box, error))
      return FALSE;
    if (!dio_box3_is_empty (&box))
      middle = dio_vec3_scale (dio_vec3_add (box.min, box.max), 0.5);
  }
  DioMat4 world_from_target = dio_work_world_from_node (target);
  *aim = dio_mat4_transform_point (&world_from_target, middle);
  return TRUE;
}

/* Where there is no radius the camera stays where it stands. */
static DioVec3
draw_eye (DioApply *apply, const DioWork *work, DioVec3 aim)
{
  if (dio_randomizer_get_distribution (apply->randomizer, "radius_m") == NULL) {
    DioMat4 world_from_camera = dio_work_world_from_node (work);
    return dio_mat4_transform_point (&world_from_camera, (DioVec3){ 0, 0, 0 });
  }
  DioDrawing drawing = dio_draw_begin (apply, work, "eye");
  double radius = dio_draw_param (&drawing, "radius_m", 1, 1);
  double azimuth = dio_draw_param (&drawing, "azimuth_rad", 0, 2 * DIO_PI);
  double elevation = dio_draw_elevation (&drawing, "elevation_rad");
  dio_draw_record (&drawing, 3, (const double[]){ radius, azimuth, elevation });
  DioVec3 direction = dio_direction_from_angles (azimuth, elevation);
  return dio_vec3_add (aim, dio_vec3_scale (direction, radius));
}

/* Moves only what the camera looks at: it stands on its shell about the unmoved aim. */
static DioVec3
draw_jitter (DioApply *apply, const DioWork *work, DioVec3 aim)
{
  double reach = dio_randomizer_get_number (apply->randomizer, "jitter_m", 0);
  if (!(reach > 0))
    return aim;
  DioDrawing drawing = dio_draw_begin (apply, work, "jitter");
  DioVec3 shift;
  shift.x = reach * (2 * dio_draw_uniform (&drawing) - 1);
  shift.y = reach * (2 * dio_draw_uniform (&drawing) - 1);
  shift.z = reach * (2 * dio_draw_uniform (&drawing) - 1);
  dio_draw_record_vec3 (&drawing, shift);
  return dio_vec3_add (aim, shift);
}

static double
draw_roll (DioApply *apply, const DioWork *work)
{
  if (dio_randomizer_get_distribution (apply->randomizer, "roll_rad") == NULL)
    return 0;
  DioDrawing drawing = dio_draw_begin (apply, work, "roll");
  double roll_rad = dio_draw_param (&drawing, "roll_rad", 0, 0);
  dio_draw_record (&drawing, 1, &roll_rad);
  return roll_rad;
}

static gboolean
draw_focal_length (DioApply *apply, DioWork *work, GError **error)
{
  if (dio_randomizer_get_distribution (apply->randomizer, "focal_length_mm") == NULL)
    return TRUE;
  DioDrawing drawing = dio_draw_begin (apply, work, "sensor/focal_length_mm");
  double focal_mm = dio_draw_param (&drawing, "focal_length_mm", 0, 0);
  if (!dio_apply_number (apply, work, "sensor/focal_length_mm", &focal_mm, error))
    return FALSE;
  dio_draw_record (&drawing, 1, &focal_mm);
  return TRUE;
}

gboolean
dio_apply_camera_look_at (DioApply *apply, DioWork *work, GError **error)
{
  DioVec3 aim;
  DioSimilarity world_from_parent;
  if (!find_aim (apply, work, &aim, error)
      || !dio_work_world_from_parent (work, &world_from_parent, error))
    return FALSE;
  DioVec3 eye = draw_eye (apply, work, aim);
  DioVec3 seen = draw_jitter (apply, work, aim);
  /* Positive roll turns the camera counter-clockwise as it sees itself from behind: the picture turns
   * clockwise. */
  double roll_rad = draw_roll (apply, work);
  DioMat4 world_from_level = dio_mat4_look_at (eye, seen, (DioVec3){ 0, 0, 1 });
  DioQuat q_world = dio_quat_multiply (dio_quat_from_mat4 (&world_from_level),
                                       dio_quat_from_axis_angle ((DioVec3){ 0, 0, 1 }, roll_rad));

  DioTrs *trs = &dio_work_edit (work)->parent_from_node;
  trs->q_wxyz = dio_quat_normalize (
      dio_quat_multiply (dio_quat_conjugate (world_from_parent.q_wxyz), q_world));
  trs->translation_m = dio_similarity_apply_inverse (&world_from_parent, eye);
  return draw_focal_length (apply, work, error);
}
