/* Judging rows. Everything that needs a text or a search is looked up once, before the first row. */
#define G_LOG_DOMAIN "dio-review"

#include "dio-review-match-private.h"

#include "dio-review-verdicts-private.h"

#include <math.h>
#include <string.h>

#define BIT(criterion) (1u << (criterion))
#define MAX_TOKENS 16

static gboolean
has_of_frame (DioReviewUnit unit, guint field)
{
  return dio_review_field_get_info ((DioReviewField) field)->of_frame
         || (unit == DIO_REVIEW_FRAMES && field == DIO_REVIEW_FIELD_OUTLIER);
}

/* Which of @pool are in @wanted; NULL where all pass. */
static guint8 *
flag_strings (char *const *pool, guint n, GStrv wanted)
{
  if (!wanted)
    return NULL;
  guint8 *flags = g_new0 (guint8, n + 1);
  for (guint i = 0; i < n; i++)
    flags[i] = g_strv_contains ((const char *const *) wanted, pool[i]);
  return flags;
}

static guint8 *
flag_categories (const DioReviewTable *table, const GArray *wanted)
{
  if (!wanted)
    return NULL;
  guint8 *flags = g_new0 (guint8, table->categories->len + 1);
  for (guint i = 0; i < wanted->len; i++) {
    int category = g_array_index (wanted, int, i);
    if (category >= 0 && (guint) category < table->categories->len)
      flags[category] = TRUE;
  }
  return flags;
}

/* Bits of the words that occur in @text. */
static guint32
find_tokens (const DioReviewMatch *match, const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  guint32 found = 0;

  for (guint i = 0; i < match->n_tokens; i++)
    if (strstr (folded, match->tokens[i]))
      found |= 1u << i;
  return found;
}

static guint32 *
token_strings (const DioReviewMatch *match, char *const *pool, guint n)
{
  guint32 *bits = g_new0 (guint32, n + 1);

  for (guint i = 0; i < n; i++)
    bits[i] = find_tokens (match, pool[i]);
  return bits;
}

static void
prepare_text (DioReviewMatch *match)
{
  const DioReviewTable *table = match->table;
  g_autofree char *folded = g_utf8_casefold (match->filter->text, -1);
  g_auto (GStrv) words = g_strsplit_set (folded, " \t\n", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; words[i] && match->n_tokens < MAX_TOKENS; i++)
    if (*words[i] != '\0') {
      g_strv_builder_add (builder, words[i]);
      match->n_tokens++;
    }
  match->tokens = g_strv_builder_end (builder);
  match->all_tokens = (1u << match->n_tokens) - 1;
  if (match->n_tokens == 0)
    return;
  match->token_sensors =
      token_strings (match, (char *const *) table->sensors->pdata, table->sensors->len - 1);
  match->token_nodes =
      token_strings (match, (char *const *) table->node_pool->pdata, table->node_pool->len);
  match->token_names =
      token_strings (match, (char *const *) table->name_pool->pdata, table->name_pool->len);
  match->token_categories = g_new0 (guint32, table->categories->len + 1);
  for (guint i = 0; i < table->categories->len; i++)
    match->token_categories[i] =
        find_tokens (match, g_array_index (table->categories, DioCategoryRecord, i).name);
  match->token_rows = g_new0 (guint32, dio_review_table_get_n (table, match->unit) + 1);
}

static gboolean
has_tag (const char *tags, GStrv wanted)
{
  g_auto (GStrv) words = g_strsplit (tags, " ", -1);

  for (guint i = 0; words[i]; i++)
    if (g_strv_contains ((const char *const *) wanted, words[i]))
      return TRUE;
  return FALSE;
}

static void
said_cb (const DioReviewSaid *said, gpointer user)
{
  DioReviewMatch *match = user;
  const DioReviewFilter *f = match->filter;

  if (said->row >= dio_review_table_get_n (match->table, match->unit))
    return;
  if (match->words)
    match->words[said->row] =
        (!f->reasons || g_strv_contains ((const char *const *) f->reasons, said->reason))
        && (!f->reviewers || g_strv_contains ((const char *const *) f->reviewers, said->reviewer))
        && (!f->tags || has_tag (said->tags, f->tags));
  if (match->token_rows)
    match->token_rows[said->row] = find_tokens (match, said->reason)
                                   | find_tokens (match, said->comment)
                                   | find_tokens (match, said->tags);
}

