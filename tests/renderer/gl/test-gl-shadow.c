/* Shadows of suns against closed forms and rays: width of the penumbra, no acne, nothing swims, cascades join, feet touch. */

#include "gl-scene.h"
#include "gl-truth.h"

#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-gl.h"

#include <math.h>

/* Of the real sun. */
#define SUN_RAD 0.0093
#define CASCADES_WIDTH 160

static DioGlContext *context;
/* Without ambient occlusion; the second with small maps, whose texels are wider than pixels, so that pictures resolve what
 * maps do. */
static DioGlRenderer *renderer, *coarse;

/* Share of the sun's light that every pixel gets, [height * width]: NAN where it gets none anyway. Everything is matt and the
 * sun the only light. */
static float *
draw_lit (DioGlRenderer *by, DioFrame *frame)
{
  const DioCamera *camera = gl_scene_get_camera (frame);
  gsize n = (gsize) camera->width_px * camera->height_px;
  float *lit = g_new (float, n);
  DioImage *both[2];
  for (int i = 0; i < 2; i++) {
    const DioGlViewDesc desc = { .want_nits = TRUE, .no_shadows = i == 1 };
    g_auto (DioGlOutput) out = { 0 };
    GError *error = NULL;
    dio_gl_renderer_draw_view (by, frame, camera, &desc, &out, &error);
    g_assert_no_error (error);
    both[i] = g_steal_pointer (&out.nits);
  }
  for (gsize i = 0; i < n; i++) {
    float shaded = both[0]->f32[3 * i], open = both[1]->f32[3 * i];
    lit[i] = open > 10 ? shaded / open : NAN;
  }
  dio_image_unref (both[0]);
  dio_image_unref (both[1]);
  return lit;
}

static DioMaterial *
matt (void)
{
  return gl_material (0.5f, 0.5f, 0.5f, 0, 1);
}

static guint
add (DioFrame *frame, DioMesh *mesh, DioVec3 at, DioVec3 scale)
{
  DioTrs trs = dio_trs_identity ();
  trs.translation_m = at;
  trs.scale = scale;
  DioMat4 place = dio_mat4_from_trs (&trs);
  return gl_scene_take_item (frame, mesh, matt (), &place);
}

static DioFrameLight *
add_sun (DioFrame *frame, DioVec3 to_sun, double diameter_rad)
{
  DioFrameLight *sun = gl_scene_add_light (frame, DIO_LIGHT_SUN, 20000, dio_vec3 (0, 0, 0),
                                           dio_vec3_scale (dio_vec3_normalize (to_sun), -1));
  sun->angular_diameter_rad = diameter_rad;
  return sun;
}

/* Looking straight down on (x, y), @side_m of floor across @size pixels. */
static DioFrame *
new_from_above (guint size, double x, double y, double side_m)
{
  const double high_m = 20;
  DioFrame *frame = gl_scene_new (size, size, dio_vec3 (0, 0, 1), dio_vec3 (0, 0, 0));
  DioCamera *camera = gl_scene_get_camera (frame);
  camera->world_from_camera = gl_place (x, y, high_m, 1);
  camera->fx = camera->fy = size / side_m * high_m;
  return frame;
}

/* ---- penumbra ---- */

/* Light on the floor @x beside the edge of a half plane whose penumbra is @width wide: the part of a disc beyond a chord. */
static double
get_edge_light (double x, double width)
{
  double t = CLAMP (2 * x / width, -1, 1);
  return 0.5 + (t * sqrt (1 - t * t) + asin (t)) / G_PI;
}

/* Where a rising profile passes @level, in pixels. */
static double
find_level (const float *profile, guint n, double level)
{
  for (guint i = 1; i < n; i++)
    if ((double) profile[i - 1] < level && (double) profile[i] >= level)
      return i - 1 + (level - (double) profile[i - 1]) / (double) (profile[i] - profile[i - 1]);
  g_error ("The profile does not pass %g", level);
}

/* A plate ends at x = 0, @height_m above the floor, under a sun of @diameter_rad at @elevation_rad over the horizon of
 * +X. Says how wide the penumbra is where 10 % and 90 % of the light arrive, and the greatest difference from the disc. */
