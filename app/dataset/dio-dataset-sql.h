#pragma once
/* Thread: that of the dataset. The connection behind a dataset, for the queries of review/ alone: read-only statements. */

#include "dio-dataset.h"
#include "dio-sql.h"

G_BEGIN_DECLS

/** Borrowed; every statement on it must be freed before the dataset is closed. */
DioSql *dio_dataset_get_sql (DioDataset *dataset);

G_END_DECLS
