#define G_LOG_DOMAIN "dio-rays"

#include "dio-core-conventions.h"
#include "dio-rays-private.h"

#include <math.h>
#include <string.h>

/* One job per instance of a thing and one per other leaf. A job rasterises each of its leaves alone, at the
 * pixel centre on the canvas and at the colour samples inside the image.
 *
 * Samples that several leaves of one instance cover are counted for the first of them only, so that the sum
 * of amodal_coverage_px over an instance's leaves is the coverage of the instance as a whole. */

#define N_PLANES (1 + DIO_SAMPLES_PER_PIXEL)

/** Which scratch words hold what. */
enum {
  WORDS_PLANES = 0,
  WORDS_UNION = N_PLANES,
};

typedef struct {
  DioRayScene *scene;
  DioRayLabels *labels;
  DioImage *partial;
  guint *order;   /**< leaf ids, those of an instance of a thing side by side */
  GArray *groups; /**< of Group */
} AmodalRun;

typedef struct {
  guint first, n; /**< range of order */
  guint instance; /**< of a thing; 0: one leaf without amodal figures */
  GArray *hidden; /**< of DioHiddenPair, in no order (nullable) */
} Group;

/** What a job works on. */
typedef struct {
  const AmodalRun *run;
  RayScratch *scratch;
  RayBits planes[N_PLANES];
  RayBits unions[N_PLANES]; /**< of the instance's leaves so far, inside the image */
  int image[4];             /**< the image on the canvas */
} Job;

static const DioFrameLeaf *
get_leaf (const AmodalRun *run, guint leaf)
{
  return &g_array_index (run->scene->frame->leaves, DioFrameLeaf, leaf - 1);
}

static void
rasterise_leaf (Job *job, guint leaf, gboolean thing)
{
  static const double offsets[N_PLANES][2] = {
    { 0.5, 0.5 }, { 0.375, 0.125 }, { 0.875, 0.375 }, { 0.125, 0.625 }, { 0.625, 0.875 },
  };
  const DioRayScene *scene = job->run->scene;
  int canvas[4] = { 0, 0, (int) scene->view.width_px * 3, (int) scene->view.height_px * 3 };
  int window[4], inside[4];
  ray_scene_leaf_window (scene, leaf, thing ? canvas : job->image, window);
  ray_scene_leaf_window (scene, leaf, job->image, inside);
  ray_bits_init (&job->planes[0], job->scratch->words[WORDS_PLANES], window);
  for (guint i = 1; i < N_PLANES; i++)
    ray_bits_init (&job->planes[i], job->scratch->words[WORDS_PLANES + i], inside);
  RayRaster raster = { scene, job->scratch, N_PLANES, offsets, job->planes };
  for (guint i = scene->leaf_items[leaf]; i < scene->leaf_items[leaf + 1]; i++)
    ray_raster_item (&raster, ray_scene_get_item (scene, scene->leaf_order[i]));
}

static double
nearest_depth (const DioRayScene *scene, guint leaf)
{
  double nearest = INFINITY;
  for (guint i = scene->leaf_items[leaf]; i < scene->leaf_items[leaf + 1]; i++) {
    const RayItem *item = ray_scene_get_item (scene, scene->leaf_order[i]);
    if (item->usable && item->visible)
      nearest = MIN (nearest, item->nearest_m);
  }
  return nearest;
}

/** TRUE where what the rays met in the pixel and its neighbours is nearer than @depth throughout. */
static gboolean
is_behind (const DioImage *depth_z, int x, int y, double depth)
{
  int x0 = MAX (x - 1, 0), x1 = MIN (x + 1, (int) depth_z->width - 1);
  int y0 = MAX (y - 1, 0), y1 = MIN (y + 1, (int) depth_z->height - 1);
  for (int ny = y0; ny <= y1; ny++)
    for (int nx = x0; nx <= x1; nx++)
      if (!(depth_z->f32[(gsize) ny * depth_z->width + (gsize) nx] < depth))
        return FALSE;
  return TRUE;
}

