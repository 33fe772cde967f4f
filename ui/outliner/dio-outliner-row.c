#define G_LOG_DOMAIN "dio-outliner"

#include "dio-outliner-private.h"

#include "dio-chip.h"
#include "dio-tab-stop.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define INDENT_PX 16

struct _DioOutlinerRow {
  GtkWidget parent;
  DioSession *session;
  GtkTreeListRow *row;
  DioNodeItem *item;
  GtkWidget *box, *arrow, *icon, *names, *name, *entry, *random, *dot, *lock, *eye;
  GSignalGroup *item_signals, *row_signals, *children_signals;
  gboolean renaming;
};

enum { SIGNAL_TOGGLED, SIGNAL_MENU, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DioOutlinerRow, dio_outliner_row, GTK_TYPE_WIDGET)

/* What stands there by default is only shown under the pointer, so that what differs catches the eye. */
static const char STYLE[] =
    ".dio-outliner-row { padding: 0 3px; min-height: 26px; }"
    ".dio-outliner-row button { min-width: 22px; min-height: 22px; padding: 0; }"
    ".dio-outliner-row button.quiet { opacity: 0; }"
    "row:hover .dio-outliner-row button.quiet, .dio-outliner-row button.quiet:focus-visible"
    "  { opacity: 0.6; }"
    ".dio-outliner-row.hidden-node .name { opacity: 0.5; }"
    ".dio-outliner-row.drop-into { background-color: alpha(@accent_bg_color, 0.3); }"
    ".dio-outliner-row.drop-above { box-shadow: inset 0 2px @accent_bg_color; }"
    ".dio-outliner-row.drop-below { box-shadow: inset 0 -2px @accent_bg_color; }"
    "listview.dio-outliner > row { padding: 0; min-height: 28px; }";

static void
ensure_style (void)
{
  static gboolean done = FALSE;
  GdkDisplay *display = gdk_display_get_default ();
  if (done || display == NULL)
    return;
  done = TRUE;
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_data (provider, STYLE, -1);
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static const char *
get_icon (DioNodeItem *item)
{
  switch (dio_node_item_get_kind (item)) {
  case DIO_NODE_GROUP:
    return "folder-symbolic";
  case DIO_NODE_LIGHT:
    return g_str_equal (dio_node_item_get_detail (item), "environment")
                   || g_str_equal (dio_node_item_get_detail (item), "sky")
               ? "weather-few-clouds-symbolic"
               : "display-brightness-symbolic";
  case DIO_NODE_SENSOR:
    return "camera-photo-symbolic";
  case DIO_NODE_MODEL:
  default:
    return "package-x-generic-symbolic";
  }
}

static void
set_button (GtkWidget *button, const char *icon, const char *what, gboolean quiet)
{
  gtk_button_set_icon_name (GTK_BUTTON (button), icon);
  gtk_widget_set_tooltip_text (button, what);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, what, -1);
  if (quiet)
    gtk_widget_add_css_class (button, "quiet");
  else
    gtk_widget_remove_css_class (button, "quiet");
}

static void
set_class (GtkWidget *widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
show_category (DioOutlinerRow *self)
{
  const DioScenario *scenario = dio_session_get_scenario (self->session);
  const char *id = dio_node_item_get_category (self->item);
  int index = dio_scenario_find_category (scenario, id);
  gtk_widget_set_visible (self->dot, index >= 0);
  if (index < 0)
    return;
  const DioCategory *category = g_ptr_array_index (scenario->categories, (guint) index);
  dio_color_dot_set_color (self->dot, category->color);
  gtk_widget_set_tooltip_text (self->dot, category->name);
}

static void
show_arrow (DioOutlinerRow *self)
{
  guint n = g_list_model_get_n_items (dio_node_item_get_children (self->item));
  gboolean expanded = gtk_tree_list_row_get_expanded (self->row);
  gtk_widget_set_sensitive (self->arrow, n > 0);
  gtk_widget_set_opacity (self->arrow, n > 0 ? 1 : 0);
  set_button (self->arrow, expanded ? "pan-down-symbolic" : "pan-end-symbolic",
              expanded ? _ ("Collapse") : _ ("Expand"), FALSE);
  gtk_widget_set_margin_start (self->arrow,
                               (int) gtk_tree_list_row_get_depth (self->row) * INDENT_PX);
}

static void
show (DioOutlinerRow *self)
{
  if (self->item == NULL)
    return;
  const char *name = dio_node_item_get_name (self->item);
  gtk_label_set_text (GTK_LABEL (self->name), name);
  gtk_widget_set_tooltip_text (self->name, name);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), get_icon (self->item));
  gtk_widget_set_visible (self->random, dio_node_item_get_randomized (self->item));
  gboolean visible = dio_node_item_get_visible (self->item);
  gboolean locked = dio_node_item_get_locked (self->item);
  set_button (self->eye, visible ? "view-reveal-symbolic" : "view-conceal-symbolic",
              visible ? _ ("Hide") : _ ("Show"), visible);
  set_button (self->lock, locked ? "changes-prevent-symbolic" : "changes-allow-symbolic",
              locked ? _ ("Unlock") : _ ("Lock"), !locked);
  set_class (GTK_WIDGET (self), "hidden-node", !dio_node_item_get_shown (self->item));
  show_category (self);
  show_arrow (self);
  dio_tab_stop_name_row (GTK_WIDGET (self), name);
}

