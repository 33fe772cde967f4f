#define G_LOG_DOMAIN "dio-edit"

/* Handles on the screen: lines of constant size in pixels about the pivot. What is drawn and what is hit are the same lines. */

#include "dio-core-math.h"
#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-edit-tool-private.h"

#include <math.h>

/* Parts of the handle's length. */
#define ARROW_START 0.18
#define SQUARE_NEAR 0.28
#define SQUARE_FAR 0.48
#define MIDDLE_HALF 0.08
#define VIEW_RING 1.18
/* Seen more from the side than this, a plane or an arrow cannot be used. */
#define MIN_FACING 0.12

/* What all shapes of one gizmo share. */
typedef struct {
  const DioEditToolStart *start;
  DioVec3 axes[3], towards_eye;
  double length_m;
} Gizmo;

static void
gizmo_init (Gizmo *gizmo, const DioEditToolStart *start, double scale)
{
  gizmo->start = start;
  const DioMat4 *m = &start->view.world_from_camera;
  DioQuat q = dio_quat_normalize (start->q_wxyz_local);
  for (guint i = 0; i < 3; i++) {
    DioVec3 unit = { i == 0, i == 1, i == 2 };
    /* Scales act along the node's own axes, so its handles point there. */
    gboolean local = start->local || start->kind == DIO_EDIT_TOOL_SCALE;
    gizmo->axes[i] = local ? dio_quat_rotate (q, unit) : unit;
  }
  DioVec3 eye = dio_mat4_transform_point (m, dio_vec3 (0, 0, 0));
  DioVec3 back = dio_mat4_transform_vector (m, dio_vec3 (0, 0, 1));
  DioVec3 way = dio_vec3_sub (eye, start->pivot_m);
  gizmo->towards_eye = dio_vec3_normalize (start->view.orthographic ? back : way);
  gizmo->length_m = DIO_EDIT_HANDLE_LENGTH_PX * scale
                    * dio_edit_view_get_metres_per_pixel (&start->view, start->pivot_m);
}

/* Adds a point given in parts of the handle's length along two directions. */
static gboolean
add_point (const Gizmo *gizmo,
           DioEditHandleShape *shape,
           DioVec3 a,
           double along_a,
           DioVec3 b,
           double along_b)
{
  DioVec3 offset = dio_vec3_add (dio_vec3_scale (a, along_a), dio_vec3_scale (b, along_b));
  DioVec3 point = dio_vec3_add (gizmo->start->pivot_m, dio_vec3_scale (offset, gizmo->length_m));
  shape->front[shape->n_points] = dio_vec3_dot (offset, gizmo->towards_eye) >= -1e-9;
  if (!dio_edit_view_project (&gizmo->start->view, point, shape->xy_px[shape->n_points], NULL))
    return FALSE;
  shape->n_points++;
  return TRUE;
}

static gboolean
make_arrow (const Gizmo *gizmo, guint axis, DioEditHandleShape *shape)
{
  DioVec3 along = gizmo->axes[axis];
  double cosine = dio_vec3_dot (along, gizmo->towards_eye);
  *shape = (DioEditHandleShape){ .constraint = DIO_EDIT_AXIS_X + axis };
  shape->facing = sqrt (MAX (0, 1 - cosine * cosine));
  return add_point (gizmo, shape, along, ARROW_START, along, 0)
         && add_point (gizmo, shape, along, 1, along, 0);
}

static gboolean
make_square (const Gizmo *gizmo, guint axis, DioEditHandleShape *shape)
{
  static const double corners[4][2] = { { SQUARE_NEAR, SQUARE_NEAR },
                                        { SQUARE_FAR, SQUARE_NEAR },
                                        { SQUARE_FAR, SQUARE_FAR },
                                        { SQUARE_NEAR, SQUARE_FAR } };
  DioVec3 a = gizmo->axes[(axis + 1) % 3], b = gizmo->axes[(axis + 2) % 3];
  *shape =
      (DioEditHandleShape){ .constraint = DIO_EDIT_PLANE_X + axis, .closed = TRUE, .filled = TRUE };
  shape->facing = fabs (dio_vec3_dot (gizmo->axes[axis], gizmo->towards_eye));
  for (guint i = 0; i < 4; i++) {
    if (!add_point (gizmo, shape, a, corners[i][0], b, corners[i][1]))
      return FALSE;
  }
  return TRUE;
}

static void
get_picture_axes (const Gizmo *gizmo, DioVec3 *right, DioVec3 *up)
{
  const DioMat4 *m = &gizmo->start->view.world_from_camera;
  *right = dio_mat4_transform_vector (m, dio_vec3 (1, 0, 0));
  *up = dio_mat4_transform_vector (m, dio_vec3 (0, 1, 0));
}

static gboolean
make_middle (const Gizmo *gizmo, DioEditHandleShape *shape)
{
  DioVec3 right, up;
  get_picture_axes (gizmo, &right, &up);
  *shape = (DioEditHandleShape){
    .constraint = DIO_EDIT_FREE, .closed = TRUE, .filled = TRUE, .facing = 1
  };
  static const int signs[4][2] = { { -1, -1 }, { 1, -1 }, { 1, 1 }, { -1, 1 } };
  for (guint i = 0; i < 4; i++) {
    if (!add_point (gizmo, shape, right, signs[i][0] * MIDDLE_HALF, up, signs[i][1] * MIDDLE_HALF))
      return FALSE;
  }
  return TRUE;
}

