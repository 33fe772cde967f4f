#pragma once
/* Thread: main. Every command by a few letters of its name. */

#include "dio-action.h"

G_BEGIN_DECLS

/** A window; the caller makes it transient and presents it. Enter runs the selected command and closes it. */
GtkWidget *dio_shell_palette_new (DioActionRegistry *registry) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
