#pragma once
/* Thread: any. How well a few typed letters name a command. */

#include <glib.h>

G_BEGIN_DECLS

/** -1 where the letters of @needle do not stand in @text in their order (case and accents ignored); else a score, higher is better: starts of words, letters side
 * by side and short texts win. An empty needle scores 0. */
int dio_shell_fuzzy_score (const char *needle, const char *text);

G_END_DECLS
