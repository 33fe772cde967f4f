#define G_LOG_DOMAIN "dio-scene"

/* Edits of nodes. One node is a list of one: the whole is checked once, however many change. */

#include "dio-core-error.h"
#include "dio-scene-edit-private.h"
#include "dio-scene-node-private.h"
#include "dio-scene-property-private.h"

#include <string.h>

guint
dio_edit_get_node_position (const DioScenario *scenario, const char *id)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (scenario->node_index, id)) - 1;
}

/* The rules of one node, faults at its own path. */
static gboolean
check_node (const DioNode *node, guint position, GError **error)
{
  g_autofree char *where = g_strdup_printf ("/nodes/%u", position);
  g_autoptr (DioReader) reader = dio_reader_new (where);
  dio_node_check (reader, node);
  if (reader->n_faults == 0)
    return TRUE;
  dio_reader_set_error (reader, error);
  return FALSE;
}

/* Puts a checked copy of a node into the list that @edited owns; @change_cb changes the copy. */
typedef gboolean (*ChangeFunc) (DioNode *node, gconstpointer data, GError **error);

static gboolean
change_node (
    DioScenario *edited, guint position, ChangeFunc change_cb, gconstpointer data, GError **error)
{
  g_autoptr (DioNode) changed = dio_node_copy (g_ptr_array_index (edited->nodes, position));
  if (!change_cb (changed, data, error) || !check_node (changed, position, error))
    return FALSE;
  dio_edit_put (edited->nodes, position, g_steal_pointer (&changed),
                (GDestroyNotify) dio_node_unref);
  return TRUE;
}

/* ---- properties ---- */

typedef struct {
  const char *path;
  const json_t *value;
} PropertyChange;

static gboolean
change_property_cb (DioNode *node, gconstpointer data, GError **error)
{
  const PropertyChange *change = data;
  return json_is_null (change->value)
             ? dio_node_reset_property (node, change->path, error)
             : dio_node_set_property_json (node, change->path, change->value, error);
}

gboolean
dio_edit_set_transform (DioNode *node, const DioTrs *trs, GError **error)
{
  DioVec3 t = trs->translation_m, s = trs->scale;
  DioQuat q = trs->q_wxyz;
  const DioPropertyValue values[] = {
    { .number = { t.x + 0.0, t.y + 0.0, t.z + 0.0 } },
    { .number = { q.w, q.x, q.y, q.z } },
    { .number = { s.x + 0.0, s.y + 0.0, s.z + 0.0 } },
  };
  static const char *const paths[] = { "translation", "rotation", "scale" };
  for (guint i = 0; i < G_N_ELEMENTS (values); i++) {
    if (!dio_node_set_property (node, paths[i], &values[i], error))
      return FALSE;
  }
  /* The caller's copy stands at no position yet: faults name the node. */
  g_autoptr (DioReader) reader = dio_reader_new (node->id);
  dio_node_check (reader, node);
  if (reader->n_faults == 0)
    return TRUE;
  dio_reader_set_error (reader, error);
  return FALSE;
}

static gboolean
change_transform_cb (DioNode *node, gconstpointer data, GError **error)
{
  return dio_edit_set_transform (node, data, error);
}

/* @stride: bytes from the data of one node to that of the next; 0 = all have the same. */
static DioScenario *
change_nodes (DioScenario *scenario,
              const char *const *ids,
              ChangeFunc change_cb,
              gconstpointer data,
              gsize stride,
              GError **error)
{
  g_autoptr (DioScenario) edited = dio_scenario_share (scenario);
  dio_edit_own_nodes (edited);
  for (guint i = 0; ids[i] != NULL; i++) {
    if (dio_scenario_find_node (scenario, ids[i]) == NULL) {
      dio_edit_set_not_found ("node", ids[i], error);
      return NULL;
    }
    gconstpointer own = (const guint8 *) data + i * stride;
    if (!change_node (edited, dio_edit_get_node_position (scenario, ids[i]), change_cb, own, error))
      return NULL;
  }
  return dio_edit_finish (g_steal_pointer (&edited), NULL, error);
}

DioScenario *
dio_scenario_with_properties (DioScenario *scenario,
                              const char *const *ids,
                              const char *path,
                              const json_t *value,
                              GError **error)
{
  g_return_val_if_fail (scenario != NULL && ids != NULL && path != NULL && value != NULL, NULL);
  const PropertyChange change = { path, value };
  return change_nodes (scenario, ids, change_property_cb, &change, 0, error);
}

