#define G_LOG_DOMAIN "dio-sources"

/* RFC 4180: cells separated by commas, rows by CR LF (a lone LF will do); a cell in double quotes may hold both, and
 * two quotes for one. The first row names the columns. What the RFC leaves open is refused rather than guessed. */

#include "dio-sources-private.h"

#include "dio-core-error.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_CELL_BYTES 65536

typedef struct {
  const char *name; /* of the file, for messages */
  const char *at, *end;
  guint line, column; /* of the cell that is being read, from 1 */
  guint row_line;     /* where its row began */
  DioTable *table;
  GPtrArray *row; /* cells of this row */
} Parser;

static gboolean fail (const Parser *parser, DioError code, GError **error, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

static gboolean
fail (const Parser *parser, DioError code, GError **error, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, DIO_ERROR, code, "%s, line %u, column %u: %s", parser->name, parser->line,
               parser->column, message);
  return FALSE;
}

void
dio_table_free (DioTable *table)
{
  if (table == NULL)
    return;
  g_strfreev (table->names);
  g_clear_pointer (&table->cells, g_ptr_array_unref);
  g_clear_pointer (&table->lines, g_array_unref);
  g_free (table);
}

guint
dio_table_get_n_rows (const DioTable *table)
{
  return table->lines->len;
}

int
dio_table_find_column (const DioTable *table, const char *name)
{
  for (guint i = 0; i < table->n_columns; i++) {
    if (strcmp (table->names[i], name) == 0)
      return (int) i;
  }
  return -1;
}

static gboolean
at_row_end (const Parser *parser)
{
  return parser->at == parser->end || *parser->at == '\n'
         || (*parser->at == '\r' && parser->at + 1 < parser->end && parser->at[1] == '\n');
}

static gboolean
read_quoted (Parser *parser, GString *cell, GError **error)
{
  guint begun = parser->line;
  parser->at++;
  for (;;) {
    if (parser->at == parser->end) {
      parser->line = begun;
      return fail (parser, DIO_ERROR_CORRUPT, error, "the quote that begins here is never closed");
    }
    char c = *parser->at++;
    if (c == '"' && (parser->at == parser->end || *parser->at != '"'))
      break;
    parser->at += c == '"' ? 1 : 0;
    parser->line += c == '\n' ? 1 : 0;
    g_string_append_c (cell, c);
    if (cell->len > MAX_CELL_BYTES)
      return fail (parser, DIO_ERROR_LIMIT, error, "a cell is longer than %d bytes",
                   MAX_CELL_BYTES);
  }
  if (at_row_end (parser) || *parser->at == ',')
    return TRUE;
  return fail (parser, DIO_ERROR_CORRUPT, error,
               "there is text behind the closing quote; write a quote inside a cell as two");
}

static gboolean
read_plain (Parser *parser, GString *cell, GError **error)
{
  const char *start = parser->at;
  while (!at_row_end (parser) && *parser->at != ',') {
    if (*parser->at == '"')
      return fail (parser, DIO_ERROR_CORRUPT, error,
                   "a quote stands inside a cell that does not begin with one");
    if (*parser->at == '\r')
      return fail (parser, DIO_ERROR_CORRUPT, error,
                   "a carriage return stands alone; end rows with CR LF or LF");
    if (parser->at - start >= MAX_CELL_BYTES)
      return fail (parser, DIO_ERROR_LIMIT, error, "a cell is longer than %d bytes",
                   MAX_CELL_BYTES);
    parser->at++;
  }
  g_string_append_len (cell, start, parser->at - start);
  return TRUE;
}

static gboolean
read_cell (Parser *parser, GError **error)
{
  g_autoptr (GString) cell = g_string_new (NULL);
  gboolean quoted = parser->at < parser->end && *parser->at == '"';
  parser->column++;
  if (parser->column > DIO_SOURCES_MAX_CSV_COLUMNS)
    return fail (parser, DIO_ERROR_LIMIT, error, "there are more than %d columns",
                 DIO_SOURCES_MAX_CSV_COLUMNS);
  if (!(quoted ? read_quoted (parser, cell, error) : read_plain (parser, cell, error)))
    return FALSE;
  g_ptr_array_add (parser->row, g_string_free (g_steal_pointer (&cell), FALSE));
  return TRUE;
}

/* One row, to behind its end. */
static gboolean
read_row (Parser *parser, GError **error)
{
  g_ptr_array_set_size (parser->row, 0);
  parser->column = 0;
  parser->row_line = parser->line;
  do {
    if (parser->column > 0)
      parser->at++;
    if (!read_cell (parser, error))
      return FALSE;
  } while (parser->at < parser->end && *parser->at == ',');
  if (parser->at < parser->end)
    parser->at += *parser->at == '\r' ? 2 : 1;
  return TRUE;
}

