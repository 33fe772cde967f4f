#define G_LOG_DOMAIN "dio-session"

#include "dio-session-private.h"

#include <glib/gi18n-lib.h>

/* The few words that the session itself puts before people; all others come from the panels. */
static const char *const texts[DIO_N_TEXTS] = {
  [DIO_TEXT_UNTITLED] = N_ ("Untitled"),
  [DIO_TEXT_GROUND] = N_ ("Ground"),
  [DIO_TEXT_SKY] = N_ ("Sky"),
  [DIO_TEXT_CAMERA] = N_ ("Camera"),
  [DIO_TEXT_LIGHT_SUN] = N_ ("Sun"),
  [DIO_TEXT_LIGHT_POINT] = N_ ("Point Light"),
  [DIO_TEXT_LIGHT_SPOT] = N_ ("Spot Light"),
  [DIO_TEXT_LIGHT_RECT] = N_ ("Area Light"),
  [DIO_TEXT_OPENING] = N_ ("Opening the scenario"),
  [DIO_TEXT_SAVING] = N_ ("Saving the scenario"),
  [DIO_TEXT_NO_RECOVERY] = N_ ("Unsaved changes cannot be kept for recovery; save often"),
  [DIO_TEXT_CATALOG_TROUBLE] = N_ ("There is trouble with the list of jobs and datasets"),
  [DIO_TEXT_IMPORTING] = N_ ("Importing"),
  [DIO_TEXT_COPYING] = N_ ("Copying files"),
  [DIO_TEXT_STEP_IMPORT] = N_ ("Import %s"),
  [DIO_TEXT_FIX] = N_ ("Repair Asset"),
  [DIO_TEXT_FIX_Y_UP] = N_ ("Set Y Up"),
  [DIO_TEXT_FIX_Z_UP] = N_ ("Set Z Up"),
  [DIO_TEXT_FIX_CENTIMETRES] = N_ ("Set Unit to Centimetres"),
  [DIO_TEXT_FIX_INCHES] = N_ ("Set Unit to Inches"),
  [DIO_TEXT_FIX_MILLIMETRES] = N_ ("Set Unit to Millimetres"),
  [DIO_TEXT_FIX_RECENTER] = N_ ("Move to Origin"),
  [DIO_TEXT_FIX_WHOLE] = N_ ("Use One Face Group"),
  [DIO_TEXT_FIX_DOUBLE_SIDED] = N_ ("Show Both Sides"),
  [DIO_TEXT_WHY_NOTHING] = N_ ("There is no picture of a sensor here."),
  [DIO_TEXT_WHY_BACKGROUND] = N_ ("Background: nothing stands here, and no category is its own."),
  [DIO_TEXT_WHY_BACKGROUND_NAMED] = N_ ("Background, which is labelled as %s."),
  [DIO_TEXT_WHY_UNLABELLED] = N_ ("%s has no category, so it hides others but has no label."),
  [DIO_TEXT_WHY_EXCLUDED] = N_ ("%s is a part of %s that does not count for its label."),
  [DIO_TEXT_WHY_STUFF] = N_ ("%s is %s, which is stuff: it is in the semantic picture only."),
  /* Translators: the second is a share between 0 and 1. */
  [DIO_TEXT_WHY_KEPT] = N_ ("%s is kept, with visibility %s."),
  /* Translators: an object, the name of another category. */
  [DIO_TEXT_WHY_KEPT_AS] =
      N_ ("%s is kept as %s, for it is seen from outside the front cone of its category."),
  /* Translators: the second is a comparison such as "visibility 0.05 < 0.1". */
  [DIO_TEXT_WHY_IGNORED] = N_ ("%s is ignored: %s."),
  [DIO_TEXT_WHY_DROPPED] = N_ ("%s is dropped: %s."),
  [DIO_TEXT_WHY_HIDDEN] = N_ ("Hidden by %s."),
  /* Translators: a rule of the label policy: what an object has, and the least that is asked for. */
  [DIO_TEXT_RULE_VISIBLE] = N_ ("visible pixels %s < %s"),
  [DIO_TEXT_RULE_VISIBILITY] = N_ ("visibility %s < %s"),
  [DIO_TEXT_RULE_VISIB_FRACT] = N_ ("visible fraction of the whole %s < %s"),
  [DIO_TEXT_RULE_SHORT_SIDE] = N_ ("short side in pixels %s < %s"),
  [DIO_TEXT_RULE_HEIGHT] = N_ ("height in pixels %s < %s"),
  [DIO_TEXT_RULE_CONE] = N_ ("seen from outside the front cone of its category"),
  [DIO_TEXT_RULE_BLUR] = N_ ("blurred over too much of its short side"),
  [DIO_TEXT_RULE_SUBPIXEL] = N_ ("smaller than a pixel"),
  /* Translators: two sentences, one after the other. */
  [DIO_TEXT_SENTENCES] = N_ ("%s %s"),
  /* Translators: what stands before and behind a comma in a list, or a word and the reason for it. */
  [DIO_TEXT_LIST] = N_ ("%s, %s"),
};

const char *
dio_session_text (DioText text)
{
  g_return_val_if_fail (text < DIO_N_TEXTS, "");

  return g_dgettext (GETTEXT_PACKAGE, texts[text]);
}

char *
dio_session_format (DioText text, const char *first, const char *second)
{
  /* The formats are those of the table, with one or two %s; translations are checked by msgfmt. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (dio_session_text (text), first, second);
#pragma GCC diagnostic pop
}

char *
dio_session_append (char *list, const char *item)
{
  if (list == NULL)
    return g_strdup (item);
  char *longer = dio_session_format (DIO_TEXT_LIST, list, item);
  g_free (list);
  return longer;
}
