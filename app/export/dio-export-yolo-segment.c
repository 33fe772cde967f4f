/* YOLO segmentation: a row is a class and one closed ring.
 *
 * Readers cut coordinates down to whole pixels and draw the ring with its lines, so points stand in the middles of
 * the outermost pixels: what is drawn is the mask. A ring is one: holes hang on cuts through the mask, which are
 * drawn exactly; parts hang together by lines, which are drawn in addition. */
#define G_LOG_DOMAIN "dio-export"

#include "dio-export-polygon-private.h"
#include "dio-export-yolo-private.h"

#include <glib/gi18n-lib.h>

static void
append_ring (DioYolo *yolo, const DioExportAnnotation *a, const DioDatasetCapture *capture)
{
  guint n_parts;
  g_autoptr (GArray) ring = dio_export_ring_from_mask (&a->mask, &n_parts);

  yolo->n_joined += n_parts > 1;
  g_string_append_printf (yolo->text, "%" G_GINT64_FORMAT, a->class->id);
  for (guint i = 0; i < ring->len; i++) {
    const DioGridPoint *at = &g_array_index (ring, DioGridPoint, i);
    dio_yolo_append_number (yolo->text, (at->x + 0.5) / capture->width_px);
    dio_yolo_append_number (yolo->text, (at->y + 0.5) / capture->height_px);
  }
  g_string_append_c (yolo->text, '\n');
}

static gpointer
begin (const DioExportJob *job, GError **error)
{
  return dio_yolo_begin (job, append_ring, error);
}

static json_t *
report (gpointer state)
{
  const DioYolo *yolo = state;

  return json_pack ("{s:I}", "objects_of_joined_parts", (json_int_t) yolo->n_joined);
}

static const char *const conventions[] = {
  "row",     "class x1 y1 x2 y2 ...: one closed ring, divided by the size of the picture",
  "points",  "middles of the outermost pixels: drawing the ring with its lines gives the mask",
  "holes",   "joined to the ring by a cut through the mask",
  "parts",   "joined by lines from pixel to pixel, which a reader adds to the mask",
  "box",     "readers that take the box from the ring get one that is a pixel smaller",
  "empty",   "a picture without objects has an empty label file",
  "ignored", "YOLO has no mark for ignored objects: see counts",
  NULL,
};

const DioExportFormat dio_export_yolo_segment = {
  .info = {
    .name = "yolo-segment",
    .label = N_ ("YOLO segmentation"),
    .help = N_ ("images/, labels/ and data.yaml with one ring for each object; parts of an object are"
                " joined by lines; ignored annotations are dropped unless --ignored says otherwise"),
  },
  .default_ignored = DIO_IGNORED_DROP,
  .removes_specks = TRUE,
  .dense_class_ids = TRUE,
  .conventions = conventions,
  .begin = begin,
  .add = dio_yolo_add,
  .end = dio_yolo_end,
  .report = report,
  .free = dio_yolo_free,
};
