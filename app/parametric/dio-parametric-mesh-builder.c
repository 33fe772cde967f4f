#define G_LOG_DOMAIN "dio-parametric"

#include "dio-parametric-mesh-builder-private.h"

#include "dio-core-pose.h"
#include "dio-core-vec.h"

#include <string.h>

static void
reset (DioMeshBuilder *builder)
{
  builder->placement = dio_mat4_identity ();
  for (int c = 0; c < 3; c++)
    builder->tint[c] = 1;
}

void
dio_mesh_builder_init (DioMeshBuilder *builder)
{
  builder->vertices = g_array_new (FALSE, FALSE, sizeof (DioBuilderVertex));
  builder->triangles = g_array_new (FALSE, FALSE, 3 * sizeof (uint32_t));
  reset (builder);
}

void
dio_mesh_builder_clear (DioMeshBuilder *builder)
{
  g_clear_pointer (&builder->vertices, g_array_unref);
  g_clear_pointer (&builder->triangles, g_array_unref);
}

uint32_t
dio_mesh_builder_add_vertex (DioMeshBuilder *builder, const DioBuilderVertex *vertex)
{
  DioBuilderVertex placed = *vertex;
  placed.position = dio_mat4_transform_point (&builder->placement, vertex->position);
  placed.normal =
      dio_vec3_normalize (dio_mat4_transform_vector (&builder->placement, vertex->normal));
  memcpy (placed.tint, builder->tint, sizeof placed.tint);
  g_array_append_val (builder->vertices, placed);
  return builder->vertices->len - 1;
}

static gboolean
same_float_position (const DioMeshBuilder *builder, uint32_t a, uint32_t b)
{
  const DioVec3 *p = &g_array_index (builder->vertices, DioBuilderVertex, a).position;
  const DioVec3 *q = &g_array_index (builder->vertices, DioBuilderVertex, b).position;
  return (float) p->x == (float) q->x && (float) p->y == (float) q->y
         && (float) p->z == (float) q->z;
}

void
dio_mesh_builder_add_triangle (DioMeshBuilder *builder, uint32_t a, uint32_t b, uint32_t c)
{
  if (same_float_position (builder, a, b) || same_float_position (builder, b, c)
      || same_float_position (builder, c, a))
    return;
  uint32_t corners[3] = { a, b, c };
  g_array_append_vals (builder->triangles, corners, 1);
}

void
dio_mesh_builder_add_quad (DioMeshBuilder *builder, uint32_t a, uint32_t b, uint32_t c, uint32_t d)
{
  dio_mesh_builder_add_triangle (builder, a, b, c);
  dio_mesh_builder_add_triangle (builder, a, c, d);
}

void
dio_mesh_builder_add_panel (
    DioMeshBuilder *builder, const DioVec3 *points, guint n_points, DioVec3 normal, DioVec3 u_axis)
{
  DioVec3 up_axis = dio_vec3_cross (normal, u_axis);
  uint32_t first = 0;
  for (guint i = 0; i < n_points; i++) {
    DioBuilderVertex vertex = {
      .position = points[i],
      .normal = normal,
      .u = dio_vec3_dot (points[i], u_axis) / DIO_TEXTURE_TILE_M,
      .v = -dio_vec3_dot (points[i], up_axis) / DIO_TEXTURE_TILE_M,
    };
    uint32_t index = dio_mesh_builder_add_vertex (builder, &vertex);
    if (i == 0)
      first = index;
  }
  for (guint i = 2; i < n_points; i++)
    dio_mesh_builder_add_triangle (builder, first, first + i - 1, first + i);
}

/* Steps of an eighth of a turn on a rounded edge: four facets for a right angle leave a chord error of
 * 0.5 % of the bevel's radius, which is far below a pixel for every bevel. */
#define BEVEL_STEPS 2
#define GRID_SIDE (2 * BEVEL_STEPS + 2)

/* One side of the rounded box: which way it looks, and the axes of its u and of its picture's up. */
typedef struct {
  DioVec3 normal, right, up;
} BoxSide;

/* The front, then round to the right; the top, the bottom. */
static const BoxSide box_sides[6] = {
  { { 0, -1, 0 }, { 1, 0, 0 }, { 0, 0, 1 } }, { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } },
  { { 0, 1, 0 }, { -1, 0, 0 }, { 0, 0, 1 } }, { { -1, 0, 0 }, { 0, -1, 0 }, { 0, 0, 1 } },
  { { 0, 0, 1 }, { 1, 0, 0 }, { 0, 1, 0 } },  { { 0, 0, -1 }, { 1, 0, 0 }, { 0, -1, 0 } },
};

/* Along one axis of a side: tangent of the angle away from the side's normal, the angle itself, and on
 * which end of the flat middle the line lies. */
static void
get_grid_line (guint i, double *tangent, double *angle_rad, double *end)
{
  /* tan (pi/8), and exactly 1 at the diagonal where two sides meet in the same bits. */
  static const double tangents[BEVEL_STEPS + 1] = { 0, 0.41421356237309503, 1 };
  gboolean high = i > BEVEL_STEPS;
  guint step = high ? i - BEVEL_STEPS - 1 : BEVEL_STEPS - i;
  *end = high ? 1 : -1;
  *tangent = *end * tangents[step];
  *angle_rad = *end * step * (3.14159265358979323846 / 4 / BEVEL_STEPS);
}

/* The box to make: inner = half of its size without the rounding. */
typedef struct {
  DioVec3 center, inner;
  double bevel;
  gboolean upright; /* a post: patterns run along it, as the grain of a leg does */
} RoundedBox;

