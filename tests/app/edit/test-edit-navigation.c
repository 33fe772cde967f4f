/* The editor's camera and the mapping between pixels and the world, against closed forms. */

#include "dio-core-math.h"
#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-edit-navigation.h"

#include <math.h>

#define EPSILON 1e-9

static void
assert_near (DioVec3 a, DioVec3 b)
{
  g_assert_cmpfloat_with_epsilon (a.x, b.x, EPSILON);
  g_assert_cmpfloat_with_epsilon (a.y, b.y, EPSILON);
  g_assert_cmpfloat_with_epsilon (a.z, b.z, EPSILON);
}

static DioEditNavigation
make_front (void)
{
  return (DioEditNavigation){ .distance_m = 4, .fov_y_rad = DIO_PI / 2 };
}

static void
test_pose (void)
{
  DioEditNavigation n = make_front ();
  assert_near (dio_edit_navigation_get_eye (&n), dio_vec3 (0, -4, 0));
  DioMat4 m = dio_edit_navigation_get_world_from_camera (&n);
  assert_near (dio_mat4_transform_vector (&m, dio_vec3 (0, 0, -1)), dio_vec3 (0, 1, 0));
  assert_near (dio_mat4_transform_vector (&m, dio_vec3 (0, 1, 0)), dio_vec3 (0, 0, 1));
  n.yaw_rad = DIO_PI / 2;
  assert_near (dio_edit_navigation_get_eye (&n), dio_vec3 (4, 0, 0));
  static const DioVec3 eyes[] = { { 0, -4, 0 }, { 0, 4, 0 }, { 4, 0, 0 },
                                  { -4, 0, 0 }, { 0, 0, 4 }, { 0, 0, -4 } };
  for (guint i = 0; i < G_N_ELEMENTS (eyes); i++) {
    dio_edit_navigation_look_along (&n, i);
    assert_near (dio_edit_navigation_get_eye (&n), eyes[i]);
    DioMat4 look = dio_edit_navigation_get_world_from_camera (&n);
    g_assert_cmpfloat_with_epsilon (dio_mat4_determinant3 (&look), 1, EPSILON);
    g_assert_true (n.orthographic);
  }
  dio_edit_navigation_look_along (&n, DIO_EDIT_LOOK_TOP);
  DioMat4 top = dio_edit_navigation_get_world_from_camera (&n);
  assert_near (dio_mat4_transform_vector (&top, dio_vec3 (0, 1, 0)), dio_vec3 (0, 1, 0));
}

static void
test_pixels (void)
{
  DioEditNavigation n = make_front ();
  DioEditView view = dio_edit_navigation_get_view (&n, 800, 600);
  double xy[2], depth;
  /* 45 degrees up at a field of view of 90 is the top edge. */
  g_assert_true (dio_edit_view_project (&view, dio_vec3 (0, 0, 4), xy, &depth));
  g_assert_cmpfloat_with_epsilon (xy[0], 400, EPSILON);
  g_assert_cmpfloat_with_epsilon (xy[1], 0, EPSILON);
  g_assert_cmpfloat_with_epsilon (depth, 4, EPSILON);
  g_assert_true (dio_edit_view_project (&view, dio_vec3 (4, 0, 0), xy, NULL));
  g_assert_cmpfloat_with_epsilon (xy[0], 700, EPSILON);
  g_assert_false (dio_edit_view_project (&view, dio_vec3 (0, -5, 0), xy, NULL));
  g_assert_cmpfloat_with_epsilon (dio_edit_view_get_metres_per_pixel (&view, dio_vec3 (1, 0, 1)),
                                  8.0 / 600, EPSILON);
  DioEditRay ray = dio_edit_view_get_ray (&view, 400, 0);
  assert_near (ray.direction, dio_vec3 (0, sqrt (0.5), sqrt (0.5)));
  n.orthographic = TRUE;
  view = dio_edit_navigation_get_view (&n, 800, 600);
  g_assert_cmpfloat_with_epsilon (view.ortho_height_m, 8, EPSILON);
  g_assert_true (dio_edit_view_project (&view, dio_vec3 (0, 100, 4), xy, NULL));
  g_assert_cmpfloat_with_epsilon (xy[1], 0, EPSILON);
}

static void
test_round_trip (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  for (guint i = 0; i < 500; i++) {
    DioEditNavigation n = { .target_m = { g_rand_double_range (random, -5, 5), 1, 2 },
                            .yaw_rad = g_rand_double_range (random, -3, 3),
                            .pitch_rad = g_rand_double_range (random, -1.57, 1.57),
                            .distance_m = g_rand_double_range (random, 0.1, 20),
                            .orthographic = i % 2,
                            .fov_y_rad = 0.8 };
    DioEditView view = dio_edit_navigation_get_view (&n, 640, 480);
    double x = g_rand_double_range (random, -100, 800), y = g_rand_double_range (random, -9, 500);
    DioEditRay ray = dio_edit_view_get_ray (&view, x, y);
    double far = n.orthographic ? 10000 + 3 : 3, xy[2];
    DioVec3 point = dio_vec3_add (ray.origin_m, dio_vec3_scale (ray.direction, far));
    g_assert_true (dio_edit_view_project (&view, point, xy, NULL));
    g_assert_cmpfloat_with_epsilon (xy[0], x, 1e-6);
    g_assert_cmpfloat_with_epsilon (xy[1], y, 1e-6);
    DioEditNavigation back = n;
    dio_edit_navigation_set_from_camera (&back, &view.world_from_camera, n.distance_m);
    assert_near (back.target_m, n.target_m);
    g_assert_cmpfloat_with_epsilon (back.pitch_rad, n.pitch_rad, 1e-7);
  }
}

