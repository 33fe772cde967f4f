#define G_LOG_DOMAIN "dio-parametric"

/* Small things that stand on a pavement: cone (1100 triangles), hydrant (4200), bin (1900), bench (3000). */

#include "dio-parametric-street-private.h"

#include "dio-core-math.h"
#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-parametric-lathe-private.h"
#include "dio-parametric-mesh-shapes-private.h"
#include "dio-parametric-surface-street-private.h"

#define N_BANDS 5

/* ---- cone ---- */

void
dio_parametric_build_cone (DioParametricMake *make)
{
  const double height = make->values[DIO_CONE_HEIGHT];
  const float dirt = (float) make->values[DIO_CONE_DIRT];
  const DioSurface *plastic = dio_street_get_surface (DIO_STREET_PLASTIC);
  const DioMaterialLook body_look = { "cone", 236, 84, 22, 1, 0, plastic };
  const DioMaterialLook band_look = { "bands", 240, 240, 236, 0.9f, 0, plastic };
  const DioMaterialLook base_look = { "base", 40, 40, 42, 1.3f, 0, plastic };
  /* Where the colours change, of the height; odd pieces are bands. */
  static const double cuts[N_BANDS + 1] = { 0.055, 0.30, 0.48, 0.62, 0.76, 1 };
  const double foot_r = 0.185 * height, top_r = 0.035 * height, lip = 0.012 * height;
  g_auto (DioMeshBuilder) body, bands;
  dio_mesh_builder_init (&body);
  dio_mesh_builder_init (&bands);
  g_auto (DioProfile) profile;
  dio_profile_init (&profile, 0, cuts[0] * height);
  dio_profile_line_to (&profile, foot_r, cuts[0] * height);
  guint ends[N_BANDS];
  for (guint i = 0; i < N_BANDS; i++) {
    double t = (cuts[i + 1] - cuts[0]) / (1 - cuts[0]);
    ends[i] = dio_profile_line_to (&profile, foot_r + (top_r - foot_r) * t,
                                   cuts[i + 1] * height - (i + 1 == N_BANDS ? lip : 0));
  }
  const double round[2] = { 0, DIO_PI / 2 };
  dio_profile_arc (&profile, profile.r - lip, profile.z, round, 3);
  guint rim = dio_profile_line_to (&profile, 0.6 * top_r - lip, profile.z);
  /* Hollow at the top, as far as one can see. */
  dio_profile_line_to (&profile, 0.6 * top_r - lip, profile.z - 0.06 * height);
  guint last = dio_profile_line_to (&profile, 0, profile.z);
  for (guint i = 0; i < N_BANDS; i++)
    dio_lathe_add_sides (i % 2 == 0 ? &body : &bands, &profile, i > 0 ? ends[i - 1] : 0, ends[i],
                         foot_r, 40);
  dio_lathe_add_sides (&body, &profile, ends[N_BANDS - 1], MAX (rim, last), foot_r, 40);
  dio_mesh_builder_soil (&body, 0, 0.7 * height, 0.6f * dirt);
  dio_mesh_builder_soil (&bands, 0, 0.8 * height, 0.5f * dirt);
  dio_parametric_take_part (make, &body, &body_look);
  dio_parametric_take_part (make, &bands, &band_look);

  double side = 0.52 * height;
  const DioLayer layers[] = {
    { 0, 0, 0, side - 0.008, side - 0.008, 0.05 * height, FALSE },
    { 0, 0, 0.006, side, side, 0.05 * height, TRUE },
    { 0, 0, 0.040 * height, side, side, 0.05 * height, TRUE },
    { 0, 0, cuts[0] * height, side - 0.03 * height, side - 0.03 * height, 0.04 * height, TRUE },
  };
  dio_mesh_builder_add_stack (&body, layers, G_N_ELEMENTS (layers));
  dio_parametric_take_part (make, &body, &base_look);
}

