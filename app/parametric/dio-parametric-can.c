#define G_LOG_DOMAIN "dio-parametric"

/* The tin can: seams at both ends, a wall with beads or a paper label round it, a lid with rings and a tab to pull. */

#include "dio-parametric-household-private.h"

#include "dio-core-math.h"
#include "dio-core-vec.h"
#include "dio-parametric-lathe-private.h"
#include "dio-parametric-mesh-shapes-private.h"
#include "dio-parametric-surface-indoor-private.h"

#define SIDES 48
/* Of the rolled seams, and how far they stand out. */
#define SEAM_M 0.0030
#define SEAM_OUT_M 0.0011
#define BEAD_M 0.0006

enum { CAN_BARE, CAN_LABEL };

static const DioMaterialLook tin_look = { "tin", 236, 236, 238, 1, 1, &dio_surface_brushed_metal };
static const DioMaterialLook label_look = { "label", 206, 62, 52, 1, 0, &dio_surface_label };

/* Where the pieces of the label begin and end; both 0 without one. */
typedef struct {
  guint label, upper, end;
} Cuts;

/* Beads pressed into the wall from @z0 to @z1, a whole number of them. */
static void
draw_beads (DioProfile *profile, double radius, double z0, double z1)
{
  enum { STEPS = 6 };
  guint n = (guint) CLAMP ((z1 - z0) / 0.006, 1, 14);
  for (guint bead = 0; bead < n; bead++) {
    DioProfileSample samples[STEPS + 1];
    double pitch = (z1 - z0) / n;
    for (guint i = 0; i <= STEPS; i++) {
      double angle = 2 * DIO_PI * i / STEPS;
      samples[i].r = radius - BEAD_M * 0.5 * (1 - dio_cos (angle));
      samples[i].z =
          i == STEPS ? z0 + pitch * (bead + 1) : z0 + pitch * (bead + (double) i / STEPS);
      samples[i].normal_r = 1;
      samples[i].normal_z = BEAD_M * DIO_PI / pitch * dio_sin (angle);
    }
    samples[0].r = samples[STEPS].r = radius;
    dio_profile_curve (profile, samples, STEPS + 1);
  }
}

/* From the middle of the bottom out, up the wall and over the lid to its middle. */
static Cuts
draw_can (DioProfile *profile, double radius, double height, gboolean label)
{
  const double lower[2] = { -DIO_PI, 0 }, upper[2] = { 0, DIO_PI };
  double roll = 0.5 * SEAM_OUT_M, wall = radius - SEAM_OUT_M, sunk = 0.0022;
  double foot = roll + SEAM_M, head = height - roll - SEAM_M;
  Cuts cuts = { 0 };
  dio_profile_init (profile, 0, sunk);
  dio_profile_line_to (profile, radius - 2 * roll, sunk);
  dio_profile_line_to (profile, radius - 2 * roll, roll);
  dio_profile_arc (profile, radius - roll, roll, lower, 8);
  dio_profile_line_to (profile, radius, foot);
  dio_profile_line_to (profile, wall, foot + SEAM_OUT_M);
  double clear = MIN (0.004, 0.1 * height), low = foot + SEAM_OUT_M + clear;
  double high = head - SEAM_OUT_M - clear;
  dio_profile_line_to (profile, wall, low);
  if (label) {
    cuts.label = dio_profile_line_to (profile, wall + 0.0003, low);
    cuts.upper = dio_profile_line_to (profile, wall + 0.0003, high);
    dio_profile_line_to (profile, wall, high);
  } else {
    draw_beads (profile, wall, low, high);
  }
  dio_profile_line_to (profile, wall, head - SEAM_OUT_M);
  dio_profile_line_to (profile, radius, head);
  dio_profile_line_to (profile, radius, height - roll);
  dio_profile_arc (profile, radius - roll, height - roll, upper, 8);
  double inside = radius - 2 * roll, lid = height - roll - 0.0035;
  dio_profile_line_to (profile, inside, lid);
  /* Two rings that stiffen the lid. */
  for (guint ring = 0; ring < 2; ring++) {
    double r = inside * (ring == 0 ? 0.86 : 0.70), rise = ring == 0 ? 0.0008 : -0.0008;
    dio_profile_line_to (profile, r, profile->z);
    dio_profile_line_to (profile, r - 0.0012, profile->z + rise);
  }
  cuts.end = dio_profile_line_to (profile, 0, profile->z);
  return cuts;
}

/* The tab with its finger hole's rim, on the lid at @z. */
static void
add_tab (DioMeshBuilder *builder, double radius, double z)
{
  double w = 0.34 * radius;
  dio_mesh_builder_add_rounded_box (builder, dio_vec3 (0, -0.42 * radius, z + 0.0010),
                                    dio_vec3 (w, 0.55 * radius, 0.0012), 0.0005);
  dio_mesh_builder_add_bar (builder, dio_vec3 (0, -0.60 * radius, z - 0.0002),
                            dio_vec3 (0, -0.60 * radius, z + 0.0024), 0.28 * w, 12);
}

void
dio_parametric_build_can (DioParametricMake *make)
{
  const double *values = make->values;
  double radius = values[DIO_CAN_RADIUS], height = values[DIO_CAN_HEIGHT];
  gboolean label = (int) values[DIO_CAN_LABEL_CHOICE] == CAN_LABEL;
  g_auto (DioProfile) profile;
  g_auto (DioMeshBuilder) builder;
  Cuts cuts = draw_can (&profile, radius, height, label);
  dio_mesh_builder_init (&builder);
  dio_lathe_add_sides (&builder, &profile, 0, label ? cuts.label : cuts.end, radius, SIDES);
  if (label)
    dio_lathe_add_sides (&builder, &profile, cuts.upper, cuts.end, radius, SIDES);
  add_tab (&builder, radius, profile.z);
  dio_parametric_take_part (make, &builder, &tin_look);
  if (!label)
    return;
  dio_lathe_add_sides (&builder, &profile, cuts.label, cuts.upper, radius, SIDES);
  dio_surface_stretch_label (&builder);
  dio_parametric_take_part (make, &builder, &label_look);
}
