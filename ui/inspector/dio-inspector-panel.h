#pragma once
/* Thread: main. The inspector: everything that the selected nodes are, editable; the document itself while nothing is selected. Built from the
 * property registry and the parameters of models; every change is one undo step. */

#include "dio-action.h"
#include "dio-session.h"

G_BEGIN_DECLS

#define DIO_TYPE_INSPECTOR_PANEL (dio_inspector_panel_get_type ())
G_DECLARE_FINAL_TYPE (DioInspectorPanel, dio_inspector_panel, DIO, INSPECTOR_PANEL, GtkWidget)

GtkWidget *dio_inspector_panel_new (DioSession *session) G_GNUC_WARN_UNUSED_RESULT;
/** "win.category" (opens the list of categories for the selection), "win.read-calibration". */
void dio_inspector_panel_add_actions (DioInspectorPanel *panel, DioActionRegistry *registry);
/** Opens the list of categories with the cursor in its entry; nothing where the selection bears none. */
void dio_inspector_panel_focus_category (DioInspectorPanel *panel);

G_END_DECLS
