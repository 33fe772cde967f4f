/* What rejects have in common. Every property of an item that could be a cause is a factor; a factor's table of rejected and decided items
 * against those of all gives its rate, its lift and how likely so many rejects are by chance. */
#define G_LOG_DOMAIN "dio-review"

#include "dio-review-cause.h"

#include "dio-dataset-sql.h"
#include "dio-review-reader-private.h"
#include "dio-review-table-private.h"
#include "dio-review-verdicts.h"

#include <math.h>
#include <string.h>

#define N_RANGES 8
/* More different strings than this are names, not choices. */
#define MAX_FACTORS 200000

/** Items of one picture that count. */
typedef struct {
  guint64 rejected, decided;
} Tally;

/** A population: what counts, by picture and in all. */
typedef struct {
  DioReviewReader *reader;
  DioReviewTable *table;
  DioReviewUnit unit;
  guint8 *states; /**< by row of the unit */
  gboolean counts_undecided;
  Tally all;
  GHashTable *factors; /**< text -> DioReviewCause */
} Population;

static void
cause_free (DioReviewCause *cause)
{
  g_free (cause->value);
  g_free (cause->randomizer);
  g_free (cause->target);
  g_free (cause->property);
  g_free (cause);
}

static void
cause_clear_cb (gpointer data)
{
  DioReviewCause *cause = data;

  g_free (cause->value);
  g_free (cause->randomizer);
  g_free (cause->target);
  g_free (cause->property);
}

static gboolean
is_counted (const Population *p, guint32 row)
{
  guint8 state = p->states[row];

  return state == DIO_REVIEW_REJECTED || state == DIO_REVIEW_ACCEPTED || p->counts_undecided;
}

static void
add_tally (DioReviewCause *cause, const Tally *tally)
{
  cause->rejected += tally->rejected;
  cause->decided += tally->decided;
}

static DioReviewCause *
get_factor (Population *p, DioReviewCauseKind kind, const char *value)
{
  g_autofree char *key = g_strdup_printf ("%d %s", (int) kind, value);
  DioReviewCause *cause = g_hash_table_lookup (p->factors, key);

  if (cause || g_hash_table_size (p->factors) >= MAX_FACTORS)
    return cause;
  cause = g_new0 (DioReviewCause, 1);
  cause->kind = kind;
  cause->value = g_strdup (value);
  g_hash_table_insert (p->factors, g_steal_pointer (&key), cause);
  return cause;
}

static void
add_factor (Population *p, DioReviewCauseKind kind, const char *value, const Tally *tally)
{
  DioReviewCause *cause = value && *value ? get_factor (p, kind, value) : NULL;

  if (cause)
    add_tally (cause, tally);
}

static Tally
tally_of (const Population *p, guint32 row)
{
  Tally tally = { p->states[row] == DIO_REVIEW_REJECTED, is_counted (p, row) };

  return tally;
}

static void
add_object_factors (Population *p, guint32 row, const Tally *tally)
{
  DioReviewObjectRow object;

  dio_review_table_get_object (p->table, row, &object);
  add_factor (p, DIO_REVIEW_CAUSE_ASSET, object.asset, tally);
  add_factor (p, DIO_REVIEW_CAUSE_NODE, object.node, tally);
  add_factor (p, DIO_REVIEW_CAUSE_CATEGORY,
              dio_review_table_get_category_name (p->table, (guint) object.category), tally);
}

/* A picture has each asset, node and category that is in it once, however many objects there are of it. */
static void
add_frame_objects (Population *p, guint32 frame_row, const Tally *tally)
{
  const DioFrameRecord *frame = dio_review_table_frame (p->table, frame_row);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint32 i = frame->first_object; i < frame->first_object + frame->n_objects; i++) {
    DioReviewObjectRow object;
    dio_review_table_get_object (p->table, i, &object);
    /* Pools hold each text once, so pointers tell texts apart; but assets have one for each node. */
    const char *asset = g_intern_string (object.asset);
    const char *category = dio_review_table_get_category_name (p->table, (guint) object.category);
    if (g_hash_table_add (seen, (gpointer) asset))
      add_factor (p, DIO_REVIEW_CAUSE_ASSET, asset, tally);
    if (g_hash_table_add (seen, (gpointer) object.node))
      add_factor (p, DIO_REVIEW_CAUSE_NODE, object.node, tally);
    if (g_hash_table_add (seen, (gpointer) category))
      add_factor (p, DIO_REVIEW_CAUSE_CATEGORY, category, tally);
  }
}

