#define G_LOG_DOMAIN "dio-viewport"

#include "dio-viewport-panel.h"

#include "dio-chip.h"
#include "dio-edit-add.h"
#include "dio-session-models.h"
#include "dio-viewport-parts-private.h"

#include <glib/gi18n-lib.h>

#define NOTE_MS 5000
#define WHY_MS 12000

struct _DioViewportPanel {
  GtkWidget parent;
  DioSession *session;
  GtkWidget *overlay, *status, *note, *menu;
  DioViewportCanvas *canvas;
  guint note_id;
};

G_DEFINE_FINAL_TYPE (DioViewportPanel, dio_viewport_panel, GTK_TYPE_WIDGET)

enum { PROP_0, PROP_TOOL, PROP_LOCAL_AXES, PROP_SNAPPING, N_PROPS };
static GParamSpec *props[N_PROPS];

/* Toolbars over the picture are kept small: the picture is what counts. */
static const char STYLE[] =
    ".dio-viewport-bar.toolbar.osd { padding: 3px; border-radius: 9px; border-spacing: 2px; }"
    ".dio-viewport-bar.toolbar.osd button { min-width: 24px; min-height: 24px; padding: 3px; }"
    ".dio-viewport-bar.toolbar.osd menubutton > button { padding: 3px 6px;"
    " min-height: 24px; }"
    ".dio-monitor { padding: 4px; border-radius: 9px; }"
    ".dio-monitor picture-view { border-radius: 6px; }"
    ".dio-viewport-status { padding: 3px 9px; border-radius: 6px; "
    "background-color: alpha(black, 0.62);"
    "  color: white; font-feature-settings: 'tnum'; }";

DioSession *
dio_viewport_panel_get_session (DioViewportPanel *self)
{
  return self->session;
}

DioViewportCanvas *
dio_viewport_panel_get_canvas (DioViewportPanel *self)
{
  return self->canvas;
}

void
dio_viewport_panel_add_sensor (DioViewportPanel *self)
{
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;
  DioMat4 pose = dio_edit_navigation_get_world_from_camera (&self->canvas->navigation);
  DioScenario *next = dio_edit_add_sensor_at_view (dio_session_get_scenario (self->session), &pose,
                                                   self->canvas->navigation.fov_y_rad, &id, &error);
  if (next == NULL) {
    dio_viewport_canvas_note (self->canvas, error->message);
    return;
  }
  dio_session_commit (self->session, next, _ ("Add Sensor"), NULL);
  dio_session_set_sensor (self->session, id);
  dio_selection_set_one (dio_session_get_selection (self->session), id);
}

/* -- Texts --------------------------------------------------------------------------------------------------------- */

static char *
describe_picture (DioViewportPanel *self)
{
  const DioPreviewResult *result = dio_session_get_result (self->session);
  const DioOverlayScene *scene = self->canvas->sensor_scene;
  const char *title = dio_viewport_get_sensor_title (self->session);
  if (result == NULL || result->frame == NULL)
    return g_strdup (_ ("Drawing…"));
  GString *text = g_string_new (NULL);
  if (title != NULL && scene != NULL)
    g_string_append_printf (text, "%s %u×%u,  ", title, scene->width_px, scene->height_px);
  guint n = result->frame->instances->len;
  g_string_append_printf (text, ngettext ("%u object", "%u objects", n), n);
  g_string_append_printf (text, ",  %.0f ms", result->total_ms);
  if (result->draft)
    g_string_append_printf (text, "  %s", _ ("draft"));
  return g_string_free (text, FALSE);
}

static void
update_status (DioViewportPanel *self)
{
  g_autofree char *text =
      self->canvas->status != NULL ? g_strdup (self->canvas->status) : describe_picture (self);
  gtk_label_set_label (GTK_LABEL (self->status), text);
}

static void
hide_note (DioViewportPanel *self)
{
  g_clear_handle_id (&self->note_id, g_source_remove);
  gtk_widget_hide (self->note);
}

static gboolean
note_timeout_cb (gpointer user)
{
  DioViewportPanel *self = user;
  self->note_id = 0;
  gtk_widget_hide (self->note);
  return G_SOURCE_REMOVE;
}

static void
show_note (DioViewportPanel *self, const char *text, const guint8 *color, guint ms)
{
  hide_note (self);
  dio_chip_set_text (DIO_CHIP (self->note), text);
  dio_chip_set_color (DIO_CHIP (self->note), color);
  gtk_widget_show (self->note);
  self->note_id = g_timeout_add (ms, note_timeout_cb, self);
}

