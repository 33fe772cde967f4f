#define G_LOG_DOMAIN "dio-session"

#include "dio-session-assets-private.h"

#include "dio-base-json.h"
#include "dio-base-path.h"
#include "dio-scene-edit.h"
#include "dio-session-shelf-private.h"
#include "dio-session-thumbs-private.h"

#include <string.h>

/* Facts of assets: findings, bounds, where the imported form lies. They come from the same import that the preview
 * makes, through the same cache, so whoever is first does the work for both.
 *
 * At most one examination runs; what changes meanwhile is examined afterwards. Facts carry the text of the asset that
 * they are about: those of an asset that an edit has changed since are not taken. */

static void
free_findings (gpointer findings)
{
  dio_diagnostics_free (findings);
}

char *
dio_asset_facts_dup_key (const DioAsset *asset)
{
  g_autoptr (json_t) json = dio_asset_to_json (asset);
  return dio_json_to_line (json);
}

DioAssetFacts *
dio_asset_facts_new (const DioAsset *asset)
{
  DioAssetFacts *facts = g_new0 (DioAssetFacts, 1);
  facts->key = dio_asset_facts_dup_key (asset);
  return facts;
}

void
dio_asset_facts_free (DioAssetFacts *facts)
{
  if (facts == NULL)
    return;
  g_free (facts->key);
  g_free (facts->blob_path);
  g_clear_pointer (&facts->findings, free_findings);
  g_free (facts);
}

/* -- In a worker ---------------------------------------------------------------------------------------------------- */

void
dio_asset_facts_take_report (DioAssetFacts *facts, const DioAsset *asset, DioImportReport *report)
{
  facts->findings = g_steal_pointer (&report->findings);
  facts->blob_path = g_strdup (report->blob_path);
  if (asset->kind != DIO_ASSET_MODEL)
    return;
  g_autoptr (DioModel) model = dio_asset_load_model (report->blob_path, NULL);
  if (model == NULL)
    return;
  facts->bounds = model->bounds;
  facts->has_bounds = TRUE;
}

void
dio_asset_facts_examine (DioAssetFacts *facts,
                         DioAssetStore *store,
                         const char *folder,
                         const DioAsset *asset)
{
  g_autoptr (GError) error = NULL;
  g_auto (DioImportReport) report = { 0 };
  g_autofree char *path = dio_path_join_inside (folder, asset->path);
  if (path != NULL && dio_asset_store_import_in (store, folder, asset, &report, &error)) {
    dio_asset_facts_take_report (facts, asset, &report);
    return;
  }
  facts->findings = dio_diagnostics_new ();
  dio_diagnostics_add (facts->findings, DIO_SEVERITY_ERROR, "import-failed", asset->id, "%s",
                       error != NULL ? error->message : "its path leaves the scenario's folder");
}

typedef struct {
  guint document;
  DioScenario *scenario;
  char *folder, *engine_path;
  GPtrArray *ids;   /**< of char* */
  GPtrArray *facts; /**< of DioAssetFacts*, at the place of their ids */
} Examination;

static void
examination_free (gpointer data)
{
  Examination *examination = data;
  dio_scenario_unref (examination->scenario);
  g_free (examination->folder);
  g_free (examination->engine_path);
  g_ptr_array_unref (examination->ids);
  g_ptr_array_unref (examination->facts);
  g_free (examination);
}

static void
examine_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Examination *examination = data;
  GError *error = NULL;
  g_autoptr (DioAssetStore) store = dio_asset_store_new (NULL, examination->engine_path, &error);
  if (store == NULL) {
    g_task_return_error (task, error);
    return;
  }
  for (guint i = 0; i < examination->ids->len && !g_cancellable_is_cancelled (cancellable); i++) {
    const DioAsset *asset =
        dio_scenario_find_asset (examination->scenario, g_ptr_array_index (examination->ids, i));
    DioAssetFacts *facts = dio_asset_facts_new (asset);
    dio_asset_facts_examine (facts, store, examination->folder, asset);
    g_ptr_array_add (examination->facts, facts);
  }
  g_task_return_boolean (task, TRUE);
}

/* -- On the main context -------------------------------------------------------------------------------------------- */

