/* The queue process.
 *
 *   studio, command line --rows--> catalog <--rows-- queue --starts--> supervisor --starts--> workers
 *                                                      ^                   |
 *                                                      +---- JSON lines ---+
 *
 * Invariants
 *   1. One queue for each catalog: the holder of the lock (dio-queue-lock.c). A second one leaves at once. The
 *      queue that leaves looks for jobs once more after it has given the lock back, so that a job added while it was
 *      leaving is not left lying: whoever added it saw the lock held and started no other queue.
 *   2. A supervisor begins to work only when the catalog says RUNNING and names it (dio-queue-process.c).
 *   3. A supervisor does not outlive its queue: when the queue dies the kernel asks the supervisor to stop, which
 *      stores the frames in flight and leaves. The studio may come and go as it likes: the queue is in a session of
 *      its own and not its child.
 *   4. How a job goes on is decided by what stands in its folder (dio-queue-output.c), never by what the catalog
 *      remembers.
 *
 * What kill -9 leaves, and what the next start makes of it
 *
 *   queue       jobs that were active name a supervisor that is about to leave or gone. recover() sees it to its end
 *               and lets the job fall back to QUEUED (or PAUSED, CANCELLED where that was wanted), with the counts of
 *               its dataset. The queue is started by the next studio or command that has something for it.
 *   supervisor  its queue sees the signal: QUEUED, and at once RUNNING again; after three such ends in a row without
 *               a new frame FAILED. Workers die with their supervisor.
 *   both        as for the queue.
 *   studio      nothing: rows are whole or absent.
 *   machine     as for the queue: the boot id tells that the process ids are of another life.
 */
#define G_LOG_DOMAIN "dio-queue"

#include "dio-queue.h"

#include "dio-core-error.h"
#include "dio-queue-private.h"

#include <glib-unix.h>
#include <signal.h>
#include <unistd.h>

#define TICK_MS 100
/* Trouble with the catalog that does not go away within this many ticks ends the queue. */
#define MOST_TROUBLES 100

typedef struct {
  const DioQueueDesc *desc;
  GMainLoop *loop;
  DioQueueContext context;
  GPtrArray *jobs; /* of DioQueueJob at work */
  gint64 idle_since_us;
  gboolean leaving;
  guint troubles; /* in a row */
  GError *error;
} Queue;

static void
leave (Queue *queue)
{
  queue->leaving = TRUE;
  for (guint i = 0; i < queue->jobs->len; i++)
    dio_queue_job_stop (queue->jobs->pdata[i]);
}

/* Takes @error. */
static void
note_trouble (Queue *queue, GError *error)
{
  g_message ("%s", error->message);
  /* A catalog that was replaced does not come back. */
  gboolean lasting = g_error_matches (error, DIO_ERROR, DIO_ERROR_NOT_FOUND)
                     || g_error_matches (error, DIO_ERROR, DIO_ERROR_CORRUPT);
  if (++queue->troubles >= MOST_TROUBLES || lasting) {
    if (!queue->error)
      queue->error = g_error_copy (error);
    leave (queue);
  }
  g_error_free (error);
}

static void
start_jobs (Queue *queue)
{
  guint most = MAX (queue->desc->jobs_at_once, 1);
  gint64 id = 1;

  while (queue->jobs->len < most && id != 0 && !queue->leaving) {
    GError *error = NULL;
    DioQueueJob *job = NULL;
    if (dio_catalog_find_next (queue->context.catalog, &id, &error) && id != 0)
      job = dio_queue_job_start (&queue->context, id, &error);
    if (job)
      g_ptr_array_add (queue->jobs, job);
    if (error) {
      note_trouble (queue, error);
      return;
    }
  }
}

static gboolean
is_idle (Queue *queue)
{
  gint64 now = g_get_monotonic_time ();

  if (queue->jobs->len > 0) {
    queue->idle_since_us = now;
    return FALSE;
  }
  return queue->desc->idle_exit_s >= 0
         && (double) (now - queue->idle_since_us) >= queue->desc->idle_exit_s * G_USEC_PER_SEC;
}

static void
tick_jobs (Queue *queue, gboolean changed)
{
  for (guint i = queue->jobs->len; i > 0; i--) {
    DioQueueJob *job = queue->jobs->pdata[i - 1];
    dio_queue_job_tick (job, changed);
    if (dio_queue_job_is_over (job))
      g_ptr_array_remove_index (queue->jobs, i - 1);
  }
}

