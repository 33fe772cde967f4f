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
/** The same rings through the middles of the outermost pixels of each part instead of along their edges: points are
 * pixels, and a hole's cut leads through pixels of the mask. Drawing a ring's lines and filling what they enclose
 * gives the part back exactly. A ring of one pixel has one point. */
GPtrArray *dio_export_pixel_rings_from_mask (const DioRle *mask) G_GNUC_WARN_UNUSED_RESULT;

/* dio-export-ring.c */
/** One ring of pixels for a whole mask: parts are joined by lines from pixel to pixel, there and back, as short as
 * each next part allows. At least three points. @n_parts (nullable): how many rings were joined. */
GArray *dio_export_ring_from_mask (const DioRle *mask, guint *n_parts) G_GNUC_WARN_UNUSED_RESULT;

/* dio-export-rectangle.c */
/** Corners of the rectangle of least area that holds all pixels of @mask, clockwise on the screen, within the
 * picture: one that leaves it by more than rounding is passed over for the next larger; the upright box never
 * leaves it. The mask is not empty. */
void dio_export_rectangle_from_mask (const DioRle *mask, double corners[4][2]);

G_END_DECLS
