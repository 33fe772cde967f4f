#define G_LOG_DOMAIN "dio-widgets"

#include "dio-overlay-draw-private.h"

#include "dio-core-pose.h"
#include "dio-core-vec.h"

#include <math.h>

#define BOX_PX 2.0
#define HALO_PX 1.0
#define DIMMED 0.25

/* The colour that a label is drawn with: its own, grey where the policy drops it. */
static void
get_line_color (const DioOverlayDraw *draw, const DioOverlayItem *item, guint8 rgb[static 3])
{
  if (item->verdict == DIO_VERDICT_DROP)
    rgb[0] = rgb[1] = rgb[2] = 0xb0;
  else
    dio_overlay_scene_get_color (draw->scene, item, rgb);
}

static gboolean
is_marked (const DioOverlayDraw *draw, const DioOverlayItem *item)
{
  return dio_picture_painter_is_selected (draw->painter, item)
         || dio_picture_painter_get_hover (draw->painter) == item->instance;
}

/* Strokes the path twice: a dark line first keeps the coloured one readable on any ground. */
static void
stroke_with_halo (cairo_t *cr, const guint8 rgb[static 3], double width_px, double alpha)
{
  /* In a small picture as dark a halo as around a wide line would be all that is seen. */
  cairo_set_source_rgba (cr, 0, 0, 0, (width_px < BOX_PX ? 0.3 : 0.6) * alpha);
  cairo_set_line_width (cr, width_px + 2 * HALO_PX);
  cairo_stroke_preserve (cr);
  cairo_set_source_rgba (cr, rgb[0] / 255.0, rgb[1] / 255.0, rgb[2] / 255.0, alpha);
  cairo_set_line_width (cr, width_px);
  cairo_stroke (cr);
}

static void
set_dash (cairo_t *cr, DioVerdict verdict)
{
  const double dashed[] = { 6, 4 }, dotted[] = { 1.5, 3 };
  cairo_set_dash (cr, verdict == DIO_VERDICT_DROP ? dotted : dashed,
                  verdict == DIO_VERDICT_KEEP ? 0 : 2, 0);
}

static void
draw_box (cairo_t *cr,
          const DioOverlayDraw *draw,
          const DioOverlayItem *item,
          const DioPixelBox *box,
          double width_px)
{
  if (box->x1 <= box->x0)
    return;
  guint8 rgb[3];
  get_line_color (draw, item, rgb);
  const DioPicturePlace *p = &draw->place;
  /* The line runs outside of the box: what is inside belongs to the label. */
  double out = width_px / 2;
  cairo_rectangle (cr, p->x + box->x0 * p->scale - out, p->y + box->y0 * p->scale - out,
                   (box->x1 - box->x0) * p->scale + 2 * out,
                   (box->y1 - box->y0) * p->scale + 2 * out);
  set_dash (cr, item->verdict);
  double alpha = item->dimmed ? DIMMED : item->verdict == DIO_VERDICT_DROP ? 0.7 : 1;
  stroke_with_halo (cr, rgb, width_px, alpha);
}

void
dio_overlay_draw_boxes (cairo_t *cr, const DioOverlayDraw *draw)
{
  DioBoxesShown shown = dio_overlays_get_boxes (draw->overlays);
  double width_px = draw->compact ? 1 : BOX_PX;
  for (guint i = 0; i < draw->scene->items->len; i++) {
    const DioOverlayItem *item = &g_array_index (draw->scene->items, DioOverlayItem, i);
    const DioAnnotation *annotation = item->annotation;
    if (annotation == NULL || item->category < 0 || !item->thing)
      continue;
    double width = is_marked (draw, item) ? width_px + 1 : width_px;
    if (shown == DIO_BOXES_BOTH)
      draw_box (cr, draw, item, &annotation->bbox_amodal, width_px / 2);
    else if (shown == DIO_BOXES_AMODAL)
      draw_box (cr, draw, item, &annotation->bbox_amodal, width);
    if (shown != DIO_BOXES_AMODAL)
      draw_box (cr, draw, item, &annotation->bbox_visible, width);
  }
  cairo_set_dash (cr, NULL, 0, 0);
}

