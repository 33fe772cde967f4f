#define G_LOG_DOMAIN "dio-session"

#include "dio-session-private.h"

#include <string.h>

void
dio_session_begin_busy (DioSession *session, const char *text)
{
  g_ptr_array_add (session->busy, g_strdup (text));
  dio_session_notify (session, "busy");
}

void
dio_session_end_busy (DioSession *session, const char *text)
{
  for (guint i = 0; i < session->busy->len; i++)
    if (strcmp (g_ptr_array_index (session->busy, i), text) == 0) {
      g_ptr_array_remove_index (session->busy, i);
      dio_session_notify (session, "busy");
      return;
    }
  g_assert_not_reached ();
}
