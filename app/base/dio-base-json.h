#pragma once
/* Thread: any. JSON in and out: jansson with duplicates rejected and depth limited; numbers never depend
 * on the locale and doubles are written as the shortest text that reads back to the same bits. */

#include <glib.h>
#include <jansson.h>

G_BEGIN_DECLS

/** Parses one UTF-8 document. Refuses duplicate keys, nesting deeper than 64, numbers that are not finite,
 * trailing bytes, U+0000. The root is an object or an array. @what names the source in errors ("scene.diorama"). Errors: DIO_ERROR_CORRUPT with line
 * and column. */
json_t *dio_json_parse (const char *text, gsize length, const char *what, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
json_t *dio_json_load (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** Canonical text: keys sorted by bytes, two spaces of indent, "\n" at the end. An array without containers
 * whose text fits 100 columns stands on one line, "[1, 2]"; any other has a line for every item. A real with a
 * whole value keeps ".0" and an integer has none, so both keep type and bits, and parsing canonical text and
 * writing it again gives the same bytes. The tree may nest as deep as the parser allows. */
char *dio_json_to_text (const json_t *json) G_GNUC_WARN_UNUSED_RESULT;
/** The same on one line, without spaces and without "\n" (for hashes, databases and JSON lines). */
char *dio_json_to_line (const json_t *json) G_GNUC_WARN_UNUSED_RESULT;
/** Fewest rounded digits that strtod reads back to the same double; "0", "-0", "0.1", "1e+30". A plain number
 * for tables and text files: JSON text adds ".0" to whole values. Not for inf and nan. */
char *dio_json_double_to_text (double value) G_GNUC_WARN_UNUSED_RESULT;

/** Streaming writer for exports: makes or truncates a file, keeps no tree. Items of the two outermost levels
 * start lines of their own. Sticky error, returned by close: a full disk, text that is not UTF-8, a number that
 * is not finite, a document left open. Keys out of place and ends without a begin are programmer errors. */
typedef struct DioJsonWriter DioJsonWriter;
DioJsonWriter *dio_json_writer_new (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void dio_json_writer_begin_object (DioJsonWriter *w);
void dio_json_writer_end_object (DioJsonWriter *w);
void dio_json_writer_begin_array (DioJsonWriter *w);
void dio_json_writer_end_array (DioJsonWriter *w);
void dio_json_writer_key (DioJsonWriter *w, const char *key);
void dio_json_writer_string (DioJsonWriter *w, const char *value);
void dio_json_writer_int (DioJsonWriter *w, gint64 value);
/** Writes whole values with ".0", as dio_json_to_text does. */
void dio_json_writer_double (DioJsonWriter *w, double value);
void dio_json_writer_bool (DioJsonWriter *w, gboolean value);
void dio_json_writer_null (DioJsonWriter *w);
/** Flushes, syncs, closes and frees @w, also where it returns FALSE; the file then holds a part only. */
gboolean dio_json_writer_close (DioJsonWriter *w, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (json_t, json_decref)

G_END_DECLS
