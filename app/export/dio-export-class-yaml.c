/* `names:` of a data.yaml: the part of YAML that such files use, read strictly. What is not understood is an error
 * with its line, never a guess: anchors, tags, multi-line texts, tabs. Other keys are passed over. */
#define G_LOG_DOMAIN "dio-export"

#include "dio-core-error.h"
#include "dio-export-classes-private.h"

#include <string.h>

/** A place in the text. */
typedef struct {
  DioExportClassMap *map;
  const char *path;
  const char *at;
  guint line;
  gint64 next_id; /**< of a list */
} Yaml;

static gboolean
fail (const Yaml *y, GError **error, const char *message)
{
  g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "%s:%u: %s", y->path, y->line, message);
  return FALSE;
}

static void
skip_spaces (Yaml *y)
{
  while (*y->at == ' ')
    y->at++;
}

/* To the end of the line or of its comment; FALSE where other text stands. */
static gboolean
end_line (Yaml *y)
{
  gboolean spaced = y->at[-1] == ' ' || y->at[-1] == '\n';

  skip_spaces (y);
  spaced |= y->at[-1] == ' ';
  if (*y->at == '#' && spaced)
    y->at += strcspn (y->at, "\n");
  if (*y->at == '\r')
    y->at++;
  if (*y->at != '\n' && *y->at != '\0')
    return FALSE;
  if (*y->at == '\n') {
    y->at++;
    y->line++;
  }
  return TRUE;
}

/* Spaces, comments and line ends within brackets. */
static void
skip_blank (Yaml *y)
{
  for (;;) {
    skip_spaces (y);
    if (*y->at == '#')
      y->at += strcspn (y->at, "\n");
    if (*y->at == '\n')
      y->line++;
    else if (*y->at != '\r')
      return;
    y->at++;
  }
}

/* Passes empty and comment lines; returns the indent of the next line, -1 at the end of the text. */
static int
peek_indent (Yaml *y)
{
  for (;;) {
    const char *line = y->at;
    gsize indent = strspn (line, " ");
    gsize blank = strspn (line, " \r");
    if (line[blank] == '\0')
      return -1;
    if (line[blank] != '\n' && line[blank] != '#')
      return (int) indent;
    y->at += strcspn (y->at, "\n");
    if (*y->at == '\n') {
      y->at++;
      y->line++;
    }
  }
}

/* "\uXXXX" and its short forms; a pair of surrogates is one character. */
static gboolean
read_escape (Yaml *y, GString *out)
{
  static const char letters[] = "\"\\/bfnrt0", values[] = "\"\\/\b\f\n\r\t";
  const char *letter = *y->at ? strchr (letters, *y->at) : NULL;
  guint64 code = 0, low = 0;

  if (letter && *letter != '0') {
    g_string_append_c (out, values[letter - letters]);
    y->at++;
    return TRUE;
  }
  g_autofree char *digits = *y->at == 'u' ? g_strndup (y->at + 1, 4) : g_strdup ("");
  if (strlen (digits) != 4 || !g_ascii_string_to_unsigned (digits, 16, 1, 0xffff, &code, NULL))
    return FALSE;
  y->at += 5;
  if (code >= 0xd800 && code < 0xdc00 && y->at[0] == '\\' && y->at[1] == 'u') {
    g_autofree char *second = g_strndup (y->at + 2, 4);
    if (strlen (second) != 4
        || !g_ascii_string_to_unsigned (second, 16, 0xdc00, 0xdfff, &low, NULL))
      return FALSE;
    y->at += 6;
    code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
  }
  if (!g_unichar_validate ((gunichar) code))
    return FALSE;
  g_string_append_unichar (out, (gunichar) code);
  return TRUE;
}

static char *
read_quoted (Yaml *y, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char quote = *y->at++;

  for (;;) {
    char c = *y->at;
    if (c == '\0' || c == '\n')
      return fail (y, error, "a quote is not closed on its line"), NULL;
    y->at++;
    if (c == quote && (quote == '"' || *y->at != '\''))
      return g_string_free (g_steal_pointer (&text), FALSE);
    if (c == '\\' && quote == '"') {
      if (!read_escape (y, text))
        return fail (y, error, "an escape in double quotes is not understood"), NULL;
      continue;
    }
    y->at += c == quote ? 1 : 0; /* '' is one quote */
    g_string_append_c (text, c);
  }
}

/* Ends at a comment, the line's end, ": " and, within brackets, at what separates items. */
static char *
read_plain (Yaml *y, gboolean flow, GError **error)
{
  const char *start = y->at;

  if (strchr ("&*!|>%@`?{}[],#", *start) || (*start == '-' && start[1] == ' '))
    return fail (y, error, "this kind of YAML is not understood: write plain or quoted names"),
           NULL;
  for (; *y->at && !strchr ("\r\n", *y->at); y->at++) {
    if (flow && strchr (",]}[{", *y->at))
      break;
    if (*y->at == ':' && (y->at[1] == '\0' || strchr (" \r\n", y->at[1])))
      break;
    if (*y->at == '#' && y->at[-1] == ' ')
      break;
    if (*y->at == '\t')
      return fail (y, error, "a tab cannot stand here: use spaces"), NULL;
  }
  return g_strchomp (g_strndup (start, (gsize) (y->at - start)));
}

