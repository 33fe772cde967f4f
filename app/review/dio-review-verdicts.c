/* Deciding, undoing, asking; and the thread that writes behind. */
#define G_LOG_DOMAIN "dio-review"

#include "dio-review-verdicts.h"

#include "dio-core-error.h"
#include "dio-dataset-sql.h"
#include "dio-review-reader-private.h"
#include "dio-review-sources-private.h"
#include "dio-review-table-private.h"
#include "dio-review-verdicts-private.h"

#include <string.h>

struct DioReviewVerdicts {
  char *reviewer, *log_folder, *beside_folder, *user_folder;
  /** Those of the logs that were read; of the worker that refreshes, one at a time by refresh_lock. */
  GPtrArray *sources;
  GMutex refresh_lock;

  GMutex lock; /**< guards all below */
  GCond changed;
  DioReviewMerge merge;
  DioAuthor *own;
  GArray *undo, *redo; /**< of gint64: ids of actions of this session */
  gint64 last_id;
  guint64 version;

  GThread *writer;
  GPtrArray *pending; /**< of DioStoredAction*, borrowed: not written yet */
  guint64 flush_asked, flush_done;
  gboolean kick, quit;
  GError *write_error; /**< of the last try, or NULL */
  DioReviewSavedFunc saved_func;
  gpointer saved_user;
};

/* The entries never change, so they can be read outside the lock. */
static gboolean
write_actions (DioReviewLog *log, GPtrArray *actions, GError **error)
{
  g_autofree DioReviewAction *out = g_new0 (DioReviewAction, actions->len + 1);

  for (guint i = 0; i < actions->len; i++) {
    const DioStoredAction *action = actions->pdata[i];
    out[i].id = action->id;
    out[i].undoes = action->undoes;
    out[i].entries = g_array_sized_new (FALSE, FALSE, sizeof (DioReviewEntry), action->n_entries);
    for (guint n = 0; n < action->n_entries; n++) {
      const DioStoredEntry *from = &action->entries[n];
      DioReviewEntry entry = { from->key,    from->label_hash, from->state,
                               from->reason, from->comment,    from->tags };
      g_array_append_val (out[i].entries, entry);
    }
  }
  gboolean ok = dio_review_log_append (log, out, actions->len, error);
  for (guint i = 0; i < actions->len; i++)
    g_array_unref (out[i].entries);
  return ok;
}

static gpointer
writer_cb (gpointer data)
{
  DioReviewVerdicts *v = data;
  g_autoptr (DioReviewLog) log = dio_review_log_new (v->log_folder, v->reviewer);
  gboolean quit = FALSE;

  g_mutex_lock (&v->lock);
  while (!quit) {
    while (!v->kick && !v->quit)
      g_cond_wait (&v->changed, &v->lock);
    v->kick = FALSE;
    quit = v->quit;
    guint64 asked = v->flush_asked;
    g_autoptr (GPtrArray) batch = g_ptr_array_copy (v->pending, NULL, NULL);
    g_autoptr (GError) error = NULL;
    g_mutex_unlock (&v->lock);
    gboolean ok = write_actions (log, batch, &error);
    if (v->saved_func && batch->len > 0)
      v->saved_func (error, v->saved_user);
    g_mutex_lock (&v->lock);
    if (ok && batch->len > 0)
      g_ptr_array_remove_range (v->pending, 0, batch->len);
    g_clear_error (&v->write_error);
    v->write_error = g_steal_pointer (&error);
    v->flush_done = asked;
    g_cond_broadcast (&v->changed);
  }
  if (v->pending->len > 0 && v->write_error)
    g_message ("%u decisions could not be saved: %s", v->pending->len, v->write_error->message);
  g_mutex_unlock (&v->lock);
  return NULL;
}

char *
dio_review_dup_identity (DioReviewReader *reader, GError **error)
{
  g_autoptr (DioSqlStatement) s =
      dio_sql_prepare (dio_dataset_get_sql (reader->dataset),
                       "SELECT (SELECT value FROM meta WHERE key = 'scenario_hash'),"
                       " coalesce((SELECT seed FROM runs ORDER BY id LIMIT 1), 0)",
                       error);
  gboolean row = FALSE;

  if (!s || !dio_sql_step (s, &row, error))
    return NULL;
  const char *hash = row ? dio_sql_column_text (s, 0) : NULL;
  return g_strdup_printf ("%.16s-%" G_GINT64_FORMAT, hash ? hash : "unknown",
                          row ? dio_sql_column_int (s, 1) : 0);
}

