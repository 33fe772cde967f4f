/* One pass over all rows. Each row gives the set of criteria that it fails; it counts as filtered in a facet where it fails nothing,
 * or nothing but the facet's own criterion. */
#define G_LOG_DOMAIN "dio-review"

#include "dio-review-facets.h"

#include "dio-review-histogram-private.h"
#include "dio-review-match-private.h"

#include <math.h>

/** A pass. */
typedef struct {
  DioReviewFacets *facets;
  DioReviewMatch match;
} Pass;

static gboolean
is_single_bit (guint32 bits)
{
  return bits != 0 && (bits & (bits - 1)) == 0;
}

/* Whether what fails @fails would pass without @criterion. */
static gboolean
passes_without (guint32 fails, guint criterion)
{
  return (fails & ~(1u << criterion)) == 0;
}

static void
count (DioReviewCount *c, gboolean filtered)
{
  c->all++;
  c->filtered += (guint32) (filtered != FALSE);
}

static gboolean
is_object_field (const Pass *pass, guint field)
{
  const DioReviewFieldInfo *info = dio_review_field_get_info ((DioReviewField) field);

  return !info->of_frame
         && !(pass->match.unit == DIO_REVIEW_FRAMES && field == DIO_REVIEW_FIELD_OUTLIER);
}

/* Numbers and category of an object, in a list of either unit. */
static void
count_object (Pass *pass, guint32 row, guint32 fails)
{
  const DioReviewTable *table = pass->match.table;
  const DioObjectRecord *object = dio_review_table_object (table, row);
  DioReviewFacets *f = pass->facets;

  for (guint i = 0; i < DIO_REVIEW_N_FIELDS; i++)
    if (is_object_field (pass, i)) {
      double value = i == DIO_REVIEW_FIELD_OUTLIER
                         ? table->object_outliers[row]
                         : dio_review_object_value (object, (DioReviewField) i);
      dio_review_histogram_add (&f->histograms[i], value, passes_without (fails, i));
    }
  count (&g_array_index (f->categories, DioReviewCount, object->category),
         passes_without (fails, DIO_CRITERION_CATEGORY));
  count (&f->policies[object->policy], passes_without (fails, DIO_CRITERION_POLICY));
}

/** What passes: everything, and without which single criterion the rest would. */
typedef struct {
  gboolean passes;
  guint32 single;
} Outcome;

static gboolean
outcome_without (const Outcome *outcome, guint criterion)
{
  return outcome->passes || (outcome->single & 1u << criterion);
}

/* Facts of the picture, for a row of the unit. */
static void
count_row (Pass *pass, guint32 frame_row, guint32 row, const Outcome *outcome)
{
  const DioReviewTable *table = pass->match.table;
  const DioFrameRecord *frame = dio_review_table_frame (table, frame_row);
  DioReviewFacets *f = pass->facets;

  for (guint i = 0; i < DIO_REVIEW_N_FIELDS; i++)
    if (!is_object_field (pass, i))
      dio_review_histogram_add (
          &f->histograms[i],
          dio_review_table_get_value (table, DIO_REVIEW_FRAMES, frame_row, (DioReviewField) i),
          outcome_without (outcome, i));
  count (&g_array_index (f->sensors, DioReviewCount, frame->sensor),
         outcome_without (outcome, DIO_CRITERION_SENSOR));
  count (frame->checks_passed ? &f->checks_passed : &f->checks_failed,
         outcome_without (outcome, DIO_CRITERION_CHECKS));
  count (&f->states[pass->match.states[row]], outcome_without (outcome, DIO_CRITERION_STATE));
  if (pass->match.stale[row])
    count (&f->stale, outcome_without (outcome, DIO_CRITERION_STALE));
  count (&f->rows, outcome->passes);
}

static void
add_outcome (Outcome *outcome, guint32 fails)
{
  if (fails == 0)
    outcome->passes = TRUE;
  else if (is_single_bit (fails))
    outcome->single |= fails;
}

static void
count_frame (Pass *pass, guint32 row)
{
  const DioReviewMatch *match = &pass->match;
  const DioFrameRecord *frame = dio_review_table_frame (match->table, row);
  guint32 tokens;
  guint32 own = dio_review_match_frame (match, row, &tokens);
  Outcome whole = { FALSE, 0 };

  add_outcome (&whole, own | dio_review_match_nothing (match, tokens));
  for (guint32 i = 0; i < frame->n_objects; i++) {
    guint32 object = frame->first_object + i;
    guint32 fails = own | dio_review_match_object (match, object, tokens);
    count_object (pass, object, fails);
    add_outcome (&whole, fails);
    if (match->unit == DIO_REVIEW_OBJECTS) {
      Outcome single = { FALSE, 0 };
      add_outcome (&single, fails);
      count_row (pass, row, object, &single);
    }
  }
  if (match->unit == DIO_REVIEW_FRAMES)
    count_row (pass, row, row, &whole);
}

static GArray *
new_counts (guint n)
{
  GArray *counts = g_array_new (FALSE, TRUE, sizeof (DioReviewCount));

  g_array_set_size (counts, n);
  return counts;
}

DioReviewFacets *
dio_review_facets_new (DioReviewTable *table,
                       DioReviewVerdicts *verdicts,
                       DioReviewUnit unit,
                       const DioReviewFilter *filter)
{
  g_return_val_if_fail (table && unit < DIO_REVIEW_N_UNITS, NULL);

  Pass pass = { .facets = g_new0 (DioReviewFacets, 1) };

  dio_review_table_need_outliers (table);
  dio_review_match_init (&pass.match, table, verdicts, unit, filter);
  pass.facets->categories = new_counts (table->categories->len);
  pass.facets->sensors = new_counts (table->sensors->len - 1);
  for (guint i = 0; i < DIO_REVIEW_N_FIELDS; i++)
    dio_review_histogram_init_for (
        &pass.facets->histograms[i], table,
        is_object_field (&pass, i) ? DIO_REVIEW_OBJECTS : DIO_REVIEW_FRAMES, (DioReviewField) i);
  for (guint32 row = 0; row < table->frames->len; row++)
    count_frame (&pass, row);
  dio_review_match_clear (&pass.match);
  return pass.facets;
}

void
dio_review_facets_free (DioReviewFacets *facets)
{
  if (!facets)
    return;
  g_array_unref (facets->categories);
  g_array_unref (facets->sensors);
  g_free (facets);
}
