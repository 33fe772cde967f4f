#pragma once
/* Thread: main. The menu Scene: what may be added where the view looks. */

#include "dio-shell-window.h"

G_BEGIN_DECLS

void dio_shell_scene_add_commands (DioShellWindow *window);

G_END_DECLS