DioReviewVerdicts *
dio_review_verdicts_new (DioReviewReader *reader, const char *reviewer, GError **error)
{
  g_return_val_if_fail (reader, NULL);

  g_autofree char *identity = dio_review_dup_identity (reader, error);
  const char *folder = dio_review_reader_get_folder (reader);

  if (!identity)
    return NULL;
  DioReviewVerdicts *v = g_new0 (DioReviewVerdicts, 1);
  v->reviewer = reviewer && *reviewer ? g_utf8_make_valid (reviewer, -1)
                                      : dio_review_log_dup_default_reviewer ();
  v->log_folder = dio_review_log_dup_folder (folder, identity);
  v->beside_folder = g_build_filename (folder, "reviews", NULL);
  v->user_folder = dio_review_log_dup_user_folder (identity);
  v->sources = dio_review_sources_new ();
  g_mutex_init (&v->refresh_lock);
  g_mutex_init (&v->lock);
  g_cond_init (&v->changed);
  dio_review_merge_init (&v->merge);
  v->own = dio_review_merge_get_author (&v->merge, v->reviewer);
  v->undo = g_array_new (FALSE, FALSE, sizeof (gint64));
  v->redo = g_array_new (FALSE, FALSE, sizeof (gint64));
  v->pending = g_ptr_array_new ();
  v->writer = g_thread_new ("review-log", writer_cb, v);
  return v;
}

void
dio_review_verdicts_set_saved_func (DioReviewVerdicts *verdicts,
                                    DioReviewSavedFunc func,
                                    gpointer user)
{
  g_return_if_fail (verdicts);

  /* Before the first decision: the writer reads it without the lock, which it must not hold while it calls. */
  g_mutex_lock (&verdicts->lock);
  verdicts->saved_func = func;
  verdicts->saved_user = user;
  g_mutex_unlock (&verdicts->lock);
}

void
dio_review_verdicts_free (DioReviewVerdicts *verdicts)
{
  if (!verdicts)
    return;
  g_mutex_lock (&verdicts->lock);
  verdicts->quit = TRUE;
  g_cond_broadcast (&verdicts->changed);
  g_mutex_unlock (&verdicts->lock);
  g_thread_join (verdicts->writer);
  g_ptr_array_unref (verdicts->pending);
  g_array_unref (verdicts->undo);
  g_array_unref (verdicts->redo);
  dio_review_merge_clear (&verdicts->merge);
  g_ptr_array_unref (verdicts->sources);
  g_clear_error (&verdicts->write_error);
  g_mutex_clear (&verdicts->refresh_lock);
  g_mutex_clear (&verdicts->lock);
  g_cond_clear (&verdicts->changed);
  g_free (verdicts->reviewer);
  g_free (verdicts->log_folder);
  g_free (verdicts->beside_folder);
  g_free (verdicts->user_folder);
  g_free (verdicts);
}

const char *
dio_review_verdicts_get_reviewer (const DioReviewVerdicts *verdicts)
{
  g_return_val_if_fail (verdicts, NULL);

  return verdicts->reviewer;
}

const char *
dio_review_verdicts_get_log_folder (const DioReviewVerdicts *verdicts)
{
  g_return_val_if_fail (verdicts, NULL);

  return verdicts->log_folder;
}

gboolean
dio_review_verdicts_flush (DioReviewVerdicts *verdicts, GError **error)
{
  g_return_val_if_fail (verdicts, FALSE);

  g_mutex_lock (&verdicts->lock);
  guint64 ticket = ++verdicts->flush_asked;
  verdicts->kick = TRUE;
  g_cond_broadcast (&verdicts->changed);
  while (verdicts->flush_done < ticket)
    g_cond_wait (&verdicts->changed, &verdicts->lock);
  gboolean ok = verdicts->write_error == NULL;
  if (!ok && error)
    *error = g_error_copy (verdicts->write_error);
  g_mutex_unlock (&verdicts->lock);
  return ok;
}

