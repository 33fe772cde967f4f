#pragma once

#include "dio-sensor.h"

/* A camera of @width x @height without effects, EV such that 1 nit is white. */
DioCamera fixture_camera (guint width, guint height);
/* All pixels of @light (nits). */
DioImage *fixture_flat (const DioCamera *camera, float r, float g, float b);
void fixture_set (DioImage *light, guint x, guint y, float value);
float fixture_get (const DioImage *light, guint x, guint y, guint channel);
