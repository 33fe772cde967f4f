#define G_LOG_DOMAIN "dio-widgets"

#include "dio-picture-painter.h"

#include "dio-label-palette.h"
#include "dio-overlay-draw-private.h"
#include "dio-overlay-tint-private.h"
#include "dio-texture.h"

#include <math.h>

/* Tints of at most this many pixels are made at once: they take a few milliseconds. */
#define INLINE_PIXELS (1u << 20)
/* From this many device pixels per picture pixel on, pixels are drawn as exact squares. */
#define EXACT_SCALE 2.0

/* The scene moves through two places: `scene` is the newest one, `shown` the one whose tint is ready. Small pictures pass
 * both at once; of a large one the tint is made in a thread, and picture and masks change together when it is there. */
struct _DioPicturePainter {
  GObject parent;
  DioOverlayScene *scene, *shown;
  DioOverlays *overlays;
  guint hover, selected_instance;
  GStrv selected_nodes;
  gboolean compact;
  DioTintTable table; /* what the mask was made from */
  DioImage *mask;     /* (nullable) of `shown` */
  DioImage *picture;  /* (nullable) of `shown`, after the pass */
  GdkTexture *mask_texture, *picture_texture;
  DioPass pass;          /* of `picture` */
  DioImage *mask_leaf;   /* the ids that the mask was made from */
  GCancellable *tinting; /* (nullable) of the thread at work */
};

G_DEFINE_FINAL_TYPE (DioPicturePainter, dio_picture_painter, G_TYPE_OBJECT)

