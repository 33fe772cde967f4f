#define G_LOG_DOMAIN "dio-parametric"

/* Where two roads meet: asphalt, and round every corner a kerb and pavement that go on where those of the roads
 * end. The ends lie half the width of the lanes plus the radius from the middle; there a road of the same lanes,
 * kerb and pavement begins. On a closed side the pavement fills all of that. About 2,500 triangles. */

#include "dio-parametric-building-private.h"

#include "dio-core-math.h"
#include "dio-core-vec.h"
#include "dio-parametric-mesh-shapes-private.h"
#include "dio-parametric-surface-street-private.h"

#define STONE_M 1.0
#define STONE_GAP_M 0.008
/* Vertices of paving stand so far apart. */
#define CELL_M 0.7

typedef struct {
  double half_width, radius, half; /* of the lanes; of the corners; from the middle to the ends */
  double kerb, pavement;
  gboolean closed; /* towards +X */
} Junction;

/* The line along which a kerb runs: a quarter of a circle about a corner of the square, or the closed side. */
typedef struct {
  const Junction *junction;
  double sx, sy; /* of the corner; 0 = the closed side */
  double length;
} Edge;

/* A line of a cross-section from (a[0], a[1]) to (b[0], b[1]): metres from the edge away from the road, and up. */
typedef struct {
  double a[2], b[2];
} Flank;

/* The point at @s metres along the edge, and the direction to the road there. Walking on, the road is to the right. */
static DioVec3
get_edge_point (const Edge *edge, double s, DioVec3 *to_road)
{
  const Junction *j = edge->junction;
  if (edge->sx == 0) {
    *to_road = dio_vec3 (-1, 0, 0);
    return dio_vec3 (j->half_width, s - j->half, 0);
  }
  double angle = s / j->radius;
  if (edge->sx * edge->sy < 0)
    angle = DIO_PI / 2 - angle;
  *to_road = dio_vec3 (-edge->sx * dio_sin (angle), -edge->sy * dio_cos (angle), 0);
  return dio_vec3_add (dio_vec3 (edge->sx * j->half, edge->sy * j->half, 0),
                       dio_vec3_scale (*to_road, j->radius));
}

/* One vertex; @place is in the cross-section, u and v lie flat where the flank does. */
static uint32_t
add_point (
    DioMeshBuilder *builder, const Edge *edge, double s, const Flank *flank, const double *place)
{
  DioVec3 to_road;
  DioVec3 at = get_edge_point (edge, s, &to_road);
  DioVec3 position = dio_vec3_sub (at, dio_vec3_scale (to_road, place[0]));
  position.z = place[1];
  double away = flank->b[0] - flank->a[0], up = flank->b[1] - flank->a[1];
  double length = sqrt (away * away + up * up);
  DioVec3 normal = dio_vec3_scale (to_road, up / length);
  normal.z = away / length;
  gboolean flat = fabs (away) > fabs (up);
  DioBuilderVertex vertex = { .position = position,
                              .normal = normal,
                              .u = (flat ? position.x : s) / DIO_TEXTURE_TILE_M,
                              .v = (flat ? -position.y : -position.z) / DIO_TEXTURE_TILE_M };
  return dio_mesh_builder_add_vertex (builder, &vertex);
}

/* The surface that @flank leaves from @s0 to @s1. */
static void
add_flank (DioMeshBuilder *builder, const Edge *edge, const Flank *flank, double s0, double s1)
{
  guint n = (guint) MAX (1, ceil ((s1 - s0) / 0.35));
  for (guint i = 0; i < n; i++) {
    double from = s0 + (s1 - s0) * i / n, to = s0 + (s1 - s0) * (i + 1) / n;
    dio_mesh_builder_add_quad (builder, add_point (builder, edge, from, flank, flank->a),
                               add_point (builder, edge, from, flank, flank->b),
                               add_point (builder, edge, to, flank, flank->b),
                               add_point (builder, edge, to, flank, flank->a));
  }
}

