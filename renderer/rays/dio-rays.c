#define G_LOG_DOMAIN "dio-rays"

#include "dio-rays.h"

#include "dio-core-conventions.h"
#include "dio-core-error.h"
#include "dio-core-pose.h"
#include "dio-rays-private.h"

#include <string.h>

/** The instruction set that Embree picked, as far as its packet properties tell. */
static char *
make_identity (RTCDevice device)
{
  const char *isa = "sse";
  if (rtcGetDeviceProperty (device, RTC_DEVICE_PROPERTY_NATIVE_RAY16_SUPPORTED) != 0)
    isa = "avx512";
  else if (rtcGetDeviceProperty (device, RTC_DEVICE_PROPERTY_NATIVE_RAY8_SUPPORTED) != 0)
    isa = __builtin_cpu_supports ("avx2") ? "avx2" : "avx";
  return g_strdup_printf (
      "embree %d.%d.%d %s", (int) rtcGetDeviceProperty (device, RTC_DEVICE_PROPERTY_VERSION_MAJOR),
      (int) rtcGetDeviceProperty (device, RTC_DEVICE_PROPERTY_VERSION_MINOR),
      (int) rtcGetDeviceProperty (device, RTC_DEVICE_PROPERTY_VERSION_PATCH), isa);
}

static void
scratch_init (RayScratch *scratch)
{
  scratch->hits = g_array_new (FALSE, FALSE, sizeof (RayHit));
  scratch->veils = g_array_new (FALSE, FALSE, sizeof (guint));
  scratch->probes = g_array_new (FALSE, FALSE, sizeof (RayProbe));
  scratch->directions = g_array_new (FALSE, FALSE, sizeof (DioVec3));
  scratch->view = g_array_new (FALSE, FALSE, 3 * sizeof (double));
  scratch->nearby = g_array_new (FALSE, FALSE, sizeof (RayNear));
  for (guint i = 0; i < G_N_ELEMENTS (scratch->words); i++)
    scratch->words[i] = g_array_new (FALSE, FALSE, sizeof (uint64_t));
  scratch->crossings = g_array_new (FALSE, FALSE, 2 * sizeof (double));
  scratch->heads = g_array_new (FALSE, FALSE, sizeof (int));
  scratch->touched = g_array_new (FALSE, FALSE, sizeof (guint));
  scratch->counts = g_array_new (FALSE, TRUE, sizeof (gint64));
  scratch->samples = g_array_new (FALSE, FALSE, sizeof (RaySample));
  scratch->positions = g_array_new (FALSE, FALSE, 2 * sizeof (double));
}

static void
scratch_clear (RayScratch *scratch)
{
  g_array_unref (scratch->hits);
  g_array_unref (scratch->veils);
  g_array_unref (scratch->probes);
  g_array_unref (scratch->directions);
  g_array_unref (scratch->view);
  g_array_unref (scratch->nearby);
  for (guint i = 0; i < G_N_ELEMENTS (scratch->words); i++)
    g_array_unref (scratch->words[i]);
  g_array_unref (scratch->crossings);
  g_array_unref (scratch->heads);
  g_array_unref (scratch->touched);
  g_array_unref (scratch->counts);
  g_array_unref (scratch->samples);
  g_array_unref (scratch->positions);
}

static void
clear_item_cb (gpointer data)
{
  RayItem *item = data;
  if (item->mesh_scene != NULL)
    rtcReleaseScene (item->mesh_scene);
  ray_topology_unref (item->topology);
}

DioRayScene *
dio_ray_scene_new (DioPool *pool, gsize cache_bytes, GError **error)
{
  g_return_val_if_fail (pool != NULL, NULL);
  /* One thread a build: meshes are built side by side on our own pool, and a build by several threads
   * need not give the same structure twice. */
  RTCDevice device = rtcNewDevice ("threads=1,set_affinity=0");
  if (device == NULL) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_UNSUPPORTED,
                 "Embree does not start on this machine (error %d): it needs a processor with SSE2",
                 (int) rtcGetDeviceError (NULL));
    return NULL;
  }
  DioRayScene *scene = g_new0 (DioRayScene, 1);
  scene->pool = pool;
  scene->device = device;
  scene->identity = make_identity (device);
  scene->cache = ray_cache_new (device, cache_bytes);
  scene->items = g_array_new (FALSE, TRUE, sizeof (RayItem));
  g_array_set_clear_func (scene->items, clear_item_cb);
  scene->camera = G_MAXUINT;
  scene->scratch = g_new0 (RayScratch, dio_pool_get_threads (pool));
  for (guint i = 0; i < dio_pool_get_threads (pool); i++)
    scratch_init (&scene->scratch[i]);
  return scene;
}

