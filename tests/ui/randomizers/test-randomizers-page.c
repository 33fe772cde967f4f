/* The list of rules, the editor, the distribution field and the contact sheet on the example scenario. */
#include "dio-base-json.h"
#include "dio-coverage-strip.h"
#include "dio-distribution-field.h"
#include "dio-harness.h"
#include "dio-image-codec.h"
#include "dio-number-field.h"
#include "dio-randomizer-editor.h"
#include "dio-randomizer-list.h"
#include "dio-randomizers-page.h"
#include "dio-scene-edit.h"
#include "dio-scene-randomizer.h"
#include "dio-sheet-view.h"

#include <math.h>
#include <string.h>

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

static const DioRandomizer *
get_randomizer (DioSession *session, guint index)
{
  return g_ptr_array_index (dio_session_get_scenario (session)->randomizers, index);
}

static void
test_rules_are_added_moved_and_removed (void)
{
  DioSession *session = new_session ("rules");
  GtkWidget *list = dio_randomizer_list_new (session);
  GtkWindow *window = dio_harness_show (list, 320, 700);
  guint n = dio_session_get_scenario (session)->randomizers->len;
  g_assert_cmpuint (n, >, 5);
  g_autofree char *first = g_strdup (get_randomizer (session, 0)->id);

  dio_randomizer_list_select (DIO_RANDOMIZER_LIST (list), first);
  dio_randomizer_list_move_selected (DIO_RANDOMIZER_LIST (list), -1);
  g_assert_cmpstr (get_randomizer (session, 0)->id, ==, first);
  dio_randomizer_list_move_selected (DIO_RANDOMIZER_LIST (list), 1);
  g_assert_cmpstr (get_randomizer (session, 1)->id, ==, first);
  dio_randomizer_list_toggle_selected (DIO_RANDOMIZER_LIST (list));
  g_assert_false (get_randomizer (session, 1)->enabled);
  dio_session_undo (session);
  g_assert_true (get_randomizer (session, 1)->enabled);

  /* A change makes one row anew; the others stay what they are. */
  GtkListBox *rows = GTK_LIST_BOX (dio_harness_find_label (list, "Randomizers in Order"));
  GtkListBoxRow *kept = gtk_list_box_get_row_at_index (rows, 0);
  g_autoptr (GtkWidget) changed =
      g_object_ref (GTK_WIDGET (gtk_list_box_get_row_at_index (rows, 1)));
  dio_randomizer_list_toggle_selected (DIO_RANDOMIZER_LIST (list));
  g_assert_true (gtk_list_box_get_row_at_index (rows, 0) == kept);
  g_assert_true (GTK_WIDGET (gtk_list_box_get_row_at_index (rows, 1)) != changed);
  g_assert_true (gtk_list_box_get_selected_row (rows) == gtk_list_box_get_row_at_index (rows, 1));
  dio_session_undo (session);

  dio_randomizer_list_add (DIO_RANDOMIZER_LIST (list), "visibility");
  g_assert_cmpuint (dio_session_get_scenario (session)->randomizers->len, ==, n + 1);
  g_assert_cmpstr (dio_randomizer_list_get_selected (DIO_RANDOMIZER_LIST (list)), ==,
                   get_randomizer (session, n)->id);
  dio_randomizer_list_remove_selected (DIO_RANDOMIZER_LIST (list));
  g_assert_cmpuint (dio_session_get_scenario (session)->randomizers->len, ==, n);
  dio_session_undo (session);
  g_assert_cmpuint (dio_session_get_scenario (session)->randomizers->len, ==, n + 1);
  dio_harness_destroy (window);
  dio_harness_assert_gone (session);
}

static void
count_cb (gpointer field, guint *count)
{
  (*count)++;
}

static GtkWidget *
find_field (GtkWidget *root, const char *label)
{
  g_autoptr (GPtrArray) fields = dio_harness_list_type (root, DIO_TYPE_NUMBER_FIELD);
  for (guint i = 0; i < fields->len; i++) {
    g_autofree char *text = NULL;
    g_object_get (g_ptr_array_index (fields, i), "label", &text, NULL);
    if (g_strcmp0 (text, label) == 0)
      return g_ptr_array_index (fields, i);
  }
  return NULL;
}

