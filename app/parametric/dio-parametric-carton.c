#define G_LOG_DOMAIN "dio-parametric"

/* The gable-top milk carton: a body with rounded uprights, a roof of two slopes under a sealed fin, ends
 * folded inwards between the slopes, and a screw cap on the front slope. */

#include "dio-parametric-lathe-private.h"
#include "dio-parametric-private.h"

#include "dio-core-math.h"
#include "dio-core-pose.h"
#include "dio-core-vec.h"

static const DioMaterialLook print_look = { "print", 226, 232, 238, 0.5f, 0 };
static const DioMaterialLook cap_look = { "cap", 196, 44, 52, 0.4f, 0 };

/* A rounded upright has an even number of steps, so that a point lies on its diagonal: there the slope
 * meets the folded end. */
#define CORNER_STEPS 4
#define CORNER_POINTS (CORNER_STEPS + 1)
#define RING_POINTS (4 * CORNER_POINTS)
#define EDGE_STEPS 3

typedef struct {
  double half_width, half_depth, height;
  double body_z, ridge_z; /* where the slopes begin, and where they end at the fin */
  double rounding;        /* radius of the uprights */
  double half_fin;
  DioVec3 ring[RING_POINTS]; /* at body_z, counter-clockwise from above, from the front left */
  DioVec3 ring_normals[RING_POINTS];  /* level */
  double ring_along[RING_POINTS + 1]; /* metres round the body */
} Carton;

static void
fill_ring (Carton *carton)
{
  static const double signs[4][2] = { { -1, -1 }, { 1, -1 }, { 1, 1 }, { -1, 1 } };
  for (guint i = 0; i < RING_POINTS; i++) {
    guint corner = i / CORNER_POINTS;
    double step = (double) (i % CORNER_POINTS) / CORNER_STEPS;
    double angle = DIO_PI / 2 * (2 + corner + step);
    DioVec3 normal = { dio_cos (angle), dio_sin (angle), 0 };
    double x = signs[corner][0] * (carton->half_width - carton->rounding);
    double y = signs[corner][1] * (carton->half_depth - carton->rounding);
    carton->ring_normals[i] = normal;
    carton->ring[i] =
        dio_vec3_add (dio_vec3 (x, y, carton->body_z), dio_vec3_scale (normal, carton->rounding));
  }
  for (guint i = 0; i < RING_POINTS; i++) {
    DioVec3 side = dio_vec3_sub (carton->ring[(i + 1) % RING_POINTS], carton->ring[i]);
    carton->ring_along[i + 1] = carton->ring_along[i] + dio_vec3_length (side);
  }
}

static void
lay_out_carton (Carton *carton, const double *values)
{
  double width = values[DIO_CARTON_WIDTH], depth = values[DIO_CARTON_DEPTH];
  double gable = MIN (values[DIO_CARTON_GABLE], 0.5 * values[DIO_CARTON_HEIGHT]);
  *carton = (Carton){
    .half_width = width / 2,
    .half_depth = depth / 2,
    .height = values[DIO_CARTON_HEIGHT],
    .body_z = values[DIO_CARTON_HEIGHT] - gable,
    .ridge_z = values[DIO_CARTON_HEIGHT] - 0.3 * gable,
    .rounding = MIN (0.003, 0.08 * MIN (width, depth)),
    .half_fin = MIN (0.0012, 0.03 * depth),
  };
  fill_ring (carton);
}

/* The level ring drawn in by @inset at height @z, with normals tilted down by @down (0 level, 1 down). */
static uint32_t
add_ring (DioMeshBuilder *builder, const Carton *carton, double z, double inset, double down)
{
  uint32_t first = 0;
  for (guint i = 0; i <= RING_POINTS; i++) {
    DioVec3 normal = carton->ring_normals[i % RING_POINTS];
    DioVec3 point = carton->ring[i % RING_POINTS];
    point = dio_vec3_sub (point, dio_vec3_scale (normal, inset));
    DioBuilderVertex vertex = {
      .position = { point.x, point.y, z },
      .normal = { normal.x * sqrt (1 - down * down), normal.y * sqrt (1 - down * down), -down },
      .u = carton->ring_along[i] / DIO_TEXTURE_TILE_M,
      .v = -z / DIO_TEXTURE_TILE_M,
    };
    uint32_t index = dio_mesh_builder_add_vertex (builder, &vertex);
    if (i == 0)
      first = index;
  }
  return first;
}

