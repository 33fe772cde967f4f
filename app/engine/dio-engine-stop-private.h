#pragma once
/* Thread: main. SIGINT and SIGTERM as a number that can be polled, while a job runs. */

#include <glib.h>

/** Installs the handlers. Not nested. */
gboolean dio_engine_stop_watch (GError **error);
/** Restores what was there before. */
void dio_engine_stop_unwatch (void);
/** Readable after the first signal. */
int dio_engine_stop_get_fd (void);
/** Signals so far: 1 = stop cleanly, more = stop at once. */
guint dio_engine_stop_count (void);
