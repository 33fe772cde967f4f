#define G_LOG_DOMAIN "dio-parametric"

/* A cross-section drawn along X, with its two ends. */

#include "dio-core-vec.h"
#include "dio-parametric-mesh-shapes-private.h"

/* cos (40 degrees) */
#define SMOOTH_COSINE 0.766

static DioVec3
get_edge_normal (const DioExtrusion *e, guint i)
{
  const double *a = e->points[i % e->n], *b = e->points[(i + 1) % e->n];
  return dio_vec3_normalize (dio_vec3 (0, b[1] - a[1], a[0] - b[0]));
}

/* The normal of edge @i at its end @at (0 or 1): shared with the neighbour where they are nearly in line. */
static DioVec3
get_corner_normal (const DioExtrusion *e, guint i, guint at)
{
  DioVec3 own = get_edge_normal (e, i);
  DioVec3 other = get_edge_normal (e, at == 1 ? i + 1 : i + e->n - 1);
  if (dio_vec3_dot (own, other) < SMOOTH_COSINE)
    return own;
  return dio_vec3_normalize (dio_vec3_add (own, other));
}

static void
add_strip (DioMeshBuilder *builder, const DioExtrusion *e, guint i, double along)
{
  const double *ends[2] = { e->points[i], e->points[(i + 1) % e->n] };
  double dy = ends[1][0] - ends[0][0], dz = ends[1][1] - ends[0][1];
  double length = sqrt (dy * dy + dz * dz);
  DioVec3 normals[2] = { get_corner_normal (e, i, 0), get_corner_normal (e, i, 1) };
  uint32_t first = builder->vertices->len;
  for (guint s = 0; s <= e->n_steps; s++) {
    double x = e->x0 + (e->x1 - e->x0) * s / e->n_steps;
    for (guint k = 0; k < 2; k++) {
      DioBuilderVertex vertex = {
        .position = { s == e->n_steps ? e->x1 : x, ends[k][0], ends[k][1] },
        .normal = normals[k],
        .u = x / DIO_TEXTURE_TILE_M,
        .v = -(along + k * length) / DIO_TEXTURE_TILE_M,
      };
      dio_mesh_builder_add_vertex (builder, &vertex);
    }
  }
  for (guint s = 0; s < e->n_steps; s++) {
    uint32_t a = first + 2 * s;
    dio_mesh_builder_add_quad (builder, a, a + 1, a + 3, a + 2);
  }
}

/* Triangles of a simple polygon by clipping ears; @order holds indices of the corners that are left. */
static gboolean
is_ear (const DioExtrusion *e, const GArray *order, guint k)
{
  const guint n = order->len;
  const double *a = e->points[g_array_index (order, guint, (k + n - 1) % n)];
  const double *b = e->points[g_array_index (order, guint, k)];
  const double *c = e->points[g_array_index (order, guint, (k + 1) % n)];
  if ((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) <= 0)
    return FALSE;
  for (guint i = 0; i < n; i++) {
    const double *p = e->points[g_array_index (order, guint, i)];
    if (p == a || p == b || p == c)
      continue;
    double ab = (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]);
    double bc = (c[0] - b[0]) * (p[1] - b[1]) - (c[1] - b[1]) * (p[0] - b[0]);
    double ca = (a[0] - c[0]) * (p[1] - c[1]) - (a[1] - c[1]) * (p[0] - c[0]);
    if (ab >= 0 && bc >= 0 && ca >= 0)
      return FALSE;
  }
  return TRUE;
}

static void
clip_ears (DioMeshBuilder *builder, const DioExtrusion *e, uint32_t first, gboolean high)
{
  g_autoptr (GArray) order = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < e->n; i++)
    g_array_append_val (order, i);
  while (order->len >= 3) {
    guint k = 0;
    while (k + 1 < order->len && !is_ear (e, order, k))
      k++;
    guint a = g_array_index (order, guint, (k + order->len - 1) % order->len);
    guint b = g_array_index (order, guint, k);
    guint c = g_array_index (order, guint, (k + 1) % order->len);
    dio_mesh_builder_add_triangle (builder, first + a, first + (high ? b : c),
                                   first + (high ? c : b));
    g_array_remove_index (order, k);
  }
}

static void
add_end (DioMeshBuilder *builder, const DioExtrusion *e, gboolean high)
{
  uint32_t first = builder->vertices->len;
  for (guint i = 0; i < e->n; i++) {
    DioBuilderVertex vertex = {
      .position = { high ? e->x1 : e->x0, e->points[i][0], e->points[i][1] },
      .normal = { high ? 1 : -1, 0, 0 },
      .u = (high ? 1 : -1) * e->points[i][0] / DIO_TEXTURE_TILE_M,
      .v = -e->points[i][1] / DIO_TEXTURE_TILE_M,
    };
    dio_mesh_builder_add_vertex (builder, &vertex);
  }
  clip_ears (builder, e, first, high);
}

void
dio_mesh_builder_add_extrusion (DioMeshBuilder *builder, const DioExtrusion *extrusion)
{
  double along = 0;
  for (guint i = 0; i < extrusion->n; i++) {
    const double *a = extrusion->points[i], *b = extrusion->points[(i + 1) % extrusion->n];
    add_strip (builder, extrusion, i, along);
    along += sqrt ((b[0] - a[0]) * (b[0] - a[0]) + (b[1] - a[1]) * (b[1] - a[1]));
  }
  add_end (builder, extrusion, FALSE);
  add_end (builder, extrusion, TRUE);
}
