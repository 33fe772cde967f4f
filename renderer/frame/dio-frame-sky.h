#pragma once
/* Thread: any. A physical sky by day, dusk and night as an environment picture. */

#include "dio-image.h"

G_BEGIN_DECLS

/** Lowest sun of a sky: no twilight is left. */
#define DIO_SKY_LOWEST_SUN_RAD (-0.35)

typedef struct {
  double sun_elevation_rad; /**< geometric, DIO_SKY_LOWEST_SUN_RAD .. pi/2 */
  double sun_azimuth_rad;   /**< direction towards the sun from +X, counter-clockwise */
  double turbidity;         /**< 2 .. 10 */
  double ground_albedo;     /**< 0 .. 1, grey */
} DioSkyDesc;

/** Sky radiance in nits, f32 RGB equirectangular of @height_px rows and twice as many columns; without
 * the sun's disc (that is a DIO_LIGHT_SUN). Below the horizon a matt plain under sun and sky. @height_px: 2 .. 8192. By
 * scattering in a round atmosphere, see dio-frame-atmosphere.c; the night without a moon is its floor. */
DioImage *dio_sky_render (const DioSkyDesc *desc, guint height_px) G_GNUC_WARN_UNUSED_RESULT;
/** Illuminance of the sun at normal incidence (lux) and its linear colour (max 1) through the same air. */
double dio_sky_sun_lux (const DioSkyDesc *desc, float color_out[static 3]);
/** Illuminance (lux) of a plate that faces up by the upper half of @radiance, an environment picture. */
double dio_sky_horizontal_lux (const DioImage *radiance);

G_END_DECLS
