#define G_LOG_DOMAIN "dio-inspector"

/* Reads K: pasted, or from the file of a calibration tool; asks where pixel centres lie; shows the numbers before they count. */

#include "dio-inspector-sensor-private.h"

#include "dio-base-json.h"
#include "dio-calibration.h"
#include "dio-escape.h"
#include "dio-scene-edit.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct {
  DioSession *session;
  GStrv ids;
  GtkWidget *window, *text, *centres, *cameras, *preview, *apply;
  GtkTextBuffer *buffer;
  DioCalibration *calibration; /**< (nullable) of the text that stands there */
  gboolean showing;
} Dialog;

static void
free_dialog (gpointer data)
{
  Dialog *dialog = data;
  g_clear_object (&dialog->session);
  g_strfreev (dialog->ids);
  g_clear_pointer (&dialog->calibration, dio_calibration_free);
  g_free (dialog);
}

/* -- Preview -- */

static const DioCalibrationCamera *
get_camera (Dialog *dialog)
{
  if (dialog->calibration == NULL)
    return NULL;
  guint index = gtk_drop_down_get_selected (GTK_DROP_DOWN (dialog->cameras));
  const GArray *cameras = dialog->calibration->cameras;
  return index < cameras->len ? &g_array_index (cameras, DioCalibrationCamera, index) : NULL;
}

static const DioSensorProps *
get_sensor (Dialog *dialog)
{
  const DioNode *node =
      dio_scenario_find_node (dio_session_get_scenario (dialog->session), dialog->ids[0]);
  return node != NULL && node->kind == DIO_NODE_SENSOR ? &node->sensor : NULL;
}

static void
append_findings (GString *text, const DioDiagnostics *findings)
{
  for (guint i = 0; i < dio_diagnostics_get_count (findings); i++)
    g_string_append_printf (text, "\n%s", dio_diagnostics_get (findings, i)->message);
}

static void
show_camera (Dialog *dialog, const DioDiagnostics *findings)
{
  const DioCalibrationCamera *camera = get_camera (dialog);
  const DioSensorProps *sensor = get_sensor (dialog);
  gtk_widget_set_sensitive (dialog->apply, camera != NULL && sensor != NULL);
  if (camera == NULL || sensor == NULL)
    return;
  guint width = camera->width_px != 0 ? camera->width_px : sensor->width_px;
  guint height = camera->height_px != 0 ? camera->height_px : sensor->height_px;
  g_autofree char *angles = dio_inspector_dup_field_of_view (camera->fx, camera->fy, width, height);
  g_autoptr (GString) text = g_string_new (NULL);
  g_string_append_printf (text, "%s · %u × %u px · %s\n",
                          dio_calibration_format_to_name (dialog->calibration->format), width,
                          height, angles);
  g_string_append_printf (text, "fx %.3f   fy %.3f\ncx %.3f   cy %.3f", camera->fx, camera->fy,
                          camera->cx, camera->cy);
  double off_x = camera->cx - width / 2.0, off_y = camera->cy - height / 2.0;
  /* Translators: how far the principal point of a camera lies from the middle of the picture, in pixels */
  g_string_append_printf (text, _ ("\nPrincipal point %+.2f, %+.2f px from the middle"), off_x,
                          off_y);
  if (findings != NULL)
    append_findings (text, findings);
  gtk_label_set_text (GTK_LABEL (dialog->preview), text->str);
  gtk_widget_remove_css_class (dialog->preview, "error");
}

static void
show_cameras (Dialog *dialog)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  const GArray *cameras = dialog->calibration->cameras;
  for (guint i = 0; i < cameras->len; i++)
    gtk_string_list_append (names, g_array_index (cameras, DioCalibrationCamera, i).name);
  guint index = gtk_drop_down_get_selected (GTK_DROP_DOWN (dialog->cameras));
  gtk_drop_down_set_model (GTK_DROP_DOWN (dialog->cameras), G_LIST_MODEL (names));
  if (index < cameras->len)
    gtk_drop_down_set_selected (GTK_DROP_DOWN (dialog->cameras), index);
  gtk_widget_set_visible (dialog->cameras, cameras->len > 1);
}

