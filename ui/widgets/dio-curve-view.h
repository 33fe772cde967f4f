#pragma once
/* Thread: main. A distribution as it is: density as a curve or as bars over an axis, its ends draggable (and with Left/Right while focused, Tab chooses the end).
 * Signals: "range-changed" (double min, double max): while an end is dragged; "range-committed" (double min, double max). */

#include "dio-scene-types.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_CURVE_VIEW (dio_curve_view_get_type ())
G_DECLARE_FINAL_TYPE (DioCurveView, dio_curve_view, DIO, CURVE_VIEW, GtkWidget)

GtkWidget *dio_curve_view_new (void) G_GNUC_WARN_UNUSED_RESULT;
/** Curve over @axis_min .. @axis_max from @n samples of density at even steps (any scale, >= 0). */
void dio_curve_view_set_curve (
    DioCurveView *view, const double *density, guint n, double axis_min, double axis_max);
/** Bars with names (choice, boolean, few integers); @names (nullable) NULL-terminated or as many as @n. */
void dio_curve_view_set_bars (DioCurveView *view,
                              const double *weights,
                              const char *const *names,
                              guint n);
/** Curve or bars of @distribution over @axis_min .. @axis_max (NaN = around its range), with its ends as handles where it has ends. */
void dio_curve_view_set_distribution (DioCurveView *view,
                                      const DioDistribution *distribution,
                                      double axis_min,
                                      double axis_max);
/** The ends that can be dragged, within the limits @lowest .. @highest; @shown FALSE takes them away. */
void dio_curve_view_set_handles (DioCurveView *view, gboolean shown, double min, double max);
void dio_curve_view_set_limits (DioCurveView *view, double lowest, double highest);
/** Small ticks under the axis: values that were drawn. */
void dio_curve_view_set_samples (DioCurveView *view, const double *values, guint n);
/** A vertical line: the value of this frame; NaN = none. */
void dio_curve_view_set_marker (DioCurveView *view, double value);
/** As DioNumberField shows them: "rad" as degrees. */
void dio_curve_view_set_unit (DioCurveView *view, const char *unit);

G_END_DECLS
