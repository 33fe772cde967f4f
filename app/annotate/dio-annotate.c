#define G_LOG_DOMAIN "dio-annotate"

#include "dio-annotate.h"

#include "dio-annotate-private.h"

#include <math.h>
#include <string.h>

static void
clear_annotation_cb (gpointer data)
{
  DioAnnotation *annotation = data;
  dio_rle_clear (&annotation->visible);
  dio_rle_clear (&annotation->amodal);
}

static void
clear_check_cb (gpointer data)
{
  g_free (((DioSelfCheck *) data)->detail);
}

void
dio_annotations_clear (DioAnnotations *annotations)
{
  if (annotations == NULL)
    return;
  g_clear_pointer (&annotations->annotations, g_array_unref);
  g_clear_pointer (&annotations->checks, g_array_unref);
  memset (annotations, 0, sizeof *annotations);
}

/** Joins @add into @sum; an @add without runs stands for nothing. */
static void
join_mask (DioRle *sum, const DioRle *add)
{
  if (add->n_runs == 0)
    return;
  if (sum->n_runs == 0) {
    dio_rle_clear (sum);
    dio_rle_copy (sum, add);
    return;
  }
  DioRle both;
  dio_rle_union (&both, sum, add);
  dio_rle_clear (sum);
  *sum = both;
}

/** Adds one leaf's masks and counts. Visible masks of leaves are disjoint, amodal ones overlap and are
 * joined; amodal_coverage_px is handed over so that it adds up over an instance. */
static void
add_leaf (DioAnnotation *annotation, const DioLeafLabel *label)
{
  annotation->visible_px += label->visible_px;
  annotation->veiled_px += label->veiled_px;
  annotation->coverage_px += label->coverage_px;
  annotation->amodal_coverage_px += label->amodal_coverage_px;
  annotation->silhouette_open |= label->silhouette_open;
  join_mask (&annotation->visible, &label->visible);
  join_mask (&annotation->amodal, &label->amodal);
}

static double
ratio (guint64 part, guint64 whole)
{
  return whole > 0 ? (double) part / (double) whole : NAN;
}

/** The figures that follow from the joined masks. Stuff has no silhouette (labels.md 8). */
static void
derive_figures (DioAnnotation *annotation, guint width, guint height)
{
  annotation->bbox_visible = dio_rle_box (&annotation->visible);
  annotation->amodal_px = annotation->visible_px;
  annotation->bbox_amodal = annotation->bbox_visible;
  if (annotation->thing) {
    g_auto (DioRle) inside = { 0 };
    DioPixelBox image = { (int) width, (int) height, 2 * (int) width, 2 * (int) height };
    if (annotation->amodal.n_runs > 0)
      dio_rle_crop (&inside, &annotation->amodal, &image);
    annotation->amodal_px = dio_rle_count (&inside);
    annotation->bbox_amodal = dio_rle_box (&inside);
    annotation->silhouette_px = dio_rle_count (&annotation->amodal);
  }
  dio_rle_parts (&annotation->visible, &annotation->parts, &annotation->largest_part_px);
  annotation->visibility = ratio (annotation->visible_px, annotation->amodal_px);
  annotation->visib_fract = ratio (annotation->visible_px, annotation->silhouette_px);
  annotation->truncation = 1.0 - ratio (annotation->amodal_px, annotation->silhouette_px);
  annotation->subpixel = annotation->coverage_px >= 0.5 && annotation->visible_px == 0;
}

static DioAnnotation *
begin_annotations (const DioFrame *frame)
{
  DioAnnotation *all = g_new0 (DioAnnotation, MAX (frame->instances->len, 1));
  for (guint i = 0; i < frame->instances->len; i++) {
    const DioFrameInstance *instance = &g_array_index (frame->instances, DioFrameInstance, i);
    all[i].instance = i + 1;
    all[i].object_key = instance->object_key;
    all[i].category = instance->category;
    all[i].thing = instance->thing;
    all[i].crowd = instance->crowd;
  }
  return all;
}

