/* The inspector on the example scenario: values are shown, edited, undone; dice bind; several objects at once; calibration. */

#include "dio-base-json.h"
#include "dio-core-pose.h"
#include "dio-edit-bind.h"
#include "dio-harness.h"
#include "dio-inspector-panel.h"
#include "dio-number-field.h"
#include "dio-scene-edit.h"
#include "dio-scene-property.h"
#include "dio-scene-randomizer.h"
#include "dio-session-models.h"

#include <math.h>

static DioSession *
new_session (const char *name)
{
  g_autofree char *data = dio_harness_dup_temp (name);
  DioSession *session = dio_session_new (g_getenv ("DIORAMA_ENGINE"), data);
  g_autofree char *path =
      g_build_filename (g_getenv ("DIORAMA_DATA_DIR"), "scenarios", "tabletop.diorama", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (DioScenario) scenario = dio_scenario_load (path, NULL, &error);
  g_assert_no_error (error);
  dio_session_new_document (session, scenario);
  return session;
}

static gboolean
has_result_cb (gpointer user)
{
  return dio_session_get_result (user) != NULL;
}

static void
select_ids (DioSession *session, const char *const *ids)
{
  dio_selection_set (dio_session_get_selection (session), ids);
  dio_harness_run (60);
}

static void
select_one (DioSession *session, const char *id)
{
  select_ids (session, (const char *[]){ id, NULL });
}

static DioNumberField *
find_field (GtkWidget *root, const char *label)
{
  g_autoptr (GPtrArray) fields = dio_harness_list_type (root, DIO_TYPE_NUMBER_FIELD);
  for (guint i = 0; i < fields->len; i++) {
    GtkWidget *field = g_ptr_array_index (fields, i);
    g_autofree char *text = NULL;
    g_object_get (field, "label", &text, NULL);
    if (g_strcmp0 (text, label) == 0 && gtk_widget_get_mapped (field))
      return DIO_NUMBER_FIELD (field);
  }
  return NULL;
}

/* As the user's typing of a number. */
static void
enter (DioNumberField *field, double value)
{
  g_assert_nonnull (field);
  g_signal_emit_by_name (field, "changed", value);
  g_signal_emit_by_name (field, "committed", value);
  dio_harness_run (60);
}

static const DioNode *
get_node (DioSession *session, const char *id)
{
  return dio_scenario_find_node (dio_session_get_scenario (session), id);
}

static void
test_numbers_are_edited_and_undone (void)
{
  DioSession *session = new_session ("numbers");
  GtkWidget *panel = dio_inspector_panel_new (session);
  GtkWindow *window = dio_harness_show (panel, 320, 900);
  select_one (session, "mug_2");
  DioNumberField *height = find_field (panel, "Height");
  g_assert_nonnull (height);
  g_assert_cmpfloat (dio_number_field_get_value (height), ==, 0.12);

  enter (height, 0.1);
  const double *given =
      g_hash_table_lookup (get_node (session, "mug_2")->model.parameters, "height_m");
  g_assert_cmpfloat (*given, ==, 0.1);
  g_assert_cmpfloat (dio_number_field_get_value (height), ==, 0.1);
  dio_session_undo (session);
  dio_harness_run (60);
  g_assert_cmpfloat (dio_number_field_get_value (height), ==, 0.12);

  enter (find_field (panel, "Position Z"), 1.5);
  g_assert_cmpfloat (get_node (session, "mug_2")->parent_from_node.translation_m.z, ==, 1.5);
  g_assert_cmpfloat (get_node (session, "mug_2")->parent_from_node.translation_m.x, ==, 0);
  dio_session_undo (session);
  g_assert_cmpfloat (get_node (session, "mug_2")->parent_from_node.translation_m.z, ==, 0.74);
  gboolean can_undo;
  g_object_get (session, "can-undo", &can_undo, NULL);
  g_assert_false (can_undo);
  dio_harness_destroy (window);
  dio_harness_assert_gone (session);
}

static void
test_angles_stay_as_typed (void)
{
  DioSession *session = new_session ("angles");
  GtkWidget *panel = dio_inspector_panel_new (session);
  GtkWindow *window = dio_harness_show (panel, 320, 900);
  select_one (session, "table");
  double pitch = 120 * G_PI / 180;
  enter (find_field (panel, "Rotation Y"), pitch);
  g_assert_cmpfloat_with_epsilon (dio_number_field_get_value (find_field (panel, "Rotation Y")),
                                  pitch, 1e-9);
  DioQuat q = get_node (session, "table")->parent_from_node.q_wxyz;
  DioQuat wanted = dio_quat_from_yaw_pitch_roll (0, pitch, 0);
  double dot = q.w * wanted.w + q.x * wanted.x + q.y * wanted.y + q.z * wanted.z;
  g_assert_cmpfloat (fabs (dot), >, 1 - 1e-12);
  dio_session_undo (session);
  dio_harness_run (60);
  g_assert_cmpfloat_with_epsilon (dio_number_field_get_value (find_field (panel, "Rotation Y")), 0,
                                  1e-9);
  dio_harness_destroy (window);
  dio_harness_assert_gone (session);
}

static void
test_several_objects_are_one_step (void)
{
  DioSession *session = new_session ("several");
  GtkWidget *panel = dio_inspector_panel_new (session);
  GtkWindow *window = dio_harness_show (panel, 320, 900);
  select_ids (session, (const char *[]){ "mug_1", "mug_2", NULL });
  DioNumberField *height = find_field (panel, "Height");
  g_assert_true (dio_number_field_get_mixed (height));
  /* Each its own value, ten per cent more. */
  gboolean handled = FALSE;
  double before = 0.12;
  g_signal_emit_by_name (height, "entered", "+=10%", &handled);
  g_assert_true (handled);
  const double *after =
      g_hash_table_lookup (get_node (session, "mug_2")->model.parameters, "height_m");
  g_assert_cmpfloat_with_epsilon (*after, before * 1.1, 1e-12);
  g_assert_nonnull (
      g_hash_table_lookup (get_node (session, "mug_1")->model.parameters, "height_m"));
  dio_session_undo (session);
  g_assert_null (g_hash_table_lookup (get_node (session, "mug_1")->model.parameters, "height_m"));
  enter (height, 0.09);
  g_assert_false (dio_number_field_get_mixed (height));

  /* What only one of them has is not there. */
  select_ids (session, (const char *[]){ "mug_1", "lamp", NULL });
  g_assert_null (find_field (panel, "Height"));
  g_assert_nonnull (find_field (panel, "Position X"));
  dio_harness_destroy (window);
  dio_harness_assert_gone (session);
}

static guint
count_errors (GtkWidget *panel)
{
  g_autoptr (GPtrArray) labels = dio_harness_list_type (panel, GTK_TYPE_LABEL);
  guint n = 0;
  for (guint i = 0; i < labels->len; i++) {
    GtkWidget *label = g_ptr_array_index (labels, i);
    n += gtk_widget_has_css_class (label, "error") && gtk_widget_get_mapped (label);
  }
  return n;
}

static void
test_errors_stand_at_the_field (void)
{
  DioSession *session = new_session ("errors");
  GtkWidget *panel = dio_inspector_panel_new (session);
  GtkWindow *window = dio_harness_show (panel, 320, 900);
  select_one (session, "camera");
  DioNumberField *near = find_field (panel, "Near");
  enter (near, 50);
  g_assert_cmpfloat (get_node (session, "camera")->sensor.near_m, ==, 0.05);
  g_assert_cmpuint (count_errors (panel), ==, 1);
  g_assert_cmpfloat (dio_number_field_get_value (near), ==, 0.05);
  dio_harness_destroy (window);
  dio_harness_assert_gone (session);
}

static void
test_dice_bind_and_fix (void)
{
  DioSession *session = new_session ("dice");
  GtkWidget *panel = dio_inspector_panel_new (session);
  GtkWindow *window = dio_harness_show (panel, 320, 900);
  g_assert_true (dio_harness_wait (has_result_cb, session, 60000));
  guint before = dio_session_get_scenario (session)->randomizers->len;
  select_one (session, "camera");
  g_signal_emit_by_name (find_field (panel, "Near"), "dice");
  g_assert_cmpuint (dio_session_get_scenario (session)->randomizers->len, ==, before);
  select_one (session, "table");
  g_signal_emit_by_name (find_field (panel, "Height"), "dice");
  dio_harness_run (60);
  g_assert_cmpuint (dio_session_get_scenario (session)->randomizers->len, ==, before + 1);
  g_auto (GStrv) bound =
      dio_edit_list_bindings (dio_session_get_scenario (session), "table", "parameters/height_m");
  g_assert_cmpuint (g_strv_length (bound), ==, 1);
  dio_harness_run (250);
  dio_harness_snapshot (panel, "inspector-dice");
  dio_session_undo (session);
  g_assert_cmpuint (dio_session_get_scenario (session)->randomizers->len, ==, before);
  dio_harness_destroy (window);
  dio_harness_assert_gone (session);
}

/* Effects of a sensor are rows like others; the dice of one that is off starts with a usual range. */
static void
test_effects (void)
{
  DioSession *session = new_session ("effects");
  GtkWidget *panel = dio_inspector_panel_new (session);
  GtkWindow *window = dio_harness_show (panel, 320, 1500);
  select_one (session, "camera");
  enter (find_field (panel, "Defocus"), 4);
  g_assert_cmpfloat (get_node (session, "camera")->sensor.effects.defocus_px, ==, 4);
  enter (find_field (panel, "JPEG quality"), 101);
  g_assert_cmpint (get_node (session, "camera")->sensor.effects.jpeg_quality, ==, 0);
  g_signal_emit_by_name (find_field (panel, "White balance"), "dice");
  dio_harness_run (60);
  const GPtrArray *randomizers = dio_session_get_scenario (session)->randomizers;
  const DioRandomizer *last = randomizers->pdata[randomizers->len - 1];
  const DioDistribution *value = dio_randomizer_get_distribution (last, "value");
  g_assert_nonnull (value);
  g_assert_cmpfloat (value->min, ==, 4500);
  g_assert_cmpfloat (value->max, ==, 8000);
  dio_harness_run (250);
  dio_harness_snapshot (panel, "inspector-effects");
  dio_harness_destroy (window);
  dio_harness_assert_gone (session);
}

static gboolean
is_drawn_cb (gpointer user)
{
  const DioPreviewResult *result = dio_session_get_result (user);
  return result != NULL && result->resolved != NULL && !result->base;
}

static gboolean
shows_height_cb (gpointer field)
{
  return fabs (dio_number_field_get_value (field) - 0.3) < 1e-6;
}

static double
get_range_end (DioSession *session, const char *randomizer)
{
  return dio_randomizer_get_distribution (
             dio_scenario_find_randomizer (dio_session_get_scenario (session), randomizer), "value")
      ->max;
}

static void
test_a_drawn_value_is_fixed (void)
{
  DioSession *session = new_session ("fix");
  GtkWidget *panel = dio_inspector_panel_new (session);
  GtkWindow *window = dio_harness_show (panel, 320, 900);
  dio_session_set_frame_view (session, TRUE);
  dio_session_set_frame (session, 3);
  g_assert_true (dio_harness_wait (is_drawn_cb, session, 60000));
  select_one (session, "box_1");
  GtkWidget *drawn = dio_harness_find_label (panel, "drawn by box_height");
  g_assert_nonnull (drawn);
  dio_harness_run (250);
  dio_harness_snapshot (panel, "inspector-drawn");
  /* The field shows the frame's value; what is entered shifts the range to where the frame has it, and nothing else. */
  DioNumberField *field = find_field (panel, "Height");
  double shown = dio_number_field_get_value (field);
  g_assert_cmpfloat (shown, !=, 0.27);
  enter (field, 0.3);
  const double *kept =
      g_hash_table_lookup (get_node (session, "box_1")->model.parameters, "height_m");
  g_assert_cmpfloat (*kept, ==, 0.27);
  g_assert_cmpuint (count_errors (panel), ==, 0);
  g_assert_true (dio_harness_wait (shows_height_cb, field, 60000));
  g_assert_cmpfloat_with_epsilon (get_range_end (session, "box_height"), 0.32 + 0.3 - shown, 1e-9);
  dio_session_undo (session);
  g_assert_cmpfloat (get_range_end (session, "box_height"), ==, 0.32);
  /* In Base it is the document's. */
  dio_session_set_frame_view (session, FALSE);
  dio_harness_run (60);
  g_assert_cmpfloat (dio_number_field_get_value (field), ==, 0.27);
  dio_session_set_frame_view (session, TRUE);
  g_assert_true (dio_harness_wait (is_drawn_cb, session, 60000));
  dio_harness_run (60);
  g_assert_true (gtk_widget_activate_action (drawn, "drawn.fix", NULL));
  g_auto (GStrv) bound =
      dio_edit_list_bindings (dio_session_get_scenario (session), "box_1", "parameters/height_m");
  g_assert_cmpuint (g_strv_length (bound), ==, 0);
  const double *height =
      g_hash_table_lookup (get_node (session, "box_1")->model.parameters, "height_m");
  g_assert_cmpfloat (*height, >=, 0.2);
  g_assert_cmpfloat (*height, <=, 0.32);
  g_assert_cmpfloat (*height, !=, 0.27);
  dio_session_undo (session);
  g_auto (GStrv) again =
      dio_edit_list_bindings (dio_session_get_scenario (session), "box_1", "parameters/height_m");
  g_assert_cmpuint (g_strv_length (again), ==, 1);
  dio_harness_destroy (window);
  dio_harness_assert_gone (session);
}

static GtkGesture *
find_range_gesture (GtkWidget *field)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (field);
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
    if (g_strcmp0 (gtk_event_controller_get_name (controller), "range") == 0)
      return GTK_GESTURE (controller);
  }
  g_error ("the field has no range to drag");
}

