#pragma once
/* Thread: any. Masks as polygons that give the same mask back. */

#include "dio-image-rle.h"

G_BEGIN_DECLS

/** A vertex on the pixel grid: x in [0, width], y in [0, height]. */
typedef struct {
  int x, y;
} DioGridPoint;

/** The outlines of @mask along the edges of its pixels: arrays of DioGridPoint, one closed ring each, the first
 * point not repeated, from the leftmost on. Rings enclose 4-connected parts, so parts that touch at corners
 * are rings of their own. A hole is joined to the ring around it by a cut of no width: there and back along a
 * line of the grid. Filling each ring by the even-odd rule at pixel centres gives the mask back exactly. */
GPtrArray *dio_export_polygons_from_mask (const DioRle *mask) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
