#pragma once
/* Thread: that of the reader. One picture with everything that is shown about it: a millisecond or so. */

#include "dio-dataset.h"
#include "dio-review-reader.h"
#include "dio-review-table.h"

G_BEGIN_DECLS

/** One picture to look at. Files are named in frame->captures[0]. */
typedef struct {
  guint32 row; /**< of the picture */
  DioReviewFrameRow facts;
  /** The frame with this one capture: files, checks, annotations (stuff and unlabelled ones too), draws, diagnostics; masks,
   * leaves and hidden pairs as asked for. */
  DioDatasetFrame frame;
  /** By position in the capture's annotations: row of the object, or -1 for what is not reviewed; of gint64. */
  GArray *object_rows;
} DioReviewItem;

/** Draws are always loaded; @flags says what else. Errors: those of reading a dataset. @out is to be cleared. */
gboolean dio_review_item_load (DioReviewReader *reader,
                               const DioReviewTable *table,
                               DioReviewUnit unit,
                               guint32 row,
                               DioLoadFlags flags,
                               DioReviewItem *out,
                               GError **error);
void dio_review_item_clear (DioReviewItem *item);
/** The one capture; borrowed. */
const DioDatasetCapture *dio_review_item_get_capture (const DioReviewItem *item);
/** Absolute path of a channel's file ("rgb", "leaf", "depth", ...), or NULL. */
char *dio_review_item_dup_path (const DioReviewItem *item,
                                DioReviewReader *reader,
                                const char *channel) G_GNUC_WARN_UNUSED_RESULT;

/** A file of a picture without all the rest, for thumbnails: some ten microseconds. */
typedef struct {
  char *path;   /**< absolute */
  char *sha256; /**< of the file's bytes */
} DioReviewPicture;

/** Errors: NOT_FOUND where the picture has no such channel. @out is to be cleared. */
gboolean dio_review_picture_find (DioReviewReader *reader,
                                  const DioReviewTable *table,
                                  DioReviewUnit unit,
                                  guint32 row,
                                  const char *channel,
                                  DioReviewPicture *out,
                                  GError **error);
void dio_review_picture_clear (DioReviewPicture *picture);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DioReviewItem, dio_review_item_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DioReviewPicture, dio_review_picture_clear)

G_END_DECLS