static void
note_cb (DioViewportCanvas *canvas, const char *text, DioViewportPanel *self)
{
  show_note (self, text, NULL, NOTE_MS);
}

static void
explained_cb (DioViewportCanvas *canvas, const DioWhyPixel *why, DioViewportPanel *self)
{
  if (why == NULL || why->kind == DIO_WHY_NOTHING) {
    hide_note (self);
    return;
  }
  const DioOverlayItem *item = canvas->sensor_scene != NULL
                                   ? dio_overlay_scene_find (canvas->sensor_scene, why->instance)
                                   : NULL;
  guint8 rgb[3];
  if (item != NULL)
    dio_overlay_scene_get_color (canvas->sensor_scene, item, rgb);
  show_note (self, why->text, item != NULL ? rgb : NULL, WHY_MS);
}

/* -- Menu ---------------------------------------------------------------------------------------------------------- */

static GMenuModel *
create_menu (void)
{
  const struct {
    const char *label, *action;
  } items[] = {
    { N_ ("Frame Selection"), "win.frame-selection" },
    { N_ ("Drop to Surface"), "win.drop-to-surface" },
    { NULL, NULL },
    { N_ ("Hide or Show"), "win.hide" },
    { N_ ("Isolate"), "win.isolate" },
    { N_ ("Show All"), "win.show-all" },
    { NULL, NULL },
    { N_ ("Duplicate"), "win.duplicate" },
    { N_ ("Delete"), "win.delete" },
  };
  GMenu *menu = g_menu_new (), *section = g_menu_new ();
  for (guint i = 0; i < G_N_ELEMENTS (items); i++) {
    if (items[i].label != NULL) {
      g_menu_append (section, _ (items[i].label), items[i].action);
      continue;
    }
    g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
    g_object_unref (section);
    section = g_menu_new ();
  }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
  g_object_unref (section);
  return G_MENU_MODEL (menu);
}

static void
menu_cb (DioViewportCanvas *canvas, double x, double y, DioViewportPanel *self)
{
  /* The menu is about what it was opened on. */
  const char *id = dio_viewport_pick_node (canvas, x, y);
  DioSelection *selection = dio_session_get_selection (self->session);
  if (id != NULL && !dio_selection_contains (selection, id)
      && dio_scenario_find_node (dio_session_get_scenario (self->session), id) != NULL)
    dio_selection_set_one (selection, id);
  graphene_point_t at;
  if (!gtk_widget_compute_point (GTK_WIDGET (canvas), GTK_WIDGET (self),
                                 &GRAPHENE_POINT_INIT ((float) x, (float) y), &at))
    return;
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu),
                               &(GdkRectangle){ (int) at.x, (int) at.y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

/* -- Object -------------------------------------------------------------------------------------------------------- */

static void
tool_changed_cb (DioViewportCanvas *canvas, DioViewportPanel *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TOOL]);
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  DioViewportPanel *self = DIO_VIEWPORT_PANEL (object);
  if (id == PROP_TOOL)
    g_value_set_int (value, self->canvas != NULL ? (int) self->canvas->kind : 0);
  else if (id == PROP_LOCAL_AXES)
    g_value_set_boolean (value, self->canvas->local);
  else if (id == PROP_SNAPPING)
    g_value_set_boolean (value, self->canvas->snapping);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  DioViewportPanel *self = DIO_VIEWPORT_PANEL (object);
  if (id == PROP_TOOL) {
    if ((int) self->canvas->kind != g_value_get_int (value))
      dio_viewport_tool_set_kind (self->canvas, (DioEditToolKind) g_value_get_int (value));
    return;
  }
  gboolean *field = id == PROP_LOCAL_AXES ? &self->canvas->local : &self->canvas->snapping;
  if (*field == g_value_get_boolean (value))
    return;
  *field = g_value_get_boolean (value);
  gtk_widget_queue_draw (GTK_WIDGET (self->canvas));
  g_object_notify_by_pspec (object, pspec);
}

static void
dispose (GObject *object)
{
  DioViewportPanel *self = DIO_VIEWPORT_PANEL (object);
  g_clear_handle_id (&self->note_id, g_source_remove);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_pointer (&self->overlay, gtk_widget_unparent);
  g_clear_object (&self->canvas);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (dio_viewport_panel_parent_class)->dispose (object);
}

static gboolean
grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (DIO_VIEWPORT_PANEL (widget)->canvas));
}

/* Tab goes through what lies over the picture. Without this GTK would ask the panel itself at both ends, which never lets go. */
static gboolean
focus (GtkWidget *widget, GtkDirectionType direction)
{
  return gtk_widget_child_focus (DIO_VIEWPORT_PANEL (widget)->overlay, direction);
}

