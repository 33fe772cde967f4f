#define G_LOG_DOMAIN "dio-viewport"

#include "dio-picture-view.h"
#include "dio-viewport-parts-private.h"

#include <glib/gi18n-lib.h>

#define WIDTH_PX 260
#define MAX_HEIGHT_PX 220

typedef struct {
  DioViewportCanvas *canvas; /* borrowed: the monitor stands over it */
  GtkWidget *box, *view, *label;
} Monitor;

static void
update_shown (Monitor *monitor)
{
  DioOverlays *overlays = dio_session_get_overlays (monitor->canvas->session);
  gboolean shown = dio_overlays_get_monitor (overlays) && !dio_overlays_get_clean (overlays)
                   && !dio_viewport_canvas_is_through (monitor->canvas)
                   && monitor->canvas->sensor_scene != NULL;
  gtk_widget_set_visible (monitor->box, shown);
}

static void
update (Monitor *monitor)
{
  DioOverlayScene *scene = monitor->canvas->sensor_scene;
  dio_picture_view_set_scene (DIO_PICTURE_VIEW (monitor->view), scene);
  const char *title = dio_viewport_get_sensor_title (monitor->canvas->session);
  gtk_label_set_label (GTK_LABEL (monitor->label), title != NULL ? title : "");
  if (scene != NULL) {
    int height = WIDTH_PX * (int) scene->height_px / MAX ((int) scene->width_px, 1);
    int width = WIDTH_PX;
    if (height > MAX_HEIGHT_PX) {
      width = width * MAX_HEIGHT_PX / height;
      height = MAX_HEIGHT_PX;
    }
    gtk_widget_set_size_request (monitor->view, width, height);
  }
  update_shown (monitor);
}

static void
update_cb (GtkWidget *box)
{
  update (g_object_get_data (G_OBJECT (box), "dio-monitor"));
}

static void
update_shown_cb (GtkWidget *box)
{
  update_shown (g_object_get_data (G_OBJECT (box), "dio-monitor"));
}

static void
selection_cb (GtkWidget *box)
{
  Monitor *monitor = g_object_get_data (G_OBJECT (box), "dio-monitor");
  DioSelection *selection = dio_session_get_selection (monitor->canvas->session);
  dio_picture_painter_set_selected_nodes (
      dio_picture_view_get_painter (DIO_PICTURE_VIEW (monitor->view)),
      dio_selection_get_ids (selection));
}

static void
clicked_cb (GtkButton *button, Monitor *monitor)
{
  dio_session_set_through_sensor (monitor->canvas->session, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (monitor->canvas));
}

GtkWidget *
dio_viewport_monitor_new (DioViewportCanvas *canvas)
{
  DioSession *session = canvas->session;
  Monitor *monitor = g_new0 (Monitor, 1);
  monitor->canvas = canvas;
  monitor->box = gtk_button_new ();
  g_object_set_data_full (G_OBJECT (monitor->box), "dio-monitor", monitor, g_free);
  gtk_widget_add_css_class (monitor->box, "osd");
  gtk_widget_add_css_class (monitor->box, "dio-monitor");
  gtk_widget_set_focus_on_click (monitor->box, FALSE);
  gtk_widget_set_tooltip_text (monitor->box, _ ("Look Through the Sensor (0)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (monitor->box), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Monitor"), -1);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  monitor->view = dio_picture_view_new ();
  dio_picture_view_set_interactive (DIO_PICTURE_VIEW (monitor->view), FALSE);
  dio_picture_painter_set_compact (dio_picture_view_get_painter (DIO_PICTURE_VIEW (monitor->view)),
                                   TRUE);
  dio_picture_view_set_overlays (DIO_PICTURE_VIEW (monitor->view),
                                 dio_session_get_overlays (session));
  monitor->label = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (monitor->label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (monitor->label, "caption");
  gtk_box_append (GTK_BOX (column), monitor->view);
  gtk_box_append (GTK_BOX (column), monitor->label);
  gtk_button_set_child (GTK_BUTTON (monitor->box), column);
  gtk_widget_set_halign (monitor->box, GTK_ALIGN_END);
  g_signal_connect (monitor->box, "clicked", G_CALLBACK (clicked_cb), monitor);
  g_signal_connect_object (session, "result", G_CALLBACK (update_cb), monitor->box,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (session, "document-opened", G_CALLBACK (update_cb), monitor->box,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (session, "notify::through-sensor", G_CALLBACK (update_shown_cb),
                           monitor->box, G_CONNECT_SWAPPED);
  g_signal_connect_object (dio_session_get_overlays (session), "changed",
                           G_CALLBACK (update_shown_cb), monitor->box, G_CONNECT_SWAPPED);
  g_signal_connect_object (dio_session_get_selection (session), "changed",
                           G_CALLBACK (selection_cb), monitor->box, G_CONNECT_SWAPPED);
  update (monitor);
  return monitor->box;
}
