#include "dio-core-conventions.h"
#include "dio-core-math.h"
#include "dio-core-philox.h"
#include "dio-rays.h"
#include "ray-reference.h"
#include "ray-scenes.h"

#include <math.h>

#define EDGE_PX (1.0 / 256.0)

static DioPool *pool;

static double
draw (guint64 stream, guint component, double low, double high)
{
  DioRandomKey key = { .seed = 7, .stream = stream, .component = component };
  return low + (high - low) * dio_random_uniform (&key);
}

static void
trace (DioFrame *frame, DioRayLabels *labels)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioRayScene) scene = dio_ray_scene_new (pool, 0, &error);
  g_assert_no_error (error);
  g_assert_true (dio_ray_scene_set_frame (scene, frame, &error));
  g_assert_true (dio_ray_scene_trace_labels (scene, 0, labels, &error));
  g_assert_no_error (error);
}

static const DioLeafLabel *
find_label (const DioRayLabels *labels, guint leaf)
{
  for (guint i = 0; i < labels->leaves->len; i++)
    if (g_array_index (labels->leaves, DioLeafLabel, i).leaf == leaf)
      return &g_array_index (labels->leaves, DioLeafLabel, i);
  return NULL;
}

static DioMesh *
make_polyhedron (guint64 n)
{
  if (n % 3 == 0)
    return ray_scenes_tetrahedron (draw (n, 0, 0.2, 0.6));
  return ray_scenes_box (draw (n, 0, 0.2, 1), draw (n, 1, 0.2, 1), draw (n, 2, 0.02, 1));
}

/** A few turned polyhedra at sub-pixel places before a camera whose principal point is off centre. */
static DioFrame *
make_polyhedra (guint64 n, guint width, guint height)
{
  DioFrame *frame = ray_scenes_new (width, height);
  DioCamera *camera = ray_scenes_camera (frame);
  camera->cx = draw (n, 20, 0.3, 0.7) * width;
  camera->cy = draw (n, 21, 0.3, 0.7) * height;
  camera->fx *= draw (n, 22, 0.7, 2);
  camera->fy = camera->fx * draw (n, 23, 0.9, 1.1);
  camera->world_from_camera = dio_mat4_look_at (
      dio_vec3 (draw (n, 24, -50, 50), draw (n, 25, -50, 50), draw (n, 26, -5, 5)),
      dio_vec3 (draw (n, 27, -90, 90), draw (n, 28, -90, 90), 0), dio_vec3 (0, 0, 1));
  for (guint i = 0; i < 3; i++) {
    guint64 stream = n * 8 + i;
    DioTrs in_camera = {
      .translation_m = { draw (stream, 40, -1, 1), draw (stream, 41, -0.8, 0.8),
                         -draw (stream, 42, 1.5, 8) },
      .q_wxyz =
          dio_quat_normalize ((DioQuat){ draw (stream, 43, -1, 1), draw (stream, 44, -1, 1),
                                         draw (stream, 45, -1, 1), draw (stream, 46, -1, 1) }),
      .scale = { 1, 1, 1 },
    };
    DioMat4 placed = dio_mat4_from_trs (&in_camera);
    RayThing thing = {
      .mesh = make_polyhedron (stream),
      .world_from_mesh = dio_mat4_multiply (&camera->world_from_camera, &placed),
      .has_transform = TRUE,
      .instance = i + 1,
    };
    ray_scenes_add (frame, &thing);
  }
  return frame;
}

typedef struct {
  guint64 pixels, differing, depth_checked;
} Tally;

static void
compare_visible (const DioFrame *frame, const DioRayLabels *labels, Tally *tally)
{
  for (guint y = 0; y < labels->leaf->height; y++)
    for (guint x = 0; x < labels->leaf->width; x++) {
      gsize pixel = (gsize) y * labels->leaf->width + x;
      RayReference truth = ray_reference_look (frame, 0, x + 0.5, y + 0.5);
      tally->pixels++;
      if (labels->leaf->u16[pixel] != truth.leaf) {
        tally->differing++;
        g_assert_cmpfloat (truth.edge_px, <=, EDGE_PX);
        g_assert_cmpuint (labels->edge->u8[pixel], !=, 0);
        continue;
      }
      if (truth.edge_px > EDGE_PX && truth.leaf != 0 && truth.incidence > 0.1736) {
        double error = fabs (labels->depth_z->f32[pixel] - truth.depth_z);
        g_assert_cmpfloat (error, <=, 1e-6 * truth.depth_z);
        tally->depth_checked++;
      }
    }
}

