#define G_LOG_DOMAIN "dio-derive"

/* One view alone: distance, position, normals, object coordinates. */

#include "dio-core-pose.h"
#include "dio-derive-private.h"

#include <math.h>

typedef DioVec3 (*PixelFunc) (const DioDeriveView *view, guint x, guint y);

static const DioVec3 no_value = { NAN, NAN, NAN };

DioVec3
derive_untransform (const DioMat4 *m, DioVec3 p)
{
  const double *r = m->m;
  DioVec3 d = dio_vec3_sub (p, dio_vec3 (r[12], r[13], r[14]));
  return dio_vec3 (dio_vec3_dot (dio_vec3 (r[0], r[1], r[2]), d),
                   dio_vec3_dot (dio_vec3 (r[4], r[5], r[6]), d),
                   dio_vec3_dot (dio_vec3 (r[8], r[9], r[10]), d));
}

static DioImage *
map_pixels (const DioDeriveView *view, PixelFunc pixel_cb)
{
  DioImage *out = dio_image_new (view->width_px, view->height_px, 3, DIO_PIXEL_F32);
  float *to = out->f32;
  for (guint y = 0; y < view->height_px; y++)
    for (guint x = 0; x < view->width_px; x++, to += 3) {
      DioVec3 v = pixel_cb (view, x, y);
      to[0] = (float) v.x;
      to[1] = (float) v.y;
      to[2] = (float) v.z;
    }
  return out;
}

static DioVec3
get_position_camera (const DioDeriveView *view, guint x, guint y)
{
  double depth = derive_get_depth (view, x, y);
  return isfinite (depth) ? dio_vec3_scale (derive_get_ray (view, x, y), depth) : no_value;
}

static DioVec3
get_position_world (const DioDeriveView *view, guint x, guint y)
{
  return dio_mat4_transform_point (&view->world_from_camera, get_position_camera (view, x, y));
}

static DioVec3
get_normal_world (const DioDeriveView *view, guint x, guint y)
{
  const float *n = view->normal->f32 + 3 * ((gsize) y * view->width_px + x);
  DioVec3 v = dio_vec3_normalize (dio_vec3 (n[0], n[1], n[2]));
  return dio_vec3_length (v) > 0 ? dio_mat4_transform_vector (&view->world_from_camera, v)
                                 : no_value;
}

/* Part of the way through a box side of @size. */
static double
get_part (double at, double size)
{
  return size > 0 ? at / size + 0.5 : 0.5;
}

static DioVec3
get_object_coordinates (const DioDeriveView *view, guint x, guint y)
{
  const DioDeriveObject *object = derive_get_object (view, x, y);
  if (object == NULL || !isfinite (derive_get_depth (view, x, y)))
    return no_value;
  DioMat4 world_from_box = dio_mat4_from_quat (object->box_q_wxyz_world);
  DioVec3 offset = dio_vec3_sub (get_position_world (view, x, y), object->box_center_world_m);
  DioVec3 at = derive_untransform (&world_from_box, offset);
  return dio_vec3 (get_part (at.x, object->box_size_m.x), get_part (at.y, object->box_size_m.y),
                   get_part (at.z, object->box_size_m.z));
}

DioImage *
dio_derive_distance (const DioDeriveView *view)
{
  g_return_val_if_fail (view != NULL && view->depth_z != NULL, NULL);
  DioImage *out = dio_image_new (view->width_px, view->height_px, 1, DIO_PIXEL_F32);
  float *to = out->f32;
  for (guint y = 0; y < view->height_px; y++)
    for (guint x = 0; x < view->width_px; x++)
      *to++ =
          (float) (derive_get_depth (view, x, y) * dio_vec3_length (derive_get_ray (view, x, y)));
  return out;
}

DioImage *
dio_derive_position_camera (const DioDeriveView *view)
{
  g_return_val_if_fail (view != NULL && view->depth_z != NULL, NULL);
  return map_pixels (view, get_position_camera);
}

DioImage *
dio_derive_position_world (const DioDeriveView *view)
{
  g_return_val_if_fail (view != NULL && view->depth_z != NULL, NULL);
  return map_pixels (view, get_position_world);
}

DioImage *
dio_derive_normal_world (const DioDeriveView *view)
{
  g_return_val_if_fail (view != NULL, NULL);
  return view->normal != NULL ? map_pixels (view, get_normal_world) : NULL;
}

DioImage *
dio_derive_object_coordinates (const DioDeriveView *view)
{
  g_return_val_if_fail (view != NULL && view->depth_z != NULL, NULL);
  return map_pixels (view, get_object_coordinates);
}
