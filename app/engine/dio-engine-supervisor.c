/* The supervisor: hands frames to workers, watches them, and alone changes the dataset.
 *
 * Invariants
 *   1. A frame is in exactly one place: waiting in the queue, a task of one lease, in the committer's batch, or
 *      in the dataset. Tasks move only by the functions named below.
 *   2. A lease belongs to one worker. When the worker is gone its tasks go back; a result that comes after that
 *      finds no task and is dropped, and its files are garbage in .tmp/.
 *   3. A worker owns nothing that matters: it may be killed at any instruction.
 *   4. The supervisor may be killed at any instruction, too: what is not committed is garbage that
 *      dio_engine_remove_garbage removes before the next start.
 *
 * A frame
 *
 *   waiting --dio_frame_queue_lease--> leased --on_now_doing--> being made --on_result--> batch --flush--> done
 *      ^                                  |                         |           |
 *      |<------- lose_worker -------------+<------------------------+           | not what was said: fail_task
 *      |         killed from outside, counted only after DIO_ENGINE_LOSSES      |
 *      |                                                                        |
 *      +<------- fail_task: an error report, a fatal signal or exit code of the worker's own, a timeout,
 *      |         the memory limit, a damaged message
 *      |
 *      +-- the DIO_ENGINE_TRIESth time --dio_committer_add_failed--> failed, with its cause; the job goes on
 *
 * A worker slot
 *
 *   EMPTY --start_worker--> STARTING --on_hello, on_need_work--> IDLE --give_work--> WORKING --on_need_work--> IDLE
 *     ^                                                            |
 *     |                                                            +--dismiss--> LEAVING   (grown: a new one follows)
 *     +--lose_worker (process ended, whatever the state; the next start waits for the backoff)
 *
 * The job ends when nothing waits and nothing is leased (done), when somebody asked for it (stop_cb of
 * dio-engine-stop.c: frames in flight are finished, a second signal drops them), when the disk is nearly full, or
 * when workers cannot start: each time with the batch committed and all workers gone.
 */
#define G_LOG_DOMAIN "dio-engine"

#include "dio-engine-supervisor-private.h"

#include "dio-base-path.h"
#include "dio-core-error.h"
#include "dio-engine-commit-private.h"
#include "dio-engine-files-private.h"
#include "dio-engine-process-private.h"
#include "dio-engine-progress-private.h"
#include "dio-engine-queue-private.h"
#include "dio-engine-seam-private.h"
#include "dio-engine-stop-private.h"

#include <errno.h>
#include <poll.h>
#include <stdarg.h>

#define TICK_MS 250
#define START_TIMEOUT_MS 120000
#define LEAVE_TIMEOUT_MS 3000
/* How long frames in flight may take after the wish to stop. */
#define STOP_GRACE_MS 15000
#define FIRST_BACKOFF_MS 50
#define LAST_BACKOFF_MS 5000
/* Deaths before hello in a row that stop the job; with a reason given, fewer are needed. */
#define START_TRIES 5
#define START_TRIES_WITH_REASON 2
#define MOST_FRAMES_OF_LEASE 4
#define WATCH_INTERVAL_MS 1000
#define RESERVE_BYTES ((guint64) 16 * 1024 * 1024)
#define RESERVE_FRAMES 64
/* Frames after which their mean size says something about the rest. */
#define FRAMES_FOR_ESTIMATE 8

typedef enum {
  SLOT_EMPTY,
  SLOT_STARTING,
  SLOT_IDLE,
  SLOT_WORKING,
  SLOT_LEAVING,
} SlotState;

/** A place for one worker. */
typedef struct {
  SlotState state;
  DioWorkerProcess process;
  DioLease *lease;
  gboolean greeted;
  gboolean doing; /* index is being made */
  guint64 index;
  gboolean retire;      /* grown: dismissed when idle */
  char *fault;          /* why the supervisor killed it, where that is the worker's own fault */
  gint64 deadline_ms;   /* when it will be killed */
  gint64 not_before_ms; /* EMPTY: when the next may start */
  gint64 growth_ms;     /* when watch_growth looked */
  gint64 memory_ms;     /* when check_memory looked */
  guint backoff_ms;
} Slot;

