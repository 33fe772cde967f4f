/* One job at work: its supervisor, what it says, and what the catalog is told. */
#define G_LOG_DOMAIN "dio-queue"

#include "dio-base-path.h"
#include "dio-core-error.h"
#include "dio-queue-private.h"

#include <errno.h>
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

/* More than the engine takes to finish frames in flight. */
#define STOP_LIMIT_US (30 * G_USEC_PER_SEC)
#define PROGRESS_INTERVAL_US (G_USEC_PER_SEC / 4)
/* Exit codes of every command of the engine. */
#define EXIT_DONE 0
#define EXIT_PARTLY 3

struct DioQueueJob {
  const DioQueueContext *context;
  gint64 id;
  char *output, *snapshot; /* snapshot: the scenario's file, nullable */
  DioSupervisorProcess process;
  guint watch, output_source, text_source;
  DioLineReader output_lines, text_lines;
  DioJobProgress progress;
  guint64 done_before;
  gboolean begun, listed; /* the dataset is there, the catalog lists it */
  gboolean dirty;         /* progress is newer than the catalog's */
  gint64 stored_us;
  GArray *log;       /* of DioCatalogLogRow, not stored yet */
  char *last_words;  /* the last line for people */
  char *disk_full;   /* what it said about the disk */
  gint64 stopped_us; /* when it was told to stop; 0 = not */
  gboolean leaving;  /* told so because the queue leaves */
  gboolean gone, over;
  int status; /* as waitpid says it */
};

static void
add_log (DioQueueJob *job, const char *code, const char *message)
{
  DioCatalogLogRow row = { 0, g_get_real_time (), g_strdup (code), g_strdup (message) };

  g_array_append_val (job->log, row);
}

static void
clear_log (DioQueueJob *job)
{
  for (guint i = 0; i < job->log->len; i++) {
    DioCatalogLogRow *row = &g_array_index (job->log, DioCatalogLogRow, i);
    g_free (row->code);
    g_free (row->message);
  }
  g_array_set_size (job->log, 0);
}

void
dio_queue_job_free (DioQueueJob *job)
{
  if (!job)
    return;
  g_clear_handle_id (&job->watch, g_source_remove);
  g_clear_handle_id (&job->output_source, g_source_remove);
  g_clear_handle_id (&job->text_source, g_source_remove);
  dio_supervisor_process_close (&job->process);
  if (job->snapshot)
    g_unlink (job->snapshot);
  dio_line_reader_clear (&job->output_lines);
  dio_line_reader_clear (&job->text_lines);
  dio_job_progress_clear (&job->progress);
  clear_log (job);
  g_array_unref (job->log);
  g_free (job->output);
  g_free (job->snapshot);
  g_free (job->last_words);
  g_free (job->disk_full);
  g_free (job);
}

gboolean
dio_queue_job_is_over (const DioQueueJob *job)
{
  return job->over;
}

/* -- Listening ------------------------------------------------------------------------------------------------ */

static void
take_event (DioQueueJob *job, const DioQueueLine *line)
{
  add_log (job, line->code, line->message);
  if (g_str_equal (line->code, "disk-full")) {
    g_free (job->disk_full);
    job->disk_full = g_strdup (line->message);
  }
}

static void
take_state (DioQueueJob *job, DioQueueLine *line)
{
  /* Before the dataset has its run, all that is known of its frames is what the catalog knew. */
  if (g_strcmp0 (line->progress.phase, "importing") == 0)
    line->progress.done = job->done_before;
  else
    job->begun = TRUE;
  dio_job_progress_clear (&job->progress);
  job->progress = line->progress;
  line->progress = (DioJobProgress){ 0 };
  job->dirty = TRUE;
}

static void
output_line_cb (const char *text, gpointer user)
{
  DioQueueJob *job = user;
  g_auto (DioQueueLine) line = { 0 };

  if (!dio_queue_line_parse (text, &line))
    add_log (job, "engine", text);
  else if (line.is_event)
    take_event (job, &line);
  else
    take_state (job, &line);
}

static void
text_line_cb (const char *text, gpointer user)
{
  DioQueueJob *job = user;

  if (!g_utf8_validate (text, -1, NULL))
    return;
  add_log (job, "engine", text);
  g_free (job->last_words);
  job->last_words = g_strdup (text);
}

