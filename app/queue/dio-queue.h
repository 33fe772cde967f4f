#pragma once
/* Thread: any. The queue: a process of its own, one for every catalog, that runs the catalog's jobs by starting the engine for each. It is started
 * by whoever adds a job, outlives the studio, and leaves when nothing waits. Invariants and what happens after kill -9: dio-queue.c. */

#include <glib.h>

G_BEGIN_DECLS

/** Starts the queue of the catalog (NULL = the default) detached, unless it runs already; safe to call after every change, from any number of processes. Waits for a process
 * start: not on a thread that draws. @engine_path: diorama-engine. */
gboolean dio_queue_ensure_running (const char *engine_path,
                                   const char *catalog_path,
                                   GError **error);
/** Whether a queue process works on the catalog now. */
gboolean dio_queue_is_running (const char *catalog_path);

/** How the queue process works. Strings borrowed. */
typedef struct {
  const char *engine_path;  /**< program to start for each job */
  const char *catalog_path; /**< NULL = the default */
  guint jobs_at_once;       /**< 0 = 1 */
  double idle_exit_s;       /**< leaves after so long without work; < 0 = never */
} DioQueueDesc;

/** The queue process: returns when idle or after SIGTERM or SIGINT (jobs then go back to QUEUED). @ran (out): FALSE when another queue had the catalog: it left at
 * once, which is no error. Call it on the main thread of a process that does nothing else. */
gboolean dio_queue_run (const DioQueueDesc *desc, gboolean *ran, GError **error);

G_END_DECLS
