/* The window at work: a scenario from opening to reviewing, dialogs of a dataset, what a crash left, a machine without OpenGL. The main thread is
 * declared interactive by the program itself; nothing of all this may wait on it. */

#include "dio-core-interactive.h"
#include "dio-core-pose.h"
#include "dio-edit-recovery.h"
#include "dio-harness.h"
#include "dio-session-jobs.h"
#include "dio-shell-application.h"
#include "dio-shell-report.h"
#include "dio-shell-watchdog.h"
#include "dio-shell-window.h"

#include <glib/gstdio.h>

#include <string.h>

#define WAIT_MS 120000

static DioShellApplication *application;
static DioShellWindow *window;
static DioSession *session;
static char *dataset;

static void
open_window (void)
{
  window = dio_shell_window_new (ADW_APPLICATION (application), NULL);
  session = g_object_ref (dio_shell_window_get_session (window));
  dio_harness_present (GTK_WINDOW (window));
}

/* As somebody who does not want to save. */
static void
close_window (void)
{
  g_object_ref (window);
  gtk_window_close (GTK_WINDOW (window));
  dio_harness_run (100);
  GtkWindow *dialog = dio_harness_find_window (ADW_TYPE_MESSAGE_DIALOG);
  if (dialog != NULL)
    adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "discard");
  if (dialog != NULL)
    dio_harness_destroy (dialog);
  dio_harness_assert_gone (window);
  dio_harness_assert_gone (session);
  window = NULL;
  session = NULL;
}

static gboolean
has_label (gpointer user)
{
  return dio_harness_find_label (GTK_WIDGET (window), user) != NULL;
}

/* A label, wherever it stands in the window, that begins with @start. */
static GtkWidget *
find_start (GtkWidget *root, const char *start)
{
  g_autoptr (GPtrArray) labels = dio_harness_list_type (root, GTK_TYPE_LABEL);
  for (guint i = 0; i < labels->len; i++)
    if (gtk_widget_get_mapped (labels->pdata[i])
        && g_str_has_prefix (gtk_label_get_text (labels->pdata[i]), start))
      return labels->pdata[i];
  return NULL;
}

static gboolean
has_start (gpointer user)
{
  return find_start (GTK_WIDGET (window), user) != NULL;
}

static gboolean
is_clean (gpointer user)
{
  return !dio_session_is_modified (session);
}

static gboolean
has_document (gpointer user)
{
  return dio_shell_window_has_document (window);
}

static gboolean
has_picture (gpointer user)
{
  const DioPreviewResult *result = dio_session_get_result (session);
  return result != NULL && result->view_rgb != NULL;
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user)
{
  GAsyncResult **done = user;
  *done = g_object_ref (result);
}

static gboolean
is_done (gpointer user)
{
  return *(GAsyncResult **) user != NULL;
}

/* -- From opening to reviewing ------------------------------------------------------------------------- */

