#pragma once
/* Thread: main. How the session fills job and dataset items. */

#include "dio-dataset-item.h"
#include "dio-job-item.h"

G_BEGIN_DECLS

/** Takes @job. */
DioJobItem *dio_job_item_new (DioCatalogJob *job, guint64 free_bytes) G_GNUC_WARN_UNUSED_RESULT;
void dio_job_item_update (DioJobItem *item, DioCatalogJob *job, guint64 free_bytes);

/** Takes @dataset. */
DioDatasetItem *dio_dataset_item_new (DioCatalogDataset *dataset) G_GNUC_WARN_UNUSED_RESULT;
void dio_dataset_item_update (DioDatasetItem *item, DioCatalogDataset *dataset);

G_END_DECLS
