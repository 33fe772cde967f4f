/* One ring for a mask of several parts: each next part is hung on by a line there and back. */
#define G_LOG_DOMAIN "dio-export"

#include "dio-export-polygon-private.h"

static const DioGridPoint *
get (const GArray *ring, guint i)
{
  return &g_array_index (ring, DioGridPoint, i % ring->len);
}

/* The pair of nearest points; of equal ones, the first. */
static void
find_nearest (const GArray *ring, const GArray *part, guint *at, guint *from)
{
  gint64 best = G_MAXINT64;

  for (guint i = 0; i < ring->len; i++)
    for (guint k = 0; k < part->len; k++) {
      gint64 dx = get (ring, i)->x - get (part, k)->x, dy = get (ring, i)->y - get (part, k)->y;
      if (dx * dx + dy * dy >= best)
        continue;
      best = dx * dx + dy * dy;
      *at = i;
      *from = k;
    }
}

/* @ring with @part behind the point @at: out to @from, around, and back. */
static GArray *
join (const GArray *ring, const GArray *part, guint at, guint from)
{
  GArray *joined =
      g_array_sized_new (FALSE, FALSE, sizeof (DioGridPoint), ring->len + part->len + 2);

  g_array_append_vals (joined, get (ring, 0), at + 1);
  for (guint k = 0; k < part->len; k++)
    g_array_append_val (joined, *get (part, from + k));
  /* A part of one point is where the line ends already. */
  if (part->len > 1)
    g_array_append_val (joined, *get (part, from));
  g_array_append_vals (joined, get (ring, at), ring->len - at);
  return joined;
}

GArray *
dio_export_ring_from_mask (const DioRle *mask, guint *n_parts)
{
  g_return_val_if_fail (mask, NULL);

  g_autoptr (GPtrArray) rings = dio_export_pixel_rings_from_mask (mask);
  GArray *ring = rings->len > 0 ? g_array_ref (rings->pdata[0])
                                : g_array_new (FALSE, FALSE, sizeof (DioGridPoint));

  if (n_parts)
    *n_parts = rings->len;
  for (guint i = 1; i < rings->len; i++) {
    guint at = 0, from = 0;
    find_nearest (ring, rings->pdata[i], &at, &from);
    GArray *joined = join (ring, rings->pdata[i], at, from);
    g_array_unref (ring);
    ring = joined;
  }
  while (ring->len > 0 && ring->len < 3) {
    DioGridPoint last = *get (ring, ring->len - 1);
    g_array_append_val (ring, last);
  }
  return ring;
}
