#pragma once
/* Thread: any. Comparisons of vectors, rotations and matrices for the pose tests. */

#include "dio-core-pose.h"
#include "dio-core-vec.h"

/* An epsilon of 0 asks for equality, which g_assert_cmpfloat_with_epsilon does not grant. */
#define assert_near(a, b, epsilon)                                                                 \
  do {                                                                                             \
    if (!(fabs ((a) - (b)) <= (epsilon)))                                                          \
      g_assert_cmpfloat_with_epsilon (a, b, epsilon);                                              \
  } while (0)

#define assert_vec3_near(a, bx, by, bz, epsilon)                                                   \
  do {                                                                                             \
    DioVec3 a_ = (a);                                                                              \
    assert_near (a_.x, bx, epsilon);                                                               \
    assert_near (a_.y, by, epsilon);                                                               \
    assert_near (a_.z, bz, epsilon);                                                               \
  } while (0)

#define assert_mat4_near(a, b, epsilon)                                                            \
  do {                                                                                             \
    DioMat4 a_ = (a), b_ = (b);                                                                    \
    for (int i_ = 0; i_ < 16; i_++)                                                                \
      assert_near (a_.m[i_], b_.m[i_], epsilon);                                                   \
  } while (0)
