#define G_LOG_DOMAIN "dio-viewport"

#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-edit-shift.h"
#include "dio-viewport-private.h"

#include <math.h>

/* Cairo counts in 24.8 fixed point: points far outside would wrap round. */
#define FAR_PX 30000.0
#define GRID_LINES 20
#define GRID_LEAST_PX 24.0
#define GLYPH_REACH_PX 14.0
#define FRUSTUM_PX 46.0

void
dio_viewport_add_line (cairo_t *cr, const DioViewportEye *eye, DioVec3 a_m, DioVec3 b_m)
{
  double a[2], b[2];
  gboolean has_a = dio_viewport_eye_project (eye, a_m, a);
  gboolean has_b = dio_viewport_eye_project (eye, b_m, b);
  if (!has_a && !has_b)
    return;
  if (!has_a || !has_b) {
    /* Halving finds where the line comes into view well enough. */
    DioVec3 seen = has_a ? a_m : b_m, unseen = has_a ? b_m : a_m;
    for (int i = 0; i < 14; i++) {
      DioVec3 middle = dio_vec3_scale (dio_vec3_add (seen, unseen), 0.5);
      double xy[2];
      if (dio_viewport_eye_project (eye, middle, xy))
        seen = middle;
      else
        unseen = middle;
    }
    dio_viewport_eye_project (eye, seen, has_a ? b : a);
  }
  cairo_move_to (cr, CLAMP (a[0], -FAR_PX, FAR_PX), CLAMP (a[1], -FAR_PX, FAR_PX));
  cairo_line_to (cr, CLAMP (b[0], -FAR_PX, FAR_PX), CLAMP (b[1], -FAR_PX, FAR_PX));
}

/* A dark line under a bright one: readable on any picture. */
static void
stroke_twice (cairo_t *cr, const GdkRGBA *color, double width)
{
  cairo_set_source_rgba (cr, 0, 0, 0, 0.55);
  cairo_set_line_width (cr, width + 2);
  cairo_stroke_preserve (cr);
  gdk_cairo_set_source_rgba (cr, color);
  cairo_set_line_width (cr, width);
  cairo_stroke (cr);
}

/* -- Grid ---------------------------------------------------------------------------------------------------------- */

/* Where the middle of the picture meets the ground; below the eye where it looks at the sky. */
static DioVec3
get_grid_middle (const DioViewportEye *eye)
{
  DioEditRay ray =
      dio_edit_view_get_ray (&eye->view, eye->view.width_px / 2, eye->view.height_px * 0.7);
  DioVec3 hit;
  if (dio_edit_ray_meet_plane (&ray, (DioVec3){ 0, 0, 0 }, (DioVec3){ 0, 0, 1 }, &hit)
      && dio_vec3_length (dio_vec3_sub (hit, ray.origin_m)) < 1e4)
    return hit;
  const double *m = eye->view.world_from_camera.m;
  return (DioVec3){ m[12], m[13], 0 };
}

/* Metres between lines: a power of ten that is wide enough on the screen to count. */
static double
get_grid_step (const DioViewportEye *eye, DioVec3 middle)
{
  double metres_per_px = dio_edit_view_get_metres_per_pixel (&eye->view, middle);
  double step = pow (10, ceil (log10 (metres_per_px * GRID_LEAST_PX)));
  return CLAMP (step, 0.01, 1000);
}

static void
add_grid_lines (
    cairo_t *cr, const DioViewportEye *eye, DioVec3 middle, double step, gboolean tenths)
{
  double reach = GRID_LINES * step;
  long x0 = lround (middle.x / step), y0 = lround (middle.y / step);
  for (long i = -GRID_LINES; i <= GRID_LINES; i++) {
    if ((x0 + i) != 0 && ((x0 + i) % 10 == 0) == tenths)
      dio_viewport_add_line (cr, eye, (DioVec3){ (double) (x0 + i) * step, middle.y - reach, 0 },
                             (DioVec3){ (double) (x0 + i) * step, middle.y + reach, 0 });
    if ((y0 + i) != 0 && ((y0 + i) % 10 == 0) == tenths)
      dio_viewport_add_line (cr, eye, (DioVec3){ middle.x - reach, (double) (y0 + i) * step, 0 },
                             (DioVec3){ middle.x + reach, (double) (y0 + i) * step, 0 });
  }
}

