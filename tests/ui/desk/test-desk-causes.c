/* From rejects to what they have in common, to the scene, and to a report about all of it. */
#include "desk-fixture.h"

#include "dio-base-json.h"
#include "dio-base-path.h"
#include "review-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#define N_FRAMES 24
#define N_PICTURES 48

/* Every fourth frame has the rusty model. Some of those are rejected, some others accepted. */
static void
judge (const ReviewFixture *fixture)
{
  ReviewDesk desk;
  review_desk_open (&desk, fixture, "first reviewer");
  for (guint32 row = 0; row < 24; row++) {
    DioReviewFrameRow frame;
    dio_review_table_get_frame (desk.table, row, &frame);
    DioReviewDecision decision = { .state = DIO_REVIEW_ACCEPTED };
    if (frame.index % 4 == 0)
      decision = (DioReviewDecision){ .state = DIO_REVIEW_REJECTED, .reason = "material" };
    g_assert_true (
        dio_review_verdicts_decide (desk.verdicts, DIO_REVIEW_FRAMES, &row, 1, &decision));
  }
  review_desk_close (&desk);
}

static GtkWidget *
find_row (Desk *desk, const char *label)
{
  GtkWidget *text = dio_harness_find_label (desk->page, label);
  g_assert_nonnull (text);
  return gtk_widget_get_ancestor (text, GTK_TYPE_LIST_BOX_ROW);
}

static void
open_causes (Desk *desk, const char *expected)
{
  GtkWidget *button = dio_harness_find_label (desk->page, "Causes");
  g_assert_nonnull (button);
  dio_harness_click (button);
  desk_wait_for (desk, expected);
}

static void
test_nothing_is_rejected (void)
{
  ReviewFixture fixture = { 0 };
  review_fixture_init (&fixture, 4);
  Desk desk;
  desk_open (&desk, fixture.folder);
  desk_wait_ready (&desk);
  open_causes (&desk, "Nothing is rejected yet.");
  desk_close (&desk);
  review_fixture_clear (&fixture);
}

static void
test_all_with_a_cause_are_rejected (void)
{
  static const char cause[] = "mug · model = asset/rusty";
  ReviewFixture fixture = { 0 };
  review_fixture_init (&fixture, N_FRAMES);
  judge (&fixture);
  Desk desk;
  desk_open (&desk, fixture.folder);
  desk_wait_ready (&desk);
  desk_wait_for (&desk, "24 of 48 decided, 6 rejected");
  open_causes (&desk, cause);
  desk_wait_for (&desk, "Randomizers");
  GtkWidget *row = find_row (&desk, cause);
  g_assert_nonnull (dio_harness_find_label (row, "Reject all with this cause: 6 items"));
  dio_harness_snapshot (gtk_widget_get_ancestor (row, GTK_TYPE_SCROLLED_WINDOW), "desk-causes");

  /* Looking at them first. */
  dio_harness_click (dio_harness_find_label (row, "Show"));
  desk_wait_for (&desk, "12 of 48 shown");
  g_assert_false (gtk_widget_get_mapped (row));
  desk_run (&desk, "desk-clear-filters");
  desk_wait_for (&desk, "48 of 48 shown");

  open_causes (&desk, cause);
  row = find_row (&desk, cause);
  dio_harness_click (dio_harness_find_label (row, "Reject All"));
  desk_wait_message (&desk, "Rejected: 6 items");
  desk_wait_for (&desk, "30 of 48 decided, 12 rejected");
  desk_wait_stored (fixture.folder, DIO_REVIEW_FRAMES, DIO_REVIEW_REJECTED, 12);
  ReviewDesk other;
  review_desk_open (&other, &fixture, "reader");
  for (guint32 i = 0; i < N_PICTURES; i++) {
    DioReviewFrameRow frame;
    g_auto (DioReviewVerdict) verdict = { 0 };
    dio_review_table_get_frame (other.table, i, &frame);
    if (frame.index % 4 != 0)
      continue;
    g_assert_true (dio_review_verdicts_get (other.verdicts, DIO_REVIEW_FRAMES, i, &verdict));
    /* As those were that led to the cause; they themselves stay as they are. */
    g_assert_cmpstr (verdict.reason, ==, "material");
    g_assert_cmpstr (verdict.comment, ==, i < 24 ? "" : cause);
  }
  review_desk_close (&other);

  /* One step takes all of it back. */
  desk_run (&desk, "desk-undo");
  desk_wait_for (&desk, "24 of 48 decided, 6 rejected");
  desk_wait_stored (fixture.folder, DIO_REVIEW_FRAMES, DIO_REVIEW_REJECTED, 6);
  desk_run (&desk, "desk-redo");
  desk_wait_stored (fixture.folder, DIO_REVIEW_FRAMES, DIO_REVIEW_REJECTED, 12);
  open_causes (&desk, cause);
  row = find_row (&desk, cause);
  g_assert_false (gtk_widget_is_sensitive (dio_harness_find_label (row, "Reject All")));
  desk_close (&desk);
  review_fixture_clear (&fixture);
}

