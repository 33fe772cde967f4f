#pragma once
/* Thread: any. Masks as runs, column by column as COCO counts them. */

#include "dio-image.h"

#include <glib.h>

G_BEGIN_DECLS

/** A mask of width x height: lengths of alternating runs, starting with zeros (possibly of length 0), in
 * column-major order (COCO). The lengths add up to width * height. An empty mask may have no runs at all. */
typedef struct {
  guint width, height;
  guint n_runs;
  uint32_t *runs; /**< owned */
} DioRle;

/** Half-open integer box: x0 <= x < x1; all zero for an empty mask. */
typedef struct {
  int x0, y0, x1, y1;
} DioPixelBox;

void dio_rle_clear (DioRle *rle);
void dio_rle_copy (DioRle *dest, const DioRle *src);
/** Mask of the pixels for which @mask (u8, 1 channel) is non-zero. */
void dio_rle_from_mask (DioRle *rle, const DioImage *mask);
/** A rectangle of bits within a mask: bit (x - x0) of row y is word (x - x0) / 64, bit (x - x0) % 64 of
 * `words + (y - y0) * words_per_row`; bits beyond the window's width are ignored. */
typedef struct {
  DioPixelBox window; /**< inside the mask */
  gsize words_per_row;
  const uint64_t *words; /**< borrowed */
} DioRleBits;

/** Mask of @width x @height that holds the set bits of @bits and nothing outside their window. */
void dio_rle_from_bits (DioRle *rle, guint width, guint height, const DioRleBits *bits);
/** Calls @func for the set pixels, column by column: pixels (x, y0) .. (x, y1 - 1). */
typedef void (*DioRleSpanFunc) (guint x, guint y0, guint y1, gpointer data);
void dio_rle_foreach_span (const DioRle *rle, DioRleSpanFunc func, gpointer data);
/** u8 mask of 0 and 1. */
DioImage *dio_rle_to_mask (const DioRle *rle) G_GNUC_WARN_UNUSED_RESULT;
guint64 dio_rle_count (const DioRle *rle);
DioPixelBox dio_rle_box (const DioRle *rle);
/** @out may not alias an input; sizes must agree. */
void dio_rle_union (DioRle *out, const DioRle *a, const DioRle *b);
void dio_rle_intersect (DioRle *out, const DioRle *a, const DioRle *b);
guint64 dio_rle_count_intersection (const DioRle *a, const DioRle *b);
gboolean dio_rle_contains (const DioRle *outer, const DioRle *inner);
/** The window @box of @rle as a mask of its own size. */
void dio_rle_crop (DioRle *out, const DioRle *rle, const DioPixelBox *box);
/** COCO's compressed string (LEB-like base-48 of pycocotools' rleToString), NUL-terminated, owned by the caller. */
char *dio_rle_to_coco_string (const DioRle *rle) G_GNUC_WARN_UNUSED_RESULT;
gboolean dio_rle_from_coco_string (
    DioRle *rle, const char *string, guint width, guint height, GError **error);
/** Compact bytes for the store: the COCO string's bytes without NUL; header-free. */
GBytes *dio_rle_to_bytes (const DioRle *rle) G_GNUC_WARN_UNUSED_RESULT;
gboolean dio_rle_from_bytes (
    DioRle *rle, const void *data, gsize size, guint width, guint height, GError **error);
/** Number of 8-connected parts and pixels of the largest. */
void dio_rle_parts (const DioRle *rle, guint *n_parts, guint64 *largest_px);
/** labels.md 10: @out is @rle without 8-connected parts smaller than max (3 px, 0.5 %), unless that would
 * remove more than 10 % of the pixels: then a copy. */
void dio_rle_without_specks (DioRle *out, const DioRle *rle);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DioRle, dio_rle_clear)

G_END_DECLS
