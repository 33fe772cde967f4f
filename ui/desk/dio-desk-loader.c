#define G_LOG_DOMAIN "dio-desk"

#include "dio-desk-loader.h"

#include "dio-review-item.h"
#include "dio-review-thumbnail.h"
#include "dio-texture.h"

#define N_THREADS 2
/* Some hundred screens of the smallest tiles, some ten of the largest. */
#define KEPT_BYTES (96u << 20)

/** The line that both threads take from; outlives the loader until they have ended. */
typedef struct {
  gatomicrefcount refs;
  char *folder;
  GMutex mutex; /**< guards all below */
  GCond cond;
  GQueue waiting; /**< of DioDeskRequest, the newest at the head */
  gboolean closed;
  DioDeskLoader *loader; /**< (nullable) main thread alone */
} Line;

struct DioDeskRequest {
  Line *line; /**< owned reference */
  DioReviewTable *table;
  DioDeskPicture picture;
  DioDeskLoaderFunc func; /**< main thread alone, like @user; NULL once cancelled */
  gpointer user;
  GdkTexture *texture; /**< what came of it */
};

/** A picture that is kept. */
typedef struct {
  DioDeskPicture picture;
  GdkTexture *texture;
  GList link; /**< in the order of use */
} Kept;

struct DioDeskLoader {
  Line *line;
  GHashTable *kept; /**< DioDeskPicture -> Kept */
  GQueue used;      /**< the last used at the head */
  gsize bytes;
};

static guint
picture_hash (gconstpointer key)
{
  const DioDeskPicture *picture = key;
  guint veil = picture->is_veil ? (guint) picture->veil.masks * 7u + picture->veil.opacity * 13u
                                      + (picture->veil.amodal ? 3u : 1u)
                                : 0;
  return picture->row * 2654435761u + picture->size_px * 31u + picture->unit + veil * 40503u;
}

static gboolean
picture_equal (gconstpointer a, gconstpointer b)
{
  const DioDeskPicture *x = a, *y = b;
  return x->row == y->row && x->unit == y->unit && x->size_px == y->size_px
         && x->is_veil == y->is_veil && x->veil.masks == y->veil.masks
         && x->veil.opacity == y->veil.opacity && !x->veil.amodal == !y->veil.amodal;
}

/* -- Threads -------------------------------------------------------------------------------------------------------- */

static void
line_unref (Line *line)
{
  if (!g_atomic_ref_count_dec (&line->refs))
    return;
  g_mutex_clear (&line->mutex);
  g_cond_clear (&line->cond);
  g_free (line->folder);
  g_free (line);
}

static Line *
line_ref (Line *line)
{
  g_atomic_ref_count_inc (&line->refs);
  return line;
}

static void
request_free (gpointer data)
{
  DioDeskRequest *request = data;
  g_clear_object (&request->texture);
  dio_review_table_unref (request->table);
  line_unref (request->line);
  g_free (request);
}

static GdkTexture *
load_veil (DioReviewReader *reader, const DioDeskRequest *request)
{
  const DioDeskPicture *what = &request->picture;
  DioDeskVeilPlace place = { what->unit, what->row, what->size_px };
  g_autoptr (DioImage) image =
      dio_desk_veil_draw (&what->veil, reader, request->table, &place, NULL);
  return image != NULL ? dio_texture_new_premultiplied (image) : NULL;
}

static GdkTexture *
load (DioReviewReader *reader, const DioDeskRequest *request)
{
  const DioDeskPicture *what = &request->picture;
  if (what->is_veil)
    return load_veil (reader, request);
  g_auto (DioReviewPicture) file = { 0 };
  if (!dio_review_picture_find (reader, request->table, what->unit, what->row, "rgb", &file, NULL))
    return NULL;
  DioReviewThumbnailDesc desc = { .path = file.path,
                                  .sha256 = file.sha256,
                                  .size_px = what->size_px };
  if (what->unit == DIO_REVIEW_OBJECTS) {
    DioReviewObjectRow object;
    dio_review_table_get_object (request->table, what->row, &object);
    desc.has_crop = object.box.x1 > object.box.x0 && object.box.y1 > object.box.y0;
    desc.crop = object.box;
  }
  g_autoptr (DioImage) image = dio_review_thumbnail_load (&desc, NULL);
  return image != NULL ? dio_texture_new (image) : NULL;
}

static void keep (DioDeskLoader *loader, const DioDeskPicture *picture, GdkTexture *texture);

static gboolean
loaded_cb (gpointer user)
{
  DioDeskRequest *request = user;
  DioDeskLoader *loader = request->line->loader;
  if (loader != NULL && request->texture != NULL)
    keep (loader, &request->picture, request->texture);
  // Where it was made twice, all show the one that is kept.
  GdkTexture *kept = loader != NULL ? dio_desk_loader_find (loader, &request->picture) : NULL;
  if (loader != NULL && request->func != NULL)
    request->func (kept, request->user);
  return G_SOURCE_REMOVE;
}