static void
add_row (Population *p, guint32 row)
{
  Tally tally = tally_of (p, row);
  DioReviewFrameRow frame;
  guint32 frame_row = dio_review_table_get_frame_of (p->table, p->unit, row);

  if (!tally.decided)
    return;
  p->all.rejected += tally.rejected;
  p->all.decided += tally.decided;
  dio_review_table_get_frame (p->table, frame_row, &frame);
  add_factor (p, DIO_REVIEW_CAUSE_SENSOR, frame.sensor, &tally);
  if (p->unit == DIO_REVIEW_OBJECTS)
    add_object_factors (p, row, &tally);
  else
    add_frame_objects (p, row, &tally);
}

/** Draws of one property of one target: numbers are kept until their range is known. */
typedef struct {
  char *randomizer, *target, *property;
  GArray *numbers[4]; /**< of double; with @tallies in parallel */
  GArray *tallies;    /**< of Tally */
  guint n_numbers;
} DrawSeries;

static void
series_free_cb (gpointer data)
{
  DrawSeries *series = data;

  g_free (series->randomizer);
  g_free (series->target);
  g_free (series->property);
  for (guint i = 0; i < 4; i++)
    g_array_unref (series->numbers[i]);
  g_array_unref (series->tallies);
  g_free (series);
}

static DrawSeries *
get_series (GHashTable *all, const char *randomizer, const char *target, const char *property)
{
  g_autofree char *key = g_strdup_printf ("%s\n%s\n%s", randomizer, target, property);
  DrawSeries *series = g_hash_table_lookup (all, key);

  if (series)
    return series;
  series = g_new0 (DrawSeries, 1);
  series->randomizer = g_strdup (randomizer);
  series->target = g_strdup (target);
  series->property = g_strdup (property);
  for (guint i = 0; i < 4; i++)
    series->numbers[i] = g_array_new (FALSE, FALSE, sizeof (double));
  series->tallies = g_array_new (FALSE, FALSE, sizeof (Tally));
  g_hash_table_insert (all, g_steal_pointer (&key), series);
  return series;
}

/* What of a frame a draw can be the cause of: of objects, only those of the node that it is about, where it is one of theirs. */
static Tally
tally_draw (const Population *p, GHashTable *rows, gint64 frame_id, const char *target)
{
  GArray *frames = g_hash_table_lookup (rows, &frame_id);
  Tally sum = { 0, 0 };

  for (guint i = 0; frames && i < frames->len; i++) {
    guint32 row = g_array_index (frames, guint32, i);
    const DioFrameRecord *frame = dio_review_table_frame (p->table, row);
    guint first = p->unit == DIO_REVIEW_FRAMES ? row : frame->first_object;
    guint n = p->unit == DIO_REVIEW_FRAMES ? 1 : frame->n_objects;
    gboolean is_own = FALSE;
    for (guint pass = 0; pass < 2; pass++)
      for (guint o = first; o < first + n; o++) {
        DioReviewObjectRow object = { 0 };
        if (p->unit == DIO_REVIEW_OBJECTS)
          dio_review_table_get_object (p->table, o, &object);
        gboolean same = object.node && g_str_equal (object.node, target);
        if (pass == 0)
          is_own |= same;
        else if (!is_own || same) {
          Tally one = tally_of (p, o);
          sum.rejected += one.rejected;
          sum.decided += one.decided;
        }
      }
  }
  return sum;
}

