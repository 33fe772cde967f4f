#define G_LOG_DOMAIN "dio-rays"

#include "dio-rays-private.h"

#include <math.h>
#include <string.h>

/* The union of the triangles that turn one side to the eye, from its outline alone. All of them run the same
 * way round on the canvas, so the number of them over a place is the winding number of their border about it,
 * and edges between two of them cancel. A row of samples crosses the border of an item some few times where it
 * would cross hundreds of triangles. Crossings have the bits that the rasteriser of single triangles gives
 * them, and spans hold their ends as it does. Rows that run through an end of a border edge to the bit, where
 * borders that count on both sides matter, are left to that rasteriser. */

/** Where a row crosses the border. */
typedef struct {
  double x;
  int turn; /**< winding to the right of it less that to the left */
  int next; /**< of the same row; -1: none */
} Crossing;

typedef struct {
  const RayRaster *raster;
  GArray *crossings; /**< of Crossing */
  GArray *heads;     /**< of int, the rows of plane after plane; -1: none */
} Outline;

static int *
plane_heads (const Outline *outline, guint plane)
{
  gsize at = 0;
  for (guint i = 0; i < plane; i++)
    at += (gsize) (outline->raster->planes[i].y1 - outline->raster->planes[i].y0);
  return (int *) (void *) outline->heads->data + at;
}

static void
clear_rows (Outline *outline)
{
  gsize n = 0;
  for (guint i = 0; i < outline->raster->n_planes; i++)
    n += (gsize) (outline->raster->planes[i].y1 - outline->raster->planes[i].y0);
  // One more than the rows: planes without any still have a place to point to.
  g_array_set_size (outline->heads, (guint) n + 1);
  memset (outline->heads->data, 0xff, (n + 1) * sizeof (int));
  g_array_set_size (outline->crossings, 0);
}

/** Adds the crossings of one edge with the rows of one plane, upper end included and lower end not; FALSE
 * where a row runs through an end. */
static gboolean
cross_rows (Outline *outline, guint plane, const RaySlope *edge, int turn)
{
  const RayBits *bits = &outline->raster->planes[plane];
  double offset = outline->raster->offsets[plane][1];
  double top = edge->y - offset, bottom = edge->end_y - offset;
  double low = MAX (top, bits->y0), high = MIN (bottom, bits->y1 - 1);
  if (!(low <= high))
    return TRUE;
  int first = (int) low, last = (int) high;
  first += first < low;
  if ((first == top && first < bits->y1) || last == bottom)
    return FALSE;
  int *heads = plane_heads (outline, plane);
  for (int row = first; row <= last; row++) {
    Crossing crossing = { edge->x + (row + offset - edge->y) * edge->slope, turn,
                          heads[row - bits->y0] };
    heads[row - bits->y0] = (int) outline->crossings->len;
    g_array_append_val (outline->crossings, crossing);
  }
  return TRUE;
}

static gboolean
add_edge (Outline *outline, const double *from, const double *to)
{
  RaySlope edge = ray_slope_between (from, to);
  int turn = from[1] < to[1] ? 1 : -1;
  for (guint plane = 0; plane < outline->raster->n_planes; plane++)
    if (!cross_rows (outline, plane, &edge, turn))
      return FALSE;
  return TRUE;
}

/** Sets the samples of one row between the places where the winding number leaves 0 and comes back to it. */
static gboolean
fill_row (Outline *outline, RayBits *bits, int row, double offset, int head)
{
  Crossing *crossings = (Crossing *) (void *) outline->crossings->data;
  Crossing *sorted[64];
  guint n = 0;
  for (int i = head; i >= 0; i = crossings[i].next) {
    guint k = n++;
    if (k == G_N_ELEMENTS (sorted))
      return FALSE;
    for (; k > 0 && sorted[k - 1]->x > crossings[i].x; k--)
      sorted[k] = sorted[k - 1];
    sorted[k] = &crossings[i];
  }
  int winding = 0, x[2];
  double range[2] = { 0, 0 };
  for (guint i = 0; i < n; i++) {
    if (winding == 0)
      range[0] = sorted[i]->x;
    winding += sorted[i]->turn;
    range[1] = sorted[i]->x;
    if (winding == 0 && ray_samples_between (range, offset, bits->x0, bits->x1, x))
      ray_bits_set_span (bits, row, x[0], x[1]);
  }
  return winding == 0;
}

/** One of the two sides: triangles whose facing under @mask is @wanted. */
static gboolean
fill_side (Outline *outline, const RayItem *item, guint mask, guint wanted)
{
  const RayRaster *raster = outline->raster;
  clear_rows (outline);
  for (guint i = 0; i < item->topology->n_edges; i++) {
    const RayEdge *edge = &item->topology->edges[i];
    gboolean here = (item->facing[edge->triangle] & mask) == wanted;
    gboolean there = edge->other != NO_ITEM && (item->facing[edge->other] & mask) == wanted;
    if (here == there)
      continue;
    const double *from = item->canvas[edge->from], *to = item->canvas[edge->to];
    if (!add_edge (outline, here ? from : to, here ? to : from))
      return FALSE;
  }
  for (guint plane = 0; plane < raster->n_planes; plane++) {
    RayBits *bits = &raster->planes[plane];
    const int *heads = plane_heads (outline, plane);
    for (int row = bits->y0; row < bits->y1; row++)
      if (heads[row - bits->y0] >= 0
          && !fill_row (outline, bits, row, raster->offsets[plane][0], heads[row - bits->y0]))
        return FALSE;
  }
  return TRUE;
}

gboolean
ray_outline_fill (const RayRaster *raster, const RayItem *item)
{
  Outline outline = { raster, raster->scratch->crossings, raster->scratch->heads };
  if (item->near_clipped)
    return FALSE;
  return fill_side (&outline, item, RAY_FACING_FRONT, RAY_FACING_FRONT)
         && (!item->material->double_sided || fill_side (&outline, item, RAY_FACING_FRONT, 0));
}
