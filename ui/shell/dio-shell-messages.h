#pragma once
/* Thread: main. Where the session's messages appear: notes as one toast at a time, warnings and errors as bars above the content. The same message again is
 * counted on what is there; at most DIO_SHELL_MAX_BARS bars are open, so that a storm stays a breeze. */

#include "dio-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define DIO_SHELL_MAX_BARS 3

#define DIO_TYPE_SHELL_MESSAGES (dio_shell_messages_get_type ())
G_DECLARE_FINAL_TYPE (DioShellMessages, dio_shell_messages, DIO, SHELL_MESSAGES, GtkWidget)

/** Around @child. */
GtkWidget *dio_shell_messages_new (GtkWidget *child) G_GNUC_WARN_UNUSED_RESULT;
void dio_shell_messages_show (DioShellMessages *messages, const DioMessage *message);
/** Bars that are open. */
guint dio_shell_messages_get_n_bars (DioShellMessages *messages);
/** What the toast that is shown says, or NULL. */
const char *dio_shell_messages_get_toast (DioShellMessages *messages);
/** A bar of the window itself, with up to two buttons whose actions are detailed names; it stays until it is closed or one is pressed. @id: showing it again changes
 * nothing while it is open. */
typedef struct {
  const char *id;
  GtkMessageType type;
  const char *text, *detail;
  const char *label, *action;               /**< first button (nullable) */
  const char *second_label, *second_action; /**< (nullable) */
} DioShellBar;
void dio_shell_messages_show_bar (DioShellMessages *messages, const DioShellBar *bar);

G_END_DECLS
