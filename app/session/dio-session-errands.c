#define G_LOG_DOMAIN "dio-session"

#include "dio-base-path.h"
#include "dio-core-error.h"
#include "dio-session-copy-private.h"
#include "dio-session-jobs-private.h"
#include "dio-session-private.h"
#include "dio-sources.h"

#include <string.h>

/* What the studio asks of the catalog: each function packs an errand for the clerk. The functions above the line run
 * in the clerk's thread. */

#define SNAPSHOTS_FOLDER "snapshots"

typedef struct {
  gint64 id; /**< of a job or dataset */
  /* add */
  DioJobSpec spec;       /**< strings owned */
  DioScenario *scenario; /**< (nullable) the snapshot, where the spec has no text */
  gboolean from_draft;   /**< the folder of assets is a draft's */
  char *engine_path, *snapshots;
  /* others */
  DioJobRequest request;
  gboolean up;
  char *folder;
  gint64 after;
  guint most;
  GPtrArray *log;
} Errand;

static void
errand_free (gpointer data)
{
  Errand *errand = data;
  g_free (errand->spec.name);
  g_free (errand->spec.scenario);
  g_free (errand->spec.scenario_path);
  g_free (errand->spec.scenario_folder);
  g_free (errand->spec.output);
  g_free (errand->spec.channels);
  g_free (errand->spec.sensors);
  g_clear_pointer (&errand->scenario, dio_scenario_unref);
  g_free (errand->engine_path);
  g_free (errand->snapshots);
  g_free (errand->folder);
  g_clear_pointer (&errand->log, g_ptr_array_unref);
  g_free (errand);
}

/* A draft's folder goes when it is saved or given up; the job takes what it needs along. */
static gboolean
keep_assets (Errand *errand, GError **error)
{
  if (!errand->from_draft
      || (errand->scenario->assets->len == 0 && !dio_sources_is_open (errand->scenario)))
    return TRUE;
  g_autofree char *name = g_uuid_string_random ();
  g_autofree char *folder = g_build_filename (errand->snapshots, name, NULL);
  g_autoptr (DioAssetStore) store = dio_asset_store_new (NULL, errand->engine_path, error);
  if (store == NULL || !dio_path_make_folders (folder, error))
    return FALSE;
  if (!dio_copy_assets (errand->scenario, store, errand->spec.scenario_folder, folder, error)) {
    dio_path_remove_tree (folder, NULL);
    return FALSE;
  }
  g_free (errand->spec.scenario_folder);
  errand->spec.scenario_folder = g_steal_pointer (&folder);
  return TRUE;
}

static gboolean
add_job (DioCatalog *catalog, gpointer data, GError **error)
{
  Errand *errand = data;
  if (errand->scenario != NULL) {
    if (!keep_assets (errand, error))
      return FALSE;
    errand->spec.scenario = dio_scenario_to_text (errand->scenario);
  }
  errand->id = dio_catalog_add_job (catalog, &errand->spec, error);
  return errand->id != 0;
}

static gboolean
control_job (DioCatalog *catalog, gpointer data, GError **error)
{
  Errand *errand = data;
  return dio_catalog_request (catalog, errand->id, errand->request, error);
}

static gboolean
is_waiting (DioJobState state)
{
  return state == DIO_JOB_QUEUED || state == DIO_JOB_PAUSED;
}

/* The jobs that wait, in order; borrowed from @jobs. */
static GPtrArray *
list_waiting (const GPtrArray *jobs, gint64 id, guint *position)
{
  GPtrArray *waiting = g_ptr_array_new ();
  *position = G_MAXUINT;
  for (guint i = 0; i < jobs->len; i++) {
    DioCatalogJob *job = g_ptr_array_index (jobs, i);
    if (!is_waiting (job->state))
      continue;
    if (job->id == id)
      *position = waiting->len;
    g_ptr_array_add (waiting, job);
  }
  return waiting;
}

