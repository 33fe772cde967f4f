#define G_LOG_DOMAIN "dio-scene"

#include "dio-scene-randomizer-private.h"

#include "dio-base-json.h"
#include "dio-scene-distribution.h"

#include <math.h>
#include <string.h>

static const DioParamInfo *
find_param_info (const DioRandomizerInfo *info, const char *name)
{
  for (const DioParamInfo *param = info->params; param->name != NULL; param++)
    if (g_str_equal (param->name, name))
      return param;
  return NULL;
}

static void
param_free (gpointer data)
{
  DioRandomizerParam *param = data;
  g_free (param->name);
  dio_distribution_free (param->distribution);
  g_free (param->string);
  g_strfreev (param->strings);
  g_free (param->numbers);
  g_clear_pointer (&param->list, g_array_unref);
  g_clear_pointer (&param->ranges, g_array_unref);
  g_clear_pointer (&param->keys, g_array_unref);
  g_free (param);
}

void
dio_randomizer_free (DioRandomizer *randomizer)
{
  if (randomizer == NULL)
    return;
  g_free (randomizer->id);
  g_free (randomizer->name);
  g_free (randomizer->type);
  g_strfreev (randomizer->targets);
  g_clear_pointer (&randomizer->params, g_ptr_array_unref);
  g_free (randomizer);
}

/* Reading. Every fault is an error with the JSON path of the offending value; reading goes on, so that one
 * load shows all faults. */

static gboolean
has_range (const DioParamInfo *info)
{
  return info->min < info->max;
}

/* As "%g", whatever the locale says about decimal points. */
static const char *
format_number (double number, char buffer[static G_ASCII_DTOSTR_BUF_SIZE])
{
  return g_ascii_formatd (buffer, G_ASCII_DTOSTR_BUF_SIZE, "%g", number);
}

static gboolean
check_range (double min, double max, const DioParamInfo *info, const char *path, DioDiagnostics *d)
{
  if (!has_range (info) || (min >= info->min && max <= info->max))
    return TRUE;
  char from[G_ASCII_DTOSTR_BUF_SIZE], to[G_ASCII_DTOSTR_BUF_SIZE];
  char least[G_ASCII_DTOSTR_BUF_SIZE], most[G_ASCII_DTOSTR_BUF_SIZE];
  format_number (min, from);
  format_number (max, to);
  format_number (info->min, least);
  format_number (info->max, most);
  if (min == max)
    dio_diagnostics_add (d, DIO_SEVERITY_ERROR, "out-of-range", path,
                         "\"%s\" must be %s to %s, is %s", info->name, least, most, from);
  else
    dio_diagnostics_add (d, DIO_SEVERITY_ERROR, "out-of-range", path,
                         "\"%s\" must stay within %s to %s, but can become %s to %s; narrow it",
                         info->name, least, most, from, to);
  return FALSE;
}

static gboolean
wrong_type (const char *path, const char *wanted, DioDiagnostics *d)
{
  dio_diagnostics_add (d, DIO_SEVERITY_ERROR, "wrong-type", path, "this must be %s", wanted);
  return FALSE;
}

static gboolean
read_number (const json_t *json, const char *path, double *out, DioDiagnostics *d)
{
  if (!json_is_number (json))
    return wrong_type (path, "a number", d);
  *out = json_number_value (json);
  return TRUE;
}

static gboolean
read_vec3 (const json_t *json, const char *path, DioVec3 *out, DioDiagnostics *d)
{
  double v[3];
  if (!json_is_array (json) || json_array_size (json) != 3)
    return wrong_type (path, "an array of three numbers", d);
  for (guint i = 0; i < 3; i++) {
    g_autofree char *element = g_strdup_printf ("%s/%u", path, i);
    if (!read_number (json_array_get (json, i), element, &v[i], d))
      return FALSE;
  }
  *out = (DioVec3){ v[0], v[1], v[2] };
  return TRUE;
}

