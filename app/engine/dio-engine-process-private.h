#pragma once
/* Thread: the supervisor's. One worker process as its parent sees it: start, watch, kill, reap. */

#include "dio-protocol.h"

#include <sys/types.h>

typedef struct {
  pid_t pid;
  int pidfd; /**< readable when the process has ended */
  DioChannel *channel;
} DioWorkerProcess;

/** How to start one. Strings borrowed. */
typedef struct {
  const char *folder, *outputs;
  guint width_px, height_px;
  guint threads;
} DioWorkerDesc;

/** Why a process ended, as far as its end tells. */
typedef enum {
  DIO_WORKER_LEFT, /**< exit 0 */
  DIO_WORKER_FAILED, /**< another exit code, or a fatal signal of its own: SEGV, ABRT, FPE, BUS, ILL, ... */
  DIO_WORKER_KILLED, /**< a signal that somebody sent: KILL, TERM, ... */
} DioWorkerEnd;

gboolean dio_worker_process_start (DioWorkerProcess *process,
                                   const DioWorkerDesc *desc,
                                   GError **error);
/** Harmless for one that has ended. */
void dio_worker_process_kill (DioWorkerProcess *process);
/** Waits for the end (soon after kill or where pidfd is readable), closes everything. @how (out): a phrase. */
DioWorkerEnd dio_worker_process_reap (DioWorkerProcess *process, char **how);
/** Proportional set size, from /proc; 0 where it cannot be read. Walks the page tables: not for every frame. */
gint64 dio_worker_process_get_pss (const DioWorkerProcess *process);
/** Resident size: cheap. */
gint64 dio_worker_process_get_rss (const DioWorkerProcess *process);
