#define G_LOG_DOMAIN "dio-scene"

/* The tables of what the document itself has besides its lists. */

#include "dio-scene-category-private.h"
#include "dio-scene-scenario.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MAX_NAME_BYTES 1024
#define MAX_DESCRIPTION_BYTES 65536
#define MAX_PIXELS 1e9
#define MAX_STEPS 1e6
#define MAX_RATE_HZ 1e4

static const char *const preset_names[] = { "detector", "everything",     "kitti",
                                            "bop",      "hard-occlusion", NULL };

static const char *
check_preset (const char *text)
{
  return g_strv_contains (preset_names, text)
             ? NULL
             : "must be one of \"detector\", \"everything\", \"kitti\", \"bop\", "
               "\"hard-occlusion\"";
}

#define STRUCT DioPolicy
#define THRESHOLD(name_, label_, unit_, max_)                                                      \
  {                                                                                                \
    DIO_FIELD_NUMBER (#name_, label_, unit_, name_, 0, max_, NAN)                                  \
  }

static const DioField policy_fields[] = {
  { DIO_FIELD_TEXT ("preset", N_ ("Preset"), preset, 64, "detector"), .check_text_cb = check_preset,
    .pattern = "^(detector|everything|kitti|bop|hard-occlusion)$" },
  THRESHOLD (drop_visible_px, N_ ("Drop below visible pixels"), "px", MAX_PIXELS),
  THRESHOLD (drop_visibility, N_ ("Drop below visibility"), "", 1),
  THRESHOLD (keep_visible_px, N_ ("Keep from visible pixels"), "px", MAX_PIXELS),
  THRESHOLD (keep_short_side_px, N_ ("Keep from short side"), "px", MAX_PIXELS),
  THRESHOLD (keep_visibility, N_ ("Keep from visibility"), "", 1),
  THRESHOLD (keep_visib_fract, N_ ("Keep from visible fraction"), "", 1),
  THRESHOLD (keep_height_px, N_ ("Keep from height"), "px", MAX_PIXELS),
  THRESHOLD (max_blur_share, N_ ("Largest blur, of the short side"), "", 1e3),
};

DioFieldView
dio_policy_get_view (void)
{
  return (DioFieldView){ .fields = policy_fields,
                         .n = G_N_ELEMENTS (policy_fields),
                         .kinds = G_MAXUINT,
                         .owner = "the policy" };
}

#undef STRUCT
#define STRUCT DioOutputs

static const DioField outputs_fields[] = {
  { DIO_FIELD_BOOLEAN ("rgb", N_ ("Colour"), rgb, TRUE) },
  { DIO_FIELD_BOOLEAN ("depth", N_ ("Depth"), depth, TRUE) },
  { DIO_FIELD_BOOLEAN ("normal", N_ ("Normals"), normal, FALSE) },
  { DIO_FIELD_BOOLEAN ("instance", N_ ("Instances"), instance, FALSE) },
  { DIO_FIELD_BOOLEAN ("semantic", N_ ("Categories"), semantic, FALSE) },
  { DIO_FIELD_BOOLEAN ("leaf", N_ ("Leaves"), leaf, TRUE) },
};

DioFieldView
dio_outputs_get_view (void)
{
  return (DioFieldView){ .fields = outputs_fields,
                         .n = G_N_ELEMENTS (outputs_fields),
                         .kinds = G_MAXUINT,
                         .owner = "the outputs" };
}

#undef STRUCT
#define STRUCT DioSequence

static const DioField sequence_fields[] = {
  { DIO_FIELD_INTEGER ("steps", N_ ("Steps of a sequence"), "", steps, 1, MAX_STEPS, 1) },
  { DIO_FIELD_NUMBER ("rate_hz", N_ ("Steps a second"), "Hz", rate_hz, 0, MAX_RATE_HZ, 0) },
};

DioFieldView
dio_sequence_get_view (void)
{
  return (DioFieldView){ .fields = sequence_fields,
                         .n = G_N_ELEMENTS (sequence_fields),
                         .kinds = G_MAXUINT,
                         .owner = "the sequence" };
}

#undef STRUCT
#define STRUCT DioScenario

static const DioField document_fields[] = {
  { DIO_FIELD_TEXT ("name", N_ ("Name"), name, MAX_NAME_BYTES, "") },
  { DIO_FIELD_TEXT ("description", N_ ("Description"), description, MAX_DESCRIPTION_BYTES, "") },
  { DIO_FIELD_TEXT ("background_category",
                    N_ ("Category of the background"),
                    background_category,
                    DIO_ID_MAX_LENGTH,
                    NULL),
    .rules = DIO_FIELD_NULLABLE },
};

DioFieldView
dio_document_get_view (void)
{
  return (DioFieldView){ .fields = document_fields,
                         .n = G_N_ELEMENTS (document_fields),
                         .kinds = G_MAXUINT,
                         .owner = "the document" };
}
