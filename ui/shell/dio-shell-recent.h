#pragma once
/* Thread: main. Documents that were open before, as the desktop remembers them. */

#include <gtk/gtk.h>

G_BEGIN_DECLS

void dio_shell_recent_add (const char *path);
/** Paths (char*) of documents that still exist, the newest first. */
GPtrArray *dio_shell_recent_list (guint most) G_GNUC_WARN_UNUSED_RESULT;
/** A row with name and folder; its data "dio-path" is the path. */
GtkWidget *dio_shell_recent_create_row (const char *path) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