static void
dio_viewport_panel_class_init (DioViewportPanelClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  object_class->get_property = get_property;
  object_class->set_property = set_property;
  object_class->dispose = dispose;
  widget_class->grab_focus = grab_focus;
  widget_class->focus = focus;
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  props[PROP_TOOL] = g_param_spec_int ("tool", NULL, NULL, DIO_EDIT_TOOL_SELECT,
                                       DIO_EDIT_TOOL_SCALE, DIO_EDIT_TOOL_SELECT, flags);
  props[PROP_LOCAL_AXES] = g_param_spec_boolean ("local-axes", NULL, NULL, FALSE, flags);
  props[PROP_SNAPPING] = g_param_spec_boolean ("snapping", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "viewport-panel");
}

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

static void
dio_viewport_panel_init (DioViewportPanel *self)
{
  ensure_style ();
  self->overlay = gtk_overlay_new ();
  gtk_widget_set_parent (self->overlay, GTK_WIDGET (self));
}

static void
put (DioViewportPanel *self, GtkWidget *widget, GtkAlign halign, GtkAlign valign)
{
  g_object_set (widget, "halign", halign, "valign", valign, "margin-start", 9, "margin-end", 9,
                "margin-top", 9, "margin-bottom", 9, NULL);
  gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay), widget);
}

static GtkWidget *
new_column (GtkWidget *first, GtkWidget *second)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  gtk_box_append (GTK_BOX (column), first);
  gtk_box_append (GTK_BOX (column), second);
  return column;
}

static void
build (DioViewportPanel *self)
{
  DioSession *session = self->session;
  gtk_overlay_set_child (GTK_OVERLAY (self->overlay), GTK_WIDGET (self->canvas));
  self->status = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->status, "dio-viewport-status");
  gtk_widget_add_css_class (self->status, "caption");
  gtk_widget_set_halign (self->status, GTK_ALIGN_END);
  self->note = dio_chip_new ("");
  gtk_widget_add_css_class (self->note, "osd");
  dio_chip_set_removable (DIO_CHIP (self->note), TRUE);
  gtk_widget_hide (self->note);
  g_signal_connect_object (self->note, "removed", G_CALLBACK (hide_note), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->note, "clicked", G_CALLBACK (hide_note), self, G_CONNECT_SWAPPED);
  put (self, dio_viewport_tools_new (self), GTK_ALIGN_START, GTK_ALIGN_START);
  put (self,
       new_column (dio_viewport_sensor_bar_new (session), dio_viewport_axes_new (self->canvas)),
       GTK_ALIGN_END, GTK_ALIGN_START);
  put (self, dio_viewport_overlay_bar_new (session), GTK_ALIGN_START, GTK_ALIGN_END);
  put (self, new_column (dio_viewport_monitor_new (self->canvas), self->status), GTK_ALIGN_END,
       GTK_ALIGN_END);
  put (self, dio_viewport_banner_new (self), GTK_ALIGN_CENTER, GTK_ALIGN_START);
  put (self, self->note, GTK_ALIGN_CENTER, GTK_ALIGN_END);
  gtk_widget_set_margin_bottom (self->note, 54);
  g_autoptr (GMenuModel) menu = create_menu ();
  self->menu = gtk_popover_menu_new_from_model (menu);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
  gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
}

GtkWidget *
dio_viewport_panel_new (DioSession *session)
{
  g_return_val_if_fail (DIO_IS_SESSION (session), NULL);
  DioViewportPanel *self = g_object_new (DIO_TYPE_VIEWPORT_PANEL, NULL);
  self->session = g_object_ref (session);
  self->canvas = DIO_VIEWPORT_CANVAS (g_object_ref_sink (dio_viewport_canvas_new (session)));
  build (self);
  g_signal_connect_object (self->canvas, "status-changed", G_CALLBACK (update_status), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->canvas, "note", G_CALLBACK (note_cb), self, 0);
  g_signal_connect_object (self->canvas, "tool-changed", G_CALLBACK (tool_changed_cb), self, 0);
  g_signal_connect_object (self->canvas, "explained", G_CALLBACK (explained_cb), self, 0);
  g_signal_connect_object (self->canvas, "menu", G_CALLBACK (menu_cb), self, 0);
  g_signal_connect_object (session, "result", G_CALLBACK (update_status), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (session, "notify::sensor", G_CALLBACK (update_status), self,
                           G_CONNECT_SWAPPED);
  update_status (self);
  return GTK_WIDGET (self);
}
