#define G_LOG_DOMAIN "dio-viewport"

#include "dio-core-pose.h"
#include "dio-viewport-private.h"

#include <math.h>

/* The frame in which constraints run: the active node's own axes or the world's. */
static void
fill_axes (DioViewportCanvas *self, DioEditToolStart *start, const DioMat4 *world_from_node)
{
  DioTrs trs;
  start->local = self->local;
  start->q_wxyz_local = dio_quat_identity ();
  if (dio_mat4_decompose (world_from_node, &trs))
    start->q_wxyz_local = trs.q_wxyz;
  /* A scale acts along the node's own axes, whatever was chosen for the rest. */
  if (start->kind == DIO_EDIT_TOOL_SCALE)
    start->local = TRUE;
}

static void
fill_start (DioViewportCanvas *self,
            DioEditToolKind kind,
            const DioViewportEye *eye,
            const DioMat4 *pose,
            DioEditToolStart *start)
{
  *start = (DioEditToolStart){ .kind = kind,
                               .constraint = DIO_EDIT_FREE,
                               .pivot_m = { pose->m[12], pose->m[13], pose->m[14] },
                               .view = eye->view,
                               .x_px = self->x - eye->x,
                               .y_px = self->y - eye->y };
  fill_axes (self, start, pose);
}

gboolean
dio_viewport_handles_get_start (DioViewportCanvas *self, DioEditToolStart *start)
{
  const char *active = dio_selection_get_active (dio_session_get_selection (self->session));
  DioViewportEye eye;
  DioMat4 pose;
  if (self->kind == DIO_EDIT_TOOL_SELECT || active == NULL || !dio_viewport_eye_get (self, &eye)
      || !dio_viewport_find_pose (self, active, &pose))
    return FALSE;
  fill_start (self, self->kind, &eye, &pose, start);
  return TRUE;
}

gboolean
dio_viewport_handles_get_use (DioViewportCanvas *self,
                              DioEditToolKind kind,
                              DioEditToolStart *start)
{
  const char *active = dio_selection_get_active (dio_session_get_selection (self->session));
  DioViewportEye eye;
  DioMat4 pose;
  if (!dio_viewport_eye_get (self, &eye) || !dio_viewport_find_current_pose (self, active, &pose))
    return FALSE;
  fill_start (self, kind, &eye, &pose, start);
  return TRUE;
}

static GdkRGBA
get_color (DioEditConstraint constraint)
{
  switch (constraint) {
  case DIO_EDIT_AXIS_X:
  case DIO_EDIT_PLANE_X:
    return (GdkRGBA){ 0.93f, 0.25f, 0.3f, 1 };
  case DIO_EDIT_AXIS_Y:
  case DIO_EDIT_PLANE_Y:
    return (GdkRGBA){ 0.45f, 0.78f, 0.16f, 1 };
  case DIO_EDIT_AXIS_Z:
  case DIO_EDIT_PLANE_Z:
    return (GdkRGBA){ 0.25f, 0.55f, 0.96f, 1 };
  case DIO_EDIT_FREE:
  default:
    return (GdkRGBA){ 0.95f, 0.95f, 0.95f, 1 };
  }
}

static void
draw_tip (cairo_t *cr, const double from[static 2], const double to[static 2], gboolean square)
{
  double dx = to[0] - from[0], dy = to[1] - from[1], length = hypot (dx, dy);
  if (length < 1)
    return;
  dx /= length;
  dy /= length;
  if (square) {
    cairo_rectangle (cr, to[0] - 5, to[1] - 5, 10, 10);
  } else {
    cairo_move_to (cr, to[0] + 7 * dx, to[1] + 7 * dy);
    cairo_line_to (cr, to[0] - 7 * dx - 5 * dy, to[1] - 7 * dy + 5 * dx);
    cairo_line_to (cr, to[0] - 7 * dx + 5 * dy, to[1] - 7 * dy - 5 * dx);
    cairo_close_path (cr);
  }
  cairo_fill (cr);
}

/* The far half of a ring is faint: it tells which way the ring lies. */
static void
stroke_shape (cairo_t *cr, const DioEditHandleShape *shape, const GdkRGBA *color, double width)
{
  for (int halo = 1; halo >= 0; halo--)
    for (guint i = 1; i < shape->n_points; i++) {
      gboolean front = shape->front[i] || shape->n_points <= 5;
      double alpha = (front ? 1 : 0.3) * color->alpha;
      cairo_move_to (cr, shape->xy_px[i - 1][0], shape->xy_px[i - 1][1]);
      cairo_line_to (cr, shape->xy_px[i][0], shape->xy_px[i][1]);
      if (halo)
        cairo_set_source_rgba (cr, 0, 0, 0, 0.45 * alpha);
      else
        cairo_set_source_rgba (cr, color->red, color->green, color->blue, alpha);
      cairo_set_line_width (cr, halo ? width + 2 : width);
      cairo_stroke (cr);
    }
}

