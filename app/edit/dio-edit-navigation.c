#define G_LOG_DOMAIN "dio-edit"

#include "dio-edit-navigation.h"

#include "dio-core-math.h"
#include "dio-core-pose.h"
#include "dio-core-vec.h"

#include <math.h>

#define MIN_DISTANCE_M 0.01
#define MAX_DISTANCE_M 1e6
/* Air around a framed box, and the distance from which a point without size is looked at. */
#define FRAME_AIR 1.15
#define POINT_DISTANCE_M 1.5

typedef struct {
  DioVec3 right, up, forward;
} Axes;

static Axes
get_axes (const DioEditNavigation *n)
{
  double cy = dio_cos (n->yaw_rad), sy = dio_sin (n->yaw_rad);
  double cp = dio_cos (n->pitch_rad), sp = dio_sin (n->pitch_rad);
  Axes axes = { .right = { cy, sy, 0 }, .forward = { -sy * cp, cy * cp, sp } };
  axes.up = dio_vec3_cross (axes.right, axes.forward);
  return axes;
}

static void
set_pitch (DioEditNavigation *n, double pitch_rad)
{
  n->pitch_rad = CLAMP (pitch_rad, -DIO_PI / 2, DIO_PI / 2);
}

static void
set_yaw (DioEditNavigation *n, double yaw_rad)
{
  n->yaw_rad = remainder (yaw_rad, 2 * DIO_PI);
}

void
dio_edit_navigation_init (DioEditNavigation *n)
{
  *n = (DioEditNavigation){ .yaw_rad = 0.5, .pitch_rad = -0.45, .distance_m = 6, .fov_y_rad = 0.8 };
}

DioVec3
dio_edit_navigation_get_eye (const DioEditNavigation *n)
{
  Axes axes = get_axes (n);
  return dio_vec3_sub (n->target_m, dio_vec3_scale (axes.forward, n->distance_m));
}

DioMat4
dio_edit_navigation_get_world_from_camera (const DioEditNavigation *n)
{
  Axes a = get_axes (n);
  DioVec3 eye = dio_edit_navigation_get_eye (n);
  return (DioMat4){ { a.right.x, a.right.y, a.right.z, 0, a.up.x, a.up.y, a.up.z, 0, -a.forward.x,
                      -a.forward.y, -a.forward.z, 0, eye.x, eye.y, eye.z, 1 } };
}

DioEditView
dio_edit_navigation_get_view (const DioEditNavigation *n, double width_px, double height_px)
{
  return (DioEditView){ .width_px = width_px,
                        .height_px = height_px,
                        .world_from_camera = dio_edit_navigation_get_world_from_camera (n),
                        .orthographic = n->orthographic,
                        .fov_y_rad = n->fov_y_rad,
                        .ortho_height_m = 2 * n->distance_m * dio_tan (n->fov_y_rad / 2) };
}

void
dio_edit_navigation_set_from_camera (DioEditNavigation *n,
                                     const DioMat4 *world_from_camera,
                                     double distance_m)
{
  DioVec3 forward = dio_mat4_transform_vector (world_from_camera, dio_vec3 (0, 0, -1));
  DioVec3 right = dio_mat4_transform_vector (world_from_camera, dio_vec3 (1, 0, 0));
  DioVec3 eye = dio_mat4_transform_point (world_from_camera, dio_vec3 (0, 0, 0));
  forward = dio_vec3_normalize (forward);
  double level = sqrt (forward.x * forward.x + forward.y * forward.y);
  set_pitch (n, dio_atan2 (forward.z, level));
  /* Straight up or down the line of sight says no yaw, but the picture's right edge does. */
  set_yaw (n, level > 1e-6 ? dio_atan2 (-forward.x, forward.y) : dio_atan2 (right.y, right.x));
  n->distance_m = CLAMP (distance_m, MIN_DISTANCE_M, MAX_DISTANCE_M);
  n->target_m = dio_vec3_add (eye, dio_vec3_scale (get_axes (n).forward, n->distance_m));
}

/* ---- by hand ---- */

void
dio_edit_navigation_orbit (DioEditNavigation *n, double dx_px, double dy_px, double height_px)
{
  double per_pixel = DIO_PI / MAX (height_px, 1);
  set_yaw (n, n->yaw_rad - dx_px * per_pixel);
  set_pitch (n, n->pitch_rad - dy_px * per_pixel);
}

void
dio_edit_navigation_pan (DioEditNavigation *n, double dx_px, double dy_px, double height_px)
{
  double per_pixel = 2 * n->distance_m * dio_tan (n->fov_y_rad / 2) / MAX (height_px, 1);
  Axes axes = get_axes (n);
  n->target_m = dio_vec3_add (n->target_m, dio_vec3_scale (axes.right, -dx_px * per_pixel));
  n->target_m = dio_vec3_add (n->target_m, dio_vec3_scale (axes.up, dy_px * per_pixel));
}

/* The world point under the pixel in the plane across the line of sight through @at. */
static DioVec3
get_point_under (const DioEditView *view, double x_px, double y_px, DioVec3 at, DioVec3 forward)
{
  DioEditRay ray = dio_edit_view_get_ray (view, x_px, y_px);
  DioVec3 hit;
  return dio_edit_ray_meet_plane (&ray, at, forward, &hit) ? hit : at;
}

