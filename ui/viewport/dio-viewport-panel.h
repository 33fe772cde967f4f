#pragma once
/* Thread: main. Where the scene is seen and touched: the free view or the view through the active sensor, with labels, gizmos and tools. Draws the last finished pictures of
 * the session's preview; makes none itself.
 *
 * Accepts drops of files (GdkFileList) and of shelf items: a string "diorama-shelf:KIND:ID" with KIND "asset" (id in the document), "model" (parametric kind),
 * "light" (kind of light), "sensor" ("") or "category" (id: binds the node under the mouse). */

#include "dio-action.h"
#include "dio-session.h"

G_BEGIN_DECLS

#define DIO_TYPE_VIEWPORT_PANEL (dio_viewport_panel_get_type ())
G_DECLARE_FINAL_TYPE (DioViewportPanel, dio_viewport_panel, DIO, VIEWPORT_PANEL, GtkWidget)

GtkWidget *dio_viewport_panel_new (DioSession *session) G_GNUC_WARN_UNUSED_RESULT;
/** The commands of view, tools and overlays. Local keys work while the viewport has the focus. */
void dio_viewport_panel_add_actions (DioViewportPanel *panel, DioActionRegistry *registry);

G_END_DECLS
