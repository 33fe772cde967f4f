#pragma once
/* Thread: main. */

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Escape closes @window (a GtkWindow), as its close button does, unless something in it takes the key first. */
void dio_escape_add (GtkWidget *window);

G_END_DECLS
