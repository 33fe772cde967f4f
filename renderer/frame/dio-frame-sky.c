#define G_LOG_DOMAIN "dio-frame"

/* A. J. Preetham, P. Shirley, B. Smits: "A Practical Analytic Model for Daylight", SIGGRAPH 1999: the Perez
 * distribution of luminance, the chromaticity of the zenith (appendix A.2), the sun's attenuation (A.1).
 *
 * Their luminance of the zenith is not used. It gives a horizontal illuminance of 31 klux at 60 degrees and
 * turbidity 3, twice what is measured under clear skies, and with the sun's more light than enters the
 * atmosphere. The picture is scaled instead to the light that the air scatters out of the sun's beam and
 * down: within 25 % of the clear sky of the IES (0.8 + 15.5 sqrt (sin h) klux) at turbidity 2.5. */

#include "dio-frame-sky.h"

#include "dio-core-math.h"
#include "dio-core-vec.h"
#include "dio-frame.h"
#include "dio-image-color.h"

#include <math.h>

/* Illuminance of the sun outside the atmosphere, and its black body. */
#define EXTRATERRESTRIAL_LUX 128000.0
#define SUN_KELVIN 5778.0
#define SUN_RADIUS_RAD 0.00465
/* Shares of the scattered light that go down, after multiple scattering; what is left at sunset. */
#define RAYLEIGH_DOWN 0.45
#define AEROSOL_DOWN 0.65
#define SUNSET_SKY_LUX 800.0
/* Per radian below the horizon: a 150th at -0.1, as between sunset and the end of civil twilight. */
#define TWILIGHT_DECAY 50.0
/* Absorption at 0.55 um. */
#define OZONE_GREEN_PER_CM 0.085
#define MIN_COSINE 0.01

/* Perez's five coefficients of luminance and of the chromaticities x and y. */
typedef struct {
  double a, b, c, d, e;
} Perez;

typedef struct {
  DioVec3 sun; /**< unit, towards the sun, on the horizon where it is below */
  Perez luminance, x, y;
  double zenith_x, zenith_y;
  double norm_luminance, norm_x, norm_y; /**< distribution at the zenith */
} Sky;

static double
limited_turbidity (const DioSkyDesc *desc)
{
  return CLAMP (desc->turbidity, 2.0, 10.0);
}

static double
perez (const Perez *p, double cos_theta, double gamma, double cos_gamma)
{
  return (1 + p->a * dio_exp (p->b / cos_theta))
         * (1 + p->c * dio_exp (p->d * gamma) + p->e * cos_gamma * cos_gamma);
}

static double
zenith_chromaticity (const double rows[3][4], double turbidity, double theta)
{
  double columns[3];
  for (int i = 0; i < 3; i++)
    columns[i] = ((rows[i][0] * theta + rows[i][1]) * theta + rows[i][2]) * theta + rows[i][3];
  return (columns[0] * turbidity + columns[1]) * turbidity + columns[2];
}

static void
init_distribution (Sky *sky, double t)
{
  sky->luminance = (Perez){ 0.1787 * t - 1.4630, -0.3554 * t + 0.4275, -0.0227 * t + 5.3251,
                            0.1206 * t - 2.5771, -0.0670 * t + 0.3703 };
  sky->x = (Perez){ -0.0193 * t - 0.2592, -0.0665 * t + 0.0008, -0.0004 * t + 0.2125,
                    -0.0641 * t - 0.8989, -0.0033 * t + 0.0452 };
  sky->y = (Perez){ -0.0167 * t - 0.2608, -0.0950 * t + 0.0092, -0.0079 * t + 0.2102,
                    -0.0441 * t - 1.6537, -0.0109 * t + 0.0529 };
}

