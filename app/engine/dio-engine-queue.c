#define G_LOG_DOMAIN "dio-engine"

#include "dio-engine-queue-private.h"

struct DioFrameQueue {
  GArray *fresh; /* of guint64: never leased yet, from next on */
  guint next;
  GQueue returned; /* of DioTask */
  guint64 last_lease;
};

DioFrameQueue *
dio_frame_queue_new (GArray *pending)
{
  DioFrameQueue *queue = g_new0 (DioFrameQueue, 1);

  queue->fresh = pending;
  g_queue_init (&queue->returned);
  /* Lease numbers of a supervisor that died must not come again: files of its workers may still be appearing. */
  queue->last_lease = (guint64) g_get_real_time ();
  return queue;
}

void
dio_frame_queue_free (DioFrameQueue *queue)
{
  if (!queue)
    return;
  g_array_unref (queue->fresh);
  g_queue_clear_full (&queue->returned, (GDestroyNotify) dio_task_free);
  g_free (queue);
}

void
dio_task_free (DioTask *task)
{
  g_free (task);
}

void
dio_lease_free (DioLease *lease)
{
  if (!lease)
    return;
  g_ptr_array_unref (lease->tasks);
  g_free (lease);
}

static guint64
peek_fresh (const DioFrameQueue *queue)
{
  return g_array_index (queue->fresh, guint64, queue->next);
}

static void
lease_fresh (DioFrameQueue *queue, DioLease *lease, guint most)
{
  lease->first = peek_fresh (queue);
  while (lease->count < most && queue->next < queue->fresh->len
         && peek_fresh (queue) == lease->first + lease->count) {
    DioTask *task = g_new0 (DioTask, 1);
    task->index = peek_fresh (queue);
    g_ptr_array_add (lease->tasks, task);
    lease->count++;
    queue->next++;
  }
}

DioLease *
dio_frame_queue_lease (DioFrameQueue *queue, guint most)
{
  if (dio_frame_queue_get_waiting (queue) == 0)
    return NULL;
  DioLease *lease = g_new0 (DioLease, 1);
  lease->id = ++queue->last_lease;
  lease->tasks = g_ptr_array_new_with_free_func ((GDestroyNotify) dio_task_free);
  DioTask *task = g_queue_pop_head (&queue->returned);
  if (task) {
    /* Alone: a frame that kills workers takes no other with it. */
    lease->first = task->index;
    lease->count = 1;
    g_ptr_array_add (lease->tasks, task);
  } else {
    lease_fresh (queue, lease, MAX (most, 1));
  }
  return lease;
}

DioTask *
dio_lease_steal_task (DioLease *lease, guint64 index)
{
  for (guint i = 0; i < lease->tasks->len; i++) {
    DioTask *task = lease->tasks->pdata[i];
    if (task->index == index)
      return g_ptr_array_steal_index (lease->tasks, i);
  }
  return NULL;
}

void
dio_frame_queue_return (DioFrameQueue *queue, DioTask *task)
{
  g_queue_push_tail (&queue->returned, task);
}

void
dio_frame_queue_return_lease (DioFrameQueue *queue, DioLease *lease)
{
  while (lease->tasks->len > 0)
    dio_frame_queue_return (queue, g_ptr_array_steal_index (lease->tasks, 0));
  dio_lease_free (lease);
}

guint64
dio_frame_queue_get_waiting (const DioFrameQueue *queue)
{
  return (guint64) (queue->fresh->len - queue->next) + queue->returned.length;
}
