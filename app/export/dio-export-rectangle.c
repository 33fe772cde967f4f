/* The rectangle of least area around a mask. One side of it lies on an edge of the convex hull of the mask's pixels,
 * so all edges are tried: hulls of masks have few. */
#define G_LOG_DOMAIN "dio-export"

#include "dio-export-polygon-private.h"

#include <math.h>

/* How far a corner may lie outside the picture, in pixels: rounding. */
#define SLACK_PX 1e-9

static gint64
cross (const DioGridPoint *o, const DioGridPoint *a, const DioGridPoint *b)
{
  return (gint64) (a->x - o->x) * (b->y - o->y) - (gint64) (a->y - o->y) * (b->x - o->x);
}

/* First and last row of each column's pixels, as corners of the grid, left to right. */
typedef struct {
  GArray *upper, *lower;
} Chains;

/* Keeps the chain convex: @sign 1 for the upper chain of a picture whose y grows downwards, -1 for the lower. */
static void
append_convex (GArray *chain, DioGridPoint point, int sign)
{
  while (chain->len > 1
         && sign
                    * cross (&g_array_index (chain, DioGridPoint, chain->len - 2),
                             &g_array_index (chain, DioGridPoint, chain->len - 1), &point)
                <= 0)
    g_array_set_size (chain, chain->len - 1);
  g_array_append_val (chain, point);
}

typedef struct {
  Chains chains;
  int x, top, bottom; /**< the column being read */
} Reader;

static void
end_column (Reader *r)
{
  for (int side = 0; side <= 1 && r->x >= 0; side++) {
    append_convex (r->chains.upper, (DioGridPoint){ r->x + side, r->top }, 1);
    append_convex (r->chains.lower, (DioGridPoint){ r->x + side, r->bottom }, -1);
  }
}

static void
read_span_cb (guint x, guint y0, guint y1, gpointer data)
{
  Reader *r = data;

  if ((int) x != r->x) {
    end_column (r);
    r->x = (int) x;
    r->top = (int) y0;
  }
  r->bottom = (int) y1;
}

/* Convex hull, clockwise on the screen, no point twice. */
static GArray *
make_hull (const DioRle *mask)
{
  Reader r = { { g_array_new (FALSE, FALSE, sizeof (DioGridPoint)),
                 g_array_new (FALSE, FALSE, sizeof (DioGridPoint)) },
               -1,
               0,
               0 };

  dio_rle_foreach_span (mask, read_span_cb, &r);
  end_column (&r);
  for (guint i = r.chains.lower->len; i-- > 0;)
    g_array_append_val (r.chains.upper, g_array_index (r.chains.lower, DioGridPoint, i));
  g_array_unref (r.chains.lower);
  return r.chains.upper;
}

/* The rectangle along the unit vector (ux, uy); returns its area. */
static double
make_rectangle (const GArray *hull, double ux, double uy, double corners[4][2])
{
  double a0 = HUGE_VAL, a1 = -HUGE_VAL, b0 = HUGE_VAL, b1 = -HUGE_VAL;

  for (guint i = 0; i < hull->len; i++) {
    const DioGridPoint *p = &g_array_index (hull, DioGridPoint, i);
    double a = p->x * ux + p->y * uy, b = p->y * ux - p->x * uy;
    a0 = MIN (a0, a);
    a1 = MAX (a1, a);
    b0 = MIN (b0, b);
    b1 = MAX (b1, b);
  }
  const double at[4][2] = { { a0, b0 }, { a1, b0 }, { a1, b1 }, { a0, b1 } };
  for (guint i = 0; i < 4; i++) {
    corners[i][0] = at[i][0] * ux - at[i][1] * uy;
    corners[i][1] = at[i][0] * uy + at[i][1] * ux;
  }
  return (a1 - a0) * (b1 - b0);
}

static gboolean
is_inside (const DioRle *mask, double corners[4][2])
{
  for (guint i = 0; i < 4; i++)
    if (corners[i][0] < -SLACK_PX || corners[i][0] > mask->width + SLACK_PX
        || corners[i][1] < -SLACK_PX || corners[i][1] > mask->height + SLACK_PX)
      return FALSE;
  return TRUE;
}

void
dio_export_rectangle_from_mask (const DioRle *mask, double corners[4][2])
{
  g_autoptr (GArray) hull = make_hull (mask);
  double best = make_rectangle (hull, 1, 0, corners);

  for (guint i = 0; i < hull->len; i++) {
    const DioGridPoint *p = &g_array_index (hull, DioGridPoint, i);
    const DioGridPoint *q = &g_array_index (hull, DioGridPoint, (i + 1) % hull->len);
    double x = q->x - p->x, y = q->y - p->y, length = sqrt (x * x + y * y), tried[4][2];
    if (length == 0)
      continue;
    double area = make_rectangle (hull, x / length, y / length, tried);
    /* A slanted one must be truly smaller, so that upright objects keep whole numbers. */
    if (area >= best * (1 - 1e-12) || !is_inside (mask, tried))
      continue;
    best = area;
    for (guint k = 0; k < 4; k++) {
      corners[k][0] = CLAMP (tried[k][0], 0, mask->width);
      corners[k][1] = CLAMP (tried[k][1], 0, mask->height);
    }
  }
}