static void
add_kerb (DioMeshBuilder *builder, const Edge *edge)
{
  const double h = edge->junction->kerb, r = MIN (0.02, 0.4 * h);
  const Flank flanks[] = { { { 0, 0 }, { 0, h - r } },
                           { { 0, h - r }, { 0.3 * r, h - 0.3 * r } },
                           { { 0.3 * r, h - 0.3 * r }, { r, h } },
                           { { r, h }, { DIO_KERB_WIDTH_M, h } },
                           { { DIO_KERB_WIDTH_M, h }, { DIO_KERB_WIDTH_M, 0 } } };
  guint n = (guint) MAX (1, floor (edge->length / STONE_M + 0.5));
  double stone = edge->length / n;
  for (guint i = 0; i < n; i++) {
    float tone =
        0.90f + 0.14f * (float) dio_noise_uniform (19, i, (uint32_t) (4 + 2 * edge->sx + edge->sy));
    builder->tint[0] = builder->tint[1] = builder->tint[2] = tone;
    for (guint k = 0; k < G_N_ELEMENTS (flanks); k++)
      add_flank (builder, edge, &flanks[k], stone * i + STONE_GAP_M / 2,
                 stone * (i + 1) - STONE_GAP_M / 2);
  }
}

static void
add_pavement (DioMeshBuilder *builder, const Edge *edge)
{
  const Junction *j = edge->junction;
  double from = DIO_KERB_WIDTH_M + 0.004, top = j->kerb - 0.004;
  double width = edge->sx == 0 ? j->radius - from : j->pavement;
  guint n = (guint) MAX (1, ceil (width / CELL_M));
  for (guint i = 0; i < n; i++) {
    const Flank strip = { { from + width * i / n, top }, { from + width * (i + 1) / n, top } };
    add_flank (builder, edge, &strip, 0, edge->length);
  }
  const Flank back = { { from + width, top }, { from + width, 0 } };
  add_flank (builder, edge, &back, 0, edge->length);
}

static void
add_asphalt (DioParametricMake *make, const Junction *j)
{
  const DioMaterialLook look = {
    "asphalt", 255, 255, 255, 1, 0, dio_street_get_surface (DIO_STREET_ASPHALT)
  };
  const DioPatch patch = {
    { -j->half, -j->half, 0 }, { 1, 0, 0 }, { 0, 1, 0 }, 2 * j->half, 2 * j->half, 1.2
  };
  g_auto (DioMeshBuilder) builder;
  dio_mesh_builder_init (&builder);
  dio_mesh_builder_add_patch (&builder, &patch);
  dio_mesh_builder_vary_tint (&builder, 4.3, 0.10f, 73);
  dio_parametric_take_part (make, &builder, &look);
}

void
dio_parametric_build_junction (DioParametricMake *make)
{
  const double *v = make->values;
  Junction j = { .half_width = v[DIO_JUNCTION_LANES] * v[DIO_JUNCTION_LANE] / 2,
                 .radius = v[DIO_JUNCTION_RADIUS],
                 .kerb = v[DIO_JUNCTION_KERB],
                 .closed = v[DIO_JUNCTION_ARMS] > 0.5 };
  j.half = j.half_width + j.radius;
  j.pavement = MIN (v[DIO_JUNCTION_PAVEMENT], j.radius - DIO_KERB_WIDTH_M - 0.004);
  const DioMaterialLook kerb_look = {
    "kerb", 226, 224, 220, 1, 0, dio_street_get_surface (DIO_STREET_CONCRETE)
  };
  const DioMaterialLook slab_look = {
    "pavement", 255, 252, 246, 1, 0, dio_street_get_surface (DIO_STREET_PAVING)
  };
  add_asphalt (make, &j);
  double quarter = DIO_PI / 2 * j.radius;
  const Edge crossing[] = {
    { &j, -1, -1, quarter }, { &j, -1, 1, quarter }, { &j, 1, -1, quarter }, { &j, 1, 1, quarter }
  };
  const Edge closed[] = { { &j, -1, -1, quarter },
                          { &j, -1, 1, quarter },
                          { &j, 0, 0, 2 * j.half } };
  g_auto (DioMeshBuilder) kerbs, slabs;
  dio_mesh_builder_init (&kerbs);
  dio_mesh_builder_init (&slabs);
  for (guint i = 0; i < (j.closed ? G_N_ELEMENTS (closed) : G_N_ELEMENTS (crossing)); i++) {
    const Edge *edge = j.closed ? &closed[i] : &crossing[i];
    add_kerb (&kerbs, edge);
    if (j.pavement > 0)
      add_pavement (&slabs, edge);
  }
  dio_mesh_builder_vary_tint (&slabs, 2.7, 0.12f, 74);
  dio_parametric_take_part (make, &kerbs, &kerb_look);
  if (slabs.triangles->len > 0)
    dio_parametric_take_part (make, &slabs, &slab_look);
}