/** Marks pixels of which the leaf covers some samples but not all, the centre being one of them, unless
 * all of the leaf lies behind what is there: then a sample can see it only past the border of what hides
 * it, and that leaf marks the pixel itself. */
static void
mark_partial (const Job *job, double nearest)
{
  const DioImage *depth_z = job->run->labels->depth_z;
  const RayBits *samples = &job->planes[1], *centres = &job->planes[0];
  DioImage *partial = job->run->partial;
  for (int y = samples->y0; y < samples->y1; y++) {
    gsize row = (gsize) (y - samples->y0) * samples->words_per_row;
    gsize skip = (gsize) (samples->origin_x - centres->origin_x) / 64;
    const uint64_t *centre_row =
        centres->words + (gsize) (y - centres->y0) * centres->words_per_row + skip;
    uint8_t *out = partial->u8 + (gsize) (y - job->image[1]) * partial->stride_bytes;
    for (gsize word = 0; word < samples->words_per_row; word++) {
      uint64_t any = centre_row[word], all = any;
      for (guint i = 1; i < N_PLANES; i++) {
        any |= job->planes[i].words[row + word];
        all &= job->planes[i].words[row + word];
      }
      for (uint64_t some = any & ~all; some != 0; some &= some - 1) {
        int x = samples->origin_x + (int) word * 64 + __builtin_ctzll (some);
        /* Several jobs may mark one pixel, all with the same value. */
        if (x >= job->image[0] && x < job->image[2]
            && !is_behind (depth_z, x - job->image[0], y - job->image[1], nearest))
          __atomic_store_n (&out[x - job->image[0]], 1, __ATOMIC_RELAXED);
      }
    }
  }
}

/** Adds what the rays saw of the leaf to its mask, and counts it. */
typedef struct {
  Job *job;
  DioLeafLabel *label;
} Patch;

static void
patch_cb (guint x, guint y0, guint y1, gpointer data)
{
  Patch *patch = data;
  RayBits *bits = &patch->job->planes[0];
  int canvas_x = (int) x + patch->job->image[0];
  for (int y = (int) y0 + patch->job->image[1]; y < (int) y1 + patch->job->image[1]; y++) {
    if (ray_bits_get (bits, canvas_x, y))
      continue;
    patch->label->patched_px++;
    if (canvas_x < bits->x0 || canvas_x >= bits->x1 || y < bits->y0 || y >= bits->y1)
      continue;
    gsize word =
        (gsize) (y - bits->y0) * bits->words_per_row + (gsize) (canvas_x - bits->origin_x) / 64;
    bits->words[word] |= UINT64_C (1) << ((canvas_x - bits->origin_x) & 63);
  }
}

typedef void (*PixelFunc) (Job *job, uint64_t *word, uint64_t bit, guint owner);

/** Calls @func for every set bit of @bits inside the image. */
static void
foreach_image_bit (Job *job, RayBits *bits, PixelFunc func)
{
  const DioImage *leaf = job->run->labels->leaf;
  int y0 = MAX (bits->y0, job->image[1]), y1 = MIN (bits->y1, job->image[3]);
  int first = MAX (bits->x0, job->image[0]), last = MIN (bits->x1, job->image[2]) - 1;
  if (first > last)
    return;
  gsize word0 = (gsize) (first - bits->origin_x) / 64, word1 = (gsize) (last - bits->origin_x) / 64;
  for (int y = y0; y < y1; y++) {
    uint64_t *row = bits->words + (gsize) (y - bits->y0) * bits->words_per_row;
    const uint16_t *owners = leaf->u16 + (gsize) (y - job->image[1]) * leaf->width;
    for (gsize word = word0; word <= word1; word++)
      for (uint64_t left = row[word]; left != 0; left &= left - 1) {
        int x = bits->origin_x + (int) word * 64 + __builtin_ctzll (left);
        if (x >= first && x <= last)
          func (job, &row[word], left & -left, owners[x - job->image[0]]);
      }
  }
}

/** Where the rays met nothing at all, nothing covers the centre: the border of a triangle touches it. */
static void
clear_unowned (Job *job, uint64_t *word, uint64_t bit, guint owner)
{
  if (owner == 0)
    *word &= ~bit;
}

