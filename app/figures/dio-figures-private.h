#pragma once
/* Thread: any. Shared by the files of figures/ only: pictures as cairo surfaces, text, label overlays. */

#include "dio-annotate-policy.h"
#include "dio-figures.h"

#include <cairo.h>

/** A new surface with the pixels of @image (u8, 1, 3 or 4 channels). */
cairo_surface_t *dio_figures_surface_from_image (const DioImage *image);
/** u8 RGB copy of an RGB24 surface. */
DioImage *dio_figures_image_from_surface (cairo_surface_t *surface);

/** Draws @text with its top-left corner at (x, y), at most @width wide (ellipsized); returns its height. */
double dio_figures_draw_text (
    cairo_t *cr, const char *text, double x, double y, double width, double size_px);
/** Width of @text in pixels. */
double dio_figures_measure_text (cairo_t *cr, const char *text, double size_px);

/** What an overlay needs besides the capture. */
typedef struct {
  const DioScenario *scenario;
  const DioLabelPolicy *policy;
  /** Picture pixels to tile pixels. */
  double scale;
} DioOverlay;

/** Counts of one capture by verdict. */
typedef struct {
  guint keep, ignore, drop;
} DioVerdictCounts;

/** Tints masks and draws boxes and names of the labelled annotations of @capture: kept ones solid, ignored
 * ones dashed, dropped ones not at all. @cr's origin is the tile's corner, in tile pixels. */
DioVerdictCounts dio_figures_draw_overlay (cairo_t *cr,
                                           const DioOverlay *overlay,
                                           const DioDatasetCapture *capture);
