/* Outlines of masks. Edges of pixels are directed so that the mask lies on their right (y grows downwards: outer
 * rings run clockwise on the screen). Where two pixels touch at a corner only, the walk turns around its own
 * pixel, so such pixels are never one ring's inside.
 *
 * Columns are searched from left to right. The first edge met of an outer ring has the mask on its right side;
 * the first of a hole has it on its left, and the row of pixels that leads left from there ends at an edge of a
 * ring that was met before: there the hole is spliced in. */
#define G_LOG_DOMAIN "dio-export"

#include "dio-export-polygon-private.h"

#include <string.h>

/** A step of one pixel along an outline. */
typedef struct {
  DioGridPoint start;
  int next;
  gboolean cut; /**< leads along the cut of a hole, through the row of pixels below */
} Step;

/** A mask's window with a border of one empty pixel, so that no neighbour needs a check. */
typedef struct {
  int width, height; /**< with the border */
  guint8 *set;
  int *steps_at; /**< step of the vertical edge left of a pixel, or -1 */
  GArray *steps; /**< of Step */
} Outline;

/* Directions: right, down, left, up; one more is a turn to the right. */
static const DioGridPoint moves[4] = { { 1, 0 }, { 0, 1 }, { -1, 0 }, { 0, -1 } };
/* The pixels ahead of a vertex on the right and on the left of each direction. */
static const DioGridPoint right_ahead[4] = { { 0, 0 }, { -1, 0 }, { -1, -1 }, { 0, -1 } };
static const DioGridPoint left_ahead[4] = { { 0, -1 }, { 0, 0 }, { -1, 0 }, { -1, -1 } };

enum { RIGHT, DOWN, LEFT, UP };

static gboolean
is_set (const Outline *o, int x, int y)
{
  return o->set[y * o->width + x] != 0;
}

static gboolean
is_set_by (const Outline *o, DioGridPoint at, DioGridPoint offset)
{
  return is_set (o, at.x + offset.x, at.y + offset.y);
}

static int
add_step (Outline *o, DioGridPoint start)
{
  Step step = { .start = start, .next = -1 };
  g_array_append_val (o->steps, step);
  return (int) o->steps->len - 1;
}

static Step *
get_step (Outline *o, int index)
{
  return &g_array_index (o->steps, Step, index);
}

static int
turn (const Outline *o, DioGridPoint at, int direction)
{
  if (!is_set_by (o, at, right_ahead[direction]))
    return (direction + 1) % 4;
  return is_set_by (o, at, left_ahead[direction]) ? (direction + 3) % 4 : direction;
}

/* Remembers the step under the vertical edge that it runs along. */
static void
mark_edge (Outline *o, int step, DioGridPoint start, int direction)
{
  if (direction == UP)
    o->steps_at[(start.y - 1) * o->width + start.x] = step;
  else if (direction == DOWN)
    o->steps_at[start.y * o->width + start.x] = step;
}

/* Walks a ring from @start until it closes; returns its first step, @last its last one. */
static int
trace_ring (Outline *o, DioGridPoint start, int direction, int *last)
{
  DioGridPoint at = start;
  int first = -1, previous = -1, begin = direction;

  do {
    int step = add_step (o, at);
    if (previous >= 0)
      get_step (o, previous)->next = step;
    else
      first = step;
    mark_edge (o, step, at, direction);
    previous = step;
    at = (DioGridPoint){ at.x + moves[direction].x, at.y + moves[direction].y };
    direction = turn (o, at, direction);
  } while (at.x != start.x || at.y != start.y || direction != begin);
  get_step (o, previous)->next = first;
  *last = previous;
  return first;
}

/* Cuts from the start of the hole, to the left along its line, to the ring that is met there. */
static void
splice_hole (Outline *o, int hole, int last)
{
  DioGridPoint from = get_step (o, hole)->start;
  int x = from.x - 1;

  while (is_set (o, x - 1, from.y))
    x--;
  /* The edge left of (x, y) runs up: what follows it starts at the end of the cut. */
  int ring = get_step (o, o->steps_at[from.y * o->width + x])->next;
  int hole_again = add_step (o, from);
  int ring_again = add_step (o, get_step (o, ring)->start);
  int after = get_step (o, ring)->next;
  get_step (o, ring_again)->next = after;
  get_step (o, hole_again)->next = ring_again;
  get_step (o, last)->next = hole_again;
  get_step (o, ring)->next = hole;
  get_step (o, ring_again)->cut = get_step (o, ring)->cut;
  get_step (o, ring)->cut = TRUE;
  get_step (o, hole_again)->cut = TRUE;
  /* The side that began at the cut's end now begins at its copy, for the next cut that looks it up. */
  DioGridPoint end = get_step (o, ring_again)->start, next = get_step (o, after)->start;
  if (next.y != end.y && next.x == end.x)
    mark_edge (o, ring_again, end, next.y < end.y ? UP : DOWN);
}

static gboolean
runs_straight (DioGridPoint a, DioGridPoint b, DioGridPoint c)
{
  return (a.x == b.x && b.x == c.x && (a.y < b.y) == (b.y < c.y))
         || (a.y == b.y && b.y == c.y && (a.x < b.x) == (b.x < c.x));
}

/* The corners of a ring, moved to @origin. */
static GArray *
collect_ring (Outline *o, int first, DioGridPoint origin)
{
  GArray *points = g_array_new (FALSE, FALSE, sizeof (DioGridPoint));
  int previous = first, step = get_step (o, first)->next;

  do {
    int next = get_step (o, step)->next;
    DioGridPoint at = get_step (o, step)->start;
    if (!runs_straight (get_step (o, previous)->start, at, get_step (o, next)->start)) {
      DioGridPoint moved = { at.x + origin.x, at.y + origin.y };
      g_array_append_val (points, moved);
    }
    previous = step;
    step = next;
  } while (previous != first);
  return points;
}

