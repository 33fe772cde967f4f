#define G_LOG_DOMAIN "dio-shell"

#include "dio-session-jobs.h"
#include "dio-shell-window-private.h"

#include <glib/gi18n-lib.h>

/* -- Dialogs ---------------------------------------------------------------------------------------- */

GtkFileFilter *
dio_shell_files_create_filter (void)
{
  GtkFileFilter *filter = gtk_file_filter_new ();
  gtk_file_filter_set_name (filter, _ ("Diorama scenarios"));
  gtk_file_filter_add_pattern (filter, "*.diorama");
  return filter;
}

static GtkFileFilter *
create_asset_filter (void)
{
  static const char *const patterns[] = { "*.gltf", "*.glb", "*.obj", "*.ply", "*.stl", "*.fbx",
                                          "*.dae",  "*.hdr", "*.exr", "*.png", "*.jpg", "*.jpeg" };
  GtkFileFilter *filter = gtk_file_filter_new ();
  gtk_file_filter_set_name (filter, _ ("Models, textures and environments"));
  for (guint i = 0; i < G_N_ELEMENTS (patterns); i++)
    gtk_file_filter_add_pattern (filter, patterns[i]);
  return filter;
}

static void
response_cb (GtkNativeDialog *dialog, int response, DioShellWindow *window)
{
  DioShellChosenFunc chosen =
      (DioShellChosenFunc) g_object_get_data (G_OBJECT (dialog), "dio-chosen");
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  g_object_unref (dialog);
  if (response != GTK_RESPONSE_ACCEPT || path == NULL)
    return;
  g_autofree char *folder = g_path_get_dirname (path);
  g_settings_set_string (window->settings, "recent-folder", folder);
  chosen (window, path);
}

void
dio_shell_files_choose (DioShellWindow *window,
                        const char *title,
                        GtkFileChooserAction action,
                        GtkFileFilter *filter,
                        DioShellChosenFunc chosen)
{
  gboolean saves = action == GTK_FILE_CHOOSER_ACTION_SAVE;
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      title, GTK_WINDOW (window), action, saves ? _ ("_Save") : _ ("_Open"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  if (filter != NULL)
    gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  g_autofree char *folder = g_settings_get_string (window->settings, "recent-folder");
  if (*folder != '\0') {
    g_autoptr (GFile) file = g_file_new_for_path (folder);
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (dialog), file, NULL);
  }
  g_object_set_data (G_OBJECT (dialog), "dio-chosen", (gpointer) chosen);
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), window, 0);
  if (saves) {
    g_autofree char *title_now = NULL;
    g_object_get (window->session, "title", &title_now, NULL);
    g_autofree char *name = g_str_has_suffix (title_now, ".diorama")
                                ? g_strdup (title_now)
                                : g_strconcat (title_now, ".diorama", NULL);
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  }
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* -- New and open ------------------------------------------------------------------------------------ */

/* The window itself where it shows nothing that would be lost, else a new one. */
static DioShellWindow *
window_for_document (DioShellWindow *window)
{
  gboolean untouched =
      dio_session_get_path (window->session) == NULL && !dio_session_is_modified (window->session);
  if (!window->has_document || untouched)
    return window;
  AdwApplication *application = ADW_APPLICATION (gtk_window_get_application (GTK_WINDOW (window)));
  DioShellWindow *other = dio_shell_window_new (application, NULL);
  dio_shell_window_present_soon (other);
  return other;
}

void
dio_shell_files_new_document (DioShellWindow *window)
{
  DioShellWindow *target = window_for_document (window);
  dio_session_new_document (target->session, NULL);
  dio_shell_window_show_document (target);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user)
{
  g_autoptr (DioShellWindow) window = user;
  g_autoptr (GError) error = NULL;
  if (dio_session_open_finish (DIO_SESSION (source), result, &error))
    dio_shell_window_show_document (window);
  else
    dio_session_report (DIO_SESSION (source), DIO_SEVERITY_ERROR,
                        _ ("The scenario cannot be opened."), error, _ ("Open Another…"),
                        "win.open");
}

void
dio_shell_window_open (DioShellWindow *window, const char *path)
{
  g_return_if_fail (DIO_IS_SHELL_WINDOW (window));
  g_return_if_fail (path != NULL);
  DioShellWindow *target = window_for_document (window);
  dio_session_open_async (target->session, path, opened_cb, g_object_ref (target));
}

void
dio_shell_files_open_copy (DioShellWindow *window, const char *path)
{
  DioShellWindow *target = window_for_document (window);
  dio_session_open_copy_async (target->session, path, opened_cb, g_object_ref (target));
}

