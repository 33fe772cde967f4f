#define G_LOG_DOMAIN "dio-session"

#include "dio-base-json.h"
#include "dio-dataset-policy.h"
#include "dio-edit-bind.h"
#include "dio-label-row-private.h"
#include "dio-scene-edit.h"
#include "dio-session-models.h"
#include "dio-session-private.h"

#include <math.h>
#include <string.h>

/* "Why has this pixel no label?" and "why this value?": both read the last result only. */

/* Below this many pixels the policy looks at coverage instead of centre samples (app/LABELS.md, 7). */
#define SMALL_AMODAL_PX 150

/* -- Pixels --------------------------------------------------------------------------------------------------------- */

void
dio_why_pixel_free (DioWhyPixel *why)
{
  if (why == NULL)
    return;
  g_free (why->text);
  g_free (why->node_id);
  g_free (why->name);
  g_free (why->category);
  g_free (why->reason);
  g_free (why->policy);
  g_free (why);
}

static double
get_visible (const DioPolicyInput *input)
{
  return input->amodal_px < SMALL_AMODAL_PX ? input->coverage_px : (double) input->visible_px;
}

static double
get_visibility (const DioPolicyInput *input)
{
  if (input->amodal_px >= SMALL_AMODAL_PX)
    return input->visibility;
  return input->amodal_coverage_px > 0 ? input->coverage_px / input->amodal_coverage_px : NAN;
}

static double
get_visib_fract (const DioPolicyInput *input)
{
  if (input->amodal_px >= SMALL_AMODAL_PX || !(input->visibility > 0))
    return input->visib_fract;
  return input->visib_fract / input->visibility * get_visibility (input);
}

static double
get_short_side (const DioPolicyInput *input)
{
  return MIN (input->box_width_px, input->box_height_px);
}

static double
get_height (const DioPolicyInput *input)
{
  return input->box_height_px;
}

/* Rule of dio_label_policy_judge, the document's threshold, what it compares. */
static const struct {
  const char *reason, *policy;
  DioText text;
  double (*get) (const DioPolicyInput *input);
  gsize threshold; /**< offset in DioLabelPolicy */
} rules[] = {
  { "drop-visible-px", "policy/drop_visible_px", DIO_TEXT_RULE_VISIBLE, get_visible,
    offsetof (DioLabelPolicy, drop_visible_px) },
  { "drop-visibility", "policy/drop_visibility", DIO_TEXT_RULE_VISIBILITY, get_visibility,
    offsetof (DioLabelPolicy, drop_visibility) },
  { "visible-px", "policy/keep_visible_px", DIO_TEXT_RULE_VISIBLE, get_visible,
    offsetof (DioLabelPolicy, keep_visible_px) },
  { "short-side", "policy/keep_short_side_px", DIO_TEXT_RULE_SHORT_SIDE, get_short_side,
    offsetof (DioLabelPolicy, keep_short_side_px) },
  { "height", "policy/keep_height_px", DIO_TEXT_RULE_HEIGHT, get_height,
    offsetof (DioLabelPolicy, keep_height_px) },
  { "visibility", "policy/keep_visibility", DIO_TEXT_RULE_VISIBILITY, get_visibility,
    offsetof (DioLabelPolicy, keep_visibility) },
  { "visib-fract", "policy/keep_visib_fract", DIO_TEXT_RULE_VISIB_FRACT, get_visib_fract,
    offsetof (DioLabelPolicy, keep_visib_fract) },
};

static char *
dup_number (double value)
{
  if (isnan (value))
    return g_strdup ("–");
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  return g_strdup (
      g_ascii_formatd (number, sizeof number, value < 1 && value > 0 ? "%.3g" : "%.4g", value));
}

/* "visibility 0.01 < 0.02"; sets the threshold's path where a number decided. */
static char *
dup_rule (DioWhyPixel *why, const DioLabelPolicy *policy, const DioPolicyInput *input)
{
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++) {
    if (strcmp (rules[i].reason, why->reason) != 0)
      continue;
    why->policy = g_strdup (rules[i].policy);
    double limit = *(const double *) ((const char *) policy + rules[i].threshold);
    g_autofree char *value = dup_number (rules[i].get (input));
    g_autofree char *threshold = dup_number (limit);
    return dio_session_format (rules[i].text, value, threshold);
  }
  if (strcmp (why->reason, "outside-cone") == 0)
    return g_strdup (dio_session_text (DIO_TEXT_RULE_CONE));
  if (strcmp (why->reason, "blur") == 0)
    return g_strdup (dio_session_text (DIO_TEXT_RULE_BLUR));
  return g_strdup (dio_session_text (DIO_TEXT_RULE_SUBPIXEL));
}

