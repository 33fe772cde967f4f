#pragma once
/* Thread: that of the reader. */

#include "dio-review-reader.h"
#include "dio-sql.h"

G_BEGIN_DECLS

struct DioReviewReader {
  DioDataset *dataset;
  DioSqlStatement *find_picture; /**< kept: thumbnails ask for many */
};

G_END_DECLS
