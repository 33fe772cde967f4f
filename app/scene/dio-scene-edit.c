#define G_LOG_DOMAIN "dio-scene"

/* Edits: each makes a new scenario that shares what it does not touch, then checks the whole. */

#include "dio-base-json.h"
#include "dio-core-error.h"
#include "dio-scene-category-private.h"
#include "dio-scene-node-private.h"
#include "dio-scene-property-private.h"
#include "dio-scene-randomizer.h"
#include "dio-scene-scenario-private.h"

#include <string.h>

/* The whole is checked, not the change alone: it is linear, and every rule then has one place. Takes @edited; returns it checked, or NULL. */
static DioScenario *
finish (DioScenario *edited, DioReader *reader, GError **error)
{
  if (dio_scenario_complete (edited, reader))
    return edited;
  dio_reader_set_error (reader, error);
  dio_scenario_unref (edited);
  return NULL;
}

static GPtrArray *
copy_nodes (GPtrArray *nodes)
{
  GPtrArray *copy = dio_scenario_new_nodes ();
  g_ptr_array_extend (copy, nodes, (GCopyFunc) (void *) dio_node_ref, NULL);
  return copy;
}

static void
replace_entry (GPtrArray *list, guint position, gpointer entry, GDestroyNotify free_cb)
{
  gpointer old = g_ptr_array_index (list, position);
  g_ptr_array_index (list, position) = entry;
  free_cb (old);
}

static gboolean
set_not_found (const char *what, const char *id, GError **error)
{
  g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND, "There is no %s \"%s\" in the scenario", what,
               id);
  return FALSE;
}

/* ---- properties ---- */

static DioScenario *
set_node_property (
    DioScenario *scenario, const char *id, const char *path, const json_t *value, GError **error)
{
  const DioNode *node = dio_scenario_find_node (scenario, id);
  if (node == NULL) {
    set_not_found ("node", id, error);
    return NULL;
  }
  g_autoptr (DioNode) changed = dio_node_copy (node);
  gboolean good = json_is_null (value) ? dio_node_reset_property (changed, path, error)
                                       : dio_node_set_property_json (changed, path, value, error);
  if (!good)
    return NULL;
  guint position = GPOINTER_TO_UINT (g_hash_table_lookup (scenario->node_index, id)) - 1;
  g_autofree char *where = g_strdup_printf ("/nodes/%u", position);
  g_autoptr (DioReader) node_reader = dio_reader_new (where);
  dio_node_check (node_reader, changed);
  if (node_reader->n_faults > 0) {
    dio_reader_set_error (node_reader, error);
    return NULL;
  }
  DioScenario *edited = dio_scenario_share (scenario);
  g_ptr_array_unref (edited->nodes);
  edited->nodes = copy_nodes (scenario->nodes);
  replace_entry (edited->nodes, position, g_steal_pointer (&changed),
                 (GDestroyNotify) dio_node_unref);
  g_autoptr (DioReader) reader = dio_reader_new ("");
  return finish (edited, reader, error);
}

/* "name", "outputs/rgb", "policy/preset": the struct and the field that a path means. */
static const DioField *
find_document_field (DioScenario *scenario, const char *path, gpointer *base)
{
  if (g_str_has_prefix (path, "policy/")) {
    DioFieldView view = dio_policy_get_view ();
    *base = &scenario->policy;
    return dio_field_view_find (&view, path + strlen ("policy/"));
  }
  if (g_str_has_prefix (path, "outputs/")) {
    DioFieldView view = dio_outputs_get_view ();
    *base = &scenario->outputs;
    return dio_field_view_find (&view, path + strlen ("outputs/"));
  }
  DioFieldView view = dio_document_get_view ();
  *base = scenario;
  return dio_field_view_find (&view, path);
}

