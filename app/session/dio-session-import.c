#define G_LOG_DOMAIN "dio-session"

#include "dio-base-json.h"
#include "dio-base-path.h"
#include "dio-core-error.h"
#include "dio-core-vec.h"
#include "dio-edit-add.h"
#include "dio-scene-edit.h"
#include "dio-session-assets-private.h"
#include "dio-session-copy-private.h"

#include <stdlib.h>
#include <string.h>

/* Importing a file:
 *
 *   thread: import from where it lies -> known already? -> that asset
 *                                     -> copy all files it read into FOLDER/assets/NAME -> import from there
 *   main:   add asset and node in one step; if another document is open by now, the copy goes again
 *
 * A failure at any arrow leaves neither files nor changes. */

typedef struct {
  /* given */
  char *source, *folder, *engine_path;
  guint document;
  DioScenario *scenario;
  gboolean has_place;
  DioVec3 place_world_m;
  /* found */
  DioAsset asset; /**< id NULL for a new one; path relative to @folder */
  char *copied;   /**< (nullable) "assets/NAME" that was made */
  char *title;    /**< from the file's name */
  DioAssetFacts *facts;
} ImportWork;

static void
import_work_free (gpointer data)
{
  ImportWork *work = data;
  g_free (work->source);
  g_free (work->folder);
  g_free (work->engine_path);
  dio_scenario_unref (work->scenario);
  g_free (work->asset.id);
  g_free (work->asset.path);
  g_free (work->asset.sha256);
  g_clear_pointer (&work->asset.group_labels, g_hash_table_unref);
  g_free (work->copied);
  g_free (work->title);
  dio_asset_facts_free (work->facts);
  g_free (work);
}

static DioAssetKind
kind_from_name (const char *path)
{
  static const struct {
    const char *suffix;
    DioAssetKind kind;
  } kinds[] = {
    { ".png", DIO_ASSET_TEXTURE },     { ".jpg", DIO_ASSET_TEXTURE },
    { ".jpeg", DIO_ASSET_TEXTURE },    { ".webp", DIO_ASSET_TEXTURE },
    { ".hdr", DIO_ASSET_ENVIRONMENT }, { ".exr", DIO_ASSET_ENVIRONMENT },
  };
  g_autofree char *lower = g_ascii_strdown (path, -1);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_has_suffix (lower, kinds[i].suffix))
      return kinds[i].kind;
  return DIO_ASSET_MODEL;
}

/* "stop_sign" of ".../stop_sign.glb". */
static char *
dup_stem (const char *path)
{
  g_autofree char *base = g_path_get_basename (path);
  char *dot = strrchr (base, '.');
  if (dot != NULL && dot != base)
    *dot = '\0';
  return g_utf8_make_valid (base, -1);
}

/* -- In a worker ---------------------------------------------------------------------------------------------------- */

static const DioAsset *
find_same (const DioScenario *scenario, DioAssetKind kind, const char *sha256)
{
  for (guint i = 0; i < scenario->assets->len; i++) {
    const DioAsset *asset = g_ptr_array_index (scenario->assets, i);
    if (asset->kind == kind && strcmp (asset->sha256, sha256) == 0)
      return asset;
  }
  return NULL;
}

/* Relative name of @path where it lies below @folder already; NULL otherwise. */
static char *
dup_name_below (const char *folder, const char *path)
{
  g_autofree char *real_folder = realpath (folder, NULL);
  g_autofree char *real_path = realpath (path, NULL);
  gsize length = real_folder != NULL ? strlen (real_folder) : 0;
  if (length == 0 || real_path == NULL || !g_str_has_prefix (real_path, real_folder)
      || real_path[length] != '/')
    return NULL;
  return g_strdup (real_path + length + 1);
}

/* Brings the files beside the document and names the asset's path. */
static gboolean
settle_files (ImportWork *work, const DioImportReport *report, GError **error)
{
  work->asset.path = dup_name_below (work->folder, work->source);
  if (work->asset.path != NULL)
    return TRUE;
  work->copied = dio_copy_into_new_folder (report->root, (const char *const *) report->files,
                                           work->folder, work->title, error);
  if (work->copied == NULL)
    return FALSE;
  g_autofree char *name = dup_name_below (report->root, work->source);
  work->asset.path = g_strconcat (work->copied, "/", name, NULL);
  if (g_utf8_validate (work->asset.path, -1, NULL))
    return TRUE;
  g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
               "the name of %s is no UTF-8 text; rename the file", work->source);
  return FALSE;
}