/* About an axis, or (axis 3) about the line of sight. */
static gboolean
make_ring (const Gizmo *gizmo, guint axis, DioEditHandleShape *shape)
{
  DioVec3 a, b;
  double radius = axis < 3 ? 1 : VIEW_RING;
  get_picture_axes (gizmo, &a, &b);
  if (axis < 3) {
    a = gizmo->axes[(axis + 1) % 3];
    b = gizmo->axes[(axis + 2) % 3];
  }
  *shape = (DioEditHandleShape){ .constraint = axis < 3 ? DIO_EDIT_AXIS_X + axis : DIO_EDIT_FREE,
                                 .facing = 1 };
  for (guint i = 0; i < DIO_EDIT_HANDLE_MAX_POINTS; i++) {
    double angle = 2 * DIO_PI * i / (DIO_EDIT_HANDLE_MAX_POINTS - 1);
    if (!add_point (gizmo, shape, a, radius * dio_cos (angle), b, radius * dio_sin (angle)))
      return FALSE;
    if (axis == 3)
      shape->front[i] = TRUE;
  }
  return TRUE;
}

guint
dio_edit_handle_list_shapes (const DioEditToolStart *start,
                             double scale,
                             DioEditHandleShape shapes[static DIO_EDIT_HANDLE_MAX_SHAPES])
{
  g_return_val_if_fail (start != NULL && scale > 0, 0);
  if (start->kind == DIO_EDIT_TOOL_SELECT)
    return 0;
  Gizmo gizmo;
  gizmo_init (&gizmo, start, scale);
  guint n = 0;
  if (start->kind == DIO_EDIT_TOOL_ROTATE) {
    for (guint axis = 0; axis < 4; axis++)
      n += make_ring (&gizmo, axis, &shapes[n]) ? 1 : 0;
    return n;
  }
  for (guint axis = 0; axis < 3; axis++)
    n += make_arrow (&gizmo, axis, &shapes[n]) ? 1 : 0;
  for (guint axis = 0; axis < 3; axis++)
    n += make_square (&gizmo, axis, &shapes[n]) ? 1 : 0;
  n += make_middle (&gizmo, &shapes[n]) ? 1 : 0;
  return n;
}

/* ---- picking ---- */

static double
get_distance_to_segment (const double p[2], const double a[2], const double b[2])
{
  double x = b[0] - a[0], y = b[1] - a[1];
  double length2 = x * x + y * y;
  double t = length2 > 0 ? ((p[0] - a[0]) * x + (p[1] - a[1]) * y) / length2 : 0;
  t = CLAMP (t, 0, 1);
  return hypot (p[0] - a[0] - t * x, p[1] - a[1] - t * y);
}

/* To the nearest line on the near side. */
static double
get_distance (const DioEditHandleShape *shape, const double p[2])
{
  double nearest = G_MAXDOUBLE;
  for (guint i = 0; i + 1 < shape->n_points; i++) {
    gboolean seen = shape->n_points == 2 || (shape->front[i] && shape->front[i + 1]);
    if (seen)
      nearest = MIN (nearest, get_distance_to_segment (p, shape->xy_px[i], shape->xy_px[i + 1]));
  }
  return nearest;
}

/* Crossing number of a ray to the right. */
static gboolean
is_inside (const DioEditHandleShape *shape, const double p[2])
{
  gboolean inside = FALSE;
  for (guint i = 0, k = shape->n_points - 1; i < shape->n_points; k = i++) {
    const double *a = shape->xy_px[i], *b = shape->xy_px[k];
    if ((a[1] > p[1]) != (b[1] > p[1])
        && p[0] < (b[0] - a[0]) * (p[1] - a[1]) / (b[1] - a[1]) + a[0])
      inside = !inside;
  }
  return inside;
}

DioEditHandle
dio_edit_handle_pick (const DioEditToolStart *start, double scale)
{
  DioEditHandleShape shapes[DIO_EDIT_HANDLE_MAX_SHAPES];
  guint n = dio_edit_handle_list_shapes (start, scale, shapes);
  const double p[2] = { start->x_px, start->y_px };
  DioEditHandle found = { start->kind, DIO_EDIT_FREE, FALSE };
  double nearest = DIO_EDIT_HANDLE_REACH_PX * scale;
  for (guint i = 0; i < n; i++) {
    if (shapes[i].filled || shapes[i].facing < MIN_FACING)
      continue;
    double distance = get_distance (&shapes[i], p);
    if (distance > nearest)
      continue;
    nearest = distance;
    found.constraint = shapes[i].constraint;
    found.hit = TRUE;
  }
  for (guint i = 0; i < n && !found.hit; i++) {
    if (!shapes[i].filled || shapes[i].facing < MIN_FACING || !is_inside (&shapes[i], p))
      continue;
    found.constraint = shapes[i].constraint;
    found.hit = TRUE;
  }
  return found;
}
