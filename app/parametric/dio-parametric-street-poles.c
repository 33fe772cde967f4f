#define G_LOG_DOMAIN "dio-parametric"

/* Tall things: street lamp (3500 triangles) and pole with wires (up to 6500). */

#include "dio-parametric-street-private.h"

#include "dio-core-math.h"
#include "dio-core-vec.h"
#include "dio-parametric-lathe-private.h"
#include "dio-parametric-mesh-shapes-private.h"
#include "dio-parametric-surface-street-private.h"

/* ---- lamp ---- */

enum { LAMP_ARM, LAMP_LANTERN };

static const uint8_t lamp_colors[][3] = { { 176, 180, 182 }, { 44, 46, 48 }, { 38, 66, 52 } };

/* The mast: a wider foot with a door, then a taper to the top. */
static void
add_mast (DioMeshBuilder *builder, double top, double foot, double foot_r, double top_r)
{
  const double round[2] = { 0, DIO_PI / 2 };
  g_auto (DioProfile) profile;
  dio_profile_init (&profile, 0, 0);
  dio_profile_line_to (&profile, 2.0 * foot_r, 0);
  dio_profile_line_to (&profile, 2.0 * foot_r, 0.018);
  dio_profile_arc (&profile, 2.0 * foot_r - 0.006, 0.018, round, 2);
  dio_profile_line_to (&profile, foot_r, 0.024);
  dio_profile_line_to (&profile, foot_r, foot);
  dio_profile_line_to (&profile, 0.78 * foot_r, foot + 0.07);
  dio_profile_line_to (&profile, top_r, top);
  dio_profile_line_to (&profile, 0, top);
  dio_lathe_add_sides (builder, &profile, 0, profile.pieces->len, foot_r, 28);
  for (guint i = 0; i < 4; i++) {
    double x = 1.5 * foot_r * ((i & 1) != 0 ? 0.8 : -0.8),
           y = 1.5 * foot_r * ((i & 2) != 0 ? 0.8 : -0.8);
    dio_mesh_builder_add_bar (builder, dio_vec3 (x, y, 0.015), dio_vec3 (x, y, 0.05), 0.014, 6);
  }
  dio_mesh_builder_add_rounded_box (builder, dio_vec3 (0, -foot_r + 0.004, 0.55 * foot),
                                    dio_vec3 (0.9 * foot_r, 0.02, 0.4 * foot), 0.004);
}

#define ARM_POINTS 9

static void
add_arm (DioMeshBuilder *builder, double top, double arm, double radius)
{
  DioVec3 points[ARM_POINTS];
  for (guint i = 0; i < ARM_POINTS; i++) {
    double t = (double) i / (ARM_POINTS - 1), angle = t * DIO_PI / 2;
    points[i] = dio_vec3 (0, -arm * (1 - dio_cos (angle)),
                          top - 0.06 + 0.32 * dio_sin (angle) * (0.4 + 0.2 * arm));
  }
  const DioTube tube = { points, ARM_POINTS, { radius, 0.75 * radius }, 16 };
  dio_mesh_builder_add_tube (builder, &tube);
}

/* A flat head with its window below. */
static void
add_head (DioMeshBuilder *metal, DioMeshBuilder *glass, double y, double z)
{
  const DioLayer shell[] = {
    { 0, y - 0.22, z - 0.045, 0.26, 0.62, 0.09, TRUE },
    { 0, y - 0.22, z - 0.015, 0.28, 0.64, 0.10, FALSE },
    { 0, y - 0.20, z + 0.035, 0.22, 0.54, 0.09, FALSE },
    { 0, y - 0.16, z + 0.055, 0.12, 0.36, 0.05, FALSE },
  };
  const DioLayer lens[] = {
    { 0, y - 0.26, z - 0.058, 0.14, 0.34, 0.05, FALSE },
    { 0, y - 0.26, z - 0.040, 0.18, 0.40, 0.06, TRUE },
  };
  dio_mesh_builder_add_stack (metal, shell, G_N_ELEMENTS (shell));
  dio_mesh_builder_add_stack (glass, lens, G_N_ELEMENTS (lens));
}

