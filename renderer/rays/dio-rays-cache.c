#define G_LOG_DOMAIN "dio-rays"

#include "dio-core-error.h"
#include "dio-rays-private.h"

#include <string.h>

/* Structures of meshes by content key, least recently used at the queue's tail. An entry that leaves the
 * cache lives on while the current frame holds its reference. */

/** Embree's memory per triangle for a robust structure of medium quality with its own copy of the
 * triangle's indices and, on average, half a vertex: measured 105 to 125 bytes. Its edges take 24 more. */
#define BYTES_PER_TRIANGLE 152
#define DEFAULT_CACHE_BYTES ((gsize) 256 << 20)

typedef struct {
  uint64_t key;
  RTCScene scene;
  RayTopology *topology;
  gsize bytes;
  GList link; /**< in the queue; data points to this entry */
} CacheEntry;

struct DioRayCache {
  RTCDevice device;
  gsize max_bytes, bytes;
  GHashTable *entries; /**< &entry->key to entry */
  GQueue order;        /**< most recently used first */
};

DioRayCache *
ray_cache_new (RTCDevice device, gsize max_bytes)
{
  DioRayCache *cache = g_new0 (DioRayCache, 1);
  cache->device = device;
  cache->max_bytes = max_bytes > 0 ? max_bytes : DEFAULT_CACHE_BYTES;
  cache->entries = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_queue_init (&cache->order);
  return cache;
}

static void
drop_entry (DioRayCache *cache, CacheEntry *entry)
{
  g_queue_unlink (&cache->order, &entry->link);
  g_hash_table_remove (cache->entries, &entry->key);
  cache->bytes -= entry->bytes;
  rtcReleaseScene (entry->scene);
  ray_topology_unref (entry->topology);
  g_free (entry);
}

void
ray_cache_free (DioRayCache *cache)
{
  if (cache == NULL)
    return;
  while (cache->order.tail != NULL)
    drop_entry (cache, cache->order.tail->data);
  g_hash_table_unref (cache->entries);
  g_free (cache);
}

/** One mesh to build; jobs run on the pool, each on its own scene. */
typedef struct {
  RTCDevice device;
  const DioMesh *mesh;
  RTCScene scene; /**< NULL where Embree had no memory */
  RayTopology *topology;
} BuildJob;

/** Copies the arrays into Embree's own buffers, because it reads 16 bytes at the last vertex. */
static gboolean
fill_geometry (RTCGeometry geometry, const DioMesh *mesh)
{
  void *positions = rtcSetNewGeometryBuffer (geometry, RTC_BUFFER_TYPE_VERTEX, 0, RTC_FORMAT_FLOAT3,
                                             sizeof *mesh->positions, mesh->n_vertices);
  void *triangles = rtcSetNewGeometryBuffer (geometry, RTC_BUFFER_TYPE_INDEX, 0, RTC_FORMAT_UINT3,
                                             sizeof *mesh->triangles, mesh->n_triangles);
  if (positions == NULL || triangles == NULL)
    return FALSE;
  memcpy (positions, mesh->positions, mesh->n_vertices * sizeof *mesh->positions);
  memcpy (triangles, mesh->triangles, mesh->n_triangles * sizeof *mesh->triangles);
  return TRUE;
}

static void
build_cb (guint index, guint thread, gpointer data)
{
  BuildJob *job = &((BuildJob *) data)[index];
  RTCGeometry geometry = rtcNewGeometry (job->device, RTC_GEOMETRY_TYPE_TRIANGLE);
  RTCScene scene = rtcNewScene (job->device);
  if (geometry != NULL && scene != NULL && fill_geometry (geometry, job->mesh)) {
    rtcSetGeometryBuildQuality (geometry, RTC_BUILD_QUALITY_MEDIUM);
    rtcCommitGeometry (geometry);
    rtcSetSceneFlags (scene, RTC_SCENE_FLAG_ROBUST | RTC_SCENE_FLAG_CONTEXT_FILTER_FUNCTION);
    rtcSetSceneBuildQuality (scene, RTC_BUILD_QUALITY_MEDIUM);
    rtcAttachGeometry (scene, geometry);
    rtcCommitScene (scene);
    job->scene = scene;
    job->topology = ray_topology_new (job->mesh);
    scene = NULL;
  }
  if (scene != NULL)
    rtcReleaseScene (scene);
  if (geometry != NULL)
    rtcReleaseGeometry (geometry);
}

static void
add_entry (DioRayCache *cache, const BuildJob *job)
{
  CacheEntry *entry = g_new0 (CacheEntry, 1);
  entry->key = job->mesh->key;
  entry->scene = job->scene;
  entry->topology = job->topology;
  entry->bytes = (gsize) job->mesh->n_triangles * BYTES_PER_TRIANGLE;
  entry->link.data = entry;
  cache->bytes += entry->bytes;
  g_hash_table_insert (cache->entries, &entry->key, entry);
  g_queue_push_head_link (&cache->order, &entry->link);
}

/** Builds every mesh of @items that is not there yet, each once. */
static gboolean
build_missing (DioRayCache *cache, DioPool *pool, GArray *items)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GArray) jobs = g_array_new (FALSE, FALSE, sizeof (BuildJob));
  for (guint i = 0; i < items->len; i++) {
    BuildJob job = { cache->device, g_array_index (items, RayItem, i).mesh, NULL, NULL };
    gpointer key = (gpointer) &job.mesh->key;
    if (!g_hash_table_contains (cache->entries, key) && g_hash_table_add (seen, key))
      g_array_append_val (jobs, job);
  }
  if (jobs->len > 0)
    dio_pool_run (pool, jobs->len, build_cb, jobs->data);
  gboolean complete = TRUE;
  for (guint i = 0; i < jobs->len; i++) {
    if (g_array_index (jobs, BuildJob, i).scene != NULL)
      add_entry (cache, &g_array_index (jobs, BuildJob, i));
    else
      complete = FALSE;
  }
  return complete;
}

gboolean
ray_cache_get_scenes (DioRayCache *cache, DioPool *pool, GArray *items, GError **error)
{
  gboolean complete = build_missing (cache, pool, items);
  enum RTCError fault = rtcGetDeviceError (cache->device);
  if (!complete || fault != RTC_ERROR_NONE) {
    g_set_error (error, DIO_ERROR,
                 fault == RTC_ERROR_OUT_OF_MEMORY ? DIO_ERROR_LIMIT : DIO_ERROR_FAILED,
                 "Embree could not build the geometry of the frame (error %d): use smaller models",
                 (int) fault);
    return FALSE;
  }
  for (guint i = 0; i < items->len; i++) {
    RayItem *item = &g_array_index (items, RayItem, i);
    CacheEntry *entry = g_hash_table_lookup (cache->entries, &item->mesh->key);
    g_queue_unlink (&cache->order, &entry->link);
    g_queue_push_head_link (&cache->order, &entry->link);
    rtcRetainScene (entry->scene);
    item->mesh_scene = entry->scene;
    item->topology = ray_topology_ref (entry->topology);
  }
  while (cache->bytes > cache->max_bytes && cache->order.tail != NULL)
    drop_entry (cache, cache->order.tail->data);
  return TRUE;
}
