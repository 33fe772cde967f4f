#define G_LOG_DOMAIN "dio-engine"

#include "dio-engine-prepare-private.h"

#include "dio-assets.h"
#include "dio-base-json.h"
#include "dio-base-path.h"
#include "dio-core-error.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* A link costs nothing; another file system needs a copy. */
static gboolean
link_or_copy (const char *from, const char *to, GError **error)
{
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autofree char *temporary = g_strconcat (to, ".new", NULL);
  g_autoptr (GFile) target = g_file_new_for_path (temporary);

  if (link (from, to) == 0 || errno == EEXIST)
    return TRUE;
  if (!g_file_copy (source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, error))
    return FALSE;
  if (g_rename (temporary, to) == 0)
    return TRUE;
  g_set_error (error, DIO_ERROR, DIO_ERROR_FAILED, "The asset “%s” cannot be put in place: %s", to,
               g_strerror (errno));
  return FALSE;
}

/** What importing needs from asset to asset. */
typedef struct {
  DioAssetStore *store;
  const char *scenario_folder;
  const char *blobs; /* FOLDER/assets */
  const DioEngineObserver *observer;
} Importer;

static void
tell (const DioEngineObserver *observer, const char *code, const char *message)
{
  if (observer && observer->event)
    observer->event (code, message, observer->user);
}

static void
tell_findings (const Importer *importer, const DioAsset *asset, const DioDiagnostics *findings)
{
  for (guint i = 0; findings && i < dio_diagnostics_get_count (findings); i++) {
    const DioDiagnostic *finding = dio_diagnostics_get (findings, i);
    g_autofree char *message = g_strdup_printf ("Asset “%s”: %s", asset->id, finding->message);
    tell (importer->observer, "asset-finding", message);
  }
}

/* Returns the content hash. */
static char *
import_asset (const Importer *importer, const DioAsset *asset, GError **error)
{
  g_auto (DioImportReport) report = { 0 };
  g_autofree char *path = g_build_filename (importer->scenario_folder, asset->path, NULL);

  if (!dio_asset_store_import (importer->store, path, asset, &report, error)) {
    g_prefix_error (error, "Asset “%s”: ", asset->id);
    return NULL;
  }
  tell_findings (importer, asset, report.findings);
  if (asset->sha256 && asset->sha256[0] && !g_str_equal (asset->sha256, report.sha256)) {
    g_autofree char *message = g_strdup_printf (
        "Asset “%s” is not the file any more that the scenario was saved with", asset->id);
    tell (importer->observer, "asset-changed", message);
  }
  g_autofree char *name = dio_asset_dup_blob_name (asset, report.sha256);
  g_autofree char *blob = g_build_filename (importer->blobs, name, NULL);
  if (!link_or_copy (report.blob_path, blob, error))
    return NULL;
  return g_steal_pointer (&report.sha256);
}

static gboolean
import_assets (const Importer *importer, const DioScenario *scenario, json_t *json, GError **error)
{
  json_t *list = json_object_get (json, "assets");

  for (guint i = 0; i < scenario->assets->len; i++) {
    g_autofree char *sha256 = import_asset (importer, scenario->assets->pdata[i], error);
    json_t *entry = json_array_get (list, i);
    if (!sha256)
      return FALSE;
    g_assert (entry);
    json_object_set_new (entry, "sha256", json_string (sha256));
  }
  return dio_path_sync_folder (importer->blobs, error);
}

DioScenario *
dio_engine_make_snapshot (DioScenario *scenario,
                          const char *scenario_path,
                          const char *folder,
                          const DioEngineObserver *observer,
                          GError **error)
{
  g_autofree char *scenario_folder = g_path_get_dirname (scenario_path);
  g_autofree char *blobs = g_build_filename (folder, "assets", NULL);
  g_autofree char *path = g_build_filename (folder, "scenario.json", NULL);
  g_autoptr (json_t) json = dio_scenario_to_json (scenario);
  g_autoptr (DioAssetStore) store = NULL;

  if (!dio_path_make_folders (blobs, error))
    return NULL;
  if (scenario->assets->len > 0) {
    store = dio_asset_store_new (NULL, NULL, error);
    Importer importer = { store, scenario_folder, blobs, observer };
    if (!store || !import_assets (&importer, scenario, json, error))
      return NULL;
  }
  g_autoptr (DioScenario) snapshot = dio_scenario_from_json (json, NULL, error);
  if (!snapshot || !dio_scenario_save (snapshot, path, error))
    return NULL;
  return g_steal_pointer (&snapshot);
}

/* Half of what compressed pictures of plain scenes take: this may only refuse what cannot work. What really
 * happens is measured while the job runs. */
static double
get_least_bytes_per_pixel (const DioOutputs *outputs)
{
  return (outputs->rgb ? 0.3 : 0) + (outputs->depth ? 0.1 : 0) + (outputs->normal ? 0.2 : 0);
}

gboolean
dio_engine_check_room (const DioScenario *scenario,
                       const char *folder,
                       const DioRunOptions *options,
                       guint64 n_frames,
                       GError **error)
{
  double pixels = 0;

  for (guint i = 0; i < scenario->nodes->len; i++) {
    const DioNode *node = scenario->nodes->pdata[i];
    if (node->kind != DIO_NODE_SENSOR)
      continue;
    double width = options->width_px ? options->width_px : node->sensor.width_px;
    double height = options->height_px ? options->height_px : node->sensor.height_px;
    pixels += width * height;
  }
  double needed = pixels * get_least_bytes_per_pixel (&options->outputs) * (double) n_frames;
  double free_bytes = (double) dio_path_get_free_bytes (folder);
  if (needed <= free_bytes)
    return TRUE;
  g_set_error (error, DIO_ERROR, DIO_ERROR_NO_SPACE,
               "“%s” has room for %.0f MiB, the job needs at least %.0f MiB: free some space or "
               "choose another disk",
               folder, free_bytes / 1048576, needed / 1048576);
  return FALSE;
}
