#pragma once
/* Thread: any. Surfaces of wood and of other fibres. Their grain runs along u. */

#include "dio-parametric-surface-private.h"

G_BEGIN_DECLS

/** Boards of a tile lie side by side along v, this many; each from another log. */
#define DIO_WOOD_BOARDS 4

extern const DioSurface dio_surface_wood, dio_surface_dark_wood, dio_surface_cardboard;
extern const DioSurface dio_surface_fabric;
/** Paint on boards: the grain stands out below it, and where it is thin the wood shows. White, to be tinted. */
extern const DioSurface dio_surface_painted_wood;
/** Old boards without paint, grey from the weather. */
extern const DioSurface dio_surface_weathered_wood;

G_END_DECLS
