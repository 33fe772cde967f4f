#define G_LOG_DOMAIN "dio-parametric"

/* Surroundings without walls: the photographer's studio, whose backdrop has no corners, and the open air. */

#include "dio-parametric-environment-private.h"
#include "dio-parametric-noise-private.h"

#include "dio-core-vec.h"

/* A soft box: a bright cloth that looks at the middle of the studio. */
typedef struct {
  DioVec3 center;       /* metres from the eye */
  double width, height; /* metres; height is measured upwards along the cloth */
  double brightness;
} SoftBox;

static const SoftBox soft_boxes[] = {
  { { -2.0, 1.5, 1.9 }, 1.9, 1.3, 13 },
  { { 2.6, 0.4, 1.1 }, 1.0, 1.7, 6 },
  { { 0.3, -0.4, 3.0 }, 2.2, 1.2, 8 },
  { { -0.9, -2.8, 1.4 }, 0.4, 1.8, 9 },
};

/* Adds the cloth where the ray meets it, its dark frame, and a glow on the backdrop around it. */
static void
add_soft_box (const SoftBox *box, DioVec3 direction, double rgb[static 3])
{
  DioVec3 away = dio_vec3_normalize (box->center);
  double facing = dio_vec3_dot (direction, away);
  if (facing <= 0.05)
    return;
  DioVec3 reference = fabs (away.z) > 0.95 ? dio_vec3 (0, 1, 0) : dio_vec3 (0, 0, 1);
  DioVec3 right = dio_vec3_normalize (dio_vec3_cross (away, reference));
  DioVec3 up = dio_vec3_cross (right, away);
  DioVec3 hit = dio_vec3_scale (direction, dio_vec3_length (box->center) / facing);
  double x = dio_vec3_dot (hit, right) / (box->width / 2);
  double y = dio_vec3_dot (hit, up) / (box->height / 2);

  double outside_x = MAX (0, fabs (x) - 1) * box->width / 2;
  double outside_y = MAX (0, fabs (y) - 1) * box->height / 2;
  double distance = sqrt (outside_x * outside_x + outside_y * outside_y);
  double glow = 0.022 * box->brightness / (1 + 5 * distance * distance) * facing;
  double frame = 1 - 0.8 * (1 - dio_smoothstep (0.03, 0.06, distance));
  double across = 1 - 0.35 * (x * x + y * y) / 2;
  double cloth = 1 - dio_smoothstep (0, 0.03, distance);
  for (int c = 0; c < 3; c++) {
    rgb[c] = (rgb[c] + glow) * frame;
    rgb[c] = dio_mix (rgb[c], box->brightness * across, cloth);
  }
}

void
dio_environment_shade_studio (DioVec3 direction, double rgb_out[static 3])
{
  /* Paper that runs from the floor up the wall in one sweep and darkens towards the ceiling. */
  double z = direction.z;
  double paper = dio_mix (0.62, 0.86, dio_smoothstep (-0.9, -0.15, z));
  paper = dio_mix (paper, 0.14, dio_smoothstep (0.0, 0.75, z));
  rgb_out[0] = 1.00 * paper;
  rgb_out[1] = 0.99 * paper;
  rgb_out[2] = 0.97 * paper;
  for (guint i = 0; i < G_N_ELEMENTS (soft_boxes); i++)
    add_soft_box (&soft_boxes[i], direction, rgb_out);
}

static double
get_corner (uint64_t seed, uint32_t x, uint32_t y, uint32_t z)
{
  return dio_noise_uniform (seed + z * G_GUINT64_CONSTANT (0xA0761D6478BD642F), x, y);
}

