#define G_LOG_DOMAIN "dio-randomize"

/* Writing draws through the property registry, which knows type and range of everything. */

#include "dio-randomize-private.h"

#include "dio-core-error.h"
#include "dio-scene-randomizer.h"

#include <math.h>

gboolean
dio_apply_fail (const DioApply *apply, GError **error, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "randomizer \"%s\": %s", apply->randomizer->id,
               message);
  return FALSE;
}

static const DioPropertyInfo *
find_property (const DioApply *apply, const DioWork *work, const char *path, GError **error)
{
  const DioPropertyInfo *info = dio_property_find (work->node->kind, path);
  if (info == NULL)
    dio_apply_fail (apply, error, "node \"%s\" has no property \"%s\"; name one that it has",
                    work->node->id, path);
  else if ((info->flags & DIO_PROPERTY_RANDOMIZABLE) == 0)
    dio_apply_fail (apply, error, "property \"%s\" of node \"%s\" is fixed and cannot be drawn",
                    path, work->node->id);
  else
    return info;
  return NULL;
}

static void
note_clamped (DioApply *apply, const DioWork *work, const DioPropertyInfo *info, double number)
{
  char drawn[G_ASCII_DTOSTR_BUF_SIZE];
  char min[G_ASCII_DTOSTR_BUF_SIZE], max[G_ASCII_DTOSTR_BUF_SIZE];
  g_ascii_formatd (drawn, sizeof drawn, "%g", number);
  g_ascii_formatd (min, sizeof min, "%g", info->min);
  g_ascii_formatd (max, sizeof max, "%g", info->max);
  dio_diagnostics_add (apply->build->diagnostics, DIO_SEVERITY_WARNING, "clamped",
                       apply->randomizer->id,
                       "%s was drawn for \"%s\" of node \"%s\", which takes %s to %s; narrow the "
                       "distribution",
                       drawn, info->path, work->node->id, min, max);
}

/* A drawn number as the property can hold it. */
static double
fit_number (DioApply *apply, const DioWork *work, const DioPropertyInfo *info, double number)
{
  double fitted = number;
  if (info->type == DIO_PROPERTY_INTEGER || info->type == DIO_PROPERTY_BOOLEAN
      || info->type == DIO_PROPERTY_ENUM)
    fitted = number = floor (number + 0.5);
  if (info->type != DIO_PROPERTY_ENUM && info->min < info->max)
    fitted = CLAMP (fitted, info->min, info->max);
  if (fitted != number)
    note_clamped (apply, work, info, number);
  return fitted;
}

/* What a model shows may be drawn too: then a parameter can be another model's. */
static gboolean
forgive_parameter (
    DioApply *apply, DioWork *work, const char *path, GError *problem, GError **error)
{
  if (g_str_has_prefix (path, "parameters/") && problem->domain == DIO_ERROR) {
    dio_diagnostics_add (apply->build->diagnostics, DIO_SEVERITY_NOTE, "not-applicable",
                         apply->randomizer->id, "%s; the draw is left out here", problem->message);
    g_error_free (problem);
    return TRUE;
  }
  g_propagate_prefixed_error (error, problem, "randomizer \"%s\": ", apply->randomizer->id);
  return FALSE;
}

gboolean
dio_apply_value (
    DioApply *apply, DioWork *work, const char *path, const DioPropertyValue *value, GError **error)
{
  if (find_property (apply, work, path, error) == NULL)
    return FALSE;
  GError *problem = NULL;
  if (dio_node_set_property (dio_work_edit (work), path, value, &problem))
    return TRUE;
  return forgive_parameter (apply, work, path, problem, error);
}

gboolean
dio_apply_number (DioApply *apply, DioWork *work, const char *path, double *number, GError **error)
{
  const DioPropertyInfo *info = find_property (apply, work, path, error);
  if (info == NULL)
    return FALSE;
  *number = fit_number (apply, work, info, *number);
  DioPropertyValue value = { .number = { *number } };
  return dio_apply_value (apply, work, path, &value, error);
}

char *
dio_apply_dup_material_path (const DioApply *apply, const char *name)
{
  const char *slot = dio_randomizer_get_string (apply->randomizer, "slot", "*");
  if (g_str_equal (slot, "*"))
    return g_strconcat ("material/", name, NULL);
  return g_strconcat ("materials/", slot, "/", name, NULL);
}

static guint
count_numbers (DioPropertyType type)
{
  switch (type) {
  case DIO_PROPERTY_VEC2:
    return 2;
  case DIO_PROPERTY_VEC3:
    return 3;
  case DIO_PROPERTY_VEC4:
    return 4;
  case DIO_PROPERTY_NUMBER:
  case DIO_PROPERTY_INTEGER:
  case DIO_PROPERTY_BOOLEAN:
  case DIO_PROPERTY_ENUM:
  case DIO_PROPERTY_STRING:
  default:
    return 1;
  }
}

static int
find_enum (const DioPropertyInfo *info, const char *name)
{
  for (int i = 0; info->enum_names[i] != NULL; i++)
    if (g_str_equal (info->enum_names[i], name))
      return i;
  return -1;
}

