/* From the batch dialog to a finished job on the page, with the real queue and engine. */
#include "dio-batch-dialog.h"
#include "dio-harness.h"
#include "dio-jobs-page.h"
#include "dio-session-jobs.h"

#include <signal.h>

static DioSession *
new_session (const char *data)
{
  g_setenv ("XDG_DATA_HOME", data, TRUE);
  DioSession *session = dio_session_new (g_getenv ("DIORAMA_ENGINE"), NULL);
  g_autofree char *path =
      g_build_filename (g_getenv ("DIORAMA_DATA_DIR"), "scenarios", "tabletop.diorama", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (DioScenario) scenario = dio_scenario_load (path, NULL, &error);
  g_assert_no_error (error);
  dio_session_new_document (session, scenario);
  return session;
}

static gboolean
has_ended (gpointer user)
{
  GListModel *jobs = user;
  g_autoptr (DioJobItem) item = g_list_model_get_item (jobs, 0);
  if (item == NULL)
    return FALSE;
  DioJobState state = dio_job_item_get_state (item);
  return state == DIO_JOB_DONE || state == DIO_JOB_PARTLY || state == DIO_JOB_FAILED;
}

static gboolean
is_empty (gpointer user)
{
  return g_list_model_get_n_items (user) == 0;
}

static void
test_dialog_refuses_what_cannot_be (void)
{
  g_autofree char *data = dio_harness_dup_temp ("refuse");
  DioSession *session = new_session (data);
  GtkWindow *dialog = GTK_WINDOW (dio_batch_dialog_new (session));
  gtk_window_set_modal (dialog, FALSE);
  dio_harness_present (dialog);
  GtkWidget *render = dio_harness_find_label (GTK_WIDGET (dialog), "_Render");
  g_assert_true (gtk_widget_get_sensitive (render));
  g_autoptr (GPtrArray) entries = dio_harness_list_type (GTK_WIDGET (dialog), ADW_TYPE_ENTRY_ROW);
  g_assert_cmpuint (entries->len, ==, 3);
  GtkEditable *seed = g_ptr_array_index (entries, 1), *output = g_ptr_array_index (entries, 2);
  g_autofree char *good = g_strdup (gtk_editable_get_text (output));
  gtk_editable_set_text (seed, "-1");
  g_assert_false (gtk_widget_get_sensitive (render));
  gtk_editable_set_text (seed, "7");
  g_assert_true (gtk_widget_get_sensitive (render));
  gtk_editable_set_text (output, "/");
  g_assert_false (gtk_widget_get_sensitive (render));
  gtk_editable_set_text (output, good);
  g_assert_true (gtk_widget_get_sensitive (render));
  g_autofree char *unnamed = dio_harness_list_unnamed (GTK_WIDGET (dialog));
  g_assert_cmpstr (unnamed, ==, NULL);
  dio_harness_destroy (dialog);
  dio_harness_assert_gone (session);
}

static void
test_a_batch_is_rendered (void)
{
  g_autofree char *data = dio_harness_dup_temp ("render");
  g_autofree char *output = dio_harness_dup_temp ("batch");
  DioSession *session = new_session (data);
  GtkWidget *page = dio_jobs_page_new (session);
  GtkWindow *window = dio_harness_show (page, 1280, 800);
  g_assert_nonnull (dio_harness_find_label (page, "No Jobs Yet"));

  GtkWindow *dialog = GTK_WINDOW (dio_batch_dialog_new (session));
  gtk_window_set_modal (dialog, FALSE);
  dio_harness_present (dialog);
  g_autoptr (GPtrArray) entries = dio_harness_list_type (GTK_WIDGET (dialog), ADW_TYPE_ENTRY_ROW);
  gtk_editable_set_text (g_ptr_array_index (entries, 2), output);
  g_autoptr (GPtrArray) spins = dio_harness_list_type (GTK_WIDGET (dialog), GTK_TYPE_SPIN_BUTTON);
  gtk_spin_button_set_value (g_ptr_array_index (spins, 0), 3);
  GtkWidget *size = dio_harness_find_type (GTK_WIDGET (dialog), ADW_TYPE_COMBO_ROW);
  adw_combo_row_set_selected (ADW_COMBO_ROW (size), 1);
  dio_harness_snapshot (adw_window_get_content (ADW_WINDOW (dialog)), "batch-dialog");
  dio_harness_click (dio_harness_find_label (GTK_WIDGET (dialog), "_Render"));

  GListModel *jobs = dio_session_get_jobs (session);
  g_assert_true (dio_harness_wait (has_ended, jobs, 120000));
  g_autoptr (DioJobItem) item = g_list_model_get_item (jobs, 0);
  g_assert_cmpint (dio_job_item_get_state (item), ==, DIO_JOB_DONE);
  g_assert_cmpuint (dio_job_item_get_job (item)->progress.done, ==, 3);
  g_assert_cmpint (dio_session_get_mode (session), ==, DIO_MODE_RENDER);
  dio_harness_run (1500);
  dio_harness_snapshot (page, "jobs-page");
  g_assert_nonnull (dio_harness_find_label (page, "3 of 3"));
  g_autofree char *database = g_build_filename (output, "dataset.db", NULL);
  g_assert_true (g_file_test (database, G_FILE_TEST_IS_REGULAR));

  g_autofree char *unnamed = dio_harness_list_unnamed (page);
  g_assert_cmpstr (unnamed, ==, NULL);
  gint64 id = dio_job_item_get_id (item);
  g_clear_object (&item);
  dio_session_remove_job_async (session, id, NULL, NULL);
  g_assert_true (dio_harness_wait (is_empty, jobs, 20000));
  dio_harness_destroy (window);
  dio_harness_assert_gone (session);
}

int
main (int argc, char **argv)
{
  dio_harness_init (&argc, &argv);
  g_test_add_func ("/jobs/page/dialog-refuses-what-cannot-be", test_dialog_refuses_what_cannot_be);
  g_test_add_func ("/jobs/page/a-batch-is-rendered", test_a_batch_is_rendered);
  return g_test_run ();
}
