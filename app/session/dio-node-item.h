#pragma once
/* Thread: main. A node of the document as trees show it. The item of a node lives as long as the node is in the document, whatever is edited, so that
 * expansion, selection and scroll position of a view survive; its properties follow.
 *
 * Properties (notify, read-only but "locked"): "id", "name" (string: its title, the id where it has no name), "kind" (int DioNodeKind), "detail" (string:
 * asset id, parametric kind or kind of light, "" otherwise), "visible" (bool: its own), "shown" (bool: its own and all ancestors'), "category" (string id or
 * NULL: its own), "randomized" (bool: an enabled randomizer aims at it), "locked" (bool, writable: not picked in the viewport; a state of the session, not of
 * the document), "children" (GListModel of DioNodeItem, never NULL). */

#include "dio-scene-scenario.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define DIO_TYPE_NODE_ITEM (dio_node_item_get_type ())
G_DECLARE_FINAL_TYPE (DioNodeItem, dio_node_item, DIO, NODE_ITEM, GObject)

/** All borrowed. */
const char *dio_node_item_get_id (DioNodeItem *item);
const char *dio_node_item_get_name (DioNodeItem *item);
DioNodeKind dio_node_item_get_kind (DioNodeItem *item);
const char *dio_node_item_get_detail (DioNodeItem *item);
gboolean dio_node_item_get_visible (DioNodeItem *item);
gboolean dio_node_item_get_shown (DioNodeItem *item);
const char *dio_node_item_get_category (DioNodeItem *item);
gboolean dio_node_item_get_randomized (DioNodeItem *item);
gboolean dio_node_item_get_locked (DioNodeItem *item);
void dio_node_item_set_locked (DioNodeItem *item, gboolean locked);
GListModel *dio_node_item_get_children (DioNodeItem *item);
/** The parent's item; NULL at the root. */
DioNodeItem *dio_node_item_get_parent (DioNodeItem *item);

G_END_DECLS
