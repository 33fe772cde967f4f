#define G_LOG_DOMAIN "dio-inspector"

/* Position, angles and scale: three number fields that mean one property in a chosen space. */

#include "dio-inspector-row-private.h"

#include "dio-inspector-drawn-private.h"
#include "dio-number-field.h"
#include "dio-scene-edit.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* What was typed last about one rotation. Many triples of angles are the same rotation; the user keeps seeing the ones that he typed. */
typedef struct {
  DioInspectorEdit edit;
  GtkWidget *linked; /**< of scale: a toggle */
  gboolean has_typed;
  DioQuat typed_q;
  DioInspectorSpace typed_space;
  double typed_rad[3];
} Pose;

static Pose *
get_pose (DioInspectorRow *row)
{
  return g_object_get_data (G_OBJECT (row), "pose");
}

static const char *const *
get_ids (DioInspectorRow *row)
{
  return dio_selection_get_ids (dio_session_get_selection (dio_inspector_row_get_session (row)));
}

static DioScenario *
get_scenario (DioInspectorRow *row)
{
  return dio_session_get_scenario (dio_inspector_row_get_session (row));
}

static void
get_numbers (DioInspectorRow *row, const DioNode *node, double out[static 3])
{
  const Pose *pose = get_pose (row);
  DioInspectorSpace space = dio_inspector_row_get_space (row);
  if (pose->edit == DIO_INSPECTOR_EDIT_POSITION) {
    dio_inspector_get_position (get_scenario (row), node, space, out);
  } else if (pose->edit == DIO_INSPECTOR_EDIT_ANGLES) {
    dio_inspector_get_angles (get_scenario (row), node, space, out);
  } else {
    out[0] = node->parent_from_node.scale.x;
    out[1] = node->parent_from_node.scale.y;
    out[2] = node->parent_from_node.scale.z;
  }
}

static gboolean
is_same_turn (DioQuat a, DioQuat b)
{
  double dot = a.w * b.w + a.x * b.x + a.y * b.y + a.z * b.z;
  return fabs (dot) > 1 - 1e-12;
}

/* In Frame view: what the frame has. In world space only of what has no parent, for a parent may be drawn too. */
static gboolean
find_drawn (DioInspectorRow *row, double out[static 3])
{
  DioSession *session = dio_inspector_row_get_session (row);
  const char *active = dio_selection_get_active (dio_session_get_selection (session));
  const DioNode *node = dio_scenario_find_node (get_scenario (row), active);
  DioPropertyValue value;
  if (node == NULL || !dio_inspector_row_is_drawn (row)
      || (dio_inspector_row_get_space (row) == DIO_INSPECTOR_WORLD && node->parent != NULL)
      || !dio_inspector_get_drawn (session, active, dio_inspector_row_get_path (row), &value))
    return FALSE;
  const double *n = value.number;
  if (get_pose (row)->edit == DIO_INSPECTOR_EDIT_ANGLES)
    dio_inspector_angles_from_quat ((DioQuat){ n[0], n[1], n[2], n[3] }, out);
  else
    memcpy (out, n, 3 * sizeof (double));
  return TRUE;
}

static void
show_pose (DioInspectorRow *row, const DioInspectorValue *value)
{
  const Pose *pose = get_pose (row);
  const char *const *ids = get_ids (row);
  double shown[3] = { 0 };
  guint mixed = 0;
  const DioNode *node = NULL;
  for (guint i = 0; ids[i] != NULL; i++) {
    double numbers[3];
    node = dio_scenario_find_node (get_scenario (row), ids[i]);
    get_numbers (row, node, numbers);
    for (guint c = 0; c < 3; c++) {
      if (i > 0 && fabs (numbers[c] - shown[c]) > 1e-9)
        mixed |= 1u << c;
      shown[c] = numbers[c];
    }
  }
  gboolean typed = pose->edit == DIO_INSPECTOR_EDIT_ANGLES && pose->has_typed && node != NULL
                   && pose->typed_space == dio_inspector_row_get_space (row)
                   && is_same_turn (pose->typed_q, node->parent_from_node.q_wxyz);
  gboolean drawn = find_drawn (row, shown);
  typed = typed && !drawn;
  mixed = drawn ? 0 : mixed;
  for (guint c = 0; c < 3; c++) {
    DioNumberField *field = DIO_NUMBER_FIELD (dio_inspector_row_get_fields (row)[c]);
    dio_number_field_set_drawn (field, drawn);
    double number = typed ? pose->typed_rad[c] : shown[c];
    if (!(fabs (dio_number_field_get_value (field) - number) < 1e-13)
        || dio_number_field_get_mixed (field))
      dio_number_field_set_value (field, number);
    dio_number_field_set_mixed (field, (mixed & (1u << c)) != 0);
  }
}

/* Proportions of each node stay; what is 0 has none and follows the value. */
static DioScenario *
scale_linked (
    DioScenario *scenario, const char *const *ids, guint index, double value, GError **error)
{
  g_autoptr (DioScenario) edited = dio_scenario_ref (scenario);
  for (guint i = 0; ids[i] != NULL; i++) {
    DioVec3 s = dio_scenario_find_node (edited, ids[i])->parent_from_node.scale;
    double numbers[3] = { s.x, s.y, s.z };
    double old = numbers[index];
    for (guint c = 0; c < 3; c++)
      numbers[c] = c == index || old == 0 ? value : numbers[c] / old * value;
    DioScenario *next = dio_inspector_with_vector (edited, ids[i], "scale", numbers, 3, error);
    if (next == NULL)
      return NULL;
    dio_scenario_unref (edited);
    edited = next;
  }
  return g_steal_pointer (&edited);
}

