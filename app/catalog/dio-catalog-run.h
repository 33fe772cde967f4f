#pragma once
/* Thread: that of the catalog. What the queue process alone calls, while it holds the queue's lock: which job is next, what came of it. */

#include "dio-catalog.h"

G_BEGIN_DECLS

/** A process that cannot be mistaken for a later one of the same id. */
typedef struct {
  int pid;
  guint64 start;    /**< clock ticks since boot */
  const char *boot; /**< the machine's boot id */
} DioJobProcess;

/** The job whose turn it is; 0 in @id when none waits. */
gboolean dio_catalog_find_next (DioCatalog *catalog, gint64 *id, GError **error);
/** QUEUED -> RUNNING with its supervisor, which must not have begun to work yet. INVALID where somebody paused or cancelled it meanwhile. */
gboolean dio_catalog_start_job (DioCatalog *catalog,
                                gint64 id,
                                const DioJobProcess *process,
                                GError **error);
/** Turns a wish into a state: RUNNING -> PAUSING, RUNNING or PAUSING -> CANCELLING. @stop (out): the supervisor has to be told to stop now. */
gboolean dio_catalog_obey (DioCatalog *catalog, gint64 id, gboolean *stop, GError **error);

/** How a supervisor ended. */
typedef enum {
  DIO_JOB_END_DONE,   /**< all frames are there */
  DIO_JOB_END_PARTLY, /**< frames are missing, the supervisor left in order */
  DIO_JOB_END_FAILED, /**< it said why it cannot go on */
  DIO_JOB_END_LOST,   /**< it was killed or crashed: tried again, but not for ever */
  DIO_JOB_END_TAKEN, /**< the queue stopped it for reasons of its own, or a queue that died left it behind */
} DioJobEndKind;

typedef struct {
  DioJobEndKind kind;
  const char *message; /**< (nullable) why it is not done */
  gboolean begun;      /**< its dataset exists */
  /** Frames in the dataset. */
  guint64 done, failed;
  gboolean advanced; /**< LOST: frames were done since the start */
} DioJobEnd;

/** Leaves RUNNING, PAUSING or CANCELLING when the supervisor is gone; where to stands in the diagram of dio-catalog-job.c. @state (out, nullable): the new one. */
gboolean dio_catalog_end_job (
    DioCatalog *catalog, gint64 id, const DioJobEnd *end, DioJobState *state, GError **error);
/** QUEUED -> FAILED: it cannot even be started. INVALID where somebody paused or cancelled it meanwhile. */
gboolean dio_catalog_fail_queued (DioCatalog *catalog,
                                  gint64 id,
                                  const char *message,
                                  GError **error);

/** Stores how far an active job is. @begun: its dataset exists. */
gboolean dio_catalog_set_progress (
    DioCatalog *catalog, gint64 id, const DioJobProgress *progress, gboolean begun, GError **error);
/** Appends rows to a job's log in one transaction (time, code and message count); the log keeps its last rows. */
gboolean dio_catalog_add_log (
    DioCatalog *catalog, gint64 id, const DioCatalogLogRow *rows, guint n, GError **error);

G_END_DECLS