static void
item_notify_cb (GObject *item, GParamSpec *pspec, DioOutlinerRow *self)
{
  show (self);
}

static void
children_changed_cb (
    GListModel *children, guint position, guint removed, guint added, DioOutlinerRow *self)
{
  if (self->item != NULL)
    show_arrow (self);
}

/* -- Renaming -- */

void
dio_outliner_row_start_rename (DioOutlinerRow *self)
{
  g_return_if_fail (self->item != NULL);
  self->renaming = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), dio_node_item_get_name (self->item));
  gtk_stack_set_visible_child (GTK_STACK (self->names), self->entry);
  gtk_widget_grab_focus (self->entry);
  gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
}

void
dio_outliner_row_end_rename (DioOutlinerRow *self, gboolean keep)
{
  if (!self->renaming)
    return;
  self->renaming = FALSE;
  gtk_stack_set_visible_child (GTK_STACK (self->names), self->name);
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  g_strstrip (text);
  if (keep && self->item != NULL && text[0] != '\0'
      && strcmp (text, dio_node_item_get_name (self->item)) != 0)
    dio_outliner_rename (self->session, dio_node_item_get_id (self->item), text);
}

static void
entry_activated_cb (GtkText *entry, DioOutlinerRow *self)
{
  GtkWidget *list = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_LIST_VIEW);
  dio_outliner_row_end_rename (self, TRUE);
  if (list != NULL)
    gtk_widget_grab_focus (list);
}

static void
entry_left_cb (GtkEventControllerFocus *focus, DioOutlinerRow *self)
{
  dio_outliner_row_end_rename (self, TRUE);
}

static gboolean
entry_key_cb (GtkEventControllerKey *controller,
              guint key,
              guint code,
              GdkModifierType state,
              DioOutlinerRow *self)
{
  if (key != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  GtkWidget *list = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_LIST_VIEW);
  dio_outliner_row_end_rename (self, FALSE);
  if (list != NULL)
    gtk_widget_grab_focus (list);
  return GDK_EVENT_STOP;
}

/* -- Buttons and clicks -- */

static void
arrow_cb (GtkButton *button, DioOutlinerRow *self)
{
  g_signal_emit (self, signals[SIGNAL_TOGGLED], 0);
}

static void
eye_cb (GtkButton *button, DioOutlinerRow *self)
{
  if (self->item != NULL)
    dio_outliner_show (self->session, dio_node_item_get_id (self->item),
                       !dio_node_item_get_visible (self->item));
}

static void
lock_cb (GtkButton *button, DioOutlinerRow *self)
{
  if (self->item != NULL)
    dio_node_item_set_locked (self->item, !dio_node_item_get_locked (self->item));
}

