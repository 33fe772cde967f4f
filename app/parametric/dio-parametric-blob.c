#define G_LOG_DOMAIN "dio-parametric"

/* Surface nets: every cell of a grid that the surface crosses has one vertex, moved onto the surface; every edge
 * of the grid that it crosses has one quad between the four cells about that edge. */

#include "dio-parametric-blob-private.h"

#include "dio-core-vec.h"
#include "dio-parametric-noise-private.h"

void
dio_blob_take_limb (DioBlob *blob, const DioBlobLimb *limb)
{
  g_assert (blob->n_limbs < DIO_BLOB_MAX_LIMBS);
  blob->limbs[blob->n_limbs++] = *limb;
}

static double
get_limb_distance (const DioBlobLimb *limb, DioVec3 point)
{
  DioVec3 way = dio_vec3_sub (limb->b, limb->a), from = dio_vec3_sub (point, limb->a);
  double length2 = dio_vec3_dot (way, way);
  double t = length2 > 0 ? CLAMP (dio_vec3_dot (from, way) / length2, 0, 1) : 0;
  DioVec3 off = dio_vec3_sub (from, dio_vec3_scale (way, t));
  double radius = dio_mix (limb->radius[0], limb->radius[1], t);
  if (limb->flatten <= 0)
    return dio_vec3_length (off) - radius;
  double across = dio_vec3_dot (off, limb->flat_way);
  off = dio_vec3_add (off, dio_vec3_scale (limb->flat_way, across * (1 / limb->flatten - 1)));
  return (dio_vec3_length (off) - radius) * limb->flatten;
}

static double
blend_min (double a, double b, double k)
{
  double h = MAX (k - fabs (a - b), 0) / k;
  return MIN (a, b) - 0.25 * h * h * k;
}

double
dio_blob_get_distance (const DioBlob *blob, DioVec3 point)
{
  double distance = get_limb_distance (&blob->limbs[0], point);
  for (guint i = 1; i < blob->n_limbs; i++)
    distance = blend_min (distance, get_limb_distance (&blob->limbs[i], point), blob->blend_m);
  for (guint i = 0; i < blob->n_cuts; i++) {
    const DioBlobCut *cut = &blob->cuts[i];
    double before = dio_vec3_dot (dio_vec3_sub (point, cut->point), cut->normal);
    distance = -blend_min (-distance, -before, blob->blend_m);
  }
  return distance;
}

static DioVec3
get_gradient (const DioBlob *blob, DioVec3 p)
{
  const double e = 0.02 * blob->cell_m;
  const DioVec3 axes[3] = { { e, 0, 0 }, { 0, e, 0 }, { 0, 0, e } };
  double g[3];
  for (int i = 0; i < 3; i++)
    g[i] = (dio_blob_get_distance (blob, dio_vec3_add (p, axes[i]))
            - dio_blob_get_distance (blob, dio_vec3_sub (p, axes[i])))
           / (2 * e);
  return dio_vec3 (g[0], g[1], g[2]);
}

typedef struct {
  const DioBlob *blob;
  DioMeshBuilder *builder;
  DioVec3 origin;
  guint n[3];         /* cells along x, y, z */
  float *values;      /* [(n[2] + 1)][(n[1] + 1)][(n[0] + 1)] */
  uint32_t *vertices; /* [n[2]][n[1]][n[0]], of the cells that have one */
} Grid;

static gsize
get_corner_index (const Grid *grid, guint x, guint y, guint z)
{
  return ((gsize) z * (grid->n[1] + 1) + y) * (grid->n[0] + 1) + x;
}

static gsize
get_cell_index (const Grid *grid, guint x, guint y, guint z)
{
  return ((gsize) z * grid->n[1] + y) * grid->n[0] + x;
}

static DioVec3
get_corner (const Grid *grid, double x, double y, double z)
{
  return dio_vec3_add (grid->origin, dio_vec3_scale (dio_vec3 (x, y, z), grid->blob->cell_m));
}

