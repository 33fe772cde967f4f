#pragma once
/* Thread: main. The types of randomizers that can be added. */

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** @type: static. */
typedef void (*DioRandomizerTypeFunc) (const char *type, gpointer user);

/** A popover with a search; it closes before @func is called. @user outlives it. */
GtkWidget *dio_randomizer_types_new (DioRandomizerTypeFunc func,
                                     gpointer user) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
