#define G_LOG_DOMAIN "dio-scene"

#include "dio-scene-reader-private.h"

#include <string.h>

/* Keys come from the document; messages and paths quote at most so much of one. */
#define MAX_QUOTED_BYTES 64

DioReader *
dio_reader_new (const char *path)
{
  DioReader *reader = g_new0 (DioReader, 1);
  reader->path = g_string_new (path);
  reader->diagnostics = dio_diagnostics_new ();
  return reader;
}

void
dio_reader_free (DioReader *reader)
{
  if (reader == NULL)
    return;
  g_string_free (reader->path, TRUE);
  dio_diagnostics_free (reader->diagnostics);
  g_free (reader);
}

/* Cuts at a character boundary, so that messages stay UTF-8. */
static char *
quote_text (const char *text)
{
  gsize length = strlen (text);
  if (length <= MAX_QUOTED_BYTES)
    return g_strdup (text);
  const char *end = g_utf8_find_prev_char (text, text + MAX_QUOTED_BYTES);
  g_autofree char *head = g_strndup (text, end != NULL ? (gsize) (end - text) : 0);
  return g_strconcat (head, "...", NULL);
}

gsize
dio_reader_push_key (DioReader *reader, const char *key)
{
  gsize mark = reader->path->len;
  g_autofree char *quoted = quote_text (key);
  g_string_append_c (reader->path, '/');
  for (const char *c = quoted; *c != '\0'; c++) {
    if (*c == '~')
      g_string_append (reader->path, "~0");
    else if (*c == '/')
      g_string_append (reader->path, "~1");
    else
      g_string_append_c (reader->path, *c);
  }
  return mark;
}

gsize
dio_reader_push_index (DioReader *reader, gsize index)
{
  gsize mark = reader->path->len;
  g_string_append_printf (reader->path, "/%" G_GSIZE_FORMAT, index);
  return mark;
}

void
dio_reader_pop (DioReader *reader, gsize mark)
{
  g_string_truncate (reader->path, mark);
}

gboolean
dio_reader_is_full (const DioReader *reader)
{
  return reader->n_faults >= DIO_READER_MAX_FAULTS;
}

static void
add_finding (
    DioReader *reader, DioSeverity severity, const char *code, const char *format, va_list args)
{
  if (dio_reader_is_full (reader))
    return;
  if (severity == DIO_SEVERITY_ERROR)
    reader->n_faults++;
  g_autofree char *message = g_strdup_vprintf (format, args);
  const char *object = reader->path->len > 0 ? reader->path->str : "/";
  dio_diagnostics_add (reader->diagnostics, severity, code, object, "%s", message);
}

void
dio_reader_fault (DioReader *reader, const char *code, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  add_finding (reader, DIO_SEVERITY_ERROR, code, format, args);
  va_end (args);
}

void
dio_reader_fault_at (DioReader *reader, const char *key, const char *code, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  gsize mark = dio_reader_push_key (reader, key);
  add_finding (reader, DIO_SEVERITY_ERROR, code, format, args);
  dio_reader_pop (reader, mark);
  va_end (args);
}

void
dio_reader_warn_at (DioReader *reader, const char *key, const char *code, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  gsize mark = dio_reader_push_key (reader, key);
  add_finding (reader, DIO_SEVERITY_WARNING, code, format, args);
  dio_reader_pop (reader, mark);
  va_end (args);
}

const char *
dio_json_describe_type (const json_t *json)
{
  if (json == NULL)
    return "missing";
  switch (json_typeof (json)) {
  case JSON_OBJECT:
    return "an object";
  case JSON_ARRAY:
    return "an array";
  case JSON_STRING:
    return "a string";
  case JSON_INTEGER:
  case JSON_REAL:
    return "a number";
  case JSON_TRUE:
  case JSON_FALSE:
    return "a boolean";
  case JSON_NULL:
    return "null";
  default:
    return "of no JSON type";
  }
}

char *
dio_json_describe_value (const json_t *json)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  if (json_is_integer (json))
    return g_strdup_printf ("%" JSON_INTEGER_FORMAT, json_integer_value (json));
  if (json_is_real (json))
    return g_strdup (g_ascii_formatd (number, sizeof number, "%.9g", json_real_value (json)));
  if (json_is_boolean (json))
    return g_strdup (json_is_true (json) ? "true" : "false");
  if (json_is_string (json)) {
    g_autofree char *quoted = quote_text (json_string_value (json));
    return g_strdup_printf ("\"%s\"", quoted);
  }
  return g_strdup (dio_json_describe_type (json));
}

