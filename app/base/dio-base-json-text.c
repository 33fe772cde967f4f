#define G_LOG_DOMAIN "dio-base"

/* The canonical text of a JSON tree. */

#include "dio-base-json-private.h"
#include "dio-base-json.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* An array of plain values that fits this width stands on one line. */
#define LINE_COLUMNS 100

char *
dio_json_double_to_text (double value)
{
  g_return_val_if_fail (isfinite (value), NULL);

  /* 15 digits always survive in a normal double, so fewer are found by dropping zeros; a subnormal
   * carries fewer digits, so all counts are tried. */
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  int first = value != 0 && fabs (value) < DBL_MIN ? 1 : 15;
  for (int digits = first; digits <= 17; digits++) {
    char format[8];
    g_snprintf (format, sizeof format, "%%.%dg", digits);
    g_ascii_formatd (text, sizeof text, format, value);
    if (g_ascii_strtod (text, NULL) == value)
      break;
  }
  return g_strdup (text);
}

void
dio_base_json_append_double (GString *out, double value)
{
  g_autofree char *text = dio_json_double_to_text (value);
  g_string_append (out, text);
  if (!strpbrk (text, ".e"))
    g_string_append (out, ".0");
}

void
dio_base_json_append_int (GString *out, gint64 value)
{
  g_string_append_printf (out, "%" G_GINT64_FORMAT, value);
}

void
dio_base_json_append_string (GString *out, const char *value)
{
  static const char named[] = "\"\\\b\f\n\r\t";
  static const char letters[] = "\"\\bfnrt";

  g_string_append_c (out, '"');
  for (const char *c = value; *c; c++) {
    const char *found = strchr (named, *c);
    if (found)
      g_string_append_printf (out, "\\%c", letters[found - named]);
    else if ((guchar) *c < 0x20)
      g_string_append_printf (out, "\\u%04x", (guint) (guchar) *c);
    else
      g_string_append_c (out, *c);
  }
  g_string_append_c (out, '"');
}

static void
append_plain (GString *out, const json_t *json)
{
  switch (json_typeof (json)) {
  case JSON_STRING:
    dio_base_json_append_string (out, json_string_value (json));
    break;
  case JSON_INTEGER:
    dio_base_json_append_int (out, json_integer_value (json));
    break;
  case JSON_REAL:
    dio_base_json_append_double (out, json_real_value (json));
    break;
  case JSON_TRUE:
    g_string_append (out, "true");
    break;
  case JSON_FALSE:
    g_string_append (out, "false");
    break;
  case JSON_NULL:
    g_string_append (out, "null");
    break;
  case JSON_OBJECT:
  case JSON_ARRAY:
  default:
    g_assert_not_reached ();
  }
}

static gboolean
is_plain (const json_t *json)
{
  return !json_is_object (json) && !json_is_array (json);
}

static int
compare_keys_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Keys of @object (borrowed), sorted by bytes. */
static GPtrArray *
list_keys (const json_t *object)
{
  GPtrArray *keys = g_ptr_array_new ();
  for (void *i = json_object_iter ((json_t *) object); i;
       i = json_object_iter_next ((json_t *) object, i))
    g_ptr_array_add (keys, (gpointer) json_object_iter_key (i));
  g_ptr_array_sort (keys, compare_keys_cb);
  return keys;
}

/* Appends "[a, b]" and returns TRUE where every item is plain and the text fits; else appends nothing. */
static gboolean
append_short_array (GString *out, const json_t *array)
{
  gsize start = out->len;
  g_string_append_c (out, '[');
  for (gsize i = 0; i < json_array_size (array); i++) {
    const json_t *item = json_array_get (array, i);
    if (is_plain (item) && out->len - start <= LINE_COLUMNS) {
      g_string_append (out, i ? ", " : "");
      append_plain (out, item);
      continue;
    }
    g_string_truncate (out, start);
    return FALSE;
  }
  g_string_append_c (out, ']');
  if (out->len - start <= LINE_COLUMNS)
    return TRUE;
  g_string_truncate (out, start);
  return FALSE;
}

static void
append_new_line (GString *out, int indent)
{
  g_string_append_printf (out, "\n%*s", 2 * indent, "");
}

static void append_tree (GString *out, const json_t *json, int indent);

static void
append_object (GString *out, const json_t *object, int indent)
{
  if (json_object_size (object) == 0) {
    g_string_append (out, "{}");
    return;
  }
  g_autoptr (GPtrArray) keys = list_keys (object);
  for (guint i = 0; i < keys->len; i++) {
    const char *key = g_ptr_array_index (keys, i);
    g_string_append_c (out, i ? ',' : '{');
    append_new_line (out, indent + 1);
    dio_base_json_append_string (out, key);
    g_string_append (out, ": ");
    append_tree (out, json_object_get (object, key), indent + 1);
  }
  append_new_line (out, indent);
  g_string_append_c (out, '}');
}

static void
append_array (GString *out, const json_t *array, int indent)
{
  if (append_short_array (out, array))
    return;
  for (gsize i = 0; i < json_array_size (array); i++) {
    g_string_append_c (out, i ? ',' : '[');
    append_new_line (out, indent + 1);
    append_tree (out, json_array_get (array, i), indent + 1);
  }
  append_new_line (out, indent);
  g_string_append_c (out, ']');
}

static void
append_tree (GString *out, const json_t *json, int indent)
{
  if (json_is_object (json))
    append_object (out, json, indent);
  else if (json_is_array (json))
    append_array (out, json, indent);
  else
    append_plain (out, json);
}

char *
dio_json_to_text (const json_t *json)
{
  g_return_val_if_fail (json != NULL, NULL);

  GString *out = g_string_new (NULL);
  append_tree (out, json, 0);
  g_string_append_c (out, '\n');
  return g_string_free (out, FALSE);
}

static void
append_line (GString *out, const json_t *json)
{
  if (json_is_object (json)) {
    g_autoptr (GPtrArray) keys = list_keys (json);
    g_string_append_c (out, '{');
    for (guint i = 0; i < keys->len; i++) {
      const char *key = g_ptr_array_index (keys, i);
      g_string_append (out, i ? "," : "");
      dio_base_json_append_string (out, key);
      g_string_append_c (out, ':');
      append_line (out, json_object_get (json, key));
    }
    g_string_append_c (out, '}');
  } else if (json_is_array (json)) {
    g_string_append_c (out, '[');
    for (gsize i = 0; i < json_array_size (json); i++) {
      g_string_append (out, i ? "," : "");
      append_line (out, json_array_get (json, i));
    }
    g_string_append_c (out, ']');
  } else {
    append_plain (out, json);
  }
}

char *
dio_json_to_line (const json_t *json)
{
  g_return_val_if_fail (json != NULL, NULL);

  GString *out = g_string_new (NULL);
  append_line (out, json);
  return g_string_free (out, FALSE);
}
