#define G_LOG_DOMAIN "dio-session"

#include "dio-session-tree-private.h"

#include "dio-node-item-private.h"
#include "dio-session-list-private.h"

struct DioSessionTree {
  GListStore *roots;
  GPtrArray *next;   /**< of DioNodeItem*, borrowed: the next roots */
  GHashTable *items; /**< id -> DioNodeItem*, owned both */
};

DioSessionTree *
dio_session_tree_new (DioScenario *scenario)
{
  DioSessionTree *tree = g_new0 (DioSessionTree, 1);
  tree->roots = g_list_store_new (DIO_TYPE_NODE_ITEM);
  tree->next = g_ptr_array_new ();
  tree->items = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  dio_session_tree_update (tree, scenario);
  return tree;
}

void
dio_session_tree_free (DioSessionTree *tree)
{
  if (tree == NULL)
    return;
  g_object_unref (tree->roots);
  g_ptr_array_unref (tree->next);
  g_hash_table_unref (tree->items);
  g_free (tree);
}

/* Ids of nodes that an enabled randomizer aims at; keys borrowed from the scenario. */
static GHashTable *
collect_randomized (const DioScenario *scenario)
{
  GHashTable *targets = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < scenario->randomizers->len; i++) {
    const DioRandomizer *randomizer = g_ptr_array_index (scenario->randomizers, i);
    for (guint t = 0;
         randomizer->enabled && randomizer->targets != NULL && randomizer->targets[t] != NULL; t++)
      g_hash_table_add (targets, randomizer->targets[t]);
  }
  return targets;
}

static DioNodeItem *
update_node (DioSessionTree *tree, DioNode *node, GHashTable *randomized)
{
  DioNodeItem *parent =
      node->parent != NULL ? g_hash_table_lookup (tree->items, node->parent) : NULL;
  const DioNodeItemState state = {
    .node = node,
    .parent = parent,
    .shown = node->visible && (parent == NULL || dio_node_item_get_shown (parent)),
    .randomized = g_hash_table_contains (randomized, node->id),
  };
  DioNodeItem *item = g_hash_table_lookup (tree->items, node->id);
  if (item == NULL) {
    item = dio_node_item_new (&state);
    g_hash_table_insert (tree->items, g_strdup (node->id), item);
  } else {
    dio_node_item_update (item, &state);
  }
  dio_node_item_begin_children (item);
  if (parent != NULL)
    dio_node_item_add_child (parent, item);
  else
    g_ptr_array_add (tree->next, item);
  return item;
}

static gboolean
is_gone (gpointer id, gpointer item, gpointer scenario)
{
  return dio_scenario_find_node (scenario, id) == NULL;
}

void
dio_session_tree_update (DioSessionTree *tree, DioScenario *scenario)
{
  g_autoptr (GHashTable) randomized = collect_randomized (scenario);
  g_ptr_array_set_size (tree->next, 0);
  g_autoptr (GPtrArray) items = g_ptr_array_sized_new (scenario->nodes->len);
  /* Parents stand before their children. */
  for (guint i = 0; i < scenario->nodes->len; i++)
    g_ptr_array_add (items, update_node (tree, g_ptr_array_index (scenario->nodes, i), randomized));
  dio_list_apply (tree->roots, tree->next);
  for (guint i = 0; i < items->len; i++)
    dio_node_item_apply_children (g_ptr_array_index (items, i));
  g_hash_table_foreach_remove (tree->items, is_gone, scenario);
}

GListModel *
dio_session_tree_get_roots (DioSessionTree *tree)
{
  return G_LIST_MODEL (tree->roots);
}

DioNodeItem *
dio_session_tree_find (DioSessionTree *tree, const char *id)
{
  return g_hash_table_lookup (tree->items, id);
}
