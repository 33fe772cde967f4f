#pragma once
/* Thread: main. A job of the catalog. The item of a job lives as long as the job is in the catalog.
 *
 * Properties (notify, read-only): "id" (int64), "name", "output" (string), "state" (int DioJobState), "requested" (int DioJobRequest), "phase" (string), "done",
 * "failed", "total" (uint64), "fraction" (double 0..1), "frames-per-s", "seconds-left" (double, < 0 unknown), "workers", "restarts" (uint),
 * "newest-frame" (int64, -1 none), "message" (string). Signal "changed" once after each update. */

#include "dio-catalog-types.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define DIO_TYPE_JOB_ITEM (dio_job_item_get_type ())
G_DECLARE_FINAL_TYPE (DioJobItem, dio_job_item, DIO, JOB_ITEM, GObject)

gint64 dio_job_item_get_id (DioJobItem *item);
DioJobState dio_job_item_get_state (DioJobItem *item);
/** Done and failed of total, 0..1. */
double dio_job_item_get_fraction (DioJobItem *item);
/** Everything, borrowed until the next "changed"; without the scenario's text. */
const DioCatalogJob *dio_job_item_get_job (DioJobItem *item);
/** Bytes free where the dataset is written; 0 while unknown. */
guint64 dio_job_item_get_free_bytes (DioJobItem *item);

G_END_DECLS