static gboolean
tick_cb (gpointer user)
{
  Queue *queue = user;
  GError *error = NULL;
  gboolean changed = FALSE;

  if (!dio_catalog_has_changed (queue->context.catalog, &changed, &error))
    note_trouble (queue, error);
  else
    queue->troubles = 0;
  tick_jobs (queue, changed);
  if (!queue->leaving)
    start_jobs (queue);
  if (queue->leaving ? queue->jobs->len == 0 : is_idle (queue))
    g_main_loop_quit (queue->loop);
  return G_SOURCE_CONTINUE;
}

static gboolean
signal_cb (gpointer user)
{
  leave (user);
  return G_SOURCE_CONTINUE;
}

/* What an earlier queue left behind. */
static gboolean
recover_job (Queue *queue, const DioCatalogJob *job, GError **error)
{
  DioJobEnd end = { .kind = DIO_JOB_END_TAKEN, .done = job->progress.done };
  DioJobState state = DIO_JOB_QUEUED;

  dio_queue_end_orphan (job);
  end.begun = dio_queue_count_frames (job->spec.output, &end.done, &end.failed);
  if (!dio_catalog_end_job (queue->context.catalog, job->id, &end, &state, error))
    return FALSE;
  g_autofree char *text =
      g_strdup_printf ("The queue was interrupted: now %s, %" G_GUINT64_FORMAT " frames are done",
                       dio_job_state_to_name (state), end.done);
  DioCatalogLogRow row = { 0, g_get_real_time (), (char *) "queue", text };
  return dio_catalog_add_log (queue->context.catalog, job->id, &row, 1, error);
}

static gboolean
recover (Queue *queue, GError **error)
{
  g_autoptr (GPtrArray) jobs = dio_catalog_list_jobs (queue->context.catalog, error);

  for (guint i = 0; jobs && i < jobs->len; i++) {
    const DioCatalogJob *job = jobs->pdata[i];
    if (dio_job_state_is_active (job->state) && !recover_job (queue, job, error))
      return FALSE;
  }
  return jobs != NULL;
}

static void
run_loop (Queue *queue)
{
  guint sources[] = { g_timeout_add (TICK_MS, tick_cb, queue),
                      g_unix_signal_add (SIGTERM, signal_cb, queue),
                      g_unix_signal_add (SIGINT, signal_cb, queue) };

  queue->idle_since_us = g_get_monotonic_time ();
  tick_cb (queue);
  g_main_loop_run (queue->loop);
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    g_source_remove (sources[i]);
}

static void
queue_clear (Queue *queue)
{
  g_ptr_array_unref (queue->jobs);
  g_main_loop_unref (queue->loop);
  g_clear_error (&queue->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Queue, queue_clear)

/* As long as there is work; with the lock held. */
static gboolean
work (const DioQueueDesc *desc, DioCatalog *catalog, int lock_fd, gboolean *left, GError **error)
{
  g_autofree char *boot = dio_queue_dup_boot_id ();
  g_auto (Queue) queue = {
    .desc = desc,
    .loop = g_main_loop_new (NULL, FALSE),
    .context = { catalog, desc->engine_path, boot, lock_fd },
    .jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) dio_queue_job_free),
  };

  if (!recover (&queue, error))
    return FALSE;
  run_loop (&queue);
  *left = queue.leaving;
  if (!queue.error)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&queue.error));
  return FALSE;
}

gboolean
dio_queue_run (const DioQueueDesc *desc, gboolean *ran, GError **error)
{
  g_return_val_if_fail (desc && desc->engine_path && ran, FALSE);

  g_autofree char *path = dio_queue_dup_catalog_path (desc->catalog_path);
  g_autoptr (GError) trouble = NULL;
  g_autoptr (DioCatalog) catalog = NULL;
  gboolean ok = TRUE, left = FALSE;
  gint64 waiting = 0;

  *ran = FALSE;
  do {
    int lock_fd = dio_queue_lock_acquire (path, &trouble);
    if (lock_fd < 0)
      break;
    *ran = TRUE;
    if (!catalog)
      catalog = dio_catalog_open (path, NULL, &trouble);
    ok = catalog && work (desc, catalog, lock_fd, &left, &trouble);
    close (lock_fd);
    /* A job may have come in the moment before. */
  } while (ok && !left && dio_catalog_find_next (catalog, &waiting, &trouble) && waiting != 0);
  if (!trouble)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&trouble));
  return FALSE;
}