/* A list of strings without doubles, or NULL. */
static GStrv
read_strings (const json_t *json, const char *path, DioDiagnostics *d)
{
  if (!json_is_array (json)) {
    wrong_type (path, "an array of strings", d);
    return NULL;
  }
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < json_array_size (json); i++) {
    const char *text = json_string_value (json_array_get (json, i));
    g_autofree char *element = g_strdup_printf ("%s/%u", path, i);
    if (text == NULL) {
      wrong_type (element, "a string", d);
      return NULL;
    }
    if (!g_hash_table_add (seen, (gpointer) text)) {
      dio_diagnostics_add (d, DIO_SEVERITY_ERROR, "duplicate", element,
                           "\"%s\" stands here twice; remove one", text);
      return NULL;
    }
    g_strv_builder_add (builder, text);
  }
  return g_strv_builder_end (builder);
}

/* Numbers or strings, all of one kind; unlike a list of names, rows repeat themselves. */
static gboolean
read_rows (const json_t *json, const char *path, DioRandomizerParam *param, DioDiagnostics *d)
{
  gsize n = json_is_array (json) ? json_array_size (json) : 0;
  if (n == 0 || n > DIO_PARAM_MAX_ROWS)
    return wrong_type (path, "an array of 1 to 1000000 numbers or strings", d);
  gboolean by_name = json_is_string (json_array_get (json, 0));
  param->n_rows = (guint) n;
  param->strings = by_name ? g_new0 (char *, n + 1) : NULL;
  param->numbers = by_name ? NULL : g_new0 (double, n);
  for (guint i = 0; i < n; i++) {
    const json_t *value = json_array_get (json, i);
    if (by_name ? json_is_string (value) : json_is_number (value)) {
      if (by_name)
        param->strings[i] = g_strdup (json_string_value (value));
      else
        param->numbers[i] = json_number_value (value);
      continue;
    }
    g_autofree char *element = g_strdup_printf ("%s/%u", path, i);
    return wrong_type (element, by_name ? "a string, as the first is" : "a number", d);
  }
  return TRUE;
}

static gboolean
read_distribution (const json_t *json,
                   const DioParamInfo *info,
                   const char *path,
                   DioRandomizerParam *param,
                   DioDiagnostics *d)
{
  param->distribution = dio_distribution_from_json (json, path, d);
  if (param->distribution == NULL)
    return FALSE;
  double min = 0, max = 0;
  dio_distribution_get_range (param->distribution, &min, &max);
  return check_range (min, max, info, path, d);
}

static gboolean
read_value (const json_t *json,
            const DioParamInfo *info,
            const char *path,
            DioRandomizerParam *param,
            DioDiagnostics *d)
{
  DioVec3 v;
  switch (info->type) {
  case DIO_PARAM_DISTRIBUTION:
    return read_distribution (json, info, path, param, d);
  case DIO_PARAM_NUMBER:
    return read_number (json, path, &param->number, d)
           && check_range (param->number, param->number, info, path, d);
  case DIO_PARAM_INTEGER:
    if (!json_is_integer (json))
      return wrong_type (path, "an integer", d);
    param->number = (double) json_integer_value (json);
    return check_range (param->number, param->number, info, path, d);
  case DIO_PARAM_BOOLEAN:
    if (!json_is_boolean (json))
      return wrong_type (path, "true or false", d);
    param->number = json_is_true (json) ? 1 : 0;
    return TRUE;
  case DIO_PARAM_VEC3:
    if (!read_vec3 (json, path, &v, d))
      return FALSE;
    param->vec3 = v;
    return check_range (fmin (v.x, fmin (v.y, v.z)), fmax (v.x, fmax (v.y, v.z)), info, path, d);
  case DIO_PARAM_STRING:
    if (!json_is_string (json))
      return wrong_type (path, "a string", d);
    param->string = g_strdup (json_string_value (json));
    return TRUE;
  case DIO_PARAM_STRINGS:
    param->strings = read_strings (json, path, d);
    if (param->strings != NULL && param->strings[0] == NULL)
      return wrong_type (path, "a list with at least one string", d);
    return param->strings != NULL;
  case DIO_PARAM_ROWS:
    return read_rows (json, path, param, d);
  case DIO_PARAM_NUMBERS:
  case DIO_PARAM_RANGES:
    return dio_param_read_list (json, info, path, param, d);
  case DIO_PARAM_KEYS:
    return dio_param_read_keys (json, info, path, param, d);
  default:
    g_assert_not_reached ();
  }
}

