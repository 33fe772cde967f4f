#define G_LOG_DOMAIN "dio-shell"

#include "dio-shell-palette.h"

#include "dio-shell-fuzzy.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* The widgets of one palette; lives with its window. */
typedef struct {
  DioActionRegistry *registry;
  GtkWidget *window, *entry, *list, *scroller;
} Palette;

#define KEY_INDEX "dio-command-index"
#define KEY_SCORE "dio-command-score"

static void
palette_free (Palette *palette)
{
  g_object_unref (palette->registry);
  g_free (palette);
}

static const DioActionInfo *
info_of_row (Palette *palette, GtkListBoxRow *row)
{
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), KEY_INDEX));
  return dio_action_registry_get (palette->registry, index);
}

static int
get_score (GtkListBoxRow *row)
{
  return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), KEY_SCORE));
}

static gboolean
filter_cb (GtkListBoxRow *row, gpointer user)
{
  return get_score (row) >= 0;
}

static int
sort_cb (GtkListBoxRow *a, GtkListBoxRow *b, gpointer user)
{
  // What cannot be run now comes last.
  int usable =
      gtk_widget_get_sensitive (GTK_WIDGET (b)) - gtk_widget_get_sensitive (GTK_WIDGET (a));
  int difference = usable != 0 ? usable : get_score (b) - get_score (a);
  if (difference != 0)
    return difference;
  guint first = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (a), KEY_INDEX));
  guint second = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (b), KEY_INDEX));
  return first < second ? -1 : first > second;
}

/* "Occlude" is found by its own words and by those of its group: "view left". */
static int
score (const char *needle, const DioActionInfo *info)
{
  g_autofree char *whole =
      g_strdup_printf ("%s %s", _ (info->label), info->group != NULL ? _ (info->group) : "");
  int by_label = dio_shell_fuzzy_score (needle, _ (info->label));
  // A word of the group helps to find, but never beats the name.
  int by_whole = dio_shell_fuzzy_score (needle, whole);
  return by_label >= 0 ? by_label + 1 : by_whole >= 0 ? by_whole / 2 : -1;
}

static GtkListBoxRow *
first_visible (Palette *palette)
{
  for (int i = 0;; i++) {
    GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (palette->list), i);
    if (row == NULL || get_score (row) >= 0)
      return row;
  }
}

static void
search_cb (GtkEditable *entry, Palette *palette)
{
  const char *needle = gtk_editable_get_text (entry);
  for (GtkWidget *row = gtk_widget_get_first_child (palette->list); row != NULL;
       row = gtk_widget_get_next_sibling (row)) {
    if (!GTK_IS_LIST_BOX_ROW (row))
      continue;
    int points = score (needle, info_of_row (palette, GTK_LIST_BOX_ROW (row)));
    g_object_set_data (G_OBJECT (row), KEY_SCORE, GINT_TO_POINTER (points));
  }
  gtk_list_box_invalidate_sort (GTK_LIST_BOX (palette->list));
  gtk_list_box_invalidate_filter (GTK_LIST_BOX (palette->list));
  gtk_list_box_select_row (GTK_LIST_BOX (palette->list), first_visible (palette));
  gtk_adjustment_set_value (
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (palette->scroller)), 0);
}

static void
run (Palette *palette, GtkListBoxRow *row)
{
  if (row == NULL || !gtk_widget_is_sensitive (GTK_WIDGET (row)))
    return;
  g_autoptr (DioActionRegistry) registry = g_object_ref (palette->registry);
  const char *name = info_of_row (palette, row)->name;
  // First away, so that what the command opens comes on top.
  gtk_window_destroy (GTK_WINDOW (palette->window));
  dio_action_registry_run (registry, name);
}

static void
activate_cb (GtkWidget *entry, Palette *palette)
{
  run (palette, gtk_list_box_get_selected_row (GTK_LIST_BOX (palette->list)));
}

static void
row_cb (GtkListBox *list, GtkListBoxRow *row, Palette *palette)
{
  run (palette, row);
}

/* The entry keeps the focus; arrows move the selection. */
static gboolean
key_cb (GtkEventControllerKey *controller,
        guint keyval,
        guint keycode,
        GdkModifierType modifiers,
        Palette *palette)
{
  if (keyval == GDK_KEY_Escape) {
    gtk_window_destroy (GTK_WINDOW (palette->window));
    return TRUE;
  }
  int step = keyval == GDK_KEY_Down ? 1 : keyval == GDK_KEY_Up ? -1 : 0;
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (palette->list));
  if (step == 0 || row == NULL)
    return FALSE;
  for (int i = gtk_list_box_row_get_index (row) + step; i >= 0; i += step) {
    GtkListBoxRow *next = gtk_list_box_get_row_at_index (GTK_LIST_BOX (palette->list), i);
    if (next == NULL)
      break;
    if (get_score (next) < 0)
      continue;
    gtk_list_box_select_row (GTK_LIST_BOX (palette->list), next);
    // Scrolls it into view without moving the focus for good.
    gtk_widget_grab_focus (GTK_WIDGET (next));
    gtk_widget_grab_focus (palette->entry);
    gtk_editable_set_position (GTK_EDITABLE (palette->entry), -1);
    break;
  }
  return TRUE;
}

