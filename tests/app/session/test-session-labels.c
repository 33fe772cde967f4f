/* Results of the preview: rows of labels, why a pixel and a value are as they are, when requests are made. */

#include "session-fixture.h"

#include "dio-base-json.h"
#include "dio-core-interactive.h"
#include "dio-core-pose.h"
#include "dio-edit-nodes.h"
#include "dio-image-codec.h"
#include "dio-scene-edit.h"
#include "dio-session-models.h"

#include <math.h>
#include <string.h>

/* A ball before a box, both labelled, on the ground. */
static void
add_objects (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  static const char *const categories[] = {
    "{\"id\":\"ball\",\"name\":\"Ball\",\"kind\":\"thing\",\"color\":\"#ff0000\"}",
    "{\"id\":\"floor\",\"name\":\"Floor\",\"kind\":\"stuff\",\"color\":\"#00ff00\"}",
  };
  for (guint i = 0; i < G_N_ELEMENTS (categories); i++) {
    g_autoptr (json_t) json =
        dio_json_parse (categories[i], strlen (categories[i]), "category", &error);
    DioScenario *next =
        dio_scenario_with_category (dio_session_get_scenario (f->session), json, &error);
    g_assert_no_error (error);
    dio_session_commit (f->session, next, "Add", NULL);
  }
  fixture_add_node (
      f, "{\"id\":\"front\",\"kind\":\"model\",\"category\":\"ball\",\"translation\":[0,-0.6,0.2],"
         "\"model\":{\"parametric\":\"sphere\",\"parameters\":{\"radius_m\":0.2}}}");
  fixture_add_node (
      f, "{\"id\":\"back\",\"kind\":\"model\",\"category\":\"ball\",\"translation\":[0.25,0,0.25],"
         "\"model\":{\"parametric\":\"sphere\",\"parameters\":{\"radius_m\":0.25}}}");
  fixture_add_node (f, "{\"id\":\"plain\",\"kind\":\"model\",\"translation\":[-0.8,0,0.2],"
                       "\"model\":{\"parametric\":\"sphere\",\"parameters\":{\"radius_m\":0.2}}}");
}

static DioLabelRow *
find_row (Fixture *f, const char *node)
{
  GListModel *rows = dio_session_get_label_rows (f->session);
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++) {
    g_autoptr (DioLabelRow) row = g_list_model_get_item (rows, i);
    if (strcmp (dio_label_row_get_node_id (row), node) == 0)
      return row;
  }
  return NULL;
}

static void
set_number (Fixture *f, const char *id, const char *path, double number)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) value = json_real (number);
  const char *const ids[] = { id, NULL };
  dio_session_set_property (f->session, id != NULL ? ids : NULL, path, value, "Set", NULL, &error);
  g_assert_no_error (error);
}

/* The middle of what a row's box says. */
static DioWhyPixel *
explain_box (Fixture *f, const char *node)
{
  DioPixelBox box = dio_label_row_get_box (find_row (f, node));
  return dio_session_explain_pixel (f->session, (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2);
}

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, gpointer count)
{
  (*(guint *) count)++;
}

