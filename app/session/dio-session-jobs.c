#define G_LOG_DOMAIN "dio-session"

#include "dio-session-jobs.h"

#include "dio-core-error.h"
#include "dio-job-item-private.h"
#include "dio-session-jobs-private.h"
#include "dio-session-list-private.h"
#include "dio-session-private.h"

/* What the catalog's clerk tells becomes lists here. */

struct DioSessionJobs {
  DioSession *session; /**< borrowed */
  DioClerk *clerk;
  GListStore *jobs, *datasets;
};

/* The item of @id, or NULL; borrowed. Lists are short: tens of jobs. */
static gpointer
find_item (GListStore *store, gint64 id, gint64 (*get_id) (gpointer item))
{
  GListModel *model = G_LIST_MODEL (store);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (GObject) item = g_list_model_get_object (model, i);
    if (get_id (item) == id)
      return item;
  }
  return NULL;
}

static gint64
get_job_id (gpointer item)
{
  return dio_job_item_get_id (item);
}

static gint64
get_dataset_id (gpointer item)
{
  return dio_dataset_item_get_id (item);
}

/* Ended by itself, not by a wish. */
static gboolean
is_finished (DioJobState state)
{
  return state == DIO_JOB_DONE || state == DIO_JOB_PARTLY || state == DIO_JOB_FAILED;
}

/* Items of @news in their order; those whose jobs ended go to @finished too. */
static GPtrArray *
update_jobs (DioSessionJobs *jobs, DioCatalogNews *news, GPtrArray *finished)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < news->jobs->len; i++) {
    DioCatalogJob *job = g_steal_pointer (&news->jobs->pdata[i]);
    guint64 free_bytes = g_array_index (news->free_bytes, guint64, i);
    DioJobItem *item = find_item (jobs->jobs, job->id, get_job_id);
    if (item == NULL) {
      g_ptr_array_add (items, dio_job_item_new (job, free_bytes));
      continue;
    }
    gboolean was_finished = is_finished (dio_job_item_get_state (item));
    dio_job_item_update (item, job, free_bytes);
    g_ptr_array_add (items, g_object_ref (item));
    if (!was_finished && is_finished (dio_job_item_get_state (item)))
      g_ptr_array_add (finished, g_object_ref (item));
  }
  return items;
}

static GPtrArray *
update_datasets (DioSessionJobs *jobs, DioCatalogNews *news)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < news->datasets->len; i++) {
    DioCatalogDataset *dataset = g_steal_pointer (&news->datasets->pdata[i]);
    DioDatasetItem *item = find_item (jobs->datasets, dataset->id, get_dataset_id);
    if (item == NULL) {
      g_ptr_array_add (items, dio_dataset_item_new (dataset));
      continue;
    }
    dio_dataset_item_update (item, dataset);
    g_ptr_array_add (items, g_object_ref (item));
  }
  return items;
}

static void
news_cb (DioCatalogNews *news, gpointer user)
{
  DioSessionJobs *jobs = user;
  g_autoptr (GPtrArray) finished = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) job_items = update_jobs (jobs, news, finished);
  g_autoptr (GPtrArray) dataset_items = update_datasets (jobs, news);
  dio_list_apply (jobs->jobs, job_items);
  dio_list_apply (jobs->datasets, dataset_items);
  g_autoptr (DioSession) session = g_object_ref (jobs->session);
  for (guint i = 0; i < finished->len; i++)
    g_signal_emit_by_name (session, "job-finished", g_ptr_array_index (finished, i));
}

static void
notice_cb (const char *message, gpointer user)
{
  DioSessionJobs *jobs = user;
  g_autoptr (GError) error = g_error_new_literal (DIO_ERROR, DIO_ERROR_FAILED, message);
  dio_session_report (jobs->session, DIO_SEVERITY_WARNING,
                      dio_session_text (DIO_TEXT_CATALOG_TROUBLE), error, NULL, NULL);
}

void
dio_session_jobs_free (DioSessionJobs *jobs)
{
  if (jobs == NULL)
    return;
  dio_clerk_free (jobs->clerk);
  g_object_unref (jobs->jobs);
  g_object_unref (jobs->datasets);
  g_free (jobs);
}

static DioSessionJobs *
ensure_jobs (DioSession *session)
{
  if (session->jobs != NULL)
    return session->jobs;
  DioSessionJobs *jobs = g_new0 (DioSessionJobs, 1);
  jobs->session = session;
  jobs->jobs = g_list_store_new (DIO_TYPE_JOB_ITEM);
  jobs->datasets = g_list_store_new (DIO_TYPE_DATASET_ITEM);
  g_autofree char *path = g_build_filename (session->data_folder, "catalog.db", NULL);
  const DioClerkObserver observer = { .news = news_cb, .notice = notice_cb, .user = jobs };
  jobs->clerk = dio_clerk_new (path, session->engine_path, &observer);
  session->jobs = jobs;
  return jobs;
}

DioClerk *
dio_session_get_clerk (DioSession *session)
{
  return ensure_jobs (session)->clerk;
}

GListModel *
dio_session_get_jobs (DioSession *session)
{
  g_return_val_if_fail (DIO_IS_SESSION (session), NULL);

  return G_LIST_MODEL (ensure_jobs (session)->jobs);
}

GListModel *
dio_session_get_datasets (DioSession *session)
{
  g_return_val_if_fail (DIO_IS_SESSION (session), NULL);

  return G_LIST_MODEL (ensure_jobs (session)->datasets);
}

DioJobItem *
dio_session_find_job (DioSession *session, gint64 id)
{
  g_return_val_if_fail (DIO_IS_SESSION (session), NULL);

  return find_item (ensure_jobs (session)->jobs, id, get_job_id);
}