/* The cast post of a lantern: a stepped foot, rings, a shaft that narrows, a collar and the bar for the ladder. */
static void
add_post (DioMeshBuilder *builder, double top, double foot_r)
{
  const double shaft = 0.62 * foot_r, neck = 0.44 * foot_r;
  /* r in foot radii and z: in metres from the ground, or below the top where negative. */
  const double steps[][2] = { { 2.1, 0.00 },  { 2.1, 0.05 },   { 1.85, 0.065 }, { 1.75, 0.09 },
                              { 1.5, 0.10 },  { 1.25, 0.16 },  { 1.18, 0.20 },  { 1.08, 0.56 },
                              { 1.2, 0.575 }, { 1.24, 0.60 },  { 1.2, 0.625 },  { 0.98, 0.64 },
                              { 0.86, 0.70 }, { 0.90, 0.735 }, { 0.86, 0.77 },  { 0.72, 0.80 } };
  const double ends[][2] = { { 1.18, -0.36 }, { 1.45, -0.34 }, { 1.45, -0.31 },
                             { 1.1, -0.29 },  { 1.0, -0.20 },  { 1.0, -0.09 },
                             { 1.5, -0.055 }, { 2.2, -0.02 },  { 2.2, 0.0 } };
  g_auto (DioProfile) profile;
  dio_profile_init (&profile, 0, 0);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    dio_profile_line_to (&profile, steps[i][0] * foot_r, steps[i][1]);
  dio_profile_line_to (&profile, shaft, 0.84);
  dio_profile_line_to (&profile, neck, top - 0.37);
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    dio_profile_line_to (&profile, ends[i][0] * neck, top + ends[i][1]);
  dio_profile_line_to (&profile, 0, top);
  dio_lathe_add_sides (builder, &profile, 0, profile.pieces->len, foot_r, 24);
  double bar = top - 0.62;
  dio_mesh_builder_add_bar (builder, dio_vec3 (-0.34, 0, bar), dio_vec3 (0.34, 0, bar), 0.014, 10);
  dio_mesh_builder_add_bar (builder, dio_vec3 (0, 0, bar - 0.04), dio_vec3 (0, 0, bar + 0.04),
                            1.45 * neck, 16);
  for (int side = -1; side <= 1; side += 2)
    dio_mesh_builder_add_rounded_box (builder, dio_vec3 (side * 0.345, 0, bar),
                                      dio_vec3 (0.04, 0.04, 0.04), 0.019);
}

/* Raised strips on the shaft, as cast posts have them. */
static void
add_flutes (DioMeshBuilder *builder, double top, double foot_r)
{
  enum { FLUTES = 8 };
  const double low = 0.88, high = top - 0.72, shaft = 0.62 * foot_r, neck = 0.44 * foot_r;
  for (guint i = 0; i < FLUTES; i++) {
    double angle = 2 * DIO_PI * (i + 0.5) / FLUTES, c = dio_cos (angle), s = dio_sin (angle);
    double lower = shaft + 0.0005,
           upper = dio_mix (shaft, neck, (high - 0.84) / (top - 0.37 - 0.84)) + 0.0005;
    dio_mesh_builder_add_bar (builder, dio_vec3 (lower * c, lower * s, low),
                              dio_vec3 (upper * c, upper * s, high), 0.007, 6);
  }
}

/* Four panes that lean outwards between bars, and over them a roof in two steps, a vent and a ball. */
static void
add_lantern (DioMeshBuilder *metal, DioMeshBuilder *glass, double z)
{
  const DioLayer pane[] = { { 0, 0, z + 0.05, 0.19, 0.19, 0.01, TRUE },
                            { 0, 0, z + 0.40, 0.34, 0.34, 0.01, TRUE } };
  const DioLayer roof[] = {
    { 0, 0, z + 0.385, 0.43, 0.43, 0.02, TRUE },  { 0, 0, z + 0.41, 0.44, 0.44, 0.02, TRUE },
    { 0, 0, z + 0.43, 0.40, 0.40, 0.02, FALSE },  { 0, 0, z + 0.50, 0.26, 0.26, 0.02, FALSE },
    { 0, 0, z + 0.545, 0.16, 0.16, 0.02, FALSE }, { 0, 0, z + 0.56, 0.13, 0.13, 0.05, TRUE },
    { 0, 0, z + 0.60, 0.13, 0.13, 0.05, TRUE },   { 0, 0, z + 0.615, 0.19, 0.19, 0.06, TRUE },
    { 0, 0, z + 0.63, 0.18, 0.18, 0.06, FALSE },  { 0, 0, z + 0.665, 0.05, 0.05, 0.02, FALSE },
  };
  const DioLayer floor[] = { { 0, 0, z - 0.01, 0.12, 0.12, 0.04, TRUE },
                             { 0, 0, z + 0.02, 0.23, 0.23, 0.02, TRUE },
                             { 0, 0, z + 0.055, 0.235, 0.235, 0.02, TRUE } };
  dio_mesh_builder_add_stack (glass, pane, G_N_ELEMENTS (pane));
  dio_mesh_builder_add_stack (metal, roof, G_N_ELEMENTS (roof));
  dio_mesh_builder_add_stack (metal, floor, G_N_ELEMENTS (floor));
  for (guint i = 0; i < 4; i++) {
    double sx = (i & 1) != 0 ? 1 : -1, sy = (i & 2) != 0 ? 1 : -1;
    dio_mesh_builder_add_bar (metal, dio_vec3 (sx * 0.097, sy * 0.097, z + 0.03),
                              dio_vec3 (sx * 0.172, sy * 0.172, z + 0.40), 0.011, 8);
    /* A crossbar on each pane. */
    double low = 0.147, mid = z + 0.28;
    dio_mesh_builder_add_bar (metal, dio_vec3 (sx * low, sy * low, mid),
                              dio_vec3 (i == 0 || i == 3 ? -sx * low : sx * low,
                                        i == 0 || i == 3 ? sy * low : -sy * low, mid),
                              0.007, 6);
  }
  dio_mesh_builder_add_bar (metal, dio_vec3 (0, 0, z + 0.655), dio_vec3 (0, 0, z + 0.70), 0.010,
                            10);
  dio_mesh_builder_add_rounded_box (metal, dio_vec3 (0, 0, z + 0.715),
                                    dio_vec3 (0.045, 0.045, 0.05), 0.022);
}