static void
count_owner (Job *job, uint64_t *word, uint64_t bit, guint owner)
{
  if (g_array_index (job->scratch->counts, gint64, owner)++ == 0)
    g_array_append_val (job->scratch->touched, owner);
}

/** The instance's samples that none of its earlier leaves had. */
static guint64
add_to_unions (Job *job)
{
  guint64 fresh = 0;
  for (guint i = 0; i < N_PLANES; i++) {
    RayBits *sum = &job->unions[i];
    const RayBits *bits = &job->planes[i];
    guint64 before = i > 0 ? ray_bits_count (sum, job->image) : 0;
    int y0 = MAX (bits->y0, sum->y0), y1 = MIN (bits->y1, sum->y1);
    int x0 = MAX (bits->origin_x, sum->origin_x), x1 = MIN (bits->x1, sum->x1);
    for (int y = y0; y < y1 && x0 < x1; y++) {
      uint64_t *to = sum->words + (gsize) (y - sum->y0) * sum->words_per_row;
      const uint64_t *from = bits->words + (gsize) (y - bits->y0) * bits->words_per_row;
      for (int x = x0; x < x1; x += 64)
        to[(x - sum->origin_x) / 64] |= from[(x - bits->origin_x) / 64];
    }
    fresh += i > 0 ? ray_bits_count (sum, job->image) - before : 0;
  }
  return fresh;
}

/** Labels.md 8: the silhouette is open where the canvas or the near plane cuts it. */
static gboolean
is_open (const DioRayScene *scene, guint leaf)
{
  double width = 3.0 * scene->view.width_px, height = 3.0 * scene->view.height_px;
  for (guint i = scene->leaf_items[leaf]; i < scene->leaf_items[leaf + 1]; i++) {
    const RayItem *item = ray_scene_get_item (scene, scene->leaf_order[i]);
    if (!item->usable)
      continue;
    if (item->near_clipped || item->canvas_box[0] < 0 || item->canvas_box[1] < 0
        || item->canvas_box[2] > width || item->canvas_box[3] > height)
      return TRUE;
  }
  return FALSE;
}

static void
label_thing (Job *job, guint leaf, DioLeafLabel *label)
{
  const DioRayScene *scene = job->run->scene;
  RayBits *bits = &job->planes[0];
  Patch patch = { job, label };
  dio_rle_foreach_span (&label->visible, patch_cb, &patch);
  foreach_image_bit (job, bits, clear_unowned);
  int canvas[4] = { 0, 0, (int) scene->view.width_px * 3, (int) scene->view.height_px * 3 };
  label->amodal_px = ray_bits_count (bits, job->image);
  label->silhouette_px = ray_bits_count (bits, canvas);
  label->silhouette_open = is_open (scene, leaf);
  label->amodal_coverage_px = (double) add_to_unions (job) / DIO_SAMPLES_PER_PIXEL;
  if (label->amodal_px == 0 && label->amodal_coverage_px <= 0)
    return;
  DioRleBits rle_bits = { { bits->origin_x, bits->y0, bits->x1, bits->y1 },
                          bits->words_per_row,
                          bits->words };
  dio_rle_from_bits (&label->amodal, (guint) canvas[2], (guint) canvas[3], &rle_bits);
}

/** Hidden_px of the instance by every leaf that owns a pixel of its amodal mask and is none of its own. */
static void
list_hiders (Job *job, Group *group)
{
  GArray *counts = job->scratch->counts, *touched = job->scratch->touched;
  g_array_set_size (touched, 0);
  foreach_image_bit (job, &job->unions[0], count_owner);
  for (guint i = 0; i < touched->len; i++) {
    guint leaf = g_array_index (touched, guint, i);
    gint64 n = g_array_index (counts, gint64, leaf);
    g_array_index (counts, gint64, leaf) = 0;
    if (leaf == 0 || get_leaf (job->run, leaf)->instance == group->instance)
      continue;
    DioHiddenPair pair = { group->instance, leaf, (guint64) n, 0 };
    if (group->hidden == NULL)
      group->hidden = g_array_new (FALSE, FALSE, sizeof (DioHiddenPair));
    g_array_append_val (group->hidden, pair);
  }
}

