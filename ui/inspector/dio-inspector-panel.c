#define G_LOG_DOMAIN "dio-inspector"

#include "dio-inspector-panel.h"

#include "dio-edit-nodes.h"
#include "dio-inspector-category-private.h"
#include "dio-inspector-document-private.h"
#include "dio-inspector-group-private.h"
#include "dio-inspector-model-private.h"
#include "dio-inspector-parts-private.h"
#include "dio-inspector-sensor-private.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define WIDTH_PX 320

struct _DioInspectorPanel {
  GtkWidget parent;
  DioSession *session;
  GtkWidget *scroller;
  GtkWidget *icon, *title, *heading; /**< what is selected */
  GtkWidget *identity, *label, *transform, *light;
  GtkWidget *category, *model, *parts, *material, *sensor, *document;
  GtkWidget *local, *world;
  guint
      refresh_id; /**< idle source, 0 = none: many changes of one turn of the main loop are one refresh */
};

G_DEFINE_FINAL_TYPE (DioInspectorPanel, dio_inspector_panel, GTK_TYPE_WIDGET)

static const char *
get_icon (DioNodeKind kind)
{
  switch (kind) {
  case DIO_NODE_GROUP:
    return "folder-symbolic";
  case DIO_NODE_LIGHT:
    return "display-brightness-symbolic";
  case DIO_NODE_SENSOR:
    return "camera-photo-symbolic";
  case DIO_NODE_MODEL:
  default:
    return "package-x-generic-symbolic";
  }
}

static void
show_heading (DioInspectorPanel *self, DioScenario *scenario, const char *const *ids)
{
  guint n = g_strv_length ((char **) ids);
  gtk_widget_set_visible (self->heading, n > 0);
  if (n == 0)
    return;
  const DioNode *node = dio_scenario_find_node (scenario, ids[n - 1]);
  if (node == NULL)
    return;
  g_autofree char *text =
      n == 1 ? g_strdup (dio_edit_get_node_title (node))
             : g_strdup_printf (
                 g_dngettext (GETTEXT_PACKAGE, "%u object selected", "%u objects selected", n), n);
  gtk_label_set_text (GTK_LABEL (self->title), text);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon),
                                n == 1 ? get_icon (node->kind) : "edit-select-all-symbolic");
}

/* Lamps cannot be scaled and a sensor's scale means nothing. */
static gboolean
has_scale (DioScenario *scenario, const char *const *ids)
{
  for (guint i = 0; ids[i] != NULL; i++) {
    const DioNode *node = dio_scenario_find_node (scenario, ids[i]);
    if (node == NULL || node->kind == DIO_NODE_LIGHT || node->kind == DIO_NODE_SENSOR)
      return FALSE;
  }
  return TRUE;
}

/* A light that fills the world has no place, and one that comes from far away a direction alone. */
static void
apply_transform (DioInspectorPanel *self, DioScenario *scenario, const char *const *ids)
{
  gboolean place = TRUE, turn = TRUE;
  for (guint i = 0; ids[i] != NULL; i++) {
    const DioNode *node = dio_scenario_find_node (scenario, ids[i]);
    if (node == NULL || node->kind != DIO_NODE_LIGHT)
      continue;
    DioLightKind kind = node->light.kind;
    place &= kind != DIO_LIGHT_SUN && kind != DIO_LIGHT_ENVIRONMENT && kind != DIO_LIGHT_SKY;
    turn &= kind != DIO_LIGHT_POINT && kind != DIO_LIGHT_SKY;
  }
  DioInspectorGroup *group = DIO_INSPECTOR_GROUP (self->transform);
  dio_inspector_row_set_applies (dio_inspector_group_find_row (group, "translation"), place);
  dio_inspector_row_set_applies (dio_inspector_group_find_row (group, "rotation"), turn);
  dio_inspector_row_set_applies (dio_inspector_group_find_row (group, "scale"),
                                 has_scale (scenario, ids));
}

static void
refresh (DioInspectorPanel *self)
{
  DioScenario *scenario = dio_session_get_scenario (self->session);
  const char *const *ids = dio_selection_get_ids (dio_session_get_selection (self->session));
  show_heading (self, scenario, ids);
  apply_transform (self, scenario, ids);
  dio_inspector_group_apply (DIO_INSPECTOR_GROUP (self->light), scenario, ids);
  dio_inspector_group_refresh (DIO_INSPECTOR_GROUP (self->identity));
  dio_inspector_group_refresh (DIO_INSPECTOR_GROUP (self->label));
  dio_inspector_group_refresh (DIO_INSPECTOR_GROUP (self->transform));
  dio_inspector_group_refresh (DIO_INSPECTOR_GROUP (self->light));
  dio_inspector_model_refresh (DIO_INSPECTOR_MODEL (self->model));
  dio_inspector_parts_refresh (DIO_INSPECTOR_PARTS (self->parts));
  dio_inspector_material_refresh (DIO_INSPECTOR_MATERIAL (self->material));
  dio_inspector_sensor_refresh (DIO_INSPECTOR_SENSOR (self->sensor));
  dio_inspector_document_refresh (DIO_INSPECTOR_DOCUMENT (self->document));
}

