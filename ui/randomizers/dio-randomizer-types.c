#define G_LOG_DOMAIN "dio-randomizers"

#include "dio-randomizer-types-private.h"

#include "dio-scene-randomizer.h"
#include "dio-tab-stop.h"

#include <glib/gi18n-lib.h>

#define SIZE_PX 420

/** Freed with the popover. */
typedef struct {
  DioRandomizerTypeFunc func;
  gpointer user;
  GtkWidget *popover, *search;
} Types;

static void
activated_cb (GtkListBox *list, GtkListBoxRow *row, Types *self)
{
  const DioRandomizerInfo *info = dio_randomizer_find_info (gtk_widget_get_name (GTK_WIDGET (row)));
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  self->func (info->type, self->user);
}

static gboolean
filter_cb (GtkListBoxRow *row, gpointer data)
{
  Types *self = data;
  const DioRandomizerInfo *info = dio_randomizer_find_info (gtk_widget_get_name (GTK_WIDGET (row)));
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));
  g_autofree char *all = g_strdup_printf ("%s %s", _ (info->label), _ (info->help));
  return text[0] == '\0' || g_str_match_string (text, all, TRUE);
}

static GtkWidget *
new_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  return label;
}

static GtkWidget *
new_row (const DioRandomizerInfo *info)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (box), new_label (_ (info->label)));
  GtkWidget *help = new_label (_ (info->help));
  gtk_widget_add_css_class (help, "caption");
  gtk_widget_add_css_class (help, "dim-label");
  gtk_box_append (GTK_BOX (box), help);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_name (row, info->type);
  return row;
}

static GtkWidget *
new_list (Types *self)
{
  guint n = 0;
  const DioRandomizerInfo *table = dio_randomizer_get_table (&n);
  GtkWidget *list = gtk_list_box_new ();
  gtk_widget_add_css_class (list, "navigation-sidebar");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  for (guint i = 0; i < n; i++)
    gtk_list_box_append (GTK_LIST_BOX (list), new_row (&table[i]));
  gtk_list_box_set_filter_func (GTK_LIST_BOX (list), filter_cb, self, NULL);
  g_signal_connect (list, "row-activated", G_CALLBACK (activated_cb), self);
  g_signal_connect_object (self->search, "search-changed",
                           G_CALLBACK (gtk_list_box_invalidate_filter), list, G_CONNECT_SWAPPED);
  return list;
}

GtkWidget *
dio_randomizer_types_new (DioRandomizerTypeFunc func, gpointer user)
{
  Types *self = g_new0 (Types, 1);
  self->func = func;
  self->user = user;
  self->popover = gtk_popover_new ();
  g_object_set_data_full (G_OBJECT (self->popover), "dio-types", self, g_free);
  self->search = gtk_search_entry_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search Randomizers"), -1);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), SIZE_PX);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), new_list (self));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_size_request (box, SIZE_PX, -1);
  gtk_box_append (GTK_BOX (box), self->search);
  gtk_box_append (GTK_BOX (box), dio_tab_stop_new (scrolled));
  gtk_popover_set_child (GTK_POPOVER (self->popover), box);
  return self->popover;
}