/* -- 3D boxes ------------------------------------------------------------------------------------------------------ */

static void
add_edge (cairo_t *cr, const DioOverlayDraw *draw, DioVec3 from, DioVec3 to)
{
  /* Ends behind the eye are drawn up to where the edge comes into view; halving finds that well enough. */
  double a[2], b[2];
  gboolean has_a = dio_overlay_scene_project (draw->scene, from, a);
  gboolean has_b = dio_overlay_scene_project (draw->scene, to, b);
  if (!has_a && !has_b)
    return;
  if (!has_a || !has_b) {
    DioVec3 seen = has_a ? from : to, unseen = has_a ? to : from;
    for (int i = 0; i < 12; i++) {
      DioVec3 middle = dio_vec3_scale (dio_vec3_add (seen, unseen), 0.5);
      if (dio_overlay_scene_project (draw->scene, middle, has_a ? b : a))
        seen = middle;
      else
        unseen = middle;
    }
    dio_overlay_scene_project (draw->scene, seen, has_a ? b : a);
  }
  const DioPicturePlace *p = &draw->place;
  /* Cairo counts in 24.8 fixed point: points far outside would wrap round. */
  const double far_px = 30000;
  cairo_move_to (cr, CLAMP (p->x + a[0] * p->scale, -far_px, far_px),
                 CLAMP (p->y + a[1] * p->scale, -far_px, far_px));
  cairo_line_to (cr, CLAMP (p->x + b[0] * p->scale, -far_px, far_px),
                 CLAMP (p->y + b[1] * p->scale, -far_px, far_px));
}

static DioVec3
get_corner (const DioOverlayItem *item, guint corner)
{
  DioVec3 half = dio_vec3_scale (item->box_size_m, 0.5);
  DioVec3 local = { corner & 1 ? half.x : -half.x, corner & 2 ? half.y : -half.y,
                    corner & 4 ? half.z : -half.z };
  return dio_vec3_add (item->box_center_world_m, dio_quat_rotate (item->box_q_wxyz_world, local));
}

void
dio_overlay_draw_boxes_3d (cairo_t *cr, const DioOverlayDraw *draw)
{
  for (guint i = 0; i < draw->scene->items->len; i++) {
    const DioOverlayItem *item = &g_array_index (draw->scene->items, DioOverlayItem, i);
    if (item->category < 0 || !item->thing || item->extent.x1 == 0
        || dio_vec3_length (item->box_size_m) <= 0)
      continue;
    for (guint corner = 0; corner < 8; corner++)
      for (guint axis = 1; axis < 8; axis <<= 1)
        if ((corner & axis) == 0)
          add_edge (cr, draw, get_corner (item, corner), get_corner (item, corner | axis));
    guint8 rgb[3];
    get_line_color (draw, item, rgb);
    set_dash (cr, item->verdict);
    stroke_with_halo (cr, rgb, is_marked (draw, item) ? 2 : 1.2, item->dimmed ? DIMMED : 0.9);
  }
  cairo_set_dash (cr, NULL, 0, 0);
}

/* -- Who hides whom ------------------------------------------------------------------------------------------------ */

static void
get_middle (const DioOverlayDraw *draw, const DioOverlayItem *item, double xy[static 2])
{
  const DioPixelBox *box = &item->extent;
  xy[0] = draw->place.x + (box->x0 + box->x1) * 0.5 * draw->place.scale;
  xy[1] = draw->place.y + (box->y0 + box->y1) * 0.5 * draw->place.scale;
}

