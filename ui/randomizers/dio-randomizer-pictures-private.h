#pragma once
/* Thread: main. Small pictures of what a randomizer chooses among. */

#include "dio-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** A row of the pictures of the first of @keys (of dio_session_get_thumbnail, NULL-terminated), each with its name of @names as tooltip, and how many
 * more there are. Pictures come when they are made; @session outlives it. */
GtkWidget *dio_randomizer_pictures_new (DioSession *session,
                                        const char *const *keys,
                                        const char *const *names) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
