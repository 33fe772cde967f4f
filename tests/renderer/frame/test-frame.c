#include "dio-frame.h"

#include "test-frame-fixtures.h"

static void
test_ownership (void)
{
  DioFrame *frame = dio_frame_new ();
  DioFrameItem item = { .mesh = fixture_square_new (),
                        .material = dio_material_new ("m"),
                        .leaf = 1 };
  DioFrameLeaf leaf = { .name = g_strdup ("cup/body"), .node_id = g_strdup ("cup") };
  DioFrameInstance instance = { .name = g_strdup ("cup"), .node_id = g_strdup ("cup") };
  g_array_append_val (frame->items, item);
  g_array_append_val (frame->leaves, leaf);
  g_array_append_val (frame->instances, instance);
  frame->environment.radiance = dio_image_new (4, 2, 3, DIO_PIXEL_F32);
  g_autoptr (DioMesh) mesh = dio_mesh_ref (item.mesh);
  g_autoptr (DioImage) radiance = dio_image_ref (frame->environment.radiance);

  dio_frame_unref (dio_frame_ref (frame));
  dio_frame_unref (frame);
  g_assert_cmpuint (mesh->n_vertices, ==, 4);
  g_assert_cmpuint (radiance->width, ==, 4);
}

static void
assert_direction (double u, double v, double x, double y, double z)
{
  DioVec3 direction = dio_environment_direction (u, v);
  assert_near (direction.x, x, 1e-12);
  assert_near (direction.y, y, 1e-12);
  assert_near (direction.z, z, 1e-12);
}

static void
test_environment_axes (void)
{
  assert_direction (0.5, 0.5, 0, 1, 0);
  assert_direction (0.75, 0.5, 1, 0, 0);
  assert_direction (0.25, 0.5, -1, 0, 0);
  assert_direction (0, 0.5, 0, -1, 0);
  assert_direction (0.3, 0, 0, 0, 1);
  assert_direction (0.3, 1, 0, 0, -1);
  assert_direction (0.5, 0.25, 0, sqrt (0.5), sqrt (0.5));
}

static void
test_environment_round_trip (void)
{
  for (double v = 0.01; v < 1; v += 0.013)
    for (double u = 0.005; u < 1; u += 0.017) {
      double u_back = 0, v_back = 0;
      dio_environment_uv (dio_environment_direction (u, v), &u_back, &v_back);
      assert_near (u_back, u, 1e-12);
      assert_near (v_back, v, 1e-12);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/frame/frame/ownership", test_ownership);
  g_test_add_func ("/frame/frame/environment-axes", test_environment_axes);
  g_test_add_func ("/frame/frame/environment-round-trip", test_environment_round_trip);
  return g_test_run ();
}
