#define G_LOG_DOMAIN "dio-taxonomy"

#include "dio-taxonomy-window.h"

#include "dio-chip.h"
#include "dio-empty-state.h"
#include "dio-tab-stop.h"
#include "dio-taxonomy-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _DioTaxonomyWindow {
  AdwWindow parent;
  DioSession *session;
  GtkWidget *list, *details, *stack, *up, *down;
  char *chosen; /**< (nullable) id */
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (DioTaxonomyWindow, dio_taxonomy_window, ADW_TYPE_WINDOW)

const char *
dio_taxonomy_window_get_chosen (DioTaxonomyWindow *self)
{
  return self->chosen;
}

/* -- The list -- */

static GtkWidget *
create_count (const DioScenario *scenario, const DioCategory *category)
{
  DioTaxonomyUse use = dio_taxonomy_get_use (scenario, category->id);
  g_autofree char *text = g_strdup_printf ("%u", use.n_nodes);
  g_autofree char *tip = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u object", "%u objects", use.n_nodes), use.n_nodes);
  GtkWidget *count = gtk_label_new (text);
  gtk_widget_set_tooltip_text (count, tip);
  gtk_widget_add_css_class (count, "dim-label");
  gtk_widget_add_css_class (count, "numeric");
  return count;
}

static GdkContentProvider *
prepare_cb (GtkDragSource *source, double x, double y, gpointer user)
{
  return gdk_content_provider_new_typed (G_TYPE_STRING,
                                         g_object_get_data (G_OBJECT (source), "text"));
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, DioTaxonomyWindow *self)
{
  const char *text = g_value_get_string (value);
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target));
  if (text == NULL || !g_str_has_prefix (text, "diorama-shelf:category:"))
    return FALSE;
  g_autofree char *id = g_strdup (strrchr (text, ':') + 1);
  dio_taxonomy_move (self->session, id,
                     (guint) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)));
  return TRUE;
}

/* Dragged within the list a category changes its place; dragged onto an object in the view it becomes the object's. */
static void
add_drag (DioTaxonomyWindow *self, GtkWidget *row, const char *id)
{
  GtkDragSource *source = gtk_drag_source_new ();
  gtk_drag_source_set_actions (source, GDK_ACTION_COPY | GDK_ACTION_MOVE);
  g_object_set_data_full (G_OBJECT (source), "text",
                          g_strconcat ("diorama-shelf:category:", id, NULL), g_free);
  g_signal_connect (source, "prepare", G_CALLBACK (prepare_cb), NULL);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (source));
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_STRING, GDK_ACTION_COPY | GDK_ACTION_MOVE);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, 0);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (target));
}

static GtkWidget *
create_row (DioTaxonomyWindow *self, const DioScenario *scenario, const DioCategory *category)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *name = gtk_label_new (dio_taxonomy_get_title (category));
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  g_autofree char *text =
      g_strdup_printf ("%s%s%s", category->thing ? _ ("Thing") : _ ("Stuff"),
                       category->supercategory[0] != '\0' ? " · " : "", category->supercategory);
  GtkWidget *note = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (note), 0);
  gtk_label_set_ellipsize (GTK_LABEL (note), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (note, "caption");
  gtk_widget_add_css_class (note, "dim-label");
  gtk_box_append (GTK_BOX (texts), name);
  gtk_box_append (GTK_BOX (texts), note);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (box), dio_color_dot_new (category->color));
  gtk_box_append (GTK_BOX (box), texts);
  gtk_box_append (GTK_BOX (box), create_count (scenario, category));
  GtkWidget *row = gtk_list_box_row_new ();
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "id", g_strdup (category->id), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  dio_taxonomy_get_title (category), -1);
  add_drag (self, row, category->id);
  return row;
}

