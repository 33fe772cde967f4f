#define G_LOG_DOMAIN "dio-annotate"

#include "dio-annotate-policy.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/** Below this many amodal pixels centre samples are too few, and the coverage of colour samples stands in
 * (labels.md 7). */
#define SMALL_AMODAL_PX 150

typedef struct {
  const char *name;
  DioLabelPolicy policy;
} Preset;

/* labels.md 13. The detector's sizes come from the overlap of boxes made of centre samples with true ones.
 * KITTI and hard occlusion change one figure of it; BOP judges by the visible fraction alone; everything
 * drops only what has no pixel. */
static const Preset presets[] = {
  { "detector", { 4, 0.02, 40, 6, 0, 0.10, 0.05, 0.5 } },
  { "everything", { 1, 0, 0, 0, 0, 0, 0, INFINITY } },
  { "kitti", { 4, 0.02, 40, 6, 25, 0.10, 0.05, 0.5 } },
  { "bop", { 1, 0, 0, 0, 0, 0, 0.10, INFINITY } },
  { "hard-occlusion", { 4, 0.02, 40, 6, 0, 0.05, 0.05, 0.5 } },
};

gboolean
dio_label_policy_from_preset (const char *name, DioLabelPolicy *out)
{
  g_return_val_if_fail (name != NULL && out != NULL, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (presets); i++)
    if (g_str_equal (presets[i].name, name)) {
      *out = presets[i].policy;
      return TRUE;
    }
  return FALSE;
}

const char *const *
dio_label_policy_list_presets (void)
{
  static const char *const names[] = { "detector", "everything",     "kitti",
                                       "bop",      "hard-occlusion", NULL };
  return names;
}

const char *
dio_label_policy_get_preset_label (const char *name)
{
  static const struct {
    const char *name, *label;
  } labels[] = {
    { "detector", N_ ("Detector") },
    { "everything", N_ ("Everything") },
    { "kitti", "KITTI" },
    { "bop", "BOP" },
    { "hard-occlusion", N_ ("Hard Occlusion") },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    if (g_str_equal (labels[i].name, name))
      return labels[i].label;
  return name;
}

/** The figures that the rules compare. */
typedef struct {
  double visible, visibility, visib_fract;
} Figures;

static Figures
choose_figures (const DioPolicyInput *input)
{
  Figures figures = { (double) input->visible_px, input->visibility, input->visib_fract };
  if (input->amodal_px >= SMALL_AMODAL_PX)
    return figures;
  figures.visible = input->coverage_px;
  figures.visibility =
      input->amodal_coverage_px > 0 ? input->coverage_px / input->amodal_coverage_px : NAN;
  /* The part inside the picture stays, the visible part of it changes. */
  if (input->visibility > 0)
    figures.visib_fract = input->visib_fract / input->visibility * figures.visibility;
  return figures;
}

/** A ratio without a denominator breaks no rule. */
static gboolean
is_below (double value, double limit)
{
  return value < limit;
}

DioVerdict
dio_label_policy_judge (const DioLabelPolicy *policy,
                        const DioPolicyInput *input,
                        const char **reason)
{
  g_return_val_if_fail (policy != NULL && input != NULL, DIO_VERDICT_DROP);
  Figures figures = choose_figures (input);
  double short_side = MIN (input->box_width_px, input->box_height_px);
  double blur = MAX (input->blur_px, input->defocus_px);
  const struct {
    gboolean applies;
    DioVerdict verdict;
    const char *reason;
  } rules[] = {
    { input->subpixel, DIO_VERDICT_IGNORE, "subpixel" },
    { is_below (figures.visible, policy->drop_visible_px), DIO_VERDICT_DROP, "drop-visible-px" },
    { is_below (figures.visibility, policy->drop_visibility), DIO_VERDICT_DROP, "drop-visibility" },
    { is_below (figures.visible, policy->keep_visible_px), DIO_VERDICT_IGNORE, "visible-px" },
    { is_below (short_side, policy->keep_short_side_px), DIO_VERDICT_IGNORE, "short-side" },
    { is_below (input->box_height_px, policy->keep_height_px), DIO_VERDICT_IGNORE, "height" },
    { is_below (figures.visibility, policy->keep_visibility), DIO_VERDICT_IGNORE, "visibility" },
    { is_below (figures.visib_fract, policy->keep_visib_fract), DIO_VERDICT_IGNORE, "visib-fract" },
    { blur > 0 && blur > policy->max_blur_share * short_side, DIO_VERDICT_IGNORE, "blur" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (rules[i].applies) {
      if (reason != NULL)
        *reason = rules[i].reason;
      return rules[i].verdict;
    }
  if (reason != NULL)
    *reason = "";
  return DIO_VERDICT_KEEP;
}

const char *
dio_verdict_to_name (DioVerdict verdict)
{
  static const char *const names[] = { "keep", "ignore", "drop" };
  g_return_val_if_fail ((guint) verdict < G_N_ELEMENTS (names), "drop");
  return names[verdict];
}
