#define G_LOG_DOMAIN "dio-edit"

/* Edits of where nodes are: in the world and in the tree. */

#include "dio-base-json.h"
#include "dio-core-error.h"
#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-edit-nodes.h"
#include "dio-edit-private.h"
#include "dio-scene-edit.h"

#include <math.h>
#include <string.h>

/* What a round trip through a matrix changes: below it a value keeps its old bits, so that an edit changes nothing that it does not mean. */
#define ROUNDING 1e-12

json_t *
dio_edit_vec3_to_json (DioVec3 v)
{
  return json_pack ("[f,f,f]", v.x, v.y, v.z);
}

void
dio_edit_set_trs (json_t *node, const DioTrs *trs)
{
  DioQuat q = trs->q_wxyz;
  json_object_set_new (node, "translation", dio_edit_vec3_to_json (trs->translation_m));
  json_object_set_new (node, "rotation", json_pack ("[f,f,f,f]", q.w, q.x, q.y, q.z));
  json_object_set_new (node, "scale", dio_edit_vec3_to_json (trs->scale));
}

gboolean
dio_edit_split (const DioMat4 *m, DioTrs *out, GError **error)
{
  g_autoptr (DioScenario) nothing = dio_scenario_new_empty (NULL);
  return dio_scenario_find_parent_from_node (nothing, NULL, m, out, error);
}

DioMat4
dio_edit_world_from_parent (const DioScenario *scenario, const DioNode *node)
{
  DioMat4 world;
  dio_scenario_world_from_node (scenario, node->parent, &world);
  return world;
}

static gboolean
is_near (DioVec3 a, DioVec3 b)
{
  double size = 1 + MAX (dio_vec3_length (a), dio_vec3_length (b));
  return dio_vec3_length (dio_vec3_sub (a, b)) < ROUNDING * size;
}

static void
keep_bits (DioTrs *trs, const DioTrs *old)
{
  DioQuat a = trs->q_wxyz, b = old->q_wxyz;
  double dot = a.w * b.w + a.x * b.x + a.y * b.y + a.z * b.z;
  if (1 - fabs (dot) < ROUNDING)
    trs->q_wxyz = b;
  if (is_near (trs->translation_m, old->translation_m))
    trs->translation_m = old->translation_m;
  if (is_near (trs->scale, old->scale))
    trs->scale = old->scale;
}

/* ---- in the world ---- */

/* World of a node while edits are collected: that of the list, else its own place below its parent's world. */
static DioMat4
get_new_world (const DioScenario *scenario, const char *id, GHashTable *wanted)
{
  DioMat4 below = dio_mat4_identity ();
  const DioNode *node = dio_scenario_find_node (scenario, id);
  for (; node != NULL; node = dio_scenario_find_node (scenario, node->parent)) {
    const DioMat4 *world = g_hash_table_lookup (wanted, node->id);
    if (world != NULL)
      return dio_mat4_multiply (world, &below);
    DioMat4 step = dio_mat4_from_trs (&node->parent_from_node);
    below = dio_mat4_multiply (&step, &below);
  }
  return below;
}

DioScenario *
dio_edit_set_world_transforms (DioScenario *scenario,
                               const char *const *ids,
                               const DioMat4 *world_from_node,
                               GError **error)
{
  g_return_val_if_fail (scenario != NULL && world_from_node != NULL, NULL);
  if (!dio_edit_check_ids (scenario, ids, error))
    return NULL;
  g_autoptr (GHashTable) wanted = g_hash_table_new (g_str_hash, g_str_equal);
  guint n = g_strv_length ((GStrv) ids);
  for (guint i = 0; i < n; i++)
    g_hash_table_insert (wanted, (gpointer) ids[i], (gpointer) &world_from_node[i]);
  g_autofree DioTrs *trs = g_new0 (DioTrs, n);
  for (guint i = 0; i < n; i++) {
    const DioNode *node = dio_scenario_find_node (scenario, ids[i]);
    DioMat4 world_from_parent = get_new_world (scenario, node->parent, wanted);
    DioMat4 parent_from_world, parent_from_node;
    if (!dio_mat4_invert_affine (&world_from_parent, &parent_from_world)) {
      g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                   "\"%s\" hangs below a node without size; give that one a scale first", ids[i]);
      return NULL;
    }
    parent_from_node = dio_mat4_multiply (&parent_from_world, &world_from_node[i]);
    if (!dio_edit_split (&parent_from_node, &trs[i], error)) {
      g_prefix_error (error, "\"%s\": ", ids[i]);
      return NULL;
    }
    keep_bits (&trs[i], &node->parent_from_node);
  }
  return dio_scenario_with_transforms (scenario, ids, trs, error);
}

