#define G_LOG_DOMAIN "dio-session"

#include "dio-session-private.h"

#include <glib/gi18n-lib.h>

/* The few words that the session itself puts before people; all others come from the panels. */
static const char *const texts[DIO_N_TEXTS] = {
  [DIO_TEXT_UNTITLED] = N_ ("Untitled"),
  [DIO_TEXT_GROUND] = N_ ("Ground"),
  [DIO_TEXT_SKY] = N_ ("Sky"),
  [DIO_TEXT_CAMERA] = N_ ("Camera"),
  [DIO_TEXT_OPENING] = N_ ("Opening the scenario"),
  [DIO_TEXT_SAVING] = N_ ("Saving the scenario"),
};

const char *
dio_session_text (DioText text)
{
  g_return_val_if_fail (text < DIO_N_TEXTS, "");

  return g_dgettext (GETTEXT_PACKAGE, texts[text]);
}
