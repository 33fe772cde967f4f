#define G_LOG_DOMAIN "dio-shell"

#include "dio-shell-document.h"

#include "dio-base-json.h"
#include "dio-shell-recent.h"
#include "dio-shell-window-private.h"

#include <glib/gi18n-lib.h>

#define MAX_TITLE_CHARS 20
#define MAX_RECENT 6

/* What the popover's callbacks need; lives with the button. */
typedef struct {
  DioShellWindow *window;
  GtkWidget *button, *label, *dot, *entry, *list, *heading;
} Document;

static void
update (Document *document)
{
  g_autofree char *title = NULL;
  gboolean modified = FALSE;
  g_object_get (document->window->session, "title", &title, "modified", &modified, NULL);
  gtk_label_set_text (GTK_LABEL (document->label), title);
  gtk_widget_set_visible (document->dot, modified);
  const char *path = dio_session_get_path (document->window->session);
  gtk_widget_set_tooltip_text (document->button, path != NULL ? path : _ ("Not saved yet"));
  g_autofree char *name = modified
                              // Translators: %s is a document; read aloud
                              ? g_strdup_printf (_ ("Document %s, not saved"), title)
                              : g_strdup_printf (_ ("Document %s"), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (document->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
}

static void
notify_cb (GObject *session, GParamSpec *pspec, GtkWidget *button)
{
  update (g_object_get_data (G_OBJECT (button), "dio-document"));
}

static void
row_cb (GtkListBox *list, GtkListBoxRow *row, Document *document)
{
  gtk_menu_button_popdown (GTK_MENU_BUTTON (document->button));
  dio_shell_window_open (document->window, g_object_get_data (G_OBJECT (row), "dio-path"));
}

static void
fill_recent (Document *document)
{
  GtkWidget *row;
  while ((row = gtk_widget_get_first_child (document->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (document->list), row);
  g_autoptr (GPtrArray) paths = dio_shell_recent_list (MAX_RECENT);
  for (guint i = 0; i < paths->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (document->list),
                         dio_shell_recent_create_row (paths->pdata[i]));
  gtk_widget_set_visible (document->heading, paths->len > 0);
  gtk_widget_set_visible (document->list, paths->len > 0);
}

static void
show_cb (GtkWidget *popover, Document *document)
{
  DioScenario *scenario = dio_session_get_scenario (document->window->session);
  gtk_editable_set_text (GTK_EDITABLE (document->entry),
                         scenario->name != NULL ? scenario->name : "");
  fill_recent (document);
}

static void
rename_cb (GtkWidget *entry, Document *document)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));
  g_autoptr (json_t) value = json_string (text);
  g_autoptr (GError) error = NULL;
  DioSession *session = document->window->session;
  if (value == NULL
      || !dio_session_set_property (session, NULL, "name", value, _ ("Rename Scenario"), NULL,
                                    &error))
    dio_session_report (session, DIO_SEVERITY_WARNING, _ ("The scenario cannot have this name."),
                        error, NULL, NULL);
  gtk_menu_button_popdown (GTK_MENU_BUTTON (document->button));
}

static GtkWidget *
make_heading (const char *text)
{
  GtkWidget *heading = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "heading");
  return heading;
}

static GtkWidget *
make_popover (Document *document)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_size_request (box, 280, -1);
  for (guint side = 0; side < 4; side++)
    g_object_set (
        box,
        (const char *const[]){ "margin-top", "margin-bottom", "margin-start", "margin-end" }[side],
        6, NULL);
  gtk_box_append (GTK_BOX (box), make_heading (_ ("Name")));
  document->entry = gtk_entry_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (document->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Name of the scenario"), -1);
  g_signal_connect (document->entry, "activate", G_CALLBACK (rename_cb), document);
  gtk_box_append (GTK_BOX (box), document->entry);

  document->heading = make_heading (_ ("Recent"));
  gtk_widget_set_margin_top (document->heading, 6);
  gtk_box_append (GTK_BOX (box), document->heading);
  document->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (document->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (document->list, "boxed-list");
  g_signal_connect (document->list, "row-activated", G_CALLBACK (row_cb), document);
  gtk_box_append (GTK_BOX (box), document->list);

  GtkWidget *revert = gtk_button_new_with_label (_ ("Revert to Saved"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (revert), "win.revert");
  gtk_widget_set_margin_top (revert, 6);
  gtk_box_append (GTK_BOX (box), revert);

  GtkWidget *popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  g_signal_connect (popover, "show", G_CALLBACK (show_cb), document);
  return popover;
}

GtkWidget *
dio_shell_document_new (DioShellWindow *window)
{
  Document *document = g_new0 (Document, 1);
  document->window = window;
  document->button = gtk_menu_button_new ();
  g_object_set_data_full (G_OBJECT (document->button), "dio-document", document, g_free);

  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  document->label = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (document->label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (document->label), MAX_TITLE_CHARS);
  // Colour alone would not tell: the dot is there or is not.
  document->dot = gtk_label_new ("•");
  gtk_box_append (GTK_BOX (content), document->label);
  gtk_box_append (GTK_BOX (content), document->dot);
  gtk_menu_button_set_child (GTK_MENU_BUTTON (document->button), content);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (document->button), make_popover (document));
  gtk_menu_button_set_always_show_arrow (GTK_MENU_BUTTON (document->button), TRUE);

  g_signal_connect_object (window->session, "notify::title", G_CALLBACK (notify_cb),
                           document->button, 0);
  g_signal_connect_object (window->session, "notify::modified", G_CALLBACK (notify_cb),
                           document->button, 0);
  g_signal_connect_object (window->session, "notify::path", G_CALLBACK (notify_cb),
                           document->button, 0);
  update (document);
  return document->button;
}
