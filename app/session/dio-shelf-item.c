#define G_LOG_DOMAIN "dio-session"

#include "dio-shelf-item.h"

#include "dio-parametric.h"

#include "dio-session-assets-private.h"
#include "dio-session-models.h"
#include "dio-shelf-item-private.h"
#include <glib/gi18n-lib.h>

#include <string.h>

struct _DioShelfItem {
  GObject parent;
  DioSession *session; /**< weak */
  char *key, *name;
  DioShelfKind kind;
  DioLightKind light;
  guint findings;
  gboolean importing, has_bounds;
  DioBox3 bounds;
};

G_DEFINE_FINAL_TYPE (DioShelfItem, dio_shelf_item, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_KEY,
  PROP_ID,
  PROP_NAME,
  PROP_KIND,
  PROP_FINDINGS,
  PROP_IMPORTING,
  PROP_THUMBNAIL,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  DioShelfItem *item = DIO_SHELF_ITEM (object);
  switch (id) {
  case PROP_KEY:
    g_value_set_string (value, item->key);
    break;
  case PROP_ID:
    g_value_set_string (value, dio_shelf_item_get_id (item));
    break;
  case PROP_NAME:
    g_value_set_string (value, item->name);
    break;
  case PROP_KIND:
    g_value_set_int (value, (int) item->kind);
    break;
  case PROP_FINDINGS:
    g_value_set_uint (value, item->findings);
    break;
  case PROP_IMPORTING:
    g_value_set_boolean (value, item->importing);
    break;
  case PROP_THUMBNAIL:
    g_value_set_pointer (value, dio_shelf_item_get_thumbnail (item));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
finalize (GObject *object)
{
  DioShelfItem *item = DIO_SHELF_ITEM (object);
  g_clear_weak_pointer (&item->session);
  g_free (item->key);
  g_free (item->name);
  G_OBJECT_CLASS (dio_shelf_item_parent_class)->finalize (object);
}

static void
dio_shelf_item_class_init (DioShelfItemClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  object_class->get_property = get_property;
  object_class->finalize = finalize;
  const GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  properties[PROP_KEY] = g_param_spec_string ("key", NULL, NULL, NULL, read);
  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, read);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, read);
  properties[PROP_KIND] =
      g_param_spec_int ("kind", NULL, NULL, 0, DIO_SHELF_SENSOR, DIO_SHELF_MODEL, read);
  properties[PROP_FINDINGS] = g_param_spec_uint ("findings", NULL, NULL, 0, G_MAXUINT, 0, read);
  properties[PROP_IMPORTING] = g_param_spec_boolean ("importing", NULL, NULL, FALSE, read);
  properties[PROP_THUMBNAIL] = g_param_spec_pointer ("thumbnail", NULL, NULL, read);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dio_shelf_item_init (DioShelfItem *item)
{
}

static gboolean
is_asset (DioShelfItem *item)
{
  return g_str_has_prefix (item->key, "asset:");
}

/* Notes do not count: nothing is wrong there. */
static guint
count_findings (const DioDiagnostics *findings)
{
  guint n = 0;
  for (guint i = 0; i < dio_diagnostics_get_count (findings); i++)
    n += dio_diagnostics_get (findings, i)->severity != DIO_SEVERITY_NOTE;
  return n;
}

static void
read_facts (DioShelfItem *item)
{
  if (!is_asset (item) || item->session == NULL)
    return;
  const DioAssetFacts *facts =
      dio_session_assets_find (item->session, dio_shelf_item_get_id (item));
  item->importing = facts == NULL;
  item->findings = facts != NULL ? count_findings (facts->findings) : 0;
  item->has_bounds = facts != NULL && facts->has_bounds;
  if (item->has_bounds)
    item->bounds = facts->bounds;
}

DioShelfItem *
dio_shelf_item_new (DioSession *session, const DioShelfItemDesc *desc)
{
  DioShelfItem *item = g_object_new (DIO_TYPE_SHELF_ITEM, NULL);
  g_set_weak_pointer (&item->session, session);
  item->key = g_strdup (desc->key);
  item->name = g_strdup (desc->name);
  item->kind = desc->kind;
  item->light = desc->light;
  read_facts (item);
  return item;
}

void
dio_shelf_item_facts_changed (DioShelfItem *item)
{
  guint findings = item->findings;
  gboolean importing = item->importing;
  read_facts (item);
  if (item->findings != findings)
    g_object_notify_by_pspec (G_OBJECT (item), properties[PROP_FINDINGS]);
  if (!item->importing != !importing)
    g_object_notify_by_pspec (G_OBJECT (item), properties[PROP_IMPORTING]);
}

void
dio_shelf_item_thumbnail_changed (DioShelfItem *item)
{
  g_object_notify_by_pspec (G_OBJECT (item), properties[PROP_THUMBNAIL]);
}

const char *
dio_shelf_item_get_key (DioShelfItem *item)
{
  g_return_val_if_fail (DIO_IS_SHELF_ITEM (item), NULL);
  return item->key;
}

const char *
dio_shelf_item_get_id (DioShelfItem *item)
{
  g_return_val_if_fail (DIO_IS_SHELF_ITEM (item), NULL);
  const char *colon = strchr (item->key, ':');
  return colon != NULL ? colon + 1 : item->key;
}

const char *
dio_shelf_item_get_name (DioShelfItem *item)
{
  g_return_val_if_fail (DIO_IS_SHELF_ITEM (item), NULL);
  return item->name;
}

DioShelfKind
dio_shelf_item_get_kind (DioShelfItem *item)
{
  g_return_val_if_fail (DIO_IS_SHELF_ITEM (item), DIO_SHELF_MODEL);
  return item->kind;
}

DioLightKind
dio_shelf_item_get_light (DioShelfItem *item)
{
  g_return_val_if_fail (DIO_IS_SHELF_ITEM (item), DIO_LIGHT_SUN);
  return item->light;
}

guint
dio_shelf_item_get_findings (DioShelfItem *item)
{
  g_return_val_if_fail (DIO_IS_SHELF_ITEM (item), 0);
  return item->findings;
}

DioImage *
dio_shelf_item_get_thumbnail (DioShelfItem *item)
{
  g_return_val_if_fail (DIO_IS_SHELF_ITEM (item), NULL);
  return item->session != NULL ? dio_session_get_thumbnail (item->session, item->key) : NULL;
}

/* The shapes of our own models are built in a few milliseconds, once, when somebody drags one. */
static void
measure_parametric (DioShelfItem *item)
{
  const DioParametricInfo *info = dio_parametric_find (dio_shelf_item_get_id (item));
  g_autoptr (DioModel) model = dio_parametric_build_bare (info, NULL);
  item->bounds = model->bounds;
  item->has_bounds = TRUE;
}

const char *
dio_shelf_item_get_family (DioShelfItem *item)
{
  g_return_val_if_fail (DIO_IS_SHELF_ITEM (item), NULL);
  if (item->kind != DIO_SHELF_PARAMETRIC)
    return NULL;
  const DioParametricInfo *info = dio_parametric_find (dio_shelf_item_get_id (item));
  return g_dgettext (GETTEXT_PACKAGE, dio_parametric_get_family_label (info->family));
}

gboolean
dio_shelf_item_get_bounds (DioShelfItem *item, DioBox3 *bounds)
{
  g_return_val_if_fail (DIO_IS_SHELF_ITEM (item) && bounds != NULL, FALSE);

  if (item->kind == DIO_SHELF_PARAMETRIC && !item->has_bounds)
    measure_parametric (item);
  if (item->has_bounds)
    *bounds = item->bounds;
  return item->has_bounds;
}
