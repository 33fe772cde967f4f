#define G_LOG_DOMAIN "dio-gl"

#include "dio-core-math.h"
#include "dio-gl-lobe-table.h"
#include "dio-gl-lobe.h"
#include "dio-gl-ltc-table.h"
#include "dio-gl-private.h"

#include <math.h>

#define DFG_SIZE 64
#define DFG_SAMPLES 256

/* What Fresnel's equations for an index of 1.5 add to the reflectance at normal incidence, as a share of what is missing
 * to 1; brdf.glsl has the same. Schlick's polynomial lies up to 40 % below it. */
static double
get_fresnel_share (double cosine)
{
  double g = sqrt (1.25 + cosine * cosine);
  double s = (g - cosine) / (g + cosine),
         p = (cosine * (g + cosine) - 1) / (cosine * (g - cosine) + 1);
  return (0.5 * s * s * (1 + p * p) - 0.04) / 0.96;
}

/* Directional albedo of GGX without Fresnel's share and by it, by importance sampling with a Fibonacci lattice. */
static void
integrate_lobe (double n_dot_v, double alpha, double albedo[static 2])
{
  double a2 = alpha * alpha;
  double view_x = sqrt (1 - n_dot_v * n_dot_v);
  for (int i = 0; i < DFG_SAMPLES; i++) {
    double u = (i + 0.5) / DFG_SAMPLES;
    double turn = i * 0.6180339887498949;
    double phi = 2 * DIO_PI * (turn - floor (turn));
    double cos2 = (1 - u) / (1 + (a2 - 1) * u);
    double n_dot_h = sqrt (cos2), h_x = sqrt (1 - cos2) * cos (phi);
    double v_dot_h = view_x * h_x + n_dot_v * n_dot_h;
    double n_dot_l = 2 * v_dot_h * n_dot_h - n_dot_v;
    if (n_dot_l <= 0 || v_dot_h <= 0)
      continue;
    double lambda = n_dot_l * sqrt (n_dot_v * n_dot_v * (1 - a2) + a2)
                    + n_dot_v * sqrt (n_dot_l * n_dot_l * (1 - a2) + a2);
    double weight = 0.5 / lambda * 4 * n_dot_l * v_dot_h / n_dot_h / DFG_SAMPLES;
    double share = get_fresnel_share (v_dot_h);
    albedo[0] += (1 - share) * weight;
    albedo[1] += share * weight;
  }
}

/* The albedo of a white lobe without Fresnel averaged over the directions of light, by roughness. */
static void
set_averages (float (*table)[DFG_SIZE][4])
{
  for (int y = 0; y < DFG_SIZE; y++) {
    double sum = 0, weight = 0;
    for (int x = 0; x < DFG_SIZE; x++) {
      double cosine = x * (x == DFG_SIZE - 1 ? 0.5 : 1.0);
      sum += cosine * (double) (table[y][x][0] + table[y][x][1]);
      weight += cosine;
    }
    for (int x = 0; x < DFG_SIZE; x++)
      table[y][x][2] = (float) (sum / weight);
  }
}

/* Number @i of lookup @k of the fitted table, between its cells. */
static double
interpolate_lobe (int k, double x, double y, int i)
{
  int x0 = (int) MIN (x, DIO_GL_LOBE_SIZE - 2), y0 = (int) MIN (y, DIO_GL_LOBE_SIZE - 2);
  double across = x - x0, down = y - y0;
  const float (*upper)[4] = &dio_gl_lobe_table[k][y0][x0],
              (*lower)[4] = &dio_gl_lobe_table[k][y0 + 1][x0];
  return (1 - down) * ((1 - across) * (double) upper[0][i] + across * (double) upper[1][i])
         + down * ((1 - across) * (double) lower[0][i] + across * (double) lower[1][i]);
}

/* The lookups of one texel, with the energy of @albedo. */
static void
set_lookups (float (*table)[DFG_SIZE][4], int x, int y, const double albedo[static 2])
{
  const double scale = (DIO_GL_LOBE_SIZE - 1.0) / (DFG_SIZE - 1.0);
  double shares[2] = { 0 };
  for (int k = 0; k < DIO_GL_N_TAPS; k++)
    for (int part = 0; part < 2; part++)
      shares[part] += interpolate_lobe (k, x * scale, y * scale, 2 + part);
  for (int k = 0; k < DIO_GL_N_TAPS; k++) {
    float *texel = table[(1 + k) * DFG_SIZE + y][x];
    double energy[2] = { albedo[0] + albedo[1], albedo[1] };
    for (int i = 0; i < 4; i++) {
      double value = interpolate_lobe (k, x * scale, y * scale, i);
      texel[i] = (float) (i < 2 ? value : value * energy[i - 2] / shares[i - 2]);
    }
  }
}

static GLuint
make_texture (const float *table, GLsizei width, GLsizei height)
{
  GLuint texture;
  glCreateTextures (GL_TEXTURE_2D, 1, &texture);
  glTextureStorage2D (texture, 1, GL_RGBA32F, width, height);
  glTextureSubImage2D (texture, 0, 0, 0, width, height, GL_RGBA, GL_FLOAT, table);
  glTextureParameteri (texture, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTextureParameteri (texture, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  glTextureParameteri (texture, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
  return texture;
}

GLuint
dio_gl_dfg_texture_new (void)
{
  const int rows = (1 + DIO_GL_N_TAPS) * DFG_SIZE;
  g_autofree float (*table)[DFG_SIZE][4] = g_malloc0 (sizeof *table * (gsize) rows);
  for (int y = 0; y < DFG_SIZE; y++)
    for (int x = 0; x < DFG_SIZE; x++) {
      double n_dot_v = CLAMP (x / (DFG_SIZE - 1.0), 1e-3, 0.9999), roughness = y / (DFG_SIZE - 1.0);
      double albedo[2] = { 0 };
      integrate_lobe (n_dot_v, MAX (roughness * roughness, 1e-4), albedo);
      table[y][x][0] = (float) albedo[0];
      table[y][x][1] = (float) albedo[1];
      set_lookups (table, x, y, albedo);
    }
  set_averages (table);
  return make_texture (table[0][0], DFG_SIZE, rows);
}

GLuint
dio_gl_ltc_texture_new (void)
{
  return make_texture (dio_gl_ltc_table, DIO_GL_LTC_SIZE, DIO_GL_LTC_SIZE);
}