typedef struct {
  const DioSupervisorDesc *desc;
  DioDatasetRun facts;
  DioFrameQueue *queue;
  DioCommitter *committer;
  DioProgressMeter *meter;
  DioWorkerDesc worker;
  char *outputs;
  Slot *slots;
  guint n_slots;
  guint start_failures; /* in a row */
  char *start_reason;   /* what a worker said before it could not start */
  DioError start_code;
  gboolean stopping;
  gint64 stop_deadline_ms;
  gboolean warned_low;
  gint64 space_checked_ms;
  GError *error; /* the first that ends the job */
} Supervisor;

static gint64
now_ms (void)
{
  return g_get_monotonic_time () / 1000;
}

static void tell (Supervisor *s, const char *code, const char *format, ...) G_GNUC_PRINTF (3, 4);

static void
tell (Supervisor *s, const char *code, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  dio_progress_meter_tell (s->meter, code, message);
}

static void
take_error (Supervisor *s, GError *error)
{
  if (s->error)
    g_error_free (error);
  else
    s->error = error;
}

static void
stop (Supervisor *s)
{
  if (s->stopping)
    return;
  s->stopping = TRUE;
  s->stop_deadline_ms = now_ms () + STOP_GRACE_MS;
  dio_progress_meter_set_state (s->meter, "stopped");
}

static void
stop_for_disk (Supervisor *s, const char *detail)
{
  if (!s->stopping)
    tell (s, "disk-full", "The disk is full: free some space, then resume (%s)", detail);
  stop (s);
}

/* What ends a frame's try: back into the queue, or given up. Takes @task. */
static void
fail_task (Supervisor *s, DioTask *task, const char *cause)
{
  task->attempts++;
  if (task->attempts < DIO_ENGINE_TRIES) {
    tell (s, "frame-retry", "Frame %" G_GUINT64_FORMAT ", try %u of %d: %s", task->index,
          task->attempts, DIO_ENGINE_TRIES, cause);
    dio_frame_queue_return (s->queue, task);
    return;
  }
  tell (s, "frame-failed", "Frame %" G_GUINT64_FORMAT " is given up after %u tries: %s",
        task->index, task->attempts, cause);
  dio_committer_add_failed (s->committer, task->index, task->attempts, cause);
  dio_progress_meter_add_failed (s->meter);
  dio_task_free (task);
}

/* A worker was killed under @task, not by itself. Takes @task. */
static void
return_lost_task (Supervisor *s, DioTask *task, const char *how)
{
  task->losses++;
  if (task->losses < DIO_ENGINE_LOSSES || s->stopping) {
    dio_frame_queue_return (s->queue, task);
    return;
  }
  g_autofree char *cause =
      g_strdup_printf ("its worker %s %u times, perhaps for want of memory", how, task->losses);
  fail_task (s, task, cause);
}

static void
kill_for (Slot *slot, const char *fault)
{
  if (!slot->fault)
    slot->fault = g_strdup (fault);
  dio_worker_process_kill (&slot->process);
}

static void
count_bad_start (Supervisor *s, const char *how)
{
  guint limit = s->start_reason ? START_TRIES_WITH_REASON : START_TRIES;

  s->start_failures++;
  if (s->start_failures < limit || s->stopping)
    return;
  take_error (s, g_error_new (DIO_ERROR, s->start_reason ? (int) s->start_code : DIO_ERROR_FAILED,
                              s->start_reason ? "No worker can start: %s"
                                              : "No worker can start: the last one %s",
                              s->start_reason ? s->start_reason : how));
}

static void
start_worker (Supervisor *s, Slot *slot)
{
  g_autoptr (GError) error = NULL;

  if (!dio_worker_process_start (&slot->process, &s->worker, &error)) {
    /* No process at all: the machine is at its limits. */
    slot->not_before_ms = now_ms () + LAST_BACKOFF_MS;
    count_bad_start (s, error->message);
    return;
  }
  slot->state = SLOT_STARTING;
  slot->deadline_ms = now_ms () + START_TIMEOUT_MS;
  slot->greeted = slot->doing = slot->retire = FALSE;
  slot->growth_ms = slot->memory_ms = now_ms ();
}

