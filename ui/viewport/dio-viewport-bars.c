#define G_LOG_DOMAIN "dio-viewport"

#include "dio-edit-nodes.h"
#include "dio-viewport-parts-private.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

void
dio_viewport_dress_button (GtkWidget *button, const char *icon, const char *name)
{
  gtk_button_set_icon_name (GTK_BUTTON (button), icon);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  /* A click on a tool leaves the keys with the canvas. */
  gtk_widget_set_focus_on_click (button, FALSE);
}

GtkWidget *
dio_viewport_find_page (GtkWidget *widget)
{
  for (GtkWidget *page = widget; page != NULL; page = gtk_widget_get_parent (page)) {
    GtkWidget *parent = gtk_widget_get_parent (page);
    if (parent != NULL && ADW_IS_VIEW_STACK (parent))
      return page;
  }
  return widget;
}

static GtkWidget *
new_bar (GtkOrientation orientation)
{
  GtkWidget *bar = gtk_box_new (orientation, 0);
  gtk_widget_add_css_class (bar, "toolbar");
  gtk_widget_add_css_class (bar, "osd");
  gtk_widget_add_css_class (bar, "dio-viewport-bar");
  return bar;
}

static GtkWidget *
add_toggle (GtkWidget *bar, const char *icon, const char *name)
{
  GtkWidget *button = gtk_toggle_button_new ();
  dio_viewport_dress_button (button, icon, name);
  gtk_box_append (GTK_BOX (bar), button);
  return button;
}

/* -- Tools --------------------------------------------------------------------------------------------------------- */

static void
tool_toggled_cb (GtkToggleButton *button, DioViewportPanel *panel)
{
  if (gtk_toggle_button_get_active (button))
    g_object_set (panel, "tool",
                  GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "dio-tool")), NULL);
}

static void
tool_changed_cb (DioViewportPanel *panel, GParamSpec *pspec, GtkWidget *bar)
{
  int tool;
  g_object_get (panel, "tool", &tool, NULL);
  for (GtkWidget *child = gtk_widget_get_first_child (bar); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_TOGGLE_BUTTON (child) && g_object_get_data (G_OBJECT (child), "dio-is-tool") != NULL
        && GPOINTER_TO_INT (g_object_get_data (G_OBJECT (child), "dio-tool")) == tool)
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (child), TRUE);
}

GtkWidget *
dio_viewport_tools_new (DioViewportPanel *panel)
{
  const struct {
    DioEditToolKind kind;
    const char *icon, *name;
  } tools[] = {
    { DIO_EDIT_TOOL_SELECT, "dio-select-symbolic", _ ("Select (Q)") },
    { DIO_EDIT_TOOL_MOVE, "dio-move-symbolic", _ ("Move (G)") },
    { DIO_EDIT_TOOL_ROTATE, "dio-rotate-symbolic", _ ("Rotate (R)") },
    { DIO_EDIT_TOOL_SCALE, "dio-scale-symbolic", _ ("Scale (S)") },
  };
  GtkWidget *bar = new_bar (GTK_ORIENTATION_VERTICAL), *first = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (tools); i++) {
    GtkWidget *button = add_toggle (bar, tools[i].icon, tools[i].name);
    g_object_set_data (G_OBJECT (button), "dio-tool", GINT_TO_POINTER (tools[i].kind));
    g_object_set_data (G_OBJECT (button), "dio-is-tool", button);
    if (first == NULL)
      first = button;
    else
      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (first));
    g_signal_connect_object (button, "toggled", G_CALLBACK (tool_toggled_cb), panel, 0);
  }
  gtk_box_append (GTK_BOX (bar), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  const GBindingFlags both = G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL;
  g_object_bind_property (panel, "local-axes",
                          add_toggle (bar, "dio-local-symbolic", _ ("Local Axes")), "active", both);
  g_object_bind_property (panel, "snapping", add_toggle (bar, "dio-snap-symbolic", _ ("Snap")),
                          "active", both);
  g_signal_connect_object (panel, "notify::tool", G_CALLBACK (tool_changed_cb), bar, 0);
  tool_changed_cb (panel, NULL, bar);
  return bar;
}

/* -- Sensor -------------------------------------------------------------------------------------------------------- */

const char *
dio_viewport_get_sensor_title (DioSession *session)
{
  const char *id = dio_session_get_sensor (session);
  const DioNode *node =
      id != NULL ? dio_scenario_find_node (dio_session_get_scenario (session), id) : NULL;
  return node != NULL ? dio_edit_get_node_title (node) : NULL;
}

