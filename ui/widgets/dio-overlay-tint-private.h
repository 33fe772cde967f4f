#pragma once
/* Thread: any. From ids, depth and normals to colours: loops over pixels with a table of colours, no widgets. */

#include "dio-overlay-scene.h"

G_BEGIN_DECLS

/** The colours of one leaf's pixels, premultiplied RGBA as bytes in memory. */
typedef struct {
  guint8 fill[4], stripe[4], contour[4];
  /** 0 = plain; 1 diagonal, 2 the other diagonal, 3 level: pixels of the stripe have the stripe's colour. */
  guint pattern;
  guint group; /**< contours run where groups differ; 0 = nothing is drawn */
} DioTintColor;

/** A table for the ids 0 .. n_leaves. */
typedef struct {
  guint n_leaves;
  DioTintColor *colors; /**< owned, [n_leaves + 1] */
} DioTintTable;

void dio_tint_table_clear (DioTintTable *table);
gboolean dio_tint_table_is_equal (const DioTintTable *a, const DioTintTable *b);
/** u8 x4 premultiplied, of the size of @leaf (u16). Ids beyond the table are clear. */
DioImage *dio_tint_masks (const DioImage *leaf,
                          const DioTintTable *table) G_GNUC_WARN_UNUSED_RESULT;
/** u8 x3: near bright, far dark, evenly in 1 / depth; without a surface grey. */
DioImage *dio_tint_depth (const DioImage *depth_z) G_GNUC_WARN_UNUSED_RESULT;
/** u8 x3: (n + 1) / 2, black without a surface. */
DioImage *dio_tint_normal (const DioImage *normal) G_GNUC_WARN_UNUSED_RESULT;
/** u8 x3: every leaf a colour of the palette, in three shades, background black. */
DioImage *dio_tint_ids (const DioImage *leaf) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
