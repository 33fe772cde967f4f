#define G_LOG_DOMAIN "dio-image"

#include "dio-image-color.h"

#include "dio-core-math.h"

#include <math.h>
#include <string.h>

double
dio_srgb_from_linear (double linear)
{
  if (linear <= 0.0031308)
    return 12.92 * linear;
  return 1.055 * dio_pow (linear, 1.0 / 2.4) - 0.055;
}

double
dio_linear_from_srgb (double srgb)
{
  if (srgb <= 0.04045)
    return srgb / 12.92;
  return dio_pow ((srgb + 0.055) / 1.055, 2.4);
}

uint8_t
dio_srgb8_from_linear (double linear)
{
  /* The comparison is written so that NaN becomes 0. */
  if (!(linear > 0))
    return 0;
  if (linear >= 1)
    return 255;
  return (uint8_t) (255.0 * dio_srgb_from_linear (linear) + 0.5);
}

/* John Hable's operator ("Uncharted 2: HDR Lighting", GDC 2010); constants in the header. */
static double
hable (double x)
{
  const double a = DIO_FILMIC_A, b = DIO_FILMIC_B, c = DIO_FILMIC_C;
  const double d = DIO_FILMIC_D, e = DIO_FILMIC_E, f = DIO_FILMIC_F;
  return (x * (a * x + c * b) + d * e) / (x * (a * x + b) + d * f) - e / f;
}

double
dio_tone_apply (DioToneCurve curve, double exposed)
{
  if (!(exposed > 0))
    return 0;
  switch (curve) {
  case DIO_TONE_FILMIC:
    return exposed < DIO_FILMIC_W / DIO_FILMIC_GAIN
               ? hable (DIO_FILMIC_GAIN * exposed) / hable (DIO_FILMIC_W)
               : 1;
  case DIO_TONE_LINEAR:
  default:
    return MIN (exposed, 1.0);
  }
}

static const char *const tone_names[] = {
  [DIO_TONE_LINEAR] = "linear",
  [DIO_TONE_FILMIC] = "filmic",
};

const char *
dio_tone_curve_to_name (DioToneCurve curve)
{
  g_return_val_if_fail ((guint) curve < G_N_ELEMENTS (tone_names), NULL);
  return tone_names[curve];
}

gboolean
dio_tone_curve_from_name (const char *name, DioToneCurve *out)
{
  g_return_val_if_fail (out != NULL, FALSE);
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (tone_names); i++)
    if (strcmp (name, tone_names[i]) == 0) {
      *out = (DioToneCurve) i;
      return TRUE;
    }
  return FALSE;
}

/* CIE 1931 xy of the Planckian locus between 1667 and 25000 K: the cubic splines of Kim et al., US patent
 * 7024034 (2002). */
static void
planckian_spline (double kelvin, double *x, double *y)
{
  double r = 1000.0 / kelvin;
  if (kelvin <= 4000)
    *x = ((-0.2661239 * r - 0.2343589) * r + 0.8776956) * r + 0.179910;
  else
    *x = ((-3.0258469 * r + 2.1070379) * r + 0.2226347) * r + 0.240390;
  if (kelvin <= 2222)
    *y = ((-1.1063814 * *x - 1.34811020) * *x + 2.18555832) * *x - 0.20219683;
  else if (kelvin <= 4000)
    *y = ((-0.9549476 * *x - 1.37418593) * *x + 2.09137015) * *x - 0.16748867;
  else
    *y = ((3.0817580 * *x - 5.87338670) * *x + 3.75112997) * *x - 0.37001483;
}

/* Beyond the splines the locus is nearly straight over 1/T: towards its points at 1000 K and at infinity. */
static void
planckian_xy (double kelvin, double *x, double *y)
{
  const double low = 1667, high = 25000;
  double end_x = 0.6528, end_y = 0.3444, t = 0;
  if (kelvin < low) {
    t = (1 / kelvin - 1 / low) / (1 / 1000.0 - 1 / low);
  } else if (kelvin > high) {
    end_x = 0.2399;
    end_y = 0.2340;
    t = 1 - high / kelvin;
  }
  planckian_spline (CLAMP (kelvin, low, high), x, y);
  *x += t * (end_x - *x);
  *y += t * (end_y - *y);
}

void
dio_color_from_temperature (double kelvin, double rgb_out[static 3])
{
  double x = 0, y = 0;
  planckian_xy (CLAMP (kelvin, 1000.0, 40000.0), &x, &y);
  double X = x / y, Z = (1 - x - y) / y;
  double rgb[3] = {
    3.2404542 * X - 1.5371385 - 0.4985314 * Z,
    -0.9692660 * X + 1.8760108 + 0.0415560 * Z,
    0.0556434 * X - 0.2040259 + 1.0572252 * Z,
  };
  double top = MAX (rgb[0], MAX (rgb[1], rgb[2]));
  for (int i = 0; i < 3; i++)
    rgb_out[i] = MAX (rgb[i], 0.0) / top;
}

void
dio_color_from_hsv (double h, double s, double v, double rgb_out[static 3])
{
  double sector = (h - floor (h)) * 6;
  for (int i = 0; i < 3; i++) {
    /* Distance on the colour circle from the primary: 0 at it, 3 opposite. */
    double distance = fabs (sector - 2 * i);
    distance = MIN (distance, 6 - distance);
    double amount = CLAMP (2 - distance, 0.0, 1.0);
    rgb_out[i] = v * (1 - s * (1 - amount));
  }
}