static void
test_distributions_change_kind (void)
{
  DioDistribution uniform = { .kind = DIO_DISTRIBUTION_UNIFORM, .min = 2, .max = 6 };
  GtkWidget *widget = dio_distribution_field_new ("Radius", "m", 0, 5);
  DioDistributionField *field = DIO_DISTRIBUTION_FIELD (widget);
  GtkWindow *window = dio_harness_show (widget, 320, 260);
  guint changes = 0;
  g_signal_connect (field, "changed", G_CALLBACK (count_cb), &changes);
  dio_distribution_field_set (field, &uniform);
  g_assert_cmpuint (changes, ==, 0);

  GtkDropDown *kind = GTK_DROP_DOWN (dio_harness_find_type (widget, GTK_TYPE_DROP_DOWN));
  for (guint i = 0; i <= DIO_DISTRIBUTION_BOOLEAN; i++) {
    gtk_drop_down_set_selected (kind, i);
    const DioDistribution *d = dio_distribution_field_get (field);
    g_assert_cmpint (d->kind, ==, (int) i);
    if (i == DIO_DISTRIBUTION_LOG_UNIFORM)
      g_assert_cmpfloat (d->min, >, 0);
    if (i == DIO_DISTRIBUTION_UNIFORM || i == DIO_DISTRIBUTION_LOG_UNIFORM
        || i == DIO_DISTRIBUTION_INTEGER)
      g_assert_cmpfloat (d->max, <=, 5);
    dio_harness_run (20);
  }
  g_assert_cmpuint (changes, >=, DIO_DISTRIBUTION_BOOLEAN);

  gtk_drop_down_set_selected (kind, DIO_DISTRIBUTION_UNIFORM);
  GtkWidget *from = find_field (widget, "From");
  g_assert_nonnull (from);
  g_signal_emit_by_name (from, "changed", 4.5);
  const DioDistribution *d = dio_distribution_field_get (field);
  g_assert_cmpfloat (d->min, ==, 4.5);
  g_assert_cmpfloat (d->max, >=, 4.5);
  dio_harness_destroy (window);
}

static void
test_a_choice_is_typed (void)
{
  DioDistribution choice = { .kind = DIO_DISTRIBUTION_CHOICE };
  GtkWidget *widget = dio_distribution_field_new ("Value", "", 0, 0);
  DioDistributionField *field = DIO_DISTRIBUTION_FIELD (widget);
  GtkWindow *window = dio_harness_show (widget, 320, 260);
  dio_distribution_field_set (field, &choice);
  GtkWidget *entry = dio_harness_find_type (widget, GTK_TYPE_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (entry), "wood, marble*3");
  const DioDistribution *d = dio_distribution_field_get (field);
  g_assert_cmpuint (d->n_choices, ==, 2);
  g_assert_cmpstr (d->strings[1], ==, "marble");
  g_assert_cmpfloat (d->weights[1], ==, 3);
  gtk_editable_set_text (GTK_EDITABLE (entry), "wood,,");
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  g_assert_cmpuint (dio_distribution_field_get (field)->n_choices, ==, 2);
  gtk_editable_set_text (GTK_EDITABLE (entry), "1, 2.5");
  d = dio_distribution_field_get (field);
  g_assert_null (d->strings);
  g_assert_cmpfloat (d->numbers[1], ==, 2.5);
  dio_harness_destroy (window);
}

static void
test_an_edit_is_one_step (void)
{
  DioSession *session = new_session ("edit");
  GtkWidget *page = dio_randomizers_page_new (session);
  GtkWindow *window = dio_harness_show (page, 1400, 800);
  dio_randomizers_page_select (DIO_RANDOMIZERS_PAGE (page), "mug_height");
  dio_harness_run (50);
  GtkWidget *to = find_field (page, "To");
  g_assert_nonnull (to);
  g_autoptr (DioScenario) before = dio_scenario_ref (dio_session_get_scenario (session));
  for (double value = 0.14; value < 0.2; value += 0.01)
    g_signal_emit_by_name (to, "changed", value);
  g_signal_emit_by_name (to, "committed", 0.2);
  g_assert_true (dio_session_get_scenario (session) != before);
  dio_session_undo (session);
  g_assert_true (dio_session_get_scenario (session) == before);

  g_autofree char *unnamed = dio_harness_list_unnamed (page);
  g_assert_cmpstr (unnamed, ==, NULL);
  dio_harness_destroy (window);
  dio_harness_assert_gone (session);
}

