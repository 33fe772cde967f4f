#define G_LOG_DOMAIN "dio-scene"

/* Edits of randomizers, and what becomes of them when something that they name goes. */

#include "dio-base-json.h"
#include "dio-scene-edit-private.h"
#include "dio-scene-randomizer.h"

#include <string.h>

guint
dio_edit_get_randomizer_position (const DioScenario *scenario, const char *id)
{
  for (guint i = 0; i < scenario->randomizers->len; i++) {
    const DioRandomizer *randomizer = g_ptr_array_index (scenario->randomizers, i);
    if (g_strcmp0 (randomizer->id, id) == 0)
      return i;
  }
  return scenario->randomizers->len;
}

const DioRandomizer *
dio_scenario_find_randomizer (const DioScenario *scenario, const char *id)
{
  g_return_val_if_fail (scenario != NULL, NULL);
  guint position =
      id != NULL ? dio_edit_get_randomizer_position (scenario, id) : scenario->randomizers->len;
  return position < scenario->randomizers->len ? g_ptr_array_index (scenario->randomizers, position)
                                               : NULL;
}

/* ---- what goes with others ---- */

/* Whether a parameter (not the targets) names an entry that goes: without it the randomizer has no sense. */
static gboolean
names_gone_entry (const DioRandomizer *randomizer, GHashTable *gone, DioReferenceKind kind)
{
  for (guint i = 0; i < randomizer->params->len; i++) {
    const DioRandomizerParam *param = g_ptr_array_index (randomizer->params, i);
    const DioParamReference *reference = dio_param_reference_find (randomizer->type, param->name);
    if (reference == NULL || reference->kind != kind)
      continue;
    if (param->string != NULL && g_hash_table_contains (gone, param->string))
      return TRUE;
  }
  return FALSE;
}

/* The randomizer without the entries of @gone in a list of strings: a new one, the same one shared, or NULL where
 * too little is left. */
static DioRandomizer *
strip_list (DioRandomizer *randomizer, const char *key, GHashTable *gone, guint min_left)
{
  g_autoptr (json_t) json = dio_randomizer_to_json (randomizer);
  json_t *list = json_object_get (json, key);
  guint before = (guint) json_array_size (list);
  for (guint i = before; i > 0; i--) {
    if (g_hash_table_contains (gone, json_string_value (json_array_get (list, i - 1))))
      strcmp (key, "targets") == 0 ? dio_randomizer_json_remove_target (json, i - 1)
                                   : (void) json_array_remove (list, i - 1);
  }
  if (json_array_size (list) == before)
    return dio_randomizer_ref (randomizer);
  if (json_array_size (list) < min_left)
    return NULL;
  g_autoptr (DioReader) reader = dio_reader_new ("");
  DioRandomizer *stripped = dio_scenario_read_randomizer (reader, json);
  g_assert (stripped != NULL && reader->n_faults == 0);
  return stripped;
}

/* A constraint may redraw randomizers that have gone; without any it has nothing to redraw. */
GPtrArray *
dio_edit_strip_redraws (GPtrArray *randomizers, GHashTable *gone)
{
  GPtrArray *kept = dio_scenario_new_randomizers ();
  for (guint i = 0; i < randomizers->len; i++) {
    DioRandomizer *randomizer = g_ptr_array_index (randomizers, i);
    DioRandomizer *stripped = strcmp (randomizer->type, "constraint") == 0
                                  ? strip_list (randomizer, "redraw", gone, 1)
                                  : dio_randomizer_ref (randomizer);
    if (stripped != NULL)
      g_ptr_array_add (kept, stripped);
  }
  return kept;
}

GPtrArray *
dio_edit_strip_targets (GPtrArray *randomizers, GHashTable *gone_nodes)
{
  g_autoptr (GPtrArray) kept = dio_scenario_new_randomizers ();
  g_autoptr (GHashTable) gone = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < randomizers->len; i++) {
    DioRandomizer *randomizer = g_ptr_array_index (randomizers, i);
    const DioRandomizerInfo *info = dio_randomizer_find_info (randomizer->type);
    DioRandomizer *stripped = NULL;
    if (!names_gone_entry (randomizer, gone_nodes, DIO_REFERENCE_NODE))
      stripped = strip_list (randomizer, "targets", gone_nodes, info->min_targets);
    if (stripped != NULL)
      g_ptr_array_add (kept, stripped);
    else
      g_hash_table_add (gone, randomizer->id);
  }
  return dio_edit_strip_redraws (kept, gone);
}