DioScenario *
dio_edit_offset_nodes (DioScenario *scenario,
                       const char *const *ids,
                       const DioVec3 *offset_m,
                       GError **error)
{
  g_return_val_if_fail (scenario != NULL && offset_m != NULL, NULL);
  if (!dio_edit_check_ids (scenario, ids, error))
    return NULL;
  g_autoptr (GHashTable) offsets = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; ids[i] != NULL; i++)
    g_hash_table_insert (offsets, (gpointer) ids[i], (gpointer) &offset_m[i]);
  g_auto (GStrv) tops = dio_edit_list_tops (scenario, ids);
  g_autofree DioTrs *trs = g_new0 (DioTrs, g_strv_length (tops));
  for (guint i = 0; tops[i] != NULL; i++) {
    const DioNode *node = dio_scenario_find_node (scenario, tops[i]);
    const DioVec3 *offset = g_hash_table_lookup (offsets, tops[i]);
    DioMat4 world_from_parent = dio_edit_world_from_parent (scenario, node);
    DioMat4 parent_from_world = dio_mat4_identity ();
    /* A parent's scale is never 0, so that it has an inverse. */
    dio_mat4_invert_affine (&world_from_parent, &parent_from_world);
    trs[i] = node->parent_from_node;
    trs[i].translation_m = dio_vec3_add (trs[i].translation_m,
                                         dio_mat4_transform_vector (&parent_from_world, *offset));
  }
  return dio_scenario_with_transforms (scenario, (const char *const *) tops, trs, error);
}

DioScenario *
dio_edit_drop_node (
    DioScenario *scenario, const char *id, double bottom_z_m, double surface_z_m, GError **error)
{
  g_return_val_if_fail (scenario != NULL && id != NULL, NULL);
  const char *const ids[] = { id, NULL };
  const DioVec3 offset = { 0, 0, surface_z_m - bottom_z_m };
  return dio_edit_offset_nodes (scenario, ids, &offset, error);
}

/* ---- in the tree ---- */

DioScenario *
dio_edit_reparent_nodes (DioScenario *scenario,
                         const char *const *ids,
                         const char *parent,
                         const char *before,
                         GError **error)
{
  g_return_val_if_fail (scenario != NULL, NULL);
  if (!dio_edit_check_ids (scenario, ids, error))
    return NULL;
  return dio_scenario_with_nodes_moved (scenario, ids, parent, before, TRUE, error);
}

/* Whether @id is @below or above it. */
static gboolean
is_above (const DioScenario *scenario, const char *id, const char *below)
{
  const DioNode *node = dio_scenario_find_node (scenario, below);
  while (node != NULL && strcmp (node->id, id) != 0)
    node = dio_scenario_find_node (scenario, node->parent);
  return node != NULL;
}

/* The deepest node above all of @tops; NULL for the root. */
static const char *
find_common_parent (const DioScenario *scenario, const char *const *tops)
{
  const char *common = dio_scenario_find_node (scenario, tops[0])->parent;
  for (guint i = 1; tops[i] != NULL; i++) {
    const char *other = dio_scenario_find_node (scenario, tops[i])->parent;
    while (common != NULL && (other == NULL || !is_above (scenario, common, other)))
      common = dio_scenario_find_node (scenario, common)->parent;
  }
  return common;
}

static DioVec3
get_middle (const DioScenario *scenario, const char *const *ids)
{
  DioVec3 sum = { 0 };
  guint n = 0;
  for (; ids[n] != NULL; n++) {
    DioMat4 world;
    dio_scenario_world_from_node (scenario, ids[n], &world);
    sum = dio_vec3_add (sum, dio_mat4_transform_point (&world, dio_vec3 (0, 0, 0)));
  }
  return dio_vec3_scale (sum, 1.0 / MAX (n, 1));
}

