#define G_LOG_DOMAIN "dio-rays"

#include "dio-core-vec.h"
#include "dio-rays-private.h"

#include <math.h>
#include <string.h>

/* A scanline rasteriser in double precision for the masks of things that are alone in the world: the union
 * of triangles, without depth. A sample belongs to a triangle where it lies inside or on its border. The
 * crossing of an edge with a row is computed from its ends in a fixed order, so that both triangles at an
 * edge get the same bits and no sample falls between them. */

void
ray_bits_init (RayBits *bits, GArray *storage, const int window[static 4])
{
  bits->x0 = window[0];
  bits->y0 = window[1];
  bits->x1 = MAX (window[2], window[0]);
  bits->y1 = MAX (window[3], window[1]);
  bits->origin_x = bits->x0 & ~63;
  bits->words_per_row = (gsize) (bits->x1 - bits->origin_x + 63) / 64;
  gsize n = bits->words_per_row * (gsize) (bits->y1 - bits->y0);
  g_array_set_size (storage, (guint) n);
  bits->words = (uint64_t *) (void *) storage->data;
  if (n > 0)
    memset (bits->words, 0, n * sizeof *bits->words);
}

gboolean
ray_bits_get (const RayBits *bits, int x, int y)
{
  if (x < bits->x0 || x >= bits->x1 || y < bits->y0 || y >= bits->y1)
    return FALSE;
  gsize word = (gsize) (y - bits->y0) * bits->words_per_row + (gsize) (x - bits->origin_x) / 64;
  return (bits->words[word] >> ((x - bits->origin_x) & 63)) & 1;
}

void
ray_bits_set_span (RayBits *bits, int y, int x0, int x1)
{
  uint64_t *row = bits->words + (gsize) (y - bits->y0) * bits->words_per_row;
  guint first = (guint) (x0 - bits->origin_x), last = (guint) (x1 - bits->origin_x);
  uint64_t head = UINT64_MAX << (first & 63), tail = UINT64_MAX >> (63 - (last & 63));
  if (first / 64 == last / 64) {
    row[first / 64] |= head & tail;
    return;
  }
  row[first / 64] |= head;
  for (guint word = first / 64 + 1; word < last / 64; word++)
    row[word] = UINT64_MAX;
  row[last / 64] |= tail;
}

guint64
ray_bits_count (const RayBits *bits, const int window[static 4])
{
  int x0 = MAX (window[0], bits->x0), x1 = MIN (window[2], bits->x1);
  int y0 = MAX (window[1], bits->y0), y1 = MIN (window[3], bits->y1);
  guint64 count = 0;
  if (x0 >= x1)
    return 0;
  guint first = (guint) (x0 - bits->origin_x), last = (guint) (x1 - 1 - bits->origin_x);
  uint64_t head = UINT64_MAX << (first & 63), tail = UINT64_MAX >> (63 - (last & 63));
  for (int y = y0; y < y1; y++) {
    const uint64_t *row = bits->words + (gsize) (y - bits->y0) * bits->words_per_row;
    for (guint word = first / 64; word <= last / 64; word++) {
      uint64_t value = row[word];
      value &= word == first / 64 ? head : UINT64_MAX;
      value &= word == last / 64 ? tail : UINT64_MAX;
      count += (guint64) __builtin_popcountll (value);
    }
  }
  return count;
}

static void
to_canvas (const DioRayScene *scene, const double view[static 3], double out[static 2])
{
  const DioCamera *camera = &scene->view;
  out[0] = camera->fx * view[0] / view[2] + camera->cx + camera->width_px;
  out[1] = camera->fy * view[1] / view[2] + camera->cy + camera->height_px;
}

/** The place where the edge from @front (beyond the near plane) to @behind meets it; always computed from
 * the front end, so that two triangles get the same place. */