static void
choose_sensor_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  DioSession *session = g_object_get_data (G_OBJECT (widget), "dio-session");
  dio_session_set_sensor (session, g_variant_get_string (parameter, NULL));
}

static void
update_sensors (GtkWidget *button)
{
  DioSession *session = g_object_get_data (G_OBJECT (button), "dio-session");
  const DioScenario *scenario = dio_session_get_scenario (session);
  g_autoptr (GMenu) menu = g_menu_new ();
  guint n = 0;
  for (guint i = 0; i < scenario->nodes->len; i++) {
    const DioNode *node = g_ptr_array_index (scenario->nodes, i);
    if (node->kind != DIO_NODE_SENSOR)
      continue;
    g_autoptr (GMenuItem) item = g_menu_item_new (dio_edit_get_node_title (node), NULL);
    g_menu_item_set_action_and_target (item, "viewport.sensor", "s", node->id);
    g_menu_append_item (menu, item);
    n++;
  }
  const char *title = dio_viewport_get_sensor_title (session);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), title != NULL ? title : _ ("No Sensor"));
  gtk_widget_set_sensitive (button, n > 0);
}

static void
sensor_action_cb (GSimpleAction *action, GVariant *parameter, gpointer button)
{
  choose_sensor_cb (button, NULL, parameter);
}

static void
update_sensor_state (GtkWidget *button)
{
  DioSession *session = g_object_get_data (G_OBJECT (button), "dio-session");
  GSimpleAction *action = g_object_get_data (G_OBJECT (button), "dio-action");
  const char *id = dio_session_get_sensor (session);
  g_simple_action_set_state (action, g_variant_new_string (id != NULL ? id : ""));
  update_sensors (button);
}

GtkWidget *
dio_viewport_sensor_bar_new (DioSession *session)
{
  GtkWidget *bar = new_bar (GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_halign (bar, GTK_ALIGN_END);
  GtkWidget *through = add_toggle (bar, "dio-sensor-symbolic", _ ("Look Through the Sensor (0)"));
  g_object_bind_property (session, "through-sensor", through, "active",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  GtkWidget *button = gtk_menu_button_new ();
  gtk_widget_set_tooltip_text (button, _ ("Sensor Whose Labels Are Shown"));
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_menu_button_set_always_show_arrow (GTK_MENU_BUTTON (button), TRUE);
  g_object_set_data_full (G_OBJECT (button), "dio-session", g_object_ref (session), g_object_unref);
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  GSimpleAction *action =
      g_simple_action_new_stateful ("sensor", G_VARIANT_TYPE_STRING, g_variant_new_string (""));
  g_signal_connect_object (action, "activate", G_CALLBACK (sensor_action_cb), button, 0);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
  gtk_widget_insert_action_group (button, "viewport", G_ACTION_GROUP (group));
  g_object_set_data_full (G_OBJECT (button), "dio-action", action, g_object_unref);
  g_signal_connect_object (session, "notify::sensor", G_CALLBACK (update_sensor_state), button,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "scenario-changed", G_CALLBACK (update_sensors), button,
                           G_CONNECT_SWAPPED);
  update_sensor_state (button);
  gtk_box_append (GTK_BOX (bar), button);
  return bar;
}

/* -- Overlays ------------------------------------------------------------------------------------------------------ */

static GtkWidget *
add_row (GtkWidget *grid, const char *name, GtkWidget *control)
{
  int row = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (grid), "dio-rows"));
  g_object_set_data (G_OBJECT (grid), "dio-rows", GINT_TO_POINTER (row + 1));
  GtkWidget *label = gtk_label_new (name);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_halign (control, GTK_ALIGN_END);
  gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  gtk_grid_attach (GTK_GRID (grid), label, 0, row, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), control, 1, row, 1, 1);
  return control;
}

