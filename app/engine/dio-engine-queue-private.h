#pragma once
/* Thread: the supervisor's. The frames that are to be done, and who has them. Life cycle of a frame and of a
 * lease: dio-engine-supervisor.c. */

#include <glib.h>

/** Tries that a frame has; after the last one it is recorded as failed. */
#define DIO_ENGINE_TRIES 3
/** Losses without fault that a frame may have before they count as tries: the kernel's memory killer looks like
 * somebody who kills workers for fun. */
#define DIO_ENGINE_LOSSES 10

/** A frame that is not done. */
typedef struct {
  guint64 index;
  guint attempts; /**< tries that failed */
  guint losses;   /**< workers that were killed under it, through no fault of its own */
} DioTask;

/** Contiguous frames that one worker has. Tasks leave it one by one. */
typedef struct {
  guint64 id;
  guint64 first, count;
  GPtrArray *tasks; /**< of DioTask, owned, not reported yet */
} DioLease;

typedef struct DioFrameQueue DioFrameQueue;

/** @pending: of guint64, ascending; taken over. */
DioFrameQueue *dio_frame_queue_new (GArray *pending) G_GNUC_WARN_UNUSED_RESULT;
void dio_frame_queue_free (DioFrameQueue *queue);
/** Next frames, at most @most; NULL when none waits. Returned ones come before fresh ones. */
DioLease *dio_frame_queue_lease (DioFrameQueue *queue, guint most) G_GNUC_WARN_UNUSED_RESULT;
/** Takes @index out of the lease; NULL if it is not in it (any more). */
DioTask *dio_lease_steal_task (DioLease *lease, guint64 index) G_GNUC_WARN_UNUSED_RESULT;
void dio_task_free (DioTask *task);
/** Puts a task back. */
void dio_frame_queue_return (DioFrameQueue *queue, DioTask *task);
/** Puts all tasks of a lease back and frees it. */
void dio_frame_queue_return_lease (DioFrameQueue *queue, DioLease *lease);
void dio_lease_free (DioLease *lease);
/** Frames that wait to be leased. */
guint64 dio_frame_queue_get_waiting (const DioFrameQueue *queue);