static const DioAnnotation *
find_annotation (const DioPreviewResult *result, guint instance)
{
  const GArray *all = result->annotations.annotations;
  for (guint i = 0; all != NULL && i < all->len; i++) {
    const DioAnnotation *annotation = &g_array_index (all, DioAnnotation, i);
    if (annotation->instance == instance)
      return annotation;
  }
  return NULL;
}

/* What a kept object is exported as: another category where its cone says so and the camera is outside. */
static const DioCategory *
find_other_category (const DioScenario *scenario, const DioAnnotation *annotation)
{
  const DioCategory *category = g_ptr_array_index (scenario->categories, annotation->category);
  if (category->cone_outside != DIO_CONE_OUTSIDE_OTHER
      || !dio_label_is_outside_cone (category, annotation))
    return NULL;
  int other = dio_scenario_find_category (scenario, category->front_cone_category);
  return other >= 0 ? g_ptr_array_index (scenario->categories, other) : NULL;
}

static void
explain_kept (DioSession *session, DioWhyPixel *why, const DioAnnotation *annotation)
{
  const DioCategory *other = find_other_category (session->result->scenario, annotation);
  DioPolicyInput input = dio_annotation_to_policy_input (annotation, &annotation->bbox_visible);
  why->kind = DIO_WHY_KEPT;
  if (other != NULL) {
    g_free (why->category);
    why->category = g_strdup (other->id);
    why->text = dio_session_format (DIO_TEXT_WHY_KEPT_AS, why->name, other->name);
    return;
  }
  g_autofree char *visibility = dup_number (get_visibility (&input));
  why->text = dio_session_format (DIO_TEXT_WHY_KEPT, why->name, visibility);
}

static void
explain_verdict (DioSession *session, DioWhyPixel *why, const DioAnnotation *annotation)
{
  const char *reason = "";
  DioVerdict verdict = dio_session_judge (session, annotation, &reason);
  why->reason = g_strdup (reason);
  DioPolicyInput input = dio_annotation_to_policy_input (annotation, &annotation->bbox_visible);
  if (verdict == DIO_VERDICT_KEEP) {
    explain_kept (session, why, annotation);
  } else {
    why->kind = verdict == DIO_VERDICT_DROP ? DIO_WHY_DROPPED : DIO_WHY_IGNORED;
    g_autofree char *rule = dup_rule (why, &session->policy, &input);
    DioText format = verdict == DIO_VERDICT_DROP ? DIO_TEXT_WHY_DROPPED : DIO_TEXT_WHY_IGNORED;
    why->text = dio_session_format (format, why->name, rule);
  }
  g_autoptr (GArray) hiders = dio_label_create_hiders (session->result, annotation->instance);
  if (hiders->len > 0) {
    g_autofree char *names = dio_label_dup_hiders_text (hiders);
    g_autofree char *hidden = dio_session_format (DIO_TEXT_WHY_HIDDEN, names, "");
    g_autofree char *judged = why->text;
    why->text = dio_session_format (DIO_TEXT_SENTENCES, judged, hidden);
  }
}

static const DioCategory *
get_category (const DioPreviewResult *result, int index)
{
  return index >= 0 ? g_ptr_array_index (result->scenario->categories, (guint) index) : NULL;
}

static void
explain_leaf (DioSession *session, DioWhyPixel *why, const DioFrameLeaf *leaf)
{
  const DioPreviewResult *result = session->result;
  guint object = leaf->instance != 0 ? leaf->instance : leaf->instance_occluder;
  why->node_id = g_strdup (leaf->node_id);
  why->instance = leaf->instance;
  why->name = g_strdup (
      object != 0 ? g_array_index (result->frame->instances, DioFrameInstance, object - 1).name
                  : leaf->name);
  const DioCategory *category = get_category (result, leaf->category);
  why->category = category != NULL ? g_strdup (category->id) : NULL;
  const DioAnnotation *annotation = find_annotation (result, leaf->instance);
  if (leaf->instance == 0) {
    why->kind = DIO_WHY_EXCLUDED;
    why->text = dio_session_format (DIO_TEXT_WHY_EXCLUDED, leaf->name, why->name);
  } else if (category == NULL || annotation == NULL) {
    why->kind = DIO_WHY_UNLABELLED;
    why->text = dio_session_format (DIO_TEXT_WHY_UNLABELLED, why->name, "");
  } else if (!leaf->thing) {
    why->kind = DIO_WHY_STUFF;
    why->text = dio_session_format (DIO_TEXT_WHY_STUFF, why->name, category->name);
  } else {
    explain_verdict (session, why, annotation);
  }
}

