#define G_LOG_DOMAIN "dio-shell"

#include "dio-labels-panel.h"
#include "dio-shell-about.h"
#include "dio-shell-palette.h"
#include "dio-shell-preferences.h"
#include "dio-shell-recovery.h"
#include "dio-shell-report.h"
#include "dio-shell-scene.h"
#include "dio-shell-shortcuts.h"
#include "dio-shell-window-private.h"

#include <glib/gi18n-lib.h>

/* -- Undo ------------------------------------------------------------------------------------------ */

const DioShellUndo *
dio_shell_window_get_undo (DioShellWindow *window)
{
  const DioShellUndo *of_mode = &window->undo[dio_session_get_mode (window->session)];
  // A page without a history of its own leaves undo to the document.
  return of_mode->source != NULL ? of_mode : &window->undo[DIO_MODE_COMPOSE];
}

static void
undo (gpointer owner)
{
  const DioShellUndo *undo = dio_shell_window_get_undo (owner);
  undo->undo (undo->source);
}

static void
redo (gpointer owner)
{
  const DioShellUndo *undo = dio_shell_window_get_undo (owner);
  undo->redo (undo->source);
}

/* -- Windows --------------------------------------------------------------------------------------- */

static void
present (DioShellWindow *window, GtkWidget *child)
{
  gtk_window_set_transient_for (GTK_WINDOW (child), GTK_WINDOW (window));
  gtk_window_present (GTK_WINDOW (child));
}

static void
open_recent (gpointer owner)
{
  DioShellWindow *window = owner;
  if (window->has_document)
    gtk_menu_button_popup (GTK_MENU_BUTTON (window->document_button));
}

static void
show_taxonomy (gpointer owner)
{
  DioShellWindow *window = owner;
  present (window, dio_shell_create_taxonomy (window->session));
}

static void
render_batch (gpointer owner)
{
  DioShellWindow *window = owner;
  present (window, dio_shell_create_batch (window->session));
}

/* Commands about a dataset ask for one where none is shown. */
static char *
dup_dataset (DioShellWindow *window)
{
  char *folder = NULL;
  g_object_get (window->session, "dataset", &folder, NULL);
  if (folder == NULL)
    dio_session_report (window->session, DIO_SEVERITY_NOTE, _ ("Open a dataset first."), NULL,
                        _ ("Open…"), "win.open-dataset");
  return folder;
}

static void
export_dataset (gpointer owner)
{
  DioShellWindow *window = owner;
  g_autofree char *folder = dup_dataset (window);
  if (folder != NULL)
    present (window, dio_shell_create_export (window->session, folder));
}

static void
verify_dataset (gpointer owner)
{
  g_autofree char *folder = dup_dataset (owner);
  if (folder != NULL)
    present (owner, dio_shell_report_new (DIO_SHELL_REPORT_VERIFY, folder));
}

static void
show_statistics (gpointer owner)
{
  g_autofree char *folder = dup_dataset (owner);
  if (folder != NULL)
    present (owner, dio_shell_report_new (DIO_SHELL_REPORT_STATISTICS, folder));
}

static void
show_shortcuts (gpointer owner)
{
  DioShellWindow *window = owner;
  present (window, dio_shell_shortcuts_new (window->registry));
}

static void
show_palette (gpointer owner)
{
  DioShellWindow *window = owner;
  present (window, dio_shell_palette_new (window->registry));
}

static void
show_preferences (gpointer owner)
{
  DioShellWindow *window = owner;
  present (window, dio_shell_preferences_new (window->registry, window->settings));
}

static void
show_about (gpointer owner)
{
  dio_shell_about_show (GTK_WINDOW (owner));
}

static void
show_help (gpointer owner)
{
  dio_shell_about_show_help (GTK_WINDOW (owner));
}

static void
quit (gpointer owner)
{
  // Every window asks for itself; the program ends with the last.
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (owner));
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (application));
  for (GList *item = windows; item != NULL; item = item->next)
    gtk_window_close (item->data);
}