static void
add_body (DioMeshBuilder *builder, const Carton *carton)
{
  double edge = 0.5 * carton->rounding;
  uint32_t lower = 0;
  for (guint k = 0; k <= EDGE_STEPS + 1; k++) {
    double angle = DIO_PI / 2 * MIN (k, EDGE_STEPS) / EDGE_STEPS;
    double level = dio_sin (angle), down = k >= EDGE_STEPS ? 0 : dio_cos (angle);
    double z = k > EDGE_STEPS ? carton->body_z : edge * (1 - down);
    uint32_t upper = add_ring (builder, carton, z, edge * (1 - level), down);
    for (guint i = 0; k > 0 && i < RING_POINTS; i++)
      dio_mesh_builder_add_quad (builder, lower + i, lower + i + 1, upper + i + 1, upper + i);
    lower = upper;
  }

  DioVec3 bottom[RING_POINTS];
  for (guint i = 0; i < RING_POINTS; i++) {
    guint k = RING_POINTS - 1 - i;
    bottom[i] = dio_vec3_sub (carton->ring[k], dio_vec3_scale (carton->ring_normals[k], edge));
    bottom[i].z = 0;
  }
  dio_mesh_builder_add_panel (builder, bottom, RING_POINTS, dio_vec3 (0, 0, -1),
                              dio_vec3 (1, 0, 0));
}

/* A panel with the mean normal of its outline (Newell's sums) and u running level. */
static void
add_sheet (DioMeshBuilder *builder, const DioVec3 *points, guint n)
{
  DioVec3 sum = { 0 };
  for (guint i = 0; i < n; i++)
    sum = dio_vec3_add (sum, dio_vec3_cross (points[i], points[(i + 1) % n]));
  DioVec3 normal = dio_vec3_normalize (sum);
  DioVec3 level = dio_vec3_normalize (dio_vec3_cross (dio_vec3 (0, 0, 1), normal));
  if (dio_vec3_length (level) == 0)
    level = dio_vec3 (1, 0, 0);
  dio_mesh_builder_add_panel (builder, points, n, normal, level);
}

/* The points of the ring from the diagonal of corner @corner to that of the next one. */
static void
copy_ring_side (const Carton *carton, guint corner, DioVec3 points[static CORNER_POINTS + 1])
{
  for (guint i = 0; i <= CORNER_POINTS; i++)
    points[i] = carton->ring[(corner * CORNER_POINTS + CORNER_STEPS / 2 + i) % RING_POINTS];
}

/* Triangles from @apex over the pieces @first .. @end - 1 of a side's points, each with its own normal. */
static void
add_fan (DioMeshBuilder *builder, DioVec3 apex, const DioVec3 *points, guint first, guint end)
{
  for (guint i = first; i < end; i++) {
    const DioVec3 triangle[3] = { apex, points[i], points[i + 1] };
    add_sheet (builder, triangle, 3);
  }
}

/* A slope over the side of the ring that starts at @corner: the flat middle reaches to both ends of the
 * ridge, the rounded corners run to a point at its near end. */
static void
add_slope (DioMeshBuilder *builder, const Carton *carton, guint corner, DioVec3 from, DioVec3 to)
{
  const guint middle = CORNER_STEPS / 2;
  DioVec3 points[CORNER_POINTS + 1];
  copy_ring_side (carton, corner, points);
  add_fan (builder, from, points, 0, middle);
  const DioVec3 flat[4] = { from, points[middle], points[middle + 1], to };
  add_sheet (builder, flat, 4);
  add_fan (builder, to, points, middle + 1, CORNER_POINTS);
}

/* An end folded inwards: the sunk triangle, the two flaps under the edges of the slopes, and the sliver
 * under the fin. @first and @last are the ridge's ends at this side in the order of the ring. */
