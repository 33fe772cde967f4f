#define G_LOG_DOMAIN "dio-parametric"

/* Parked car and van: body, wheels, lights, mirrors, plates. About 10,000 triangles each. */

#include "dio-parametric-vehicle-private.h"

#include "dio-core-math.h"
#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-parametric-lettering-private.h"
#include "dio-parametric-mesh-shapes-private.h"
#include "dio-parametric-noise-private.h"
#include "dio-parametric-surface-street-private.h"
#include "dio-parametric-vehicle-table-private.h"

/* Shapes for a length of 1 would lose their proportions: these are of real size, and a length is met by stretching. */
static const DioVehicleShape shapes[] = {
  /* saloon, 4.50 m */
  { .top = { { { -2.25, 0.60 },
               { -2.21, 0.70 },
               { -2.05, 0.78 },
               { -1.6, 0.87 },
               { -1.02, 0.95 },
               { -0.62, 1.18 },
               { -0.25, 1.35 },
               { 0.10, 1.43 },
               { 0.55, 1.44 },
               { 0.95, 1.38 },
               { 1.35, 1.20 },
               { 1.68, 1.04 },
               { 2.12, 0.99 },
               { 2.22, 0.90 },
               { 2.25, 0.78 } },
             15 },
    .belt = { { { -2.25, 0.60 }, { -1.0, 0.88 }, { 0, 0.91 }, { 1.3, 0.96 }, { 2.25, 0.95 } }, 5 },
    .half_width = { { { -2.25, 0.66 },
                      { -2.20, 0.74 },
                      { -2.05, 0.82 },
                      { -1.6, 0.88 },
                      { -0.6, 0.90 },
                      { 0.8, 0.90 },
                      { 1.7, 0.87 },
                      { 2.1, 0.80 },
                      { 2.21, 0.74 },
                      { 2.25, 0.68 } },
                    10 },
    .bottom = 0.19,
    .axles = { -1.38, 1.32 },
    .wheel = 0.315,
    .arch = 0.365,
    .tumble = 0.34,
    .screen = { -1.02, -0.25 },
    .rear = { 0.95, 1.68 },
    .windows = { -0.80, 1.20 },
    .pillars = { 0.16 },
    .doors = { -0.92, 0.17, 1.02 } },
  /* hatchback, 4.10 m */
  { .top = { { { -2.05, 0.62 },
               { -2.01, 0.72 },
               { -1.86, 0.81 },
               { -1.5, 0.91 },
               { -1.05, 1.0 },
               { -0.65, 1.24 },
               { -0.28, 1.41 },
               { 0.10, 1.49 },
               { 0.7, 1.50 },
               { 1.30, 1.44 },
               { 1.55, 1.36 },
               { 1.80, 1.12 },
               { 1.92, 0.98 },
               { 2.01, 0.92 },
               { 2.05, 0.80 } },
             15 },
    .belt = { { { -2.05, 0.62 }, { -1.0, 0.92 }, { 0, 0.95 }, { 1.3, 1.01 }, { 2.05, 1.0 } }, 5 },
    .half_width = { { { -2.05, 0.66 },
                      { -2.0, 0.74 },
                      { -1.85, 0.81 },
                      { -1.45, 0.86 },
                      { -0.6, 0.875 },
                      { 0.8, 0.875 },
                      { 1.55, 0.85 },
                      { 1.92, 0.80 },
                      { 2.01, 0.75 },
                      { 2.05, 0.70 } },
                    10 },
    .bottom = 0.20,
    .axles = { -1.26, 1.24 },
    .wheel = 0.315,
    .arch = 0.365,
    .tumble = 0.30,
    .screen = { -1.05, -0.28 },
    .rear = { 1.55, 1.92 },
    .windows = { -0.82, 1.42 },
    .pillars = { 0.18, 1.0 },
    .doors = { -0.95, 0.19, 0.98 } },
  /* estate, 4.60 m */
  { .top = { { { -2.3, 0.62 },
               { -2.26, 0.72 },
               { -2.1, 0.80 },
               { -1.65, 0.89 },
               { -1.05, 0.98 },
               { -0.65, 1.21 },
               { -0.28, 1.39 },
               { 0.10, 1.47 },
               { 0.9, 1.49 },
               { 1.70, 1.45 },
               { 1.98, 1.36 },
               { 2.16, 1.10 },
               { 2.23, 0.98 },
               { 2.28, 0.90 },
               { 2.30, 0.78 } },
             15 },
    .belt = { { { -2.3, 0.62 }, { -1.0, 0.90 }, { 0, 0.93 }, { 1.3, 0.97 }, { 2.3, 0.98 } }, 5 },
    .half_width = { { { -2.3, 0.66 },
                      { -2.25, 0.75 },
                      { -2.1, 0.83 },
                      { -1.65, 0.89 },
                      { -0.6, 0.905 },
                      { 0.9, 0.905 },
                      { 1.8, 0.88 },
                      { 2.16, 0.83 },
                      { 2.27, 0.78 },
                      { 2.30, 0.73 } },
                    10 },
    .bottom = 0.20,
    .axles = { -1.40, 1.36 },
    .wheel = 0.325,
    .arch = 0.375,
    .tumble = 0.30,
    .screen = { -1.05, -0.28 },
    .rear = { 1.98, 2.23 },
    .windows = { -0.82, 1.88 },
    .pillars = { 0.18, 1.12 },
    .doors = { -0.95, 0.19, 1.10 } },
  /* van, 5.20 m */
  { .top = { { { -2.6, 0.70 },
               { -2.57, 0.84 },
               { -2.45, 1.0 },
               { -2.15, 1.14 },
               { -1.85, 1.24 },
               { -1.50, 1.62 },
               { -1.22, 1.90 },
               { -0.95, 2.03 },
               { -0.4, 2.10 },
               { 1.0, 2.12 },
               { 2.3, 2.10 },
               { 2.50, 2.06 },
               { 2.57, 1.95 },
               { 2.60, 1.80 } },
             14 },
    .belt = { { { -2.6, 0.70 }, { -1.9, 1.06 }, { -0.8, 1.12 }, { 1, 1.14 }, { 2.6, 1.14 } }, 5 },
    .half_width = { { { -2.6, 0.70 },
                      { -2.55, 0.79 },
                      { -2.4, 0.87 },
                      { -2.0, 0.94 },
                      { -1.2, 0.965 },
                      { 0.8, 0.97 },
                      { 2.2, 0.96 },
                      { 2.52, 0.93 },
                      { 2.58, 0.90 },
                      { 2.60, 0.87 } },
                    10 },
    .bottom = 0.24,
    .axles = { -1.68, 1.52 },
    .wheel = 0.34,
    .arch = 0.40,
    .tumble = 0.10,
    .screen = { -1.85, -1.22 },
    .rear = { 2.6, 2.6 },
    .windows = { -1.62, -0.55 },
    .pillars = { 0 },
    .doors = { -1.72, -0.50, 0.72 } },
};
enum { SHAPE_VAN = 3 };

