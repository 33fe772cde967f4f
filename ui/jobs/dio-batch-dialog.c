#define G_LOG_DOMAIN "dio-jobs"

#include "dio-batch-dialog.h"

#include "dio-batch-estimate.h"
#include "dio-batch-form-private.h"
#include "dio-jobs-text.h"
#include "dio-session-jobs.h"

#include <glib/gi18n-lib.h>

/* Typing changes what a frame costs several times: trials begin when it has stopped. */
#define SETTLE_MS 400

struct _DioBatchDialog {
  AdwWindow parent_instance;

  DioSession *session; /**< owned */
  DioBatchForm *form;
  GtkButton *add;
  GtkLabel *fault, *estimate_label;
  GtkSpinner *spinner;
  GCancellable *trial; /**< of the trial that runs, or NULL */
  guint settle;        /**< source that will start a trial */
  gboolean has_estimate;
  DioBatchEstimate estimate;
};

G_DEFINE_FINAL_TYPE (DioBatchDialog, dio_batch_dialog, ADW_TYPE_WINDOW)

static void
show_estimate (DioBatchDialog *self)
{
  DioJobSpec spec;
  dio_batch_form_fill (self->form, &spec);
  double seconds = dio_batch_estimate_get_seconds (&self->estimate, spec.count, spec.workers);
  guint64 bytes = self->estimate.bytes_per_frame * spec.count;
  g_autofree char *time = dio_jobs_dup_duration (seconds);
  g_autofree char *size = g_format_size (bytes);
  g_autofree char *room = g_format_size (self->estimate.free_bytes);
  gboolean fits = bytes < self->estimate.free_bytes;
  g_autofree char *text =
      fits ? g_strdup_printf (_ ("About %s and %s; %s are free."), time, size, room)
           : g_strdup_printf (_ ("About %s and %s, but only %s are free: choose another folder or "
                                 "fewer frames."),
                              time, size, room);
  gtk_label_set_text (self->estimate_label, text);
  if (fits)
    gtk_widget_remove_css_class (GTK_WIDGET (self->estimate_label), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->estimate_label), "error");
}

static void
weak_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

/* A trial cannot be stopped in the middle of a frame: it does not keep a dialog that was closed. */
static void
estimated_cb (GObject *source, GAsyncResult *result, gpointer user)
{
  g_autoptr (DioBatchDialog) self = g_weak_ref_get (user);
  DioBatchEstimate estimate;
  g_autoptr (GError) error = NULL;
  gboolean ok = dio_batch_estimate_finish (result, &estimate, &error);
  weak_free (user);
  if (self == NULL)
    return;
  /* A trial that was overtaken has nothing to say. */
  if (g_task_get_cancellable (G_TASK (result)) != self->trial)
    return;
  g_clear_object (&self->trial);
  gtk_spinner_stop (self->spinner);
  if (!ok) {
    g_autofree char *text = g_strdup_printf (_ ("Trial frames failed: %s"), error->message);
    gtk_label_set_text (self->estimate_label, text);
    gtk_widget_add_css_class (GTK_WIDGET (self->estimate_label), "error");
    return;
  }
  self->estimate = estimate;
  self->has_estimate = TRUE;
  show_estimate (self);
}

static void
stop_trial (DioBatchDialog *self)
{
  g_clear_handle_id (&self->settle, g_source_remove);
  if (self->trial != NULL)
    g_cancellable_cancel (self->trial);
  g_clear_object (&self->trial);
}

static gboolean
start_trial_cb (gpointer user)
{
  DioBatchDialog *self = user;
  DioJobSpec spec;
  self->settle = 0;
  dio_batch_form_fill (self->form, &spec);
  DioBatchDesc desc = {
    .scenario = dio_session_get_scenario (self->session),
    .scenario_folder = dio_session_get_folder (self->session),
    .engine_path = dio_session_get_engine_path (self->session),
    .seed = spec.seed,
    .first = spec.first,
    .count = spec.count,
    .workers = spec.workers,
    .width_px = spec.width_px,
    .height_px = spec.height_px,
    .sensors = spec.sensors,
  };
  dio_batch_form_get_outputs (self->form, &desc.outputs);
  self->trial = g_cancellable_new ();
  GWeakRef *weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, self);
  dio_batch_estimate_async (&desc, spec.output, self->trial, estimated_cb, weak);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (DioBatchDialog *self)
{
  g_autofree char *fault = dio_batch_form_dup_fault (self->form);
  gtk_label_set_text (self->fault, fault != NULL ? fault : "");
  gtk_widget_set_visible (GTK_WIDGET (self->fault), fault != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->add), fault == NULL);
  if (self->has_estimate && fault == NULL)
    show_estimate (self);
}