static gboolean
refresh_cb (gpointer user)
{
  DioInspectorPanel *self = user;
  self->refresh_id = 0;
  refresh (self);
  return G_SOURCE_REMOVE;
}

static void
queue_refresh (DioInspectorPanel *self)
{
  if (self->refresh_id == 0)
    self->refresh_id = g_idle_add_full (GDK_PRIORITY_REDRAW - 1, refresh_cb, self, NULL);
}

static void
changed_cb (gpointer source, DioInspectorPanel *self)
{
  queue_refresh (self);
}

static void
notified_cb (gpointer source, GParamSpec *pspec, DioInspectorPanel *self)
{
  queue_refresh (self);
}

static void
space_cb (GtkToggleButton *button, DioInspectorPanel *self)
{
  DioInspectorSpace space = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->world))
                                ? DIO_INSPECTOR_WORLD
                                : DIO_INSPECTOR_LOCAL;
  DioInspectorGroup *group = DIO_INSPECTOR_GROUP (self->transform);
  dio_inspector_row_set_space (dio_inspector_group_find_row (group, "translation"), space);
  dio_inspector_row_set_space (dio_inspector_group_find_row (group, "rotation"), space);
  queue_refresh (self);
}

/* -- Building -- */

static GtkWidget *
create_space (DioInspectorPanel *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (box, "linked");
  self->local = gtk_toggle_button_new_with_label (_ ("Local"));
  self->world = gtk_toggle_button_new_with_label (_ ("World"));
  gtk_widget_set_tooltip_text (self->local, _ ("Relative to the parent"));
  gtk_widget_set_tooltip_text (self->world, _ ("In the world, wherever the parent is"));
  gtk_widget_add_css_class (self->local, "caption");
  gtk_widget_add_css_class (self->world, "caption");
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (self->world), GTK_TOGGLE_BUTTON (self->local));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->local), TRUE);
  g_signal_connect_object (self->world, "toggled", G_CALLBACK (space_cb), self, 0);
  gtk_box_append (GTK_BOX (box), self->local);
  gtk_box_append (GTK_BOX (box), self->world);
  return box;
}

static GtkWidget *
create_transform (DioInspectorPanel *self)
{
  GtkWidget *group = dio_inspector_group_new (_ ("Transform"));
  DioInspectorGroup *transform = DIO_INSPECTOR_GROUP (group);
  dio_inspector_group_add_suffix (transform, create_space (self));
  dio_inspector_group_add (transform,
                           dio_inspector_row_new (self->session, "translation",
                                                  DIO_INSPECTOR_EDIT_POSITION, NULL, NULL));
  dio_inspector_group_add (
      transform,
      dio_inspector_row_new (self->session, "rotation", DIO_INSPECTOR_EDIT_ANGLES, _ ("Rotation"),
                             _ ("Turned about X, then Y, then Z (roll, pitch, yaw)")));
  dio_inspector_group_add (transform, dio_inspector_row_new (self->session, "scale",
                                                             DIO_INSPECTOR_EDIT_SCALE, NULL, NULL));
  return group;
}

static GtkWidget *
create_heading (DioInspectorPanel *self)
{
  self->heading = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  self->icon = gtk_image_new ();
  self->title = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->title), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->title, "title-4");
  gtk_box_append (GTK_BOX (self->heading), self->icon);
  gtk_box_append (GTK_BOX (self->heading), self->title);
  return self->heading;
}

static GtkWidget *
create_content (DioInspectorPanel *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 18);
  self->identity = dio_inspector_group_new (NULL);
  DioInspectorGroup *identity = DIO_INSPECTOR_GROUP (self->identity);
  dio_inspector_group_add (
      identity, dio_inspector_row_new (self->session, "name", DIO_INSPECTOR_EDIT_AUTO, NULL, NULL));
  self->category = dio_inspector_category_new (self->session, FALSE);
  dio_inspector_group_add (identity, self->category);
  dio_inspector_group_add (identity, dio_inspector_row_new (self->session, "visible",
                                                            DIO_INSPECTOR_EDIT_AUTO, NULL, NULL));
  self->transform = create_transform (self);
  self->model = dio_inspector_model_new (self->session);
  self->parts = dio_inspector_parts_new (self->session);
  self->material = dio_inspector_material_new (self->session);
  self->light = dio_inspector_group_new (_ ("Light"));
  dio_inspector_group_add_rows (DIO_INSPECTOR_GROUP (self->light), self->session,
                                DIO_INSPECTOR_ROWS_LIGHT, NULL);
  self->sensor = dio_inspector_sensor_new (self->session);
  self->label = dio_inspector_group_new (_ ("Label"));
  dio_inspector_group_add_rows (DIO_INSPECTOR_GROUP (self->label), self->session,
                                DIO_INSPECTOR_ROWS_LABEL, NULL);
  self->document = dio_inspector_document_new (self->session);
  GtkWidget *groups[] = { create_heading (self), self->identity, self->light, self->sensor,
                          self->transform,       self->model,    self->parts, self->material,
                          self->label,           self->document };
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    gtk_box_append (GTK_BOX (box), groups[i]);
  return box;
}

