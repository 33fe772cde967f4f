#pragma once
/* Thread: any. Skins of fruit: near white, to be tinted. The picture goes once round the fruit. */

#include "dio-parametric-surface-private.h"

G_BEGIN_DECLS

extern const DioSurface dio_surface_apple_peel, dio_surface_pear_peel, dio_surface_orange_peel;
extern const DioSurface dio_surface_banana_peel, dio_surface_spotted_peel;

G_END_DECLS