static void
cut_edge (const DioRayScene *scene, const double *front, const double *behind, double out[static 2])
{
  double near = scene->view.near_m;
  double share = (front[2] - near) / (front[2] - behind[2]);
  double place[3] = { front[0] + share * (behind[0] - front[0]),
                      front[1] + share * (behind[1] - front[1]), near };
  to_canvas (scene, place, out);
}

static gboolean
project_clipped (const DioRayScene *scene, const RayItem *item, const uint32_t *t, RayPolygon *out)
{
  double near = scene->view.near_m;
  for (guint i = 0; i < 3; i++) {
    guint a = t[i], b = t[(i + 1) % 3];
    double from[3], to[3];
    ray_item_view (item, a, from);
    ray_item_view (item, b, to);
    gboolean from_front = from[2] >= near, to_front = to[2] >= near;
    if (from_front) {
      out->points[out->n][0] = item->canvas[a][0];
      out->points[out->n][1] = item->canvas[a][1];
      out->depth[out->n++] = from[2];
    }
    if (from_front != to_front) {
      cut_edge (scene, from_front ? from : to, from_front ? to : from, out->points[out->n]);
      out->depth[out->n++] = near;
    }
  }
  return out->n >= 3;
}

gboolean
ray_item_project (const DioRayScene *scene, const RayItem *item, guint prim, RayPolygon *out)
{
  const uint32_t *t = item->mesh->triangles[prim];
  double near = scene->view.near_m;
  out->n = 0;
  if (item->near_clipped
      && !(item->canvas[t[0]][2] >= near && item->canvas[t[1]][2] >= near
           && item->canvas[t[2]][2] >= near))
    return project_clipped (scene, item, t, out);
  for (guint i = 0; i < 3; i++) {
    out->points[i][0] = item->canvas[t[i]][0];
    out->points[i][1] = item->canvas[t[i]][1];
    out->depth[i] = item->canvas[t[i]][2];
  }
  out->n = 3;
  return TRUE;
}

/** One plane of one polygon. */
typedef struct {
  const RayRaster *raster;
  const RayItem *item;
  guint prim;
  gboolean tested; /**< alpha decides */
  RayBits *bits;
  double offset[2];
} Fill;

static void
fill_tested (const Fill *fill, int y, int x0, int x1)
{
  const DioRayScene *scene = fill->raster->scene;
  for (int x = x0; x <= x1; x++) {
    if (ray_bits_get (fill->bits, x, y))
      continue;
    DioVec3 direction = ray_scene_direction (scene, x + fill->offset[0] - scene->view.width_px,
                                             y + fill->offset[1] - scene->view.height_px);
    RayHit hit;
    if (ray_item_intersect (fill->item, fill->prim, direction, &hit)
        && ray_item_judge (fill->item, &hit).covers)
      ray_bits_set_span (fill->bits, y, x, x);
  }
}

/** Adds the crossing of one edge with the row at @y to the interval. */
static inline void
cross_edge (const RaySlope *edge, double y, double range[static 2])
{
  if (y < edge->y || y > edge->end_y)
    return;
  gboolean level = edge->y == edge->end_y;
  double x0 = level ? edge->x : edge->x + (y - edge->y) * edge->slope;
  double x1 = level ? edge->end_x : x0;
  range[0] = MIN (range[0], x0);
  range[1] = MAX (range[1], x1);
}

/** A polygon ready for its rows. */
typedef struct {
  guint n;
  RaySlope edges[4];
  gboolean sloped;   /**< edges are set */
  double columns[2]; /**< extent */
  double rows[2];
} Shape;

static void
bound_shape (Shape *shape, const RayPolygon *polygon)
{
  shape->n = polygon->n;
  shape->sloped = FALSE;
  shape->columns[0] = shape->columns[1] = polygon->points[0][0];
  shape->rows[0] = shape->rows[1] = polygon->points[0][1];
  for (guint i = 1; i < polygon->n; i++) {
    const double *p = polygon->points[i];
    shape->columns[0] = MIN (shape->columns[0], p[0]);
    shape->columns[1] = MAX (shape->columns[1], p[0]);
    shape->rows[0] = MIN (shape->rows[0], p[1]);
    shape->rows[1] = MAX (shape->rows[1], p[1]);
  }
}

