#pragma once
/* Thread: that of the reader: open one in each worker thread; opening costs about a millisecond. A read-only
 * connection to a dataset, also while a job writes it and on read-only media. Never on the main thread. */

#include "dio-dataset.h"
#include "dio-review-types.h"

G_BEGIN_DECLS

/** Errors: those of dio_dataset_open. */
DioReviewReader *dio_review_reader_open (const char *folder,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
void dio_review_reader_free (DioReviewReader *reader);
/** Borrowed. */
DioDataset *dio_review_reader_get_dataset (DioReviewReader *reader);
const char *dio_review_reader_get_folder (const DioReviewReader *reader);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioReviewReader, dio_review_reader_free)

G_END_DECLS
