/* COCO instances: annotations/instances_SPLIT.json beside images/SPLIT.
 *
 * The file wants all images before all annotations. Images go straight into it; annotations go into a second file,
 * which is moved behind them at the end: no list is held in memory.
 *
 * Keys beyond COCO's, which its readers pass over. Image: run, frame, take, sensor. Annotation:
 *   ignore         1 where the policy says IGNORE (iscrowd is 1 too, for the evaluator knows only that)
 *   instance       its number in the dataset's instance picture of this image
 *   object, object_key   the object's name, and its identity over frames (64 bits in hexadecimal)
 *   bbox_visible, bbox_amodal   both boxes, whichever "bbox" is
 *   visible_px, amodal_px, silhouette_px   raw counts, specks included
 *   visibility, truncation, visib_fract    null where their denominator is 0
 *   distance_m     from the camera to the middle of the 3D box */
#define G_LOG_DOMAIN "dio-export"

#include "dio-export-coco-private.h"
#include "dio-export-polygon-private.h"

#include <glib/gi18n-lib.h>

typedef struct {
  const DioExportJob *job;
  DioCocoFiles *files; /**< n_splits */
  gint64 next_id;
} Coco;

static void
coco_free (gpointer state)
{
  Coco *coco = state;

  dio_coco_files_free (coco->files, coco->job->n_splits);
  g_free (coco);
}

static gpointer
coco_begin (const DioExportJob *job, GError **error)
{
  Coco *coco = g_new0 (Coco, 1);

  coco->job = job;
  coco->next_id = job->id_base;
  coco->files = dio_coco_files_open (job, "instances", error);
  if (coco->files)
    return coco;
  coco_free (coco);
  return NULL;
}

static void
write_runs (DioJsonWriter *w, const DioRle *mask)
{
  g_autofree char *counts = dio_rle_to_coco_string (mask);

  dio_json_writer_begin_object (w);
  dio_json_writer_key (w, "size");
  dio_json_writer_begin_array (w);
  dio_json_writer_int (w, mask->height);
  dio_json_writer_int (w, mask->width);
  dio_json_writer_end_array (w);
  dio_coco_put_string (w, "counts", counts);
  dio_json_writer_end_object (w);
}

static void
write_polygons (DioJsonWriter *w, const DioRle *mask)
{
  g_autoptr (GPtrArray) polygons = dio_export_polygons_from_mask (mask);

  dio_json_writer_begin_array (w);
  for (guint i = 0; i < polygons->len; i++) {
    const GArray *points = polygons->pdata[i];
    dio_json_writer_begin_array (w);
    for (guint k = 0; k < points->len; k++) {
      dio_json_writer_int (w, g_array_index (points, DioGridPoint, k).x);
      dio_json_writer_int (w, g_array_index (points, DioGridPoint, k).y);
    }
    dio_json_writer_end_array (w);
  }
  dio_json_writer_end_array (w);
}

static void
write_figures (DioJsonWriter *w, const DioExportAnnotation *a)
{
  const DioAnnotation *label = &a->source->label;
  g_autofree char *key = g_strdup_printf ("0x%016" G_GINT64_MODIFIER "x", label->object_key);

  dio_coco_put_int (w, "instance", label->instance);
  dio_coco_put_string (w, "object", a->source->name);
  dio_coco_put_string (w, "object_key", key);
  dio_coco_put_box (w, "bbox_visible", &a->box_visible);
  dio_coco_put_box (w, "bbox_amodal", &label->bbox_amodal);
  dio_coco_put_int (w, "visible_px", (gint64) label->visible_px);
  dio_coco_put_int (w, "amodal_px", (gint64) label->amodal_px);
  dio_coco_put_int (w, "silhouette_px", (gint64) label->silhouette_px);
  dio_coco_put_double (w, "visibility", label->visibility);
  dio_coco_put_double (w, "truncation", label->truncation);
  dio_coco_put_double (w, "visib_fract", label->visib_fract);
  dio_coco_put_double (w, "distance_m", label->distance_m);
}

static void
write_annotation (const Coco *coco,
                  DioJsonWriter *w,
                  const DioExportImage *image,
                  const DioExportAnnotation *a)
{
  /* iscrowd 1 is "matched without penalty, never missed", which is what ignoring means, and it must be runs. */
  gboolean is_region = a->crowd || a->ignored;

  dio_json_writer_begin_object (w);
  dio_coco_put_int (w, "id", coco->next_id);
  dio_coco_put_int (w, "image_id", image->id);
  dio_coco_put_int (w, "category_id", a->class->id);
  dio_coco_put_box (w, "bbox", &a->box);
  dio_coco_put_int (w, "area", (gint64) a->area_px);
  dio_coco_put_int (w, "iscrowd", is_region);
  dio_coco_put_int (w, "ignore", a->ignored);
  dio_json_writer_key (w, "segmentation");
  if (coco->job->options->polygons && !is_region)
    write_polygons (w, &a->mask);
  else
    write_runs (w, &a->mask);
  write_figures (w, a);
  dio_json_writer_end_object (w);
}

static gboolean
coco_add (gpointer state, const DioExportImage *image, GError **error)
{
  Coco *coco = state;
  DioCocoFiles *files = &coco->files[image->split];

  dio_coco_write_image (files->images, image);
  for (guint i = 0; i < image->annotations->len; i++) {
    write_annotation (coco, files->annotations, image,
                      &g_array_index (image->annotations, DioExportAnnotation, i));
    coco->next_id++;
  }
  /* The writers keep their first error until they are closed. */
  return TRUE;
}

static gboolean
coco_end (gpointer state, GError **error)
{
  Coco *coco = state;

  return dio_coco_files_end (coco->files, coco->job->n_splits, error);
}

static const char *const conventions[] = {
  "bbox",
  "[x, y, width, height] in pixels; (x, y) is the top left corner of the half-open box",
  "box_rule",
  "exactly the extent of the pixels it stands for, clipped to the picture",
  "area",
  "pixels of the mask",
  "segmentation",
  "run lengths by columns, starting with zeros (COCO's compressed counts); polygons, where asked"
  " for, have integer vertices on pixel edges, and holes joined by cuts of no width",
  "iscrowd",
  "1 for crowds and for ignored annotations (also \"ignore\": 1)",
  "ids",
  "unique over all splits; images and annotations count from id_base",
  NULL,
};

const DioExportFormat dio_export_coco = {
  .info = {
    .name = "coco",
    .label = N_ ("COCO instances"),
    .help = N_ ("annotations/instances_SPLIT.json with boxes and masks (runs, or polygons); ignored"
                " annotations become iscrowd 1; no stuff"),
  },
  .default_ignored = DIO_IGNORED_KEEP,
  .marks_ignored = TRUE,
  .has_crowds = TRUE,
  .has_polygons = TRUE,
  .removes_specks = TRUE,
  .first_class_id = 1,
  .conventions = conventions,
  .begin = coco_begin,
  .add = coco_add,
  .end = coco_end,
  .free = coco_free,
};
