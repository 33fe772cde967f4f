#define G_LOG_DOMAIN "dio-shell"

#include "dio-shell-fuzzy.h"

#define SCORE_LETTER 10
#define SCORE_WORD_START 12
#define SCORE_SIDE_BY_SIDE 8
#define SCORE_FIRST 6

/* Decomposed and folded, so that "e" finds "É": the accents behind a letter are letters that nobody types. */
static char *
fold (const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  return g_utf8_normalize (folded, -1, G_NORMALIZE_ALL);
}

/* The best score of @needle's rest in @text's rest; both short, so that trying every place is cheap. */
static int
score_from (
    const char *needle, const char *text, gboolean word_start, gboolean side_by_side, int depth)
{
  gunichar wanted = g_utf8_get_char (needle);
  if (wanted == 0)
    return 0;
  int best = -1;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar letter = g_utf8_get_char (at);
    if (letter == wanted) {
      const char *next = g_utf8_next_char (at);
      int rest = score_from (g_utf8_next_char (needle), next, FALSE, TRUE, depth + 1);
      int bonus = SCORE_LETTER + (word_start ? SCORE_WORD_START : 0)
                  + (side_by_side && at == text && depth > 0 ? SCORE_SIDE_BY_SIDE : 0)
                  + (depth == 0 && at == text ? SCORE_FIRST : 0);
      if (rest >= 0)
        best = MAX (best, rest + bonus);
    }
    word_start = !g_unichar_isalnum (letter);
    // Without a limit, "aaaa" in a long text of a's would take for ever.
    if (depth > 3 && best >= 0)
      break;
  }
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
  int score = score_from (letters->str, folded_text, TRUE, FALSE, 0);
  if (score <= 0)
    return score;
  // Between equal matches the shorter text is meant.
  return score * 100 - (int) MIN (g_utf8_strlen (folded_text, -1), 99);
}