static void
start_workers (Supervisor *s)
{
  guint64 wanted = dio_frame_queue_get_waiting (s->queue);
  gint64 now = now_ms ();

  for (guint i = 0; i < s->n_slots; i++)
    if (s->slots[i].state == SLOT_STARTING || s->slots[i].state == SLOT_IDLE)
      wanted -= MIN (wanted, 1);
  for (guint i = 0; i < s->n_slots && wanted > 0 && !s->stopping && !s->error; i++)
    if (s->slots[i].state == SLOT_EMPTY && s->slots[i].not_before_ms <= now) {
      start_worker (s, &s->slots[i]);
      wanted--;
    }
}

/* The identity of the first worker becomes the run's; others must agree, or pictures would not be reproducible. */
static gboolean
check_identity (Supervisor *s, const char *identity, GError **error)
{
  if (s->facts.render_identity[0] == '\0') {
    g_free (s->facts.render_identity);
    s->facts.render_identity = g_strdup (identity);
    return dio_dataset_set_run_identity (s->desc->dataset, s->desc->run, identity, error);
  }
  if (g_str_equal (s->facts.render_identity, identity))
    return TRUE;
  g_set_error (
      error, DIO_ERROR, DIO_ERROR_UNSUPPORTED,
      "The dataset was begun with “%s”, this machine renders with “%s”: resume it where it was "
      "begun, or render a new one here",
      s->facts.render_identity, identity);
  return FALSE;
}

static void
on_hello (Supervisor *s, Slot *slot, const DioMessage *message)
{
  GError *error = NULL;

  if (slot->greeted || message->version != DIO_PROTOCOL_VERSION) {
    kill_for (slot, "does not speak the supervisor's protocol");
    return;
  }
  slot->greeted = TRUE;
  s->start_failures = 0;
  g_clear_pointer (&s->start_reason, g_free);
  if (!check_identity (s, message->identity, &error)) {
    take_error (s, error);
    dio_worker_process_kill (&slot->process);
  }
}

static void
give_work (Supervisor *s, Slot *slot)
{
  guint64 waiting = dio_frame_queue_get_waiting (s->queue);
  /* Small towards the end, so that all workers end together. */
  guint most = (guint) CLAMP (waiting / (4 * s->n_slots), 1, MOST_FRAMES_OF_LEASE);
  DioLease *lease = dio_frame_queue_lease (s->queue, most);

  if (!lease)
    return;
  DioMessage message = { .type = DIO_MESSAGE_LEASE,
                         .lease = lease->id,
                         .seed = s->facts.seed,
                         .first = lease->first,
                         .count = lease->count };
  slot->lease = lease;
  slot->state = SLOT_WORKING;
  slot->doing = FALSE;
  slot->deadline_ms = now_ms () + s->desc->options->frame_timeout_ms;
  /* A worker that is gone is noticed by its pidfd. */
  dio_channel_send (slot->process.channel, &message, NULL);
}

static void
dismiss (Supervisor *s, Slot *slot)
{
  DioMessage bye = { .type = DIO_MESSAGE_BYE };

  slot->state = SLOT_LEAVING;
  slot->deadline_ms = now_ms () + LEAVE_TIMEOUT_MS;
  dio_channel_send (slot->process.channel, &bye, NULL);
}

static void
on_need_work (Supervisor *s, Slot *slot)
{
  if (slot->lease)
    dio_frame_queue_return_lease (s->queue, g_steal_pointer (&slot->lease));
  slot->doing = FALSE;
  if (slot->state != SLOT_LEAVING)
    slot->state = SLOT_IDLE;
  slot->deadline_ms = G_MAXINT64;
}

/* The task that a message speaks of; a message about a lease that the worker does not have is a fault. */
static DioTask *
steal_task (Slot *slot, const DioMessage *message)
{
  DioTask *task = NULL;

  if (slot->lease && slot->lease->id == message->lease)
    task = dio_lease_steal_task (slot->lease, message->index);
  if (!task)
    kill_for (slot, "spoke of a frame that it does not have");
  slot->doing = FALSE;
  return task;
}