static void
open_and_save (void)
{
  g_autofree char *example =
      g_build_filename (g_getenv ("DIORAMA_DATA_DIR"), "scenarios", "tabletop.diorama", NULL);
  g_autofree char *text = NULL;
  gsize size;
  g_assert_true (g_file_get_contents (example, &text, &size, NULL));
  g_autofree char *path = dio_harness_dup_temp ("tabletop.diorama");
  g_assert_true (g_file_set_contents (path, text, (gssize) size, NULL));

  dio_shell_watchdog_reset ();
  dio_shell_window_open (window, path);
  g_assert_true (dio_harness_wait (has_document, NULL, WAIT_MS));
  g_assert_true (dio_harness_wait (has_picture, NULL, WAIT_MS));
  g_test_message ("opening kept the main loop for at most %.1f ms, %u stalls",
                  (double) dio_shell_watchdog_get_longest_us () / 1000,
                  dio_shell_watchdog_get_stalls ());

  g_autofree char *model = dio_harness_dup_temp ("wedge.obj");
  const char *wedge =
      "v 0 0 0\nv 0.1 0 0\nv 0 0.1 0\nv 0 0 0.1\nf 1 3 2\nf 1 2 4\nf 2 3 4\nf 3 1 4\n";
  g_assert_true (g_file_set_contents (model, wedge, -1, NULL));
  guint before = dio_session_get_scenario (session)->nodes->len;
  g_autoptr (GAsyncResult) done = NULL;
  dio_session_import_async (session, model, &(DioVec3){ 0, 0, 1 }, done_cb, &done);
  g_assert_true (dio_harness_wait (is_done, &done, WAIT_MS));
  g_autoptr (GError) error = NULL;
  g_autofree char *asset = dio_session_import_finish (session, done, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (dio_session_get_scenario (session)->nodes->len, ==, before + 1);
  g_assert_true (dio_session_is_modified (session));
  g_action_group_activate_action (G_ACTION_GROUP (window), "save", NULL);
  g_assert_true (dio_harness_wait (is_clean, NULL, WAIT_MS));
}

static gboolean
is_rendered (gpointer user)
{
  DioJobItem *item = dio_session_find_job (session, *(gint64 *) user);
  return item != NULL && dio_job_item_get_state (item) == DIO_JOB_DONE;
}

static void
render (void)
{
  dataset = dio_harness_dup_temp ("dataset");
  DioJobSpec spec = {
    .output = dataset,
    .count = 3,
    .width_px = 64,
    .height_px = 48,
    .workers = 1,
  };
  g_assert_null (find_start (GTK_WIDGET (window), "1 job"));
  g_autoptr (GAsyncResult) done = NULL;
  dio_session_add_job_async (session, &spec, done_cb, &done);
  g_assert_true (dio_harness_wait (is_done, &done, WAIT_MS));
  g_autoptr (GError) error = NULL;
  gint64 id = dio_session_add_job_finish (session, done, &error);
  g_assert_no_error (error);
  // While it runs, the header says how far it is.
  g_assert_true (dio_harness_wait (has_start, (gpointer) "1 job", WAIT_MS));
  g_assert_true (dio_harness_wait (is_rendered, &id, WAIT_MS));
  g_assert_null (find_start (GTK_WIDGET (window), "1 job"));
}

static void
test_whole_way (void)
{
  guint before = dio_interactive_get_violations ();
  open_window ();
  open_and_save ();
  render ();
  dio_shell_window_open_dataset (window, dataset);
  g_assert_cmpint ((int) dio_session_get_mode (session), ==, (int) DIO_MODE_REVIEW);
  dio_harness_run (1500);
  dio_harness_snapshot (GTK_WIDGET (window), "shell-review");
  // The page of verdicts leads Undo here: nothing was decided yet.
  DioActionRegistry *registry = dio_shell_window_get_registry (window);
  g_assert_false (dio_action_registry_get_enabled (registry, "undo"));
  g_assert_cmpuint (dio_interactive_get_violations (), ==, before);
}

/* A thread that waits is counted only where the program declared it interactive. */
static void
test_interactive (void)
{
  guint before = dio_interactive_get_violations ();
  g_test_expect_message ("dio-core", G_LOG_LEVEL_WARNING, "*this test*");
  dio_interactive_check ("this test");
  g_test_assert_expected_messages ();
  g_assert_cmpuint (dio_interactive_get_violations (), ==, before + 1);
}

/* -- Windows of a dataset -------------------------------------------------------------------------------- */

static gboolean
shows (gpointer user)
{
  const gpointer *pair = user;
  return find_start (pair[0], pair[1]) != NULL;
}

static void
test_verify (void)
{
  GtkWidget *verify = dio_shell_report_new (DIO_SHELL_REPORT_VERIFY, dataset);
  dio_harness_present (GTK_WINDOW (verify));
  gpointer sound[] = { verify, (gpointer) "3 Frames Verified" };
  gboolean told = dio_harness_wait (shows, sound, WAIT_MS);
  dio_harness_snapshot (verify, "shell-verify");
  g_assert_true (told);
  dio_harness_destroy (GTK_WINDOW (verify));

  // One that is closed at once stops and goes, whatever its thread was at.
  GtkWidget *cancelled = dio_shell_report_new (DIO_SHELL_REPORT_VERIFY, dataset);
  g_object_ref (cancelled);
  gtk_window_present (GTK_WINDOW (cancelled));
  GtkWidget *cancel = dio_harness_find_label (cancelled, "Cancel");
  if (cancel != NULL)
    dio_harness_click (cancel);
  else
    gtk_window_destroy (GTK_WINDOW (cancelled));
  dio_harness_assert_gone (cancelled);
}

static void
test_statistics (void)
{
  GtkWidget *statistics = dio_shell_report_new (DIO_SHELL_REPORT_STATISTICS, dataset);
  dio_harness_present (GTK_WINDOW (statistics));
  gpointer counted[] = { statistics, (gpointer) "3" };
  gboolean told = dio_harness_wait (shows, counted, WAIT_MS);
  dio_harness_snapshot (statistics, "shell-statistics");
  g_assert_true (told);
  g_object_ref (statistics);
  g_assert_true (dio_harness_press ("Escape"));
  dio_harness_assert_gone (statistics);
}

static void
test_no_dataset (void)
{
  g_autofree char *nowhere = dio_harness_dup_temp ("nowhere");
  GtkWidget *verify = dio_shell_report_new (DIO_SHELL_REPORT_VERIFY, nowhere);
  dio_harness_present (GTK_WINDOW (verify));
  gpointer told[] = { verify, (gpointer) "The Dataset Cannot Be Read" };
  g_assert_true (dio_harness_wait (shows, told, WAIT_MS));
  dio_harness_destroy (GTK_WINDOW (verify));
}

/* -- The document ---------------------------------------------------------------------------------------- */

static void
test_rename (void)
{
  dio_session_set_mode (session, DIO_MODE_COMPOSE);
  g_autoptr (GPtrArray) buttons = dio_harness_list_type (GTK_WIDGET (window), GTK_TYPE_MENU_BUTTON);
  GtkWidget *entry = NULL;
  for (guint i = 0; i < buttons->len && entry == NULL; i++) {
    GtkPopover *popover = gtk_menu_button_get_popover (buttons->pdata[i]);
    if (popover == NULL)
      continue;
    GtkWidget *found = dio_harness_find_type (GTK_WIDGET (popover), GTK_TYPE_ENTRY);
    if (found == NULL || !dio_harness_has_label (found, "Name of the scenario"))
      continue;
    gtk_menu_button_popup (buttons->pdata[i]);
    dio_harness_run (200);
    entry = found;
  }
  g_assert_nonnull (entry);
  dio_harness_type (entry, "Breakfast");
  dio_harness_enter (entry);
  dio_harness_run (100);
  g_assert_cmpstr (dio_session_get_scenario (session)->name, ==, "Breakfast");
  g_action_group_activate_action (G_ACTION_GROUP (window), "undo", NULL);
  g_assert_cmpstr (dio_session_get_scenario (session)->name, !=, "Breakfast");
}

/* Sensors and groups stand where the view looks and not at the origin. */
static gboolean
was_added (gpointer user)
{
  return dio_session_get_scenario (session)->nodes->len > *(guint *) user;
}

static void
test_places (void)
{
  guint before = dio_session_get_scenario (session)->nodes->len;
  DioPreviewRequest request = { 0 };
  dio_session_fill_request (session, &request);
  g_assert_cmpuint (request.view.width_px, >, 0);
  DioPreviewView view = request.view;
  // Straight down from above (5, 6): the group must stand there.
  view.world_from_camera = dio_mat4_identity ();
  view.world_from_camera.m[12] = 5;
  view.world_from_camera.m[13] = 6;
  view.world_from_camera.m[14] = 20;
  dio_session_set_view (session, &view);
  g_action_group_activate_action (G_ACTION_GROUP (window), "scene-add-group", NULL);
  g_assert_true (dio_harness_wait (was_added, &before, WAIT_MS));
  const char *id = dio_selection_get_active (dio_session_get_selection (session));
  const DioNode *node = dio_scenario_find_node (dio_session_get_scenario (session), id);
  g_assert_nonnull (node);
  g_assert_cmpfloat_with_epsilon (node->parent_from_node.translation_m.x, 5, 0.01);
  g_assert_cmpfloat_with_epsilon (node->parent_from_node.translation_m.y, 6, 0.01);
}

static void
test_closes (void)
{
  close_window ();
}

/* -- What a crash left ------------------------------------------------------------------------------------- */

static char *
dup_recovery_folder (void)
{
  return g_build_filename (g_get_user_state_dir (), "diorama", "recovery", NULL);
}

/* Another process, dead when this returns, leaves a document. */
static void
leave_recovery (const char *program)
{
  const char *argv[] = { program, "--leave-recovery", NULL };
  int status = 0;
  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL,
                               &status, NULL));
  g_assert_cmpint (status, ==, 0);
}

