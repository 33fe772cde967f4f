#define G_LOG_DOMAIN "dio-core"

#include "dio-core-interactive.h"

static _Thread_local gboolean is_interactive;
static gint violations;

void
dio_interactive_set_thread (gboolean interactive)
{
  is_interactive = interactive;
}

void
dio_interactive_check (const char *what)
{
  if (G_LIKELY (!is_interactive))
    return;
  g_atomic_int_inc (&violations);
  g_warning ("%s on a thread that draws a window: it must not wait", what);
}

guint
dio_interactive_get_violations (void)
{
  return (guint) g_atomic_int_get (&violations);
}