static double
measure_penumbra (double height_m, double elevation_rad, double diameter_rad, double *worst)
{
  const guint size = 120;
  double slant_m = height_m / sin (elevation_rad);
  double width_m = slant_m * diameter_rad / sin (elevation_rad);
  double side_m = 4 * width_m, edge_x = -height_m / tan (elevation_rad);
  g_autoptr (DioFrame) frame = new_from_above (size, edge_x, 0, side_m);
  add (frame, gl_mesh_quad (), dio_vec3 (edge_x, 0, 0), dio_vec3 (width_m * 3, width_m * 3, 1));
  add (frame, gl_mesh_quad (), dio_vec3 (-2 * width_m, 0, height_m), dio_vec3 (2 * width_m, 1, 1));
  add_sun (frame, dio_vec3 (cos (elevation_rad), 0, sin (elevation_rad)), diameter_rad);
  DioCamera *camera = gl_scene_get_camera (frame);
  /* From where the plate does not hide the floor. */
  double aside = elevation_rad > 1.4 ? 10 : -10;
  camera->world_from_camera = dio_mat4_look_at (dio_vec3 (edge_x + aside, 0, 17),
                                                dio_vec3 (edge_x, 0, 0), dio_vec3 (0, 1, 0));
  g_autofree float *lit = draw_lit (renderer, frame);
  g_autoptr (GlTruth) truth = gl_truth_new (frame);
  float profile[120], place[120];
  *worst = 0;
  for (guint x = 0; x < size; x++) {
    DioRayCastHit hit;
    g_assert_true (gl_truth_see (truth, x, size / 2, &hit));
    profile[x] = lit[size / 2 * size + x];
    place[x] = (float) (hit.point_world_m.x - edge_x);
    g_assert_cmpfloat (fabs (hit.point_world_m.z), <, 1e-3);
    *worst = MAX (*worst, fabs ((double) profile[x] - get_edge_light ((double) place[x], width_m)));
  }
  double from = find_level (profile, size, 0.1), to = find_level (profile, size, 0.9);
  double metres = (double) (place[size - 1] - place[0]) / (size - 1);
  return (to - from) * metres / width_m;
}

/* Between 10 % and 90 % of a disc lie 0.687 of its diameter. */
static void
test_penumbra (void)
{
  static const struct {
    double height_m, elevation_rad, diameter_rad;
  } cases[] = { { 2, G_PI / 2, SUN_RAD }, { 6, G_PI / 2, SUN_RAD }, { 3, 0.8, SUN_RAD },
                { 2, 0.35, SUN_RAD },     { 1, 1.2, 0.03 },         { 0.5, 0.9, 0.1 } };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    double worst;
    double width =
        measure_penumbra (cases[i].height_m, cases[i].elevation_rad, cases[i].diameter_rad, &worst);
    g_test_message (
        "Edge %g m up, sun of %g rad at %g rad: width %.3f of the disc (0.687), light within %.3f",
        cases[i].height_m, cases[i].diameter_rad, cases[i].elevation_rad, width, worst);
    g_assert_cmpfloat (fabs (width / 0.687 - 1), <, 0.15);
    g_assert_cmpfloat (worst, <, 0.08);
  }
}

/* ---- acne ---- */

/* A closed ring about +Z from @radius to @out_m farther, 2 @half_m high. */
static DioMesh *
make_belt (double radius, double out_m, double half_m)
{
  const guint n = 96;
  DioMeshDesc desc = { .n_vertices = n * 8, .n_triangles = n * 8 };
  DioMesh *mesh = dio_mesh_new (&desc);
  for (guint i = 0; i < n; i++) {
    double turn = 2 * G_PI * i / n;
    const double corner[8][2] = { { radius, half_m },          { radius + out_m, half_m },
                                  { radius + out_m, half_m },  { radius + out_m, -half_m },
                                  { radius + out_m, -half_m }, { radius, -half_m },
                                  { radius, -half_m },         { radius, half_m } };
    for (guint k = 0; k < 8; k++) {
      float *p = mesh->positions[i * 8 + k], *normal = mesh->normals[i * 8 + k];
      double across = k / 2 == 1 ? 1 : k / 2 == 3 ? -1 : 0;
      p[0] = (float) (corner[k][0] * cos (turn));
      p[1] = (float) (corner[k][0] * sin (turn));
      p[2] = (float) corner[k][1];
      normal[0] = (float) (across * cos (turn));
      normal[1] = (float) (across * sin (turn));
      normal[2] = k / 2 % 2 == 1 ? 0 : k / 2 == 0 ? 1 : -1;
    }
    for (guint face = 0; face < 4; face++) {
      uint32_t a = i * 8 + face * 2, b = (i + 1) % n * 8 + face * 2;
      const uint32_t both[2][3] = { { a, a + 1, b + 1 }, { a, b + 1, b } };
      for (guint t = 0; t < 2; t++)
        for (guint k = 0; k < 3; k++)
          mesh->triangles[i * 8 + face * 2 + t][k] = both[t][k];
    }
  }
  dio_mesh_seal (mesh);
  return mesh;
}