/* What the menu of further parameters does for one of them. */
static void
add_param (GtkWidget *page, const char *name)
{
  g_autoptr (GPtrArray) rows = dio_harness_list_type (page, GTK_TYPE_LIST_BOX_ROW);
  for (guint i = 0; i < rows->len; i++)
    if (g_str_equal (gtk_widget_get_name (rows->pdata[i]), name)) {
      GtkWidget *list = gtk_widget_get_parent (rows->pdata[i]);
      g_signal_emit_by_name (list, "row-activated", rows->pdata[i]);
      return;
    }
  g_assert_not_reached ();
}

static void
test_draws_are_made_even (void)
{
  DioSession *session = new_session ("even");
  GtkWidget *page = dio_randomizers_page_new (session);
  GtkWindow *window = dio_harness_show (page, 1400, 800);
  dio_randomizers_page_select (DIO_RANDOMIZERS_PAGE (page), "mug_height");
  dio_harness_run (50);
  g_assert_null (find_field (page, "Even over Draws"));
  add_param (page, "even");
  GtkWidget *even = find_field (page, "Even over Draws");
  g_assert_nonnull (even);
  g_signal_emit_by_name (even, "committed", 300.0);
  const DioRandomizer *randomizer =
      dio_scenario_find_randomizer (dio_session_get_scenario (session), "mug_height");
  g_assert_cmpuint (dio_randomizer_get_integer (randomizer, "even", 1), ==, 300);
  dio_session_undo (session);
  randomizer = dio_scenario_find_randomizer (dio_session_get_scenario (session), "mug_height");
  g_assert_cmpuint (dio_randomizer_get_integer (randomizer, "even", 1), ==, 20);
  dio_harness_destroy (window);
  dio_harness_assert_gone (session);
}

/* A rule that hides a mug in part, by a box. */
static void
add_occlude (DioSession *session)
{
  g_autoptr (json_t) json =
      json_pack ("{s:s, s:s, s:[s], s:s, s:s, s:[{s:f, s:f, s:f}]}", "id", "hide", "type",
                 "occlude", "targets", "box_1", "sensor", "camera", "hidden", "mug_1", "visibility",
                 "min", 0.3, "max", 0.9, "weight", 4.0);
  g_autoptr (GError) error = NULL;
  DioScenario *next =
      dio_scenario_with_randomizer (dio_session_get_scenario (session), json, &error);
  g_assert_no_error (error);
  dio_session_commit (session, next, "Hide", NULL);
}

static const DioWeightedRange *
get_range (DioSession *session, guint index, guint n)
{
  const DioRandomizer *randomizer =
      dio_scenario_find_randomizer (dio_session_get_scenario (session), "hide");
  const GArray *ranges = dio_randomizer_get_ranges (randomizer, "visibility");
  g_assert_cmpuint (ranges->len, ==, n);
  return &g_array_index (ranges, DioWeightedRange, index);
}

static void
press_labelled (GtkWidget *root, const char *label)
{
  g_autoptr (GPtrArray) buttons = dio_harness_list_type (root, GTK_TYPE_BUTTON);
  for (guint i = 0; i < buttons->len; i++)
    if (g_strcmp0 (gtk_button_get_label (buttons->pdata[i]), label) == 0
        || g_strcmp0 (gtk_widget_get_tooltip_text (buttons->pdata[i]), label) == 0) {
      g_signal_emit_by_name (buttons->pdata[i], "clicked");
      return;
    }
  g_assert_not_reached ();
}