static void
test_polyhedra_visible (void)
{
  Tally tally = { 0 };
  for (guint64 n = 0; n < 24; n++) {
    guint width = n % 2 == 0 ? 160 : 97, height = n % 2 == 0 ? 120 : 71;
    g_autoptr (DioFrame) frame = make_polyhedra (n, width, height);
    g_auto (DioRayLabels) labels = { 0 };
    trace (frame, &labels);
    compare_visible (frame, &labels, &tally);
  }
  g_test_message (
      "%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " pixels differ from the double-precision "
      "ray test, all within 1/256 px of an edge; %" G_GUINT64_FORMAT " depths within 1e-6",
      tally.differing, tally.pixels, tally.depth_checked);
  g_assert_cmpuint (tally.differing * 10000, <=, tally.pixels);
  g_assert_cmpuint (tally.depth_checked * 20, >, tally.pixels);
}

static void
test_polyhedra_amodal (void)
{
  Tally tally = { 0 };
  for (guint64 n = 100; n < 108; n++) {
    guint width = 61, height = 43;
    g_autoptr (DioFrame) frame = make_polyhedra (n, width, height);
    g_auto (DioRayLabels) labels = { 0 };
    trace (frame, &labels);
    for (guint leaf = 1; leaf <= 3; leaf++) {
      const DioLeafLabel *label = find_label (&labels, leaf);
      if (label == NULL)
        continue;
      g_autoptr (DioImage) mask = dio_rle_to_mask (&label->amodal);
      guint64 inside = 0;
      for (guint y = 0; y < 3 * height; y++)
        for (guint x = 0; x < 3 * width; x++) {
          RayReference truth =
              ray_reference_look (frame, leaf, x - (double) width + 0.5, y - (double) height + 0.5);
          gboolean set = mask->u8[y * 3 * width + x] != 0;
          tally.pixels++;
          inside += set && x >= width && x < 2 * width && y >= height && y < 2 * height;
          if (set != (truth.leaf != 0)) {
            tally.differing++;
            g_assert_cmpfloat (truth.edge_px, <=, EDGE_PX);
          }
        }
      g_assert_cmpuint (inside, ==, label->amodal_px);
      g_assert_cmpuint (dio_rle_count (&label->amodal), ==, label->silhouette_px);
    }
  }
  g_test_message ("%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " amodal canvas pixels differ",
                  tally.differing, tally.pixels);
  g_assert_cmpuint (tally.pixels, >, 100000);
  g_assert_cmpuint (tally.differing * 10000, <=, tally.pixels);
}

/** Owners of the colour samples by the reference, for every leaf. */
static void
test_coverage (void)
{
  double worst = 0;
  for (guint64 n = 200; n < 208; n++) {
    g_autoptr (DioFrame) frame = make_polyhedra (n, 80, 60);
    g_auto (DioRayLabels) labels = { 0 };
    double owned[4] = { 0 }, alone[4] = { 0 };
    trace (frame, &labels);
    for (guint y = 0; y < 60; y++)
      for (guint x = 0; x < 80; x++)
        for (guint s = 0; s < DIO_SAMPLES_PER_PIXEL; s++) {
          double px = x + dio_sample_offsets[s][0], py = y + dio_sample_offsets[s][1];
          owned[ray_reference_look (frame, 0, px, py).leaf] += 0.25;
          for (guint leaf = 1; leaf <= 3; leaf++)
            alone[leaf] += ray_reference_look (frame, leaf, px, py).leaf != 0 ? 0.25 : 0;
        }
    for (guint leaf = 1; leaf <= 3; leaf++) {
      const DioLeafLabel *label = find_label (&labels, leaf);
      double coverage = label != NULL ? label->coverage_px : 0;
      double amodal = label != NULL ? label->amodal_coverage_px : 0;
      worst = MAX (worst, MAX (fabs (coverage - owned[leaf]), fabs (amodal - alone[leaf])));
    }
  }
  g_test_message ("coverage differs from the reference by at most %.2f px", worst);
  g_assert_cmpfloat (worst, <=, 0.5);
}