/* The upper end of a drawn number is dragged in its field: it alone moves, by the share of the width, in one step. */
static void
test_ends_are_dragged (void)
{
  DioSession *session = new_session ("ends");
  GtkWidget *panel = dio_inspector_panel_new (session);
  GtkWindow *window = dio_harness_show (panel, 320, 900);
  select_one (session, "box_1");
  DioNumberField *field = find_field (panel, "Height");
  graphene_rect_t area;
  double min, max;
  g_assert_true (dio_number_field_get_sparkline (field, &area, &min, &max));
  g_assert_cmpfloat (max, ==, get_range_end (session, "box_height"));
  DioScenario *before = dio_session_get_scenario (session);
  GtkGesture *gesture = find_range_gesture (GTK_WIDGET (field));
  double right = area.origin.x + area.size.width - 1, y = area.origin.y + 4;
  g_signal_emit_by_name (gesture, "drag-begin", right, y);
  for (double part = 0.1; part < 0.55; part += 0.1)
    g_signal_emit_by_name (gesture, "drag-update", part * area.size.width, 0.0);
  g_signal_emit_by_name (gesture, "drag-end", 0.5 * area.size.width, 0.0);
  g_assert_cmpfloat_with_epsilon (get_range_end (session, "box_height"), max + (max - min) * 0.5,
                                  1e-9);
  dio_harness_run (60);
  double new_min, new_max;
  g_assert_true (dio_number_field_get_sparkline (field, &area, &new_min, &new_max));
  g_assert_cmpfloat (new_min, ==, min);
  dio_session_undo (session);
  g_assert_true (dio_session_get_scenario (session) == before);
  /* In the middle a drag is none. */
  g_signal_emit_by_name (gesture, "drag-begin", area.origin.x + area.size.width / 2, y);
  g_signal_emit_by_name (gesture, "drag-update", 20.0, 0.0);
  g_assert_true (dio_session_get_scenario (session) == before);
  dio_harness_destroy (window);
  dio_harness_assert_gone (session);
}

