#pragma once
/* Thread: any thread, one call at a time per store. Imports models, textures and environments. A file is
 * hostile until proven otherwise: every import runs in a child process (the hidden command
 * `diorama-engine import-child`) with bounds on memory, time and file access; the parent reads only the
 * bounded blob that the child wrote. The caller gets a message within 20 seconds whatever the file does. */

#include "dio-base-diagnostic.h"
#include "dio-frame-model.h"
#include "dio-scene-types.h"

G_BEGIN_DECLS

/** Where imported forms are kept: FOLDER/KEY.dioblob, KEY = content hash x importer version x options. */
typedef struct DioAssetStore DioAssetStore;

/** @folder (nullable): the user's cache. @engine_path: the program that has import-child; NULL = this program. */
DioAssetStore *dio_asset_store_new (const char *folder,
                                    const char *engine_path,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
void dio_asset_store_free (DioAssetStore *store);

/** Facts of one import, besides the model. */
typedef struct {
  char *sha256;    /**< content hash over the sorted (relative name, hash) of all files read */
  char *blob_path; /**< the imported form in the store */
  gboolean from_cache;
  DioDiagnostics *findings; /**< the doctor's */
  /** Folder of the asset: what the names in @files are relative to. */
  char *root;
  /** Every file that was read, sorted, NULL-terminated: what a copy of the asset needs. */
  char **files;
} DioImportReport;

void dio_import_report_clear (DioImportReport *report);

/** Imports or finds in the cache. @path: the file; @asset: options (id and path unused). A damaged cache entry is
 * rebuilt. Errors: NOT_FOUND, CORRUPT, UNSUPPORTED, LIMIT; message names file and cause. */
gboolean dio_asset_store_import (DioAssetStore *store,
                                 const char *path,
                                 const DioAsset *asset,
                                 DioImportReport *report,
                                 GError **error);
/** As import of FOLDER/PATH, with the path of @asset. Where that file is not there, its imported form
 * FOLDER/assets/KEY.dioblob serves, as a dataset and a copy of its scene have it: the one of the content that the scenario was saved with; a finding says so. */
gboolean dio_asset_store_import_in (DioAssetStore *store,
                                    const char *folder,
                                    const DioAsset *asset,
                                    DioImportReport *report,
                                    GError **error);
/** File name of the imported form of @asset whose files have content hash @sha256: "KEY.dioblob" with KEY a hash
 * of (@sha256, importer version, options of @asset); the name in a store and in a dataset's assets/. */
char *dio_asset_dup_blob_name (const DioAsset *asset, const char *sha256) G_GNUC_WARN_UNUSED_RESULT;
/** Reads a model blob; checks every bound, for its writer parsed hostile input. */
DioModel *dio_asset_load_model (const char *blob_path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** Reads a texture or environment blob: RGBA u8 or RGB f32. */
DioImage *dio_asset_load_image (const char *blob_path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** Entry of the hidden command: parses its own argv, confines itself, imports, writes, returns the exit code. */
int dio_assets_import_child_main (int argc, char **argv);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioAssetStore, dio_asset_store_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DioImportReport, dio_import_report_clear)

G_END_DECLS