static void
on_now_doing (Supervisor *s, Slot *slot, const DioMessage *message)
{
  DioTask *task = steal_task (slot, message);

  if (!task)
    return;
  g_ptr_array_add (slot->lease->tasks, task);
  slot->doing = TRUE;
  slot->index = message->index;
  slot->deadline_ms = now_ms () + s->desc->options->frame_timeout_ms;
}

/* Walks the worker's page tables: at most once a second, between two frames. */
static void
watch_growth (Supervisor *s, Slot *slot)
{
  gint64 limit = s->desc->options->recycle_bytes, now = now_ms ();

  if (limit <= 0 || slot->retire || now - slot->growth_ms < WATCH_INTERVAL_MS)
    return;
  slot->growth_ms = now;
  slot->retire = dio_worker_process_get_pss (&slot->process) > limit;
  if (slot->retire)
    tell (s, "worker-recycled",
          "Worker %d has grown beyond %" G_GINT64_FORMAT " MiB and is replaced",
          (int) slot->process.pid, limit >> 20);
}

/* Before the frame goes to the committer, which takes it. */
static void
add_timings (Supervisor *s, const DioDatasetFrame *frame)
{
  for (guint i = 0; frame->captures && i < frame->captures->len; i++)
    dio_progress_meter_add_timings (
        s->meter, g_array_index (frame->captures, DioDatasetCapture, i).timings_json);
}

static void
on_result (Supervisor *s, Slot *slot, DioMessage *message)
{
  g_autoptr (GError) error = NULL;
  DioTask *task = steal_task (slot, message);

  if (!task)
    return;
  slot->backoff_ms = 0;
  slot->deadline_ms = now_ms () + s->desc->options->frame_timeout_ms;
  add_timings (s, &message->frame);
  if (dio_committer_add (s->committer, message, task->attempts + 1, &error)) {
    dio_progress_meter_add_done (s->meter);
    dio_progress_meter_set_newest (s->meter, task->index);
    dio_task_free (task);
    watch_growth (s, slot);
    return;
  }
  if (g_error_matches (error, DIO_ERROR, DIO_ERROR_CORRUPT)) {
    fail_task (s, task, error->message);
    return;
  }
  dio_frame_queue_return (s->queue, task);
  if (g_error_matches (error, DIO_ERROR, DIO_ERROR_NO_SPACE))
    stop_for_disk (s, error->message);
  else
    take_error (s, g_steal_pointer (&error));
}

static void
on_failure (Supervisor *s, Slot *slot, const DioMessage *message)
{
  if (message->lease == 0 && !slot->greeted) {
    g_free (s->start_reason);
    s->start_reason = g_strdup (message->text);
    s->start_code = (DioError) message->code;
    return;
  }
  DioTask *task = steal_task (slot, message);
  if (!task)
    return;
  if (message->code == DIO_ERROR_NO_SPACE) {
    dio_frame_queue_return (s->queue, task);
    stop_for_disk (s, message->text);
    return;
  }
  fail_task (s, task, message->text);
}

static void
on_message (Supervisor *s, Slot *slot, DioMessage *message)
{
  switch (message->type) {
  case DIO_MESSAGE_HELLO:
    on_hello (s, slot, message);
    break;
  case DIO_MESSAGE_NOW_DOING:
    on_now_doing (s, slot, message);
    break;
  case DIO_MESSAGE_RESULT:
    on_result (s, slot, message);
    break;
  case DIO_MESSAGE_FAILURE:
    on_failure (s, slot, message);
    break;
  case DIO_MESSAGE_NEED_WORK:
    on_need_work (s, slot);
    break;
  case DIO_MESSAGE_NONE:
  case DIO_MESSAGE_LEASE:
  case DIO_MESSAGE_BYE:
  case DIO_MESSAGE_N_TYPES:
  default:
    kill_for (slot, "said what only a supervisor says");
    break;
  }
}

