/* Filtering and sorting. Rows are gathered in the order of run, index, take and sensor, then sorted by a stable radix sort
 * over 64-bit keys, so that ties keep that order. */
#define G_LOG_DOMAIN "dio-review"

#include "dio-review-list.h"

#include "dio-review-match-private.h"
#include "dio-review-verdicts.h"

#include <math.h>
#include <string.h>

#define DIGIT_BITS 11
#define N_DIGITS 6
#define RADIX (1u << DIGIT_BITS)

typedef struct {
  guint64 key;
  guint32 row;
} Keyed;

/* Doubles in the order of their values as unsigned integers; NaN last in either direction. */
static guint64
key_of (double value, gboolean descending)
{
  guint64 bits;

  if (isnan (value))
    return G_MAXUINT64;
  value += 0.0; /* -0 and 0 are one */
  memcpy (&bits, &value, sizeof bits);
  bits = bits >> 63 ? ~bits : bits | G_GUINT64_CONSTANT (1) << 63;
  return descending ? ~bits : bits;
}

static void
radix_sort (Keyed *items, guint32 n)
{
  g_autofree Keyed *other = g_new (Keyed, (gsize) n + 1);
  g_autofree guint32 *counts = g_new (guint32, RADIX);
  Keyed *from = items, *to = other;

  for (guint digit = 0; digit < N_DIGITS; digit++) {
    guint shift = digit * DIGIT_BITS;
    memset (counts, 0, RADIX * sizeof *counts);
    for (guint32 i = 0; i < n; i++)
      counts[from[i].key >> shift & (RADIX - 1)]++;
    /* All alike in this digit: nothing to do. */
    if (n > 0 && counts[from[0].key >> shift & (RADIX - 1)] == n)
      continue;
    guint32 sum = 0;
    for (guint i = 0; i < RADIX; i++) {
      guint32 count = counts[i];
      counts[i] = sum;
      sum += count;
    }
    for (guint32 i = 0; i < n; i++)
      to[counts[from[i].key >> shift & (RADIX - 1)]++] = from[i];
    Keyed *swap = from;
    from = to;
    to = swap;
  }
  if (from != items)
    memcpy (items, from, n * sizeof *items);
}

static DioReviewList *
list_alloc (DioReviewTable *table, DioReviewUnit unit)
{
  DioReviewList *list = g_new0 (DioReviewList, 1);

  g_atomic_ref_count_init (&list->refs);
  list->unit = unit;
  list->table = dio_review_table_ref (table);
  list->rows = g_new (guint32, dio_review_table_get_n (table, unit) + 1);
  return list;
}

static gboolean
has_matching_object (const DioReviewMatch *match, const DioFrameRecord *frame, guint32 tokens)
{
  if (dio_review_match_nothing (match, tokens) == 0)
    return TRUE;
  for (guint32 i = 0; i < frame->n_objects; i++)
    if (dio_review_match_object (match, frame->first_object + i, tokens) == 0)
      return TRUE;
  return FALSE;
}

static void
gather (DioReviewList *list, const DioReviewMatch *match)
{
  const DioReviewTable *table = match->table;

  for (guint32 i = 0; i < table->frames->len; i++) {
    guint32 row = table->order[i], tokens;
    const DioFrameRecord *frame = dio_review_table_frame (table, row);
    if (dio_review_match_frame (match, row, &tokens) != 0)
      continue;
    if (list->unit == DIO_REVIEW_FRAMES) {
      if (has_matching_object (match, frame, tokens))
        list->rows[list->n++] = row;
      continue;
    }
    for (guint32 n = 0; n < frame->n_objects; n++)
      if (dio_review_match_object (match, frame->first_object + n, tokens) == 0)
        list->rows[list->n++] = frame->first_object + n;
  }
}

/* From what outlives row numbers, so that a shuffle is the same for everybody. */
static guint64
shuffle_key (const DioReviewTable *table, DioReviewUnit unit, guint32 row, guint64 seed)
{
  const DioFrameRecord *frame =
      dio_review_table_frame (table, dio_review_table_get_frame_of (table, unit, row));
  const DioRunRecord *run = &g_array_index (table->runs, DioRunRecord, frame->run);
  guint64 key = dio_review_mix (seed, run->seed);

  key = dio_review_mix (key, (guint64) run->id);
  key = dio_review_mix (key, (guint64) frame->index << 32 | frame->take);
  key = dio_review_mix (key, g_str_hash (dio_review_table_sensor (table, frame->sensor)));
  if (unit == DIO_REVIEW_OBJECTS)
    key = dio_review_mix (key, dio_review_table_object (table, row)->key);
  return key;
}

static void
sort_list (DioReviewList *list, const DioReviewSort *sort)
{
  g_autofree Keyed *items = g_new (Keyed, (gsize) list->n + 1);

  for (guint32 i = 0; i < list->n; i++) {
    guint32 row = list->rows[i];
    items[i].row = row;
    items[i].key =
        sort->random
            ? shuffle_key (list->table, list->unit, row, sort->seed)
            : key_of (dio_review_table_get_value (list->table, list->unit, row, sort->field),
                      sort->descending);
  }
  radix_sort (items, list->n);
  for (guint32 i = 0; i < list->n; i++)
    list->rows[i] = items[i].row;
}

DioReviewList *
dio_review_list_new (DioReviewTable *table,
                     DioReviewVerdicts *verdicts,
                     DioReviewUnit unit,
                     const DioReviewFilter *filter,
                     const DioReviewSort *sort)
{
  g_return_val_if_fail (table && unit < DIO_REVIEW_N_UNITS, NULL);

  DioReviewMatch match;
  DioReviewList *list = list_alloc (table, unit);

  dio_review_match_init (&match, table, verdicts, unit, filter);
  gather (list, &match);
  dio_review_match_clear (&match);
  /* Gathered by index already. */
  if (sort && (sort->random || sort->field != DIO_REVIEW_FIELD_INDEX || sort->descending))
    sort_list (list, sort);
  list->rows = g_renew (guint32, list->rows, (gsize) list->n + 1);
  return list;
}

DioReviewList *
dio_review_list_ref (DioReviewList *list)
{
  g_return_val_if_fail (list, NULL);

  g_atomic_ref_count_inc (&list->refs);
  return list;
}

void
dio_review_list_unref (DioReviewList *list)
{
  if (!list || !g_atomic_ref_count_dec (&list->refs))
    return;
  dio_review_table_unref (list->table);
  g_free (list->rows);
  g_free (list);
}

gint64
dio_review_list_find (const DioReviewList *list, guint32 row)
{
  g_return_val_if_fail (list, -1);

  for (guint32 i = 0; i < list->n; i++)
    if (list->rows[i] == row)
      return i;
  return -1;
}

gint64
dio_review_list_find_state (
    const DioReviewList *list, DioReviewVerdicts *verdicts, gint64 start, int step, guint states)
{
  g_return_val_if_fail (list && (step == 1 || step == -1), -1);

  for (gint64 i = start; i >= 0 && i < list->n; i += step) {
    DioReviewState state = verdicts
                               ? dio_review_verdicts_get_state (verdicts, list->unit, list->rows[i])
                               : DIO_REVIEW_UNDECIDED;
    if (states & 1u << state)
      return i;
  }
  return -1;
}