static DioScenario *
set_document_property (DioScenario *scenario, const char *path, const json_t *value, GError **error)
{
  g_autoptr (DioReader) reader = dio_reader_new ("");
  DioScenario *edited = dio_scenario_share (scenario);
  gpointer base;
  const DioField *field = find_document_field (edited, path, &base);
  if (field == NULL) {
    set_not_found ("property", path, error);
    dio_scenario_unref (edited);
    return NULL;
  }
  DioPropertyValue decoded;
  g_autofree char *message = NULL;
  const char *code = NULL;
  if (json_is_null (value))
    dio_field_store_default (field, base);
  else if ((code = dio_field_decode (field, value, &decoded, &message)) == NULL)
    dio_field_store (field, base, &decoded);
  else
    dio_reader_fault_at (reader, path, code, "%s", message);
  return finish (edited, reader, error);
}

DioScenario *
dio_scenario_with_property (DioScenario *scenario,
                            const char *path,
                            const json_t *value,
                            GError **error)
{
  g_return_val_if_fail (scenario != NULL && path != NULL && value != NULL, NULL);
  if (!g_str_has_prefix (path, "nodes/"))
    return set_document_property (scenario, path, value, error);
  const char *start = path + strlen ("nodes/");
  const char *slash = strchr (start, '/');
  if (slash == NULL) {
    set_not_found ("property", path, error);
    return NULL;
  }
  g_autofree char *id = g_strndup (start, (gsize) (slash - start));
  return set_node_property (scenario, id, slash + 1, value, error);
}

/* ---- nodes ---- */

DioScenario *
dio_scenario_with_node (DioScenario *scenario, const json_t *node, GError **error)
{
  g_return_val_if_fail (scenario != NULL && node != NULL, NULL);
  const char *id = dio_json_get_text (json_object_get (node, "id"));
  guint position =
      id != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (scenario->node_index, id)) : 0;
  guint shown = position > 0 ? position - 1 : scenario->nodes->len;
  g_autofree char *where = g_strdup_printf ("/nodes/%u", shown);
  g_autoptr (DioReader) node_reader = dio_reader_new (where);
  g_autoptr (DioNode) added = dio_node_read (node_reader, node);
  if (shown >= DIO_SCENARIO_MAX_NODES)
    dio_reader_fault (node_reader, "too-many", "is one node too many; at most %d are allowed",
                      DIO_SCENARIO_MAX_NODES);
  if (node_reader->n_faults > 0) {
    dio_reader_set_error (node_reader, error);
    return NULL;
  }
  DioScenario *edited = dio_scenario_share (scenario);
  g_ptr_array_unref (edited->nodes);
  edited->nodes = copy_nodes (scenario->nodes);
  if (position > 0)
    replace_entry (edited->nodes, position - 1, g_steal_pointer (&added),
                   (GDestroyNotify) dio_node_unref);
  else
    g_ptr_array_add (edited->nodes, g_steal_pointer (&added));
  g_autoptr (DioReader) reader = dio_reader_new ("");
  return finish (edited, reader, error);
}

/* Ids of the node and all below it. Parents stand before children, so one pass finds them. */
static GHashTable *
collect_subtree (const DioScenario *scenario, const char *id)
{
  GHashTable *gone = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < scenario->nodes->len; i++) {
    const DioNode *node = g_ptr_array_index (scenario->nodes, i);
    gboolean below = node->parent != NULL && g_hash_table_contains (gone, node->parent);
    if (below || strcmp (node->id, id) == 0)
      g_hash_table_add (gone, node->id);
  }
  return gone;
}

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
      json_array_remove (list, i - 1);
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
static GPtrArray *
strip_redraws (GPtrArray *randomizers, GHashTable *gone)
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

/* @gone_nodes: ids of nodes that go. */
static GPtrArray *
strip_targets (GPtrArray *randomizers, GHashTable *gone_nodes)
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
  return strip_redraws (kept, gone);
}