/* ---- edits ---- */

DioScenario *
dio_scenario_with_randomizer (DioScenario *scenario, const json_t *randomizer, GError **error)
{
  g_return_val_if_fail (scenario != NULL && randomizer != NULL, NULL);
  guint position = dio_edit_get_randomizer_position (
      scenario, dio_json_get_text (json_object_get (randomizer, "id")));
  g_autofree char *where = g_strdup_printf ("/randomizers/%u", position);
  g_autoptr (DioReader) reader = dio_reader_new (where);
  DioRandomizer *added = dio_scenario_read_randomizer (reader, randomizer);
  if (position >= DIO_SCENARIO_MAX_RANDOMIZERS)
    dio_reader_fault (reader, "too-many", "is one too many; at most %d are allowed",
                      DIO_SCENARIO_MAX_RANDOMIZERS);
  if (reader->n_faults > 0) {
    dio_reader_set_error (reader, error);
    dio_randomizer_unref (added);
    return NULL;
  }
  DioScenario *edited = dio_scenario_share (scenario);
  dio_edit_own_randomizers (edited);
  dio_edit_put (edited->randomizers, position, added, (GDestroyNotify) dio_randomizer_unref);
  return dio_edit_finish (edited, NULL, error);
}

DioScenario *
dio_scenario_without_randomizer (DioScenario *scenario, const char *id, GError **error)
{
  g_return_val_if_fail (scenario != NULL && id != NULL, NULL);
  guint position = dio_edit_get_randomizer_position (scenario, id);
  if (position == scenario->randomizers->len) {
    dio_edit_set_not_found ("randomizer", id, error);
    return NULL;
  }
  g_autoptr (GHashTable) gone = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_add (gone, (gpointer) id);
  DioScenario *edited = dio_scenario_share (scenario);
  dio_edit_own_randomizers (edited);
  g_ptr_array_remove_index (edited->randomizers, position);
  GPtrArray *left = dio_edit_strip_redraws (edited->randomizers, gone);
  g_ptr_array_unref (edited->randomizers);
  edited->randomizers = left;
  return dio_edit_finish (edited, NULL, error);
}

DioScenario *
dio_scenario_with_randomizer_moved (DioScenario *scenario,
                                    const char *id,
                                    guint position,
                                    GError **error)
{
  g_return_val_if_fail (scenario != NULL && id != NULL, NULL);
  guint from = dio_edit_get_randomizer_position (scenario, id);
  if (from == scenario->randomizers->len) {
    dio_edit_set_not_found ("randomizer", id, error);
    return NULL;
  }
  DioScenario *edited = dio_scenario_share (scenario);
  dio_edit_own_randomizers (edited);
  dio_edit_move (edited->randomizers, from, position);
  return dio_edit_finish (edited, NULL, error);
}

static DioRandomizer *
create_disabled (DioRandomizer *randomizer)
{
  if (!randomizer->enabled)
    return dio_randomizer_ref (randomizer);
  g_autoptr (json_t) json = dio_randomizer_to_json (randomizer);
  json_object_set_new (json, "enabled", json_false ());
  g_autoptr (DioReader) reader = dio_reader_new ("");
  DioRandomizer *disabled = dio_scenario_read_randomizer (reader, json);
  g_assert (disabled != NULL && reader->n_faults == 0);
  return disabled;
}

/* Nothing that the indices and checks look at changes, so both are shared with the source. */
DioScenario *
dio_scenario_without_randomizers_acting (DioScenario *scenario)
{
  g_return_val_if_fail (scenario != NULL, NULL);
  DioScenario *edited = dio_scenario_share (scenario);
  edited->node_index = g_hash_table_ref (scenario->node_index);
  edited->asset_index = g_hash_table_ref (scenario->asset_index);
  edited->category_index = g_hash_table_ref (scenario->category_index);
  g_ptr_array_unref (edited->randomizers);
  edited->randomizers = dio_scenario_new_randomizers ();
  for (guint i = 0; i < scenario->randomizers->len; i++)
    g_ptr_array_add (edited->randomizers,
                     create_disabled (g_ptr_array_index (scenario->randomizers, i)));
  return edited;
}
