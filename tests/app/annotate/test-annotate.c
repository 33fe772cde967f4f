#include "dio-annotate.h"
#include "dio-core-math.h"
#include "dio-rays.h"
#include "ray-scenes.h"

#include <math.h>

static DioPool *pool;

static void
annotate (DioFrame *frame, DioAnnotations *out)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioRayScene) scene = dio_ray_scene_new (pool, 0, &error);
  g_auto (DioRayLabels) labels = { 0 };
  g_assert_true (dio_ray_scene_set_frame (scene, frame, &error));
  g_assert_true (dio_ray_scene_trace_labels (scene, 0, &labels, &error));
  dio_annotate (frame, 0, &labels, NULL, NULL, out);
  for (guint i = 0; i < out->checks->len; i++) {
    const DioSelfCheck *check = &g_array_index (out->checks, DioSelfCheck, i);
    if (!check->passed && !check->note_only)
      g_test_message ("%s: %s", check->check, check->detail);
  }
  g_assert_true (out->passed);
}

static const DioAnnotation *
get (const DioAnnotations *all, guint index)
{
  g_assert_cmpuint (index, <, all->annotations->len);
  return &g_array_index (all->annotations, DioAnnotation, index);
}

/** Two leaves of one instance, one before the other and half of it behind a screen. */
static void
test_joined_leaves (void)
{
  g_autoptr (DioFrame) frame = ray_scenes_new (100, 80);
  ray_scenes_camera (frame)->fx = ray_scenes_camera (frame)->fy = 100;
  const struct {
    double width, height, x, z;
    guint instance;
  } quads[] = {
    { 0.2, 0.2, 0, 1, 1 },        /* 20 x 20 px in the middle */
    { 0.8, 0.8, 0, 2, 1 },        /* 40 x 40 px behind it */
    { 0.25, 0.5, 0.125, 0.5, 2 }, /* right half of both */
    { 0.4, 0.2, -0.5, 1, 3 },     /* 40 x 20 px around the left border */
  };
  for (guint i = 0; i < G_N_ELEMENTS (quads); i++) {
    RayThing thing = { .mesh = ray_scenes_quad (quads[i].width, quads[i].height),
                       .world_from_mesh = ray_scenes_at (quads[i].x, 0, -quads[i].z),
                       .has_transform = TRUE,
                       .instance = quads[i].instance };
    ray_scenes_add (frame, &thing);
  }
  g_auto (DioAnnotations) out = { 0 };
  annotate (frame, &out);
  g_assert_cmpuint (out.annotations->len, ==, 3);
  const DioAnnotation *joined = get (&out, 0), *cut = get (&out, 2);
  g_assert_cmpuint (joined->amodal_px, ==, 1600);
  g_assert_cmpuint (joined->silhouette_px, ==, 1600);
  g_assert_cmpuint (joined->visible_px, ==, 800);
  g_assert_cmpfloat (joined->coverage_px, ==, 800);
  g_assert_cmpfloat (joined->amodal_coverage_px, ==, 1600);
  g_assert_cmpfloat (joined->visibility, ==, 0.5);
  g_assert_cmpfloat (joined->visib_fract, ==, 0.5);
  g_assert_cmpfloat (joined->truncation, ==, 0);
  g_assert_cmpuint (joined->parts, ==, 1);
  g_assert_cmpuint (joined->largest_part_px, ==, 800);
  const DioPixelBox visible = { 30, 20, 50, 60 }, amodal = { 30, 20, 70, 60 };
  g_assert_cmpmem (&joined->bbox_visible, sizeof visible, &visible, sizeof visible);
  g_assert_cmpmem (&joined->bbox_amodal, sizeof amodal, &amodal, sizeof amodal);
  g_assert_cmpfloat (cut->truncation, ==, 0.5);
  g_assert_cmpuint (cut->amodal_px, ==, 400);
  const DioPixelBox inside = { 0, 30, 20, 50 };
  g_assert_cmpmem (&cut->bbox_amodal, sizeof inside, &inside, sizeof inside);
  g_assert_cmpfloat_with_epsilon (cut->bbox_full[0], -20, 1e-4);
  g_assert_cmpfloat_with_epsilon (cut->bbox_full[2], 20, 1e-4);
}

/** Stuff has visible figures only. */
static void
test_stuff (void)
{
  g_autoptr (DioFrame) frame = ray_scenes_new (60, 40);
  RayThing wall = { .mesh = ray_scenes_quad (9, 9),
                    .world_from_mesh = ray_scenes_at (0, 0, -2),
                    .has_transform = TRUE,
                    .instance = 1,
                    .stuff = TRUE };
  ray_scenes_add (frame, &wall);
  g_auto (DioAnnotations) out = { 0 };
  annotate (frame, &out);
  const DioAnnotation *stuff = get (&out, 0);
  g_assert_false (stuff->thing);
  g_assert_cmpuint (stuff->visible_px, ==, 2400);
  g_assert_cmpuint (stuff->silhouette_px, ==, 0);
  g_assert_cmpuint (stuff->amodal.n_runs, ==, 0);
  g_assert_true (isnan (stuff->truncation) && isnan (stuff->visib_fract));
}