static void
test_ranges_are_edited (void)
{
  DioSession *session = new_session ("ranges");
  add_occlude (session);
  GtkWidget *page = dio_randomizers_page_new (session);
  GtkWindow *window = dio_harness_show (page, 1400, 800);
  dio_randomizers_page_select (DIO_RANDOMIZERS_PAGE (page), "hide");
  dio_harness_run (50);
  GtkWidget *from = find_field (page, "From of Range 1");
  g_assert_nonnull (from);
  g_signal_emit_by_name (from, "committed", 0.5);
  g_assert_cmpfloat (get_range (session, 0, 1)->min, ==, 0.5);
  g_assert_cmpfloat (get_range (session, 0, 1)->weight, ==, 4);
  /* What is no range yet changes nothing. */
  g_signal_emit_by_name (from, "committed", 0.95);
  g_assert_cmpfloat (get_range (session, 0, 1)->min, ==, 0.5);
  g_signal_emit_by_name (from, "committed", 0.5);
  press_labelled (page, "Add Range");
  g_assert_cmpfloat (get_range (session, 1, 2)->max, ==, 0.5);
  g_signal_emit_by_name (find_field (page, "Weight of Range 2"), "committed", 7.0);
  g_assert_cmpfloat (get_range (session, 1, 2)->weight, ==, 7);
  dio_harness_run (300);
  dio_harness_snapshot (page, "randomizers-occlude");
  press_labelled (page, "Remove Range 1");
  g_assert_cmpfloat (get_range (session, 0, 1)->weight, ==, 7);
  add_param (page, "weights");
  g_autofree char *unnamed = dio_harness_list_unnamed (page);
  g_assert_cmpstr (unnamed, ==, NULL);
  dio_harness_destroy (window);
  dio_harness_assert_gone (session);
}

/* What "Go to Randomizer" elsewhere does. */
static void
test_a_rule_is_shown_by_its_id (void)
{
  DioSession *session = new_session ("show");
  GtkWidget *page = dio_randomizers_page_new (session);
  GtkWindow *window = dio_harness_show (page, 1400, 800);
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  DioActionRegistry *registry = dio_action_registry_new (NULL, G_ACTION_MAP (group));
  gtk_widget_insert_action_group (GTK_WIDGET (window), "win", G_ACTION_GROUP (group));
  dio_randomizers_page_add_actions (DIO_RANDOMIZERS_PAGE (page), registry);
  g_assert_cmpint (dio_session_get_mode (session), ==, DIO_MODE_COMPOSE);
  g_assert_true (gtk_widget_activate_action (page, "win.show-randomizer", "s", "box_height"));
  dio_harness_run (50);
  g_assert_cmpint (dio_session_get_mode (session), ==, DIO_MODE_RANDOMIZE);
  GtkWidget *to = find_field (page, "To");
  g_assert_nonnull (to);
  g_assert_cmpfloat (dio_number_field_get_value (DIO_NUMBER_FIELD (to)), ==, 0.32);
  dio_harness_destroy (window);
  g_assert_finalize_object (registry);
  dio_harness_assert_gone (session);
}

static gboolean
sheet_is_done (gpointer sheet)
{
  return dio_sheet_view_get_done (sheet) == dio_sheet_view_get_count (sheet);
}

/* A label that is shown and ends so. */
static GtkWidget *
find_ending (GtkWidget *root, const char *end)
{
  g_autoptr (GPtrArray) labels = dio_harness_list_type (root, GTK_TYPE_LABEL);
  for (guint i = 0; i < labels->len; i++)
    if (gtk_widget_get_mapped (labels->pdata[i])
        && g_str_has_suffix (gtk_label_get_text (labels->pdata[i]), end))
      return labels->pdata[i];
  return NULL;
}

