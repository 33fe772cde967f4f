#define G_LOG_DOMAIN "dio-widgets"

#include "dio-overlay-draw-private.h"

#include <math.h>

#define GAP_PX 14.0
#define PAD_PX 6.0
#define DOT_PX 8.0
/* Beyond this many names a picture is a wall of text; the selected and hovered ones come first. */
#define MAX_NAMES 120

typedef struct {
  double x, y, width, height;
} Tag;

static gboolean
overlaps (const GArray *tags, const Tag *tag)
{
  for (guint i = 0; i < tags->len; i++) {
    const Tag *other = &g_array_index (tags, Tag, i);
    if (tag->x < other->x + other->width && other->x < tag->x + tag->width
        && tag->y < other->y + other->height && other->y < tag->y + tag->height)
      return TRUE;
  }
  return FALSE;
}

/* A tag stands beside its object, never on it: above, right, left or below, the first place that is free and inside. */
static Tag
place_tag (const DioOverlayDraw *draw, const DioPixelBox *box, Tag size, const GArray *tags)
{
  const DioPicturePlace *p = &draw->place;
  double x0 = p->x + box->x0 * p->scale, x1 = p->x + box->x1 * p->scale;
  double y0 = p->y + box->y0 * p->scale, y1 = p->y + box->y1 * p->scale;
  double middle = (x0 + x1 - size.width) / 2;
  const double spots[][2] = {
    { middle, y0 - GAP_PX - size.height },
    { x1 + GAP_PX, y0 },
    { x0 - GAP_PX - size.width, y0 },
    { middle, y1 + GAP_PX },
    { middle, y0 - 2 * (GAP_PX + size.height) },
    { x1 + GAP_PX, y1 - size.height },
  };
  Tag first = { 0 };
  for (guint i = 0; i < G_N_ELEMENTS (spots); i++) {
    Tag tag = { CLAMP (spots[i][0], 4, MAX (4, draw->width - size.width - 4)),
                CLAMP (spots[i][1], 4, MAX (4, draw->height - size.height - 4)), size.width,
                size.height };
    if (i == 0)
      first = tag;
    if (!overlaps (tags, &tag))
      return tag;
  }
  return first;
}

static void
draw_leader (cairo_t *cr, const DioOverlayDraw *draw, const DioPixelBox *box, const Tag *tag)
{
  const DioPicturePlace *p = &draw->place;
  double x = tag->x + tag->width / 2, y = tag->y + tag->height / 2;
  double to_x = p->x + (box->x0 + box->x1) * 0.5 * p->scale;
  double to_y = p->y + (box->y0 + box->y1) * 0.5 * p->scale;
  cairo_move_to (cr, x, y);
  cairo_line_to (cr, to_x, to_y);
  cairo_set_source_rgba (cr, 0, 0, 0, 0.6);
  cairo_set_line_width (cr, 3);
  cairo_stroke_preserve (cr);
  cairo_set_source_rgba (cr, 1, 1, 1, 0.95);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
  cairo_arc (cr, to_x, to_y, 2.5, 0, 2 * G_PI);
  cairo_fill (cr);
}

static char *
describe (const DioOverlayDraw *draw, const DioOverlayItem *item)
{
  const char *name = item->name != NULL && *item->name != '\0' ? item->name : "?";
  const char *category =
      item->category >= 0 && (guint) item->category < draw->scene->categories->len
          ? g_array_index (draw->scene->categories, DioOverlayCategory, item->category).name
          : NULL;
  GString *text = g_string_new (name);
  if (category != NULL && g_ascii_strcasecmp (category, name) != 0)
    g_string_append_printf (text, " · %s", category);
  if (category != NULL && item->thing && !isnan (item->visibility))
    g_string_append_printf (text, " · %.0f %%", item->visibility * 100);
  return g_string_free (text, FALSE);
}

static void
draw_name (cairo_t *cr, const DioOverlayDraw *draw, const DioOverlayItem *item, GArray *tags)
{
  g_autofree char *text = describe (draw, item);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (draw->widget, text);
  PangoAttrList *attributes = pango_attr_list_new ();
  pango_attr_list_insert (attributes, pango_attr_scale_new (0.9));
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum"));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  int width, height;
  pango_layout_get_pixel_size (layout, &width, &height);
  Tag size = { 0, 0, width + 2 * PAD_PX + DOT_PX + 4, height + 4 };
  Tag tag = place_tag (draw, &item->extent, size, tags);
  g_array_append_val (tags, tag);
  draw_leader (cr, draw, &item->extent, &tag);
  guint8 rgb[3];
  dio_overlay_scene_get_color (draw->scene, item, rgb);
  double r = tag.height / 2;
  cairo_new_sub_path (cr);
  cairo_arc (cr, tag.x + r, tag.y + r, r, G_PI_2, 3 * G_PI_2);
  cairo_arc (cr, tag.x + tag.width - r, tag.y + r, r, -G_PI_2, G_PI_2);
  cairo_close_path (cr);
  cairo_set_source_rgba (cr, 0.08, 0.08, 0.09, 0.85);
  cairo_fill (cr);
  cairo_arc (cr, tag.x + PAD_PX + DOT_PX / 2, tag.y + r, DOT_PX / 2, 0, 2 * G_PI);
  cairo_set_source_rgb (cr, rgb[0] / 255.0, rgb[1] / 255.0, rgb[2] / 255.0);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_move_to (cr, tag.x + PAD_PX + DOT_PX + 4, tag.y + 2);
  pango_cairo_show_layout (cr, layout);
}

void
dio_overlay_draw_names (cairo_t *cr, const DioOverlayDraw *draw)
{
  gboolean all = dio_overlays_get_names (draw->overlays);
  g_autoptr (GArray) tags = g_array_new (FALSE, FALSE, sizeof (Tag));
  for (int pass = 0; pass < 2; pass++)
    for (guint i = 0; i < draw->scene->items->len && tags->len < MAX_NAMES; i++) {
      const DioOverlayItem *item = &g_array_index (draw->scene->items, DioOverlayItem, i);
      gboolean marked = dio_picture_painter_is_selected (draw->painter, item)
                        || dio_picture_painter_get_hover (draw->painter) == item->instance;
      gboolean wanted = pass == 0 ? marked
                                  : all && !marked && item->category >= 0 && item->thing
                                        && !item->dimmed && item->verdict != DIO_VERDICT_DROP;
      if (wanted && item->extent.x1 > 0)
        draw_name (cr, draw, item, tags);
    }
}
