#define G_LOG_DOMAIN "dio-gl"

/* The order of what blends: triangle by triangle from the farthest to the nearest, because the near wall of a bottle
 * lies in one mesh with its far wall, and what is in the bottle lies between them. Meshes that do not overlap in the
 * picture do not care for each other's order and keep their triangles together, one draw each. Where they overlap,
 * triangles of different meshes take turns by slices of depth, so that the number of draws is bounded.
 *
 * A triangle's place is that of its middle, so that two triangles that are large beside their distance from each other may
 * lie the wrong way round. Every direction in which all lines of sight advance gives a right order of points. What stands
 * upright (bottles, panes) has long triangles along the camera's axis where that looks up or down, and short ones along
 * the level: the order goes by the direction along which triangles are shorter. */

#include "dio-gl-blend-private.h"

#include "dio-core-pose.h"

#include <math.h>
#include <string.h>

/* Steps of depth in which overlapping meshes take turns. */
#define SLICES 96
/* Of a camera's axis that looks up or down more than this, lines of sight may go back along the level. */
#define STEEPEST 0.7

/* A blended draw as the camera sees it. */
typedef struct {
  const DioGlDraw *draw;
  double box[4];     /* in the picture, left, top, right, bottom in units of clip space */
  guint first, last; /* its triangles in the list of all */
  guint group;       /* the first draw that it overlaps, through others too */
} Shape;

typedef struct {
  float depth;
  guint slice;
  guint shape, prim;
} Triangle;

static void
project (const DioMat4 *clip, const float position[static 3], double out[static 2])
{
  double c[4];
  for (int row = 0; row < 4; row++)
    c[row] = clip->m[row] * position[0] + clip->m[4 + row] * position[1]
             + clip->m[8 + row] * position[2] + clip->m[12 + row];
  gboolean before = c[3] > 1e-6;
  out[0] = before ? c[0] / c[3] : NAN;
  out[1] = before ? c[1] / c[3] : NAN;
}

static void
grow_box (double box[static 4], const double point[static 2])
{
  if (isnan (point[0])) {
    /* It reaches behind the eye, and may be anywhere. */
    box[0] = box[1] = -INFINITY;
    box[2] = box[3] = INFINITY;
    return;
  }
  for (int axis = 0; axis < 2; axis++) {
    box[axis] = MIN (box[axis], point[axis]);
    box[2 + axis] = MAX (box[2 + axis], point[axis]);
  }
}

/* Depths of the vertices of @draw along @axis up to a constant. */
static float *
get_depths (const DioGlDraw *draw, DioVec3 axis)
{
  const DioMesh *mesh = draw->item->mesh;
  const double *m = draw->world_from_mesh.m;
  DioVec3 turned = { m[0] * axis.x + m[1] * axis.y + m[2] * axis.z,
                     m[4] * axis.x + m[5] * axis.y + m[6] * axis.z,
                     m[8] * axis.x + m[9] * axis.y + m[10] * axis.z };
  double offset = m[12] * axis.x + m[13] * axis.y + m[14] * axis.z;
  float *depths = g_new (float, mesh->n_vertices);
  for (guint i = 0; i < mesh->n_vertices; i++) {
    const float *p = mesh->positions[i];
    depths[i] = (float) (turned.x * p[0] + turned.y * p[1] + turned.z * p[2] + offset);
  }
  return depths;
}

static gboolean
is_sorted (const DioGlDraw *draw)
{
  return draw->in_view && draw->item->material->alpha_mode == DIO_ALPHA_BLEND;
}

/* Sum of what triangles measure along @axis. */
static double
measure (const DioGlList *list, DioVec3 axis)
{
  double sum = 0;
  for (guint i = 0; i < list->draws->len; i++) {
    const DioGlDraw *draw = &g_array_index (list->draws, DioGlDraw, i);
    if (!is_sorted (draw))
      continue;
    g_autofree float *depths = get_depths (draw, axis);
    for (guint k = 0; k < draw->item->mesh->n_triangles; k++) {
      const uint32_t *t = draw->item->mesh->triangles[k];
      float a = depths[t[0]], b = depths[t[1]], c = depths[t[2]];
      sum += MAX (MAX (a, b), c) - MIN (MIN (a, b), c);
    }
  }
  return sum;
}

static DioVec3
choose_axis (const DioGlList *list)
{
  DioVec3 forward = list->forward;
  if (fabs (forward.z) > STEEPEST)
    return forward;
  DioVec3 level = dio_vec3_normalize (dio_vec3 (forward.x, forward.y, 0));
  return measure (list, level) < measure (list, forward) ? level : forward;
}

/* What the shapes of a list are collected in. */
typedef struct {
  const DioGlList *list;
  DioVec3 axis;
  GArray *shapes, *triangles;
} Sort;