/* -- Report ---------------------------------------------------------------------------------------------------------- */

static gboolean
is_chooser_open (gpointer user)
{
  return dio_harness_find_window (GTK_TYPE_FILE_CHOOSER_DIALOG) != NULL;
}

/* The chooser reads folders in its own time. */
static gboolean
is_in_folder (gpointer path)
{
  GtkWindow *chooser = dio_harness_find_window (GTK_TYPE_FILE_CHOOSER_DIALOG);
  g_autoptr (GFile) folder = gtk_file_chooser_get_current_folder (GTK_FILE_CHOOSER (chooser));
  return folder != NULL && g_strcmp0 (g_file_peek_path (folder), path) == 0;
}

static gboolean
is_chosen (gpointer path)
{
  GtkWindow *chooser = dio_harness_find_window (GTK_TYPE_FILE_CHOOSER_DIALOG);
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  return file != NULL && g_strcmp0 (g_file_peek_path (file), path) == 0;
}

/* As a user does: command, file, Write. It opens in @parent. */
static void
write_report (Desk *desk, char *parent, char *path)
{
  desk_run (desk, "desk-report");
  g_assert_true (dio_harness_wait (is_chooser_open, NULL, 10000));
  GtkWindow *chooser = dio_harness_find_window (GTK_TYPE_FILE_CHOOSER_DIALOG);
  g_autofree char *folder = g_path_get_dirname (path), *name = g_path_get_basename (path);
  g_autoptr (GFile) file = g_file_new_for_path (folder);
  g_assert_true (dio_harness_wait (is_in_folder, parent, 10000));
  g_assert_true (gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (chooser), file, NULL));
  g_assert_true (dio_harness_wait (is_in_folder, folder, 10000));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  g_assert_true (dio_harness_wait (is_chosen, path, 10000));
  gtk_dialog_response (GTK_DIALOG (chooser), GTK_RESPONSE_ACCEPT);
}

static void
check_with_script (const char *json, const char *html)
{
  g_autofree char *script =
      g_test_build_filename (G_TEST_DIST, "app", "review", "check-report.py", NULL);
  const char *argv[] = { "/usr/bin/python3", script, json, html, NULL };
  g_autofree char *out = NULL, *err = NULL;
  int status = 1;
  g_autoptr (GError) error = NULL;
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, &err, &status,
                &error);
  g_assert_no_error (error);
  if (status != 0)
    g_error ("%s%s", out, err);
}

static json_int_t
get_int (const json_t *json, const char *object, const char *key)
{
  const json_t *value = json_object_get (json_object_get (json, object), key);
  g_assert_true (json_is_integer (value));
  return json_integer_value (value);
}

