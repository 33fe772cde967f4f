#pragma once
/* Thread: any; plain values. The editor's camera: how the user looks at the scene. Not a sensor, never stored.
 *
 * Frames and units: the world is Z up, metres; the camera looks along its -Z with +Y up. Pixels have x to the right and y down from the top-left corner of the
 * picture, centres at +0.5; angles are radians. */

#include "dio-core-types.h"

#include <glib.h>

G_BEGIN_DECLS

/** A view as plain numbers: what a picture of the free view is drawn from. */
typedef struct {
  double width_px, height_px;
  DioMat4 world_from_camera; /**< rigid */
  gboolean orthographic;
  double fov_y_rad;      /**< perspective: from top to bottom edge */
  double ortho_height_m; /**< orthographic: metres from top to bottom edge */
} DioEditView;

/** A half line in the world; @direction is of length 1. */
typedef struct {
  DioVec3 origin_m, direction;
} DioEditRay;

/** The ray through a pixel position. An orthographic ray starts in the camera's plane moved back by 10 km, so that it meets all of a scene. */
DioEditRay dio_edit_view_get_ray (const DioEditView *view, double x_px, double y_px);
/** Pixel position of a world point, also outside the picture; @depth_m (nullable) is along the line of sight. FALSE behind a perspective eye. */
gboolean dio_edit_view_project (const DioEditView *view,
                                DioVec3 point_m,
                                double xy_px[static 2],
                                double *depth_m);
/** Metres in the world that one pixel covers at the point's depth; > 0. */
double dio_edit_view_get_metres_per_pixel (const DioEditView *view, DioVec3 point_m);
/** Where the ray meets the plane through @point_m with @normal; FALSE where it runs along or away from it. */
gboolean dio_edit_ray_meet_plane (const DioEditRay *ray,
                                  DioVec3 point_m,
                                  DioVec3 normal,
                                  DioVec3 *hit_m);

/** The eye moves on a ball about what it looks at. @yaw 0, @pitch 0 looks along world +Y (a front view), yaw grows to the left (counter-clockwise seen
 * from above), pitch > 0 looks up, -pi/2 straight down. */
typedef struct {
  DioVec3 target_m;
  double yaw_rad, pitch_rad;
  double distance_m;
  gboolean orthographic;
  double fov_y_rad; /**< an orthographic view shows what this shows at the target's distance */
} DioEditNavigation;

typedef enum {
  DIO_EDIT_LOOK_FRONT, /**< from -Y */
  DIO_EDIT_LOOK_BACK,
  DIO_EDIT_LOOK_RIGHT, /**< from +X */
  DIO_EDIT_LOOK_LEFT,
  DIO_EDIT_LOOK_TOP, /**< from +Z, +Y up in the picture */
  DIO_EDIT_LOOK_BOTTOM,
} DioEditLook;

/** At 6 m from the origin, from the right front, above; perspective. */
void dio_edit_navigation_init (DioEditNavigation *navigation);
DioMat4 dio_edit_navigation_get_world_from_camera (const DioEditNavigation *navigation);
DioVec3 dio_edit_navigation_get_eye (const DioEditNavigation *navigation);
/** The view for a picture of that size. */
DioEditView dio_edit_navigation_get_view (const DioEditNavigation *navigation,
                                          double width_px,
                                          double height_px);
/** Takes over the pose of a camera (rigid), for leaving the view through a sensor without a jump; roll is dropped. The target lies @distance_m ahead. */
void dio_edit_navigation_set_from_camera (DioEditNavigation *navigation,
                                          const DioMat4 *world_from_camera,
                                          double distance_m);

/** By a drag in pixels: half the picture's height turns 90 degrees. Pitch stops at the poles. */
void dio_edit_navigation_orbit (DioEditNavigation *navigation,
                                double dx_px,
                                double dy_px,
                                double height_px);
/** The scene follows the pointer at the target's distance. */
void dio_edit_navigation_pan (DioEditNavigation *navigation,
                              double dx_px,
                              double dy_px,
                              double height_px);
/** @factor < 1 comes nearer. The point under the pointer, at the depth of @anchor_m (nullable: of the target), stays where it is. */
void dio_edit_navigation_zoom (DioEditNavigation *navigation,
                               const DioEditView *view,
                               double x_px,
                               double y_px,
                               double factor,
                               const DioVec3 *anchor_m);
/** Turns the head: the eye stays, the target moves. */
void dio_edit_navigation_look (DioEditNavigation *navigation,
                               double dx_px,
                               double dy_px,
                               double height_px);
/** Moves the eye with its target; @right, @forward, @up are -1..1 (D-A, W-S, E-Q), @speed_m_s metres a second; forward is the line of sight, up is the world's z. */
void dio_edit_navigation_fly (DioEditNavigation *navigation,
                              DioVec3 right_forward_up,
                              double speed_m_s,
                              double dt_s);
/** Keeps the direction and goes to where the whole box is seen with some air; an empty box is passed over. */
void dio_edit_navigation_frame_box (DioEditNavigation *navigation,
                                    const DioBox3 *box_world_m,
                                    double aspect);
/** Looks along an axis at the same target, orthographic. */
void dio_edit_navigation_look_along (DioEditNavigation *navigation, DioEditLook look);
/** Between perspective and orthographic; the target keeps its size. */
void dio_edit_navigation_toggle_orthographic (DioEditNavigation *navigation);
/** A step of a flight from @from to @to, @t in 0..1 eased by the caller: yaw the short way, distance by ratio. */
DioEditNavigation dio_edit_navigation_blend (const DioEditNavigation *from,
                                             const DioEditNavigation *to,
                                             double t);

G_END_DECLS