static void
read_param (const char *key,
            const json_t *json,
            const DioRandomizerInfo *info,
            const char *path,
            DioRandomizer *randomizer,
            DioDiagnostics *d)
{
  g_autofree char *where = g_strdup_printf ("%s/%s", path, key);
  const DioParamInfo *param_info = find_param_info (info, key);
  if (param_info == NULL) {
    dio_diagnostics_add (d, DIO_SEVERITY_ERROR, "unknown-key", where,
                         "a randomizer of type \"%s\" has no \"%s\"; remove it", info->type, key);
    return;
  }
  DioRandomizerParam *param = g_new0 (DioRandomizerParam, 1);
  param->name = g_strdup (key);
  param->type = param_info->type;
  if (read_value (json, param_info, where, param, d))
    g_ptr_array_add (randomizer->params, param);
  else
    param_free (param);
}

static gboolean
is_given (const json_t *json, const char *name)
{
  return json_object_get (json, name) != NULL;
}

/* What must be there together, as far as the table can say it. */
static void
check_complete (const json_t *json,
                const DioRandomizerInfo *info,
                const char *path,
                DioDiagnostics *d)
{
  for (const DioParamInfo *param = info->params; param->name != NULL; param++)
    if (param->required && !is_given (json, param->name))
      dio_diagnostics_add (d, DIO_SEVERITY_ERROR, "missing", path,
                           "a randomizer of type \"%s\" needs \"%s\"; add it", info->type,
                           param->name);
  if (info->one_of == NULL)
    return;
  guint n = 0;
  for (guint i = 0; info->one_of[i] != NULL; i++)
    n += is_given (json, info->one_of[i]) ? 1 : 0;
  g_autofree char *names = g_strjoinv ("\", \"", (char **) info->one_of);
  if (n != 1)
    dio_diagnostics_add (d, DIO_SEVERITY_ERROR, "missing", path,
                         "a randomizer of type \"%s\" needs exactly one of \"%s\"; %u are given",
                         info->type, names, n);
}

