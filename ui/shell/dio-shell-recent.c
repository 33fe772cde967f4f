#define G_LOG_DOMAIN "dio-shell"

#include "dio-shell-recent.h"

#include "dio-base-path.h"

#define MIME_TYPE "application/vnd.diorama.scenario+json"
#define SUFFIX ".diorama"

void
dio_shell_recent_add (const char *path)
{
  g_return_if_fail (path != NULL);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  if (uri == NULL)
    return;
  GtkRecentData data = {
    .mime_type = (char *) MIME_TYPE,
    .app_name = (char *) "diorama",
    .app_exec = (char *) "diorama %f",
  };
  gtk_recent_manager_add_full (gtk_recent_manager_get_default (), uri, &data);
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  GtkRecentInfo *const *first = a, *const *second = b;
  return g_date_time_compare (gtk_recent_info_get_modified (*second),
                              gtk_recent_info_get_modified (*first));
}

GPtrArray *
dio_shell_recent_list (guint most)
{
  g_autoptr (GPtrArray) infos =
      g_ptr_array_new_with_free_func ((GDestroyNotify) gtk_recent_info_unref);
  GList *items = gtk_recent_manager_get_items (gtk_recent_manager_get_default ());
  for (GList *item = items; item != NULL; item = item->next) {
    GtkRecentInfo *info = item->data;
    if (g_str_has_suffix (gtk_recent_info_get_uri (info), SUFFIX)
        && gtk_recent_info_has_application (info, "diorama"))
      g_ptr_array_add (infos, info);
    else
      gtk_recent_info_unref (info);
  }
  g_list_free (items);
  g_ptr_array_sort (infos, compare_times);

  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < infos->len && paths->len < most; i++) {
    g_autofree char *path =
        g_filename_from_uri (gtk_recent_info_get_uri (infos->pdata[i]), NULL, NULL);
    if (path != NULL && gtk_recent_info_exists (infos->pdata[i]))
      g_ptr_array_add (paths, g_steal_pointer (&path));
  }
  return paths;
}

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  if (css_class != NULL) {
    gtk_widget_add_css_class (label, css_class);
    gtk_widget_add_css_class (label, "dim-label");
  }
  return label;
}

GtkWidget *
dio_shell_recent_create_row (const char *path)
{
  g_autofree char *base = g_path_get_basename (path);
  if (g_str_has_suffix (base, SUFFIX))
    base[strlen (base) - strlen (SUFFIX)] = '\0';
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *shown = dio_path_dup_shown (folder);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_box_append (GTK_BOX (box), make_label (base, NULL));
  gtk_box_append (GTK_BOX (box), make_label (shown, "caption"));
  GtkWidget *row = gtk_list_box_row_new ();
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_tooltip_text (row, path);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, base, -1);
  g_object_set_data_full (G_OBJECT (row), "dio-path", g_strdup (path), g_free);
  return row;
}
