#define G_LOG_DOMAIN "dio-scene"

#include "dio-scene-randomizer-private.h"

#include "dio-scene-distribution.h"

/* The schema. It stands as one resource with its own $id, so that its definition of a distribution is found
 * wherever the schema is put. */

static json_t *
param_to_schema (const DioParamInfo *info)
{
  json_t *schema = NULL;
  switch (info->type) {
  case DIO_PARAM_DISTRIBUTION:
    schema = json_pack ("{s:s}", "$ref", "#/$defs/distribution");
    break;
  case DIO_PARAM_NUMBER:
  case DIO_PARAM_INTEGER:
    schema = json_pack ("{s:s}", "type", info->type == DIO_PARAM_NUMBER ? "number" : "integer");
    if (info->min < info->max)
      json_object_update_new (schema,
                              json_pack ("{s:f,s:f}", "minimum", info->min, "maximum", info->max));
    break;
  case DIO_PARAM_BOOLEAN:
    schema = json_pack ("{s:s}", "type", "boolean");
    break;
  case DIO_PARAM_VEC3:
    schema = json_pack ("{s:s,s:{s:s},s:i,s:i}", "type", "array", "items", "type", "number",
                        "minItems", 3, "maxItems", 3);
    break;
  case DIO_PARAM_STRING:
    schema = json_pack ("{s:s}", "type", "string");
    break;
  case DIO_PARAM_STRINGS:
    schema = json_pack ("{s:s,s:{s:s},s:i,s:b}", "type", "array", "items", "type", "string",
                        "minItems", 1, "uniqueItems", 1);
    break;
  case DIO_PARAM_ROWS:
    schema = json_pack ("{s:s,s:i,s:[{s:{s:s}},{s:{s:s}}]}", "type", "array", "minItems", 1,
                        "oneOf", "items", "type", "number", "items", "type", "string");
    break;
  case DIO_PARAM_NUMBERS:
  case DIO_PARAM_RANGES:
    schema = dio_param_list_to_schema (info);
    break;
  case DIO_PARAM_KEYS:
    schema = dio_param_keys_to_schema (info);
    break;
  default:
    g_assert_not_reached ();
  }
  json_object_set_new (schema, "description", json_string (info->help));
  return schema;
}

static json_t *
one_of_to_schema (const char *const *names)
{
  json_t *alternatives = json_array ();
  for (guint i = 0; names[i] != NULL; i++)
    json_array_append_new (alternatives, json_pack ("{s:[s]}", "required", names[i]));
  return alternatives;
}

static json_t *
info_to_schema (const DioRandomizerInfo *info)
{
  json_t *properties =
      json_pack ("{s:{s:s},s:{s:s,s:i},s:{s:s},s:{s:s},s:{s:s,s:{s:s},s:i,s:b}}", "type", "const",
                 info->type, "id", "type", "string", "minLength", 1, "name", "type", "string",
                 "enabled", "type", "boolean", "targets", "type", "array", "items", "type",
                 "string", "minItems", (int) info->min_targets, "uniqueItems", 1);
  json_t *required = json_pack ("[sss]", "id", "type", "targets");
  for (const DioParamInfo *param = info->params; param->name != NULL; param++) {
    json_object_set_new (properties, param->name, param_to_schema (param));
    if (param->required)
      json_array_append_new (required, json_string (param->name));
  }
  json_t *schema =
      json_pack ("{s:s,s:s,s:o,s:o,s:b}", "type", "object", "description", info->help, "properties",
                 properties, "required", required, "additionalProperties", 0);
  if (info->one_of != NULL)
    json_object_set_new (schema, "oneOf", one_of_to_schema (info->one_of));
  return schema;
}

json_t *
dio_randomizer_to_schema (void)
{
  json_t *types = json_array ();
  guint n;
  const DioRandomizerInfo *table = dio_randomizer_get_table (&n);
  for (guint i = 0; i < n; i++)
    json_array_append_new (types, info_to_schema (&table[i]));
  return json_pack ("{s:s,s:{s:o},s:o}", "$id", "randomizer", "$defs", "distribution",
                    dio_distribution_to_schema (), "oneOf", types);
}