static void
right_click_cb (GtkGestureClick *gesture, int n, double x, double y, DioOutlinerRow *self)
{
  g_signal_emit (self, signals[SIGNAL_MENU], 0, x, y);
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
double_click_cb (GtkGestureClick *gesture, int n, double x, double y, DioOutlinerRow *self)
{
  if (n == 2 && self->item != NULL)
    dio_outliner_row_start_rename (self);
}

void
dio_outliner_row_set_drop (DioOutlinerRow *self, int where)
{
  set_class (GTK_WIDGET (self), "drop-above", where == -1);
  set_class (GTK_WIDGET (self), "drop-into", where == 0);
  set_class (GTK_WIDGET (self), "drop-below", where == 1);
}

/* -- Binding -- */

void
dio_outliner_row_bind (DioOutlinerRow *self, GtkTreeListRow *row)
{
  dio_outliner_row_end_rename (self, FALSE);
  g_clear_object (&self->item);
  g_set_object (&self->row, row);
  if (row != NULL)
    self->item = gtk_tree_list_row_get_item (row);
  g_signal_group_set_target (self->item_signals, self->item);
  g_signal_group_set_target (self->row_signals, row);
  g_signal_group_set_target (self->children_signals,
                             self->item != NULL ? dio_node_item_get_children (self->item) : NULL);
  show (self);
}

GtkTreeListRow *
dio_outliner_row_get_row (DioOutlinerRow *self)
{
  return self->row;
}

DioNodeItem *
dio_outliner_row_get_item (DioOutlinerRow *self)
{
  return self->item;
}

/* -- Life -- */

static void
dio_outliner_row_dispose (GObject *object)
{
  DioOutlinerRow *self = DIO_OUTLINER_ROW (object);
  self->renaming = FALSE;
  g_clear_object (&self->item_signals);
  g_clear_object (&self->row_signals);
  g_clear_object (&self->children_signals);
  g_clear_object (&self->item);
  g_clear_object (&self->row);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (dio_outliner_row_parent_class)->dispose (object);
}

static void
dio_outliner_row_class_init (DioOutlinerRowClass *class)
{
  G_OBJECT_CLASS (class)->dispose = dio_outliner_row_dispose;
  signals[SIGNAL_TOGGLED] = g_signal_new ("toggled", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_MENU] =
      g_signal_new ("menu", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
create_button (GCallback callback, DioOutlinerRow *self)
{
  GtkWidget *button = gtk_button_new ();
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_focus_on_click (button, FALSE);
  g_signal_connect_object (button, "clicked", callback, self, 0);
  gtk_box_append (GTK_BOX (self->box), button);
  return button;
}

static void
create_names (DioOutlinerRow *self)
{
  self->names = gtk_stack_new ();
  gtk_widget_set_hexpand (self->names, TRUE);
  self->name = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->name, "name");
  gtk_label_set_xalign (GTK_LABEL (self->name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->name), PANGO_ELLIPSIZE_END);
  self->entry = gtk_text_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("New name"), -1);
  GtkEventController *focus = gtk_event_controller_focus_new ();
  g_signal_connect_object (focus, "leave", G_CALLBACK (entry_left_cb), self, 0);
  gtk_widget_add_controller (self->entry, focus);
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (entry_key_cb), self, 0);
  gtk_widget_add_controller (self->entry, keys);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (entry_activated_cb), self, 0);
  gtk_stack_add_child (GTK_STACK (self->names), self->name);
  gtk_stack_add_child (GTK_STACK (self->names), self->entry);
  gtk_box_append (GTK_BOX (self->box), self->names);
}

static void
add_clicks (DioOutlinerRow *self)
{
  GtkGesture *right = gtk_gesture_click_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (right), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (right, "pressed", G_CALLBACK (right_click_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (right));
  GtkGesture *twice = gtk_gesture_click_new ();
  g_signal_connect_object (twice, "pressed", G_CALLBACK (double_click_cb), self, 0);
  gtk_widget_add_controller (self->name, GTK_EVENT_CONTROLLER (twice));
}

static void
dio_outliner_row_init (DioOutlinerRow *self)
{
  ensure_style ();
  gtk_widget_add_css_class (GTK_WIDGET (self), "dio-outliner-row");
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->arrow = create_button (G_CALLBACK (arrow_cb), self);
  gtk_widget_set_focusable (self->arrow, FALSE);
  self->icon = gtk_image_new ();
  gtk_box_append (GTK_BOX (self->box), self->icon);
  create_names (self);
  self->random = gtk_image_new_from_icon_name ("media-playlist-shuffle-symbolic");
  gtk_image_set_pixel_size (GTK_IMAGE (self->random), 12);
  gtk_widget_add_css_class (self->random, "dim-label");
  gtk_widget_set_tooltip_text (self->random, _ ("Randomized"));
  gtk_box_append (GTK_BOX (self->box), self->random);
  self->dot = dio_color_dot_new ((guint8[]){ 128, 128, 128 });
  gtk_box_append (GTK_BOX (self->box), self->dot);
  self->lock = create_button (G_CALLBACK (lock_cb), self);
  self->eye = create_button (G_CALLBACK (eye_cb), self);
  add_clicks (self);
  self->item_signals = g_signal_group_new (DIO_TYPE_NODE_ITEM);
  g_signal_group_connect (self->item_signals, "notify", G_CALLBACK (item_notify_cb), self);
  self->row_signals = g_signal_group_new (GTK_TYPE_TREE_LIST_ROW);
  g_signal_group_connect (self->row_signals, "notify", G_CALLBACK (item_notify_cb), self);
  self->children_signals = g_signal_group_new (G_TYPE_LIST_MODEL);
  g_signal_group_connect (self->children_signals, "items-changed", G_CALLBACK (children_changed_cb),
                          self);
}

GtkWidget *
dio_outliner_row_new (DioSession *session)
{
  DioOutlinerRow *self = g_object_new (DIO_TYPE_OUTLINER_ROW, NULL);
  self->session = g_object_ref (session);
  dio_outliner_drag_setup (self, session);
  return GTK_WIDGET (self);
}
