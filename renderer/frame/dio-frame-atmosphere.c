#define G_LOG_DOMAIN "dio-frame"

/* Rayleigh and aerosol scattering and ozone over a round earth: single scattering by integration (Nishita et al.,
 * SIGGRAPH 1993), all further orders by the isotropic sum of Hillaire ("A Scalable and Production Ready Sky and
 * Atmosphere Rendering Technique", EGSR 2020). Depths of the air and of the aerosol by turbidity as in Preetham,
 * Shirley, Smits 1999, A.1; the tables' coordinates as in Bruneton and Neyret 2008. It holds below the horizon too,
 * where the shadow of the earth rises through the layers: that is what dusk is. */

#include "dio-frame-atmosphere-private.h"

#include "dio-core-math.h"

#include <math.h>

#define N_HEIGHTS 24 /**< of the table of transmittance */
#define N_COSINES 64
#define M_HEIGHTS 10 /**< of the table of multiple scattering */
#define M_COSINES 24
#define N_DENSITIES 512
#define OPTICAL_STEPS 32
#define SUN_STEPS 128
#define LOOK_STEPS 28
#define MULTIPLE_STEPS 12

#define RAYLEIGH_KM 8.0
#define AEROSOL_KM 1.2
/* What aerosol scatters of what it takes, and how much forward: two lobes of equal weight. */
#define AEROSOL_ALBEDO 0.88
#define AEROSOL_NARROW 0.86
#define AEROSOL_WIDE 0.62
/* What it turns far enough to count as a further order (Joseph, Wiscombe, Weinman 1976: 1 - g^2). */
#define AEROSOL_TURNED (1 - 0.5 * (AEROSOL_NARROW * AEROSOL_NARROW + AEROSOL_WIDE * AEROSOL_WIDE))
/* A tent from 10 to 40 km. */
#define OZONE_MIDDLE_KM 25.0
#define OZONE_HALF_KM 15.0
#define OZONE_CM 0.35
/* Signed root of the lowest sine of the sun's elevation in the table of multiple scattering: -14 degrees. */
#define LOWEST_ROOT (-0.5)

/* One wavelength stands for each primary of sRGB: such that sunlight scattered once by thin air gets the colour that its
 * spectrum has (x 0.236, y 0.232). Absorption of ozone is that of the band around each. */
static const double wavelengths_um[3] = { 0.638, 0.55, 0.442 };
static const double ozone_per_cm[3] = { 0.105, 0.085, 0.008 };

/* What the air is made of. */
typedef struct {
  /** per km on the ground, of ozone in the middle of its layer */
  double rayleigh[3], aerosol[3], ozone[3];
  double density[N_DENSITIES + 1][3];
} Medium;

struct DioAtmosphere {
  Medium medium;
  double albedo;
  double through[N_HEIGHTS][N_COSINES][3];
  double multiple[M_HEIGHTS][M_COSINES][3];
};

/* A point of a ray. */
typedef struct {
  double height_km, cosine; /**< of the ray from the zenith */
} Place;

static double
distance_to_top (double radius, double cosine)
{
  const double top = DIO_ATMOSPHERE_RADIUS_KM + DIO_ATMOSPHERE_TOP_KM;
  return -radius * cosine + sqrt (MAX (radius * radius * (cosine * cosine - 1) + top * top, 0));
}

/* Negative where the ray passes the ground. */
static double
distance_to_ground (double radius, double cosine)
{
  const double ground = DIO_ATMOSPHERE_RADIUS_KM;
  double square = radius * radius * (cosine * cosine - 1) + ground * ground;
  return cosine < 0 && square >= 0 ? MAX (-radius * cosine - sqrt (square), 0) : -1;
}

static Place
go_along (Place from, double km)
{
  double radius = DIO_ATMOSPHERE_RADIUS_KM + from.height_km;
  double there = sqrt (km * km + 2 * radius * km * from.cosine + radius * radius);
  return (Place){ MAX (there - DIO_ATMOSPHERE_RADIUS_KM, 0),
                  CLAMP ((radius * from.cosine + km) / there, -1, 1) };
}

/* ---- the medium ---- */