static void
check_report (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) json = dio_json_load (path, &error);
  g_assert_no_error (error);
  const char *digest =
      json_string_value (json_object_get (json_object_get (json, "dataset"), "digest"));
  g_assert_cmpuint (strlen (digest), ==, 64);
  g_assert_cmpint (get_int (json, "frames", "total"), ==, N_PICTURES);
  /* The audit is reported though all pictures are looked at now. */
  g_assert_true (json_is_true (json_object_get (json_object_get (json, "audit"), "random")));
  g_assert_cmpint (get_int (json, "audit", "size"), ==, N_PICTURES);
  g_assert_cmpint (get_int (json, "audit", "seed"), ==, 1);
  g_assert_cmpint (get_int (json, "audit", "decided"), ==,
                   get_int (json, "frames", "accepted") + get_int (json, "frames", "rejected"));
  gboolean found = FALSE;
  size_t i;
  json_t *cause;
  json_array_foreach (json_object_get (json, "causes"), i, cause) {
    const char *text = json_string_value (json_object_get (cause, "cause"));
    if (strcmp (text, "model of mug is asset/rusty") == 0)
      found = g_str_equal (json_string_value (json_object_get (cause, "group")), "randomizers");
  }
  g_assert_true (found);
  g_assert_cmpuint (json_array_size (json_object_get (json, "reviewers")), ==, 2);
}

static void
test_report_is_written (void)
{
  ReviewFixture fixture = { 0 };
  review_fixture_init (&fixture, N_FRAMES);
  judge (&fixture);
  Desk desk;
  desk_open (&desk, fixture.folder);
  desk_wait_ready (&desk);
  g_assert_false (dio_action_registry_get_enabled (desk.registry, "desk-show-report"));
  desk_run (&desk, "desk-queue-audit");
  desk_wait_for (&desk, "Audit 24 of 48, 6 rejected, error < 43.5 % (95 %)");
  desk_run (&desk, "desk-accept");
  desk_run (&desk, "desk-queue-all");
  desk_wait_for (&desk, "48 of 48 shown");
  g_autofree char *folder = dio_harness_dup_temp ("reports");
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_autofree char *html = g_build_filename (folder, "review.html", NULL);
  g_autofree char *json = g_build_filename (folder, "review.json", NULL);
  write_report (&desk, fixture.parent, html);
  desk_wait_message (&desk, "Wrote “review.html” and “review.json”");
  check_with_script (json, html);
  check_report (json);
  g_assert_true (dio_action_registry_get_enabled (desk.registry, "desk-show-report"));

  desk_close (&desk);
  review_fixture_clear (&fixture);
}

/* -- Cause ----------------------------------------------------------------------------------------------------------- */

static const char scene[] =
    "{\"format\": \"diorama-scenario\", \"version\": 1, \"name\": \"Chest\","
    " \"assets\": [{\"id\": \"chest\", \"kind\": \"model\", \"path\": \"chest.obj\"}],"
    " \"categories\": [{\"id\": \"chest\", \"name\": \"chest\", \"kind\": \"thing\"}],"
    " \"nodes\": ["
    "  {\"id\": \"one\", \"kind\": \"model\", \"category\": \"chest\", \"model\": {\"asset\": "
    "\"chest\"}},"
    "  {\"id\": \"sky\", \"kind\": \"light\", \"light\": {\"kind\": \"environment\", "
    "\"intensity\": 800}},"
    "  {\"id\": \"camera\", \"kind\": \"sensor\", \"translation\": [0, -4, 0.5],"
    "   \"rotation\": [0.7071067811865476, 0.7071067811865476, 0, 0],"
    "   \"sensor\": {\"width\": 64, \"height\": 48, \"focal_length_mm\": 30}}],"
    " \"randomizers\": [{\"id\": \"where\", \"type\": \"position-box\", \"targets\": [\"one\"],"
    "  \"min\": [-0.3, -0.3, 0], \"max\": [0.3, 0.3, 0]}],"
    " \"outputs\": {\"rgb\": true, \"leaf\": true}}";