static void
add_draw (Population *p, GHashTable *series_by_key, DioSqlStatement *s, const Tally *tally)
{
  const char *names[3];

  for (int i = 0; i < 3; i++) {
    const char *text = dio_sql_column_text (s, 1 + i);
    names[i] = text ? text : "";
  }
  const char *string = dio_sql_column_text (s, 9);
  if (string) {
    g_autofree char *valid = g_utf8_make_valid (string, -1);
    g_autofree char *value =
        g_strdup_printf ("%s\n%s\n%s\n%s", names[0], names[1], names[2], valid);
    DioReviewCause *cause = get_factor (p, DIO_REVIEW_CAUSE_DRAW_VALUE, value);
    if (!cause)
      return;
    if (!cause->randomizer) {
      cause->randomizer = g_utf8_make_valid (names[0], -1);
      cause->target = g_utf8_make_valid (names[1], -1);
      cause->property = g_utf8_make_valid (names[2], -1);
      g_free (cause->value);
      cause->value = g_steal_pointer (&valid);
    }
    add_tally (cause, tally);
    return;
  }
  DrawSeries *series = get_series (series_by_key, names[0], names[1], names[2]);
  guint n = (guint) CLAMP (dio_sql_column_int (s, 4), 0, 4);
  for (guint i = 0; i < 4; i++) {
    double value = i < n ? dio_sql_column_double (s, 5 + (int) i) : (double) NAN;
    g_array_append_val (series->numbers[i], value);
  }
  g_array_append_val (series->tallies, *tally);
  series->n_numbers = MAX (series->n_numbers, n);
}

/* Equal parts between the least and the greatest drawn value. */
static void
add_ranges (Population *p, const DrawSeries *series, guint component)
{
  const double *v = (const double *) (gconstpointer) series->numbers[component]->data;
  guint n = series->numbers[component]->len;
  double min = INFINITY, max = -INFINITY;

  for (guint i = 0; i < n; i++) {
    min = isnan (v[i]) ? min : MIN (min, v[i]);
    max = isnan (v[i]) ? max : MAX (max, v[i]);
  }
  if (!(max > min) || !isfinite (max - min))
    return;
  for (guint bin = 0; bin < N_RANGES; bin++) {
    g_autofree char *key = g_strdup_printf ("%s\n%s\n%s\n%u %u", series->randomizer, series->target,
                                            series->property, component, bin);
    DioReviewCause *cause = get_factor (p, DIO_REVIEW_CAUSE_DRAW_RANGE, key);
    if (!cause)
      return;
    *cause->value = '\0';
    cause->randomizer = g_utf8_make_valid (series->randomizer, -1);
    cause->target = g_utf8_make_valid (series->target, -1);
    cause->property = g_utf8_make_valid (series->property, -1);
    cause->component = component;
    cause->min = min + (max - min) * bin / N_RANGES;
    cause->max = bin + 1 == N_RANGES ? max : min + (max - min) * (bin + 1) / N_RANGES;
    for (guint i = 0; i < n; i++) {
      if (isnan (v[i]))
        continue;
      guint own = (guint) MIN ((v[i] - min) / (max - min) * N_RANGES, N_RANGES - 1);
      if (own == bin)
        add_tally (cause, &g_array_index (series->tallies, Tally, i));
    }
  }
}

static void
array_unref_cb (gpointer array)
{
  g_array_unref (array);
}

/* Frame id -> rows of its pictures. */
static GHashTable *
map_frames (const DioReviewTable *table)
{
  GHashTable *map = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, array_unref_cb);

  for (guint32 row = 0; row < table->frames->len; row++) {
    gint64 id = dio_review_table_frame (table, row)->frame_id;
    GArray *rows = g_hash_table_lookup (map, &id);
    if (!rows) {
      rows = g_array_new (FALSE, FALSE, sizeof (guint32));
      g_hash_table_insert (map, g_memdup2 (&id, sizeof id), rows);
    }
    g_array_append_val (rows, row);
  }
  return map;
}