/* ---- fitting a shape to a length and a height ---- */

static void
stretch_curve (DioVehicleCurve *curve, double along, double up)
{
  for (guint i = 0; i < curve->n; i++) {
    curve->at[i][0] *= along;
    curve->at[i][1] *= up;
  }
}

static void
stretch (double *values, guint n, double by)
{
  for (guint i = 0; i < n; i++)
    values[i] *= by;
}

static DioVehicleShape
fit_shape (guint which, double length, double up)
{
  DioVehicleShape s = shapes[which];
  double along = length / (s.top.at[s.top.n - 1][0] - s.top.at[0][0]);
  stretch_curve (&s.top, along, up);
  stretch_curve (&s.belt, along, up);
  stretch_curve (&s.half_width, along, 1);
  stretch (s.axles, 2, along);
  stretch (s.screen, 2, along);
  stretch (s.rear, 2, along);
  stretch (s.windows, 2, along);
  stretch (s.pillars, G_N_ELEMENTS (s.pillars), along);
  stretch (s.doors, G_N_ELEMENTS (s.doors), along);
  return s;
}

/* ---- plates ---- */

typedef struct {
  char text[8];
} Plate;

static void
shade_plate (DioTextureRow *row, const DioSurfaceRow *out, gconstpointer user)
{
  const Plate *plate = user;
  g_auto (DioLettering) lettering;
  dio_lettering_init (&lettering, plate->text);
  const float height = 0.62f, scale = 4.6f * 0.86f / (lettering.width * height);
  float y = (1 - (float) row->v - 0.19f) / height, edge = 0.75f * 4.6f * row->pixel / height;
  for (guint i = 0; i < row->size_px; i++) {
    float x = (row->u[i] * 4.6f - 4.6f * 0.07f) / (height * MIN (scale, 1));
    float ink =
        1 - dio_smoothstepf (-edge, edge, dio_lettering_get_distance (&lettering, x, y, 0.3f));
    float rim = MIN (MIN (row->u[i], 1 - row->u[i]) * 4.6f, (float) MIN (row->v, 1 - row->v));
    ink = MAX (ink, 1 - dio_smoothstepf (0.03f, 0.06f, rim));
    for (int c = 0; c < 3; c++)
      out->rgb[i][c] = dio_mixf (0.90f, 0.07f, ink);
    out->roughness[i] = 0.4f;
  }
}