static void
prepare_verdicts (DioReviewMatch *match, DioReviewVerdicts *verdicts)
{
  const DioReviewFilter *f = match->filter;
  guint32 n = dio_review_table_get_n (match->table, match->unit);

  match->states = g_new0 (guint8, n + 1);
  match->stale = g_new0 (guint8, n + 1);
  if (f->reasons || f->tags || f->reviewers)
    match->words = g_new0 (guint8, n + 1);
  if (!verdicts)
    return;
  dio_review_verdicts_copy_states (verdicts, match->unit, n, match->states, match->stale);
  if (match->words || match->token_rows)
    dio_review_verdicts_foreach (verdicts, match->unit, said_cb, match);
}

static guint32
list_object_criteria (const DioReviewMatch *match)
{
  const DioReviewFilter *f = match->filter;
  guint32 bits = 0;

  for (guint i = 0; i < DIO_REVIEW_N_FIELDS; i++)
    if ((f->ranges & BIT (i)) && !has_of_frame (match->unit, i))
      bits |= BIT (i);
  bits |= f->has_area ? BIT (DIO_CRITERION_AREA) : 0;
  bits |= f->policies ? BIT (DIO_CRITERION_POLICY) : 0;
  bits |= f->categories ? BIT (DIO_CRITERION_CATEGORY) : 0;
  bits |= f->nodes ? BIT (DIO_CRITERION_NODE) : 0;
  bits |= f->assets ? BIT (DIO_CRITERION_ASSET) : 0;
  return bits;
}

void
dio_review_match_init (DioReviewMatch *match,
                       DioReviewTable *table,
                       DioReviewVerdicts *verdicts,
                       DioReviewUnit unit,
                       const DioReviewFilter *filter)
{
  memset (match, 0, sizeof *match);
  match->filter = filter ? filter : &match->everything;
  match->table = dio_review_table_ref (table);
  match->unit = unit;
  match->object_criteria = list_object_criteria (match);
  match->categories = flag_categories (table, match->filter->categories);
  match->sensors = flag_strings ((char *const *) table->sensors->pdata, table->sensors->len - 1,
                                 match->filter->sensors);
  match->nodes = flag_strings ((char *const *) table->node_pool->pdata, table->node_pool->len,
                               match->filter->nodes);
  match->assets = flag_strings ((char *const *) table->asset_pool->pdata, table->asset_pool->len,
                                match->filter->assets);
  if (match->filter->ranges & BIT (DIO_REVIEW_FIELD_OUTLIER))
    dio_review_table_need_outliers (table);
  if (match->filter->text)
    prepare_text (match);
  prepare_verdicts (match, verdicts);
}

void
dio_review_match_clear (DioReviewMatch *match)
{
  gpointer owned[] = { match->states,      match->stale,       match->categories,
                       match->sensors,     match->nodes,       match->assets,
                       match->words,       match->token_rows,  match->token_categories,
                       match->token_nodes, match->token_names, match->token_sensors };

  for (guint i = 0; i < G_N_ELEMENTS (owned); i++)
    g_free (owned[i]);
  g_strfreev (match->tokens);
  dio_review_table_unref (match->table);
  memset (match, 0, sizeof *match);
}

/* State, staleness and words of a row of the unit. */
static guint32
match_verdict (const DioReviewMatch *match, guint32 row)
{
  const DioReviewFilter *f = match->filter;
  guint32 fails = 0;

  if (f->states && !(f->states & BIT (match->states[row])))
    fails |= BIT (DIO_CRITERION_STATE);
  if (f->stale_only && !match->stale[row])
    fails |= BIT (DIO_CRITERION_STALE);
  if (match->words && !match->words[row])
    fails |= BIT (DIO_CRITERION_WORDS);
  return fails;
}

static gboolean
is_in_range (const DioReviewRange *range, double value)
{
  return value >= range->min && value <= range->max;
}

static guint32
match_frame_ranges (const DioReviewMatch *match, guint32 row)
{
  guint32 fails = 0;

  for (guint i = 0; i < DIO_REVIEW_N_FIELDS; i++)
    if ((match->filter->ranges & BIT (i)) && has_of_frame (match->unit, i)
        && !is_in_range (
            &match->filter->range[i],
            dio_review_table_get_value (match->table, DIO_REVIEW_FRAMES, row, (DioReviewField) i)))
      fails |= BIT (i);
  return fails;
}

