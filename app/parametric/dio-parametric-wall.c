#define G_LOG_DOMAIN "dio-parametric"

/* A garden wall (up to 3,500 triangles) and an awning (2,000). */

#include "dio-parametric-building-private.h"

#include "dio-core-math.h"
#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-parametric-mesh-shapes-private.h"
#include "dio-parametric-surface-indoor-private.h"
#include "dio-parametric-surface-street-private.h"

/* ---- wall ---- */

#define WALL_STEPS 8

/* Counter-clockwise seen from +X, with points up both sides that carry tints. */
static void
add_wall_body (DioMeshBuilder *builder, double length, double height, double thick)
{
  double section[2 * WALL_STEPS + 2][2];
  for (guint i = 0; i <= WALL_STEPS; i++) {
    section[i][0] = thick / 2;
    section[i][1] = height * i / WALL_STEPS;
    section[2 * WALL_STEPS + 1 - i][0] = -thick / 2;
    section[2 * WALL_STEPS + 1 - i][1] = height * i / WALL_STEPS;
  }
  guint steps = (guint) MAX (1, ceil (length / 0.8));
  const DioExtrusion extrusion = { (const double (*)[2]) section, G_N_ELEMENTS (section),
                                   -length / 2, length / 2, MIN (steps, 60) };
  dio_mesh_builder_add_extrusion (builder, &extrusion);
}

/* Coping stones, each a little off its neighbours. */
static void
add_coping (DioMeshBuilder *builder, double length, double height, double thick)
{
  guint n = (guint) CLAMP (length / 0.6, 1, 40);
  double stone = (length + 0.06) / n;
  for (guint i = 0; i < n; i++) {
    double off = 0.004 * (dio_noise_uniform (9, i, 1) - 0.5), y = thick / 2 + 0.04;
    const double section[][2] = { { y, height + 0.001 },          { y, height + 0.055 },
                                  { y - 0.012, height + 0.067 },  { 0, height + 0.085 + off },
                                  { -y + 0.012, height + 0.067 }, { -y, height + 0.055 },
                                  { -y, height + 0.001 } };
    float tone = 0.9f + 0.16f * (float) dio_noise_uniform (9, i, 2);
    builder->tint[0] = builder->tint[1] = builder->tint[2] = tone;
    double x = stone * i - stone * n / 2;
    const DioExtrusion extrusion = { section, G_N_ELEMENTS (section), x + 0.003, x + stone - 0.003,
                                     1 };
    dio_mesh_builder_add_extrusion (builder, &extrusion);
  }
}

void
dio_parametric_build_wall (DioParametricMake *make)
{
  static const DioStreetSurface kinds[] = { DIO_STREET_BRICK, DIO_STREET_CONCRETE,
                                            DIO_STREET_PLASTER };
  const double *v = make->values, length = v[DIO_WALL_LENGTH], height = v[DIO_WALL_HEIGHT],
               thick = v[DIO_WALL_THICKNESS];
  const guint kind = (guint) v[DIO_WALL_KIND];
  const DioMaterialLook look = { "wall",
                                 255,
                                 kind == 2 ? 244 : 255,
                                 kind == 2 ? 222 : 255,
                                 1,
                                 0,
                                 dio_street_get_surface (kinds[kind]) };
  const DioMaterialLook cap = {
    "coping", 236, 232, 224, 1, 0, dio_street_get_surface (DIO_STREET_CONCRETE)
  };
  g_auto (DioMeshBuilder) builder;
  dio_mesh_builder_init (&builder);
  add_wall_body (&builder, length, height, thick);
  dio_mesh_builder_vary_tint (&builder, 1.7, 0.14f, 81);
  dio_mesh_builder_soil (&builder, 0, MIN (0.7, height), 0.35f);
  dio_parametric_take_part (make, &builder, &look);
  add_coping (&builder, length, height, thick);
  dio_parametric_take_part (make, &builder, &cap);
}

/* ---- awning ---- */

#define CLOTH_M 0.006
/* From the lower end of the brackets, where z = 0 is, to the front bar. */
#define BRACKET_M 0.41

static const uint8_t cloth_colors[][2][3] = {
  { { 186, 28, 34 }, { 186, 28, 34 } },     { { 186, 28, 34 }, { 238, 234, 224 } },
  { { 30, 84, 60 }, { 238, 234, 224 } },    { { 36, 62, 122 }, { 238, 234, 224 } },
  { { 222, 206, 176 }, { 222, 206, 176 } },
};

