#define G_LOG_DOMAIN "dio-scene"

/* The JSON schema of the document, from the same tables that read and write it. A schema cannot say what holds
 * between entries (references, cycles, shear); loading checks that. */

#include "dio-scene-asset-private.h"
#include "dio-scene-category-private.h"
#include "dio-scene-distribution.h"
#include "dio-scene-node-private.h"
#include "dio-scene-randomizer.h"
#include "dio-scene-scenario-private.h"

json_t *
dio_schema_new_object (void)
{
  return json_pack ("{s:s,s:{},s:[],s:b}", "type", "object", "properties", "required",
                    "additionalProperties", FALSE);
}

static void
add_struct (json_t *schema, const char *key, const DioFieldView *view)
{
  json_t *object = dio_schema_new_object ();
  dio_fields_describe (view, object);
  json_object_set_new (json_object_get (schema, "properties"), key, object);
}

static void
add_list (json_t *schema, const char *key, const char *definition, int max)
{
  g_autofree char *reference = g_strconcat ("#/$defs/", definition, NULL);
  json_object_set_new (json_object_get (schema, "properties"), key,
                       json_pack ("{s:s,s:{s:s},s:i}", "type", "array", "items", "$ref", reference,
                                  "maxItems", max));
}

/* The randomizers' schema stands alone with definitions of its own; here they join those of the document. */
static json_t *
take_randomizer_schema (json_t *definitions)
{
  json_t *schema = dio_randomizer_to_schema ();
  json_object_update_missing (definitions, json_object_get (schema, "$defs"));
  json_object_del (schema, "$defs");
  json_object_del (schema, "$id");
  return schema;
}

static json_t *
create_definitions (void)
{
  json_t *definitions = json_object ();
  json_object_set_new (
      definitions, "id",
      json_pack ("{s:s,s:s}", "type", "string", "pattern", "^[A-Za-z0-9_.-]{1,64}$"));
  json_object_set_new (definitions, "asset", dio_asset_to_schema ());
  json_object_set_new (definitions, "category", dio_category_to_schema ());
  json_object_set_new (definitions, "node", dio_node_to_schema ());
  json_object_set_new (definitions, "randomizer", take_randomizer_schema (definitions));
  return definitions;
}

json_t *
dio_scenario_to_schema (void)
{
  json_t *schema = dio_schema_new_object ();
  json_object_set_new (schema, "$schema",
                       json_string ("https://json-schema.org/draft/2020-12/schema"));
  json_object_set_new (schema, "title", json_string ("Diorama scenario"));
  json_t *properties = json_object_get (schema, "properties");
  json_object_set_new (properties, "format", json_pack ("{s:s}", "const", DIO_SCENARIO_FORMAT));
  json_object_set_new (properties, "version", json_pack ("{s:i}", "const", DIO_SCENARIO_VERSION));
  json_t *required = json_object_get (schema, "required");
  json_array_append_new (required, json_string ("format"));
  json_array_append_new (required, json_string ("version"));
  DioFieldView document = dio_document_get_view ();
  DioFieldView policy = dio_policy_get_view ();
  DioFieldView outputs = dio_outputs_get_view ();
  DioFieldView sequence = dio_sequence_get_view ();
  dio_fields_describe (&document, schema);
  add_struct (schema, "policy", &policy);
  add_struct (schema, "outputs", &outputs);
  add_struct (schema, "sequence", &sequence);
  add_list (schema, "assets", "asset", DIO_SCENARIO_MAX_ASSETS);
  add_list (schema, "categories", "category", DIO_SCENARIO_MAX_CATEGORIES);
  add_list (schema, "nodes", "node", DIO_SCENARIO_MAX_NODES);
  add_list (schema, "randomizers", "randomizer", DIO_SCENARIO_MAX_RANDOMIZERS);
  json_object_set_new (schema, "$defs", create_definitions ());
  return schema;
}