static void
lay_out_grid (Grid *grid)
{
  const DioBlob *blob = grid->blob;
  DioVec3 low = { INFINITY, INFINITY, INFINITY }, high = { -INFINITY, -INFINITY, -INFINITY };
  for (guint i = 0; i < blob->n_limbs; i++) {
    const DioBlobLimb *limb = &blob->limbs[i];
    double r = MAX (limb->radius[0], limb->radius[1]) + blob->blend_m + 1.5 * blob->cell_m;
    low = dio_vec3 (MIN (low.x, MIN (limb->a.x, limb->b.x) - r),
                    MIN (low.y, MIN (limb->a.y, limb->b.y) - r),
                    MIN (low.z, MIN (limb->a.z, limb->b.z) - r));
    high = dio_vec3 (MAX (high.x, MAX (limb->a.x, limb->b.x) + r),
                     MAX (high.y, MAX (limb->a.y, limb->b.y) + r),
                     MAX (high.z, MAX (limb->a.z, limb->b.z) + r));
  }
  grid->origin = low;
  grid->n[0] = (guint) ((high.x - low.x) / blob->cell_m) + 1;
  grid->n[1] = (guint) ((high.y - low.y) / blob->cell_m) + 1;
  grid->n[2] = (guint) ((high.z - low.z) / blob->cell_m) + 1;
}

/* Distances grow by no more than the way gone: where the surface is far, corners on the way have its side only. */
static void
sample_row (Grid *grid, guint y, guint z)
{
  float *row = grid->values + get_corner_index (grid, 0, y, z);
  guint end = grid->n[0] + 1;
  for (guint x = 0; x < end;) {
    double distance = dio_blob_get_distance (grid->blob, get_corner (grid, x, y, z));
    guint safe = 1 + (guint) (MAX (0.8 * fabs (distance) / grid->blob->cell_m - 1.8, 0));
    for (guint i = 0; i < safe && x < end; i++)
      row[x++] = (float) distance;
  }
}

static void
sample (Grid *grid)
{
  for (guint z = 0; z <= grid->n[2]; z++)
    for (guint y = 0; y <= grid->n[1]; y++)
      sample_row (grid, y, z);
}

/* The middle of where the surface crosses the cell's edges; FALSE where it does not. */
static gboolean
find_crossing (const Grid *grid, guint x, guint y, guint z, DioVec3 *out)
{
  float corner[8];
  guint inside = 0;
  for (guint i = 0; i < 8; i++) {
    corner[i] = grid->values[get_corner_index (grid, x + (i & 1), y + (i >> 1 & 1), z + (i >> 2))];
    inside += corner[i] < 0;
  }
  if (inside == 0 || inside == 8)
    return FALSE;
  DioVec3 sum = { 0, 0, 0 };
  guint n = 0;
  for (guint i = 0; i < 8; i++)
    for (guint axis = 0; axis < 3; axis++) {
      guint k = i | 1u << axis;
      if (k == i || (corner[i] < 0) == (corner[k] < 0))
        continue;
      double t = (double) corner[i] / ((double) corner[i] - (double) corner[k]);
      double at[3] = { x + (i & 1), y + (i >> 1 & 1), z + (i >> 2) };
      at[axis] += t;
      sum = dio_vec3_add (sum, dio_vec3 (at[0], at[1], at[2]));
      n++;
    }
  DioVec3 middle = dio_vec3_scale (sum, 1.0 / n);
  *out = get_corner (grid, middle.x, middle.y, middle.z);
  return TRUE;
}

/* Onto the surface, but not so far that cells would change places. */
static DioVec3
project (const Grid *grid, DioVec3 start)
{
  DioVec3 p = start;
  for (guint i = 0; i < 3; i++) {
    DioVec3 g = get_gradient (grid->blob, p);
    double d = dio_blob_get_distance (grid->blob, p), steep = MAX (dio_vec3_dot (g, g), 0.05);
    DioVec3 moved = dio_vec3_sub (p, dio_vec3_scale (g, d / steep));
    if (dio_vec3_length (dio_vec3_sub (moved, start)) > 0.5 * grid->blob->cell_m)
      break;
    p = moved;
  }
  return p;
}

static void
add_vertices (Grid *grid)
{
  for (guint z = 0; z < grid->n[2]; z++)
    for (guint y = 0; y < grid->n[1]; y++)
      for (guint x = 0; x < grid->n[0]; x++) {
        DioVec3 p;
        if (!find_crossing (grid, x, y, z, &p))
          continue;
        p = project (grid, p);
        DioBuilderVertex vertex = {
          .position = p,
          .normal = get_gradient (grid->blob, p),
          .u = (p.x + 0.6 * p.y) / DIO_TEXTURE_TILE_M,
          .v = -p.z / DIO_TEXTURE_TILE_M,
        };
        grid->vertices[get_cell_index (grid, x, y, z)] =
            dio_mesh_builder_add_vertex (grid->builder, &vertex);
      }
}