static void
fill_polygon (const Fill *fill, const RayPolygon *polygon, Shape *shape)
{
  RayBits *bits = fill->bits;
  int y[2], x[2];
  if (!ray_samples_between (shape->columns, fill->offset[0], bits->x0, bits->x1, x)
      || !ray_samples_between (shape->rows, fill->offset[1], bits->y0, bits->y1, y))
    return;
  for (guint i = 0; i < shape->n && !shape->sloped; i++)
    shape->edges[i] =
        ray_slope_between (polygon->points[i], polygon->points[i + 1 < shape->n ? i + 1 : 0]);
  shape->sloped = TRUE;
  for (int row = y[0]; row <= y[1]; row++) {
    double range[2] = { INFINITY, -INFINITY };
    for (guint i = 0; i < shape->n; i++)
      cross_edge (&shape->edges[i], row + fill->offset[1], range);
    if (!ray_samples_between (range, fill->offset[0], bits->x0, bits->x1, x))
      continue;
    if (fill->tested)
      fill_tested (fill, row, x[0], x[1]);
    else
      ray_bits_set_span (bits, row, x[0], x[1]);
  }
}

void
ray_raster_item (const RayRaster *raster, const RayItem *item)
{
  const DioMaterial *material = item->material;
  gboolean tested = material->alpha_mode != DIO_ALPHA_OPAQUE;
  if (!item->usable || !item->visible
      || (material->alpha_mode == DIO_ALPHA_BLEND
          && material->label_surface == DIO_LABEL_SURFACE_THROUGH))
    return;
  if (!tested && ray_outline_fill (raster, item))
    return;
  Fill fill = { .raster = raster, .item = item, .tested = tested };
  for (guint prim = 0; prim < item->mesh->n_triangles; prim++) {
    RayPolygon polygon;
    Shape shape;
    if ((item->facing[prim] & RAY_FACING_CULLED) != 0
        || !ray_item_project (raster->scene, item, prim, &polygon))
      continue;
    bound_shape (&shape, &polygon);
    fill.prim = prim;
    for (guint plane = 0; plane < raster->n_planes; plane++) {
      fill.bits = &raster->planes[plane];
      fill.offset[0] = raster->offsets[plane][0];
      fill.offset[1] = raster->offsets[plane][1];
      fill_polygon (&fill, &polygon, &shape);
    }
  }
}

void
ray_scene_leaf_window (const DioRayScene *scene,
                       guint leaf,
                       const int limit[static 4],
                       int window[static 4])
{
  double box[4] = { INFINITY, INFINITY, -INFINITY, -INFINITY };
  for (guint i = scene->leaf_items[leaf]; i < scene->leaf_items[leaf + 1]; i++) {
    const RayItem *item = ray_scene_get_item (scene, scene->leaf_order[i]);
    if (!item->usable || !item->visible)
      continue;
    box[0] = MIN (box[0], item->canvas_box[0]);
    box[1] = MIN (box[1], item->canvas_box[1]);
    box[2] = MAX (box[2], item->canvas_box[2]);
    box[3] = MAX (box[3], item->canvas_box[3]);
  }
  memset (window, 0, 4 * sizeof *window);
  if (!(box[0] <= limit[2] && box[2] >= limit[0] && box[1] <= limit[3] && box[3] >= limit[1]))
    return;
  window[0] = (int) MAX (floor (box[0]) - 1, limit[0]);
  window[1] = (int) MAX (floor (box[1]) - 1, limit[1]);
  window[2] = (int) MIN (ceil (box[2]) + 1, limit[2]);
  window[3] = (int) MIN (ceil (box[3]) + 1, limit[3]);
}
