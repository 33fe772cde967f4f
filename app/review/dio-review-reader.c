/* A connection for one thread. */
#define G_LOG_DOMAIN "dio-review"

#include "dio-review-reader.h"

#include "dio-review-reader-private.h"

DioReviewReader *
dio_review_reader_open (const char *folder, GError **error)
{
  g_return_val_if_fail (folder, NULL);

  DioDataset *dataset = dio_dataset_open (folder, DIO_DATASET_READ, error);

  if (!dataset)
    return NULL;
  DioReviewReader *reader = g_new0 (DioReviewReader, 1);
  reader->dataset = dataset;
  return reader;
}

void
dio_review_reader_free (DioReviewReader *reader)
{
  if (!reader)
    return;
  dio_sql_statement_free (reader->find_picture);
  dio_dataset_close (reader->dataset);
  g_free (reader);
}

DioDataset *
dio_review_reader_get_dataset (DioReviewReader *reader)
{
  g_return_val_if_fail (reader, NULL);

  return reader->dataset;
}

const char *
dio_review_reader_get_folder (const DioReviewReader *reader)
{
  g_return_val_if_fail (reader, NULL);

  return dio_dataset_get_folder (reader->dataset);
}