static void
draw_axis (cairo_t *cr, const DioViewportEye *eye, DioVec3 along, double reach)
{
  dio_viewport_add_line (cr, eye, dio_vec3_scale (along, -reach), dio_vec3_scale (along, reach));
  cairo_set_source_rgba (cr, along.x > 0 ? 0.85 : 0.25, along.y > 0 ? 0.65 : 0.2, 0.2, 0.8);
  cairo_set_line_width (cr, 1.2);
  cairo_stroke (cr);
}

/* Lines are seen only where no object is: the picture has no depth to sort them by, its ids say where it is empty. */
void
dio_viewport_draw_grid (DioViewportCanvas *self, cairo_t *cr, const DioViewportEye *eye)
{
  DioVec3 middle = get_grid_middle (eye);
  double step = get_grid_step (eye, middle);
  cairo_push_group (cr);
  for (int tenths = 0; tenths < 2; tenths++) {
    add_grid_lines (cr, eye, middle, step, tenths);
    cairo_set_source_rgba (cr, 0.1, 0.1, 0.1, tenths ? 0.42 : 0.2);
    cairo_set_line_width (cr, 1);
    cairo_stroke (cr);
  }
  double reach = GRID_LINES * step + dio_vec3_length (middle);
  if (dio_overlays_get_axes (dio_session_get_overlays (self->session))) {
    draw_axis (cr, eye, (DioVec3){ 1, 0, 0 }, reach);
    draw_axis (cr, eye, (DioVec3){ 0, 1, 0 }, reach);
  }
  cairo_pattern_t *lines = cairo_pop_group (cr);
  cairo_set_source (cr, lines);
  if (self->ground_mask != NULL) {
    DioPicturePlace place = dio_viewport_canvas_get_place (self);
    cairo_pattern_t *mask = cairo_pattern_create_for_surface (self->ground_mask);
    cairo_matrix_t matrix;
    cairo_matrix_init_scale (&matrix, 1 / place.scale, 1 / place.scale);
    cairo_matrix_translate (&matrix, -place.x, -place.y);
    cairo_pattern_set_matrix (mask, &matrix);
    cairo_mask (cr, mask);
    cairo_pattern_destroy (mask);
  } else {
    cairo_paint (cr);
  }
  cairo_pattern_destroy (lines);
}

/* -- Sensors and lights -------------------------------------------------------------------------------------------- */

static DioVec3
get_origin (const DioMat4 *m)
{
  return (DioVec3){ m->m[12], m->m[13], m->m[14] };
}

static gboolean
has_glyph (const DioResolvedNode *node)
{
  if (!node->visible || node->copy != 0)
    return FALSE;
  if (node->node->kind == DIO_NODE_LIGHT)
    return node->node->light.kind != DIO_LIGHT_ENVIRONMENT
           && node->node->light.kind != DIO_LIGHT_SKY;
  return node->node->kind == DIO_NODE_SENSOR;
}

static GdkRGBA
get_glyph_color (DioViewportCanvas *self, const DioResolvedNode *node)
{
  DioSelection *selection = dio_session_get_selection (self->session);
  if (dio_selection_contains (selection, node->node->id))
    return (GdkRGBA){ 1, 0.65f, 0.15f, 1 };
  if (g_strcmp0 (self->hover_node, node->node->id) == 0)
    return (GdkRGBA){ 1, 1, 1, 1 };
  if (node->node->kind == DIO_NODE_SENSOR)
    return (GdkRGBA){ 0.75f, 0.85f, 1, 0.95f };
  return (GdkRGBA){ 1, 0.93f, 0.6f, 0.95f };
}

static const DioCamera *
find_camera (const DioPreviewResult *result, const char *id)
{
  for (guint i = 0; i < result->frame->cameras->len; i++) {
    const DioCamera *camera = &g_array_index (result->frame->cameras, DioCamera, i);
    if (g_str_equal (camera->id, id))
      return camera;
  }
  return NULL;
}

