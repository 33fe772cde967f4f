/* All logs merged: who said what about which item, and what counts.
 *
 * Invariants:
 *  1. Actions and entries are only ever added; an undo makes an action inactive, an undo of the undo active again.
 *  2. Of an item, the active entry with the highest id of its action counts; ids are times. Of equal ones, that of the later name.
 *  3. states and stale say for every row of the table what the item's current entry says, 0 where there is none. */
#define G_LOG_DOMAIN "dio-review"

#include "dio-review-table-private.h"
#include "dio-review-verdicts-private.h"

#include <string.h>

static guint
key_hash_cb (gconstpointer data)
{
  const DioReviewKey *key = data;
  guint64 hash = dio_review_mix ((guint64) key->run, (guint64) key->index << 32 | key->take);

  hash = dio_review_mix (hash, g_str_hash (key->sensor));
  hash = dio_review_mix (hash, key->has_object ? key->object_key : 0);
  return (guint) hash;
}

static gboolean
key_equal_cb (gconstpointer a, gconstpointer b)
{
  const DioReviewKey *x = a, *y = b;

  return x->run == y->run && x->index == y->index && x->take == y->take
         && x->has_object == y->has_object && (!x->has_object || x->object_key == y->object_key)
         && strcmp (x->sensor, y->sensor) == 0;
}

static void
item_free_cb (gpointer data)
{
  DioReviewedItem *item = data;

  g_ptr_array_unref (item->entries);
  g_free (item);
}

static void
action_free_cb (gpointer data)
{
  DioStoredAction *action = data;

  for (guint i = 0; i < action->n_entries; i++) {
    g_ref_string_release ((char *) action->entries[i].key.sensor);
    g_ref_string_release (action->entries[i].reason);
    g_ref_string_release (action->entries[i].comment);
    g_ref_string_release (action->entries[i].tags);
  }
  g_free (action->entries);
  g_free (action);
}

static void
author_free_cb (gpointer data)
{
  DioAuthor *author = data;

  g_hash_table_unref (author->ids);
  g_ptr_array_unref (author->actions);
  g_free (author->reviewer);
  g_free (author);
}

void
dio_review_merge_init (DioReviewMerge *merge)
{
  merge->authors = g_ptr_array_new_with_free_func (author_free_cb);
  merge->items = g_hash_table_new_full (key_hash_cb, key_equal_cb, NULL, item_free_cb);
  for (guint unit = 0; unit < DIO_REVIEW_N_UNITS; unit++)
    merge->by_row[unit] = g_hash_table_new (NULL, NULL);
}

void
dio_review_merge_clear (DioReviewMerge *merge)
{
  for (guint unit = 0; unit < DIO_REVIEW_N_UNITS; unit++) {
    g_hash_table_unref (merge->by_row[unit]);
    g_free (merge->states[unit]);
    g_free (merge->stale[unit]);
  }
  g_hash_table_unref (merge->items);
  g_ptr_array_unref (merge->authors);
  dio_review_table_unref (merge->table);
}

DioAuthor *
dio_review_merge_get_author (DioReviewMerge *merge, const char *reviewer)
{
  for (guint i = 0; i < merge->authors->len; i++) {
    DioAuthor *author = merge->authors->pdata[i];
    if (g_str_equal (author->reviewer, reviewer))
      return author;
  }
  DioAuthor *author = g_new0 (DioAuthor, 1);
  author->reviewer = g_strdup (reviewer);
  author->actions = g_ptr_array_new_with_free_func (action_free_cb);
  author->ids = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_ptr_array_add (merge->authors, author);
  return author;
}

DioStoredAction *
dio_review_merge_find (DioAuthor *author, gint64 id)
{
  return g_hash_table_lookup (author->ids, &id);
}

static char *
intern (const char *text)
{
  return g_ref_string_new_intern (text ? text : "");
}

static void
add_to_item (DioReviewMerge *merge, DioStoredEntry *entry)
{
  DioReviewedItem *item = g_hash_table_lookup (merge->items, &entry->key);

  if (!item) {
    item = g_new0 (DioReviewedItem, 1);
    item->key = &entry->key;
    item->entries = g_ptr_array_new ();
    item->row = -1;
    g_hash_table_insert (merge->items, &entry->key, item);
  }
  g_ptr_array_add (item->entries, entry);
}

DioStoredAction *
dio_review_merge_add (DioReviewMerge *merge, DioAuthor *author, const DioReviewAction *action)
{
  if (dio_review_merge_find (author, action->id))
    return NULL;
  DioStoredAction *stored = g_new0 (DioStoredAction, 1);
  stored->id = action->id;
  stored->undoes = action->undoes;
  stored->active = TRUE;
  stored->author = author;
  stored->n_entries = action->entries ? action->entries->len : 0;
  stored->entries = g_new0 (DioStoredEntry, stored->n_entries + 1);
  for (guint i = 0; i < stored->n_entries; i++) {
    const DioReviewEntry *from = &g_array_index (action->entries, DioReviewEntry, i);
    DioStoredEntry *entry = &stored->entries[i];
    entry->key = from->key;
    entry->key.sensor = intern (from->key.sensor);
    entry->label_hash = from->label_hash;
    entry->state = from->state;
    entry->reason = intern (from->reason);
    entry->comment = intern (from->comment);
    entry->tags = intern (from->tags);
    entry->action = stored;
    add_to_item (merge, entry);
  }
  g_ptr_array_add (author->actions, stored);
  g_hash_table_insert (author->ids, &stored->id, stored);
  return stored;
}