static void
draw_shape (cairo_t *cr, const DioEditHandleShape *shape, DioEditToolKind kind, gboolean hot)
{
  GdkRGBA color = get_color (shape->constraint);
  if (hot)
    color = (GdkRGBA){ 1, 0.86f, 0.2f, 1 };
  color.alpha = (float) CLAMP (shape->facing * 1.6, 0.15, 1);
  if (shape->filled || (shape->closed && shape->n_points <= 5)) {
    for (guint i = 0; i < shape->n_points; i++)
      cairo_line_to (cr, shape->xy_px[i][0], shape->xy_px[i][1]);
    cairo_close_path (cr);
    cairo_set_source_rgba (cr, color.red, color.green, color.blue, color.alpha * (hot ? 0.7 : 0.4));
    cairo_fill_preserve (cr);
    cairo_set_source_rgba (cr, color.red, color.green, color.blue, color.alpha);
    cairo_set_line_width (cr, 1.2);
    cairo_stroke (cr);
    return;
  }
  stroke_shape (cr, shape, &color, hot ? 3.5 : 2.2);
  if (shape->n_points == 2 && kind != DIO_EDIT_TOOL_ROTATE) {
    cairo_set_source_rgba (cr, color.red, color.green, color.blue, color.alpha);
    draw_tip (cr, shape->xy_px[0], shape->xy_px[1], kind == DIO_EDIT_TOOL_SCALE);
  }
}

/* While a tool is in use only what it is held to is drawn: the axis as a long line through the pivot. */
static void
draw_constraint (DioViewportCanvas *self, cairo_t *cr, const DioViewportEye *eye)
{
  static const DioVec3 axes[3] = { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } };
  DioEditConstraint constraint = dio_edit_tool_get_constraint (self->tool);
  DioVec3 pivot = dio_edit_tool_get_pivot (self->tool);
  DioTrs trs;
  DioQuat q = dio_quat_identity ();
  if (dio_edit_tool_is_local (self->tool) && dio_mat4_decompose (&self->tool_pivot_world, &trs))
    q = trs.q_wxyz;
  for (int i = 0; i < 3; i++) {
    gboolean on = constraint == (DioEditConstraint) (DIO_EDIT_AXIS_X + i)
                  || (constraint >= DIO_EDIT_PLANE_X
                      && constraint != (DioEditConstraint) (DIO_EDIT_PLANE_X + i));
    if (!on)
      continue;
    DioVec3 along = dio_quat_rotate (q, axes[i]);
    double reach = dio_edit_view_get_metres_per_pixel (&eye->view, pivot) * 2000;
    DioVec3 a = { pivot.x - along.x * reach, pivot.y - along.y * reach, pivot.z - along.z * reach };
    DioVec3 b = { pivot.x + along.x * reach, pivot.y + along.y * reach, pivot.z + along.z * reach };
    dio_viewport_add_line (cr, eye, a, b);
    GdkRGBA color = get_color ((DioEditConstraint) (DIO_EDIT_AXIS_X + i));
    color.alpha = 0.8f;
    gdk_cairo_set_source_rgba (cr, &color);
    cairo_set_line_width (cr, 1.4);
    cairo_stroke (cr);
  }
}

void
dio_viewport_handles_draw (DioViewportCanvas *self, cairo_t *cr)
{
  DioViewportEye eye;
  DioEditToolStart start;
  if (!dio_viewport_eye_get (self, &eye))
    return;
  if (dio_viewport_tool_is_active (self)) {
    draw_constraint (self, cr, &eye);
    return;
  }
  if (!dio_viewport_handles_get_start (self, &start))
    return;
  DioEditHandleShape shapes[DIO_EDIT_HANDLE_MAX_SHAPES];
  guint n = dio_edit_handle_list_shapes (&start, 1, shapes);
  cairo_save (cr);
  cairo_translate (cr, eye.x, eye.y);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  for (guint i = 0; i < n; i++)
    if (shapes[i].facing > 0)
      draw_shape (cr, &shapes[i], self->kind,
                  self->hot.hit && self->hot.constraint == shapes[i].constraint);
  cairo_restore (cr);
}

void
dio_viewport_handles_hover (DioViewportCanvas *self, double x, double y)
{
  DioEditToolStart start;
  DioEditHandle hot = { 0 };
  self->x = x;
  self->y = y;
  if (!isnan (x) && dio_viewport_handles_get_start (self, &start))
    hot = dio_edit_handle_pick (&start, 1);
  if (hot.hit == self->hot.hit && hot.constraint == self->hot.constraint)
    return;
  self->hot = hot;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