static void
add_shape (const Sort *sort, const DioGlDraw *draw)
{
  GArray *shapes = sort->shapes, *triangles = sort->triangles;
  const DioMesh *mesh = draw->item->mesh;
  DioMat4 clip = dio_mat4_multiply (&sort->list->clip_from_world, &draw->world_from_mesh);
  Shape shape = { .draw = draw,
                  .box = { INFINITY, INFINITY, -INFINITY, -INFINITY },
                  .first = triangles->len,
                  .last = triangles->len + mesh->n_triangles,
                  .group = shapes->len };
  g_autofree float *depths = get_depths (draw, sort->axis);
  for (guint i = 0; i < mesh->n_vertices; i++) {
    double point[2];
    project (&clip, mesh->positions[i], point);
    grow_box (shape.box, point);
  }
  g_array_set_size (triangles, shape.last);
  for (guint i = 0; i < mesh->n_triangles; i++) {
    const uint32_t *t = mesh->triangles[i];
    float sum = depths[t[0]] + depths[t[1]] + depths[t[2]];
    g_array_index (triangles, Triangle, shape.first + i) = (Triangle){ sum / 3, 0, shapes->len, i };
  }
  g_array_append_val (shapes, shape);
}

static gboolean
overlap (const Shape *a, const Shape *b)
{
  return a->box[0] <= b->box[2] && b->box[0] <= a->box[2] && a->box[1] <= b->box[3]
         && b->box[1] <= a->box[3];
}

/* Joins what overlaps until nothing changes: groups name their first member. */
static void
join_groups (GArray *shapes)
{
  Shape *all = (Shape *) (void *) shapes->data;
  for (guint i = 0; i < shapes->len; i++)
    for (guint k = 0; k < i; k++) {
      if (all[k].group == all[i].group || !overlap (&all[i], &all[k]))
        continue;
      guint from = MAX (all[i].group, all[k].group), to = MIN (all[i].group, all[k].group);
      for (guint j = 0; j <= i; j++)
        if (all[j].group == from)
          all[j].group = to;
    }
}

/* Slices of the depth of a group of several shapes; a shape alone has one. */
static void
slice_group (const GArray *shapes, GArray *triangles, guint group)
{
  float near = INFINITY, far = -INFINITY;
  guint members = 0;
  for (int pass = 0; pass < 2; pass++)
    for (guint s = group; s < shapes->len; s++) {
      const Shape *shape = &g_array_index (shapes, Shape, s);
      if (shape->group != group)
        continue;
      members += pass == 0;
      for (guint i = shape->first; i < shape->last; i++) {
        Triangle *triangle = &g_array_index (triangles, Triangle, i);
        near = MIN (near, triangle->depth);
        far = MAX (far, triangle->depth);
        if (pass == 1 && members > 1 && far > near)
          triangle->slice = (guint) ((triangle->depth - near) / (far - near) * (SLICES - 1));
      }
    }
}

/* What is sorted by. */
static int
compare_triangles_cb (gconstpointer a, gconstpointer b, gpointer data)
{
  const Triangle *ta = a, *tb = b;
  const Shape *shapes = data;
  if (ta->shape != tb->shape) {
    guint group_a = shapes[ta->shape].group, group_b = shapes[tb->shape].group;
    if (group_a != group_b)
      return group_a < group_b ? 1 : -1;
    if (ta->slice != tb->slice)
      return ta->slice < tb->slice ? 1 : -1;
    /* Draws are listed front to back. */
    return ta->shape < tb->shape ? 1 : -1;
  }
  if (ta->depth != tb->depth)
    return ta->depth < tb->depth ? 1 : -1;
  return (ta->prim > tb->prim) - (ta->prim < tb->prim);
}

static void
list_runs (const GArray *shapes, const GArray *triangles, DioGlBlendOrder *order)
{
  guint last = G_MAXUINT;
  for (guint i = 0; i < triangles->len; i++) {
    const Triangle *triangle = &g_array_index (triangles, Triangle, i);
    const DioGlDraw *draw = g_array_index (shapes, Shape, triangle->shape).draw;
    if (triangle->shape != last) {
      DioGlBlendRun run = { draw, order->indices->len, 0 };
      g_array_append_val (order->runs, run);
      last = triangle->shape;
    }
    g_array_append_vals (order->indices, draw->item->mesh->triangles[triangle->prim], 3);
    g_array_index (order->runs, DioGlBlendRun, order->runs->len - 1).n_indices += 3;
  }
}

void
dio_gl_blend_sort (const DioGlList *list, DioGlBlendOrder *order)
{
  g_autoptr (GArray) shapes = g_array_new (FALSE, FALSE, sizeof (Shape));
  g_autoptr (GArray) triangles = g_array_new (FALSE, FALSE, sizeof (Triangle));
  const Sort sort = { list, choose_axis (list), shapes, triangles };
  order->runs = g_array_new (FALSE, FALSE, sizeof (DioGlBlendRun));
  order->indices = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  for (guint i = 0; i < list->draws->len; i++) {
    const DioGlDraw *draw = &g_array_index (list->draws, DioGlDraw, i);
    if (is_sorted (draw))
      add_shape (&sort, draw);
  }
  join_groups (shapes);
  for (guint group = 0; group < shapes->len; group++)
    if (g_array_index (shapes, Shape, group).group == group)
      slice_group (shapes, triangles, group);
  g_array_sort_with_data (triangles, compare_triangles_cb, shapes->data);
  list_runs (shapes, triangles, order);
}

void
dio_gl_blend_order_clear (DioGlBlendOrder *order)
{
  g_clear_pointer (&order->runs, g_array_unref);
  g_clear_pointer (&order->indices, g_array_unref);
}
