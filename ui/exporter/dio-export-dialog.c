#define G_LOG_DOMAIN "dio-exporter"

#include "dio-export-dialog.h"

#include "dio-base-path.h"
#include "dio-core-error.h"
#include "dio-export-form-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

struct _DioExportDialog {
  AdwWindow parent_instance;

  DioSession *session; /**< owned reference */
  DioExportForm *form;
  GtkStack *stack; /**< "form", "progress", "result" */
  GtkButton *export_button;
  GtkProgressBar *bar;
  AdwStatusPage *result;
  GCancellable *cancellable; /**< of the export that runs, or NULL */
  char *written;             /**< where the last export went */
};

G_DEFINE_FINAL_TYPE (DioExportDialog, dio_export_dialog, ADW_TYPE_WINDOW)

static void
show_page (DioExportDialog *self, const char *page)
{
  gtk_stack_set_visible_child_name (self->stack, page);
  gboolean form = g_str_equal (page, "form");
  gtk_widget_set_visible (GTK_WIDGET (self->export_button), form);
  gtk_widget_set_sensitive (GTK_WIDGET (self->export_button),
                            dio_export_form_is_ready (self->form));
}

static void
progress_cb (guint64 done, guint64 total, gpointer user)
{
  DioExportDialog *self = user;
  g_autofree char *text =
      g_strdup_printf (ngettext ("%" PRIu64 " of %" PRIu64 " frame",
                                 "%" PRIu64 " of %" PRIu64 " frames", (gulong) total),
                       done, total);
  gtk_progress_bar_set_fraction (self->bar, (double) done / (double) total);
  gtk_progress_bar_set_text (self->bar, text);
}

/* What was written, and what was not; each part in its own number. */
static char *
dup_counts (const DioExportResult *r)
{
  gulong images = (gulong) r->images, annotations = (gulong) r->annotations,
         left_out = (gulong) r->skipped_images;
  g_autofree char *written =
      g_strdup_printf (ngettext ("%" PRIu64 " picture", "%" PRIu64 " pictures", images), r->images);
  g_autofree char *labels = g_strdup_printf (
      ngettext ("%" PRIu64 " annotation", "%" PRIu64 " annotations", annotations), r->annotations);
  g_autofree char *ignored = g_strdup_printf (_ ("%" PRIu64 " marked ignored"), r->ignored);
  g_autofree char *dropped = g_strdup_printf (_ ("%" PRIu64 " dropped by the policy"), r->dropped);
  g_autofree char *without = g_strdup_printf (
      ngettext ("%" PRIu64 " picture left out", "%" PRIu64 " pictures left out", left_out),
      r->skipped_images);
  return g_strdup_printf ("%s · %s\n%s · %s · %s", written, labels, ignored, dropped, without);
}

static void
show_done (DioExportDialog *self, const DioExportResult *result)
{
  g_autofree char *counts = dup_counts (result);
  g_autofree char *folder = dio_path_dup_shown (self->written);
  g_autofree char *text = g_strdup_printf ("%s\n%s", counts, folder);
  adw_status_page_set_icon_name (self->result, "emblem-ok-symbolic");
  adw_status_page_set_title (self->result, _ ("Exported"));
  adw_status_page_set_description (self->result, text);
  gtk_widget_set_visible (adw_status_page_get_child (self->result), TRUE);
  show_page (self, "result");
}

static void
finished_cb (GObject *source, GAsyncResult *async, gpointer user)
{
  g_autoptr (DioExportDialog) self = user;
  DioExportResult result = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean ok = dio_export_run_finish (async, &result, &error);
  g_clear_object (&self->cancellable);
  if (ok) {
    dio_export_form_remember (self->form);
    show_done (self, &result);
    return;
  }
  if (g_error_matches (error, DIO_ERROR, DIO_ERROR_CANCELLED)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    show_page (self, "form");
    return;
  }
  adw_status_page_set_icon_name (self->result, "dialog-error-symbolic");
  adw_status_page_set_title (self->result, _ ("Not Exported"));
  adw_status_page_set_description (self->result, error->message);
  gtk_widget_set_visible (adw_status_page_get_child (self->result), FALSE);
  show_page (self, "result");
}

static void
export_cb (DioExportDialog *self)
{
  if (self->cancellable != NULL || !dio_export_form_is_ready (self->form))
    return;
  DioExportRunDesc desc;
  dio_export_form_fill (self->form, &desc);
  g_free (self->written);
  self->written = g_strdup (desc.options.output);
  self->cancellable = g_cancellable_new ();
  gtk_progress_bar_set_fraction (self->bar, 0);
  gtk_progress_bar_set_text (self->bar, _ ("Reading the dataset"));
  show_page (self, "progress");
  dio_export_run_async (&desc, progress_cb, self, self->cancellable, finished_cb,
                        g_object_ref (self));
}