/* Rules between parameters that no table can say. */
static void
check_sense (const DioRandomizer *randomizer, const char *path, DioDiagnostics *d)
{
  if (g_str_equal (randomizer->type, "scatter")
      && dio_randomizer_get_param (randomizer, "center") != NULL
      && (dio_randomizer_get_param (randomizer, "size_x_m") == NULL
          || dio_randomizer_get_param (randomizer, "size_y_m") == NULL))
    dio_diagnostics_add (d, DIO_SEVERITY_ERROR, "missing", path,
                         "a scatter about a center needs \"size_x_m\" and \"size_y_m\"; add them");
  if (g_str_equal (randomizer->type, "camera-look-at")
      && dio_randomizer_get_param (randomizer, "radius_m") == NULL
      && (dio_randomizer_get_param (randomizer, "azimuth_rad") != NULL
          || dio_randomizer_get_param (randomizer, "elevation_rad") != NULL))
    dio_diagnostics_add (d, DIO_SEVERITY_ERROR, "missing", path,
                         "a camera that is placed by \"azimuth_rad\" or \"elevation_rad\" needs "
                         "\"radius_m\"; add it");
  const DioRandomizerParam *min = dio_randomizer_get_param (randomizer, "min");
  const DioRandomizerParam *max = dio_randomizer_get_param (randomizer, "max");
  if (min != NULL && max != NULL
      && (min->vec3.x > max->vec3.x || min->vec3.y > max->vec3.y || min->vec3.z > max->vec3.z))
    dio_diagnostics_add (d, DIO_SEVERITY_ERROR, "out-of-range", path,
                         "\"min\" must not lie above \"max\" on any axis");
  const char *frame = dio_randomizer_get_string (randomizer, "frame", "parent");
  if (!g_str_equal (frame, "parent") && !g_str_equal (frame, "world"))
    dio_diagnostics_add (d, DIO_SEVERITY_ERROR, "unknown-value", path,
                         "\"frame\" must be \"parent\" or \"world\", not \"%s\"", frame);
  const char *at_end = dio_randomizer_get_string (randomizer, "at_end", "repeat");
  if (!g_str_equal (at_end, "repeat") && !g_str_equal (at_end, "stop"))
    dio_diagnostics_add (d, DIO_SEVERITY_ERROR, "unknown-value", path,
                         "\"at_end\" must be \"repeat\" or \"stop\", not \"%s\"", at_end);
  if (dio_randomizer_get_param (randomizer, "file") != NULL
      && dio_randomizer_get_param (randomizer, "columns") == NULL)
    dio_diagnostics_add (d, DIO_SEVERITY_ERROR, "missing", path,
                         "a randomizer with a \"file\" needs \"columns\"; name those of the file");
  const char *each = dio_randomizer_get_string (randomizer, "each", "sequence");
  if (!g_str_equal (each, "sequence") && !g_str_equal (each, "step"))
    dio_diagnostics_add (d, DIO_SEVERITY_ERROR, "unknown-value", path,
                         "\"each\" must be \"sequence\" or \"step\", not \"%s\"", each);
  const char *others = dio_randomizer_get_string (randomizer, "others", "hide");
  if (!g_str_equal (others, "hide") && !g_str_equal (others, "keep"))
    dio_diagnostics_add (d, DIO_SEVERITY_ERROR, "unknown-value", path,
                         "\"others\" must be \"hide\" or \"keep\", not \"%s\"", others);
  dio_param_check_lists (randomizer, path, d);
  const DioDistribution *values = dio_randomizer_get_distribution (randomizer, "values");
  if (values != NULL && values->strings == NULL)
    dio_diagnostics_add (d, DIO_SEVERITY_ERROR, "wrong-type", path,
                         "\"values\" must be a choice of strings");
}

static gboolean
is_common_key (const char *key)
{
  static const char *const keys[] = { "id", "type", "name", "enabled", "targets", NULL };
  return g_strv_contains (keys, key);
}

static char *
read_string_member (
    const json_t *json, const char *key, const char *fallback, const char *path, DioDiagnostics *d)
{
  const json_t *member = json_object_get (json, key);
  if (member == NULL && fallback != NULL)
    return g_strdup (fallback);
  if (json_is_string (member) && (fallback != NULL || json_string_length (member) > 0))
    return g_strdup (json_string_value (member));
  g_autofree char *where = g_strdup_printf ("%s/%s", path, key);
  dio_diagnostics_add (d, DIO_SEVERITY_ERROR, member == NULL ? "missing" : "wrong-type", where,
                       "\"%s\" must be a string%s", key, fallback == NULL ? " and not empty" : "");
  return g_strdup (fallback != NULL ? fallback : "");
}

static void
read_targets (const json_t *json,
              const DioRandomizerInfo *info,
              const char *path,
              DioRandomizer *randomizer,
              DioDiagnostics *d)
{
  g_autofree char *where = g_strdup_printf ("%s/targets", path);
  const json_t *targets = json_object_get (json, "targets");
  if (targets != NULL)
    randomizer->targets = read_strings (targets, where, d);
  if (targets == NULL
      || (randomizer->targets != NULL && g_strv_length (randomizer->targets) < info->min_targets))
    dio_diagnostics_add (d, DIO_SEVERITY_ERROR, "missing", where,
                         "a randomizer of type \"%s\" needs at least %u target; name a node's id",
                         info->type, info->min_targets);
  if (randomizer->targets == NULL)
    randomizer->targets = g_new0 (char *, 1);
}

