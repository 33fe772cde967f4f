#define G_LOG_DOMAIN "dio-shell"

#include "dio-shell-about.h"

#include "dio-escape.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

void
dio_shell_about_show (GtkWindow *parent)
{
  GtkWidget *window = adw_about_window_new ();
  AdwAboutWindow *about = ADW_ABOUT_WINDOW (window);
  adw_about_window_set_application_name (about, _ ("Diorama"));
  adw_about_window_set_application_icon (about, "org.diorama.Studio");
  adw_about_window_set_developer_name (about, _ ("The Diorama developers"));
  adw_about_window_set_version (about, DIORAMA_VERSION);
  adw_about_window_set_license_type (about, GTK_LICENSE_APACHE_2_0);
  adw_about_window_set_comments (
      about, _ ("Makes labelled pictures for people who train computer-vision models."));
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_present (GTK_WINDOW (window));
}

/* The way through the program, a row each. */
typedef struct {
  const char *title, *text;
} Step;

static const Step steps[] = {
  { N_ ("Compose"), N_ ("Drag models, lights and sensors from the shelf into the viewport. Press C "
                        "to say what an object is.") },
  { N_ ("Look at the Labels"), N_ ("The table below the viewport says what the sensor sees, and "
                                   "why an object gets no label.") },
  { N_ ("Randomize"), N_ ("Click the dice beside a property, or bind it on the page Randomize, "
                          "where sampled frames are shown.") },
  { N_ ("Render"), N_ ("A batch runs in the background and goes on when the window is closed. A "
                       "frame is stored wholly or not at all.") },
  { N_ ("Review"), N_ ("A accepts, digits reject with a reason, U takes a verdict back.") },
  { N_ ("Export"), N_ ("Writes the format that your training code reads; what is kept, ignored and "
                       "dropped is counted.") },
};

void
dio_shell_about_show_help (GtkWindow *parent)
{
  GtkWidget *list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_valign (list, GTK_ALIGN_START);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
    GtkWidget *row = adw_action_row_new ();
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (steps[i].title));
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ (steps[i].text));
    gtk_list_box_append (GTK_LIST_BOX (list), row);
  }
  GtkWidget *clamp = adw_clamp_new ();
  adw_clamp_set_child (ADW_CLAMP (clamp), list);
  gtk_widget_set_margin_top (clamp, 18);
  gtk_widget_set_margin_bottom (clamp, 18);
  gtk_widget_set_margin_start (clamp, 12);
  gtk_widget_set_margin_end (clamp, 12);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_widget_set_vexpand (scroller, TRUE);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), scroller);

  GtkWidget *window = adw_window_new ();
  dio_escape_add (window);
  gtk_window_set_title (GTK_WINDOW (window), _ ("Help"));
  gtk_window_set_default_size (GTK_WINDOW (window), 560, 560);
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_present (GTK_WINDOW (window));
}
