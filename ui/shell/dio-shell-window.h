#pragma once
/* Thread: main. The window of one document: a header bar, four pages, docks, messages. It holds the session and everything that shows it.
 *
 * Properties (notify, writable): "left-panel", "right-panel", "bottom-panel" (bool: docks of Compose). */

#include "dio-action.h"
#include "dio-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define DIO_TYPE_SHELL_WINDOW (dio_shell_window_get_type ())
G_DECLARE_FINAL_TYPE (DioShellWindow, dio_shell_window, DIO, SHELL_WINDOW, AdwApplicationWindow)

/** Shows the start page until a document is opened or made. @session: nullable, taken a reference of; tests bring their own. */
DioShellWindow *dio_shell_window_new (AdwApplication *application, DioSession *session);
/** Shows it when it is built, which takes some turns of the main loop; what needs it earlier has it built at once. */
void dio_shell_window_present_soon (DioShellWindow *window);
DioSession *dio_shell_window_get_session (DioShellWindow *window);
DioActionRegistry *dio_shell_window_get_registry (DioShellWindow *window);
/** Whether it shows a document and not the start page. */
gboolean dio_shell_window_has_document (DioShellWindow *window);
/** Reads the document of @path in the background and shows it; says so where that fails. */
void dio_shell_window_open (DioShellWindow *window, const char *path);
/** A dataset folder, in Review. */
void dio_shell_window_open_dataset (DioShellWindow *window, const char *folder);

/** Who undoes in a mode. @source: nullable; has the properties "can-undo", "can-redo" (bool), "undo-name" and "redo-name" (string). */
typedef struct {
  GObject *source;
  void (*undo) (gpointer source);
  void (*redo) (gpointer source);
} DioShellUndo;
/** Overrides the document's history while @mode is shown. */
void dio_shell_window_set_undo (DioShellWindow *window, DioMode mode, const DioShellUndo *undo);

G_END_DECLS
