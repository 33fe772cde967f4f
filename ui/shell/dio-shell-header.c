#define G_LOG_DOMAIN "dio-shell"

#include "dio-shell-document.h"
#include "dio-shell-pill.h"
#include "dio-shell-window-private.h"

#include <glib/gi18n-lib.h>

static GtkWidget *
make_icon_button (GtkWidget *button, const char *icon, const char *label, const char *action)
{
  gtk_button_set_icon_name (GTK_BUTTON (button), icon);
  gtk_widget_set_tooltip_text (button, label);
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

/* Only with a document: the start page has no use for it. */
static void
add_for_document (DioShellWindow *window, GtkWidget *widget)
{
  gtk_widget_set_visible (widget, FALSE);
  g_ptr_array_add (window->document_widgets, widget);
}

/* A group of commands and, below them, groups with a menu of their own: every group that panels use has its place here. */
typedef struct {
  const char *group;
  const char *inner[3];
} MenuGroup;

static const MenuGroup menu_groups[] = {
  { N_ ("File"), { N_ ("Recovery") } },
  { N_ ("Edit"), { NULL } },
  { N_ ("View"), { N_ ("Labels Shown"), N_ ("Frames") } },
  { N_ ("Scene"), { N_ ("Tools"), N_ ("Labels"), N_ ("Randomize") } },
  { N_ ("Dataset"), { N_ ("Render"), N_ ("Review"), N_ ("Verdict") } },
  { N_ ("Help"), { NULL } },
};

/* A menu in a menu, with what it is filled from: sections of sections would lose the lines between them. */
typedef struct {
  GMenu *menu; /* borrowed: owns this */
  GMenuModel *own;
  GMenu *inner;
} GroupMenu;

static void
group_menu_free (GroupMenu *group)
{
  g_signal_handlers_disconnect_by_data (group->own, group);
  g_object_unref (group->own);
  g_object_unref (group->inner);
  g_free (group);
}

/* The menus inside stay: GTK would meet them twice by their names. */
static void
fill_group_menu (GroupMenu *group)
{
  int kept = g_menu_model_get_n_items (G_MENU_MODEL (group->inner)) > 0 ? 1 : 0;
  while (g_menu_model_get_n_items (G_MENU_MODEL (group->menu)) > kept)
    g_menu_remove (group->menu, 0);
  for (int i = 0; i < g_menu_model_get_n_items (group->own); i++) {
    g_autoptr (GMenuModel) section =
        g_menu_model_get_item_link (group->own, i, G_MENU_LINK_SECTION);
    g_menu_insert_section (group->menu, i, NULL, section);
  }
}

static GMenuModel *
create_group_menu (DioShellWindow *window, const MenuGroup *info)
{
  GroupMenu *group = g_new0 (GroupMenu, 1);
  group->menu = g_menu_new ();
  g_object_set_data_full (G_OBJECT (group->menu), "dio-group", group,
                          (GDestroyNotify) group_menu_free);
  group->own = dio_action_registry_create_menu (window->registry, info->group);
  group->inner = g_menu_new ();
  for (guint i = 0; i < G_N_ELEMENTS (info->inner) && info->inner[i] != NULL; i++) {
    g_autoptr (GMenuModel) below =
        dio_action_registry_create_menu (window->registry, info->inner[i]);
    g_menu_append_submenu (group->inner, _ (info->inner[i]), below);
  }
  if (g_menu_model_get_n_items (G_MENU_MODEL (group->inner)) > 0)
    g_menu_append_section (group->menu, NULL, G_MENU_MODEL (group->inner));
  g_signal_connect_swapped (group->own, "items-changed", G_CALLBACK (fill_group_menu), group);
  fill_group_menu (group);
  return G_MENU_MODEL (group->menu);
}

/* GTK 4.8 leaves the focus in a menu that was closed inside of a submenu, where no key reaches anything. */
static void
menu_closed_cb (GtkPopover *menu, GtkWidget *button)
{
  GtkRoot *root = gtk_widget_get_root (button);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  if (focus == NULL || gtk_widget_is_ancestor (focus, GTK_WIDGET (menu)))
    gtk_widget_grab_focus (button);
}

void
dio_shell_header_fill_menu (DioShellWindow *window)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  for (guint i = 0; i < G_N_ELEMENTS (menu_groups); i++) {
    g_autoptr (GMenuModel) inner = create_group_menu (window, &menu_groups[i]);
    g_menu_append_submenu (menu, _ (menu_groups[i].group), inner);
  }
  GtkMenuButton *button = GTK_MENU_BUTTON (window->menu_button);
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
  g_signal_connect_object (gtk_menu_button_get_popover (button), "closed",
                           G_CALLBACK (menu_closed_cb), button, 0);
}