static void
init_sky (Sky *sky, const DioSkyDesc *desc, double turbidity)
{
  static const double x_rows[3][4] = { { 0.00166, -0.00375, 0.00209, 0 },
                                       { -0.02903, 0.06377, -0.03202, 0.00394 },
                                       { 0.11693, -0.21196, 0.06052, 0.25886 } };
  static const double y_rows[3][4] = { { 0.00275, -0.00610, 0.00317, 0 },
                                       { -0.04214, 0.08970, -0.04153, 0.00516 },
                                       { 0.15346, -0.26756, 0.06670, 0.26688 } };
  double elevation = CLAMP (desc->sun_elevation_rad, 0.0, DIO_PI / 2);
  double theta = DIO_PI / 2 - elevation;
  sky->sun = dio_vec3 (dio_cos (elevation) * dio_cos (desc->sun_azimuth_rad),
                       dio_cos (elevation) * dio_sin (desc->sun_azimuth_rad), dio_sin (elevation));

  sky->zenith_x = zenith_chromaticity (x_rows, turbidity, theta);
  sky->zenith_y = zenith_chromaticity (y_rows, turbidity, theta);

  init_distribution (sky, turbidity);
  double cos_theta = dio_cos (theta);
  sky->norm_luminance = perez (&sky->luminance, 1, theta, cos_theta);
  sky->norm_x = perez (&sky->x, 1, theta, cos_theta);
  sky->norm_y = perez (&sky->y, 1, theta, cos_theta);
}

/* CIE xyY to linear sRGB; what lies outside the gamut is cut at 0. */
static void
rgb_from_xyy (double x, double y, double luminance, float rgb[static 3])
{
  double X = x / y * luminance, Y = luminance, Z = (1 - x - y) / y * luminance;
  rgb[0] = (float) MAX (3.2404542 * X - 1.5371385 * Y - 0.4985314 * Z, 0.0);
  rgb[1] = (float) MAX (-0.9692660 * X + 1.8760108 * Y + 0.0415560 * Z, 0.0);
  rgb[2] = (float) MAX (0.0556434 * X - 0.2040259 * Y + 1.0572252 * Z, 0.0);
}

static void
relative_radiance (const Sky *sky, DioVec3 direction, float rgb[static 3])
{
  double cos_theta = MAX (direction.z, MIN_COSINE);
  double cos_gamma = CLAMP (dio_vec3_dot (direction, sky->sun), -1.0, 1.0);
  double gamma = dio_acos (cos_gamma);
  double luminance = perez (&sky->luminance, cos_theta, gamma, cos_gamma) / sky->norm_luminance;
  double x = perez (&sky->x, cos_theta, gamma, cos_gamma) / sky->norm_x;
  double y = perez (&sky->y, cos_theta, gamma, cos_gamma) / sky->norm_y;
  rgb_from_xyy (sky->zenith_x * x, sky->zenith_y * y, MAX (luminance, 0.0), rgb);
}

static double
luminance_of (const float rgb[static 3])
{
  return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
}

/* Fills the rows above the horizon, 1 at the zenith; gives the illuminance of the ground by them. */
static double
render_upper_half (const Sky *sky, DioImage *image)
{
  guint w = image->width, h = image->height;
  double lux = 0;
  for (guint row = 0; row < h && (row + 0.5) / h < 0.5; row++) {
    double polar = (row + 0.5) / h * DIO_PI, sum = 0;
    float *rgb = image->f32 + (gsize) row * w * 3;
    for (guint column = 0; column < w; column++, rgb += 3) {
      DioVec3 direction = dio_environment_direction ((column + 0.5) / w, (row + 0.5) / h);
      relative_radiance (sky, direction, rgb);
      sum += luminance_of (rgb);
    }
    double solid_angle = dio_sin (polar) * (DIO_PI / h) * (2 * DIO_PI / w);
    lux += sum * dio_cos (polar) * solid_angle;
  }
  return lux;
}

/* Optical depths of the air along a ray to the sun at one wavelength. */
typedef struct {
  double rayleigh, aerosol, ozone;
} Depths;

/* Rayleigh scattering, aerosols by Angstrom's formula with beta from turbidity, ozone; times the relative
 * optical mass. */