/* Pixels that rays say are wholly in the sun, at least @least of its height over their surface: how many get less than
 * 98 % of the light, and the darkest. */
static guint
count_acne (DioFrame *frame, DioVec3 to_sun, double least, guint *looked, double *darkest)
{
  const DioCamera *camera = gl_scene_get_camera (frame);
  g_autofree float *lit = draw_lit (renderer, frame);
  g_autoptr (GlTruth) truth = gl_truth_new (frame);
  guint dark = 0;
  *looked = 0;
  *darkest = 1;
  for (guint y = 1; y + 1 < camera->height_px; y++)
    for (guint x = 1; x + 1 < camera->width_px; x++) {
      DioRayCastHit hit;
      float here = lit[y * camera->width_px + x];
      gboolean open = isfinite (here);
      /* Its neighbours too: no acne is what the map's texels blur. */
      for (int k = 0; k < 7 * 21 && open; k++) {
        double dx = 0.5 * (k % 7 - 3), dy = 0.15 * (k / 7 - 10);
        open = gl_truth_see (truth, x + dx, y + dy, &hit)
               && dio_vec3_dot (hit.normal_world, to_sun) > least
               && gl_truth_sun (truth, &hit, to_sun, SUN_RAD, 3) == 1;
      }
      *looked += open;
      dark += open && here < 0.98f;
      *darkest = open ? MIN (*darkest, (double) here) : *darkest;
    }
  return dark;
}

static void
test_acne (void)
{
  static const double elevations[] = { 1.2, 0.6, 0.25 };
  for (gsize e = 0; e < G_N_ELEMENTS (elevations); e++)
    for (int kind = 0; kind < 3; kind++) {
      DioVec3 to_sun = { 0.6 * cos (elevations[e]), -0.8 * cos (elevations[e]),
                         sin (elevations[e]) };
      g_autoptr (DioFrame) frame =
          gl_scene_new (120, 90, dio_vec3 (0.5, -4, 1.6), dio_vec3 (0, 0, 0.55));
      gl_scene_get_camera (frame)->fx = gl_scene_get_camera (frame)->fy = kind > 0 ? 330 : 120;
      add (frame, gl_mesh_quad (), dio_vec3 (0, 0, 0), dio_vec3 (4, 4, 1));
      if (kind == 0)
        add (frame, gl_mesh_sphere (32), dio_vec3 (0, 0, 0.7), dio_vec3 (0.7, 0.7, 0.7));
      if (kind == 1)
        add (frame, make_belt (0, 0.5, 0.6), dio_vec3 (0, 0, 0.6), dio_vec3 (1, 1, 1));
      if (kind > 0)
        add (frame, make_belt (0.5, 0.02, 0.03), dio_vec3 (0, 0, 0.7), dio_vec3 (1, 1, 1));
      add_sun (frame, to_sun, SUN_RAD);
      guint looked;
      double darkest;
      guint dark = count_acne (frame, to_sun, 0.15, &looked, &darkest);
      g_test_message ("Kind %d, sun at %g rad: %u of %u pixels too dark, least light %.3f", kind,
                      elevations[e], dark, looked, darkest);
      g_assert_cmpuint (looked, >, 2000);
      /* Under the flat sun the shadow of the belt is five millimetres high, less than the map resolves: the pixels beside
       * it that it blurs into are no acne. */
      gboolean sliver = kind == 1 && elevations[e] < 0.3;
      g_assert_cmpuint (dark, <=, sliver ? 20 : kind == 1 ? 2 : 0);
      g_assert_cmpfloat (darkest, >, sliver ? 0.3 : 0.95);
    }
}

