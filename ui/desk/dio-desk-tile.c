#define G_LOG_DOMAIN "dio-desk"

#include "dio-desk-tile.h"

#include "dio-desk-text.h"
#include "dio-label-palette.h"
#include "dio-review-thumbnail.h"

#include <glib/gi18n-lib.h>

/* Pictures are made in these sizes, so that the slider does not make one for each of its steps. */
static const guint sizes_px[] = { 192, 384, 768 };

/* More boxes or names than this are a blur in a small picture. */
#define MAX_BOXES 64
#define MAX_NAMES 12
#define NAME_SCALE 0.7

#define DIO_TYPE_DESK_THUMB (dio_desk_thumb_get_type ())
G_DECLARE_FINAL_TYPE (DioDeskThumb, dio_desk_thumb, DIO, DESK_THUMB, GtkWidget)

/** The picture of a tile. */
struct _DioDeskThumb {
  GtkWidget parent_instance;

  const DioDeskTileShared *shared; /**< (nullable) borrowed */
  DioReviewTable *table;           /**< (nullable) owned */
  guint32 row;
  GdkTexture *texture, *veil;             /**< (nullable) owned; @veil: the labels over it */
  DioDeskRequest *request, *veil_request; /**< (nullable) on their way */
};

G_DEFINE_FINAL_TYPE (DioDeskThumb, dio_desk_thumb, GTK_TYPE_WIDGET)

struct _DioDeskTile {
  GtkBox parent_instance;

  const DioDeskTileShared *shared; /**< (nullable) borrowed */
  guint32 row;
  DioDeskThumb *thumb;
  GtkLabel *title;
  GtkImage *badge;
};

G_DEFINE_FINAL_TYPE (DioDeskTile, dio_desk_tile, GTK_TYPE_BOX)

/* -- The picture ---------------------------------------------------------------------------------------------------- */

static void
measure (GtkWidget *widget,
         GtkOrientation orientation,
         int for_size,
         int *minimum,
         int *natural,
         int *minimum_baseline,
         int *natural_baseline)
{
  const DioDeskTileShared *shared = DIO_DESK_THUMB (widget)->shared;
  int width = shared != NULL ? shared->width_px : 96;
  double aspect = shared != NULL && shared->unit == DIO_REVIEW_FRAMES ? shared->aspect : 1;
  /* The cells of a row share its whole width. */
  if (orientation == GTK_ORIENTATION_VERTICAL && for_size > width)
    width = for_size;
  *minimum = *natural =
      orientation == GTK_ORIENTATION_HORIZONTAL ? width : (int) (width / aspect + 0.5);
}

static GtkSizeRequestMode
get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static gboolean
is_clean (const DioDeskTileShared *shared)
{
  return dio_overlays_get_clean (shared->overlays);
}

static gboolean
wants_boxes (const DioDeskTileShared *shared)
{
  DioBoxesShown boxes = dio_overlays_get_boxes (shared->overlays);
  return (boxes == DIO_BOXES_VISIBLE || boxes == DIO_BOXES_BOTH) && !is_clean (shared);
}

static gboolean
wants_names (const DioDeskTileShared *shared)
{
  return dio_overlays_get_names (shared->overlays) && !is_clean (shared);
}

/** Where a part of the picture lands in the widget. */
typedef struct {
  DioPixelBox window; /**< of the picture, pixels */
  double x, y, scale;
} Place;

static void
draw_box (GtkSnapshot *snapshot, const Place *place, const DioPixelBox *box, const guint8 rgb[3])
{
  GdkRGBA color = { (float) (rgb[0] / 255.0), (float) (rgb[1] / 255.0), (float) (rgb[2] / 255.0),
                    1 };
  GdkRGBA colors[4] = { color, color, color, color };
  float widths[4] = { 1.5f, 1.5f, 1.5f, 1.5f };
  GskRoundedRect outline;
  gsk_rounded_rect_init_from_rect (
      &outline,
      &GRAPHENE_RECT_INIT ((float) (place->x + (box->x0 - place->window.x0) * place->scale),
                           (float) (place->y + (box->y0 - place->window.y0) * place->scale),
                           (float) ((box->x1 - box->x0) * place->scale),
                           (float) ((box->y1 - box->y0) * place->scale)),
      1);
  gtk_snapshot_append_border (snapshot, &outline, widths, colors);
}

