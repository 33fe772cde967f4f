#define G_LOG_DOMAIN "dio-session"

#include "dio-session-private.h"

void
dio_session_report (DioSession *session,
                    DioSeverity severity,
                    const char *text,
                    const GError *error,
                    const char *action_label,
                    const char *action)
{
  g_return_if_fail (DIO_IS_SESSION (session) && text != NULL);
  g_return_if_fail ((action_label == NULL) == (action == NULL));

  /* Handlers that keep any of it copy it. */
  const DioMessage message = {
    .severity = severity,
    .text = (char *) text,
    .detail = error != NULL ? error->message : NULL,
    .action_label = (char *) action_label,
    .action = (char *) action,
  };
  g_signal_emit_by_name (session, "message", &message);
}
