#define G_LOG_DOMAIN "dio-session"

#include "dio-session-copy-private.h"

#include "dio-base-hash.h"
#include "dio-base-path.h"
#include "dio-core-error.h"
#include "dio-scene-randomizer.h"
#include "dio-sources.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Names come from an import child, which parsed a hostile file, and from documents: every one is joined so that it
 * cannot leave its folder, and links are followed only to see that they stay inside. */

#define ASSETS_FOLDER "assets"
#define MAX_NAMES 10000

static gboolean
set_invalid (const char *root, const char *name, GError **error)
{
  g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
               "%s of folder %s leaves that folder; copy it there first", name, root);
  return FALSE;
}

/* Whether the file behind all links lies in @root. */
static gboolean
is_inside (const char *root, const char *path)
{
  g_autofree char *real_root = realpath (root, NULL);
  g_autofree char *real_path = realpath (path, NULL);
  if (real_root == NULL || real_path == NULL || !g_str_has_prefix (real_path, real_root))
    return FALSE;
  gsize length = strlen (real_root);
  return real_root[length - 1] == '/' || real_path[length] == '/';
}

static gboolean
copy_file (const char *from, const char *to, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (to);
  if (!dio_path_make_folders (folder, error))
    return FALSE;
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);
  g_autoptr (GError) own = NULL;
  if (g_file_copy (source, target, G_FILE_COPY_TARGET_DEFAULT_PERMS, NULL, NULL, NULL, &own))
    return TRUE;
  int code = g_error_matches (own, G_IO_ERROR, G_IO_ERROR_NO_SPACE)    ? DIO_ERROR_NO_SPACE
             : g_error_matches (own, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ? DIO_ERROR_NOT_FOUND
             : g_error_matches (own, G_IO_ERROR, G_IO_ERROR_EXISTS)    ? DIO_ERROR_EXISTS
                                                                       : DIO_ERROR_FAILED;
  g_set_error (error, DIO_ERROR, code, "cannot copy %s to %s: %s", from, to, own->message);
  return FALSE;
}

static gboolean
copy_names (const char *root, const char *const *names, const char *to, GError **error)
{
  for (guint i = 0; names[i] != NULL; i++) {
    g_autofree char *source = dio_path_join_inside (root, names[i]);
    g_autofree char *target = dio_path_join_inside (to, names[i]);
    if (source == NULL || target == NULL || !is_inside (root, source))
      return set_invalid (root, names[i], error);
    if (!copy_file (source, target, error))
      return FALSE;
  }
  return TRUE;
}

/* Renames the finished copy to the first free name. */
static char *
settle (const char *temporary, const char *assets, const char *wish, GError **error)
{
  g_autofree char *base = dio_path_sanitize_name (wish);
  for (guint n = 1; n < MAX_NAMES; n++) {
    g_autofree char *name = n == 1 ? g_strdup (base) : g_strdup_printf ("%s_%u", base, n);
    g_autofree char *target = g_build_filename (assets, name, NULL);
    /* rename() itself refuses a folder with files, so that two imports at once cannot take one name. */
    if (g_file_test (target, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK))
      continue;
    if (g_rename (temporary, target) == 0)
      return g_strconcat (ASSETS_FOLDER "/", name, NULL);
    if (errno != EEXIST && errno != ENOTEMPTY && errno != ENOTDIR)
      break;
  }
  g_set_error (error, DIO_ERROR, DIO_ERROR_FAILED, "cannot make a folder like %s in %s: %s", base,
               assets, g_strerror (errno));
  return NULL;
}