void
dio_shell_files_open_recovery (DioShellWindow *window, const char *file)
{
  DioShellWindow *target = window_for_document (window);
  dio_session_open_recovery_async (target->session, file, opened_cb, g_object_ref (target));
}

void
dio_shell_files_open (DioShellWindow *window)
{
  g_autoptr (GtkFileFilter) filter = dio_shell_files_create_filter ();
  dio_shell_files_choose (window, _ ("Open Scenario"), GTK_FILE_CHOOSER_ACTION_OPEN, filter,
                          dio_shell_window_open);
}

static void
revert (DioShellWindow *window)
{
  dio_session_open_async (window->session, dio_session_get_path (window->session), opened_cb,
                          g_object_ref (window));
}

void
dio_shell_files_revert (DioShellWindow *window)
{
  if (dio_session_get_path (window->session) != NULL)
    dio_shell_close_confirm (window, revert);
}

/* -- Save -------------------------------------------------------------------------------------------- */

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user)
{
  g_autoptr (DioShellWindow) window = user;
  g_autoptr (GError) error = NULL;
  if (dio_session_save_finish (DIO_SESSION (source), result, &error))
    dio_shell_window_tell (window, _ ("Saved"), NULL, NULL);
  else
    dio_session_report (DIO_SESSION (source), DIO_SEVERITY_ERROR,
                        _ ("The scenario cannot be saved."), error, _ ("Save As…"), "win.save-as");
}

static void
save_to (DioShellWindow *window, const char *path)
{
  dio_session_save_async (window->session, path, saved_cb, g_object_ref (window));
}

void
dio_shell_files_save_as (DioShellWindow *window)
{
  g_autoptr (GtkFileFilter) filter = dio_shell_files_create_filter ();
  dio_shell_files_choose (window, _ ("Save Scenario"), GTK_FILE_CHOOSER_ACTION_SAVE, filter,
                          save_to);
}

void
dio_shell_files_save (DioShellWindow *window)
{
  if (dio_session_get_path (window->session) == NULL)
    dio_shell_files_save_as (window);
  else
    save_to (window, NULL);
}

/* -- Import and datasets ------------------------------------------------------------------------------- */

static void
imported_cb (GObject *source, GAsyncResult *result, gpointer user)
{
  g_autoptr (DioShellWindow) window = user;
  g_autoptr (GError) error = NULL;
  g_autofree char *asset = dio_session_import_finish (DIO_SESSION (source), result, &error);
  if (asset != NULL)
    dio_shell_window_tell (window, _ ("Imported"), _ ("Undo"), "win.undo");
  else
    dio_session_report (DIO_SESSION (source), DIO_SEVERITY_ERROR,
                        _ ("The file cannot be imported."), error, _ ("Import Another…"),
                        "win.import");
}

static void
import (DioShellWindow *window, const char *path)
{
  if (!window->has_document)
    dio_shell_files_new_document (window);
  const DioVec3 origin = { 0, 0, 0 };
  dio_session_import_async (window->session, path, &origin, imported_cb, g_object_ref (window));
}

void
dio_shell_files_import (DioShellWindow *window)
{
  g_autoptr (GtkFileFilter) filter = create_asset_filter ();
  dio_shell_files_choose (window, _ ("Import Asset"), GTK_FILE_CHOOSER_ACTION_OPEN, filter, import);
}

static void
dataset_added_cb (GObject *source, GAsyncResult *result, gpointer user)
{
  g_autoptr (DioShellWindow) window = user;
  g_autoptr (GError) error = NULL;
  if (!dio_session_catalog_finish (DIO_SESSION (source), result, &error)) {
    dio_session_report (DIO_SESSION (source), DIO_SEVERITY_ERROR, _ ("The folder is no dataset."),
                        error, _ ("Open Another…"), "win.open-dataset");
    return;
  }
  g_autofree char *folder = g_object_steal_data (G_OBJECT (window), "dio-dataset-folder");
  if (folder != NULL)
    dio_shell_window_open_dataset (window, folder);
}

static void
add_dataset (DioShellWindow *window, const char *folder)
{
  g_object_set_data_full (G_OBJECT (window), "dio-dataset-folder", g_strdup (folder), g_free);
  dio_session_add_dataset_async (window->session, folder, dataset_added_cb, g_object_ref (window));
}

void
dio_shell_files_open_dataset (DioShellWindow *window)
{
  dio_shell_files_choose (window, _ ("Open Dataset"), GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, NULL,
                          add_dataset);
}
