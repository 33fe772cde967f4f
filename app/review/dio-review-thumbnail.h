#pragma once
/* Thread: any worker. Small pictures of pictures and of single objects, kept in the user's cache by what they show. */

#include "dio-image-rle.h"
#include "dio-image.h"

G_BEGIN_DECLS

/** What to show. Strings borrowed. */
typedef struct {
  const char *path; /**< absolute: PNG, JPEG or WebP */
  const char
      *sha256;   /**< of the file, as the dataset has it: the key of the cache; NULL = not cached */
  guint size_px; /**< the longer side of what comes back; never enlarged */
  gboolean has_crop;
  DioPixelBox
      crop; /**< of the object: shown with a margin of a quarter of its longer side, at least 8 px, as a square
                       where the picture allows */
} DioReviewThumbnailDesc;

/** u8 with 3 channels, sRGB, averaged over boxes of pixels. Errors: those of dio_image_load. A cache that cannot be used is no error. */
DioImage *dio_review_thumbnail_load (const DioReviewThumbnailDesc *desc,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** The part of a picture of @width x @height that a crop shows, for drawing labels over it. */
DioPixelBox dio_review_thumbnail_get_window (const DioPixelBox *crop, guint width, guint height);
/** Bytes that the cache may take (default 512 MiB); the longest unused go first. */
void dio_review_thumbnail_set_limit (guint64 bytes);
/** $XDG_CACHE_HOME/diorama/thumbnails. */
char *dio_review_thumbnail_dup_folder (void) G_GNUC_WARN_UNUSED_RESULT;
/** Removes the longest unused until the limit holds; happens by itself now and then. */
void dio_review_thumbnail_trim (void);

G_END_DECLS
