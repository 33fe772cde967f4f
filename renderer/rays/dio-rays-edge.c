#define G_LOG_DOMAIN "dio-rays"

#include "dio-rays-private.h"

#include <math.h>

/* A renderer that places an edge up to EDGE_PX elsewhere can give a pixel to another leaf only at an outline:
 * an edge between two triangles of one mesh that turn the same side to the eye moves nothing but the border
 * of two triangles of one leaf. Outlines are edges between triangles that turn different sides to it, edges
 * of triangles that nearly touch the line of sight, borders of meshes, and seams of cut or blended textures. An edge that lies clearly behind
 * what owns the pixel cannot matter and is left out. Items are independent; marks are only ever set, so
 * their order has no effect. */

/** An edge lies behind the owner where it is this share of depth deeper. */
#define HIDDEN_SHARE 0.01

typedef struct {
  DioRayScene *scene;
  DioRayLabels *labels;
} EdgeJob;

typedef struct {
  const double *from, *to; /**< canvas pixels */
  double from_depth, to_depth;
} Edge;

/** Marks the pixel if its centre is within EDGE_PX of the edge and the edge is not hidden there. */
static void
mark_pixel (const DioRayLabels *labels, const Edge *edge, int x, int y)
{
  int width = (int) labels->edge->width, height = (int) labels->edge->height;
  if (x < width || x >= 2 * width || y < height || y >= 2 * height)
    return;
  double ex = edge->to[0] - edge->from[0], ey = edge->to[1] - edge->from[1];
  double px = x + 0.5 - edge->from[0], py = y + 0.5 - edge->from[1];
  double length2 = ex * ex + ey * ey;
  double share = length2 > 0 ? CLAMP ((px * ex + py * ey) / length2, 0, 1) : 0;
  double dx = px - share * ex, dy = py - share * ey;
  if (dx * dx + dy * dy > EDGE_PX * EDGE_PX)
    return;
  double depth = 1.0 / ((1 - share) / edge->from_depth + share / edge->to_depth);
  gsize index = (gsize) (y - height) * (gsize) width + (gsize) (x - width);
  if (depth <= labels->depth_z->f32[index] * (1 + HIDDEN_SHARE))
    __atomic_fetch_or (&labels->edge->u8[index], DIO_EDGE_OUTLINE, __ATOMIC_RELAXED);
}

/** Visits the centres along the longer axis; at each the centre next to the edge is the only candidate. */
static void
mark_edge (const DioRayLabels *labels, const Edge *edge)
{
  double ex = edge->to[0] - edge->from[0], ey = edge->to[1] - edge->from[1];
  guint major = fabs (ex) >= fabs (ey) ? 0 : 1;
  double begin = MIN (edge->from[major], edge->to[major]) - EDGE_PX;
  double end = MAX (edge->from[major], edge->to[major]) + EDGE_PX;
  double size = major == 0 ? labels->edge->width : labels->edge->height;
  double low = MAX (begin - 0.5, size), high = MIN (end - 0.5, 2 * size - 1);
  if (!(low <= high))
    return;
  int first = (int) low, last = (int) high;
  first += first < low;
  double slope = first <= last ? (major == 0 ? ey / ex : ex / ey) : 0;
  for (int step = first; step <= last; step++) {
    double along = CLAMP (step + 0.5, begin + EDGE_PX, end - EDGE_PX) - edge->from[major];
    double across = edge->from[1 - major] + (isfinite (slope) ? along * slope : 0);
    if (!(across >= 0 && across < 1e6))
      continue;
    double nearest = (int) across;
    /* At 45 degrees the band reaches sqrt 2 times as far across. */
    if (!(fabs (across - nearest - 0.5) <= 1.5 * EDGE_PX))
      continue;
    if (major == 0)
      mark_pixel (labels, edge, step, (int) nearest);
    else
      mark_pixel (labels, edge, (int) nearest, step);
  }
}

static gboolean
touches_image (const RayPolygon *polygon, double width, double height)
{
  double box[4] = { INFINITY, INFINITY, -INFINITY, -INFINITY };
  for (guint i = 0; i < polygon->n; i++) {
    box[0] = MIN (box[0], polygon->points[i][0]);
    box[1] = MIN (box[1], polygon->points[i][1]);
    box[2] = MAX (box[2], polygon->points[i][0]);
    box[3] = MAX (box[3], polygon->points[i][1]);
  }
  return box[0] <= 2 * width && box[2] >= width && box[1] <= 2 * height && box[3] >= height;
}

static gboolean
is_outline (const RayItem *item, const RayEdge *edge)
{
  if (edge->other == NO_ITEM)
    return TRUE;
  /* Of two triangles that meet at a seam one may be cut out there and the other not. */
  if (edge->seam && item->material->alpha_mode != DIO_ALPHA_OPAQUE)
    return TRUE;
  guint a = item->facing[edge->triangle], b = item->facing[edge->other];
  return ((a | b) & RAY_FACING_GRAZING) != 0 || ((a ^ b) & RAY_FACING_FRONT) != 0;
}

/** The outlines of an item that lies beyond the near plane. */
static void
mark_outlines (const EdgeJob *job, const RayItem *item)
{
  for (guint i = 0; i < item->topology->n_edges; i++) {
    const RayEdge *edge = &item->topology->edges[i];
    if (!is_outline (item, edge))
      continue;
    Edge outline = { item->canvas[edge->from], item->canvas[edge->to], item->canvas[edge->from][2],
                     item->canvas[edge->to][2] };
    mark_edge (job->labels, &outline);
  }
}

/** All edges of the triangles of an item that the near plane may cut. */
static void
mark_clipped (const EdgeJob *job, const RayItem *item)
{
  double width = job->labels->edge->width, height = job->labels->edge->height;
  for (guint prim = 0; prim < item->mesh->n_triangles; prim++) {
    RayPolygon polygon;
    if (!ray_item_project (job->scene, item, prim, &polygon)
        || !touches_image (&polygon, width, height))
      continue;
    for (guint i = 0; i < polygon.n; i++) {
      guint next = (i + 1) % polygon.n;
      Edge edge = { polygon.points[i], polygon.points[next], polygon.depth[i],
                    polygon.depth[next] };
      mark_edge (job->labels, &edge);
    }
  }
}

static void
mark_item_cb (guint index, guint thread, gpointer data)
{
  const EdgeJob *job = data;
  const RayItem *item = ray_scene_get_item (job->scene, index);
  double width = job->labels->edge->width, height = job->labels->edge->height;
  if (!item->usable || !item->visible || item->canvas_box[0] > 2 * width
      || item->canvas_box[2] < width || item->canvas_box[1] > 2 * height
      || item->canvas_box[3] < height)
    return;
  if (item->near_clipped)
    mark_clipped (job, item);
  else
    mark_outlines (job, item);
}

void
ray_scene_mark_edges (DioRayScene *scene, DioRayLabels *labels)
{
  EdgeJob job = { scene, labels };
  dio_pool_run (scene->pool, scene->items->len, mark_item_cb, &job);
}
