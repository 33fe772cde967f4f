/* One picture at a time. */
#define G_LOG_DOMAIN "dio-review"

#include "dio-review-item.h"

#include "dio-base-path.h"
#include "dio-core-error.h"
#include "dio-dataset-sql.h"
#include "dio-review-reader-private.h"
#include "dio-review-table-private.h"

#include <string.h>

/* Both are in the order of ids. */
static GArray *
match_objects (const DioReviewTable *table,
               const DioFrameRecord *frame,
               const DioDatasetCapture *capture)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint n = capture->annotations ? capture->annotations->len : 0;

  for (guint i = 0; i < n; i++) {
    gint64 id = g_array_index (capture->annotations, DioDatasetAnnotation, i).id, found = -1;
    for (guint32 o = 0; found < 0 && o < frame->n_objects; o++)
      if (dio_review_table_object (table, frame->first_object + o)->id == id)
        found = frame->first_object + o;
    g_array_append_val (rows, found);
  }
  return rows;
}

gboolean
dio_review_item_load (DioReviewReader *reader,
                      const DioReviewTable *table,
                      DioReviewUnit unit,
                      guint32 row,
                      DioLoadFlags flags,
                      DioReviewItem *out,
                      GError **error)
{
  g_return_val_if_fail (reader && table && out, FALSE);
  g_return_val_if_fail (row < dio_review_table_get_n (table, unit), FALSE);

  memset (out, 0, sizeof *out);
  out->row = dio_review_table_get_frame_of (table, unit, row);
  dio_review_table_get_frame (table, out->row, &out->facts);
  if (!dio_dataset_load_capture (reader->dataset, out->facts.id, flags | DIO_LOAD_DRAWS,
                                 &out->frame, error))
    return FALSE;
  out->object_rows = match_objects (table, dio_review_table_frame (table, out->row),
                                    dio_review_item_get_capture (out));
  return TRUE;
}

void
dio_review_item_clear (DioReviewItem *item)
{
  g_return_if_fail (item);

  dio_dataset_frame_clear (&item->frame);
  g_clear_pointer (&item->object_rows, g_array_unref);
  memset (item, 0, sizeof *item);
}

const DioDatasetCapture *
dio_review_item_get_capture (const DioReviewItem *item)
{
  g_return_val_if_fail (item && item->frame.captures && item->frame.captures->len == 1, NULL);

  return &g_array_index (item->frame.captures, DioDatasetCapture, 0);
}

char *
dio_review_item_dup_path (const DioReviewItem *item, DioReviewReader *reader, const char *channel)
{
  g_return_val_if_fail (item && reader && channel, NULL);

  const DioDatasetCapture *capture = dio_review_item_get_capture (item);

  for (guint i = 0; i < capture->files->len; i++) {
    const DioDatasetFile *file = &g_array_index (capture->files, DioDatasetFile, i);
    if (g_str_equal (file->channel, channel))
      return dio_path_join_inside (dio_review_reader_get_folder (reader), file->path);
  }
  return NULL;
}

static gboolean
take_picture (DioReviewReader *reader, DioReviewPicture *out)
{
  DioSqlStatement *s = reader->find_picture;
  g_autofree char *path = dio_sql_column_dup_text (s, 0);
  const char *sha256 = dio_sql_column_text (s, 1);

  /* A name that leaves the folder is no file of the dataset. */
  out->path = path ? dio_path_join_inside (dio_review_reader_get_folder (reader), path) : NULL;
  out->sha256 = sha256 ? g_utf8_make_valid (sha256, -1) : g_strdup ("");
  return out->path != NULL;
}

gboolean
dio_review_picture_find (DioReviewReader *reader,
                         const DioReviewTable *table,
                         DioReviewUnit unit,
                         guint32 row,
                         const char *channel,
                         DioReviewPicture *out,
                         GError **error)
{
  g_return_val_if_fail (reader && table && channel && out, FALSE);
  g_return_val_if_fail (row < dio_review_table_get_n (table, unit), FALSE);

  gint64 capture =
      dio_review_table_frame (table, dio_review_table_get_frame_of (table, unit, row))->id;
  gboolean found = FALSE;

  memset (out, 0, sizeof *out);
  if (!reader->find_picture)
    reader->find_picture = dio_sql_prepare (
        dio_dataset_get_sql (reader->dataset),
        "SELECT path, sha256 FROM files WHERE capture = ?1 AND channel = ?2", error);
  if (!reader->find_picture)
    return FALSE;
  dio_sql_bind_int (reader->find_picture, 1, capture);
  dio_sql_bind_text (reader->find_picture, 2, channel);
  gboolean ok = dio_sql_step (reader->find_picture, &found, error);
  if (ok && !(found && take_picture (reader, out))) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND,
                 "The dataset “%s” has no file “%s” of this picture",
                 dio_review_reader_get_folder (reader), channel);
    dio_review_picture_clear (out);
    ok = FALSE;
  }
  dio_sql_reset (reader->find_picture);
  return ok;
}

void
dio_review_picture_clear (DioReviewPicture *picture)
{
  g_return_if_fail (picture);

  g_free (picture->path);
  g_free (picture->sha256);
  memset (picture, 0, sizeof *picture);
}