static void
init_medium (Medium *air, double turbidity)
{
  double beta = 0.04608365822050 * turbidity - 0.04586025928522;
  for (int c = 0; c < 3; c++) {
    air->rayleigh[c] = 0.008735 * dio_pow (wavelengths_um[c], -4.08) / RAYLEIGH_KM;
    air->aerosol[c] = beta * dio_pow (wavelengths_um[c], -1.3) / AEROSOL_KM;
    air->ozone[c] = ozone_per_cm[c] * OZONE_CM / OZONE_HALF_KM;
  }
  for (int i = 0; i <= N_DENSITIES; i++) {
    /* Denser where the air is. */
    double share = (double) i / N_DENSITIES, height = share * share * DIO_ATMOSPHERE_TOP_KM;
    air->density[i][0] = dio_exp (-height / RAYLEIGH_KM);
    air->density[i][1] = dio_exp (-height / AEROSOL_KM);
    air->density[i][2] = MAX (1 - fabs (height - OZONE_MIDDLE_KM) / OZONE_HALF_KM, 0);
  }
}

static void
get_density (const Medium *air, double height_km, double out[static 3])
{
  double at = sqrt (CLAMP (height_km / DIO_ATMOSPHERE_TOP_KM, 0, 1)) * N_DENSITIES;
  int i = MIN ((int) at, N_DENSITIES - 1);
  for (int k = 0; k < 3; k++)
    out[k] = air->density[i][k] + (air->density[i + 1][k] - air->density[i][k]) * (at - i);
}

/* ---- tables ---- */

/* Between four neighbours of a table of @columns columns, at row and column numbers. */
static void
interpolate (const double (*table)[3],
             int rows,
             int columns,
             double row,
             double column,
             double out[static 3])
{
  row = CLAMP (row, 0, rows - 1);
  column = CLAMP (column, 0, columns - 1);
  int y = MIN ((int) row, rows - 2), x = MIN ((int) column, columns - 2);
  double fy = row - y, fx = column - x;
  const double (*at)[3] = table + y * columns + x;
  for (int c = 0; c < 3; c++) {
    double low = at[0][c] + (at[1][c] - at[0][c]) * fx;
    double high = at[columns][c] + (at[columns + 1][c] - at[columns][c]) * fx;
    out[c] = low + (high - low) * fy;
  }
}

static double
get_widest_km (void)
{
  const double top = DIO_ATMOSPHERE_RADIUS_KM + DIO_ATMOSPHERE_TOP_KM;
  return sqrt (top * top - DIO_ATMOSPHERE_RADIUS_KM * DIO_ATMOSPHERE_RADIUS_KM);
}

/* Distance to the horizon. */
static double
get_horizon_km (double height_km)
{
  return sqrt (height_km * (height_km + 2 * DIO_ATMOSPHERE_RADIUS_KM));
}

/* What passes from @from to space, the ground left aside. */
static void
integrate_through (const Medium *air, Place from, int steps, double out[static 3])
{
  double far_km = distance_to_top (DIO_ATMOSPHERE_RADIUS_KM + from.height_km, from.cosine);
  double sums[3] = { 0 }, density[3], before = 0;
  for (int i = 0; i < steps; i++) {
    double share = (i + 1.0) / steps, after = share * share * far_km;
    get_density (air, go_along (from, 0.5 * (before + after)).height_km, density);
    for (int k = 0; k < 3; k++)
      sums[k] += density[k] * (after - before);
    before = after;
  }
  for (int c = 0; c < 3; c++)
    out[c] =
        dio_exp (-sums[0] * air->rayleigh[c] - sums[1] * air->aerosol[c] - sums[2] * air->ozone[c]);
}

/* Rows by the distance to the horizon, columns by that to the top. */
static void
fill_through (DioAtmosphere *air)
{
  double widest = get_widest_km ();
  for (int y = 0; y < N_HEIGHTS; y++) {
    double horizon = widest * y / (N_HEIGHTS - 1.0);
    double radius = sqrt (horizon * horizon + DIO_ATMOSPHERE_RADIUS_KM * DIO_ATMOSPHERE_RADIUS_KM);
    double height = radius - DIO_ATMOSPHERE_RADIUS_KM, nearest = DIO_ATMOSPHERE_TOP_KM - height;
    for (int x = 0; x < N_COSINES; x++) {
      double km = nearest + (horizon + widest - nearest) * x / (N_COSINES - 1.0);
      double cosine =
          km > 0 ? (widest * widest - horizon * horizon - km * km) / (2 * radius * km) : 1;
      integrate_through (&air->medium, (Place){ height, CLAMP (cosine, -1, 1) }, OPTICAL_STEPS,
                         air->through[y][x]);
    }
  }
}

