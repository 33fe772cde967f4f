#define G_LOG_DOMAIN "dio-frame"

#include "dio-frame-sky.h"

#include "dio-core-math.h"
#include "dio-core-vec.h"
#include "dio-frame-atmosphere-private.h"
#include "dio-frame.h"
#include "dio-image-color.h"

#include <math.h>

/* Illuminance of the sun outside the atmosphere, and its black body. */
#define EXTRATERRESTRIAL_LUX 128000.0
#define SUN_KELVIN 5778.0
/* Stars and airglow, a sky that gives 0.65 mlx without a moon (Janiczek and DeYoung 1987); its colour. */
#define NIGHT_NITS 2.1e-4
static const double night_color[3] = { 1.02, 1.0, 0.94 };

/* Directions of which the scattered light is known; what varies faster, the phase functions, is put on it per texel. */
#define N_ELEVATIONS 40
#define N_AZIMUTHS 17

typedef struct {
  DioScattered table[N_ELEVATIONS][N_AZIMUTHS];
  double space_lux[3]; /**< of the sun outside, per channel */
  DioVec3 sun;         /**< unit, towards it */
} Sky;

static double
clamp_elevation (const DioSkyDesc *desc)
{
  return CLAMP (desc->sun_elevation_rad, DIO_SKY_LOWEST_SUN_RAD, DIO_PI / 2);
}

static double
clamp_turbidity (const DioSkyDesc *desc)
{
  return CLAMP (desc->turbidity, 2.0, 10.0);
}

static double
luminance_of (const double rgb[static 3])
{
  return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
}

static void
get_space_lux (double out[static 3])
{
  dio_color_from_temperature (SUN_KELVIN, out);
  double scale = EXTRATERRESTRIAL_LUX / luminance_of (out);
  for (int c = 0; c < 3; c++)
    out[c] *= scale;
}

/* Rows lie denser near the horizon: elevation grows with the square of the row. */
static void
init_sky (Sky *sky, const DioAtmosphere *air, const DioSkyDesc *desc)
{
  double elevation = clamp_elevation (desc), flat = dio_cos (elevation);
  sky->sun = dio_vec3 (flat * dio_cos (desc->sun_azimuth_rad),
                       flat * dio_sin (desc->sun_azimuth_rad), dio_sin (elevation));
  get_space_lux (sky->space_lux);
  for (int y = 0; y < N_ELEVATIONS; y++) {
    double row = y / (N_ELEVATIONS - 1.0), sine = dio_sin (MAX (row * row, 1e-5) * DIO_PI / 2);
    for (int x = 0; x < N_AZIMUTHS; x++)
      dio_atmosphere_look (air, sine, dio_cos (x / (N_AZIMUTHS - 1.0) * DIO_PI), sky->sun.z,
                           &sky->table[y][x]);
  }
}

static double
mix4 (const double v[static 4], double fx, double fy)
{
  double low = v[0] + (v[1] - v[0]) * fx, high = v[2] + (v[3] - v[2]) * fx;
  return low + (high - low) * fy;
}

/* Radiance from @direction, which looks above the horizon. @row: its place among the rows of the table. */
static void
get_radiance (const Sky *sky, double row, DioVec3 direction, float rgb[static 3])
{
  double cosine = CLAMP (dio_vec3_dot (direction, sky->sun), -1.0, 1.0);
  double flat = sqrt ((1 - direction.z * direction.z) * (1 - sky->sun.z * sky->sun.z));
  double turned = flat > 1e-9 ? (cosine - direction.z * sky->sun.z) / flat : 1;
  double column = dio_acos (CLAMP (turned, -1.0, 1.0)) / DIO_PI * (N_AZIMUTHS - 1);
  int y = MIN ((int) row, N_ELEVATIONS - 2), x = MIN ((int) column, N_AZIMUTHS - 2);
  const DioScattered *a = &sky->table[y][x], *b = &sky->table[y + 1][x];
  double rayleigh = dio_atmosphere_phase_rayleigh (cosine),
         aerosol = dio_atmosphere_phase_aerosol (cosine);
  for (int c = 0; c < 3; c++) {
    double at[4];
    const DioScattered *corners[4] = { a, a + 1, b, b + 1 };
    for (int i = 0; i < 4; i++)
      at[i] = corners[i]->rayleigh[c] * rayleigh + corners[i]->aerosol[c] * aerosol
              + corners[i]->multiple[c];
    rgb[c] =
        (float) (mix4 (at, column - x, row - y) * sky->space_lux[c] + NIGHT_NITS * night_color[c]);
  }
}