/* Names stand on their box, inside the picture. */
static void
draw_name (DioDeskThumb *self,
           GtkSnapshot *snapshot,
           const Place *place,
           const DioReviewObjectRow *object,
           const guint8 rgb[3])
{
  const char *name = object->name != NULL && *object->name != '\0' ? object->name : object->node;
  if (name == NULL)
    return;
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), name);
  PangoAttrList *attributes = pango_attr_list_new ();
  pango_attr_list_insert (attributes, pango_attr_scale_new (NAME_SCALE));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  int width, height;
  pango_layout_get_pixel_size (layout, &width, &height);
  double x = place->x + (object->box.x0 - place->window.x0) * place->scale;
  double y = place->y + (object->box.y0 - place->window.y0) * place->scale - height;
  x = MAX (MIN (x, gtk_widget_get_width (GTK_WIDGET (self)) - width), 0);
  y = MAX (y, 0);
  GdkRGBA ground = { (float) (rgb[0] / 255.0), (float) (rgb[1] / 255.0), (float) (rgb[2] / 255.0),
                     0.85f },
          ink;
  dio_label_palette_get_ink (rgb, &ink);
  gtk_snapshot_append_color (
      snapshot, &ground, &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, (float) height));
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_snapshot_append_layout (snapshot, layout, &ink);
  gtk_snapshot_restore (snapshot);
}

static void
draw_object (
    DioDeskThumb *self, GtkSnapshot *snapshot, const Place *place, guint32 row, gboolean named)
{
  DioReviewObjectRow object;
  dio_review_table_get_object (self->table, row, &object);
  guint8 rgb[3] = { 128, 128, 128 };
  if (object.policy == DIO_VERDICT_DROP || object.box.x1 <= object.box.x0)
    return;
  if (object.category >= 0)
    dio_review_table_get_category_color (self->table, (guint) object.category, rgb);
  if (wants_boxes (self->shared))
    draw_box (snapshot, place, &object.box, rgb);
  if (named && wants_names (self->shared))
    draw_name (self, snapshot, place, &object, rgb);
}

static void
draw_boxes (DioDeskThumb *self, GtkSnapshot *snapshot, Place *place, double width)
{
  DioReviewUnit unit = self->shared->unit;
  DioReviewFrameRow frame;
  dio_review_table_get_frame (self->table,
                              dio_review_table_get_frame_of (self->table, unit, self->row), &frame);
  place->window = (DioPixelBox){ .x1 = (int) frame.width_px, .y1 = (int) frame.height_px };
  if (unit == DIO_REVIEW_OBJECTS) {
    DioReviewObjectRow object;
    dio_review_table_get_object (self->table, self->row, &object);
    place->window = dio_review_thumbnail_get_window (&object.box, frame.width_px, frame.height_px);
  }
  int window_px = place->window.x1 - place->window.x0;
  if (window_px <= 0)
    return;
  place->scale = width / window_px;
  if (unit == DIO_REVIEW_OBJECTS) {
    draw_object (self, snapshot, place, self->row, TRUE);
    return;
  }
  for (guint32 i = 0; i < MIN (frame.n_objects, MAX_BOXES); i++)
    draw_object (self, snapshot, place, frame.first_object + i, i < MAX_NAMES);
}