static void
test_rows (void)
{
  g_auto (Fixture) f = { 0 };
  fixture_init (&f);
  add_objects (&f);
  fixture_wait_result (&f);
  DioLabelRow *back = find_row (&f, "back"), *front = find_row (&f, "front");
  g_assert_nonnull (front);
  g_assert_nonnull (back);
  g_assert_cmpstr (dio_label_row_get_category_name (front), ==, "Ball");
  g_assert_cmphex (dio_label_row_get_color (front), ==, 0xff0000);
  g_assert_cmpint (dio_label_row_get_verdict (front), ==, DIO_VERDICT_KEEP);
  g_assert_cmpfloat_with_epsilon (dio_label_row_get_visibility (front), 1, 1e-12);
  g_assert_cmpfloat (dio_label_row_get_visibility (back), <, 1);
  const char *name, *node;
  guint64 px;
  g_assert_true (dio_label_row_get_hider (back, 0, &name, &node, &px));
  g_assert_cmpstr (node, ==, "front");
  g_assert_cmpuint (px, >, 50);
  g_assert_false (dio_label_row_get_hider (front, 0, &name, &node, &px));
  g_autofree char *text = g_strdup_printf ("front %" G_GUINT64_FORMAT " px", px);
  g_assert_cmpstr (dio_label_row_get_hiders (back), ==, text);
  DioLabelRow *plain = find_row (&f, "plain");
  g_assert_cmpint (dio_label_row_get_category (plain), ==, -1);
  g_assert_cmpstr (dio_label_row_get_reason (plain), ==, "unlabelled");
  g_assert_true (dio_session_find_label_row (f.session, dio_label_row_get_instance (back)) == back);

  /* The table does not jump: a moved object's row is updated where it is, a gone one's goes. */
  GListModel *rows = dio_session_get_label_rows (f.session);
  guint changed = 0, lists = 0, n = g_list_model_get_n_items (rows);
  g_signal_connect (back, "changed", G_CALLBACK (fixture_count_cb), &changed);
  gulong handler = g_signal_connect (rows, "items-changed", G_CALLBACK (items_changed_cb), &lists);
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) place = json_pack ("[f,f,f]", 0.0, 0.0, 0.25);
  dio_session_set_property (f.session, (const char *const[]){ "back", NULL }, "translation", place,
                            "Move", NULL, &error);
  double before = dio_label_row_get_visibility (back);
  fixture_wait_result (&f);
  g_assert_cmpuint (changed, ==, 1);
  g_assert_cmpuint (lists, ==, 0);
  g_signal_handler_disconnect (rows, handler);
  g_assert_true (find_row (&f, "back") == back);
  g_assert_cmpfloat (dio_label_row_get_visibility (back), <, before);
  g_object_add_weak_pointer (G_OBJECT (front), (gpointer *) &front);
  dio_session_commit (
      f.session, dio_scenario_without_node (dio_session_get_scenario (f.session), "front", NULL),
      "Delete", NULL);
  fixture_wait_result (&f);
  g_assert_null (front);
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, n - 1);
}

static void
test_why_pixel (void)
{
  g_auto (Fixture) f = { 0 };
  fixture_init (&f);
  g_autoptr (DioWhyPixel) early = dio_session_explain_pixel (f.session, 5, 5);
  g_assert_cmpint (early->kind, ==, DIO_WHY_NOTHING);
  add_objects (&f);
  const DioPreviewResult *result = fixture_wait_result (&f);

  g_autoptr (DioWhyPixel) sky = dio_session_explain_pixel (f.session, 5, 5);
  g_assert_cmpint (sky->kind, ==, DIO_WHY_BACKGROUND);
  g_assert_null (sky->node_id);
  g_autoptr (DioWhyPixel) outside =
      dio_session_explain_pixel (f.session, (int) result->labels.leaf->width, 5);
  g_assert_cmpint (outside->kind, ==, DIO_WHY_NOTHING);

  g_autoptr (DioWhyPixel) kept = explain_box (&f, "front");
  g_assert_cmpint (kept->kind, ==, DIO_WHY_KEPT);
  g_assert_cmpstr (kept->node_id, ==, "front");
  g_assert_cmpstr (kept->text, ==, "front is kept, with visibility 1.");
  g_autoptr (DioWhyPixel) plain = explain_box (&f, "plain");
  g_assert_cmpint (plain->kind, ==, DIO_WHY_UNLABELLED);
  g_assert_null (plain->category);

  /* The rule, its figures and its threshold's place in the document, at once when the policy changes. */
  double visibility = dio_label_row_get_visibility (find_row (&f, "back"));
  set_number (&f, NULL, "policy/keep_visibility", 0.99);
  g_assert_cmpint (dio_label_row_get_verdict (find_row (&f, "back")), ==, DIO_VERDICT_IGNORE);
  g_assert_cmpstr (dio_label_row_get_reason (find_row (&f, "back")), ==, "visibility");
  fixture_wait_result (&f);
  DioPixelBox box = dio_label_row_get_box (find_row (&f, "back"));
  g_autoptr (DioWhyPixel) ignored =
      dio_session_explain_pixel (f.session, box.x1 - 8, (box.y0 + box.y1) / 2);
  g_autofree char *text =
      g_strdup_printf ("back is ignored: visibility %.3g < 0.99. Hidden by %s.", visibility,
                       dio_label_row_get_hiders (find_row (&f, "back")));
  g_assert_cmpint (ignored->kind, ==, DIO_WHY_IGNORED);
  g_assert_cmpstr (ignored->text, ==, text);
  g_assert_cmpstr (ignored->policy, ==, "policy/keep_visibility");
  set_number (&f, NULL, "policy/drop_visibility", 0.98);
  g_autoptr (DioWhyPixel) dropped =
      dio_session_explain_pixel (f.session, box.x1 - 8, (box.y0 + box.y1) / 2);
  g_assert_cmpint (dropped->kind, ==, DIO_WHY_DROPPED);
  g_assert_cmpstr (dropped->policy, ==, "policy/drop_visibility");

  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) floor = json_string ("floor");
  dio_session_set_property (f.session, (const char *const[]){ "ground", NULL }, "category", floor,
                            "Category", NULL, &error);
  g_assert_no_error (error);
  result = fixture_wait_result (&f);
  g_autoptr (DioWhyPixel) stuff =
      dio_session_explain_pixel (f.session, 20, (int) result->labels.leaf->height - 5);
  g_assert_cmpint (stuff->kind, ==, DIO_WHY_STUFF);
  g_assert_cmpstr (stuff->category, ==, "floor");
}

