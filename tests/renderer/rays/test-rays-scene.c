#include "dio-core-error.h"
#include "dio-core-math.h"
#include "dio-rays.h"
#include "ray-scenes.h"

#include <math.h>
#include <string.h>

static DioPool *pool;

static DioRayScene *
new_scene (gsize cache_bytes)
{
  g_autoptr (GError) error = NULL;
  DioRayScene *scene = dio_ray_scene_new (pool, cache_bytes, &error);
  g_assert_no_error (error);
  return scene;
}

static void
test_identity (void)
{
  g_autoptr (DioRayScene) scene = new_scene (0);
  g_assert_true (g_str_has_prefix (dio_ray_scene_get_identity (scene), "embree 3."));
}

static guint
add_box (DioFrame *frame, guint instance, double x, double z)
{
  RayThing thing = { .mesh = ray_scenes_box (0.4, 0.4, 0.4),
                     .world_from_mesh = ray_scenes_at (x, 0, -z),
                     .has_transform = TRUE,
                     .instance = instance };
  return ray_scenes_add (frame, &thing);
}

static guint64
trace_count (DioRayScene *scene, DioFrame *frame, guint camera, guint leaf)
{
  g_autoptr (GError) error = NULL;
  g_auto (DioRayLabels) labels = { 0 };
  g_assert_true (dio_ray_scene_set_frame (scene, frame, &error));
  g_assert_true (dio_ray_scene_trace_labels (scene, camera, &labels, &error));
  g_assert_no_error (error);
  guint64 count = 0;
  for (guint i = 0; i < labels.leaf->width * labels.leaf->height; i++)
    count += labels.leaf->u16[i] == leaf;
  return count;
}

/** A cache that holds nothing gives what one that holds everything gives, frame after frame. */
static void
test_cache (void)
{
  g_autoptr (DioRayScene) large = new_scene (0);
  g_autoptr (DioRayScene) small = new_scene (1);
  for (guint round = 0; round < 4; round++) {
    g_autoptr (DioFrame) frame = ray_scenes_new (64, 48);
    for (guint i = 0; i < 3; i++)
      add_box (frame, i + 1, i * 0.5 - 0.5, 2 + 0.1 * round);
    RayThing ball = { .mesh = ray_scenes_sphere (4 + round % 2, 9),
                      .world_from_mesh = ray_scenes_at (0, 0, -4),
                      .has_transform = TRUE,
                      .instance = 4 };
    ray_scenes_add (frame, &ball);
    guint64 seen = trace_count (large, frame, 0, 2);
    g_assert_cmpuint (seen, >, 50);
    g_assert_cmpuint (trace_count (small, frame, 0, 2), ==, seen);
  }
}

/** Two cameras of one frame, asked for in any order, give what each gives alone. */
static void
test_cameras (void)
{
  g_autoptr (DioFrame) frame = ray_scenes_new (64, 48);
  add_box (frame, 1, 0, 2);
  DioCamera second = *ray_scenes_camera (frame);
  second.world_from_camera =
      dio_mat4_look_at (dio_vec3 (3, 0, -2), dio_vec3 (0, 0, -2), dio_vec3 (0, 1, 0));
  second.width_px = 80;
  second.height_px = 40;
  second.cx = 40;
  second.cy = 20;
  g_array_append_val (frame->cameras, second);
  g_autoptr (DioRayScene) scene = new_scene (0);
  g_autoptr (GError) error = NULL;
  g_assert_true (dio_ray_scene_set_frame (scene, frame, &error));
  for (guint i = 0; i < 4; i++) {
    g_auto (DioRayLabels) labels = { 0 };
    g_assert_true (dio_ray_scene_trace_labels (scene, i % 2, &labels, &error));
    g_assert_cmpuint (labels.leaf->width, ==, i % 2 == 0 ? 64 : 80);
    const DioLeafLabel *label = &g_array_index (labels.leaves, DioLeafLabel, 0);
    /* The near faces are 0.4 m wide at 1.8 and 2.8 m, both with fx = 57.6: 12.8 and 8.2 px, whose
     * squares of centres are 12 and 8 px wide. */
    g_assert_cmpuint (label->visible_px, ==, i % 2 == 0 ? 144 : 64);
  }
}

/** An empty frame, a flattened mesh and one behind the camera give pictures of nothing. */
static void
test_nothing_to_see (void)
{
  g_autoptr (DioFrame) empty = ray_scenes_new (40, 30);
  g_autoptr (DioFrame) odd = ray_scenes_new (40, 30);
  g_autoptr (DioRayScene) scene = new_scene (0);
  DioTrs flat = { { 0, 0, -2 }, dio_quat_identity (), { 1, 0, 1 } };
  RayThing thing = { .mesh = ray_scenes_box (1, 1, 1),
                     .world_from_mesh = dio_mat4_from_trs (&flat),
                     .has_transform = TRUE,
                     .instance = 1 };
  ray_scenes_add (odd, &thing);
  add_box (odd, 2, 0, -3);
  g_assert_cmpuint (trace_count (scene, empty, 0, 0), ==, 1200);
  g_assert_cmpuint (trace_count (scene, odd, 0, 0), ==, 1200);
}

