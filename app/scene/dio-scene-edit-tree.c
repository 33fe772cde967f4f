#define G_LOG_DOMAIN "dio-scene"

/* Where nodes hang, and where they are in the world. */

#include "dio-core-error.h"
#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-scene-edit-private.h"
#include "dio-scene-node-private.h"

#include <math.h>
#include <string.h>

/* Scales that differ from each other or from 1 by rounding alone are made equal, so that a document keeps its round numbers and a parent its
 * uniform scale. */
#define SCALE_ROUNDING 1e-12

gboolean
dio_scenario_world_from_node (const DioScenario *scenario, const char *id, DioMat4 *world_from_node)
{
  g_return_val_if_fail (scenario != NULL && world_from_node != NULL, FALSE);
  *world_from_node = dio_mat4_identity ();
  const DioNode *node = dio_scenario_find_node (scenario, id);
  if (node == NULL)
    return FALSE;
  for (; node != NULL; node = dio_scenario_find_node (scenario, node->parent)) {
    DioMat4 step = dio_mat4_from_trs (&node->parent_from_node);
    *world_from_node = dio_mat4_multiply (&step, world_from_node);
  }
  return TRUE;
}

static void
settle_scale (DioVec3 *scale)
{
  double *s[] = { &scale->x, &scale->y, &scale->z };
  for (guint i = 0; i < 3; i++) {
    if (fabs (fabs (*s[i]) - 1) < SCALE_ROUNDING)
      *s[i] = copysign (1, *s[i]);
    else if (i > 0 && fabs (fabs (*s[i]) - fabs (scale->x)) < SCALE_ROUNDING * fabs (scale->x))
      *s[i] = copysign (scale->x, *s[i]);
  }
}

gboolean
dio_scenario_find_parent_from_node (const DioScenario *scenario,
                                    const char *parent,
                                    const DioMat4 *world_from_node,
                                    DioTrs *parent_from_node,
                                    GError **error)
{
  g_return_val_if_fail (scenario != NULL && world_from_node != NULL, FALSE);
  g_return_val_if_fail (parent_from_node != NULL, FALSE);
  DioMat4 world_from_parent, parent_from_world;
  if (!dio_scenario_world_from_node (scenario, parent, &world_from_parent) && parent != NULL)
    return dio_edit_set_not_found ("node", parent, error);
  DioMat4 wanted = *world_from_node;
  gboolean good = dio_mat4_invert_affine (&world_from_parent, &parent_from_world);
  if (good && parent != NULL)
    wanted = dio_mat4_multiply (&parent_from_world, world_from_node);
  DioTrs found;
  if (!good || !dio_mat4_decompose (&wanted, &found)) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                 "The node would be sheared%s%s%s, which position, rotation and scale cannot say; "
                 "scale it the "
                 "same on all axes first",
                 parent != NULL ? " below \"" : "", parent != NULL ? parent : "",
                 parent != NULL ? "\"" : "");
    return FALSE;
  }
  settle_scale (&found.scale);
  /* A document has no negative zeros. */
  found.q_wxyz = dio_quat_settle (found.q_wxyz);
  found.translation_m = dio_vec3_add (found.translation_m, dio_vec3 (0, 0, 0));
  *parent_from_node = found;
  return TRUE;
}

/* ---- moving in the tree ---- */

static const char *
find_next_sibling (const DioScenario *scenario, const char *id)
{
  const DioNode *node = dio_scenario_find_node (scenario, id);
  for (guint i = dio_edit_get_node_position (scenario, id) + 1; i < scenario->nodes->len; i++) {
    const DioNode *next = g_ptr_array_index (scenario->nodes, i);
    if (g_strcmp0 (next->parent, node->parent) == 0)
      return next->id;
  }
  return NULL;
}