/* @value (nullable, taken): NULL gives the preset's own back. */
static void
set_policy (Fixture *f, const char *path, json_t *value)
{
  g_autoptr (GError) error = NULL;
  json_t *json = value != NULL ? value : json_null ();
  g_assert_true (dio_session_set_property (f->session, NULL, path, json, "Set", NULL, &error));
  g_assert_no_error (error);
  json_decref (json);
}

static void
set_cone (Fixture *f, double half_angle_rad, const char *outside)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) json =
      json_pack ("{s:s,s:s,s:s,s:s,s:f,s:s}", "id", "ball", "name", "Ball", "kind", "thing",
                 "color", "#ff0000", "front_cone_rad", half_angle_rad, "cone_outside", outside);
  if (strcmp (outside, "category") == 0)
    json_object_set_new (json, "front_cone_category", json_string ("back_of_ball"));
  DioScenario *next =
      dio_scenario_with_category (dio_session_get_scenario (f->session), json, &error);
  g_assert_no_error (error);
  dio_session_commit (f->session, next, "Cone", NULL);
  fixture_wait_result (f);
}

/* Every rule of the policy that a pixel can meet: its verdict, its words, the line of the policy that it links to. */
static void
test_why_every_rule (void)
{
  static const struct {
    const char *path, *reason, *words;
    double limit;
    DioWhyKind kind;
  } rules[] = {
    { "policy/drop_visible_px", "drop-visible-px", "visible pixels", 1e6, DIO_WHY_DROPPED },
    { "policy/drop_visibility", "drop-visibility", "visibility", 1, DIO_WHY_DROPPED },
    { "policy/keep_visible_px", "visible-px", "visible pixels", 1e6, DIO_WHY_IGNORED },
    { "policy/keep_short_side_px", "short-side", "short side in pixels", 5000, DIO_WHY_IGNORED },
    { "policy/keep_height_px", "height", "height in pixels", 5000, DIO_WHY_IGNORED },
    { "policy/keep_visibility", "visibility", "visibility", 1, DIO_WHY_IGNORED },
    { "policy/keep_visib_fract", "visib-fract", "visible fraction", 1, DIO_WHY_IGNORED },
  };
  g_auto (Fixture) f = { 0 };
  fixture_init (&f);
  add_objects (&f);
  fixture_wait_result (&f);
  DioPixelBox box = dio_label_row_get_box (find_row (&f, "back"));
  int x = box.x1 - 8, y = (box.y0 + box.y1) / 2;
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++) {
    set_policy (&f, rules[i].path, json_real (rules[i].limit));
    g_autoptr (DioWhyPixel) why = dio_session_explain_pixel (f.session, x, y);
    g_assert_cmpint (why->kind, ==, rules[i].kind);
    g_assert_cmpstr (why->node_id, ==, "back");
    g_assert_cmpstr (why->reason, ==, rules[i].reason);
    g_assert_cmpstr (why->policy, ==, rules[i].path);
    g_assert_nonnull (strstr (why->text, rules[i].words));
    DioLabelRow *row = find_row (&f, "back");
    g_assert_cmpstr (dio_label_row_get_reason (row), ==, rules[i].reason);
    set_policy (&f, rules[i].path, NULL);
  }
  g_autoptr (DioWhyPixel) kept = dio_session_explain_pixel (f.session, x, y);
  g_assert_cmpint (kept->kind, ==, DIO_WHY_KEPT);
}