/* Behind @job: before the one that follows it, where that has its priority, else at the end of its priority. */
static gboolean
move_behind (DioCatalog *catalog,
             gint64 id,
             const DioCatalogJob *job,
             const DioCatalogJob *next,
             GError **error)
{
  if (!dio_catalog_set_priority (catalog, id, job->spec.priority, error))
    return FALSE;
  gboolean same = next != NULL && next->spec.priority == job->spec.priority;
  return dio_catalog_move_job (catalog, id, same ? next->id : 0, error);
}

static gboolean
move_job (DioCatalog *catalog, gpointer data, GError **error)
{
  Errand *errand = data;
  g_autoptr (GPtrArray) jobs = dio_catalog_list_jobs (catalog, error);
  if (jobs == NULL)
    return FALSE;
  guint at;
  g_autoptr (GPtrArray) waiting = list_waiting (jobs, errand->id, &at);
  if (at == G_MAXUINT) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                 "job %" G_GINT64_FORMAT " does not wait; only those that wait have an order",
                 errand->id);
    return FALSE;
  }
  if (errand->up) {
    const DioCatalogJob *above = at > 0 ? g_ptr_array_index (waiting, at - 1) : NULL;
    return above == NULL || dio_catalog_move_job (catalog, errand->id, above->id, error);
  }
  const DioCatalogJob *below = at + 1 < waiting->len ? g_ptr_array_index (waiting, at + 1) : NULL;
  const DioCatalogJob *next = at + 2 < waiting->len ? g_ptr_array_index (waiting, at + 2) : NULL;
  return below == NULL || move_behind (catalog, errand->id, below, next, error);
}

/* With the assets that were kept for it. */
static gboolean
remove_job (DioCatalog *catalog, gpointer data, GError **error)
{
  Errand *errand = data;
  g_autoptr (DioCatalogJob) job = dio_catalog_get_job (catalog, errand->id, error);
  if (job == NULL || !dio_catalog_remove_job (catalog, errand->id, error))
    return FALSE;
  g_autofree char *above = g_path_get_dirname (job->spec.scenario_folder);
  if (strcmp (above, errand->snapshots) == 0
      && !dio_path_remove_tree (job->spec.scenario_folder, NULL))
    g_debug ("%s stays behind", job->spec.scenario_folder);
  return TRUE;
}

static gboolean
add_dataset (DioCatalog *catalog, gpointer data, GError **error)
{
  Errand *errand = data;
  return dio_catalog_add_dataset_by_folder (catalog, errand->folder, error) != 0;
}

static gboolean
remove_dataset (DioCatalog *catalog, gpointer data, GError **error)
{
  Errand *errand = data;
  return dio_catalog_remove_dataset (catalog, errand->id, error);
}

static gboolean
list_log (DioCatalog *catalog, gpointer data, GError **error)
{
  Errand *errand = data;
  errand->log = dio_catalog_list_log (catalog, errand->id, errand->after, errand->most, error);
  return errand->log != NULL;
}

/* ---------------------------------------------------------------------------------------------------------------------- */

static Errand *
errand_new (DioSession *session, gint64 id)
{
  Errand *errand = g_new0 (Errand, 1);
  errand->id = id;
  errand->engine_path = g_strdup (session->engine_path);
  errand->snapshots = g_build_filename (session->data_folder, SNAPSHOTS_FOLDER, NULL);
  return errand;
}

static GTask *
create_task (DioSession *session, Errand *errand, GAsyncReadyCallback callback, gpointer user)
{
  GTask *task = g_task_new (session, NULL, callback, user);
  g_task_set_task_data (task, errand, errand_free);
  return task;
}

/* What the caller leaves out is the current document's. */
static void
fill_spec (DioSession *session, Errand *errand, const DioJobSpec *spec)
{
  DioJobSpec *own = &errand->spec;
  *own = *spec;
  own->scenario = g_strdup (spec->scenario);
  own->scenario_path = g_strdup (spec->scenario_path);
  own->scenario_folder = g_strdup (spec->scenario_folder);
  own->output = g_strdup (spec->output);
  own->channels = g_strdup (spec->channels);
  own->sensors = g_strdup (spec->sensors);
  gboolean named = spec->name != NULL && spec->name[0] != '\0';
  own->name = g_strdup (named ? spec->name : session->title);
  if (own->scenario != NULL)
    return;
  errand->scenario = dio_scenario_ref (session->scenario);
  if (own->scenario_path == NULL)
    own->scenario_path = g_strdup (session->path);
  if (own->scenario_folder != NULL)
    return;
  own->scenario_folder = g_strdup (session->folder);
  errand->from_draft = session->path == NULL;
}