static void
close_window (gpointer owner)
{
  gtk_window_close (GTK_WINDOW (owner));
}

static void
go_to_labels (gpointer owner)
{
  DioShellWindow *window = owner;
  GtkWidget *labels = window->parts[DIO_SHELL_LABELS];
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (window));
  gboolean there = focus != NULL && gtk_widget_is_ancestor (focus, labels);
  g_object_set (window, "bottom-panel", !there, NULL);
  if (there)
    gtk_widget_grab_focus (window->parts[DIO_SHELL_VIEWPORT]);
  else
    dio_labels_panel_focus_table (DIO_LABELS_PANEL (labels));
}

#define MODE(name, mode)                                                                           \
  static void name (gpointer owner)                                                                \
  {                                                                                                \
    DioShellWindow *window = owner;                                                                \
    if (!window->has_document)                                                                     \
      dio_shell_window_show_document (window);                                                     \
    dio_session_set_mode (window->session, mode);                                                  \
  }
MODE (show_compose, DIO_MODE_COMPOSE)
MODE (show_randomize, DIO_MODE_RANDOMIZE)
MODE (show_render, DIO_MODE_RENDER)
MODE (show_review, DIO_MODE_REVIEW)
#undef MODE

#define COMMAND(name, function)                                                                    \
  static void name (gpointer owner)                                                                \
  {                                                                                                \
    function (DIO_SHELL_WINDOW (owner));                                                           \
  }
COMMAND (new_document, dio_shell_files_new_document)
COMMAND (open_document, dio_shell_files_open)
COMMAND (save_document, dio_shell_files_save)
COMMAND (save_as, dio_shell_files_save_as)
COMMAND (import_asset, dio_shell_files_import)
COMMAND (revert, dio_shell_files_revert)
COMMAND (open_dataset, dio_shell_files_open_dataset)
COMMAND (recovery_open, dio_shell_recovery_open)
COMMAND (recovery_discard, dio_shell_recovery_discard)
#undef COMMAND

/* -- The table ------------------------------------------------------------------------------------- */