static GtkWidget *
make_menu_button (void)
{
  GtkWidget *button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "open-menu-symbolic");
  gtk_menu_button_set_primary (GTK_MENU_BUTTON (button), TRUE);
  gtk_widget_set_tooltip_text (button, _ ("Main Menu"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Main Menu"), -1);
  return button;
}

static void
pack_start (DioShellWindow *window, AdwHeaderBar *bar)
{
  GtkWidget *left = make_icon_button (gtk_toggle_button_new (), "sidebar-show-symbolic",
                                      _ ("Left Panel"), "win.left-panel");
  adw_header_bar_pack_start (bar, left);
  add_for_document (window, left);
  window->document_button = dio_shell_document_new (window);
  adw_header_bar_pack_start (bar, window->document_button);
  add_for_document (window, window->document_button);
}

static void
pack_end (DioShellWindow *window, AdwHeaderBar *bar)
{
  // From the right to the left.
  window->menu_button = make_menu_button ();
  adw_header_bar_pack_end (bar, window->menu_button);
  GtkWidget *right = make_icon_button (gtk_toggle_button_new (), "sidebar-show-right-symbolic",
                                       _ ("Right Panel"), "win.right-panel");
  adw_header_bar_pack_end (bar, right);
  add_for_document (window, right);
  GtkWidget *render = gtk_button_new_with_label (_ ("Render…"));
  gtk_widget_add_css_class (render, "suggested-action");
  gtk_widget_set_tooltip_text (render, _ ("Render a batch in the background"));
  gtk_widget_set_focus_on_click (render, FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (render), "win.render-batch");
  adw_header_bar_pack_end (bar, render);
  add_for_document (window, render);
  adw_header_bar_pack_end (bar, dio_shell_pill_new (window->session));

  GtkWidget *steps = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (steps, "linked");
  window->undo_button =
      make_icon_button (gtk_button_new (), "edit-undo-symbolic", _ ("Undo"), "win.undo");
  window->redo_button =
      make_icon_button (gtk_button_new (), "edit-redo-symbolic", _ ("Redo"), "win.redo");
  gtk_box_append (GTK_BOX (steps), window->undo_button);
  gtk_box_append (GTK_BOX (steps), window->redo_button);
  adw_header_bar_pack_end (bar, steps);
  add_for_document (window, steps);
}

GtkWidget *
dio_shell_header_new (DioShellWindow *window)
{
  GtkWidget *bar = adw_header_bar_new ();
  window->header = bar;
  pack_start (window, ADW_HEADER_BAR (bar));
  pack_end (window, ADW_HEADER_BAR (bar));
  window->switcher = adw_view_switcher_new ();
  adw_view_switcher_set_stack (ADW_VIEW_SWITCHER (window->switcher), window->pages);
  adw_view_switcher_set_policy (ADW_VIEW_SWITCHER (window->switcher),
                                ADW_VIEW_SWITCHER_POLICY_WIDE);
  add_for_document (window, window->switcher);
  GtkWidget *middle = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_box_append (GTK_BOX (middle), window->switcher);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (bar), middle);
  return bar;
}

/* -- Undo ------------------------------------------------------------------------------------------ */

static void
update_step (DioShellWindow *window, gboolean redo)
{
  const DioShellUndo *undo = dio_shell_window_get_undo (window);
  gboolean can = FALSE;
  g_autofree char *name = NULL;
  if (undo->source != NULL && window->has_document)
    g_object_get (undo->source, redo ? "can-redo" : "can-undo", &can,
                  redo ? "redo-name" : "undo-name", &name, NULL);
  dio_action_registry_set_enabled (window->registry, redo ? "redo" : "undo", can);
  g_autofree char *text = NULL;
  if (can && name != NULL && *name != '\0')
    // Translators: %s is what was done, "Move Mug"
    text = g_strdup_printf (redo ? _ ("Redo “%s”") : _ ("Undo “%s”"), name);
  else
    text = g_strdup (redo ? _ ("Redo") : _ ("Undo"));
  gtk_widget_set_tooltip_text (redo ? window->redo_button : window->undo_button, text);
}

void
dio_shell_header_update_undo (DioShellWindow *window)
{
  update_step (window, FALSE);
  update_step (window, TRUE);
}

static gboolean
set_policy_cb (gpointer user)
{
  DioShellWindow *window = user;
  gboolean narrow = gtk_widget_get_width (GTK_WIDGET (window)) < 1180;
  if (window->switcher != NULL)
    adw_view_switcher_set_policy (ADW_VIEW_SWITCHER (window->switcher),
                                  narrow ? ADW_VIEW_SWITCHER_POLICY_NARROW
                                         : ADW_VIEW_SWITCHER_POLICY_WIDE);
  return G_SOURCE_REMOVE;
}

void
dio_shell_header_set_narrow (DioShellWindow *window, gboolean narrow)
{
  if (window->switcher == NULL)
    return;
  AdwViewSwitcherPolicy wanted =
      narrow ? ADW_VIEW_SWITCHER_POLICY_NARROW : ADW_VIEW_SWITCHER_POLICY_WIDE;
  // Sizes may not change while they are being given out.
  if (adw_view_switcher_get_policy (ADW_VIEW_SWITCHER (window->switcher)) != wanted)
    g_idle_add_full (G_PRIORITY_HIGH_IDLE, set_policy_cb, g_object_ref (window), g_object_unref);
}
