#pragma once
/* Thread: any; immutable once made. Air around a round earth: what a ray loses and gains on its way. Heights and
 * lengths in km; per channel of linear sRGB, each by one wavelength. */

#include <glib.h>

G_BEGIN_DECLS

#define DIO_ATMOSPHERE_RADIUS_KM 6360.0
#define DIO_ATMOSPHERE_TOP_KM 100.0
#define DIO_SUN_RADIUS_RAD 0.00465

typedef struct DioAtmosphere DioAtmosphere;

/** @turbidity: 2 .. 10. @albedo: of the ground. */
DioAtmosphere *dio_atmosphere_new (double turbidity, double albedo) G_GNUC_WARN_UNUSED_RESULT;
void dio_atmosphere_free (DioAtmosphere *air);
/** What of the sun's light arrives on the ground from @sin_elevation (geometric; below the horizon as from it). */
void dio_atmosphere_get_sun (double turbidity, double sin_elevation, double out[static 3]);

/** Light that comes from a direction, for a sun of 1 lux outside the atmosphere; single scattering without its phase
 * function, which varies faster than the rest. */
typedef struct {
  double rayleigh[3], aerosol[3], multiple[3];
} DioScattered;

/** Looks from the ground, @sin_view above the horizon (> 0), @cos_azimuth from the sun's azimuth. */
void dio_atmosphere_look (const DioAtmosphere *air,
                          double sin_view,
                          double cos_azimuth,
                          double sin_sun,
                          DioScattered *out);
/** Phase functions, 1 / sr, by the cosine of the angle of scattering. */
double dio_atmosphere_phase_rayleigh (double cosine);
double dio_atmosphere_phase_aerosol (double cosine);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioAtmosphere, dio_atmosphere_free)

G_END_DECLS