static void
render_upper_half (const Sky *sky, DioImage *image)
{
  guint w = image->width, h = image->height;
  for (guint y = 0; y < h && (y + 0.5) / h < 0.5; y++) {
    float *rgb = image->f32 + (gsize) y * w * 3;
    double row = sqrt (1 - (y + 0.5) / h * 2) * (N_ELEVATIONS - 1);
    for (guint x = 0; x < w; x++, rgb += 3)
      get_radiance (sky, row, dio_environment_direction ((x + 0.5) / w, (y + 0.5) / h), rgb);
  }
}

/* Illuminance of a plate that faces up, per channel. */
static void
sum_horizontal (const DioImage *image, double lux[static 3])
{
  guint w = image->width, h = image->height;
  lux[0] = lux[1] = lux[2] = 0;
  for (guint y = 0; y < h && (y + 0.5) / h < 0.5; y++) {
    double polar = (y + 0.5) / h * DIO_PI, sums[3] = { 0 };
    const float *rgb = image->f32 + (gsize) y * w * 3;
    for (guint x = 0; x < w; x++, rgb += 3)
      for (int c = 0; c < 3; c++)
        sums[c] += (double) rgb[c];
    double solid_angle = dio_sin (polar) * (DIO_PI / h) * (2 * DIO_PI / w);
    for (int c = 0; c < 3; c++)
      lux[c] += sums[c] * dio_cos (polar) * solid_angle;
  }
}

static void
fill_ground (DioImage *image, const double nits[static 3])
{
  guint w = image->width, h = image->height;
  for (guint y = 0; y < h; y++) {
    float *rgb = image->f32 + (gsize) y * w * 3;
    for (guint x = 0; (y + 0.5) / h >= 0.5 && x < w; x++, rgb += 3)
      for (int c = 0; c < 3; c++)
        rgb[c] = (float) nits[c];
  }
}

/* The share of the disc above the horizon: it sets through its own diameter. */
static double
get_risen (const DioSkyDesc *desc)
{
  return CLAMP (clamp_elevation (desc) / (2 * DIO_SUN_RADIUS_RAD) + 0.5, 0.0, 1.0);
}

/* The whole disc of the sun at normal incidence, per channel. */
static void
get_sun (const DioSkyDesc *desc, double lux[static 3])
{
  double space[3];
  get_space_lux (space);
  dio_atmosphere_get_sun (clamp_turbidity (desc), dio_sin (clamp_elevation (desc)), lux);
  for (int c = 0; c < 3; c++)
    lux[c] *= space[c];
}

DioImage *
dio_sky_render (const DioSkyDesc *desc, guint height_px)
{
  g_return_val_if_fail (desc != NULL && height_px >= 2 && height_px <= 8192, NULL);

  double albedo = CLAMP (desc->ground_albedo, 0.0, 1.0);
  g_autoptr (DioAtmosphere) air = dio_atmosphere_new (clamp_turbidity (desc), albedo);
  g_autofree Sky *sky = g_new0 (Sky, 1);
  double sun[3], ground[3];
  init_sky (sky, air, desc);
  DioImage *image = dio_image_new (height_px * 2, height_px, 3, DIO_PIXEL_F32);
  render_upper_half (sky, image);
  /* A grey, perfectly matt plain under sun and sky. */
  sum_horizontal (image, ground);
  get_sun (desc, sun);
  for (int c = 0; c < 3; c++)
    ground[c] = (ground[c] + sun[c] * get_risen (desc) * MAX (sky->sun.z, 0)) * albedo / DIO_PI;
  fill_ground (image, ground);
  return image;
}

double
dio_sky_sun_lux (const DioSkyDesc *desc, float color_out[static 3])
{
  double lux[3];
  get_sun (desc, lux);
  double top = MAX (lux[0], MAX (lux[1], lux[2]));
  for (int c = 0; c < 3; c++)
    color_out[c] = top > 0 ? (float) (lux[c] / top) : 1;
  return luminance_of (lux) * get_risen (desc);
}

double
dio_sky_horizontal_lux (const DioImage *radiance)
{
  g_return_val_if_fail (radiance != NULL && radiance->type == DIO_PIXEL_F32, 0);
  double lux[3];
  sum_horizontal (radiance, lux);
  return luminance_of (lux);
}