/* ---- hydrant ---- */

static void
draw_hydrant (DioProfile *p, double h, double r)
{
  const double low[2] = { -DIO_PI / 2, 0 }, high[2] = { 0, DIO_PI / 2 }, dome[2] = { 0, 1.28 };
  dio_profile_init (p, 0, 0);
  dio_profile_line_to (p, 1.65 * r, 0);
  dio_profile_line_to (p, 1.65 * r, 0.030 * h);
  dio_profile_arc (p, 1.60 * r, 0.030 * h, high, 3);
  dio_profile_line_to (p, 1.06 * r, 0.065 * h);
  dio_profile_line_to (p, r, 0.10 * h);
  dio_profile_line_to (p, 0.94 * r, 0.66 * h);
  /* The flange of the bonnet. */
  dio_profile_line_to (p, 1.30 * r, 0.675 * h);
  dio_profile_arc (p, 1.30 * r, 0.69 * h, low, 3);
  dio_profile_line_to (p, p->r, 0.715 * h);
  dio_profile_arc (p, p->r - 0.010 * h, p->z, high, 3);
  dio_profile_line_to (p, 0.98 * r, p->z);
  dio_profile_line_to (p, 0.98 * r, 0.795 * h);
  dio_profile_arc (p, 0, 0.795 * h, dome, 10);
  dio_profile_line_to (p, 0.26 * r, p->z);
  dio_profile_line_to (p, 0.24 * r, 0.955 * h);
  dio_profile_line_to (p, 0, 0.955 * h);
}

/* A spout along @way with its cap and the nut on it. */
static void
add_spout (
    DioMeshBuilder *body, DioMeshBuilder *caps, DioVec3 from, DioVec3 way, double length, double r)
{
  const double at[] = { 0.3, 0.78, 0.80, 1.00, 1.02, 1.22 };
  DioVec3 p[G_N_ELEMENTS (at)];
  for (guint i = 0; i < G_N_ELEMENTS (at); i++)
    p[i] = dio_vec3_add (from, dio_vec3_scale (way, at[i] * length));
  dio_mesh_builder_add_bar (body, p[0], p[1], 0.88 * r, 24);
  dio_mesh_builder_add_bar (caps, p[1], p[2], 1.05 * r, 24);
  dio_mesh_builder_add_bar (caps, p[1], p[3], 1.12 * r, 24);
  const DioVec3 chamfer[2] = { p[3], p[4] };
  const DioTube edge = { chamfer, 2, { 1.12 * r, 0.95 * r }, 24 };
  dio_mesh_builder_add_tube (caps, &edge);
  dio_mesh_builder_add_bar (caps, p[4], p[5], 0.36 * r, 5);
}

static void
add_bolts (DioMeshBuilder *builder, double ring, double z0, double z1, guint n)
{
  for (guint i = 0; i < n; i++) {
    double angle = 2 * DIO_PI * (i + 0.5) / n;
    double x = ring * dio_cos (angle), y = ring * dio_sin (angle);
    dio_mesh_builder_add_bar (builder, dio_vec3 (x, y, z0), dio_vec3 (x, y, z1), 0.011, 6);
  }
}

static const uint8_t hydrant_colors[][3] = {
  { 196, 34, 30 }, { 222, 176, 30 }, { 188, 190, 192 }, { 40, 92, 168 }
};