void
dio_parametric_build_street_lamp (DioParametricMake *make)
{
  const double *v = make->values, height = v[DIO_STREET_LAMP_HEIGHT];
  const uint8_t *rgb = lamp_colors[(guint) v[DIO_STREET_LAMP_COLOR]];
  const guint style = (guint) v[DIO_STREET_LAMP_STYLE];
  const DioMaterialLook metal_look = {
    "mast", rgb[0], rgb[1], rgb[2], 1.1f, 0, dio_street_get_surface (DIO_STREET_PAINTED_METAL)
  };
  const DioMaterialLook lens_look = { .name = "light",
                                      .red = 255,
                                      .green = 226,
                                      .blue = 186,
                                      .roughness = 0.2f,
                                      .emissive_nits = (float) v[DIO_STREET_LAMP_LIGHT] };
  g_auto (DioMeshBuilder) metal, lens;
  dio_mesh_builder_init (&metal);
  dio_mesh_builder_init (&lens);
  double top = style == LAMP_ARM ? height - 0.35 : height - 0.74;
  double foot_r = 0.05 + 0.006 * height;
  if (style == LAMP_ARM) {
    double arm = v[DIO_STREET_LAMP_ARM];
    add_mast (&metal, top, MIN (1.1, 0.3 * height), foot_r, 0.034 + 0.002 * height);
    add_arm (&metal, top, arm, 0.034 + 0.002 * height);
    add_head (&metal, &lens, -arm + 0.06, top - 0.06 + 0.32 * (0.4 + 0.2 * arm));
  } else {
    add_post (&metal, top, foot_r);
    add_flutes (&metal, top, foot_r);
    add_lantern (&metal, &lens, top);
  }
  dio_mesh_builder_soil (&metal, 0, 0.8, 0.3f);
  dio_parametric_take_part (make, &metal, &metal_look);
  dio_parametric_take_part (make, &lens, &lens_look);
}

/* ---- pole with wires ---- */

#define WIRE_POINTS 17
#define MAX_WIRES 4

static double
get_wire_y (guint wire, guint n, double arm)
{
  return n == 1 ? 0.8 * arm : arm * (2.0 * wire / (n - 1) - 1);
}

/* A parabola stands for the catenary: for such a sag they differ by less than the wire is thick. */
static void
add_wire (DioMeshBuilder *builder, double y, double z, double half_span, double sag)
{
  for (int side = -1; side <= 1; side += 2) {
    DioVec3 points[WIRE_POINTS];
    for (guint i = 0; i < WIRE_POINTS; i++) {
      double t = (double) i / (WIRE_POINTS - 1);
      points[i] = dio_vec3 (side * half_span * t, y, z - sag * (1 - (1 - t) * (1 - t)));
    }
    const DioTube tube = { points, WIRE_POINTS, { 0.008, 0.008 }, 6 };
    dio_mesh_builder_add_tube (builder, &tube);
  }
}

static void
add_insulator (DioMeshBuilder *builder, double y, double z)
{
  static const double rings[][2] = { { 0.020, 0 },     { 0.045, 0.03 },  { 0.022, 0.045 },
                                     { 0.042, 0.075 }, { 0.020, 0.090 }, { 0.032, 0.115 },
                                     { 0.012, 0.135 } };
  g_auto (DioProfile) profile;
  dio_profile_init (&profile, 0, z);
  for (guint i = 0; i < G_N_ELEMENTS (rings); i++)
    dio_profile_line_to (&profile, rings[i][0], z + rings[i][1]);
  dio_profile_line_to (&profile, 0, z + 0.135);
  DioMat4 placement = builder->placement;
  builder->placement.m[13] = y;
  dio_lathe_add_sides (builder, &profile, 0, profile.pieces->len, 0.04, 12);
  builder->placement = placement;
}