static gboolean
check_place (const DioScenario *scenario,
             const char *parent,
             const char *before,
             GHashTable *block,
             GError **error)
{
  if (parent != NULL && dio_scenario_find_node (scenario, parent) == NULL)
    return dio_edit_set_not_found ("node", parent, error);
  if (parent != NULL && g_hash_table_contains (block, parent)) {
    g_set_error (
        error, DIO_ERROR, DIO_ERROR_INVALID,
        "A node cannot hang below itself or its own descendant \"%s\"; choose another parent",
        parent);
    return FALSE;
  }
  const DioNode *sibling = dio_scenario_find_node (scenario, before);
  if (before != NULL && sibling == NULL)
    return dio_edit_set_not_found ("node", before, error);
  if (sibling != NULL && g_strcmp0 (sibling->parent, parent) != 0) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                 "\"%s\" is no child of %s, so nothing can stand in front of it there", before,
                 parent != NULL ? parent : "the root");
    return FALSE;
  }
  return TRUE;
}

/* Where in @others (the nodes that do not move) the block goes: in front of @before, else behind the last of the parent's own subtree. */
static guint
find_place (GPtrArray *others, GHashTable *family, const char *before)
{
  guint place = family != NULL ? 0 : others->len;
  for (guint i = 0; i < others->len; i++) {
    const DioNode *node = g_ptr_array_index (others, i);
    if (before != NULL && strcmp (node->id, before) == 0)
      return i;
    if (family != NULL && g_hash_table_contains (family, node->id))
      place = i + 1;
  }
  return place;
}

/* The nodes that move: @tops in the order asked for, then all below them in scene order. */
static GPtrArray *
list_moving (const DioScenario *scenario, const char *const *tops, GHashTable *block)
{
  GPtrArray *moving = g_ptr_array_new ();
  for (guint i = 0; tops[i] != NULL; i++)
    g_ptr_array_add (moving, (gpointer) dio_scenario_find_node (scenario, tops[i]));
  for (guint i = 0; i < scenario->nodes->len; i++) {
    DioNode *node = g_ptr_array_index (scenario->nodes, i);
    gboolean below = g_hash_table_contains (block, node->id);
    if (below && !g_strv_contains (tops, node->id))
      g_ptr_array_add (moving, node);
  }
  return moving;
}

static GPtrArray *
reorder (const DioScenario *scenario, GPtrArray *moving, const char *parent, const char *before)
{
  g_autoptr (GHashTable) moves = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < moving->len; i++)
    g_hash_table_add (moves, g_ptr_array_index (moving, i));
  g_autoptr (GPtrArray) others = g_ptr_array_new ();
  for (guint i = 0; i < scenario->nodes->len; i++) {
    if (!g_hash_table_contains (moves, g_ptr_array_index (scenario->nodes, i)))
      g_ptr_array_add (others, g_ptr_array_index (scenario->nodes, i));
  }
  const char *const roots[] = { parent, NULL };
  g_autoptr (GHashTable) family =
      parent != NULL ? dio_edit_collect_subtrees (scenario, roots) : NULL;
  guint place = find_place (others, family, before);
  GPtrArray *ordered = dio_scenario_new_nodes ();
  for (guint i = 0; i <= others->len; i++) {
    for (guint k = 0; i == place && k < moving->len; k++)
      g_ptr_array_add (ordered, dio_node_ref (g_ptr_array_index (moving, k)));
    if (i < others->len)
      g_ptr_array_add (ordered, dio_node_ref (g_ptr_array_index (others, i)));
  }
  return ordered;
}

/* A copy of the node below its new parent; NULL where its place in the world cannot be kept. */
static DioNode *
hang (const DioScenario *scenario,
      const DioNode *node,
      const char *parent,
      gboolean keep_world,
      GError **error)
{
  g_autoptr (DioNode) hung = dio_node_copy (node);
  g_free (hung->parent);
  hung->parent = g_strdup (parent);
  if (!keep_world || g_strcmp0 (node->parent, parent) == 0)
    return g_steal_pointer (&hung);
  DioMat4 world;
  dio_scenario_world_from_node (scenario, node->id, &world);
  DioTrs trs;
  if (dio_scenario_find_parent_from_node (scenario, parent, &world, &trs, error)
      && dio_edit_set_transform (hung, &trs, error))
    return g_steal_pointer (&hung);
  g_prefix_error (error, "\"%s\": ", node->id);
  return NULL;
}

