#define G_LOG_DOMAIN "dio-inspector"

#include "dio-inspector-group-private.h"

#include "dio-inspector-category-private.h"

#include <string.h>

struct _DioInspectorGroup {
  GtkBox parent;
  GtkWidget *header, *toggle, *arrow, *box;
  gboolean folded;
};

G_DEFINE_FINAL_TYPE (DioInspectorGroup, dio_inspector_group, GTK_TYPE_BOX)

void
dio_inspector_group_set_folded (DioInspectorGroup *group, gboolean folded)
{
  group->folded = folded;
  gtk_widget_set_visible (group->box, !folded);
  gtk_image_set_from_icon_name (GTK_IMAGE (group->arrow),
                                folded ? "pan-end-symbolic" : "pan-down-symbolic");
  gtk_accessible_update_state (GTK_ACCESSIBLE (group->toggle), GTK_ACCESSIBLE_STATE_EXPANDED,
                               !folded, -1);
}

static void
toggled_cb (GtkButton *button, DioInspectorGroup *group)
{
  dio_inspector_group_set_folded (group, !group->folded);
}

void
dio_inspector_group_add (DioInspectorGroup *group, GtkWidget *child)
{
  gtk_box_append (GTK_BOX (group->box), child);
}

void
dio_inspector_group_add_suffix (DioInspectorGroup *group, GtkWidget *suffix)
{
  g_return_if_fail (group->header != NULL);
  gtk_widget_set_valign (suffix, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (group->header), suffix);
}

void
dio_inspector_group_refresh (DioInspectorGroup *group)
{
  gboolean any = FALSE;
  GtkWidget *child = gtk_widget_get_first_child (group->box);
  for (; child != NULL; child = gtk_widget_get_next_sibling (child)) {
    if (DIO_IS_INSPECTOR_ROW (child))
      dio_inspector_row_refresh (DIO_INSPECTOR_ROW (child));
    else if (DIO_IS_INSPECTOR_CATEGORY (child))
      dio_inspector_category_refresh (DIO_INSPECTOR_CATEGORY (child));
    any |= gtk_widget_get_visible (child);
  }
  gtk_widget_set_visible (GTK_WIDGET (group), any);
}

void
dio_inspector_group_clear (DioInspectorGroup *group)
{
  for (GtkWidget *child; (child = gtk_widget_get_first_child (group->box)) != NULL;)
    gtk_box_remove (GTK_BOX (group->box), child);
}

GPtrArray *
dio_inspector_group_list_rows (DioInspectorGroup *group)
{
  GPtrArray *rows = g_ptr_array_new ();
  GtkWidget *child = gtk_widget_get_first_child (group->box);
  for (; child != NULL; child = gtk_widget_get_next_sibling (child)) {
    if (DIO_IS_INSPECTOR_ROW (child))
      g_ptr_array_add (rows, child);
  }
  return rows;
}

DioInspectorRow *
dio_inspector_group_find_row (DioInspectorGroup *group, const char *path)
{
  g_autoptr (GPtrArray) rows = dio_inspector_group_list_rows (group);
  for (guint i = 0; i < rows->len; i++) {
    DioInspectorRow *row = g_ptr_array_index (rows, i);
    if (strcmp (dio_inspector_row_get_path (row), path) == 0)
      return row;
  }
  return NULL;
}

static void
dio_inspector_group_class_init (DioInspectorGroupClass *class)
{
}

static void
dio_inspector_group_init (DioInspectorGroup *group)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (group), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (group), 6);
  group->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_margin_bottom (group->box, 6);
  gtk_box_append (GTK_BOX (group), group->box);
}

static void
add_header (DioInspectorGroup *group, const char *title)
{
  group->header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  group->toggle = gtk_button_new ();
  gtk_widget_add_css_class (group->toggle, "flat");
  gtk_widget_set_hexpand (group->toggle, TRUE);
  GtkWidget *face = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  group->arrow = gtk_image_new_from_icon_name ("pan-down-symbolic");
  GtkWidget *label = gtk_label_new (title);
  gtk_widget_add_css_class (label, "heading");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (face), group->arrow);
  gtk_box_append (GTK_BOX (face), label);
  gtk_button_set_child (GTK_BUTTON (group->toggle), face);
  gtk_box_append (GTK_BOX (group->header), group->toggle);
  gtk_accessible_update_property (GTK_ACCESSIBLE (group->toggle), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, -1);
  g_signal_connect_object (group->toggle, "clicked", G_CALLBACK (toggled_cb), group, 0);
  gtk_box_prepend (GTK_BOX (group), group->header);
  gtk_box_prepend (GTK_BOX (group), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
}

GtkWidget *
dio_inspector_group_new (const char *title)
{
  DioInspectorGroup *group = g_object_new (DIO_TYPE_INSPECTOR_GROUP, NULL);
  if (title != NULL)
    add_header (group, title);
  return GTK_WIDGET (group);
}
