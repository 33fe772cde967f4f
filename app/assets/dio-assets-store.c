#define G_LOG_DOMAIN "dio-assets"

#include "dio-assets.h"

#include "dio-assets-blob-private.h"
#include "dio-assets-child-private.h"
#include "dio-assets-gate-private.h"
#include "dio-assets-index-private.h"
#include "dio-assets-locate-private.h"
#include "dio-assets-meta-private.h"
#include "dio-assets-options-private.h"
#include "dio-base-hash.h"
#include "dio-base-path.h"
#include "dio-core-error.h"
#include "dio-core-interactive.h"

#include <glib/gstdio.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* One import:
 *
 *   real path -> index entry -> every file unchanged? -> blob whole? -> reported from the cache
 *                                     | no                  | no
 *                                     v                     v
 *   temporary file -> child (dio-assets-watchdog.c) -> read back in full -> renamed to its key -> index entry
 *
 * A blob gets its name only when this process has read all of it, and a failure at any arrow leaves no more than
 * the temporary file, which is removed: the store holds whole blobs or nothing. Two processes that import the same
 * file write the same model to the same name. */

struct DioAssetStore {
  char *folder;
  char *engine_path;
};

/* What a process that was killed in the middle of an import left behind. No import takes an hour. */
static void
remove_stale (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    struct stat st;
    if (g_str_has_prefix (name, "import-") && g_str_has_suffix (name, ".part")
        && lstat (path, &st) == 0 && S_ISREG (st.st_mode) && now_s - st.st_mtime > 3600)
      g_unlink (path);
  }
}

DioAssetStore *
dio_asset_store_new (const char *folder, const char *engine_path, GError **error)
{
  g_autofree char *own_folder = NULL;
  if (folder == NULL) {
    g_autofree char *cache = dio_path_dup_cache_folder ();
    own_folder = g_build_filename (cache, "assets", NULL);
  } else {
    own_folder = g_strdup (folder);
  }
  if (!dio_path_make_folders (own_folder, error))
    return NULL;
  DioAssetStore *store = g_new0 (DioAssetStore, 1);
  remove_stale (own_folder);
  store->folder = g_steal_pointer (&own_folder);
  store->engine_path = g_strdup (engine_path != NULL ? engine_path : "/proc/self/exe");
  return store;
}

void
dio_asset_store_free (DioAssetStore *store)
{
  if (store == NULL)
    return;
  g_free (store->folder);
  g_free (store->engine_path);
  g_free (store);
}

void
dio_import_report_clear (DioImportReport *report)
{
  g_clear_pointer (&report->sha256, g_free);
  g_clear_pointer (&report->blob_path, g_free);
  g_clear_pointer (&report->findings, dio_diagnostics_free);
  g_clear_pointer (&report->root, g_free);
  g_clear_pointer (&report->files, g_strfreev);
  report->from_cache = FALSE;
}

/* --- Names --------------------------------------------------------------------------------------- */

static char *
resolve_file (const char *path, GError **error)
{
  char *real = realpath (path, NULL);
  struct stat st;
  if (real == NULL || stat (real, &st) != 0) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND, "the asset %s is not there: %s", path,
                 g_strerror (errno));
    free (real);
    return NULL;
  }
  char *copy = g_strdup (real);
  free (real);
  if (S_ISREG (st.st_mode))
    return copy;
  g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "the asset %s is no regular file", path);
  g_free (copy);
  return NULL;
}

static char *
dup_blob_name (const char *content_hash, const char *options)
{
  g_autofree char *text =
      g_strdup_printf ("%s\n%d\n%s", content_hash, DIO_IMPORTER_VERSION, options);
  g_autofree char *key = dio_hash_bytes (text, strlen (text));
  return g_strconcat (key, ".dioblob", NULL);
}

char *
dio_asset_dup_blob_name (const DioAsset *asset, const char *sha256)
{
  g_return_val_if_fail (asset != NULL && sha256 != NULL, NULL);

  g_autofree char *options = dio_options_to_line (asset);
  return dup_blob_name (sha256, options);
}

