#define G_LOG_DOMAIN "dio-harness"

#include "dio-harness.h"

typedef gboolean (*Match) (GtkWidget *widget, gconstpointer user);

static void
collect (GtkWidget *root, Match match, gconstpointer user, GPtrArray *found)
{
  if (match (root, user))
    g_ptr_array_add (found, root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, match, user, found);
}

static GtkWidget *
find (GtkWidget *root, Match match, gconstpointer user)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  collect (root, match, user, found);
  return found->len > 0 ? found->pdata[0] : NULL;
}

gboolean
dio_harness_has_label (GtkWidget *widget, const char *label)
{
  if (!gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL))
    return FALSE;
  g_autofree char *mismatch = gtk_test_accessible_check_property (
      GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label);
  return mismatch == NULL;
}

static gboolean
matches_label (GtkWidget *widget, gconstpointer user)
{
  const char *label = user;
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (dio_harness_has_label (widget, label)
      || g_strcmp0 (gtk_widget_get_tooltip_text (widget), label) == 0)
    return TRUE;
  if (GTK_IS_BUTTON (widget))
    return g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0;
  if (GTK_IS_MENU_BUTTON (widget))
    return g_strcmp0 (gtk_menu_button_get_label (GTK_MENU_BUTTON (widget)), label) == 0;
  return GTK_IS_LABEL (widget) && g_strcmp0 (gtk_label_get_text (GTK_LABEL (widget)), label) == 0;
}

static gboolean
matches_name (GtkWidget *widget, gconstpointer name)
{
  return g_strcmp0 (gtk_widget_get_name (widget), name) == 0
         || g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)), name) == 0;
}

static gboolean
matches_type (GtkWidget *widget, gconstpointer type)
{
  return g_type_is_a (G_OBJECT_TYPE (widget), GPOINTER_TO_SIZE (type));
}

GtkWidget *
dio_harness_find_label (GtkWidget *root, const char *label)
{
  return find (root, matches_label, label);
}

GtkWidget *
dio_harness_find_name (GtkWidget *root, const char *name)
{
  return find (root, matches_name, name);
}

GtkWidget *
dio_harness_find_type (GtkWidget *root, GType type)
{
  return find (root, matches_type, GSIZE_TO_POINTER (type));
}

GPtrArray *
dio_harness_list_type (GtkWidget *root, GType type)
{
  GPtrArray *found = g_ptr_array_new ();
  collect (root, matches_type, GSIZE_TO_POINTER (type), found);
  return found;
}

GtkWindow *
dio_harness_find_window (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);
    if (g_type_is_a (G_OBJECT_TYPE (window), type))
      // The list of toplevels keeps it.
      return window;
  }
  return NULL;
}

static gboolean
has_text_below (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget) && *gtk_label_get_text (GTK_LABEL (widget)) != '\0')
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_text_below (child))
      return TRUE;
  return FALSE;
}

static gboolean
has_name (GtkWidget *widget)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (widget);
  return gtk_test_accessible_has_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL)
         || gtk_test_accessible_has_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY)
         || gtk_widget_get_tooltip_text (widget) != NULL || has_text_below (widget);
}

/* Inner parts of compound widgets (the button of a menu button, the text of an entry) are named by the whole. */
static gboolean
is_inner_part (GtkWidget *widget)
{
  for (GtkWidget *parent = gtk_widget_get_parent (widget); parent != NULL;
       parent = gtk_widget_get_parent (parent))
    if (GTK_IS_MENU_BUTTON (parent) || GTK_IS_DROP_DOWN (parent) || GTK_IS_EDITABLE (parent)
        || GTK_IS_SCROLLBAR (parent) || GTK_IS_WINDOW_CONTROLS (parent) || GTK_IS_SWITCH (parent)
        || GTK_IS_LIST_BOX_ROW (parent))
      return TRUE;
  return FALSE;
}

static gboolean
is_unnamed (GtkWidget *widget, gconstpointer user)
{
  gboolean control = GTK_IS_BUTTON (widget) || GTK_IS_MENU_BUTTON (widget) || GTK_IS_SWITCH (widget)
                     || GTK_IS_ENTRY (widget) || GTK_IS_DROP_DOWN (widget)
                     || GTK_IS_CHECK_BUTTON (widget) || GTK_IS_SEARCH_ENTRY (widget)
                     || GTK_IS_SCALE (widget) || GTK_IS_SPIN_BUTTON (widget);
  return control && gtk_widget_get_mapped (widget) && !is_inner_part (widget) && !has_name (widget);
}

char *
dio_harness_list_unnamed (GtkWidget *root)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  collect (root, is_unnamed, NULL, found);
  if (found->len == 0)
    return NULL;
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < found->len; i++) {
    GtkWidget *widget = found->pdata[i], *parent = gtk_widget_get_parent (widget);
    g_string_append_printf (text, "%s “%s” in %s\n", G_OBJECT_TYPE_NAME (widget),
                            gtk_widget_get_name (widget),
                            parent != NULL ? G_OBJECT_TYPE_NAME (parent) : "nothing");
  }
  return g_string_free (text, FALSE);
}
