#pragma once
/* Thread: main. What a crash left is offered once, in a bar. */

#include "dio-shell-window.h"

G_BEGIN_DECLS

/** Looks for it in the background. */
void dio_shell_recovery_look (DioShellWindow *window);
/** The buttons of the bar. */
void dio_shell_recovery_open (DioShellWindow *window);
void dio_shell_recovery_discard (DioShellWindow *window);

G_END_DECLS
