/* What people write with their verdicts: reasons, tags, names. */
#define G_LOG_DOMAIN "dio-review"

#include "dio-review-verdicts-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const DioReviewReason reasons[] = {
  { "wrong-label", N_ ("Wrong box, mask or category") },
  { "missing-label", N_ ("Something is not labelled") },
  { "hardly-visible", N_ ("Hardly visible") },
  { "inside-another", N_ ("Inside another object") },
  { "floating", N_ ("Floating or wrongly placed") },
  { "material", N_ ("Missing or wrong material") },
  { "light", N_ ("Too dark, too bright or badly lit") },
  { "picture", N_ ("Noise or faults in the picture") },
  { "unrealistic", N_ ("Would not occur in reality") },
};

const DioReviewReason *
dio_review_get_reasons (guint *n)
{
  if (n)
    *n = G_N_ELEMENTS (reasons);
  return reasons;
}

typedef enum {
  WORD_REASON,
  WORD_TAG,
  WORD_REVIEWER,
} WordKind;

typedef struct {
  WordKind kind;
  GHashTable *counts; /**< word -> count */
} WordCounter;

static void
count_word (WordCounter *counter, const char *word)
{
  if (*word == '\0')
    return;
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counter->counts, word));
  g_hash_table_insert (counter->counts, g_strdup (word), GUINT_TO_POINTER (n + 1));
}

static void
count_cb (const DioReviewSaid *said, gpointer user)
{
  WordCounter *counter = user;

  switch (counter->kind) {
  case WORD_REASON:
    count_word (counter, said->reason);
    break;
  case WORD_TAG: {
    g_auto (GStrv) tags = g_strsplit (said->tags, " ", -1);
    for (guint i = 0; tags[i]; i++)
      count_word (counter, tags[i]);
    break;
  }
  case WORD_REVIEWER:
  default:
    count_word (counter, said->reviewer);
  }
}

static int
compare_words_cb (gconstpointer a, gconstpointer b, gpointer user)
{
  GHashTable *counts = user;
  const char *x = *(char *const *) a, *y = *(char *const *) b;
  guint nx = GPOINTER_TO_UINT (g_hash_table_lookup (counts, x));
  guint ny = GPOINTER_TO_UINT (g_hash_table_lookup (counts, y));

  return nx != ny ? (nx > ny ? -1 : 1) : strcmp (x, y);
}

static GStrv
list_words (DioReviewVerdicts *verdicts, WordKind kind)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  WordCounter counter = { kind, counts };
  GPtrArray *words = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer word;

  for (guint unit = 0; unit < DIO_REVIEW_N_UNITS; unit++)
    dio_review_verdicts_foreach (verdicts, (DioReviewUnit) unit, count_cb, &counter);
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &word, NULL))
    g_ptr_array_add (words, g_strdup (word));
  g_ptr_array_sort_with_data (words, compare_words_cb, counts);
  g_ptr_array_add (words, NULL);
  return (GStrv) g_ptr_array_free (words, FALSE);
}

GStrv
dio_review_verdicts_list_reasons (DioReviewVerdicts *verdicts)
{
  g_return_val_if_fail (verdicts, NULL);

  return list_words (verdicts, WORD_REASON);
}

GStrv
dio_review_verdicts_list_tags (DioReviewVerdicts *verdicts)
{
  g_return_val_if_fail (verdicts, NULL);

  return list_words (verdicts, WORD_TAG);
}

GStrv
dio_review_verdicts_list_reviewers (DioReviewVerdicts *verdicts)
{
  g_return_val_if_fail (verdicts, NULL);

  return list_words (verdicts, WORD_REVIEWER);
}
