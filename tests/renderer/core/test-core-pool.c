#include "dio-core-pool.h"

#include <stdatomic.h>

#define MAX_ITEMS 5000

typedef struct {
  atomic_uint visits[MAX_ITEMS];
  atomic_uint inside[16]; /**< who is inside the function, by thread number */
  guint n_threads;
  GThread *caller;
} Record;

static void
visit_cb (guint index, guint thread, gpointer data)
{
  Record *record = data;
  g_assert_cmpuint (thread, <, record->n_threads);
  g_assert_cmpuint (atomic_fetch_add (&record->inside[thread], 1), ==, 0);
  atomic_fetch_add (&record->visits[index], 1);
  atomic_fetch_sub (&record->inside[thread], 1);
}

static void
test_every_index_once (void)
{
  static const guint counts[] = { 0, 1, 2, 3, 100, MAX_ITEMS };
  for (guint threads = 1; threads <= 8; threads++) {
    g_autoptr (DioPool) pool = dio_pool_new (threads);
    for (guint c = 0; c < G_N_ELEMENTS (counts); c++) {
      g_autofree Record *record = g_new0 (Record, 1);
      record->n_threads = dio_pool_get_threads (pool);
      dio_pool_run (pool, counts[c], visit_cb, record);
      for (guint i = 0; i < MAX_ITEMS; i++)
        g_assert_cmpuint (atomic_load (&record->visits[i]), ==, i < counts[c] ? 1 : 0);
    }
  }
}

/* Thousands of short loops, one right after the other: a lost wake-up would hang, a late worker of one
 * loop would disturb the next. */
static void
test_many_short_runs (void)
{
  g_autoptr (DioPool) pool = dio_pool_new (4);
  g_autofree Record *record = g_new0 (Record, 1);
  record->n_threads = dio_pool_get_threads (pool);
  for (guint run = 0; run < 5000; run++)
    dio_pool_run (pool, 3, visit_cb, record);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (atomic_load (&record->visits[i]), ==, 5000);
}

static void
check_thread_cb (guint index, guint thread, gpointer data)
{
  Record *record = data;
  g_assert_cmpuint (thread, ==, 0);
  g_assert_true (g_thread_self () == record->caller);
  /* In order, as one thread must. */
  g_assert_cmpuint (atomic_fetch_add (&record->visits[0], 1), ==, index);
}

static void
test_one_thread_runs_inline (void)
{
  g_autoptr (DioPool) pool = dio_pool_new (1);
  g_autofree Record *record = g_new0 (Record, 1);
  record->caller = g_thread_self ();
  g_assert_cmpuint (dio_pool_get_threads (pool), ==, 1);
  dio_pool_run (pool, 100, check_thread_cb, record);
  g_assert_cmpuint (atomic_load (&record->visits[0]), ==, 100);
}

/* Waits until another thread is inside too. */
static void
meet_cb (guint index, guint thread, gpointer data)
{
  Record *record = data;
  atomic_fetch_add (&record->visits[0], 1);
  gint64 deadline = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;
  while (atomic_load (&record->visits[0]) < 2) {
    g_assert_cmpint (g_get_monotonic_time (), <, deadline);
    g_thread_yield ();
  }
}

static void
test_threads_run_together (void)
{
  g_autoptr (DioPool) pool = dio_pool_new (2);
  g_autofree Record *record = g_new0 (Record, 1);
  g_assert_cmpuint (dio_pool_get_threads (pool), ==, 2);
  dio_pool_run (pool, 2, meet_cb, record);
}

static void
test_default_and_unused (void)
{
  g_autoptr (DioPool) pool = dio_pool_new (0);
  g_assert_cmpuint (dio_pool_get_threads (pool), ==, g_get_num_processors ());
  dio_pool_free (NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/pool/every-index-once", test_every_index_once);
  g_test_add_func ("/core/pool/many-short-runs", test_many_short_runs);
  g_test_add_func ("/core/pool/one-thread-runs-inline", test_one_thread_runs_inline);
  g_test_add_func ("/core/pool/threads-run-together", test_threads_run_together);
  g_test_add_func ("/core/pool/default-and-unused", test_default_and_unused);
  return g_test_run ();
}