/* TRUE where @b lies on the way from @a to @c, so that the way needs no point there. */
static gboolean
lies_between (DioGridPoint a, DioGridPoint b, DioGridPoint c)
{
  DioGridPoint u = { b.x - a.x, b.y - a.y }, v = { c.x - b.x, c.y - b.y };

  return (gint64) u.x * v.y == (gint64) u.y * v.x && (gint64) u.x * v.x + (gint64) u.y * v.y > 0;
}

static void
append_pixel (GArray *points, DioGridPoint pixel)
{
  const DioGridPoint *end =
      points->len > 0 ? &g_array_index (points, DioGridPoint, points->len - 1) : NULL;

  if (end && end->x == pixel.x && end->y == pixel.y)
    return;
  if (points->len > 1 && lies_between (end[-1], *end, pixel))
    g_array_set_size (points, points->len - 1);
  g_array_append_val (points, pixel);
}

/* The pixel of the mask beside the step from @start to @end; on a cut, the one below its first or last edge. */
static DioGridPoint
pixel_beside (const Step *step, DioGridPoint end, gboolean last)
{
  DioGridPoint start = step->start;

  if (step->cut) {
    int from = end.x > start.x ? start.x : start.x - 1, to = end.x > start.x ? end.x - 1 : end.x;
    return (DioGridPoint){ last ? to : from, start.y };
  }
  if (end.x != start.x)
    return end.x > start.x ? start : (DioGridPoint){ end.x, start.y - 1 };
  return end.y > start.y ? (DioGridPoint){ start.x - 1, start.y } : end;
}

/* The pixels along a ring, moved to @origin; the cuts of holes lead through pixels of the mask. */
static GArray *
collect_pixels (Outline *o, int first, DioGridPoint origin)
{
  GArray *points = g_array_new (FALSE, FALSE, sizeof (DioGridPoint));
  int index = first;

  do {
    const Step *step = get_step (o, index);
    DioGridPoint end = get_step (o, step->next)->start;
    for (int last = 0; last <= 1; last++) {
      DioGridPoint at = pixel_beside (step, end, last);
      append_pixel (points, (DioGridPoint){ at.x + origin.x, at.y + origin.y });
    }
    index = step->next;
  } while (index != first);
  const DioGridPoint *ends = &g_array_index (points, DioGridPoint, 0);
  if (points->len > 1 && ends[0].x == ends[points->len - 1].x
      && ends[0].y == ends[points->len - 1].y)
    g_array_set_size (points, points->len - 1);
  return points;
}

static void
set_span_cb (guint x, guint y0, guint y1, gpointer data)
{
  Outline *o = data;

  for (guint y = y0; y < y1; y++)
    o->set[(y + 1) * (guint) o->width + x + 1] = 1;
}

static void
outline_init (Outline *o, const DioRle *mask, const DioPixelBox *box)
{
  g_auto (DioRle) window = { 0 };

  o->width = box->x1 - box->x0 + 2;
  o->height = box->y1 - box->y0 + 2;
  gsize n = (gsize) o->width * (gsize) o->height;
  o->set = g_new0 (guint8, n);
  o->steps_at = g_new (int, n);
  memset (o->steps_at, 0xff, n * sizeof *o->steps_at);
  o->steps = g_array_new (FALSE, FALSE, sizeof (Step));
  dio_rle_crop (&window, mask, box);
  dio_rle_foreach_span (&window, set_span_cb, o);
}

static void
outline_clear (Outline *o)
{
  g_free (o->set);
  g_free (o->steps_at);
  g_array_unref (o->steps);
}

/* Looks at the vertical edge left of pixel (x, y). */
static void
visit_edge (Outline *o, int x, int y, GArray *rings)
{
  gboolean inside = is_set (o, x, y);
  int last;

  if (inside == is_set (o, x - 1, y) || o->steps_at[y * o->width + x] >= 0)
    return;
  if (inside) {
    int ring = trace_ring (o, (DioGridPoint){ x, y + 1 }, UP, &last);
    g_array_append_val (rings, ring);
  } else {
    int hole = trace_ring (o, (DioGridPoint){ x, y }, DOWN, &last);
    splice_hole (o, hole, last);
  }
}

typedef GArray *(*Collect) (Outline *o, int first, DioGridPoint origin);

static GPtrArray *
trace (const DioRle *mask, Collect collect)
{
  GPtrArray *polygons = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  DioPixelBox box = dio_rle_box (mask);
  g_autoptr (GArray) rings = g_array_new (FALSE, FALSE, sizeof (int));
  Outline o;

  if (box.x0 == box.x1)
    return polygons;
  outline_init (&o, mask, &box);
  for (int x = 1; x < o.width; x++)
    for (int y = 1; y < o.height - 1; y++)
      visit_edge (&o, x, y, rings);
  for (guint i = 0; i < rings->len; i++)
    g_ptr_array_add (polygons, collect (&o, g_array_index (rings, int, i),
                                        (DioGridPoint){ box.x0 - 1, box.y0 - 1 }));
  outline_clear (&o);
  return polygons;
}

GPtrArray *
dio_export_polygons_from_mask (const DioRle *mask)
{
  g_return_val_if_fail (mask, NULL);

  return trace (mask, collect_ring);
}

GPtrArray *
dio_export_pixel_rings_from_mask (const DioRle *mask)
{
  g_return_val_if_fail (mask, NULL);

  return trace (mask, collect_pixels);
}
