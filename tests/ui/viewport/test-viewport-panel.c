/* The viewport with a real session and a real preview: pictures of both views, tools, keys, drops. One session serves all tests, in
 * order; each leaves the document as it found it. */

#include "dio-base-json.h"
#include "dio-frame-bar.h"
#include "dio-harness.h"
#include "dio-picture-view.h"
#include "dio-scene-property.h"
#include "dio-session-models.h"
#include "dio-viewport-panel.h"

#include <math.h>

static DioSession *session;
static GtkWindow *window;
static GtkWidget *panel, *bar, *canvas;
static DioActionRegistry *registry;
static GSimpleActionGroup *group;

/* -- Helpers ------------------------------------------------------------------------------------------------------- */

static gboolean
has_result (gpointer user)
{
  const DioPreviewResult *result = dio_session_get_result (session);
  DioPreviewRequest request;
  dio_session_fill_request (session, &request);
  if (result == NULL || result->draft || result->scenario != request.scenario
      || result->base != request.base || result->frame_index != request.frame)
    return FALSE;
  if (request.view.width_px == 0)
    return result->rgb != NULL;
  if (result->view.want_geometry != request.view.want_geometry)
    return FALSE;
  return result->view_leaf != NULL
         && memcmp (&result->view.world_from_camera, &request.view.world_from_camera,
                    sizeof (DioMat4))
                == 0;
}

static void
settle (void)
{
  dio_harness_run (60);
  g_assert_true (dio_harness_wait (has_result, NULL, 60000));
}

static GtkEventController *
find_controller (GtkWidget *widget, GType type, const char *name)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
    if (g_type_is_a (G_OBJECT_TYPE (controller), type)
        && (name == NULL || g_strcmp0 (gtk_event_controller_get_name (controller), name) == 0))
      return controller;
  }
  g_error ("%s has no %s", G_OBJECT_TYPE_NAME (widget), g_type_name (type));
}

static gboolean
press (const char *controller, guint key)
{
  gboolean handled = FALSE;
  g_signal_emit_by_name (find_controller (canvas, GTK_TYPE_EVENT_CONTROLLER_KEY, controller),
                         "key-pressed", key, 0, 0, &handled);
  return handled;
}

static void
move_pointer (double x, double y)
{
  g_signal_emit_by_name (find_controller (canvas, GTK_TYPE_EVENT_CONTROLLER_MOTION, NULL), "motion",
                         x, y);
}

static void
click (double x, double y)
{
  GtkEventController *drag = find_controller (canvas, GTK_TYPE_GESTURE_DRAG, NULL);
  g_signal_emit_by_name (drag, "drag-begin", x, y);
  g_signal_emit_by_name (drag, "drag-end", 0.0, 0.0);
}

static DioVec3
get_position (const char *id)
{
  const DioNode *node = dio_scenario_find_node (dio_session_get_scenario (session), id);
  g_assert_nonnull (node);
  return node->parent_from_node.translation_m;
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user)
{
  g_autoptr (GError) error = NULL;
  *(gboolean *) user = dio_session_open_finish (DIO_SESSION (source), result, &error);
  g_assert_no_error (error);
}

static gboolean
is_true (gpointer user)
{
  return *(gboolean *) user;
}

/* -- Tests --------------------------------------------------------------------------------------------------------- */

