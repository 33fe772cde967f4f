#pragma once
/* Thread: any. Double-precision vector arithmetic, inline. */

#include "dio-core-types.h"

#include <math.h>

static inline DioVec3
dio_vec3 (double x, double y, double z)
{
  return (DioVec3){ x, y, z };
}

static inline DioVec3
dio_vec3_add (DioVec3 a, DioVec3 b)
{
  return (DioVec3){ a.x + b.x, a.y + b.y, a.z + b.z };
}

static inline DioVec3
dio_vec3_sub (DioVec3 a, DioVec3 b)
{
  return (DioVec3){ a.x - b.x, a.y - b.y, a.z - b.z };
}

static inline DioVec3
dio_vec3_mul (DioVec3 a, DioVec3 b)
{
  return (DioVec3){ a.x * b.x, a.y * b.y, a.z * b.z };
}

static inline DioVec3
dio_vec3_scale (DioVec3 a, double s)
{
  return (DioVec3){ a.x * s, a.y * s, a.z * s };
}

static inline double
dio_vec3_dot (DioVec3 a, DioVec3 b)
{
  return a.x * b.x + a.y * b.y + a.z * b.z;
}

static inline DioVec3
dio_vec3_cross (DioVec3 a, DioVec3 b)
{
  return (DioVec3){ a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x };
}

static inline double
dio_vec3_length (DioVec3 a)
{
  return sqrt (dio_vec3_dot (a, a));
}

/** The unit vector along @a, or (0,0,0) for a vector of no length. */
static inline DioVec3
dio_vec3_normalize (DioVec3 a)
{
  double length = dio_vec3_length (a);
  return length > 0 ? dio_vec3_scale (a, 1.0 / length) : (DioVec3){ 0, 0, 0 };
}

static inline bool
dio_vec3_is_finite (DioVec3 a)
{
  return isfinite (a.x) && isfinite (a.y) && isfinite (a.z);
}
