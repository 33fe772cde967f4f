#define G_LOG_DOMAIN "dio-session"

#include "dio-session-thumbs-private.h"

#include "dio-base-hash.h"
#include "dio-base-path.h"
#include "dio-core-error.h"
#include "dio-engine-preview.h"
#include "dio-image-codec.h"
#include "dio-parametric.h"
#include "dio-session-assets-private.h"

#include <string.h>

/* One thread makes pictures, one after the other; it opens its own GL context. A picture of an asset is kept on disk
 * under a hash of the imported form's name, which says content, importer and options; that of our own models under the
 * hash of the model that was built.
 *
 * Nothing that waits or works holds the session: work comes back through a mailbox that is closed when the thumbnails
 * go. What waits is dropped then, and the one picture in hand is waited for, so that no thread draws at the end of the
 * program, where the driver's own end would meet it. */

#define SIZE_PX 192
/* Counts up when pictures are to look different. */
#define VERSION 1

typedef struct {
  char *key;
  char *content;   /**< what the picture shows: the blob of an asset, else "" */
  DioImage *image; /**< (nullable) */
  gboolean started;
} Entry;

/* What stands between thread and main context; outlives the thumbnails as long as a picture is under way. */
typedef struct {
  gatomicrefcount refs;
  gint closed;              /**< atomic */
  GMainContext *context;    /**< where pictures arrive */
  DioSessionThumbs *thumbs; /**< main context only, not after it is closed */
} Mailbox;

struct DioSessionThumbs {
  DioSession *session;
  GHashTable *entries; /**< key -> Entry*, owns both */
  GThreadPool *pool;   /**< of Work */
  Mailbox *mailbox;
};

typedef struct {
  Mailbox *mailbox;
  char *key, *content, *blob_path;
  char *engine_path; /**< that imports what has no blob yet */
  DioImage *image;   /**< (nullable) what came of it */
} Work;

static Mailbox *
mailbox_new (DioSessionThumbs *thumbs)
{
  Mailbox *mailbox = g_new0 (Mailbox, 1);
  g_atomic_ref_count_init (&mailbox->refs);
  mailbox->context = g_main_context_ref_thread_default ();
  mailbox->thumbs = thumbs;
  return mailbox;
}

static Mailbox *
mailbox_ref (Mailbox *mailbox)
{
  g_atomic_ref_count_inc (&mailbox->refs);
  return mailbox;
}

static void
mailbox_unref (Mailbox *mailbox)
{
  if (!g_atomic_ref_count_dec (&mailbox->refs))
    return;
  g_main_context_unref (mailbox->context);
  g_free (mailbox);
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;
  g_free (entry->key);
  g_free (entry->content);
  g_clear_pointer (&entry->image, dio_image_unref);
  g_free (entry);
}

static void
work_free (gpointer data)
{
  Work *work = data;
  mailbox_unref (work->mailbox);
  g_free (work->key);
  g_free (work->content);
  g_free (work->blob_path);
  g_free (work->engine_path);
  g_clear_pointer (&work->image, dio_image_unref);
  g_free (work);
}

/* What stands behind "KIND:" in @key; NULL for another kind. */
static const char *
get_id (const char *key, const char *kind)
{
  gsize length = strlen (kind);
  return strncmp (key, kind, length) == 0 && key[length] == ':' ? key + length + 1 : NULL;
}

/* -- In the thread --------------------------------------------------------------------------------------------------- */

static DioModel *
build_parametric (const char *kind)
{
  const DioParametricInfo *info = dio_parametric_find (kind);
  return info != NULL ? dio_parametric_build (info, NULL) : NULL;
}

/* "KIND:PATH": a file that is no asset of the document (yet) is imported as one would be. */
static gboolean
import_file (Work *work, const char *id, GError **error)
{
  char *path = NULL;
  DioAsset asset = { .kind = (DioAssetKind) g_ascii_strtoull (id, &path, 10),
                     .front = { 0, -1, 0 } };
  g_autoptr (DioAssetStore) store = dio_asset_store_new (NULL, work->engine_path, error);
  g_auto (DioImportReport) report = { 0 };
  if (store == NULL || *path != ':'
      || !dio_asset_store_import (store, path + 1, &asset, &report, error))
    return FALSE;
  work->blob_path = g_strdup (report.blob_path);
  return TRUE;
}

