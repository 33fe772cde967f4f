#define G_LOG_DOMAIN "dio-viewport"

#include "dio-viewport-parts-private.h"

#include <glib/gi18n-lib.h>

static DioViewportCanvas *
get_canvas (gpointer owner)
{
  return dio_viewport_panel_get_canvas (owner);
}

/* -- View ---------------------------------------------------------------------------------------------------------- */

static void
frame_selection_cb (gpointer owner)
{
  DioSelection *selection = dio_session_get_selection (dio_viewport_panel_get_session (owner));
  const char *const *ids = dio_selection_get_ids (selection);
  dio_viewport_view_frame (get_canvas (owner), ids[0] != NULL ? ids : NULL);
}

static void
frame_all_cb (gpointer owner)
{
  dio_viewport_view_frame (get_canvas (owner), NULL);
}

static void
front_cb (gpointer owner)
{
  dio_viewport_view_look_along (get_canvas (owner), DIO_EDIT_LOOK_FRONT);
}

static void
back_cb (gpointer owner)
{
  dio_viewport_view_look_along (get_canvas (owner), DIO_EDIT_LOOK_BACK);
}

static void
right_cb (gpointer owner)
{
  dio_viewport_view_look_along (get_canvas (owner), DIO_EDIT_LOOK_RIGHT);
}

static void
left_cb (gpointer owner)
{
  dio_viewport_view_look_along (get_canvas (owner), DIO_EDIT_LOOK_LEFT);
}

static void
top_cb (gpointer owner)
{
  dio_viewport_view_look_along (get_canvas (owner), DIO_EDIT_LOOK_TOP);
}

static void
bottom_cb (gpointer owner)
{
  dio_viewport_view_look_along (get_canvas (owner), DIO_EDIT_LOOK_BOTTOM);
}

static void
perspective_cb (gpointer owner)
{
  DioViewportCanvas *canvas = get_canvas (owner);
  if (dio_viewport_canvas_is_through (canvas))
    dio_viewport_view_leave_sensor (canvas);
  dio_edit_navigation_toggle_orthographic (&canvas->navigation);
  dio_viewport_canvas_push_view (canvas);
}

/* -- Tools --------------------------------------------------------------------------------------------------------- */

static void
select_cb (gpointer owner)
{
  g_object_set (owner, "tool", DIO_EDIT_TOOL_SELECT, NULL);
}

/* The key chooses the tool, so that its handles stay, and begins a use at once where the pointer is in the viewport. */
static void
use_tool (gpointer owner, DioEditToolKind kind)
{
  DioViewportCanvas *canvas = get_canvas (owner);
  g_object_set (owner, "tool", kind, NULL);
  DioSelection *selection = dio_session_get_selection (canvas->session);
  if (canvas->x == canvas->x && dio_selection_get_count (selection) > 0) {
    gtk_widget_grab_focus (GTK_WIDGET (canvas));
    dio_viewport_tool_begin (canvas, kind, DIO_EDIT_FREE);
  }
}

static void
move_cb (gpointer owner)
{
  use_tool (owner, DIO_EDIT_TOOL_MOVE);
}

static void
rotate_cb (gpointer owner)
{
  use_tool (owner, DIO_EDIT_TOOL_ROTATE);
}

static void
scale_cb (gpointer owner)
{
  use_tool (owner, DIO_EDIT_TOOL_SCALE);
}

static void
drop_to_surface_cb (gpointer owner)
{
  dio_viewport_view_drop_to_surface (get_canvas (owner));
}

static void
add_sensor_cb (gpointer owner)
{
  dio_viewport_panel_add_sensor (owner);
}

static void
occlude_cb (gpointer owner)
{
  dio_viewport_occlude (get_canvas (owner));
}

#define VIEW N_ ("View")
#define TOOLS N_ ("Tools")
#define LABELS N_ ("Labels Shown")