static void
test_hands (void)
{
  DioEditNavigation n = make_front ();
  dio_edit_navigation_orbit (&n, 150, 0, 600);
  g_assert_cmpfloat_with_epsilon (n.yaw_rad, -DIO_PI / 4, EPSILON);
  dio_edit_navigation_orbit (&n, 0, 1e6, 600);
  g_assert_cmpfloat (n.pitch_rad, ==, -DIO_PI / 2);
  n = make_front ();
  DioEditView view = dio_edit_navigation_get_view (&n, 800, 600);
  double xy[2];
  /* The scene follows the pointer: what was under it stays under it. */
  dio_edit_navigation_pan (&n, 30, -20, 600);
  view = dio_edit_navigation_get_view (&n, 800, 600);
  dio_edit_view_project (&view, dio_vec3 (0, 0, 0), xy, NULL);
  g_assert_cmpfloat_with_epsilon (xy[0], 430, 1e-6);
  g_assert_cmpfloat_with_epsilon (xy[1], 280, 1e-6);
  DioVec3 eye = dio_edit_navigation_get_eye (&n);
  dio_edit_navigation_look (&n, 40, 30, 600);
  assert_near (dio_edit_navigation_get_eye (&n), eye);
  n = make_front ();
  dio_edit_navigation_fly (&n, dio_vec3 (1, 2, 3), 2, 0.5);
  assert_near (dio_edit_navigation_get_eye (&n), dio_vec3 (1, -2, 3));
}

static void
test_zoom (void)
{
  for (guint i = 0; i < 2; i++) {
    DioEditNavigation n = make_front ();
    n.orthographic = i == 1;
    n.yaw_rad = 0.4;
    DioEditView view = dio_edit_navigation_get_view (&n, 800, 600);
    DioVec3 anchor = { 0.5, 2, 0.7 };
    double before[2], after[2];
    g_assert_true (dio_edit_view_project (&view, anchor, before, NULL));
    dio_edit_navigation_zoom (&n, &view, before[0], before[1], 0.5, &anchor);
    view = dio_edit_navigation_get_view (&n, 800, 600);
    g_assert_true (dio_edit_view_project (&view, anchor, after, NULL));
    g_assert_cmpfloat_with_epsilon (after[0], before[0], 1e-6);
    g_assert_cmpfloat_with_epsilon (after[1], before[1], 1e-6);
    g_assert_cmpfloat_with_epsilon (n.distance_m, 2, EPSILON);
    for (guint k = 0; k < 200; k++)
      dio_edit_navigation_zoom (&n, &view, 0, 0, 0.5, NULL);
    g_assert_cmpfloat (n.distance_m, >, 0);
  }
}

static void
test_frame (void)
{
  const DioBox3 box = { { -1, 2, -3 }, { 2, 4, 5 } };
  for (guint i = 0; i < 40; i++) {
    DioEditNavigation n = make_front ();
    n.yaw_rad = i * 0.3;
    n.pitch_rad = 1.5 - i * 0.07;
    n.orthographic = i % 2;
    double width = i % 3 == 0 ? 300 : 1200;
    dio_edit_navigation_frame_box (&n, &box, width / 600);
    DioEditView view = dio_edit_navigation_get_view (&n, width, 600);
    double least = 1e9;
    for (guint k = 0; k < 8; k++) {
      DioVec3 corner = { k & 1 ? box.min.x : box.max.x, k & 2 ? box.min.y : box.max.y,
                         k & 4 ? box.min.z : box.max.z };
      double xy[2];
      g_assert_true (dio_edit_view_project (&view, corner, xy, NULL));
      double margin = MIN (MIN (xy[0], width - xy[0]) / width, MIN (xy[1], 600 - xy[1]) / 600);
      least = MIN (least, margin);
    }
    /* All inside, and not lost in the middle. */
    g_assert_cmpfloat (least, >, 0.03);
    g_assert_cmpfloat (least, <, 0.2);
  }
  DioEditNavigation n = make_front ();
  const DioBox3 empty = dio_box3_empty ();
  dio_edit_navigation_frame_box (&n, &empty, 1);
  g_assert_cmpfloat (n.distance_m, ==, 4);
}

static void
test_blend (void)
{
  DioEditNavigation a = make_front (), b = make_front ();
  a.yaw_rad = 3;
  b.yaw_rad = -3;
  b.distance_m = 16;
  DioEditNavigation middle = dio_edit_navigation_blend (&a, &b, 0.5);
  g_assert_cmpfloat_with_epsilon (fabs (middle.yaw_rad), DIO_PI, 1e-9);
  g_assert_cmpfloat_with_epsilon (middle.distance_m, 8, 1e-9);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/edit/navigation/pose", test_pose);
  g_test_add_func ("/edit/navigation/pixels", test_pixels);
  g_test_add_func ("/edit/navigation/round-trip", test_round_trip);
  g_test_add_func ("/edit/navigation/hands", test_hands);
  g_test_add_func ("/edit/navigation/zoom", test_zoom);
  g_test_add_func ("/edit/navigation/frame", test_frame);
  g_test_add_func ("/edit/navigation/blend", test_blend);
  return g_test_run ();
}