void
dio_session_add_job_async (DioSession *session,
                           const DioJobSpec *spec,
                           GAsyncReadyCallback callback,
                           gpointer user)
{
  g_return_if_fail (DIO_IS_SESSION (session) && spec != NULL && spec->output != NULL);

  Errand *errand = errand_new (session, 0);
  fill_spec (session, errand, spec);
  dio_clerk_send (dio_session_get_clerk (session), create_task (session, errand, callback, user),
                  add_job, TRUE);
}

gint64
dio_session_add_job_finish (DioSession *session, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), 0);

  Errand *errand = g_task_get_task_data (G_TASK (result));
  return g_task_propagate_boolean (G_TASK (result), error) ? errand->id : 0;
}

void
dio_session_control_job_async (DioSession *session,
                               gint64 id,
                               DioJobRequest request,
                               GAsyncReadyCallback callback,
                               gpointer user)
{
  g_return_if_fail (DIO_IS_SESSION (session));

  Errand *errand = errand_new (session, id);
  errand->request = request;
  dio_clerk_send (dio_session_get_clerk (session), create_task (session, errand, callback, user),
                  control_job, request == DIO_JOB_REQUEST_RUN);
}

void
dio_session_move_job_async (
    DioSession *session, gint64 id, gboolean up, GAsyncReadyCallback callback, gpointer user)
{
  g_return_if_fail (DIO_IS_SESSION (session));

  Errand *errand = errand_new (session, id);
  errand->up = up;
  dio_clerk_send (dio_session_get_clerk (session), create_task (session, errand, callback, user),
                  move_job, FALSE);
}

void
dio_session_remove_job_async (DioSession *session,
                              gint64 id,
                              GAsyncReadyCallback callback,
                              gpointer user)
{
  g_return_if_fail (DIO_IS_SESSION (session));

  dio_clerk_send (dio_session_get_clerk (session),
                  create_task (session, errand_new (session, id), callback, user), remove_job,
                  FALSE);
}

void
dio_session_add_dataset_async (DioSession *session,
                               const char *folder,
                               GAsyncReadyCallback callback,
                               gpointer user)
{
  g_return_if_fail (DIO_IS_SESSION (session) && folder != NULL);

  Errand *errand = errand_new (session, 0);
  errand->folder = g_canonicalize_filename (folder, NULL);
  dio_clerk_send (dio_session_get_clerk (session), create_task (session, errand, callback, user),
                  add_dataset, FALSE);
}

void
dio_session_remove_dataset_async (DioSession *session,
                                  gint64 id,
                                  GAsyncReadyCallback callback,
                                  gpointer user)
{
  g_return_if_fail (DIO_IS_SESSION (session));

  dio_clerk_send (dio_session_get_clerk (session),
                  create_task (session, errand_new (session, id), callback, user), remove_dataset,
                  FALSE);
}

gboolean
dio_session_catalog_finish (DioSession *session, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
dio_session_list_log_async (DioSession *session,
                            gint64 id,
                            gint64 after,
                            guint most,
                            GAsyncReadyCallback callback,
                            gpointer user)
{
  g_return_if_fail (DIO_IS_SESSION (session));

  Errand *errand = errand_new (session, id);
  errand->after = after;
  errand->most = most;
  dio_clerk_send (dio_session_get_clerk (session), create_task (session, errand, callback, user),
                  list_log, FALSE);
}

GPtrArray *
dio_session_list_log_finish (DioSession *session, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);

  Errand *errand = g_task_get_task_data (G_TASK (result));
  return g_task_propagate_boolean (G_TASK (result), error) ? g_ptr_array_ref (errand->log) : NULL;
}