/* Those of @ids that hang below no other of them, each once, in the given order. */
static GPtrArray *
list_tops (const DioScenario *scenario, const char *const *ids)
{
  g_autoptr (GHashTable) listed = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; ids[i] != NULL; i++)
    g_hash_table_add (listed, (gpointer) ids[i]);
  GPtrArray *tops = g_ptr_array_new ();
  for (guint i = 0; ids[i] != NULL; i++) {
    const DioNode *node = dio_scenario_find_node (scenario, ids[i]);
    const DioNode *above = dio_scenario_find_node (scenario, node->parent);
    while (above != NULL && !g_hash_table_contains (listed, above->id))
      above = dio_scenario_find_node (scenario, above->parent);
    if (above == NULL && !g_ptr_array_find_with_equal_func (tops, ids[i], g_str_equal, NULL))
      g_ptr_array_add (tops, (gpointer) ids[i]);
  }
  g_ptr_array_add (tops, NULL);
  return tops;
}

static gboolean
hang_all (DioScenario *edited,
          const DioScenario *scenario,
          const char *const *tops,
          const char *parent,
          gboolean keep_world,
          GError **error)
{
  g_autoptr (GHashTable) moves = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; tops[i] != NULL; i++)
    g_hash_table_add (moves, (gpointer) tops[i]);
  for (guint i = 0; i < edited->nodes->len; i++) {
    const DioNode *node = g_ptr_array_index (edited->nodes, i);
    if (!g_hash_table_contains (moves, node->id))
      continue;
    DioNode *hung = hang (scenario, node, parent, keep_world, error);
    if (hung == NULL)
      return FALSE;
    dio_edit_put (edited->nodes, i, hung, (GDestroyNotify) dio_node_unref);
  }
  return TRUE;
}

DioScenario *
dio_scenario_with_nodes_moved (DioScenario *scenario,
                               const char *const *ids,
                               const char *parent,
                               const char *before,
                               gboolean keep_world,
                               GError **error)
{
  g_return_val_if_fail (scenario != NULL && ids != NULL, NULL);
  for (guint i = 0; ids[i] != NULL; i++) {
    if (dio_scenario_find_node (scenario, ids[i]) == NULL) {
      dio_edit_set_not_found ("node", ids[i], error);
      return NULL;
    }
  }
  g_autoptr (GPtrArray) list = list_tops (scenario, ids);
  const char *const *tops = (const char *const *) list->pdata;
  g_autoptr (GHashTable) block = dio_edit_collect_subtrees (scenario, tops);
  if (!check_place (scenario, parent, before, block, error))
    return NULL;
  /* In front of one that moves along is where that one is: the first behind it that stays says where. */
  while (before != NULL && g_strv_contains (tops, before))
    before = find_next_sibling (scenario, before);
  g_autoptr (GPtrArray) moving = list_moving (scenario, tops, block);
  g_autoptr (DioScenario) edited = dio_scenario_share (scenario);
  g_ptr_array_unref (edited->nodes);
  edited->nodes = reorder (scenario, moving, parent, before);
  if (!hang_all (edited, scenario, tops, parent, keep_world, error))
    return NULL;
  return dio_edit_finish (g_steal_pointer (&edited), NULL, error);
}

DioScenario *
dio_scenario_with_node_moved (DioScenario *scenario,
                              const char *id,
                              const char *parent,
                              const char *before,
                              gboolean keep_world,
                              GError **error)
{
  g_return_val_if_fail (scenario != NULL && id != NULL, NULL);
  const char *const ids[] = { id, NULL };
  return dio_scenario_with_nodes_moved (scenario, ids, parent, before, keep_world, error);
}