static void
assert_refused (DioFrame *frame, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioRayScene) scene = new_scene (0);
  g_auto (DioRayLabels) labels = { 0 };
  g_assert_false (dio_ray_scene_set_frame (scene, frame, &error)
                  && dio_ray_scene_trace_labels (scene, 0, &labels, &error));
  g_assert_error (error, DIO_ERROR, code);
}

static void
test_refused (void)
{
  g_autoptr (DioFrame) unknown_leaf = ray_scenes_new (40, 30);
  add_box (unknown_leaf, 1, 0, 2);
  g_array_index (unknown_leaf->items, DioFrameItem, 0).leaf = 2;
  assert_refused (unknown_leaf, DIO_ERROR_INVALID);
  g_autoptr (DioFrame) nan = ray_scenes_new (40, 30);
  add_box (nan, 1, 0, 2);
  g_array_index (nan->items, DioFrameItem, 0).world_from_mesh.m[13] = NAN;
  assert_refused (nan, DIO_ERROR_INVALID);
  g_autoptr (DioFrame) lens = ray_scenes_new (40, 30);
  add_box (lens, 1, 0, 2);
  ray_scenes_camera (lens)->fx = 0;
  assert_refused (lens, DIO_ERROR_INVALID);
  g_autoptr (DioFrame) crowded = ray_scenes_new (40, 30);
  g_array_set_size (crowded->leaves, 65536);
  assert_refused (crowded, DIO_ERROR_LIMIT);
}

/** The estimate of a half-hidden box with all its pixels is exact, with few of them close. */
static void
test_estimate (void)
{
  g_autoptr (DioFrame) frame = ray_scenes_new (100, 80);
  ray_scenes_camera (frame)->fx = ray_scenes_camera (frame)->fy = 100;
  RayThing target = { .mesh = ray_scenes_quad (0.8, 0.6),
                      .world_from_mesh = ray_scenes_at (0, 0, -2),
                      .has_transform = TRUE,
                      .instance = 1 };
  RayThing screen = { .mesh = ray_scenes_quad (1, 1),
                      .world_from_mesh = ray_scenes_at (0.5, 0, -1),
                      .has_transform = TRUE };
  ray_scenes_add (frame, &target);
  ray_scenes_add (frame, &screen);
  add_box (frame, 2, 30, 2);
  g_autoptr (DioRayScene) scene = new_scene (0);
  g_autoptr (GError) error = NULL;
  DioVisibilityEstimate all, few, outside;
  g_assert_true (dio_ray_scene_set_frame (scene, frame, &error));
  g_assert_true (dio_ray_scene_estimate (scene, 0, 1, 100000, &all, &error));
  g_assert_true (dio_ray_scene_estimate (scene, 0, 1, 100, &few, &error));
  g_assert_true (dio_ray_scene_estimate (scene, 0, 2, 100, &outside, &error));
  g_assert_cmpfloat (all.visibility, ==, 0.5);
  g_assert_cmpfloat (all.width_px, ==, 40);
  g_assert_cmpfloat (all.height_px, ==, 30);
  g_assert_cmpfloat_with_epsilon (few.visibility, 0.5, 0.08);
  g_assert_cmpfloat (outside.visibility + outside.width_px + outside.height_px, ==, 0);
}

/** Truncation: a quad that leaves the canvas on the left has an open silhouette. */
static void
test_canvas_border (void)
{
  for (guint beyond = 0; beyond < 2; beyond++) {
    g_autoptr (DioFrame) frame = ray_scenes_new (100, 80);
    ray_scenes_camera (frame)->fx = ray_scenes_camera (frame)->fy = 100;
    /* From 10 px inside the picture to 90 or 110 px left of it: the canvas begins at 100. */
    double width = beyond ? 1.2 : 1.0;
    RayThing thing = { .mesh = ray_scenes_quad (width, 0.2),
                       .world_from_mesh = ray_scenes_at (-0.4 - width / 2, 0, -1),
                       .has_transform = TRUE,
                       .instance = 1 };
    ray_scenes_add (frame, &thing);
    g_autoptr (DioRayScene) scene = new_scene (0);
    g_auto (DioRayLabels) labels = { 0 };
    g_autoptr (GError) error = NULL;
    g_assert_true (dio_ray_scene_set_frame (scene, frame, &error));
    g_assert_true (dio_ray_scene_trace_labels (scene, 0, &labels, &error));
    const DioLeafLabel *label = &g_array_index (labels.leaves, DioLeafLabel, 0);
    g_assert_cmpuint (label->amodal_px, ==, 200);
    g_assert_cmpuint (label->silhouette_px, ==, beyond ? 2200 : 2000);
    g_assert_cmpint (label->silhouette_open, ==, beyond == 1);
    DioPixelBox box = dio_rle_box (&label->amodal);
    g_assert_cmpint (box.x1, ==, 110);
    g_assert_cmpint (box.y0, ==, 80 + 30);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  pool = dio_pool_new (2);
  g_test_add_func ("/rays/scene/identity", test_identity);
  g_test_add_func ("/rays/scene/cache", test_cache);
  g_test_add_func ("/rays/scene/cameras", test_cameras);
  g_test_add_func ("/rays/scene/nothing-to-see", test_nothing_to_see);
  g_test_add_func ("/rays/scene/refused", test_refused);
  g_test_add_func ("/rays/scene/estimate", test_estimate);
  g_test_add_func ("/rays/scene/canvas-border", test_canvas_border);
  int result = g_test_run ();
  dio_pool_free (pool);
  return result;
}