DioScenario *
dio_scenario_without_node (DioScenario *scenario, const char *id, GError **error)
{
  g_return_val_if_fail (scenario != NULL && id != NULL, NULL);
  if (dio_scenario_find_node (scenario, id) == NULL) {
    set_not_found ("node", id, error);
    return NULL;
  }
  g_autoptr (GHashTable) gone = collect_subtree (scenario, id);
  DioScenario *edited = dio_scenario_share (scenario);
  g_ptr_array_unref (edited->nodes);
  edited->nodes = dio_scenario_new_nodes ();
  for (guint i = 0; i < scenario->nodes->len; i++) {
    DioNode *node = g_ptr_array_index (scenario->nodes, i);
    if (!g_hash_table_contains (gone, node->id))
      g_ptr_array_add (edited->nodes, dio_node_ref (node));
  }
  g_ptr_array_unref (edited->randomizers);
  edited->randomizers = strip_targets (scenario->randomizers, gone);
  g_autoptr (DioReader) reader = dio_reader_new ("");
  return finish (edited, reader, error);
}

/* ---- randomizers ---- */

static guint
find_randomizer (const DioScenario *scenario, const char *id)
{
  for (guint i = 0; i < scenario->randomizers->len; i++) {
    const DioRandomizer *randomizer = g_ptr_array_index (scenario->randomizers, i);
    if (g_strcmp0 (randomizer->id, id) == 0)
      return i;
  }
  return scenario->randomizers->len;
}

DioScenario *
dio_scenario_with_randomizer (DioScenario *scenario, const json_t *randomizer, GError **error)
{
  g_return_val_if_fail (scenario != NULL && randomizer != NULL, NULL);
  guint position =
      find_randomizer (scenario, dio_json_get_text (json_object_get (randomizer, "id")));
  g_autofree char *where = g_strdup_printf ("/randomizers/%u", position);
  g_autoptr (DioReader) entry_reader = dio_reader_new (where);
  DioRandomizer *added = dio_scenario_read_randomizer (entry_reader, randomizer);
  if (position >= DIO_SCENARIO_MAX_RANDOMIZERS)
    dio_reader_fault (entry_reader, "too-many", "is one too many; at most %d are allowed",
                      DIO_SCENARIO_MAX_RANDOMIZERS);
  if (entry_reader->n_faults > 0) {
    dio_reader_set_error (entry_reader, error);
    dio_randomizer_unref (added);
    return NULL;
  }
  DioScenario *edited = dio_scenario_share (scenario);
  g_ptr_array_unref (edited->randomizers);
  edited->randomizers = dio_scenario_new_randomizers ();
  g_ptr_array_extend (edited->randomizers, scenario->randomizers,
                      (GCopyFunc) (void *) dio_randomizer_ref, NULL);
  if (position < edited->randomizers->len)
    replace_entry (edited->randomizers, position, added, (GDestroyNotify) dio_randomizer_unref);
  else
    g_ptr_array_add (edited->randomizers, added);
  g_autoptr (DioReader) reader = dio_reader_new ("");
  return finish (edited, reader, error);
}

DioScenario *
dio_scenario_without_randomizer (DioScenario *scenario, const char *id, GError **error)
{
  g_return_val_if_fail (scenario != NULL && id != NULL, NULL);
  guint position = find_randomizer (scenario, id);
  if (position == scenario->randomizers->len) {
    set_not_found ("randomizer", id, error);
    return NULL;
  }
  g_autoptr (GPtrArray) left = dio_scenario_new_randomizers ();
  for (guint i = 0; i < scenario->randomizers->len; i++) {
    if (i != position)
      g_ptr_array_add (left, dio_randomizer_ref (g_ptr_array_index (scenario->randomizers, i)));
  }
  g_autoptr (GHashTable) gone = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_add (gone, (gpointer) id);
  DioScenario *edited = dio_scenario_share (scenario);
  g_ptr_array_unref (edited->randomizers);
  edited->randomizers = strip_redraws (left, gone);
  g_autoptr (DioReader) reader = dio_reader_new ("");
  return finish (edited, reader, error);
}
