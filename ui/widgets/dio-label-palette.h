#pragma once
/* Thread: any. Colours of labels: the only hard-coded ones of the studio. Twelve that stay apart for colour-blind eyes, then the same twelve with
 * stripes, so that colour alone never has to carry more than it can. */

#include <gdk/gdk.h>

G_BEGIN_DECLS

#define DIO_LABEL_PALETTE_SIZE 12

/** sRGB of the label @index (any number; it wraps). */
void dio_label_palette_get (guint index, guint8 rgb[static 3]);
/** 0 = plain, 1.. = stripes of that direction; steps by one every DIO_LABEL_PALETTE_SIZE labels. */
guint dio_label_palette_get_pattern (guint index);
/** Heat of a visibility in 0..1: red = hidden, blue = free; NaN = grey. */
void dio_label_palette_get_heat (double visibility, guint8 rgb[static 3]);
/** Ramp of depth: @t 0 = near (bright) .. 1 = far (dark). Perceptually even. */
void dio_label_palette_get_depth (double t, guint8 rgb[static 3]);
/** White or black, whichever reads better on @rgb. */
void dio_label_palette_get_ink (const guint8 rgb[static 3], GdkRGBA *out);

G_END_DECLS