const char *
dio_json_get_text (const json_t *json)
{
  if (!json_is_string (json))
    return NULL;
  const char *text = json_string_value (json);
  return strlen (text) == json_string_length (json) ? text : NULL;
}

gboolean
dio_reader_expect (DioReader *reader, const json_t *json, json_type type, const char *what)
{
  if (json != NULL && json_typeof (json) == type)
    return TRUE;
  dio_reader_fault (reader, "wrong-type", "must be %s, is %s", what, dio_json_describe_type (json));
  return FALSE;
}

/* Levenshtein's distance of the first bytes; names of the format are short, so bounds cost nothing. */
static guint
get_edit_distance (const char *a, const char *b)
{
  guint row[MAX_QUOTED_BYTES + 1];
  gsize n_a = MIN (strlen (a), MAX_QUOTED_BYTES), n_b = MIN (strlen (b), MAX_QUOTED_BYTES);
  for (guint j = 0; j <= n_b; j++)
    row[j] = j;
  for (guint i = 1; i <= n_a; i++) {
    guint diagonal = row[0];
    row[0] = i;
    for (guint j = 1; j <= n_b; j++) {
      guint change = diagonal + (g_ascii_tolower (a[i - 1]) != g_ascii_tolower (b[j - 1]) ? 1 : 0);
      diagonal = row[j];
      row[j] = MIN (change, MIN (row[j], row[j - 1]) + 1);
    }
  }
  return row[n_b];
}

/* The known name to suggest, or NULL where none is near enough to be meant. */
static const char *
find_nearest (const char *key, GPtrArray *known)
{
  const char *best = NULL;
  guint best_distance = MAX (2, (guint) strlen (key) / 2) + 1;
  for (guint i = 0; i < known->len; i++) {
    const char *name = g_ptr_array_index (known, i);
    /* "radius" for "radius_m": what was left off or put on is the usual slip. */
    gboolean part = strlen (key) >= 3 && strstr (name, key) != NULL;
    guint distance = part ? 1 : get_edit_distance (key, name);
    if (distance < best_distance) {
      best = name;
      best_distance = distance;
    }
  }
  return best;
}

void
dio_reader_fault_unknown (DioReader *reader, const char *key, GPtrArray *known)
{
  const char *nearest = find_nearest (key, known);
  if (nearest != NULL)
    dio_reader_fault_at (reader, key, "unknown-key", "is not known; did you mean \"%s\"?", nearest);
  else
    dio_reader_fault_at (reader, key, "unknown-key", "is not known; remove it");
}

void
dio_reader_check_keys (DioReader *reader, const json_t *object, const char *const *known)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  for (guint i = 0; known[i] != NULL; i++)
    g_ptr_array_add (names, (gpointer) known[i]);
  const char *key;
  json_t *value;
  json_object_foreach ((json_t *) object, key, value) {
    if (!g_strv_contains (known, key))
      dio_reader_fault_unknown (reader, key, names);
  }
}

/* Ids name files, stand in property paths and in shell commands: no character that one of them would split at. */
gboolean
dio_id_is_valid (const char *id)
{
  gsize length = strlen (id);
  if (length < 1 || length > DIO_ID_MAX_LENGTH)
    return FALSE;
  for (const char *c = id; *c != '\0'; c++) {
    if (!g_ascii_isalnum (*c) && *c != '_' && *c != '.' && *c != '-')
      return FALSE;
  }
  return TRUE;
}

const char *
dio_reader_read_id (DioReader *reader, const json_t *object)
{
  const json_t *json = json_object_get (object, "id");
  if (json == NULL) {
    dio_reader_fault_at (reader, "id", "missing", "is missing; every entry needs an id");
    return NULL;
  }
  const char *id = dio_json_get_text (json);
  if (id != NULL && dio_id_is_valid (id))
    return id;
  g_autofree char *shown = dio_json_describe_value (json);
  dio_reader_fault_at (reader, "id", json_is_string (json) ? "bad-id" : "wrong-type",
                       "must be 1 to 64 characters of A-Z a-z 0-9 _ . -, is %s", shown);
  return NULL;
}
