#pragma once
/* Thread: any. Surfaces of what is found in rooms: cloth, cardboard, metal sheet, floor tiles, painted walls. All are
 * nearly white or of a usual colour, to be tinted. */

#include "dio-parametric-mesh-builder-private.h"
#include "dio-parametric-surface-private.h"

G_BEGIN_DECLS

/** Kraft board over flutes that run along u. */
extern const DioSurface dio_surface_cardboard;
/** Plain weave of uneven threads. */
extern const DioSurface dio_surface_fabric;
/** Sheet metal that was ground along u. */
extern const DioSurface dio_surface_brushed_metal;
/** Glazed squares of 300 mm in narrow joints. */
extern const DioSurface dio_surface_floor_tiles;
/** Emulsion from a roller on a wall. */
extern const DioSurface dio_surface_wall_paint;
/** Print on a paper that goes once round. Nearly white paper, to be tinted. */
extern const DioSurface dio_surface_label;

/** Lays the UVs of what the builder holds, one upright side of a lathe, over 0 .. 1 each, as a label wants. */
void dio_surface_stretch_label (DioMeshBuilder *builder);

G_END_DECLS