static void
add_folded_end (
    DioMeshBuilder *builder, const Carton *carton, guint corner, DioVec3 first, DioVec3 last)
{
  double rise = carton->ridge_z - carton->body_z;
  DioVec3 fold = { 0.62 * first.x, 0, carton->body_z + 0.88 * rise };
  DioVec3 points[CORNER_POINTS + 1];
  copy_ring_side (carton, corner, points);
  add_fan (builder, fold, points, 0, CORNER_POINTS);

  const DioVec3 near_flap[3] = { points[0], fold, first };
  const DioVec3 far_flap[3] = { points[CORNER_POINTS], last, fold };
  const DioVec3 under_fin[3] = { first, fold, last };
  add_sheet (builder, near_flap, 3);
  add_sheet (builder, far_flap, 3);
  add_sheet (builder, under_fin, 3);
}

static void
add_fin (DioMeshBuilder *builder, const Carton *carton, const DioVec3 ridge[static 4])
{
  DioVec3 top[4];
  for (guint i = 0; i < 4; i++)
    top[i] = dio_vec3 (ridge[i].x, ridge[i].y, carton->height);
  for (guint i = 0; i < 4; i++) {
    guint next = (i + 1) % 4;
    const DioVec3 side[4] = { ridge[i], ridge[next], top[next], top[i] };
    add_sheet (builder, side, 4);
  }
  add_sheet (builder, top, 4);
}

static void
add_roof (DioMeshBuilder *builder, const Carton *carton)
{
  double x = carton->half_width, y = carton->half_fin, z = carton->ridge_z;
  /* Counter-clockwise from above: front left, front right, back right, back left. */
  const DioVec3 ridge[4] = { { -x, -y, z }, { x, -y, z }, { x, y, z }, { -x, y, z } };
  add_slope (builder, carton, 0, ridge[0], ridge[1]);
  add_folded_end (builder, carton, 1, ridge[1], ridge[2]);
  add_slope (builder, carton, 2, ridge[2], ridge[3]);
  add_folded_end (builder, carton, 3, ridge[3], ridge[0]);
  add_fin (builder, carton, ridge);
}

static void
add_cap (DioMeshBuilder *builder, const Carton *carton)
{
  const double upper[2] = { 0, DIO_PI / 2 };
  double run = carton->half_depth - carton->half_fin, rise = carton->ridge_z - carton->body_z;
  double slope = sqrt (run * run + rise * rise);
  double radius = MIN (0.18 * 2 * carton->half_width, 0.2 * 2 * carton->half_depth);
  radius = MIN (radius, 0.32 * slope);
  double stands_out = MIN (0.75 * radius, 0.25 * (carton->height - carton->body_z));
  double sunk = 0.2 * stands_out, bevel = 0.15 * stands_out, top = sunk + stands_out;

  g_auto (DioProfile) profile;
  dio_profile_init (&profile, 0, 0);
  dio_profile_line_to (&profile, radius, 0);
  dio_profile_line_to (&profile, radius, top - bevel);
  dio_profile_arc (&profile, radius - bevel, top - bevel, upper, 3);
  dio_profile_line_to (&profile, 0, top);

  /* Z along the front slope's normal, Y up the slope. */
  DioVec3 up = { 0, run / slope, rise / slope }, out = { 0, -rise / slope, run / slope };
  DioVec3 foot = { 0, -carton->half_depth + 0.5 * run, carton->body_z + 0.5 * rise };
  foot = dio_vec3_sub (foot, dio_vec3_scale (out, sunk));
  builder->placement =
      (DioMat4){ { 1, 0, 0, 0, 0, up.y, up.z, 0, 0, out.y, out.z, 0, foot.x, foot.y, foot.z, 1 } };
  dio_lathe_add (builder, &profile, 0, profile.pieces->len, radius);
}

void
dio_parametric_build_carton (DioParametricMake *make)
{
  const double *values = make->values;
  Carton carton;
  lay_out_carton (&carton, values);
  g_auto (DioMeshBuilder) builder;
  dio_mesh_builder_init (&builder);
  add_body (&builder, &carton);
  add_roof (&builder, &carton);
  dio_parametric_take_part (make, &builder, &print_look);
  add_cap (&builder, &carton);
  dio_parametric_take_part (make, &builder, &cap_look);
}