static gboolean
output_cb (int fd, GIOCondition condition, gpointer user)
{
  DioQueueJob *job = user;

  if (dio_line_reader_read (&job->output_lines, fd, output_line_cb, job))
    return G_SOURCE_CONTINUE;
  job->output_source = 0;
  return G_SOURCE_REMOVE;
}

static gboolean
text_cb (int fd, GIOCondition condition, gpointer user)
{
  DioQueueJob *job = user;

  if (dio_line_reader_read (&job->text_lines, fd, text_line_cb, job))
    return G_SOURCE_CONTINUE;
  job->text_source = 0;
  return G_SOURCE_REMOVE;
}

static void
gone_cb (GPid pid, int status, gpointer user)
{
  DioQueueJob *job = user;

  job->watch = 0;
  job->gone = TRUE;
  job->status = status;
  /* What it said last. Not to the end of the pipes: a worker may hold them a moment longer. */
  if (job->output_source)
    dio_line_reader_read (&job->output_lines, job->process.output_fd, output_line_cb, job);
  if (job->text_source)
    dio_line_reader_read (&job->text_lines, job->process.text_fd, text_line_cb, job);
  dio_queue_job_tick (job, TRUE);
}

/* -- Starting ------------------------------------------------------------------------------------------------- */

static void
push (GPtrArray *argv, const char *option, const char *value)
{
  if (!value)
    return;
  g_ptr_array_add (argv, g_strdup (option));
  g_ptr_array_add (argv, g_strdup (value));
}

static void
push_number (GPtrArray *argv, const char *option, guint64 value)
{
  g_ptr_array_add (argv, g_strdup (option));
  g_ptr_array_add (argv, g_strdup_printf ("%" G_GUINT64_FORMAT, value));
}

static void
push_spec (GPtrArray *argv, const DioJobSpec *spec)
{
  g_autofree char *size = spec->width_px && spec->height_px
                              ? g_strdup_printf ("%ux%u", spec->width_px, spec->height_px)
                              : NULL;

  push (argv, "--output", spec->output);
  push (argv, "--assets", spec->scenario_folder);
  push (argv, "--size", size);
  push (argv, "--channels", spec->channels);
  push (argv, "--sensors", spec->sensors);
  push_number (argv, "--seed", spec->seed);
  push_number (argv, "--first", spec->first);
  push_number (argv, "--frames", spec->count);
  if (spec->frame_timeout_ms > 0)
    push_number (argv, "--timeout", (spec->frame_timeout_ms + 999) / 1000);
  if (spec->recycle_bytes < 0)
    push (argv, "--recycle", "never");
  else if (spec->recycle_bytes > 0)
    push_number (argv, "--recycle", (guint64) MAX (spec->recycle_bytes >> 20, 64));
}

static char **
dup_command (const DioQueueJob *job, const DioJobSpec *spec, DioOutputKind kind)
{
  GPtrArray *argv = g_ptr_array_new ();

  g_ptr_array_add (argv, g_strdup (job->context->engine_path));
  if (kind == DIO_OUTPUT_OURS) {
    push (argv, "resume", spec->output);
  } else {
    push (argv, "render", job->snapshot);
    push_spec (argv, spec);
  }
  if (spec->workers > 0)
    push_number (argv, "--workers", spec->workers);
  g_ptr_array_add (argv, g_strdup ("--progress=json"));
  g_ptr_array_add (argv, NULL);
  return (char **) g_ptr_array_free (argv, FALSE);
}

static gboolean
write_snapshot (DioQueueJob *job, const char *text, GError **error)
{
  job->snapshot = g_strdup_printf ("%s.job-%" G_GINT64_FORMAT ".diorama",
                                   dio_catalog_get_path (job->context->catalog), job->id);
  return dio_path_write_atomic (job->snapshot, text, strlen (text), error);
}

static void
listen (DioQueueJob *job)
{
  job->watch = g_child_watch_add (job->process.pid, gone_cb, job);
  job->output_source =
      g_unix_fd_add (job->process.output_fd, G_IO_IN | G_IO_HUP | G_IO_ERR, output_cb, job);
  job->text_source =
      g_unix_fd_add (job->process.text_fd, G_IO_IN | G_IO_HUP | G_IO_ERR, text_cb, job);
}

