#pragma once
/* Thread: any, one at a time. Tubes: an ellipse swept along a line in space, without twist. */

#include "dio-parametric-mesh-builder-private.h"

G_BEGIN_DECLS

#define DIO_SWEEP_MAX_SIDES 32

/** Where the tube is at one point of its line. A radius of 0 at an end closes it there in a point. */
typedef struct {
  DioVec3 center; /**< metres; neighbours are apart */
  double radius;  /**< metres, towards `side` */
  double flatten; /**< radius across `side` as a share of it; 0 stands for 1: round */
} DioSweepStation;

typedef struct {
  guint n_sides; /**< 3 .. DIO_SWEEP_MAX_SIDES */
  DioVec3 side;  /**< where the first side of the ellipse looks at the start; (0,0,0) = anywhere */
  gboolean loop; /**< the last station is followed by the first; no ends */
  guint tiles; /**< repetitions of the texture round the tube; 0 = as its largest girth asks for */
  double tile_m;    /**< metres that one repetition covers; 0 = DIO_TEXTURE_TILE_M */
  double v_start_m; /**< where along the texture the tube begins */
} DioSweepLook;

/** Adds the closed tube through @n >= 2 stations (3 for a loop): ends with a radius are closed by flat
 * caps, ends without by their point. u runs round it, v along it. */
void dio_sweep_add (DioMeshBuilder *builder,
                    const DioSweepStation *stations,
                    guint n,
                    const DioSweepLook *look);

/** Fills @out with @n stations of a ball's half: from @center + @radius along @axis inwards (@outwards
 * FALSE: from the point to the girth) or the other way. For round ends of tubes of that radius. */
void dio_sweep_fill_round_end (
    DioSweepStation *out, guint n, DioVec3 center, DioVec3 axis, double radius, gboolean outwards);

G_END_DECLS
