#define G_LOG_DOMAIN "dio-scene"

/* "model": parameters of a parametric model and the tables of an asset's groups and materials. */

#include "dio-scene-model-private.h"

#include "dio-parametric.h"
#include "dio-scene-node-private.h"

#include <math.h>

const char *const dio_model_extra_keys[] = { "parameters", "group_labels", "materials", NULL };

static GHashTable *
parameters_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

void
dio_model_props_init (DioModelProps *props)
{
  props->parameters = parameters_new ();
  props->group_labels = dio_group_labels_new ();
  props->materials = g_ptr_array_new_with_free_func ((GDestroyNotify) dio_material_override_free);
}

void
dio_model_props_dup_tables (DioModelProps *props)
{
  GHashTable *parameters = parameters_new ();
  GHashTableIter iter;
  gpointer name, value;
  g_hash_table_iter_init (&iter, props->parameters);
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_hash_table_insert (parameters, g_strdup (name), g_memdup2 (value, sizeof (double)));
  props->parameters = parameters;
  props->group_labels = dio_group_labels_copy (props->group_labels);
  props->materials = g_ptr_array_copy (props->materials, dio_material_override_copy_cb, NULL);
  g_ptr_array_set_free_func (props->materials, (GDestroyNotify) dio_material_override_free);
}

void
dio_model_props_clear (DioModelProps *props)
{
  g_clear_pointer (&props->parameters, g_hash_table_unref);
  g_clear_pointer (&props->group_labels, g_hash_table_unref);
  g_clear_pointer (&props->materials, g_ptr_array_unref);
}

void
dio_model_props_set_parameter (DioModelProps *props, const char *name, double value)
{
  g_hash_table_insert (props->parameters, g_strdup (name), g_memdup2 (&value, sizeof value));
}

static const DioParametricParam *
find_param (const DioModelProps *props, const char *name)
{
  const DioParametricInfo *info =
      props->parametric != NULL ? dio_parametric_find (props->parametric) : NULL;
  return info != NULL ? dio_parametric_find_param (info, name) : NULL;
}

void
dio_model_props_drop_foreign_parameters (DioModelProps *props)
{
  GHashTableIter iter;
  gpointer name, value;
  g_hash_table_iter_init (&iter, props->parameters);
  while (g_hash_table_iter_next (&iter, &name, &value)) {
    const DioParametricParam *param = find_param (props, name);
    double number = *(double *) value;
    if (param == NULL || number < param->min || number > param->max)
      g_hash_table_iter_remove (&iter);
  }
}

static void
fault_parameter (DioReader *reader, const DioModelProps *props, const char *name)
{
  if (props->parametric == NULL) {
    dio_reader_fault_at (reader, name, "misplaced-key",
                         "is a parameter, but the node shows no parametric model");
    return;
  }
  g_autoptr (GPtrArray) known = g_ptr_array_new ();
  const DioParametricInfo *info = dio_parametric_find (props->parametric);
  for (const DioParametricParam *p = info->params; p->name != NULL; p++)
    g_ptr_array_add (known, (gpointer) p->name);
  dio_reader_fault_unknown (reader, name, known);
}

static void
read_parameter (DioReader *reader, const char *name, const json_t *json, DioModelProps *props)
{
  const DioParametricParam *param = find_param (props, name);
  double value = json_number_value (json);
  if (param == NULL) {
    fault_parameter (reader, props, name);
  } else if (!json_is_number (json)) {
    dio_reader_fault_at (reader, name, "wrong-type", "must be a number, is %s",
                         dio_json_describe_type (json));
  } else if (!(value >= param->min && value <= param->max)) {
    g_autofree char *shown = dio_json_describe_value (json);
    char low[G_ASCII_DTOSTR_BUF_SIZE], high[G_ASCII_DTOSTR_BUF_SIZE];
    dio_reader_fault_at (reader, name, "out-of-range", "must be %s to %s, is %s",
                         g_ascii_formatd (low, sizeof low, "%.9g", param->min),
                         g_ascii_formatd (high, sizeof high, "%.9g", param->max), shown);
  } else {
    dio_model_props_set_parameter (props, name, value + 0.0);
  }
}