static char *
blob_path_for (const DioAssetStore *store, const char *content_hash, const char *options)
{
  g_autofree char *name = dup_blob_name (content_hash, options);
  return g_build_filename (store->folder, name, NULL);
}

/* --- Cache --------------------------------------------------------------------------------------- */

/* Names of the files that were there; missing ones have no hash. */
static GStrv
list_names (const GPtrArray *files)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  for (guint i = 0; i < files->len; i++) {
    const DioGateFile *file = g_ptr_array_index (files, i);
    if (file->sha256 != NULL)
      g_strv_builder_add (names, file->name);
  }
  return g_strv_builder_end (names);
}

/* Fills the report from a blob that is whole; FALSE where it is not. */
static gboolean
report_blob (DioImportReport *report,
             const char *real_path,
             const char *blob_path,
             const char *content_hash)
{
  g_autofree char *line = dio_blob_read_meta (blob_path, NULL);
  g_autoptr (GPtrArray) files = NULL;
  DioDiagnostics *findings = NULL;
  if (line == NULL || !dio_meta_from_line (line, &files, &findings, NULL))
    return FALSE;
  report->sha256 = g_strdup (content_hash);
  report->blob_path = g_strdup (blob_path);
  report->findings = findings;
  report->files = list_names (files);
  g_autofree char *below = NULL;
  report->root = dio_locate_dup_root (real_path, &below);
  return TRUE;
}

static gboolean
find_in_cache (DioAssetStore *store,
               const char *real_path,
               const char *options,
               DioImportReport *report)
{
  g_autofree char *index_path = dio_index_dup_path (store->folder, real_path, options);
  g_autoptr (GPtrArray) files = dio_index_load_unchanged (index_path, real_path);
  if (files == NULL)
    return FALSE;
  g_autofree char *content_hash = dio_content_hash (files);
  g_autofree char *blob_path = blob_path_for (store, content_hash, options);
  if (!report_blob (report, real_path, blob_path, content_hash))
    return FALSE;
  report->from_cache = TRUE;
  return TRUE;
}

/* --- Import -------------------------------------------------------------------------------------- */

/* Reads the whole blob once as its users will; what does not hold is not kept. */
static gboolean
validate (const char *path, DioAssetKind kind, GPtrArray **files, GError **error)
{
  g_autofree char *line = dio_blob_read_meta (path, error);
  g_autoptr (DioDiagnostics) findings = NULL;
  if (line == NULL || !dio_meta_from_line (line, files, &findings, error))
    return FALSE;
  if (kind == DIO_ASSET_MODEL) {
    g_autoptr (DioModel) model = dio_asset_load_model (path, error);
    return model != NULL;
  }
  g_autoptr (DioImage) image = dio_asset_load_image (path, error);
  return image != NULL;
}

/* Moves the finished blob to its name and notes what it was made of. */
static gboolean
keep (DioAssetStore *store,
      const char *temporary,
      const char *blob_path,
      const char *index_path,
      const GPtrArray *files,
      GError **error)
{
  if (g_rename (temporary, blob_path) != 0) {
    g_set_error (error, DIO_ERROR, errno == ENOSPC ? DIO_ERROR_NO_SPACE : DIO_ERROR_FAILED,
                 "cannot keep the imported form %s: %s", blob_path, g_strerror (errno));
    return FALSE;
  }
  return dio_path_sync_folder (store->folder, error) && dio_index_save (index_path, files, error);
}

