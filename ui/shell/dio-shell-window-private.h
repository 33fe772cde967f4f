#pragma once
/* Thread: main. What the files of the window share. */

#include "dio-shell-messages.h"
#include "dio-shell-parts.h"
#include "dio-shell-window.h"

#include <libpanel.h>

G_BEGIN_DECLS

#define DIO_SHELL_N_MODES 4

struct _DioShellWindow {
  AdwApplicationWindow parent_instance;
  DioSession *session;
  DioActionRegistry *registry;
  /** of the program, and of windows: size and docks */
  GSettings *settings, *window_settings;

  /* dio-shell-header.c; all borrowed from the widget tree */
  GtkWidget *header, *switcher, *document_button, *undo_button, *redo_button, *menu_button;
  /* shown with a document only */
  GPtrArray *document_widgets;

  /** "start" or "studio" */
  GtkStack *stack;
  AdwViewStack *pages;
  PanelDock *dock;
  DioShellMessages *messages;
  GtkWidget *parts[DIO_SHELL_N_PARTS];

  /** who undoes, by mode */
  DioShellUndo undo[DIO_SHELL_N_MODES];
  gboolean has_document;
  /** it was said that OpenGL is missing */
  gboolean told_gl;
  /** steps of its making that are done, the source that does the rest, and whether it presents it then */
  guint n_built, building;
  gboolean present;
  /** nothing holds the window open any more */
  gboolean may_close;
};

/* -- dio-shell-header.c ---------------------------------------------------------------------------- */

/** The header bar, bound to session and registry, which exist. */
GtkWidget *dio_shell_header_new (DioShellWindow *window) G_GNUC_WARN_UNUSED_RESULT;
/** The main menu; once, when all commands are there: a menu that is shown builds its widgets anew for each that comes. */
void dio_shell_header_fill_menu (DioShellWindow *window);
/** Names of the steps in tooltips, sensitivity: after a change of mode or history. */
void dio_shell_header_update_undo (DioShellWindow *window);
/** Short labels where the window is narrow. */
void dio_shell_header_set_narrow (DioShellWindow *window, gboolean narrow);

/* -- dio-shell-compose.c --------------------------------------------------------------------------- */

/** The dock around the viewport, a full reference. Fills window->dock and parts. */
GtkWidget *dio_shell_compose_new (DioShellWindow *window) G_GNUC_WARN_UNUSED_RESULT;
/** Takes the panels out of the dock, which would keep them after the window's end. Once, as the window goes. */
void dio_shell_compose_release (DioShellWindow *window);
/** Widths and heights into the settings. */
void dio_shell_compose_save (DioShellWindow *window);

/* -- dio-shell-commands.c -------------------------------------------------------------------------- */

void dio_shell_window_add_commands (DioShellWindow *window);
const DioShellUndo *dio_shell_window_get_undo (DioShellWindow *window);

/* -- dio-shell-files.c ----------------------------------------------------------------------------- */

void dio_shell_files_new_document (DioShellWindow *window);
void dio_shell_files_open (DioShellWindow *window);
/** As an unsaved copy: examples. */
void dio_shell_files_open_copy (DioShellWindow *window, const char *path);
void dio_shell_files_open_recovery (DioShellWindow *window, const char *file);
void dio_shell_files_save (DioShellWindow *window);
void dio_shell_files_save_as (DioShellWindow *window);
void dio_shell_files_revert (DioShellWindow *window);
void dio_shell_files_import (DioShellWindow *window);
void dio_shell_files_open_dataset (DioShellWindow *window);
/** A file dialog in the folder of the last one. @chosen gets the path and closes nothing; never called after a cancel. */
typedef void (*DioShellChosenFunc) (DioShellWindow *window, const char *path);
void dio_shell_files_choose (DioShellWindow *window,
                             const char *title,
                             GtkFileChooserAction action,
                             GtkFileFilter *filter,
                             DioShellChosenFunc chosen);
/** *.diorama, owned. */
GtkFileFilter *dio_shell_files_create_filter (void) G_GNUC_WARN_UNUSED_RESULT;

/* -- dio-shell-close.c ----------------------------------------------------------------------------- */

/** Asks what has to be asked; calls @then where the document may go. */
typedef void (*DioShellThenFunc) (DioShellWindow *window);
void dio_shell_close_confirm (DioShellWindow *window, DioShellThenFunc then);
/** Of GtkWindow: TRUE keeps the window open. */
gboolean dio_shell_close_requested (DioShellWindow *window);

/* -- dio-shell-window.c ---------------------------------------------------------------------------- */

void dio_shell_window_show_document (DioShellWindow *window);
/** A message of the window itself. */
void dio_shell_window_tell (DioShellWindow *window,
                            const char *text,
                            const char *label,
                            const char *action);

G_END_DECLS