static void
test_pictures (void)
{
  dio_session_set_frame_view (session, TRUE);
  settle ();
  dio_selection_set_one (dio_session_get_selection (session), "table");
  g_assert_true (dio_action_registry_run (registry, "frame-selection"));
  settle ();
  /* The table fills the picture: its pixels are many. */
  const DioPreviewResult *result = dio_session_get_result (session);
  gsize n = (gsize) result->view_leaf->width * result->view_leaf->height, on_table = 0;
  for (gsize i = 0; i < n; i++) {
    guint leaf = result->view_leaf->u16[i];
    on_table += leaf != 0
                && g_str_equal (
                    g_array_index (result->frame->leaves, DioFrameLeaf, leaf - 1).node_id, "table");
  }
  g_assert_cmpuint (on_table, >, n / 12);
  dio_selection_set_one (dio_session_get_selection (session), "mug_1");
  g_object_set (panel, "tool", 1, NULL);
  dio_harness_run (200);
  dio_harness_snapshot (GTK_WIDGET (window), "viewport-free");
  dio_session_set_through_sensor (session, TRUE);
  g_object_set (dio_session_get_overlays (session), "names", TRUE, NULL);
  settle ();
  dio_harness_run (200);
  dio_harness_snapshot (GTK_WIDGET (window), "viewport-through");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      ADW_COLOR_SCHEME_FORCE_DARK);
  dio_harness_run (200);
  dio_harness_snapshot (GTK_WIDGET (window), "viewport-dark");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
  g_object_set (dio_session_get_overlays (session), "names", FALSE, NULL);

  /* Not black, not empty: the sensor's picture has many colours. */
  g_autoptr (GdkTexture) texture = dio_harness_picture (canvas);
  int width = gdk_texture_get_width (texture), height = gdk_texture_get_height (texture);
  g_autofree guint32 *pixels = g_new (guint32, (gsize) width * height);
  gdk_texture_download (texture, (guchar *) pixels, (gsize) width * 4);
  g_autoptr (GHashTable) colors = g_hash_table_new (NULL, NULL);
  for (int i = 0; i < width * height; i += 97)
    g_hash_table_add (colors, GUINT_TO_POINTER (pixels[i]));
  g_assert_cmpuint (g_hash_table_size (colors), >, 40);
  dio_session_set_through_sensor (session, FALSE);
  dio_session_set_frame_view (session, FALSE);
  settle ();
}

static void
test_move_by_keys (void)
{
  DioSelection *selection = dio_session_get_selection (session);
  dio_selection_set_one (selection, "table");
  DioVec3 before = get_position ("table");
  move_pointer (300, 200);
  g_assert_true (dio_action_registry_run (registry, "tool-move"));
  g_assert_true (press ("keys", GDK_KEY_x));
  g_assert_true (press ("keys", GDK_KEY_2));
  g_assert_true (press ("keys", GDK_KEY_Return));
  DioVec3 after = get_position ("table");
  g_assert_cmpfloat_with_epsilon (after.x, before.x + 2, 1e-9);
  g_assert_cmpfloat_with_epsilon (after.y, before.y, 1e-9);
  dio_session_undo (session);
  g_assert_cmpfloat_with_epsilon (get_position ("table").x, before.x, 1e-9);
  settle ();
}

static void
expect_status (const char *text)
{
  if (dio_harness_find_label (panel, text) == NULL)
    g_error ("the status does not say \"%s\"", text);
}

/* Every tool says what it does in a whole sentence, and names its undo step with the object. */
static void
test_words_of_tools (void)
{
  static const struct {
    const char *command, *keys, *status, *step;
  } uses[] = {
    { "tool-move", "1", "Move: [1] m", "Move Table" },
    { "tool-move", "xx2", "Move along X: [2] m (local axes)", "Move Table" },
    { "tool-rotate", "z30", "Rotate about Z: [30]°", "Rotate Table" },
    { "tool-rotate", "5", "Rotate: [5]°", "Rotate Table" },
    { "tool-scale", "2", "Scale: [2]", "Scale Table" },
    { "tool-scale", "y3", "Scale along Y: [3] (local axes)", "Scale Table" },
  };
  dio_selection_set_one (dio_session_get_selection (session), "table");
  for (guint i = 0; i < G_N_ELEMENTS (uses); i++) {
    g_autofree char *step = NULL;
    move_pointer (300, 200);
    g_assert_true (dio_action_registry_run (registry, uses[i].command));
    for (const char *key = uses[i].keys; *key != '\0'; key++)
      g_assert_true (press ("keys", (guint) *key));
    expect_status (uses[i].status);
    g_assert_true (press ("keys", GDK_KEY_Return));
    g_object_get (session, "undo-name", &step, NULL);
    g_assert_cmpstr (step, ==, uses[i].step);
    dio_session_undo (session);
  }
  const char *const both[] = { "table", "mug_1", NULL };
  g_autofree char *step = NULL;
  dio_selection_set (dio_session_get_selection (session), both);
  g_assert_true (dio_action_registry_run (registry, "tool-rotate"));
  g_assert_true (press ("keys", GDK_KEY_9));
  g_assert_true (press ("keys", GDK_KEY_Return));
  g_object_get (session, "undo-name", &step, NULL);
  g_assert_cmpstr (step, ==, "Rotate 2 Objects");
  dio_session_undo (session);
  settle ();
}

