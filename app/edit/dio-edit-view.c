#define G_LOG_DOMAIN "dio-edit"

/* Between pixels and the world. */

#include "dio-core-math.h"
#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-edit-navigation.h"

/* Far enough in front of any scene, near enough for its doubles to keep micrometres. */
#define ORTHO_BACK_M 10000.0
/* Below this cosine a ray runs along a plane and its hit has no sense. */
#define MIN_INCIDENCE 1e-4
#define MIN_DEPTH_M 1e-9

/* Metres (orthographic) or metres per metre of depth (perspective) that a pixel covers. */
static double
get_pixel_size (const DioEditView *view)
{
  double height = MAX (view->height_px, 1);
  return view->orthographic ? view->ortho_height_m / height
                            : 2 * dio_tan (view->fov_y_rad / 2) / height;
}

DioEditRay
dio_edit_view_get_ray (const DioEditView *view, double x_px, double y_px)
{
  double size = get_pixel_size (view);
  double x = (x_px - view->width_px / 2) * size;
  double y = (view->height_px / 2 - y_px) * size;
  const DioMat4 *m = &view->world_from_camera;
  if (view->orthographic)
    return (DioEditRay){ dio_mat4_transform_point (m, dio_vec3 (x, y, ORTHO_BACK_M)),
                         dio_vec3_normalize (dio_mat4_transform_vector (m, dio_vec3 (0, 0, -1))) };
  return (DioEditRay){ dio_mat4_transform_point (m, dio_vec3 (0, 0, 0)),
                       dio_vec3_normalize (dio_mat4_transform_vector (m, dio_vec3 (x, y, -1))) };
}

gboolean
dio_edit_view_project (const DioEditView *view,
                       DioVec3 point_m,
                       double xy_px[static 2],
                       double *depth_m)
{
  DioMat4 camera_from_world;
  if (!dio_mat4_invert_affine (&view->world_from_camera, &camera_from_world))
    return FALSE;
  DioVec3 p = dio_mat4_transform_point (&camera_from_world, point_m);
  if (depth_m != NULL)
    *depth_m = -p.z;
  if (!view->orthographic && -p.z < MIN_DEPTH_M)
    return FALSE;
  double per_pixel = get_pixel_size (view) * (view->orthographic ? 1 : -p.z);
  xy_px[0] = view->width_px / 2 + p.x / per_pixel;
  xy_px[1] = view->height_px / 2 - p.y / per_pixel;
  return TRUE;
}

double
dio_edit_view_get_metres_per_pixel (const DioEditView *view, DioVec3 point_m)
{
  double xy_px[2], depth_m = 0;
  dio_edit_view_project (view, point_m, xy_px, &depth_m);
  return get_pixel_size (view) * (view->orthographic ? 1 : MAX (depth_m, MIN_DEPTH_M));
}

gboolean
dio_edit_ray_meet_plane (const DioEditRay *ray, DioVec3 point_m, DioVec3 normal, DioVec3 *hit_m)
{
  double slope = dio_vec3_dot (ray->direction, normal);
  double height = dio_vec3_dot (dio_vec3_sub (point_m, ray->origin_m), normal);
  if (slope * slope < MIN_INCIDENCE * MIN_INCIDENCE || height / slope < 0)
    return FALSE;
  *hit_m = dio_vec3_add (ray->origin_m, dio_vec3_scale (ray->direction, height / slope));
  return TRUE;
}