DioRandomizer *
dio_randomizer_from_json (const json_t *json, const char *path, DioDiagnostics *diagnostics)
{
  g_return_val_if_fail (path != NULL && diagnostics != NULL, NULL);
  if (!json_is_object (json)) {
    wrong_type (path, "an object", diagnostics);
    return NULL;
  }
  g_autofree char *type = read_string_member (json, "type", NULL, path, diagnostics);
  const DioRandomizerInfo *info = dio_randomizer_find_info (type);
  if (info == NULL) {
    g_autofree char *where = g_strdup_printf ("%s/type", path);
    if (*type != '\0')
      dio_diagnostics_add (diagnostics, DIO_SEVERITY_ERROR, "unknown-value", where,
                           "there is no randomizer of type \"%s\"; see the manual's list", type);
    return NULL;
  }
  g_autoptr (DioRandomizer) randomizer = g_new0 (DioRandomizer, 1);
  g_atomic_ref_count_init (&randomizer->refs);
  randomizer->params = g_ptr_array_new_with_free_func (param_free);
  randomizer->type = g_steal_pointer (&type);
  randomizer->id = read_string_member (json, "id", NULL, path, diagnostics);
  randomizer->name = read_string_member (json, "name", "", path, diagnostics);
  randomizer->enabled = TRUE;
  const json_t *enabled = json_object_get (json, "enabled");
  if (enabled != NULL && !json_is_boolean (enabled)) {
    g_autofree char *where = g_strdup_printf ("%s/enabled", path);
    wrong_type (where, "true or false", diagnostics);
  } else if (enabled != NULL) {
    randomizer->enabled = json_is_true (enabled);
  }
  read_targets (json, info, path, randomizer, diagnostics);

  const char *key;
  json_t *value;
  json_object_foreach ((json_t *) json, key, value) {
    if (!is_common_key (key))
      read_param (key, value, info, path, randomizer, diagnostics);
  }
  check_complete (json, info, path, diagnostics);
  check_sense (randomizer, path, diagnostics);
  return g_steal_pointer (&randomizer);
}

/* Writing. */

static json_t *
strings_to_json (const char *const *strings)
{
  json_t *array = json_array ();
  for (guint i = 0; strings[i] != NULL; i++)
    json_array_append_new (array, json_string (strings[i]));
  return array;
}

static json_t *
rows_to_json (const DioRandomizerParam *param)
{
  json_t *array = json_array ();
  for (guint i = 0; i < param->n_rows; i++)
    json_array_append_new (array, param->numbers != NULL ? json_real (param->numbers[i])
                                                         : json_string (param->strings[i]));
  return array;
}

static json_t *
param_to_json (const DioRandomizerParam *param)
{
  switch (param->type) {
  case DIO_PARAM_DISTRIBUTION:
    return dio_distribution_to_json (param->distribution);
  case DIO_PARAM_NUMBER:
    return json_real (param->number);
  case DIO_PARAM_INTEGER:
    return json_integer ((json_int_t) param->number);
  case DIO_PARAM_BOOLEAN:
    return json_boolean (param->number != 0);
  case DIO_PARAM_VEC3:
    return json_pack ("[fff]", param->vec3.x, param->vec3.y, param->vec3.z);
  case DIO_PARAM_STRING:
    return json_string (param->string);
  case DIO_PARAM_STRINGS:
    return strings_to_json ((const char *const *) param->strings);
  case DIO_PARAM_ROWS:
    return rows_to_json (param);
  case DIO_PARAM_NUMBERS:
  case DIO_PARAM_RANGES:
    return dio_param_list_to_json (param);
  case DIO_PARAM_KEYS:
    return dio_param_keys_to_json (param);
  default:
    g_assert_not_reached ();
  }
}