/* Uses that follow each other faster than pictures come: each begins where the last one left the object. */
static void
test_uses_in_a_row (void)
{
  static const char *const keys[] = { "x2", "z90", "3" };
  static const char *const commands[] = { "tool-move", "tool-rotate", "tool-scale" };
  dio_selection_set_one (dio_session_get_selection (session), "box_1");
  DioVec3 before = get_position ("box_1");
  move_pointer (300, 200);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    g_assert_true (dio_action_registry_run (registry, commands[i]));
    for (const char *key = keys[i]; *key != '\0'; key++)
      g_assert_true (press ("keys", (guint) *key));
    g_assert_true (press ("keys", GDK_KEY_Return));
  }
  DioVec3 after = get_position ("box_1");
  g_assert_cmpfloat_with_epsilon (after.x, before.x + 2, 1e-9);
  g_assert_cmpfloat_with_epsilon (after.y, before.y, 1e-9);
  g_assert_cmpfloat_with_epsilon (after.z, before.z, 1e-9);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    dio_session_undo (session);
  g_assert_cmpfloat_with_epsilon (get_position ("box_1").x, before.x, 1e-9);
  settle ();
}

static gboolean
has_dropped (gpointer user)
{
  g_autofree char *step = NULL;
  g_object_get (session, "undo-name", &step, NULL);
  return g_str_equal (step, "Drop to Surface");
}

/* Up by 1 m and down on what lies below; the height at which it stands then. */
static double
lift_and_drop (gboolean wait)
{
  dio_selection_set_one (dio_session_get_selection (session), "table");
  move_pointer (300, 200);
  g_assert_true (dio_action_registry_run (registry, "tool-move"));
  for (const char *key = "z1"; *key != '\0'; key++)
    g_assert_true (press ("keys", (guint) *key));
  g_assert_true (press ("keys", GDK_KEY_Return));
  if (wait)
    settle ();
  g_assert_true (dio_action_registry_run (registry, "drop-to-surface"));
  g_assert_true (dio_harness_wait (has_dropped, NULL, 20000));
  double height_m = get_position ("table").z;
  dio_session_undo (session);
  dio_session_undo (session);
  settle ();
  return height_m;
}

/* It comes down to the same place whether the picture has shown it up there or not. */
static void
test_drop_at_once (void)
{
  double seen_m = lift_and_drop (TRUE), unseen_m = lift_and_drop (FALSE);
  g_assert_cmpfloat_with_epsilon (unseen_m, seen_m, 1e-6);
}

static void
test_cancel (void)
{
  DioScenario *before = dio_session_get_scenario (session);
  gboolean could_undo, can_undo, can_redo;
  g_autofree char *redo_before = NULL, *redo_after = NULL;
  g_object_get (session, "can-undo", &could_undo, "can-redo", &can_redo, "redo-name", &redo_before,
                NULL);
  /* What the test before undid. */
  g_assert_true (can_redo);
  dio_selection_set_one (dio_session_get_selection (session), "table");
  move_pointer (300, 200);
  g_assert_true (dio_action_registry_run (registry, "tool-move"));
  move_pointer (380, 240);
  g_assert_true (dio_session_get_scenario (session) != before);
  g_assert_true (press ("keys", GDK_KEY_Escape));
  DioVec3 after = get_position ("table");
  g_assert_cmpfloat_with_epsilon (after.x, 0, 1e-9);
  g_assert_true (dio_session_get_scenario (session) == before);
  /* As if it had never been begun. */
  g_object_get (session, "can-undo", &can_undo, "redo-name", &redo_after, NULL);
  g_assert_cmpint (can_undo, ==, could_undo);
  g_assert_cmpstr (redo_after, ==, redo_before);
  /* The next Escape clears the selection. */
  g_assert_true (press ("keys", GDK_KEY_Escape));
  g_assert_cmpuint (dio_selection_get_count (dio_session_get_selection (session)), ==, 0);
  settle ();
}