/** bbox_full against the corners of a turned box, projected by a formula of its own. */
static void
test_bbox_full (void)
{
  for (guint n = 0; n < 20; n++) {
    g_autoptr (DioFrame) frame = ray_scenes_new (120, 90);
    DioCamera *camera = ray_scenes_camera (frame);
    camera->cx += 7.3 + 0.05 * n;
    camera->cy -= 3.7;
    double angle = 0.3 * n, x = 0.4 * dio_sin (n), c = dio_cos (angle), s = dio_sin (angle);
    DioTrs trs = { { 40000 + x, -0.2, -2.5 },
                   dio_quat_from_axis_angle (dio_vec3 (0, 1, 0), angle),
                   { 1.5, 1, 0.5 } };
    camera->world_from_camera = dio_mat4_translation (dio_vec3 (40000, 0, 0));
    RayThing thing = { .mesh = ray_scenes_box (0.5, 0.75, 1),
                       .world_from_mesh = dio_mat4_from_trs (&trs),
                       .has_transform = TRUE,
                       .instance = 1 };
    ray_scenes_add (frame, &thing);
    double expected[4] = { INFINITY, INFINITY, -INFINITY, -INFINITY };
    for (guint k = 0; k < 8; k++) {
      double bx = k & 1 ? 0.375 : -0.375, by = k & 2 ? 0.375 : -0.375, bz = k & 4 ? 0.25 : -0.25;
      double px = x + c * bx + s * bz, py = by - 0.2, pz = 2.5 + s * bx - c * bz;
      double u = camera->fx * px / pz + camera->cx, v = -camera->fy * py / pz + camera->cy;
      expected[0] = fmin (expected[0], u);
      expected[1] = fmin (expected[1], v);
      expected[2] = fmax (expected[2], u);
      expected[3] = fmax (expected[3], v);
    }
    g_auto (DioAnnotations) out = { 0 };
    annotate (frame, &out);
    g_assert_true (get (&out, 0)->has_bbox_full);
    for (guint k = 0; k < 4; k++)
      g_assert_cmpfloat_with_epsilon (get (&out, 0)->bbox_full[k], expected[k], 1e-4);
  }
}

/** What reaches behind the camera has no full box. */
static void
test_bbox_full_behind (void)
{
  g_autoptr (DioFrame) frame = ray_scenes_new (60, 40);
  RayThing bar = { .mesh = ray_scenes_box (0.2, 0.2, 8),
                   .world_from_mesh = ray_scenes_at (0.3, 0, 0),
                   .has_transform = TRUE,
                   .instance = 1 };
  ray_scenes_add (frame, &bar);
  g_auto (DioAnnotations) out = { 0 };
  annotate (frame, &out);
  g_assert_false (get (&out, 0)->has_bbox_full);
  g_assert_true (isnan (get (&out, 0)->bbox_full[0]));
  g_assert_true (get (&out, 0)->silhouette_open);
}