/* The corners of a sensor's picture at a distance that gives it the same size on the screen near and far. */
static void
draw_frustum (cairo_t *cr, const DioViewportEye *eye, const DioCamera *camera, const GdkRGBA *color)
{
  DioVec3 origin = get_origin (&camera->world_from_camera), corner[4];
  double depth = dio_edit_view_get_metres_per_pixel (&eye->view, origin) * FRUSTUM_PX;
  for (int i = 0; i < 4; i++) {
    double uv[2] = { i == 1 || i == 2 ? camera->width_px : 0, i >= 2 ? camera->height_px : 0 };
    corner[i] = dio_camera_unproject (camera, uv, depth);
  }
  for (int i = 0; i < 4; i++) {
    dio_viewport_add_line (cr, eye, origin, corner[i]);
    dio_viewport_add_line (cr, eye, corner[i], corner[(i + 1) % 4]);
  }
  /* A tip on the upper edge says which way is up. */
  DioVec3 middle = dio_vec3_scale (dio_vec3_add (corner[0], corner[1]), 0.5);
  DioVec3 up = dio_vec3_sub (corner[0], corner[3]);
  DioVec3 tip = dio_vec3_add (middle, dio_vec3_scale (up, 0.3));
  dio_viewport_add_line (
      cr, eye, dio_vec3_add (middle, dio_vec3_scale (dio_vec3_sub (corner[0], middle), 0.4)), tip);
  dio_viewport_add_line (
      cr, eye, dio_vec3_add (middle, dio_vec3_scale (dio_vec3_sub (corner[1], middle), 0.4)), tip);
  stroke_twice (cr, color, 1.2);
}

static void
draw_light (cairo_t *cr,
            const DioViewportEye *eye,
            const DioResolvedNode *node,
            const GdkRGBA *color)
{
  DioVec3 origin = get_origin (&node->world_from_node);
  double xy[2];
  if (!dio_viewport_eye_project (eye, origin, xy))
    return;
  const double ray_in = 8, ray_out = 12, body = 5;
  for (int i = 0; i < 8; i++) {
    double a = i * G_PI / 4;
    cairo_move_to (cr, xy[0] + ray_in * cos (a), xy[1] + ray_in * sin (a));
    cairo_line_to (cr, xy[0] + ray_out * cos (a), xy[1] + ray_out * sin (a));
  }
  cairo_new_sub_path (cr);
  cairo_arc (cr, xy[0], xy[1], body, 0, 2 * G_PI);
  /* What shines one way has a line along it. */
  if (node->node->light.kind != DIO_LIGHT_POINT) {
    double length = dio_edit_view_get_metres_per_pixel (&eye->view, origin) * FRUSTUM_PX;
    DioVec3 along = dio_vec3_normalize (
        dio_mat4_transform_vector (&node->world_from_node, (DioVec3){ 0, 0, -1 }));
    dio_viewport_add_line (cr, eye, dio_vec3_add (origin, dio_vec3_scale (along, length * 0.3)),
                           dio_vec3_add (origin, dio_vec3_scale (along, length)));
  }
  if (node->node->light.kind == DIO_LIGHT_RECT) {
    double w = node->node->light.width_m / 2, h = node->node->light.height_m / 2;
    DioVec3 corner[4] = { { -w, -h, 0 }, { w, -h, 0 }, { w, h, 0 }, { -w, h, 0 } };
    for (int i = 0; i < 4; i++)
      dio_viewport_add_line (
          cr, eye, dio_mat4_transform_point (&node->world_from_node, corner[i]),
          dio_mat4_transform_point (&node->world_from_node, corner[(i + 1) % 4]));
  }
  stroke_twice (cr, color, 1.4);
}

void
dio_viewport_draw_nodes (DioViewportCanvas *self, cairo_t *cr, const DioViewportEye *eye)
{
  const DioPreviewResult *result = dio_session_get_result (self->session);
  if (result == NULL || result->resolved == NULL || result->frame == NULL)
    return;
  const GArray *nodes = result->resolved->nodes;
  for (guint i = 0; i < nodes->len; i++) {
    const DioResolvedNode *node = &g_array_index (nodes, DioResolvedNode, i);
    if (!has_glyph (node))
      continue;
    GdkRGBA color = get_glyph_color (self, node);
    const DioCamera *camera = find_camera (result, node->node->id);
    if (node->node->kind == DIO_NODE_LIGHT)
      draw_light (cr, eye, node, &color);
    else if (camera != NULL)
      draw_frustum (cr, eye, camera, &color);
  }
}

