#pragma once
/* Thread: any. Surfaces of wood. Their grain runs along u. */

#include "dio-parametric-surface-private.h"

G_BEGIN_DECLS

/** Boards of a tile lie side by side along v, this many; each from another log. */
#define DIO_WOOD_BOARDS 4

extern const DioSurface dio_surface_wood, dio_surface_dark_wood;
/** Boards for table tops and floors, DIO_WOOD_PLANKS of them across a tile of DIO_WOOD_PLANKS_TILE_M. */
extern const DioSurface dio_surface_oak_planks, dio_surface_walnut_planks, dio_surface_pine_planks;
#define DIO_WOOD_PLANKS 12
#define DIO_WOOD_PLANKS_TILE_M 1.5
/** Paint on boards: the grain stands out below it, and where it is thin the wood shows. White, to be tinted. */
extern const DioSurface dio_surface_painted_wood;
/** Old boards without paint, grey from the weather. */
extern const DioSurface dio_surface_weathered_wood;

G_END_DECLS