#define PLATE_WIDTH_M 0.52
#define PLATE_HEIGHT_M 0.113

static void
add_plate_sheet (DioMeshBuilder *front, DioMeshBuilder *back, double y, double z, gboolean tail)
{
  double outline[4 * 3][2];
  dio_outline_fill_rectangle (outline, PLATE_WIDTH_M, PLATE_HEIGHT_M, 0.008, 2);
  DioSheet sheet = { .outline = (const double (*)[2]) outline,
                     .n = 12,
                     .thickness = 0.006,
                     .bevel = 0.001,
                     .n_rings = 1,
                     .u_origin = -PLATE_WIDTH_M / 2,
                     .v_origin = PLATE_WIDTH_M / 2,
                     .uv_per_m = 1 / PLATE_WIDTH_M };
  DioMat4 at = dio_mat4_translation (dio_vec3 (0, y, z));
  if (tail)
    at.m[0] = at.m[5] = -1;
  front->placement = back->placement = at;
  dio_mesh_builder_add_sheet_front (front, &sheet);
  dio_mesh_builder_add_sheet_back (back, &sheet);
  front->placement = back->placement = dio_mat4_identity ();
}

/* The picture is square in UVs: the plate lies in its middle band, so v is spread over it. */
static void
spread_plate (DioMeshBuilder *front)
{
  for (guint i = 0; i < front->vertices->len; i++) {
    DioBuilderVertex *vertex = &g_array_index (front->vertices, DioBuilderVertex, i);
    vertex->v = 0.5 + (vertex->v - 0.5) * PLATE_WIDTH_M / PLATE_HEIGHT_M;
  }
}

/* ---- lights, mirrors, handles ---- */

/* What is mounted, by what it is made of. */
typedef struct {
  DioVehicleSkin skin;
  DioMeshBuilder tyres, rims, plates;
} Vehicle;

/* The lamps' part on the flat end; the rest of them is in the body's skin. */
static void
add_lamps (DioMeshBuilder *builder, const DioVehicleShape *shape, gboolean tail, double width)
{
  double z[2], end = shape->top.at[tail ? shape->top.n - 1 : 0][0];
  dio_vehicle_get_lamp (shape, tail, z);
  double x = dio_vehicle_get_side (shape, end, (z[0] + z[1]) / 2) - width / 2 - 0.003;
  for (int side = -1; side <= 1; side += 2)
    dio_mesh_builder_add_chamfered_box (builder, dio_vec3 (side * x, end, (z[0] + z[1]) / 2),
                                        dio_vec3 (width, 0.012, z[1] - z[0]), 0.005);
}

