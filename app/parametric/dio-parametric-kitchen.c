#define G_LOG_DOMAIN "dio-parametric"

/* The chair at a table, and what is laid on it: plate and cutting board. */

#include "dio-parametric-interior-private.h"
#include "dio-parametric-lathe-private.h"
#include "dio-parametric-mesh-shapes-private.h"
#include "dio-parametric-wood-surface-private.h"

#include "dio-core-math.h"
#include "dio-core-vec.h"

static const DioMaterialLook chair_looks[] = {
  { "chair", 255, 255, 255, 1, 0, &dio_surface_wood },
  { "chair", 255, 255, 255, 1, 0, &dio_surface_dark_wood },
  { "chair", 255, 255, 255, 1, 0, &dio_surface_pine_planks },
  { "chair", 234, 233, 228, 0.4f, 0 },
};
static const DioMaterialLook board_looks[] = {
  { "board", 255, 255, 255, 1, 0, &dio_surface_wood },
  { "board", 255, 255, 255, 1, 0, &dio_surface_dark_wood },
  { "board", 255, 255, 255, 1, 0, &dio_surface_pine_planks },
};
static const DioMaterialLook plate_look = { "ceramic", 240, 238, 230, 0.22f, 0 };

static void
add_box (DioMeshBuilder *builder, double x, double y, double z, DioVec3 size)
{
  dio_mesh_builder_add_rounded_box (builder, dio_vec3 (x, y, z), size, 0.006);
}

/* Front legs end below the seat, back legs run on as the posts of the back. Looks to -Y. */
void
dio_parametric_build_chair (DioParametricMake *make)
{
  const double *values = make->values;
  double seat = values[DIO_CHAIR_SEAT], back = values[DIO_CHAIR_BACK], w = values[DIO_CHAIR_WIDTH];
  double d = 0.95 * w, leg = 0.036, x = w / 2 - leg / 2 - 0.01, y = d / 2 - leg / 2 - 0.01;
  g_auto (DioMeshBuilder) builder;
  dio_mesh_builder_init (&builder);
  for (int side = -1; side <= 1; side += 2) {
    double front = seat - 0.012, rear = seat + back;
    add_box (&builder, side * x, -y, front / 2, dio_vec3 (leg, leg, front));
    add_box (&builder, side * x, y, rear / 2, dio_vec3 (leg, leg * 0.9, rear));
    add_box (&builder, side * x, 0, seat - 0.055, dio_vec3 (0.02, 2 * y, 0.05));
    add_box (&builder, side * x, 0, 0.35 * seat, dio_vec3 (0.018, 2 * y, 0.022));
    add_box (&builder, 0, side * y, seat - 0.056, dio_vec3 (2 * x, 0.02, 0.05));
  }
  /* The seat stops before the posts. */
  double deep = d / 2 + y - leg / 2 - 0.001;
  add_box (&builder, 0, -d / 2 + deep / 2, seat - 0.01, dio_vec3 (w, deep, 0.024));
  for (guint i = 0; i < 3; i++)
    add_box (&builder, 0, y, seat + back * (0.34 + 0.27 * i), dio_vec3 (2 * x, 0.014, 0.14 * back));
  dio_parametric_take_part (make, &builder, &chair_looks[(int) values[DIO_CHAIR_WOOD]]);
}

/* A slab with round corners, and a groove that keeps juice from the table: seen as the step of its rim. */
void
dio_parametric_build_cutting_board (DioParametricMake *make)
{
  const double *values = make->values;
  double w = values[DIO_CUTTING_BOARD_WIDTH], d = values[DIO_CUTTING_BOARD_DEPTH];
  double t = values[DIO_CUTTING_BOARD_THICKNESS], r = 0.14 * MIN (w, d), b = MIN (0.003, 0.2 * t);
  double g = 0.06 * MIN (w, d), deep = MIN (0.002, 0.2 * t);
  const DioLayer layers[] = {
    { .z = 0, .width = w - 2 * b, .depth = d - 2 * b, .rounding = r - b },
    { .z = b, .width = w, .depth = d, .rounding = r },
    { .z = t - b, .width = w, .depth = d, .rounding = r },
    { .z = t, .width = w - 2 * b, .depth = d - 2 * b, .rounding = r - b, .crease = TRUE },
    { .z = t, .width = w - 2 * g, .depth = d - 2 * g, .rounding = r - g / 2, .crease = TRUE },
    { .z = t - deep,
      .width = w - 2 * g - 4 * deep,
      .depth = d - 2 * g - 4 * deep,
      .rounding = r - g / 2,
      .crease = TRUE },
  };
  g_auto (DioMeshBuilder) builder;
  dio_mesh_builder_init (&builder);
  dio_mesh_builder_add_stack (&builder, layers, G_N_ELEMENTS (layers));
  dio_parametric_take_part (make, &builder, &board_looks[(int) values[DIO_CUTTING_BOARD_WOOD]]);
}

#define STEPS 10

/* From (@profile) to (@r, @z) level at the first end and at the second: the well's side and the lip. */
static void
draw_rise (DioProfile *profile, double r, double z, gboolean top)
{
  DioProfileSample samples[STEPS + 1];
  double r0 = profile->r, z0 = profile->z, sign = top ? 1 : -1;
  for (guint i = 0; i <= STEPS; i++) {
    double t = (double) i / STEPS, slope = 6 * t * (1 - t) * (z - z0) / (r - r0);
    samples[i] = (DioProfileSample){ .r = dio_mix (r0, r, t),
                                     .z = dio_mix (z0, z, t * t * (3 - 2 * t)),
                                     .normal_r = -sign * slope,
                                     .normal_z = sign };
  }
  dio_profile_curve (profile, samples, STEPS + 1);
}

void
dio_parametric_build_plate (DioParametricMake *make)
{
  const double *values = make->values;
  const double over_rim[2] = { -DIO_PI / 2, DIO_PI / 2 };
  double radius = values[DIO_PLATE_RADIUS], height = values[DIO_PLATE_HEIGHT];
  double wall = MIN (0.004, 0.3 * height), foot = 0.55 * radius, edge = radius - wall / 2;
  double lip = 0.72 * radius, dip = height - 0.15 * (height - wall);
  g_auto (DioProfile) profile;
  g_auto (DioMeshBuilder) builder;
  dio_profile_init (&profile, 0, 0);
  dio_profile_line_to (&profile, foot, 0);
  draw_rise (&profile, lip, dip - wall, FALSE);
  draw_rise (&profile, edge, height - wall, FALSE);
  dio_profile_arc (&profile, edge, height - wall / 2, over_rim, 8);
  draw_rise (&profile, lip - 0.3 * wall, dip, TRUE);
  draw_rise (&profile, foot - 0.3 * wall, wall, TRUE);
  dio_profile_line_to (&profile, 0, wall);
  dio_mesh_builder_init (&builder);
  dio_lathe_add (&builder, &profile, 0, profile.pieces->len, radius);
  dio_parametric_take_part (make, &builder, &plate_look);
}