static gboolean
has_word (GtkDropDown *drop_down, const char *word, guint *index)
{
  GListModel *model = gtk_drop_down_get_model (drop_down);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (GtkStringObject) item = g_list_model_get_item (model, i);
    *index = i;
    if (strcmp (gtk_string_object_get_string (item), word) == 0)
      return TRUE;
  }
  return FALSE;
}

static GtkDropDown *
find_drop_down_with (GtkWidget *panel, const char *word, guint *index)
{
  g_autoptr (GPtrArray) all = dio_harness_list_type (panel, GTK_TYPE_DROP_DOWN);
  for (guint i = 0; i < all->len; i++)
    if (gtk_widget_get_mapped (g_ptr_array_index (all, i))
        && has_word (g_ptr_array_index (all, i), word, index))
      return g_ptr_array_index (all, i);
  return NULL;
}

/* A parameter whose numbers stand for words is chosen by them, in one step that can be undone. */
static void
test_words_of_a_parameter (void)
{
  DioSession *session = new_session ("words");
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) kind = json_string ("road-sign");
  dio_session_set_property (session, (const char *[]){ "mug_1", NULL }, "model/parametric", kind,
                            "sign", NULL, &error);
  g_assert_no_error (error);
  GtkWidget *panel = dio_inspector_panel_new (session);
  GtkWindow *window = dio_harness_show (panel, 320, 900);
  select_ids (session, (const char *[]){ "mug_1", NULL });
  dio_harness_run (200);
  guint index = 0, none = 0;
  GtkDropDown *drop_down = find_drop_down_with (panel, "No Entry", &index);
  g_assert_nonnull (drop_down);
  g_assert_cmpuint (gtk_drop_down_get_selected (drop_down), ==, 0);
  gtk_drop_down_set_selected (drop_down, index);
  dio_harness_run (100);
  DioPropertyValue value;
  g_assert_true (
      dio_node_get_property (get_node (session, "mug_1"), "parameters/sign", &value, NULL));
  g_assert_cmpfloat (value.number[0], ==, index);
  dio_session_undo (session);
  dio_harness_run (100);
  g_assert_cmpuint (gtk_drop_down_get_selected (drop_down), ==, 0);
  g_assert_null (find_drop_down_with (panel, "Not a sign", &none));
  dio_harness_destroy (window);
  dio_harness_assert_gone (session);
}

