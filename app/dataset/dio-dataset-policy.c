#define G_LOG_DOMAIN "dio-dataset"

#include "dio-dataset-policy.h"

#include "dio-core-math.h"

#include <math.h>

/* A threshold that the scenario leaves to its preset is NaN. */
static void
override (double *value, double own)
{
  if (!isnan (own))
    *value = own;
}

gboolean
dio_label_policy_for_scenario (DioLabelPolicy *out, const DioPolicy *scenario, const char *preset)
{
  g_return_val_if_fail (out != NULL && scenario != NULL, FALSE);

  if (preset != NULL)
    return dio_label_policy_from_preset (preset, out);
  if (!dio_label_policy_from_preset (scenario->preset, out))
    return FALSE;
  override (&out->drop_visible_px, scenario->drop_visible_px);
  override (&out->drop_visibility, scenario->drop_visibility);
  override (&out->keep_visible_px, scenario->keep_visible_px);
  override (&out->keep_short_side_px, scenario->keep_short_side_px);
  override (&out->keep_height_px, scenario->keep_height_px);
  override (&out->keep_visibility, scenario->keep_visibility);
  override (&out->keep_visib_fract, scenario->keep_visib_fract);
  override (&out->max_blur_share, scenario->max_blur_share);
  return TRUE;
}

gboolean
dio_label_is_outside_cone (const DioCategory *category, const DioAnnotation *annotation)
{
  double az = annotation->view_azimuth_rad, el = annotation->view_elevation_rad;
  if (!(category->front_cone_rad > 0) || isnan (az) || isnan (el))
    return FALSE;
  return dio_cos (el) * dio_cos (az) < dio_cos (category->front_cone_rad);
}

/* Outside the cone nothing is dropped, but what would be kept is ignored; so is what should become a category that is not there. */
static gboolean
is_ignored_outside (const DioScenario *scenario,
                    const DioCategory *category,
                    const DioAnnotation *annotation)
{
  if (category->cone_outside == DIO_CONE_OUTSIDE_KEEP
      || !dio_label_is_outside_cone (category, annotation))
    return FALSE;
  return category->cone_outside == DIO_CONE_OUTSIDE_IGNORE
         || dio_scenario_find_category (scenario, category->front_cone_category) < 0;
}

DioVerdict
dio_label_judge (const DioScenario *scenario,
                 const DioLabelPolicy *policy,
                 const DioAnnotation *annotation,
                 const char **reason)
{
  g_return_val_if_fail (scenario != NULL && policy != NULL && annotation != NULL, DIO_VERDICT_DROP);

  const char *own_reason;
  const char **why = reason != NULL ? reason : &own_reason;
  if (annotation->category < 0 || (guint) annotation->category >= scenario->categories->len) {
    *why = "unlabelled";
    return DIO_VERDICT_DROP;
  }
  if (!annotation->thing) {
    *why = "stuff";
    return DIO_VERDICT_DROP;
  }
  DioPolicyInput input = dio_annotation_to_policy_input (annotation, &annotation->bbox_visible);
  DioVerdict verdict = dio_label_policy_judge (policy, &input, why);
  const DioCategory *category =
      g_ptr_array_index (scenario->categories, (guint) annotation->category);
  if (verdict == DIO_VERDICT_KEEP && is_ignored_outside (scenario, category, annotation)) {
    *why = "outside-cone";
    return DIO_VERDICT_IGNORE;
  }
  return verdict;
}
