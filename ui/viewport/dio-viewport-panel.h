#pragma once
/* Thread: main. Where the scene is seen and touched: the free view or the view through the active sensor, with labels, gizmos and tools. Draws the last finished pictures of
 * the session's preview; makes none itself.
 *
 * Accepts drops of files (GdkFileList) and of shelf items: a string "diorama-shelf:KEY" with the key of a DioShelfItem ("parametric:mug", "asset:ID", "light:sun",
 * "environment:studio", "sensor", "texture:wood"), or "diorama-shelf:category:ID", which binds the node under the mouse.
 *
 * Properties: "tool" (int DioEditToolKind), "local-axes", "snapping" (boolean, all writable, notify). */

#include "dio-action.h"
#include "dio-session.h"

G_BEGIN_DECLS

#define DIO_TYPE_VIEWPORT_PANEL (dio_viewport_panel_get_type ())
G_DECLARE_FINAL_TYPE (DioViewportPanel, dio_viewport_panel, DIO, VIEWPORT_PANEL, GtkWidget)

GtkWidget *dio_viewport_panel_new (DioSession *session) G_GNUC_WARN_UNUSED_RESULT;
/** The commands of view, tools and overlays. Their keys work while the viewport has the focus; those of the overlays in the whole window, where @panel is in one already. */
void dio_viewport_panel_add_actions (DioViewportPanel *panel, DioActionRegistry *registry);

G_END_DECLS
