/* The review report: HTML to read and JSON to compute with, side by side. */
#define G_LOG_DOMAIN "dio-desk"

#include "dio-base-json.h"
#include "dio-desk-actions-private.h"
#include "dio-desk-private.h"

#include "dio-review-report.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define CHOICE_DIGEST "digest"

/** What is to be written, and of what. */
typedef struct {
  char *path; /**< without suffix */
  char *folder;
  DioReviewTable *table;
  DioReviewList *audit; /**< (nullable) */
  guint64 seed;
  gboolean with_digest;
} Report;

static void
report_free (gpointer data)
{
  Report *report = data;
  g_clear_pointer (&report->audit, dio_review_list_unref);
  g_clear_pointer (&report->table, dio_review_table_unref);
  g_free (report->path);
  g_free (report->folder);
  g_free (report);
}

/* -- In a thread of its own: a digest reads every file, and the clerk has others to serve ---------------------------- */

static gboolean
save (const json_t *json, const char *path, const char *suffix, GError **error)
{
  g_autofree char *name = g_strconcat (path, suffix, NULL);
  return dio_review_report_save (json, name, error);
}

static json_t *
create_report (const Report *report, GError **error)
{
  g_autoptr (DioReviewReader) reader = dio_review_reader_open (report->folder, error);
  g_autoptr (DioReviewTable) table =
      reader != NULL
          ? dio_review_table_load (reader, report->table, DIO_REVIEW_LOAD_NAMES, NULL, error)
          : NULL;
  g_autoptr (DioReviewVerdicts) verdicts =
      table != NULL ? dio_review_verdicts_new (reader, NULL, error) : NULL;
  DioReviewReportOptions options = { .audit = report->audit,
                                     .audit_seed = report->seed,
                                     .with_digest = report->with_digest,
                                     .with_causes = TRUE };
  if (verdicts == NULL || !dio_review_verdicts_refresh (verdicts, reader, table, NULL, error))
    return NULL;
  return dio_review_report_new (reader, table, verdicts, &options, error);
}

static void
report_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Report *report = data;
  GError *error = NULL;
  g_autoptr (json_t) json = create_report (report, &error);
  if (json != NULL && save (json, report->path, ".html", &error)
      && save (json, report->path, ".json", &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* -- Main thread ----------------------------------------------------------------------------------------------------- */

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user)
{
  DioSession *session = DIO_SESSION (source);
  g_autoptr (DioDeskPage) self = dio_desk_page_claim (user);
  const Report *report = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  if (!g_task_propagate_boolean (G_TASK (result), &error)) {
    dio_session_report (session, DIO_SEVERITY_ERROR, _ ("The report could not be written."), error,
                        NULL, NULL);
    return;
  }
  g_autofree char *name = g_path_get_basename (report->path);
  g_autofree char *text = g_strdup_printf (_ ("Wrote “%s.html” and “%s.json”"), name, name);
  if (self != NULL) {
    g_free (self->report);
    self->report = g_strconcat (report->path, ".html", NULL);
    dio_desk_page_update_actions (self);
  }
  dio_session_report (session, DIO_SEVERITY_NOTE, text, NULL, _ ("Show"), "win.desk-show-report");
}

/* What is decided is on the disk now, from where the report reads it like everybody else's. */
static void
flushed_cb (GObject *source, GAsyncResult *result, gpointer user)
{
  g_autoptr (GTask) task = user;
  g_autoptr (GError) error = NULL;
  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_run_in_thread (task, report_thread);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
flush_errand (GTask *task, DioDeskClerk *clerk)
{
  GError *error = NULL;
  if (dio_review_verdicts_flush (clerk->verdicts, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static char *
dup_without_suffix (const char *path)
{
  gboolean has = g_str_has_suffix (path, ".html") || g_str_has_suffix (path, ".json");
  return has ? g_strndup (path, strlen (path) - strlen (".html")) : g_strdup (path);
}

void
dio_desk_page_save_report (DioDeskPage *self, const char *path, gboolean with_digest)
{
  if (self->data == NULL || dio_desk_data_get_verdicts (self->data) == NULL)
    return;
  Report *report = g_new0 (Report, 1);
  report->path = dup_without_suffix (path);
  report->folder = g_strdup (dio_desk_data_get_folder (self->data));
  report->table = dio_review_table_ref (dio_desk_data_get_table (self->data));
  report->audit = self->audit != NULL ? dio_review_list_ref (self->audit) : NULL;
  report->seed = self->audit_seed;
  report->with_digest = with_digest;
  if (with_digest)
    dio_session_report (self->session, DIO_SEVERITY_NOTE,
                        _ ("Reading every file for the report’s digest"), NULL, NULL, NULL);
  GTask *task = g_task_new (self->session, NULL, written_cb, dio_desk_page_lend (self));
  g_task_set_task_data (task, report, report_free);
  dio_desk_data_run (self->data, g_task_new (self->data, NULL, flushed_cb, task), flush_errand);
}

void
dio_desk_page_show_report (DioDeskPage *self)
{
  g_autofree char *uri = self->report != NULL ? g_filename_to_uri (self->report, NULL, NULL) : NULL;
  if (uri != NULL)
    gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), uri, GDK_CURRENT_TIME);
}

static void
chosen_cb (GtkNativeDialog *dialog, int response, DioDeskPage *self)
{
  if (response == GTK_RESPONSE_ACCEPT) {
    g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
    g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
    const char *digest = gtk_file_chooser_get_choice (GTK_FILE_CHOOSER (dialog), CHOICE_DIGEST);
    if (path != NULL)
      dio_desk_page_save_report (self, path, g_strcmp0 (digest, "true") == 0);
  }
  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
}

void
dio_desk_page_write_report (DioDeskPage *self)
{
  if (self->data == NULL)
    return;
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      _ ("Write Review Report"), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
      GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Write"), _ ("_Cancel"));
  const char *folder = dio_desk_data_get_folder (self->data);
  g_autofree char *parent = g_path_get_dirname (folder);
  g_autoptr (GFile) beside = g_file_new_for_path (parent);
  g_autofree char *name = g_path_get_basename (folder);
  g_autofree char *proposed = g_strdup_printf ("%s-review.html", name);
  gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (dialog), beside, NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), proposed);
  gtk_file_chooser_add_choice (GTK_FILE_CHOOSER (dialog), CHOICE_DIGEST,
                               _ ("With the digest of the dataset (reads every file)"), NULL, NULL);
  gtk_file_chooser_set_choice (GTK_FILE_CHOOSER (dialog), CHOICE_DIGEST, "true");
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}