/* The process stands at its barrier until the catalog says RUNNING. */
static gboolean
launch (DioQueueJob *job, const DioJobSpec *spec, DioOutputKind kind, GError **error)
{
  g_auto (GStrv) argv = dup_command (job, spec, kind);

  if (!dio_supervisor_process_start (&job->process, argv, job->context->lock_fd, error))
    return FALSE;
  DioJobProcess process = { job->process.pid, job->process.start, job->context->boot };
  if (!dio_catalog_start_job (job->context->catalog, job->id, &process, error)) {
    dio_supervisor_process_abandon (&job->process);
    return FALSE;
  }
  listen (job);
  g_autofree char *line = g_strdup_printf (
      "%s by process %d", kind == DIO_OUTPUT_OURS ? "Continued" : "Started", job->process.pid);
  add_log (job, "queue", line);
  /* One that is gone already is noticed by its watch. */
  dio_supervisor_process_release (&job->process, NULL);
  return TRUE;
}

static DioQueueJob *
job_new (const DioQueueContext *context, const DioCatalogJob *row)
{
  DioQueueJob *job = g_new0 (DioQueueJob, 1);

  job->context = context;
  job->id = row->id;
  job->output = g_strdup (row->spec.output);
  job->process = (DioSupervisorProcess){ .barrier_fd = -1, .output_fd = -1, .text_fd = -1 };
  job->progress = (DioJobProgress){ .newest_frame = -1, .total = row->spec.count };
  job->log = g_array_new (FALSE, FALSE, sizeof (DioCatalogLogRow));
  return job;
}

/* Nothing that trying again at once would change. */
static void
give_up (const DioQueueJob *job, const char *message, GError **error)
{
  g_autoptr (GError) trouble = NULL;

  if (!dio_catalog_fail_queued (job->context->catalog, job->id, message, &trouble)
      && !g_error_matches (trouble, DIO_ERROR, DIO_ERROR_INVALID))
    g_propagate_error (error, g_steal_pointer (&trouble));
}

DioQueueJob *
dio_queue_job_start (const DioQueueContext *context, gint64 id, GError **error)
{
  g_autoptr (DioCatalogJob) row = dio_catalog_get_job (context->catalog, id, error);
  g_autoptr (DioQueueJob) job = NULL;
  g_autoptr (GError) trouble = NULL;
  DioOutputKind kind = DIO_OUTPUT_NEW;
  guint64 failed;

  if (!row)
    return NULL;
  job = job_new (context, row);
  if (!dio_queue_look_at_output (row, &kind, &trouble)
      || (kind == DIO_OUTPUT_NEW && !write_snapshot (job, row->spec.scenario, &trouble))) {
    give_up (job, trouble->message, error);
    return NULL;
  }
  job->begun = kind == DIO_OUTPUT_OURS;
  dio_queue_count_frames (job->output, &job->done_before, &failed);
  if (launch (job, &row->spec, kind, &trouble))
    return g_steal_pointer (&job);
  /* INVALID: somebody paused or cancelled it in this moment. */
  if (!g_error_matches (trouble, DIO_ERROR, DIO_ERROR_INVALID))
    g_propagate_error (error, g_steal_pointer (&trouble));
  return NULL;
}

/* -- Stopping and ending -------------------------------------------------------------------------------------- */

static void
tell_to_stop (DioQueueJob *job)
{
  if (job->gone || job->stopped_us)
    return;
  job->stopped_us = g_get_monotonic_time ();
  kill (job->process.pid, SIGTERM);
}

void
dio_queue_job_stop (DioQueueJob *job)
{
  job->leaving = TRUE;
  tell_to_stop (job);
}

