#pragma once
/* Thread: any. A thread that draws a window must not wait: databases, syncing, decoding, importing and the end of
 * processes belong to workers. Functions that may wait say so here, and a thread that declared itself
 * interactive is told on. */

#include <glib.h>

G_BEGIN_DECLS

/** Declares the calling thread interactive (or, with FALSE, not any more). */
void dio_interactive_set_thread (gboolean interactive);
/** Called by what may wait; @what is static: "SQLite", "fsync". On an interactive thread it warns (fatal under
 * G_DEBUG=fatal-warnings) and counts; elsewhere it costs nothing. */
void dio_interactive_check (const char *what);
/** Warnings so far, of all threads. */
guint dio_interactive_get_violations (void);

G_END_DECLS