/** Pose, box and view angles of an object that stands on the ground, seen from around it. */
static void
test_view (void)
{
  static const struct {
    double azimuth, elevation, yaw;
    DioVec3 front;
    double expected_azimuth;
  } cases[] = {
    { 0, 0.3, 0, { 0, -1, 0 }, 0 },
    { 1, 0.3, 0, { 0, -1, 0 }, 1 },
    { -2, -0.4, 0, { 0, -1, 0 }, -2 },
    { 1, 0.1, 0.6, { 0, -1, 0 }, 0.4 },
    { 1, 0.1, 0, { 1, 0, 0 }, 1 - DIO_PI / 2 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (DioFrame) frame = ray_scenes_new (80, 60);
    /* 5 m away: at azimuth 0 towards -Y, growing counter-clockwise seen from above. */
    double flat = 5 * dio_cos (cases[i].elevation);
    DioVec3 target = { 3, 4, 0.5 };
    DioVec3 eye = dio_vec3_add (target, dio_vec3 (flat * dio_sin (cases[i].azimuth),
                                                  -flat * dio_cos (cases[i].azimuth),
                                                  5 * dio_sin (cases[i].elevation)));
    ray_scenes_camera (frame)->world_from_camera =
        dio_mat4_look_at (eye, target, dio_vec3 (0, 0, 1));
    DioTrs trs = { { 3, 4, 0 },
                   dio_quat_from_axis_angle (dio_vec3 (0, 0, 1), cases[i].yaw),
                   { 1, 1, 1 } };
    DioMat4 pose = dio_mat4_from_trs (&trs);
    DioMat4 lift = ray_scenes_at (0, 0, 0.5);
    RayThing thing = { .mesh = ray_scenes_box (0.6, 0.8, 1),
                       .world_from_mesh = dio_mat4_multiply (&pose, &lift),
                       .has_transform = TRUE,
                       .instance = 1 };
    ray_scenes_add (frame, &thing);
    DioFrameInstance *instance = &g_array_index (frame->instances, DioFrameInstance, 0);
    instance->world_from_object = pose;
    instance->front = cases[i].front;
    instance->box_object_m = (DioBox3){ { -0.3, -0.4, 0 }, { 0.3, 0.4, 1 } };
    g_auto (DioAnnotations) out = { 0 };
    annotate (frame, &out);
    const DioAnnotation *seen = get (&out, 0);
    g_assert_cmpfloat_with_epsilon (seen->view_azimuth_rad, cases[i].expected_azimuth, 1e-9);
    g_assert_cmpfloat_with_epsilon (seen->view_elevation_rad, cases[i].elevation, 1e-9);
    g_assert_cmpfloat_with_epsilon (seen->distance_m, 5, 1e-9);
    g_assert_cmpfloat_with_epsilon (seen->box_center_world_m.x, 3, 1e-12);
    g_assert_cmpfloat_with_epsilon (seen->box_center_world_m.z, 0.5, 1e-12);
    g_assert_cmpfloat_with_epsilon (seen->box_size_m.y, 0.8, 1e-12);
    g_assert_cmpfloat_with_epsilon (seen->box_q_wxyz_world.w, dio_cos (cases[i].yaw / 2), 1e-9);
    /* The box centre lies on the optical axis, 5 m before the camera. */
    DioVec3 center = dio_mat4_transform_point (&seen->camera_from_object, dio_vec3 (0, 0, 0.5));
    g_assert_cmpfloat_with_epsilon (center.x, 0, 1e-9);
    g_assert_cmpfloat_with_epsilon (center.y, 0, 1e-9);
    g_assert_cmpfloat_with_epsilon (center.z, -5, 1e-9);
  }
}

/** Seen by samples only: kept as a row of its own kind. */
static void
test_subpixel (void)
{
  g_autoptr (DioFrame) frame = ray_scenes_new (100, 80);
  ray_scenes_camera (frame)->fx = ray_scenes_camera (frame)->fy = 100;
  RayThing bar = { .mesh = ray_scenes_quad (0.0025, 0.2),
                   .world_from_mesh = ray_scenes_at (0.00175, 0, -1),
                   .has_transform = TRUE,
                   .instance = 1 };
  ray_scenes_add (frame, &bar);
  g_auto (DioAnnotations) out = { 0 };
  annotate (frame, &out);
  g_assert_true (get (&out, 0)->subpixel);
  g_assert_true (isnan (get (&out, 0)->visibility));
  g_assert_cmpfloat (get (&out, 0)->coverage_px, ==, 5);
}

/** A picture of one grey has its luminance. */
static void
test_luminance (void)
{
  g_autoptr (DioFrame) frame = ray_scenes_new (16, 12);
  g_autoptr (GError) error = NULL;
  g_autoptr (DioRayScene) scene = dio_ray_scene_new (pool, 0, &error);
  g_autoptr (DioImage) rgb = dio_image_new (16, 12, 3, DIO_PIXEL_U8);
  for (guint i = 0; i < 16 * 12 * 3; i++)
    rgb->u8[i] = 51;
  g_auto (DioRayLabels) labels = { 0 };
  g_auto (DioAnnotations) out = { 0 };
  g_assert_true (dio_ray_scene_set_frame (scene, frame, &error));
  g_assert_true (dio_ray_scene_trace_labels (scene, 0, &labels, &error));
  dio_annotate (frame, 0, &labels, NULL, rgb, &out);
  g_assert_cmpfloat_with_epsilon (out.mean_luminance, 0.2, 1e-12);
  g_assert_cmpuint (out.annotations->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  pool = dio_pool_new (2);
  g_test_add_func ("/annotate/joined-leaves", test_joined_leaves);
  g_test_add_func ("/annotate/stuff", test_stuff);
  g_test_add_func ("/annotate/bbox-full", test_bbox_full);
  g_test_add_func ("/annotate/bbox-full-behind", test_bbox_full_behind);
  g_test_add_func ("/annotate/view", test_view);
  g_test_add_func ("/annotate/subpixel", test_subpixel);
  g_test_add_func ("/annotate/luminance", test_luminance);
  int result = g_test_run ();
  dio_pool_free (pool);
  return result;
}
