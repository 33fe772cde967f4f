/* Names of states and fields. */
#define G_LOG_DOMAIN "dio-review"

#include "dio-review-types.h"

#include <glib/gi18n-lib.h>

static const char *const state_names[DIO_REVIEW_N_STATES] = { "undecided", "accepted", "rejected",
                                                              "flagged" };

static const DioReviewFieldInfo fields[DIO_REVIEW_N_FIELDS] = {
  [DIO_REVIEW_FIELD_INDEX] = { "index", N_ ("Frame"), "", TRUE, FALSE, FALSE, 0, 0 },
  [DIO_REVIEW_FIELD_LUMINANCE] = { "luminance", N_ ("Brightness"), "", TRUE, FALSE, TRUE, 0, 1 },
  [DIO_REVIEW_FIELD_N_OBJECTS] = { "n-objects", N_ ("Objects"), "", TRUE, FALSE, FALSE, 0, 0 },
  [DIO_REVIEW_FIELD_VISIBILITY] = { "visibility", N_ ("Visibility"), "", FALSE, FALSE, TRUE, 0, 1 },
  [DIO_REVIEW_FIELD_TRUNCATION] = { "truncation", N_ ("Truncation"), "", FALSE, FALSE, TRUE, 0, 1 },
  [DIO_REVIEW_FIELD_SIZE_PX] = { "size-px", N_ ("Size"), "px", FALSE, TRUE, FALSE, 0, 0 },
  [DIO_REVIEW_FIELD_ASPECT] = { "aspect", N_ ("Aspect ratio"), "", FALSE, TRUE, FALSE, 0, 0 },
  [DIO_REVIEW_FIELD_VISIBLE_PX] = { "visible-px", N_ ("Visible area"), "px", FALSE, TRUE, FALSE, 0,
                                    0 },
  [DIO_REVIEW_FIELD_DISTANCE_M] = { "distance-m", N_ ("Distance"), "m", FALSE, FALSE, FALSE, 0, 0 },
  [DIO_REVIEW_FIELD_OUTLIER] = { "outlier", N_ ("Unusualness"), "", FALSE, FALSE, FALSE, 0, 0 },
};

const char *
dio_review_state_to_name (DioReviewState state)
{
  g_return_val_if_fail (state < DIO_REVIEW_N_STATES, NULL);

  return state_names[state];
}

gboolean
dio_review_state_from_name (const char *name, DioReviewState *out)
{
  g_return_val_if_fail (name && out, FALSE);

  for (guint i = 0; i < DIO_REVIEW_N_STATES; i++)
    if (g_str_equal (state_names[i], name)) {
      *out = (DioReviewState) i;
      return TRUE;
    }
  return FALSE;
}

const DioReviewFieldInfo *
dio_review_field_get_info (DioReviewField field)
{
  g_return_val_if_fail (field < DIO_REVIEW_N_FIELDS, NULL);

  return &fields[field];
}

gboolean
dio_review_field_from_name (const char *name, DioReviewField *out)
{
  g_return_val_if_fail (name && out, FALSE);

  for (guint i = 0; i < DIO_REVIEW_N_FIELDS; i++)
    if (g_str_equal (fields[i].name, name)) {
      *out = (DioReviewField) i;
      return TRUE;
    }
  return FALSE;
}
