#define G_LOG_DOMAIN "dio-session"

#include "dio-label-row.h"

#include "dio-label-row-private.h"

#include <math.h>
#include <string.h>

#define UNLABELLED_COLOR 0x9a9996u

struct _DioLabelRow {
  GObject parent;
  guint64 object_key;
  guint instance, copy, color;
  int category;
  char *name, *node_id, *category_name, *hiders_text;
  DioVerdict verdict;
  const char *reason;
  double visibility, truncation, distance_m;
  guint64 visible_px;
  DioPixelBox box;
  GArray *hiders; /**< of DioLabelHider */
};

G_DEFINE_FINAL_TYPE (DioLabelRow, dio_label_row, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_NAME,
  PROP_NODE_ID,
  PROP_COPY,
  PROP_CATEGORY_NAME,
  PROP_COLOR,
  PROP_VERDICT,
  PROP_REASON,
  PROP_VISIBILITY,
  PROP_TRUNCATION,
  PROP_VISIBLE_PX,
  PROP_DISTANCE,
  PROP_HIDERS,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

enum { SIGNAL_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  DioLabelRow *row = DIO_LABEL_ROW (object);
  switch (id) {
  case PROP_NAME:
    g_value_set_string (value, row->name);
    break;
  case PROP_NODE_ID:
    g_value_set_string (value, row->node_id);
    break;
  case PROP_COPY:
    g_value_set_uint (value, row->copy);
    break;
  case PROP_CATEGORY_NAME:
    g_value_set_string (value, row->category_name);
    break;
  case PROP_COLOR:
    g_value_set_uint (value, row->color);
    break;
  case PROP_VERDICT:
    g_value_set_int (value, (int) row->verdict);
    break;
  case PROP_REASON:
    g_value_set_string (value, row->reason);
    break;
  case PROP_VISIBILITY:
    g_value_set_double (value, row->visibility);
    break;
  case PROP_TRUNCATION:
    g_value_set_double (value, row->truncation);
    break;
  case PROP_VISIBLE_PX:
    g_value_set_uint64 (value, row->visible_px);
    break;
  case PROP_DISTANCE:
    g_value_set_double (value, row->distance_m);
    break;
  case PROP_HIDERS:
    g_value_set_string (value, row->hiders_text);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
finalize (GObject *object)
{
  DioLabelRow *row = DIO_LABEL_ROW (object);
  g_free (row->name);
  g_free (row->node_id);
  g_free (row->category_name);
  g_free (row->hiders_text);
  g_clear_pointer (&row->hiders, g_array_unref);
  G_OBJECT_CLASS (dio_label_row_parent_class)->finalize (object);
}

static void
dio_label_row_class_init (DioLabelRowClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  object_class->get_property = get_property;
  object_class->finalize = finalize;
  const GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  const double far = G_MAXDOUBLE;
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, read);
  properties[PROP_NODE_ID] = g_param_spec_string ("node-id", NULL, NULL, NULL, read);
  properties[PROP_COPY] = g_param_spec_uint ("copy", NULL, NULL, 0, G_MAXUINT, 0, read);
  properties[PROP_CATEGORY_NAME] = g_param_spec_string ("category-name", NULL, NULL, "", read);
  properties[PROP_COLOR] =
      g_param_spec_uint ("color", NULL, NULL, 0, 0xffffff, UNLABELLED_COLOR, read);
  properties[PROP_VERDICT] = g_param_spec_int ("verdict", NULL, NULL, DIO_VERDICT_KEEP,
                                               DIO_VERDICT_DROP, DIO_VERDICT_KEEP, read);
  properties[PROP_REASON] = g_param_spec_string ("reason", NULL, NULL, "", read);
  properties[PROP_VISIBILITY] = g_param_spec_double ("visibility", NULL, NULL, 0, 1, 0, read);
  properties[PROP_TRUNCATION] = g_param_spec_double ("truncation", NULL, NULL, 0, 1, 0, read);
  properties[PROP_VISIBLE_PX] =
      g_param_spec_uint64 ("visible-px", NULL, NULL, 0, G_MAXUINT64, 0, read);
  properties[PROP_DISTANCE] = g_param_spec_double ("distance", NULL, NULL, 0, far, 0, read);
  properties[PROP_HIDERS] = g_param_spec_string ("hiders", NULL, NULL, "", read);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dio_label_row_init (DioLabelRow *row)
{
  row->name = g_strdup ("");
  row->node_id = g_strdup ("");
  row->category_name = g_strdup ("");
  row->hiders_text = g_strdup ("");
  row->reason = "";
  row->category = -1;
  row->color = UNLABELLED_COLOR;
  row->hiders = g_array_new (FALSE, FALSE, sizeof (DioLabelHider));
}

/* -- Updates: each setter notifies when it changed something and says so --------------------------------------------- */

static gboolean
set_string (DioLabelRow *row, char **at, const char *value, guint property)
{
  if (g_strcmp0 (*at, value) == 0)
    return FALSE;
  g_free (*at);
  *at = g_strdup (value);
  g_object_notify_by_pspec (G_OBJECT (row), properties[property]);
  return TRUE;
}

static gboolean
set_uint (DioLabelRow *row, guint *at, guint value, guint property)
{
  if (*at == value)
    return FALSE;
  *at = value;
  g_object_notify_by_pspec (G_OBJECT (row), properties[property]);
  return TRUE;
}

static gboolean
set_double (DioLabelRow *row, double *at, double value, guint property)
{
  gboolean same = (isnan (*at) && isnan (value)) || !(*at < value || *at > value);
  if (same && isnan (*at) == isnan (value))
    return FALSE;
  *at = value;
  g_object_notify_by_pspec (G_OBJECT (row), properties[property]);
  return TRUE;
}

static gboolean
set_visible_px (DioLabelRow *row, guint64 value)
{
  if (row->visible_px == value)
    return FALSE;
  row->visible_px = value;
  g_object_notify_by_pspec (G_OBJECT (row), properties[PROP_VISIBLE_PX]);
  return TRUE;
}

static gboolean
set_verdict (DioLabelRow *row, DioVerdict verdict, const char *reason)
{
  gboolean verdict_differs = row->verdict != verdict;
  gboolean reason_differs = g_strcmp0 (row->reason, reason) != 0;
  row->verdict = verdict;
  row->reason = reason;
  if (verdict_differs)
    g_object_notify_by_pspec (G_OBJECT (row), properties[PROP_VERDICT]);
  if (reason_differs)
    g_object_notify_by_pspec (G_OBJECT (row), properties[PROP_REASON]);
  return verdict_differs || reason_differs;
}

static gboolean
set_category (DioLabelRow *row, const DioScenario *scenario, int index)
{
  const DioCategory *category =
      index >= 0 ? g_ptr_array_index (scenario->categories, (guint) index) : NULL;
  const char *name = category == NULL            ? ""
                     : category->name[0] != '\0' ? category->name
                                                 : category->id;
  guint color = category != NULL ? (guint) category->color[0] << 16
                                       | (guint) category->color[1] << 8 | category->color[2]
                                 : UNLABELLED_COLOR;
  gboolean changed = row->category != index;
  row->category = index;
  changed |= set_string (row, &row->category_name, name, PROP_CATEGORY_NAME);
  changed |= set_uint (row, &row->color, color, PROP_COLOR);
  return changed;
}

static gboolean
set_hiders (DioLabelRow *row, const DioPreviewResult *result, guint instance)
{
  g_array_unref (row->hiders);
  row->hiders = dio_label_create_hiders (result, instance);
  g_autofree char *text = dio_label_dup_hiders_text (row->hiders);
  return set_string (row, &row->hiders_text, text, PROP_HIDERS);
}

DioLabelRow *
dio_label_row_new (guint64 object_key)
{
  DioLabelRow *row = g_object_new (DIO_TYPE_LABEL_ROW, NULL);
  row->object_key = object_key;
  return row;
}

void
dio_label_row_update (DioLabelRow *row, const DioLabelRowState *state)
{
  const DioAnnotation *a = state->annotation;
  const DioFrameInstance *instance =
      &g_array_index (state->result->frame->instances, DioFrameInstance, a->instance - 1);
  GObject *object = G_OBJECT (row);
  g_object_freeze_notify (object);
  gboolean changed = row->instance != a->instance;
  row->instance = a->instance;
  changed |= memcmp (&row->box, &a->bbox_visible, sizeof row->box) != 0;
  row->box = a->bbox_visible;
  changed |= set_string (row, &row->name, instance->name, PROP_NAME);
  changed |= set_string (row, &row->node_id, instance->node_id, PROP_NODE_ID);
  changed |= set_uint (row, &row->copy, instance->copy, PROP_COPY);
  changed |= set_category (row, state->result->scenario, a->category);
  changed |= set_verdict (row, state->verdict, state->reason);
  changed |= set_double (row, &row->visibility, a->visibility, PROP_VISIBILITY);
  changed |= set_double (row, &row->truncation, a->truncation, PROP_TRUNCATION);
  changed |= set_double (row, &row->distance_m, a->distance_m, PROP_DISTANCE);
  changed |= set_visible_px (row, a->visible_px);
  changed |= set_hiders (row, state->result, a->instance);
  g_object_thaw_notify (object);
  if (changed)
    g_signal_emit (row, signals[SIGNAL_CHANGED], 0);
}

void
dio_label_row_set_verdict (DioLabelRow *row, DioVerdict verdict, const char *reason)
{
  if (set_verdict (row, verdict, reason))
    g_signal_emit (row, signals[SIGNAL_CHANGED], 0);
}

/* -- What it is ----------------------------------------------------------------------------------------------------- */

guint64
dio_label_row_get_object_key (DioLabelRow *row)
{
  g_return_val_if_fail (DIO_IS_LABEL_ROW (row), 0);
  return row->object_key;
}

guint
dio_label_row_get_instance (DioLabelRow *row)
{
  g_return_val_if_fail (DIO_IS_LABEL_ROW (row), 0);
  return row->instance;
}

const char *
dio_label_row_get_name (DioLabelRow *row)
{
  g_return_val_if_fail (DIO_IS_LABEL_ROW (row), NULL);
  return row->name;
}

const char *
dio_label_row_get_node_id (DioLabelRow *row)
{
  g_return_val_if_fail (DIO_IS_LABEL_ROW (row), NULL);
  return row->node_id;
}

guint
dio_label_row_get_copy (DioLabelRow *row)
{
  g_return_val_if_fail (DIO_IS_LABEL_ROW (row), 0);
  return row->copy;
}

int
dio_label_row_get_category (DioLabelRow *row)
{
  g_return_val_if_fail (DIO_IS_LABEL_ROW (row), -1);
  return row->category;
}

const char *
dio_label_row_get_category_name (DioLabelRow *row)
{
  g_return_val_if_fail (DIO_IS_LABEL_ROW (row), NULL);
  return row->category_name;
}

guint
dio_label_row_get_color (DioLabelRow *row)
{
  g_return_val_if_fail (DIO_IS_LABEL_ROW (row), 0);
  return row->color;
}

DioVerdict
dio_label_row_get_verdict (DioLabelRow *row)
{
  g_return_val_if_fail (DIO_IS_LABEL_ROW (row), DIO_VERDICT_DROP);
  return row->verdict;
}

const char *
dio_label_row_get_reason (DioLabelRow *row)
{
  g_return_val_if_fail (DIO_IS_LABEL_ROW (row), NULL);
  return row->reason;
}

double
dio_label_row_get_visibility (DioLabelRow *row)
{
  g_return_val_if_fail (DIO_IS_LABEL_ROW (row), NAN);
  return row->visibility;
}

double
dio_label_row_get_truncation (DioLabelRow *row)
{
  g_return_val_if_fail (DIO_IS_LABEL_ROW (row), NAN);
  return row->truncation;
}

guint64
dio_label_row_get_visible_px (DioLabelRow *row)
{
  g_return_val_if_fail (DIO_IS_LABEL_ROW (row), 0);
  return row->visible_px;
}

double
dio_label_row_get_distance (DioLabelRow *row)
{
  g_return_val_if_fail (DIO_IS_LABEL_ROW (row), NAN);
  return row->distance_m;
}

DioPixelBox
dio_label_row_get_box (DioLabelRow *row)
{
  g_return_val_if_fail (DIO_IS_LABEL_ROW (row), (DioPixelBox){ 0 });
  return row->box;
}

const char *
dio_label_row_get_hiders (DioLabelRow *row)
{
  g_return_val_if_fail (DIO_IS_LABEL_ROW (row), NULL);
  return row->hiders_text;
}

gboolean
dio_label_row_get_hider (
    DioLabelRow *row, guint index, const char **name, const char **node_id, guint64 *px)
{
  g_return_val_if_fail (DIO_IS_LABEL_ROW (row), FALSE);

  if (index >= row->hiders->len)
    return FALSE;
  const DioLabelHider *hider = &g_array_index (row->hiders, DioLabelHider, index);
  if (name != NULL)
    *name = hider->name;
  if (node_id != NULL)
    *node_id = hider->node_id;
  if (px != NULL)
    *px = hider->px;
  return TRUE;
}