/* ---- swimming and cascades ---- */

/* Where the shadow of a plate at 1 m ends along the middle row, in world x, seen from above @x. */
static double
find_edge_x (double x, double y)
{
  const guint size = 256;
  const double side_m = 1, edge_x = -1.13;
  g_autoptr (DioFrame) frame = new_from_above (size, edge_x + x, y, side_m);
  add (frame, gl_mesh_quad (), dio_vec3 (0, 0, 0), dio_vec3 (30, 30, 1));
  add (frame, gl_mesh_cube (), dio_vec3 (-0.13 + 0.3, 0, 1), dio_vec3 (0.3, 1, 0.1));
  add_sun (frame, dio_vec3 (1, 0.3, 1), SUN_RAD);
  g_autofree float *lit = draw_lit (coarse, frame);
  /* From the light on the left into the shadow. */
  float profile[256];
  for (guint i = 0; i < size; i++)
    profile[i] = lit[size / 2 * size + size - 1 - i];
  double at = size - 1 - find_level (profile, size, 0.5);
  return edge_x + x + (at + 0.5 - size * 0.5) * side_m / size;
}

static void
test_still (void)
{
  /* The map's texels are about six millimetres here, the pixels four. */
  double least = INFINITY, most = -INFINITY;
  for (int i = 0; i < 12; i++) {
    double edge = find_edge_x (i * 0.00037, i % 3 * 0.00061);
    least = MIN (least, edge);
    most = MAX (most, edge);
  }
  g_test_message ("The edge stays within %.3f mm", (most - least) * 1000);
  g_assert_cmpfloat (most - least, <, 0.0005);
}

/* Adds to @sum how many pixels more of row @y are in the light than lie beyond x = 0.25 on the floor, near there; FALSE
 * where the row does not show so much of it. */
static gboolean
add_edge_error (const GlTruth *truth, const float *lit, guint y, double *sum)
{
  double off = 0, seen_m = 0;
  for (guint x = 1; x < CASCADES_WIDTH; x++) {
    DioRayCastHit hit, beside;
    if (!gl_truth_see (truth, x, y, &hit) || !gl_truth_see (truth, x - 1, y, &beside)
        || hit.point_world_m.z > 1e-3 || beside.point_world_m.z > 1e-3)
      continue;
    double from_edge = hit.point_world_m.x - 0.25;
    if (fabs (from_edge) > 0.4)
      continue;
    off += (double) lit[y * CASCADES_WIDTH + x] - (from_edge > 0 ? 1 : 0);
    seen_m += hit.point_world_m.x - beside.point_world_m.x;
  }
  *sum += off;
  return seen_m > 0.7;
}

/* The shadow of a long wall runs away from the camera through all cascades: its edge is straight and the light beside it even. */
static void
test_cascades (void)
{
  const guint height = 200;
  g_autoptr (DioFrame) frame =
      gl_scene_new (CASCADES_WIDTH, height, dio_vec3 (0.5, -2, 1.6), dio_vec3 (0.5, 7, 0));
  gl_scene_get_camera (frame)->fx = gl_scene_get_camera (frame)->fy = 200;
  add (frame, gl_mesh_quad (), dio_vec3 (0, 8, 0), dio_vec3 (6, 10, 1));
  add (frame, gl_mesh_cube (), dio_vec3 (-1.1, 8, 0.5), dio_vec3 (0.1, 12, 0.5));
  DioVec3 to_sun = dio_vec3_normalize (dio_vec3 (-1, 0.4, 0.8));
  add_sun (frame, to_sun, SUN_RAD);
  g_autofree float *lit = draw_lit (coarse, frame);
  g_autoptr (GlTruth) truth = gl_truth_new (frame);
  /* Means of eight rows: a pixel is lit at one place, and the edge passes pixels at all places in them. */
  double worst = 0, before = NAN, jump = 0;
  guint looked = 0;
  for (guint y = 56; y + 8 <= height; y += 8) {
    double off = 0;
    guint rows = 0;
    for (guint k = 0; k < 8; k++)
      rows += add_edge_error (truth, lit, y + k, &off);
    if (rows < 8)
      continue;
    off /= rows;
    looked += rows;
    worst = MAX (worst, fabs (off));
    jump = isfinite (before) ? MAX (jump, fabs (off - before)) : jump;
    before = off;
  }
  g_test_message ("%u rows: the edge is off by at most %.3f pixels, steps by %.3f", looked, worst,
                  jump);
  g_assert_cmpuint (looked, >, 100);
  g_assert_cmpfloat (worst, <, 0.5);
  g_assert_cmpfloat (jump, <, 0.5);
}