/** Radius in pixels at which rays graze a ball of @radius, seen from @distance along the axis. */
static double
limb_px (const DioCamera *camera, double radius, double distance)
{
  double sine = radius / distance;
  return camera->fx * sine / sqrt (1 - sine * sine);
}

/* The tessellation lies between the sphere and one whose radius is smaller by the sagitta of a facet: for
 * rings of pi / rings and segments of 2 pi / segments radians the facet's centre lies at most
 * 1 - cos (pi / (2 rings)) cos (pi / segments) below the sphere. */
static void
test_sphere (void)
{
  const guint rings = 48, segments = 96;
  double sagitta = 1 - dio_cos (DIO_PI / (2 * rings)) * dio_cos (DIO_PI / segments);
  for (guint n = 0; n < 6; n++) {
    g_autoptr (DioFrame) frame = ray_scenes_new (200, 150);
    DioCamera *camera = ray_scenes_camera (frame);
    camera->cx += draw (n, 60, -20, 20);
    camera->cy += draw (n, 61, -20, 20);
    double distance = draw (n, 62, 4, 12);
    RayThing thing = { .mesh = ray_scenes_sphere (rings, segments),
                       .world_from_mesh = ray_scenes_at (0, 0, -distance),
                       .has_transform = TRUE,
                       .instance = 1 };
    ray_scenes_add (frame, &thing);
    g_auto (DioRayLabels) labels = { 0 };
    trace (frame, &labels);
    double outer = limb_px (camera, 1, distance), inner = limb_px (camera, 1 - sagitta, distance);
    for (guint y = 0; y < 150; y++)
      for (guint x = 0; x < 200; x++) {
        double dx = x + 0.5 - camera->cx, dy = y + 0.5 - camera->cy, r = hypot (dx, dy);
        gsize pixel = (gsize) y * 200 + x;
        if (r < inner - EDGE_PX)
          g_assert_cmpuint (labels.leaf->u16[pixel], ==, 1);
        if (r > outer + EDGE_PX)
          g_assert_cmpuint (labels.leaf->u16[pixel], ==, 0);
        if (r > 0.8 * inner)
          continue;
        /* Nearest root of |z d - c| = 1 with c on the axis; the facet is up to a sagitta deeper along
         * its normal, and the ray meets it at an incidence of at least 0.5. */
        double d2 = (dx * dx + dy * dy) / (camera->fx * camera->fx) + 1;
        double z = (distance - sqrt (distance * distance - d2 * (distance * distance - 1))) / d2;
        g_assert_cmpfloat (labels.depth_z->f32[pixel], >=, z - 1e-5);
        g_assert_cmpfloat (labels.depth_z->f32[pixel], <=, z + sagitta / 0.5 + 1e-5);
        g_assert_cmpfloat_with_epsilon (labels.distance->f32[pixel],
                                        labels.depth_z->f32[pixel] * sqrt (d2), 1e-5);
      }
  }
}

/** The vertex normals of the tessellated sphere point from its centre, in camera axes. */
static void
test_normals (void)
{
  g_autoptr (DioFrame) frame = ray_scenes_new (120, 90);
  DioMat4 turned = dio_mat4_from_quat (dio_quat_from_axis_angle (dio_vec3 (0, 1, 0), 0.7));
  ray_scenes_camera (frame)->world_from_camera = turned;
  DioVec3 center = dio_mat4_transform_point (&turned, dio_vec3 (0, 0, -4));
  RayThing thing = { .mesh = ray_scenes_sphere (48, 96),
                     .world_from_mesh = dio_mat4_translation (center),
                     .has_transform = TRUE,
                     .instance = 1 };
  ray_scenes_add (frame, &thing);
  g_auto (DioRayLabels) labels = { 0 };
  trace (frame, &labels);
  const DioCamera *camera = ray_scenes_camera (frame);
  guint seen = 0;
  for (guint i = 0; i < 120 * 90; i++) {
    const float *n = labels.normal->f32 + i * 3;
    if (labels.leaf->u16[i] == 0) {
      g_assert_cmpfloat (fabs (n[0]) + fabs (n[1]) + fabs (n[2]), ==, 0);
      continue;
    }
    double z = labels.depth_z->f32[i];
    DioVec3 p = { (i % 120 + 0.5 - camera->cx) / camera->fx * z,
                  -(i / 120 + 0.5 - camera->cy) / camera->fy * z, -z };
    DioVec3 out = dio_vec3_normalize (dio_vec3_sub (p, dio_vec3 (0, 0, -4)));
    double cosine = dio_vec3_dot (out, dio_vec3 (n[0], n[1], n[2]));
    g_assert_cmpfloat (cosine, >, 0.998);
    seen++;
  }
  g_assert_cmpuint (seen, >, 1000);
}

