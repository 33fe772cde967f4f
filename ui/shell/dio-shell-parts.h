#pragma once
/* Thread: main. The panels and pages that the window is put together from: one line each. */

#include "dio-action.h"
#include "dio-session.h"

G_BEGIN_DECLS

typedef enum {
  DIO_SHELL_VIEWPORT,
  DIO_SHELL_FRAME_BAR,
  DIO_SHELL_OUTLINER,
  DIO_SHELL_SHELF,
  DIO_SHELL_INSPECTOR,
  DIO_SHELL_LABELS,
  DIO_SHELL_RANDOMIZE,
  DIO_SHELL_JOBS,
  DIO_SHELL_DESK,
  DIO_SHELL_N_PARTS,
} DioShellPart;

/** Title for docks and pages, translated. */
const char *dio_shell_part_get_title (DioShellPart part);
/** Symbolic icon. */
const char *dio_shell_part_get_icon (DioShellPart part);
GtkWidget *dio_shell_part_create (DioShellPart part, DioSession *session) G_GNUC_WARN_UNUSED_RESULT;
/** Registers the part's commands, once @widget is in the window. */
void dio_shell_part_add_actions (DioShellPart part, GtkWidget *widget, DioActionRegistry *registry);

/** Windows of their own. */
GtkWidget *dio_shell_create_taxonomy (DioSession *session) G_GNUC_WARN_UNUSED_RESULT;
GtkWidget *dio_shell_create_batch (DioSession *session) G_GNUC_WARN_UNUSED_RESULT;
GtkWidget *dio_shell_create_export (DioSession *session,
                                    const char *folder) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
