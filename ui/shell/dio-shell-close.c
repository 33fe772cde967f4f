#define G_LOG_DOMAIN "dio-shell"

#include "dio-shell-pill.h"
#include "dio-shell-window-private.h"

#include <glib/gi18n-lib.h>

/* What is asked before a document goes: unsaved edits every time, that jobs go on once ever. A window that may close tells the session first, which removes the
 * recovery file in the background. */

typedef struct {
  DioShellWindow *window;
  DioShellThenFunc then;
} Question;

static void
question_free (Question *question)
{
  g_object_unref (question->window);
  g_free (question);
}

static Question *
question_new (DioShellWindow *window, DioShellThenFunc then)
{
  Question *question = g_new0 (Question, 1);
  question->window = g_object_ref (window);
  question->then = then;
  return question;
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user)
{
  Question *question = user;
  g_autoptr (GError) error = NULL;
  if (dio_session_save_finish (DIO_SESSION (source), result, &error))
    question->then (question->window);
  else
    dio_session_report (DIO_SESSION (source), DIO_SEVERITY_ERROR,
                        _ ("The scenario cannot be saved."), error, _ ("Save As…"), "win.save-as");
  question_free (question);
}

static void
chosen_cb (GtkNativeDialog *dialog, int response, Question *question)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  g_object_unref (dialog);
  if (response == GTK_RESPONSE_ACCEPT && path != NULL)
    dio_session_save_async (question->window->session, path, saved_cb, question);
  else
    question_free (question);
}

/* A document that was never saved needs a place first. */
static void
save_then (Question *question)
{
  if (dio_session_get_path (question->window->session) != NULL) {
    dio_session_save_async (question->window->session, NULL, saved_cb, question);
    return;
  }
  GtkFileChooserNative *dialog =
      gtk_file_chooser_native_new (_ ("Save Scenario"), GTK_WINDOW (question->window),
                                   GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_autoptr (GtkFileFilter) filter = dio_shell_files_create_filter ();
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), _ ("Untitled.diorama"));
  g_signal_connect (dialog, "response", G_CALLBACK (chosen_cb), question);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
unsaved_cb (AdwMessageDialog *dialog, const char *response, Question *question)
{
  // One answer only, whatever else the dialog says while it goes.
  g_signal_handlers_disconnect_by_data (dialog, question);
  if (g_str_equal (response, "save")) {
    save_then (question);
    return;
  }
  if (g_str_equal (response, "discard"))
    question->then (question->window);
  question_free (question);
}

void
dio_shell_close_confirm (DioShellWindow *window, DioShellThenFunc then)
{
  if (!window->has_document || !dio_session_is_modified (window->session)) {
    then (window);
    return;
  }
  g_autofree char *title = NULL;
  g_object_get (window->session, "title", &title, NULL);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (window), _ ("Save Changes?"), NULL);
  adw_message_dialog_format_body (
      ADW_MESSAGE_DIALOG (dialog),
      // Translators: %s is the name of a document
      _ ("“%s” has changes that are not saved. What is not saved is lost."), title);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "discard",
                                    _ ("_Discard"), "save", _ ("_Save"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "discard",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "save",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "save");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (unsaved_cb), question_new (window, then));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* -- Closing ----------------------------------------------------------------------------------------- */

static void
session_closed_cb (GObject *source, GAsyncResult *result, gpointer user)
{
  g_autoptr (DioShellWindow) window = user;
  dio_session_close_finish (DIO_SESSION (source), result);
  // The application stays until its last window is destroyed.
  gtk_window_destroy (GTK_WINDOW (window));
  // Work in threads may hold the session a little longer; its own threads must not see the end of the program.
  g_object_run_dispose (source);
}

static void
close_for_good (DioShellWindow *window)
{
  window->may_close = TRUE;
  gtk_window_close (GTK_WINDOW (window));
  gtk_widget_set_visible (GTK_WIDGET (window), FALSE);
  dio_session_close_async (window->session, session_closed_cb, g_object_ref (window));
}

static void
told_cb (AdwMessageDialog *dialog, const char *response, DioShellWindow *window)
{
  if (g_str_equal (response, "close"))
    close_for_good (window);
}

/* Only once ever: whoever knows it need not read it again. */
static void
tell_jobs_go_on (DioShellWindow *window)
{
  if (g_settings_get_boolean (window->settings, "told-jobs-go-on")
      || dio_shell_count_active_jobs (window->session) == 0) {
    close_for_good (window);
    return;
  }
  g_settings_set_boolean (window->settings, "told-jobs-go-on", TRUE);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (window), _ ("Jobs Go On"),
                                              _ ("Closing the window does not stop rendering. Open "
                                                 "Diorama again to see how far the jobs are."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Keep Open"),
                                    "close", _ ("_Close Window"), NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "close");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (told_cb), window, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

gboolean
dio_shell_close_requested (DioShellWindow *window)
{
  if (!window->may_close)
    dio_shell_close_confirm (window, tell_jobs_go_on);
  return TRUE;
}
