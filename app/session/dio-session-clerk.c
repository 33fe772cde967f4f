#define G_LOG_DOMAIN "dio-session"

#include "dio-session-clerk-private.h"

#include "dio-base-path.h"
#include "dio-core-error.h"
#include "dio-queue.h"

#include <string.h>

/* The thread waits for errands, and between them looks whether anybody changed the catalog: often while a job runs,
 * seldom otherwise. What it reads goes to the main context as a whole; there it is compared with what is shown. */

#define POLL_ACTIVE_US (G_USEC_PER_SEC / 4)
#define POLL_IDLE_US G_USEC_PER_SEC
/* A catalog that cannot be opened is tried again after so long. */
#define RETRY_US (5 * G_USEC_PER_SEC)

typedef struct {
  GTask *task; /**< NULL: the end */
  DioErrandFunc func;
  gboolean wake_queue;
} Errand;

/* What stands between thread and main context; outlives the clerk as long as news is under way. */
typedef struct {
  gatomicrefcount refs;
  gboolean closed; /**< main context only: nobody wants to be told */
  DioClerkObserver observer;
} Mailbox;

struct DioClerk {
  GThread *thread;
  GAsyncQueue *errands;
  GMainContext *context;
  Mailbox *mailbox;
  char *catalog_path, *engine_path;
  /* The thread's own. */
  DioCatalog *catalog;
  gint64 retry_at_us;
  gboolean active; /**< a supervisor works on some job */
};

static Mailbox *
mailbox_ref (Mailbox *mailbox)
{
  g_atomic_ref_count_inc (&mailbox->refs);
  return mailbox;
}

static void
mailbox_unref (Mailbox *mailbox)
{
  if (g_atomic_ref_count_dec (&mailbox->refs))
    g_free (mailbox);
}

/* -- Letters to the main context ------------------------------------------------------------------------------------- */

typedef struct {
  Mailbox *mailbox;
  DioCatalogNews news;
  char *notice; /**< instead of news */
} Letter;

static void
letter_free (gpointer data)
{
  Letter *letter = data;
  mailbox_unref (letter->mailbox);
  g_clear_pointer (&letter->news.jobs, g_ptr_array_unref);
  g_clear_pointer (&letter->news.free_bytes, g_array_unref);
  g_clear_pointer (&letter->news.datasets, g_ptr_array_unref);
  g_free (letter->notice);
  g_free (letter);
}

static gboolean
letter_cb (gpointer data)
{
  Letter *letter = data;
  const Mailbox *mailbox = letter->mailbox;
  if (!mailbox->closed && letter->notice != NULL)
    mailbox->observer.notice (letter->notice, mailbox->observer.user);
  else if (!mailbox->closed)
    mailbox->observer.news (&letter->news, mailbox->observer.user);
  return G_SOURCE_REMOVE;
}

static void
post (DioClerk *clerk, Letter *letter)
{
  letter->mailbox = mailbox_ref (clerk->mailbox);
  /* A source of its own: g_main_context_invoke could run it here while the main loop is not running. */
  g_autoptr (GSource) source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, letter_cb, letter, letter_free);
  g_source_attach (source, clerk->context);
}

static void
post_notice (DioClerk *clerk, const char *text)
{
  Letter *letter = g_new0 (Letter, 1);
  letter->notice = g_strdup (text);
  post (clerk, letter);
}

/* -- The thread ------------------------------------------------------------------------------------------------------ */

static gboolean
ensure_open (DioClerk *clerk, GError **error)
{
  if (clerk->catalog != NULL)
    return TRUE;
  g_autofree char *notice = NULL;
  clerk->catalog = dio_catalog_open (clerk->catalog_path, &notice, error);
  if (notice != NULL)
    post_notice (clerk, notice);
  return clerk->catalog != NULL;
}

static gboolean
read_news (DioClerk *clerk, DioCatalogNews *news, GError **error)
{
  news->jobs = dio_catalog_list_jobs (clerk->catalog, error);
  news->datasets = news->jobs != NULL ? dio_catalog_list_datasets (clerk->catalog, error) : NULL;
  if (news->datasets == NULL)
    return FALSE;
  news->free_bytes = g_array_new (FALSE, TRUE, sizeof (guint64));
  clerk->active = FALSE;
  for (guint i = 0; i < news->jobs->len; i++) {
    const DioCatalogJob *job = g_ptr_array_index (news->jobs, i);
    gboolean active = dio_job_state_is_active (job->state);
    guint64 bytes = active ? dio_path_get_free_bytes (job->spec.output) : 0;
    g_array_append_val (news->free_bytes, bytes);
    clerk->active = clerk->active || active || job->state == DIO_JOB_QUEUED;
  }
  return TRUE;
}

