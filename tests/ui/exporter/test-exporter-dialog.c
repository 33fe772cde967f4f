/* The export dialog on a dataset that the engine has just rendered. */
#include "dio-export-dialog.h"
#include "dio-harness.h"

#include <glib/gstdio.h>
#include <string.h>

static char *dataset_folder; /**< rendered once for all cases */

static void
render_dataset (void)
{
  const char *data = g_getenv ("DIORAMA_DATA_DIR"), *engine = g_getenv ("DIORAMA_ENGINE");
  g_assert_nonnull (data);
  g_assert_nonnull (engine);
  g_autofree char *scenario = g_build_filename (data, "scenarios", "tabletop.diorama", NULL);
  dataset_folder = dio_harness_dup_temp ("dataset");
  const char *argv[] = { engine,     "render",     scenario, "--output", dataset_folder,
                         "--frames", "4",          "--size", "64x48",    "--workers",
                         "1",        "--progress", "none",   NULL };
  g_autoptr (GError) error = NULL;
  int status = 0;
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_spawn_check_wait_status (status, &error);
  g_assert_no_error (error);
}

static gboolean
is_shown (gpointer text)
{
  GtkWindow *window = dio_harness_find_window (DIO_TYPE_EXPORT_DIALOG);
  return window != NULL && dio_harness_find_label (GTK_WIDGET (window), text) != NULL;
}

static GtkWindow *
open_dialog (DioSession *session)
{
  GtkWindow *dialog = GTK_WINDOW (dio_export_dialog_new (session, dataset_folder));
  gtk_window_set_modal (dialog, FALSE);
  dio_harness_present (dialog);
  return dialog;
}

static GtkWidget *
find_entry (GtkWindow *dialog, guint index)
{
  g_autoptr (GPtrArray) entries = dio_harness_list_type (GTK_WIDGET (dialog), ADW_TYPE_ENTRY_ROW);
  g_assert_cmpuint (entries->len, ==, 2);
  return g_ptr_array_index (entries, index);
}

static void
test_bad_choices_are_refused (void)
{
  g_autofree char *data = dio_harness_dup_temp ("data");
  DioSession *session = dio_session_new (g_getenv ("DIORAMA_ENGINE"), data);
  GtkWindow *dialog = open_dialog (session);
  GtkWidget *export = dio_harness_find_label (GTK_WIDGET (dialog), "_Export");
  g_assert_nonnull (export);
  g_assert_true (gtk_widget_get_sensitive (export));
  GtkWidget *output = find_entry (dialog, 0), *splits = find_entry (dialog, 1);

  gtk_editable_set_text (GTK_EDITABLE (splits), "train=0.8,val=0.7");
  g_assert_false (gtk_widget_get_sensitive (export));
  gtk_editable_set_text (GTK_EDITABLE (splits), "train=0.5,val=0.5");
  g_assert_true (gtk_widget_get_sensitive (export));
  gtk_editable_set_text (GTK_EDITABLE (output), dataset_folder);
  g_assert_false (gtk_widget_get_sensitive (export));
  g_assert_true (is_shown ("The target is there already and not empty: choose another."));
  gtk_editable_set_text (GTK_EDITABLE (output), "here");
  g_assert_false (gtk_widget_get_sensitive (export));

  g_autofree char *unnamed = dio_harness_list_unnamed (GTK_WIDGET (dialog));
  g_assert_cmpstr (unnamed, ==, NULL);
  dio_harness_destroy (dialog);
  dio_harness_assert_gone (session);
}

static void
test_export_writes_coco (void)
{
  g_autofree char *data = dio_harness_dup_temp ("data");
  g_autofree char *target = dio_harness_dup_temp ("coco");
  DioSession *session = dio_session_new (g_getenv ("DIORAMA_ENGINE"), data);
  GtkWindow *dialog = open_dialog (session);
  gtk_editable_set_text (GTK_EDITABLE (find_entry (dialog, 0)), target);
  gtk_editable_set_text (GTK_EDITABLE (find_entry (dialog, 1)), "");
  dio_harness_snapshot (adw_window_get_content (ADW_WINDOW (dialog)), "export-form");
  dio_harness_click (dio_harness_find_label (GTK_WIDGET (dialog), "_Export"));
  g_assert_true (dio_harness_wait (is_shown, "Exported", 60000));
  dio_harness_snapshot (adw_window_get_content (ADW_WINDOW (dialog)), "export-result");
  g_autofree char *annotations = g_build_filename (target, "annotations", NULL);
  g_assert_true (g_file_test (annotations, G_FILE_TEST_IS_DIR));

  /* The next export is proposed beside, never over it. */
  dio_harness_click (dio_harness_find_label (GTK_WIDGET (dialog), "_Back"));
  const char *next = gtk_editable_get_text (GTK_EDITABLE (find_entry (dialog, 0)));
  g_assert_cmpstr (next, !=, target);
  g_assert_false (g_file_test (next, G_FILE_TEST_EXISTS));
  dio_harness_destroy (dialog);
  dio_harness_assert_gone (session);
}

