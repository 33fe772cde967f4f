#pragma once
/* Thread: one owner. Walks a JSON document while it remembers where it is, and collects faults with that
 * path (a JSON pointer, RFC 6901). Private to app/scene. */

#include "dio-base-diagnostic.h"

#include <jansson.h>

G_BEGIN_DECLS

/** Reading stops after so many faults: a hostile document must not cost memory for its findings. */
#define DIO_READER_MAX_FAULTS 1000

/** Ids: [A-Za-z0-9_.-], 1 to 64 bytes. */
#define DIO_ID_MAX_LENGTH 64

typedef struct {
  GString *path;
  DioDiagnostics *diagnostics;
  guint n_faults;
} DioReader;

DioReader *dio_reader_new (const char *path) G_GNUC_WARN_UNUSED_RESULT;
void dio_reader_free (DioReader *reader);

/** Each enters a child and returns the mark that dio_reader_pop takes back. */
gsize dio_reader_push_key (DioReader *reader, const char *key);
gsize dio_reader_push_index (DioReader *reader, gsize index);
void dio_reader_pop (DioReader *reader, gsize mark);

/** An error at the current path. */
void dio_reader_fault (DioReader *reader, const char *code, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
/** An error at @key below the current path. */
void dio_reader_fault_at (DioReader *reader,
                          const char *key,
                          const char *code,
                          const char *format,
                          ...) G_GNUC_PRINTF (4, 5);
void dio_reader_warn_at (DioReader *reader,
                         const char *key,
                         const char *code,
                         const char *format,
                         ...) G_GNUC_PRINTF (4, 5);
gboolean dio_reader_is_full (const DioReader *reader);

/** TRUE where @json has the JSON type; else a fault "must be WHAT, is ...". */
gboolean dio_reader_expect (DioReader *reader,
                            const json_t *json,
                            json_type type,
                            const char *what);
/** Faults every key of @object that is not in @known, with the nearest known one. */
void dio_reader_check_keys (DioReader *reader, const json_t *object, const char *const *known);
/** The fault for one unknown key at the current path; @known: names to suggest from. */
void dio_reader_fault_unknown (DioReader *reader, const char *key, GPtrArray *known);

/** "a number", "null", ... for messages. */
const char *dio_json_describe_type (const json_t *json);
/** A short form of any value for messages: -4, "blue", [..]. */
char *dio_json_describe_value (const json_t *json) G_GNUC_WARN_UNUSED_RESULT;
/** A string without bytes that a C string cannot hold; NULL otherwise. */
const char *dio_json_get_text (const json_t *json);
gboolean dio_id_is_valid (const char *id);
/** The required "id" of an entry; NULL with a fault where it is missing or bad. */
const char *dio_reader_read_id (DioReader *reader, const json_t *object);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioReader, dio_reader_free)

G_END_DECLS