static void
test_category_is_found_or_made (void)
{
  DioSession *session = new_session ("category");
  GtkWidget *panel = dio_inspector_panel_new (session);
  GtkWindow *window = dio_harness_show (panel, 320, 900);
  select_ids (session, (const char *[]){ "floor", "mug_1", NULL });
  dio_inspector_panel_focus_category (DIO_INSPECTOR_PANEL (panel));
  dio_harness_run (200);
  g_autoptr (GPtrArray) entries = dio_harness_list_type (panel, GTK_TYPE_SEARCH_ENTRY);
  GtkWidget *entry = NULL;
  for (guint i = 0; i < entries->len; i++) {
    if (gtk_widget_get_mapped (g_ptr_array_index (entries, i)))
      entry = g_ptr_array_index (entries, i);
  }
  g_assert_nonnull (entry);
  dio_harness_type (entry, "bow");
  dio_harness_run (250);
  dio_harness_enter (entry);
  dio_harness_run (60);
  g_assert_cmpstr (get_node (session, "floor")->category, ==, "bowl");
  g_assert_cmpstr (get_node (session, "mug_1")->category, ==, "bowl");
  dio_session_undo (session);
  g_assert_cmpstr (get_node (session, "mug_1")->category, ==, "mug");
  g_assert_null (get_node (session, "floor")->category);
  dio_harness_type (entry, "Cup");
  dio_harness_enter (entry);
  dio_harness_run (60);
  int index = dio_scenario_find_category (dio_session_get_scenario (session),
                                          get_node (session, "floor")->category);
  g_assert_cmpint (index, >=, 9);
  dio_harness_destroy (window);
  dio_harness_assert_gone (session);
}