static void
read_text (Dialog *dialog)
{
  GtkTextIter start, end;
  gtk_text_buffer_get_bounds (dialog->buffer, &start, &end);
  g_autofree char *text = gtk_text_buffer_get_text (dialog->buffer, &start, &end, FALSE);
  g_clear_pointer (&dialog->calibration, dio_calibration_free);
  if (g_strstrip (text)[0] == '\0') {
    gtk_label_set_text (GTK_LABEL (dialog->preview), "");
    gtk_widget_set_sensitive (dialog->apply, FALSE);
    gtk_widget_set_visible (dialog->cameras, FALSE);
    return;
  }
  g_autoptr (DioDiagnostics) findings = dio_diagnostics_new ();
  g_autoptr (GError) error = NULL;
  DioCalibrationCentres centres =
      (DioCalibrationCentres) gtk_drop_down_get_selected (GTK_DROP_DOWN (dialog->centres));
  dialog->calibration = dio_calibration_read (text, strlen (text), centres, findings, &error);
  dialog->showing = TRUE;
  if (dialog->calibration != NULL) {
    show_cameras (dialog);
    show_camera (dialog, findings);
  } else {
    gtk_label_set_text (GTK_LABEL (dialog->preview), error->message);
    gtk_widget_add_css_class (dialog->preview, "error");
    gtk_widget_set_sensitive (dialog->apply, FALSE);
    gtk_widget_set_visible (dialog->cameras, FALSE);
  }
  dialog->showing = FALSE;
}

static void
text_changed_cb (GtkTextBuffer *buffer, Dialog *dialog)
{
  read_text (dialog);
}

static void
centres_cb (GtkDropDown *drop_down, GParamSpec *pspec, Dialog *dialog)
{
  read_text (dialog);
}

static void
camera_cb (GtkDropDown *drop_down, GParamSpec *pspec, Dialog *dialog)
{
  if (!dialog->showing)
    show_camera (dialog, NULL);
}

/* -- Apply -- */

static DioScenario *
with_calibration (DioScenario *scenario,
                  const char *id,
                  const DioCalibrationCamera *camera,
                  GError **error)
{
  const DioNode *node = dio_scenario_find_node (scenario, id);
  g_autoptr (json_t) json = dio_node_to_json (node);
  json_t *sensor = json_object_get (json, "sensor");
  json_object_del (sensor, "focal_length_mm");
  json_object_del (sensor, "sensor_width_mm");
  g_autoptr (json_t) read = dio_calibration_camera_to_sensor (camera);
  json_object_update (sensor, read);
  return dio_scenario_with_node (scenario, json, error);
}

static void
apply_cb (GtkButton *button, Dialog *dialog)
{
  const DioCalibrationCamera *camera = get_camera (dialog);
  if (camera == NULL)
    return;
  g_autoptr (GError) error = NULL;
  DioScenario *edited = dio_scenario_ref (dio_session_get_scenario (dialog->session));
  for (guint i = 0; edited != NULL && dialog->ids[i] != NULL; i++) {
    const DioNode *node = dio_scenario_find_node (edited, dialog->ids[i]);
    if (node == NULL || node->kind != DIO_NODE_SENSOR)
      continue;
    DioScenario *next = with_calibration (edited, dialog->ids[i], camera, &error);
    dio_scenario_unref (edited);
    edited = next;
  }
  if (edited == NULL) {
    gtk_label_set_text (GTK_LABEL (dialog->preview), error->message);
    gtk_widget_add_css_class (dialog->preview, "error");
    return;
  }
  dio_session_commit (dialog->session, edited, _ ("Read Calibration"), NULL);
  gtk_window_destroy (GTK_WINDOW (dialog->window));
}

/* -- Files -- */

static void
contents_cb (GObject *source, GAsyncResult *result, gpointer user)
{
  g_autoptr (GtkWidget) window = user;
  Dialog *dialog = g_object_get_data (G_OBJECT (window), "dialog");
  g_autofree char *text = NULL;
  gsize length;
  g_autoptr (GError) error = NULL;
  if (!g_file_load_contents_finish (G_FILE (source), result, &text, &length, NULL, &error)) {
    gtk_label_set_text (GTK_LABEL (dialog->preview), error->message);
    gtk_widget_add_css_class (dialog->preview, "error");
  } else if (length > DIO_CALIBRATION_MAX_BYTES || !g_utf8_validate (text, (gssize) length, NULL)) {
    gtk_label_set_text (GTK_LABEL (dialog->preview), _ ("This file is not a calibration text"));
    gtk_widget_add_css_class (dialog->preview, "error");
  } else {
    gtk_text_buffer_set_text (dialog->buffer, text, (int) length);
  }
}

static void
file_cb (GtkNativeDialog *chooser, int response, GtkWidget *window)
{
  if (response == GTK_RESPONSE_ACCEPT) {
    g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
    g_file_load_contents_async (file, NULL, contents_cb, g_object_ref (window));
  }
  g_object_unref (chooser);
}