static void
add_pole (DioMeshBuilder *wood, DioMeshBuilder *metal, double height, double arm)
{
  const double round[2] = { 0, DIO_PI / 2 };
  g_auto (DioProfile) profile;
  dio_profile_init (&profile, 0, 0);
  dio_profile_line_to (&profile, 0.150, 0);
  dio_profile_line_to (&profile, 0.095, height - 0.02);
  dio_profile_arc (&profile, 0.075, height - 0.02, round, 3);
  dio_profile_line_to (&profile, 0, height);
  dio_lathe_add_sides (wood, &profile, 0, profile.pieces->len, 0.15, 24);
  dio_mesh_builder_add_rounded_box (wood, dio_vec3 (0.135, 0, height - 0.55),
                                    dio_vec3 (0.09, 2 * arm + 0.25, 0.12), 0.008);
  for (int side = -1; side <= 1; side += 2)
    dio_mesh_builder_add_bar (metal, dio_vec3 (0.15, side * 0.62 * arm, height - 0.58),
                              dio_vec3 (0.10, side * 0.02, height - 1.15), 0.014, 8);
  for (guint i = 0; i < 5; i++)
    dio_mesh_builder_add_bar (metal, dio_vec3 (0, -0.12 - 0.10, 2.2 + 0.4 * i),
                              dio_vec3 (0, 0.12 + 0.10, 2.2 + 0.4 * i), 0.011, 8);
}

void
dio_parametric_build_wire_pole (DioParametricMake *make)
{
  const double *v = make->values, height = v[DIO_WIRE_POLE_HEIGHT], arm = v[DIO_WIRE_POLE_ARM] / 2;
  const guint n = (guint) v[DIO_WIRE_POLE_WIRES];
  const DioMaterialLook wood_look = {
    "pole", 206, 222, 240, 1.1f, 0, dio_street_get_surface (DIO_STREET_DARK_WOOD)
  };
  const DioMaterialLook metal_look = {
    "fittings", 200, 202, 204, 1, 1, dio_street_get_surface (DIO_STREET_GALVANIZED)
  };
  const DioMaterialLook glaze_look = { "insulators", 92, 58, 40, 0.25f, 0 };
  const DioMaterialLook wire_look = { "wires", 34, 35, 36, 0.6f, 0 };
  g_auto (DioMeshBuilder) wood, metal;
  dio_mesh_builder_init (&wood);
  dio_mesh_builder_init (&metal);
  add_pole (&wood, &metal, height, arm);
  if (v[DIO_WIRE_POLE_TRANSFORMER] > 0.5) {
    const DioVec3 can[4] = { { 0, -0.36, height - 2.05 },
                             { 0, -0.36, height - 2.02 },
                             { 0, -0.36, height - 1.30 },
                             { 0, -0.36, height - 1.25 } };
    const DioTube cap = { can + 2, 2, { 0.23, 0.19 }, 24 };
    dio_mesh_builder_add_bar (&metal, can[0], can[2], 0.23, 24);
    dio_mesh_builder_add_tube (&metal, &cap);
    for (guint i = 0; i < 2; i++)
      dio_mesh_builder_add_rounded_box (&metal, dio_vec3 (0, -0.12, height - 1.85 + 0.45 * i),
                                        dio_vec3 (0.10, 0.30, 0.05), 0.006);
  }
  dio_mesh_builder_vary_tint (&wood, 1.5, 0.18f, 31);
  dio_mesh_builder_soil (&wood, 0, 1.2, 0.3f);
  dio_parametric_take_part (make, &wood, &wood_look);
  dio_parametric_take_part (make, &metal, &metal_look);
  for (guint i = 0; i < n; i++) {
    wood.placement.m[12] = 0.135;
    add_insulator (&wood, get_wire_y (i, n, arm), height - 0.49);
  }
  dio_parametric_take_part (make, &wood, &glaze_look);
  for (guint i = 0; i < n; i++)
    add_wire (&metal, get_wire_y (i, n, arm), height - 0.40, v[DIO_WIRE_POLE_SPAN] / 2,
              v[DIO_WIRE_POLE_SAG]);
  dio_parametric_take_part_as (make, &metal, &wire_look, DIO_GROUP_LABEL_EXCLUDE);
}
