#include "dio-core-math.h"
#include "dio-core-pose.h"
#include "dio-core-vec.h"

#include "test-core-assert.h"
#include "test-core-reference.h"

static DioQuat
get_rotation (guint i)
{
  DioQuat q = { get_point (400, i, -1, 1), get_point (401, i, -1, 1), get_point (402, i, -1, 1),
                get_point (403, i, -1, 1) };
  return dio_quat_normalize (q);
}

static DioVec3
get_vector (guint i)
{
  return dio_vec3 (get_point (404, i, -5, 5), get_point (405, i, -5, 5), get_point (406, i, -5, 5));
}

/* A quarter turn about +Z takes +X to +Y: counter-clockwise, right-handed. */
static void
test_axis_angle (void)
{
  DioQuat z = dio_quat_from_axis_angle (dio_vec3 (0, 0, 1), DIO_PI / 2);
  assert_vec3_near (dio_quat_rotate (z, dio_vec3 (1, 0, 0)), 0, 1, 0, 1e-15);
  DioQuat x = dio_quat_from_axis_angle (dio_vec3 (1, 0, 0), DIO_PI / 2);
  assert_vec3_near (dio_quat_rotate (x, dio_vec3 (0, 1, 0)), 0, 0, 1, 1e-15);
  DioQuat y = dio_quat_from_axis_angle (dio_vec3 (0, 1, 0), DIO_PI / 2);
  assert_vec3_near (dio_quat_rotate (y, dio_vec3 (0, 0, 1)), 1, 0, 0, 1e-15);
}

static void
test_multiply_order (void)
{
  for (guint i = 0; i < 200; i++) {
    DioQuat a = get_rotation (i), b = get_rotation (i + 1000);
    DioVec3 v = get_vector (i);
    DioVec3 want = dio_quat_rotate (a, dio_quat_rotate (b, v));
    assert_vec3_near (dio_quat_rotate (dio_quat_multiply (a, b), v), want.x, want.y, want.z, 1e-14);
  }
}

static void
test_matrix_round_trip (void)
{
  for (guint i = 0; i < 500; i++) {
    DioQuat q = get_rotation (i);
    DioMat4 m = dio_mat4_from_quat (q);
    DioQuat back = dio_quat_from_mat4 (&m);
    double sign = q.w < 0 ? -1 : 1;
    g_assert_cmpfloat (back.w, >=, 0);
    g_assert_cmpfloat_with_epsilon (back.w, sign * q.w, 1e-14);
    g_assert_cmpfloat_with_epsilon (back.x, sign * q.x, 1e-14);
    g_assert_cmpfloat_with_epsilon (back.y, sign * q.y, 1e-14);
    g_assert_cmpfloat_with_epsilon (back.z, sign * q.z, 1e-14);
    DioVec3 v = get_vector (i), want = dio_quat_rotate (q, v);
    assert_vec3_near (dio_mat4_transform_vector (&m, v), want.x, want.y, want.z, 1e-13);
  }
}

/* Half turns have w = 0, where each branch of the matrix reader must hold. */
static void
test_half_turns (void)
{
  static const DioQuat turns[] = {
    { 0, 1, 0, 0 }, { 0, 0, 1, 0 }, { 0, 0, 0, 1 }, { 0, 0.6, 0.8, 0 }
  };
  for (guint i = 0; i < G_N_ELEMENTS (turns); i++) {
    DioMat4 m = dio_mat4_from_quat (turns[i]);
    DioQuat back = dio_quat_from_mat4 (&m);
    assert_mat4_near (dio_mat4_from_quat (back), m, 1e-15);
    g_assert_cmpfloat_with_epsilon (fabs (back.x), turns[i].x, 1e-15);
  }
}

static void
test_normalize (void)
{
  static const DioQuat broken[] = { { 0, 0, 0, 0 }, { NAN, 0, 0, 1 }, { 1, INFINITY, 0, 0 } };
  for (guint i = 0; i < G_N_ELEMENTS (broken); i++) {
    DioQuat q = dio_quat_normalize (broken[i]);
    g_assert_true (q.w == 1 && q.x == 0 && q.y == 0 && q.z == 0);
  }
  static const double sizes[] = { 1e-320, 1e-200, 1, 1e200, 1e308 };
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    DioQuat q = dio_quat_normalize ((DioQuat){ sizes[i], -sizes[i], sizes[i], sizes[i] });
    g_assert_cmpfloat_with_epsilon (q.w, 0.5, 1e-15);
    g_assert_cmpfloat_with_epsilon (q.x, -0.5, 1e-15);
  }
}

static void
test_yaw_pitch_roll (void)
{
  /* Yaw turns the nose (+X) to the left, a positive pitch turns it down, roll leaves it alone. */
  DioQuat yaw = dio_quat_from_yaw_pitch_roll (DIO_PI / 2, 0, 0);
  assert_vec3_near (dio_quat_rotate (yaw, dio_vec3 (1, 0, 0)), 0, 1, 0, 1e-15);
  DioQuat pitch = dio_quat_from_yaw_pitch_roll (0, DIO_PI / 2, 0);
  assert_vec3_near (dio_quat_rotate (pitch, dio_vec3 (1, 0, 0)), 0, 0, -1, 1e-15);
  DioQuat roll = dio_quat_from_yaw_pitch_roll (0, 0, DIO_PI / 2);
  assert_vec3_near (dio_quat_rotate (roll, dio_vec3 (0, 1, 0)), 0, 0, 1, 1e-15);
  /* The axes turn along: after yaw and pitch, roll is about the nose. */
  DioQuat all = dio_quat_from_yaw_pitch_roll (0.3, -0.4, 1.1);
  DioQuat no_roll = dio_quat_from_yaw_pitch_roll (0.3, -0.4, 0);
  DioVec3 nose = dio_quat_rotate (no_roll, dio_vec3 (1, 0, 0));
  assert_vec3_near (dio_quat_rotate (all, dio_vec3 (1, 0, 0)), nose.x, nose.y, nose.z, 1e-15);
  assert_vec3_near (nose, cos (0.4) * cos (0.3), cos (0.4) * sin (0.3), sin (0.4), 1e-15);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/quat/axis-angle", test_axis_angle);
  g_test_add_func ("/core/quat/multiply-order", test_multiply_order);
  g_test_add_func ("/core/quat/matrix-round-trip", test_matrix_round_trip);
  g_test_add_func ("/core/quat/half-turns", test_half_turns);
  g_test_add_func ("/core/quat/normalize", test_normalize);
  g_test_add_func ("/core/quat/yaw-pitch-roll", test_yaw_pitch_roll);
  return g_test_run ();
}
