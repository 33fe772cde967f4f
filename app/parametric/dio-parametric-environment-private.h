#pragma once
/* Thread: any. One surrounding = one function from a direction to the light that comes from there. */

#include "dio-core-types.h"

#include <glib.h>

G_BEGIN_DECLS

/** Linear RGB from the unit @direction, where 1 is the brightest diffuse wall. */
typedef void (*DioEnvironmentFunc) (DioVec3 direction, double rgb_out[static 3]);

void dio_environment_shade_overcast (DioVec3 direction, double rgb_out[static 3]);
void dio_environment_shade_room (DioVec3 direction, double rgb_out[static 3]);
void dio_environment_shade_studio (DioVec3 direction, double rgb_out[static 3]);
void dio_environment_shade_window (DioVec3 direction, double rgb_out[static 3]);

G_END_DECLS
