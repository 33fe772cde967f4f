#define G_LOG_DOMAIN "dio-randomize"

/* How a node is turned and how large it is. */

#include "dio-randomize-private.h"

#include "dio-core-math.h"
#include "dio-core-vec.h"

#include <math.h>

/* Turns the node by @q in its parent's frame, on top of how it was placed. */
static void
turn (DioWork *work, DioQuat q)
{
  DioNode *node = dio_work_edit (work);
  node->parent_from_node.q_wxyz =
      dio_quat_normalize (dio_quat_multiply (q, node->parent_from_node.q_wxyz));
}

gboolean
dio_apply_rotation_yaw (DioApply *apply, DioWork *work, GError **error)
{
  DioDrawing drawing = dio_draw_begin (apply, work, "yaw");
  double yaw_rad = dio_draw_param (&drawing, "yaw_rad", 0, 0);
  dio_draw_record (&drawing, 1, &yaw_rad);
  turn (work, dio_quat_from_axis_angle ((DioVec3){ 0, 0, 1 }, yaw_rad));
  return TRUE;
}

/* K. Shoemake, "Uniform random rotations", Graphics Gems III, 1992. */
gboolean
dio_apply_rotation_uniform (DioApply *apply, DioWork *work, GError **error)
{
  DioDrawing drawing = dio_draw_begin (apply, work, "rotation");
  double u = dio_draw_uniform (&drawing);
  double a = 2 * DIO_PI * dio_draw_uniform (&drawing);
  double b = 2 * DIO_PI * dio_draw_uniform (&drawing);
  double low = sqrt (1 - u), high = sqrt (u);
  DioQuat q = { high * dio_cos (b), low * dio_sin (a), low * dio_cos (a), high * dio_sin (b) };
  dio_draw_record (&drawing, 4, (const double[]){ q.w, q.x, q.y, q.z });
  dio_work_edit (work)->parent_from_node.q_wxyz = dio_quat_normalize (q);
  return TRUE;
}

gboolean
dio_apply_rotation_euler (DioApply *apply, DioWork *work, GError **error)
{
  DioDrawing drawing = dio_draw_begin (apply, work, "yaw-pitch-roll");
  DioVec3 angles;
  angles.x = dio_draw_param (&drawing, "yaw_rad", 0, 0);
  angles.y = dio_draw_param (&drawing, "pitch_rad", 0, 0);
  angles.z = dio_draw_param (&drawing, "roll_rad", 0, 0);
  dio_draw_record_vec3 (&drawing, angles);
  turn (work, dio_quat_from_yaw_pitch_roll (angles.x, angles.y, angles.z));
  return TRUE;
}

gboolean
dio_apply_scale (DioApply *apply, DioWork *work, GError **error)
{
  DioDrawing drawing = dio_draw_begin (apply, work, "scale");
  double factor = dio_draw_param (&drawing, "factor", 1, 1);
  dio_draw_record (&drawing, 1, &factor);
  DioTrs *trs = &dio_work_edit (work)->parent_from_node;
  trs->scale = dio_vec3_scale (trs->scale, factor);
  return TRUE;
}
