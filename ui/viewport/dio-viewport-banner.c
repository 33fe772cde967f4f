#define G_LOG_DOMAIN "dio-viewport"

#include "dio-viewport-parts-private.h"

#include <glib/gi18n-lib.h>

/* One thing at a time, the gravest first. */
typedef enum { SAYS_NOTHING, SAYS_ERROR, SAYS_NO_GL, SAYS_NO_SENSOR } Says;

typedef struct {
  DioViewportPanel *panel; /* borrowed: the banner is its child */
  GtkWidget *box, *label, *button;
  Says says;
} Banner;

static void
show (Banner *banner, Says says, const char *text, const char *button)
{
  banner->says = says;
  gtk_label_set_label (GTK_LABEL (banner->label), text != NULL ? text : "");
  gtk_widget_set_visible (banner->box, says != SAYS_NOTHING);
  gtk_widget_set_visible (banner->button, button != NULL);
  if (button != NULL)
    gtk_button_set_label (GTK_BUTTON (banner->button), button);
}

static void
update (Banner *banner)
{
  DioSession *session = dio_viewport_panel_get_session (banner->panel);
  const DioPreviewResult *result = dio_session_get_result (session);
  gboolean can_undo = FALSE;
  g_object_get (session, "can-undo", &can_undo, NULL);
  if (result == NULL) {
    show (banner, SAYS_NOTHING, NULL, NULL);
    return;
  }
  if (result->error != NULL) {
    show (banner, SAYS_ERROR, result->error->message, can_undo ? _ ("Undo") : NULL);
    return;
  }
  g_autofree char *gl_error = dio_preview_dup_gl_error (dio_session_get_preview (session));
  if (gl_error != NULL) {
    g_autofree char *text =
        g_strdup_printf (_ ("Labels are shown without colour pictures: %s"), gl_error);
    show (banner, SAYS_NO_GL, text, NULL);
    return;
  }
  if (dio_session_get_sensor (session) == NULL)
    show (banner, SAYS_NO_SENSOR, _ ("Without a sensor nothing is labelled."),
          _ ("Add Sensor Here"));
  else
    show (banner, SAYS_NOTHING, NULL, NULL);
}

static void
clicked_cb (GtkButton *button, Banner *banner)
{
  if (banner->says == SAYS_ERROR)
    dio_session_undo (dio_viewport_panel_get_session (banner->panel));
  else if (banner->says == SAYS_NO_SENSOR)
    dio_viewport_panel_add_sensor (banner->panel);
}

static void
update_cb (GtkWidget *box)
{
  update (g_object_get_data (G_OBJECT (box), "dio-banner"));
}

GtkWidget *
dio_viewport_banner_new (DioViewportPanel *panel)
{
  DioSession *session = dio_viewport_panel_get_session (panel);
  Banner *banner = g_new0 (Banner, 1);
  banner->panel = panel;
  banner->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_object_set_data_full (G_OBJECT (banner->box), "dio-banner", banner, g_free);
  gtk_widget_add_css_class (banner->box, "toolbar");
  gtk_widget_add_css_class (banner->box, "osd");
  banner->label = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (banner->label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (banner->label), 60);
  gtk_label_set_xalign (GTK_LABEL (banner->label), 0);
  g_object_set (banner->label, "margin-start", 6, "margin-end", 6, NULL);
  banner->button = gtk_button_new_with_label ("");
  gtk_widget_add_css_class (banner->button, "suggested-action");
  gtk_widget_set_valign (banner->button, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (banner->box), banner->label);
  gtk_box_append (GTK_BOX (banner->box), banner->button);
  g_signal_connect (banner->button, "clicked", G_CALLBACK (clicked_cb), banner);
  g_signal_connect_object (session, "result", G_CALLBACK (update_cb), banner->box,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::sensor", G_CALLBACK (update_cb), banner->box,
                           G_CONNECT_SWAPPED);
  update (banner);
  return banner->box;
}