static void
cost_changed_cb (DioBatchDialog *self)
{
  stop_trial (self);
  g_autofree char *fault = dio_batch_form_dup_fault (self->form);
  if (fault != NULL)
    return;
  self->has_estimate = FALSE;
  gtk_widget_remove_css_class (GTK_WIDGET (self->estimate_label), "error");
  gtk_label_set_text (self->estimate_label, _ ("Trying three frames…"));
  gtk_spinner_start (self->spinner);
  self->settle = g_timeout_add (SETTLE_MS, start_trial_cb, self);
}

static void
added_cb (GObject *source, GAsyncResult *result, gpointer user)
{
  g_autoptr (DioBatchDialog) self = user;
  g_autoptr (GError) error = NULL;
  if (dio_session_add_job_finish (DIO_SESSION (source), result, &error) == 0) {
    gtk_label_set_text (self->fault, error->message);
    gtk_widget_set_visible (GTK_WIDGET (self->fault), TRUE);
    gtk_widget_set_sensitive (GTK_WIDGET (self->add), TRUE);
    return;
  }
  dio_session_set_mode (self->session, DIO_MODE_RENDER);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
add_cb (DioBatchDialog *self)
{
  g_autofree char *fault = dio_batch_form_dup_fault (self->form);
  if (fault != NULL || !gtk_widget_get_sensitive (GTK_WIDGET (self->add)))
    return;
  DioJobSpec spec;
  dio_batch_form_fill (self->form, &spec);
  stop_trial (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->add), FALSE);
  dio_session_add_job_async (self->session, &spec, added_cb, g_object_ref (self));
}

static GtkWidget *
build_header (DioBatchDialog *self)
{
  GtkWidget *header = adw_header_bar_new ();
  self->add = GTK_BUTTON (gtk_button_new_with_mnemonic (_ ("_Render")));
  gtk_widget_add_css_class (GTK_WIDGET (self->add), "suggested-action");
  g_signal_connect_object (self->add, "clicked", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), GTK_WIDGET (self->add));
  return header;
}

static GtkLabel *
new_wrapped (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return GTK_LABEL (label);
}

/* The line below the form: what it will take, or why it cannot be done. */
static GtkWidget *
build_footer (DioBatchDialog *self)
{
  GtkWidget *footer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_margin_top (footer, 12);
  gtk_widget_set_margin_bottom (footer, 18);
  gtk_widget_set_margin_start (footer, 24);
  gtk_widget_set_margin_end (footer, 24);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->spinner = GTK_SPINNER (gtk_spinner_new ());
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->spinner));
  self->estimate_label = new_wrapped ("numeric");
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->estimate_label));
  gtk_box_append (GTK_BOX (footer), line);
  self->fault = new_wrapped ("error");
  gtk_box_append (GTK_BOX (footer), GTK_WIDGET (self->fault));
  return footer;
}

static void
build (DioBatchDialog *self)
{
  self->form = DIO_BATCH_FORM (dio_batch_form_new (self->session));
  GtkWidget *clamp = adw_clamp_new ();
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 560);
  adw_clamp_set_child (ADW_CLAMP (clamp), GTK_WIDGET (self->form));
  gtk_widget_set_margin_top (clamp, 12);
  gtk_widget_set_margin_bottom (clamp, 12);
  gtk_widget_set_margin_start (clamp, 18);
  gtk_widget_set_margin_end (clamp, 18);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_widget_set_vexpand (scrolled, TRUE);

  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (box), build_header (self));
  gtk_box_append (GTK_BOX (box), scrolled);
  gtk_box_append (GTK_BOX (box), build_footer (self));
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_default_widget (GTK_WINDOW (self), GTK_WIDGET (self->add));

  g_signal_connect_object (self->form, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->form, "cost-changed", G_CALLBACK (cost_changed_cb), self,
                           G_CONNECT_SWAPPED);
  changed_cb (self);
  cost_changed_cb (self);
}

static gboolean
close_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  gtk_window_close (GTK_WINDOW (widget));
  return GDK_EVENT_STOP;
}

static void
dio_batch_dialog_dispose (GObject *object)
{
  DioBatchDialog *self = DIO_BATCH_DIALOG (object);
  stop_trial (self);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (dio_batch_dialog_parent_class)->dispose (object);
}

static void
dio_batch_dialog_class_init (DioBatchDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dio_batch_dialog_dispose;
  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, close_cb, NULL);
}

static void
dio_batch_dialog_init (DioBatchDialog *self)
{
  gtk_window_set_title (GTK_WINDOW (self), _ ("Render Batch"));
  gtk_window_set_default_size (GTK_WINDOW (self), 580, 740);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
}

GtkWidget *
dio_batch_dialog_new (DioSession *session)
{
  g_return_val_if_fail (DIO_IS_SESSION (session), NULL);

  DioBatchDialog *self = g_object_new (DIO_TYPE_BATCH_DIALOG, NULL);
  self->session = g_object_ref (session);
  build (self);
  return GTK_WIDGET (self);
}
