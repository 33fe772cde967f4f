#define G_LOG_DOMAIN "dio-export"

#include "dio-export-space-private.h"

#include "dio-core-pose.h"
#include "dio-core-vec.h"

#include <math.h>

static DioMat4
camera_from_world (const DioDatasetCapture *capture)
{
  DioMat4 inverse = dio_mat4_identity ();

  /* A camera's pose is rigid; there is always an inverse. */
  if (!dio_mat4_invert_affine (&capture->world_from_camera, &inverse))
    g_warn_if_reached ();
  return inverse;
}

DioVec3
dio_export_point_in_camera (const DioDatasetCapture *capture, DioVec3 world)
{
  DioMat4 inverse = camera_from_world (capture);
  DioVec3 p = dio_mat4_transform_point (&inverse, world);

  return (DioVec3){ p.x, -p.y, -p.z };
}

DioVec3
dio_export_vector_in_camera (const DioDatasetCapture *capture, DioVec3 world)
{
  DioMat4 inverse = camera_from_world (capture);
  DioVec3 v = dio_mat4_transform_vector (&inverse, world);

  return (DioVec3){ v.x, -v.y, -v.z };
}

void
dio_export_box_corners (const DioDatasetCapture *capture,
                        const DioAnnotation *label,
                        DioVec3 corners[8])
{
  DioVec3 half = dio_vec3_scale (label->box_size_m, 0.5);

  for (guint i = 0; i < 8; i++) {
    DioVec3 from_center = { i & 1 ? half.x : -half.x, i & 2 ? half.y : -half.y,
                            i & 4 ? half.z : -half.z };
    corners[i] = dio_export_point_in_camera (
        capture, dio_vec3_add (label->box_center_world_m,
                               dio_quat_rotate (label->box_q_wxyz_world, from_center)));
  }
}

/* The stored azimuth is the way from the front to the camera about the object's up, so the front is found back
 * from where the camera is. */
DioVec3
dio_export_front_in_camera (const DioDatasetCapture *capture, const DioAnnotation *label)
{
  DioQuat q = label->box_q_wxyz_world, back = { q.w, -q.x, -q.y, -q.z };
  const double *m = capture->world_from_camera.m;
  DioVec3 eye = { m[12], m[13], m[14] };
  DioVec3 to_eye = dio_quat_rotate (back, dio_vec3_sub (eye, label->box_center_world_m));
  double azimuth = isfinite (label->view_azimuth_rad) ? label->view_azimuth_rad : 0;
  double angle = atan2 (to_eye.y, to_eye.x) - azimuth;

  return dio_export_vector_in_camera (
      capture, dio_quat_rotate (q, (DioVec3){ cos (angle), sin (angle), 0 }));
}

void
dio_export_pose_in_camera (const DioAnnotation *label, double rows[16])
{
  for (guint r = 0; r < 4; r++)
    for (guint c = 0; c < 4; c++) {
      double value = label->camera_from_object.m[4 * c + r];
      rows[4 * r + c] = r == 1 || r == 2 ? -value : value;
    }
}

void
dio_export_camera_in_world (const DioDatasetCapture *capture, double rows[16])
{
  for (guint r = 0; r < 4; r++)
    for (guint c = 0; c < 4; c++) {
      double value = capture->world_from_camera.m[4 * c + r];
      rows[4 * r + c] = c == 1 || c == 2 ? -value : value;
    }
}
