#include "dio-frame-camera.h"

#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "test-frame-fixtures.h"

static DioCamera
camera_new (void)
{
  DioCamera camera = {
    .width_px = 640,
    .height_px = 480,
    .fx = 610.5,
    .fy = 598.25,
    .cx = 301.7,
    .cy = 250.3,
    .near_m = 0.05,
    .far_m = 50,
  };
  camera.world_from_camera =
      dio_mat4_look_at (dio_vec3 (2, -3, 1.5), dio_vec3 (0.1, 0.2, 0.3), dio_vec3 (0, 0, 1));
  return camera;
}

/* Axes by hand: a camera at the origin that looks along +Y with +Z up. */
static void
test_axes (void)
{
  DioCamera camera = camera_new ();
  camera.world_from_camera =
      dio_mat4_look_at (dio_vec3 (0, 0, 0), dio_vec3 (0, 1, 0), dio_vec3 (0, 0, 1));
  double uv[2], depth = 0;
  g_assert_true (dio_camera_project (&camera, dio_vec3 (0, 2, 0), uv, &depth));
  assert_near (uv[0], camera.cx, 1e-12);
  assert_near (uv[1], camera.cy, 1e-12);
  assert_near (depth, 2, 1e-12);
  /* Right is +X and larger u; up is +Z and smaller v. */
  g_assert_true (dio_camera_project (&camera, dio_vec3 (0.5, 2, 0.25), uv, &depth));
  assert_near (uv[0], camera.cx + camera.fx * 0.25, 1e-9);
  assert_near (uv[1], camera.cy - camera.fy * 0.125, 1e-9);
  g_assert_false (dio_camera_project (&camera, dio_vec3 (0, -1, 0), uv, &depth));
  g_assert_false (dio_camera_project (&camera, dio_vec3 (1, 0, 0), uv, &depth));
}

static void
test_round_trip (void)
{
  DioCamera camera = camera_new ();
  for (double v = -480; v <= 960; v += 97.3)
    for (double u = -640; u <= 1280; u += 91.7)
      for (double depth = 0.05; depth < 200; depth *= 2.7) {
        double in[2] = { u, v }, out[2], out_depth = 0;
        DioVec3 world = dio_camera_unproject (&camera, in, depth);
        g_assert_true (dio_camera_project (&camera, world, out, &out_depth));
        assert_near (out[0], u, 1e-9);
        assert_near (out[1], v, 1e-9);
        assert_near (out_depth / depth, 1, 1e-12);
      }
}

/* Applies the matrix and OpenGL's viewport under glClipControl (GL_UPPER_LEFT, GL_ZERO_TO_ONE). */
static void
window_from_world (const DioCamera *camera, DioVec3 world, double window[static 3])
{
  DioMat4 clip_from_camera = dio_camera_clip_from_camera (camera);
  DioMat4 camera_from_world;
  g_assert_true (dio_mat4_invert_affine (&camera->world_from_camera, &camera_from_world));
  DioVec3 p = dio_mat4_transform_point (&camera_from_world, world);
  double in[4] = { p.x, p.y, p.z, 1 }, clip[4] = { 0 };
  for (int row = 0; row < 4; row++)
    for (int column = 0; column < 4; column++)
      clip[row] += clip_from_camera.m[column * 4 + row] * in[column];
  window[0] = (clip[0] / clip[3] + 1) * camera->width_px / 2;
  window[1] = (1 - clip[1] / clip[3]) * camera->height_px / 2;
  window[2] = clip[2] / clip[3];
}

static void
test_clip_matches_project (void)
{
  DioCamera camera = camera_new ();
  static const double pixels[][2] = { { 0, 0 },       { 0.5, 0.5 },     { 640, 480 },
                                      { 639.5, 0.5 }, { 301.7, 250.3 }, { 17.2, 400.9 } };
  for (guint i = 0; i < G_N_ELEMENTS (pixels); i++)
    for (double depth = 0.1; depth < 50; depth *= 3) {
      double window[3], uv[2], depth_z = 0;
      DioVec3 world = dio_camera_unproject (&camera, pixels[i], depth);
      window_from_world (&camera, world, window);
      g_assert_true (dio_camera_project (&camera, world, uv, &depth_z));
      assert_near (window[0], uv[0], 1e-8);
      assert_near (window[1], uv[1], 1e-8);
      assert_near (window[0], pixels[i][0], 1e-8);
      assert_near (window[1], pixels[i][1], 1e-8);
    }
}

static void
test_reversed_depth (void)
{
  DioCamera camera = camera_new ();
  double window[3], last = 2, middle[2] = { 320, 240 };
  for (double depth = 0.05; depth <= 50; depth *= 1.5) {
    window_from_world (&camera, dio_camera_unproject (&camera, middle, depth), window);
    g_assert_cmpfloat (window[2], <, last);
    last = window[2];
  }
  window_from_world (&camera, dio_camera_unproject (&camera, middle, camera.near_m), window);
  assert_near (window[2], 1, 1e-9);
  window_from_world (&camera, dio_camera_unproject (&camera, middle, camera.far_m), window);
  assert_near (window[2], 0, 1e-9);
  camera.far_m = INFINITY;
  window_from_world (&camera, dio_camera_unproject (&camera, middle, 0.5), window);
  assert_near (window[2], 0.1, 1e-9);
}

/* Parallel rays: pixels a metre, by hand, also behind the eye; clip space agrees; depth falls in a line. */
static void
test_orthographic (void)
{
  DioCamera camera = camera_new ();
  camera.orthographic = TRUE;
  camera.fx = camera.fy = 100;
  camera.world_from_camera =
      dio_mat4_look_at (dio_vec3 (0, 0, 0), dio_vec3 (0, 1, 0), dio_vec3 (0, 0, 1));
  double uv[2], depth = 0, window[3];
  g_assert_true (dio_camera_project (&camera, dio_vec3 (0.5, 2, 0.25), uv, &depth));
  assert_near (uv[0], camera.cx + 50, 1e-9);
  assert_near (uv[1], camera.cy - 25, 1e-9);
  assert_near (depth, 2, 1e-12);
  g_assert_true (dio_camera_project (&camera, dio_vec3 (0.5, -3, 0.25), uv, &depth));
  assert_near (uv[0], camera.cx + 50, 1e-9);
  assert_near (depth, -3, 1e-12);
  for (double d = 0.05; d <= 50; d += 4.995) {
    const double at[2] = { 17.25, 301.5 };
    DioVec3 p = dio_camera_unproject (&camera, at, d);
    window_from_world (&camera, p, window);
    assert_near (window[0], at[0], 1e-9);
    assert_near (window[1], at[1], 1e-9);
    assert_near (window[2], 1 - (d - 0.05) / 49.95, 1e-9);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/frame/camera/axes", test_axes);
  g_test_add_func ("/frame/camera/round-trip", test_round_trip);
  g_test_add_func ("/frame/camera/clip-matches-project", test_clip_matches_project);
  g_test_add_func ("/frame/camera/reversed-depth", test_reversed_depth);
  g_test_add_func ("/frame/camera/orthographic", test_orthographic);
  return g_test_run ();
}