static const DioActionInfo view_actions[] = {
  { "frame-selection", N_ ("Frame Selection"), VIEW, .keys = "f", .activate = frame_selection_cb,
    .section = 1 },
  { "frame-all", N_ ("Frame All"), VIEW, .keys = "Home", .activate = frame_all_cb, .section = 1 },
  { "view-front", N_ ("Look from the Front"), VIEW, .keys = "1", .activate = front_cb,
    .section = 2 },
  { "view-back", N_ ("Look from the Back"), VIEW, .activate = back_cb, .section = 2 },
  { "view-right", N_ ("Look from the Right"), VIEW, .keys = "3", .activate = right_cb,
    .section = 2 },
  { "view-left", N_ ("Look from the Left"), VIEW, .activate = left_cb, .section = 2 },
  { "view-top", N_ ("Look from Above"), VIEW, .keys = "7", .activate = top_cb, .section = 2 },
  { "view-bottom", N_ ("Look from Below"), VIEW, .activate = bottom_cb, .section = 2 },
  { "view-perspective", N_ ("Switch Perspective"), VIEW, .keys = "5", .activate = perspective_cb,
    .section = 2 },
  { "tool-select", N_ ("Select"), TOOLS, .keys = "q", .activate = select_cb, .section = 1 },
  { "tool-move", N_ ("Move Selection"), TOOLS, .keys = "g", .activate = move_cb, .section = 1 },
  { "tool-rotate", N_ ("Rotate Selection"), TOOLS, .keys = "r", .activate = rotate_cb,
    .section = 1 },
  { "tool-scale", N_ ("Scale Selection"), TOOLS, .keys = "s", .activate = scale_cb, .section = 1 },
  { "local-axes", N_ ("Local Axes"), TOOLS, .property = "local-axes", .section = 2 },
  { "snapping", N_ ("Snap"), TOOLS, .property = "snapping", .section = 2 },
  { "drop-to-surface", N_ ("Drop to Surface"), TOOLS, .keys = "End", .activate = drop_to_surface_cb,
    .section = 3 },
  { "occlude", N_ ("Hide First Selected behind Others"), TOOLS, .activate = occlude_cb,
    .section = 3 },
  { "add-sensor-here", N_ ("Add Sensor Here"), TOOLS, .activate = add_sensor_cb, .section = 3 },
  { NULL },
};

static const DioActionInfo session_actions[] = {
  { "look-through-sensor", N_ ("Look Through Sensor"), VIEW, .keys = "0",
    .property = "through-sensor", .section = 1 },
  { NULL },
};

/* -- Overlays ------------------------------------------------------------------------------------------------------ */

static void
boxes_cb (gpointer owner)
{
  dio_overlays_cycle_boxes (owner);
}

static void
masks_cb (gpointer owner)
{
  dio_overlays_cycle_masks (owner);
}

static void
pass_cb (gpointer owner)
{
  dio_overlays_cycle_pass (owner);
}

static void
visibility_cb (gpointer owner)
{
  gboolean on = dio_overlays_get_masks (owner) == DIO_MASKS_VISIBILITY;
  g_object_set (owner, "masks", on ? DIO_MASKS_CATEGORY : DIO_MASKS_VISIBILITY, NULL);
}

static void
change_opacity (gpointer owner, double by)
{
  double opacity = CLAMP (dio_overlays_get_opacity (owner) + by, 0, 1);
  g_object_set (owner, "opacity", opacity, NULL);
}

static void
opacity_down_cb (gpointer owner)
{
  change_opacity (owner, -0.1);
}

static void
opacity_up_cb (gpointer owner)
{
  change_opacity (owner, 0.1);
}

static const DioActionInfo overlay_actions[] = {
  { "cycle-boxes", N_ ("Next Kind of Boxes"), LABELS, .keys = "b", .activate = boxes_cb,
    .section = 1 },
  { "show-boxes-3d", N_ ("3D Boxes"), LABELS, .keys = "<Shift>b", .property = "boxes-3d",
    .section = 1 },
  { "cycle-masks", N_ ("Next Kind of Masks"), LABELS, .keys = "m", .activate = masks_cb,
    .section = 1 },
  { "show-visibility", N_ ("Masks by Visibility"), LABELS, .keys = "v", .activate = visibility_cb,
    .section = 1 },
  { "show-names", N_ ("All Names"), LABELS, .keys = "n", .property = "names", .section = 1 },
  { "show-occlusion", N_ ("Who Hides Whom"), LABELS, .keys = "o", .property = "occlusion",
    .section = 1 },
  { "cycle-pass", N_ ("Next Picture: Colour, Depth, Normals, Ids"), LABELS, .keys = "d",
    .activate = pass_cb, .section = 2 },
  { "opacity-down", N_ ("Fainter Masks"), LABELS, .keys = "minus|KP_Subtract",
    .activate = opacity_down_cb, .section = 2 },
  { "opacity-up", N_ ("Stronger Masks"), LABELS, .keys = "plus|KP_Add", .activate = opacity_up_cb,
    .section = 2 },
  { "show-grid", N_ ("Grid"), LABELS, .property = "grid", .section = 3 },
  { "show-axes", N_ ("Axes"), LABELS, .property = "axes", .section = 3 },
  { "show-monitor", N_ ("Monitor"), LABELS, .property = "monitor", .section = 3 },
  { NULL },
};

void
dio_viewport_panel_add_actions (DioViewportPanel *panel, DioActionRegistry *registry)
{
  g_return_if_fail (DIO_IS_VIEWPORT_PANEL (panel));
  DioSession *session = dio_viewport_panel_get_session (panel);
  GtkWidget *page = dio_viewport_find_page (GTK_WIDGET (panel));
  dio_action_registry_add (registry, view_actions, G_OBJECT (panel), page);
  dio_action_registry_add (registry, session_actions, G_OBJECT (session), page);
  /* The same keys on every page: the window is their scope, which text fields and lists come before. */
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (panel)));
  dio_action_registry_add (registry, overlay_actions, G_OBJECT (dio_session_get_overlays (session)),
                           window != NULL ? window : page);
}