enum { SIGNAL_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
emit_changed (DioPicturePainter *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* -- Colours of masks ---------------------------------------------------------------------------------------------- */

static void
premultiply (guint8 out[static 4], const guint8 rgb[static 3], double alpha)
{
  for (int c = 0; c < 3; c++)
    out[c] = (guint8) (rgb[c] * alpha + 0.5);
  out[3] = (guint8) (255 * alpha + 0.5);
}

static void
choose_color (DioPicturePainter *self,
              const DioOverlayItem *item,
              DioMasksShown masks,
              guint8 rgb[static 3])
{
  if (item->verdict == DIO_VERDICT_DROP)
    rgb[0] = rgb[1] = rgb[2] = 0x90;
  else if (masks == DIO_MASKS_INSTANCE)
    dio_label_palette_get (item->instance - 1, rgb);
  else if (masks == DIO_MASKS_VISIBILITY)
    dio_label_palette_get_heat (item->visibility, rgb);
  else
    dio_overlay_scene_get_color (self->shown, item, rgb);
}

static void
fill_color (DioPicturePainter *self, const DioOverlayItem *item, DioTintColor *color)
{
  DioMasksShown masks = dio_overlays_get_masks (self->overlays);
  gboolean selected = dio_picture_painter_is_selected (self, item);
  guint8 rgb[3] = { 255, 255, 255 };
  /* A white outline shows what is selected, labelled or not. */
  if (selected) {
    color->group = item->instance;
    premultiply (color->contour, rgb, 1);
  }
  if (masks == DIO_MASKS_OFF || item->category < 0 || (!item->thing && masks != DIO_MASKS_CATEGORY))
    return;
  choose_color (self, item, masks, rgb);
  double strength = item->dimmed ? 0.25 : item->verdict == DIO_VERDICT_KEEP ? 1 : 0.5;
  double opacity = dio_overlays_get_opacity (self->overlays);
  /* Stuff is ground: it is tinted half as much, so that things stand out. */
  double fill = opacity * strength * (item->thing ? 1 : 0.5);
  color->group = item->instance;
  premultiply (color->fill, rgb, MIN (fill * (selected ? 1.5 : 1), 1));
  if (!selected)
    premultiply (color->contour, rgb, item->thing ? strength : fill);
  if (masks == DIO_MASKS_INSTANCE)
    color->pattern = dio_label_palette_get_pattern (item->instance - 1) % 4;
  premultiply (color->stripe, rgb, fill * 0.35);
}

static void
build_table (DioPicturePainter *self, DioTintTable *table)
{
  const DioOverlayScene *scene = self->shown;
  *table = (DioTintTable){ scene->n_leaves, g_new0 (DioTintColor, scene->n_leaves + 1) };
  for (guint leaf = 1; leaf <= scene->n_leaves; leaf++) {
    const DioOverlayItem *item = dio_overlay_scene_find (scene, scene->instance_of_leaf[leaf]);
    if (item != NULL)
      fill_color (self, item, &table->colors[leaf]);
  }
}

static gboolean
shows_masks (DioPicturePainter *self)
{
  if (self->overlays == NULL || dio_overlays_get_clean (self->overlays) || self->shown == NULL
      || self->shown->leaf == NULL)
    return FALSE;
  return dio_overlays_get_masks (self->overlays) != DIO_MASKS_OFF || self->selected_instance != 0
         || (self->selected_nodes != NULL && self->selected_nodes[0] != NULL);
}

/* -- Making of pictures -------------------------------------------------------------------------------------------- */

static DioPass
get_pass (DioPicturePainter *self, const DioOverlayScene *scene)
{
  DioPass pass = self->overlays != NULL ? dio_overlays_get_pass (self->overlays) : DIO_PASS_RGB;
  if ((pass == DIO_PASS_DEPTH && scene->depth_z == NULL)
      || (pass == DIO_PASS_NORMAL && scene->normal == NULL)
      || (pass == DIO_PASS_IDS && scene->leaf == NULL))
    return DIO_PASS_RGB;
  return pass;
}

static DioImage *
make_picture (const DioOverlayScene *scene, DioPass pass)
{
  switch (pass) {
  case DIO_PASS_DEPTH:
    return dio_tint_depth (scene->depth_z);
  case DIO_PASS_NORMAL:
    return dio_tint_normal (scene->normal);
  case DIO_PASS_IDS:
    return dio_tint_ids (scene->leaf);
  case DIO_PASS_RGB:
  default:
    return scene->rgb != NULL ? dio_image_ref (scene->rgb) : NULL;
  }
}

typedef struct {
  DioOverlayScene *scene;
  DioTintTable table; /* colors NULL: no masks */
  DioPass pass;
  DioImage *mask, *picture;
} TintWork;

static void
tint_work_free (gpointer data)
{
  TintWork *work = data;
  dio_overlay_scene_unref (work->scene);
  dio_tint_table_clear (&work->table);
  g_clear_pointer (&work->mask, dio_image_unref);
  g_clear_pointer (&work->picture, dio_image_unref);
  g_free (work);
}

static void
do_work (TintWork *work)
{
  work->picture = make_picture (work->scene, work->pass);
  if (work->table.colors != NULL)
    work->mask = dio_tint_masks (work->scene->leaf, &work->table);
}

static void
work_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  do_work (data);
  g_task_return_boolean (task, TRUE);
}

static void
take_images (DioPicturePainter *self, TintWork *work)
{
  g_clear_object (&self->mask_texture);
  g_clear_object (&self->picture_texture);
  g_clear_pointer (&self->mask, dio_image_unref);
  g_clear_pointer (&self->picture, dio_image_unref);
  g_clear_pointer (&self->mask_leaf, dio_image_unref);
  dio_tint_table_clear (&self->table);
  self->mask = g_steal_pointer (&work->mask);
  self->picture = g_steal_pointer (&work->picture);
  self->table = work->table;
  work->table = (DioTintTable){ 0 };
  self->pass = work->pass;
  if (work->scene->leaf != NULL)
    self->mask_leaf = dio_image_ref (work->scene->leaf);
}

static void work_done_cb (GObject *source, GAsyncResult *result, gpointer user);

/* Makes what is missing for `scene`. The table is built for it as if it were shown already. */
static void
update (DioPicturePainter *self)
{
  if (self->scene == NULL || self->tinting != NULL)
    return;
  g_autoptr (DioOverlayScene) before =
      self->shown != NULL ? dio_overlay_scene_ref (self->shown) : NULL;
  g_clear_pointer (&self->shown, dio_overlay_scene_unref);
  self->shown = dio_overlay_scene_ref (self->scene);
  DioTintTable table = { 0 };
  if (shows_masks (self))
    build_table (self, &table);
  DioPass pass = get_pass (self, self->scene);
  gboolean same_picture = before == self->scene && self->pass == pass
                          && (self->picture != NULL || self->scene->rgb == NULL);
  gboolean same_mask = self->mask_leaf == self->scene->leaf
                       && (table.colors == NULL ? self->mask == NULL
                                                : dio_tint_table_is_equal (&table, &self->table));
  if (same_picture && same_mask) {
    dio_tint_table_clear (&table);
    return;
  }
  TintWork *work = g_new0 (TintWork, 1);
  work->scene = dio_overlay_scene_ref (self->scene);
  work->table = table;
  work->pass = pass;
  if ((guint64) self->scene->width_px * self->scene->height_px <= INLINE_PIXELS) {
    do_work (work);
    take_images (self, work);
    tint_work_free (work);
    return;
  }
  g_clear_pointer (&self->shown, dio_overlay_scene_unref);
  self->shown = g_steal_pointer (&before);
  self->tinting = g_cancellable_new ();
  g_autoptr (GTask) task = g_task_new (self, self->tinting, work_done_cb, NULL);
  g_task_set_task_data (task, work, tint_work_free);
  g_task_run_in_thread (task, work_thread);
}

static void
work_done_cb (GObject *source, GAsyncResult *result, gpointer user)
{
  DioPicturePainter *self = DIO_PICTURE_PAINTER (source);
  TintWork *work = g_task_get_task_data (G_TASK (result));
  g_clear_object (&self->tinting);
  if (self->scene == NULL)
    return;
  g_clear_pointer (&self->shown, dio_overlay_scene_unref);
  self->shown = dio_overlay_scene_ref (work->scene);
  take_images (self, work);
  /* What came meanwhile: another scene or other colours. */
  update (self);
  emit_changed (self);
}

/* -- Painting ------------------------------------------------------------------------------------------------------ */

/* Premultiplied BGRA of the visible part of picture and mask, for exact pixels. */
static cairo_surface_t *
compose_exact (DioPicturePainter *self, int x0, int y0, int x1, int y1)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, x1 - x0, y1 - y0);
  int stride = cairo_image_surface_get_stride (surface);
  guint8 *data = cairo_image_surface_get_data (surface);
  const guint8 grey[3] = { 0x80, 0x80, 0x80 };
  for (int y = y0; y < y1; y++) {
    guint32 *row = (guint32 *) (gpointer) (data + (gssize) (y - y0) * stride);
    for (int x = x0; x < x1; x++) {
      const guint8 *rgb = grey;
      if (self->picture != NULL)
        rgb = self->picture->u8 + (gsize) y * self->picture->stride_bytes
              + (gsize) x * self->picture->channels;
      guint32 r = rgb[0], g = rgb[1], b = rgb[2];
      if (self->mask != NULL) {
        const guint8 *m = self->mask->u8 + (gsize) y * self->mask->stride_bytes + (gsize) x * 4;
        guint32 rest = 255u - m[3];
        r = m[0] + r * rest / 255;
        g = m[1] + g * rest / 255;
        b = m[2] + b * rest / 255;
      }
      row[x - x0] = r << 16 | g << 8 | b;
    }
  }
  cairo_surface_mark_dirty (surface);
  return surface;
}