/* -- Parts --------------------------------------------------------------------------------------------------------- */

/* Two squares of two materials: a sign on its post. */
static const char sign_obj[] = "mtllib sign.mtl\n"
                               "v 0 0 0\nv 0.1 0 0\nv 0.1 1 0\nv 0 1 0\n"
                               "v -0.4 1 0\nv 0.5 1 0\nv 0.5 1.9 0\nv -0.4 1.9 0\n"
                               "usemtl post\nf 1 2 3 4\nusemtl plate\nf 5 6 7 8\n";
static const char sign_mtl[] = "newmtl post\nKd 0.5 0.5 0.5\nnewmtl plate\nKd 0.8 0.1 0.1\n";

static void
imported_cb (GObject *source, GAsyncResult *result, gpointer user)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *asset = dio_session_import_finish (DIO_SESSION (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) user = TRUE;
}

static gboolean
is_true_cb (gpointer user)
{
  return *(gboolean *) user;
}

static gboolean
has_parts_cb (gpointer user)
{
  DioSession *session = user;
  const char *id = dio_selection_get_active (dio_session_get_selection (session));
  g_autoptr (GPtrArray) parts = dio_session_list_parts (session, id);
  return parts->len == 2;
}

/* The id of a new node that shows the sign; it is selected. */
static char *
place_sign (DioSession *session)
{
  static const DioVec3 place = { 2, 2, 0 };
  g_autofree char *folder = dio_harness_dup_temp ("sign");
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_autofree char *obj = g_build_filename (folder, "sign.obj", NULL);
  g_autofree char *mtl = g_build_filename (folder, "sign.mtl", NULL);
  g_assert_true (g_file_set_contents (obj, sign_obj, -1, NULL));
  g_assert_true (g_file_set_contents (mtl, sign_mtl, -1, NULL));
  gboolean done = FALSE;
  dio_session_import_async (session, obj, &place, imported_cb, &done);
  g_assert_true (dio_harness_wait (is_true_cb, &done, 60000));
  const GPtrArray *nodes = dio_session_get_scenario (session)->nodes;
  const DioNode *last = g_ptr_array_index (nodes, nodes->len - 1);
  g_assert_cmpint (last->kind, ==, DIO_NODE_MODEL);
  select_one (session, last->id);
  g_assert_true (dio_harness_wait (has_parts_cb, session, 60000));
  return g_strdup (last->id);
}