static GtkWidget *
make_row (Palette *palette, guint index)
{
  const DioActionInfo *info = dio_action_registry_get (palette->registry, index);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (_ (info->label));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), label);
  GtkWidget *group = gtk_label_new (info->group != NULL ? _ (info->group) : "");
  gtk_widget_add_css_class (group, "dim-label");
  gtk_widget_set_hexpand (group, TRUE);
  gtk_label_set_xalign (GTK_LABEL (group), 0);
  gtk_box_append (GTK_BOX (box), group);
  g_autofree char *keys = dio_action_registry_dup_key_label (palette->registry, info->name);
  if (keys != NULL) {
    GtkWidget *shown = gtk_label_new (keys);
    gtk_widget_add_css_class (shown, "dim-label");
    gtk_box_append (GTK_BOX (box), shown);
  }
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_widget_set_margin_start (box, 6);
  gtk_widget_set_margin_end (box, 6);

  GtkWidget *row = gtk_list_box_row_new ();
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_sensitive (row, dio_action_registry_get_enabled (palette->registry, info->name));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (info->label), -1);
  g_object_set_data (G_OBJECT (row), KEY_INDEX, GUINT_TO_POINTER (index));
  return row;
}

/* Commands that need a value cannot run from a list of names. */
static gboolean
needs_value (Palette *palette, guint index)
{
  const DioActionInfo *info = dio_action_registry_get (palette->registry, index);
  return !dio_action_registry_can_run (palette->registry, info->name);
}

static GtkWidget *
make_list (Palette *palette)
{
  palette->list = gtk_list_box_new ();
  gtk_widget_add_css_class (palette->list, "navigation-sidebar");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (palette->list), GTK_SELECTION_BROWSE);
  for (guint i = 0; i < dio_action_registry_get_count (palette->registry); i++)
    if (!needs_value (palette, i))
      gtk_list_box_append (GTK_LIST_BOX (palette->list), make_row (palette, i));
  gtk_list_box_set_filter_func (GTK_LIST_BOX (palette->list), filter_cb, NULL, NULL);
  gtk_list_box_set_sort_func (GTK_LIST_BOX (palette->list), sort_cb, NULL, NULL);
  GtkWidget *empty = gtk_label_new (_ ("No command has this name"));
  gtk_widget_add_css_class (empty, "dim-label");
  gtk_widget_set_margin_top (empty, 18);
  gtk_list_box_set_placeholder (GTK_LIST_BOX (palette->list), empty);
  g_signal_connect (palette->list, "row-activated", G_CALLBACK (row_cb), palette);

  palette->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (palette->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (palette->scroller), palette->list);
  gtk_widget_set_vexpand (palette->scroller, TRUE);
  return palette->scroller;
}

GtkWidget *
dio_shell_palette_new (DioActionRegistry *registry)
{
  g_return_val_if_fail (DIO_IS_ACTION_REGISTRY (registry), NULL);

  Palette *palette = g_new0 (Palette, 1);
  palette->registry = g_object_ref (registry);
  palette->window = adw_window_new ();
  g_object_set_data_full (G_OBJECT (palette->window), "dio-palette", palette,
                          (GDestroyNotify) palette_free);
  gtk_window_set_title (GTK_WINDOW (palette->window), _ ("Find a Command"));
  gtk_window_set_modal (GTK_WINDOW (palette->window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (palette->window), 560, 420);

  palette->entry = gtk_search_entry_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (palette->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Name of a command"), -1);
  gtk_widget_set_margin_top (palette->entry, 12);
  gtk_widget_set_margin_bottom (palette->entry, 6);
  gtk_widget_set_margin_start (palette->entry, 12);
  gtk_widget_set_margin_end (palette->entry, 12);
  // "search-changed" comes late by design; here every letter counts at once.
  g_signal_connect (palette->entry, "changed", G_CALLBACK (search_cb), palette);
  g_signal_connect (palette->entry, "activate", G_CALLBACK (activate_cb), palette);

  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (box), palette->entry);
  gtk_box_append (GTK_BOX (box), make_list (palette));
  adw_window_set_content (ADW_WINDOW (palette->window), box);

  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), palette);
  gtk_widget_add_controller (palette->window, keys);
  search_cb (GTK_EDITABLE (palette->entry), palette);
  gtk_window_set_focus (GTK_WINDOW (palette->window), palette->entry);
  return palette->window;
}
