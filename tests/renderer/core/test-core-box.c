#include "dio-core-math.h"
#include "dio-core-pose.h"
#include "dio-core-vec.h"

#include "test-core-assert.h"

static void
test_grow (void)
{
  DioBox3 box = dio_box3_empty ();
  g_assert_true (dio_box3_is_empty (&box));
  dio_box3_add_point (&box, dio_vec3 (1, 2, 3));
  g_assert_false (dio_box3_is_empty (&box));
  assert_vec3_near (box.min, 1, 2, 3, 0);
  assert_vec3_near (box.max, 1, 2, 3, 0);
  dio_box3_add_point (&box, dio_vec3 (-1, 5, 3));
  assert_vec3_near (box.min, -1, 2, 3, 0);
  assert_vec3_near (box.max, 1, 5, 3, 0);
}

static void
test_add_box (void)
{
  DioBox3 empty = dio_box3_empty ();
  DioBox3 box = { { 0, 0, 0 }, { 1, 1, 1 } };
  dio_box3_add_box (&box, &empty);
  assert_vec3_near (box.min, 0, 0, 0, 0);
  assert_vec3_near (box.max, 1, 1, 1, 0);
  dio_box3_add_box (&empty, &box);
  assert_vec3_near (empty.max, 1, 1, 1, 0);
  DioBox3 other = { { -1, 0.5, 0 }, { 0.5, 3, 0.5 } };
  dio_box3_add_box (&box, &other);
  assert_vec3_near (box.min, -1, 0, 0, 0);
  assert_vec3_near (box.max, 1, 3, 1, 0);
}

/* A unit cube turned by 45 degrees about Z spans sqrt 2 in X and Y. */
static void
test_transform (void)
{
  DioBox3 box = { { -0.5, -0.5, -0.5 }, { 0.5, 0.5, 0.5 } };
  DioTrs trs = { { 10, 0, 1 },
                 dio_quat_from_axis_angle (dio_vec3 (0, 0, 1), DIO_PI / 4),
                 { 1, 1, -2 } };
  DioMat4 m = dio_mat4_from_trs (&trs);
  DioBox3 turned = dio_box3_transform (&box, &m);
  double half = sqrt (0.5);
  assert_vec3_near (turned.min, 10 - half, -half, 0, 1e-14);
  assert_vec3_near (turned.max, 10 + half, half, 2, 1e-14);
  DioBox3 empty = dio_box3_empty ();
  DioBox3 still_empty = dio_box3_transform (&empty, &m);
  g_assert_true (dio_box3_is_empty (&still_empty));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/box/grow", test_grow);
  g_test_add_func ("/core/box/add-box", test_add_box);
  g_test_add_func ("/core/box/transform", test_transform);
  return g_test_run ();
}