static DioVec3
get_position (const Grid *grid, uint32_t index)
{
  return g_array_index (grid->builder->vertices, DioBuilderVertex, index).position;
}

/* The shorter diagonal bends less. */
static void
add_quad (Grid *grid, const uint32_t v[static 4])
{
  DioVec3 one = dio_vec3_sub (get_position (grid, v[0]), get_position (grid, v[2]));
  DioVec3 other = dio_vec3_sub (get_position (grid, v[1]), get_position (grid, v[3]));
  if (dio_vec3_dot (one, one) <= dio_vec3_dot (other, other))
    dio_mesh_builder_add_quad (grid->builder, v[0], v[1], v[2], v[3]);
  else
    dio_mesh_builder_add_quad (grid->builder, v[1], v[2], v[3], v[0]);
}

/* Of the grid's edge from corner (x, y, z) along @axis. */
static void
add_edge (Grid *grid, guint x, guint y, guint z, guint axis)
{
  guint end[3] = { x, y, z };
  end[axis]++;
  float from = grid->values[get_corner_index (grid, x, y, z)];
  float to = grid->values[get_corner_index (grid, end[0], end[1], end[2])];
  if ((from < 0) == (to < 0))
    return;
  guint b = (axis + 1) % 3, c = (axis + 2) % 3;
  uint32_t v[4];
  for (guint i = 0; i < 4; i++) {
    /* Counter-clockwise seen against the axis. */
    guint cell[3] = { x, y, z };
    cell[b] -= i == 1 || i == 2 ? 0 : 1;
    cell[c] -= i >= 2 ? 0 : 1;
    v[from < 0 ? i : 3 - i] = grid->vertices[get_cell_index (grid, cell[0], cell[1], cell[2])];
  }
  add_quad (grid, v);
}

/* Where a fold is too tight for a smooth normal, triangles get vertices of their own there. */
static void
crease (DioMeshBuilder *builder, guint first_triangle)
{
  for (guint t = first_triangle; t < builder->triangles->len; t++) {
    uint32_t *v = &g_array_index (builder->triangles, uint32_t, 3 * t);
    DioVec3 p[3];
    for (int c = 0; c < 3; c++)
      p[c] = g_array_index (builder->vertices, DioBuilderVertex, v[c]).position;
    DioVec3 facing =
        dio_vec3_normalize (dio_vec3_cross (dio_vec3_sub (p[1], p[0]), dio_vec3_sub (p[2], p[0])));
    for (int c = 0; c < 3; c++) {
      DioBuilderVertex vertex = g_array_index (builder->vertices, DioBuilderVertex, v[c]);
      if (dio_vec3_dot (vertex.normal, facing) > 0.55 || dio_vec3_length (facing) == 0)
        continue;
      vertex.normal = facing;
      g_array_append_val (builder->vertices, vertex);
      v[c] = builder->vertices->len - 1;
    }
  }
}

void
dio_blob_add (DioMeshBuilder *builder, const DioBlob *blob)
{
  g_assert (blob->n_limbs > 0 && blob->cell_m > 0 && blob->blend_m > 0);
  Grid grid = { .blob = blob, .builder = builder };
  guint first_triangle = builder->triangles->len;
  lay_out_grid (&grid);
  g_autofree float *values =
      g_new (float, (gsize) (grid.n[0] + 1) * (grid.n[1] + 1) * (grid.n[2] + 1));
  g_autofree uint32_t *vertices = g_new (uint32_t, (gsize) grid.n[0] * grid.n[1] * grid.n[2]);
  grid.values = values;
  grid.vertices = vertices;
  sample (&grid);
  add_vertices (&grid);
  /* Nothing crosses the grid's border. */
  for (guint z = 1; z < grid.n[2]; z++)
    for (guint y = 1; y < grid.n[1]; y++)
      for (guint x = 1; x < grid.n[0]; x++)
        for (guint axis = 0; axis < 3; axis++)
          add_edge (&grid, x, y, z, axis);
  crease (builder, first_triangle);
}