static void
draw_arrow (cairo_t *cr, const double from[static 2], const double to[static 2])
{
  double dx = to[0] - from[0], dy = to[1] - from[1];
  double length = hypot (dx, dy);
  if (length < 6)
    return;
  double ux = dx / length, uy = dy / length;
  cairo_move_to (cr, from[0], from[1]);
  cairo_line_to (cr, to[0], to[1]);
  for (int side = -1; side <= 1; side += 2) {
    cairo_move_to (cr, to[0], to[1]);
    cairo_line_to (cr, to[0] - 9 * ux + side * 5 * uy, to[1] - 9 * uy - side * 5 * ux);
  }
  stroke_with_halo (cr, (const guint8[3]){ 255, 255, 255 }, 1.6, 1);
}

static void
draw_tag (cairo_t *cr, const DioOverlayDraw *draw, const char *text, double x, double y)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (draw->widget, text);
  PangoAttrList *attributes = pango_attr_list_new ();
  pango_attr_list_insert (attributes, pango_attr_scale_new (0.85));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  int width, height;
  pango_layout_get_pixel_size (layout, &width, &height);
  cairo_set_source_rgba (cr, 0, 0, 0, 0.75);
  cairo_rectangle (cr, x - width / 2.0 - 4, y - height / 2.0, width + 8, height);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_move_to (cr, x - width / 2.0, y - height / 2.0);
  pango_cairo_show_layout (cr, layout);
}

/* All that @hider hides of @instance, over its leaves. */
static guint64
sum_hidden (const DioOverlayScene *scene, guint instance, guint hider)
{
  guint64 sum = 0;
  for (guint i = 0; i < scene->hidden->len; i++) {
    const DioHiddenPair *pair = &g_array_index (scene->hidden, DioHiddenPair, i);
    if (pair->instance == instance && pair->hider_leaf <= scene->n_leaves
        && scene->occluder_of_leaf[pair->hider_leaf] == hider)
      sum += pair->opaque_px;
  }
  return sum;
}

static void
draw_pair (cairo_t *cr,
           const DioOverlayDraw *draw,
           const DioOverlayItem *hidden,
           const DioOverlayItem *hider)
{
  guint64 px = sum_hidden (draw->scene, hidden->instance, hider->instance);
  double share = (double) px / (double) MAX (hidden->annotation->amodal_px, 1);
  if (share < 0.01)
    return;
  double from[2], to[2];
  get_middle (draw, hider, from);
  get_middle (draw, hidden, to);
  draw_arrow (cr, from, to);
  g_autofree char *text = g_strdup_printf ("%.0f %%", share * 100);
  draw_tag (cr, draw, text, (from[0] + to[0]) / 2, (from[1] + to[1]) / 2);
}

void
dio_overlay_draw_occlusion (cairo_t *cr, const DioOverlayDraw *draw)
{
  const GArray *pairs = draw->scene->hidden;
  if (pairs == NULL)
    return;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  gboolean only_marked = dio_picture_painter_get_hover (draw->painter) != 0;
  for (guint i = 0; i < pairs->len; i++) {
    const DioHiddenPair *pair = &g_array_index (pairs, DioHiddenPair, i);
    guint occluder = pair->hider_leaf <= draw->scene->n_leaves
                         ? draw->scene->occluder_of_leaf[pair->hider_leaf]
                         : 0;
    const DioOverlayItem *hidden = dio_overlay_scene_find (draw->scene, pair->instance);
    const DioOverlayItem *hider = dio_overlay_scene_find (draw->scene, occluder);
    if (hidden == NULL || hider == NULL || hidden == hider || hidden->category < 0
        || hidden->annotation == NULL || hidden->extent.x1 == 0 || hider->extent.x1 == 0)
      continue;
    if (only_marked && !is_marked (draw, hidden) && !is_marked (draw, hider))
      continue;
    gint64 *key = g_new (gint64, 1);
    *key = ((gint64) hidden->instance << 32) | hider->instance;
    if (g_hash_table_add (seen, key))
      draw_pair (cr, draw, hidden, hider);
  }
}