/* What of the sun arrives at @height_km, where it stands at @sun (cosine from the zenith). */
static void
get_sun_at (const DioAtmosphere *air, double height_km, double sun, double out[static 3])
{
  double radius = DIO_ATMOSPHERE_RADIUS_KM + height_km, widest = get_widest_km ();
  double horizon = get_horizon_km (height_km), sinks_at = -horizon / radius;
  /* The disc sets through its own diameter. */
  double risen = CLAMP ((sun - sinks_at) / (2 * DIO_SUN_RADIUS_RAD) + 0.5, 0, 1);
  out[0] = out[1] = out[2] = 0;
  if (risen <= 0)
    return;
  double nearest = DIO_ATMOSPHERE_TOP_KM - height_km;
  double km = distance_to_top (radius, MAX (sun, sinks_at));
  double column = (km - nearest) / MAX (horizon + widest - nearest, 1e-6) * (N_COSINES - 1);
  interpolate (air->through[0], N_HEIGHTS, N_COSINES, horizon / widest * (N_HEIGHTS - 1), column,
               out);
  for (int c = 0; c < 3; c++)
    out[c] *= risen;
}

static double
get_multiple_row (double height_km)
{
  return sqrt (CLAMP (height_km / DIO_ATMOSPHERE_TOP_KM, 0, 1)) * (M_HEIGHTS - 1);
}

/* By the signed root of the sine: most columns where the sun is low. */
static double
get_multiple_column (double sun)
{
  double root = sun < 0 ? -sqrt (-sun) : sqrt (sun);
  return (MAX (root, LOWEST_ROOT) - LOWEST_ROOT) / (1 - LOWEST_ROOT) * (M_COSINES - 1);
}

/* ---- along a ray ---- */

/* What a ray meets at one step, per channel. */
typedef struct {
  Place place;
  double rayleigh[3], aerosol[3]; /**< scattered per km */
  double share[3]; /**< of light from the step that reaches the eye: the integral over its length */
} Step;

/* Goes on by @km from @place in the middle; @through: what reaches the eye from before it, updated. */
static void
take_step (const Medium *air, Place place, double km, double through[static 3], Step *step)
{
  double density[3];
  get_density (air, place.height_km, density);
  step->place = place;
  for (int c = 0; c < 3; c++) {
    double aerosol = density[1] * air->aerosol[c];
    step->rayleigh[c] = density[0] * air->rayleigh[c];
    step->aerosol[c] = aerosol * AEROSOL_ALBEDO;
    double lost = step->rayleigh[c] + aerosol + density[2] * air->ozone[c];
    double depth = lost * km, passed = dio_exp (-depth);
    step->share[c] = through[c] * (depth > 1e-6 ? (1 - passed) / lost : km);
    through[c] *= passed;
  }
}

/* Cosine of the sun from the zenith of a place @km along a ray from @from. */
static double
get_sun_cosine (Place from, double km, double cos_between, double sun)
{
  double radius = DIO_ATMOSPHERE_RADIUS_KM + from.height_km;
  double there = sqrt (km * km + 2 * radius * km * from.cosine + radius * radius);
  return CLAMP ((radius * sun + km * cos_between) / there, -1, 1);
}

/* ---- further orders ---- */

/* Light scattered twice and the share of uniform light that is scattered again, from one direction. */
typedef struct {
  double twice[3], again[3];
} Bounce;

static void
add_direction (const DioAtmosphere *air,
               Place from,
               double sun,
               double cos_between,
               double weight,
               Bounce *sum)
{
  double radius = DIO_ATMOSPHERE_RADIUS_KM + from.height_km;
  double ground_km = distance_to_ground (radius, from.cosine);
  double far_km = ground_km >= 0 ? ground_km : distance_to_top (radius, from.cosine);
  double through[3] = { 1, 1, 1 }, light[3], before = 0;
  for (int i = 0; i < MULTIPLE_STEPS; i++) {
    double share = (i + 1.0) / MULTIPLE_STEPS, after = share * share * far_km;
    double middle = 0.5 * (before + after);
    Step step;
    take_step (&air->medium, go_along (from, middle), after - before, through, &step);
    get_sun_at (air, step.place.height_km, get_sun_cosine (from, middle, cos_between, sun), light);
    for (int c = 0; c < 3; c++) {
      double turned = step.rayleigh[c] + step.aerosol[c] * AEROSOL_TURNED;
      double scattered = turned * step.share[c] * weight;
      sum->twice[c] += scattered * light[c] / (4 * DIO_PI);
      sum->again[c] += scattered;
    }
    before = after;
  }
  if (ground_km < 0)
    return;
  double cosine = get_sun_cosine (from, ground_km, cos_between, sun);
  get_sun_at (air, 0, cosine, light);
  for (int c = 0; c < 3; c++)
    sum->twice[c] += through[c] * light[c] * MAX (cosine, 0) * air->albedo / DIO_PI * weight;
}