/* One stripe: cloth that sags between wall and front bar, and its flap with a round lower edge. */
static void
add_stripe (DioMeshBuilder *builder, const double *v, double x0, double x1)
{
  const double drop = v[DIO_AWNING_DROP], out = v[DIO_AWNING_DEPTH], z1 = drop + BRACKET_M;
  double section[14][2];
  for (guint i = 0; i < 7; i++) {
    double t = i / 6.0, sag = 0.10 * drop * t * (1 - t);
    section[i][0] = out / 2 - out * (1 - t);
    section[i][1] = z1 - drop * (1 - t) - sag;
    section[13 - i][0] = section[i][0];
    section[13 - i][1] = section[i][1] + CLOTH_M;
  }
  const DioExtrusion cloth = { (const double (*)[2]) section, 14, x0, x1, 1 };
  dio_mesh_builder_add_extrusion (builder, &cloth);
  const double flap = v[DIO_AWNING_FLAP], w = x1 - x0;
  double outline[11][2];
  outline[0][0] = w / 2, outline[0][1] = flap / 2;
  outline[1][0] = -w / 2, outline[1][1] = flap / 2;
  for (guint i = 0; i < 9; i++) {
    double angle = DIO_PI + DIO_PI * i / 8;
    outline[2 + i][0] = w / 2 * dio_cos (angle);
    outline[2 + i][1] = -flap / 2 + 0.45 * flap * (1 + dio_sin (angle));
  }
  const DioSheet sheet = { .outline = (const double (*)[2]) outline,
                           .n = 11,
                           .thickness = CLOTH_M,
                           .bevel = 0.0005,
                           .n_rings = 1,
                           .uv_per_m = 1 / DIO_TEXTURE_TILE_M };
  builder->placement = dio_mat4_translation (
      dio_vec3 ((x0 + x1) / 2, -out / 2 - CLOTH_M / 2, z1 - drop - flap / 2 + CLOTH_M));
  dio_mesh_builder_add_sheet_front (builder, &sheet);
  dio_mesh_builder_add_sheet_back (builder, &sheet);
  builder->placement = dio_mat4_identity ();
}

static void
add_awning_frame (DioMeshBuilder *builder, const double *v)
{
  /* Bars end a little before the cloth does, not in one plane with it. */
  const double half = v[DIO_AWNING_WIDTH] / 2 - 0.004, drop = v[DIO_AWNING_DROP],
               out = v[DIO_AWNING_DEPTH] / 2;
  const double z1 = drop + BRACKET_M;
  dio_mesh_builder_add_bar (builder, dio_vec3 (-half, out - 0.03, z1 + 0.005),
                            dio_vec3 (half, out - 0.03, z1 + 0.005), 0.035, 12);
  dio_mesh_builder_add_bar (builder, dio_vec3 (-half, -out + 0.02, z1 - drop - 0.02),
                            dio_vec3 (half, -out + 0.02, z1 - drop - 0.02), 0.018, 12);
  for (int side = -1; side <= 1; side += 2) {
    double x = side * (half - 0.06);
    dio_mesh_builder_add_bar (builder, dio_vec3 (x, out, z1 - drop - 0.35),
                              dio_vec3 (x, -out + 0.02, z1 - drop - 0.02), 0.014, 10);
    dio_mesh_builder_add_rounded_box (builder, dio_vec3 (x, out - 0.012, z1 - drop - 0.35),
                                      dio_vec3 (0.05, 0.024, 0.12), 0.004);
  }
}

void
dio_parametric_build_awning (DioParametricMake *make)
{
  const double *v = make->values, width = v[DIO_AWNING_WIDTH];
  const uint8_t (*colors)[3] = cloth_colors[(guint) v[DIO_AWNING_COLOR]];
  guint n = (guint) CLAMP (width / 0.28, 3, 24);
  g_auto (DioMeshBuilder) even, odd, frame;
  DioMeshBuilder *const stripes[2] = { &even, &odd };
  dio_mesh_builder_init (&even);
  dio_mesh_builder_init (&odd);
  dio_mesh_builder_init (&frame);
  for (guint i = 0; i < n; i++)
    add_stripe (stripes[i % 2], v, width * i / n - width / 2, width * (i + 1) / n - width / 2);
  add_awning_frame (&frame, v);
  static const char *const names[] = { "cloth", "stripes" };
  for (guint i = 0; i < 2; i++) {
    const DioMaterialLook look = { names[i], colors[i][0],       colors[i][1], colors[i][2], 1,
                                   0,        &dio_surface_fabric };
    dio_parametric_take_part (make, stripes[i], &look);
  }
  const DioMaterialLook metal = {
    "frame", 222, 224, 226, 1, 1, dio_street_get_surface (DIO_STREET_BRUSHED_METAL)
  };
  dio_parametric_take_part (make, &frame, &metal);
}
