#pragma once
/* Thread: main. A dataset that the catalog knows.
 *
 * Properties (notify, read-only): "id" (int64), "folder", "name" (string), "created" (int64, microseconds since 1970 UTC), "frames", "failed" (uint64),
 * "job" (int64, 0 = none). */

#include <glib-object.h>

G_BEGIN_DECLS

#define DIO_TYPE_DATASET_ITEM (dio_dataset_item_get_type ())
G_DECLARE_FINAL_TYPE (DioDatasetItem, dio_dataset_item, DIO, DATASET_ITEM, GObject)

gint64 dio_dataset_item_get_id (DioDatasetItem *item);
const char *dio_dataset_item_get_folder (DioDatasetItem *item);
const char *dio_dataset_item_get_name (DioDatasetItem *item);
gint64 dio_dataset_item_get_created_us (DioDatasetItem *item);
guint64 dio_dataset_item_get_frames (DioDatasetItem *item);
guint64 dio_dataset_item_get_failed (DioDatasetItem *item);
gint64 dio_dataset_item_get_job (DioDatasetItem *item);

G_END_DECLS