/* The front cone of the category, as exports have it. */
static void
test_why_cone (void)
{
  g_auto (Fixture) f = { 0 };
  fixture_init (&f);
  add_objects (&f);
  static const struct {
    double half_angle_rad;
    const char *outside;
    DioWhyKind kind;
  } cones[] = {
    { 0.001, "ignore", DIO_WHY_IGNORED },
    { 3.1, "ignore", DIO_WHY_KEPT },
    { 0.001, "keep", DIO_WHY_KEPT },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cones); i++) {
    set_cone (&f, cones[i].half_angle_rad, cones[i].outside);
    g_autoptr (DioWhyPixel) why = explain_box (&f, "front");
    gboolean ignored = cones[i].kind == DIO_WHY_IGNORED;
    g_assert_cmpint (why->kind, ==, cones[i].kind);
    g_assert_cmpstr (why->reason, ==, ignored ? "outside-cone" : "");
    g_assert_null (why->policy);
    if (ignored)
      g_assert_nonnull (strstr (why->text, "outside the front cone"));
  }
  /* Another category than its own. */
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) json = json_pack ("{s:s,s:s,s:s,s:s}", "id", "back_of_ball", "name",
                                       "Back of Ball", "kind", "thing", "color", "#0000ff");
  DioScenario *next =
      dio_scenario_with_category (dio_session_get_scenario (f.session), json, &error);
  g_assert_no_error (error);
  dio_session_commit (f.session, next, "Add", NULL);
  set_cone (&f, 0.001, "category");
  g_autoptr (DioWhyPixel) other = explain_box (&f, "front");
  g_assert_cmpint (other->kind, ==, DIO_WHY_KEPT);
  g_assert_cmpstr (other->category, ==, "back_of_ball");
  g_assert_nonnull (strstr (other->text, "kept as Back of Ball"));
}