static void
test_randomized_is_refused (void)
{
  dio_session_set_frame_view (session, TRUE);
  settle ();
  DioScenario *before = dio_session_get_scenario (session);
  dio_selection_set_one (dio_session_get_selection (session), "mug_1");
  move_pointer (300, 200);
  g_assert_true (dio_action_registry_run (registry, "tool-move"));
  move_pointer (360, 200);
  g_assert_true (dio_session_get_scenario (session) == before);
  dio_session_set_frame_view (session, FALSE);
  settle ();
}

static DioVec3
get_shown_place (const char *id)
{
  const DioPreviewResult *result = dio_session_get_result (session);
  for (guint i = 0; i < result->resolved->nodes->len; i++) {
    const DioResolvedNode *node = &g_array_index (result->resolved->nodes, DioResolvedNode, i);
    if (g_str_equal (node->node->id, id))
      return (DioVec3){ node->world_from_node.m[12], node->world_from_node.m[13],
                        node->world_from_node.m[14] };
  }
  g_error ("%s is not shown", id);
}

/* What is drawn from a box follows the hand in the frame that is looked at: the box goes along, and is seen. */
static void
test_drawn_range_follows (void)
{
  dio_session_set_frame_view (session, TRUE);
  settle ();
  DioScenario *before = dio_session_get_scenario (session);
  dio_selection_set_one (dio_session_get_selection (session), "lamp");
  DioVec3 from = get_shown_place ("lamp"), document = get_position ("lamp");
  dio_harness_run (100);
  dio_harness_snapshot (GTK_WIDGET (window), "viewport-range");
  move_pointer (300, 200);
  g_assert_true (dio_action_registry_run (registry, "tool-move"));
  g_assert_true (press ("keys", GDK_KEY_y));
  g_assert_true (press ("keys", GDK_KEY_1));
  g_assert_true (press ("keys", GDK_KEY_Return));
  settle ();
  DioVec3 to = get_shown_place ("lamp");
  g_assert_cmpfloat_with_epsilon (to.x, from.x, 1e-6);
  g_assert_cmpfloat_with_epsilon (to.y, from.y + 1, 1e-6);
  g_assert_cmpfloat_with_epsilon (get_position ("lamp").y, document.y, 1e-12);
  g_autofree char *step = NULL;
  g_object_get (session, "undo-name", &step, NULL);
  g_assert_true (g_str_has_prefix (step, "Shift Range of "));
  dio_session_undo (session);
  g_assert_true (dio_session_get_scenario (session) == before);
  dio_session_set_frame_view (session, FALSE);
  settle ();
}

static void
test_click_selects (void)
{
  DioSelection *selection = dio_session_get_selection (session);
  dio_selection_clear (selection);
  g_object_set (panel, "tool", 0, NULL);
  int width = gtk_widget_get_width (canvas), height = gtk_widget_get_height (canvas);
  click (width / 2.0, height * 0.9);
  g_assert_cmpuint (dio_selection_get_count (selection), ==, 1);
  g_autofree char *first = g_strdup (dio_selection_get_active (selection));
  const DioPreviewResult *result = dio_session_get_result (session);
  guint leaf =
      result->view_leaf->u16[(gsize) (result->view_leaf->height * 9 / 10) * result->view_leaf->width
                             + result->view_leaf->width / 2];
  g_assert_cmpuint (leaf, >, 0);
  g_assert_cmpstr (first, ==,
                   g_array_index (result->frame->leaves, DioFrameLeaf, leaf - 1).node_id);
}

static void
test_rubber_band (void)
{
  DioSelection *selection = dio_session_get_selection (session);
  dio_selection_clear (selection);
  dio_harness_drag (canvas, 1, 1, gtk_widget_get_width (canvas) - 2,
                    gtk_widget_get_height (canvas) - 2);
  g_assert_cmpuint (dio_selection_get_count (selection), >, 2);
  dio_selection_clear (selection);
}

static void
test_hold_space (void)
{
  DioOverlays *overlays = dio_session_get_overlays (session);
  g_assert_true (press ("hold", GDK_KEY_space));
  g_assert_true (dio_overlays_get_clean (overlays));
  g_signal_emit_by_name (find_controller (canvas, GTK_TYPE_EVENT_CONTROLLER_KEY, "hold"),
                         "key-released", GDK_KEY_space, 0, 0);
  g_assert_false (dio_overlays_get_clean (overlays));
  press ("hold", GDK_KEY_space);
  g_signal_emit_by_name (find_controller (canvas, GTK_TYPE_EVENT_CONTROLLER_FOCUS, "hold"),
                         "leave");
  g_assert_false (dio_overlays_get_clean (overlays));
}

