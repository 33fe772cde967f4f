#pragma once
/* Thread: main. The shelf: everything that can be put into the scene, with pictures. Drag it into the view, or double-click it to put it where the view looks;
 * import files by dialog or drop; see and fix what the doctor found in them. */

#include "dio-action.h"
#include "dio-session.h"

G_BEGIN_DECLS

#define DIO_TYPE_SHELF_PANEL (dio_shelf_panel_get_type ())
G_DECLARE_FINAL_TYPE (DioShelfPanel, dio_shelf_panel, DIO, SHELF_PANEL, GtkWidget)

GtkWidget *dio_shelf_panel_new (DioSession *session) G_GNUC_WARN_UNUSED_RESULT;
/** "win.place-asset" (the chosen item, where the view looks), "win.remove-asset". "win.import" is the window's. */
void dio_shelf_panel_add_actions (DioShelfPanel *panel, DioActionRegistry *registry);
void dio_shelf_panel_search (DioShelfPanel *panel, const char *text);
/** Items that are shown. */
guint dio_shelf_panel_get_n_items (DioShelfPanel *panel);

G_END_DECLS