static gboolean
add_draws (Population *p, GError **error)
{
  g_autoptr (DioSqlStatement) s = dio_sql_prepare (
      dio_dataset_get_sql (p->reader->dataset),
      "SELECT frame, randomizer, target, property, n_numbers, x0, x1, x2, x3, string FROM draws"
      " ORDER BY frame, position",
      error);
  g_autoptr (GHashTable) rows = map_frames (p->table);
  g_autoptr (GHashTable) series =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, series_free_cb);
  gboolean row = FALSE, ok = s != NULL;

  while (ok && (ok = dio_sql_step (s, &row, error)) && row) {
    const char *target = dio_sql_column_text (s, 2);
    Tally tally = tally_draw (p, rows, dio_sql_column_int (s, 0), target ? target : "");
    if (tally.decided > 0)
      add_draw (p, series, s, &tally);
  }
  GHashTableIter iter;
  gpointer one;
  g_hash_table_iter_init (&iter, series);
  while (ok && g_hash_table_iter_next (&iter, NULL, &one))
    for (guint i = 0; i < ((DrawSeries *) one)->n_numbers; i++)
      add_ranges (p, one, i);
  return ok;
}

static double
log_choose (guint64 n, guint64 k)
{
  return lgamma ((double) n + 1) - lgamma ((double) k + 1) - lgamma ((double) (n - k) + 1);
}

/* P(X >= k) where @drawn of @all items are drawn and @bad of them are bad: the upper tail of the hypergeometric distribution. */
static double
hypergeometric_tail (guint64 k, guint64 drawn, guint64 bad, guint64 all)
{
  double sum = 0, whole = log_choose (all, drawn);

  for (guint64 x = k; x <= MIN (drawn, bad); x++)
    if (drawn - x <= all - bad)
      sum += exp (log_choose (bad, x) + log_choose (all - bad, drawn - x) - whole);
  return MIN (sum, 1);
}

static int
compare_causes_cb (gconstpointer a, gconstpointer b)
{
  const DioReviewCause *x = a, *y = b;

  if (x->p_value != y->p_value)
    return x->p_value < y->p_value ? -1 : 1;
  if (x->kind != y->kind)
    return x->kind < y->kind ? -1 : 1;
  int order = strcmp (x->value, y->value);
  return order ? order : g_strcmp0 (x->property, y->property);
}

static void
collect (Population *p, DioReviewCauses *out)
{
  double base = p->all.decided > 0 ? (double) p->all.rejected / (double) p->all.decided : 0;
  GHashTableIter iter;
  gpointer data;

  out->rejected = p->all.rejected;
  out->decided = p->all.decided;
  out->counts_undecided = p->counts_undecided;
  g_hash_table_iter_init (&iter, p->factors);
  while (g_hash_table_iter_next (&iter, NULL, &data)) {
    DioReviewCause *cause = data;
    /* A draw counts an item once for each copy: no more than there are. */
    cause->decided = MIN (cause->decided, p->all.decided);
    cause->rejected = MIN (MIN (cause->rejected, p->all.rejected), cause->decided);
    cause->rate = cause->decided > 0 ? (double) cause->rejected / (double) cause->decided : 0;
    cause->lift = base > 0 ? cause->rate / base : 0;
    if (cause->rejected > 0 && cause->lift > 1) {
      cause->p_value =
          hypergeometric_tail (cause->rejected, cause->decided, p->all.rejected, p->all.decided);
      g_array_append_val (out->causes, *cause);
      g_free (cause);
    } else {
      cause_free (cause);
    }
  }
  g_array_sort (out->causes, compare_causes_cb);
}