/* The newest request, or NULL when the line is closed. */
static DioDeskRequest *
take (Line *line)
{
  g_mutex_lock (&line->mutex);
  while (!line->closed && line->waiting.length == 0)
    g_cond_wait (&line->cond, &line->mutex);
  DioDeskRequest *request = line->closed ? NULL : g_queue_pop_head (&line->waiting);
  g_mutex_unlock (&line->mutex);
  return request;
}

static gpointer
thread_main (gpointer data)
{
  Line *line = data;
  g_autoptr (DioReviewReader) reader = NULL;
  DioDeskRequest *request;
  while ((request = take (line)) != NULL) {
    if (reader == NULL)
      reader = dio_review_reader_open (line->folder, NULL);
    if (reader != NULL)
      request->texture = load (reader, request);
    // Before the next drawing, which else goes on without it while something moves.
    g_idle_add_full (G_PRIORITY_DEFAULT, loaded_cb, request, request_free);
  }
  line_unref (line);
  return NULL;
}

/* -- Kept pictures -------------------------------------------------------------------------------------------------- */

static gsize
get_bytes (GdkTexture *texture)
{
  return (gsize) gdk_texture_get_width (texture) * (gsize) gdk_texture_get_height (texture) * 4;
}

static void
drop (DioDeskLoader *loader, Kept *kept)
{
  loader->bytes -= get_bytes (kept->texture);
  g_queue_unlink (&loader->used, &kept->link);
  g_hash_table_remove (loader->kept, &kept->picture);
  g_object_unref (kept->texture);
  g_free (kept);
}

static void
keep (DioDeskLoader *loader, const DioDeskPicture *picture, GdkTexture *texture)
{
  if (g_hash_table_contains (loader->kept, picture))
    return;
  Kept *kept = g_new0 (Kept, 1);
  kept->picture = *picture;
  kept->texture = g_object_ref (texture);
  kept->link.data = kept;
  g_hash_table_insert (loader->kept, &kept->picture, kept);
  g_queue_push_head_link (&loader->used, &kept->link);
  loader->bytes += get_bytes (texture);
  while (loader->bytes > KEPT_BYTES && loader->used.length > 1)
    drop (loader, g_queue_peek_tail (&loader->used));
}

GdkTexture *
dio_desk_loader_find (DioDeskLoader *loader, const DioDeskPicture *picture)
{
  Kept *kept = g_hash_table_lookup (loader->kept, picture);
  if (kept == NULL)
    return NULL;
  g_queue_unlink (&loader->used, &kept->link);
  g_queue_push_head_link (&loader->used, &kept->link);
  return kept->texture;
}

gsize
dio_desk_loader_get_bytes (DioDeskLoader *loader)
{
  return loader->bytes;
}

/* -- Requests ------------------------------------------------------------------------------------------------------- */

DioDeskRequest *
dio_desk_loader_request (DioDeskLoader *loader,
                         DioReviewTable *table,
                         const DioDeskPicture *picture,
                         DioDeskLoaderFunc func,
                         gpointer user)
{
  DioDeskRequest *request = g_new0 (DioDeskRequest, 1);
  request->line = line_ref (loader->line);
  request->table = dio_review_table_ref (table);
  request->picture = *picture;
  request->func = func;
  request->user = user;
  g_mutex_lock (&loader->line->mutex);
  g_queue_push_head (&loader->line->waiting, request);
  g_cond_signal (&loader->line->cond);
  g_mutex_unlock (&loader->line->mutex);
  return request;
}

void
dio_desk_loader_cancel (DioDeskRequest *request)
{
  Line *line = request->line;
  request->func = NULL;
  g_mutex_lock (&line->mutex);
  gboolean waited = g_queue_remove (&line->waiting, request);
  g_mutex_unlock (&line->mutex);
  // One that a thread has taken is let finish; its picture is kept.
  if (waited)
    request_free (request);
}

DioDeskLoader *
dio_desk_loader_new (const char *folder)
{
  DioDeskLoader *loader = g_new0 (DioDeskLoader, 1);
  loader->kept = g_hash_table_new (picture_hash, picture_equal);
  loader->line = g_new0 (Line, 1);
  g_atomic_ref_count_init (&loader->line->refs);
  loader->line->folder = g_strdup (folder);
  loader->line->loader = loader;
  g_mutex_init (&loader->line->mutex);
  g_cond_init (&loader->line->cond);
  for (guint i = 0; i < N_THREADS; i++)
    g_thread_unref (g_thread_new ("desk-loader", thread_main, line_ref (loader->line)));
  return loader;
}

void
dio_desk_loader_free (DioDeskLoader *loader)
{
  if (loader == NULL)
    return;
  Line *line = loader->line;
  g_mutex_lock (&line->mutex);
  line->closed = TRUE;
  line->loader = NULL;
  GQueue waiting = line->waiting;
  g_queue_init (&line->waiting);
  g_cond_broadcast (&line->cond);
  g_mutex_unlock (&line->mutex);
  g_queue_clear_full (&waiting, request_free);
  while (loader->used.length > 0)
    drop (loader, g_queue_peek_tail (&loader->used));
  g_hash_table_unref (loader->kept);
  line_unref (line);
  g_free (loader);
}