static void
open_cb (GtkButton *button, Dialog *dialog)
{
  GtkFileChooserNative *chooser =
      gtk_file_chooser_native_new (_ ("Open Calibration"), GTK_WINDOW (dialog->window),
                                   GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"), _ ("_Cancel"));
  g_signal_connect_object (chooser, "response", G_CALLBACK (file_cb), dialog->window, 0);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/* -- Widgets -- */

static GtkWidget *
create_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 50);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
create_centres (Dialog *dialog)
{
  const char *names[] = { _ ("As the format says"), _ ("At whole numbers (OpenCV, ROS)"),
                          _ ("At halves (COLMAP, Diorama)"), NULL };
  dialog->centres = gtk_drop_down_new_from_strings (names);
  gtk_accessible_update_property (GTK_ACCESSIBLE (dialog->centres), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Pixel centres"), -1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_box_append (GTK_BOX (box), create_label (_ ("Pixel centres"), "heading"));
  gtk_box_append (GTK_BOX (box), dialog->centres);
  gtk_box_append (
      GTK_BOX (box),
      create_label (
          _ ("Some tools call the middle of the first pixel 0, others 0.5. Taken wrongly, "
             "every box and mask is half a pixel off. Diorama counts from the picture's "
             "corner, so 0.5 is added where centres lie at whole numbers."),
          "dim-label"));
  return box;
}

static GtkWidget *
create_text (Dialog *dialog)
{
  dialog->text = gtk_text_view_new ();
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (dialog->text), TRUE);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (dialog->text), FALSE);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (dialog->text), 9);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (dialog->text), 9);
  gtk_accessible_update_property (GTK_ACCESSIBLE (dialog->text), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Calibration text"), -1);
  dialog->buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (dialog->text));
  GtkWidget *scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), dialog->text);
  gtk_scrolled_window_set_has_frame (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_widget_set_size_request (scroller, 400, 130);
  gtk_widget_set_vexpand (scroller, TRUE);
  return scroller;
}

static GtkWidget *
create_content (Dialog *dialog)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 18);
  gtk_box_append (
      GTK_BOX (box),
      create_label (_ ("Paste a camera matrix, or “fx fy cx cy”, or open an OpenCV YAML, "
                       "a ROS camera_info or a COLMAP cameras.txt."),
                    NULL));
  gtk_box_append (GTK_BOX (box), create_text (dialog));
  dialog->cameras = gtk_drop_down_new (NULL, NULL);
  gtk_widget_set_visible (dialog->cameras, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (dialog->cameras), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Camera of the file"), -1);
  gtk_box_append (GTK_BOX (box), dialog->cameras);
  gtk_box_append (GTK_BOX (box), create_centres (dialog));
  dialog->preview = create_label ("", "numeric");
  gtk_label_set_selectable (GTK_LABEL (dialog->preview), TRUE);
  gtk_box_append (GTK_BOX (box), dialog->preview);
  return box;
}

static void
cancel_cb (GtkButton *button, Dialog *dialog)
{
  gtk_window_destroy (GTK_WINDOW (dialog->window));
}

static GtkWidget *
create_header (Dialog *dialog)
{
  GtkWidget *header = adw_header_bar_new ();
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));
  GtkWidget *open = gtk_button_new_with_mnemonic (_ ("_Open…"));
  dialog->apply = gtk_button_new_with_mnemonic (_ ("_Apply"));
  gtk_widget_add_css_class (dialog->apply, "suggested-action");
  gtk_widget_set_sensitive (dialog->apply, FALSE);
  g_signal_connect (cancel, "clicked", G_CALLBACK (cancel_cb), dialog);
  g_signal_connect (open, "clicked", G_CALLBACK (open_cb), dialog);
  g_signal_connect (dialog->apply, "clicked", G_CALLBACK (apply_cb), dialog);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), dialog->apply);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), open);
  return header;
}

GtkWidget *
dio_inspector_calibration_new (DioSession *session, const char *const *ids)
{
  Dialog *dialog = g_new0 (Dialog, 1);
  dialog->session = g_object_ref (session);
  dialog->ids = g_strdupv ((char **) ids);
  dialog->window = adw_window_new ();
  dio_escape_add (dialog->window);
  g_object_set_data_full (G_OBJECT (dialog->window), "dialog", dialog, free_dialog);
  gtk_window_set_title (GTK_WINDOW (dialog->window), _ ("Read Calibration"));
  gtk_window_set_default_size (GTK_WINDOW (dialog->window), 480, 560);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (box), create_header (dialog));
  gtk_box_append (GTK_BOX (box), create_content (dialog));
  adw_window_set_content (ADW_WINDOW (dialog->window), box);
  g_signal_connect (dialog->buffer, "changed", G_CALLBACK (text_changed_cb), dialog);
  g_signal_connect (dialog->centres, "notify::selected", G_CALLBACK (centres_cb), dialog);
  g_signal_connect (dialog->cameras, "notify::selected", G_CALLBACK (camera_cb), dialog);
  return dialog->window;
}

void
dio_inspector_calibration_present (GtkWidget *widget, DioSession *session, const char *const *ids)
{
  GtkWidget *window = dio_inspector_calibration_new (session, ids);
  GtkRoot *root = gtk_widget_get_root (widget);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (root));
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_present (GTK_WINDOW (window));
}