static const char chest[] = "v -0.5 0 -0.5\nv 0.5 0 -0.5\nv 0.5 1 -0.5\nv -0.5 1 -0.5\n"
                            "v -0.5 0 0.5\nv 0.5 0 0.5\nv 0.5 1 0.5\nv -0.5 1 0.5\n"
                            "f 4 3 2 1\nf 5 6 7 8\nf 1 2 6 5\nf 3 4 8 7\nf 2 3 7 6\nf 4 1 5 8\n";

/* The folder with scene and model is gone once the dataset is there. */
static char *
render_chest (void)
{
  g_autofree char *folder = dio_harness_dup_temp ("chest");
  g_autofree char *path = g_build_filename (folder, "chest.diorama", NULL);
  g_autofree char *model = g_build_filename (folder, "chest.obj", NULL);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, scene, -1, NULL));
  g_assert_true (g_file_set_contents (model, chest, -1, NULL));
  char *dataset = desk_render (path, "chests", 3, "64x48");
  g_assert_true (dio_path_remove_tree (folder, NULL));
  return dataset;
}

static gboolean
is_composing (gpointer session)
{
  return dio_session_get_mode (session) == DIO_MODE_COMPOSE;
}

static gboolean
is_examined (gpointer session)
{
  return dio_session_get_findings (session, "chest") != NULL;
}

static void
check_scene (Desk *desk, guint frame)
{
  g_assert_true (dio_harness_wait (is_composing, desk->session, 20000));
  g_assert_null (dio_session_get_path (desk->session));
  g_assert_cmpuint (dio_session_get_frame (desk->session), ==, frame);
  g_assert_true (dio_session_get_frame_view (desk->session));
  g_assert_cmpstr (dio_selection_get_active (dio_session_get_selection (desk->session)), ==, "one");
  g_assert_true (dio_harness_wait (is_examined, desk->session, 20000));
  const DioDiagnostics *findings = dio_session_get_findings (desk->session, "chest");
  g_assert_null (dio_diagnostics_find (findings, "import-failed"));
}

/* No catalog knows of the dataset, and the files are gone: the dataset is enough. */
static void
test_cause_without_files (void)
{
  g_autofree char *dataset = render_chest ();
  Desk desk;
  desk_open (&desk, dataset);
  desk_wait_ready (&desk);
  dio_session_set_mode (desk.session, DIO_MODE_REVIEW);
  desk_run (&desk, "desk-unit");
  desk_wait_for (&desk, "Frame 0 · one");
  desk_run (&desk, "desk-next");
  desk_run (&desk, "desk-open-cause");
  check_scene (&desk, 1);

  /* Of a picture, the object that is picked in it. */
  dio_session_set_mode (desk.session, DIO_MODE_REVIEW);
  desk_run (&desk, "desk-next");
  desk_run (&desk, "desk-unit");
  desk_wait_for (&desk, "Frame 2");
  // The objects of the picture before look the same.
  dio_harness_run (700);
  desk_wait_for (&desk, "1 Object");
  GtkWidget *object = find_row (&desk, "one · chest");
  gtk_list_box_select_row (GTK_LIST_BOX (gtk_widget_get_parent (object)),
                           GTK_LIST_BOX_ROW (object));
  desk_run (&desk, "desk-open-cause");
  check_scene (&desk, 2);
  desk_close (&desk);
}

int
main (int argc, char **argv)
{
  desk_begin_program (&argc, &argv);
  g_test_add_func ("/desk/causes/nothing-is-rejected", test_nothing_is_rejected);
  g_test_add_func ("/desk/causes/all-with-a-cause-are-rejected",
                   test_all_with_a_cause_are_rejected);
  g_test_add_func ("/desk/causes/report-is-written", test_report_is_written);
  g_test_add_func ("/desk/causes/scene-without-files", test_cause_without_files);
  int status = g_test_run ();
  desk_end_program ();
  return status;
}