static void
receive (Supervisor *s, Slot *slot)
{
  for (;;) {
    g_auto (DioMessage) message = { 0 };
    switch (dio_channel_receive (slot->process.channel, &message, NULL)) {
    case DIO_CHANNEL_MESSAGE:
      on_message (s, slot, &message);
      break;
    case DIO_CHANNEL_ERROR:
      kill_for (slot, "sent a damaged message");
      return;
    case DIO_CHANNEL_CLOSED:
      /* On its way out, with its exit code fixed by now; or alive and of no more use. */
      dio_worker_process_kill (&slot->process);
      return;
    case DIO_CHANNEL_EMPTY:
    default:
      return;
    }
  }
}

/* The tasks of a worker that is gone: only the one that it said it was doing can be at fault. */
static void
return_tasks (Supervisor *s, Slot *slot, gboolean own_fault, const char *how)
{
  DioLease *lease = g_steal_pointer (&slot->lease);

  if (!lease)
    return;
  DioTask *task = slot->doing ? dio_lease_steal_task (lease, slot->index) : NULL;
  if (task && own_fault)
    fail_task (s, task, how);
  else if (task)
    return_lost_task (s, task, how);
  dio_frame_queue_return_lease (s->queue, lease);
}

/* The process has ended: what it still said counts, then its slot is empty. */
static void
lose_worker (Supervisor *s, Slot *slot)
{
  g_autofree char *how = NULL;
  int pid = (int) slot->process.pid;

  receive (s, slot);
  gboolean leaving = slot->state == SLOT_LEAVING;
  DioWorkerEnd end = dio_worker_process_reap (&slot->process, &how);
  gboolean own_fault = slot->fault != NULL || end != DIO_WORKER_KILLED;
  const char *cause = slot->fault ? slot->fault : how;
  /* A fault is told as the frame's cause: "the worker took longer than 120 s". */
  g_autofree char *sentence = g_strdup_printf ("the worker %s", cause);

  return_tasks (s, slot, own_fault, own_fault ? sentence : how);
  if (!leaving && !s->stopping)
    tell (s, "worker-lost", "Worker %d %s", pid, cause);
  if (!slot->greeted)
    count_bad_start (s, cause);
  if (leaving || (end == DIO_WORKER_KILLED && !slot->fault))
    slot->backoff_ms = 0;
  else
    slot->backoff_ms = CLAMP (slot->backoff_ms * 2, FIRST_BACKOFF_MS, LAST_BACKOFF_MS);
  slot->not_before_ms = now_ms () + slot->backoff_ms;
  g_clear_pointer (&slot->fault, g_free);
  slot->state = SLOT_EMPTY;
}

/* More than twice the size at which it would be replaced, in the middle of a frame. */
static void
check_memory (Supervisor *s, Slot *slot)
{
  gint64 limit = s->desc->options->recycle_bytes, now = now_ms ();

  if (limit <= 0 || now - slot->memory_ms < WATCH_INTERVAL_MS)
    return;
  slot->memory_ms = now;
  if (dio_worker_process_get_rss (&slot->process) <= 2 * limit)
    return;
  g_autofree char *fault =
      g_strdup_printf ("took more than %" G_GINT64_FORMAT " MiB of memory", (2 * limit) >> 20);
  kill_for (slot, fault);
}

static void
check_slot (Supervisor *s, Slot *slot)
{
  if (slot->state == SLOT_IDLE && slot->retire)
    dismiss (s, slot);
  if (slot->state == SLOT_IDLE && !s->stopping && !s->error)
    give_work (s, slot);
  if (slot->state == SLOT_WORKING)
    check_memory (s, slot);
  if (slot->state == SLOT_EMPTY || now_ms () < slot->deadline_ms)
    return;
  if (slot->state == SLOT_LEAVING) {
    dio_worker_process_kill (&slot->process);
    return;
  }
  g_autofree char *fault = g_strdup_printf (
      "took longer than %u s",
      (slot->state == SLOT_STARTING ? START_TIMEOUT_MS : s->desc->options->frame_timeout_ms)
          / 1000);
  kill_for (slot, fault);
}

static guint64
get_reserve (Supervisor *s)
{
  return RESERVE_BYTES + RESERVE_FRAMES * dio_committer_get_frame_bytes (s->committer);
}