static void
test_overlay_commands (void)
{
  DioOverlays *overlays = dio_session_get_overlays (session);
  DioBoxesShown boxes = dio_overlays_get_boxes (overlays);
  g_assert_true (dio_action_registry_run (registry, "cycle-boxes"));
  g_assert_cmpint (dio_overlays_get_boxes (overlays), !=, boxes);
  g_object_set (overlays, "boxes", boxes, NULL);
  double opacity = dio_overlays_get_opacity (overlays);
  g_assert_true (dio_action_registry_run (registry, "opacity-up"));
  g_assert_cmpfloat_with_epsilon (dio_overlays_get_opacity (overlays), opacity + 0.1, 1e-9);
  g_object_set (overlays, "opacity", opacity, NULL);
  GtkWidget *button = dio_harness_find_label (panel, "Boxes (B)");
  g_assert_nonnull (button);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), FALSE);
  g_assert_cmpint (dio_overlays_get_boxes (overlays), ==, DIO_BOXES_OFF);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  g_assert_cmpint (dio_overlays_get_boxes (overlays), ==, boxes);
}

/* Sum of the differences of two pictures of the canvas, a channel of a pixel on average. */
static double
compare_pictures (GdkTexture *a, GdkTexture *b)
{
  int width = gdk_texture_get_width (a), height = gdk_texture_get_height (a);
  gsize n = (gsize) width * height * 4;
  g_autofree guint8 *one = g_malloc (n), *two = g_malloc (n);
  g_assert_cmpint (gdk_texture_get_width (b), ==, width);
  gdk_texture_download (a, one, (gsize) width * 4);
  gdk_texture_download (b, two, (gsize) width * 4);
  double sum = 0;
  for (gsize i = 0; i < n; i++)
    sum += ABS ((int) one[i] - (int) two[i]);
  return sum / (double) n;
}

/* D goes through the passes in the free view too: each is another picture, and after the last comes the first again. */
static void
test_passes_of_free_view (void)
{
  g_autoptr (GPtrArray) pictures = g_ptr_array_new_with_free_func (g_object_unref);
  static const char *const names[] = { "colour", "depth", "normal", "ids", "colour-again" };
  dio_selection_clear (dio_session_get_selection (session));
  g_object_set (dio_session_get_overlays (session), "masks", DIO_MASKS_OFF, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    if (i > 0)
      g_assert_true (dio_action_registry_run (registry, "cycle-pass"));
    settle ();
    dio_harness_run (200);
    g_autofree char *file = g_strconcat ("viewport-free-", names[i], NULL);
    dio_harness_snapshot (GTK_WIDGET (window), file);
    g_ptr_array_add (pictures, dio_harness_picture (canvas));
  }
  for (guint i = 1; i < 4; i++)
    for (guint k = 0; k < i; k++)
      g_assert_cmpfloat (compare_pictures (pictures->pdata[i], pictures->pdata[k]), >, 8);
  g_assert_cmpfloat (compare_pictures (pictures->pdata[0], pictures->pdata[4]), <, 1);
  g_object_set (dio_session_get_overlays (session), "masks", DIO_MASKS_CATEGORY, NULL);
}