const char *
dio_viewport_pick_glyph (DioViewportCanvas *self, double x, double y)
{
  const DioPreviewResult *result = dio_session_get_result (self->session);
  DioViewportEye eye;
  if (dio_viewport_canvas_is_through (self) || result == NULL || result->resolved == NULL
      || !dio_viewport_eye_get (self, &eye))
    return NULL;
  const char *best = NULL;
  double nearest = GLYPH_REACH_PX;
  for (guint i = 0; i < result->resolved->nodes->len; i++) {
    const DioResolvedNode *node = &g_array_index (result->resolved->nodes, DioResolvedNode, i);
    double xy[2];
    if (!has_glyph (node)
        || !dio_viewport_eye_project (&eye, get_origin (&node->world_from_node), xy))
      continue;
    double distance = hypot (xy[0] - x, xy[1] - y);
    if (distance < nearest) {
      nearest = distance;
      best = node->node->id;
    }
  }
  return best;
}

/* -- Ghost, rubber band, frame ------------------------------------------------------------------------------------- */

void
dio_viewport_draw_ghost (DioViewportCanvas *self, cairo_t *cr, const DioViewportEye *eye)
{
  DioVec3 corner[8];
  for (guint i = 0; i < 8; i++)
    corner[i] = dio_vec3_add (self->ghost_m,
                              (DioVec3){ i & 1 ? self->ghost_box.max.x : self->ghost_box.min.x,
                                         i & 2 ? self->ghost_box.max.y : self->ghost_box.min.y,
                                         i & 4 ? self->ghost_box.max.z : self->ghost_box.min.z });
  for (guint i = 0; i < 8; i++)
    for (guint axis = 1; axis < 8; axis <<= 1)
      if ((i & axis) == 0)
        dio_viewport_add_line (cr, eye, corner[i], corner[i | axis]);
  stroke_twice (cr, &(GdkRGBA){ 1, 0.75f, 0.2f, 1 }, 1.6);
  double xy[2];
  if (!dio_viewport_eye_project (eye, self->ghost_m, xy))
    return;
  cairo_arc (cr, xy[0], xy[1], 3.5, 0, 2 * G_PI);
  cairo_set_source_rgb (cr, 1, 0.75, 0.2);
  cairo_fill (cr);
}

void
dio_viewport_draw_range (DioViewportCanvas *self, cairo_t *cr, const DioViewportEye *eye)
{
  const char *active = dio_selection_get_active (dio_session_get_selection (self->session));
  DioVec3 lines[DIO_EDIT_MAX_RANGE_LINES][2];
  if (active == NULL || !dio_session_get_frame_view (self->session))
    return;
  guint n = dio_edit_list_range_lines (dio_session_get_scenario (self->session), active, lines);
  for (guint i = 0; i < n; i++)
    dio_viewport_add_line (cr, eye, lines[i][0], lines[i][1]);
  const double dashes[2] = { 5, 4 };
  cairo_set_dash (cr, dashes, 2, 0);
  stroke_twice (cr, &(GdkRGBA){ 1, 0.75f, 0.2f, 1 }, 1.4);
  cairo_set_dash (cr, NULL, 0, 0);
}

void
dio_viewport_draw_rubber (DioViewportCanvas *self, cairo_t *cr)
{
  GdkRGBA accent;
  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (GTK_WIDGET (self)),
                                       "accent_bg_color", &accent))
    accent = (GdkRGBA){ 1, 1, 1, 1 };
  double x = floor (MIN (self->press_x, self->last_x)) + 0.5;
  double y = floor (MIN (self->press_y, self->last_y)) + 0.5;
  cairo_rectangle (cr, x, y, fabs (self->last_x - self->press_x),
                   fabs (self->last_y - self->press_y));
  accent.alpha = 0.18f;
  gdk_cairo_set_source_rgba (cr, &accent);
  cairo_fill_preserve (cr);
  accent.alpha = 1;
  gdk_cairo_set_source_rgba (cr, &accent);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

void
dio_viewport_draw_passe_partout (DioViewportCanvas *self, GtkSnapshot *snapshot)
{
  const DioOverlayScene *scene = dio_viewport_canvas_get_scene (self);
  DioPicturePlace place = dio_viewport_canvas_get_place (self);
  graphene_rect_t area = GRAPHENE_RECT_INIT ((float) place.x - 1, (float) place.y - 1,
                                             (float) (scene->width_px * place.scale) + 2,
                                             (float) (scene->height_px * place.scale) + 2);
  GskRoundedRect outline;
  gsk_rounded_rect_init_from_rect (&outline, &area, 0);
  GdkRGBA line = { 0, 0, 0, 0.7f };
  gtk_snapshot_append_border (snapshot, &outline, (const float[4]){ 1, 1, 1, 1 },
                              (const GdkRGBA[4]){ line, line, line, line });
}
