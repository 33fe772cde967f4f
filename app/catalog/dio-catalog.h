#pragma once
/* Thread: one connection belongs to one thread, never to the one that draws. The user's catalog: an SQLite database of jobs and
 * datasets, through which studio, command line and queue talk. Invariants: dio-catalog.c; states of a job: dio-catalog-job.c.
 *
 * The catalog is a convenience: datasets hold everything that matters, and dio_catalog_rebuild finds them again. */

#include "dio-catalog-types.h"

G_BEGIN_DECLS

typedef struct DioCatalog DioCatalog;

/** $XDG_DATA_HOME/diorama/catalog.db */
char *dio_catalog_dup_default_path (void) G_GNUC_WARN_UNUSED_RESULT;
/** Opens the catalog, or begins it with its folder; @path NULL = the default. A damaged one is moved aside ("catalog.db.damaged-1"), a new one
 * is begun with the datasets that it could still name, and @notice (out, nullable, owned) says so; NULL otherwise. Errors: UNSUPPORTED for a
 * newer schema, BUSY, NO_SPACE, FAILED. */
DioCatalog *dio_catalog_open (const char *path,
                              char **notice,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
void dio_catalog_close (DioCatalog *catalog);
const char *dio_catalog_get_path (const DioCatalog *catalog);
/** Whether anybody (this connection, too) has changed the catalog since the last call; TRUE the first time. Cheap: for polling. Errors: CORRUPT or
 * NOT_FOUND when the file was moved aside or away: open it again. */
gboolean dio_catalog_has_changed (DioCatalog *catalog, gboolean *changed, GError **error);

/* -- Jobs ------------------------------------------------------------------------------------------------------- */

/** Puts a job at the end of its priority and returns its id, 0 with an error. Errors: INVALID (a range, path or scenario that cannot work), EXISTS
 * (another job that is not over writes the same folder). Whoever adds makes sure that a queue runs: dio_queue_ensure_running. */
gint64 dio_catalog_add_job (DioCatalog *catalog, const DioJobSpec *spec, GError **error);
/** With the scenario's text. Errors: NOT_FOUND. */
DioCatalogJob *dio_catalog_get_job (DioCatalog *catalog,
                                    gint64 id,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** All jobs (DioCatalogJob, owned by the array) without their scenarios' texts: those that wait or work in the order of the queue, then the
 * others, the last ended first. */
GPtrArray *dio_catalog_list_jobs (DioCatalog *catalog, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** Asks something of a job: at once where no supervisor works on it, else by the queue. INVALID where the state does not allow it. After RUN, whoever
 * asks makes sure that a queue runs. */
gboolean dio_catalog_request (DioCatalog *catalog,
                              gint64 id,
                              DioJobRequest request,
                              GError **error);
/** Higher comes first. */
gboolean dio_catalog_set_priority (DioCatalog *catalog, gint64 id, int priority, GError **error);
/** Puts a job directly before another, in that one's priority; @before 0 = behind all others of its own priority. */
gboolean dio_catalog_move_job (DioCatalog *catalog, gint64 id, gint64 before, GError **error);
/** Forgets a job and its log; its dataset stays. INVALID while a supervisor works on it. */
gboolean dio_catalog_remove_job (DioCatalog *catalog, gint64 id, GError **error);
/** Log rows (DioCatalogLogRow) of a job with ids above @after, oldest first; at most @most, 0 = all. */
GPtrArray *dio_catalog_list_log (DioCatalog *catalog,
                                 gint64 id,
                                 gint64 after,
                                 guint most,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* -- Datasets ----------------------------------------------------------------------------------------------------- */

/** Looks into @folder and adds its dataset, or brings its row up to date; the id, 0 with an error. Errors: those of dio_dataset_open. */
gint64 dio_catalog_add_dataset_by_folder (DioCatalog *catalog, const char *folder, GError **error);
/** All (DioCatalogDataset, owned by the array), the newest first. */
GPtrArray *dio_catalog_list_datasets (DioCatalog *catalog,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** Forgets a dataset; its folder stays. */
gboolean dio_catalog_remove_dataset (DioCatalog *catalog, gint64 id, GError **error);
/** Finds datasets again: @folders (NULL-terminated) and the folders in them, two levels down. Each gets its row and,
 * where it is of one run and no job is there, a job that says how far it came: DONE, PARTLY, or PAUSED where frames are
 * missing. @n_found (out, nullable). What cannot be read is left out. */
gboolean dio_catalog_rebuild (DioCatalog *catalog,
                              const char *const *folders,
                              guint *n_found,
                              GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioCatalog, dio_catalog_close)

G_END_DECLS
