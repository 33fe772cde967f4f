/* The review report: HTML to read and JSON to compute with, side by side. */
#define G_LOG_DOMAIN "dio-desk"

#include "dio-desk-private.h"

#include "dio-review-report.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/** What the clerk needs to know. */
typedef struct {
  char *path;           /**< without suffix */
  DioReviewList *audit; /**< (nullable) */
  guint64 seed;
} Report;

static void
report_free (gpointer data)
{
  Report *report = data;
  g_clear_pointer (&report->audit, dio_review_list_unref);
  g_free (report->path);
  g_free (report);
}

static gboolean
save (const json_t *json, const char *path, const char *suffix, GError **error)
{
  g_autofree char *name = g_strconcat (path, suffix, NULL);
  return dio_review_report_save (json, name, error);
}

static void
report_errand (GTask *task, DioDeskClerk *clerk)
{
  const Report *report = g_task_get_task_data (task);
  GError *error = NULL;
  DioReviewReportOptions options = { .audit = report->audit,
                                     .audit_seed = report->seed,
                                     .with_causes = TRUE };
  DioReviewTable *table =
      dio_review_table_load (clerk->reader, clerk->table, DIO_REVIEW_LOAD_NAMES, NULL, &error);
  json_t *json = table != NULL ? dio_review_report_new (clerk->reader, table, clerk->verdicts,
                                                        &options, &error)
                               : NULL;
  if (json != NULL && save (json, report->path, ".html", &error)
      && save (json, report->path, ".json", &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
  json_decref (json);
  g_clear_pointer (&table, dio_review_table_unref);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user)
{
  g_autoptr (DioSession) session = user;
  const Report *report = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  if (!g_task_propagate_boolean (G_TASK (result), &error)) {
    dio_session_report (session, DIO_SEVERITY_ERROR, _ ("The report could not be written."), error,
                        NULL, NULL);
    return;
  }
  g_autofree char *name = g_path_get_basename (report->path);
  g_autofree char *text = g_strdup_printf (_ ("Wrote “%s.html” and “%s.json”"), name, name);
  dio_session_report (session, DIO_SEVERITY_NOTE, text, NULL, NULL, NULL);
}

void
dio_desk_page_save_report (DioDeskPage *self, const char *path)
{
  if (self->data == NULL || dio_desk_data_get_verdicts (self->data) == NULL)
    return;
  Report *report = g_new0 (Report, 1);
  report->path = g_strdup (path);
  for (const char *const *suffix = (const char *const[]){ ".html", ".json", NULL }; *suffix != NULL;
       suffix++)
    if (g_str_has_suffix (report->path, *suffix))
      report->path[strlen (report->path) - strlen (*suffix)] = '\0';
  DioReviewList *list = dio_desk_page_get_list (self);
  if (list != NULL && dio_desk_queues_get_queue (self->queues) == DIO_DESK_QUEUE_AUDIT) {
    DioDeskQuery query = { 0 };
    dio_desk_queues_get (self->queues, &query);
    report->audit = dio_review_list_ref (list);
    report->seed = query.seed;
  }
  GTask *task = g_task_new (self->data, NULL, written_cb, g_object_ref (self->session));
  g_task_set_task_data (task, report, report_free);
  dio_desk_data_run (self->data, task, report_errand);
}

static void
chosen_cb (GtkNativeDialog *dialog, int response, DioDeskPage *self)
{
  if (response == GTK_RESPONSE_ACCEPT) {
    g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
    g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
    if (path != NULL)
      dio_desk_page_save_report (self, path);
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
  g_autofree char *name = g_path_get_basename (dio_desk_data_get_folder (self->data));
  g_autofree char *proposed = g_strdup_printf ("%s-review.html", name);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), proposed);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}
