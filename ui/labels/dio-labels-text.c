#define G_LOG_DOMAIN "dio-labels"

#include "dio-labels-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

const char *
dio_labels_get_verdict_word (DioVerdict verdict)
{
  switch (verdict) {
  case DIO_VERDICT_KEEP:
    /* Translators: what becomes of a label: it is exported */
    return _ ("KEEP");
  case DIO_VERDICT_IGNORE:
    /* Translators: what becomes of a label: exported as a region that neither counts for nor against a model */
    return _ ("IGNORE");
  case DIO_VERDICT_DROP:
  default:
    /* Translators: what becomes of a label: it is not exported */
    return _ ("DROP");
  }
}

const char *
dio_labels_get_verdict_icon (DioVerdict verdict)
{
  switch (verdict) {
  case DIO_VERDICT_KEEP:
    return "object-select-symbolic";
  case DIO_VERDICT_IGNORE:
    return "action-unavailable-symbolic";
  case DIO_VERDICT_DROP:
  default:
    return "window-close-symbolic";
  }
}

char *
dio_labels_dup_reason (const char *reason, const DioLabelPolicy *policy)
{
  if (strcmp (reason, "drop-visible-px") == 0)
    return g_strdup_printf (_ ("fewer than %g px visible"), policy->drop_visible_px);
  if (strcmp (reason, "visible-px") == 0)
    return g_strdup_printf (_ ("fewer than %g px visible"), policy->keep_visible_px);
  if (strcmp (reason, "drop-visibility") == 0)
    return g_strdup_printf (_ ("less than %g %% visible"), 100 * policy->drop_visibility);
  if (strcmp (reason, "visibility") == 0)
    return g_strdup_printf (_ ("less than %g %% visible"), 100 * policy->keep_visibility);
  if (strcmp (reason, "visib-fract") == 0)
    return g_strdup_printf (_ ("less than %g %% in the picture"), 100 * policy->keep_visib_fract);
  if (strcmp (reason, "short-side") == 0)
    return g_strdup_printf (_ ("short side below %g px"), policy->keep_short_side_px);
  if (strcmp (reason, "height") == 0)
    return g_strdup_printf (_ ("height below %g px"), policy->keep_height_px);
  if (strcmp (reason, "blur") == 0)
    return g_strdup (_ ("too blurred"));
  if (strcmp (reason, "subpixel") == 0)
    return g_strdup (_ ("smaller than a pixel"));
  if (strcmp (reason, "outside-cone") == 0)
    return g_strdup (_ ("not seen from its front"));
  if (strcmp (reason, "unlabelled") == 0)
    return g_strdup (_ ("no category"));
  if (strcmp (reason, "stuff") == 0)
    return g_strdup (_ ("stuff has no label of its own"));
  return g_strdup (reason);
}

const char *
dio_labels_get_threshold (const char *reason)
{
  static const char *const rules[][2] = {
    { "drop-visible-px", "drop_visible_px" }, { "drop-visibility", "drop_visibility" },
    { "visible-px", "keep_visible_px" },      { "visibility", "keep_visibility" },
    { "visib-fract", "keep_visib_fract" },    { "short-side", "keep_short_side_px" },
    { "height", "keep_height_px" },           { "blur", "max_blur_share" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (g_strcmp0 (rules[i][0], reason) == 0)
      return rules[i][1];
  return NULL;
}

static char *
dup_judgement (DioLabelRow *row, const DioLabelPolicy *policy)
{
  const char *name = dio_label_row_get_name (row);
  /* Translators: an object's name */
  if (dio_label_row_get_category (row) < 0)
    return g_strdup_printf (_ ("%s: no category, so it has no label"), name);
  g_autofree char *reason = dio_labels_dup_reason (dio_label_row_get_reason (row), policy);
  const char *word = dio_labels_get_verdict_word (dio_label_row_get_verdict (row));
  /* Translators: an object's name, KEEP, IGNORE or DROP */
  if (reason[0] == '\0')
    return g_strdup_printf (_ ("%s: %s"), name, word);
  /* Translators: an object's name, IGNORE or DROP, the reason */
  return g_strdup_printf (_ ("%s: %s, %s"), name, word, reason);
}

char *
dio_labels_dup_sentence (DioLabelRow *row, const DioLabelPolicy *policy)
{
  GString *text = g_string_new (NULL);
  g_autofree char *judgement = dup_judgement (row, policy);
  g_string_append (text, judgement);
  double visibility = dio_label_row_get_visibility (row);
  if (!isnan (visibility))
    /* Translators: how much of an object is visible */
    g_string_append_printf (text, _ (". Visible %.1f %%"), 100 * visibility);
  const char *hiders = dio_label_row_get_hiders (row);
  if (hiders[0] != '\0')
    /* Translators: objects that hide it follow */
    g_string_append_printf (text, _ (", hidden by %s"), hiders);
  return g_string_free (text, FALSE);
}
