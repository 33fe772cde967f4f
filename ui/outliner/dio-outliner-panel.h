#pragma once
/* Thread: main. The outliner: the tree of the document's nodes. Search, selection both ways, rename in place, hide, lock, reorder and reparent by drag; and the
 * commands of the Edit menu that act on selected nodes. */

#include "dio-action.h"
#include "dio-session.h"

G_BEGIN_DECLS

#define DIO_TYPE_OUTLINER_PANEL (dio_outliner_panel_get_type ())
G_DECLARE_FINAL_TYPE (DioOutlinerPanel, dio_outliner_panel, DIO, OUTLINER_PANEL, GtkWidget)

GtkWidget *dio_outliner_panel_new (DioSession *session) G_GNUC_WARN_UNUSED_RESULT;
/** Call it when @panel is in its window: local keys work on the whole page of an AdwViewStack that it is in, else in the panel alone.
 * Commands: rename, duplicate, cut, copy, paste, delete, select-all, select-none, group, ungroup, hide, isolate, show-all, lock, find-node. */
void dio_outliner_panel_add_actions (DioOutlinerPanel *panel, DioActionRegistry *registry);
/** Opens the name of the node for editing, in its row; FALSE where it has none now. */
gboolean dio_outliner_panel_rename (DioOutlinerPanel *panel, const char *id);
/** What the search field holds; "" shows all. */
void dio_outliner_panel_search (DioOutlinerPanel *panel, const char *text);
/** Rows that are shown. */
guint dio_outliner_panel_get_n_rows (DioOutlinerPanel *panel);

G_END_DECLS