void
dio_parametric_build_hydrant (DioParametricMake *make)
{
  const double h = make->values[DIO_HYDRANT_HEIGHT], r = 0.125 * h;
  const guint color = (guint) make->values[DIO_HYDRANT_COLOR];
  const uint8_t *rgb = hydrant_colors[color], *cap = hydrant_colors[color == 0 ? 2 : color];
  const DioSurface *paint = dio_street_get_surface (DIO_STREET_PAINTED_METAL);
  const DioMaterialLook body_look = { "body", rgb[0], rgb[1], rgb[2], 1.1f, 0, paint };
  const DioMaterialLook cap_look = { "caps", cap[0], cap[1], cap[2], 1.1f, 0, paint };
  g_auto (DioMeshBuilder) body, caps;
  g_auto (DioProfile) profile;
  dio_mesh_builder_init (&body);
  dio_mesh_builder_init (&caps);
  draw_hydrant (&profile, h, r);
  dio_lathe_add_sides (&body, &profile, 0, profile.pieces->len, r, 40);
  dio_mesh_builder_add_bar (&caps, dio_vec3 (0, 0, 0.93 * h), dio_vec3 (0, 0, h), 0.17 * r, 5);
  add_bolts (&body, 1.42 * r, 0.03 * h, 0.065 * h + 0.012, 8);
  add_bolts (&body, 1.14 * r, 0.70 * h, 0.735 * h + 0.010, 8);
  DioVec3 middle = dio_vec3 (0, 0, 0.52 * h);
  add_spout (&body, &caps, middle, dio_vec3 (1, 0, 0), 1.75 * r, 0.42 * r);
  add_spout (&body, &caps, middle, dio_vec3 (-1, 0, 0), 1.75 * r, 0.42 * r);
  add_spout (&body, &caps, dio_vec3 (0, 0, 0.47 * h), dio_vec3 (0, -1, 0), 1.75 * r, 0.62 * r);
  float dirt = (float) make->values[DIO_HYDRANT_DIRT];
  dio_mesh_builder_soil (&body, 0, 0.5 * h, 0.7f * dirt);
  dio_mesh_builder_vary_tint (&body, 0.12, 0.25f * dirt, 5);
  dio_parametric_take_part (make, &body, &body_look);
  dio_parametric_take_part (make, &caps, &cap_look);
}

/* ---- bin on two wheels ---- */

static const uint8_t bin_colors[][3] = {
  { 50, 52, 56 }, { 36, 88, 50 }, { 30, 66, 128 }, { 196, 160, 26 }, { 92, 58, 38 }
};

static void
add_bin_body (DioMeshBuilder *builder, double w, double d, double h)
{
  const DioLayer layers[] = {
    { 0, 0.05 * d, 0.07 * h, 0.74 * w, 0.62 * d, 0.03, TRUE },
    { 0, 0.05 * d, 0.085 * h, 0.78 * w, 0.66 * d, 0.04, TRUE },
    { 0, 0.01 * d, 0.80 * h, 0.93 * w, 0.88 * d, 0.05, TRUE },
    { 0, 0.01 * d, 0.805 * h, 0.99 * w, 0.95 * d, 0.05, TRUE },
    { 0, 0, 0.90 * h, 1.00 * w, 0.97 * d, 0.05, TRUE },
  };
  dio_mesh_builder_add_stack (builder, layers, G_N_ELEMENTS (layers));
  /* Feet in front, ribs on the front side. */
  for (int side = -1; side <= 1; side += 2)
    dio_mesh_builder_add_rounded_box (builder, dio_vec3 (side * 0.27 * w, -0.20 * d, 0.045 * h),
                                      dio_vec3 (0.14 * w, 0.10 * d, 0.09 * h), 0.008);
}

static void
add_bin_lid (DioMeshBuilder *builder, double w, double d, double h)
{
  const DioLayer layers[] = {
    { 0, -0.01 * d, 0.895 * h, 1.03 * w, 1.00 * d, 0.05, TRUE },
    { 0, -0.01 * d, 0.925 * h, 1.04 * w, 1.01 * d, 0.055, TRUE },
    { 0, 0.00, 0.945 * h, 1.00 * w, 0.96 * d, 0.06, FALSE },
    { 0, 0.02 * d, 0.975 * h, 0.86 * w, 0.80 * d, 0.08, FALSE },
    { 0, 0.04 * d, 0.985 * h, 0.60 * w, 0.52 * d, 0.09, FALSE },
  };
  dio_mesh_builder_add_stack (builder, layers, G_N_ELEMENTS (layers));
}

