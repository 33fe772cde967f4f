#define G_LOG_DOMAIN "dio-parametric"

/* Textures of surfaces, kept for the process: models of one street share a few of them. */

#include "dio-parametric-surface-private.h"

typedef struct {
  DioSurfaceMaps maps;
  gsize bytes;
  guint64 used;
} Entry;

/* Guards all that follows. Pictures are made outside of it: two threads that want the same one at once make it
 * twice, and the first to be done is kept. */
static GMutex lock;
static GHashTable *entries; /* key -> Entry */
static gsize total_bytes;
static guint64 clock_;

static void
copy_maps (const DioSurfaceMaps *from, DioSurfaceMaps *to)
{
  to->color = dio_texture_ref (from->color);
  to->normal = dio_texture_ref (from->normal);
  to->metallic_roughness = dio_texture_ref (from->metallic_roughness);
}

void
dio_surface_maps_clear (DioSurfaceMaps *maps)
{
  g_clear_pointer (&maps->color, dio_texture_unref);
  g_clear_pointer (&maps->normal, dio_texture_unref);
  g_clear_pointer (&maps->metallic_roughness, dio_texture_unref);
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;
  total_bytes -= entry->bytes;
  dio_surface_maps_clear (&entry->maps);
  g_free (entry);
}

static gboolean
find (const char *key, DioSurfaceMaps *out)
{
  if (entries == NULL)
    entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, entry_free);
  Entry *entry = g_hash_table_lookup (entries, key);
  if (entry == NULL)
    return FALSE;
  entry->used = ++clock_;
  copy_maps (&entry->maps, out);
  return TRUE;
}

/* Drops the oldest until @bytes more have room. */
static void
make_room (gsize bytes)
{
  while (total_bytes + bytes > DIO_SURFACE_CACHE_BYTES && g_hash_table_size (entries) > 0) {
    GHashTableIter iter;
    gpointer key, value, oldest = NULL;
    guint64 used = G_MAXUINT64;
    g_hash_table_iter_init (&iter, entries);
    while (g_hash_table_iter_next (&iter, &key, &value))
      if (((Entry *) value)->used < used) {
        used = ((Entry *) value)->used;
        oldest = key;
      }
    g_hash_table_remove (entries, oldest);
  }
}

static void
keep (const char *key, const DioSurfaceMaps *maps)
{
  Entry *entry = g_new0 (Entry, 1);
  copy_maps (maps, &entry->maps);
  entry->bytes = 3 * dio_image_get_bytes (maps->color->image);
  entry->used = ++clock_;
  make_room (entry->bytes);
  total_bytes += entry->bytes;
  g_hash_table_insert (entries, g_strdup (key), entry);
}

static void
make_maps (const DioSurface *surface, DioSurfaceMaps *out)
{
  DioSurfaceImages images = { 0 };
  dio_surface_render (surface, &images);
  out->color = dio_texture_new_take (images.color, TRUE);
  out->normal = dio_texture_new_take (images.normal, FALSE);
  out->metallic_roughness = dio_texture_new_take (images.metallic_roughness, FALSE);
}

void
dio_surface_get_maps (const DioSurface *surface, DioSurfaceMaps *out)
{
  g_return_if_fail (surface != NULL && surface->key != NULL && out != NULL);
  g_mutex_lock (&lock);
  gboolean known = find (surface->key, out);
  g_mutex_unlock (&lock);
  if (known)
    return;

  g_auto (DioSurfaceMaps) made = { 0 };
  make_maps (surface, &made);
  g_mutex_lock (&lock);
  if (!find (surface->key, out)) {
    keep (surface->key, &made);
    copy_maps (&made, out);
  }
  g_mutex_unlock (&lock);
}
