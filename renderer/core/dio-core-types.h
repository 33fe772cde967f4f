#pragma once
/* Thread: any. Plain value types of the whole project; see dio-core-conventions.h for frames. */

#include <stdbool.h>
#include <stdint.h>

/** A point, direction or scale in double precision; the frame is named by the variable. */
typedef struct {
  double x, y, z;
} DioVec3;

/** A rotation as a unit quaternion, stored and written in the order w, x, y, z. */
typedef struct {
  double w, x, y, z;
} DioQuat;

/** A 4x4 matrix, column-major (`m[column * 4 + row]`), for column vectors: p_b = b_from_a * p_a. */
typedef struct {
  double m[16];
} DioMat4;

/** Translation (metres), rotation, scale, applied to a point in the order scale, rotation, translation. */
typedef struct {
  DioVec3 translation_m;
  DioQuat q_wxyz;
  DioVec3 scale;
} DioTrs;

/** An axis-aligned box; empty where min.x > max.x. */
typedef struct {
  DioVec3 min, max;
} DioBox3;
