#define G_LOG_DOMAIN "dio-desk"

#include "dio-desk-veil.h"

#include "dio-label-palette.h"
#include "dio-review-item.h"
#include "dio-review-thumbnail.h"

/** A drawing in the size of a tile. */
typedef struct {
  const DioDeskVeil *veil;
  const DioReviewTable *table;
  const DioReviewItem *item;
  DioPixelBox window; /**< of the picture */
  guint width, height;
  DioImage *image;
  guint16 *groups; /**< by pixel: one more than the index of the annotation on top, 0 = none */
  guint index;     /**< of the annotation that is being filled in */
} Drawing;

/* -- Colours -------------------------------------------------------------------------------------------------------- */

static DioVerdict
get_verdict (const Drawing *d, guint index)
{
  gint64 row = g_array_index (d->item->object_rows, gint64, index);
  if (row < 0)
    return DIO_VERDICT_KEEP;
  DioReviewObjectRow object;
  dio_review_table_get_object (d->table, (guint32) row, &object);
  return object.policy;
}

static void
get_color (const Drawing *d, const DioAnnotation *label, guint index, guint8 rgb[static 3])
{
  if (get_verdict (d, index) == DIO_VERDICT_DROP)
    rgb[0] = rgb[1] = rgb[2] = 0x90;
  else if (d->veil->masks == DIO_MASKS_INSTANCE)
    dio_label_palette_get (label->instance - 1, rgb);
  else if (d->veil->masks == DIO_MASKS_VISIBILITY)
    dio_label_palette_get_heat (label->visibility, rgb);
  else
    dio_review_table_get_category_color (d->table, (guint) label->category, rgb);
}

static void
put (Drawing *d, guint x, guint y, const guint8 rgb[static 3], double alpha)
{
  guint8 *pixel = d->image->u8 + (gsize) y * d->image->stride_bytes + (gsize) x * 4;
  for (guint c = 0; c < 3; c++)
    pixel[c] = (guint8) (rgb[c] * alpha + 0.5);
  pixel[3] = (guint8) (255 * alpha + 0.5);
}

/* -- Masks ---------------------------------------------------------------------------------------------------------- */

/* Column of the drawing that holds column @x of the picture; beyond it where that is not in the window. */
static int
to_column (const Drawing *d, int x)
{
  return (int) ((gint64) (x - d->window.x0) * d->width / (d->window.x1 - d->window.x0));
}

static int
to_row (const Drawing *d, int y)
{
  return (int) ((gint64) (y - d->window.y0) * d->height / (d->window.y1 - d->window.y0));
}

static void
span_cb (guint x, guint y0, guint y1, gpointer data)
{
  Drawing *d = data;
  int low = MAX ((int) y0, d->window.y0), high = MIN ((int) y1, d->window.y1);
  if ((int) x < d->window.x0 || (int) x >= d->window.x1 || low >= high)
    return;
  int column = to_column (d, (int) x);
  for (int row = to_row (d, low); row <= to_row (d, high - 1); row++)
    d->groups[(gsize) row * d->width + (gsize) column] = (guint16) (d->index + 1);
}

static gboolean
shows_mask (const Drawing *d, const DioAnnotation *label)
{
  return d->veil->masks != DIO_MASKS_OFF && label->category >= 0
         && (label->thing || d->veil->masks == DIO_MASKS_CATEGORY);
}

static gboolean
is_contour (const Drawing *d, guint x, guint y)
{
  const guint16 *here = d->groups + (gsize) y * d->width + x;
  return (x > 0 && here[-1] != here[0]) || (x + 1 < d->width && here[1] != here[0])
         || (y > 0 && here[-(gssize) d->width] != here[0])
         || (y + 1 < d->height && here[d->width] != here[0]);
}

/* As the large view has it: stuff is tinted half as much, what an export does not keep as well. */
static void
tint (Drawing *d)
{
  const GArray *annotations = dio_review_item_get_capture (d->item)->annotations;
  for (guint y = 0; y < d->height; y++)
    for (guint x = 0; x < d->width; x++) {
      guint group = d->groups[(gsize) y * d->width + x];
      if (group == 0)
        continue;
      const DioAnnotation *label =
          &g_array_index (annotations, DioDatasetAnnotation, group - 1).label;
      double strength = get_verdict (d, group - 1) == DIO_VERDICT_KEEP ? 1 : 0.5;
      double fill = d->veil->opacity / 100.0 * strength * (label->thing ? 1 : 0.5);
      guint8 rgb[3];
      get_color (d, label, group - 1, rgb);
      put (d, x, y, rgb, label->thing && is_contour (d, x, y) ? strength : fill);
    }
}

