#define G_LOG_DOMAIN "dio-desk"

#include "dio-desk-query.h"

#include <gio/gio.h>

static void
query_free (gpointer data)
{
  DioDeskQuery *query = data;
  dio_review_filter_clear (&query->filter);
  g_atomic_rc_box_release (query->newest);
  g_free (query);
}

void
dio_desk_answer_free (DioDeskAnswer *answer)
{
  if (answer == NULL)
    return;
  g_clear_pointer (&answer->list, dio_review_list_unref);
  g_clear_pointer (&answer->facets, dio_review_facets_free);
  g_clear_pointer (&answer->table, dio_review_table_unref);
  g_free (answer);
}

/* An audit stays the same sample whatever is decided meanwhile. */
static void
forget_decisions (DioReviewFilter *filter)
{
  filter->states = 0;
  filter->stale_only = FALSE;
  g_clear_pointer (&filter->reasons, g_strfreev);
  g_clear_pointer (&filter->tags, g_strfreev);
  g_clear_pointer (&filter->reviewers, g_strfreev);
}

static DioReviewList *
make_list (const DioDeskClerk *clerk, DioDeskQuery *query)
{
  DioReviewFilter *filter = &query->filter;
  // Pictures alone have no facts to filter or draw by.
  if (clerk->verdicts == NULL)
    return dio_review_list_new (clerk->table, NULL, query->unit, NULL, NULL);
  switch (query->queue) {
  case DIO_DESK_QUEUE_FAILED:
    filter->checks = DIO_REVIEW_CHECKS_FAILED;
    break;
  case DIO_DESK_QUEUE_OUTLIERS:
    return dio_review_sample_outliers (clerk->table, clerk->verdicts, query->unit, filter,
                                       query->n);
  case DIO_DESK_QUEUE_AUDIT:
    forget_decisions (filter);
    return dio_review_sample_random (clerk->table, clerk->verdicts, query->unit, filter, query->n,
                                     query->seed);
  case DIO_DESK_QUEUE_ALL:
  case DIO_DESK_N_QUEUES:
    break;
  }
  return dio_review_list_new (clerk->table, clerk->verdicts, query->unit, filter, &query->sort);
}

static void
ask_errand (GTask *task, DioDeskClerk *clerk)
{
  DioDeskQuery *query = g_task_get_task_data (task);
  if (clerk->table == NULL || g_atomic_int_get (query->newest) != query->number) {
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Overtaken");
    return;
  }
  DioDeskAnswer *answer = g_new0 (DioDeskAnswer, 1);
  answer->table = dio_review_table_ref (clerk->table);
  if (clerk->verdicts != NULL)
    answer->facets =
        dio_review_facets_new (clerk->table, clerk->verdicts, query->unit, &query->filter);
  if (query->with_list)
    answer->list = make_list (clerk, query);
  g_task_return_pointer (task, answer, (GDestroyNotify) dio_desk_answer_free);
}

void
dio_desk_query_ask_async (DioDeskQuery *query,
                          DioDeskData *data,
                          gint *newest,
                          GAsyncReadyCallback callback,
                          gpointer user)
{
  DioDeskQuery *own = g_new (DioDeskQuery, 1);
  *own = *query;
  own->newest = g_atomic_rc_box_acquire (newest);
  own->number = g_atomic_int_add (newest, 1) + 1;
  GTask *task = g_task_new (data, NULL, callback, user);
  g_task_set_task_data (task, own, query_free);
  dio_desk_data_run (data, task, ask_errand);
}

DioDeskAnswer *
dio_desk_query_ask_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