static void
cancel_cb (DioExportDialog *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

static void
show_files_cb (DioExportDialog *self)
{
  g_autofree char *uri = g_filename_to_uri (self->written, NULL, NULL);
  if (uri != NULL)
    gtk_show_uri (GTK_WINDOW (self), uri, GDK_CURRENT_TIME);
}

static void
again_cb (DioExportDialog *self)
{
  dio_export_form_propose_target (self->form);
  show_page (self, "form");
}

static void
ready_cb (DioExportDialog *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->export_button),
                            dio_export_form_is_ready (self->form));
}

static GtkWidget *
build_header (DioExportDialog *self)
{
  GtkWidget *header = adw_header_bar_new ();
  self->export_button = GTK_BUTTON (gtk_button_new_with_mnemonic (_ ("_Export")));
  gtk_widget_add_css_class (GTK_WIDGET (self->export_button), "suggested-action");
  g_signal_connect_swapped (self->export_button, "clicked", G_CALLBACK (export_cb), self);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), GTK_WIDGET (self->export_button));
  return header;
}

static GtkWidget *
build_progress (DioExportDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_start (box, 48);
  gtk_widget_set_margin_end (box, 48);
  self->bar = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_progress_bar_set_show_text (self->bar, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Progress of the Export"), -1);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->bar));
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel Export"));
  gtk_widget_set_halign (cancel, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (cancel, "pill");
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (cancel_cb), self);
  gtk_box_append (GTK_BOX (box), cancel);
  return box;
}

static GtkWidget *
build_result (DioExportDialog *self)
{
  self->result = ADW_STATUS_PAGE (adw_status_page_new ());
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  GtkWidget *show = gtk_button_new_with_mnemonic (_ ("_Show in Files"));
  gtk_widget_add_css_class (show, "pill");
  gtk_widget_add_css_class (show, "suggested-action");
  g_signal_connect_swapped (show, "clicked", G_CALLBACK (show_files_cb), self);
  gtk_box_append (GTK_BOX (box), show);
  adw_status_page_set_child (self->result, box);

  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_vexpand (GTK_WIDGET (self->result), TRUE);
  gtk_box_append (GTK_BOX (page), GTK_WIDGET (self->result));
  GtkWidget *again = gtk_button_new_with_mnemonic (_ ("_Back"));
  gtk_widget_set_halign (again, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_bottom (again, 24);
  gtk_widget_add_css_class (again, "pill");
  g_signal_connect_swapped (again, "clicked", G_CALLBACK (again_cb), self);
  gtk_box_append (GTK_BOX (page), again);
  return page;
}

static void
build (DioExportDialog *self, const char *folder)
{
  self->form = DIO_EXPORT_FORM (dio_export_form_new (folder));
  GtkWidget *clamp = adw_clamp_new ();
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 560);
  adw_clamp_set_child (ADW_CLAMP (clamp), GTK_WIDGET (self->form));
  gtk_widget_set_margin_top (clamp, 12);
  gtk_widget_set_margin_bottom (clamp, 24);
  gtk_widget_set_margin_start (clamp, 18);
  gtk_widget_set_margin_end (clamp, 18);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);

  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_stack_add_named (self->stack, scrolled, "form");
  gtk_stack_add_named (self->stack, build_progress (self), "progress");
  gtk_stack_add_named (self->stack, build_result (self), "result");

  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (box), build_header (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_default_widget (GTK_WINDOW (self), GTK_WIDGET (self->export_button));
  g_signal_connect_object (self->form, "notify::ready", G_CALLBACK (ready_cb), self,
                           G_CONNECT_SWAPPED);
  show_page (self, "form");
}

static gboolean
close_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  gtk_window_close (GTK_WINDOW (widget));
  return GDK_EVENT_STOP;
}

/* Closing the dialog cancels what runs: the target is written whole or not at all. */
static gboolean
dio_export_dialog_close_request (GtkWindow *window)
{
  cancel_cb (DIO_EXPORT_DIALOG (window));
  return GTK_WINDOW_CLASS (dio_export_dialog_parent_class)->close_request (window);
}

static void
dio_export_dialog_finalize (GObject *object)
{
  DioExportDialog *self = DIO_EXPORT_DIALOG (object);
  g_clear_object (&self->session);
  g_clear_object (&self->cancellable);
  g_free (self->written);
  G_OBJECT_CLASS (dio_export_dialog_parent_class)->finalize (object);
}

static void
dio_export_dialog_class_init (DioExportDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dio_export_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = dio_export_dialog_close_request;
  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, close_cb, NULL);
}

static void
dio_export_dialog_init (DioExportDialog *self)
{
  gtk_window_set_title (GTK_WINDOW (self), _ ("Export Dataset"));
  gtk_window_set_default_size (GTK_WINDOW (self), 600, 720);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
}

GtkWidget *
dio_export_dialog_new (DioSession *session, const char *folder)
{
  g_return_val_if_fail (DIO_IS_SESSION (session) && folder != NULL, NULL);

  DioExportDialog *self = g_object_new (DIO_TYPE_EXPORT_DIALOG, NULL);
  self->session = g_object_ref (session);
  build (self, folder);
  return GTK_WIDGET (self);
}