static void
run_engine (const char *const *argv)
{
  g_autoptr (GError) error = NULL;
  int status = 0;
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, NULL,
                &status, &error);
  g_assert_no_error (error);
  g_spawn_check_wait_status (status, &error);
  g_assert_no_error (error);
}

static gboolean
result_starts (gpointer start)
{
  GtkWindow *window = dio_harness_find_window (DIO_TYPE_EXPORT_DIALOG);
  GtkWidget *page = dio_harness_find_type (GTK_WIDGET (window), ADW_TYPE_STATUS_PAGE);
  const char *text = adw_status_page_get_description (ADW_STATUS_PAGE (page));
  return text != NULL && g_str_has_prefix (text, start);
}

static const char *
get_result (GtkWindow *dialog)
{
  GtkWidget *page = dio_harness_find_type (GTK_WIDGET (dialog), ADW_TYPE_STATUS_PAGE);
  return adw_status_page_get_description (ADW_STATUS_PAGE (page));
}

/* What a reviewer rejected stays out, and is counted; nothing is written where that cannot be known. */
static void
test_rejects_stay_out (void)
{
  g_autofree char *data = dio_harness_dup_temp ("data");
  g_autofree char *target = dio_harness_dup_temp ("kept"), *none = dio_harness_dup_temp ("none");
  const char *reject[] = { g_getenv ("DIORAMA_ENGINE"),
                           "review",
                           dataset_folder,
                           "--filter",
                           "index=2..2",
                           "--set",
                           "rejected",
                           "--reason",
                           "light",
                           "--reviewer",
                           "ann",
                           NULL };
  run_engine (reject);
  DioSession *session = dio_session_new (g_getenv ("DIORAMA_ENGINE"), data);
  GtkWindow *dialog = open_dialog (session);
  gtk_editable_set_text (GTK_EDITABLE (find_entry (dialog, 0)), target);
  dio_harness_click (dio_harness_find_label (GTK_WIDGET (dialog), "_Export"));
  g_assert_true (dio_harness_wait (result_starts, "3 pictures · ", 60000));
  g_assert_nonnull (strstr (get_result (dialog), " · 1 picture left out\n"));
  dio_harness_click (dio_harness_find_label (GTK_WIDGET (dialog), "_Back"));

  g_autofree char *log = g_build_filename (dataset_folder, "reviews", "damaged.db", NULL);
  g_assert_true (g_file_set_contents (log, "this is not a log", -1, NULL));
  gtk_editable_set_text (GTK_EDITABLE (find_entry (dialog, 0)), none);
  dio_harness_click (dio_harness_find_label (GTK_WIDGET (dialog), "_Export"));
  g_assert_true (dio_harness_wait (is_shown, "Not Exported", 60000));
  g_assert_true (result_starts ("A review log cannot be read"));
  g_assert_false (g_file_test (none, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_unlink (log), ==, 0);
  dio_harness_destroy (dialog);
  dio_harness_assert_gone (session);
}

static void
test_a_lost_dataset_is_told (void)
{
  g_autofree char *data = dio_harness_dup_temp ("data");
  g_autofree char *nowhere = dio_harness_dup_temp ("nowhere");
  DioSession *session = dio_session_new (g_getenv ("DIORAMA_ENGINE"), data);
  GtkWindow *dialog = GTK_WINDOW (dio_export_dialog_new (session, nowhere));
  gtk_window_set_modal (dialog, FALSE);
  dio_harness_present (dialog);
  dio_harness_click (dio_harness_find_label (GTK_WIDGET (dialog), "_Export"));
  g_assert_true (dio_harness_wait (is_shown, "Not Exported", 20000));
  dio_harness_destroy (dialog);
  dio_harness_assert_gone (session);
}

int
main (int argc, char **argv)
{
  dio_harness_init (&argc, &argv);
  render_dataset ();
  g_test_add_func ("/exporter/dialog/bad-choices-are-refused", test_bad_choices_are_refused);
  g_test_add_func ("/exporter/dialog/export-writes-coco", test_export_writes_coco);
  g_test_add_func ("/exporter/dialog/rejects-stay-out", test_rejects_stay_out);
  g_test_add_func ("/exporter/dialog/a-lost-dataset-is-told", test_a_lost_dataset_is_told);
  int status = g_test_run ();
  g_free (dataset_folder);
  return status;
}
