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

/* Krzysztof Narkowicz, "ACES Filmic Tone Mapping Curve" (2015). */
static double
narkowicz (double x)
{
  /* Beyond any white, and its square no infinity. */
  x = MIN (x, 1e6);
  return MIN (x * (2.51 * x + 0.03) / (x * (2.43 * x + 0.59) + 0.14), 1.0);
}

/* Benjamin Wrensch, "Minimal AgX Implementation" (2023), after Troy Sobotka's AgX. */
const double dio_agx_inset[9] = {
  0.842479062253094,  0.0784335999999992, 0.0792237451477643, //
  0.0423282422610123, 0.878468636469772,  0.0791661274605434, //
  0.0423756549057051, 0.0784336,          0.879142973793104,
};
const double dio_agx_outset[9] = {
  1.19687900512017,    -0.0980208811401368, -0.0990297440797205, //
  -0.0528968517574562, 1.15190312990417,    -0.0989611768448433, //
  -0.0529716355144438, -0.0980434501171241, 1.15107367264116,
};

double
dio_agx_curve (double inset)
{
  const double lowest_ev = -12.47393, highest_ev = 4.026069;
  double ev = dio_log (MAX (inset, 1e-10)) / G_LN2;
  double x = CLAMP ((ev - lowest_ev) / (highest_ev - lowest_ev), 0.0, 1.0);
  double x2 = x * x, x4 = x2 * x2;
  return 15.5 * x4 * x2 - 40.14 * x4 * x + 31.96 * x4 - 6.868 * x2 * x + 0.4298 * x2 + 0.1191 * x
         - 0.00232;
}

static void
agx (const double exposed[static 3], double out[static 3])
{
  double curved[3];
  for (int i = 0; i < 3; i++) {
    const double *m = dio_agx_inset + 3 * i;
    curved[i] = dio_agx_curve (m[0] * exposed[0] + m[1] * exposed[1] + m[2] * exposed[2]);
  }
  for (int i = 0; i < 3; i++) {
    const double *m = dio_agx_outset + 3 * i;
    double value = m[0] * curved[0] + m[1] * curved[1] + m[2] * curved[2];
    out[i] = value > 0 ? MIN (dio_pow (value, DIO_AGX_POWER), 1.0) : 0;
  }
}

void
dio_tone_apply_rgb (DioToneCurve curve, const double exposed[static 3], double out[static 3])
{
  double light[3];
  for (int i = 0; i < 3; i++)
    light[i] = exposed[i] > 0 ? MIN (exposed[i], 1e30) : 0;
  if (curve == DIO_TONE_AGX)
    agx (light, out);
  else
    for (int i = 0; i < 3; i++)
      out[i] = dio_tone_apply (curve, light[i]);
}

double
dio_tone_apply (DioToneCurve curve, double exposed)
{
  double out[3];
  if (!(exposed > 0))
    return 0;
  switch (curve) {
  case DIO_TONE_FILMIC:
    return exposed < DIO_FILMIC_W / DIO_FILMIC_GAIN
               ? hable (DIO_FILMIC_GAIN * exposed) / hable (DIO_FILMIC_W)
               : 1;
  case DIO_TONE_ACES:
    return narkowicz (exposed);
  case DIO_TONE_AGX:
    dio_tone_apply_rgb (curve, (const double[3]){ exposed, exposed, exposed }, out);
    return out[1];
  case DIO_TONE_LINEAR:
  default:
    return MIN (exposed, 1.0);
  }
}

static const char *const tone_names[] = {
  [DIO_TONE_LINEAR] = "linear",
  [DIO_TONE_FILMIC] = "filmic",
  [DIO_TONE_ACES] = "aces",
  [DIO_TONE_AGX] = "agx",
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