static char *
dup_reason (const DioQueueJob *job, const DioJobEnd *end)
{
  if (end->kind == DIO_JOB_END_LOST)
    return g_strdup_printf ("The supervisor died of signal %d (%s) again and again",
                            WTERMSIG (job->status), g_strsignal (WTERMSIG (job->status)));
  if (end->kind == DIO_JOB_END_FAILED)
    return g_strdup (job->last_words ? job->last_words : "The engine failed without a word");
  if (end->kind != DIO_JOB_END_PARTLY)
    return NULL;
  if (job->disk_full)
    return g_strdup (job->disk_full);
  return end->failed > 0 ? g_strdup_printf (
             "%" G_GUINT64_FORMAT " frames failed; retry tries them again", end->failed)
                         : g_strdup ("It was stopped from outside; retry goes on");
}

static DioJobEndKind
get_end_kind (const DioQueueJob *job)
{
  if (WIFEXITED (job->status) && WEXITSTATUS (job->status) == EXIT_DONE)
    return DIO_JOB_END_DONE;
  if (job->leaving)
    return DIO_JOB_END_TAKEN;
  if (WIFSIGNALED (job->status))
    return DIO_JOB_END_LOST;
  return WEXITSTATUS (job->status) == EXIT_PARTLY ? DIO_JOB_END_PARTLY : DIO_JOB_END_FAILED;
}

/* FALSE where the catalog could not be told: tried again at the next tick. */
static gboolean
store_end (DioQueueJob *job, GError **error)
{
  DioJobEnd end = { .kind = get_end_kind (job), .done = job->progress.done };
  DioJobState state = DIO_JOB_QUEUED;

  end.failed = job->progress.failed;
  end.begun = dio_queue_count_frames (job->output, &end.done, &end.failed);
  end.advanced = end.done > job->done_before;
  g_autofree char *reason = dup_reason (job, &end);
  end.message = reason;
  if (!dio_catalog_end_job (job->context->catalog, job->id, &end, &state, error))
    return FALSE;
  g_autofree char *line =
      g_strdup_printf ("Now %s, %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " frames are done%s%s",
                       dio_job_state_to_name (state), end.done, job->progress.total,
                       reason ? ": " : "", reason ? reason : "");
  add_log (job, "queue", line);
  if (end.begun && !dio_catalog_add_dataset_by_folder (job->context->catalog, job->output, NULL))
    g_message ("The dataset “%s” cannot be listed", job->output);
  return TRUE;
}

static gboolean
store_progress (DioQueueJob *job, GError **error)
{
  gint64 now = g_get_monotonic_time ();

  if (!job->dirty || (!job->gone && now - job->stored_us < PROGRESS_INTERVAL_US))
    return TRUE;
  job->stored_us = now;
  if (!dio_catalog_set_progress (job->context->catalog, job->id, &job->progress, job->begun, error))
    return FALSE;
  job->dirty = FALSE;
  if (job->begun && !job->listed)
    job->listed = dio_catalog_add_dataset_by_folder (job->context->catalog, job->output, NULL) != 0;
  return TRUE;
}

static gboolean
store_log (DioQueueJob *job, GError **error)
{
  if (!dio_catalog_add_log (job->context->catalog, job->id,
                            (const DioCatalogLogRow *) job->log->data, job->log->len, error))
    return FALSE;
  clear_log (job);
  return TRUE;
}

static gboolean
obey (DioQueueJob *job, GError **error)
{
  gboolean stop = FALSE;

  if (!dio_catalog_obey (job->context->catalog, job->id, &stop, error))
    return FALSE;
  if (stop)
    tell_to_stop (job);
  return TRUE;
}

static gboolean
work (DioQueueJob *job, gboolean changed, GError **error)
{
  if (!job->gone && changed && !obey (job, error))
    return FALSE;
  if (!job->gone)
    return store_progress (job, error) && store_log (job, error);
  /* What it said last counts, too: the newest frame, the time of each stage. */
  if (!job->over && (!store_progress (job, error) || !store_end (job, error)))
    return FALSE;
  job->over = TRUE;
  return store_log (job, error);
}

void
dio_queue_job_tick (DioQueueJob *job, gboolean changed)
{
  g_autoptr (GError) error = NULL;

  if (!job->gone && job->stopped_us && g_get_monotonic_time () - job->stopped_us > STOP_LIMIT_US)
    kill (job->process.pid, SIGKILL);
  /* A catalog that is locked or on a full disk is tried again. */
  if (!work (job, changed, &error))
    g_message ("Job %" G_GINT64_FORMAT ": %s", job->id, error->message);
}