static void
add_mirrors (Vehicle *v, const DioVehicleShape *shape)
{
  double y = shape->windows[0] + 0.06, z = dio_vehicle_curve_get (&shape->belt, y) + 0.07;
  double x = dio_vehicle_get_side (shape, y, z - 0.07);
  for (int side = -1; side <= 1; side += 2) {
    const DioLayer shell[] = {
      { side * (x + 0.09), y, z - 0.05, 0.17, 0.07, 0.03, TRUE },
      { side * (x + 0.09), y, z - 0.02, 0.21, 0.10, 0.04, FALSE },
      { side * (x + 0.09), y, z + 0.06, 0.20, 0.10, 0.04, FALSE },
      { side * (x + 0.085), y + 0.005, z + 0.09, 0.14, 0.06, 0.03, TRUE },
    };
    dio_mesh_builder_add_stack (&v->skin.paint, shell, G_N_ELEMENTS (shell));
    dio_mesh_builder_add_bar (&v->skin.dark, dio_vec3 (side * (x - 0.06), y, z - 0.05),
                              dio_vec3 (side * (x + 0.05), y, z - 0.01), 0.022, 10);
    dio_mesh_builder_add_chamfered_box (&v->skin.glass,
                                        dio_vec3 (side * (x + 0.09), y + 0.048, z + 0.02),
                                        dio_vec3 (0.17, 0.012, 0.10), 0.004);
  }
}

static void
add_handles (Vehicle *v, const DioVehicleShape *shape)
{
  for (guint i = 1; i < G_N_ELEMENTS (shape->doors) && shape->doors[i] != 0; i++) {
    double y = shape->doors[i] - 0.16, z = dio_vehicle_curve_get (&shape->belt, y) - 0.10;
    for (int side = -1; side <= 1; side += 2)
      dio_mesh_builder_add_chamfered_box (
          &v->skin.paint, dio_vec3 (side * (dio_vehicle_get_side (shape, y, z) + 0.006), y, z),
          dio_vec3 (0.03, 0.17, 0.028), 0.010);
  }
}

/* Grille, air intake and bumpers of dark plastic on the flat ends. */
static void
add_ends (Vehicle *v, const DioVehicleShape *shape, gboolean van)
{
  const double nose = shape->top.at[0][0], tail = shape->top.at[shape->top.n - 1][0];
  const double front = shape->half_width.at[0][1],
               rear = shape->half_width.at[shape->half_width.n - 1][1];
  DioMeshBuilder *dark = &v->skin.dark;
  double z = shape->top.at[0][1] - 0.10;
  for (guint i = 0; i < 3; i++)
    dio_mesh_builder_add_chamfered_box (dark, dio_vec3 (0, nose - 0.004, z - 0.045 * i),
                                        dio_vec3 (0.95 * front, 0.05, 0.028), 0.006);
  dio_mesh_builder_add_rounded_box (dark, dio_vec3 (0, nose - 0.01, shape->bottom + 0.075),
                                    dio_vec3 (1.72 * front, 0.09, 0.11), 0.03);
  dio_mesh_builder_add_rounded_box (dark, dio_vec3 (0, tail + 0.01, shape->bottom + 0.085),
                                    dio_vec3 (1.80 * rear, 0.09, 0.14), 0.03);
  add_plate_sheet (&v->plates, dark, nose - 0.060, shape->bottom + 0.165, FALSE);
  add_plate_sheet (&v->plates, dark, tail + 0.016, van ? 0.72 : shape->bottom + 0.40, TRUE);
  add_lamps (&v->skin.lamps, shape, FALSE, 0.24);
  add_lamps (&v->skin.tails, shape, TRUE, van ? 0.12 : 0.26);
  if (!van)
    dio_mesh_builder_add_chamfered_box (dark, dio_vec3 (0, tail, shape->bottom + 0.30),
                                        dio_vec3 (1.9 * rear, 0.003, 0.008), 0.001);
  if (!van)
    return;
  /* Doors in the back of a van: two windows and the gap between them. */
  dio_mesh_builder_add_chamfered_box (dark, dio_vec3 (0, tail, 1.1), dio_vec3 (0.012, 0.012, 1.35),
                                      0.003);
  for (int side = -1; side <= 1; side += 2)
    dio_mesh_builder_add_rounded_box (&v->skin.glass, dio_vec3 (side * 0.40, tail, 1.46),
                                      dio_vec3 (0.62, 0.03, 0.44), 0.014);
}

static const uint8_t paints[][3] = { { 226, 228, 228 }, { 34, 36, 40 },  { 138, 142, 146 },
                                     { 150, 22, 28 },   { 28, 58, 116 }, { 52, 76, 60 },
                                     { 196, 178, 148 }, { 214, 150, 30 } };

