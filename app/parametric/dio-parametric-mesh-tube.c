#define G_LOG_DOMAIN "dio-parametric"

/* Round bars along a way: the ring of one point is carried on to the next without twist. */

#include "dio-core-math.h"
#include "dio-core-vec.h"
#include "dio-parametric-mesh-shapes-private.h"

typedef struct {
  DioMeshBuilder *builder;
  const DioTube *tube;
  double girth_tiles;
  double slope; /* how fast the radius shrinks along the way */
} Tube;

typedef struct {
  DioVec3 center, along, right, up;
  double radius, length;
} Ring;

static DioVec3
get_way (const DioTube *tube, guint i)
{
  guint before = i > 0 ? i - 1 : 0, after = MIN (i + 1, tube->n_points - 1);
  DioVec3 in =
      dio_vec3_normalize (dio_vec3_sub (tube->points[i], tube->points[i > 0 ? before : i]));
  DioVec3 out = dio_vec3_normalize (dio_vec3_sub (tube->points[after], tube->points[i]));
  return dio_vec3_normalize (dio_vec3_add (in, out));
}

static Ring
get_ring (const DioTube *tube, guint i, const Ring *last)
{
  Ring ring = { .center = tube->points[i], .along = get_way (tube, i) };
  double t = (double) i / (tube->n_points - 1);
  ring.radius = tube->radius[0] + (tube->radius[1] - tube->radius[0]) * t;
  DioVec3 guide = last != NULL                ? last->right
                  : fabs (ring.along.z) > 0.9 ? dio_vec3 (1, 0, 0)
                                              : dio_vec3 (0, 0, 1);
  ring.up = dio_vec3_normalize (dio_vec3_cross (ring.along, guide));
  ring.right = dio_vec3_cross (ring.up, ring.along);
  if (last != NULL)
    ring.length = last->length + dio_vec3_length (dio_vec3_sub (ring.center, last->center));
  return ring;
}

static DioVec3
get_side (const Tube *self, const Ring *ring, guint k)
{
  /* The last side is the first one to the bit. */
  double angle = 2 * DIO_PI * (k % self->tube->n_sides) / self->tube->n_sides;
  return dio_vec3_add (dio_vec3_scale (ring->right, dio_cos (angle)),
                       dio_vec3_scale (ring->up, dio_sin (angle)));
}

static uint32_t
add_ring (const Tube *self, const Ring *ring)
{
  uint32_t first = self->builder->vertices->len;
  for (guint k = 0; k <= self->tube->n_sides; k++) {
    DioVec3 side = get_side (self, ring, k);
    DioBuilderVertex vertex = {
      .position = dio_vec3_add (ring->center, dio_vec3_scale (side, ring->radius)),
      .normal = dio_vec3_normalize (dio_vec3_add (side, dio_vec3_scale (ring->along, self->slope))),
      .u = self->girth_tiles * k / self->tube->n_sides,
      .v = -ring->length / DIO_TEXTURE_TILE_M,
    };
    dio_mesh_builder_add_vertex (self->builder, &vertex);
  }
  return first;
}

static void
add_end (const Tube *self, const Ring *ring, gboolean last)
{
  DioVec3 normal = last ? ring->along : dio_vec3_scale (ring->along, -1);
  uint32_t first = self->builder->vertices->len;
  guint n = self->tube->n_sides;
  for (guint k = 0; k < n; k++) {
    DioVec3 side = get_side (self, ring, k);
    DioBuilderVertex vertex = {
      .position = dio_vec3_add (ring->center, dio_vec3_scale (side, ring->radius)),
      .normal = normal,
      .u = dio_vec3_dot (side, ring->right) * ring->radius / DIO_TEXTURE_TILE_M,
      .v = dio_vec3_dot (side, ring->up) * ring->radius / DIO_TEXTURE_TILE_M,
    };
    dio_mesh_builder_add_vertex (self->builder, &vertex);
  }
  for (guint k = 2; k < n; k++)
    dio_mesh_builder_add_triangle (self->builder, first, last ? first + k - 1 : first + k,
                                   last ? first + k : first + k - 1);
}

void
dio_mesh_builder_add_tube (DioMeshBuilder *builder, const DioTube *tube)
{
  Tube self = { .builder = builder, .tube = tube };
  double girth = 2 * DIO_PI * tube->radius[0];
  self.girth_tiles = MAX (1, floor (girth / DIO_TEXTURE_TILE_M + 0.5));
  /* A thin bar shows a part of the tile in true scale. */
  if (girth < DIO_TEXTURE_TILE_M)
    self.girth_tiles = girth / DIO_TEXTURE_TILE_M;
  double length = 0;
  for (guint i = 1; i < tube->n_points; i++)
    length += dio_vec3_length (dio_vec3_sub (tube->points[i], tube->points[i - 1]));
  self.slope = (tube->radius[0] - tube->radius[1]) / length;
  Ring ring = get_ring (tube, 0, NULL);
  add_end (&self, &ring, FALSE);
  uint32_t lower = add_ring (&self, &ring);
  for (guint i = 1; i < tube->n_points; i++) {
    Ring next = get_ring (tube, i, &ring);
    uint32_t upper = add_ring (&self, &next);
    for (guint k = 0; k < tube->n_sides; k++)
      dio_mesh_builder_add_quad (builder, lower + k, lower + k + 1, upper + k + 1, upper + k);
    lower = upper;
    ring = next;
  }
  add_end (&self, &ring, TRUE);
}

void
dio_mesh_builder_add_bar (
    DioMeshBuilder *builder, DioVec3 from, DioVec3 to, double radius, guint n_sides)
{
  const DioVec3 points[2] = { from, to };
  const DioTube tube = { points, 2, { radius, radius }, n_sides };
  dio_mesh_builder_add_tube (builder, &tube);
}
