/* COCO panoptic: annotations/panoptic_SPLIT.json and annotations/panoptic_SPLIT/x.png beside images/SPLIT.
 *
 * A pixel's id is red + 256 green + 65536 blue. A thing's segment has the object's instance number as id; all stuff of
 * one class is one segment, whose id lies above every instance. 0 is void: what the policy ignores or drops, what has
 * no category, and nothing at all unless the scenario names a category for the background. */
#define G_LOG_DOMAIN "dio-export"

#include "dio-export-coco-private.h"
#include "dio-export-file-private.h"
#include "dio-export-raster-private.h"

#include <glib/gi18n-lib.h>

#define FIRST_STUFF_ID 65536u

typedef struct {
  const DioExportJob *job;
  DioCocoFiles *files; /**< n_splits */
} Panoptic;

static void
panoptic_free (gpointer state)
{
  Panoptic *panoptic = state;

  dio_coco_files_free (panoptic->files, panoptic->job->n_splits);
  g_free (panoptic);
}

static gpointer
panoptic_begin (const DioExportJob *job, GError **error)
{
  Panoptic *panoptic = g_new0 (Panoptic, 1);

  panoptic->job = job;
  panoptic->files = dio_coco_files_open (job, "panoptic", error);
  if (panoptic->files)
    return panoptic;
  panoptic_free (panoptic);
  return NULL;
}

/** A segment; the mask is borrowed. */
typedef struct {
  guint32 id;
  const DioExportClass *class;
  const DioRle *mask;
  gboolean crowd;
} Segment;

static void
write_segment (DioJsonWriter *w, DioImage *picture, const Segment *segment)
{
  const guint16 rgb[3] = { segment->id & 255, segment->id >> 8 & 255, segment->id >> 16 & 255 };
  DioPixelBox box = dio_rle_box (segment->mask);

  dio_export_paint (picture, segment->mask, rgb);
  dio_json_writer_begin_object (w);
  dio_coco_put_int (w, "id", segment->id);
  dio_coco_put_int (w, "category_id", segment->class->id);
  dio_coco_put_int (w, "area", (gint64) dio_rle_count (segment->mask));
  dio_coco_put_box (w, "bbox", &box);
  dio_coco_put_int (w, "iscrowd", segment->crowd);
  dio_json_writer_end_object (w);
}

static void
add_to_union (DioRle *sum, const DioRle *mask)
{
  g_auto (DioRle) before = *sum;

  *sum = (DioRle){ 0 };
  if (before.n_runs == 0)
    dio_rle_copy (sum, mask);
  else
    dio_rle_union (sum, &before, mask);
}

/* The class of what belongs to no object and no stuff, or -1. */
static int
get_background_class (const DioExportJob *job)
{
  const char *id = job->scenario->background_category;
  int category = id ? dio_scenario_find_category (job->scenario, id) : -1;
  int class = category < 0 ? -1 : job->classes->class_of_category[category];

  return class >= 0 && dio_export_classes_get (job->classes, class)->stuff ? class : -1;
}

/* Pixels of no instance, labelled or not. */
static void
find_background (const DioExportImage *image, DioRle *background)
{
  const GArray *all = image->capture->annotations;
  g_autoptr (DioImage) pixels =
      dio_image_new (image->capture->width_px, image->capture->height_px, 1, DIO_PIXEL_U8);
  const guint16 zero = 0;

  for (gsize i = 0; i < dio_image_get_bytes (pixels); i++)
    pixels->u8[i] = 1;
  for (guint i = 0; i < all->len; i++)
    dio_export_paint (pixels, &g_array_index (all, DioDatasetAnnotation, i).label.visible, &zero);
  dio_rle_from_mask (background, pixels);
}

static void
write_stuff (const Panoptic *panoptic,
             DioJsonWriter *w,
             DioImage *picture,
             const DioExportImage *image)
{
  const DioExportJob *job = panoptic->job;
  int background = get_background_class (job);

  for (guint i = 0; i < job->classes->classes->len; i++) {
    const DioExportClass *class = dio_export_classes_get (job->classes, (int) i);
    g_auto (DioRle) mask = { 0 };
    if ((int) i == background)
      find_background (image, &mask);
    for (guint k = 0; k < image->stuff->len; k++) {
      const DioExportAnnotation *a = &g_array_index (image->stuff, DioExportAnnotation, k);
      if (a->class == class)
        add_to_union (&mask, &a->mask);
    }
    Segment segment = { FIRST_STUFF_ID + i, class, &mask, FALSE };
    if (dio_rle_count (&mask) > 0)
      write_segment (w, picture, &segment);
  }
}

static gboolean
panoptic_add (gpointer state, const DioExportImage *image, GError **error)
{
  Panoptic *panoptic = state;
  DioCocoFiles *files = &panoptic->files[image->split];
  DioJsonWriter *w = files->annotations;
  g_autoptr (DioImage) picture =
      dio_image_new (image->capture->width_px, image->capture->height_px, 3, DIO_PIXEL_U8);
  g_autofree char *file = g_strdup_printf ("%s.png", image->stem);
  g_autofree char *path = g_strdup_printf ("annotations/panoptic_%s/%s",
                                           panoptic->job->splits[image->split].name, file);

  dio_coco_write_image (files->images, image);
  dio_json_writer_begin_object (w);
  dio_coco_put_int (w, "image_id", image->id);
  dio_coco_put_string (w, "file_name", file);
  dio_json_writer_key (w, "segments_info");
  dio_json_writer_begin_array (w);
  for (guint i = 0; i < image->annotations->len; i++) {
    const DioExportAnnotation *a = &g_array_index (image->annotations, DioExportAnnotation, i);
    Segment segment = { a->source->label.instance, a->class, &a->mask, a->crowd };
    write_segment (w, picture, &segment);
  }
  write_stuff (panoptic, w, picture, image);
  dio_json_writer_end_array (w);
  dio_json_writer_end_object (w);
  return dio_export_file_put_png (panoptic->job->folder, path, picture, error);
}

static gboolean
panoptic_end (gpointer state, GError **error)
{
  Panoptic *panoptic = state;

  return dio_coco_files_end (panoptic->files, panoptic->job->n_splits, error);
}

static const char *const conventions[] = {
  "pixel",
  "id = red + 256 green + 65536 blue; 0 is void",
  "segments",
  "a thing is one segment, whose id is its instance number in the dataset; all stuff of a class is "
  "one",
  "bbox",
  "[x, y, width, height] in pixels of the half-open extent of the segment",
  "area",
  "pixels of the segment; specks are not removed",
  "ignored",
  "void, as is what the policy drops or what has no category",
  "background",
  "void unless the scenario names a category of stuff for it",
  NULL,
};

const DioExportFormat dio_export_coco_panoptic = {
  .info = {
    .name = "coco-panoptic",
    .label = N_ ("COCO panoptic"),
    .help = N_ ("annotations/panoptic_SPLIT.json and a picture of segments for each picture; things and"
                " stuff; ignored annotations become void"),
  },
  .default_ignored = DIO_IGNORED_DROP,
  .has_crowds = TRUE,
  .has_stuff = TRUE,
  .first_class_id = 1,
  .conventions = conventions,
  .begin = panoptic_begin,
  .add = panoptic_add,
  .end = panoptic_end,
  .free = panoptic_free,
};
