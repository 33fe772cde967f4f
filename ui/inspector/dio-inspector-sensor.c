#define G_LOG_DOMAIN "dio-inspector"

#include "dio-inspector-sensor-private.h"

#include "dio-base-json.h"
#include "dio-core-math.h"
#include "dio-scene-edit.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static const struct {
  guint width_px, height_px;
} sizes[] = {
  { 640, 480 },   { 800, 600 },   { 1280, 720 }, { 1280, 960 }, { 1920, 1080 }, { 1920, 1200 },
  { 2448, 2048 }, { 3840, 2160 }, { 512, 512 },  { 640, 640 },  { 1024, 1024 },
};

struct _DioInspectorSensor {
  GtkBox parent;
  DioSession *session;
  GtkWidget *group, *presets, *lens, *matrix, *view, *rows, *picture, *effects;
  gboolean showing;
};

G_DEFINE_FINAL_TYPE (DioInspectorSensor, dio_inspector_sensor, GTK_TYPE_BOX)

static const char *const *
get_ids (DioInspectorSensor *self)
{
  return dio_selection_get_ids (dio_session_get_selection (self->session));
}

static const DioNode *
get_active (DioInspectorSensor *self)
{
  const char *id = dio_selection_get_active (dio_session_get_selection (self->session));
  return dio_scenario_find_node (dio_session_get_scenario (self->session), id);
}

char *
dio_inspector_dup_field_of_view (double fx, double fy, double width_px, double height_px)
{
  double across = 2 * atan (width_px / (2 * fx)), down = 2 * atan (height_px / (2 * fy));
  return g_strdup_printf ("%.1f° × %.1f°", across * 180 / DIO_PI, down * 180 / DIO_PI);
}

static void
take_result (DioInspectorSensor *self, DioScenario *next, const char *name, const GError *error)
{
  if (next == NULL)
    dio_session_report (self->session, DIO_SEVERITY_WARNING, _ ("The sensor was not changed"),
                        error, NULL, NULL);
  else
    dio_session_commit (self->session, next, name, NULL);
}

/* K belongs to a size: where K is in force it is scaled along, so that the field of view stays. */
static DioScenario *
with_size (DioScenario *scenario, const char *id, guint width_px, guint height_px, GError **error)
{
  const DioNode *node = dio_scenario_find_node (scenario, id);
  g_autoptr (json_t) json = dio_node_to_json (node);
  json_t *sensor = json_object_get (json, "sensor");
  const DioSensorProps *old = &node->sensor;
  if (old->has_k) {
    double sx = (double) width_px / old->width_px, sy = (double) height_px / old->height_px;
    json_object_set_new (sensor, "fx", json_real (old->fx * sx));
    json_object_set_new (sensor, "fy", json_real (old->fy * sy));
    json_object_set_new (sensor, "cx", json_real (old->cx * sx));
    json_object_set_new (sensor, "cy", json_real (old->cy * sy));
  }
  json_object_set_new (sensor, "width", json_integer (width_px));
  json_object_set_new (sensor, "height", json_integer (height_px));
  return dio_scenario_with_node (scenario, json, error);
}

static void
preset_cb (GtkDropDown *drop_down, GParamSpec *pspec, DioInspectorSensor *self)
{
  guint index = gtk_drop_down_get_selected (drop_down);
  if (self->showing || index >= G_N_ELEMENTS (sizes))
    return;
  const char *const *ids = get_ids (self);
  g_autoptr (GError) error = NULL;
  DioScenario *edited = dio_scenario_ref (dio_session_get_scenario (self->session));
  for (guint i = 0; edited != NULL && ids[i] != NULL; i++) {
    DioScenario *next =
        with_size (edited, ids[i], sizes[index].width_px, sizes[index].height_px, &error);
    dio_scenario_unref (edited);
    edited = next;
  }
  take_result (self, edited, _ ("Change Picture Size"), error);
}