static void
remove_copy (ImportWork *work)
{
  if (work->copied == NULL)
    return;
  g_autofree char *path = g_build_filename (work->folder, work->copied, NULL);
  if (!dio_path_remove_tree (path, NULL))
    g_debug ("%s stays behind", path);
  g_clear_pointer (&work->copied, g_free);
}

/* An asset of the document has the same content: it is shown, nothing is copied. */
static void
use_same (ImportWork *work, DioAssetStore *store, const DioAsset *same)
{
  work->asset.id = g_strdup (same->id);
  work->facts = dio_asset_facts_new (same);
  dio_asset_facts_examine (work->facts, store, work->folder, same);
}

static gboolean
add_new (ImportWork *work, DioAssetStore *store, DioImportReport *first, GError **error)
{
  if (!settle_files (work, first, error))
    return FALSE;
  g_autofree char *path = g_build_filename (work->folder, work->asset.path, NULL);
  g_auto (DioImportReport) report = { 0 };
  if (!dio_asset_store_import (store, path, &work->asset, &report, error))
    return FALSE;
  work->asset.sha256 = g_strdup (report.sha256);
  work->facts = g_new0 (DioAssetFacts, 1);
  dio_asset_facts_take_report (work->facts, &work->asset, &report);
  return TRUE;
}

static void
import_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  ImportWork *work = data;
  GError *error = NULL;
  g_autoptr (DioAssetStore) store = dio_asset_store_new (NULL, work->engine_path, &error);
  g_auto (DioImportReport) report = { 0 };
  if (store == NULL
      || !dio_asset_store_import (store, work->source, &work->asset, &report, &error)) {
    g_task_return_error (task, error);
    return;
  }
  const DioAsset *same = find_same (work->scenario, work->asset.kind, report.sha256);
  if (same != NULL)
    use_same (work, store, same);
  else if (!add_new (work, store, &report, &error)) {
    remove_copy (work);
    g_task_return_error (task, error);
    return;
  }
  g_task_return_boolean (task, TRUE);
}

/* -- On the main context -------------------------------------------------------------------------------------------- */

static json_t *
create_asset_json (const ImportWork *work, const char *id)
{
  static const char *const kinds[] = { "model", "texture", "environment" };
  return json_pack ("{s:s, s:s, s:s, s:s}", "id", id, "kind", kinds[work->asset.kind], "path",
                    work->asset.path, "sha256", work->asset.sha256);
}

/* The document with the asset; its id in @id. */
static DioScenario *
with_asset (DioSession *session, const ImportWork *work, char **id, GError **error)
{
  if (work->asset.id != NULL) {
    *id = g_strdup (work->asset.id);
    return dio_scenario_ref (session->scenario);
  }
  *id = dio_scenario_dup_free_asset_id (session->scenario, work->title);
  g_autoptr (json_t) json = create_asset_json (work, *id);
  return dio_scenario_with_asset (session->scenario, json, error);
}

/* Adds a node that stands with the bottom of its bounds on the place. */
static DioScenario *
with_node (
    DioScenario *scenario, const ImportWork *work, const char *asset, char **node, GError **error)
{
  DioVec3 place = work->place_world_m;
  if (work->facts->has_bounds)
    place.z -= work->facts->bounds.min.z;
  return dio_edit_add_asset_model (scenario, asset, work->title, place, node, error);
}