static void
read_parameters (DioReader *reader, const json_t *json, DioModelProps *props)
{
  /* Without a known model there is nothing to check them against, and that is a fault already. */
  gboolean lost = props->parametric != NULL && dio_parametric_find (props->parametric) == NULL;
  if (json == NULL || lost)
    return;
  gsize mark = dio_reader_push_key (reader, "parameters");
  if (dio_reader_expect (reader, json, JSON_OBJECT, "an object of names and numbers")) {
    const char *name;
    json_t *value;
    json_object_foreach ((json_t *) json, name, value)
      read_parameter (reader, name, value, props);
  }
  dio_reader_pop (reader, mark);
}

void
dio_model_props_read (DioReader *reader, const json_t *object, DioModelProps *props)
{
  read_parameters (reader, json_object_get (object, "parameters"), props);
  dio_group_labels_read (reader, object, props->group_labels);
  dio_materials_read (reader, object, props->materials);
}

void
dio_model_props_write (const DioModelProps *props, json_t *object)
{
  if (g_hash_table_size (props->parameters) > 0) {
    json_t *json = json_object ();
    GHashTableIter iter;
    gpointer name, value;
    g_hash_table_iter_init (&iter, props->parameters);
    while (g_hash_table_iter_next (&iter, &name, &value))
      json_object_set_new (json, name, json_real (*(double *) value));
    json_object_set_new (object, "parameters", json);
  }
  dio_group_labels_write (props->group_labels, object);
  dio_materials_write (props->materials, object);
}

/* ---- schema ---- */

static json_t *
describe_parameters (const DioParametricInfo *info)
{
  json_t *properties = json_object ();
  for (const DioParametricParam *p = info->params; p->name != NULL; p++) {
    json_t *param = json_pack ("{s:s,s:f,s:f,s:f,s:s}", "type", "number", "minimum", p->min,
                               "maximum", p->max, "default", p->default_value, "title", p->label);
    json_object_set_new (properties, p->name, param);
  }
  return json_pack ("{s:s,s:o,s:b}", "type", "object", "properties", properties,
                    "additionalProperties", FALSE);
}

/* One branch for every parametric model: "if it is a mug, then its parameters are these". */
void
dio_model_props_describe (json_t *schema)
{
  guint n;
  const DioParametricInfo *models = dio_parametric_get_table (&n);
  json_t *branches = json_array ();
  json_t *names = json_array ();
  for (guint i = 0; i < n; i++) {
    json_array_append_new (names, json_string (models[i].kind));
    json_t *branch =
        json_pack ("{s:{s:{s:{s:s}},s:[s]},s:{s:{s:o}}}", "if", "properties", "parametric", "const",
                   models[i].kind, "required", "parametric", "then", "properties", "parameters",
                   describe_parameters (&models[i]));
    json_array_append_new (branches, branch);
  }
  json_array_append_new (names, json_null ());
  json_t *properties = json_object_get (schema, "properties");
  json_object_set_new (properties, "parametric", json_pack ("{s:o}", "enum", names));
  json_object_set_new (properties, "parameters", json_pack ("{s:s}", "type", "object"));
  json_object_set_new (properties, "group_labels", dio_group_labels_to_schema ());
  json_object_set_new (properties, "materials", dio_materials_to_schema ());
  json_object_set_new (schema, "allOf", branches);
  json_object_set_new (schema, "oneOf",
                       json_pack ("[{s:[s],s:{s:{s:s}}},{s:[s],s:{s:{s:s}}}]", "required", "asset",
                                  "properties", "asset", "type", "string", "required", "parametric",
                                  "properties", "parametric", "type", "string"));
}