gboolean
dio_review_verdicts_refresh (DioReviewVerdicts *verdicts,
                             DioReviewReader *reader,
                             DioReviewTable *table,
                             DioDiagnostics *findings,
                             GError **error)
{
  g_return_val_if_fail (verdicts && reader && table, FALSE);
  g_return_val_if_fail (table->level >= DIO_REVIEW_LOAD_OBJECTS, FALSE);

  g_autoptr (GError) write_error = NULL;

  g_mutex_lock (&verdicts->refresh_lock);
  if (!dio_review_verdicts_flush (verdicts, &write_error) && findings)
    dio_diagnostics_add (findings, DIO_SEVERITY_WARNING, "review-log-not-written",
                         verdicts->log_folder, "%s", write_error->message);
  /* The disk is read outside the lock; only what was found goes in under it. */
  const char *folders[] = { verdicts->beside_folder, verdicts->user_folder, NULL };
  g_autoptr (GPtrArray) found = dio_review_sources_read (verdicts->sources, folders, findings);
  g_mutex_lock (&verdicts->lock);
  dio_review_sources_merge (found, &verdicts->merge);
  dio_review_merge_update_all (&verdicts->merge, table);
  verdicts->version++;
  g_mutex_unlock (&verdicts->lock);
  g_mutex_unlock (&verdicts->refresh_lock);
  return TRUE;
}

guint64
dio_review_verdicts_get_version (DioReviewVerdicts *verdicts)
{
  g_return_val_if_fail (verdicts, 0);

  g_mutex_lock (&verdicts->lock);
  guint64 version = verdicts->version;
  g_mutex_unlock (&verdicts->lock);
  return version;
}

DioReviewTable *
dio_review_verdicts_ref_table (DioReviewVerdicts *verdicts)
{
  g_mutex_lock (&verdicts->lock);
  DioReviewTable *table = verdicts->merge.table;
  if (table)
    dio_review_table_ref (table);
  g_mutex_unlock (&verdicts->lock);
  return table;
}

/* Time in the upper bits, so that logs merge by it; a random byte below, so that two programs of one reviewer do not meet. */
static gint64
next_id (DioReviewVerdicts *v)
{
  gint64 id = g_get_real_time () * 256 + g_random_int_range (0, 256);

  v->last_id = MAX (id, v->last_id + 1);
  return v->last_id;
}

static void
fill_entry (const DioReviewTable *table,
            DioReviewUnit unit,
            guint32 row,
            const DioReviewDecision *decision,
            DioReviewEntry *out)
{
  guint32 frame_row = dio_review_table_get_frame_of (table, unit, row);
  const DioFrameRecord *frame = dio_review_table_frame (table, frame_row);
  const DioRunRecord *run = &g_array_index (table->runs, DioRunRecord, frame->run);

  *out = (DioReviewEntry){
    .key = { .run = run->id,
             .seed = run->seed,
             .index = frame->index,
             .take = frame->take,
             .sensor = dio_review_table_sensor (table, frame->sensor),
             .has_object = unit == DIO_REVIEW_OBJECTS,
             .object_key =
                 unit == DIO_REVIEW_OBJECTS ? dio_review_table_object (table, row)->key : 0 },
    .label_hash = dio_review_table_hash (table, unit, row),
    .state = decision->state,
    .reason = decision->reason,
    .comment = decision->comment,
    .tags = decision->tags,
  };
}

/* Under the lock. */
static DioStoredAction *
push_action (DioReviewVerdicts *v, const DioReviewAction *action)
{
  DioStoredAction *stored = dio_review_merge_add (&v->merge, v->own, action);

  g_ptr_array_add (v->pending, stored);
  v->version++;
  v->kick = TRUE;
  g_cond_broadcast (&v->changed);
  return stored;
}

gboolean
dio_review_verdicts_decide (DioReviewVerdicts *verdicts,
                            DioReviewUnit unit,
                            const guint32 *rows,
                            guint n,
                            const DioReviewDecision *decision)
{
  g_return_val_if_fail (verdicts && (rows || n == 0) && decision, FALSE);
  g_return_val_if_fail (decision->state < DIO_REVIEW_N_STATES, FALSE);

  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (DioReviewEntry));

  g_mutex_lock (&verdicts->lock);
  const DioReviewTable *table = verdicts->merge.table;
  gboolean ok = table && n > 0;
  for (guint i = 0; ok && i < n; i++) {
    ok = rows[i] < dio_review_table_get_n (table, unit);
    DioReviewEntry entry;
    if (ok) {
      fill_entry (table, unit, rows[i], decision, &entry);
      g_array_append_val (entries, entry);
    }
  }
  if (ok) {
    DioReviewAction action = { next_id (verdicts), 0, entries };
    DioStoredAction *stored = push_action (verdicts, &action);
    dio_review_merge_update (&verdicts->merge, stored);
    g_array_append_val (verdicts->undo, stored->id);
    g_array_set_size (verdicts->redo, 0);
  }
  g_mutex_unlock (&verdicts->lock);
  return ok;
}