/* ---- feet ---- */

/* A post of @half_m stands on a floor, seen from its shaded side: how far from its foot the shadow begins. */
static double
measure_gap (double half_m, double elevation_rad)
{
  const guint size = 160;
  const double side_m = 0.8;
  g_autoptr (DioFrame) frame = new_from_above (size, -0.35, 0, side_m);
  add (frame, gl_mesh_quad (), dio_vec3 (0, 0, 0), dio_vec3 (10, 10, 1));
  add (frame, gl_mesh_cube (), dio_vec3 (half_m, 0, 0.5), dio_vec3 (half_m, 0.1, 0.5));
  add_sun (frame, dio_vec3 (cos (elevation_rad), 0, sin (elevation_rad)), SUN_RAD);
  g_autofree float *lit = draw_lit (renderer, frame);
  double gap_m = 0;
  for (guint x = 0; x < size; x++) {
    double world_x = -0.35 + (x + 0.5 - size * 0.5) * side_m / size;
    if (world_x < 0 && world_x > -0.2 && lit[size / 2 * size + x] > 0.5f)
      gap_m = MAX (gap_m, -world_x);
  }
  return gap_m;
}

static void
test_feet (void)
{
  static const double halves[] = { 0.0005, 0.003, 0.02 }, elevations[] = { 0.35, 0.8, 1.2 };
  for (gsize i = 0; i < G_N_ELEMENTS (halves); i++)
    for (gsize e = 0; e < G_N_ELEMENTS (elevations); e++) {
      double gap_m = measure_gap (halves[i], elevations[e]);
      g_test_message ("Board %g mm thick, sun at %g rad: a gap of %.1f mm", halves[i] * 2000,
                      elevations[e], gap_m * 1000);
      g_assert_cmpfloat (gap_m, <=, 0.0101);
    }
}

/* ---- nothing of the picture before ---- */

/* Boxes and a ball up to the picture's border. */
static DioFrame *
make_crowd (double diameter_rad)
{
  DioFrame *frame = gl_scene_new (96, 64, dio_vec3 (0, -4, 2), dio_vec3 (0, 0, 0.3));
  add (frame, gl_mesh_quad (), dio_vec3 (0, 0, 0), dio_vec3 (5, 5, 1));
  for (int i = 0; i < 9; i++)
    add (frame, gl_mesh_cube (), dio_vec3 (-2 + 0.5 * i, 0.3 * (i % 3), 0.4),
         dio_vec3 (0.05, 0.05, 0.4));
  add_sun (frame, dio_vec3 (-0.7, -0.5, 0.6), diameter_rad);
  return frame;
}

/* Blocks of the map differ in size from sun to sun; none may read those of another. */
static void
test_history (void)
{
  static const double diameters[] = { SUN_RAD, 0.2, 0.001, 0.05 };
  for (gsize i = 0; i < G_N_ELEMENTS (diameters); i++) {
    g_autoptr (DioFrame) frame = make_crowd (diameters[i]);
    GError *error = NULL;
    g_autoptr (DioImage) first = dio_gl_renderer_draw_linear (coarse, frame, 0, &error);
    g_assert_no_error (error);
    for (gsize k = 0; k < G_N_ELEMENTS (diameters); k++) {
      g_autoptr (DioFrame) other = make_crowd (diameters[k]);
      g_autoptr (DioImage) between = dio_gl_renderer_draw_linear (coarse, other, 0, &error);
      g_assert_no_error (error);
      g_autoptr (DioImage) again = dio_gl_renderer_draw_linear (coarse, frame, 0, &error);
      g_assert_no_error (error);
      g_assert_cmpmem (first->f32, 96 * 64 * 3 * sizeof (float), again->f32,
                       96 * 64 * 3 * sizeof (float));
    }
  }
}