/** A scene 100 km from the world's origin gives the labels that it gives at the origin. */
static void
test_far_from_origin (void)
{
  g_auto (DioRayLabels) here = { 0 };
  g_auto (DioRayLabels) there = { 0 };
  for (guint far = 0; far < 2; far++) {
    g_autoptr (DioFrame) frame = ray_scenes_new (120, 90);
    DioVec3 shift = dio_vec3 (far * 131072.0, far * -65536.0, far * 1024.0);
    DioCamera *camera = ray_scenes_camera (frame);
    camera->world_from_camera = dio_mat4_translation (shift);
    DioTrs trs = { dio_vec3_add (shift, dio_vec3 (0.125, 0, -3)),
                   dio_quat_from_axis_angle (dio_vec3 (0.6, 0.8, 0), 0.9),
                   { 1, 1, 1 } };
    RayThing thing = { .mesh = ray_scenes_box (1, 0.5, 0.7),
                       .world_from_mesh = dio_mat4_from_trs (&trs),
                       .has_transform = TRUE,
                       .instance = 1 };
    ray_scenes_add (frame, &thing);
    trace (frame, far == 0 ? &here : &there);
  }
  g_assert_cmpmem (here.leaf->data, dio_image_get_bytes (here.leaf), there.leaf->data,
                   dio_image_get_bytes (there.leaf));
  for (guint i = 0; i < 120 * 90; i++)
    if (here.leaf->u16[i] != 0)
      g_assert_cmpfloat_with_epsilon (here.depth_z->f32[i], there.depth_z->f32[i], 1e-6);
}

/** What lies before the near plane does not cover, in pixels and on the canvas, and leaves the silhouette
 * open: a bar from behind the eye to 4 m before it. */
static void
test_near_plane (void)
{
  g_autoptr (DioFrame) frame = ray_scenes_new (100, 80);
  DioCamera *camera = ray_scenes_camera (frame);
  camera->near_m = 1;
  camera->cx += 0.3;
  camera->cy += 0.3;
  RayThing bar = { .mesh = ray_scenes_box (0.2, 0.2, 8),
                   .world_from_mesh = ray_scenes_at (0.3, -0.3, 0),
                   .has_transform = TRUE,
                   .instance = 1 };
  RayThing plate = { .mesh = ray_scenes_quad (0.2, 0.2),
                     .world_from_mesh = ray_scenes_at (0, 0, -0.5),
                     .has_transform = TRUE,
                     .instance = 2 };
  guint leaf = ray_scenes_add (frame, &bar), hidden = ray_scenes_add (frame, &plate);
  g_auto (DioRayLabels) labels = { 0 };
  trace (frame, &labels);
  const DioLeafLabel *label = find_label (&labels, leaf);
  g_assert_nonnull (label);
  g_assert_null (find_label (&labels, hidden));
  g_assert_true (label->silhouette_open);
  /* The near cut is the square of 0.2 m at 1 m, the far end a smaller one towards the centre; double
   * sided, so the sides between both count as well: everything between them is their convex hull. */
  g_assert_cmpuint (label->amodal_px, ==, label->visible_px);
  DioPixelBox box = dio_rle_box (&label->visible);
  g_assert_cmpint (box.x1, ==, (int) floor (0.4 * camera->fx + camera->cx + 0.5));
  g_assert_cmpint (box.y1, ==, (int) floor (0.4 * camera->fy + camera->cy + 0.5));
  g_assert_cmpint (box.x0, ==, (int) ceil (0.2 / 4 * camera->fx + camera->cx - 0.5));
}

