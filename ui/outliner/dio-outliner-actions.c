#define G_LOG_DOMAIN "dio-outliner"

/* The commands of the Edit menu: the table, and which of them make sense now. */

#include "dio-outliner-private.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

static DioSession *
get_session (gpointer owner)
{
  return dio_outliner_panel_get_session (DIO_OUTLINER_PANEL (owner));
}

static void
rename_cb (gpointer owner)
{
  const char *active = dio_selection_get_active (dio_session_get_selection (get_session (owner)));
  if (active != NULL)
    dio_outliner_panel_rename (owner, active);
}

static void
duplicate_cb (gpointer owner)
{
  dio_outliner_duplicate (get_session (owner));
}

static void
copy_cb (gpointer owner)
{
  dio_outliner_copy (get_session (owner), gtk_widget_get_clipboard (GTK_WIDGET (owner)));
}

static void
cut_cb (gpointer owner)
{
  if (dio_outliner_copy (get_session (owner), gtk_widget_get_clipboard (GTK_WIDGET (owner))))
    dio_outliner_delete (get_session (owner));
}

static void
paste_cb (gpointer owner)
{
  dio_outliner_paste (get_session (owner), gtk_widget_get_clipboard (GTK_WIDGET (owner)));
}

static void
delete_cb (gpointer owner)
{
  dio_outliner_delete (get_session (owner));
}

static void
select_all_cb (gpointer owner)
{
  dio_outliner_select_all (get_session (owner));
}

static void
select_none_cb (gpointer owner)
{
  dio_selection_clear (dio_session_get_selection (get_session (owner)));
}

static void
group_cb (gpointer owner)
{
  dio_outliner_group (get_session (owner));
}

static void
ungroup_cb (gpointer owner)
{
  dio_outliner_ungroup (get_session (owner));
}

static void
hide_cb (gpointer owner)
{
  dio_outliner_toggle_hidden (get_session (owner));
}

static void
isolate_cb (gpointer owner)
{
  dio_outliner_isolate (get_session (owner));
}

static void
show_all_cb (gpointer owner)
{
  dio_outliner_show_all (get_session (owner));
}

static void
lock_cb (gpointer owner)
{
  dio_outliner_toggle_locked (get_session (owner));
}

static void
find_cb (gpointer owner)
{
  dio_outliner_panel_focus_search (owner);
}

#define EDIT N_ ("Edit")
#define SCENE N_ ("Scene")

static const DioActionInfo actions[] = {
  { "cut", N_ ("Cut"), EDIT, .keys = "<Control>x", .activate = cut_cb, .section = 1 },
  { "copy", N_ ("Copy"), EDIT, .keys = "<Control>c", .activate = copy_cb, .section = 1 },
  { "paste", N_ ("Paste"), EDIT, .keys = "<Control>v", .activate = paste_cb, .section = 1 },
  { "duplicate", N_ ("Duplicate"), EDIT, .keys = "<Control>d", .activate = duplicate_cb,
    .section = 1 },
  { "delete", N_ ("Delete"), EDIT, .keys = "Delete", .activate = delete_cb, .section = 1 },
  { "rename", N_ ("Rename…"), EDIT, .keys = "F2", .activate = rename_cb, .section = 1 },
  { "select-all", N_ ("Select All"), EDIT, .keys = "<Control>a", .activate = select_all_cb,
    .section = 2 },
  { "select-none", N_ ("Select None"), EDIT, .keys = "<Control><Shift>a",
    .activate = select_none_cb, .section = 2 },
  { "find-node", N_ ("Find Object…"), EDIT, .keys = "<Control>f", .activate = find_cb,
    .section = 2 },
  { "group", N_ ("Group"), SCENE, .keys = "<Control>g", .activate = group_cb, .section = 1 },
  { "ungroup", N_ ("Ungroup"), SCENE, .keys = "<Control><Shift>g", .activate = ungroup_cb,
    .section = 1 },
  { "hide", N_ ("Hide or Show"), SCENE, .keys = "h", .activate = hide_cb, .section = 2 },
  { "isolate", N_ ("Isolate"), SCENE, .keys = "<Shift>h", .activate = isolate_cb, .section = 2 },
  { "show-all", N_ ("Show All"), SCENE, .keys = "<Alt>h", .activate = show_all_cb, .section = 2 },
  { "lock", N_ ("Lock or Unlock"), SCENE, .activate = lock_cb, .section = 2 },
  { NULL },
};

/* Commands that act on what is selected. */
static const char *const on_selection[] = { "cut",   "copy",    "duplicate", "delete",  "rename",
                                            "group", "ungroup", "hide",      "isolate", "lock" };

static void
selection_changed_cb (DioSelection *selection, DioActionRegistry *registry)
{
  gboolean any = dio_selection_get_count (selection) > 0;
  for (guint i = 0; i < G_N_ELEMENTS (on_selection); i++)
    dio_action_registry_set_enabled (registry, on_selection[i], any);
}

/* The page of the mode: keys work whichever part of it has the focus. */
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
dio_outliner_panel_add_actions (DioOutlinerPanel *panel, DioActionRegistry *registry)
{
  DioSelection *selection = dio_session_get_selection (get_session (panel));
  dio_action_registry_add (registry, actions, G_OBJECT (panel), find_page (GTK_WIDGET (panel)));
  g_signal_connect_object (selection, "changed", G_CALLBACK (selection_changed_cb), registry, 0);
  selection_changed_cb (selection, registry);
}
