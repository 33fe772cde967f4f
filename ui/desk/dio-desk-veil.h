#pragma once
/* Thread: that of the reader. The labels that lie over a small picture, drawn in its size: masks and boxes of whole objects. Visible boxes and names
 * are drawn by the tile, which has them at hand. */

#include "dio-image.h"
#include "dio-review-reader.h"
#include "dio-review-table.h"
#include "dio-session-types.h"

G_BEGIN_DECLS

/** What is drawn; all zero = nothing. */
typedef struct {
  DioMasksShown masks;
  gboolean amodal; /**< boxes of whole objects */
  guint opacity;   /**< of masks, per cent */
} DioDeskVeil;

/** Which small picture: as DioReviewThumbnailDesc shows it. */
typedef struct {
  DioReviewUnit unit;
  guint32 row;
  guint size_px; /**< the longer side; never more than the picture has */
} DioDeskVeilPlace;

/** u8 x4, premultiplied; of one object, in its window, that alone. Errors: those of reading a dataset. */
DioImage *dio_desk_veil_draw (const DioDeskVeil *veil,
                              DioReviewReader *reader,
                              const DioReviewTable *table,
                              const DioDeskVeilPlace *place,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
