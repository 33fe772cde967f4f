#define G_LOG_DOMAIN "dio-parametric"

/* Vessels: mug, bottle, bowl. */

#include "dio-parametric-lathe-private.h"
#include "dio-parametric-private.h"
#include "dio-parametric-surface-indoor-private.h"

#include "dio-core-math.h"
#include "dio-core-vec.h"

static const DioMaterialLook mug_look = { "ceramic", 70, 120, 178, 0.3f, 0 };
static const DioMaterialLook bowl_look = { "ceramic", 232, 226, 212, 0.3f, 0 };
static const DioMaterialLook bottle_look = { "body", 40, 110, 66, 0.15f, 0 };
static const DioMaterialLook cap_look = { "cap", 206, 54, 44, 0.4f, 0 };
static const DioMaterialLook label_look = { "label", 244, 240, 228, 1, 0, &dio_surface_label };

static const double lower_right[2] = { -DIO_PI / 2, 0 };
static const double upper_right[2] = { 0, DIO_PI / 2 };
/* Over a rim from the outer wall to the inner one, and round the inner edge of a floor. */
static const double over_rim[2] = { 0, DIO_PI };
static const double inner_right[2] = { 0, -DIO_PI / 2 };

/* A C-shaped handle of an elliptic section, on the +X side. */
typedef struct {
  double wall_radius;            /* its ends lie on a cylinder of this radius, inside the wall */
  double center_z, half_height;  /* of the middle line's ends */
  double reach;                  /* from wall_radius to the farthest point of the middle line */
  double half_width, half_thick; /* of the section: along Y and in the plane of the C */
} Handle;

#define HANDLE_STEPS 28
#define HANDLE_SIDES 20

/* Middle line, its unit tangent and how much the section is widened at step @step: half an ellipse, whose
 * ends leave the wall at right angles, with a flare where it grows out of the wall. */
static void
get_handle_section (
    const Handle *handle, guint step, DioVec3 *center, DioVec3 *tangent, double *flare)
{
  double angle = DIO_PI * step / HANDLE_STEPS;
  double c = dio_cos (angle), s = dio_sin (angle);
  *center = dio_vec3 (handle->wall_radius + handle->reach * s, 0,
                      handle->center_z + handle->half_height * c);
  *tangent = dio_vec3_normalize (dio_vec3 (handle->reach * c, 0, -handle->half_height * s));
  double depth = 1 - MIN (1, s / 0.45);
  *flare = 1 + 0.45 * depth * depth;
}

static DioVec3
get_handle_point (const Handle *handle, guint step, guint side, DioVec3 *normal)
{
  DioVec3 center, tangent;
  double flare;
  get_handle_section (handle, step, &center, &tangent, &flare);
  DioVec3 across = dio_vec3 (0, 1, 0);
  DioVec3 away = dio_vec3_cross (across, tangent);
  double angle = 2 * DIO_PI * (side % HANDLE_SIDES) / HANDLE_SIDES;
  double c = dio_cos (angle), s = dio_sin (angle);
  double wide = handle->half_width * flare, thick = handle->half_thick * flare;
  *normal = dio_vec3_normalize (
      dio_vec3_add (dio_vec3_scale (across, c / wide), dio_vec3_scale (away, s / thick)));
  DioVec3 point = dio_vec3_add (
      center, dio_vec3_add (dio_vec3_scale (across, c * wide), dio_vec3_scale (away, s * thick)));
  /* The ends follow the round of the wall, so that nothing shows on its inside. */
  if (step == 0 || step == HANDLE_STEPS)
    point.x = sqrt (handle->wall_radius * handle->wall_radius - point.y * point.y);
  return point;
}

/* Closes an end with a fan inside the wall, where nobody sees it. */
static void
add_handle_end (DioMeshBuilder *builder, const Handle *handle, guint step)
{
  DioVec3 inwards = dio_vec3 (-1, 0, 0), ignored;
  DioVec3 points[HANDLE_SIDES];
  for (guint i = 0; i < HANDLE_SIDES; i++) {
    guint side = step == 0 ? i : HANDLE_SIDES - i;
    points[i] = get_handle_point (handle, step, side, &ignored);
  }
  dio_mesh_builder_add_panel (builder, points, HANDLE_SIDES, inwards, dio_vec3 (0, 1, 0));
}