/* Of one node all three angles are those of the fields, which may be typed ones. */
static DioScenario *
turn_one (DioInspectorRow *row, const char *id, guint index, double value, GError **error)
{
  Pose *pose = get_pose (row);
  double angles[3];
  for (guint c = 0; c < 3; c++)
    angles[c] =
        dio_number_field_get_value (DIO_NUMBER_FIELD (dio_inspector_row_get_fields (row)[c]));
  angles[index] = value;
  DioInspectorSpace space = dio_inspector_row_get_space (row);
  DioScenario *next = dio_inspector_with_angles (get_scenario (row), id, space, angles, error);
  pose->has_typed = next != NULL;
  if (next == NULL)
    return NULL;
  memcpy (pose->typed_rad, angles, sizeof angles);
  pose->typed_space = space;
  pose->typed_q = dio_scenario_find_node (next, id)->parent_from_node.q_wxyz;
  return next;
}

static DioScenario *
edit (DioInspectorRow *row, guint index, double value, GError **error)
{
  const Pose *pose = get_pose (row);
  DioScenario *scenario = get_scenario (row);
  const char *const *ids = get_ids (row);
  if (pose->edit == DIO_INSPECTOR_EDIT_POSITION)
    return dio_inspector_with_position (scenario, ids, dio_inspector_row_get_space (row), index,
                                        value, error);
  if (pose->edit == DIO_INSPECTOR_EDIT_ANGLES)
    return ids[1] == NULL
               ? turn_one (row, ids[0], index, value, error)
               : dio_inspector_with_angle (scenario, ids, dio_inspector_row_get_space (row), index,
                                           value, error);
  if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (pose->linked)))
    return scale_linked (scenario, ids, index, value, error);
  return dio_inspector_with_component (scenario, ids, "scale", index, value, error);
}

static void
changed_cb (DioNumberField *field, double value, DioInspectorRow *row)
{
  if (dio_inspector_row_is_showing (row) || get_ids (row)[0] == NULL)
    return;
  g_autoptr (GError) error = NULL;
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (field), "index"));
  DioScenario *next = edit (row, index, value, &error);
  dio_inspector_row_commit_scenario (row, next, error, TRUE);
}

static void
committed_cb (DioNumberField *field, double value, DioInspectorRow *row)
{
  dio_inspector_row_end (row);
}

static void
reset_cb (DioNumberField *field, DioInspectorRow *row)
{
  changed_cb (field, dio_inspector_row_get_info (row)->default_value, row);
  dio_inspector_row_end (row);
}

static GtkWidget *
create_link (void)
{
  GtkWidget *link = gtk_toggle_button_new ();
  gtk_button_set_icon_name (GTK_BUTTON (link), "changes-prevent-symbolic");
  gtk_widget_add_css_class (link, "flat");
  gtk_widget_set_tooltip_text (link, _ ("Keep Proportions"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (link), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Keep Proportions"), -1);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (link), TRUE);
  return link;
}

void
dio_inspector_row_add_pose (DioInspectorRow *row, DioInspectorEdit edit_kind)
{
  static const char *const axes[] = { "X", "Y", "Z" };
  static const char *const units[] = { "m", "rad", "" };
  Pose *pose = g_new0 (Pose, 1);
  pose->edit = edit_kind;
  g_object_set_data_full (G_OBJECT (row), "pose", pose, g_free);
  const char *label = dio_inspector_row_get_label (row);

  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *title = gtk_label_new (label);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (header), title);
  if (edit_kind == DIO_INSPECTOR_EDIT_SCALE) {
    pose->linked = create_link ();
    gtk_box_append (GTK_BOX (header), pose->linked);
  }
  dio_inspector_row_take_dice (row, header);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_box_set_homogeneous (GTK_BOX (line), TRUE);
  for (guint i = 0; i < 3; i++) {
    g_autofree char *spoken = g_strdup_printf ("%s %s", label, axes[i]);
    GtkWidget *field =
        dio_number_field_new (spoken, units[edit_kind - DIO_INSPECTOR_EDIT_POSITION]);
    dio_number_field_set_short_label (DIO_NUMBER_FIELD (field), axes[i]);
    g_object_set_data (G_OBJECT (field), "index", GUINT_TO_POINTER (i));
    g_signal_connect_object (field, "changed", G_CALLBACK (changed_cb), row, 0);
    g_signal_connect_object (field, "committed", G_CALLBACK (committed_cb), row, 0);
    g_signal_connect_object (field, "reset", G_CALLBACK (reset_cb), row, 0);
    dio_inspector_row_get_fields (row)[i] = field;
    gtk_box_append (GTK_BOX (line), field);
  }
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), line);
  dio_inspector_row_set_editor (row, box, dio_inspector_row_get_fields (row)[0], TRUE, show_pose);
}