static void
test_the_sheet_follows (void)
{
  DioSession *session = new_session ("sheet");
  GtkWidget *page = dio_randomizers_page_new (session);
  GtkWindow *window = dio_harness_show (page, 1400, 860);
  DioSheetView *sheet = DIO_SHEET_VIEW (dio_harness_find_type (page, DIO_TYPE_SHEET_VIEW));
  DioCoverageStrip *strip =
      DIO_COVERAGE_STRIP (dio_harness_find_type (page, DIO_TYPE_COVERAGE_STRIP));
  dio_sheet_view_set_count (sheet, 4);
  g_assert_true (dio_harness_wait (sheet_is_done, sheet, 120000));
  guint objects = dio_coverage_strip_get_n (strip);
  g_assert_cmpuint (objects, >, 10);
  dio_randomizers_page_select (DIO_RANDOMIZERS_PAGE (page), "mug_height");
  dio_harness_run (200);
  dio_harness_snapshot (page, "randomizers-page");

  /* A stricter policy is counted over the whole sheet. */
  g_assert_nonnull (find_ending (page, " 0 dropped"));
  g_autoptr (json_t) large = json_real (1e6);
  g_assert_true (
      dio_session_set_property (session, NULL, "policy/drop_visible_px", large, "Set", NULL, NULL));
  dio_harness_run (400);
  g_assert_true (dio_harness_wait (sheet_is_done, sheet, 120000));
  g_autofree char *all = g_strdup_printf ("0 kept, 0 ignored, %u dropped", objects);
  g_assert_nonnull (find_ending (page, all));
  dio_session_undo (session);

  /* What hides in part says beside the labels how often it came out as wanted. */
  add_occlude (session);
  dio_harness_run (400);
  g_assert_true (dio_harness_wait (sheet_is_done, sheet, 120000));
  g_assert_nonnull (find_ending (page, " hidden as wanted"));
  dio_session_undo (session);

  /* Another document state draws all tiles anew, with the same number of objects. */
  g_autoptr (json_t) name = json_string ("Other");
  g_assert_true (dio_session_set_property (session, NULL, "name", name, "Rename", NULL, NULL));
  dio_harness_run (400);
  g_assert_true (dio_harness_wait (sheet_is_done, sheet, 120000));
  g_assert_cmpuint (dio_coverage_strip_get_n (strip), ==, objects);

  /* One click opens a frame in Compose, through the sensor. */
  GtkWidget *flow = dio_harness_find_type (GTK_WIDGET (sheet), GTK_TYPE_FLOW_BOX);
  g_assert_true (gtk_flow_box_get_activate_on_single_click (GTK_FLOW_BOX (flow)));
  g_signal_emit_by_name (flow, "child-activated",
                         gtk_flow_box_get_child_at_index (GTK_FLOW_BOX (flow), 2));
  g_assert_cmpint (dio_session_get_mode (session), ==, DIO_MODE_COMPOSE);
  g_assert_cmpuint (dio_session_get_frame (session), ==, 2);
  g_assert_true (dio_session_get_frame_view (session));
  g_assert_true (dio_session_get_through_sensor (session));
  dio_harness_destroy (window);
  dio_harness_assert_gone (session);
}

static void
put_randomizer (DioSession *session, const char *text)
{
  g_autofree char *quoted = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) json = dio_json_parse (quoted, strlen (quoted), "test", &error);
  g_assert_no_error (error);
  DioScenario *next =
      dio_scenario_with_randomizer (dio_session_get_scenario (session), json, &error);
  g_assert_no_error (error);
  dio_session_commit (session, next, "Test", NULL);
}