static const DioActionInfo commands[] = {
  { "new", N_ ("New"), N_ ("File"), "<Control>n", NULL, new_document, NULL, 0 },
  { "open", N_ ("Open…"), N_ ("File"), "<Control>o", NULL, open_document, NULL, 0 },
  { "open-recent", N_ ("Open Recent…"), N_ ("File"), "<Control><Shift>o", NULL, open_recent, NULL,
    0 },
  { "save", N_ ("Save"), N_ ("File"), "<Control>s", NULL, save_document, NULL, 1 },
  { "save-as", N_ ("Save As…"), N_ ("File"), "<Control><Shift>s", NULL, save_as, NULL, 1 },
  { "revert", N_ ("Revert to Saved"), N_ ("File"), NULL, NULL, revert, NULL, 1 },
  { "import", N_ ("Import Asset…"), N_ ("File"), "<Control>i", NULL, import_asset, NULL, 2 },
  { "close", N_ ("Close Window"), N_ ("File"), "<Control>w", NULL, close_window, NULL, 9 },
  { "quit", N_ ("Quit"), N_ ("File"), "<Control>q", NULL, quit, NULL, 9 },

  { "palette", N_ ("Find a Command…"), N_ ("Edit"), "<Control><Shift>p", NULL, show_palette, NULL,
    8 },
  { "preferences", N_ ("Preferences"), N_ ("Edit"), "<Control>comma", NULL, show_preferences, NULL,
    9 },

  { "mode-compose", N_ ("Compose"), N_ ("View"), "<Control>1", NULL, show_compose, NULL, 0 },
  { "mode-randomize", N_ ("Randomize"), N_ ("View"), "<Control>2", NULL, show_randomize, NULL, 0 },
  { "mode-render", N_ ("Render"), N_ ("View"), "<Control>3", NULL, show_render, NULL, 0 },
  { "mode-review", N_ ("Review"), N_ ("View"), "<Control>4", NULL, show_review, NULL, 0 },
  { "left-panel", N_ ("Left Panel"), N_ ("View"), "F9", NULL, NULL, "left-panel", 1 },
  { "right-panel", N_ ("Right Panel"), N_ ("View"), "<Shift>F9", NULL, NULL, "right-panel", 1 },
  { "bottom-panel", N_ ("Label Table"), N_ ("View"), "<Control>F9", NULL, NULL, "bottom-panel", 1 },
  { "fullscreen", N_ ("Fullscreen"), N_ ("View"), "F11", NULL, NULL, "fullscreened", 1 },

  { "categories", N_ ("Categories…"), N_ ("Scene"), NULL, NULL, show_taxonomy, NULL, 9 },

  { "render-batch", N_ ("Render Batch…"), N_ ("Dataset"), "<Control>r", NULL, render_batch, NULL,
    0 },
  { "open-dataset", N_ ("Open Dataset…"), N_ ("Dataset"), NULL, NULL, open_dataset, NULL, 0 },
  { "verify-dataset", N_ ("Verify"), N_ ("Dataset"), NULL, NULL, verify_dataset, NULL, 1 },
  { "dataset-statistics", N_ ("Statistics"), N_ ("Dataset"), NULL, NULL, show_statistics, NULL, 1 },
  { "export-dataset", N_ ("Export…"), N_ ("Dataset"), "<Control>e", NULL, export_dataset, NULL, 2 },

  { "help", N_ ("Help"), N_ ("Help"), "F1", NULL, show_help, NULL, 0 },
  { "shortcuts", N_ ("Keyboard Shortcuts"), N_ ("Help"), "<Control>question", NULL, show_shortcuts,
    NULL, 0 },
  { "about", N_ ("About Diorama"), N_ ("Help"), NULL, NULL, show_about, NULL, 1 },
  { NULL },
};

/* In the window, but not over text fields, which undo their own letters. */
static const DioActionInfo local_commands[] = {
  { "undo", N_ ("Undo"), N_ ("Edit"), NULL, "<Control>z", undo, NULL, 0 },
  { "redo", N_ ("Redo"), N_ ("Edit"), NULL, "<Control><Shift>z|<Control>y", redo, NULL, 0 },
  { NULL },
};

/* L goes to the table from anywhere in Compose, and from the table back to the picture. */
static const DioActionInfo compose_commands[] = {
  { "label-table", N_ ("Go to Label Table"), N_ ("View"), NULL, "l", go_to_labels, NULL, 1 },
  { NULL },
};

/* Also buttons of bars. */
static const DioActionInfo bar_commands[] = {
  { "recovery-open", N_ ("Restore Unsaved Changes"), N_ ("Recovery"), NULL, NULL, recovery_open },
  { "recovery-discard", N_ ("Discard Unsaved Changes"), N_ ("Recovery"), NULL, NULL,
    recovery_discard },
  { NULL },
};

void
dio_shell_window_add_commands (DioShellWindow *window)
{
  GtkWidget *content = adw_application_window_get_content (ADW_APPLICATION_WINDOW (window));
  dio_action_registry_add (window->registry, commands, G_OBJECT (window), NULL);
  dio_action_registry_add (window->registry, local_commands, G_OBJECT (window), content);
  dio_action_registry_add (window->registry, compose_commands, G_OBJECT (window),
                           GTK_WIDGET (window->dock));
  dio_action_registry_add (window->registry, bar_commands, G_OBJECT (window), NULL);
  dio_shell_scene_add_commands (window);
  DioShellUndo document = {
    .source = G_OBJECT (window->session),
    .undo = (void (*) (gpointer)) dio_session_undo,
    .redo = (void (*) (gpointer)) dio_session_redo,
  };
  dio_shell_window_set_undo (window, DIO_MODE_COMPOSE, &document);
}
