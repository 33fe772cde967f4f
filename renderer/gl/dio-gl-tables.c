#define G_LOG_DOMAIN "dio-gl"

#include "dio-core-math.h"
#include "dio-gl-ltc-table.h"
#include "dio-gl-private.h"

#include <math.h>

#define DFG_SIZE 64
#define DFG_SAMPLES 256

/* A part of the lobe of GGX for one angle and roughness: its albedo and that times its mean direction, along the surface
 * away from the viewer and across it. */
typedef struct {
  double albedo, along, across;
} Part;

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

static void
add (Part *part, double weight, double along, double across)
{
  part->albedo += weight;
  part->along += weight * along;
  part->across += weight * across;
}

/* Without Fresnel's share and by it, by importance sampling of GGX with a Fibonacci lattice. */
static void
integrate_lobe (double n_dot_v, double alpha, Part parts[static 2])
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
    double share = get_fresnel_share (v_dot_h), along = view_x - 2 * v_dot_h * h_x;
    add (&parts[0], (1 - share) * weight, along, n_dot_l);
    add (&parts[1], share * weight, along, n_dot_l);
  }
}

/* Length of the mean direction of what environment-cube.frag makes for @alpha: the mean cosine about the normal. */
static double
measure_isotropic (double alpha)
{
  double sum = 0, weight = 0, a2 = alpha * alpha;
  for (int i = 0; i < DFG_SAMPLES; i++) {
    double u = (i + 0.5) / DFG_SAMPLES;
    double n_dot_l = 2 * (1 - u) / (1 + (a2 - 1) * u) - 1;
    if (n_dot_l <= 0)
      continue;
    sum += n_dot_l * n_dot_l;
    weight += n_dot_l;
  }
  return sum / weight;
}

/* The roughness in 0..1 whose isotropic lobe is as concentrated as a mean direction of length @length says. */
static double
find_roughness (const double isotropic[static DFG_SIZE], double length)
{
  int i = 1;
  while (i < DFG_SIZE - 1 && isotropic[i] > length)
    i++;
  double share = (isotropic[i - 1] - length) / (isotropic[i - 1] - isotropic[i]);
  return (i - 1 + CLAMP (share, 0, 1)) / (DFG_SIZE - 1);
}

/* Where a part looks, as a step along the normal from the mirrored direction, and how blurred. */
static void
describe_part (const Part *part,
               double n_dot_v,
               const double isotropic[static DFG_SIZE],
               float out[static 2])
{
  double sine = sqrt (1 - n_dot_v * n_dot_v);
  double length = sqrt (part->along * part->along + part->across * part->across) / part->albedo;
  out[0] = (float) MAX (part->across * sine / MAX (part->along, 1e-9) - n_dot_v, 0);
  out[1] = (float) find_roughness (isotropic, length);
}

/* The albedo of a white lobe without Fresnel averaged over the directions of light, by roughness. */
static void
set_averages (float *table)
{
  for (int y = 0; y < DFG_SIZE; y++) {
    float *first = table + y * DFG_SIZE * 4, *second = first + DFG_SIZE * DFG_SIZE * 4;
    double sum = 0, weight = 0;
    for (int x = 0; x < DFG_SIZE; x++) {
      double cosine = x * (x == DFG_SIZE - 1 ? 0.5 : 1.0);
      sum += cosine * (double) (first[x * 4] + first[x * 4 + 1]);
      weight += cosine;
    }
    for (int x = 0; x < DFG_SIZE; x++)
      second[x * 4 + 2] = (float) (sum / weight);
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
  g_autofree float *table = g_new0 (float, 2 * DFG_SIZE * DFG_SIZE * 4);
  double isotropic[DFG_SIZE];
  for (int y = 0; y < DFG_SIZE; y++) {
    double roughness = y / (DFG_SIZE - 1.0);
    isotropic[y] = measure_isotropic (MAX (roughness * roughness, 1e-4));
  }
  for (int y = 0; y < DFG_SIZE; y++)
    for (int x = 0; x < DFG_SIZE; x++) {
      float *first = table + (y * DFG_SIZE + x) * 4, *second = first + DFG_SIZE * DFG_SIZE * 4;
      double n_dot_v = CLAMP (x / (DFG_SIZE - 1.0), 1e-3, 0.9999), roughness = y / (DFG_SIZE - 1.0);
      Part parts[2] = { { 0 } };
      integrate_lobe (n_dot_v, MAX (roughness * roughness, 1e-4), parts);
      first[0] = (float) parts[0].albedo;
      first[1] = (float) parts[1].albedo;
      describe_part (&parts[0], n_dot_v, isotropic, first + 2);
      describe_part (&parts[1], n_dot_v, isotropic, second);
    }
  set_averages (table);
  return make_texture (table, DFG_SIZE, 2 * DFG_SIZE);
}

GLuint
dio_gl_ltc_texture_new (void)
{
  return make_texture (dio_gl_ltc_table, DIO_GL_LTC_SIZE, DIO_GL_LTC_SIZE);
}
