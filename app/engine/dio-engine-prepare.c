#define G_LOG_DOMAIN "dio-engine"

#include "dio-engine-prepare-private.h"

#include "dio-assets.h"
#include "dio-base-json.h"
#include "dio-base-path.h"
#include "dio-core-error.h"
#include "dio-sources.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define RECYCLE_BYTES ((gint64) 2 * 1024 * 1024 * 1024)
#define FRAME_TIMEOUT_MS 120000

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

  if (!dio_asset_store_import_in (importer->store, importer->scenario_folder, asset, &report,
                                  error)) {
    g_prefix_error (error, "Asset “%s” (%s): ", asset->id, asset->path);
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

static char *
dup_scenario_folder (const DioEngineJob *job)
{
  if (job->scenario_folder)
    return g_strdup (job->scenario_folder);
  return job->scenario_path ? g_path_get_dirname (job->scenario_path) : g_strdup (".");
}

/* A sensor stays in the document, so that what is random about it and where others refer to it stays valid. */
static DioScenario *
hide_sensor (DioScenario *scenario, const char *id, GError **error)
{
  g_autofree char *path = g_strdup_printf ("nodes/%s/visible", id);
  g_autoptr (json_t) no = json_false ();

  for (guint i = 0; i < scenario->nodes->len; i++) {
    const DioNode *node = scenario->nodes->pdata[i];
    if (g_strcmp0 (node->parent, id) != 0)
      continue;
    g_set_error (
        error, DIO_ERROR, DIO_ERROR_INVALID,
        "The sensor “%s” cannot be left out, for “%s” hangs on it and would vanish: choose "
        "it, or take “%s” off it",
        id, node->id, node->id);
    return NULL;
  }
  return dio_scenario_with_property (scenario, path, no, error);
}

static gboolean
check_sensors (const DioScenario *scenario, const char *const *ids, GError **error)
{
  for (guint i = 0; ids[i]; i++) {
    const DioNode *node = dio_scenario_find_node (scenario, ids[i]);
    if (node && node->kind == DIO_NODE_SENSOR)
      continue;
    g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND,
                 "The scenario has no sensor “%s”: choose one that it has", ids[i]);
    return FALSE;
  }
  return TRUE;
}

static DioScenario *
choose_sensors (DioScenario *scenario, const char *sensors, GError **error)
{
  g_auto (GStrv) ids = g_strsplit (sensors, ",", -1);
  g_autoptr (DioScenario) chosen = dio_scenario_ref (scenario);

  if (!check_sensors (scenario, (const char *const *) ids, error))
    return NULL;
  for (guint i = 0; i < scenario->nodes->len; i++) {
    const DioNode *node = scenario->nodes->pdata[i];
    if (node->kind != DIO_NODE_SENSOR || g_strv_contains ((const char *const *) ids, node->id))
      continue;
    DioScenario *next = hide_sensor (chosen, node->id, error);
    if (!next)
      return NULL;
    dio_scenario_unref (chosen);
    chosen = next;
  }
  return g_steal_pointer (&chosen);
}

DioScenario *
dio_engine_load_scenario (const DioEngineJob *job, GError **error)
{
  g_autoptr (DioScenario) scenario = job->scenario
                                         ? dio_scenario_ref (job->scenario)
                                         : dio_scenario_load (job->scenario_path, NULL, error);

  if (scenario && job->sensors && job->sensors[0])
    return choose_sensors (scenario, job->sensors, error);
  return g_steal_pointer (&scenario);
}

DioRunOptions
dio_engine_choose_options (const DioEngineJob *job, const DioScenario *scenario)
{
  return (DioRunOptions){
    .width_px = job->width_px,
    .height_px = job->height_px,
    .outputs = job->has_outputs ? job->outputs : scenario->outputs,
    .recycle_bytes = job->recycle_bytes == 0 ? RECYCLE_BYTES : job->recycle_bytes,
    .frame_timeout_ms = job->frame_timeout_ms ? job->frame_timeout_ms : FRAME_TIMEOUT_MS,
  };
}

DioScenario *
dio_engine_make_snapshot (DioScenario *open,
                          const DioEngineJob *job,
                          const char *folder,
                          const DioEngineObserver *observer,
                          GError **error)
{
  g_autofree char *scenario_folder = dup_scenario_folder (job);
  g_autoptr (DioScenario) scenario = dio_sources_expand (open, scenario_folder, error);
  if (!scenario || !dio_sources_check_frames (scenario, job->first, job->count, error))
    return NULL;
  g_autofree char *blobs = g_build_filename (folder, "assets", NULL);
  g_autofree char *path = g_build_filename (folder, "scenario.json", NULL);
  g_autoptr (json_t) json = dio_scenario_to_json (scenario);
  g_autoptr (DioAssetStore) store = NULL;

  if (!dio_path_make_folders (blobs, error))
    return NULL;
  if (scenario->assets->len > 0) {
    store = dio_asset_store_new (NULL, job->engine_path, error);
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