static void
dio_inspector_panel_dispose (GObject *object)
{
  DioInspectorPanel *self = DIO_INSPECTOR_PANEL (object);
  if (self->refresh_id != 0)
    g_source_remove (self->refresh_id);
  self->refresh_id = 0;
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (dio_inspector_panel_parent_class)->dispose (object);
}

static void
dio_inspector_panel_class_init (DioInspectorPanelClass *class)
{
  G_OBJECT_CLASS (class)->dispose = dio_inspector_panel_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
}

static void
dio_inspector_panel_init (DioInspectorPanel *self)
{
}

GtkWidget *
dio_inspector_panel_new (DioSession *session)
{
  DioInspectorPanel *self = g_object_new (DIO_TYPE_INSPECTOR_PANEL, NULL);
  self->session = g_object_ref (session);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), create_content (self));
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  gtk_widget_set_size_request (GTK_WIDGET (self), WIDTH_PX, -1);
  g_signal_connect_object (session, "scenario-changed", G_CALLBACK (changed_cb), self, 0);
  g_signal_connect_object (session, "result", G_CALLBACK (changed_cb), self, 0);
  g_signal_connect_object (session, "findings-changed", G_CALLBACK (changed_cb), self, 0);
  g_signal_connect_object (session, "notify::frame-view", G_CALLBACK (notified_cb), self, 0);
  g_signal_connect_object (dio_session_get_selection (session), "changed", G_CALLBACK (changed_cb),
                           self, 0);
  refresh (self);
  return GTK_WIDGET (self);
}

/* -- Actions -- */

void
dio_inspector_panel_focus_category (DioInspectorPanel *self)
{
  refresh (self);
  if (gtk_widget_get_visible (self->category)
      && dio_selection_get_count (dio_session_get_selection (self->session)) > 0)
    dio_inspector_category_open (DIO_INSPECTOR_CATEGORY (self->category));
}

static void
category_cb (gpointer owner)
{
  /* In a folded panel the list would open nowhere. */
  if (!gtk_widget_get_child_visible (GTK_WIDGET (owner)) || !gtk_widget_get_mapped (owner))
    gtk_widget_activate_action (owner, "win.right-panel", NULL);
  dio_inspector_panel_focus_category (owner);
}

static void
calibration_cb (gpointer owner)
{
  DioInspectorPanel *self = owner;
  const char *const *ids = dio_selection_get_ids (dio_session_get_selection (self->session));
  const char *active = dio_selection_get_active (dio_session_get_selection (self->session));
  const DioNode *node = dio_scenario_find_node (dio_session_get_scenario (self->session), active);
  if (node != NULL && node->kind == DIO_NODE_SENSOR)
    dio_inspector_calibration_present (GTK_WIDGET (self), self->session, ids);
  else
    dio_session_report (self->session, DIO_SEVERITY_NOTE, _ ("Select a sensor first"), NULL, NULL,
                        NULL);
}

static const DioActionInfo actions[] = {
  { "category", N_ ("Set Category…"), N_ ("Labels"), NULL, "c", category_cb, NULL },
  { "read-calibration", N_ ("Read Calibration…"), N_ ("Scene"), NULL, NULL, calibration_cb, NULL },
  { NULL },
};

/* The page of the mode: the key works whichever part of it has the focus. */
static GtkWidget *
find_page (GtkWidget *widget)
{
  for (GtkWidget *page = widget; page != NULL; page = gtk_widget_get_parent (page)) {
    GtkWidget *parent = gtk_widget_get_parent (page);
    if (parent != NULL && ADW_IS_VIEW_STACK (parent))
      return page;
  }
  return widget;
}

void
dio_inspector_panel_add_actions (DioInspectorPanel *panel, DioActionRegistry *registry)
{
  dio_action_registry_add (registry, actions, G_OBJECT (panel), find_page (GTK_WIDGET (panel)));
}
