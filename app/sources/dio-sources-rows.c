#define G_LOG_DOMAIN "dio-sources"

/* Cells to values of a property. What does not fit is told here, where line and column are still known. */

#include "dio-sources-private.h"

#include "dio-base-json.h"
#include "dio-core-error.h"
#include "dio-scene-choice.h"

#include <math.h>
#include <string.h>

/** One column on its way into a property. */
typedef struct {
  const DioScenario *scenario;
  const DioPropertyInfo *info;
  const DioTable *table;
  const char *file;
} Reading;

static json_t *fail_at (
    const Reading *reading, guint row, guint column, GError **error, const char *format, ...)
    G_GNUC_PRINTF (5, 6);

static json_t *
fail_at (const Reading *reading, guint row, guint column, GError **error, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "%s, line %u, column %u (\"%.64s\"): %s",
               reading->file, g_array_index (reading->table->lines, guint, row), column + 1,
               reading->table->names[column], message);
  return NULL;
}

/* Decimal digits, a point, an exponent: what strtod takes besides ("0x1p3", "inf", "nan") is no number of a table. */
static gboolean
parse_number (const char *cell, double *number)
{
  g_autofree char *text = g_strstrip (g_strdup (cell));
  if (text[0] == '\0' || strspn (text, "0123456789+-.eE") != strlen (text))
    return FALSE;
  char *end = NULL;
  *number = g_ascii_strtod (text, &end);
  return *end == '\0' && isfinite (*number);
}

static gboolean
parse_switch (const char *cell, double *number)
{
  *number = g_ascii_strcasecmp (cell, "true") == 0 ? 1 : 0;
  return *number == 1 || g_ascii_strcasecmp (cell, "false") == 0;
}

static json_t *
read_number (const Reading *reading, guint row, guint column, const char *cell, GError **error)
{
  const DioPropertyInfo *info = reading->info;
  double number = 0;
  gboolean known = info->type == DIO_PROPERTY_BOOLEAN && parse_switch (cell, &number);
  if (!known && !parse_number (cell, &number)) {
    gboolean comma = cell[0] != '\0' && strspn (cell, "0123456789+-,") == strlen (cell);
    return fail_at (reading, row, column, error, "\"%.64s\" is no number%s", cell,
                    comma ? "; write its decimals behind a point" : "");
  }
  gboolean whole = info->type == DIO_PROPERTY_INTEGER || info->type == DIO_PROPERTY_BOOLEAN;
  char least[G_ASCII_DTOSTR_BUF_SIZE], most[G_ASCII_DTOSTR_BUF_SIZE];
  g_ascii_formatd (least, sizeof least, "%g", info->min);
  g_ascii_formatd (most, sizeof most, "%g", info->max);
  if (info->min < info->max && !(number >= info->min && number <= info->max))
    return fail_at (reading, row, column, error, "\"%s\" takes %s to %s%s%s, not %.64s", info->path,
                    least, most, info->unit[0] != '\0' ? " " : "", info->unit, cell);
  if (whole && number != floor (number))
    return fail_at (reading, row, column, error, "\"%s\" takes whole numbers, not %.64s",
                    info->path, cell);
  return json_real (number + 0.0);
}

static json_t *
read_cell (const Reading *reading, guint row, guint column, GError **error)
{
  const DioPropertyInfo *info = reading->info;
  const char *cell =
      g_ptr_array_index (reading->table->cells, row * reading->table->n_columns + column);
  if (info->type != DIO_PROPERTY_STRING && info->type != DIO_PROPERTY_ENUM)
    return read_number (reading, row, column, cell, error);
  g_autofree char *wrong = dio_scenario_check_name (reading->scenario, info, cell);
  if (wrong != NULL)
    return fail_at (reading, row, column, error, "%s", wrong);
  return json_string (cell);
}

/* Places of the wanted columns. */
static guint *
find_columns (const Reading *reading, const char *const *names, guint n, GError **error)
{
  g_autofree guint *columns = g_new0 (guint, MAX (n, 1));
  for (guint i = 0; i < n; i++) {
    int found = dio_table_find_column (reading->table, names[i]);
    if (found < 0) {
      g_autofree char *list = g_strjoinv ("\", \"", reading->table->names);
      g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND,
                   "%s, line 1: there is no column \"%.64s\"; there are \"%.512s\"", reading->file,
                   names[i], list);
      return NULL;
    }
    columns[i] = (guint) found;
  }
  return g_steal_pointer (&columns);
}

json_t *
dio_sources_read_rows (const DioScenario *scenario,
                       const DioRandomizer *randomizer,
                       const DioTable *table,
                       GError **error)
{
  const char *path = dio_randomizer_get_string (randomizer, "property", "");
  const DioNode *node = dio_scenario_find_node (scenario, randomizer->targets[0]);
  const char *const *names = dio_randomizer_get_strings (randomizer, "columns");
  Reading reading = { .scenario = scenario,
                      .info = dio_property_find (node->kind, path),
                      .table = table,
                      .file = dio_randomizer_get_string (randomizer, "file", "") };
  guint n = g_strv_length ((GStrv) names);
  g_autofree guint *columns = find_columns (&reading, names, n, error);
  g_autoptr (json_t) rows = columns != NULL ? json_array () : NULL;
  for (guint row = 0; rows != NULL && row < dio_table_get_n_rows (table); row++) {
    for (guint i = 0; i < n; i++) {
      json_t *value = read_cell (&reading, row, columns[i], error);
      if (value == NULL)
        return NULL;
      json_array_append_new (rows, value);
    }
  }
  return g_steal_pointer (&rows);
}