/* Setting any number of the other form puts it in force, from what was in force. */
static void
form_cb (GtkToggleButton *button, DioInspectorSensor *self)
{
  if (self->showing || !gtk_toggle_button_get_active (button))
    return;
  gboolean matrix = GTK_WIDGET (button) == self->matrix;
  const char *path = matrix ? "sensor/fx" : "sensor/focal_length_mm";
  const char *const *ids = get_ids (self);
  g_autoptr (GError) error = NULL;
  DioScenario *edited = dio_scenario_ref (dio_session_get_scenario (self->session));
  for (guint i = 0; edited != NULL && ids[i] != NULL; i++) {
    const char *one[] = { ids[i], NULL };
    DioPropertyValue value;
    const DioNode *node = dio_scenario_find_node (edited, ids[i]);
    if (node->sensor.has_k == matrix || !dio_node_get_property (node, path, &value, NULL))
      continue;
    g_autoptr (json_t) json = json_real (value.number[0]);
    DioScenario *next = dio_scenario_with_properties (edited, one, path, json, &error);
    dio_scenario_unref (edited);
    edited = next;
  }
  take_result (self, edited, matrix ? _ ("Use Camera Matrix") : _ ("Use Lens"), error);
}

static void
calibration_cb (GtkButton *button, DioInspectorSensor *self)
{
  dio_inspector_calibration_present (GTK_WIDGET (button), self->session, get_ids (self));
}

static void
show (DioInspectorSensor *self, const DioSensorProps *sensor)
{
  guint index = GTK_INVALID_LIST_POSITION;
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    if (sizes[i].width_px == sensor->width_px && sizes[i].height_px == sensor->height_px)
      index = i;
  }
  double fx = sensor->fx, fy = sensor->fy;
  if (!sensor->has_k)
    fx = fy = sensor->focal_length_mm / sensor->sensor_width_mm * sensor->width_px;
  g_autofree char *angles =
      dio_inspector_dup_field_of_view (fx, fy, sensor->width_px, sensor->height_px);
  self->showing = TRUE;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->presets), index);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (sensor->has_k ? self->matrix : self->lens),
                                TRUE);
  /* Translators: the field of view of a camera: "63.4° × 38.2°" */
  g_autofree char *text = g_strdup_printf (_ ("Sees %s"), angles);
  gtk_label_set_text (GTK_LABEL (self->view), text);
  self->showing = FALSE;
}

void
dio_inspector_sensor_refresh (DioInspectorSensor *self)
{
  DioScenario *scenario = dio_session_get_scenario (self->session);
  const char *const *ids = get_ids (self);
  gboolean sensors = ids[0] != NULL;
  for (guint i = 0; sensors && ids[i] != NULL; i++) {
    const DioNode *node = dio_scenario_find_node (scenario, ids[i]);
    sensors = node != NULL && node->kind == DIO_NODE_SENSOR;
  }
  gtk_widget_set_visible (GTK_WIDGET (self), sensors);
  if (!sensors)
    return;
  show (self, &get_active (self)->sensor);
  dio_inspector_group_apply (DIO_INSPECTOR_GROUP (self->rows), scenario, ids);
  dio_inspector_group_refresh (DIO_INSPECTOR_GROUP (self->rows));
  dio_inspector_group_refresh (DIO_INSPECTOR_GROUP (self->group));
  dio_inspector_group_refresh (DIO_INSPECTOR_GROUP (self->picture));
  dio_inspector_group_refresh (DIO_INSPECTOR_GROUP (self->effects));
}

static void
dio_inspector_sensor_dispose (GObject *object)
{
  DioInspectorSensor *self = DIO_INSPECTOR_SENSOR (object);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (dio_inspector_sensor_parent_class)->dispose (object);
}

static void
dio_inspector_sensor_class_init (DioInspectorSensorClass *class)
{
  G_OBJECT_CLASS (class)->dispose = dio_inspector_sensor_dispose;
}

