#define G_LOG_DOMAIN "dio-rays"

#include "dio-core-conventions.h"
#include "dio-rays-private.h"

#include <string.h>

/* Owners of the colour samples. Rays are spent only on pixels where a sample can have another owner than the
 * centre: where some leaf that is not wholly behind covers a part of the pixel's samples (which the
 * rasteriser found, thin and tiny leaves included), or where the centre's owner differs from one of its
 * eight neighbours'. Elsewhere every leaf that can be seen covers all five places or none; the owner could
 * then change inside the pixel only where two leaves that both fill it pass through each other, and that
 * line reaches a neighbour's centre unless it ends in between. What is lost are thus the ends of such
 * lines, a pixel or two. */

typedef struct {
  DioRayScene *scene;
  const DioRayLabels *labels;
  const DioImage *partial;
} CoverageRun;

/** TRUE if a neighbour within the picture has another owner. */
static gboolean
is_border (const DioImage *leaf, guint x, guint y)
{
  uint16_t own = leaf->u16[(gsize) y * leaf->width + x];
  if (x > 0 && y > 0 && x + 2 < leaf->width && y + 1 < leaf->height) {
    /* Three owners and one more in a word; the comparison drops the one more. */
    const uint16_t *row = &leaf->u16[(gsize) (y - 1) * leaf->width + x - 1];
    uint64_t same = own * UINT64_C (0x1000100010001), differ = 0;
    for (guint i = 0; i < 3; i++, row += leaf->width) {
      uint64_t owners;
      memcpy (&owners, row, sizeof owners);
      differ |= owners ^ same;
    }
    return GUINT64_TO_LE (differ) << 16 != 0;
  }
  guint x0 = x > 0 ? x - 1 : 0, x1 = MIN (x + 1, leaf->width - 1);
  guint y0 = y > 0 ? y - 1 : 0, y1 = MIN (y + 1, leaf->height - 1);
  for (guint ny = y0; ny <= y1; ny++)
    for (guint nx = x0; nx <= x1; nx++)
      if (leaf->u16[(gsize) ny * leaf->width + nx] != own)
        return TRUE;
  return FALSE;
}

static void
add_pixel (GArray *positions, guint x, guint y)
{
  for (guint i = 0; i < DIO_SAMPLES_PER_PIXEL; i++) {
    double position[2] = { x + dio_sample_offsets[i][0], y + dio_sample_offsets[i][1] };
    g_array_append_vals (positions, position, 1);
  }
}

/** Counts are kept as differences to "every sample has the centre's owner". */
static void
tile_cb (guint index, guint thread, gpointer data)
{
  const CoverageRun *run = data;
  RayScratch *scratch = &run->scene->scratch[thread];
  const DioImage *leaf = run->labels->leaf;
  guint tile[4];
  ray_get_tile (index, leaf->width, leaf->height, tile);
  g_array_set_size (scratch->positions, 0);
  gint64 *counts = (gint64 *) (void *) scratch->counts->data;
  for (guint y = tile[1]; y < tile[3]; y++)
    for (guint x = tile[0]; x < tile[2]; x++) {
      gsize pixel = (gsize) y * leaf->width + x;
      if (run->partial->u8[pixel] == 0 && !is_border (leaf, x, y))
        continue;
      counts[leaf->u16[pixel]] -= DIO_SAMPLES_PER_PIXEL;
      add_pixel (scratch->positions, x, y);
    }
  guint n = scratch->positions->len;
  g_array_set_size (scratch->samples, n);
  g_array_set_size (scratch->veils, 0);
  RayBatch batch = {
    .positions = (const double (*)[2]) (const void *) scratch->positions->data,
    .n = n,
    .area = { tile[0], tile[1], tile[2], tile[3] },
    .samples = (RaySample *) (void *) scratch->samples->data,
    .no_edges = TRUE,
  };
  if (n > 0)
    ray_scene_trace_batch (run->scene, scratch, &batch);
  for (guint i = 0; i < n; i++) {
    guint item = batch.samples[i].hit.item;
    counts[item == NO_ITEM ? 0 : ray_scene_get_item (run->scene, item)->leaf]++;
  }
}

void
ray_scene_label_coverage (DioRayScene *scene, DioRayLabels *labels, const DioImage *partial)
{
  CoverageRun run = { scene, labels, partial };
  ray_scene_reset_counts (scene);
  dio_pool_run (scene->pool, ray_count_tiles (labels->leaf->width, labels->leaf->height), tile_cb,
                &run);
  for (guint i = 0; i < labels->leaves->len; i++) {
    DioLeafLabel *label = &g_array_index (labels->leaves, DioLeafLabel, i);
    gint64 samples = (gint64) label->visible_px * DIO_SAMPLES_PER_PIXEL;
    for (guint thread = 0; thread < dio_pool_get_threads (scene->pool); thread++)
      samples += g_array_index (scene->scratch[thread].counts, gint64, label->leaf);
    label->coverage_px = (double) samples / DIO_SAMPLES_PER_PIXEL;
  }
}