char *
dio_copy_into_new_folder (const char *root,
                          const char *const *names,
                          const char *folder,
                          const char *wish,
                          GError **error)
{
  g_autofree char *assets = g_build_filename (folder, ASSETS_FOLDER, NULL);
  if (!dio_path_make_folders (assets, error))
    return NULL;
  g_autofree char *temporary = g_build_filename (assets, ".import-XXXXXX", NULL);
  if (g_mkdtemp_full (temporary, 0755) == NULL) {
    g_set_error (error, DIO_ERROR, errno == ENOSPC ? DIO_ERROR_NO_SPACE : DIO_ERROR_FAILED,
                 "cannot write into %s: %s", assets, g_strerror (errno));
    return NULL;
  }
  char *name =
      copy_names (root, names, temporary, error) ? settle (temporary, assets, wish, error) : NULL;
  if (name == NULL)
    dio_path_remove_tree (temporary, NULL);
  return name;
}

/* -- Whole documents ------------------------------------------------------------------------------------------------ */

static gboolean
has_same_bytes (const char *first, const char *second)
{
  g_autofree char *a = dio_hash_file (first, NULL);
  g_autofree char *b = dio_hash_file (second, NULL);
  return a != NULL && g_strcmp0 (a, b) == 0;
}

/* A file that is not there is left to the import, which says so. */
static gboolean
copy_beside (
    const char *root, const char *name, const char *to, const char *new_name, GError **error)
{
  g_autofree char *source = dio_path_join_inside (root, name);
  g_autofree char *target = dio_path_join_inside (to, new_name);
  if (source == NULL || target == NULL)
    return set_invalid (root, name, error);
  if (!g_file_test (source, G_FILE_TEST_EXISTS))
    return TRUE;
  if (!is_inside (root, source))
    return set_invalid (root, name, error);
  if (!g_file_test (target, G_FILE_TEST_EXISTS))
    return copy_file (source, target, error);
  if (has_same_bytes (source, target))
    return TRUE;
  g_set_error (error, DIO_ERROR, DIO_ERROR_EXISTS,
               "another file %s is there already; choose another folder for the scenario", target);
  return FALSE;
}

/* The asset's folder relative to the document's: the folder of @path, or the one above where models lie in meshes/
 * beside materials/. NULL where it would lie above the document's. */
static char *
dup_relative_root (const char *path, const char *real_path, const char *root)
{
  g_autofree char *real_folder = g_path_get_dirname (real_path);
  g_autofree char *folder = g_path_get_dirname (path);
  if (strcmp (real_folder, root) == 0)
    return strcmp (folder, ".") == 0 ? g_strdup ("") : g_steal_pointer (&folder);
  if (strcmp (folder, ".") == 0)
    return NULL;
  g_autofree char *above = g_path_get_dirname (folder);
  return strcmp (above, ".") == 0 ? g_strdup ("") : g_steal_pointer (&above);
}

/* The imported form that stands for a file that is not there; where there is none either, the import says so. */
static gboolean
copy_form (const DioAsset *asset, const char *from, const char *to, GError **error)
{
  if (asset->sha256 == NULL || asset->sha256[0] == '\0')
    return TRUE;
  g_autofree char *blob = dio_asset_dup_blob_name (asset, asset->sha256);
  g_autofree char *name = g_build_filename (ASSETS_FOLDER, blob, NULL);
  return copy_beside (from, name, to, name, error);
}

static gboolean
copy_asset (
    const DioAsset *asset, DioAssetStore *store, const char *from, const char *to, GError **error)
{
  g_autofree char *path = dio_path_join_inside (from, asset->path);
  g_autofree char *real_path = path != NULL ? realpath (path, NULL) : NULL;
  g_auto (DioImportReport) report = { 0 };
  if (real_path == NULL)
    return copy_form (asset, from, to, error);
  if (!dio_asset_store_import (store, path, asset, &report, NULL))
    return copy_beside (from, asset->path, to, asset->path, error);
  g_autofree char *below = dup_relative_root (asset->path, real_path, report.root);
  if (below == NULL)
    return copy_beside (from, asset->path, to, asset->path, error);
  for (guint i = 0; report.files[i] != NULL; i++) {
    g_autofree char *name = g_build_filename (below, report.files[i], NULL);
    if (!copy_beside (report.root, report.files[i], to, name, error))
      return FALSE;
  }
  return TRUE;
}

