#define G_LOG_DOMAIN "dio-dataset"

#include "dio-dataset-policy.h"

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