static DioBuilderVertex
get_box_vertex (const RoundedBox *box, const BoxSide *side, guint i, guint j)
{
  double tan_u, tan_v, angle_u, angle_v, end_u, end_v;
  get_grid_line (i, &tan_u, &angle_u, &end_u);
  get_grid_line (j, &tan_v, &angle_v, &end_v);
  /* Sums and the length are formed per world axis, so that neighbouring sides agree to the bit. */
  DioVec3 way = dio_vec3_add (dio_vec3_add (side->normal, dio_vec3_scale (side->right, tan_u)),
                              dio_vec3_scale (side->up, tan_v));
  DioVec3 sign = dio_vec3_add (dio_vec3_add (side->normal, dio_vec3_scale (side->right, end_u)),
                               dio_vec3_scale (side->up, end_v));
  DioVec3 normal = dio_vec3_normalize (way);
  DioVec3 corner = dio_vec3_add (box->center, dio_vec3_mul (sign, box->inner));
  double right_m = end_u * fabs (dio_vec3_dot (box->inner, side->right)) + angle_u * box->bevel;
  double up_m = end_v * fabs (dio_vec3_dot (box->inner, side->up)) + angle_v * box->bevel;
  return (DioBuilderVertex){
    .position = dio_vec3_add (corner, dio_vec3_scale (normal, box->bevel)),
    .normal = normal,
    .u = right_m / DIO_TEXTURE_TILE_M,
    .v = -up_m / DIO_TEXTURE_TILE_M,
  };
}

static void
add_box_side (DioMeshBuilder *builder, const RoundedBox *box, const BoxSide *side, double u_start)
{
  uint32_t grid[GRID_SIDE][GRID_SIDE];
  for (guint j = 0; j < GRID_SIDE; j++)
    for (guint i = 0; i < GRID_SIDE; i++) {
      DioBuilderVertex vertex = get_box_vertex (box, side, i, j);
      vertex.u += u_start;
      if (box->upright && side->normal.z == 0) {
        /* A quarter turn of the picture. */
        double u = vertex.u;
        vertex.u = -vertex.v;
        vertex.v = u;
      }
      grid[j][i] = dio_mesh_builder_add_vertex (builder, &vertex);
    }
  for (guint j = 0; j + 1 < GRID_SIDE; j++)
    for (guint i = 0; i + 1 < GRID_SIDE; i++)
      dio_mesh_builder_add_quad (builder, grid[j][i], grid[j][i + 1], grid[j + 1][i + 1],
                                 grid[j + 1][i]);
}

void
dio_mesh_builder_add_rounded_box (DioMeshBuilder *builder,
                                  DioVec3 center,
                                  DioVec3 size,
                                  double bevel)
{
  double smallest = MIN (size.x, MIN (size.y, size.z));
  bevel = MIN (bevel, 0.49 * smallest);
  RoundedBox box = {
    .center = center,
    .inner = dio_vec3_sub (dio_vec3_scale (size, 0.5), dio_vec3 (bevel, bevel, bevel)),
    .bevel = bevel,
    .upright = size.z > 4 * MAX (size.x, size.y),
  };
  /* The pattern runs on round the four upright sides, as a print does. */
  double u_start = 0;
  for (guint i = 0; i < G_N_ELEMENTS (box_sides); i++) {
    double width = i % 2 == 0 || i >= 4 ? size.x : size.y;
    u_start += i > 0 && i < 4 ? width / 2 / DIO_TEXTURE_TILE_M : 0;
    add_box_side (builder, &box, &box_sides[i], i < 4 ? u_start : 0);
    u_start += width / 2 / DIO_TEXTURE_TILE_M;
  }
}

static void
copy_vertex (const DioBuilderVertex *vertex, DioMesh *mesh, guint i)
{
  const double position[3] = { vertex->position.x, vertex->position.y, vertex->position.z };
  const double normal[3] = { vertex->normal.x, vertex->normal.y, vertex->normal.z };
  for (int k = 0; k < 3; k++) {
    /* Adding zero turns -0 to +0: the same point then has the same bits. */
    mesh->positions[i][k] = (float) position[k] + 0.0f;
    mesh->normals[i][k] = (float) normal[k] + 0.0f;
  }
  mesh->uvs[0][i][0] = (float) vertex->u + 0.0f;
  mesh->uvs[0][i][1] = (float) vertex->v + 0.0f;
  if (mesh->colors != NULL) {
    memcpy (mesh->colors[i], vertex->tint, sizeof vertex->tint);
    mesh->colors[i][3] = 1;
  }
}

static gboolean
has_tint (const DioMeshBuilder *builder)
{
  for (guint i = 0; i < builder->vertices->len; i++) {
    const float *tint = g_array_index (builder->vertices, DioBuilderVertex, i).tint;
    if (tint[0] != 1 || tint[1] != 1 || tint[2] != 1)
      return TRUE;
  }
  return FALSE;
}

DioMesh *
dio_mesh_builder_finish (DioMeshBuilder *builder)
{
  DioMeshDesc desc = {
    .n_vertices = builder->vertices->len,
    .n_triangles = builder->triangles->len,
    .with_uv0 = TRUE,
    .with_colors = has_tint (builder),
  };
  DioMesh *mesh = dio_mesh_new (&desc);
  for (guint i = 0; i < desc.n_vertices; i++)
    copy_vertex (&g_array_index (builder->vertices, DioBuilderVertex, i), mesh, i);
  memcpy (mesh->triangles, builder->triangles->data, desc.n_triangles * sizeof *mesh->triangles);
  dio_mesh_compute_tangents (mesh);
  dio_mesh_seal (mesh);
  g_array_set_size (builder->vertices, 0);
  g_array_set_size (builder->triangles, 0);
  reset (builder);
  return mesh;
}