static void
explain_background (const DioPreviewResult *result, DioWhyPixel *why)
{
  int index = dio_scenario_find_category (result->scenario, result->scenario->background_category);
  const DioCategory *category = get_category (result, index);
  why->kind = DIO_WHY_BACKGROUND;
  why->category = category != NULL ? g_strdup (category->id) : NULL;
  why->text = category != NULL
                  ? dio_session_format (DIO_TEXT_WHY_BACKGROUND_NAMED, category->name, "")
                  : g_strdup (dio_session_text (DIO_TEXT_WHY_BACKGROUND));
}

void
dio_session_probe (DioSession *session, int x, int y)
{
  g_return_if_fail (DIO_IS_SESSION (session));

  g_signal_emit_by_name (session, "probed", x, y);
}

DioWhyPixel *
dio_session_explain_pixel (DioSession *session, int x, int y)
{
  g_return_val_if_fail (DIO_IS_SESSION (session), NULL);

  DioWhyPixel *why = g_new0 (DioWhyPixel, 1);
  const DioPreviewResult *result = session->result;
  const DioImage *leaves = result != NULL ? result->labels.leaf : NULL;
  if (leaves == NULL || x < 0 || y < 0 || (guint) x >= leaves->width
      || (guint) y >= leaves->height) {
    why->text = g_strdup (dio_session_text (DIO_TEXT_WHY_NOTHING));
    return why;
  }
  guint leaf = leaves->u16[(gsize) y * leaves->width + (gsize) x];
  if (leaf == 0 || leaf > result->frame->leaves->len)
    explain_background (result, why);
  else
    explain_leaf (session, why, &g_array_index (result->frame->leaves, DioFrameLeaf, leaf - 1));
  return why;
}

/* -- Values --------------------------------------------------------------------------------------------------------- */

void
dio_why_value_free (DioWhyValue *why)
{
  if (why == NULL)
    return;
  g_free (why->randomizer);
  g_free (why->name);
  g_free (why->value);
  g_free (why);
}

/* The draw of @randomizer for the node itself: the one for @path where it has several, else its last. */
static const DioDraw *
find_draw (const DioResolved *resolved, const char *randomizer, const char *id, const char *path)
{
  const DioDraw *found = NULL;
  for (guint i = 0; i < resolved->draws->len; i++) {
    const DioDraw *draw = &g_array_index (resolved->draws, DioDraw, i);
    if (draw->copy != 0 || strcmp (draw->randomizer, randomizer) != 0
        || strcmp (draw->target, id) != 0)
      continue;
    gboolean exact = strcmp (draw->property, path) == 0;
    if (exact || found == NULL || strcmp (found->property, path) != 0)
      found = draw;
  }
  return found;
}

static char *
dup_draw_value (const DioDraw *draw)
{
  if (draw->n_numbers == 0)
    return g_strdup (draw->string != NULL ? draw->string : "");
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  char *text = NULL;
  for (guint i = 0; i < draw->n_numbers; i++) {
    g_ascii_formatd (number, sizeof number, "%.4g", draw->numbers[i]);
    text = dio_session_append (text, number);
  }
  return text;
}

DioWhyValue *
dio_session_explain_property (DioSession *session, const char *id, const char *path)
{
  g_return_val_if_fail (DIO_IS_SESSION (session) && id != NULL && path != NULL, NULL);

  const DioPreviewResult *result = session->result;
  if (result == NULL || result->base || result->resolved == NULL)
    return NULL;
  g_auto (GStrv) bindings = dio_edit_list_bindings (result->scenario, id, path);
  /* Later randomizers write over earlier ones. */
  for (guint i = g_strv_length (bindings); i-- > 0;) {
    const DioDraw *draw = find_draw (result->resolved, bindings[i], id, path);
    if (draw == NULL)
      continue;
    const DioRandomizer *randomizer = dio_scenario_find_randomizer (result->scenario, bindings[i]);
    DioWhyValue *why = g_new0 (DioWhyValue, 1);
    gboolean named = randomizer != NULL && randomizer->name != NULL && randomizer->name[0] != '\0';
    why->randomizer = g_strdup (bindings[i]);
    why->name = g_strdup (named ? randomizer->name : bindings[i]);
    why->value = dup_draw_value (draw);
    why->n_numbers = draw->n_numbers;
    memcpy (why->numbers, draw->numbers, sizeof why->numbers);
    why->attempt = draw->attempt;
    return why;
  }
  return NULL;
}