json_t *
dio_randomizer_to_json (const DioRandomizer *randomizer)
{
  g_return_val_if_fail (randomizer != NULL, NULL);
  json_t *json = json_object ();
  json_object_set_new (json, "id", json_string (randomizer->id));
  json_object_set_new (json, "type", json_string (randomizer->type));
  if (*randomizer->name != '\0')
    json_object_set_new (json, "name", json_string (randomizer->name));
  if (!randomizer->enabled)
    json_object_set_new (json, "enabled", json_false ());
  json_object_set_new (json, "targets",
                       strings_to_json ((const char *const *) randomizer->targets));
  for (guint i = 0; i < randomizer->params->len; i++) {
    const DioRandomizerParam *param = g_ptr_array_index (randomizer->params, i);
    json_object_set_new (json, param->name, param_to_json (param));
  }
  return json;
}
/* Parameters of an instance. */

const DioRandomizerParam *
dio_randomizer_get_param (const DioRandomizer *randomizer, const char *name)
{
  g_return_val_if_fail (randomizer != NULL && name != NULL, NULL);
  for (guint i = 0; i < randomizer->params->len; i++) {
    const DioRandomizerParam *param = g_ptr_array_index (randomizer->params, i);
    if (g_str_equal (param->name, name))
      return param;
  }
  return NULL;
}

static const DioRandomizerParam *
find_typed (const DioRandomizer *randomizer, const char *name, DioParamType type)
{
  const DioRandomizerParam *param = dio_randomizer_get_param (randomizer, name);
  return param != NULL && param->type == type ? param : NULL;
}

const DioDistribution *
dio_randomizer_get_distribution (const DioRandomizer *randomizer, const char *name)
{
  const DioRandomizerParam *param = find_typed (randomizer, name, DIO_PARAM_DISTRIBUTION);
  return param != NULL ? param->distribution : NULL;
}

double
dio_randomizer_get_number (const DioRandomizer *randomizer, const char *name, double fallback)
{
  const DioRandomizerParam *param = dio_randomizer_get_param (randomizer, name);
  if (param == NULL
      || (param->type != DIO_PARAM_NUMBER && param->type != DIO_PARAM_INTEGER
          && param->type != DIO_PARAM_BOOLEAN))
    return fallback;
  return param->number;
}

guint
dio_randomizer_get_integer (const DioRandomizer *randomizer, const char *name, guint fallback)
{
  double number = dio_randomizer_get_number (randomizer, name, fallback);
  return number >= 0 && number <= G_MAXUINT ? (guint) number : fallback;
}

DioVec3
dio_randomizer_get_vec3 (const DioRandomizer *randomizer, const char *name, DioVec3 fallback)
{
  const DioRandomizerParam *param = find_typed (randomizer, name, DIO_PARAM_VEC3);
  return param != NULL ? param->vec3 : fallback;
}

const char *
dio_randomizer_get_string (const DioRandomizer *randomizer, const char *name, const char *fallback)
{
  const DioRandomizerParam *param = find_typed (randomizer, name, DIO_PARAM_STRING);
  return param != NULL ? param->string : fallback;
}

const char *const *
dio_randomizer_get_strings (const DioRandomizer *randomizer, const char *name)
{
  const DioRandomizerParam *param = find_typed (randomizer, name, DIO_PARAM_STRINGS);
  return param != NULL ? (const char *const *) param->strings : NULL;
}

const GArray *
dio_randomizer_get_numbers (const DioRandomizer *randomizer, const char *name)
{
  const DioRandomizerParam *param = find_typed (randomizer, name, DIO_PARAM_NUMBERS);
  return param != NULL ? param->list : NULL;
}

const GArray *
dio_randomizer_get_keys (const DioRandomizer *randomizer, const char *name)
{
  const DioRandomizerParam *param = find_typed (randomizer, name, DIO_PARAM_KEYS);
  return param != NULL ? param->keys : NULL;
}

gboolean
dio_randomizer_is_each_step (const DioRandomizer *randomizer)
{
  return g_str_equal (dio_randomizer_get_string (randomizer, "each", "sequence"), "step");
}

const GArray *
dio_randomizer_get_ranges (const DioRandomizer *randomizer, const char *name)
{
  const DioRandomizerParam *param = find_typed (randomizer, name, DIO_PARAM_RANGES);
  return param != NULL ? param->ranges : NULL;
}
