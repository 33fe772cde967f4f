#pragma once
/* Thread: any, one at a time. A picture that is painted thing by thing, where later things lie on earlier ones:
 * leaves, blades of grass, fibres. Everything wraps round its borders. */

#include "dio-parametric-surface-private.h"

G_BEGIN_DECLS

/** One texel: sRGB colour 0 .. 1, coverage 0 .. 1, height in texels, roughness 0 .. 1. */
typedef struct {
  float rgb[3];
  float alpha;
  float height;
  float roughness;
} DioTexel;

typedef struct {
  guint size_px;
  double texel_m;   /**< metres that a texel is wide, for its height */
  DioTexel *texels; /**< [size_px][size_px], rows top to bottom */
} DioCanvas;

/** As large as @surface, which is square; all texels as @ground. */
DioCanvas *dio_canvas_new (const DioSurface *surface,
                           const DioTexel *ground) G_GNUC_WARN_UNUSED_RESULT;
/** @canvas is a DioCanvas; a GDestroyNotify. */
void dio_canvas_free (gpointer canvas);
/** A DioSurfaceFunc whose @user is the canvas, as large as the surface: what its `prepare` painted. */
void dio_canvas_shade_row (DioTextureRow *row, const DioSurfaceRow *out, gconstpointer user);

/** Lays @texel over (@x, @y), which wrap, with the weight of its alpha. */
void dio_canvas_lay (DioCanvas *canvas, int x, int y, const DioTexel *texel);

/** A narrow thing from a point on a curve of constant bend: a blade, a needle, a stem. Widths fall to the tip. */
typedef struct {
  double x, y;           /**< texels, y down */
  double angle_rad;      /**< 0 = to the right, counter-clockwise on the picture */
  double bend_rad;       /**< turned over the whole length */
  double length, width;  /**< texels; the width at the base */
  double tip;            /**< width at the tip as a share of it */
  float base[3], end[3]; /**< sRGB at both ends */
  float height[2];       /**< texels, at both ends */
  float roughness;
} DioStroke;

void dio_canvas_stroke (DioCanvas *canvas, const DioStroke *stroke);

G_END_DECLS