static GArray *
list_rows (DioReviewVerdicts *v, const DioStoredAction *action, DioReviewUnit *unit)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (guint32));

  if (unit)
    *unit = action->n_entries > 0 && action->entries[0].key.has_object ? DIO_REVIEW_OBJECTS
                                                                       : DIO_REVIEW_FRAMES;
  for (guint i = 0; i < action->n_entries; i++) {
    const DioReviewedItem *item = g_hash_table_lookup (v->merge.items, &action->entries[i].key);
    guint32 row = (guint32) item->row;
    if (item->row >= 0)
      g_array_append_val (rows, row);
  }
  return rows;
}

/* Undo and redo are the same step between two stacks. The stack of undo holds decisions; that of redo holds the undoing actions,
 * and undoing one of those brings the decision back. */
static gboolean
step (DioReviewVerdicts *v, gboolean forward, DioReviewUnit *unit, GArray **rows)
{
  g_mutex_lock (&v->lock);
  GArray *from = forward ? v->redo : v->undo, *to = forward ? v->undo : v->redo;
  gboolean ok = from->len > 0;
  if (ok) {
    gint64 target_id = g_array_index (from, gint64, from->len - 1);
    const DioStoredAction *target = dio_review_merge_find (v->own, target_id);
    const DioStoredAction *decision =
        forward ? dio_review_merge_find (v->own, target->undoes) : target;
    DioReviewAction action = { next_id (v), target_id, NULL };
    const DioStoredAction *stored = push_action (v, &action);
    gint64 back = forward ? decision->id : stored->id;
    g_array_set_size (from, from->len - 1);
    g_array_append_val (to, back);
    dio_review_merge_settle (v->own);
    dio_review_merge_update (&v->merge, decision);
    if (rows)
      *rows = list_rows (v, decision, unit);
    else if (unit)
      *unit = decision->entries[0].key.has_object ? DIO_REVIEW_OBJECTS : DIO_REVIEW_FRAMES;
  }
  g_mutex_unlock (&v->lock);
  return ok;
}

gboolean
dio_review_verdicts_undo (DioReviewVerdicts *verdicts, DioReviewUnit *unit, GArray **rows)
{
  g_return_val_if_fail (verdicts, FALSE);

  return step (verdicts, FALSE, unit, rows);
}

gboolean
dio_review_verdicts_redo (DioReviewVerdicts *verdicts, DioReviewUnit *unit, GArray **rows)
{
  g_return_val_if_fail (verdicts, FALSE);

  return step (verdicts, TRUE, unit, rows);
}

gboolean
dio_review_verdicts_can_undo (DioReviewVerdicts *verdicts)
{
  g_return_val_if_fail (verdicts, FALSE);

  g_mutex_lock (&verdicts->lock);
  gboolean can = verdicts->undo->len > 0;
  g_mutex_unlock (&verdicts->lock);
  return can;
}

gboolean
dio_review_verdicts_can_redo (DioReviewVerdicts *verdicts)
{
  g_return_val_if_fail (verdicts, FALSE);

  g_mutex_lock (&verdicts->lock);
  gboolean can = verdicts->redo->len > 0;
  g_mutex_unlock (&verdicts->lock);
  return can;
}

DioReviewState
dio_review_verdicts_get_state (DioReviewVerdicts *verdicts, DioReviewUnit unit, guint32 row)
{
  g_return_val_if_fail (verdicts && unit < DIO_REVIEW_N_UNITS, DIO_REVIEW_UNDECIDED);

  DioReviewState state = DIO_REVIEW_UNDECIDED;

  g_mutex_lock (&verdicts->lock);
  const DioReviewTable *table = verdicts->merge.table;
  if (table && row < dio_review_table_get_n (table, unit))
    state = (DioReviewState) verdicts->merge.states[unit][row];
  g_mutex_unlock (&verdicts->lock);
  return state;
}

