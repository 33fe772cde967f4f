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

#include "dio-base-json.h"
#include "dio-base-path.h"
#include "dio-export-file-private.h"
#include "dio-export-format-private.h"
#include "dio-export-polygon-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/** The two files of one split; closed and NULL at the end. */
typedef struct {
  char *path, *spill_path;
  DioJsonWriter *images, *annotations;
} Files;

typedef struct {
  const DioExportJob *job;
  Files *files; /**< n_splits */
  gint64 next_id;
} Coco;

static void
put_int (DioJsonWriter *w, const char *key, gint64 value)
{
  dio_json_writer_key (w, key);
  dio_json_writer_int (w, value);
}

static void
put_string (DioJsonWriter *w, const char *key, const char *value)
{
  dio_json_writer_key (w, key);
  dio_json_writer_string (w, value);
}

static void
put_double (DioJsonWriter *w, const char *key, double value)
{
  dio_json_writer_key (w, key);
  if (isfinite (value))
    dio_json_writer_double (w, value);
  else
    dio_json_writer_null (w);
}

/* [x, y, width, height] of a half-open box. */
static void
put_box (DioJsonWriter *w, const char *key, const DioPixelBox *box)
{
  int numbers[4] = { box->x0, box->y0, box->x1 - box->x0, box->y1 - box->y0 };

  dio_json_writer_key (w, key);
  dio_json_writer_begin_array (w);
  for (guint i = 0; i < 4; i++)
    dio_json_writer_int (w, numbers[i]);
  dio_json_writer_end_array (w);
}

static void
write_head (const DioExportJob *job, DioJsonWriter *w)
{
  /* No date: the same dataset exports to the same bytes. */
  dio_json_writer_key (w, "info");
  dio_json_writer_begin_object (w);
  put_string (w, "description", job->scenario->name ? job->scenario->name : "");
  put_string (w, "contributor", "Diorama " DIO_VERSION);
  put_string (w, "version", "1.0");
  dio_json_writer_end_object (w);
  dio_json_writer_key (w, "licenses");
  dio_json_writer_begin_array (w);
  dio_json_writer_end_array (w);
  dio_json_writer_key (w, "categories");
  dio_json_writer_begin_array (w);
  for (guint i = 0; i < job->classes->classes->len; i++) {
    const DioExportClass *class = dio_export_classes_get (job->classes, (int) i);
    dio_json_writer_begin_object (w);
    put_int (w, "id", class->id);
    put_string (w, "name", class->name);
    put_string (w, "supercategory", class->supercategory);
    dio_json_writer_end_object (w);
  }
  dio_json_writer_end_array (w);
}

static gboolean
open_files (const DioExportJob *job, const char *split, Files *files, GError **error)
{
  files->path = g_strdup_printf ("%s/annotations/instances_%s.json", job->folder, split);
  files->spill_path = g_strdup_printf ("%s/annotations/.%s.spill", job->folder, split);
  files->images = dio_json_writer_new (files->path, error);
  if (files->images)
    files->annotations = dio_json_writer_new (files->spill_path, error);
  if (!files->annotations)
    return FALSE;
  dio_json_writer_begin_object (files->images);
  write_head (job, files->images);
  dio_json_writer_key (files->images, "images");
  dio_json_writer_begin_array (files->images);
  dio_json_writer_begin_object (files->annotations);
  dio_json_writer_key (files->annotations, "annotations");
  dio_json_writer_begin_array (files->annotations);
  return TRUE;
}

static void
coco_free (gpointer state)
{
  Coco *coco = state;

  for (guint i = 0; i < coco->job->n_splits; i++) {
    Files *files = &coco->files[i];
    /* After a failure the documents are unfinished; close says so, and the folder goes anyway. */
    if (files->images)
      dio_json_writer_close (files->images, NULL);
    if (files->annotations)
      dio_json_writer_close (files->annotations, NULL);
    g_free (files->path);
    g_free (files->spill_path);
  }
  g_free (coco->files);
  g_free (coco);
}

static gpointer
coco_begin (const DioExportJob *job, GError **error)
{
  g_autofree char *folder = g_build_filename (job->folder, "annotations", NULL);
  Coco *coco = g_new0 (Coco, 1);
  gboolean ok = dio_path_make_folders (folder, error);

  coco->job = job;
  coco->files = g_new0 (Files, job->n_splits);
  coco->next_id = job->id_base;
  for (guint i = 0; ok && i < job->n_splits; i++)
    ok = open_files (job, job->splits[i].name, &coco->files[i], error);
  if (ok)
    return coco;
  coco_free (coco);
  return NULL;
}

static void
write_image (DioJsonWriter *w, const DioExportImage *image)
{
  dio_json_writer_begin_object (w);
  put_int (w, "id", image->id);
  put_string (w, "file_name", image->file_name);
  put_int (w, "width", image->capture->width_px);
  put_int (w, "height", image->capture->height_px);
  put_int (w, "run", image->frame->run);
  put_int (w, "frame", (gint64) image->frame->index);
  put_int (w, "take", image->frame->take);
  put_string (w, "sensor", image->capture->sensor);
  dio_json_writer_end_object (w);
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
  put_string (w, "counts", counts);
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

  put_int (w, "instance", label->instance);
  put_string (w, "object", a->source->name);
  put_string (w, "object_key", key);
  put_box (w, "bbox_visible", &a->box_visible);
  put_box (w, "bbox_amodal", &label->bbox_amodal);
  put_int (w, "visible_px", (gint64) label->visible_px);
  put_int (w, "amodal_px", (gint64) label->amodal_px);
  put_int (w, "silhouette_px", (gint64) label->silhouette_px);
  put_double (w, "visibility", label->visibility);
  put_double (w, "truncation", label->truncation);
  put_double (w, "visib_fract", label->visib_fract);
  put_double (w, "distance_m", label->distance_m);
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
  put_int (w, "id", coco->next_id);
  put_int (w, "image_id", image->id);
  put_int (w, "category_id", a->class->id);
  put_box (w, "bbox", &a->box);
  put_int (w, "area", (gint64) a->area_px);
  put_int (w, "iscrowd", is_region);
  put_int (w, "ignore", a->ignored);
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
  Files *files = &coco->files[image->split];

  write_image (files->images, image);
  for (guint i = 0; i < image->annotations->len; i++) {
    write_annotation (coco, files->annotations, image,
                      &g_array_index (image->annotations, DioExportAnnotation, i));
    coco->next_id++;
  }
  /* The writers keep their first error until they are closed. */
  return TRUE;
}

static gboolean
close_writer (DioJsonWriter **writer, GError **error)
{
  dio_json_writer_end_array (*writer);
  dio_json_writer_end_object (*writer);
  return dio_json_writer_close (g_steal_pointer (writer), error);
}

static gboolean
coco_end (gpointer state, GError **error)
{
  Coco *coco = state;

  for (guint i = 0; i < coco->job->n_splits; i++) {
    Files *files = &coco->files[i];
    if (!close_writer (&files->images, error) || !close_writer (&files->annotations, error)
        || !dio_export_file_join_objects (files->path, files->spill_path, error))
      return FALSE;
  }
  return TRUE;
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
