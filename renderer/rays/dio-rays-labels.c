#define G_LOG_DOMAIN "dio-rays"

#include "dio-core-vec.h"
#include "dio-rays-private.h"

#include <math.h>
#include <string.h>

guint
ray_count_tiles (guint width, guint height)
{
  return ((width + RAY_TILE_PX - 1) / RAY_TILE_PX) * ((height + RAY_TILE_PX - 1) / RAY_TILE_PX);
}

void
ray_get_tile (guint index, guint width, guint height, guint tile[static 4])
{
  guint columns = (width + RAY_TILE_PX - 1) / RAY_TILE_PX;
  tile[0] = index % columns * RAY_TILE_PX;
  tile[1] = index / columns * RAY_TILE_PX;
  tile[2] = MIN (tile[0] + RAY_TILE_PX, width);
  tile[3] = MIN (tile[1] + RAY_TILE_PX, height);
}

void
ray_scene_reset_counts (DioRayScene *scene)
{
  for (guint i = 0; i < dio_pool_get_threads (scene->pool); i++) {
    g_array_set_size (scene->scratch[i].counts, 0);
    g_array_set_size (scene->scratch[i].counts, scene->frame->leaves->len + 1);
  }
}

/** A pixel of @owner seen through @veil; @first of that pixel's. */
typedef struct {
  guint owner, veil;
  gboolean first;
} VeilRecord;

/** What tiles leave behind beside the images; merged in tile order. */
typedef struct {
  GArray *veils; /**< of VeilRecord (nullable) */
  guint64 contested_px;
} TileResult;

typedef struct {
  DioRayScene *scene;
  DioRayLabels *labels;
  TileResult *tiles;
} TraceRun;

static void
store_pixel (const TraceRun *run, guint x, guint y, DioVec3 direction, const RaySample *sample)
{
  DioRayLabels *labels = run->labels;
  gsize pixel = (gsize) y * labels->leaf->width + x;
  labels->edge->u8[pixel] = sample->edge;
  float *out = labels->normal->f32 + pixel * 3;
  if (sample->hit.item == NO_ITEM) {
    labels->leaf->u16[pixel] = 0;
    labels->depth_z->f32[pixel] = labels->distance->f32[pixel] = INFINITY;
    out[0] = out[1] = out[2] = 0;
    return;
  }
  const RayItem *item = ray_scene_get_item (run->scene, sample->hit.item);
  DioVec3 normal = ray_item_normal (item, &sample->hit);
  labels->leaf->u16[pixel] = (uint16_t) item->leaf;
  labels->depth_z->f32[pixel] = (float) sample->hit.z;
  labels->distance->f32[pixel] = (float) (sample->hit.z * dio_vec3_length (direction));
  out[0] = (float) normal.x;
  out[1] = (float) normal.y;
  out[2] = (float) normal.z;
}

static void
note_sample (const TraceRun *run, TileResult *result, const GArray *veils, const RaySample *sample)
{
  result->contested_px += sample->contested;
  for (guint i = 0; i < sample->n_veils; i++) {
    VeilRecord record = {
      ray_scene_get_item (run->scene, sample->hit.item)->leaf,
      g_array_index (veils, guint, sample->first_veil + i),
      i == 0,
    };
    if (result->veils == NULL)
      result->veils = g_array_new (FALSE, FALSE, sizeof (VeilRecord));
    g_array_append_val (result->veils, record);
  }
}

/** Pixel @i of a tile in blocks of 4 x 2, so that the rays of a packet are neighbours. */
static void
block_order (guint i, guint *x, guint *y)
{
  guint block = i / 8, within = i % 8, columns = RAY_TILE_PX / 4;
  *x = block % columns * 4 + within % 4;
  *y = block / columns * 2 + within / 4;
}

static void
trace_tile_cb (guint index, guint thread, gpointer data)
{
  const TraceRun *run = data;
  RayScratch *scratch = &run->scene->scratch[thread];
  guint tile[4];
  ray_get_tile (index, run->labels->leaf->width, run->labels->leaf->height, tile);
  g_array_set_size (scratch->positions, RAY_TILE_PX * RAY_TILE_PX);
  g_array_set_size (scratch->veils, 0);
  double (*positions)[2] = (double (*)[2]) (void *) scratch->positions->data;
  guint n = 0;
  for (guint i = 0; i < RAY_TILE_PX * RAY_TILE_PX; i++) {
    guint x, y;
    block_order (i, &x, &y);
    if (tile[0] + x >= tile[2] || tile[1] + y >= tile[3])
      continue;
    positions[n][0] = tile[0] + x + 0.5;
    positions[n++][1] = tile[1] + y + 0.5;
  }
  g_array_set_size (scratch->samples, n);
  RayBatch batch = {
    .positions = (const double (*)[2]) positions,
    .n = n,
    .area = { tile[0], tile[1], tile[2], tile[3] },
    .samples = (RaySample *) (void *) scratch->samples->data,
  };
  ray_scene_trace_batch (run->scene, scratch, &batch);
  for (guint i = 0; i < batch.n; i++) {
    const RaySample *sample = &batch.samples[i];
    store_pixel (run, (guint) batch.positions[i][0], (guint) batch.positions[i][1],
                 g_array_index (scratch->directions, DioVec3, i), sample);
    if (sample->contested || sample->n_veils > 0)
      note_sample (run, &run->tiles[index], scratch->veils, sample);
  }
}

