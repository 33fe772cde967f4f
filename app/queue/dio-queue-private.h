#pragma once
/* Thread: the queue process's main one. Parts of the queue process. */

#include "dio-catalog-run.h"
#include "dio-queue.h"

#include <sys/types.h>

/* -- The lock ------------------------------------------------------------------------------------------------- */

/** Takes the queue's lock of a catalog; the descriptor (close-on-exec; closing it gives the lock back), or -1: with an error, or without one where
 * another process has it. */
int dio_queue_lock_acquire (const char *catalog_path, GError **error);
/** Whether somebody has it, without taking it for a moment, which could turn a starting queue away. */
gboolean dio_queue_lock_is_held (const char *catalog_path);
/** The catalog's path, absolute. */
char *dio_queue_dup_catalog_path (const char *path) G_GNUC_WARN_UNUSED_RESULT;

/* -- Processes ------------------------------------------------------------------------------------------------ */

/** A supervisor that stands before its first instruction. */
typedef struct {
  pid_t pid;
  guint64 start;          /**< clock ticks since boot */
  int barrier_fd;         /**< -1 once it was let go */
  int output_fd, text_fd; /**< what it says on standard output and error; do not block */
} DioSupervisorProcess;

/** Forks a child that will become @argv, dies softly with this process, and waits to be let go. @lock_fd is closed in it. */
gboolean dio_supervisor_process_start (DioSupervisorProcess *process,
                                       char **argv,
                                       int lock_fd,
                                       GError **error);
/** Lets it begin. */
gboolean dio_supervisor_process_release (DioSupervisorProcess *process, GError **error);
/** Kills one that was not let go and reaps it. */
void dio_supervisor_process_abandon (DioSupervisorProcess *process);
void dio_supervisor_process_close (DioSupervisorProcess *process);
/** The boot id of this machine; "" where it has none. */
char *dio_queue_dup_boot_id (void) G_GNUC_WARN_UNUSED_RESULT;
/** Asks a supervisor that an earlier queue left behind to stop, and waits until it is gone; kills it in the end. Harmless for a process
 * that is not that one any more. */
void dio_queue_end_orphan (const DioCatalogJob *job);

/* -- What a supervisor says ------------------------------------------------------------------------------------- */

/** Splits a stream into lines. */
typedef struct {
  GString *buffer;
} DioLineReader;

typedef void (*DioLineFunc) (const char *line, gpointer user);
/** Reads what is there, without waiting; FALSE at the end of the stream. The last line needs no newline then. */
gboolean dio_line_reader_read (DioLineReader *reader, int fd, DioLineFunc func, gpointer user);
void dio_line_reader_clear (DioLineReader *reader);

/** A line of `--progress=json`. */
typedef struct {
  gboolean is_event;
  DioJobProgress progress; /**< where it is a state */
  char *code, *message;    /**< where it is an event */
} DioQueueLine;

/** FALSE for what is no such line. */
gboolean dio_queue_line_parse (const char *text, DioQueueLine *line);
void dio_queue_line_clear (DioQueueLine *line);

/* -- A job's output --------------------------------------------------------------------------------------------- */

typedef enum {
  DIO_OUTPUT_NEW,  /**< nothing there: render */
  DIO_OUTPUT_OURS, /**< the job's own dataset: resume */
} DioOutputKind;

/** What stands in the job's output folder. A dataset that was interrupted before it had its run is removed. Errors: EXISTS for something else, those of
 * dio_dataset_open. */
gboolean dio_queue_look_at_output (const DioCatalogJob *job, DioOutputKind *kind, GError **error);
/** Frames in the dataset; FALSE where there is none. */
gboolean dio_queue_count_frames (const char *folder, guint64 *done, guint64 *failed);

/* -- One job at work -------------------------------------------------------------------------------------------- */

typedef struct DioQueueJob DioQueueJob;

/** What jobs share. Borrowed. */
typedef struct {
  DioCatalog *catalog;
  const char *engine_path, *boot;
  int lock_fd;
} DioQueueContext;

/** Starts a supervisor for a QUEUED job. NULL where the job could not be started: it is FAILED then, or somebody else's wish came first (no
 * error), or the catalog is in trouble (error). */
DioQueueJob *dio_queue_job_start (const DioQueueContext *context, gint64 id, GError **error);
/** Stores progress and log, obeys wishes where @changed, kills what does not stop. */
void dio_queue_job_tick (DioQueueJob *job, gboolean changed);
/** Tells the supervisor to stop because the queue leaves. */
void dio_queue_job_stop (DioQueueJob *job);
/** Its supervisor is gone and the catalog knows. */
gboolean dio_queue_job_is_over (const DioQueueJob *job);
void dio_queue_job_free (DioQueueJob *job);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioQueueJob, dio_queue_job_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DioQueueLine, dio_queue_line_clear)
