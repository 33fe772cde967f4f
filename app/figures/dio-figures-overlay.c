#define G_LOG_DOMAIN "dio-figures"

#include "dio-figures-private.h"

#define NAME_SIZE_PX 10.0
#define TINT_ALPHA 0.22

static DioVerdict
judge (const DioOverlay *overlay, const DioAnnotation *label)
{
  DioPolicyInput input = dio_annotation_to_policy_input (label, &label->bbox_visible);
  return dio_label_policy_judge (overlay->policy, &input, NULL);
}

static void
set_color (cairo_t *cr, const DioCategory *category, double alpha)
{
  cairo_set_source_rgba (cr, category->color[0] / 255.0, category->color[1] / 255.0,
                         category->color[2] / 255.0, alpha);
}

/* The mask as an A8 surface, tinted in picture pixels. */
static void
draw_mask (cairo_t *cr, const DioOverlay *overlay, const DioRle *rle, const DioCategory *category)
{
  if (rle->n_runs == 0)
    return;
  g_autoptr (DioImage) mask = dio_rle_to_mask (rle);
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_A8, (int) mask->width, (int) mask->height);
  unsigned char *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  for (guint y = 0; y < mask->height; y++)
    for (guint x = 0; x < mask->width; x++)
      data[(gssize) y * stride + x] = mask->u8[(gsize) y * mask->stride_bytes + x] ? 255 : 0;
  cairo_surface_mark_dirty (surface);
  cairo_save (cr);
  cairo_scale (cr, overlay->scale, overlay->scale);
  set_color (cr, category, TINT_ALPHA);
  cairo_mask_surface (cr, surface, 0, 0);
  cairo_restore (cr);
  cairo_surface_destroy (surface);
}

static void
draw_box (cairo_t *cr,
          const DioOverlay *overlay,
          const DioPixelBox *box,
          const DioCategory *category,
          gboolean solid)
{
  const double dashes[] = { 3, 2 };
  double s = overlay->scale;
  cairo_set_dash (cr, dashes, solid ? 0 : 2, 0);
  cairo_rectangle (cr, box->x0 * s, box->y0 * s, (box->x1 - box->x0) * s, (box->y1 - box->y0) * s);
  /* A dark line under the coloured one keeps boxes readable on bright and on like-coloured ground. */
  cairo_set_source_rgba (cr, 0, 0, 0, 0.55);
  cairo_set_line_width (cr, 2.4);
  cairo_stroke_preserve (cr);
  set_color (cr, category, 1);
  cairo_set_line_width (cr, 1.2);
  cairo_stroke (cr);
}

static void
draw_name (cairo_t *cr,
           const DioOverlay *overlay,
           const DioAnnotation *label,
           const DioCategory *category)
{
  g_autofree char *text =
      g_strdup_printf ("%s %d %%", category->name, (int) (label->visibility * 100 + 0.5));
  double width = dio_figures_measure_text (cr, text, NAME_SIZE_PX) + 4, height = NAME_SIZE_PX + 4;
  double x = MAX (0, label->bbox_visible.x0 * overlay->scale - 1);
  double y = MAX (0, label->bbox_visible.y0 * overlay->scale - height);
  set_color (cr, category, 0.85);
  cairo_rectangle (cr, x, y, width, height);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 1, 1, 1);
  dio_figures_draw_text (cr, text, x + 2, y, width, NAME_SIZE_PX);
}

static const DioCategory *
category_of (const DioOverlay *overlay, const DioAnnotation *label)
{
  if (label->category < 0 || (guint) label->category >= overlay->scenario->categories->len
      || !label->thing)
    return NULL;
  return g_ptr_array_index (overlay->scenario->categories, label->category);
}

DioVerdictCounts
dio_figures_draw_overlay (cairo_t *cr, const DioOverlay *overlay, const DioDatasetCapture *capture)
{
  DioVerdictCounts counts = { 0 };
  for (int names = 0; names < 2; names++)
    for (guint i = 0; i < capture->annotations->len; i++) {
      const DioAnnotation *label =
          &g_array_index (capture->annotations, DioDatasetAnnotation, i).label;
      const DioCategory *category = category_of (overlay, label);
      if (category == NULL)
        continue;
      DioVerdict verdict = judge (overlay, label);
      if (verdict == DIO_VERDICT_DROP) {
        counts.drop += names == 0;
        continue;
      }
      /* Names come last: a box drawn over a name would hide it. */
      if (names == 1) {
        if (verdict == DIO_VERDICT_KEEP)
          draw_name (cr, overlay, label, category);
        continue;
      }
      counts.keep += verdict == DIO_VERDICT_KEEP;
      counts.ignore += verdict == DIO_VERDICT_IGNORE;
      draw_mask (cr, overlay, &label->visible, category);
      draw_box (cr, overlay, &label->bbox_visible, category, verdict == DIO_VERDICT_KEEP);
    }
  return counts;
}