static void
check_space (Supervisor *s)
{
  gint64 now = now_ms ();

  if (now - s->space_checked_ms < WATCH_INTERVAL_MS || s->stopping)
    return;
  s->space_checked_ms = now;
  guint64 done = dio_progress_meter_get_done (s->meter);
  guint64 bytes = dio_committer_get_frame_bytes (s->committer);
  guint64 free_bytes = dio_path_get_free_bytes (dio_dataset_get_folder (s->desc->dataset));
  if (free_bytes < get_reserve (s) || dio_engine_seam_disk_is_full (done)) {
    g_autofree char *detail =
        g_strdup_printf ("%" G_GUINT64_FORMAT " MiB are left", free_bytes >> 20);
    stop_for_disk (s, detail);
    return;
  }
  guint64 needed = bytes * dio_frame_queue_get_waiting (s->queue);
  if (s->warned_low || done < FRAMES_FOR_ESTIMATE || needed + get_reserve (s) < free_bytes)
    return;
  s->warned_low = TRUE;
  tell (s, "disk-low",
        "The rest of the job needs about %" G_GUINT64_FORMAT " MiB, %" G_GUINT64_FORMAT
        " MiB are free: the job will stop when they are used up and can be resumed then",
        needed >> 20, free_bytes >> 20);
}

static gboolean
has_leases (const Supervisor *s)
{
  for (guint i = 0; i < s->n_slots; i++)
    if (s->slots[i].lease)
      return TRUE;
  return FALSE;
}

/* While stopping, a frame that is being made is waited for; one that is leased only is not. */
static gboolean
has_frames_in_flight (const Supervisor *s)
{
  if (now_ms () >= s->stop_deadline_ms || dio_engine_stop_count () > 1)
    return FALSE;
  for (guint i = 0; i < s->n_slots; i++)
    if (s->slots[i].lease && s->slots[i].doing)
      return TRUE;
  return FALSE;
}

static gboolean
is_over (const Supervisor *s)
{
  if (s->error)
    return TRUE;
  if (s->stopping)
    return !has_frames_in_flight (s);
  return dio_frame_queue_get_waiting (s->queue) == 0 && !has_leases (s);
}

static guint
count_alive (const Supervisor *s)
{
  guint n = 0;

  for (guint i = 0; i < s->n_slots; i++)
    n += s->slots[i].state != SLOT_EMPTY;
  return n;
}

static int
get_wait_ms (const Supervisor *s)
{
  int wait = dio_committer_get_wait_ms (s->committer);

  return wait >= 0 ? MIN (wait, TICK_MS) : TICK_MS;
}

/* Two descriptors a slot, in its order, then that of signals. */
static void
wait_and_receive (Supervisor *s, int wait_ms)
{
  g_autofree struct pollfd *fds = g_new0 (struct pollfd, 2 * s->n_slots + 1);

  for (guint i = 0; i < s->n_slots; i++) {
    Slot *slot = &s->slots[i];
    gboolean alive = slot->state != SLOT_EMPTY;
    fds[2 * i] = (struct pollfd){ alive ? slot->process.pidfd : -1, POLLIN, 0 };
    fds[2 * i + 1] =
        (struct pollfd){ alive ? dio_channel_get_fd (slot->process.channel) : -1, POLLIN, 0 };
  }
  fds[2 * s->n_slots] = (struct pollfd){ dio_engine_stop_get_fd (), POLLIN, 0 };
  if (poll (fds, 2 * s->n_slots + 1, wait_ms) < 0 && errno != EINTR)
    take_error (s, g_error_new (DIO_ERROR, DIO_ERROR_FAILED, "poll: %s", g_strerror (errno)));
  for (guint i = 0; i < s->n_slots; i++) {
    if (fds[2 * i].revents != 0)
      lose_worker (s, &s->slots[i]);
    else if (fds[2 * i + 1].revents != 0)
      receive (s, &s->slots[i]);
  }
}

static void
flush (Supervisor *s, gboolean now)
{
  GError *error = NULL;

  if (dio_committer_flush (s->committer, now, &error))
    return;
  if (g_error_matches (error, DIO_ERROR, DIO_ERROR_NO_SPACE)) {
    stop_for_disk (s, error->message);
    /* The batch stays: nothing of it is lost if the last flush finds room. */
    s->stop_deadline_ms = 0;
    g_error_free (error);
    return;
  }
  take_error (s, error);
}

