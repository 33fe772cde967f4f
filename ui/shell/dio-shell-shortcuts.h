#pragma once
/* Thread: main. All keys in a window, made from the registry. */

#include "dio-action.h"

G_BEGIN_DECLS

GtkWidget *dio_shell_shortcuts_new (DioActionRegistry *registry) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
