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
  double paper = dio_mix (0.42, 0.60, dio_smoothstep (-0.9, -0.15, z));
  paper = dio_mix (paper, 0.10, dio_smoothstep (0.0, 0.75, z));
  rgb_out[0] = 1.00 * paper;
  rgb_out[1] = 0.99 * paper;
  rgb_out[2] = 0.97 * paper;
  for (guint i = 0; i < G_N_ELEMENTS (soft_boxes); i++)
    add_soft_box (&soft_boxes[i], direction, rgb_out);
}