/* -- Boxes ---------------------------------------------------------------------------------------------------------- */

static void
draw_line (Drawing *d, const int from[2], const int to[2], const guint8 rgb[static 3])
{
  for (int y = from[1]; y <= to[1]; y++)
    for (int x = from[0]; x <= to[0]; x++)
      if (x >= 0 && y >= 0 && x < (int) d->width && y < (int) d->height)
        put (d, (guint) x, (guint) y, rgb, 1);
}

/* The whole object may reach far beyond the picture: lines outside are not drawn. */
static void
draw_box (Drawing *d, const DioPixelBox *box, const guint8 rgb[static 3])
{
  int x0 = CLAMP (to_column (d, box->x0), -1, (int) d->width),
      x1 = CLAMP (to_column (d, box->x1), -1, (int) d->width),
      y0 = CLAMP (to_row (d, box->y0), -1, (int) d->height),
      y1 = CLAMP (to_row (d, box->y1), -1, (int) d->height);
  draw_line (d, (int[2]){ x0, y0 }, (int[2]){ x1, y0 }, rgb);
  draw_line (d, (int[2]){ x0, y1 }, (int[2]){ x1, y1 }, rgb);
  draw_line (d, (int[2]){ x0, y0 }, (int[2]){ x0, y1 }, rgb);
  draw_line (d, (int[2]){ x1, y0 }, (int[2]){ x1, y1 }, rgb);
}

/* -- Drawing -------------------------------------------------------------------------------------------------------- */

static gboolean
is_shown (const Drawing *d, const DioDeskVeilPlace *place, guint index)
{
  return place->unit == DIO_REVIEW_FRAMES
         || g_array_index (d->item->object_rows, gint64, index) == place->row;
}

static void
draw (Drawing *d, const DioDeskVeilPlace *place)
{
  const GArray *annotations = dio_review_item_get_capture (d->item)->annotations;
  guint n = MIN (annotations->len, G_MAXUINT16 - 1u);
  for (d->index = 0; d->index < n; d->index++) {
    const DioAnnotation *label = &g_array_index (annotations, DioDatasetAnnotation, d->index).label;
    if (shows_mask (d, label) && is_shown (d, place, d->index))
      dio_rle_foreach_span (&label->visible, span_cb, d);
  }
  tint (d);
  for (guint i = 0; d->veil->amodal && i < n; i++) {
    const DioAnnotation *label = &g_array_index (annotations, DioDatasetAnnotation, i).label;
    guint8 rgb[3];
    if (!label->thing || label->category < 0 || label->bbox_amodal.x1 <= label->bbox_amodal.x0
        || !is_shown (d, place, i))
      continue;
    get_color (d, label, i, rgb);
    draw_box (d, &label->bbox_amodal, rgb);
  }
}

static void
find_window (Drawing *d, const DioDeskVeilPlace *place)
{
  const DioReviewFrameRow *frame = &d->item->facts;
  DioPixelBox box = { 0 };
  if (place->unit == DIO_REVIEW_OBJECTS) {
    DioReviewObjectRow object;
    dio_review_table_get_object (d->table, place->row, &object);
    box = object.box;
  }
  d->window = dio_review_thumbnail_get_window (&box, frame->width_px, frame->height_px);
  guint w = (guint) (d->window.x1 - d->window.x0), h = (guint) (d->window.y1 - d->window.y0);
  guint longer = MAX (MAX (w, h), 1), to = MIN (place->size_px, longer);
  d->width = MAX (1, (guint) (((guint64) w * to + longer / 2) / longer));
  d->height = MAX (1, (guint) (((guint64) h * to + longer / 2) / longer));
}

DioImage *
dio_desk_veil_draw (const DioDeskVeil *veil,
                    DioReviewReader *reader,
                    const DioReviewTable *table,
                    const DioDeskVeilPlace *place,
                    GError **error)
{
  g_return_val_if_fail (veil != NULL && reader != NULL && table != NULL && place != NULL, NULL);

  g_auto (DioReviewItem) item = { 0 };
  if (!dio_review_item_load (reader, table, place->unit, place->row, DIO_LOAD_MASKS, &item, error))
    return NULL;
  Drawing d = { .veil = veil, .table = table, .item = &item };
  find_window (&d, place);
  g_autofree guint16 *groups = g_new0 (guint16, (gsize) d.width * d.height);
  d.groups = groups;
  d.image = dio_image_new (d.width, d.height, 4, DIO_PIXEL_U8);
  draw (&d, place);
  return d.image;
}