/* The camera with its target shrinks towards the anchor, so that the direction to it, and with it its pixel, stays. */
void
dio_edit_navigation_zoom (DioEditNavigation *n,
                          const DioEditView *view,
                          double x_px,
                          double y_px,
                          double factor,
                          const DioVec3 *anchor_m)
{
  g_return_if_fail (factor > 0);
  DioVec3 forward = get_axes (n).forward;
  DioVec3 anchor =
      get_point_under (view, x_px, y_px, anchor_m != NULL ? *anchor_m : n->target_m, forward);
  double distance_m = CLAMP (n->distance_m * factor, MIN_DISTANCE_M, MAX_DISTANCE_M);
  double actual = distance_m / n->distance_m;
  DioVec3 offset = dio_vec3_sub (n->target_m, anchor);
  n->target_m = dio_vec3_add (anchor, dio_vec3_scale (offset, actual));
  n->distance_m = distance_m;
}

void
dio_edit_navigation_look (DioEditNavigation *n, double dx_px, double dy_px, double height_px)
{
  double per_pixel = DIO_PI / 2 / MAX (height_px, 1);
  DioVec3 eye = dio_edit_navigation_get_eye (n);
  set_yaw (n, n->yaw_rad - dx_px * per_pixel);
  set_pitch (n, n->pitch_rad - dy_px * per_pixel);
  n->target_m = dio_vec3_add (eye, dio_vec3_scale (get_axes (n).forward, n->distance_m));
}

void
dio_edit_navigation_fly (DioEditNavigation *n,
                         DioVec3 right_forward_up,
                         double speed_m_s,
                         double dt_s)
{
  Axes axes = get_axes (n);
  DioVec3 way = dio_vec3_scale (axes.right, right_forward_up.x);
  way = dio_vec3_add (way, dio_vec3_scale (axes.forward, right_forward_up.y));
  way = dio_vec3_add (way, dio_vec3 (0, 0, right_forward_up.z));
  n->target_m = dio_vec3_add (n->target_m, dio_vec3_scale (way, speed_m_s * dt_s));
}

/* ---- by itself ---- */

/* How far from the box's middle the eye must stand for the corner to lie inside both edges of the picture. */
static double
get_distance_for_corner (
    const Axes *axes, DioVec3 corner, double slope_x, double slope_y, gboolean orthographic)
{
  double x = fabs (dio_vec3_dot (corner, axes->right)) / slope_x;
  double y = fabs (dio_vec3_dot (corner, axes->up)) / slope_y;
  double nearer = orthographic ? 0 : -dio_vec3_dot (corner, axes->forward);
  return MAX (x, y) + nearer;
}

void
dio_edit_navigation_frame_box (DioEditNavigation *n, const DioBox3 *box, double aspect)
{
  if (dio_box3_is_empty (box) || !dio_vec3_is_finite (box->min) || !dio_vec3_is_finite (box->max))
    return;
  Axes axes = get_axes (n);
  DioVec3 half = dio_vec3_scale (dio_vec3_sub (box->max, box->min), 0.5);
  double slope_y = dio_tan (n->fov_y_rad / 2) / FRAME_AIR;
  double slope_x = slope_y * (aspect > 0 ? aspect : 1);
  double distance_m = 0;
  for (guint i = 0; i < 8; i++) {
    DioVec3 corner = { i & 1 ? half.x : -half.x, i & 2 ? half.y : -half.y,
                       i & 4 ? half.z : -half.z };
    distance_m = MAX (distance_m,
                      get_distance_for_corner (&axes, corner, slope_x, slope_y, n->orthographic));
  }
  if (dio_vec3_length (half) < 1e-6)
    distance_m = POINT_DISTANCE_M;
  n->target_m = dio_vec3_add (box->min, half);
  n->distance_m = CLAMP (distance_m, MIN_DISTANCE_M, MAX_DISTANCE_M);
}

void
dio_edit_navigation_look_along (DioEditNavigation *n, DioEditLook look)
{
  static const double yaws[] = { 0, DIO_PI, DIO_PI / 2, -DIO_PI / 2, 0, 0 };
  static const double pitches[] = { 0, 0, 0, 0, -DIO_PI / 2, DIO_PI / 2 };
  g_return_if_fail (look < G_N_ELEMENTS (yaws));
  n->yaw_rad = yaws[look];
  n->pitch_rad = pitches[look];
  n->orthographic = TRUE;
}

void
dio_edit_navigation_toggle_orthographic (DioEditNavigation *n)
{
  n->orthographic = !n->orthographic;
}

DioEditNavigation
dio_edit_navigation_blend (const DioEditNavigation *from, const DioEditNavigation *to, double t)
{
  t = CLAMP (t, 0, 1);
  DioEditNavigation blend = *to;
  DioVec3 way = dio_vec3_sub (to->target_m, from->target_m);
  blend.target_m = dio_vec3_add (from->target_m, dio_vec3_scale (way, t));
  set_yaw (&blend, from->yaw_rad + t * remainder (to->yaw_rad - from->yaw_rad, 2 * DIO_PI));
  set_pitch (&blend, from->pitch_rad + t * (to->pitch_rad - from->pitch_rad));
  blend.distance_m = from->distance_m * dio_pow (to->distance_m / from->distance_m, t);
  blend.fov_y_rad = from->fov_y_rad + t * (to->fov_y_rad - from->fov_y_rad);
  return blend;
}
