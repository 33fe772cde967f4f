#define G_LOG_DOMAIN "dio-scene"

/* Parameters that are lists: weights of targets, and ranges of which one is drawn. */

#include "dio-scene-randomizer-private.h"

#include <math.h>

#define MAX_RANGES 64

static gboolean
fault (DioDiagnostics *d, const char *code, const char *path, const char *message)
{
  dio_diagnostics_add (d, DIO_SEVERITY_ERROR, code, path, "%s", message);
  return FALSE;
}

/* ---- reading ---- */

static gboolean
read_number (const json_t *json, double min, double max, double *out)
{
  *out = json_number_value (json);
  return json_is_number (json) && *out >= min && *out <= max;
}

static gboolean
read_numbers (
    const json_t *json, const DioParamInfo *info, const char *path, GArray *out, DioDiagnostics *d)
{
  double sum = 0;
  for (gsize i = 0; i < json_array_size (json); i++) {
    double number;
    if (!read_number (json_array_get (json, i), info->min, info->max, &number)) {
      g_autofree char *where = g_strdup_printf ("%s/%" G_GSIZE_FORMAT, path, i);
      dio_diagnostics_add (d, DIO_SEVERITY_ERROR, "out-of-range", where,
                           "this must be a number from %.0f to %.0f", info->min, info->max);
      return FALSE;
    }
    g_array_append_val (out, number);
    sum += number;
  }
  return sum > 0 || fault (d, "out-of-range", path, "at least one number must be above 0");
}

static gboolean
read_range (const json_t *json,
            const DioParamInfo *info,
            const char *path,
            DioWeightedRange *out,
            DioDiagnostics *d)
{
  const char *key;
  json_t *value;
  if (!json_is_object (json))
    return fault (d, "wrong-type", path,
                  "this must be an object with \"min\", \"max\" and \"weight\"");
  json_object_foreach ((json_t *) json, key, value) {
    if (g_str_equal (key, "min") || g_str_equal (key, "max") || g_str_equal (key, "weight"))
      continue;
    g_autofree char *where = g_strconcat (path, "/", key, NULL);
    return fault (d, "unknown-key", where, "a range has no such key; remove it");
  }
  const json_t *weight = json_object_get (json, "weight");
  out->weight = 1;
  if (!read_number (json_object_get (json, "min"), info->min, info->max, &out->min)
      || !read_number (json_object_get (json, "max"), info->min, info->max, &out->max)
      || (weight != NULL && !read_number (weight, 0, 1e9, &out->weight)))
    dio_diagnostics_add (
        d, DIO_SEVERITY_ERROR, "out-of-range", path,
        "\"min\" and \"max\" must be numbers from %.0f to %.0f, \"weight\" one from 0", info->min,
        info->max);
  else if (!(out->min < out->max))
    return fault (d, "contradiction", path, "\"max\" must be greater than \"min\"");
  else
    return TRUE;
  return FALSE;
}

static gboolean
read_ranges (
    const json_t *json, const DioParamInfo *info, const char *path, GArray *out, DioDiagnostics *d)
{
  double sum = 0;
  for (gsize i = 0; i < json_array_size (json); i++) {
    DioWeightedRange range;
    g_autofree char *where = g_strdup_printf ("%s/%" G_GSIZE_FORMAT, path, i);
    if (!read_range (json_array_get (json, i), info, where, &range, d))
      return FALSE;
    g_array_append_val (out, range);
    sum += range.weight;
  }
  return sum > 0 || fault (d, "out-of-range", path, "at least one weight must be above 0");
}

gboolean
dio_param_read_list (const json_t *json,
                     const DioParamInfo *info,
                     const char *path,
                     DioRandomizerParam *param,
                     DioDiagnostics *diagnostics)
{
  gsize n = json_array_size (json);
  gboolean ranges = info->type == DIO_PARAM_RANGES;
  if (!json_is_array (json) || n < 1 || (ranges && n > MAX_RANGES))
    return fault (diagnostics, "wrong-type", path,
                  ranges ? "this must be an array of 1 to 64 ranges"
                         : "this must be an array of numbers");
  if (ranges) {
    param->ranges = g_array_new (FALSE, FALSE, sizeof (DioWeightedRange));
    return read_ranges (json, info, path, param->ranges, diagnostics);
  }
  param->list = g_array_new (FALSE, FALSE, sizeof (double));
  return read_numbers (json, info, path, param->list, diagnostics);
}

void
dio_param_check_lists (const DioRandomizer *randomizer,
                       const char *path,
                       DioDiagnostics *diagnostics)
{
  const GArray *weights = dio_randomizer_get_numbers (randomizer, "weights");
  guint n = randomizer->targets != NULL ? g_strv_length (randomizer->targets) : 0;
  if (weights != NULL && weights->len != n)
    dio_diagnostics_add (diagnostics, DIO_SEVERITY_ERROR, "contradiction", path,
                         "\"weights\" must have one number for each of the %u targets, has %u", n,
                         weights->len);
}

/* ---- writing ---- */

json_t *
dio_param_list_to_json (const DioRandomizerParam *param)
{
  json_t *json = json_array ();
  for (guint i = 0; param->list != NULL && i < param->list->len; i++)
    json_array_append_new (json, json_real (g_array_index (param->list, double, i)));
  for (guint i = 0; param->ranges != NULL && i < param->ranges->len; i++) {
    const DioWeightedRange *range = &g_array_index (param->ranges, DioWeightedRange, i);
    json_array_append_new (json, json_pack ("{s:f,s:f,s:f}", "min", range->min, "max", range->max,
                                            "weight", range->weight));
  }
  return json;
}

json_t *
dio_param_list_to_schema (const DioParamInfo *info)
{
  json_t *number =
      json_pack ("{s:s,s:f,s:f}", "type", "number", "minimum", info->min, "maximum", info->max);
  if (info->type == DIO_PARAM_NUMBERS)
    return json_pack ("{s:s,s:i,s:o}", "type", "array", "minItems", 1, "items", number);
  json_t *range =
      json_pack ("{s:s,s:{s:O,s:o,s:{s:s,s:i,s:f}},s:[s,s],s:b}", "type", "object", "properties",
                 "min", number, "max", number, "weight", "type", "number", "minimum", 0, "maximum",
                 1e9, "required", "min", "max", "additionalProperties", 0);
  return json_pack ("{s:s,s:i,s:i,s:o}", "type", "array", "minItems", 1, "maxItems", MAX_RANGES,
                    "items", range);
}

void
dio_randomizer_json_add_target (json_t *json, const char *target)
{
  json_t *weights = json_object_get (json, "weights");
  json_array_append_new (json_object_get (json, "targets"), json_string (target));
  if (weights != NULL)
    json_array_append_new (weights, json_real (1));
}

void
dio_randomizer_json_remove_target (json_t *json, gsize index)
{
  json_array_remove (json_object_get (json, "targets"), index);
  json_array_remove (json_object_get (json, "weights"), index);
}