/* Tables that randomizers draw from. One that is not there stays a fault of the document, there as here. */
static gboolean
copy_tables (const DioScenario *scenario, const char *from, const char *to, GError **error)
{
  for (guint i = 0; i < scenario->randomizers->len; i++) {
    const DioRandomizer *randomizer = g_ptr_array_index (scenario->randomizers, i);
    const char *file = dio_randomizer_get_string (randomizer, "file", NULL);
    g_autofree char *path = file != NULL ? g_build_filename (from, file, NULL) : NULL;
    if (path != NULL && g_file_test (path, G_FILE_TEST_IS_REGULAR)
        && !copy_beside (from, file, to, file, error))
      return FALSE;
  }
  return TRUE;
}

gboolean
dio_copy_assets (
    DioScenario *scenario, DioAssetStore *store, const char *from, const char *to, GError **error)
{
  /* Files of folders are assets in the closed form alone. */
  g_autoptr (DioScenario) closed = dio_sources_expand (scenario, from, NULL);
  const GPtrArray *assets = closed != NULL ? closed->assets : scenario->assets;
  for (guint i = 0; i < assets->len; i++)
    if (!copy_asset (g_ptr_array_index (assets, i), store, from, to, error))
      return FALSE;
  return copy_tables (scenario, from, to, error);
}

/* Among @folders that which has the content that @asset was saved with, else the first that has any; NULL = none. */
static const char *
find_folder (const DioAsset *asset, DioAssetStore *store, const char *const *folders)
{
  const char *any = NULL;
  for (guint i = 0; folders[i] != NULL; i++) {
    g_auto (DioImportReport) report = { 0 };
    if (!dio_asset_store_import_in (store, folders[i], asset, &report, NULL))
      continue;
    if (asset->sha256 == NULL || strcmp (report.sha256, asset->sha256) == 0)
      return folders[i];
    if (any == NULL)
      any = folders[i];
  }
  return any;
}

gboolean
dio_copy_snapshot_assets (const DioScenario *scenario,
                          DioAssetStore *store,
                          const char *const *folders,
                          const char *to,
                          GError **error)
{
  for (guint i = 0; i < scenario->assets->len; i++) {
    const DioAsset *asset = g_ptr_array_index (scenario->assets, i);
    const char *from = find_folder (asset, store, folders);
    if (from != NULL && !copy_asset (asset, store, from, to, error))
      return FALSE;
  }
  return TRUE;
}

/* @name is a folder relative to both. Drafts hold what imports put there: files and folders, no links. */
static gboolean
copy_folder (const char *from, const char *to, const char *name, GError **error)
{
  g_autofree char *source = g_build_filename (from, name, NULL);
  g_autoptr (GDir) dir = g_dir_open (source, 0, NULL);
  const char *entry;
  while (dir != NULL && (entry = g_dir_read_name (dir)) != NULL) {
    g_autofree char *below = g_build_filename (name, entry, NULL);
    g_autofree char *path = g_build_filename (from, below, NULL);
    g_autofree char *target = g_build_filename (to, below, NULL);
    if (entry[0] == '.' || g_file_test (path, G_FILE_TEST_IS_SYMLINK))
      continue;
    gboolean is_folder = g_file_test (path, G_FILE_TEST_IS_DIR);
    gboolean is_new = !g_file_test (target, G_FILE_TEST_EXISTS);
    if (is_folder ? !copy_folder (from, to, below, error)
                  : is_new && !copy_file (path, target, error))
      return FALSE;
  }
  return TRUE;
}

gboolean
dio_copy_draft (const char *draft, const char *to, GError **error)
{
  return copy_folder (draft, to, ASSETS_FOLDER, error);
}