static void
put_file (DioSession *session, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (dio_session_get_folder (session), name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* Seeks a label of this text below the editor. */
typedef struct {
  GtkWidget *root;
  const char *label;
} Sought;

static gboolean
is_labelled (gpointer user)
{
  Sought *sought = user;
  return dio_harness_find_label (sought->root, sought->label) != NULL;
}

static gboolean
is_not_labelled (gpointer user)
{
  return !is_labelled (user);
}

static const DioRandomizer *
find_randomizer (DioSession *session, const char *id)
{
  return dio_scenario_find_randomizer (dio_session_get_scenario (session), id);
}

/* Folders and tables say what is in them, or what is wrong; lists are picked from what there is. */
static void
test_sources_show_what_is_in_them (void)
{
  DioSession *session = new_session ("sources");
  put_file (session, "photos/a.png", "a");
  put_file (session, "photos/b.jpg", "b");
  put_file (session, "ev.csv", "frame,ev\n0,9\n1,10\n");
  put_randomizer (session, "{'id': 'photo', 'type': 'background-choice', 'targets': ['camera'],"
                           " 'folder': 'photos'}");
  put_randomizer (session,
                  "{'id': 'table', 'type': 'table-column', 'targets': ['camera'],"
                  " 'property': 'sensor/exposure_ev100', 'file': 'ev.csv', 'columns': ['ev'],"
                  " 'at_end': 'stop'}");
  put_randomizer (session, "{'id': 'lost', 'type': 'background-choice', 'targets': ['camera'],"
                           " 'folder': 'nowhere'}");
  put_randomizer (session, "{'id': 'list', 'type': 'background-choice', 'targets': ['camera'],"
                           " 'pictures': ['procedural:wood', 'procedural:brick']}");
  GtkWidget *editor = dio_randomizer_editor_new (session);
  GtkWindow *window = dio_harness_show (editor, 320, 700);
  static const char *const shown[][2] = {
    { "photo", "2 files: a.png, b.jpg" },
    { "table", "2 rows: frame, ev" },
    { "table", "ev: 9, 10" },
    { "lost", "\"nowhere\" cannot be read: No such file or directory" },
    { "list", "procedural:brick" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (shown); i++) {
    dio_randomizer_editor_set_randomizer (DIO_RANDOMIZER_EDITOR (editor), shown[i][0]);
    Sought sought = { editor, shown[i][1] };
    g_assert_true (dio_harness_wait (is_labelled, &sought, 5000));
    g_autofree char *unnamed = dio_harness_list_unnamed (editor);
    g_assert_null (unnamed);
    dio_harness_snapshot (editor, shown[i][0]);
  }
  GtkWidget *drop = dio_harness_find_label (editor, "Add a Choice");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop), 1);
  const char *const *names =
      dio_randomizer_get_strings (find_randomizer (session, "list"), "pictures");
  g_assert_cmpuint (g_strv_length ((GStrv) names), ==, 3);
  dio_harness_destroy (window);
  dio_harness_assert_gone (session);
}

/* A picture of every file of a folder comes when it was imported. */
static gboolean
has_pictures (gpointer user)
{
  Sought *sought = user;
  g_autoptr (GPtrArray) pictures = dio_harness_list_type (sought->root, GTK_TYPE_IMAGE);
  guint n = 0;
  for (guint i = 0; i < pictures->len; i++)
    n += gtk_image_get_paintable (g_ptr_array_index (pictures, i)) != NULL;
  return n == 2;
}

static void
put_picture (DioSession *session, const char *name, guint8 value)
{
  g_autoptr (DioImage) image = dio_image_new (16, 16, 3, DIO_PIXEL_U8);
  memset (image->u8, value, 16 * 16 * 3);
  const DioEncodeOptions options = { .srgb = TRUE };
  g_autoptr (GBytes) png = dio_image_encode (image, DIO_IMAGE_FORMAT_PNG, &options, NULL);
  g_autofree char *path = g_build_filename (dio_session_get_folder (session), name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  gsize size;
  const char *data = g_bytes_get_data (png, &size);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  g_assert_true (g_file_set_contents (path, data, (gssize) size, NULL));
}

static void
test_folders_show_pictures (void)
{
  DioSession *session = new_session ("pictures");
  put_picture (session, "photos/a.png", 40);
  put_picture (session, "photos/b.png", 200);
  put_randomizer (session, "{'id': 'photo', 'type': 'background-choice', 'targets': ['camera'],"
                           " 'folder': 'photos'}");
  GtkWidget *editor = dio_randomizer_editor_new (session);
  GtkWindow *window = dio_harness_show (editor, 320, 700);
  dio_randomizer_editor_set_randomizer (DIO_RANDOMIZER_EDITOR (editor), "photo");
  Sought sought = { editor, NULL };
  g_assert_true (dio_harness_wait (has_pictures, &sought, 20000));
  dio_harness_snapshot (editor, "pictures");
  dio_harness_destroy (window);
  dio_harness_assert_gone (session);
}

/* One of the table's columns is picked; a table without the wanted one says so. */
static void
test_columns_are_picked (void)
{
  DioSession *session = new_session ("columns");
  put_file (session, "ev.csv", "frame,ev\n0,9\n1,10\n");
  put_randomizer (
      session, "{'id': 'table', 'type': 'table-column', 'targets': ['camera'],"
               " 'property': 'sensor/exposure_ev100', 'file': 'ev.csv', 'columns': ['brightness'],"
               " 'at_end': 'stop'}");
  GtkWidget *editor = dio_randomizer_editor_new (session);
  GtkWindow *window = dio_harness_show (editor, 320, 700);
  dio_randomizer_editor_set_randomizer (DIO_RANDOMIZER_EDITOR (editor), "table");
  Sought wrong = { editor, "The table has no column “brightness”: choose one" };
  g_assert_true (dio_harness_wait (is_labelled, &wrong, 5000));
  g_autoptr (GPtrArray) drops = dio_harness_list_type (editor, GTK_TYPE_DROP_DOWN);
  GtkDropDown *columns = NULL;
  for (guint i = 0; i < drops->len; i++) {
    GListModel *model = gtk_drop_down_get_model (g_ptr_array_index (drops, i));
    g_autoptr (GtkStringObject) last = g_list_model_get_item (model, 1);
    if (last != NULL && g_str_equal (gtk_string_object_get_string (last), "ev: 9, 10"))
      columns = g_ptr_array_index (drops, i);
  }
  g_assert_nonnull (columns);
  gtk_drop_down_set_selected (columns, 1);
  const char *const *names =
      dio_randomizer_get_strings (find_randomizer (session, "table"), "columns");
  g_assert_cmpstr (names[0], ==, "ev");
  Sought shown = { editor, "ev: 9, 10" };
  g_assert_true (dio_harness_wait (is_labelled, &shown, 5000));
  g_assert_true (dio_harness_wait (is_not_labelled, &wrong, 5000));
  dio_harness_destroy (window);
  dio_harness_assert_gone (session);
}

/* Each target's weight stands beside its name. */
static void
test_weights_are_named (void)
{
  DioSession *session = new_session ("weights");
  put_randomizer (session, "{'id': 'hider', 'type': 'occlude', 'targets': ['box_1', 'bowl_1'],"
                           " 'sensor': 'camera', 'hidden': 'mug_1', 'weights': [3, 1],"
                           " 'visibility': [{'min': 0.2, 'max': 0.8}]}");
  GtkWidget *editor = dio_randomizer_editor_new (session);
  GtkWindow *window = dio_harness_show (editor, 320, 700);
  dio_randomizer_editor_set_randomizer (DIO_RANDOMIZER_EDITOR (editor), "hider");
  const DioNode *node = dio_scenario_find_node (dio_session_get_scenario (session), "bowl_1");
  GtkWidget *field = find_field (editor, node->name);
  g_assert_nonnull (field);
  g_assert_cmpfloat (dio_number_field_get_value (DIO_NUMBER_FIELD (field)), ==, 1);
  dio_number_field_set_value (DIO_NUMBER_FIELD (field), 5);
  g_signal_emit_by_name (field, "committed", 5.0);
  const DioRandomizerParam *weights =
      dio_randomizer_get_param (find_randomizer (session, "hider"), "weights");
  g_assert_cmpfloat (g_array_index (weights->list, double, 0), ==, 3);
  g_assert_cmpfloat (g_array_index (weights->list, double, 1), ==, 5);
  dio_harness_snapshot (editor, "weights");
  dio_harness_destroy (window);
  dio_harness_assert_gone (session);
}

int
main (int argc, char **argv)
{
  dio_harness_init (&argc, &argv);
  g_test_add_func ("/randomizers/list/rules-are-added-moved-and-removed",
                   test_rules_are_added_moved_and_removed);
  g_test_add_func ("/randomizers/distribution/change-kind", test_distributions_change_kind);
  g_test_add_func ("/randomizers/distribution/a-choice-is-typed", test_a_choice_is_typed);
  g_test_add_func ("/randomizers/editor/an-edit-is-one-step", test_an_edit_is_one_step);
  g_test_add_func ("/randomizers/editor/draws-are-made-even", test_draws_are_made_even);
  g_test_add_func ("/randomizers/editor/ranges-are-edited", test_ranges_are_edited);
  g_test_add_func ("/randomizers/editor/a-rule-is-shown-by-its-id", test_a_rule_is_shown_by_its_id);
  g_test_add_func ("/randomizers/editor/sources", test_sources_show_what_is_in_them);
  g_test_add_func ("/randomizers/editor/weights", test_weights_are_named);
  g_test_add_func ("/randomizers/editor/pictures", test_folders_show_pictures);
  g_test_add_func ("/randomizers/editor/columns", test_columns_are_picked);
  g_test_add_func ("/randomizers/sheet/follows", test_the_sheet_follows);
  return g_test_run ();
}