/* FALSE where nothing is to lie over the picture. */
static gboolean
get_veil (const DioDeskTileShared *shared, DioDeskVeil *veil)
{
  DioBoxesShown boxes = dio_overlays_get_boxes (shared->overlays);
  *veil = (DioDeskVeil){
    .masks = dio_overlays_get_masks (shared->overlays),
    .amodal = boxes == DIO_BOXES_AMODAL || boxes == DIO_BOXES_BOTH,
  };
  if (veil->masks != DIO_MASKS_OFF)
    veil->opacity = (guint) (100 * dio_overlays_get_opacity (shared->overlays) + 0.5);
  return veil->amodal || veil->masks != DIO_MASKS_OFF;
}

static void
snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  DioDeskThumb *self = DIO_DESK_THUMB (widget);
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  if (self->texture == NULL) {
    GdkRGBA color;
    gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
    color.alpha = 0.06f;
    gtk_snapshot_append_color (snapshot, &color,
                               &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
    return;
  }
  double scale = MIN (width / gdk_texture_get_width (self->texture),
                      height / gdk_texture_get_height (self->texture));
  double shown_width = scale * gdk_texture_get_width (self->texture);
  double shown_height = scale * gdk_texture_get_height (self->texture);
  Place place = { .x = (width - shown_width) / 2, .y = (height - shown_height) / 2 };
  gtk_snapshot_append_texture (snapshot, self->texture,
                               &GRAPHENE_RECT_INIT ((float) place.x, (float) place.y,
                                                    (float) shown_width, (float) shown_height));
  if (self->veil != NULL && !is_clean (self->shared))
    gtk_snapshot_append_texture (snapshot, self->veil,
                                 &GRAPHENE_RECT_INIT ((float) place.x, (float) place.y,
                                                      (float) shown_width, (float) shown_height));
  if (wants_boxes (self->shared) || wants_names (self->shared))
    draw_boxes (self, snapshot, &place, shown_width);
}