static void
paint_exact (DioPicturePainter *self,
             GtkSnapshot *snapshot,
             const DioPicturePlace *place,
             const graphene_rect_t *clip)
{
  const DioOverlayScene *scene = self->shown;
  int x0 = (int) floor ((clip->origin.x - place->x) / place->scale);
  int y0 = (int) floor ((clip->origin.y - place->y) / place->scale);
  int x1 = (int) ceil ((clip->origin.x + clip->size.width - place->x) / place->scale);
  int y1 = (int) ceil ((clip->origin.y + clip->size.height - place->y) / place->scale);
  x0 = MAX (x0, 0);
  y0 = MAX (y0, 0);
  x1 = MIN (x1, (int) scene->width_px);
  y1 = MIN (y1, (int) scene->height_px);
  if (x1 <= x0 || y1 <= y0)
    return;
  cairo_surface_t *surface = compose_exact (self, x0, y0, x1, y1);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, clip);
  cairo_translate (cr, place->x, place->y);
  cairo_scale (cr, place->scale, place->scale);
  cairo_set_source_surface (cr, surface, x0, y0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
  cairo_rectangle (cr, x0, y0, x1 - x0, y1 - y0);
  cairo_fill (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static void
paint_textures (DioPicturePainter *self, GtkSnapshot *snapshot, const graphene_rect_t *area)
{
  if (self->picture != NULL) {
    if (self->picture_texture == NULL)
      self->picture_texture = dio_texture_new (self->picture);
    gtk_snapshot_append_texture (snapshot, self->picture_texture, area);
  } else {
    gtk_snapshot_append_color (snapshot, &(GdkRGBA){ 0.5f, 0.5f, 0.5f, 1 }, area);
  }
  if (self->mask == NULL)
    return;
  if (self->mask_texture == NULL)
    self->mask_texture = dio_texture_new_premultiplied (self->mask);
  gtk_snapshot_append_texture (snapshot, self->mask_texture, area);
}

static void
paint_lines (DioPicturePainter *self,
             GtkWidget *widget,
             GtkSnapshot *snapshot,
             const DioPicturePlace *place,
             const graphene_rect_t *clip)
{
  DioOverlays *overlays = self->overlays;
  DioOverlayDraw draw = { .painter = self,
                          .scene = self->shown,
                          .overlays = overlays,
                          .widget = widget,
                          .place = *place,
                          .width = clip->origin.x + clip->size.width,
                          .height = clip->origin.y + clip->size.height,
                          .compact = self->compact };
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, clip);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_MITER);
  if (dio_overlays_get_boxes_3d (overlays))
    dio_overlay_draw_boxes_3d (cr, &draw);
  if (dio_overlays_get_boxes (overlays) != DIO_BOXES_OFF)
    dio_overlay_draw_boxes (cr, &draw);
  if (dio_overlays_get_occlusion (overlays) && !self->compact)
    dio_overlay_draw_occlusion (cr, &draw);
  if (!self->compact)
    dio_overlay_draw_names (cr, &draw);
  cairo_destroy (cr);
}

