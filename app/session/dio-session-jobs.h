#pragma once
/* Thread: main. Jobs and datasets of the user's catalog. One thread of the session has the catalog open: it polls for changes and does what the functions
 * below ask, in order. Signal of the session: "job-finished" (DioJobItem*) when a job of the queue ended by itself (DONE, PARTLY, FAILED). */

#include "dio-dataset-item.h"
#include "dio-job-item.h"
#include "dio-session.h"

G_BEGIN_DECLS

/** GListModel of DioJobItem in the catalog's order. Borrowed; the first call opens the catalog. */
GListModel *dio_session_get_jobs (DioSession *session);
/** GListModel of DioDatasetItem, the newest first. */
GListModel *dio_session_get_datasets (DioSession *session);
DioJobItem *dio_session_find_job (DioSession *session, gint64 id);

/** Adds a job and makes sure that the queue runs. Of @spec, scenario, scenario_path, scenario_folder and name may be NULL: the current document's snapshot. Assets of a draft are
 * copied, so that the job outlives it. finish: the job's id, 0 with an error. */
void dio_session_add_job_async (DioSession *session,
                                const DioJobSpec *spec,
                                GAsyncReadyCallback callback,
                                gpointer user);
gint64 dio_session_add_job_finish (DioSession *session, GAsyncResult *result, GError **error);
/** Asks something of a job; after RUN the queue runs. */
void dio_session_control_job_async (DioSession *session,
                                    gint64 id,
                                    DioJobRequest request,
                                    GAsyncReadyCallback callback,
                                    gpointer user);
/** One place up or down among the jobs that wait. */
void dio_session_move_job_async (
    DioSession *session, gint64 id, gboolean up, GAsyncReadyCallback callback, gpointer user);
/** Forgets the job; its dataset stays. */
void dio_session_remove_job_async (DioSession *session,
                                   gint64 id,
                                   GAsyncReadyCallback callback,
                                   gpointer user);
/** Adds a dataset folder to the catalog, or brings its row up to date. */
void dio_session_add_dataset_async (DioSession *session,
                                    const char *folder,
                                    GAsyncReadyCallback callback,
                                    gpointer user);
/** Forgets a dataset; its folder stays. */
void dio_session_remove_dataset_async (DioSession *session,
                                       gint64 id,
                                       GAsyncReadyCallback callback,
                                       gpointer user);
/** Of control, move, remove, add_dataset, remove_dataset. */
gboolean dio_session_catalog_finish (DioSession *session, GAsyncResult *result, GError **error);
/** Log rows of a job above @after. finish: of DioCatalogLogRow, owned; NULL with an error. */
void dio_session_list_log_async (DioSession *session,
                                 gint64 id,
                                 gint64 after,
                                 guint most,
                                 GAsyncReadyCallback callback,
                                 gpointer user);
GPtrArray *dio_session_list_log_finish (DioSession *session,
                                        GAsyncResult *result,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
