#define G_LOG_DOMAIN "dio-parametric"

/* Bodies through rounded rectangles. */

#include "dio-core-vec.h"
#include "dio-parametric-mesh-shapes-private.h"

#define CORNER_STEPS 4
#define N (4 * (CORNER_STEPS + 1))

typedef struct {
  double points[N][2];
} Outline;

static void
fill (const DioLayer *layer, Outline *out)
{
  double rounding = MIN (layer->rounding, 0.499 * MIN (layer->width, layer->depth));
  dio_outline_fill_rectangle (out->points, layer->width, layer->depth, rounding, CORNER_STEPS);
  for (guint i = 0; i < N; i++) {
    out->points[i][0] += layer->x;
    out->points[i][1] += layer->y;
  }
}

/* The normal of the side between two layers at point @i: across the outline and the way up. */
static DioVec3
get_side_normal (
    const DioLayer *lower, const Outline *a, const DioLayer *upper, const Outline *b, guint i)
{
  const guint before = (i + N - 1) % N, after = (i + 1) % N;
  DioVec3 along = {
    a->points[after][0] - a->points[before][0] + b->points[after][0] - b->points[before][0],
    a->points[after][1] - a->points[before][1] + b->points[after][1] - b->points[before][1], 0
  };
  DioVec3 up = { b->points[i][0] - a->points[i][0], b->points[i][1] - a->points[i][1],
                 upper->z - lower->z };
  return dio_vec3_normalize (dio_vec3_cross (along, up));
}

typedef struct {
  DioMeshBuilder *builder;
  const DioLayer *layers;
  guint n;
  Outline *outlines;
} Stack;

static DioVec3
get_normal (const Stack *s, guint piece, guint at, guint i)
{
  DioVec3 own = get_side_normal (&s->layers[piece], &s->outlines[piece], &s->layers[piece + 1],
                                 &s->outlines[piece + 1], i);
  guint level = piece + at;
  if (level == 0 || level + 1 == s->n || s->layers[level].crease)
    return own;
  guint other = at == 1 ? piece + 1 : piece - 1;
  DioVec3 next = get_side_normal (&s->layers[other], &s->outlines[other], &s->layers[other + 1],
                                  &s->outlines[other + 1], i);
  return dio_vec3_normalize (dio_vec3_add (own, next));
}

static void
add_piece (const Stack *s, guint piece)
{
  uint32_t first = s->builder->vertices->len;
  double along = 0;
  for (guint i = 0; i <= N; i++) {
    guint k = i % N;
    for (guint at = 0; at < 2; at++) {
      const double *p = s->outlines[piece + at].points[k];
      DioBuilderVertex vertex = {
        .position = { p[0], p[1], s->layers[piece + at].z },
        .normal = get_normal (s, piece, at, k),
        .u = along / DIO_TEXTURE_TILE_M,
        .v = -s->layers[piece + at].z / DIO_TEXTURE_TILE_M,
      };
      dio_mesh_builder_add_vertex (s->builder, &vertex);
    }
    const double *a = s->outlines[piece].points[k], *b = s->outlines[piece].points[(k + 1) % N];
    along += sqrt ((b[0] - a[0]) * (b[0] - a[0]) + (b[1] - a[1]) * (b[1] - a[1]));
  }
  for (guint i = 0; i < N; i++) {
    uint32_t a = first + 2 * i;
    dio_mesh_builder_add_quad (s->builder, a, a + 2, a + 3, a + 1);
  }
}

static void
add_end (const Stack *s, guint level, gboolean top)
{
  uint32_t first = s->builder->vertices->len;
  for (guint i = 0; i < N; i++) {
    const double *p = s->outlines[level].points[i];
    DioBuilderVertex vertex = {
      .position = { p[0], p[1], s->layers[level].z },
      .normal = { 0, 0, top ? 1 : -1 },
      .u = p[0] / DIO_TEXTURE_TILE_M,
      .v = (top ? -1 : 1) * p[1] / DIO_TEXTURE_TILE_M,
    };
    dio_mesh_builder_add_vertex (s->builder, &vertex);
  }
  for (guint i = 2; i < N; i++)
    dio_mesh_builder_add_triangle (s->builder, first, first + (top ? i - 1 : i),
                                   first + (top ? i : i - 1));
}

void
dio_mesh_builder_add_stack (DioMeshBuilder *builder, const DioLayer *layers, guint n)
{
  g_return_if_fail (n >= 2);
  g_autofree Outline *outlines = g_new (Outline, n);
  Stack stack = { builder, layers, n, outlines };
  for (guint i = 0; i < n; i++)
    fill (&layers[i], &outlines[i]);
  add_end (&stack, 0, FALSE);
  for (guint i = 0; i + 1 < n; i++)
    add_piece (&stack, i);
  add_end (&stack, n - 1, TRUE);
}
