#pragma once
/* Thread: any. Surfaces of what grows. */

#include "dio-parametric-surface-private.h"

G_BEGIN_DECLS

/** The atlas that dio-parametric-foliage-private.h lays out; alpha is the leaves' coverage. */
extern const DioSurface dio_surface_leaves, dio_surface_leaves_autumn;
/** Grooves run along v, as the tubes of limbs do. */
extern const DioSurface dio_surface_bark, dio_surface_birch_bark;
/** A lawn from above. */
extern const DioSurface dio_surface_grass;

G_END_DECLS
