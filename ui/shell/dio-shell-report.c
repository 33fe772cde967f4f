#define G_LOG_DOMAIN "dio-shell"

#include "dio-shell-report.h"

#include "dio-dataset-policy.h"
#include "dio-dataset-statistics.h"
#include "dio-engine.h"
#include "dio-escape.h"
#include "dio-shell-report-private.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define PULSE_MS 80

/* How far the thread is; shared by thread and window. */
typedef struct {
  gatomicrefcount refs;
  GMutex mutex;
  /** guarded; total 0 = unknown yet */
  guint64 done, total;
} Progress;

/* The window while the thread works; lives with it. */
typedef struct {
  GtkWidget *window, *content, *bar;
  guint pulse;
  /** when the work began, for a word after a while */
  gint64 began_us;
  /** cancelled when the window goes */
  GCancellable *cancellable;
  Progress *progress;
} Waiting;

/* What the thread is given. */
typedef struct {
  DioShellReportKind kind;
  char *folder;
  GCancellable *cancellable;
  Progress *progress;
} Order;

static void
progress_unref (Progress *progress)
{
  if (!g_atomic_ref_count_dec (&progress->refs))
    return;
  g_mutex_clear (&progress->mutex);
  g_free (progress);
}

static void
order_free (Order *order)
{
  g_free (order->folder);
  g_object_unref (order->cancellable);
  progress_unref (order->progress);
  g_free (order);
}

void
dio_shell_report_free (DioShellReport *report)
{
  g_free (report->folder);
  g_clear_pointer (&report->findings, dio_diagnostics_free);
  g_clear_pointer (&report->statistics, json_decref);
  g_free (report);
}

/* -- Work, in a thread -------------------------------------------------------------------------------- */

static gboolean
collect_statistics (DioShellReport *report, DioDataset *dataset, GError **error)
{
  DioScenario *scenario = dio_dataset_get_scenario (dataset, error);
  if (scenario == NULL)
    return FALSE;
  DioLabelPolicy policy;
  dio_label_policy_for_scenario (&policy, &scenario->policy, NULL);
  report->statistics = dio_dataset_collect_statistics (dataset, &policy, error);
  return report->statistics != NULL;
}

static gboolean
progress_cb (guint64 done, guint64 total, gpointer user)
{
  const Order *order = user;
  g_mutex_lock (&order->progress->mutex);
  order->progress->done = done;
  order->progress->total = total;
  g_mutex_unlock (&order->progress->mutex);
  return !g_cancellable_is_cancelled (order->cancellable);
}

static gboolean
work (DioShellReport *report, Order *order, GError **error)
{
  g_autoptr (DioDataset) dataset = dio_dataset_open (report->folder, DIO_DATASET_READ, error);
  if (dataset == NULL)
    return FALSE;
  g_autoptr (GError) count_error = NULL;
  report->frames = dio_dataset_count_frames (dataset, DIO_FRAME_DONE, &count_error);
  if (count_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&count_error));
    return FALSE;
  }
  if (report->kind == DIO_SHELL_REPORT_STATISTICS)
    return collect_statistics (report, dataset, error);
  report->findings = dio_diagnostics_new ();
  return dio_engine_verify_watched (report->folder, report->findings, progress_cb, order, error);
}

static void
thread_cb (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Order *order = data;
  g_autoptr (DioShellReport) report = g_new0 (DioShellReport, 1);
  report->kind = order->kind;
  report->folder = g_strdup (order->folder);
  GError *error = NULL;
  if (work (report, order, &error))
    g_task_return_pointer (task, g_steal_pointer (&report), (GDestroyNotify) dio_shell_report_free);
  else
    g_task_return_error (task, error);
}

/* -- Window ------------------------------------------------------------------------------------------- */

static void
waiting_free (Waiting *waiting)
{
  g_clear_handle_id (&waiting->pulse, g_source_remove);
  g_object_unref (waiting->cancellable);
  progress_unref (waiting->progress);
  g_free (waiting);
}

static gboolean
pulse_cb (gpointer user)
{
  Waiting *waiting = user;
  g_mutex_lock (&waiting->progress->mutex);
  guint64 done = waiting->progress->done, total = waiting->progress->total;
  g_mutex_unlock (&waiting->progress->mutex);
  if (total > 0) {
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (waiting->bar), (double) done / (double) total);
    // Translators: frames that were checked, of how many
    g_autofree char *text = g_strdup_printf (_ ("%u of %u frames"), (guint) done, (guint) total);
    gtk_progress_bar_set_text (GTK_PROGRESS_BAR (waiting->bar), text);
    return G_SOURCE_CONTINUE;
  }
  gtk_progress_bar_pulse (GTK_PROGRESS_BAR (waiting->bar));
  gint64 seconds = (g_get_monotonic_time () - waiting->began_us) / G_USEC_PER_SEC;
  // Translators: seconds since something was begun
  g_autofree char *text = g_strdup_printf (_ ("%d s"), (int) seconds);
  gtk_progress_bar_set_text (GTK_PROGRESS_BAR (waiting->bar), text);
  return G_SOURCE_CONTINUE;
}

