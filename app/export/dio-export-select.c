/* Which annotations are written, and as what: category and front cone, class, policy, specks. */
#define G_LOG_DOMAIN "dio-export"

#include "dio-core-error.h"
#include "dio-dataset-policy.h"
#include "dio-export-format-private.h"

#include <math.h>

static void
annotation_clear_cb (gpointer data)
{
  dio_rle_clear (&((DioExportAnnotation *) data)->mask);
}

void
dio_export_image_clear (DioExportImage *image)
{
  g_clear_pointer (&image->annotations, g_array_unref);
  g_clear_pointer (&image->stuff, g_array_unref);
  g_clear_pointer (&image->fills, g_ptr_array_unref);
  g_clear_pointer (&image->picture, g_bytes_unref);
  g_clear_pointer (&image->stem, g_free);
  g_clear_pointer (&image->path, g_free);
  g_clear_pointer (&image->name, g_free);
}

/* The category after the front cone, or -1 with the reason counted; @ignore where the cone says so. */
static int
find_category (const DioExportJob *job,
               DioExportImage *image,
               const DioAnnotation *label,
               gboolean *ignore)
{
  const DioCategory *category = job->scenario->categories->pdata[label->category];
  int found = label->category;

  if (!label->thing) {
    image->counts.stuff++;
    return -1;
  }
  if (category->cone_outside == DIO_CONE_OUTSIDE_KEEP
      || !dio_label_is_outside_cone (category, label))
    return found;
  image->counts.outside_cone++;
  if (category->cone_outside == DIO_CONE_OUTSIDE_OTHER)
    found = dio_scenario_find_category (job->scenario, category->front_cone_category);
  *ignore = category->cone_outside == DIO_CONE_OUTSIDE_IGNORE || found < 0;
  return found < 0 ? label->category : found;
}

static DioVerdict
judge (const DioExportJob *job, const DioExportAnnotation *a)
{
  DioPolicyInput input = dio_annotation_to_policy_input (&a->source->label, &a->box);
  return dio_label_policy_judge (&job->policy, &input, NULL);
}

/* What the mode makes of an ignored annotation; TRUE where it is written. */
static gboolean
handle_ignored (const DioExportJob *job, DioExportImage *image, DioExportAnnotation *a)
{
  image->n_ignored++;
  switch (job->ignored) {
  case DIO_IGNORED_KEEP:
    a->ignored = job->format->marks_ignored;
    return TRUE;
  case DIO_IGNORED_FILL:
    /* The whole mask, specks too: nothing of it may be left to learn from. */
    if (a->source->label.visible_px > 0) {
      g_ptr_array_add (image->fills, (gpointer) &a->source->label.visible);
      image->counts.filled++;
    }
    return FALSE;
  case DIO_IGNORED_DEFAULT:
  case DIO_IGNORED_DROP:
  case DIO_IGNORED_SKIP_IMAGE:
  default:
    return FALSE;
  }
}

static gboolean
decide (const DioExportJob *job, DioExportImage *image, DioExportAnnotation *a, gboolean ignore)
{
  DioVerdict verdict = judge (job, a);
  gboolean is_crowd = a->source->label.crowd;

  if (verdict == DIO_VERDICT_DROP) {
    image->counts.dropped++;
    return FALSE;
  }
  image->counts.crowd += is_crowd;
  a->crowd = is_crowd && job->format->has_crowds;
  /* A region of many objects is no object: a format without crowds cannot have it as one. */
  if (verdict == DIO_VERDICT_IGNORE || ignore || (is_crowd && !a->crowd)) {
    image->counts.ignored++;
    if (!handle_ignored (job, image, a))
      return FALSE;
  } else
    image->counts.kept++;
  if (a->area_px > 0)
    return TRUE;
  image->counts.without_pixels++;
  return FALSE;
}

/* What a reviewer rejected is not learnt from, neither as an object nor as background. */
static gboolean
is_rejected (const DioExportJob *job,
             const DioExportImage *image,
             const DioDatasetAnnotation *source)
{
  DioDatasetPictureKey key = { image->frame->run, image->frame->index, image->frame->take,
                               image->capture->sensor };

  return job->options->exclusion
         && dio_dataset_exclusion_has_object (job->options->exclusion, &key,
                                              source->label.object_key);
}

/* FALSE: not written, and counted. */
static gboolean
select_one (const DioExportJob *job,
            DioExportImage *image,
            const DioDatasetAnnotation *source,
            DioExportAnnotation *a)
{
  const DioAnnotation *label = &source->label;
  gboolean ignore = FALSE;

  *a = (DioExportAnnotation){ .source = source };
  if (label->category < 0) {
    image->counts.unlabelled++;
    return FALSE;
  }
  int category = find_category (job, image, label, &ignore);
  if (category < 0)
    return FALSE;
  int class = job->classes->class_of_category[category];
  if (class < 0) {
    image->counts.stuff += class == DIO_EXPORT_CLASS_NONE;
    image->counts.class_dropped += class == DIO_EXPORT_CLASS_DROP;
    return FALSE;
  }
  a->class = dio_export_classes_get (job->classes, class);
  if (job->format->removes_specks)
    dio_rle_without_specks (&a->mask, &label->visible);
  else
    dio_rle_copy (&a->mask, &label->visible);
  a->area_px = dio_rle_count (&a->mask);
  a->box_visible = dio_rle_box (&a->mask);
  a->box = job->options->box_amodal ? label->bbox_amodal : a->box_visible;
  if (is_rejected (job, image, source)) {
    image->counts.rejected++;
    ignore = TRUE;
  }
  return decide (job, image, a, ignore);
}

/* Stuff is not judged: it has no amodal figures, and no size is too small for it. */
static void
add_stuff (const DioExportJob *job, DioExportImage *image, const DioDatasetAnnotation *source)
{
  const DioAnnotation *label = &source->label;
  int class = label->category < 0 ? -1 : job->classes->class_of_category[label->category];
  DioExportAnnotation a = { .source = source };

  if (label->thing || class < 0 || label->visible_px == 0)
    return;
  a.class = dio_export_classes_get (job->classes, class);
  dio_rle_copy (&a.mask, &label->visible);
  a.area_px = label->visible_px;
  a.box_visible = a.box = dio_rle_box (&a.mask);
  g_array_append_val (image->stuff, a);
}

static GArray *
new_annotations (void)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (DioExportAnnotation));

  g_array_set_clear_func (list, annotation_clear_cb);
  return list;
}

gboolean
dio_export_select (const DioExportJob *job, DioExportImage *image, GError **error)
{
  const GArray *sources = image->capture->annotations;

  image->annotations = new_annotations ();
  image->stuff = new_annotations ();
  image->fills = g_ptr_array_new ();
  for (guint i = 0; i < sources->len; i++) {
    const DioDatasetAnnotation *source = &g_array_index (sources, DioDatasetAnnotation, i);
    DioExportAnnotation a;
    if (source->label.category >= (int) job->classes->n_categories) {
      g_set_error (error, DIO_ERROR, DIO_ERROR_CORRUPT,
                   "The dataset “%s” holds an annotation of category %d, which its scenario lacks",
                   dio_dataset_get_folder (job->dataset), source->label.category);
      return FALSE;
    }
    if (job->format->has_stuff)
      add_stuff (job, image, source);
    if (!select_one (job, image, source, &a)) {
      dio_rle_clear (&a.mask);
      continue;
    }
    image->counts.speck_px += source->label.visible_px - MIN (a.area_px, source->label.visible_px);
    g_array_append_val (image->annotations, a);
  }
  image->counts.written = image->annotations->len;
  return TRUE;
}