static gboolean
take_header (Parser *parser, GError **error)
{
  DioTable *table = parser->table;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < parser->row->len; i++) {
    const char *name = g_ptr_array_index (parser->row, i);
    parser->column = i + 1;
    if (name[0] == '\0')
      return fail (parser, DIO_ERROR_CORRUPT, error, "the first line names no column here");
    if (!g_hash_table_add (seen, (gpointer) name))
      return fail (parser, DIO_ERROR_CORRUPT, error, "a second column is named \"%.64s\"", name);
  }
  if (parser->row->len == 1 && strchr (g_ptr_array_index (parser->row, 0), ';') != NULL)
    return fail (parser, DIO_ERROR_CORRUPT, error,
                 "cells are separated by semicolons; save the table with commas");
  table->n_columns = parser->row->len;
  g_ptr_array_add (parser->row, NULL);
  table->names = (GStrv) g_ptr_array_steal (parser->row, NULL);
  parser->line++;
  return TRUE;
}

static gboolean
take_row (Parser *parser, GError **error)
{
  DioTable *table = parser->table;
  guint n = parser->row->len;
  guint line = parser->row_line;
  if (n != table->n_columns) {
    parser->line = line;
    parser->column = MIN (n, table->n_columns) + 1;
    return fail (parser, DIO_ERROR_CORRUPT, error, "the row has %u cells, the first line names %u",
                 n, table->n_columns);
  }
  if (table->lines->len == DIO_SOURCES_MAX_CSV_ROWS)
    return fail (parser, DIO_ERROR_LIMIT, error, "there are more than %d rows",
                 DIO_SOURCES_MAX_CSV_ROWS);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (table->cells, g_steal_pointer (&parser->row->pdata[i]));
  g_array_append_val (table->lines, line);
  parser->line++;
  return TRUE;
}

static gboolean
check_text (const char *text, gsize length, const char *name, GError **error)
{
  const char *bad = NULL;
  if (length > DIO_SOURCES_MAX_CSV_BYTES) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_LIMIT, "%s has more than %u MiB", name,
                 DIO_SOURCES_MAX_CSV_BYTES / 1024 / 1024);
    return FALSE;
  }
  if (g_utf8_validate (text, (gssize) length, &bad))
    return TRUE;
  guint line = 1, column = 1;
  for (const char *c = text; c < bad; c++) {
    column = *c == '\n' ? 1 : column + (*c == ',' ? 1 : 0);
    line += *c == '\n' ? 1 : 0;
  }
  g_set_error (error, DIO_ERROR, DIO_ERROR_CORRUPT,
               "%s, line %u, column %u: the text is not UTF-8; save the table as UTF-8", name, line,
               column);
  return FALSE;
}

DioTable *
dio_table_parse (const char *text, gsize length, const char *name, GError **error)
{
  g_return_val_if_fail (text != NULL && name != NULL, NULL);

  if (!check_text (text, length, name, error))
    return NULL;
  gsize mark = length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
  g_autoptr (DioTable) table = g_new0 (DioTable, 1);
  table->cells = g_ptr_array_new_with_free_func (g_free);
  table->lines = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GPtrArray) row = g_ptr_array_new_with_free_func (g_free);
  Parser parser = { name, text + mark, text + length, 1, 1, 1, table, row };
  if (parser.at == parser.end) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_CORRUPT, "%s is empty", name);
    return NULL;
  }
  if (!read_row (&parser, error) || !take_header (&parser, error))
    return NULL;
  while (parser.at < parser.end) {
    if (!read_row (&parser, error) || !take_row (&parser, error))
      return NULL;
  }
  if (table->lines->len > 0)
    return g_steal_pointer (&table);
  g_set_error (error, DIO_ERROR, DIO_ERROR_CORRUPT, "%s has no row behind its first line", name);
  return NULL;
}

DioTable *
dio_table_load (const char *scenario_folder, const char *path, GError **error)
{
  g_return_val_if_fail (scenario_folder != NULL && path != NULL, NULL);

  int fd = dio_sources_open (scenario_folder, path, FALSE, error);
  if (fd < 0)
    return NULL;
  /* One byte more than allowed tells a file that grows while it is read. */
  gsize room = DIO_SOURCES_MAX_CSV_BYTES + 1, length = 0;
  struct stat st;
  if (fstat (fd, &st) == 0 && st.st_size >= 0 && (gsize) st.st_size < room)
    room = (gsize) st.st_size + 1;
  g_autofree char *text = g_malloc (room);
  gssize n = 1;
  while (length < room && (n = read (fd, text + length, room - length)) > 0)
    length += (gsize) n;
  close (fd);
  if (n >= 0)
    return dio_table_parse (text, length, path, error);
  g_set_error (error, DIO_ERROR, DIO_ERROR_FAILED, "%s cannot be read", path);
  return NULL;
}