void
dio_picture_painter_snapshot (DioPicturePainter *self,
                              GtkWidget *widget,
                              GtkSnapshot *snapshot,
                              const DioPicturePlace *place,
                              const graphene_rect_t *clip)
{
  g_return_if_fail (DIO_IS_PICTURE_PAINTER (self));
  update (self);
  if (self->shown == NULL || self->shown->width_px == 0)
    return;
  graphene_rect_t area = GRAPHENE_RECT_INIT ((float) place->x, (float) place->y,
                                             (float) (self->shown->width_px * place->scale),
                                             (float) (self->shown->height_px * place->scale));
  gtk_snapshot_push_clip (snapshot, clip);
  if (place->scale * gtk_widget_get_scale_factor (widget) >= EXACT_SCALE)
    paint_exact (self, snapshot, place, clip);
  else
    paint_textures (self, snapshot, &area);
  if (self->overlays != NULL && !dio_overlays_get_clean (self->overlays))
    paint_lines (self, widget, snapshot, place, clip);
  gtk_snapshot_pop (snapshot);
}

/* -- State --------------------------------------------------------------------------------------------------------- */

static void
dispose (GObject *object)
{
  DioPicturePainter *self = DIO_PICTURE_PAINTER (object);
  g_clear_pointer (&self->scene, dio_overlay_scene_unref);
  g_clear_pointer (&self->shown, dio_overlay_scene_unref);
  g_clear_object (&self->overlays);
  g_clear_object (&self->mask_texture);
  g_clear_object (&self->picture_texture);
  g_clear_pointer (&self->mask, dio_image_unref);
  g_clear_pointer (&self->picture, dio_image_unref);
  g_clear_pointer (&self->mask_leaf, dio_image_unref);
  g_clear_pointer (&self->selected_nodes, g_strfreev);
  dio_tint_table_clear (&self->table);
  G_OBJECT_CLASS (dio_picture_painter_parent_class)->dispose (object);
}