DioReviewCauses *
dio_review_causes_find (DioReviewReader *reader,
                        DioReviewTable *table,
                        DioReviewVerdicts *verdicts,
                        DioReviewUnit unit,
                        GError **error)
{
  g_return_val_if_fail (reader && table && verdicts, NULL);
  g_return_val_if_fail (table->level >= DIO_REVIEW_LOAD_NAMES, NULL);

  guint32 n = dio_review_table_get_n (table, unit);
  g_autofree guint8 *states = g_new0 (guint8, (gsize) n + 1);
  g_autoptr (GHashTable) factors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Population p = { reader, table, unit, states, TRUE, { 0, 0 }, factors };

  dio_review_verdicts_copy_states (verdicts, unit, n, states, NULL);
  for (guint32 row = 0; row < n; row++)
    if (states[row] == DIO_REVIEW_ACCEPTED)
      p.counts_undecided = FALSE;
  for (guint32 row = 0; row < n; row++)
    add_row (&p, row);
  gboolean ok = p.all.rejected == 0 || add_draws (&p, error);
  DioReviewCauses *out = g_new0 (DioReviewCauses, 1);
  out->causes = g_array_new (FALSE, FALSE, sizeof (DioReviewCause));
  g_array_set_clear_func (out->causes, cause_clear_cb);
  collect (&p, out);
  if (!ok)
    g_clear_pointer (&out, dio_review_causes_free);
  return out;
}

void
dio_review_causes_free (DioReviewCauses *causes)
{
  if (!causes)
    return;
  g_array_unref (causes->causes);
  g_free (causes);
}

DioReviewCauseGroup
dio_review_cause_get_group (const DioReviewCause *cause)
{
  g_return_val_if_fail (cause, DIO_REVIEW_CAUSES_OTHERS);

  if (cause->kind == DIO_REVIEW_CAUSE_ASSET)
    return DIO_REVIEW_CAUSES_ASSETS;
  if (cause->kind != DIO_REVIEW_CAUSE_DRAW_VALUE && cause->kind != DIO_REVIEW_CAUSE_DRAW_RANGE)
    return DIO_REVIEW_CAUSES_OTHERS;
  /* Of one material or of a slot's: "material/roughness", "materials/cap/color". */
  return g_str_has_prefix (cause->property, "material/")
                 || g_str_has_prefix (cause->property, "materials/")
             ? DIO_REVIEW_CAUSES_MATERIALS
             : DIO_REVIEW_CAUSES_RANDOMIZERS;
}

const char *
dio_review_cause_group_to_name (DioReviewCauseGroup group)
{
  static const char *const names[DIO_REVIEW_N_CAUSE_GROUPS] = { "assets", "materials",
                                                                "randomizers", "others" };

  g_return_val_if_fail (group < DIO_REVIEW_N_CAUSE_GROUPS, NULL);

  return names[group];
}

