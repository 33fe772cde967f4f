#pragma once
/* Thread: main, but the errand. What is to be listed, and what came of it. */

#include "dio-desk-data.h"

G_BEGIN_DECLS

/** Which rows are offered, before the filter. */
typedef enum {
  DIO_DESK_QUEUE_ALL,
  DIO_DESK_QUEUE_FAILED,
  DIO_DESK_QUEUE_OUTLIERS,
  DIO_DESK_QUEUE_AUDIT, /**< a random sample */
  DIO_DESK_N_QUEUES,
} DioDeskQueue;

typedef struct {
  DioReviewUnit unit;
  DioReviewFilter filter; /**< owned */
  DioReviewSort sort;
  DioDeskQueue queue;
  guint n; /**< of outliers or of the audit */
  guint64 seed;
  /** FALSE: counts alone, for the list stays while decisions are made. */
  gboolean with_list;
  gint *
      newest; /**< atomic rc box: the number of the newest query; an older one is not worth the work */
  gint number;
} DioDeskQuery;

typedef struct {
  DioReviewList *list;     /**< (nullable) */
  DioReviewFacets *facets; /**< (nullable) while objects are not loaded */
  DioReviewTable *table;
} DioDeskAnswer;

/** Asks the clerk; takes what is in @query, whose @newest and @number it sets from @newest. The callback's source is @data. Error CANCELLED (G_IO_ERROR) for a query that another one overtook. */
void dio_desk_query_ask_async (DioDeskQuery *query,
                               DioDeskData *data,
                               gint *newest,
                               GAsyncReadyCallback callback,
                               gpointer user);
DioDeskAnswer *dio_desk_query_ask_finish (GAsyncResult *result,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
void dio_desk_answer_free (DioDeskAnswer *answer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioDeskAnswer, dio_desk_answer_free)

G_END_DECLS