static void
loaded_cb (GdkTexture *texture, gpointer user)
{
  DioDeskThumb *self = user;
  self->request = NULL;
  if (texture != NULL)
    g_set_object (&self->texture, texture);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
veil_loaded_cb (GdkTexture *texture, gpointer user)
{
  DioDeskThumb *self = user;
  self->veil_request = NULL;
  g_set_object (&self->veil, texture);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
clear_thumb (DioDeskThumb *self)
{
  g_clear_pointer (&self->request, dio_desk_loader_cancel);
  g_clear_pointer (&self->veil_request, dio_desk_loader_cancel);
  g_clear_object (&self->texture);
  g_clear_object (&self->veil);
  g_clear_pointer (&self->table, dio_review_table_unref);
  self->shared = NULL;
}

static guint
choose_size (DioDeskThumb *self)
{
  guint wanted = (guint) (self->shared->width_px * gtk_widget_get_scale_factor (GTK_WIDGET (self)));
  guint size = sizes_px[G_N_ELEMENTS (sizes_px) - 1];
  for (guint i = G_N_ELEMENTS (sizes_px); i-- > 0;)
    if (sizes_px[i] >= wanted)
      size = sizes_px[i];
  return size;
}

/* A larger picture takes the place of a smaller one once it is there. */
static void
want_picture (DioDeskThumb *self)
{
  DioDeskPicture picture = { self->shared->unit, self->row, choose_size (self) };
  GdkTexture *kept = dio_desk_loader_find (self->shared->loader, &picture);
  g_clear_pointer (&self->request, dio_desk_loader_cancel);
  if (kept != NULL)
    g_set_object (&self->texture, kept);
  else
    self->request =
        dio_desk_loader_request (self->shared->loader, self->table, &picture, loaded_cb, self);
}

/* Objects have masks once they are loaded. Asked for before the picture, it is made after it: the last wanted comes first. */
static void
want_veil (DioDeskThumb *self)
{
  DioDeskPicture picture = { self->shared->unit, self->row, choose_size (self), TRUE };
  g_clear_pointer (&self->veil_request, dio_desk_loader_cancel);
  if (!get_veil (self->shared, &picture.veil)
      || dio_review_table_get_level (self->table) < DIO_REVIEW_LOAD_OBJECTS) {
    g_clear_object (&self->veil);
    return;
  }
  GdkTexture *kept = dio_desk_loader_find (self->shared->loader, &picture);
  if (kept != NULL)
    g_set_object (&self->veil, kept);
  else
    self->veil_request =
        dio_desk_loader_request (self->shared->loader, self->table, &picture, veil_loaded_cb, self);
}

static void
dio_desk_thumb_dispose (GObject *object)
{
  clear_thumb (DIO_DESK_THUMB (object));
  G_OBJECT_CLASS (dio_desk_thumb_parent_class)->dispose (object);
}

static void
dio_desk_thumb_class_init (DioDeskThumbClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dio_desk_thumb_dispose;
  GTK_WIDGET_CLASS (klass)->measure = measure;
  GTK_WIDGET_CLASS (klass)->get_request_mode = get_request_mode;
  GTK_WIDGET_CLASS (klass)->snapshot = snapshot;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_IMG);
}

static void
dio_desk_thumb_init (DioDeskThumb *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/* -- The tile ------------------------------------------------------------------------------------------------------- */

void
dio_desk_tile_show (DioDeskTile *self, const DioDeskTileShared *shared, guint32 row)
{
  g_return_if_fail (DIO_IS_DESK_TILE (self) && shared != NULL);

  clear_thumb (self->thumb);
  self->shared = self->thumb->shared = shared;
  self->row = self->thumb->row = row;
  self->thumb->table = dio_review_table_ref (dio_desk_data_get_table (shared->data));
  g_autofree char *title = dio_desk_text_dup_title (self->thumb->table, shared->unit, row);
  gtk_label_set_text (self->title, title);
  dio_desk_tile_update (self);
}

void
dio_desk_tile_clear (DioDeskTile *self)
{
  g_return_if_fail (DIO_IS_DESK_TILE (self));

  clear_thumb (self->thumb);
  self->shared = NULL;
}

void
dio_desk_tile_update (DioDeskTile *self)
{
  g_return_if_fail (DIO_IS_DESK_TILE (self));

  if (self->shared == NULL)
    return;
  dio_desk_text_set_badge (
      self->badge, dio_desk_data_get_state (self->shared->data, self->shared->unit, self->row));
  DioReviewTable *table = dio_desk_data_get_table (self->shared->data);
  if (self->thumb->table != table) {
    dio_review_table_unref (self->thumb->table);
    self->thumb->table = dio_review_table_ref (table);
  }
  want_veil (self->thumb);
  want_picture (self->thumb);
  gtk_widget_queue_resize (GTK_WIDGET (self->thumb));
}

char *
dio_desk_tile_dup_label (DioDeskTile *self)
{
  g_return_val_if_fail (DIO_IS_DESK_TILE (self), NULL);

  if (self->shared == NULL)
    return g_strdup ("");
  DioReviewState state =
      dio_desk_data_get_state (self->shared->data, self->shared->unit, self->row);
  return g_strdup_printf (_ ("Frame %s, %s"), gtk_label_get_text (self->title),
                          dio_desk_text_state (state));
}

static void
dio_desk_tile_class_init (DioDeskTileClass *klass)
{
}

static void
dio_desk_tile_init (DioDeskTile *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 3);
  self->thumb = g_object_new (DIO_TYPE_DESK_THUMB, NULL);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->thumb));

  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  self->title = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->title, PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_xalign (self->title, 0);
  gtk_label_set_width_chars (self->title, 4);
  gtk_widget_set_hexpand (GTK_WIDGET (self->title), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->title), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->title), "numeric");
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->title));
  self->badge = GTK_IMAGE (gtk_image_new ());
  gtk_image_set_pixel_size (self->badge, 16);
  gtk_widget_set_visible (GTK_WIDGET (self->badge), FALSE);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->badge));
  gtk_widget_set_size_request (line, -1, 18);
  gtk_box_append (GTK_BOX (self), line);
}

GtkWidget *
dio_desk_tile_new (void)
{
  return g_object_new (DIO_TYPE_DESK_TILE, NULL);
}