DioScenario *
dio_edit_group_nodes (DioScenario *scenario,
                      const char *const *ids,
                      const char *name,
                      char **group_id,
                      GError **error)
{
  g_return_val_if_fail (scenario != NULL, NULL);
  if (!dio_edit_check_ids (scenario, ids, error))
    return NULL;
  g_auto (GStrv) list = dio_edit_list_tops (scenario, ids);
  const char *const *tops = (const char *const *) list;
  const char *parent = find_common_parent (scenario, tops);
  DioMat4 world_from_parent, parent_from_world = dio_mat4_identity ();
  dio_scenario_world_from_node (scenario, parent, &world_from_parent);
  dio_mat4_invert_affine (&world_from_parent, &parent_from_world);
  DioVec3 middle = dio_mat4_transform_point (&parent_from_world, get_middle (scenario, tops));
  g_autofree char *id =
      dio_scenario_dup_free_node_id (scenario, name != NULL && name[0] != '\0' ? name : "group");
  g_autoptr (json_t) group =
      json_pack ("{s:s,s:s,s:s,s:o}", "id", id, "kind", "group", "name", name != NULL ? name : "",
                 "translation", dio_edit_vec3_to_json (middle));
  if (parent != NULL)
    json_object_set_new (group, "parent", json_string (parent));
  g_autoptr (DioScenario) with = dio_scenario_with_node (scenario, group, error);
  if (with == NULL)
    return NULL;
  DioScenario *next = dio_scenario_with_nodes_moved (with, tops, id, NULL, TRUE, error);
  if (next != NULL && group_id != NULL)
    *group_id = g_steal_pointer (&id);
  return next;
}

/* The groups among @ids; with the children of each. */
static GPtrArray *
list_children (const DioScenario *scenario, const char *id)
{
  GPtrArray *children = g_ptr_array_new ();
  for (guint i = 0; i < scenario->nodes->len; i++) {
    DioNode *node = g_ptr_array_index (scenario->nodes, i);
    if (g_strcmp0 (node->parent, id) == 0)
      g_ptr_array_add (children, node->id);
  }
  g_ptr_array_add (children, NULL);
  return children;
}

static DioScenario *
free_children (DioScenario *scenario, const char *group, GStrvBuilder *freed, GError **error)
{
  g_autoptr (GPtrArray) children = list_children (scenario, group);
  const DioNode *node = dio_scenario_find_node (scenario, group);
  if (children->len == 1)
    return dio_scenario_ref (scenario);
  for (guint i = 0; i + 1 < children->len; i++)
    g_strv_builder_add (freed, g_ptr_array_index (children, i));
  return dio_scenario_with_nodes_moved (scenario, (const char *const *) children->pdata,
                                        node->parent, group, TRUE, error);
}

DioScenario *
dio_edit_ungroup_nodes (DioScenario *scenario,
                        const char *const *ids,
                        GStrv *freed_ids,
                        GError **error)
{
  g_return_val_if_fail (scenario != NULL, NULL);
  if (!dio_edit_check_ids (scenario, ids, error))
    return NULL;
  g_autoptr (GPtrArray) groups = g_ptr_array_new ();
  g_autoptr (GStrvBuilder) freed = g_strv_builder_new ();
  g_autoptr (DioScenario) now = dio_scenario_ref (scenario);
  for (guint i = 0; ids[i] != NULL; i++) {
    if (dio_scenario_find_node (scenario, ids[i])->kind != DIO_NODE_GROUP)
      continue;
    g_ptr_array_add (groups, (gpointer) ids[i]);
    DioScenario *next = free_children (now, ids[i], freed, error);
    if (next == NULL)
      return NULL;
    dio_scenario_unref (now);
    now = next;
  }
  if (groups->len == 0) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "No group is selected; select one");
    return NULL;
  }
  g_ptr_array_add (groups, NULL);
  DioScenario *next = dio_scenario_without_nodes (now, (const char *const *) groups->pdata, error);
  if (next == NULL || freed_ids == NULL)
    return next;
  g_auto (GStrv) all = g_strv_builder_end (freed);
  g_autoptr (GStrvBuilder) left = g_strv_builder_new ();
  for (guint i = 0; all[i] != NULL; i++) {
    if (dio_scenario_find_node (next, all[i]) != NULL)
      g_strv_builder_add (left, all[i]);
  }
  *freed_ids = g_strv_builder_end (left);
  return next;
}