static DioGroupLabel
get_part_label (DioSession *session, const char *node, const char *name)
{
  g_autoptr (GPtrArray) parts = dio_session_list_parts (session, node);
  for (guint i = 0; i < parts->len; i++) {
    const DioLabelPart *part = g_ptr_array_index (parts, i);
    if (g_str_equal (part->name, name))
      return part->label;
  }
  g_error ("%s has no part %s", node, name);
}

static void
type_category (GtkWidget *panel, const char *text)
{
  dio_inspector_panel_focus_category (DIO_INSPECTOR_PANEL (panel));
  dio_harness_run (200);
  g_autoptr (GPtrArray) entries = dio_harness_list_type (panel, GTK_TYPE_SEARCH_ENTRY);
  for (guint i = 0; i < entries->len; i++) {
    GtkWidget *entry = g_ptr_array_index (entries, i);
    if (!gtk_widget_get_mapped (entry))
      continue;
    dio_harness_type (entry, text);
    dio_harness_enter (entry);
    dio_harness_run (200);
    return;
  }
  g_error ("no entry for a category is shown");
}

static gboolean
is_shown (GtkWidget *panel, const char *label)
{
  GtkWidget *widget = dio_harness_find_label (panel, label);
  return widget != NULL && gtk_widget_get_mapped (widget);
}