/* One step of the history; the asset's id, NULL with an error. */
static char *
add_to_document (DioSession *session, ImportWork *work, GError **error)
{
  g_autofree char *id = NULL, *node = NULL;
  g_autoptr (DioScenario) next = with_asset (session, work, &id, error);
  if (next == NULL)
    return NULL;
  if (work->has_place && work->asset.kind == DIO_ASSET_MODEL) {
    g_autoptr (DioScenario) with_only_asset = g_steal_pointer (&next);
    next = with_node (with_only_asset, work, id, &node, error);
    if (next == NULL)
      return NULL;
  }
  g_autofree char *name = dio_session_format (DIO_TEXT_STEP_IMPORT, work->title, "");
  /* Before the step, so that nobody examines the asset once more. */
  g_autofree char *key = dio_asset_facts_dup_key (dio_scenario_find_asset (next, id));
  g_free (work->facts->key);
  work->facts->key = g_steal_pointer (&key);
  dio_session_assets_set (session, id, g_steal_pointer (&work->facts));
  dio_session_commit (session, g_steal_pointer (&next), name, NULL);
  if (node != NULL)
    dio_selection_set_one (session->selection, node);
  return g_steal_pointer (&id);
}

static void
remove_copy_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  remove_copy (data);
}

static void start_import (DioSession *session, ImportWork *work, GTask *outer);

/* A save has moved the document to another folder meanwhile: the files belong there. */
static void
import_again (DioSession *session, const ImportWork *work, GTask *outer)
{
  ImportWork *again = g_new0 (ImportWork, 1);
  again->source = g_strdup (work->source);
  again->has_place = work->has_place;
  again->place_world_m = work->place_world_m;
  start_import (session, again, outer);
}

static void
imported_cb (GObject *source, GAsyncResult *result, gpointer user)
{
  DioSession *session = DIO_SESSION (source);
  g_autoptr (GTask) outer = user;
  GError *error = NULL;
  ImportWork *work = g_task_get_task_data (G_TASK (result));
  dio_session_end_busy (session, dio_session_text (DIO_TEXT_IMPORTING));
  if (!g_task_propagate_boolean (G_TASK (result), &error)) {
    g_task_return_error (outer, error);
    return;
  }
  gboolean same_document = work->document == session->document;
  gboolean moved = same_document && strcmp (work->folder, session->folder) != 0;
  char *id = same_document && !moved ? add_to_document (session, work, &error) : NULL;
  if (id == NULL && work->copied != NULL) {
    g_autoptr (GTask) removal = g_task_new (session, NULL, NULL, NULL);
    g_task_set_task_data (removal, work, NULL);
    /* The work lives as long as the task that made it. */
    g_object_set_data_full (G_OBJECT (removal), "work", g_object_ref (result), g_object_unref);
    g_task_run_in_thread (removal, remove_copy_thread);
  }
  if (id != NULL)
    g_task_return_pointer (outer, id, g_free);
  else if (moved)
    import_again (session, work, g_steal_pointer (&outer));
  else if (error != NULL)
    g_task_return_error (outer, error);
  else
    g_task_return_new_error (outer, DIO_ERROR, DIO_ERROR_CANCELLED,
                             "another document was opened while %s was imported", work->source);
}

/* Takes @work and @outer. */
static void
start_import (DioSession *session, ImportWork *work, GTask *outer)
{
  work->folder = g_strdup (session->folder);
  work->engine_path = g_strdup (session->engine_path);
  work->document = session->document;
  work->scenario = dio_scenario_ref (session->scenario);
  work->title = dup_stem (work->source);
  work->asset.kind = kind_from_name (work->source);
  work->asset.front = (DioVec3){ 0, -1, 0 };
  g_autoptr (GTask) task = g_task_new (session, NULL, imported_cb, outer);
  g_task_set_task_data (task, work, import_work_free);
  dio_session_begin_busy (session, dio_session_text (DIO_TEXT_IMPORTING));
  g_task_run_in_thread (task, import_thread);
}

void
dio_session_import_async (DioSession *session,
                          const char *path,
                          const DioVec3 *place,
                          GAsyncReadyCallback callback,
                          gpointer user)
{
  g_return_if_fail (DIO_IS_SESSION (session) && path != NULL);
  g_return_if_fail (place == NULL || dio_vec3_is_finite (*place));

  GTask *outer = g_task_new (session, NULL, callback, user);
  g_task_set_source_tag (outer, dio_session_import_async);
  ImportWork *work = g_new0 (ImportWork, 1);
  work->source = g_canonicalize_filename (path, NULL);
  work->has_place = place != NULL;
  if (place != NULL)
    work->place_world_m = *place;
  start_import (session, work, outer);
}

char *
dio_session_import_finish (DioSession *session, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