static char *
read_scalar (Yaml *y, gboolean flow, GError **error)
{
  char *text =
      *y->at == '"' || *y->at == '\'' ? read_quoted (y, error) : read_plain (y, flow, error);

  if (text && text[0] == '\0') {
    g_free (text);
    return fail (y, error, "a name is empty"), NULL;
  }
  return text;
}

/* A key "id:" and the spaces behind it. */
static gboolean
read_id (Yaml *y, gint64 *id, GError **error)
{
  g_autofree char *text = read_scalar (y, TRUE, error);
  guint64 value;

  if (!text)
    return FALSE;
  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT32, &value, NULL))
    return fail (y, error, "the ids of names must be whole numbers from 0");
  skip_spaces (y);
  if (*y->at != ':')
    return fail (y, error, "a “:” is missing behind an id");
  y->at++;
  skip_spaces (y);
  *id = (gint64) value;
  return TRUE;
}

static gboolean
read_item (Yaml *y, gboolean has_ids, gboolean flow, GError **error)
{
  gint64 id = y->next_id;
  guint line = y->line;

  if (has_ids && !read_id (y, &id, error))
    return FALSE;
  g_autofree char *name = read_scalar (y, flow, error);
  if (!name)
    return FALSE;
  y->next_id = id + 1;
  guint before = dio_export_class_map_count (y->map);
  if (!dio_export_class_map_add (y->map, id, name, "", error)) {
    g_prefix_error (error, "%s:%u: ", y->path, line);
    return FALSE;
  }
  return dio_export_class_map_count (y->map) > before
         || fail (y, error, "a class stands here a second time");
}

static gboolean
read_flow (Yaml *y, GError **error)
{
  gboolean has_ids = *y->at == '{';
  char close = has_ids ? '}' : ']';

  y->at++;
  skip_blank (y);
  while (*y->at != close) {
    if (!read_item (y, has_ids, TRUE, error))
      return FALSE;
    skip_blank (y);
    if (*y->at == ',')
      y->at++;
    else if (*y->at != close)
      return fail (y, error, "a comma or a closing bracket is missing");
    skip_blank (y);
  }
  y->at++;
  return end_line (y) || fail (y, error, "text stands behind the closing bracket");
}

static gboolean
read_block (Yaml *y, GError **error)
{
  int indent = peek_indent (y);
  gboolean is_list = indent >= 0 && y->at[indent] == '-' && y->at[indent + 1] == ' ';

  /* A list may stand below its key without an indent, a map may not. */
  while (peek_indent (y) == indent && indent >= (is_list ? 0 : 1)) {
    y->at += indent;
    if (is_list && (y->at[0] != '-' || y->at[1] != ' ')) {
      y->at -= indent;
      break;
    }
    y->at += is_list ? 1 : 0;
    skip_spaces (y);
    if (!read_item (y, !is_list, FALSE, error))
      return FALSE;
    if (!end_line (y))
      return fail (y, error, "text stands behind a name");
  }
  return peek_indent (y) <= (is_list ? indent : 0)
         || fail (y, error, "the names are not indented alike");
}

static gboolean
read_names (Yaml *y, GError **error)
{
  y->at += strlen ("names:");
  skip_spaces (y);
  if (*y->at == '[' || *y->at == '{')
    return read_flow (y, error);
  if (!end_line (y))
    return fail (y, error, "“names” must be a list or a map of names");
  return read_block (y, error);
}

static void
skip_line (Yaml *y)
{
  y->at += strcspn (y->at, "\n");
  if (*y->at == '\n') {
    y->at++;
    y->line++;
  }
}

gboolean
dio_export_class_map_read_yaml (DioExportClassMap *map,
                                const char *path,
                                const char *text,
                                GError **error)
{
  /* A line end in front, so that one can always look back. */
  g_autofree char *padded = g_strconcat ("\n", text, NULL);
  Yaml y = { .map = map, .path = path, .at = padded + 1, .line = 1 };
  gboolean found = FALSE;

  while (peek_indent (&y) >= 0) {
    gboolean is_names = g_str_has_prefix (y.at, "names:");
    if (is_names && found)
      return fail (&y, error, "“names” stands here a second time");
    if (is_names && !read_names (&y, error))
      return FALSE;
    found |= is_names;
    if (!is_names)
      skip_line (&y);
  }
  if (found && dio_export_class_map_count (map) > 0)
    return TRUE;
  g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "%s: there are no “names” in it", path);
  return FALSE;
}