static gboolean
plate_alone_cb (gpointer user)
{
  DioSession *session = user;
  const DioPreviewResult *result = dio_session_get_result (session);
  guint excluded = 0;
  for (guint i = 0; result->frame != NULL && i < result->frame->leaves->len; i++) {
    const DioFrameLeaf *leaf = &g_array_index (result->frame->leaves, DioFrameLeaf, i);
    excluded += leaf->instance == 0 && g_str_has_suffix (leaf->name, "/post");
  }
  return excluded == 1;
}

/* An imported model of several parts: asked once whether all of it is meant, in one undo step with the category. */
static void
test_whole_object_or_part (void)
{
  DioSession *session = new_session ("parts");
  GtkWidget *panel = dio_inspector_panel_new (session);
  GtkWindow *window = dio_harness_show (panel, 320, 900);
  g_autofree char *id = place_sign (session);
  g_assert_cmpint (get_part_label (session, id, "post"), ==, DIO_GROUP_LABEL_INCLUDE);
  type_category (panel, "road sign");
  g_assert_true (is_shown (panel, "Whole Object or Part?"));
  g_assert_null (get_node (session, id)->category);
  GtkWidget *some = dio_harness_find_label (panel, "Only the Parts Chosen");
  g_assert_false (gtk_widget_is_sensitive (some));
  GtkWidget *question = dio_harness_find_type (panel, g_type_from_name ("DioInspectorQuestion"));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (dio_harness_find_label (question, "plate")), TRUE);
  dio_harness_snapshot (gtk_widget_get_ancestor (question, GTK_TYPE_POPOVER),
                        "inspector-whole-or-part");
  dio_harness_click (some);
  dio_harness_run (60);
  g_assert_nonnull (get_node (session, id)->category);
  g_assert_cmpint (get_part_label (session, id, "post"), ==, DIO_GROUP_LABEL_EXCLUDE);
  g_assert_cmpint (get_part_label (session, id, "plate"), ==, DIO_GROUP_LABEL_INCLUDE);
  g_assert_true (dio_harness_wait (plate_alone_cb, session, 60000));
  dio_harness_run (300);
  dio_harness_snapshot (GTK_WIDGET (window), "inspector-parts");

  dio_session_undo (session);
  g_assert_null (get_node (session, id)->category);
  g_assert_cmpint (get_part_label (session, id, "post"), ==, DIO_GROUP_LABEL_INCLUDE);
  /* Once: the answer holds for all that show the model. */
  type_category (panel, "road sign");
  g_assert_false (is_shown (panel, "Whole Object or Part?"));
  g_assert_cmpint (get_part_label (session, id, "post"), ==, DIO_GROUP_LABEL_EXCLUDE);
  dio_harness_destroy (window);
  dio_harness_assert_gone (session);
}

/* "Whole" is what Enter says; the rows of the parts change it afterwards. */
static void
test_parts_are_changed (void)
{
  DioSession *session = new_session ("whole");
  GtkWidget *panel = dio_inspector_panel_new (session);
  GtkWindow *window = dio_harness_show (panel, 320, 900);
  g_autofree char *id = place_sign (session);
  type_category (panel, "road sign");
  GtkWidget *whole = dio_harness_find_label (panel, "Whole Object");
  g_assert_true (gtk_root_get_focus (gtk_widget_get_root (whole)) == whole);
  dio_harness_click (whole);
  dio_harness_run (200);
  g_assert_nonnull (get_node (session, id)->category);
  g_assert_cmpuint (g_hash_table_size (get_node (session, id)->model.group_labels), ==, 0);
  g_autoptr (GPtrArray) choices = dio_harness_list_type (panel, GTK_TYPE_DROP_DOWN);
  GtkWidget *choice = NULL;
  for (guint i = 0; i < choices->len; i++)
    if (g_strcmp0 (g_object_get_data (choices->pdata[i], "part"), "post") == 0)
      choice = choices->pdata[i];
  g_assert_nonnull (choice);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), DIO_GROUP_LABEL_OWN);
  dio_harness_run (60);
  g_assert_cmpint (get_part_label (session, id, "post"), ==, DIO_GROUP_LABEL_OWN);
  dio_session_undo (session);
  dio_harness_run (60);
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (choice)), ==,
                    DIO_GROUP_LABEL_INCLUDE);
  dio_harness_destroy (window);
  dio_harness_assert_gone (session);
}