static void
add_handle (DioMeshBuilder *builder, const Handle *handle)
{
  uint32_t rings[2][HANDLE_SIDES + 1] = { { 0 } };
  double along = 0;
  DioVec3 last_center = { 0 };
  for (guint step = 0; step <= HANDLE_STEPS; step++) {
    DioVec3 center, tangent;
    double flare;
    get_handle_section (handle, step, &center, &tangent, &flare);
    if (step > 0)
      along += dio_vec3_length (dio_vec3_sub (center, last_center));
    last_center = center;
    uint32_t *ring = rings[step % 2], *before = rings[(step + 1) % 2];
    for (guint side = 0; side <= HANDLE_SIDES; side++) {
      DioBuilderVertex vertex = { .v = along / DIO_TEXTURE_TILE_M };
      vertex.position = get_handle_point (handle, step, side, &vertex.normal);
      vertex.u = (double) side / HANDLE_SIDES * DIO_PI * (handle->half_width + handle->half_thick)
                 / DIO_TEXTURE_TILE_M;
      ring[side] = dio_mesh_builder_add_vertex (builder, &vertex);
    }
    for (guint side = 0; step > 0 && side < HANDLE_SIDES; side++)
      dio_mesh_builder_add_quad (builder, before[side], ring[side], ring[side + 1],
                                 before[side + 1]);
  }
  add_handle_end (builder, handle, 0);
  add_handle_end (builder, handle, HANDLE_STEPS);
}

static void
draw_mug (DioProfile *profile, double radius, double height, double wall)
{
  double edge = 0.12 * radius;
  double floor_z = 1.3 * wall;
  double inner = radius - wall;
  double fillet = MIN (0.3 * inner, 0.4 * (height - floor_z));
  dio_profile_init (profile, 0, 0);
  dio_profile_line_to (profile, radius - edge, 0);
  dio_profile_arc (profile, radius - edge, edge, lower_right, 5);
  dio_profile_line_to (profile, radius, height - wall / 2);
  dio_profile_arc (profile, radius - wall / 2, height - wall / 2, over_rim, 8);
  dio_profile_line_to (profile, inner, floor_z + fillet);
  dio_profile_arc (profile, inner - fillet, floor_z + fillet, inner_right, 6);
  dio_profile_line_to (profile, 0, floor_z);
}

void
dio_parametric_build_mug (DioParametricMake *make)
{
  const double *values = make->values;
  double radius = values[DIO_MUG_RADIUS], height = values[DIO_MUG_HEIGHT];
  double wall = MIN (values[DIO_MUG_WALL], 0.2 * MIN (radius, height));
  double size = values[DIO_MUG_HANDLE_SCALE] * MIN (radius, 0.45 * height);
  g_auto (DioProfile) profile;
  g_auto (DioMeshBuilder) builder;

  draw_mug (&profile, radius, height, wall);
  dio_mesh_builder_init (&builder);
  dio_lathe_add (&builder, &profile, 0, profile.pieces->len, radius);
  Handle handle = {
    .wall_radius = radius - wall / 2,
    .center_z = 0.52 * height,
    /* Its ends stay on the straight part of the wall. */
    .half_height = MIN (0.7 * size, 0.29 * height),
    .reach = 0.78 * size,
    .half_width = 0.16 * size,
    .half_thick = 0.095 * size,
  };
  add_handle (&builder, &handle);
  dio_parametric_take_part (make, &builder, &mug_look);
}

#define CURVE_STEPS 16

/* A quarter of an ellipse from the foot, level, to the rim, upright; walked downwards for the inside. */
static void
draw_bowl_side (DioProfile *profile,
                double foot_radius,
                double foot_z,
                double rim_radius,
                double rim_z,
                gboolean inside)
{
  DioProfileSample samples[CURVE_STEPS + 1];
  double reach = rim_radius - foot_radius, rise = rim_z - foot_z;
  for (guint i = 0; i <= CURVE_STEPS; i++) {
    double t = DIO_PI / 2 * i / CURVE_STEPS;
    double c = dio_cos (t), s = dio_sin (t);
    double sign = inside ? -1 : 1;
    samples[inside ? CURVE_STEPS - i : i] = (DioProfileSample){
      .r = foot_radius + reach * s,
      .z = foot_z + rise * (1 - c),
      .normal_r = sign * rise * s,
      .normal_z = -sign * reach * c,
    };
  }
  dio_profile_curve (profile, samples, CURVE_STEPS + 1);
}

void
dio_parametric_build_bowl (DioParametricMake *make)
{
  const double *values = make->values;
  double radius = values[DIO_BOWL_RADIUS], height = values[DIO_BOWL_HEIGHT];
  double wall = MIN (values[DIO_BOWL_WALL], 0.15 * MIN (radius, height));
  double foot = 0.46 * radius, ring_z = 0.9 * wall, bevel = 0.25 * wall;
  g_auto (DioProfile) profile;
  g_auto (DioMeshBuilder) builder;

  dio_profile_init (&profile, 0, 0);
  dio_profile_line_to (&profile, foot - bevel, 0);
  dio_profile_arc (&profile, foot - bevel, bevel, lower_right, 3);
  dio_profile_line_to (&profile, foot, ring_z);
  draw_bowl_side (&profile, foot, ring_z, radius, height - wall / 2, FALSE);
  dio_profile_arc (&profile, radius - wall / 2, height - wall / 2, over_rim, 8);
  draw_bowl_side (&profile, 0.7 * foot, ring_z + wall, radius - wall, height - wall / 2, TRUE);
  dio_profile_line_to (&profile, 0, profile.z);

  dio_mesh_builder_init (&builder);
  dio_lathe_add (&builder, &profile, 0, profile.pieces->len, radius);
  dio_parametric_take_part (make, &builder, &bowl_look);
}