DioScenario *
dio_scenario_with_transforms (DioScenario *scenario,
                              const char *const *ids,
                              const DioTrs *parent_from_node,
                              GError **error)
{
  g_return_val_if_fail (scenario != NULL && ids != NULL && parent_from_node != NULL, NULL);
  return change_nodes (scenario, ids, change_transform_cb, parent_from_node, sizeof (DioTrs),
                       error);
}

/* ---- whole nodes ---- */

static gboolean
put_node (DioScenario *edited, const DioScenario *scenario, const json_t *json, GError **error)
{
  const char *id = dio_json_get_text (json_object_get (json, "id"));
  gboolean replaces = dio_scenario_find_node (scenario, id) != NULL;
  guint position = replaces ? dio_edit_get_node_position (scenario, id) : edited->nodes->len;
  g_autofree char *where = g_strdup_printf ("/nodes/%u", position);
  g_autoptr (DioReader) reader = dio_reader_new (where);
  g_autoptr (DioNode) added = dio_node_read (reader, json);
  if (position >= DIO_SCENARIO_MAX_NODES)
    dio_reader_fault (reader, "too-many", "is one node too many; at most %d are allowed",
                      DIO_SCENARIO_MAX_NODES);
  if (reader->n_faults > 0) {
    dio_reader_set_error (reader, error);
    return FALSE;
  }
  dio_edit_put (edited->nodes, position, g_steal_pointer (&added), (GDestroyNotify) dio_node_unref);
  return TRUE;
}

DioScenario *
dio_scenario_with_nodes (DioScenario *scenario, const json_t *nodes, GError **error)
{
  g_return_val_if_fail (scenario != NULL && json_is_array (nodes), NULL);
  g_autoptr (DioScenario) edited = dio_scenario_share (scenario);
  dio_edit_own_nodes (edited);
  for (gsize i = 0; i < json_array_size (nodes); i++) {
    if (!put_node (edited, scenario, json_array_get (nodes, i), error))
      return NULL;
  }
  return dio_edit_finish (g_steal_pointer (&edited), NULL, error);
}

DioScenario *
dio_scenario_with_node (DioScenario *scenario, const json_t *node, GError **error)
{
  g_return_val_if_fail (scenario != NULL && node != NULL, NULL);
  json_t *nodes = json_array ();
  json_array_append (nodes, (json_t *) node);
  DioScenario *edited = dio_scenario_with_nodes (scenario, nodes, error);
  json_decref (nodes);
  return edited;
}

/* Parents stand before children, so one pass finds all that hangs below. */
GHashTable *
dio_edit_collect_subtrees (const DioScenario *scenario, const char *const *ids)
{
  GHashTable *found = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; ids[i] != NULL; i++)
    g_hash_table_add (found, (gpointer) ids[i]);
  for (guint i = 0; i < scenario->nodes->len; i++) {
    const DioNode *node = g_ptr_array_index (scenario->nodes, i);
    if (node->parent != NULL && g_hash_table_contains (found, node->parent))
      g_hash_table_add (found, node->id);
  }
  return found;
}

DioScenario *
dio_scenario_without_nodes (DioScenario *scenario, const char *const *ids, GError **error)
{
  g_return_val_if_fail (scenario != NULL && ids != NULL, NULL);
  for (guint i = 0; ids[i] != NULL; i++) {
    if (dio_scenario_find_node (scenario, ids[i]) == NULL) {
      dio_edit_set_not_found ("node", ids[i], error);
      return NULL;
    }
  }
  g_autoptr (GHashTable) gone = dio_edit_collect_subtrees (scenario, ids);
  DioScenario *edited = dio_scenario_share (scenario);
  g_ptr_array_unref (edited->nodes);
  edited->nodes = dio_scenario_new_nodes ();
  for (guint i = 0; i < scenario->nodes->len; i++) {
    DioNode *node = g_ptr_array_index (scenario->nodes, i);
    if (!g_hash_table_contains (gone, node->id))
      g_ptr_array_add (edited->nodes, dio_node_ref (node));
  }
  g_ptr_array_unref (edited->randomizers);
  edited->randomizers = dio_edit_strip_targets (scenario->randomizers, gone);
  return dio_edit_finish (edited, NULL, error);
}

DioScenario *
dio_scenario_without_node (DioScenario *scenario, const char *id, GError **error)
{
  g_return_val_if_fail (scenario != NULL && id != NULL, NULL);
  const char *const ids[] = { id, NULL };
  return dio_scenario_without_nodes (scenario, ids, error);
}