/* A part that does not count, and a background with a category of its own. */
static void
test_why_without_rule (void)
{
  g_auto (Fixture) f = { 0 };
  fixture_init (&f);
  add_objects (&f);
  fixture_wait_result (&f);
  DioPixelBox box = dio_label_row_get_box (find_row (&f, "front"));
  g_autoptr (GPtrArray) parts = dio_session_list_parts (f.session, "front");
  g_assert_cmpuint (parts->len, ==, 1);
  const char *part = ((const DioLabelPart *) parts->pdata[0])->name;
  g_autoptr (json_t) labels = json_pack ("{s:s}", part, "exclude");
  g_autoptr (GError) error = NULL;
  DioScenario *next = dio_edit_label_parts (dio_session_get_scenario (f.session),
                                            (const char *[]){ "front", NULL }, labels, &error);
  g_assert_no_error (error);
  dio_session_commit (f.session, next, "Exclude", NULL);
  set_policy (&f, "background_category", json_string ("floor"));
  fixture_wait_result (&f);
  g_autoptr (DioWhyPixel) excluded =
      dio_session_explain_pixel (f.session, (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2);
  g_assert_cmpint (excluded->kind, ==, DIO_WHY_EXCLUDED);
  g_assert_cmpstr (excluded->node_id, ==, "front");
  g_assert_nonnull (strstr (excluded->text, "does not count for its label"));
  g_autoptr (DioWhyPixel) sky = dio_session_explain_pixel (f.session, 5, 5);
  g_assert_cmpint (sky->kind, ==, DIO_WHY_BACKGROUND);
  g_assert_cmpstr (sky->category, ==, "floor");
  g_assert_cmpstr (sky->text, ==, "Background, which is labelled as Floor.");
}

static void
test_why_value (void)
{
  g_auto (Fixture) f = { 0 };
  fixture_init (&f);
  add_objects (&f);
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) json = json_pack (
      "{s:s, s:s, s:s, s:[s], s:{s:s, s:f, s:f}}", "id", "turn", "name", "Turn it", "type",
      "rotation-yaw", "targets", "front", "yaw_rad", "kind", "uniform", "min", 0.5, "max", 1.0);
  DioScenario *next =
      dio_scenario_with_randomizer (dio_session_get_scenario (f.session), json, &error);
  g_assert_no_error (error);
  dio_session_commit (f.session, next, "Randomize", NULL);
  fixture_wait_result (&f);
  /* Base: the document's own values. */
  g_assert_null (dio_session_explain_property (f.session, "front", "rotation"));
  dio_session_set_frame_view (f.session, TRUE);
  fixture_wait_result (&f);
  g_autoptr (DioWhyValue) why = dio_session_explain_property (f.session, "front", "rotation");
  g_assert_nonnull (why);
  g_assert_cmpstr (why->randomizer, ==, "turn");
  g_assert_cmpstr (why->name, ==, "Turn it");
  g_assert_cmpuint (why->n_numbers, ==, 1);
  g_assert_cmpfloat (why->numbers[0], >=, 0.5);
  g_assert_cmpfloat (why->numbers[0], <, 1.0);
  g_autofree char *text = g_strdup_printf ("%.4g", why->numbers[0]);
  g_assert_cmpstr (why->value, ==, text);
  g_assert_null (dio_session_explain_property (f.session, "back", "rotation"));
  g_assert_null (dio_session_explain_property (f.session, "front", "translation"));
}