static void
make_annotations (const DioFrame *frame, guint camera, const DioRayLabels *labels, GArray *out)
{
  const DioCamera *view = &g_array_index (frame->cameras, DioCamera, camera);
  g_autofree DioAnnotation *all = begin_annotations (frame);
  for (guint i = 0; i < labels->leaves->len; i++) {
    const DioLeafLabel *label = &g_array_index (labels->leaves, DioLeafLabel, i);
    if (label->leaf < 1 || label->leaf > frame->leaves->len)
      continue;
    guint instance = g_array_index (frame->leaves, DioFrameLeaf, label->leaf - 1).instance;
    if (instance > 0 && instance <= frame->instances->len)
      add_leaf (&all[instance - 1], label);
  }
  for (guint i = 0; i < frame->instances->len; i++) {
    DioAnnotation *annotation = &all[i];
    derive_figures (annotation, view->width_px, view->height_px);
    annotation->blur_px = view->effects.motion_px;
    annotation->defocus_px = dio_picture_effects_get_defocus_px (&view->effects);
    if (annotation->amodal_px > 0 || annotation->coverage_px > 0) {
      annotate_set_geometry (frame, camera, annotation);
      g_array_append_val (out, *annotation);
    } else {
      clear_annotation_cb (annotation);
    }
  }
  annotate_set_full_boxes (frame, camera, out);
}

/** Mean of the picture's values weighted as Rec. 709 luma, 0..1. */
static double
mean_luminance (const DioImage *rgb)
{
  if (rgb == NULL || rgb->channels < 3 || rgb->type != DIO_PIXEL_U8)
    return NAN;
  guint64 sums[3] = { 0, 0, 0 };
  gsize n = (gsize) rgb->width * rgb->height;
  for (gsize i = 0; i < n; i++)
    for (guint k = 0; k < 3; k++)
      sums[k] += rgb->u8[i * rgb->channels + k];
  double luma = 0.2126 * (double) sums[0] + 0.7152 * (double) sums[1] + 0.0722 * (double) sums[2];
  return luma / (255.0 * (double) n);
}

void
dio_annotate (const DioFrame *frame,
              guint camera,
              const DioRayLabels *labels,
              const DioImage *gl_leaf,
              const DioImage *rgb,
              DioAnnotations *out)
{
  g_return_if_fail (frame != NULL && camera < frame->cameras->len);
  g_return_if_fail (labels != NULL && labels->leaf != NULL && out != NULL);
  memset (out, 0, sizeof *out);
  out->annotations = g_array_new (FALSE, TRUE, sizeof (DioAnnotation));
  g_array_set_clear_func (out->annotations, clear_annotation_cb);
  out->checks = g_array_new (FALSE, TRUE, sizeof (DioSelfCheck));
  g_array_set_clear_func (out->checks, clear_check_cb);
  make_annotations (frame, camera, labels, out->annotations);
  out->mean_luminance = mean_luminance (rgb);
  AnnotateContext context = {
    .frame = frame,
    .camera = &g_array_index (frame->cameras, DioCamera, camera),
    .labels = labels,
    .gl_leaf = gl_leaf,
    .out = out,
  };
  annotate_run_checks (&context);
}

DioPolicyInput
dio_annotation_to_policy_input (const DioAnnotation *annotation, const DioPixelBox *box)
{
  return (DioPolicyInput){
    .visible_px = annotation->visible_px,
    .amodal_px = annotation->amodal_px,
    .coverage_px = annotation->coverage_px,
    .amodal_coverage_px = annotation->amodal_coverage_px,
    .visibility = annotation->visibility,
    .visib_fract = annotation->visib_fract,
    .box_width_px = box->x1 - box->x0,
    .box_height_px = box->y1 - box->y0,
    .blur_px = annotation->blur_px,
    .defocus_px = annotation->defocus_px,
    .subpixel = annotation->subpixel,
  };
}