char *
dio_review_cause_dup_text (const DioReviewCause *cause)
{
  static const char *const axes[] = { "", " (2nd number)", " (3rd number)", " (4th number)" };

  g_return_val_if_fail (cause, NULL);

  switch (cause->kind) {
  case DIO_REVIEW_CAUSE_ASSET:
    return g_strdup_printf ("asset %s", cause->value);
  case DIO_REVIEW_CAUSE_NODE:
    return g_strdup_printf ("node %s", cause->value);
  case DIO_REVIEW_CAUSE_CATEGORY:
    return g_strdup_printf ("category %s", cause->value);
  case DIO_REVIEW_CAUSE_SENSOR:
    return g_strdup_printf ("sensor %s", cause->value);
  case DIO_REVIEW_CAUSE_DRAW_VALUE:
    return g_strdup_printf ("%s of %s is %s", cause->property, cause->target, cause->value);
  case DIO_REVIEW_CAUSE_DRAW_RANGE:
  default: {
    char min[G_ASCII_DTOSTR_BUF_SIZE], max[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd (min, sizeof min, "%.4g", cause->min);
    g_ascii_formatd (max, sizeof max, "%.4g", cause->max);
    return g_strdup_printf ("%s of %s%s is %s to %s", cause->property, cause->target,
                            axes[MIN (cause->component, 3)], min, max);
  }
  }
}

static void
set_one (GStrv *list, const char *value)
{
  g_strfreev (*list);
  *list = g_new0 (char *, 2);
  (*list)[0] = g_strdup (value);
}

static DioSqlStatement *
prepare_draw_query (DioReviewReader *reader, const DioReviewCause *cause, GError **error)
{
  gboolean is_range = cause->kind == DIO_REVIEW_CAUSE_DRAW_RANGE;
  g_autofree char *text =
      is_range ? g_strdup_printf ("SELECT frame FROM draws WHERE randomizer = ?1 AND target = ?2"
                                  " AND property = ?3 AND x%u BETWEEN ?4 AND ?5",
                                  MIN (cause->component, 3))
               : g_strdup ("SELECT frame FROM draws WHERE randomizer = ?1 AND target = ?2"
                           " AND property = ?3 AND string = ?4");
  DioSqlStatement *s = dio_sql_prepare (dio_dataset_get_sql (reader->dataset), text, error);

  if (!s)
    return NULL;
  dio_sql_bind_text (s, 1, cause->randomizer);
  dio_sql_bind_text (s, 2, cause->target);
  dio_sql_bind_text (s, 3, cause->property);
  if (is_range) {
    dio_sql_bind_double (s, 4, cause->min);
    dio_sql_bind_double (s, 5, cause->max);
  } else {
    dio_sql_bind_text (s, 4, cause->value);
  }
  return s;
}

static DioReviewMarks *
mark_draws (const DioReviewCause *cause,
            DioReviewReader *reader,
            const DioReviewTable *table,
            GError **error)
{
  g_autoptr (DioSqlStatement) s = prepare_draw_query (reader, cause, error);
  g_autoptr (GHashTable) rows = map_frames (table);
  g_autoptr (DioReviewMarks) marks = dio_review_marks_new (table->frames->len);
  gboolean row = FALSE, ok = s != NULL;

  while (ok && (ok = dio_sql_step (s, &row, error)) && row) {
    gint64 id = dio_sql_column_int (s, 0);
    GArray *frames = g_hash_table_lookup (rows, &id);
    for (guint i = 0; frames && i < frames->len; i++)
      dio_review_marks_add (marks, g_array_index (frames, guint32, i));
  }
  return ok ? g_steal_pointer (&marks) : NULL;
}

gboolean
dio_review_cause_to_filter (const DioReviewCause *cause,
                            DioReviewReader *reader,
                            const DioReviewTable *table,
                            DioReviewFilter *filter,
                            GError **error)
{
  g_return_val_if_fail (cause && reader && table && filter, FALSE);

  switch (cause->kind) {
  case DIO_REVIEW_CAUSE_ASSET:
    set_one (&filter->assets, cause->value);
    return TRUE;
  case DIO_REVIEW_CAUSE_NODE:
    set_one (&filter->nodes, cause->value);
    return TRUE;
  case DIO_REVIEW_CAUSE_SENSOR:
    set_one (&filter->sensors, cause->value);
    return TRUE;
  case DIO_REVIEW_CAUSE_CATEGORY:
    g_clear_pointer (&filter->categories, g_array_unref);
    for (guint i = 0; i < dio_review_table_get_n_categories (table); i++)
      if (g_str_equal (dio_review_table_get_category_name (table, i), cause->value))
        dio_review_filter_add_category (filter, (int) i);
    return TRUE;
  case DIO_REVIEW_CAUSE_DRAW_VALUE:
  case DIO_REVIEW_CAUSE_DRAW_RANGE:
  default: {
    g_autoptr (DioReviewMarks) marks = mark_draws (cause, reader, table, error);
    if (!marks)
      return FALSE;
    dio_review_filter_set_only (filter, marks);
    /* A draw about a node is about the objects of that node. */
    if (dio_review_table_get_level (table) >= DIO_REVIEW_LOAD_NAMES
        && g_strv_contains (dio_review_table_get_nodes (table), cause->target))
      set_one (&filter->nodes, cause->target);
    return TRUE;
  }
  }
}
