#pragma once
/* Thread: main. The button in the header that says which document this is and whether it is saved, with recent ones, its name and a way back. */

#include "dio-shell-window.h"

G_BEGIN_DECLS

GtkWidget *dio_shell_document_new (DioShellWindow *window) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
