#pragma once
/* Thread: main. What the desk shows while no dataset is open: those that the catalog knows, and a way to open another. */

#include "dio-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *dio_desk_start_new (DioSession *session) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