/* ---- everything ---- */

/* Posts, a ball, a belt and leaves before a wall: the light of every pixel beside that of rays. */
static void
test_truth (void)
{
  static const double elevations[] = { 1.1, 0.3 };
  for (gsize e = 0; e < G_N_ELEMENTS (elevations); e++) {
    const guint width = 120, height = 90;
    DioVec3 to_sun = { -0.5 * cos (elevations[e]), -0.866 * cos (elevations[e]),
                       sin (elevations[e]) };
    g_autoptr (DioFrame) frame =
        gl_scene_new (width, height, dio_vec3 (1, -5, 2.5), dio_vec3 (0, 0.5, 0.6));
    add (frame, gl_mesh_quad (), dio_vec3 (0, 0, 0), dio_vec3 (30, 30, 1));
    add (frame, gl_mesh_cube (), dio_vec3 (0, 3, 1), dio_vec3 (4, 0.2, 1));
    add (frame, gl_mesh_sphere (32), dio_vec3 (1, 0, 0.5), dio_vec3 (0.5, 0.5, 0.5));
    add (frame, make_belt (0.4, 0.02, 0.03), dio_vec3 (-0.5, 0, 0.4), dio_vec3 (1, 1, 1));
    for (int i = 0; i < 7; i++)
      add (frame, gl_mesh_cube (), dio_vec3 (-2 + 0.4 * i, 1.5, 0.5), dio_vec3 (0.04, 0.01, 0.5));
    for (int i = 0; i < 24; i++)
      add (
          frame, gl_mesh_quad (),
          dio_vec3 (-1 + 0.11 * (i * 7 % 24), -1 + 0.09 * (i * 5 % 24), 2.6 + 0.04 * (i * 11 % 24)),
          dio_vec3 (0.08, 0.05, 1));
    add_sun (frame, to_sun, SUN_RAD);
    g_autofree float *lit = draw_lit (renderer, frame);
    g_autoptr (GlTruth) truth = gl_truth_new (frame);
    double sum = 0, absolute = 0;
    guint n = 0;
    for (guint y = 0; y < height; y += 2)
      for (guint x = 0; x < width; x += 2) {
        double expected = 0;
        gboolean all = isfinite (lit[y * width + x]);
        for (int k = 0; k < 4 && all; k++) {
          DioRayCastHit hit;
          all = gl_truth_see (truth, x + k % 2 * 0.5 - 0.25, y + k / 2 * 0.5 - 0.25, &hit);
          expected += all ? gl_truth_sun (truth, &hit, to_sun, SUN_RAD, 32) / 4 : 0;
        }
        if (!all)
          continue;
        double off = (double) lit[y * width + x] - expected;
        sum += off;
        absolute += fabs (off);
        n++;
      }
    g_test_message ("Sun at %g rad: light off by %.4f in the mean, %+.4f signed, %u pixels",
                    elevations[e], absolute / n, sum / n, n);
    g_assert_cmpuint (n, >, 1500);
    g_assert_cmpfloat (absolute / n, <, 0.02);
    g_assert_cmpfloat (fabs (sum / n), <, 0.008);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  GError *error = NULL;
  context = dio_gl_context_new_headless (&error);
  g_assert_no_error (error);
  DioGlOptions options = { .no_ambient_occlusion = TRUE };
  renderer = dio_gl_renderer_new (context, &options, &error);
  g_assert_no_error (error);
  options.shadow_size_px = 256;
  coarse = dio_gl_renderer_new (context, &options, &error);
  g_assert_no_error (error);

  g_test_add_func ("/gl/shadow/penumbra", test_penumbra);
  g_test_add_func ("/gl/shadow/acne", test_acne);
  g_test_add_func ("/gl/shadow/still", test_still);
  g_test_add_func ("/gl/shadow/cascades", test_cascades);
  g_test_add_func ("/gl/shadow/feet", test_feet);
  g_test_add_func ("/gl/shadow/history", test_history);
  g_test_add_func ("/gl/shadow/truth", test_truth);
  int status = g_test_run ();
  dio_gl_renderer_free (renderer);
  dio_gl_renderer_free (coarse);
  dio_gl_context_free (context);
  return status;
}
