#define G_LOG_DOMAIN "dio-base"

/* Reading JSON from sources that nobody vouches for. */

#include "dio-base-json.h"

#include "dio-core-error.h"

#include <string.h>

/* Far above any document of ours, far below what recursion in jansson and in our writers costs. */
#define MAX_DEPTH 64

typedef struct {
  int line, column; /**< from 1; columns count characters */
  int depth;
  gboolean in_string;
  gboolean escaped;
} DepthScan;

/* Advances @scan over one byte. Malformed text may confuse it; the parser then refuses the text. */
static void
scan_byte (DepthScan *scan, guchar byte)
{
  if (byte == '\n') {
    scan->line++;
    scan->column = 0;
  } else if ((byte & 0xc0) != 0x80) {
    scan->column++;
  }

  if (scan->in_string) {
    if (scan->escaped)
      scan->escaped = FALSE;
    else if (byte == '\\')
      scan->escaped = TRUE;
    else if (byte == '"')
      scan->in_string = FALSE;
  } else if (byte == '"') {
    scan->in_string = TRUE;
  } else if (byte == '[' || byte == '{') {
    scan->depth++;
  } else if (byte == ']' || byte == '}') {
    scan->depth--;
  }
}

static gboolean
check_depth (const char *text, gsize length, const char *what, GError **error)
{
  DepthScan scan = { .line = 1 };
  for (gsize i = 0; i < length; i++) {
    scan_byte (&scan, (guchar) text[i]);
    if (scan.depth > MAX_DEPTH) {
      g_set_error (error, DIO_ERROR, DIO_ERROR_CORRUPT,
                   "%s, line %d, column %d: nested deeper than %d levels; flatten the document",
                   what, scan.line, scan.column, MAX_DEPTH);
      return FALSE;
    }
  }
  return TRUE;
}

json_t *
dio_json_parse (const char *text, gsize length, const char *what, GError **error)
{
  g_return_val_if_fail (text != NULL || length == 0, NULL);
  g_return_val_if_fail (what != NULL, NULL);

  if (!check_depth (text, length, what, error))
    return NULL;
  json_error_t fault;
  json_t *json = json_loadb (text ? text : "", length, JSON_REJECT_DUPLICATES, &fault);
  if (!json) {
    /* jansson quotes the text around the fault, which need not be UTF-8. */
    g_autofree char *reason = g_utf8_make_valid (fault.text, -1);
    g_set_error (error, DIO_ERROR, DIO_ERROR_CORRUPT, "%s, line %d, column %d: %s", what,
                 MAX (fault.line, 1), MAX (fault.column, 0), reason);
  }
  return json;
}

static DioError
code_from_file_error (const GError *error)
{
  if (g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return DIO_ERROR_NOT_FOUND;
  return DIO_ERROR_FAILED;
}

json_t *
dio_json_load (const char *path, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  g_autofree char *text = NULL;
  gsize length;
  g_autoptr (GError) fault = NULL;
  if (!g_file_get_contents (path, &text, &length, &fault)) {
    g_set_error_literal (error, DIO_ERROR, code_from_file_error (fault), fault->message);
    return NULL;
  }
  return dio_json_parse (text, length, path, error);
}