static void
add_wheel (DioMeshBuilder *builder, double x, double y, double radius, double width)
{
  const double bevel = 0.18 * width;
  const DioVec3 p[4] = { { x - width / 2, y, radius },
                         { x - width / 2 + bevel, y, radius },
                         { x + width / 2 - bevel, y, radius },
                         { x + width / 2, y, radius } };
  const DioTube in = { p, 2, { 0.9 * radius, radius }, 24 },
                out = { p + 2, 2, { radius, 0.9 * radius }, 24 };
  dio_mesh_builder_add_tube (builder, &in);
  dio_mesh_builder_add_bar (builder, p[1], p[2], radius, 24);
  dio_mesh_builder_add_tube (builder, &out);
}

void
dio_parametric_build_bin (DioParametricMake *make)
{
  const double *v = make->values, h = v[DIO_BIN_HEIGHT], w = v[DIO_BIN_WIDTH], d = 1.22 * w;
  const uint8_t *body = bin_colors[(guint) v[DIO_BIN_COLOR]],
                *lid = bin_colors[(guint) v[DIO_BIN_LID]];
  const DioSurface *plastic = dio_street_get_surface (DIO_STREET_PLASTIC);
  const DioMaterialLook body_look = { "body", body[0], body[1], body[2], 1, 0, plastic };
  const DioMaterialLook lid_look = { "lid", lid[0], lid[1], lid[2], 1, 0, plastic };
  const DioMaterialLook wheel_look = { "wheels", 30, 30, 31, 1.5f, 0, plastic };
  g_auto (DioMeshBuilder) builder;
  dio_mesh_builder_init (&builder);
  add_bin_body (&builder, w, d, h);
  dio_mesh_builder_soil (&builder, 0, 0.6 * h, 0.3f);
  dio_parametric_take_part (make, &builder, &body_look);
  add_bin_lid (&builder, w, d, h);
  DioVec3 grip = dio_vec3 (0.32 * w, 0.55 * d, 0.93 * h);
  dio_mesh_builder_add_bar (&builder, dio_vec3 (-grip.x, grip.y, grip.z), grip, 0.013, 12);
  for (int side = -1; side <= 1; side += 2)
    dio_mesh_builder_add_rounded_box (&builder, dio_vec3 (side * grip.x, 0.505 * d, 0.925 * h),
                                      dio_vec3 (0.03, 0.13 * d, 0.03), 0.006);
  dio_parametric_take_part (make, &builder, &lid_look);
  double radius = 0.095 * h;
  add_wheel (&builder, -0.40 * w, 0.36 * d, radius, 0.045);
  add_wheel (&builder, 0.40 * w, 0.36 * d, radius, 0.045);
  dio_mesh_builder_add_bar (&builder, dio_vec3 (-0.4 * w, 0.36 * d, radius),
                            dio_vec3 (0.4 * w, 0.36 * d, radius), 0.011, 8);
  dio_parametric_take_part (make, &builder, &wheel_look);
}

/* ---- bench ---- */

#define SEAT_SLATS 5
#define BACK_SLATS 3

