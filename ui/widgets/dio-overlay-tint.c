#define G_LOG_DOMAIN "dio-widgets"

#include "dio-overlay-tint-private.h"

#include "dio-label-palette.h"

#include <math.h>

#define STRIPE_PX 6
#define BACKGROUND_GREY 0x28
#define DEPTH_STEPS 1024

void
dio_tint_table_clear (DioTintTable *table)
{
  g_clear_pointer (&table->colors, g_free);
  table->n_leaves = 0;
}

gboolean
dio_tint_table_is_equal (const DioTintTable *a, const DioTintTable *b)
{
  if (a->n_leaves != b->n_leaves || a->colors == NULL || b->colors == NULL)
    return FALSE;
  return memcmp (a->colors, b->colors, (a->n_leaves + 1) * sizeof (DioTintColor)) == 0;
}

static gboolean
is_in_stripe (guint pattern, guint x, guint y)
{
  guint position = pattern % 3 == 1 ? x + y : pattern % 3 == 2 ? x + (G_MAXUINT16 - y) : y;
  return position / STRIPE_PX % 2 == 1;
}

/* One row of groups, with the row's own ends repeated at both sides so that the edge of the picture is no contour. */
static void
fill_groups (guint *groups, const guint16 *ids, guint width, const DioTintTable *table)
{
  for (guint x = 0; x < width; x++)
    groups[x + 1] = ids[x] <= table->n_leaves ? table->colors[ids[x]].group : 0;
  groups[0] = groups[1];
  groups[width + 1] = groups[width];
}

typedef struct {
  const guint16 *ids;
  const guint *above, *here, *below; /* groups, one pixel longer at both ends */
  guint width, y;
} TintRow;

static void
tint_row (guint8 *out, const TintRow *row, const DioTintTable *table)
{
  for (guint x = 0; x < row->width; x++) {
    guint group = row->here[x + 1];
    if (group == 0)
      continue;
    const DioTintColor *color = &table->colors[row->ids[x]];
    const guint8 *pixel = color->fill;
    if (row->here[x] != group || row->here[x + 2] != group || row->above[x + 1] != group
        || row->below[x + 1] != group)
      pixel = color->contour;
    else if (color->pattern != 0 && is_in_stripe (color->pattern, x, row->y))
      pixel = color->stripe;
    memcpy (out + (gsize) x * 4, pixel, 4);
  }
}

DioImage *
dio_tint_masks (const DioImage *leaf, const DioTintTable *table)
{
  DioImage *image = dio_image_new (leaf->width, leaf->height, 4, DIO_PIXEL_U8);
  gsize padded = (gsize) leaf->width + 2;
  g_autofree guint *buffer = g_new (guint, 3 * padded);
  guint *above = buffer, *here = buffer + padded, *below = buffer + 2 * padded;
  fill_groups (here, leaf->u16, leaf->width, table);
  memcpy (above, here, padded * sizeof *here);
  for (guint y = 0; y < leaf->height; y++) {
    const guint16 *ids = leaf->u16 + (gsize) y * leaf->width;
    if (y + 1 < leaf->height)
      fill_groups (below, ids + leaf->width, leaf->width, table);
    else
      memcpy (below, here, padded * sizeof *here);
    TintRow row = { ids, above, here, below, leaf->width, y };
    tint_row (image->u8 + y * image->stride_bytes, &row, table);
    guint *free_row = above;
    above = here;
    here = below;
    below = free_row;
  }
  return image;
}

static void
find_depth_range (const DioImage *depth_z, float *nearest, float *farthest)
{
  gsize n = (gsize) depth_z->width * depth_z->height;
  *nearest = INFINITY;
  *farthest = 0;
  for (gsize i = 0; i < n; i++) {
    float z = depth_z->f32[i];
    if (z > 0 && z < *nearest)
      *nearest = z;
    if (z > *farthest && z < INFINITY)
      *farthest = z;
  }
}

DioImage *
dio_tint_depth (const DioImage *depth_z)
{
  DioImage *image = dio_image_new (depth_z->width, depth_z->height, 3, DIO_PIXEL_U8);
  guint8 ramp[DEPTH_STEPS][3];
  for (guint i = 0; i < DEPTH_STEPS; i++)
    dio_label_palette_get_depth (i / (DEPTH_STEPS - 1.0), ramp[i]);
  float nearest, farthest;
  find_depth_range (depth_z, &nearest, &farthest);
  float inverse_near = 1 / nearest;
  float span = inverse_near - 1 / MAX (farthest, nearest);
  float factor = span > 0 ? (DEPTH_STEPS - 1) / span : 0;
  gsize n = (gsize) depth_z->width * depth_z->height;
  for (gsize i = 0; i < n; i++) {
    float z = depth_z->f32[i];
    if (!(z > 0 && z < INFINITY)) {
      memset (image->u8 + i * 3, BACKGROUND_GREY, 3);
      continue;
    }
    int step = (int) ((inverse_near - 1 / z) * factor + 0.5f);
    memcpy (image->u8 + i * 3, ramp[CLAMP (step, 0, DEPTH_STEPS - 1)], 3);
  }
  return image;
}

DioImage *
dio_tint_normal (const DioImage *normal)
{
  DioImage *image = dio_image_new (normal->width, normal->height, 3, DIO_PIXEL_U8);
  gsize n = (gsize) normal->width * normal->height;
  for (gsize i = 0; i < n; i++) {
    const float *v = normal->f32 + i * 3;
    if (v[0] == 0 && v[1] == 0 && v[2] == 0)
      continue;
    for (int c = 0; c < 3; c++)
      image->u8[i * 3 + (gsize) c] = (guint8) ((CLAMP (v[c], -1, 1) + 1) * 127.5f + 0.5f);
  }
  return image;
}

DioImage *
dio_tint_ids (const DioImage *leaf)
{
  static const guint shades[3] = { 256, 190, 130 };
  DioImage *image = dio_image_new (leaf->width, leaf->height, 3, DIO_PIXEL_U8);
  gsize n = (gsize) leaf->width * leaf->height;
  guint8 colors[3 * DIO_LABEL_PALETTE_SIZE][3];
  for (guint i = 0; i < G_N_ELEMENTS (colors); i++) {
    dio_label_palette_get (i, colors[i]);
    for (int c = 0; c < 3; c++)
      colors[i][c] = (guint8) (colors[i][c] * shades[i / DIO_LABEL_PALETTE_SIZE] / 256);
  }
  for (gsize i = 0; i < n; i++)
    if (leaf->u16[i] != 0)
      memcpy (image->u8 + i * 3, colors[(leaf->u16[i] - 1u) % G_N_ELEMENTS (colors)], 3);
  return image;
}