static void
dismiss_all (Supervisor *s)
{
  gint64 deadline = now_ms () + LEAVE_TIMEOUT_MS;

  for (guint i = 0; i < s->n_slots; i++) {
    Slot *slot = &s->slots[i];
    if (slot->state == SLOT_IDLE)
      dismiss (s, slot);
    else if (slot->state != SLOT_EMPTY && slot->state != SLOT_LEAVING)
      dio_worker_process_kill (&slot->process);
  }
  while (count_alive (s) > 0) {
    wait_and_receive (s, TICK_MS);
    for (guint i = 0; now_ms () > deadline && i < s->n_slots; i++)
      dio_worker_process_kill (&s->slots[i].process);
  }
}

static void
run_loop (Supervisor *s)
{
  while (!is_over (s)) {
    start_workers (s);
    wait_and_receive (s, get_wait_ms (s));
    if (dio_engine_stop_count () > 0)
      stop (s);
    for (guint i = 0; i < s->n_slots; i++)
      check_slot (s, &s->slots[i]);
    check_space (s);
    flush (s, FALSE);
    dio_progress_meter_report (s->meter, count_alive (s));
  }
  gboolean unfinished = s->stopping || s->error;
  /* Ends that come from here on are wanted. */
  s->stopping = TRUE;
  dismiss_all (s);
  flush (s, TRUE);
  s->stopping = unfinished;
}

static void
supervisor_clear (Supervisor *s)
{
  for (guint i = 0; i < s->n_slots; i++)
    dio_lease_free (s->slots[i].lease);
  g_free (s->slots);
  dio_frame_queue_free (s->queue);
  dio_committer_free (s->committer);
  dio_progress_meter_free (s->meter);
  dio_dataset_run_clear (&s->facts);
  g_free (s->outputs);
  g_free (s->start_reason);
  g_clear_error (&s->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Supervisor, supervisor_clear)

static void
plan_workers (Supervisor *s, guint64 n_pending)
{
  guint cores = g_get_num_processors ();
  guint wanted = s->desc->workers ? s->desc->workers : cores;

  s->n_slots = (guint) MIN (wanted, MAX (n_pending, 1));
  s->slots = g_new0 (Slot, s->n_slots);
  s->outputs = dio_outputs_to_text (&s->desc->options->outputs);
  s->worker = (DioWorkerDesc){ .folder = dio_dataset_get_folder (s->desc->dataset),
                               .outputs = s->outputs,
                               .width_px = s->desc->options->width_px,
                               .height_px = s->desc->options->height_px,
                               .threads = MAX (cores / s->n_slots, 1) };
}

gboolean
dio_supervisor_run (const DioSupervisorDesc *desc,
                    guint64 *failed,
                    gboolean *stopped,
                    GError **error)
{
  g_auto (Supervisor) s = { .desc = desc };
  g_autofree char *temporary =
      dio_engine_dup_temporary_folder (dio_dataset_get_folder (desc->dataset));

  if (!dio_dataset_get_run (desc->dataset, desc->run, &s.facts, error))
    return FALSE;
  GArray *pending = dio_dataset_list_frames (desc->dataset, desc->run, DIO_FRAME_PENDING, error);
  if (!pending)
    return FALSE;
  guint64 n_pending = pending->len;
  s.queue = dio_frame_queue_new (pending);
  s.committer = dio_committer_new (desc->dataset, desc->run, error);
  if (!s.committer || !dio_path_make_folders (temporary, error))
    return FALSE;
  s.meter = dio_progress_meter_new (desc->observer, desc->done_before + s.facts.count - n_pending,
                                    desc->total);
  dio_progress_meter_set_state (s.meter, "rendering");
  plan_workers (&s, n_pending);
  run_loop (&s);
  *failed = dio_progress_meter_get_failed (s.meter);
  *stopped = s.stopping;
  dio_progress_meter_set_state (s.meter, s.stopping ? "stopped" : "finishing");
  if (!s.error)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&s.error));
  return FALSE;
}
