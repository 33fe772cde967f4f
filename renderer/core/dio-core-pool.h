#pragma once
/* Thread: the pool's owner calls run; the function is called on the pool's threads and on the caller's. */

#include <glib.h>

G_BEGIN_DECLS

/** A fixed set of threads that share the iterations of one loop at a time. */
typedef struct DioPool DioPool;

/** Called once for every index in [0, n); @thread is in [0, dio_pool_get_threads) and unique while it runs. */
typedef void (*DioPoolFunc) (guint index, guint thread, gpointer data);

/** @n_threads: 0 = one per online core; 1 = no threads at all, everything runs on the caller. */
DioPool *dio_pool_new (guint n_threads) G_GNUC_WARN_UNUSED_RESULT;
void dio_pool_free (DioPool *pool);
guint dio_pool_get_threads (const DioPool *pool);
/** Runs @func for every index and returns when all are done. Indices are handed out in order, one at a
 * time; results must not depend on which thread ran one. Not re-entrant. */
void dio_pool_run (DioPool *pool, guint n, DioPoolFunc func, gpointer data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioPool, dio_pool_free)

G_END_DECLS
