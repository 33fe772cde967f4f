#pragma once
/* Thread: main. Counts in bins; a range of bins can be brushed by dragging, or one bin by a click; moved by dragging its middle, cleared by a click or Esc; Left/Right (Shift grows) while focused.
 * Signals: "brush-changed" (double min, double max): while dragging; "brush-committed" (double min, double max); NaN, NaN = cleared. */

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_HISTOGRAM (dio_histogram_get_type ())
G_DECLARE_FINAL_TYPE (DioHistogram, dio_histogram, DIO, HISTOGRAM, GtkWidget)

GtkWidget *dio_histogram_new (void) G_GNUC_WARN_UNUSED_RESULT;
/** @counts [n] over @min .. @max; keeps the brush. */
void dio_histogram_set_counts (
    DioHistogram *histogram, const guint64 *counts, guint n, double min, double max);
/** Counts of what passes the filter, drawn solid in front of the pale whole; @counts [n] as above or NULL. */
void dio_histogram_set_front (DioHistogram *histogram, const guint64 *counts);
/** Names of the ends: "0", "1.5 m"; NULL = numbers. */
void dio_histogram_set_unit (DioHistogram *histogram, const char *unit);
/** Bins are equal in log (value), which goes from above 0. */
void dio_histogram_set_logarithmic (DioHistogram *histogram, gboolean logarithmic);
void dio_histogram_set_brushable (DioHistogram *histogram, gboolean brushable);
/** Does not emit; NaN, NaN clears; ends may lie outside. */
void dio_histogram_set_brush (DioHistogram *histogram, double min, double max);
gboolean dio_histogram_get_brush (DioHistogram *histogram, double *min, double *max);

G_END_DECLS