static void
set_content (Waiting *waiting, GtkWidget *content)
{
  gtk_box_remove (GTK_BOX (gtk_widget_get_parent (waiting->content)), waiting->content);
  waiting->content = content;
  gtk_widget_set_vexpand (content, TRUE);
  gtk_box_append (GTK_BOX (adw_window_get_content (ADW_WINDOW (waiting->window))), content);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user)
{
  g_autoptr (GtkWidget) window = user;
  g_autoptr (GError) error = NULL;
  g_autoptr (DioShellReport) report = g_task_propagate_pointer (G_TASK (result), &error);
  Waiting *waiting = g_object_get_data (G_OBJECT (window), "dio-waiting");
  // Without a display of its own any more it was closed: nobody waits for the answer.
  if (!gtk_widget_get_visible (window))
    return;
  g_clear_handle_id (&waiting->pulse, g_source_remove);
  if (report == NULL) {
    GtkWidget *page = adw_status_page_new ();
    adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "dialog-error-symbolic");
    adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("The Dataset Cannot Be Read"));
    g_autofree char *text = g_markup_escape_text (error->message, -1);
    adw_status_page_set_description (ADW_STATUS_PAGE (page), text);
    set_content (waiting, page);
  } else if (report->kind == DIO_SHELL_REPORT_VERIFY) {
    set_content (waiting, dio_shell_report_create_findings (report));
  } else {
    set_content (waiting, dio_shell_report_create_statistics (report));
  }
}

static void
cancel_cb (GtkButton *button, GtkWindow *window)
{
  gtk_window_destroy (window);
}

/* However the window goes: the thread stops at the next frame. */
static void
destroy_cb (GtkWidget *window, GCancellable *cancellable)
{
  g_cancellable_cancel (cancellable);
}

static GtkWidget *
make_waiting_page (Waiting *waiting, const char *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  GtkWidget *label = gtk_label_new (text);
  gtk_widget_add_css_class (label, "title-4");
  gtk_box_append (GTK_BOX (box), label);
  waiting->bar = gtk_progress_bar_new ();
  gtk_progress_bar_set_show_text (GTK_PROGRESS_BAR (waiting->bar), TRUE);
  gtk_widget_set_size_request (waiting->bar, 280, -1);
  gtk_box_append (GTK_BOX (box), waiting->bar);
  GtkWidget *cancel = gtk_button_new_with_label (_ ("Cancel"));
  gtk_widget_add_css_class (cancel, "pill");
  gtk_widget_set_halign (cancel, GTK_ALIGN_CENTER);
  g_signal_connect (cancel, "clicked", G_CALLBACK (cancel_cb), waiting->window);
  gtk_box_append (GTK_BOX (box), cancel);
  gtk_widget_set_vexpand (box, TRUE);
  return box;
}

GtkWidget *
dio_shell_report_new (DioShellReportKind kind, const char *folder)
{
  g_return_val_if_fail (folder != NULL, NULL);

  gboolean verify = kind == DIO_SHELL_REPORT_VERIFY;
  Waiting *waiting = g_new0 (Waiting, 1);
  waiting->window = adw_window_new ();
  dio_escape_add (waiting->window);
  waiting->began_us = g_get_monotonic_time ();
  waiting->cancellable = g_cancellable_new ();
  waiting->progress = g_new0 (Progress, 1);
  g_atomic_ref_count_init (&waiting->progress->refs);
  g_mutex_init (&waiting->progress->mutex);
  g_signal_connect_object (waiting->window, "destroy", G_CALLBACK (destroy_cb),
                           waiting->cancellable, 0);
  g_object_set_data_full (G_OBJECT (waiting->window), "dio-waiting", waiting,
                          (GDestroyNotify) waiting_free);
  gtk_window_set_default_size (GTK_WINDOW (waiting->window), 640, 560);
  gtk_window_set_title (GTK_WINDOW (waiting->window), verify ? _ ("Verify") : _ ("Statistics"));

  g_autofree char *name = g_path_get_basename (folder);
  GtkWidget *header = adw_header_bar_new ();
  adw_header_bar_set_title_widget (
      ADW_HEADER_BAR (header),
      adw_window_title_new (verify ? _ ("Verify") : _ ("Statistics"), name));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (box), header);
  waiting->content =
      make_waiting_page (waiting, verify ? _ ("Reading everything back…") : _ ("Counting…"));
  gtk_box_append (GTK_BOX (box), waiting->content);
  adw_window_set_content (ADW_WINDOW (waiting->window), box);
  waiting->pulse = g_timeout_add (PULSE_MS, pulse_cb, waiting);

  g_autoptr (GTask) task = g_task_new (NULL, NULL, done_cb, g_object_ref (waiting->window));
  Order *order = g_new0 (Order, 1);
  order->kind = kind;
  order->folder = g_strdup (folder);
  order->cancellable = g_object_ref (waiting->cancellable);
  order->progress = waiting->progress;
  g_atomic_ref_count_inc (&order->progress->refs);
  g_task_set_task_data (task, order, (GDestroyNotify) order_free);
  g_task_run_in_thread (task, thread_cb);
  return waiting->window;
}
