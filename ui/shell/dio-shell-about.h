#pragma once
/* Thread: main. What this program is, and where its manual lies. */

#include <gtk/gtk.h>

G_BEGIN_DECLS

void dio_shell_about_show (GtkWindow *parent);
/** The rules of labels and the first steps, in a window. */
void dio_shell_about_show_help (GtkWindow *parent);

G_END_DECLS
