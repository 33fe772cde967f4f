#define G_LOG_DOMAIN "dio-sensor"

/* White balance: the light of a black body, moved off its locus by a tint, becomes D65 by a von Kries adaptation in the
 * cone responses of Lam and Rigg (Bradford). Matrices: B. Lindbloom, "Chromatic Adaptation" and "RGB/XYZ
 * Matrices"; the axis and unit of the tint: Adobe's DNG SDK (dng_temperature), after Robertson 1968. */

#include "dio-sensor-private.h"

#include "dio-core-math.h"

#include <math.h>
#include <string.h>

#define TINTS_PER_DUV 3000.0
/* Where only a tint is given, it moves across the locus here. */
#define D65_KELVIN 6504.0
#define LOWEST_KELVIN 1000.0

static const double xyz_from_rgb[9] = { 0.4124564, 0.3575761, 0.1804375, 0.2126729, 0.7151522,
                                        0.0721750, 0.0193339, 0.1191920, 0.9503041 };
static const double cone_from_xyz[9] = { 0.8951, 0.2664, -0.1614, -0.7502, 1.7135,
                                         0.0367, 0.0389, -0.0685, 1.0296 };

static void
multiply (const double a[static 9], const double b[static 9], double out[static 9])
{
  double product[9];
  for (int i = 0; i < 9; i++)
    product[i] =
        a[i / 3 * 3] * b[i % 3] + a[i / 3 * 3 + 1] * b[i % 3 + 3] + a[i / 3 * 3 + 2] * b[i % 3 + 6];
  memcpy (out, product, sizeof product);
}

static void
transform (const double m[static 9], const double v[static 3], double out[static 3])
{
  for (int i = 0; i < 3; i++)
    out[i] = m[3 * i] * v[0] + m[3 * i + 1] * v[1] + m[3 * i + 2] * v[2];
}

static void
invert (const double m[static 9], double out[static 9])
{
  for (int i = 0; i < 9; i++) {
    int r = i % 3, c = i / 3, r1 = (r + 1) % 3, r2 = (r + 2) % 3, c1 = (c + 1) % 3,
        c2 = (c + 2) % 3;
    out[i] = m[3 * r1 + c1] * m[3 * r2 + c2] - m[3 * r1 + c2] * m[3 * r2 + c1];
  }
  double determinant = m[0] * out[0] + m[1] * out[3] + m[2] * out[6];
  for (int i = 0; i < 9; i++)
    out[i] /= determinant;
}

/* Chromaticity of 1960, in which lines of one temperature stand upright on the locus. */
static void
uv_from_xyz (const double xyz[static 3], double uv[static 2])
{
  double sum = xyz[0] + 15 * xyz[1] + 3 * xyz[2];
  uv[0] = 4 * xyz[0] / sum;
  uv[1] = 6 * xyz[1] / sum;
}

static void
black_body_xyz (double kelvin, double xyz[static 3])
{
  double rgb[3];
  dio_color_from_temperature (kelvin, rgb);
  transform (xyz_from_rgb, rgb, xyz);
}

/* Moves @xyz by @duv across the locus at @kelvin: upwards, to green, where it is positive. */
static void
shift_across (double xyz[static 3], double kelvin, double duv)
{
  double warm[3], cold[3], uv_warm[2], uv_cold[2], uv[2];
  black_body_xyz (MAX (kelvin * 0.99, LOWEST_KELVIN), warm);
  black_body_xyz (MAX (kelvin, LOWEST_KELVIN) * 1.01, cold);
  uv_from_xyz (warm, uv_warm);
  uv_from_xyz (cold, uv_cold);
  uv_from_xyz (xyz, uv);
  double du = uv_warm[0] - uv_cold[0], dv = uv_warm[1] - uv_cold[1];
  double length = sqrt (du * du + dv * dv);
  uv[0] -= duv * dv / length;
  uv[1] += duv * du / length;
  xyz[0] = 1.5 * uv[0] / uv[1];
  xyz[1] = 1;
  xyz[2] = (4 - uv[0] - 10 * uv[1]) / (2 * uv[1]);
}

void
dio_sensor_get_white_balance (double kelvin, double tint, double matrix_out[static 9])
{
  static const double one[3] = { 1, 1, 1 };
  static const double unit[9] = { 1, 0, 0, 0, 1, 0, 0, 0, 1 };
  double white[3], light[3], to[3], from[3], scaled[9], back[9];
  memcpy (matrix_out, unit, sizeof unit);
  if (!(kelvin > 0) && tint == 0)
    return;
  transform (xyz_from_rgb, one, white);
  if (kelvin > 0)
    black_body_xyz (kelvin, light);
  else
    memcpy (light, white, sizeof light);
  if (tint != 0)
    shift_across (light, kelvin > 0 ? kelvin : D65_KELVIN, tint / TINTS_PER_DUV);
  double same_luminance = light[1] / white[1];
  for (int i = 0; i < 3; i++)
    white[i] *= same_luminance;
  transform (cone_from_xyz, white, to);
  transform (cone_from_xyz, light, from);
  for (int i = 0; i < 9; i++)
    scaled[i] = cone_from_xyz[i] * to[i / 3] / from[i / 3];
  invert (cone_from_xyz, back);
  multiply (back, scaled, matrix_out);
  multiply (matrix_out, xyz_from_rgb, matrix_out);
  invert (xyz_from_rgb, back);
  multiply (back, matrix_out, matrix_out);
}