static void
begin_unions (Job *job, const Group *group)
{
  int window[4] = { 0, 0, 0, 0 };
  for (guint i = 0; i < group->n; i++) {
    int own[4];
    ray_scene_leaf_window (job->run->scene, job->run->order[group->first + i], job->image, own);
    if (own[0] >= own[2] || own[1] >= own[3])
      continue;
    gboolean first = window[0] >= window[2];
    window[0] = first ? own[0] : MIN (window[0], own[0]);
    window[1] = first ? own[1] : MIN (window[1], own[1]);
    window[2] = MAX (window[2], own[2]);
    window[3] = MAX (window[3], own[3]);
  }
  for (guint i = 0; i < N_PLANES; i++)
    ray_bits_init (&job->unions[i], job->scratch->words[WORDS_UNION + i], window);
}

static void
group_cb (guint index, guint thread, gpointer data)
{
  const AmodalRun *run = data;
  Group *group = &g_array_index (run->groups, Group, index);
  int width = (int) run->scene->view.width_px, height = (int) run->scene->view.height_px;
  Job job = {
    .run = run,
    .scratch = &run->scene->scratch[thread],
    .image = { width, height, 2 * width, 2 * height },
  };
  if (group->instance > 0)
    begin_unions (&job, group);
  for (guint i = 0; i < group->n; i++) {
    guint leaf = run->order[group->first + i];
    rasterise_leaf (&job, leaf, group->instance > 0);
    mark_partial (&job, nearest_depth (run->scene, leaf));
    if (group->instance > 0)
      label_thing (&job, leaf, &g_array_index (run->labels->leaves, DioLeafLabel, leaf - 1));
  }
  if (group->instance > 0)
    list_hiders (&job, group);
}

/** Sorts the leaves by instance (counting sort, stable) and cuts the order into groups. */
static void
make_groups (AmodalRun *run)
{
  guint n_leaves = run->scene->frame->leaves->len, n_instances = 0;
  for (guint leaf = 1; leaf <= n_leaves; leaf++)
    n_instances = MAX (n_instances, ray_scene_get_thing (run->scene, leaf));
  g_autofree guint *starts = g_new0 (guint, n_instances + 2);
  for (guint leaf = 1; leaf <= n_leaves; leaf++)
    starts[ray_scene_get_thing (run->scene, leaf) + 1]++;
  for (guint i = 1; i < n_instances + 2; i++)
    starts[i] += starts[i - 1];
  run->order = g_new0 (guint, MAX (n_leaves, 1));
  for (guint leaf = 1; leaf <= n_leaves; leaf++)
    run->order[starts[ray_scene_get_thing (run->scene, leaf)]++] = leaf;
  run->groups = g_array_new (FALSE, FALSE, sizeof (Group));
  for (guint i = 0; i < n_leaves; i++) {
    guint key = ray_scene_get_thing (run->scene, run->order[i]);
    Group *last =
        run->groups->len > 0 ? &g_array_index (run->groups, Group, run->groups->len - 1) : NULL;
    if (key > 0 && last != NULL && last->instance == key) {
      last->n++;
      continue;
    }
    Group group = { i, 1, key, NULL };
    g_array_append_val (run->groups, group);
  }
}

void
ray_scene_label_amodal (DioRayScene *scene, DioRayLabels *labels, DioImage *partial)
{
  AmodalRun run = { .scene = scene, .labels = labels, .partial = partial };
  make_groups (&run);
  ray_scene_reset_counts (scene);
  dio_pool_run (scene->pool, run.groups->len, group_cb, &run);
  for (guint i = 0; i < run.groups->len; i++) {
    Group *group = &g_array_index (run.groups, Group, i);
    if (group->hidden == NULL)
      continue;
    g_array_append_vals (labels->hidden, group->hidden->data, group->hidden->len);
    g_array_unref (group->hidden);
  }
  g_array_unref (run.groups);
  g_free (run.order);
}