static void
dio_picture_painter_class_init (DioPicturePainterClass *class)
{
  G_OBJECT_CLASS (class)->dispose = dispose;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dio_picture_painter_init (DioPicturePainter *self)
{
}

DioPicturePainter *
dio_picture_painter_new (void)
{
  return g_object_new (DIO_TYPE_PICTURE_PAINTER, NULL);
}

void
dio_picture_painter_set_scene (DioPicturePainter *self, DioOverlayScene *scene)
{
  g_return_if_fail (DIO_IS_PICTURE_PAINTER (self));
  if (self->scene == scene)
    return;
  g_clear_pointer (&self->scene, dio_overlay_scene_unref);
  self->scene = scene != NULL ? dio_overlay_scene_ref (scene) : NULL;
  if (scene == NULL)
    g_clear_pointer (&self->shown, dio_overlay_scene_unref);
  emit_changed (self);
}

DioOverlayScene *
dio_picture_painter_get_scene (DioPicturePainter *self)
{
  return self->scene;
}

void
dio_picture_painter_set_overlays (DioPicturePainter *self, DioOverlays *overlays)
{
  g_return_if_fail (DIO_IS_PICTURE_PAINTER (self));
  if (self->overlays == overlays)
    return;
  if (self->overlays != NULL)
    g_signal_handlers_disconnect_by_func (self->overlays, emit_changed, self);
  g_set_object (&self->overlays, overlays);
  if (overlays != NULL)
    g_signal_connect_object (overlays, "changed", G_CALLBACK (emit_changed), self,
                             G_CONNECT_SWAPPED);
  emit_changed (self);
}

DioOverlays *
dio_picture_painter_get_overlays (DioPicturePainter *self)
{
  return self->overlays;
}

void
dio_picture_painter_set_hover (DioPicturePainter *self, guint instance)
{
  if (self->hover == instance)
    return;
  self->hover = instance;
  emit_changed (self);
}

guint
dio_picture_painter_get_hover (DioPicturePainter *self)
{
  return self->hover;
}

void
dio_picture_painter_set_selected_nodes (DioPicturePainter *self, const char *const *ids)
{
  g_strfreev (self->selected_nodes);
  self->selected_nodes = g_strdupv ((GStrv) ids);
  emit_changed (self);
}

void
dio_picture_painter_set_selected_instance (DioPicturePainter *self, guint instance)
{
  if (self->selected_instance == instance)
    return;
  self->selected_instance = instance;
  emit_changed (self);
}

gboolean
dio_picture_painter_is_selected (DioPicturePainter *self, const DioOverlayItem *item)
{
  if (item->instance == self->selected_instance)
    return TRUE;
  return self->selected_nodes != NULL && item->node_id != NULL
         && g_strv_contains ((const char *const *) self->selected_nodes, item->node_id);
}

void
dio_picture_painter_set_compact (DioPicturePainter *self, gboolean compact)
{
  self->compact = compact;
  emit_changed (self);
}
