#define G_LOG_DOMAIN "dio-core"

#include "dio-core-pool.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>

/* More would only be a slip of the caller's. */
#define MAX_THREADS 1024

typedef struct {
  DioPool *pool;
  guint thread;
  GThread *handle;
} Worker;

struct DioPool {
  guint n_threads; /**< with the caller, who is thread 0 */
  Worker *workers; /**< n_threads - 1 of them */

  /* Guards round, n_busy and quit; the loop's fields are set before round moves. pthread rather than
   * GMutex, whose futex calls ThreadSanitizer cannot see. */
  pthread_mutex_t mutex;
  pthread_cond_t start;
  pthread_cond_t finished;
  guint round;  /**< counts runs; a worker that sees a new number takes part */
  guint n_busy; /**< workers that have not finished this round */
  gboolean quit;

  guint n;
  DioPoolFunc func;
  gpointer data;
  atomic_uint_least64_t next; /**< 64 bits: every thread overshoots n once */
};

static void
run_share (DioPool *pool, guint thread)
{
  for (;;) {
    uint64_t index = atomic_fetch_add (&pool->next, 1);
    if (index >= pool->n)
      return;
    pool->func ((guint) index, thread, pool->data);
  }
}

static gpointer
worker_main_cb (gpointer data)
{
  Worker *worker = data;
  DioPool *pool = worker->pool;
  guint seen = 0;

  pthread_mutex_lock (&pool->mutex);
  for (;;) {
    while (pool->round == seen && !pool->quit)
      pthread_cond_wait (&pool->start, &pool->mutex);
    if (pool->quit)
      break;
    seen = pool->round;
    pthread_mutex_unlock (&pool->mutex);
    run_share (pool, worker->thread);
    pthread_mutex_lock (&pool->mutex);
    if (--pool->n_busy == 0)
      pthread_cond_signal (&pool->finished);
  }
  pthread_mutex_unlock (&pool->mutex);
  return NULL;
}

DioPool *
dio_pool_new (guint n_threads)
{
  if (n_threads == 0)
    n_threads = g_get_num_processors ();
  n_threads = MIN (n_threads, MAX_THREADS);

  DioPool *pool = g_new0 (DioPool, 1);
  pthread_mutex_init (&pool->mutex, NULL);
  pthread_cond_init (&pool->start, NULL);
  pthread_cond_init (&pool->finished, NULL);
  pool->n_threads = 1;
  pool->workers = g_new0 (Worker, n_threads);
  for (guint i = 1; i < n_threads; i++) {
    Worker *worker = &pool->workers[i - 1];
    worker->pool = pool;
    worker->thread = i;
    worker->handle = g_thread_try_new ("dio-pool", worker_main_cb, worker, NULL);
    /* A machine that gives no more threads still gets its work done, by fewer. */
    if (!worker->handle)
      break;
    pool->n_threads++;
  }
  return pool;
}

void
dio_pool_free (DioPool *pool)
{
  if (!pool)
    return;
  pthread_mutex_lock (&pool->mutex);
  pool->quit = TRUE;
  pthread_cond_broadcast (&pool->start);
  pthread_mutex_unlock (&pool->mutex);
  for (guint i = 1; i < pool->n_threads; i++)
    g_thread_join (pool->workers[i - 1].handle);
  pthread_cond_destroy (&pool->start);
  pthread_cond_destroy (&pool->finished);
  pthread_mutex_destroy (&pool->mutex);
  g_free (pool->workers);
  g_free (pool);
}

guint
dio_pool_get_threads (const DioPool *pool)
{
  g_return_val_if_fail (pool != NULL, 1);
  return pool->n_threads;
}

void
dio_pool_run (DioPool *pool, guint n, DioPoolFunc func, gpointer data)
{
  g_return_if_fail (pool != NULL);
  g_return_if_fail (func != NULL);

  if (n == 0)
    return;
  if (pool->n_threads == 1 || n == 1) { /* waking a thread costs more than one iteration */
    for (guint i = 0; i < n; i++)
      func (i, 0, data);
    return;
  }
  pthread_mutex_lock (&pool->mutex);
  g_assert (pool->n_busy == 0); /* not re-entrant */
  pool->n = n;
  pool->func = func;
  pool->data = data;
  atomic_store (&pool->next, 0);
  pool->n_busy = pool->n_threads - 1;
  pool->round++;
  pthread_cond_broadcast (&pool->start);
  pthread_mutex_unlock (&pool->mutex);

  run_share (pool, 0);

  pthread_mutex_lock (&pool->mutex);
  while (pool->n_busy > 0)
    pthread_cond_wait (&pool->finished, &pool->mutex);
  pthread_mutex_unlock (&pool->mutex);
}