static void
test_drop_of_model (void)
{
  guint before = dio_session_get_scenario (session)->nodes->len;
  g_auto (GValue) value = G_VALUE_INIT;
  g_value_init (&value, G_TYPE_STRING);
  g_value_set_static_string (&value, "diorama-shelf:model:mug");
  gboolean taken = FALSE;
  g_signal_emit_by_name (find_controller (canvas, GTK_TYPE_DROP_TARGET, NULL), "drop", &value,
                         gtk_widget_get_width (canvas) / 2.0, gtk_widget_get_height (canvas) * 0.8,
                         &taken);
  g_assert_true (taken);
  for (int i = 0; i < 200 && dio_session_get_scenario (session)->nodes->len == before; i++)
    dio_harness_run (20);
  g_assert_cmpuint (dio_session_get_scenario (session)->nodes->len, ==, before + 1);
  const char *id = dio_selection_get_active (dio_session_get_selection (session));
  g_assert_nonnull (id);
  /* It stands on the floor or the table, not in the air of nowhere. */
  g_assert_cmpfloat (get_position (id).z, >=, -1e-6);
  g_assert_cmpfloat (get_position (id).z, <, 1);
  dio_session_undo (session);
  g_value_set_static_string (&value, "some text");
  g_signal_emit_by_name (find_controller (canvas, GTK_TYPE_DROP_TARGET, NULL), "drop", &value, 10.0,
                         10.0, &taken);
  g_assert_false (taken);
  settle ();
}

static gboolean
is_frame_shown (gpointer user)
{
  const DioPreviewResult *result = dio_session_get_result (session);
  return result != NULL && !result->base && result->frame_index == *(guint *) user
         && result->scenario == dio_session_get_scenario (session);
}

static gboolean
is_hidden_in_part (gpointer user)
{
  DioLabelRow *row = NULL;
  GListModel *rows = dio_session_get_label_rows (session);
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++) {
    g_autoptr (DioLabelRow) item = g_list_model_get_item (rows, i);
    if (g_str_equal (dio_label_row_get_node_id (item), user))
      row = item;
  }
  double visibility = row != NULL ? dio_label_row_get_visibility (row) : NAN;
  return visibility > 0.15 && visibility < 0.85
         && strstr (dio_label_row_get_hiders (row), "Cereal box") != NULL;
}

/* Select A, then B, "Hide": B stands before A in the frame that is looked at, 20 to 80 % visible, in one undo step. */
static void
test_occlude (void)
{
  DioScenario *before = dio_session_get_scenario (session);
  dio_selection_set_one (dio_session_get_selection (session), "mug_1");
  g_assert_true (dio_action_registry_run (registry, "occlude"));
  g_assert_true (dio_session_get_scenario (session) == before);
  dio_session_set_frame_view (session, TRUE);
  settle ();
  const char *const both[] = { "mug_1", "box_1", NULL };
  dio_selection_set (dio_session_get_selection (session), both);
  g_assert_true (dio_action_registry_run (registry, "occlude"));
  g_assert_cmpstr (dio_selection_get_active (dio_session_get_selection (session)), ==, "mug_1");
  g_assert_cmpuint (dio_session_get_scenario (session)->randomizers->len, ==,
                    before->randomizers->len + 1);
  /* Not every frame of the example has both. */
  gboolean hidden = FALSE;
  for (guint frame = 0; frame < 8 && !hidden; frame++) {
    dio_session_set_frame (session, frame);
    g_assert_true (dio_harness_wait (is_frame_shown, &frame, 60000));
    hidden = is_hidden_in_part ("mug_1");
  }
  g_assert_true (hidden);
  dio_session_undo (session);
  g_assert_true (dio_session_get_scenario (session) == before);
  dio_session_set_frame (session, 0);
  dio_session_set_frame_view (session, FALSE);
  settle ();
}

static void
test_frame_bar (void)
{
  dio_session_set_frame_view (session, FALSE);
  dio_session_set_frame (session, 4);
  g_assert_true (dio_action_registry_run (registry, "next-frame"));
  g_assert_true (dio_session_get_frame_view (session));
  g_assert_cmpuint (dio_session_get_frame (session), ==, 4);
  g_assert_true (dio_action_registry_run (registry, "next-frame"));
  g_assert_cmpuint (dio_session_get_frame (session), ==, 5);
  g_assert_true (dio_action_registry_run (registry, "previous-frame"));
  g_assert_cmpuint (dio_session_get_frame (session), ==, 4);
  dio_session_set_frame (session, 0);
  dio_session_set_frame_view (session, FALSE);
}

static void
set_steps (int steps)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) value = json_integer (steps);
  DioScenario *next = dio_scenario_with_property (dio_session_get_scenario (session),
                                                  "sequence/steps", value, &error);
  g_assert_no_error (error);
  dio_session_commit (session, next, "Set Steps", NULL);
  settle ();
}

