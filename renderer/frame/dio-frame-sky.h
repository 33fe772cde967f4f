#pragma once
/* Thread: any. A physical daylight sky as an environment picture. */

#include "dio-image.h"

G_BEGIN_DECLS

typedef struct {
  double sun_elevation_rad; /**< -0.1 .. pi/2 */
  double sun_azimuth_rad;   /**< direction towards the sun from +X, counter-clockwise */
  double turbidity;         /**< 2 .. 10 */
  double ground_albedo;     /**< 0 .. 1, grey below the horizon */
} DioSkyDesc;

/** Sky radiance in nits, f32 RGB equirectangular of @height_px rows and twice as many columns; without
 * the sun's disc (that is a DIO_LIGHT_SUN). @height_px: 2 .. 8192. Distribution and chromaticity by Preetham,
 * Shirley, Smits 1999; the level by the light that the air takes from the sun: see dio-frame-sky.c. */
DioImage *dio_sky_render (const DioSkyDesc *desc, guint height_px) G_GNUC_WARN_UNUSED_RESULT;
/** Illuminance of the sun at normal incidence (lux) and its linear colour (max 1) through the same air. */
double dio_sky_sun_lux (const DioSkyDesc *desc, float color_out[static 3]);

G_END_DECLS
