#include "dio-annotate.h"
#include "ray-scenes.h"

#include <math.h>

static DioFrame *
make_frame (void)
{
  DioFrame *frame = ray_scenes_new (8, 8);
  for (guint i = 0; i < 4; i++) {
    RayThing thing = { .mesh = ray_scenes_quad (1, 1), .instance = i < 3 ? 3 - i : 0 };
    ray_scenes_add (frame, &thing);
    g_array_index (frame->leaves, DioFrameLeaf, i).category = (int) i - 1;
  }
  return frame;
}

static void
test_ids (void)
{
  g_autoptr (DioFrame) frame = make_frame ();
  g_autoptr (DioImage) leaf = dio_image_new (6, 1, 1, DIO_PIXEL_U16);
  for (guint i = 0; i < 6; i++)
    leaf->u16[i] = (uint16_t) i;
  g_autoptr (DioImage) instances = dio_annotate_instance_image (frame, leaf);
  g_autoptr (DioImage) semantic = dio_annotate_semantic_image (frame, leaf, 6);
  g_autoptr (DioImage) none = dio_annotate_semantic_image (frame, leaf, -1);
  /* Leaf 4 is excluded, leaf 5 unknown; leaf 1 is unlabelled. */
  const uint16_t expected_instances[6] = { 0, 3, 2, 1, 0, 0 };
  const uint16_t expected_semantic[6] = { 7, 0, 1, 2, 0, 0 };
  g_assert_cmpmem (instances->u16, 12, expected_instances, 12);
  g_assert_cmpmem (semantic->u16, 12, expected_semantic, 12);
  g_assert_cmpuint (none->u16[0], ==, 0);
}

static void
test_depth (void)
{
  static const float metres[7] = { 1.0f, 0.0014f, 0.0016f, INFINITY, 65.534f, 65.536f, 0.0001f };
  static const uint16_t expected[7] = { 1000, 1, 2, 0, 65534, 65535, 1 };
  g_autoptr (DioImage) depth = dio_image_new (7, 1, 1, DIO_PIXEL_F32);
  for (guint i = 0; i < 7; i++)
    depth->f32[i] = metres[i];
  guint64 clipped = 99;
  g_autoptr (DioImage) out = dio_annotate_depth_image (depth, 0.001, &clipped);
  g_assert_cmpmem (out->u16, sizeof expected, expected, sizeof expected);
  g_assert_cmpuint (clipped, ==, 2);
}

static void
test_normal (void)
{
  static const float normals[9] = { 0, 0, 0, -1, 0, 1, 0.5f, -0.25f, 1.5f };
  static const uint16_t expected[9] = { 0, 0, 0, 0, 32768, 65535, 49151, 24576, 65535 };
  g_autoptr (DioImage) normal = dio_image_new (3, 1, 3, DIO_PIXEL_F32);
  for (guint i = 0; i < 9; i++)
    normal->f32[i] = normals[i];
  g_autoptr (DioImage) out = dio_annotate_normal_image (normal);
  g_assert_cmpmem (out->u16, sizeof expected, expected, sizeof expected);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/annotate/image/ids", test_ids);
  g_test_add_func ("/annotate/image/depth", test_depth);
  g_test_add_func ("/annotate/image/normal", test_normal);
  return g_test_run ();
}
