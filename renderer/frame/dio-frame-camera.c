#define G_LOG_DOMAIN "dio-frame"

#include "dio-frame-camera.h"

#include "dio-core-vec.h"

#include <math.h>

/* Column @i of the rotation of world_from_camera: a camera axis in the world. */
static DioVec3
axis (const DioMat4 *m, int i)
{
  return dio_vec3 (m->m[4 * i], m->m[4 * i + 1], m->m[4 * i + 2]);
}

static DioVec3
eye (const DioCamera *camera)
{
  return axis (&camera->world_from_camera, 3);
}

gboolean
dio_camera_project (const DioCamera *camera,
                    DioVec3 world_m,
                    double uv_px[static 2],
                    double *depth_z_m)
{
  /* world_from_camera is rigid: its inverse is the transpose, which dot products apply. */
  const DioMat4 *m = &camera->world_from_camera;
  DioVec3 from_eye = dio_vec3_sub (world_m, eye (camera));
  double x_cv = dio_vec3_dot (axis (m, 0), from_eye);
  double y_cv = -dio_vec3_dot (axis (m, 1), from_eye);
  double z_cv = -dio_vec3_dot (axis (m, 2), from_eye);
  if (camera->orthographic) {
    uv_px[0] = camera->fx * x_cv + camera->cx;
    uv_px[1] = camera->fy * y_cv + camera->cy;
    if (depth_z_m != NULL)
      *depth_z_m = z_cv;
    return TRUE;
  }
  if (!(z_cv > 0))
    return FALSE;
  uv_px[0] = camera->fx * x_cv / z_cv + camera->cx;
  uv_px[1] = camera->fy * y_cv / z_cv + camera->cy;
  if (depth_z_m != NULL)
    *depth_z_m = z_cv;
  return TRUE;
}

DioVec3
dio_camera_unproject (const DioCamera *camera, const double uv_px[static 2], double depth_z_m)
{
  const DioMat4 *m = &camera->world_from_camera;
  double widening = camera->orthographic ? 1 : depth_z_m;
  double x_cv = (uv_px[0] - camera->cx) * widening / camera->fx;
  double y_cv = (uv_px[1] - camera->cy) * widening / camera->fy;
  DioVec3 p = eye (camera);
  p = dio_vec3_add (p, dio_vec3_scale (axis (m, 0), x_cv));
  p = dio_vec3_add (p, dio_vec3_scale (axis (m, 1), -y_cv));
  return dio_vec3_add (p, dio_vec3_scale (axis (m, 2), -depth_z_m));
}

/* As below with w_clip = 1: depth falls in a line from 1 at z = -n to 0 at z = -f. */
static DioMat4
clip_orthographic (const DioCamera *camera)
{
  double w = camera->width_px, h = camera->height_px;
  double range = camera->far_m - camera->near_m;
  DioMat4 m = { 0 };

  m.m[0] = 2 * camera->fx / w;
  m.m[12] = 2 * camera->cx / w - 1;
  m.m[5] = 2 * camera->fy / h;
  m.m[13] = 1 - 2 * camera->cy / h;
  m.m[10] = 1 / range;
  m.m[14] = camera->far_m / range;
  m.m[15] = 1;
  return m;
}

DioMat4
dio_camera_clip_from_camera (const DioCamera *camera)
{
  if (camera->orthographic)
    return clip_orthographic (camera);
  double w = camera->width_px, h = camera->height_px;
  double n = camera->near_m, f = camera->far_m;
  /* Reversed depth z_ndc = (a * z + b) / -z: 1 at z = -n, 0 at z = -f; without a far plane a = 0. */
  double a = isfinite (f) && f > n ? n / (f - n) : 0;
  double b = isfinite (f) && f > n ? n * f / (f - n) : n;
  DioMat4 m = { 0 };

  /* x_ndc = 2 u / W - 1 and y_ndc = 1 - 2 v / H, with u, v of dio_camera_project, times w_clip = -z. */
  m.m[0] = 2 * camera->fx / w;
  m.m[8] = 1 - 2 * camera->cx / w;
  m.m[5] = 2 * camera->fy / h;
  m.m[9] = 2 * camera->cy / h - 1;
  m.m[10] = a;
  m.m[14] = b;
  m.m[11] = -1;
  return m;
}

void
dio_camera_resize (DioCamera *camera, guint width_px, guint height_px)
{
  double sx = (double) width_px / camera->width_px, sy = (double) height_px / camera->height_px;
  camera->fx *= sx;
  camera->cx *= sx;
  camera->fy *= sy;
  camera->cy *= sy;
  camera->width_px = width_px;
  camera->height_px = height_px;
  dio_picture_effects_scale (&camera->effects, sx, sy);
}