/* A frame of flat iron under the slats at @x: feet, seat and back in one. */
static void
add_frame (DioMeshBuilder *builder, double x, double seat, double depth, double back)
{
  const double lean = 0.24 * back;
  const DioVec3 front[] = { { x, -0.5 * depth, 0.0 + 0.012 },
                            { x, -0.46 * depth, 0.55 * seat },
                            { x, -0.44 * depth, seat - 0.03 } };
  const DioVec3 rear[] = { { x, 0.62 * depth, 0.012 },
                           { x, 0.48 * depth, 0.5 * seat },
                           { x, 0.44 * depth, seat - 0.02 },
                           { x, 0.52 * depth, seat + 0.12 },
                           { x, 0.50 * depth + lean, seat + back } };
  const DioVec3 arm[] = { { x, -0.44 * depth, seat - 0.03 },
                          { x, -0.47 * depth, seat + 0.12 },
                          { x, -0.40 * depth, seat + 0.20 },
                          { x, 0.0, seat + 0.215 },
                          { x, 0.54 * depth, seat + 0.20 } };
  const DioTube tubes[] = { { front, 3, { 0.020, 0.017 }, 10 },
                            { rear, 5, { 0.020, 0.015 }, 10 },
                            { arm, 5, { 0.016, 0.016 }, 10 } };
  for (guint i = 0; i < G_N_ELEMENTS (tubes); i++)
    dio_mesh_builder_add_tube (builder, &tubes[i]);
  dio_mesh_builder_add_bar (builder, dio_vec3 (x, -0.45 * depth, seat - 0.035),
                            dio_vec3 (x, 0.46 * depth, seat - 0.035), 0.016, 10);
  for (int end = -1; end <= 1; end += 2)
    dio_mesh_builder_add_rounded_box (builder, dio_vec3 (x, (end < 0 ? -0.5 : 0.62) * depth, 0.009),
                                      dio_vec3 (0.07, 0.09, 0.018), 0.004);
}

static void
add_slats (DioMeshBuilder *builder, double length, double seat, double depth, double back)
{
  const double width = depth / SEAT_SLATS - 0.022, lean = 0.24 * back;
  for (guint i = 0; i < SEAT_SLATS; i++) {
    builder->tint[0] = builder->tint[1] = builder->tint[2] = 0.86f + 0.06f * (float) (i * 2 % 5);
    double y = depth * ((i + 0.5) / SEAT_SLATS - 0.5);
    dio_mesh_builder_add_rounded_box (builder, dio_vec3 (0, y, seat),
                                      dio_vec3 (length, width, 0.032), 0.006);
  }
  for (guint i = 0; i < BACK_SLATS; i++) {
    builder->tint[0] = builder->tint[1] = builder->tint[2] = 0.88f + 0.07f * (float) (i * 2 % 3);
    double t = 0.42 + 0.5 * i / (BACK_SLATS - 1);
    double y = 0.5 * depth - 0.028 + lean * t, z = seat + back * t;
    dio_mesh_builder_add_rounded_box (builder, dio_vec3 (0, y, z), dio_vec3 (length, 0.030, 0.092),
                                      0.006);
  }
}

void
dio_parametric_build_bench (DioParametricMake *make)
{
  const double *v = make->values, length = v[DIO_BENCH_LENGTH], seat = v[DIO_BENCH_SEAT];
  const double depth = 0.46, back = 0.42;
  static const uint8_t stains[][3] = {
    { 214, 176, 132 }, { 150, 106, 74 }, { 168, 164, 156 }, { 74, 106, 74 }
  };
  const uint8_t *stain = stains[(guint) v[DIO_BENCH_COLOR]];
  const DioMaterialLook wood_look = {
    "slats", stain[0], stain[1], stain[2], 1, 0, dio_street_get_surface (DIO_STREET_WOOD)
  };
  const DioMaterialLook iron_look = {
    "frame", 44, 46, 48, 1.2f, 0, dio_street_get_surface (DIO_STREET_PAINTED_METAL)
  };
  g_auto (DioMeshBuilder) builder;
  dio_mesh_builder_init (&builder);
  add_slats (&builder, length, seat, depth, back);
  dio_parametric_take_part (make, &builder, &wood_look);
  guint n = length > 2.2 ? 3 : 2;
  for (guint i = 0; i < n; i++)
    add_frame (&builder, (length / 2 - 0.16) * (2.0 * i / (n - 1) - 1), seat, depth, back);
  dio_parametric_take_part (make, &builder, &iron_look);
}