static void
take_vehicle (DioParametricMake *make, Vehicle *v, guint color, float dirt, guint64 seed)
{
  const uint8_t *rgb = paints[color];
  const DioMaterialLook paint = {
    "paint", rgb[0], rgb[1], rgb[2], 0.24f + 0.4f * dirt, color == 2 ? 0.45f : 0.05f
  };
  const DioMaterialLook glass = { "glass", 22, 26, 28, 0.05f + 0.25f * dirt, 0 };
  const DioMaterialLook dark = { "trim", 28, 28, 30, 0.7f, 0 };
  const DioMaterialLook tyre = { "tyres", 26, 26, 27, 0.9f, 0 };
  const DioMaterialLook rim = { "rims", 176, 178, 182, 0.35f, 0.9f };
  const DioMaterialLook lamp = { "headlights", 206, 210, 216, 0.14f, 0.6f };
  const DioMaterialLook tail = { "tail-lights", 132, 10, 14, 0.15f, 0 };
  Plate number = { 0 };
  g_snprintf (number.text, sizeof number.text, "%s %04u", (seed & 1) != 0 ? "ST" : "TO",
              (guint) (dio_noise_hash (seed, 3, 4) % 10000));
  g_autofree char *key = g_strdup_printf ("plate %s", number.text);
  const DioSurface plate_surface = {
    .key = key, .width_px = 512, .height_px = 128, .shade = shade_plate, .user = &number
  };
  const DioMaterialLook plate = { "plates", 255, 255, 255, 1, 0, &plate_surface };
  dio_mesh_builder_soil (&v->skin.paint, 0.2, 0.7, 0.6f * dirt);
  dio_mesh_builder_vary_tint (&v->skin.paint, 0.6, 0.10f * dirt, seed);
  spread_plate (&v->plates);
  const struct {
    DioMeshBuilder *builder;
    const DioMaterialLook *look;
  } parts[] = { { &v->skin.paint, &paint }, { &v->skin.glass, &glass }, { &v->skin.dark, &dark },
                { &v->tyres, &tyre },       { &v->rims, &rim },         { &v->skin.lamps, &lamp },
                { &v->skin.tails, &tail },  { &v->plates, &plate } };
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    dio_parametric_take_part (make, parts[i].builder, parts[i].look);
    dio_mesh_builder_clear (parts[i].builder);
  }
}

static void
build_vehicle (DioParametricMake *make, Vehicle *v, const DioVehicleShape *shape, gboolean van)
{
  DioMeshBuilder *all[] = { &v->skin.paint, &v->skin.glass, &v->skin.dark,  &v->tyres,
                            &v->rims,       &v->skin.lamps, &v->skin.tails, &v->plates };
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    dio_mesh_builder_init (all[i]);
  dio_vehicle_add_body (&v->skin, shape);
  dio_vehicle_add_wheels (&v->tyres, &v->rims, &v->skin.dark, shape);
  add_mirrors (v, shape);
  add_handles (v, shape);
  add_ends (v, shape, van);
}

void
dio_parametric_build_car (DioParametricMake *make)
{
  const double *values = make->values;
  DioVehicleShape shape =
      fit_shape ((guint) values[DIO_CAR_BODY], values[DIO_CAR_LENGTH], values[DIO_CAR_HEIGHT]);
  Vehicle vehicle;
  build_vehicle (make, &vehicle, &shape, FALSE);
  take_vehicle (make, &vehicle, (guint) values[DIO_CAR_COLOR], (float) values[DIO_CAR_DIRT],
                (guint64) values[DIO_CAR_SEED]);
}

void
dio_parametric_build_van (DioParametricMake *make)
{
  const double *values = make->values;
  DioVehicleShape shape = fit_shape (SHAPE_VAN, values[DIO_VAN_LENGTH], values[DIO_VAN_HEIGHT]);
  if (values[DIO_VAN_WINDOWS] > 0.5) {
    shape.windows[1] = 0.88 * shape.top.at[shape.top.n - 1][0];
    shape.pillars[0] = shape.doors[1];
    shape.pillars[1] = shape.doors[2];
  }
  Vehicle vehicle;
  build_vehicle (make, &vehicle, &shape, TRUE);
  take_vehicle (make, &vehicle, (guint) values[DIO_VAN_COLOR], (float) values[DIO_VAN_DIRT],
                (guint64) values[DIO_VAN_SEED]);
}