/* Tells what is new. A catalog that was moved away is opened again at the next look. */
static void
look (DioClerk *clerk)
{
  g_autoptr (GError) error = NULL;
  gint64 now_us = g_get_monotonic_time ();
  if (clerk->catalog == NULL && now_us < clerk->retry_at_us)
    return;
  gboolean changed = FALSE;
  if (!ensure_open (clerk, &error)) {
    if (clerk->retry_at_us == 0)
      post_notice (clerk, error->message);
    clerk->retry_at_us = now_us + RETRY_US;
    return;
  }
  clerk->retry_at_us = 0;
  if (!dio_catalog_has_changed (clerk->catalog, &changed, &error)) {
    g_debug ("the catalog is opened again: %s", error->message);
    g_clear_pointer (&clerk->catalog, dio_catalog_close);
    return;
  }
  if (!changed)
    return;
  Letter *letter = g_new0 (Letter, 1);
  if (!read_news (clerk, &letter->news, &error)) {
    g_debug ("the catalog cannot be read: %s", error->message);
    g_clear_pointer (&clerk->catalog, dio_catalog_close);
  }
  if (letter->news.free_bytes != NULL)
    post (clerk, letter);
  else {
    letter->mailbox = mailbox_ref (clerk->mailbox);
    letter_free (letter);
  }
}

static void
do_errand (DioClerk *clerk, Errand *errand)
{
  GError *error = NULL;
  gboolean done = ensure_open (clerk, &error)
                  && errand->func (clerk->catalog, g_task_get_task_data (errand->task), &error);
  /* News first, so that who asked finds the lists as it left them. */
  look (clerk);
  if (done && errand->wake_queue)
    done = dio_queue_ensure_running (clerk->engine_path, clerk->catalog_path, &error);
  if (done)
    g_task_return_boolean (errand->task, TRUE);
  else
    g_task_return_error (errand->task, error);
}

/* Jobs that wait, or whose queue process was killed, go on when the studio starts. */
static void
wake_queue (DioClerk *clerk)
{
  g_autoptr (GError) error = NULL;
  if (clerk->active && !dio_queue_ensure_running (clerk->engine_path, clerk->catalog_path, &error))
    g_info ("the queue does not start: %s", error->message);
}

static gpointer
thread_func (gpointer data)
{
  DioClerk *clerk = data;
  gboolean ended = FALSE;
  look (clerk);
  wake_queue (clerk);
  while (!ended) {
    guint64 wait_us = clerk->active ? POLL_ACTIVE_US : POLL_IDLE_US;
    Errand *errand = g_async_queue_timeout_pop (clerk->errands, wait_us);
    if (errand == NULL) {
      look (clerk);
      continue;
    }
    ended = errand->task == NULL;
    if (!ended)
      do_errand (clerk, errand);
    g_clear_object (&errand->task);
    g_free (errand);
  }
  g_clear_pointer (&clerk->catalog, dio_catalog_close);
  return NULL;
}

/* -- The main thread ------------------------------------------------------------------------------------------------- */

DioClerk *
dio_clerk_new (const char *catalog_path, const char *engine_path, const DioClerkObserver *observer)
{
  DioClerk *clerk = g_new0 (DioClerk, 1);
  clerk->errands = g_async_queue_new ();
  clerk->context = g_main_context_ref_thread_default ();
  clerk->mailbox = g_new0 (Mailbox, 1);
  g_atomic_ref_count_init (&clerk->mailbox->refs);
  clerk->mailbox->observer = *observer;
  clerk->catalog_path = g_strdup (catalog_path);
  clerk->engine_path = g_strdup (engine_path);
  clerk->thread = g_thread_new ("catalog", thread_func, clerk);
  return clerk;
}

void
dio_clerk_free (DioClerk *clerk)
{
  if (clerk == NULL)
    return;
  clerk->mailbox->closed = TRUE;
  g_async_queue_push (clerk->errands, g_new0 (Errand, 1));
  g_thread_join (clerk->thread);
  g_async_queue_unref (clerk->errands);
  g_main_context_unref (clerk->context);
  mailbox_unref (clerk->mailbox);
  g_free (clerk->catalog_path);
  g_free (clerk->engine_path);
  g_free (clerk);
}

void
dio_clerk_send (DioClerk *clerk, GTask *task, DioErrandFunc func, gboolean wake_queue)
{
  Errand *errand = g_new0 (Errand, 1);
  errand->task = task;
  errand->func = func;
  errand->wake_queue = wake_queue;
  g_async_queue_push (clerk->errands, errand);
}