void
dio_review_verdicts_copy_states (
    DioReviewVerdicts *verdicts, DioReviewUnit unit, guint32 n, guint8 *states, guint8 *stale)
{
  g_return_if_fail (verdicts && unit < DIO_REVIEW_N_UNITS && (states || n == 0));

  memset (states, 0, n);
  if (stale)
    memset (stale, 0, n);
  g_mutex_lock (&verdicts->lock);
  const DioReviewTable *table = verdicts->merge.table;
  guint32 known = table ? MIN (n, dio_review_table_get_n (table, unit)) : 0;
  if (known > 0)
    memcpy (states, verdicts->merge.states[unit], known);
  if (known > 0 && stale)
    memcpy (stale, verdicts->merge.stale[unit], known);
  g_mutex_unlock (&verdicts->lock);
}

/* FALSE where nothing is said: an undo or a bare "undecided" leaves nothing. */
static gboolean
read_item (const DioReviewedItem *item, DioReviewSaid *out)
{
  const DioStoredEntry *entry = item->current;

  if (!entry
      || (entry->state == DIO_REVIEW_UNDECIDED && *entry->reason == '\0' && *entry->comment == '\0'
          && *entry->tags == '\0'))
    return FALSE;
  *out = (DioReviewSaid){
    .row = (guint32) item->row,
    .state = item->stale ? DIO_REVIEW_UNDECIDED : entry->state,
    .said = entry->state,
    .stale = item->stale,
    .disputed = item->disputed,
    .reason = entry->reason,
    .comment = entry->comment,
    .tags = entry->tags,
    .reviewer = entry->action->author->reviewer,
    .time_us = entry->action->id / 256,
  };
  return TRUE;
}

void
dio_review_verdicts_foreach (DioReviewVerdicts *verdicts,
                             DioReviewUnit unit,
                             DioReviewSaidFunc func,
                             gpointer user)
{
  GHashTableIter iter;
  gpointer item;

  g_mutex_lock (&verdicts->lock);
  g_hash_table_iter_init (&iter, verdicts->merge.by_row[unit]);
  while (g_hash_table_iter_next (&iter, NULL, &item)) {
    DioReviewSaid said;
    if (read_item (item, &said))
      func (&said, user);
  }
  g_mutex_unlock (&verdicts->lock);
}

gboolean
dio_review_verdicts_get (DioReviewVerdicts *verdicts,
                         DioReviewUnit unit,
                         guint32 row,
                         DioReviewVerdict *out)
{
  g_return_val_if_fail (verdicts && out && unit < DIO_REVIEW_N_UNITS, FALSE);

  DioReviewSaid said;

  memset (out, 0, sizeof *out);
  g_mutex_lock (&verdicts->lock);
  const DioReviewedItem *item =
      g_hash_table_lookup (verdicts->merge.by_row[unit], GUINT_TO_POINTER (row + 1));
  gboolean found = item && read_item (item, &said);
  if (found)
    *out = (DioReviewVerdict){
      .state = said.state,
      .said = said.said,
      .stale = said.stale,
      .disputed = said.disputed,
      .reason = g_strdup (said.reason),
      .comment = g_strdup (said.comment),
      .tags = g_strdup (said.tags),
      .reviewer = g_strdup (said.reviewer),
      .time_us = said.time_us,
    };
  g_mutex_unlock (&verdicts->lock);
  return found;
}

void
dio_review_verdict_clear (DioReviewVerdict *verdict)
{
  g_return_if_fail (verdict);

  g_free (verdict->reason);
  g_free (verdict->comment);
  g_free (verdict->tags);
  g_free (verdict->reviewer);
  memset (verdict, 0, sizeof *verdict);
}

void
dio_review_verdicts_get_progress (DioReviewVerdicts *verdicts,
                                  DioReviewUnit unit,
                                  DioReviewProgress *out)
{
  g_return_if_fail (verdicts && out && unit < DIO_REVIEW_N_UNITS);

  GHashTableIter iter;
  gpointer data;

  memset (out, 0, sizeof *out);
  g_mutex_lock (&verdicts->lock);
  const DioReviewTable *table = verdicts->merge.table;
  guint32 n = table ? dio_review_table_get_n (table, unit) : 0;
  for (guint32 row = 0; row < n; row++)
    out->states[verdicts->merge.states[unit][row]]++;
  g_hash_table_iter_init (&iter, verdicts->merge.items);
  while (g_hash_table_iter_next (&iter, NULL, &data)) {
    const DioReviewedItem *item = data;
    DioReviewSaid said;
    if (item->key->has_object != (unit == DIO_REVIEW_OBJECTS) || !read_item (item, &said))
      continue;
    out->stale += said.stale;
    out->disputed += said.disputed;
    out->elsewhere += item->row < 0;
  }
  g_mutex_unlock (&verdicts->lock);
}
