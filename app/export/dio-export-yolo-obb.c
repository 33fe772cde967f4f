/* YOLO oriented boxes: a row is a class and four corners. */
#define G_LOG_DOMAIN "dio-export"

#include "dio-export-polygon-private.h"
#include "dio-export-yolo-private.h"

#include <glib/gi18n-lib.h>

/* The visible pixels without specks, or all pixels that the picture would show without occluders. */
static void
find_corners (const DioYolo *yolo,
              const DioExportAnnotation *a,
              const DioDatasetCapture *capture,
              double corners[4][2])
{
  int w = (int) capture->width_px, h = (int) capture->height_px;
  DioPixelBox middle = { w, h, 2 * w, 2 * h };
  g_auto (DioRle) amodal = { 0 };

  if (yolo->job->options->box_amodal)
    dio_rle_crop (&amodal, &a->source->label.amodal, &middle);
  dio_export_rectangle_from_mask (dio_rle_count (&amodal) > 0 ? &amodal : &a->mask, corners);
}

static void
append_corners (DioYolo *yolo, const DioExportAnnotation *a, const DioDatasetCapture *capture)
{
  double corners[4][2];

  find_corners (yolo, a, capture, corners);
  g_string_append_printf (yolo->text, "%" G_GINT64_FORMAT, a->class->id);
  for (guint i = 0; i < 4; i++) {
    dio_yolo_append_number (yolo->text, corners[i][0] / capture->width_px);
    dio_yolo_append_number (yolo->text, corners[i][1] / capture->height_px);
  }
  g_string_append_c (yolo->text, '\n');
}

static gpointer
begin (const DioExportJob *job, GError **error)
{
  return dio_yolo_begin (job, append_corners, error);
}

static const char *const conventions[] = {
  "row",
  "class x1 y1 x2 y2 x3 y3 x4 y4: corners clockwise on the screen, divided by the size of the "
  "picture",
  "box_rule",
  "the rectangle of least area that holds the object's pixels as squares and stays within the "
  "picture",
  "empty",
  "a picture without objects has an empty label file",
  "ignored",
  "YOLO has no mark for ignored objects: see counts",
  NULL,
};

const DioExportFormat dio_export_yolo_obb = {
  .info = {
    .name = "yolo-obb",
    .label = N_ ("YOLO oriented boxes"),
    .help = N_ ("images/, labels/ and data.yaml with the rectangle of least area around each object;"
                " ignored annotations are dropped unless --ignored says otherwise"),
  },
  .default_ignored = DIO_IGNORED_DROP,
  .removes_specks = TRUE,
  .dense_class_ids = TRUE,
  .conventions = conventions,
  .begin = begin,
  .add = dio_yolo_add,
  .end = dio_yolo_end,
  .free = dio_yolo_free,
};