/* Of a scenario with sequences the bar says which step of which one is shown. */
static void
test_moment (void)
{
  set_steps (4);
  dio_session_set_frame_view (session, TRUE);
  dio_session_set_frame (session, 6);
  settle ();
  GtkWidget *label = dio_harness_find_label (bar, "Sequence 1, step 3 of 4");
  g_assert_nonnull (label);
  g_assert_true (gtk_widget_get_mapped (label));
  const char *folder = g_getenv ("DIORAMA_TEST_OUTPUT");
  if (folder != NULL) {
    g_autofree char *path = g_build_filename (folder, "frame-bar-moment.png", NULL);
    g_autoptr (GdkTexture) picture = dio_harness_picture (bar);
    gdk_texture_save_to_png (picture, path);
  }
  set_steps (1);
  g_assert_false (gtk_widget_get_mapped (label));
  dio_session_set_frame (session, 0);
  dio_session_set_frame_view (session, FALSE);
  settle ();
}

static gboolean
frame_differs (gpointer user)
{
  return dio_session_get_frame (session) != *(guint32 *) user;
}

/* J opens the field of the frame empty: a number goes there, nothing goes anywhere. */
static void
test_jump (void)
{
  GtkWidget *text = dio_harness_find_type (bar, GTK_TYPE_TEXT);
  dio_session_set_frame (session, 7);
  g_assert_true (dio_action_registry_run (registry, "jump-to-frame"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (text)), ==, "");
  dio_harness_type (text, "12");
  dio_harness_enter (text);
  g_assert_cmpuint (dio_session_get_frame (session), ==, 12);
  /* Given up, it changes nothing. */
  dio_action_registry_run (registry, "jump-to-frame");
  gtk_widget_grab_focus (canvas);
  g_assert_cmpuint (dio_session_get_frame (session), ==, 12);
  guint32 before = 12;
  /* A random frame may be the same once, but not ten times. */
  for (guint i = 0; i < 10 && !frame_differs (&before); i++) {
    g_assert_true (dio_action_registry_run (registry, "jump-to-frame"));
    dio_harness_enter (text);
  }
  g_assert_true (frame_differs (&before));
  g_assert_true (dio_session_get_frame_view (session));
  dio_session_set_frame (session, 0);
  dio_session_set_frame_view (session, FALSE);
  settle ();
}

/* Tab visits what lies over the picture and leaves at both ends. */
static void
test_tab_passes_through (void)
{
  g_autoptr (GHashTable) visited = g_hash_table_new (NULL, NULL);
  const GtkDirectionType directions[] = { GTK_DIR_TAB_FORWARD, GTK_DIR_TAB_BACKWARD };
  for (guint d = 0; d < G_N_ELEMENTS (directions); d++) {
    g_hash_table_remove_all (visited);
    gtk_window_set_focus (window, NULL);
    guint stops = 0;
    while (gtk_widget_child_focus (panel, directions[d]) && stops++ < 100)
      g_hash_table_add (visited, gtk_window_get_focus (window));
    g_assert_cmpuint (stops, <, 100);
    g_assert_true (g_hash_table_contains (visited, canvas));
    static const char *const names[] = { "Select (Q)", "Scale (S)", "Look Through the Sensor (0)",
                                         "Boxes (B)" };
    for (guint i = 0; i < G_N_ELEMENTS (names); i++)
      g_assert_true (g_hash_table_contains (visited, dio_harness_find_label (panel, names[i])));
    g_assert_cmpuint (g_hash_table_size (visited), ==, stops);
  }
}

static void
test_names_of_controls (void)
{
  g_autofree char *unnamed = dio_harness_list_unnamed (GTK_WIDGET (window));
  g_assert_cmpstr (unnamed, ==, NULL);
}

static void
test_without_sensor (void)
{
  g_autoptr (GError) error = NULL;
  const char *sensor = dio_session_get_sensor (session);
  g_assert_nonnull (sensor);
  DioScenario *next =
      dio_scenario_without_node (dio_session_get_scenario (session), sensor, &error);
  g_assert_no_error (error);
  dio_session_commit (session, next, "Delete Camera", NULL);
  settle ();
  GtkWidget *button = dio_harness_find_label (panel, "Add Sensor Here");
  g_assert_nonnull (button);
  dio_harness_snapshot (GTK_WIDGET (window), "viewport-no-sensor");
  dio_harness_click (button);
  dio_harness_run (50);
  g_assert_nonnull (dio_session_get_sensor (session));
}