static gboolean
import_anew (DioAssetStore *store,
             const char *real_path,
             const DioAsset *asset,
             const char *options,
             DioImportReport *report,
             GError **error)
{
  g_autofree char *temporary = g_build_filename (store->folder, "import-XXXXXX.part", NULL);
  int fd = g_mkstemp_full (temporary, O_RDWR | O_CLOEXEC, 0644);
  if (fd < 0) {
    g_set_error (error, DIO_ERROR, errno == ENOSPC ? DIO_ERROR_NO_SPACE : DIO_ERROR_FAILED,
                 "cannot write into the asset cache %s: %s", store->folder, g_strerror (errno));
    return FALSE;
  }
  gboolean done = dio_child_run (store->engine_path, real_path, options, fd, error);
  if (done && fsync (fd) != 0) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_NO_SPACE, "cannot keep the import of %s: %s",
                 real_path, g_strerror (errno));
    done = FALSE;
  }
  close (fd);
  g_autoptr (GPtrArray) files = NULL;
  if (done) {
    done = validate (temporary, asset->kind, &files, error);
    if (!done)
      g_prefix_error (error, "importing %s gave no usable result: ", real_path);
  }
  if (done) {
    g_autofree char *content_hash = dio_content_hash (files);
    g_autofree char *blob_path = blob_path_for (store, content_hash, options);
    g_autofree char *index_path = dio_index_dup_path (store->folder, real_path, options);
    done = keep (store, temporary, blob_path, index_path, files, error)
           && report_blob (report, real_path, blob_path, content_hash);
    if (!done && error != NULL && *error == NULL)
      g_set_error (error, DIO_ERROR, DIO_ERROR_CORRUPT, "the imported form %s does not read back",
                   blob_path);
  }
  g_unlink (temporary);
  return done;
}

gboolean
dio_asset_store_import (DioAssetStore *store,
                        const char *path,
                        const DioAsset *asset,
                        DioImportReport *report,
                        GError **error)
{
  g_return_val_if_fail (store != NULL && path != NULL && asset != NULL && report != NULL, FALSE);
  dio_interactive_check ("importing");
  memset (report, 0, sizeof *report);
  g_autofree char *real_path = resolve_file (path, error);
  if (real_path == NULL)
    return FALSE;
  g_autofree char *options = dio_options_to_line (asset);
  if (find_in_cache (store, real_path, options, report))
    return TRUE;
  return import_anew (store, real_path, asset, options, report, error);
}

/* The imported form beside a scenario whose asset's file is not there. */
static gboolean
find_beside (const char *folder, const DioAsset *asset, DioImportReport *report)
{
  if (asset->sha256 == NULL || asset->sha256[0] == '\0')
    return FALSE;
  g_autofree char *name = dio_asset_dup_blob_name (asset, asset->sha256);
  g_autofree char *blob_path = g_build_filename (folder, "assets", name, NULL);
  g_autofree char *line = dio_blob_read_meta (blob_path, NULL);
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (DioDiagnostics) findings = NULL;
  if (line == NULL || !dio_meta_from_line (line, &files, &findings, NULL))
    return FALSE;
  g_autofree char *content_hash = dio_content_hash (files);
  if (strcmp (content_hash, asset->sha256) != 0)
    return FALSE;
  dio_diagnostics_add (findings, DIO_SEVERITY_NOTE, "file-missing", asset->path,
                       "the file %s is not there; its imported form is used", asset->path);
  report->sha256 = g_steal_pointer (&content_hash);
  report->root = g_strdup (folder);
  report->files = g_new0 (char *, 2);
  report->files[0] = g_build_filename ("assets", name, NULL);
  report->blob_path = g_steal_pointer (&blob_path);
  report->findings = g_steal_pointer (&findings);
  report->from_cache = TRUE;
  return TRUE;
}

gboolean
dio_asset_store_import_in (DioAssetStore *store,
                           const char *folder,
                           const DioAsset *asset,
                           DioImportReport *report,
                           GError **error)
{
  g_return_val_if_fail (store != NULL && folder != NULL && asset != NULL && report != NULL, FALSE);

  g_autofree char *path = g_build_filename (folder, asset->path, NULL);
  memset (report, 0, sizeof *report);
  return (!g_file_test (path, G_FILE_TEST_EXISTS) && find_beside (folder, asset, report))
         || dio_asset_store_import (store, path, asset, report, error);
}