static void
drop_frame (DioRayScene *scene)
{
  if (scene->top != NULL)
    rtcReleaseScene (scene->top);
  scene->top = NULL;
  scene->camera = G_MAXUINT;
  g_array_set_size (scene->items, 0);
  g_clear_pointer (&scene->leaf_items, g_free);
  g_clear_pointer (&scene->leaf_order, g_free);
  g_clear_pointer (&scene->frame, dio_frame_unref);
}

void
dio_ray_scene_free (DioRayScene *scene)
{
  if (scene == NULL)
    return;
  drop_frame (scene);
  for (guint i = 0; i < dio_pool_get_threads (scene->pool); i++)
    scratch_clear (&scene->scratch[i]);
  g_free (scene->scratch);
  g_array_unref (scene->items);
  g_free (scene->arena);
  g_free (scene->facing_arena);
  g_free (scene->boxes);
  for (guint i = 0; i < G_N_ELEMENTS (scene->images); i++)
    dio_image_unref (scene->images[i]);
  ray_cache_free (scene->cache);
  rtcReleaseDevice (scene->device);
  g_free (scene->identity);
  g_free (scene);
}

const char *
dio_ray_scene_get_identity (const DioRayScene *scene)
{
  g_return_val_if_fail (scene != NULL, NULL);
  return scene->identity;
}

static gboolean
check_frame (const DioFrame *frame, GError **error)
{
  if (frame->leaves->len > DIO_MAX_LEAF_ID) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_LIMIT, "the frame has %u parts, at most %d have ids",
                 frame->leaves->len, DIO_MAX_LEAF_ID);
    return FALSE;
  }
  for (guint i = 0; i < frame->items->len; i++) {
    const DioFrameItem *item = &g_array_index (frame->items, DioFrameItem, i);
    if (item->leaf < 1 || item->leaf > frame->leaves->len) {
      g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                   "item %u of the frame names leaf %u, which is not there", i, item->leaf);
      return FALSE;
    }
    if (!dio_mat4_is_finite (&item->world_from_mesh)) {
      g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                   "item %u of the frame has a transform that is not finite", i);
      return FALSE;
    }
  }
  return TRUE;
}

/** Sorts item indices by leaf (counting sort), so that a leaf's items are found at once. */
static void
index_leaves (DioRayScene *scene)
{
  guint n_leaves = scene->frame->leaves->len, n_items = scene->items->len;
  scene->leaf_items = g_new0 (guint, n_leaves + 3);
  scene->leaf_order = g_new0 (guint, MAX (n_items, 1));
  for (guint i = 0; i < n_items; i++)
    scene->leaf_items[ray_scene_get_item (scene, i)->leaf + 2]++;
  for (guint leaf = 1; leaf < n_leaves + 3; leaf++)
    scene->leaf_items[leaf] += scene->leaf_items[leaf - 1];
  for (guint i = 0; i < n_items; i++)
    scene->leaf_order[scene->leaf_items[ray_scene_get_item (scene, i)->leaf + 1]++] = i;
}

gboolean
dio_ray_scene_set_frame (DioRayScene *scene, DioFrame *frame, GError **error)
{
  g_return_val_if_fail (scene != NULL && frame != NULL, FALSE);
  if (!check_frame (frame, error))
    return FALSE;
  DioFrame *held = dio_frame_ref (frame);
  drop_frame (scene);
  scene->frame = held;
  for (guint i = 0; i < frame->items->len; i++) {
    const DioFrameItem *source = &g_array_index (frame->items, DioFrameItem, i);
    const DioFrameLeaf *leaf = &g_array_index (frame->leaves, DioFrameLeaf, source->leaf - 1);
    RayItem item = {
      .mesh = source->mesh,
      .material = source->material,
      .world_from_mesh = source->world_from_mesh,
      .leaf = source->leaf,
      .instance = leaf->instance,
      .thing = leaf->thing && leaf->instance > 0,
      .layer = leaf->layer,
    };
    dio_texture_slot_get_transform (&source->material->base_color_texture, item.alpha_transform);
    g_array_append_val (scene->items, item);
  }
  index_leaves (scene);
  if (!ray_cache_get_scenes (scene->cache, scene->pool, scene->items, error)) {
    drop_frame (scene);
    return FALSE;
  }
  return TRUE;
}