static void
fill (DioTaxonomyWindow *self)
{
  const DioScenario *scenario = dio_session_get_scenario (self->session);
  guint n = scenario->categories->len;
  self->filling = TRUE;
  for (GtkWidget *row; (row = gtk_widget_get_first_child (self->list)) != NULL;)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), row);
  for (guint i = 0; i < n; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list),
                         create_row (self, scenario, g_ptr_array_index (scenario->categories, i)));
  int index = dio_scenario_find_category (scenario, self->chosen);
  if (index < 0 && n > 0) {
    const DioCategory *first = g_ptr_array_index (scenario->categories, 0);
    g_free (self->chosen);
    self->chosen = g_strdup (first->id);
    index = 0;
  } else if (n == 0) {
    g_clear_pointer (&self->chosen, g_free);
  }
  if (index >= 0)
    gtk_list_box_select_row (GTK_LIST_BOX (self->list),
                             gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), index));
  self->filling = FALSE;
  gtk_widget_set_sensitive (self->up, index > 0);
  gtk_widget_set_sensitive (self->down, index >= 0 && index + 1 < (int) n);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), n > 0 ? "list" : "empty");
  dio_taxonomy_details_show (DIO_TAXONOMY_DETAILS (self->details), self->chosen);
}

gboolean
dio_taxonomy_window_choose (DioTaxonomyWindow *self, const char *id)
{
  if (dio_scenario_find_category (dio_session_get_scenario (self->session), id) < 0)
    return FALSE;
  g_autofree char *kept = g_strdup (id);
  g_free (self->chosen);
  self->chosen = g_steal_pointer (&kept);
  fill (self);
  return TRUE;
}

static void
row_selected_cb (GtkListBox *list, GtkListBoxRow *row, DioTaxonomyWindow *self)
{
  if (self->filling || row == NULL)
    return;
  g_free (self->chosen);
  self->chosen = g_strdup (g_object_get_data (G_OBJECT (row), "id"));
  int index = gtk_list_box_row_get_index (row);
  int n = (int) dio_session_get_scenario (self->session)->categories->len;
  gtk_widget_set_sensitive (self->up, index > 0);
  gtk_widget_set_sensitive (self->down, index + 1 < n);
  dio_taxonomy_details_show (DIO_TAXONOMY_DETAILS (self->details), self->chosen);
}

static void
changed_cb (gpointer source, DioTaxonomyWindow *self)
{
  fill (self);
}

static void
selection_cb (DioSelection *selection, DioTaxonomyWindow *self)
{
  dio_taxonomy_details_show (DIO_TAXONOMY_DETAILS (self->details), self->chosen);
}

/* -- Commands -- */

static void
add_cb (GtkButton *button, DioTaxonomyWindow *self)
{
  g_autofree char *id = dio_taxonomy_add (self->session);
  if (id != NULL)
    dio_taxonomy_window_choose (self, id);
}

static void
move_by (DioTaxonomyWindow *self, int step)
{
  int index = dio_scenario_find_category (dio_session_get_scenario (self->session), self->chosen);
  if (index + step < 0 || index < 0)
    return;
  g_autofree char *id = g_strdup (self->chosen);
  dio_taxonomy_move (self->session, id, (guint) (index + step));
}

static void
up_cb (GtkButton *button, DioTaxonomyWindow *self)
{
  move_by (self, -1);
}

static void
down_cb (GtkButton *button, DioTaxonomyWindow *self)
{
  move_by (self, 1);
}

static void
import_cb (GtkButton *button, DioTaxonomyWindow *self)
{
  dio_taxonomy_import (self->session, GTK_WINDOW (self));
}

static gboolean
key_cb (GtkEventControllerKey *keys,
        guint key,
        guint code,
        GdkModifierType state,
        DioTaxonomyWindow *self)
{
  gboolean control = (state & GDK_CONTROL_MASK) != 0, shift = (state & GDK_SHIFT_MASK) != 0;
  guint lower = gdk_keyval_to_lower (key);
  if (key == GDK_KEY_Escape)
    gtk_window_close (GTK_WINDOW (self));
  else if (control && lower == GDK_KEY_z && shift)
    dio_session_redo (self->session);
  else if (control && lower == GDK_KEY_z)
    dio_session_undo (self->session);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

/* -- Building -- */

static GtkWidget *
create_button (const char *icon, const char *what, GCallback clicked, DioTaxonomyWindow *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  gtk_widget_set_tooltip_text (button, what);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, what, -1);
  g_signal_connect_object (button, "clicked", clicked, self, 0);
  return button;
}