static Depths
depths_at (double wavelength_um, double ozone_per_cm, const DioSkyDesc *desc)
{
  const double ozone_cm = 0.35, alpha = 1.3;
  double elevation = CLAMP (desc->sun_elevation_rad, 0.0, DIO_PI / 2);
  double zenith_deg = 90 - elevation * 180 / DIO_PI;
  double mass = 1 / (dio_sin (elevation) + 0.15 * dio_pow (93.885 - zenith_deg, -1.253));
  double beta = 0.04608365822050 * limited_turbidity (desc) - 0.04586025928522;
  return (Depths){
    .rayleigh = mass * 0.008735 * dio_pow (wavelength_um, -4.08),
    .aerosol = mass * beta * dio_pow (wavelength_um, -alpha),
    .ozone = mass * ozone_per_cm * ozone_cm,
  };
}

/* Horizontal illuminance by the sky alone: what the beam lost to scattering, the part that goes down. */
static double
sky_lux (const DioSkyDesc *desc)
{
  Depths d = depths_at (0.55, OZONE_GREEN_PER_CM, desc);
  double scattered = 1 - dio_exp (-d.rayleigh - d.aerosol);
  double down = (RAYLEIGH_DOWN * d.rayleigh + AEROSOL_DOWN * d.aerosol) / (d.rayleigh + d.aerosol);
  double sine = dio_sin (CLAMP (desc->sun_elevation_rad, 0.0, DIO_PI / 2));
  double lux = EXTRATERRESTRIAL_LUX * sine * dio_exp (-d.ozone) * scattered * down + SUNSET_SKY_LUX;
  double below = MIN (desc->sun_elevation_rad, 0.0);
  return lux * dio_exp (TWILIGHT_DECAY * below);
}

static void
scale_image (DioImage *image, double factor)
{
  gsize n = (gsize) image->width * image->height * 3;
  for (gsize i = 0; i < n; i++)
    image->f32[i] = (float) (image->f32[i] * factor);
}

static void
fill_ground (DioImage *image, double nits)
{
  guint w = image->width, h = image->height;
  for (guint row = 0; row < h; row++) {
    float *rgb = image->f32 + (gsize) row * w * 3;
    for (guint i = 0; (row + 0.5) / h >= 0.5 && i < w * 3; i++)
      rgb[i] = (float) nits;
  }
}

DioImage *
dio_sky_render (const DioSkyDesc *desc, guint height_px)
{
  g_return_val_if_fail (desc != NULL && height_px >= 2 && height_px <= 8192, NULL);

  Sky sky;
  float sun_color[3];
  init_sky (&sky, desc, limited_turbidity (desc));
  DioImage *image = dio_image_new (height_px * 2, height_px, 3, DIO_PIXEL_F32);
  double relative_lux = render_upper_half (&sky, image), lux = sky_lux (desc);
  scale_image (image, lux / relative_lux);
  lux += dio_sky_sun_lux (desc, sun_color) * sky.sun.z;
  /* A grey, perfectly matt plain under sun and sky. */
  fill_ground (image, CLAMP (desc->ground_albedo, 0.0, 1.0) * lux / DIO_PI);
  return image;
}

double
dio_sky_sun_lux (const DioSkyDesc *desc, float color_out[static 3])
{
  /* One wavelength stands for each primary of sRGB, with the absorption of ozone there. */
  static const double wavelengths_um[3] = { 0.61, 0.55, 0.465 };
  static const double ozone_per_cm[3] = { 0.120, OZONE_GREEN_PER_CM, 0.010 };
  double above[3], rgb[3];
  dio_color_from_temperature (SUN_KELVIN, above);
  for (int i = 0; i < 3; i++) {
    Depths d = depths_at (wavelengths_um[i], ozone_per_cm[i], desc);
    rgb[i] = above[i] * dio_exp (-d.rayleigh - d.aerosol - d.ozone);
  }
  double top = MAX (rgb[0], MAX (rgb[1], rgb[2]));
  for (int i = 0; i < 3; i++)
    color_out[i] = (float) (rgb[i] / top);

  double passed = (0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2])
                  / (0.2126 * above[0] + 0.7152 * above[1] + 0.0722 * above[2]);
  /* The disc sets through its own diameter. */
  double risen = (desc->sun_elevation_rad + SUN_RADIUS_RAD) / (2 * SUN_RADIUS_RAD);
  return EXTRATERRESTRIAL_LUX * passed * CLAMP (risen, 0.0, 1.0);
}