/* The model or picture that the thumbnail shows; both NULL where it cannot be had. */
static void
load_subject (const Work *work, DioModel **model, DioImage **image)
{
  const char *id;
  if (work->blob_path != NULL) {
    *model = dio_asset_load_model (work->blob_path, NULL);
    *image = *model == NULL ? dio_asset_load_image (work->blob_path, NULL) : NULL;
  } else if ((id = get_id (work->key, "parametric")) != NULL) {
    *model = build_parametric (id);
  } else if ((id = get_id (work->key, "texture")) != NULL) {
    *image = dio_parametric_render_texture (id, 2 * SIZE_PX, 0);
  } else if ((id = get_id (work->key, "environment")) != NULL) {
    *image = dio_parametric_render_environment (id, SIZE_PX);
  }
}

static char *
dup_cache_path (const Work *work, const DioModel *model)
{
  g_autofree char *what =
      g_strdup_printf ("%d %s %s %016" G_GINT64_MODIFIER "x", VERSION, work->key, work->content,
                       model != NULL ? model->key : 0);
  /* The asset's id in the key says nothing of its content, its imported form's name does. */
  g_autofree char *blob = work->blob_path != NULL ? g_path_get_basename (work->blob_path) : NULL;
  const char *hashed = blob != NULL ? blob : what;
  g_autofree char *text = g_strdup_printf ("%d %d %s", VERSION, SIZE_PX, hashed);
  g_autofree char *hash = dio_hash_bytes (text, strlen (text));
  g_autofree char *cache = dio_path_dup_cache_folder ();
  g_autofree char *name = g_strconcat (hash, ".png", NULL);
  return g_build_filename (cache, "thumbnails", name, NULL);
}

static void
keep (const char *path, const DioImage *image)
{
  const DioEncodeOptions options = { .srgb = TRUE };
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GBytes) png = dio_image_encode (image, DIO_IMAGE_FORMAT_PNG, &options, NULL);
  gsize size;
  const void *data = png != NULL ? g_bytes_get_data (png, &size) : NULL;
  g_autoptr (GError) error = NULL;
  /* A cache that cannot be written only costs time. */
  if (data != NULL
      && (!dio_path_make_folders (folder, &error)
          || !dio_path_write_atomic (path, data, size, &error)))
    g_debug ("thumbnail not kept: %s", error->message);
}

static DioImage *
load_kept (const char *path)
{
  g_autoptr (DioImage) image = dio_image_load (path, NULL, NULL);
  gboolean fits = image != NULL && image->channels == 3 && image->type == DIO_PIXEL_U8;
  return fits ? g_steal_pointer (&image) : NULL;
}

static gboolean
make_thumbnail (Work *work, GError **error)
{
  g_autoptr (DioModel) model = NULL;
  g_autoptr (DioImage) image = NULL;
  const char *file = get_id (work->key, "file");
  if (file != NULL && !import_file (work, file, error))
    return FALSE;
  g_autofree char *early = work->blob_path != NULL ? dup_cache_path (work, NULL) : NULL;
  work->image = early != NULL ? load_kept (early) : NULL;
  if (work->image != NULL)
    return TRUE;
  load_subject (work, &model, &image);
  if (model == NULL && image == NULL) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND, "%s has no picture", work->key);
    return FALSE;
  }
  g_autofree char *path = early != NULL ? g_steal_pointer (&early) : dup_cache_path (work, model);
  work->image = load_kept (path);
  if (work->image != NULL)
    return TRUE;
  /* What switches OpenGL off for the preview does so for its small pictures. */
  const char *forbidden = g_getenv ("DIORAMA_NO_GL");
  if (model != NULL && forbidden != NULL && *forbidden != '\0' && strcmp (forbidden, "0") != 0) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_UNSUPPORTED, "%s has no picture without OpenGL",
                 work->key);
    return FALSE;
  }
  work->image = model != NULL ? dio_engine_preview_model (model, SIZE_PX, SIZE_PX, error)
                              : dio_engine_preview_image (image, SIZE_PX);
  if (work->image != NULL)
    keep (path, work->image);
  return work->image != NULL;
}

static gboolean made_cb (gpointer data);

static void
pool_func (gpointer data, gpointer user)
{
  Work *work = data;
  g_autoptr (GError) error = NULL;
  gboolean wanted = g_atomic_int_get (&work->mailbox->closed) == 0;
  if (!wanted || !make_thumbnail (work, &error)) {
    if (error != NULL)
      g_debug ("%s", error->message);
    work_free (work);
    return;
  }
  /* A source of its own: g_main_context_invoke could run it here while the main loop is not running. */
  g_autoptr (GSource) source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, made_cb, work, work_free);
  g_source_attach (source, work->mailbox->context);
}