/* Over the sphere of directions: rows of equal solid angle, half a turn from the sun. */
static void
sum_directions (const DioAtmosphere *air, double height_km, double sun, Bounce *sum)
{
  const int rows = 4, columns = 3;
  double flat_sun = sqrt (MAX (1 - sun * sun, 0));
  for (int y = 0; y < rows; y++)
    for (int x = 0; x < columns; x++) {
      double cosine = 1 - (2 * y + 1.0) / rows, flat = sqrt (1 - cosine * cosine);
      double turned = dio_cos ((x + 0.5) / columns * DIO_PI);
      add_direction (air, (Place){ height_km, cosine }, sun,
                     cosine * sun + flat * flat_sun * turned, 1.0 / (rows * columns), sum);
    }
}

static void
fill_multiple (DioAtmosphere *air)
{
  for (int y = 0; y < M_HEIGHTS; y++)
    for (int x = 0; x < M_COSINES; x++) {
      double row = y / (M_HEIGHTS - 1.0);
      double root = LOWEST_ROOT + (1 - LOWEST_ROOT) * x / (M_COSINES - 1.0);
      Bounce sum = { 0 };
      sum_directions (air, MAX (row * row * DIO_ATMOSPHERE_TOP_KM, 0.01), root * fabs (root), &sum);
      for (int c = 0; c < 3; c++)
        air->multiple[y][x][c] = sum.twice[c] / (1 - MIN (sum.again[c], 0.95));
    }
}

/* ---- public ---- */

DioAtmosphere *
dio_atmosphere_new (double turbidity, double albedo)
{
  DioAtmosphere *air = g_new0 (DioAtmosphere, 1);
  air->albedo = albedo;
  init_medium (&air->medium, turbidity);
  fill_through (air);
  fill_multiple (air);
  return air;
}

void
dio_atmosphere_free (DioAtmosphere *air)
{
  g_free (air);
}

void
dio_atmosphere_get_sun (double turbidity, double sin_elevation, double out[static 3])
{
  Medium medium;
  init_medium (&medium, turbidity);
  integrate_through (&medium, (Place){ 0, MAX (sin_elevation, 0) }, SUN_STEPS, out);
}

void
dio_atmosphere_look (const DioAtmosphere *air,
                     double sin_view,
                     double cos_azimuth,
                     double sin_sun,
                     DioScattered *out)
{
  const Place eye = { 0, sin_view };
  double cos_between =
      sin_view * sin_sun
      + sqrt (MAX ((1 - sin_view * sin_view) * (1 - sin_sun * sin_sun), 0)) * cos_azimuth;
  double far_km = distance_to_top (DIO_ATMOSPHERE_RADIUS_KM, sin_view);
  double through[3] = { 1, 1, 1 }, light[3], multiple[3], before = 0;
  *out = (DioScattered){ 0 };
  for (int i = 0; i < LOOK_STEPS; i++) {
    double share = (i + 1.0) / LOOK_STEPS, after = share * share * far_km;
    double middle = 0.5 * (before + after),
           sun = get_sun_cosine (eye, middle, cos_between, sin_sun);
    Step step;
    take_step (&air->medium, go_along (eye, middle), after - before, through, &step);
    get_sun_at (air, step.place.height_km, sun, light);
    interpolate (air->multiple[0], M_HEIGHTS, M_COSINES, get_multiple_row (step.place.height_km),
                 get_multiple_column (sun), multiple);
    for (int c = 0; c < 3; c++) {
      out->rayleigh[c] += step.rayleigh[c] * step.share[c] * light[c];
      out->aerosol[c] += step.aerosol[c] * step.share[c] * light[c];
      out->multiple[c] += (step.rayleigh[c] + step.aerosol[c]) * step.share[c] * multiple[c];
    }
    before = after;
  }
}

double
dio_atmosphere_phase_rayleigh (double cosine)
{
  return 3 / (16 * DIO_PI) * (1 + cosine * cosine);
}

/* Henyey and Greenstein 1941. */
static double
get_lobe (double g, double cosine)
{
  double base = 1 + g * g - 2 * g * cosine;
  return (1 - g * g) / (4 * DIO_PI * base * sqrt (base));
}

double
dio_atmosphere_phase_aerosol (double cosine)
{
  return 0.5 * (get_lobe (AEROSOL_NARROW, cosine) + get_lobe (AEROSOL_WIDE, cosine));
}
