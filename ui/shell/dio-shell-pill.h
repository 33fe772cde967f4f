#pragma once
/* Thread: main. "2 jobs 41 %" in the header while jobs run; a click shows them. */

#include "dio-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *dio_shell_pill_new (DioSession *session) G_GNUC_WARN_UNUSED_RESULT;
/** Jobs that wait or run. */
guint dio_shell_count_active_jobs (DioSession *session);

G_END_DECLS