guint
ray_scene_get_thing (const DioRayScene *scene, guint leaf)
{
  guint instance = g_array_index (scene->frame->leaves, DioFrameLeaf, leaf - 1).instance;
  if (instance < 1 || instance > scene->frame->instances->len)
    return 0;
  return g_array_index (scene->frame->instances, DioFrameInstance, instance - 1).thing ? instance
                                                                                       : 0;
}

static int
compare_pairs_cb (gconstpointer a, gconstpointer b)
{
  const DioHiddenPair *first = a, *second = b;
  if (first->instance != second->instance)
    return first->instance < second->instance ? -1 : 1;
  return (first->hider_leaf > second->hider_leaf) - (first->hider_leaf < second->hider_leaf);
}

/** Sorts the pairs and joins those of the same instance and hider. */
static void
join_pairs (GArray *pairs)
{
  guint kept = 0;
  g_array_sort (pairs, compare_pairs_cb);
  for (guint i = 0; i < pairs->len; i++) {
    DioHiddenPair pair = g_array_index (pairs, DioHiddenPair, i);
    DioHiddenPair *last = kept > 0 ? &g_array_index (pairs, DioHiddenPair, kept - 1) : NULL;
    if (last != NULL && compare_pairs_cb (last, &pair) == 0) {
      last->opaque_px += pair.opaque_px;
      last->veil_px += pair.veil_px;
    } else {
      g_array_index (pairs, DioHiddenPair, kept++) = pair;
    }
  }
  g_array_set_size (pairs, kept);
}

static void
merge_tiles (const TraceRun *run, guint n_tiles)
{
  DioRayLabels *labels = run->labels;
  for (guint i = 0; i < n_tiles; i++) {
    const TileResult *tile = &run->tiles[i];
    labels->contested_px += tile->contested_px;
    for (guint k = 0; tile->veils != NULL && k < tile->veils->len; k++) {
      const VeilRecord *record = &g_array_index (tile->veils, VeilRecord, k);
      g_array_index (labels->leaves, DioLeafLabel, record->owner - 1).veiled_px += record->first;
      guint instance = ray_scene_get_thing (run->scene, record->owner);
      DioHiddenPair pair = { instance, record->veil, 0, 1 };
      if (instance > 0)
        g_array_append_val (labels->hidden, pair);
    }
  }
  join_pairs (labels->hidden);
}

static void
trace_centres (DioRayScene *scene, DioRayLabels *labels)
{
  guint n_tiles = ray_count_tiles (labels->leaf->width, labels->leaf->height);
  TraceRun run = { scene, labels, g_new0 (TileResult, n_tiles) };
  dio_pool_run (scene->pool, n_tiles, trace_tile_cb, &run);
  merge_tiles (&run, n_tiles);
  for (guint i = 0; i < n_tiles; i++)
    g_clear_pointer (&run.tiles[i].veils, g_array_unref);
  g_free (run.tiles);
}

/** Runs of one leaf while the picture is read column by column. */
typedef struct {
  GArray *runs; /**< of uint32_t (nullable) */
  uint32_t begin, end;
} LeafRuns;

static void
end_run (LeafRuns *leaf, uint32_t at)
{
  uint32_t zeros = leaf->begin - leaf->end, ones = at - leaf->begin;
  if (leaf->runs == NULL)
    leaf->runs = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  g_array_append_val (leaf->runs, zeros);
  g_array_append_val (leaf->runs, ones);
  leaf->end = at;
}

static void
take_runs (LeafRuns *leaf, DioLeafLabel *label, guint width, guint height)
{
  uint32_t rest = width * height - leaf->end;
  if (leaf->runs == NULL)
    leaf->runs = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  if (rest > 0)
    g_array_append_val (leaf->runs, rest);
  label->visible.width = width;
  label->visible.height = height;
  label->visible.n_runs = leaf->runs->len;
  label->visible.runs = (uint32_t *) (void *) g_array_free (leaf->runs, FALSE);
  label->visible_px = dio_rle_count (&label->visible);
}

