#pragma once
/* Thread: any. Contact sheets and drawings of labels with cairo and pango: no window. */

#include "dio-dataset.h"

G_BEGIN_DECLS

typedef struct {
  guint columns;       /**< 0 = 6 */
  guint tile_width_px; /**< 0 = 320 */
  guint max_frames;    /**< 0 = 24, evenly spread */
  gboolean no_labels;
} DioSheetOptions;

/** Pictures of a dataset with drawn boxes, mask tints, names, verdict colours; a caption per frame. */
DioImage *dio_figures_dataset_sheet (DioDataset *dataset,
                                     const DioSheetOptions *options,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** A grid of pictures (u8 RGB) with captions: previews of assets and models. */
DioImage *dio_figures_grid (DioImage *const *images,
                            const char *const *captions,
                            guint n,
                            guint columns) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