static GtkWidget *
create_presets (DioInspectorSensor *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autofree char *name = g_strdup_printf ("%u × %u", sizes[i].width_px, sizes[i].height_px);
    gtk_string_list_append (names, name);
  }
  GtkWidget *presets = gtk_drop_down_new (g_object_ref (G_LIST_MODEL (names)), NULL);
  gtk_widget_set_tooltip_text (presets, _ ("Picture Size"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (presets), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Picture Size"), -1);
  g_signal_connect_object (presets, "notify::selected", G_CALLBACK (preset_cb), self, 0);
  gtk_widget_set_hexpand (presets, TRUE);
  return presets;
}

static GtkWidget *
create_forms (DioInspectorSensor *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (box, "linked");
  self->lens = gtk_toggle_button_new_with_label (_ ("Lens"));
  self->matrix = gtk_toggle_button_new_with_label (_ ("Matrix"));
  gtk_widget_set_tooltip_text (self->lens, _ ("Focal length and width of the sensor"));
  gtk_widget_set_tooltip_text (self->matrix, _ ("Focal lengths and principal point in pixels"));
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (self->matrix), GTK_TOGGLE_BUTTON (self->lens));
  g_signal_connect_object (self->lens, "toggled", G_CALLBACK (form_cb), self, 0);
  g_signal_connect_object (self->matrix, "toggled", G_CALLBACK (form_cb), self, 0);
  gtk_box_append (GTK_BOX (box), self->lens);
  gtk_box_append (GTK_BOX (box), self->matrix);
  return box;
}

static void
dio_inspector_sensor_init (DioInspectorSensor *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  self->group = dio_inspector_group_new (_ ("Sensor"));
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->presets = create_presets (self);
  gtk_box_append (GTK_BOX (line), self->presets);
  gtk_box_append (GTK_BOX (line), create_forms (self));
  self->rows = dio_inspector_group_new (NULL);
  self->view = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->view), 0);
  gtk_widget_add_css_class (self->view, "dim-label");
  gtk_widget_add_css_class (self->view, "caption");
  gtk_widget_add_css_class (self->view, "numeric");
  GtkWidget *calibration = gtk_button_new_with_mnemonic (_ ("Read _Calibration…"));
  g_signal_connect_object (calibration, "clicked", G_CALLBACK (calibration_cb), self, 0);
  dio_inspector_group_add (DIO_INSPECTOR_GROUP (self->group), line);
  dio_inspector_group_add (DIO_INSPECTOR_GROUP (self->group), self->rows);
  dio_inspector_group_add (DIO_INSPECTOR_GROUP (self->group), self->view);
  dio_inspector_group_add (DIO_INSPECTOR_GROUP (self->group), calibration);
  self->picture = dio_inspector_group_new (_ ("Picture"));
  gtk_box_append (GTK_BOX (self), self->group);
  self->effects = dio_inspector_group_new (_ ("Effects"));
  gtk_box_append (GTK_BOX (self), self->picture);
  gtk_box_append (GTK_BOX (self), self->effects);
}

GtkWidget *
dio_inspector_sensor_new (DioSession *session)
{
  DioInspectorSensor *self = g_object_new (DIO_TYPE_INSPECTOR_SENSOR, NULL);
  self->session = g_object_ref (session);
  dio_inspector_group_add_rows (DIO_INSPECTOR_GROUP (self->rows), session,
                                DIO_INSPECTOR_ROWS_SENSOR, NULL);
  dio_inspector_group_add_rows (DIO_INSPECTOR_GROUP (self->picture), session,
                                DIO_INSPECTOR_ROWS_PICTURE, NULL);
  dio_inspector_group_add_rows (DIO_INSPECTOR_GROUP (self->effects), session,
                                DIO_INSPECTOR_ROWS_EFFECTS, NULL);
  return GTK_WIDGET (self);
}
