#pragma once
/* Thread: any. JSON in and out: jansson with duplicates rejected and depth limited; numbers never depend
 * on the locale and doubles are written as the shortest text that reads back to the same bits. */

#include <glib.h>
#include <jansson.h>

G_BEGIN_DECLS

/** Parses one UTF-8 document. Refuses duplicate keys, nesting deeper than 64, numbers that are not finite,
 * trailing bytes. @what names the source in errors ("scene.diorama"). Errors: DIO_ERROR_CORRUPT with line
 * and column. */
json_t *dio_json_parse (const char *text, gsize length, const char *what, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
json_t *dio_json_load (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** Canonical text: keys sorted by bytes, two spaces of indent, arrays of numbers on one line, "\n" at the end. */
char *dio_json_to_text (const json_t *json) G_GNUC_WARN_UNUSED_RESULT;
/** Canonical text on one line without spaces (for hashes, databases and JSON lines). */
char *dio_json_to_line (const json_t *json) G_GNUC_WARN_UNUSED_RESULT;
/** Shortest text that strtod reads back to the same double; "0", "0.1", "1e+30". Not for inf and nan. */
char *dio_json_double_to_text (double value) G_GNUC_WARN_UNUSED_RESULT;

/** Streaming writer for exports: appends to a file, keeps no tree. Sticky error, returned by close. */
typedef struct DioJsonWriter DioJsonWriter;
DioJsonWriter *dio_json_writer_new (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void dio_json_writer_begin_object (DioJsonWriter *w);
void dio_json_writer_end_object (DioJsonWriter *w);
void dio_json_writer_begin_array (DioJsonWriter *w);
void dio_json_writer_end_array (DioJsonWriter *w);
void dio_json_writer_key (DioJsonWriter *w, const char *key);
void dio_json_writer_string (DioJsonWriter *w, const char *value);
void dio_json_writer_int (DioJsonWriter *w, gint64 value);
void dio_json_writer_double (DioJsonWriter *w, double value);
void dio_json_writer_bool (DioJsonWriter *w, gboolean value);
void dio_json_writer_null (DioJsonWriter *w);
/** Flushes, syncs, closes and frees. */
gboolean dio_json_writer_close (DioJsonWriter *w, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (json_t, json_decref)

G_END_DECLS
