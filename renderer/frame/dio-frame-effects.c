#define G_LOG_DOMAIN "dio-frame"

#include "dio-frame-effects.h"

#include <math.h>

gboolean
dio_picture_effects_touch_light (const DioPictureEffects *effects)
{
  return effects->softness_px > 0 || effects->defocus_px > 0 || effects->motion_px > 0
         || effects->vignette_ev > 0 || effects->electrons_at_white > 0
         || effects->white_balance_k > 0 || effects->tint != 0;
}

void
dio_picture_effects_scale (DioPictureEffects *effects, double sx, double sy)
{
  double length = sqrt (sx * sy);
  effects->softness_px *= length;
  effects->defocus_px *= length;
  effects->motion_px *= length;
  effects->electrons_at_white /= sx * sy;
}

/* A disc of diameter d has the variance d^2 / 16 along each axis, a Gaussian its sigma^2; variances add. */
double
dio_picture_effects_get_defocus_px (const DioPictureEffects *effects)
{
  return sqrt (effects->defocus_px * effects->defocus_px
               + 16 * effects->softness_px * effects->softness_px);
}