static void
add_choice (GtkWidget *grid,
            DioOverlays *overlays,
            const char *property,
            const char *name,
            const char *const *choices)
{
  GtkWidget *drop_down = add_row (grid, name, gtk_drop_down_new_from_strings (choices));
  g_object_bind_property (overlays, property, drop_down, "selected",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
}

static void
add_switch (GtkWidget *grid, DioOverlays *overlays, const char *property, const char *name)
{
  GtkWidget *control = add_row (grid, name, gtk_switch_new ());
  g_object_bind_property (overlays, property, control, "active",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
}

static GtkWidget *
new_overlay_popover (DioOverlays *overlays)
{
  GtkWidget *grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (grid), 24);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  g_object_set (grid, "margin-start", 6, "margin-end", 6, "margin-top", 6, "margin-bottom", 6,
                NULL);
  add_choice (grid, overlays, "pass", _ ("Picture"),
              (const char *const[]){ _ ("Colour"), _ ("Depth"), _ ("Normals"), _ ("Ids"), NULL });
  add_choice (grid, overlays, "masks", _ ("Masks"),
              (const char *const[]){ _ ("Off"), _ ("By Category"), _ ("By Instance"),
                                     _ ("By Visibility"), NULL });
  GtkWidget *scale = gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, 0, 1, 0.05);
  gtk_widget_set_size_request (scale, 140, -1);
  add_row (grid, _ ("Opacity"), scale);
  g_object_bind_property (overlays, "opacity", gtk_range_get_adjustment (GTK_RANGE (scale)),
                          "value", G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  add_choice (grid, overlays, "boxes", _ ("Boxes"),
              (const char *const[]){ _ ("Off"), _ ("Visible"), _ ("Amodal"), _ ("Both"), NULL });
  add_switch (grid, overlays, "boxes-3d", _ ("3D Boxes"));
  add_switch (grid, overlays, "names", _ ("All Names"));
  add_switch (grid, overlays, "occlusion", _ ("Who Hides Whom"));
  add_switch (grid, overlays, "grid", _ ("Grid"));
  add_switch (grid, overlays, "axes", _ ("Axes"));
  add_switch (grid, overlays, "monitor", _ ("Monitor"));
  GtkWidget *popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (popover), grid);
  gtk_popover_set_position (GTK_POPOVER (popover), GTK_POS_TOP);
  return popover;
}

/* On where a choice is not "off"; a click turns it off and back to what it was. */
typedef struct {
  DioOverlays *overlays; /* borrowed: the button's handlers go with it */
  const char *property;
  int last;
} Choice;

static void
choice_changed_cb (DioOverlays *overlays, GParamSpec *pspec, GtkToggleButton *button)
{
  Choice *choice = g_object_get_data (G_OBJECT (button), "dio-choice");
  int value;
  g_object_get (overlays, choice->property, &value, NULL);
  if (value != 0)
    choice->last = value;
  gtk_toggle_button_set_active (button, value != 0);
}

static void
choice_toggled_cb (GtkToggleButton *button, Choice *choice)
{
  int value;
  g_object_get (choice->overlays, choice->property, &value, NULL);
  gboolean active = gtk_toggle_button_get_active (button);
  if (active != (value != 0))
    g_object_set (choice->overlays, choice->property, active ? choice->last : 0, NULL);
}

static void
bind_choice (GtkWidget *button, DioOverlays *overlays, const char *property)
{
  Choice *choice = g_new0 (Choice, 1);
  *choice = (Choice){ overlays, property, 1 };
  g_object_set_data_full (G_OBJECT (button), "dio-choice", choice, g_free);
  g_autofree char *detailed = g_strconcat ("notify::", property, NULL);
  g_signal_connect_object (overlays, detailed, G_CALLBACK (choice_changed_cb), button, 0);
  choice_changed_cb (overlays, NULL, GTK_TOGGLE_BUTTON (button));
  g_signal_connect (button, "toggled", G_CALLBACK (choice_toggled_cb), choice);
}

GtkWidget *
dio_viewport_overlay_bar_new (DioSession *session)
{
  DioOverlays *overlays = dio_session_get_overlays (session);
  GtkWidget *bar = new_bar (GTK_ORIENTATION_HORIZONTAL);
  const GBindingFlags both = G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL;
  bind_choice (add_toggle (bar, "dio-boxes-symbolic", _ ("Boxes (B)")), overlays, "boxes");
  bind_choice (add_toggle (bar, "dio-masks-symbolic", _ ("Masks (M)")), overlays, "masks");
  g_object_bind_property (overlays, "boxes-3d",
                          add_toggle (bar, "dio-boxes-3d-symbolic", _ ("3D Boxes (Shift+B)")),
                          "active", both);
  g_object_bind_property (overlays, "names",
                          add_toggle (bar, "dio-names-symbolic", _ ("All Names (N)")), "active",
                          both);
  GtkWidget *more = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (more), "dio-layers-symbolic");
  gtk_menu_button_set_direction (GTK_MENU_BUTTON (more), GTK_ARROW_UP);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (more), new_overlay_popover (overlays));
  gtk_widget_set_tooltip_text (more, _ ("What Is Shown"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (more), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What Is Shown"), -1);
  gtk_widget_set_focus_on_click (more, FALSE);
  gtk_box_append (GTK_BOX (bar), more);
  return bar;
}
