#pragma once
/* Thread: main. How the tree of the session fills its items. */

#include "dio-node-item.h"

G_BEGIN_DECLS

/** What an item shows; borrowed for the call. */
typedef struct {
  DioNode *node;
  DioNodeItem *parent; /**< (nullable) */
  gboolean shown, randomized;
} DioNodeItemState;

DioNodeItem *dio_node_item_new (const DioNodeItemState *state) G_GNUC_WARN_UNUSED_RESULT;
/** Notifies what differs. */
void dio_node_item_update (DioNodeItem *item, const DioNodeItemState *state);
/** Of the next list of children: cleared by begin, filled by add, shown by apply, which changes as little as it can. */
void dio_node_item_begin_children (DioNodeItem *item);
void dio_node_item_add_child (DioNodeItem *item, DioNodeItem *child);
void dio_node_item_apply_children (DioNodeItem *item);

G_END_DECLS
