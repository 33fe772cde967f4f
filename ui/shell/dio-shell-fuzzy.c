#define G_LOG_DOMAIN "dio-shell"

#include "dio-shell-fuzzy.h"

#define SCORE_LETTER 10
#define SCORE_WORD_START 12
#define SCORE_SIDE_BY_SIDE 15
#define SCORE_FIRST 6

/* Decomposed and folded, so that "e" finds "É": the accents behind a letter are letters that nobody types. */
static char *
fold (const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  return g_utf8_normalize (folded, -1, G_NORMALIZE_ALL);
}

/* Points for a letter at a place of the text, without those for standing beside the letter before. */
static int
points_at (const gunichar *text, glong at)
{
  gboolean word_start = at == 0 || !g_unichar_isalnum (text[at - 1]);
  return SCORE_LETTER + (word_start ? SCORE_WORD_START : 0) + (at == 0 ? SCORE_FIRST : 0);
}

/* Letter by letter: ends[j] is the best score of the letters so far with the last one at j, -1 where that cannot be. Takes needle times text, however often letters repeat. */
static int
best_score (const gunichar *needle, glong n_needle, const gunichar *text, glong n_text)
{
  g_autofree int *ends = g_new0 (int, n_text);
  for (glong i = 0; i < n_needle; i++) {
    // The best of the letters before that ends left of j - 1, and the one that ends there.
    int best_left = -1, before = -1;
    for (glong j = 0; j < n_text; j++) {
      int here = ends[j];
      int reach = i == 0 ? 0 : MAX (best_left, before >= 0 ? before + SCORE_SIDE_BY_SIDE : -1);
      ends[j] = text[j] == needle[i] && reach >= 0 ? reach + points_at (text, j) : -1;
      if (i > 0) {
        best_left = MAX (best_left, before);
        before = here;
      }
    }
  }
  int best = -1;
  for (glong j = 0; j < n_text; j++)
    best = MAX (best, ends[j]);
  return best;
}

int
dio_shell_fuzzy_score (const char *needle, const char *text)
{
  g_return_val_if_fail (needle != NULL && text != NULL, -1);
  g_autoptr (GString) letters = g_string_new (NULL);
  g_autofree char *folded_needle = fold (needle);
  for (const char *at = folded_needle; *at != '\0'; at = g_utf8_next_char (at))
    if (!g_unichar_isspace (g_utf8_get_char (at)))
      g_string_append_unichar (letters, g_utf8_get_char (at));
  g_autofree char *folded_text = fold (text);
  glong n_needle, n_text;
  g_autofree gunichar *wanted = g_utf8_to_ucs4_fast (letters->str, -1, &n_needle);
  g_autofree gunichar *given = g_utf8_to_ucs4_fast (folded_text, -1, &n_text);
  if (n_needle == 0)
    return 0;
  if (n_text == 0)
    return -1;
  int score = best_score (wanted, n_needle, given, n_text);
  if (score < 0)
    return -1;
  // Between equal matches the shorter text is meant.
  return score * 100 - (int) MIN (n_text, 99);
}
