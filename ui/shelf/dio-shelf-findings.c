#define G_LOG_DOMAIN "dio-shelf"

#include "dio-shelf-private.h"

#include <glib/gi18n-lib.h>

static const char *
get_icon (DioSeverity severity)
{
  switch (severity) {
  case DIO_SEVERITY_ERROR:
    return "dialog-error-symbolic";
  case DIO_SEVERITY_WARNING:
    return "dialog-warning-symbolic";
  case DIO_SEVERITY_NOTE:
  default:
    return "dialog-information-symbolic";
  }
}

static const char *
get_word (DioSeverity severity)
{
  switch (severity) {
  case DIO_SEVERITY_ERROR:
    return _ ("Error");
  case DIO_SEVERITY_WARNING:
    return _ ("Warning");
  case DIO_SEVERITY_NOTE:
  default:
    return _ ("Note");
  }
}

static void
fix_cb (GtkButton *button, DioSession *session)
{
  const char *asset = g_object_get_data (G_OBJECT (button), "asset");
  const char *code = g_object_get_data (G_OBJECT (button), "code");
  g_autoptr (GError) error = NULL;
  if (!dio_session_fix_finding (session, asset, code, &error))
    dio_session_report (session, DIO_SEVERITY_WARNING, _ ("The asset was not changed"), error, NULL,
                        NULL);
  else
    gtk_widget_set_sensitive (GTK_WIDGET (button), FALSE);
}

static GtkWidget *
create_row (DioSession *session, const char *asset, const DioDiagnostic *finding)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *icon = gtk_image_new_from_icon_name (get_icon (finding->severity));
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (icon, get_word (finding->severity));
  GtkWidget *text = gtk_label_new (finding->message);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_width_chars (GTK_LABEL (text), 36);
  gtk_label_set_max_width_chars (GTK_LABEL (text), 36);
  /* The button stands below: beside a long translation neither would have room. */
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_box_append (GTK_BOX (lines), text);
  gtk_box_append (GTK_BOX (row), icon);
  gtk_box_append (GTK_BOX (row), lines);
  const char *label = dio_session_get_fix_label (session, asset, finding->code);
  if (label != NULL) {
    GtkWidget *fix = gtk_button_new_with_label (label);
    gtk_widget_set_halign (fix, GTK_ALIGN_START);
    g_object_set_data_full (G_OBJECT (fix), "asset", g_strdup (asset), g_free);
    g_object_set_data_full (G_OBJECT (fix), "code", g_strdup (finding->code), g_free);
    g_signal_connect_object (fix, "clicked", G_CALLBACK (fix_cb), session, 0);
    gtk_box_append (GTK_BOX (lines), fix);
  }
  return row;
}

GtkWidget *
dio_shelf_findings_new (DioSession *session, const char *asset)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_margin_start (box, 6);
  gtk_widget_set_margin_end (box, 6);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  const DioDiagnostics *findings = dio_session_get_findings (session, asset);
  guint n = findings != NULL ? dio_diagnostics_get_count (findings) : 0;
  for (guint i = 0; i < n; i++)
    gtk_box_append (GTK_BOX (box), create_row (session, asset, dio_diagnostics_get (findings, i)));
  if (n == 0)
    gtk_box_append (GTK_BOX (box), gtk_label_new (_ ("Nothing to tell")));
  GtkWidget *scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 360);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  return scroller;
}
