#pragma once
/* Thread: any. How strings and numbers look in JSON text, shared by the tree and the stream writer. */

#include <glib.h>

G_BEGIN_DECLS

/** Appends @value (valid UTF-8) in quotes; escapes only quotes, backslashes and control characters. */
void dio_base_json_append_string (GString *out, const char *value);
/** Appends a finite double; a whole number keeps its ".0", so that it reads back as a real. */
void dio_base_json_append_double (GString *out, double value);
void dio_base_json_append_int (GString *out, gint64 value);

G_END_DECLS