/** Bars of 1 to 3 mm by 9 m across the picture, each a leaf of its own. */
static DioFrame *
make_bars (guint64 n, double sizes_m[static 40][2])
{
  DioFrame *frame = ray_scenes_new (320, 240);
  for (guint i = 0; i < 40; i++) {
    guint64 stream = 1000 + n * 64 + i;
    DioTrs trs = {
      .translation_m = { draw (stream, 1, -1, 1), draw (stream, 2, -2, 2),
                         -draw (stream, 3, 6, 12) },
      .q_wxyz = dio_quat_normalize ((DioQuat){
          1, draw (stream, 4, -1, 1), draw (stream, 5, -0.5, 0.5), draw (stream, 6, -0.4, 0.4) }),
      .scale = { 1, 1, 1 },
    };
    sizes_m[i][0] = draw (stream, 7, 0.001, 0.003);
    sizes_m[i][1] = draw (stream, 8, 0.001, 0.003);
    RayThing bar = {
      .mesh = ray_scenes_box (9, sizes_m[i][0], sizes_m[i][1]),
      .world_from_mesh = dio_mat4_from_trs (&trs),
      .has_transform = TRUE,
      .instance = i + 1,
    };
    ray_scenes_add (frame, &bar);
  }
  return frame;
}

/** How far outside of the bar of its leaf the pixel is by its stored depth, metres. */
static double
measure_outside (const DioFrame *frame,
                 const DioRayLabels *labels,
                 gsize pixel,
                 double (*sizes_m)[2])
{
  guint leaf = labels->leaf->u16[pixel], width = labels->leaf->width;
  const DioCamera *camera = &g_array_index (frame->cameras, DioCamera, 0);
  double z = labels->depth_z->f32[pixel];
  DioVec3 p = dio_vec3 (((double) (pixel % width) + 0.5 - camera->cx) / camera->fx * z,
                        -((double) (pixel / width) + 0.5 - camera->cy) / camera->fy * z, -z);
  DioMat4 mesh_from_world;
  g_assert_true (dio_mat4_invert_affine (
      &g_array_index (frame->items, DioFrameItem, leaf - 1).world_from_mesh, &mesh_from_world));
  p = dio_mat4_transform_point (&mesh_from_world,
                                dio_mat4_transform_point (&camera->world_from_camera, p));
  double across =
      MAX (fabs (p.y) - sizes_m[leaf - 1][0] / 2, fabs (p.z) - sizes_m[leaf - 1][1] / 2);
  return MAX (fabs (p.x) - 4.5, across);
}

/* A ray that meets a bar's triangle within the rounding of single precision only is as deep as the bar there: such
 * triangles are 9 m long and 1 mm wide, and a weight that is off by a hundredth is 9 cm. */
static void
test_slender (void)
{
  guint seen = 0;
  double worst = 0;
  for (guint64 n = 0; n < 30; n++) {
    double sizes_m[40][2];
    g_autoptr (DioFrame) frame = make_bars (n, sizes_m);
    g_auto (DioRayLabels) labels = { 0 };
    trace (frame, &labels);
    for (gsize pixel = 0; pixel < (gsize) 320 * 240; pixel++)
      if (labels.leaf->u16[pixel] > 0) {
        seen++;
        worst = MAX (worst, measure_outside (frame, &labels, pixel, sizes_m));
      }
  }
  g_test_message ("%u pixels of bars, the farthest outside by %.1f um", seen, worst * 1e6);
  g_assert_cmpuint (seen, >, 10000);
  g_assert_cmpfloat (worst, <, 1e-4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  pool = dio_pool_new (2);
  g_test_add_func ("/rays/geometry/polyhedra-visible", test_polyhedra_visible);
  g_test_add_func ("/rays/geometry/polyhedra-amodal", test_polyhedra_amodal);
  g_test_add_func ("/rays/geometry/coverage", test_coverage);
  g_test_add_func ("/rays/geometry/sphere", test_sphere);
  g_test_add_func ("/rays/geometry/normals", test_normals);
  g_test_add_func ("/rays/geometry/far-from-origin", test_far_from_origin);
  g_test_add_func ("/rays/geometry/slender", test_slender);
  g_test_add_func ("/rays/geometry/near-plane", test_near_plane);
  int result = g_test_run ();
  dio_pool_free (pool);
  return result;
}