/* The columns of names are equally wide, whatever the names are. */
static void
assert_aligned (GtkWidget *panel)
{
  g_autoptr (GPtrArray) fields = dio_harness_list_type (panel, DIO_TYPE_NUMBER_FIELD);
  int width = 0;
  for (guint i = 0; i < fields->len; i++) {
    GtkWidget *name = gtk_widget_get_first_child (g_ptr_array_index (fields, i));
    if (!gtk_widget_get_mapped (name))
      continue;
    width = width == 0 ? gtk_widget_get_width (name) : width;
    g_assert_cmpint (gtk_widget_get_width (name), ==, width);
  }
  g_assert_cmpint (width, >, 0);
}

static void
test_every_control_has_a_name (void)
{
  static const char *const ids[] = { "mug_1", "lamp", "camera", "room", "floor", NULL };
  DioSession *session = new_session ("names");
  GtkWidget *panel = dio_inspector_panel_new (session);
  GtkWindow *window = dio_harness_show (panel, 320, 1400);
  g_assert_true (dio_harness_wait (has_result_cb, session, 60000));
  g_autofree char *none = dio_harness_list_unnamed (panel);
  g_assert_cmpstr (none, ==, NULL);
  dio_harness_run (250);
  dio_harness_snapshot (panel, "inspector-document");
  for (guint i = 0; ids[i] != NULL; i++) {
    select_one (session, ids[i]);
    g_autofree char *unnamed = dio_harness_list_unnamed (panel);
    g_assert_cmpstr (unnamed, ==, NULL);
    dio_harness_run (250);
    if (g_strcmp0 (ids[i], "floor") != 0 && g_strcmp0 (ids[i], "room") != 0)
      assert_aligned (panel);
    int minimum = 0;
    gtk_widget_measure (panel, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
    g_assert_cmpint (minimum, <=, 320);
    g_autofree char *name = g_strconcat ("inspector-", ids[i], NULL);
    dio_harness_snapshot (panel, name);
  }
  dio_harness_destroy (window);
  dio_harness_assert_gone (session);
}

int
main (int argc, char **argv)
{
  dio_harness_init (&argc, &argv);
  g_test_add_func ("/inspector/panel/numbers-are-edited-and-undone",
                   test_numbers_are_edited_and_undone);
  g_test_add_func ("/inspector/panel/angles-stay-as-typed", test_angles_stay_as_typed);
  g_test_add_func ("/inspector/panel/several-objects-are-one-step",
                   test_several_objects_are_one_step);
  g_test_add_func ("/inspector/panel/errors-stand-at-the-field", test_errors_stand_at_the_field);
  g_test_add_func ("/inspector/panel/dice-bind", test_dice_bind_and_fix);
  g_test_add_func ("/inspector/panel/effects", test_effects);
  g_test_add_func ("/inspector/panel/a-drawn-value-is-fixed", test_a_drawn_value_is_fixed);
  g_test_add_func ("/inspector/panel/ends-are-dragged", test_ends_are_dragged);
  g_test_add_func ("/inspector/panel/words-of-a-parameter", test_words_of_a_parameter);
  g_test_add_func ("/inspector/panel/category-is-found-or-made", test_category_is_found_or_made);
  g_test_add_func ("/inspector/panel/whole-object-or-part", test_whole_object_or_part);
  g_test_add_func ("/inspector/panel/parts-are-changed", test_parts_are_changed);
  g_test_add_func ("/inspector/panel/every-control-has-a-name", test_every_control_has_a_name);
  return g_test_run ();
}