/* Facts are taken while the asset is still what they are about. */
static void
take_facts (DioSession *session, const char *id, DioAssetFacts *facts)
{
  const DioAsset *asset = dio_scenario_find_asset (session->scenario, id);
  g_autofree char *key = asset != NULL ? dio_asset_facts_dup_key (asset) : NULL;
  if (g_strcmp0 (key, facts->key) == 0)
    g_hash_table_replace (session->asset_facts, g_strdup (id), facts);
  else
    dio_asset_facts_free (facts);
}

static void
tell (DioSession *session)
{
  if (session->thumbs != NULL)
    dio_session_thumbs_assets_changed (session->thumbs);
  if (session->shelf != NULL)
    dio_session_shelf_facts_changed (session->shelf);
  dio_session_emit (session, DIO_SESSION_SIGNAL_FINDINGS_CHANGED);
}

static void
examined_cb (GObject *source, GAsyncResult *result, gpointer user)
{
  DioSession *session = DIO_SESSION (source);
  Examination *examination = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_clear_object (&session->examining);
  if (!g_task_propagate_boolean (G_TASK (result), &error)) {
    g_debug ("assets cannot be examined: %s", error->message);
    return;
  }
  if (examination->document == session->document) {
    for (guint i = 0; i < examination->facts->len; i++)
      take_facts (session, g_ptr_array_index (examination->ids, i),
                  g_steal_pointer (&examination->facts->pdata[i]));
    tell (session);
  }
  g_clear_pointer (&session->examined_assets, g_ptr_array_unref);
  dio_session_assets_update (session);
}

static GPtrArray *
list_unknown (DioSession *session)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < session->scenario->assets->len; i++) {
    const DioAsset *asset = g_ptr_array_index (session->scenario->assets, i);
    const DioAssetFacts *facts = g_hash_table_lookup (session->asset_facts, asset->id);
    g_autofree char *key = dio_asset_facts_dup_key (asset);
    if (facts == NULL || strcmp (facts->key, key) != 0)
      g_ptr_array_add (ids, g_strdup (asset->id));
  }
  return ids;
}

static void
facts_free_cb (gpointer data)
{
  dio_asset_facts_free (data);
}

void
dio_session_assets_update (DioSession *session)
{
  if (session->shelf != NULL)
    dio_session_shelf_document_changed (session->shelf);
  /* Scenarios share the list while no edit touches it. */
  if (session->closed || session->examining != NULL
      || session->examined_assets == session->scenario->assets)
    return;
  g_clear_pointer (&session->examined_assets, g_ptr_array_unref);
  session->examined_assets = g_ptr_array_ref (session->scenario->assets);
  g_autoptr (GPtrArray) ids = list_unknown (session);
  if (ids->len == 0)
    return;
  Examination *examination = g_new0 (Examination, 1);
  examination->document = session->document;
  examination->scenario = dio_scenario_ref (session->scenario);
  examination->folder = g_strdup (session->folder);
  examination->engine_path = g_strdup (session->engine_path);
  examination->ids = g_steal_pointer (&ids);
  examination->facts = g_ptr_array_new_with_free_func (facts_free_cb);
  session->examining = g_cancellable_new ();
  g_autoptr (GTask) task = g_task_new (session, session->examining, examined_cb, NULL);
  g_task_set_task_data (task, examination, examination_free);
  g_task_run_in_thread (task, examine_thread);
}

void
dio_session_assets_set (DioSession *session, const char *id, DioAssetFacts *facts)
{
  g_hash_table_replace (session->asset_facts, g_strdup (id), facts);
  tell (session);
}

const DioAssetFacts *
dio_session_assets_find (DioSession *session, const char *id)
{
  return g_hash_table_lookup (session->asset_facts, id);
}

void
dio_session_assets_clear (DioSession *session)
{
  g_hash_table_remove_all (session->asset_facts);
  if (session->thumbs != NULL)
    dio_session_thumbs_forget_assets (session->thumbs);
  g_clear_pointer (&session->examined_assets, g_ptr_array_unref);
}

DioDiagnostics *
dio_session_get_findings (DioSession *session, const char *asset)
{
  g_return_val_if_fail (DIO_IS_SESSION (session) && asset != NULL, NULL);

  const DioAssetFacts *facts = dio_session_assets_find (session, asset);
  return facts != NULL ? facts->findings : NULL;
}