/* An S from (r0, z0), upright, to (r1, z1), upright: the smooth step 3 t^2 - 2 t^3. */
static guint
draw_shoulder (DioProfile *profile, double r1, double z1)
{
  DioProfileSample samples[CURVE_STEPS + 1];
  double r0 = profile->r, z0 = profile->z;
  for (guint i = 0; i <= CURVE_STEPS; i++) {
    /* Denser at both ends, where an abrupt shoulder turns fastest. */
    double t = 0.5 - 0.5 * dio_cos (DIO_PI * i / CURVE_STEPS);
    double step = t * t * (3 - 2 * t), slope = 6 * t * (1 - t);
    samples[i] = (DioProfileSample){
      .r = r0 + (r1 - r0) * step,
      .z = z0 + (z1 - z0) * t,
      .normal_r = z1 - z0,
      .normal_z = -(r1 - r0) * slope,
    };
  }
  return dio_profile_curve (profile, samples, CURVE_STEPS + 1);
}

/* Where the pieces of the bottle's parts end; the body is two runs, under and over the label. */
typedef struct {
  guint label, upper, cap, end;
} BottleCuts;

static BottleCuts
draw_bottle (DioProfile *profile, const double *values)
{
  BottleCuts cuts;
  double radius = values[DIO_BOTTLE_RADIUS], height = values[DIO_BOTTLE_HEIGHT];
  double neck = MIN (values[DIO_BOTTLE_NECK_RADIUS], 0.85 * radius);
  double cap_radius = neck + MIN (0.002, 0.1 * neck);
  double cap_height = MIN (1.1 * cap_radius, 0.1 * height);
  double cap_z = height - cap_height;
  double shoulder_end = cap_z - 0.1 * height;
  /* From an abrupt shoulder to one that takes over half of what is there. */
  double shoulder_rise = (0.12 + 0.4 * values[DIO_BOTTLE_SHOULDER]) * shoulder_end;
  shoulder_rise = MAX (shoulder_rise, MIN (0.2 * (radius - neck), 0.6 * shoulder_end));
  double shoulder_z = shoulder_end - shoulder_rise;
  double edge = MIN (0.2 * radius, 0.2 * shoulder_z);
  double bevel = 0.12 * MIN (cap_radius, cap_height);

  dio_profile_init (profile, 0, 0);
  dio_profile_line_to (profile, radius - edge, 0);
  dio_profile_arc (profile, radius - edge, edge, lower_right, 6);
  cuts.label = dio_profile_line_to (profile, radius, edge + 0.15 * (shoulder_z - edge));
  cuts.upper = dio_profile_line_to (profile, radius, edge + 0.85 * (shoulder_z - edge));
  dio_profile_line_to (profile, radius, shoulder_z);
  draw_shoulder (profile, neck, shoulder_end);
  cuts.cap = dio_profile_line_to (profile, neck, cap_z);
  dio_profile_line_to (profile, cap_radius, cap_z);
  dio_profile_line_to (profile, cap_radius, height - bevel);
  dio_profile_arc (profile, cap_radius - bevel, height - bevel, upper_right, 3);
  cuts.end = dio_profile_line_to (profile, 0, height);
  return cuts;
}

void
dio_parametric_build_bottle (DioParametricMake *make)
{
  const double *values = make->values;
  double radius = values[DIO_BOTTLE_RADIUS];
  g_auto (DioProfile) profile;
  g_auto (DioMeshBuilder) builder;
  BottleCuts cuts = draw_bottle (&profile, values);

  dio_mesh_builder_init (&builder);
  dio_lathe_add (&builder, &profile, 0, cuts.label, radius);
  dio_lathe_add (&builder, &profile, cuts.upper, cuts.cap, radius);
  dio_parametric_take_part (make, &builder, &bottle_look);
  dio_lathe_add (&builder, &profile, cuts.cap, cuts.end, radius);
  dio_parametric_take_part (make, &builder, &cap_look);
  dio_lathe_add (&builder, &profile, cuts.label, cuts.upper, radius);
  dio_surface_stretch_label (&builder);
  dio_parametric_take_part (make, &builder, &label_look);
}