static int
compare_actions_cb (gconstpointer a, gconstpointer b)
{
  const DioStoredAction *x = *(DioStoredAction *const *) a, *y = *(DioStoredAction *const *) b;

  return x->id < y->id ? -1 : x->id > y->id;
}

/* An undo is later than what it undoes: from the last to the first, each knows its fate when it is reached. */
void
dio_review_merge_settle (DioAuthor *author)
{
  GPtrArray *actions = author->actions;

  g_ptr_array_sort (actions, compare_actions_cb);
  for (guint i = 0; i < actions->len; i++)
    ((DioStoredAction *) actions->pdata[i])->active = TRUE;
  for (guint i = actions->len; i-- > 0;) {
    const DioStoredAction *action = actions->pdata[i];
    DioStoredAction *target = action->active && action->undoes && action->undoes < action->id
                                  ? dio_review_merge_find (author, action->undoes)
                                  : NULL;
    if (target)
      target->active = FALSE;
  }
}

static gboolean
is_later (const DioStoredEntry *a, const DioStoredEntry *b)
{
  if (a->action->id != b->action->id)
    return a->action->id > b->action->id;
  return strcmp (a->action->author->reviewer, b->action->author->reviewer) >= 0;
}

/* Whether the last words of two reviewers differ. */
static gboolean
is_disputed (const DioReviewedItem *item)
{
  for (guint i = 0; i < item->entries->len; i++) {
    const DioStoredEntry *entry = item->entries->pdata[i];
    gboolean is_last = entry->action->active && entry->state != DIO_REVIEW_UNDECIDED;
    for (guint j = 0; is_last && j < item->entries->len; j++) {
      const DioStoredEntry *other = item->entries->pdata[j];
      if (other != entry && other->action->active && other->action->author == entry->action->author
          && is_later (other, entry))
        is_last = FALSE;
    }
    if (is_last && entry->state != item->current->state)
      return TRUE;
  }
  return FALSE;
}

static void
find_current (DioReviewedItem *item)
{
  gboolean several = FALSE;

  item->current = NULL;
  for (guint i = 0; i < item->entries->len; i++) {
    DioStoredEntry *entry = item->entries->pdata[i];
    several |=
        entry->action->author != ((DioStoredEntry *) item->entries->pdata[0])->action->author;
    if (entry->action->active && (!item->current || is_later (entry, item->current)))
      item->current = entry;
  }
  item->disputed = several && item->current && is_disputed (item);
}

static void
update_item (DioReviewMerge *merge, DioReviewedItem *item)
{
  find_current (item);
  item->stale = FALSE;
  if (item->row < 0)
    return;
  DioReviewUnit unit = item->key->has_object ? DIO_REVIEW_OBJECTS : DIO_REVIEW_FRAMES;
  guint32 row = (guint32) item->row;
  DioReviewState said = item->current ? item->current->state : DIO_REVIEW_UNDECIDED;
  item->stale = said != DIO_REVIEW_UNDECIDED
                && item->current->label_hash != dio_review_table_hash (merge->table, unit, row);
  merge->states[unit][row] = item->stale ? DIO_REVIEW_UNDECIDED : (guint8) said;
  merge->stale[unit][row] = (guint8) item->stale;
}

static void
locate_item (DioReviewMerge *merge, DioReviewedItem *item)
{
  const DioReviewKey *key = item->key;
  DioReviewUnit unit = key->has_object ? DIO_REVIEW_OBJECTS : DIO_REVIEW_FRAMES;

  item->row = merge->table
                  ? dio_review_table_find (merge->table, key->run, key->index, key->take,
                                           key->sensor, key->has_object ? &key->object_key : NULL)
                  : -1;
  if (item->row >= 0)
    g_hash_table_insert (merge->by_row[unit], GUINT_TO_POINTER ((guint) item->row + 1), item);
}

void
dio_review_merge_update (DioReviewMerge *merge, const DioStoredAction *action)
{
  for (guint i = 0; i < action->n_entries; i++) {
    DioReviewedItem *item = g_hash_table_lookup (merge->items, &action->entries[i].key);
    if (item->row < 0)
      locate_item (merge, item);
    update_item (merge, item);
  }
}

void
dio_review_merge_update_all (DioReviewMerge *merge, DioReviewTable *table)
{
  GHashTableIter iter;
  gpointer item;

  if (table) {
    dio_review_table_ref (table);
    dio_review_table_unref (merge->table);
    merge->table = table;
  }
  for (guint unit = 0; unit < DIO_REVIEW_N_UNITS; unit++) {
    guint32 n = merge->table ? dio_review_table_get_n (merge->table, (DioReviewUnit) unit) : 0;
    g_hash_table_remove_all (merge->by_row[unit]);
    g_free (merge->states[unit]);
    g_free (merge->stale[unit]);
    merge->states[unit] = g_new0 (guint8, n + 1);
    merge->stale[unit] = g_new0 (guint8, n + 1);
  }
  g_hash_table_iter_init (&iter, merge->items);
  while (g_hash_table_iter_next (&iter, NULL, &item)) {
    locate_item (merge, item);
    update_item (merge, item);
  }
}