/* A choice of strings for a text or an enum. */
static gboolean
draw_string (DioApply *apply,
             DioWork *work,
             const char *path,
             const DioDistribution *distribution,
             GError **error)
{
  const DioPropertyInfo *info = find_property (apply, work, path, error);
  if (info == NULL)
    return FALSE;
  DioDrawing drawing = dio_draw_begin (apply, work, path);
  const char *string =
      distribution->strings[(guint) dio_draw_distribution (&drawing, distribution)];
  dio_draw_record_string (&drawing, string);
  DioPropertyValue value = { .string = string };
  if (info->type == DIO_PROPERTY_ENUM) {
    int index = find_enum (info, string);
    if (index < 0)
      return dio_apply_fail (apply, error, "\"%s\" is no value of property \"%s\"", string, path);
    value.number[0] = index;
  } else if (info->type != DIO_PROPERTY_STRING) {
    return dio_apply_fail (apply, error, "property \"%s\" takes numbers, not strings", path);
  }
  return dio_apply_value (apply, work, path, &value, error);
}

/* Draws @path from the parameter "value"; every element of a vector from the same distribution. */
static gboolean
draw_property (DioApply *apply, DioWork *work, const char *path, GError **error)
{
  const DioDistribution *distribution =
      dio_randomizer_get_distribution (apply->randomizer, "value");
  if (distribution == NULL)
    return dio_apply_fail (apply, error, "it has no \"value\" to draw from");
  if (distribution->strings != NULL)
    return draw_string (apply, work, path, distribution, error);
  const DioPropertyInfo *info = find_property (apply, work, path, error);
  if (info == NULL)
    return FALSE;
  if (info->type == DIO_PROPERTY_STRING)
    return dio_apply_fail (apply, error, "property \"%s\" takes a choice of strings", path);
  DioDrawing drawing = dio_draw_begin (apply, work, path);
  DioPropertyValue value = { 0 };
  guint n = count_numbers (info->type);
  for (guint i = 0; i < n; i++)
    value.number[i] =
        fit_number (apply, work, info, dio_draw_distribution (&drawing, distribution));
  dio_draw_record (&drawing, n, value.number);
  return dio_apply_value (apply, work, path, &value, error);
}

gboolean
dio_apply_property (DioApply *apply, DioWork *work, GError **error)
{
  const char *path = dio_randomizer_get_string (apply->randomizer, "property", "");
  return draw_property (apply, work, path, error);
}

gboolean
dio_apply_model_parameter (DioApply *apply, DioWork *work, GError **error)
{
  const char *name = dio_randomizer_get_string (apply->randomizer, "parameter", "");
  g_autofree char *path = g_strconcat ("parameters/", name, NULL);
  return draw_property (apply, work, path, error);
}

gboolean
dio_apply_material_property (DioApply *apply, DioWork *work, GError **error)
{
  const char *name = dio_randomizer_get_string (apply->randomizer, "property", "");
  g_autofree char *path = dio_apply_dup_material_path (apply, name);
  return draw_property (apply, work, path, error);
}

/* ---- tables ---- */

/* The row of this frame: rows come one after the other, whatever the seed. FALSE where there is none. */
static gboolean
find_row (
    const DioApply *apply, const DioDrawing *drawing, guint n_rows, guint *row, GError **error)
{
  const char *at_end = dio_randomizer_get_string (apply->randomizer, "at_end", "repeat");
  *row = drawing->key.frame % MAX (n_rows, 1);
  if (drawing->key.frame < n_rows || !g_str_equal (at_end, "stop"))
    return TRUE;
  return dio_apply_fail (
      apply, error,
      "frame %u lies behind the last of its %u rows; render fewer frames or let it "
      "repeat",
      apply->build->frame, n_rows);
}

static gboolean
take_name (DioApply *apply,
           DioWork *work,
           const DioPropertyInfo *info,
           DioDrawing *drawing,
           const char *name,
           GError **error)
{
  const char *path = drawing->record.property;
  DioPropertyValue value = { .string = name };
  dio_draw_record_string (drawing, name);
  if (info->type == DIO_PROPERTY_ENUM) {
    int index = find_enum (info, name);
    if (index < 0)
      return dio_apply_fail (apply, error, "\"%s\" is no value of property \"%s\"", name, path);
    value.number[0] = index;
  }
  return dio_apply_value (apply, work, path, &value, error);
}

gboolean
dio_apply_table_column (DioApply *apply, DioWork *work, GError **error)
{
  const char *path = dio_randomizer_get_string (apply->randomizer, "property", "");
  const char *file = dio_randomizer_get_string (apply->randomizer, "file", "");
  const DioRandomizerParam *rows = dio_randomizer_get_param (apply->randomizer, "rows");
  const DioPropertyInfo *info = find_property (apply, work, path, error);
  if (info == NULL)
    return FALSE;
  if (rows == NULL)
    return dio_apply_fail (apply, error, "the table \"%s\" has not been read", file);
  DioDrawing drawing = dio_draw_begin (apply, work, path);
  guint size = count_numbers (info->type), row = 0;
  if (!find_row (apply, &drawing, rows->n_rows / size, &row, error))
    return FALSE;
  if (rows->strings != NULL)
    return take_name (apply, work, info, &drawing, rows->strings[row], error);
  DioPropertyValue value = { 0 };
  for (guint i = 0; i < size; i++)
    value.number[i] = fit_number (apply, work, info, rows->numbers[row * size + i]);
  dio_draw_record (&drawing, size, value.number);
  return dio_apply_value (apply, work, path, &value, error);
}