/* -- On the main context --------------------------------------------------------------------------------------------- */

DioSessionThumbs *
dio_session_thumbs_new (DioSession *session)
{
  DioSessionThumbs *thumbs = g_new0 (DioSessionThumbs, 1);
  thumbs->session = session;
  thumbs->entries = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, entry_free);
  thumbs->mailbox = mailbox_new (thumbs);
  /* Shared threads, one of them at a time: cannot fail. */
  thumbs->pool = g_thread_pool_new_full (pool_func, NULL, work_free, 1, FALSE, NULL);
  return thumbs;
}

void
dio_session_thumbs_free (DioSessionThumbs *thumbs)
{
  if (thumbs == NULL)
    return;
  g_atomic_int_set (&thumbs->mailbox->closed, 1);
  g_thread_pool_free (thumbs->pool, TRUE, TRUE);
  mailbox_unref (thumbs->mailbox);
  g_hash_table_unref (thumbs->entries);
  g_free (thumbs);
}

static gboolean
made_cb (gpointer data)
{
  Work *work = data;
  if (g_atomic_int_get (&work->mailbox->closed) != 0)
    return G_SOURCE_REMOVE;
  DioSessionThumbs *thumbs = work->mailbox->thumbs;
  Entry *entry = g_hash_table_lookup (thumbs->entries, work->key);
  /* The asset may be another by now. */
  if (entry == NULL || strcmp (entry->content, work->content) != 0)
    return G_SOURCE_REMOVE;
  g_clear_pointer (&entry->image, dio_image_unref);
  entry->image = g_steal_pointer (&work->image);
  g_signal_emit_by_name (thumbs->session, "thumbnail-ready", work->key);
  return G_SOURCE_REMOVE;
}

/* Begins what is not begun, once it is known what the picture shows. */
static void
start (DioSessionThumbs *thumbs, Entry *entry)
{
  const char *asset = get_id (entry->key, "asset");
  const DioAssetFacts *facts =
      asset != NULL ? dio_session_assets_find (thumbs->session, asset) : NULL;
  const char *blob = facts != NULL ? facts->blob_path : NULL;
  if (asset != NULL && blob == NULL)
    return;
  g_autofree char *content = blob != NULL ? g_path_get_basename (blob) : g_strdup ("");
  if (entry->started && strcmp (content, entry->content) == 0)
    return;
  g_free (entry->content);
  entry->content = g_steal_pointer (&content);
  entry->started = TRUE;
  Work *work = g_new0 (Work, 1);
  work->mailbox = mailbox_ref (thumbs->mailbox);
  work->key = g_strdup (entry->key);
  work->content = g_strdup (entry->content);
  work->blob_path = g_strdup (blob);
  work->engine_path = g_strdup (thumbs->session->engine_path);
  g_thread_pool_push (thumbs->pool, work, NULL);
}

/* Lights have icons instead; of what is unknown nothing is ever made. */
static gboolean
has_picture (const char *key)
{
  return get_id (key, "asset") != NULL || get_id (key, "file") != NULL
         || get_id (key, "parametric") != NULL || get_id (key, "texture") != NULL
         || get_id (key, "environment") != NULL;
}

DioImage *
dio_session_thumbs_get (DioSessionThumbs *thumbs, const char *key)
{
  if (!has_picture (key))
    return NULL;
  Entry *entry = g_hash_table_lookup (thumbs->entries, key);
  if (entry == NULL) {
    entry = g_new0 (Entry, 1);
    entry->key = g_strdup (key);
    entry->content = g_strdup ("");
    g_hash_table_insert (thumbs->entries, entry->key, entry);
  }
  start (thumbs, entry);
  return entry->image;
}

void
dio_session_thumbs_assets_changed (DioSessionThumbs *thumbs)
{
  GHashTableIter iter;
  gpointer entry;
  g_hash_table_iter_init (&iter, thumbs->entries);
  while (g_hash_table_iter_next (&iter, NULL, &entry))
    start (thumbs, entry);
}

static gboolean
is_asset_entry (gpointer key, gpointer entry, gpointer user)
{
  return get_id (key, "asset") != NULL || get_id (key, "file") != NULL;
}

void
dio_session_thumbs_forget_assets (DioSessionThumbs *thumbs)
{
  g_hash_table_foreach_remove (thumbs->entries, is_asset_entry, NULL);
}
