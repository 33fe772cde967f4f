#define G_LOG_DOMAIN "dio-session"

#include "dio-session-rows-private.h"

#include "dio-label-row-private.h"

struct DioSessionRows {
  GListStore *store;
  GHashTable *by_key;      /**< guint64* in the row -> DioLabelRow*, borrowed from the store */
  GHashTable *by_instance; /**< instance -> DioLabelRow*, borrowed */
};

DioSessionRows *
dio_session_rows_new (void)
{
  DioSessionRows *rows = g_new0 (DioSessionRows, 1);
  rows->store = g_list_store_new (DIO_TYPE_LABEL_ROW);
  rows->by_key = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  rows->by_instance = g_hash_table_new (NULL, NULL);
  return rows;
}

void
dio_session_rows_free (DioSessionRows *rows)
{
  if (rows == NULL)
    return;
  g_hash_table_unref (rows->by_key);
  g_hash_table_unref (rows->by_instance);
  g_object_unref (rows->store);
  g_free (rows);
}

static void
update_row (DioSession *session,
            DioPreviewResult *result,
            DioLabelRow *row,
            const DioAnnotation *annotation)
{
  DioLabelRowState state = { .result = result, .annotation = annotation };
  state.verdict = dio_session_judge (session, annotation, &state.reason);
  dio_label_row_update (row, &state);
}

/* Objects that are no longer there; the table keeps its other rows where they are. */
static void
remove_gone (DioSessionRows *rows, GHashTable *seen)
{
  GListModel *model = G_LIST_MODEL (rows->store);
  for (guint i = g_list_model_get_n_items (model); i-- > 0;) {
    g_autoptr (DioLabelRow) row = g_list_model_get_item (model, i);
    if (g_hash_table_contains (seen, row))
      continue;
    guint64 key = dio_label_row_get_object_key (row);
    g_hash_table_remove (rows->by_key, &key);
    g_list_store_remove (rows->store, i);
  }
}

void
dio_session_rows_update (DioSessionRows *rows, DioSession *session, DioPreviewResult *result)
{
  const GArray *annotations = result != NULL ? result->annotations.annotations : NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) added = g_ptr_array_new_with_free_func (g_object_unref);
  g_hash_table_remove_all (rows->by_instance);
  for (guint i = 0; annotations != NULL && i < annotations->len; i++) {
    const DioAnnotation *annotation = &g_array_index (annotations, DioAnnotation, i);
    guint64 key = annotation->object_key;
    DioLabelRow *row = g_hash_table_lookup (rows->by_key, &key);
    if (row == NULL) {
      row = dio_label_row_new (key);
      g_ptr_array_add (added, row);
      g_hash_table_insert (rows->by_key, g_memdup2 (&key, sizeof key), row);
    }
    update_row (session, result, row, annotation);
    g_hash_table_add (seen, row);
    g_hash_table_insert (rows->by_instance, GUINT_TO_POINTER (annotation->instance), row);
  }
  remove_gone (rows, seen);
  if (added->len > 0)
    g_list_store_splice (rows->store, g_list_model_get_n_items (G_LIST_MODEL (rows->store)), 0,
                         added->pdata, added->len);
}

void
dio_session_rows_judge (DioSessionRows *rows, DioSession *session)
{
  DioPreviewResult *result = session->result;
  const GArray *annotations = result != NULL ? result->annotations.annotations : NULL;
  for (guint i = 0; annotations != NULL && i < annotations->len; i++) {
    const DioAnnotation *annotation = &g_array_index (annotations, DioAnnotation, i);
    DioLabelRow *row = dio_session_rows_find (rows, annotation->instance);
    const char *reason = "";
    DioVerdict verdict = dio_session_judge (session, annotation, &reason);
    if (row != NULL)
      dio_label_row_set_verdict (row, verdict, reason);
  }
}

GListModel *
dio_session_rows_get_model (DioSessionRows *rows)
{
  return G_LIST_MODEL (rows->store);
}

DioLabelRow *
dio_session_rows_find (DioSessionRows *rows, guint instance)
{
  return g_hash_table_lookup (rows->by_instance, GUINT_TO_POINTER (instance));
}
