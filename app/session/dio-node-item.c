#define G_LOG_DOMAIN "dio-session"

#include "dio-node-item.h"

#include "dio-edit-nodes.h"
#include "dio-node-item-private.h"
#include "dio-scene-property.h"
#include "dio-session-list-private.h"

struct _DioNodeItem {
  GObject parent_instance;
  DioNode *node;       /**< a reference: nodes never change, so its fields are the item's */
  DioNodeItem *parent; /**< weak */
  gboolean shown, randomized, locked;
  GListStore *children;
  GPtrArray *next; /**< of DioNodeItem*, borrowed: the next children while the tree is updated */
};

G_DEFINE_FINAL_TYPE (DioNodeItem, dio_node_item, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_ID,
  PROP_NAME,
  PROP_KIND,
  PROP_DETAIL,
  PROP_VISIBLE,
  PROP_SHOWN,
  PROP_CATEGORY,
  PROP_RANDOMIZED,
  PROP_LOCKED,
  PROP_CHILDREN,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

static const char *
get_detail (const DioNode *node)
{
  if (node->kind == DIO_NODE_MODEL)
    return node->model.asset != NULL        ? node->model.asset
           : node->model.parametric != NULL ? node->model.parametric
                                            : "";
  if (node->kind != DIO_NODE_LIGHT)
    return "";
  return dio_property_find (DIO_NODE_LIGHT, "light/kind")->enum_names[node->light.kind];
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  DioNodeItem *item = DIO_NODE_ITEM (object);
  switch (id) {
  case PROP_ID:
    g_value_set_string (value, item->node->id);
    break;
  case PROP_NAME:
    g_value_set_string (value, dio_edit_get_node_title (item->node));
    break;
  case PROP_KIND:
    g_value_set_int (value, (int) item->node->kind);
    break;
  case PROP_DETAIL:
    g_value_set_string (value, get_detail (item->node));
    break;
  case PROP_VISIBLE:
    g_value_set_boolean (value, item->node->visible);
    break;
  case PROP_SHOWN:
    g_value_set_boolean (value, item->shown);
    break;
  case PROP_CATEGORY:
    g_value_set_string (value, item->node->category);
    break;
  case PROP_RANDOMIZED:
    g_value_set_boolean (value, item->randomized);
    break;
  case PROP_LOCKED:
    g_value_set_boolean (value, item->locked);
    break;
  case PROP_CHILDREN:
    g_value_set_object (value, item->children);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  if (id == PROP_LOCKED)
    dio_node_item_set_locked (DIO_NODE_ITEM (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
finalize (GObject *object)
{
  DioNodeItem *item = DIO_NODE_ITEM (object);
  g_clear_weak_pointer (&item->parent);
  g_clear_pointer (&item->node, dio_node_unref);
  g_clear_object (&item->children);
  g_ptr_array_unref (item->next);
  G_OBJECT_CLASS (dio_node_item_parent_class)->finalize (object);
}

static void
dio_node_item_class_init (DioNodeItemClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  object_class->get_property = get_property;
  object_class->set_property = set_property;
  object_class->finalize = finalize;
  const GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, read);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, read);
  properties[PROP_KIND] =
      g_param_spec_int ("kind", NULL, NULL, DIO_NODE_GROUP, DIO_NODE_SENSOR, DIO_NODE_GROUP, read);
  properties[PROP_DETAIL] = g_param_spec_string ("detail", NULL, NULL, "", read);
  properties[PROP_VISIBLE] = g_param_spec_boolean ("visible", NULL, NULL, TRUE, read);
  properties[PROP_SHOWN] = g_param_spec_boolean ("shown", NULL, NULL, TRUE, read);
  properties[PROP_CATEGORY] = g_param_spec_string ("category", NULL, NULL, NULL, read);
  properties[PROP_RANDOMIZED] = g_param_spec_boolean ("randomized", NULL, NULL, FALSE, read);
  properties[PROP_LOCKED] =
      g_param_spec_boolean ("locked", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_CHILDREN] = g_param_spec_object ("children", NULL, NULL, G_TYPE_LIST_MODEL, read);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dio_node_item_init (DioNodeItem *item)
{
  item->children = g_list_store_new (DIO_TYPE_NODE_ITEM);
  item->next = g_ptr_array_new ();
}

/* -- Updates -------------------------------------------------------------------------------------------------------- */

DioNodeItem *
dio_node_item_new (const DioNodeItemState *state)
{
  DioNodeItem *item = g_object_new (DIO_TYPE_NODE_ITEM, NULL);
  item->node = dio_node_ref (state->node);
  g_set_weak_pointer (&item->parent, state->parent);
  item->shown = state->shown;
  item->randomized = state->randomized;
  return item;
}

static void
notify_node_changes (DioNodeItem *item, const DioNode *before)
{
  GObject *object = G_OBJECT (item);
  const DioNode *now = item->node;
  if (g_strcmp0 (dio_edit_get_node_title (now), dio_edit_get_node_title (before)) != 0)
    g_object_notify_by_pspec (object, properties[PROP_NAME]);
  if (now->kind != before->kind)
    g_object_notify_by_pspec (object, properties[PROP_KIND]);
  if (g_strcmp0 (get_detail (now), get_detail (before)) != 0)
    g_object_notify_by_pspec (object, properties[PROP_DETAIL]);
  if (!now->visible != !before->visible)
    g_object_notify_by_pspec (object, properties[PROP_VISIBLE]);
  if (g_strcmp0 (now->category, before->category) != 0)
    g_object_notify_by_pspec (object, properties[PROP_CATEGORY]);
}

void
dio_node_item_update (DioNodeItem *item, const DioNodeItemState *state)
{
  g_set_weak_pointer (&item->parent, state->parent);
  if (state->node != item->node) {
    g_autoptr (DioNode) before = item->node;
    item->node = dio_node_ref (state->node);
    notify_node_changes (item, before);
  }
  if (!state->shown != !item->shown) {
    item->shown = state->shown;
    g_object_notify_by_pspec (G_OBJECT (item), properties[PROP_SHOWN]);
  }
  if (!state->randomized != !item->randomized) {
    item->randomized = state->randomized;
    g_object_notify_by_pspec (G_OBJECT (item), properties[PROP_RANDOMIZED]);
  }
}

void
dio_node_item_begin_children (DioNodeItem *item)
{
  g_ptr_array_set_size (item->next, 0);
}

void
dio_node_item_add_child (DioNodeItem *item, DioNodeItem *child)
{
  g_ptr_array_add (item->next, child);
}

void
dio_node_item_apply_children (DioNodeItem *item)
{
  dio_list_apply (item->children, item->next);
}

/* -- What it is ----------------------------------------------------------------------------------------------------- */

const char *
dio_node_item_get_id (DioNodeItem *item)
{
  g_return_val_if_fail (DIO_IS_NODE_ITEM (item), NULL);
  return item->node->id;
}

const char *
dio_node_item_get_name (DioNodeItem *item)
{
  g_return_val_if_fail (DIO_IS_NODE_ITEM (item), NULL);
  return dio_edit_get_node_title (item->node);
}

DioNodeKind
dio_node_item_get_kind (DioNodeItem *item)
{
  g_return_val_if_fail (DIO_IS_NODE_ITEM (item), DIO_NODE_GROUP);
  return item->node->kind;
}

const char *
dio_node_item_get_detail (DioNodeItem *item)
{
  g_return_val_if_fail (DIO_IS_NODE_ITEM (item), NULL);
  return get_detail (item->node);
}

gboolean
dio_node_item_get_visible (DioNodeItem *item)
{
  g_return_val_if_fail (DIO_IS_NODE_ITEM (item), FALSE);
  return item->node->visible;
}

gboolean
dio_node_item_get_shown (DioNodeItem *item)
{
  g_return_val_if_fail (DIO_IS_NODE_ITEM (item), FALSE);
  return item->shown;
}

const char *
dio_node_item_get_category (DioNodeItem *item)
{
  g_return_val_if_fail (DIO_IS_NODE_ITEM (item), NULL);
  return item->node->category;
}

gboolean
dio_node_item_get_randomized (DioNodeItem *item)
{
  g_return_val_if_fail (DIO_IS_NODE_ITEM (item), FALSE);
  return item->randomized;
}

gboolean
dio_node_item_get_locked (DioNodeItem *item)
{
  g_return_val_if_fail (DIO_IS_NODE_ITEM (item), FALSE);
  return item->locked;
}

void
dio_node_item_set_locked (DioNodeItem *item, gboolean locked)
{
  g_return_if_fail (DIO_IS_NODE_ITEM (item));

  if (!locked == !item->locked)
    return;
  item->locked = locked != FALSE;
  g_object_notify_by_pspec (G_OBJECT (item), properties[PROP_LOCKED]);
}

GListModel *
dio_node_item_get_children (DioNodeItem *item)
{
  g_return_val_if_fail (DIO_IS_NODE_ITEM (item), NULL);
  return G_LIST_MODEL (item->children);
}

DioNodeItem *
dio_node_item_get_parent (DioNodeItem *item)
{
  g_return_val_if_fail (DIO_IS_NODE_ITEM (item), NULL);
  return item->parent;
}
