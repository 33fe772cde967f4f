#define G_LOG_DOMAIN "dio-session"

#include "dio-dataset-item.h"

#include "dio-job-item-private.h"

struct _DioDatasetItem {
  GObject parent;
  DioCatalogDataset *dataset;
};

G_DEFINE_FINAL_TYPE (DioDatasetItem, dio_dataset_item, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_ID,
  PROP_FOLDER,
  PROP_NAME,
  PROP_CREATED,
  PROP_FRAMES,
  PROP_FAILED,
  PROP_JOB,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  const DioCatalogDataset *dataset = DIO_DATASET_ITEM (object)->dataset;
  switch (id) {
  case PROP_ID:
    g_value_set_int64 (value, dataset->id);
    break;
  case PROP_FOLDER:
    g_value_set_string (value, dataset->folder);
    break;
  case PROP_NAME:
    g_value_set_string (value, dataset->name);
    break;
  case PROP_CREATED:
    g_value_set_int64 (value, dataset->created_us);
    break;
  case PROP_FRAMES:
    g_value_set_uint64 (value, dataset->frames);
    break;
  case PROP_FAILED:
    g_value_set_uint64 (value, dataset->failed);
    break;
  case PROP_JOB:
    g_value_set_int64 (value, dataset->job);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
finalize (GObject *object)
{
  dio_catalog_dataset_free (DIO_DATASET_ITEM (object)->dataset);
  G_OBJECT_CLASS (dio_dataset_item_parent_class)->finalize (object);
}

static void
dio_dataset_item_class_init (DioDatasetItemClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  object_class->get_property = get_property;
  object_class->finalize = finalize;
  const GParamFlags f = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  properties[PROP_ID] = g_param_spec_int64 ("id", NULL, NULL, 0, G_MAXINT64, 0, f);
  properties[PROP_FOLDER] = g_param_spec_string ("folder", NULL, NULL, NULL, f);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, f);
  properties[PROP_CREATED] = g_param_spec_int64 ("created", NULL, NULL, 0, G_MAXINT64, 0, f);
  properties[PROP_FRAMES] = g_param_spec_uint64 ("frames", NULL, NULL, 0, G_MAXUINT64, 0, f);
  properties[PROP_FAILED] = g_param_spec_uint64 ("failed", NULL, NULL, 0, G_MAXUINT64, 0, f);
  properties[PROP_JOB] = g_param_spec_int64 ("job", NULL, NULL, 0, G_MAXINT64, 0, f);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dio_dataset_item_init (DioDatasetItem *item)
{
}

DioDatasetItem *
dio_dataset_item_new (DioCatalogDataset *dataset)
{
  DioDatasetItem *item = g_object_new (DIO_TYPE_DATASET_ITEM, NULL);
  item->dataset = dataset;
  return item;
}

void
dio_dataset_item_update (DioDatasetItem *item, DioCatalogDataset *dataset)
{
  g_autoptr (DioCatalogDataset) old = item->dataset;
  item->dataset = dataset;
  if (g_strcmp0 (old->folder, dataset->folder) != 0)
    g_object_notify_by_pspec (G_OBJECT (item), properties[PROP_FOLDER]);
  if (g_strcmp0 (old->name, dataset->name) != 0)
    g_object_notify_by_pspec (G_OBJECT (item), properties[PROP_NAME]);
  if (old->created_us != dataset->created_us)
    g_object_notify_by_pspec (G_OBJECT (item), properties[PROP_CREATED]);
  if (old->frames != dataset->frames)
    g_object_notify_by_pspec (G_OBJECT (item), properties[PROP_FRAMES]);
  if (old->failed != dataset->failed)
    g_object_notify_by_pspec (G_OBJECT (item), properties[PROP_FAILED]);
  if (old->job != dataset->job)
    g_object_notify_by_pspec (G_OBJECT (item), properties[PROP_JOB]);
}

gint64
dio_dataset_item_get_id (DioDatasetItem *item)
{
  g_return_val_if_fail (DIO_IS_DATASET_ITEM (item), 0);
  return item->dataset->id;
}

const char *
dio_dataset_item_get_folder (DioDatasetItem *item)
{
  g_return_val_if_fail (DIO_IS_DATASET_ITEM (item), NULL);
  return item->dataset->folder;
}

const char *
dio_dataset_item_get_name (DioDatasetItem *item)
{
  g_return_val_if_fail (DIO_IS_DATASET_ITEM (item), NULL);
  return item->dataset->name;
}

gint64
dio_dataset_item_get_created_us (DioDatasetItem *item)
{
  g_return_val_if_fail (DIO_IS_DATASET_ITEM (item), 0);
  return item->dataset->created_us;
}

guint64
dio_dataset_item_get_frames (DioDatasetItem *item)
{
  g_return_val_if_fail (DIO_IS_DATASET_ITEM (item), 0);
  return item->dataset->frames;
}

guint64
dio_dataset_item_get_failed (DioDatasetItem *item)
{
  g_return_val_if_fail (DIO_IS_DATASET_ITEM (item), 0);
  return item->dataset->failed;
}

gint64
dio_dataset_item_get_job (DioDatasetItem *item)
{
  g_return_val_if_fail (DIO_IS_DATASET_ITEM (item), 0);
  return item->dataset->job;
}
