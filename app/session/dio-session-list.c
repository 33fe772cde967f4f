#define G_LOG_DOMAIN "dio-session"

#include "dio-session-list-private.h"

/* Takes away what is not wanted any more, so that what is left differs from @wanted by additions and moves only. */
static void
remove_unwanted (GListStore *store, const GPtrArray *wanted)
{
  g_autoptr (GHashTable) kept = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < wanted->len; i++)
    g_hash_table_add (kept, g_ptr_array_index (wanted, i));
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (store)); i-- > 0;) {
    g_autoptr (GObject) item = g_list_model_get_object (G_LIST_MODEL (store), i);
    if (!g_hash_table_contains (kept, item))
      g_list_store_remove (store, i);
  }
}

static gboolean
is_item_at (GListStore *store, guint position, gpointer wanted)
{
  g_autoptr (GObject) item = g_list_model_get_object (G_LIST_MODEL (store), position);
  return (gpointer) item == wanted;
}

void
dio_list_apply (GListStore *store, const GPtrArray *wanted)
{
  GListModel *model = G_LIST_MODEL (store);
  guint n = g_list_model_get_n_items (model), same = 0;
  while (same < MIN (n, wanted->len) && is_item_at (store, same, wanted->pdata[same]))
    same++;
  if (same == n && same == wanted->len)
    return;
  remove_unwanted (store, wanted);
  n = g_list_model_get_n_items (model);
  guint start = 0, end = 0;
  while (start < MIN (n, wanted->len) && is_item_at (store, start, wanted->pdata[start]))
    start++;
  while (end < MIN (n, wanted->len) - start
         && is_item_at (store, n - 1 - end, wanted->pdata[wanted->len - 1 - end]))
    end++;
  if (start + end < MAX (n, wanted->len))
    g_list_store_splice (store, start, n - start - end, wanted->pdata + start,
                         wanted->len - start - end);
}
