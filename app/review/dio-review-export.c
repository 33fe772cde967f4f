/* Verdicts as a set of keys that an export leaves out. */
#define G_LOG_DOMAIN "dio-review"

#include "dio-review-export.h"

#include "dio-core-error.h"
#include "dio-review-sources-private.h"
#include "dio-review-table-private.h"
#include "dio-review-verdicts-private.h"

/** A set that is being filled. */
typedef struct {
  const DioReviewTable *table;
  DioDatasetExclusion *exclusion;
  DioReviewUnit unit;
  guint states;
  guint64 added;
} Fill;

static void
fill_cb (const DioReviewSaid *said, gpointer user)
{
  Fill *fill = user;
  DioReviewFrameRow frame;

  if (!(fill->states & 1u << said->state))
    return;
  dio_review_table_get_frame (
      fill->table, dio_review_table_get_frame_of (fill->table, fill->unit, said->row), &frame);
  DioDatasetPictureKey key = { frame.run, frame.index, frame.take, frame.sensor };
  fill->added += (guint64) (fill->unit == DIO_REVIEW_FRAMES
                                ? dio_dataset_exclusion_add_picture (fill->exclusion, &key)
                                : dio_dataset_exclusion_add_object (
                                    fill->exclusion, &key,
                                    dio_review_table_object (fill->table, said->row)->key));
}

guint64
dio_review_fill_export_filter (DioReviewVerdicts *verdicts,
                               guint states,
                               DioDatasetExclusion *exclusion)
{
  g_return_val_if_fail (verdicts && exclusion, 0);

  g_autoptr (DioReviewTable) table = dio_review_verdicts_ref_table (verdicts);
  Fill fill = { table, exclusion, DIO_REVIEW_FRAMES, states ? states : 1u << DIO_REVIEW_REJECTED,
                0 };

  if (!table)
    return 0;
  dio_review_verdicts_foreach (verdicts, DIO_REVIEW_FRAMES, fill_cb, &fill);
  fill.unit = DIO_REVIEW_OBJECTS;
  dio_review_verdicts_foreach (verdicts, DIO_REVIEW_OBJECTS, fill_cb, &fill);
  return fill.added;
}

/* Most datasets have none, and need not be read for that. */
static gboolean
has_logs (DioReviewReader *reader, gboolean *has, GError **error)
{
  g_autofree char *identity = dio_review_dup_identity (reader, error);

  if (!identity)
    return FALSE;
  g_autofree char *beside =
      g_build_filename (dio_review_reader_get_folder (reader), "reviews", NULL);
  g_autofree char *user = dio_review_log_dup_user_folder (identity);
  const char *const folders[] = { beside, user, NULL };
  *has = dio_review_sources_exist (folders);
  return TRUE;
}

DioDatasetExclusion *
dio_review_load_exclusion (const char *folder, GError **error)
{
  g_return_val_if_fail (folder, NULL);

  g_autoptr (DioReviewReader) reader = dio_review_reader_open (folder, error);
  gboolean has = FALSE;

  if (!reader || !has_logs (reader, &has, error))
    return NULL;
  if (!has)
    return dio_dataset_exclusion_new ();
  g_autoptr (DioReviewTable) table =
      dio_review_table_load (reader, NULL, DIO_REVIEW_LOAD_OBJECTS, NULL, error);
  g_autoptr (DioReviewVerdicts) verdicts =
      table ? dio_review_verdicts_new (reader, NULL, error) : NULL;
  g_autoptr (DioDiagnostics) findings = dio_diagnostics_new ();

  if (!verdicts || !dio_review_verdicts_refresh (verdicts, reader, table, findings, error))
    return NULL;
  if (dio_diagnostics_get_count (findings) > 0) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_CORRUPT,
                 "A review log cannot be read, so that what it"
                 " rejects is not known: %s",
                 dio_diagnostics_get (findings, 0)->message);
    return NULL;
  }
  DioDatasetExclusion *exclusion = dio_dataset_exclusion_new ();
  dio_review_fill_export_filter (verdicts, 0, exclusion);
  return exclusion;
}