/* Whatever happens in one turn of the main loop is asked for once. */
static void
test_requests (void)
{
  g_auto (Fixture) f = { 0 };
  fixture_init (&f);
  guint64 serial = fixture_wait_result (&f)->serial;
  dio_session_set_seed (f.session, 7);
  dio_session_set_frame_view (f.session, TRUE);
  dio_session_set_frame (f.session, 3);
  add_objects (&f);
  const DioPreviewResult *result = fixture_wait_result (&f);
  g_assert_cmpuint (result->serial, ==, serial + 1);
  g_assert_cmpuint (result->seed, ==, 7);

  /* While dragging: drafts, with exact labels; the end refines. */
  guint results = 0;
  g_signal_connect (f.session, "result", G_CALLBACK (fixture_count_cb), &results);
  dio_session_begin_drag (f.session);
  set_number (&f, "camera", "sensor/exposure_ev100", 13);
  while (results == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (dio_session_get_result (f.session)->draft);
  g_assert_nonnull (dio_session_get_result (f.session)->labels.leaf);
  /* The hand pauses. */
  fixture_wait_result (&f);
  set_number (&f, "camera", "sensor/exposure_ev100", 12);
  dio_session_end_drag (f.session);
  result = fixture_wait_result (&f);
  g_assert_false (result->draft);

  /* The view has its own size; through the sensor there is none. */
  DioPreviewView view = { .width_px = 120, .height_px = 80, .fov_y_rad = 0.9 };
  view.world_from_camera =
      dio_mat4_look_at ((DioVec3){ 2, -3, 2 }, (DioVec3){ 0 }, (DioVec3){ 0, 0, 1 });
  dio_session_set_view (f.session, &view);
  while (dio_session_get_result (f.session)->view_leaf == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (dio_session_get_result (f.session)->view_leaf->width, ==, 120);
  DioPreviewRequest request;
  dio_session_fill_request (f.session, &request);
  g_assert_cmpuint (request.view.width_px, ==, 120);
  dio_session_set_through_sensor (f.session, TRUE);
  dio_session_fill_request (f.session, &request);
  g_assert_cmpuint (request.view.width_px, ==, 0);
}

static void
test_playing (void)
{
  g_auto (Fixture) f = { 0 };
  fixture_init (&f);
  g_object_set (f.session, "playing", TRUE, NULL);
  g_assert_true (dio_session_get_frame_view (f.session));
  while (dio_session_get_frame (f.session) < 3)
    g_main_context_iteration (NULL, TRUE);
  g_object_set (f.session, "playing", FALSE, NULL);
  guint32 frame = dio_session_get_frame (f.session);
  fixture_wait_result (&f);
  fixture_spin (50);
  g_assert_cmpuint (dio_session_get_frame (f.session), ==, frame);
}

/* The document that everybody sees first shows something: it is neither black nor white, and has a horizon. */
static void
test_starter_picture (void)
{
  g_auto (Fixture) f = { 0 };
  fixture_init (&f);
  const DioPreviewResult *result = fixture_wait_result (&f);
  g_assert_no_error (result->error);
  if (result->rgb == NULL) {
    g_test_skip ("no OpenGL here");
    return;
  }
  const DioImage *rgb = result->rgb;
  gsize n = (gsize) rgb->width * rgb->height * 3;
  double mean = 0;
  for (gsize i = 0; i < n; i++)
    mean += rgb->u8[i];
  mean /= (double) n * 255;
  g_test_message ("mean of the first picture: %.2f", mean);
  g_assert_cmpfloat (mean, >, 0.2);
  g_assert_cmpfloat (mean, <, 0.8);
  const char *path = g_getenv ("DIORAMA_TEST_PICTURE");
  if (path != NULL) {
    dio_interactive_set_thread (FALSE);
    g_autoptr (GBytes) bytes = dio_image_encode (rgb, DIO_IMAGE_FORMAT_PNG, NULL, NULL);
    g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                         NULL);
    dio_interactive_set_thread (TRUE);
  }
}

/* What was seen of one document is not shown as another's, neither what is there nor what is still on its way. */
static void
test_another_document (void)
{
  g_auto (Fixture) f = { 0 };
  fixture_init (&f);
  add_objects (&f);
  fixture_wait_result (&f);
  g_assert_nonnull (find_row (&f, "front"));
  set_number (&f, "front", "layer", 3);
  fixture_spin (1);
  dio_session_new_document (f.session, NULL);
  g_assert_null (dio_session_get_result (f.session));
  g_assert_cmpuint (g_list_model_get_n_items (dio_session_get_label_rows (f.session)), ==, 0);
  for (guint i = 0; i < 3000 && dio_session_get_result (f.session) == NULL; i++)
    fixture_spin (10);
  const DioPreviewResult *result = dio_session_get_result (f.session);
  g_assert_nonnull (result);
  g_assert_true (result->scenario == dio_session_get_scenario (f.session));
  g_assert_null (find_row (&f, "front"));
}

int
main (int argc, char **argv)
{
  fixture_begin_program ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/labels/rows", test_rows);
  g_test_add_func ("/session/labels/why-this-pixel", test_why_pixel);
  g_test_add_func ("/session/labels/why-every-rule", test_why_every_rule);
  g_test_add_func ("/session/labels/why-cone", test_why_cone);
  g_test_add_func ("/session/labels/why-without-rule", test_why_without_rule);
  g_test_add_func ("/session/labels/why-this-value", test_why_value);
  g_test_add_func ("/session/labels/another-document", test_another_document);
  g_test_add_func ("/session/labels/requests", test_requests);
  g_test_add_func ("/session/labels/playing", test_playing);
  g_test_add_func ("/session/labels/starter-picture", test_starter_picture);
  int rc = g_test_run ();
  fixture_end_program ();
  return rc;
}
