#pragma once
/* Thread: main. The document's nodes as a tree of items. */

#include "dio-node-item.h"

G_BEGIN_DECLS

typedef struct DioSessionTree DioSessionTree;

DioSessionTree *dio_session_tree_new (DioScenario *scenario) G_GNUC_WARN_UNUSED_RESULT;
void dio_session_tree_free (DioSessionTree *tree);
/** The document is @scenario now: items of nodes that are still there stay. Linear in the number of nodes. */
void dio_session_tree_update (DioSessionTree *tree, DioScenario *scenario);
GListModel *dio_session_tree_get_roots (DioSessionTree *tree);
DioNodeItem *dio_session_tree_find (DioSessionTree *tree, const char *id);

G_END_DECLS