/* -- The one session ----------------------------------------------------------------------------------------------- */

static void
start (void)
{
  g_autofree char *folder = dio_harness_dup_temp ("data");
  session = dio_session_new (g_getenv ("DIORAMA_ENGINE"), folder);
  g_autofree char *path =
      g_build_filename (g_getenv ("DIORAMA_DATA_DIR"), "scenarios", "tabletop.diorama", NULL);
  gboolean opened = FALSE;
  dio_session_open_async (session, path, opened_cb, &opened);
  g_assert_true (dio_harness_wait (is_true, &opened, 30000));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  panel = dio_viewport_panel_new (session);
  bar = dio_frame_bar_new (session);
  gtk_widget_set_vexpand (panel, TRUE);
  gtk_box_append (GTK_BOX (box), panel);
  gtk_box_append (GTK_BOX (box), bar);
  window = dio_harness_show (box, 900, 640);
  group = g_simple_action_group_new ();
  gtk_widget_insert_action_group (GTK_WIDGET (window), "win", G_ACTION_GROUP (group));
  registry = dio_action_registry_new (NULL, G_ACTION_MAP (group));
  dio_viewport_panel_add_actions (DIO_VIEWPORT_PANEL (panel), registry);
  dio_frame_bar_add_actions (DIO_FRAME_BAR (bar), registry);
  canvas = dio_harness_find_type (panel, g_type_from_name ("DioViewportCanvas"));
  settle ();
}

static gboolean
is_gone (gpointer user)
{
  return session == NULL;
}

static void
stop (void)
{
  dio_harness_destroy (window);
  g_object_unref (registry);
  g_object_unref (group);
  /* A file that is being written in a thread may hold it for a moment. */
  g_object_add_weak_pointer (G_OBJECT (session), (gpointer *) &session);
  g_object_unref (session);
  g_assert_true (dio_harness_wait (is_gone, NULL, 20000));
}

static void
test_ends_cleanly (void)
{
  stop ();
}

int
main (int argc, char **argv)
{
  dio_harness_init (&argc, &argv);
  g_test_add_func ("/viewport/panel/starts", start);
  g_test_add_func ("/viewport/panel/pictures", test_pictures);
  g_test_add_func ("/viewport/panel/move-by-keys", test_move_by_keys);
  g_test_add_func ("/viewport/panel/words-of-tools", test_words_of_tools);
  g_test_add_func ("/viewport/panel/uses-in-a-row", test_uses_in_a_row);
  g_test_add_func ("/viewport/panel/drop-at-once", test_drop_at_once);
  g_test_add_func ("/viewport/panel/cancel", test_cancel);
  g_test_add_func ("/viewport/panel/randomized-is-refused", test_randomized_is_refused);
  g_test_add_func ("/viewport/panel/drawn-range-follows", test_drawn_range_follows);
  g_test_add_func ("/viewport/panel/click-selects", test_click_selects);
  g_test_add_func ("/viewport/panel/rubber-band", test_rubber_band);
  g_test_add_func ("/viewport/panel/hold-space", test_hold_space);
  g_test_add_func ("/viewport/panel/overlay-commands", test_overlay_commands);
  g_test_add_func ("/viewport/panel/passes-of-free-view", test_passes_of_free_view);
  g_test_add_func ("/viewport/panel/drop-of-model", test_drop_of_model);
  g_test_add_func ("/viewport/panel/occlude", test_occlude);
  g_test_add_func ("/viewport/panel/frame-bar", test_frame_bar);
  g_test_add_func ("/viewport/panel/moment", test_moment);
  g_test_add_func ("/viewport/panel/jump", test_jump);
  g_test_add_func ("/viewport/panel/tab-passes-through", test_tab_passes_through);
  g_test_add_func ("/viewport/panel/names-of-controls", test_names_of_controls);
  g_test_add_func ("/viewport/panel/without-sensor", test_without_sensor);
  g_test_add_func ("/viewport/panel/ends-cleanly", test_ends_cleanly);
  return g_test_run ();
}
