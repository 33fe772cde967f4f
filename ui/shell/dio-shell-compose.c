#define G_LOG_DOMAIN "dio-shell"

#include "dio-shell-window-private.h"

/* PanelDock takes its areas from a builder only. */
static const char dock_ui[] =
    "<interface>"
    "<object class='PanelDock' id='dock'>"
    "<child type='start'><object class='PanelPaned' id='start'>"
    "<property name='orientation'>vertical</property></object></child>"
    "<child type='end'><object class='PanelPaned' id='end'>"
    "<property name='orientation'>vertical</property></object></child>"
    "<child type='bottom'><object class='PanelPaned' id='bottom'/></child>"
    "<child><object class='GtkBox' id='center'>"
    "<property name='orientation'>vertical</property></object></child>"
    "</object></interface>";

/* Height below which a panel beside others does not go: what is left is shared evenly, so the outliner gets more. */
static int
get_least_height (DioShellPart part)
{
  return part == DIO_SHELL_OUTLINER ? 280 : part == DIO_SHELL_SHELF ? 150 : -1;
}

/* The head of a frame with one panel is a title. Its tab would take the focus and, in libpanel 1.0, never give it back to Shift+Tab. */
static void
make_title (GtkWidget *head)
{
  gtk_widget_set_focusable (head, FALSE);
  for (GtkWidget *child = gtk_widget_get_first_child (head); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    make_title (child);
}

static void
add_panel (DioShellWindow *window, GtkBuilder *builder, const char *area, DioShellPart part)
{
  GtkWidget *child = dio_shell_part_create (part, window->session);
  gtk_widget_set_vexpand (child, TRUE);
  gtk_widget_set_size_request (child, -1, get_least_height (part));
  window->parts[part] = child;

  GtkWidget *panel = panel_widget_new ();
  panel_widget_set_title (PANEL_WIDGET (panel), dio_shell_part_get_title (part));
  panel_widget_set_reorderable (PANEL_WIDGET (panel), FALSE);
  panel_widget_set_can_maximize (PANEL_WIDGET (panel), FALSE);
  panel_widget_set_child (PANEL_WIDGET (panel), child);

  GtkWidget *frame = panel_frame_new ();
  panel_frame_add (PANEL_FRAME (frame), PANEL_WIDGET (panel));
  GtkWidget *head = GTK_WIDGET (panel_frame_get_header (PANEL_FRAME (frame)));
  make_title (head);
  gtk_widget_set_can_focus (head, FALSE);
  // The table says itself what it is, and needs every line.
  if (part == DIO_SHELL_LABELS)
    gtk_widget_hide (head);
  panel_paned_append (PANEL_PANED (gtk_builder_get_object (builder, area)), frame);
}

/* A frame of libpanel 1.0 is not disposed of with its dock: what stands in it would hold the session for ever. */
void
dio_shell_compose_release (DioShellWindow *window)
{
  static const DioShellPart docked[] = { DIO_SHELL_OUTLINER, DIO_SHELL_SHELF, DIO_SHELL_INSPECTOR,
                                         DIO_SHELL_LABELS };
  for (guint i = 0; i < G_N_ELEMENTS (docked); i++) {
    GtkWidget *part = window->parts[docked[i]];
    GtkWidget *panel = part != NULL ? gtk_widget_get_ancestor (part, PANEL_TYPE_WIDGET) : NULL;
    window->parts[docked[i]] = NULL;
    if (panel != NULL)
      panel_widget_set_child (PANEL_WIDGET (panel), NULL);
  }
}

GtkWidget *
dio_shell_compose_new (DioShellWindow *window)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_string (dock_ui, -1);
  window->dock = PANEL_DOCK (gtk_builder_get_object (builder, "dock"));
  add_panel (window, builder, "start", DIO_SHELL_OUTLINER);
  add_panel (window, builder, "start", DIO_SHELL_SHELF);
  add_panel (window, builder, "end", DIO_SHELL_INSPECTOR);
  add_panel (window, builder, "bottom", DIO_SHELL_LABELS);

  GtkBox *center = GTK_BOX (gtk_builder_get_object (builder, "center"));
  window->parts[DIO_SHELL_VIEWPORT] = dio_shell_part_create (DIO_SHELL_VIEWPORT, window->session);
  window->parts[DIO_SHELL_FRAME_BAR] = dio_shell_part_create (DIO_SHELL_FRAME_BAR, window->session);
  gtk_widget_set_vexpand (window->parts[DIO_SHELL_VIEWPORT], TRUE);
  gtk_widget_set_hexpand (window->parts[DIO_SHELL_VIEWPORT], TRUE);
  gtk_box_append (center, window->parts[DIO_SHELL_VIEWPORT]);
  gtk_box_append (center, gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  // In a narrow window the bar scrolls instead of keeping the window wide.
  GtkWidget *scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller),
                                 window->parts[DIO_SHELL_FRAME_BAR]);
  gtk_box_append (center, scroller);

  GSettings *settings = window->window_settings;
  panel_dock_set_start_width (window->dock, g_settings_get_int (settings, "left-width"));
  panel_dock_set_end_width (window->dock, g_settings_get_int (settings, "right-width"));
  panel_dock_set_bottom_height (window->dock, g_settings_get_int (settings, "bottom-height"));
  panel_dock_set_reveal_start (window->dock, g_settings_get_boolean (settings, "left-panel"));
  panel_dock_set_reveal_end (window->dock, g_settings_get_boolean (settings, "right-panel"));
  panel_dock_set_reveal_bottom (window->dock, g_settings_get_boolean (settings, "bottom-panel"));
  // The builder's reference goes with it.
  return g_object_ref (GTK_WIDGET (window->dock));
}

void
dio_shell_compose_save (DioShellWindow *window)
{
  int left, right, bottom;
  g_object_get (window->dock, "start-width", &left, "end-width", &right, "bottom-height", &bottom,
                NULL);
  g_settings_set_int (window->window_settings, "left-width", left);
  g_settings_set_int (window->window_settings, "right-width", right);
  g_settings_set_int (window->window_settings, "bottom-height", bottom);
}