/* Value noise in space, 0 .. 1: on a sphere of directions it has neither seam nor pole. */
static double
get_cloud_octave (uint64_t seed, DioVec3 p)
{
  /* A constant keeps cell numbers positive. */
  double x = p.x + 4096, y = p.y + 4096, z = p.z + 4096;
  uint32_t cx = (uint32_t) x, cy = (uint32_t) y, cz = (uint32_t) z;
  double u = dio_smoothstep (0, 1, x - cx), v = dio_smoothstep (0, 1, y - cy);
  double layers[2];
  for (uint32_t k = 0; k < 2; k++) {
    double near =
        dio_mix (get_corner (seed, cx, cy, cz + k), get_corner (seed, cx + 1, cy, cz + k), u);
    double far = dio_mix (get_corner (seed, cx, cy + 1, cz + k),
                          get_corner (seed, cx + 1, cy + 1, cz + k), u);
    layers[k] = dio_mix (near, far, v);
  }
  return dio_mix (layers[0], layers[1], dio_smoothstep (0, 1, z - cz));
}

static double
get_clouds (uint64_t seed, DioVec3 p, guint n_octaves)
{
  double sum = 0, height = 0.5;
  for (guint i = 0; i < n_octaves; i++) {
    sum += height * get_cloud_octave (seed + i, p);
    height *= 0.5;
    p = dio_vec3_scale (p, 2.03);
  }
  return sum;
}

/* Of a dull sky's zenith: a white wall under it is then about 1 (half the dome and the light ground). */
#define ZENITH 2.0

/* CIE standard overcast sky; clouds drift across a plane far above, so they crowd at the horizon. */
static void
shade_clouds (DioVec3 direction, double rgb[static 3])
{
  static const double tint[3] = { 0.95, 0.99, 1.06 };
  double z = MAX (direction.z, 0), height = z + 0.12;
  DioVec3 above = dio_vec3 (direction.x / height * 1.6, direction.y / height * 1.6, 0);
  double clouds = (get_clouds (11, above, 4) - 0.47) * dio_smoothstep (0, 0.3, z);
  for (int c = 0; c < 3; c++)
    rgb[c] = tint[c] * ZENITH * (1 + 2 * z) / 3 * (1 + 0.7 * clouds);
}

/* A belt of trees at the horizon, a meadow before it, paving underfoot. */
static void
shade_land (DioVec3 direction, double rgb[static 3])
{
  static const double trees[3] = { 0.14, 0.165, 0.128 }, grass[3] = { 0.26, 0.29, 0.17 };
  static const double paving[3] = { 0.40, 0.39, 0.37 };
  double below = MAX (-direction.z, 0);
  double near = dio_smoothstep (0.12, 0.55, below);
  double on_ground = dio_smoothstep (-0.004, 0.010, below);
  double leaf = 0.75 + 0.6 * get_clouds (31, dio_vec3_scale (direction, 28), 2);
  double patches = 0.85 + 0.3 * get_clouds (47, dio_vec3_scale (direction, 9), 3);
  for (int c = 0; c < 3; c++) {
    double ground = dio_mix (grass[c], paving[c], near) * patches;
    rgb[c] = dio_mix (trees[c] * leaf, ground, on_ground);
  }
}

/* Trees reach no higher than this (the sine of the elevation). */
#define HIGHEST_CREST 0.14

void
dio_environment_shade_overcast (DioVec3 direction, double rgb_out[static 3])
{
  double z = direction.z, in_sky = z > 0 ? 1 : 0;
  if (z >= 0 && z < HIGHEST_CREST) {
    double ring = sqrt (1 - z * z);
    DioVec3 bearing = dio_vec3 (direction.x / ring * 5, direction.y / ring * 5, 0);
    double crest = 0.015 + 0.11 * get_clouds (23, bearing, 4);
    in_sky = dio_smoothstep (crest - 0.006, crest + 0.010, z);
  }
  double sky[3] = { 0 }, land[3] = { 0 };
  if (in_sky > 0)
    shade_clouds (direction, sky);
  if (in_sky < 1)
    shade_land (direction, land);
  for (int c = 0; c < 3; c++)
    rgb_out[c] = dio_mix (land[c], sky[c], in_sky);
}
