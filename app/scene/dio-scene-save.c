#define G_LOG_DOMAIN "dio-scene"

/* From a scenario to JSON: only what differs from the defaults, in canonical text. */

#include "dio-base-hash.h"
#include "dio-base-json.h"
#include "dio-base-path.h"
#include "dio-scene-asset-private.h"
#include "dio-scene-category-private.h"
#include "dio-scene-node-private.h"
#include "dio-scene-randomizer.h"
#include "dio-scene-scenario.h"

#include <string.h>

typedef json_t *(*WriteEntryFunc) (gconstpointer entry);

static void
write_list (json_t *document, const char *key, GPtrArray *list, WriteEntryFunc write_cb)
{
  if (list->len == 0)
    return;
  json_t *array = json_array ();
  for (guint i = 0; i < list->len; i++)
    json_array_append_new (array, write_cb (g_ptr_array_index (list, i)));
  json_object_set_new (document, key, array);
}

static void
write_struct (json_t *document, const char *key, const DioFieldView *view, gconstpointer base)
{
  g_autoptr (json_t) json = json_object ();
  dio_fields_write (view, json, base);
  if (json_object_size (json) > 0)
    json_object_set (document, key, json);
}

json_t *
dio_scenario_to_json (const DioScenario *scenario)
{
  g_return_val_if_fail (scenario != NULL, NULL);
  json_t *json =
      json_pack ("{s:s,s:i}", "format", DIO_SCENARIO_FORMAT, "version", DIO_SCENARIO_VERSION);
  DioFieldView document = dio_document_get_view ();
  DioFieldView policy = dio_policy_get_view ();
  DioFieldView outputs = dio_outputs_get_view ();
  DioFieldView sequence = dio_sequence_get_view ();
  dio_fields_write (&document, json, scenario);
  write_struct (json, "policy", &policy, &scenario->policy);
  write_struct (json, "outputs", &outputs, &scenario->outputs);
  write_struct (json, "sequence", &sequence, &scenario->sequence);
  write_list (json, "assets", scenario->assets, (WriteEntryFunc) dio_asset_to_json);
  write_list (json, "categories", scenario->categories, (WriteEntryFunc) dio_category_to_json);
  write_list (json, "nodes", scenario->nodes, (WriteEntryFunc) dio_node_to_json);
  write_list (json, "randomizers", scenario->randomizers, (WriteEntryFunc) dio_randomizer_to_json);
  return json;
}

char *
dio_scenario_to_text (const DioScenario *scenario)
{
  g_autoptr (json_t) json = dio_scenario_to_json (scenario);
  return dio_json_to_text (json);
}

gboolean
dio_scenario_save (const DioScenario *scenario, const char *path, GError **error)
{
  g_return_val_if_fail (scenario != NULL && path != NULL, FALSE);
  g_autofree char *text = dio_scenario_to_text (scenario);
  return dio_path_write_atomic (path, text, strlen (text), error);
}

char *
dio_scenario_dup_hash (const DioScenario *scenario)
{
  g_autofree char *text = dio_scenario_to_text (scenario);
  return dio_hash_bytes (text, strlen (text));
}