static GtkWidget *
create_header (DioTaxonomyWindow *self)
{
  GtkWidget *header = adw_header_bar_new ();
  AdwHeaderBar *bar = ADW_HEADER_BAR (header);
  self->up = create_button ("go-up-symbolic", _ ("Move Up"), G_CALLBACK (up_cb), self);
  self->down = create_button ("go-down-symbolic", _ ("Move Down"), G_CALLBACK (down_cb), self);
  adw_header_bar_pack_start (
      bar, create_button ("list-add-symbolic", _ ("Add Category"), G_CALLBACK (add_cb), self));
  adw_header_bar_pack_start (bar, self->up);
  adw_header_bar_pack_start (bar, self->down);
  GtkWidget *import = gtk_button_new_with_mnemonic (_ ("_Import…"));
  gtk_widget_set_tooltip_text (import, _ ("Names from a COCO file, or one a line"));
  g_signal_connect_object (import, "clicked", G_CALLBACK (import_cb), self, 0);
  adw_header_bar_pack_end (bar, import);
  return header;
}

static GtkWidget *
create_scroller (GtkWidget *child, int width)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), child);
  gtk_widget_set_size_request (scroller, width, -1);
  gtk_widget_set_vexpand (scroller, TRUE);
  return scroller;
}

static GtkWidget *
create_lists (DioTaxonomyWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  self->list = gtk_list_box_new ();
  gtk_widget_add_css_class (self->list, "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Categories"), -1);
  g_signal_connect_object (self->list, "row-selected", G_CALLBACK (row_selected_cb), self, 0);
  self->details = dio_taxonomy_details_new (self->session);
  GtkWidget *right = create_scroller (self->details, 380);
  gtk_widget_set_hexpand (right, TRUE);
  gtk_box_append (GTK_BOX (box), dio_tab_stop_new (create_scroller (self->list, 240)));
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  gtk_box_append (GTK_BOX (box), right);
  return box;
}

static void
dio_taxonomy_window_dispose (GObject *object)
{
  DioTaxonomyWindow *self = DIO_TAXONOMY_WINDOW (object);
  self->filling = TRUE;
  G_OBJECT_CLASS (dio_taxonomy_window_parent_class)->dispose (object);
  g_clear_pointer (&self->chosen, g_free);
  g_clear_object (&self->session);
}

static void
dio_taxonomy_window_class_init (DioTaxonomyWindowClass *class)
{
  G_OBJECT_CLASS (class)->dispose = dio_taxonomy_window_dispose;
}

static void
dio_taxonomy_window_init (DioTaxonomyWindow *self)
{
  gtk_window_set_title (GTK_WINDOW (self), _ ("Categories"));
  gtk_window_set_default_size (GTK_WINDOW (self), 680, 620);
  GtkEventController *keys = gtk_event_controller_key_new ();
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWidget *
dio_taxonomy_window_new (DioSession *session)
{
  DioTaxonomyWindow *self = g_object_new (DIO_TYPE_TAXONOMY_WINDOW, NULL);
  self->session = g_object_ref (session);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (box), create_header (self));
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), create_lists (self), "list");
  gtk_stack_add_named (
      GTK_STACK (self->stack),
      dio_empty_state_new ("view-list-bullet-symbolic", _ ("No Categories"),
                           _ ("Categories are what labels call things. Add one, or import a list."),
                           NULL, NULL),
      "empty");
  gtk_box_append (GTK_BOX (box), self->stack);
  adw_window_set_content (ADW_WINDOW (self), box);
  g_signal_connect_object (session, "scenario-changed", G_CALLBACK (changed_cb), self, 0);
  g_signal_connect_object (dio_session_get_selection (session), "changed",
                           G_CALLBACK (selection_cb), self, 0);
  fill (self);
  return GTK_WIDGET (self);
}