static int
leave (void)
{
  g_autofree char *folder = dup_recovery_folder ();
  g_autofree char *file = dio_edit_recovery_dup_file (folder, 1);
  g_autofree char *example =
      g_build_filename (g_getenv ("DIORAMA_DATA_DIR"), "scenarios", "tabletop.diorama", NULL);
  g_autoptr (DioScenario) scenario = dio_scenario_load (example, NULL, NULL);
  return scenario != NULL && dio_edit_recovery_write (file, scenario, NULL, NULL, NULL) ? 0 : 1;
}

static guint
count_recoveries (void)
{
  g_autofree char *folder = dup_recovery_folder ();
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;
  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static gboolean
is_discarded (gpointer user)
{
  return count_recoveries () == 0;
}

static void
test_recovery (gconstpointer program)
{
  leave_recovery (program);
  open_window ();
  g_assert_true (dio_harness_wait (has_label, (gpointer) "Restore", WAIT_MS));
  dio_harness_snapshot (GTK_WIDGET (window), "shell-recovery");
  /* A second window does not offer the same again. */
  DioShellWindow *first = window;
  DioSession *first_session = session;
  open_window ();
  dio_harness_run (1500);
  g_assert_false (has_label ((gpointer) "Restore"));
  close_window ();
  window = first;
  session = first_session;
  dio_harness_click (dio_harness_find_label (GTK_WIDGET (window), "Restore"));
  g_assert_true (dio_harness_wait (has_document, NULL, WAIT_MS));
  g_assert_true (dio_session_is_modified (session));
  g_assert_null (dio_session_get_path (session));
  close_window ();
  g_assert_true (dio_harness_wait (is_discarded, NULL, WAIT_MS));

  leave_recovery (program);
  open_window ();
  g_assert_true (dio_harness_wait (has_label, (gpointer) "Discard", WAIT_MS));
  dio_harness_click (dio_harness_find_label (GTK_WIDGET (window), "Discard"));
  g_assert_true (dio_harness_wait (is_discarded, NULL, WAIT_MS));
  close_window ();
}

/* -- Without OpenGL ------------------------------------------------------------------------------------------ */

static void
test_no_opengl (void)
{
  g_setenv ("DIORAMA_NO_GL", "1", TRUE);
  open_window ();
  g_action_group_activate_action (G_ACTION_GROUP (window), "new", NULL);
  g_assert_true (dio_harness_wait (has_start, (gpointer) "There are no pictures", WAIT_MS));
  dio_harness_snapshot (GTK_WIDGET (window), "shell-no-opengl");
  // Labels are there, and Review shows what was rendered elsewhere.
  g_assert_nonnull (dio_session_get_result (session));
  g_assert_false (has_picture (NULL));
  dio_shell_window_open_dataset (window, dataset);
  dio_harness_run (1500);
  dio_harness_snapshot (GTK_WIDGET (window), "shell-no-opengl-review");
  g_assert_cmpint ((int) dio_session_get_mode (session), ==, (int) DIO_MODE_REVIEW);
  close_window ();
  g_unsetenv ("DIORAMA_NO_GL");
}

int
main (int argc, char **argv)
{
  if (argc > 1 && strcmp (argv[1], "--leave-recovery") == 0)
    return leave ();
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  dio_harness_init (&argc, &argv);
  application = dio_shell_application_new (G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  // One window for the first ones: they go through a session in this order.
  g_test_add_func ("/shell/work/whole-way", test_whole_way);
  g_test_add_func ("/shell/work/verify", test_verify);
  g_test_add_func ("/shell/work/statistics", test_statistics);
  g_test_add_func ("/shell/work/no-dataset", test_no_dataset);
  g_test_add_func ("/shell/work/rename", test_rename);
  g_test_add_func ("/shell/work/places", test_places);
  g_test_add_func ("/shell/work/closes", test_closes);
  g_test_add_data_func ("/shell/work/recovery", program, test_recovery);
  g_test_add_func ("/shell/work/no-opengl", test_no_opengl);
  g_test_add_func ("/shell/work/interactive", test_interactive);
  int status = g_test_run ();
  g_object_unref (application);
  g_free (dataset);
  return status;
}