/** The visible masks of all leaves in one walk over the picture. */
static void
collect_visible (DioRayLabels *labels)
{
  const DioImage *leaf = labels->leaf;
  LeafRuns *runs = g_new0 (LeafRuns, labels->leaves->len + 1);
  guint before = 0;
  uint32_t at = 0;
  for (guint x = 0; x < leaf->width; x++)
    for (guint y = 0; y < leaf->height; y++, at++) {
      guint now = leaf->u16[(gsize) y * leaf->width + x];
      if (now == before)
        continue;
      if (before > 0)
        end_run (&runs[before], at);
      runs[now].begin = at;
      before = now;
    }
  if (before > 0)
    end_run (&runs[before], at);
  for (guint i = 0; i < labels->leaves->len; i++)
    take_runs (&runs[i + 1], &g_array_index (labels->leaves, DioLeafLabel, i), leaf->width,
               leaf->height);
  g_free (runs);
}

/** An image of the picture's size with unset pixels: the one in @slot where only the scene has it. */
static DioImage *
take_image (DioRayScene *scene, guint slot, guint channels, DioPixelType type)
{
  guint width = scene->view.width_px, height = scene->view.height_px;
  DioImage *kept = scene->images[slot];
  if (kept == NULL || kept->width != width || kept->height != height
      || !g_atomic_ref_count_compare (&kept->refs, 1)) {
    dio_image_unref (kept);
    scene->images[slot] = kept = dio_image_new (width, height, channels, type);
  }
  return dio_image_ref (kept);
}

static void
make_outputs (DioRayScene *scene, DioRayLabels *labels)
{
  labels->leaf = take_image (scene, 0, 1, DIO_PIXEL_U16);
  labels->depth_z = take_image (scene, 1, 1, DIO_PIXEL_F32);
  labels->distance = take_image (scene, 2, 1, DIO_PIXEL_F32);
  labels->normal = take_image (scene, 3, 3, DIO_PIXEL_F32);
  labels->edge = take_image (scene, 4, 1, DIO_PIXEL_U8);
  labels->leaves = g_array_new (FALSE, TRUE, sizeof (DioLeafLabel));
  labels->hidden = g_array_new (FALSE, FALSE, sizeof (DioHiddenPair));
  g_array_set_size (labels->leaves, scene->frame->leaves->len);
  for (guint i = 0; i < labels->leaves->len; i++)
    g_array_index (labels->leaves, DioLeafLabel, i).leaf = i + 1;
}

/** Stuff has no amodal figures of its own; a thing covers alone at least what it covers in company. Rows
 * are kept for what is in the picture. */
static void
finish_leaves (const DioRayScene *scene, DioRayLabels *labels)
{
  guint kept = 0;
  for (guint i = 0; i < labels->leaves->len; i++) {
    DioLeafLabel label = g_array_index (labels->leaves, DioLeafLabel, i);
    if (ray_scene_get_thing (scene, label.leaf) == 0) {
      label.amodal_px = label.silhouette_px = label.visible_px;
      label.amodal_coverage_px = label.coverage_px;
    }
    label.amodal_coverage_px = MAX (label.amodal_coverage_px, label.coverage_px);
    if (label.amodal_px > 0 || label.coverage_px > 0)
      g_array_index (labels->leaves, DioLeafLabel, kept++) = label;
    else
      dio_leaf_label_clear (&label);
  }
  g_array_set_size (labels->leaves, kept);
}

static double
elapsed_ms (gint64 *since)
{
  gint64 now = g_get_monotonic_time ();
  double ms = (double) (now - *since) / 1000.0;
  *since = now;
  return ms;
}

gboolean
dio_ray_scene_trace_labels (DioRayScene *scene, guint camera, DioRayLabels *out, GError **error)
{
  g_return_val_if_fail (scene != NULL && out != NULL, FALSE);
  g_return_val_if_fail (scene->frame != NULL && camera < scene->frame->cameras->len, FALSE);
  memset (out, 0, sizeof *out);
  gint64 clock = g_get_monotonic_time ();
  if (!ray_scene_use_camera (scene, camera, error))
    return FALSE;
  make_outputs (scene, out);
  trace_centres (scene, out);
  collect_visible (out);
  ray_scene_mark_edges (scene, out);
  out->trace_ms = elapsed_ms (&clock);
  g_autoptr (DioImage) partial = take_image (scene, 5, 1, DIO_PIXEL_U8);
  memset (partial->data, 0, dio_image_get_bytes (partial));
  ray_scene_label_amodal (scene, out, partial);
  join_pairs (out->hidden);
  out->amodal_ms = elapsed_ms (&clock);
  ray_scene_label_coverage (scene, out, partial);
  finish_leaves (scene, out);
  out->coverage_ms = elapsed_ms (&clock);
  return TRUE;
}