guint32
dio_review_match_frame (const DioReviewMatch *match, guint32 row, guint32 *tokens)
{
  const DioReviewFilter *f = match->filter;
  const DioFrameRecord *frame = dio_review_table_frame (match->table, row);
  guint32 fails = f->ranges ? match_frame_ranges (match, row) : 0;

  *tokens = 0;
  if (match->sensors && !match->sensors[frame->sensor])
    fails |= BIT (DIO_CRITERION_SENSOR);
  if (f->checks != DIO_REVIEW_CHECKS_ANY
      && frame->checks_passed != (f->checks == DIO_REVIEW_CHECKS_PASSED))
    fails |= BIT (DIO_CRITERION_CHECKS);
  if (f->only && !dio_review_marks_has (f->only, row))
    fails |= BIT (DIO_CRITERION_ONLY);
  if (match->unit == DIO_REVIEW_FRAMES)
    fails |= match_verdict (match, row);
  if (match->n_tokens > 0) {
    char number[16];
    g_snprintf (number, sizeof number, "%u", frame->index);
    *tokens = match->token_sensors[frame->sensor] | find_tokens (match, number);
    if (match->unit == DIO_REVIEW_FRAMES)
      *tokens |= match->token_rows[row];
  }
  return fails;
}

static guint32
get_object_tokens (const DioReviewMatch *match, guint32 row, const DioObjectRecord *object)
{
  guint32 tokens = match->token_categories[object->category];

  if (match->table->level >= DIO_REVIEW_LOAD_NAMES) {
    const DioNameRecord *name = &g_array_index (match->table->names, DioNameRecord, row);
    tokens |= match->token_nodes[name->node] | match->token_names[name->name];
  }
  return match->unit == DIO_REVIEW_OBJECTS ? tokens | match->token_rows[row] : tokens;
}

static guint32
match_object_ranges (const DioReviewMatch *match, guint32 row, const DioObjectRecord *object)
{
  guint32 fails = 0;

  for (guint i = 0; i < DIO_REVIEW_N_FIELDS; i++) {
    if (!(match->filter->ranges & BIT (i)) || has_of_frame (match->unit, i))
      continue;
    double value = i == DIO_REVIEW_FIELD_OUTLIER
                       ? match->table->object_outliers[row]
                       : dio_review_object_value (object, (DioReviewField) i);
    if (!is_in_range (&match->filter->range[i], value))
      fails |= BIT (i);
  }
  return fails;
}

/* Up to @end, which belongs to the area only where it is the picture's border. */
static gboolean
is_below (double share, double end)
{
  return share < end || (end >= 1 && share <= 1);
}

static gboolean
is_in_area (const DioReviewMatch *match, const DioObjectRecord *object)
{
  const DioReviewArea *area = &match->filter->area;
  const DioFrameRecord *frame = dio_review_table_frame (match->table, object->frame);
  double u = (object->x0 + object->x1) / (2.0 * frame->width);
  double v = (object->y0 + object->y1) / (2.0 * frame->height);

  return object->x1 > object->x0 && object->y1 > object->y0 && u >= area->x0 && v >= area->y0
         && is_below (u, area->x1) && is_below (v, area->y1);
}

static guint32
match_names (const DioReviewMatch *match, guint32 row)
{
  guint32 fails = 0;

  if (!match->nodes && !match->assets)
    return 0;
  if (match->table->level < DIO_REVIEW_LOAD_NAMES)
    return (match->nodes ? BIT (DIO_CRITERION_NODE) : 0)
           | (match->assets ? BIT (DIO_CRITERION_ASSET) : 0);
  const DioNameRecord *name = &g_array_index (match->table->names, DioNameRecord, row);
  if (match->nodes && !match->nodes[name->node])
    fails |= BIT (DIO_CRITERION_NODE);
  if (match->assets && !match->assets[name->node])
    fails |= BIT (DIO_CRITERION_ASSET);
  return fails;
}

guint32
dio_review_match_object (const DioReviewMatch *match, guint32 row, guint32 tokens)
{
  const DioReviewFilter *f = match->filter;
  const DioObjectRecord *object = dio_review_table_object (match->table, row);
  guint32 fails = f->ranges ? match_object_ranges (match, row, object) : 0;

  if (match->categories && !match->categories[object->category])
    fails |= BIT (DIO_CRITERION_CATEGORY);
  if (f->has_area && !is_in_area (match, object))
    fails |= BIT (DIO_CRITERION_AREA);
  if (f->policies && !(f->policies & BIT (object->policy)))
    fails |= BIT (DIO_CRITERION_POLICY);
  fails |= match_names (match, row);
  if (match->unit == DIO_REVIEW_OBJECTS)
    fails |= match_verdict (match, row);
  if (match->n_tokens > 0 && (get_object_tokens (match, row, object) | tokens) != match->all_tokens)
    fails |= BIT (DIO_CRITERION_TEXT);
  return fails;
}

guint32
dio_review_match_nothing (const DioReviewMatch *match, guint32 tokens)
{
  guint32 fails = match->object_criteria;

  if (tokens != match->all_tokens)
    fails |= BIT (DIO_CRITERION_TEXT);
  return fails;
}
