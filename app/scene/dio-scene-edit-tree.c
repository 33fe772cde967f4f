#define G_LOG_DOMAIN "dio-scene"

/* Where nodes hang, and where they are in the world. */

#include "dio-core-error.h"
#include "dio-core-pose.h"
#include "dio-scene-edit-private.h"

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
  *parent_from_node = found;
  return TRUE;
}

/* ---- moving in the tree ---- */

static gboolean
check_move (const DioScenario *scenario,
            const char *id,
            const char *parent,
            const char *before,
            GHashTable *block,
            GError **error)
{
  if (dio_scenario_find_node (scenario, id) == NULL)
    return dio_edit_set_not_found ("node", id, error);
  if (parent != NULL && dio_scenario_find_node (scenario, parent) == NULL)
    return dio_edit_set_not_found ("node", parent, error);
  if (parent != NULL && g_hash_table_contains (block, parent)) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                 "\"%s\" cannot hang below %s \"%s\"; choose a node that is not below it", id,
                 strcmp (id, parent) == 0 ? "itself," : "its own descendant", parent);
    return FALSE;
  }
  const DioNode *sibling = dio_scenario_find_node (scenario, before);
  if (before != NULL && sibling == NULL)
    return dio_edit_set_not_found ("node", before, error);
  if (sibling != NULL && g_strcmp0 (sibling->parent, parent) != 0) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                 "\"%s\" is no child of %s%s, so nothing can stand in front of it there", before,
                 parent != NULL ? "" : "the root", parent != NULL ? parent : "");
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

static GPtrArray *
reorder (const DioScenario *scenario, GHashTable *block, const char *parent, const char *before)
{
  GPtrArray *others = dio_scenario_new_nodes ();
  g_autoptr (GPtrArray) moving = g_ptr_array_new ();
  for (guint i = 0; i < scenario->nodes->len; i++) {
    DioNode *node = g_ptr_array_index (scenario->nodes, i);
    gboolean moves = g_hash_table_contains (block, node->id);
    g_ptr_array_add (moves ? moving : others, dio_node_ref (node));
  }
  const char *const roots[] = { parent, NULL };
  g_autoptr (GHashTable) family =
      parent != NULL ? dio_edit_collect_subtrees (scenario, roots) : NULL;
  guint place = find_place (others, family, before);
  for (guint i = 0; i < moving->len; i++)
    g_ptr_array_insert (others, (int) (place + i), g_ptr_array_index (moving, i));
  return others;
}

static gboolean
hang (DioScenario *edited,
      const DioScenario *scenario,
      const char *id,
      const char *parent,
      gboolean keep_world,
      GError **error)
{
  guint position = 0;
  while (strcmp (((DioNode *) g_ptr_array_index (edited->nodes, position))->id, id) != 0)
    position++;
  DioNode *node = dio_node_copy (g_ptr_array_index (edited->nodes, position));
  gboolean same = g_strcmp0 (node->parent, parent) == 0;
  g_free (node->parent);
  node->parent = g_strdup (parent);
  dio_edit_put (edited->nodes, position, node, (GDestroyNotify) dio_node_unref);
  if (!keep_world || same)
    return TRUE;
  DioMat4 world;
  dio_scenario_world_from_node (scenario, id, &world);
  return dio_scenario_find_parent_from_node (scenario, parent, &world, &node->parent_from_node,
                                             error);
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
  g_autoptr (GHashTable) block = dio_edit_collect_subtrees (scenario, ids);
  if (!check_move (scenario, id, parent, before, block, error))
    return NULL;
  /* In front of itself is where it is. */
  if (g_strcmp0 (before, id) == 0)
    return dio_scenario_ref (scenario);
  g_autoptr (DioScenario) edited = dio_scenario_share (scenario);
  g_ptr_array_unref (edited->nodes);
  edited->nodes = reorder (scenario, block, parent, before);
  if (!hang (edited, scenario, id, parent, keep_world, error))
    return NULL;
  return dio_edit_finish (g_steal_pointer (&edited), NULL, error);
}
