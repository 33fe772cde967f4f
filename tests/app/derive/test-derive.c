/* Labels per pixel against closed forms of planes and boxes, and against themselves when the world is mirrored, turned and scaled. */

#include "derive-scene.h"

#include "dio-core-math.h"
#include "dio-core-pose.h"
#include "dio-core-vec.h"

#include <math.h>

#define WIDTH 96
#define HEIGHT 72
#define FOCAL 80.0

static DioVec3
get3 (const DioImage *image, guint x, guint y)
{
  const float *v = image->f32 + 3 * ((gsize) y * image->width + x);
  return dio_vec3 (v[0], v[1], v[2]);
}

static void
assert_near (DioVec3 a, DioVec3 b, double tolerance)
{
  double off = dio_vec3_length (dio_vec3_sub (a, b));
  if (!(off <= tolerance))
    g_test_message ("(%g, %g, %g) is not (%g, %g, %g)", a.x, a.y, a.z, b.x, b.y, b.z);
  g_assert_true (off <= tolerance);
}

/* A ground and two boxes on it before a camera that looks down on them. */
static Scene
make_scene (DioVec3 eye, DioVec3 aim)
{
  return (Scene){
    .has_ground = TRUE,
    .n_boxes = 2,
    .boxes = { { { -0.6, 0.3, 0.5 }, { 1, 0.8, 1 }, 0.3 },
               { { 0.9, -0.8, 0.4 }, { 0.7, 0.7, 0.8 }, -0.5 } },
    .world_from_camera = dio_mat4_look_at (eye, aim, dio_vec3 (0, 0, 1)),
    .width_px = WIDTH,
    .height_px = HEIGHT,
    .focal_px = FOCAL,
  };
}

/* A camera at @eye that looks straight down on the ground, its up along +y. */
static Scene
make_floor (DioVec3 eye)
{
  return (Scene){ .has_ground = TRUE,
                  .world_from_camera = dio_mat4_translation (eye),
                  .width_px = WIDTH,
                  .height_px = HEIGHT,
                  .focal_px = FOCAL };
}

/* ---- one view ---- */

static void
test_distance (void)
{
  Scene floor = make_floor (dio_vec3 (0.3, 0.4, 5));
  g_auto (DioDeriveView) view = { 0 };
  scene_see (&floor, &view);
  g_autoptr (DioImage) distance = dio_derive_distance (&view);
  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = 0; x < WIDTH; x++) {
      double a = (x + 0.5 - WIDTH / 2.0) / FOCAL, b = (y + 0.5 - HEIGHT / 2.0) / FOCAL;
      double wanted = 5 * sqrt (1 + a * a + b * b);
      g_assert_cmpfloat (fabs (distance->f32[y * WIDTH + x] - wanted), <, 1e-5);
    }
}

/* Points of the ground lie on it, those of boxes on a face; both are what the pixel's ray meets. */
static void
test_position (void)
{
  Scene scene = make_scene (dio_vec3 (1, -6, 3), dio_vec3 (0, 0, 0.4));
  g_auto (DioDeriveView) view = { 0 };
  scene_see (&scene, &view);
  g_autoptr (DioImage) world = dio_derive_position_world (&view);
  g_autoptr (DioImage) camera = dio_derive_position_camera (&view);
  g_autoptr (DioImage) distance = dio_derive_distance (&view);
  guint n_ground = 0, n_far = 0;
  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = 0; x < WIDTH; x++) {
      gsize i = (gsize) y * WIDTH + x;
      DioVec3 w = get3 (world, x, y), c = get3 (camera, x, y);
      if (isinf (view.depth_z->f32[i])) {
        g_assert_true (isnan (w.x) && isnan (c.z) && isinf (distance->f32[i]));
        n_far++;
        continue;
      }
      assert_near (dio_mat4_transform_point (&scene.world_from_camera, c), w, 2e-5);
      g_assert_cmpfloat (fabs (dio_vec3_length (c) / distance->f32[i] - 1), <, 1e-6);
      g_assert_cmpfloat (fabs (FOCAL * c.x / -c.z + WIDTH / 2.0 - (x + 0.5)), <, 1e-3);
      g_assert_cmpfloat (fabs (FOCAL * -c.y / -c.z + HEIGHT / 2.0 - (y + 0.5)), <, 1e-3);
      if (view.object->u16[i] == 1) {
        g_assert_cmpfloat (fabs (w.z), <, 1e-5 * (1 + distance->f32[i]));
        n_ground++;
      }
    }
  g_assert_cmpuint (n_ground, >, 1000);
  g_assert_cmpuint (n_far, >, 100);
}

static void
test_normals (void)
{
  Scene scene = make_scene (dio_vec3 (1, -6, 3), dio_vec3 (0, 0, 0.4));
  g_auto (DioDeriveView) view = { 0 };
  scene_see (&scene, &view);
  g_autoptr (DioImage) normal = dio_derive_normal_world (&view);
  guint sides = 0;
  for (guint i = 0; i < WIDTH * HEIGHT; i++) {
    DioVec3 n = get3 (normal, i % WIDTH, i / WIDTH);
    guint object = view.object->u16[i];
    if (object == 0) {
      g_assert_true (isnan (n.x));
      continue;
    }
    if (object == 1 || n.z > 0.5) {
      assert_near (n, dio_vec3 (0, 0, 1), 1e-6);
      continue;
    }
    /* A side: level, and one of four directions of its box. */
    double yaw = scene.boxes[object - 2].yaw_rad;
    double turns = (dio_atan2 (n.y, n.x) - yaw) / (DIO_PI / 2);
    g_assert_cmpfloat (fabs (n.z), <, 1e-6);
    g_assert_cmpfloat (fabs (turns - round (turns)), <, 1e-6);
    sides++;
  }
  g_assert_cmpuint (sides, >, 200);
  g_clear_pointer (&view.normal, dio_image_unref);
  g_assert_null (dio_derive_normal_world (&view));
}

/* On the surface of a box one coordinate is 0 or 1 and the others lie between; the world's place comes back from them. */
static void
test_object_coordinates (void)
{
  Scene scene = make_scene (dio_vec3 (1, -6, 3), dio_vec3 (0, 0, 0.4));
  g_auto (DioDeriveView) view = { 0 };
  scene_see (&scene, &view);
  g_autoptr (DioImage) nocs = dio_derive_object_coordinates (&view);
  g_autoptr (DioImage) world = dio_derive_position_world (&view);
  guint seen = 0;
  for (guint i = 0; i < WIDTH * HEIGHT; i++) {
    guint object = view.object->u16[i];
    DioVec3 c = get3 (nocs, i % WIDTH, i / WIDTH);
    if (object == 0)
      g_assert_true (isnan (c.x));
    if (object == 1)
      g_assert_cmpfloat (c.z, ==, 0.5);
    if (object < 2)
      continue;
    double off[3] = { fabs (c.x - 0.5), fabs (c.y - 0.5), fabs (c.z - 0.5) };
    g_assert_cmpfloat (fabs (fmax (off[0], fmax (off[1], off[2])) - 0.5), <, 1e-5);
    const SceneBox *box = &scene.boxes[object - 2];
    DioVec3 own = dio_vec3_mul (dio_vec3_sub (c, dio_vec3 (0.5, 0.5, 0.5)), box->size_m);
    DioQuat q = dio_quat_from_axis_angle (dio_vec3 (0, 0, 1), box->yaw_rad);
    assert_near (dio_vec3_add (box->center_m, dio_quat_rotate (q, own)),
                 get3 (world, i % WIDTH, i / WIDTH), 1e-5);
    seen++;
  }
  g_assert_cmpuint (seen, >, 300);
}

/* ---- flow ---- */

static void
flow_between (const Scene *a, const Scene *b, DioFlow *out)
{
  g_auto (DioDeriveView) from = { 0 }, to = { 0 };
  scene_see (a, &from);
  scene_see (b, &to);
  dio_derive_flow (&from, &to, out);
}

static void
assert_flow (const DioFlow *flow, guint x, guint y, double u, double v)
{
  const float *uv = flow->uv->f32 + 2 * ((gsize) y * WIDTH + x);
  if (!(fabs (uv[0] - u) < 2e-4 && fabs (uv[1] - v) < 2e-4))
    g_test_message ("pixel %u, %u: (%g, %g) is not (%g, %g)", x, y, uv[0], uv[1], u, v);
  g_assert_true (fabs (uv[0] - u) < 2e-4 && fabs (uv[1] - v) < 2e-4);
}

static DioFlowState
state_at (const DioFlow *flow, guint x, guint y)
{
  return (DioFlowState) flow->state->u8[(gsize) y * WIDTH + x];
}

/* Over a floor at depth 5: to the side all moves by f t / z; down, away from the middle by z / (z - d) - 1. */
static void
test_moving_camera (void)
{
  Scene before = make_floor (dio_vec3 (0, 0, 5));
  Scene beside = make_floor (dio_vec3 (0.25, 0.5, 5)), below = make_floor (dio_vec3 (0, 0, 4));
  g_auto (DioFlow) side = { 0 }, down = { 0 };
  flow_between (&before, &beside, &side);
  flow_between (&before, &below, &down);
  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = 0; x < WIDTH; x++) {
      assert_flow (&side, x, y, -FOCAL * 0.25 / 5, FOCAL * 0.5 / 5);
      double a = x + 0.5 - WIDTH / 2.0, b = y + 0.5 - HEIGHT / 2.0;
      assert_flow (&down, x, y, a * 0.25, b * 0.25);
      gboolean in_side = x >= 4 && y < HEIGHT - 8;
      gboolean in_down = fabs (a * 1.25) < WIDTH / 2.0 && fabs (b * 1.25) < HEIGHT / 2.0;
      g_assert_cmpint (state_at (&side, x, y), ==, in_side ? DIO_FLOW_VISIBLE : DIO_FLOW_OUTSIDE);
      g_assert_cmpint (state_at (&down, x, y), ==, in_down ? DIO_FLOW_VISIBLE : DIO_FLOW_OUTSIDE);
    }
}

/* Nothing but sky: a turn about the axis turns the picture, a move changes nothing. */
static void
test_far_surroundings (void)
{
  Scene before = make_floor (dio_vec3 (0, 0, 5));
  before.has_ground = FALSE;
  Scene after = before;
  DioQuat roll = dio_quat_from_axis_angle (dio_vec3 (0, 0, 1), 0.2);
  DioTrs trs = { dio_vec3 (3, -2, 9), roll, dio_vec3 (1, 1, 1) };
  after.world_from_camera = dio_mat4_from_trs (&trs);
  g_auto (DioFlow) flow = { 0 };
  flow_between (&before, &after, &flow);
  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = 0; x < WIDTH; x++) {
      double a = x + 0.5 - WIDTH / 2.0, b = -(y + 0.5 - HEIGHT / 2.0);
      /* The camera turns counter-clockwise, so the picture turns back. */
      double a2 = a * cos (0.2) + b * sin (0.2), b2 = -a * sin (0.2) + b * cos (0.2);
      assert_flow (&flow, x, y, a2 - a, -(b2 - b));
      gboolean inside = fabs (a2) < WIDTH / 2.0 && fabs (b2) < HEIGHT / 2.0;
      g_assert_cmpint (state_at (&flow, x, y), ==, inside ? DIO_FLOW_VISIBLE : DIO_FLOW_OUTSIDE);
    }
}

/** The same scene a moment later: the first box has turned, the second has gone before it, the camera has moved. */
static Scene
move_on (const Scene *scene)
{
  Scene after = *scene;
  after.boxes[0].yaw_rad += 0.7;
  after.boxes[1].center_m = dio_vec3 (-0.1, -1.0, 0.4);
  after.boxes[1].yaw_rad += 0.2;
  after.world_from_camera =
      dio_mat4_look_at (dio_vec3 (1.4, -5.8, 2.8), dio_vec3 (0.1, 0, 0.4), dio_vec3 (0, 0, 1));
  return after;
}

/* Where a point of a box or of the ground goes, worked out from the boxes alone. */
static DioVec3
carry (const Scene *a, const Scene *b, guint object, DioVec3 p)
{
  if (object < 2)
    return p;
  const SceneBox *from = &a->boxes[object - 2], *to = &b->boxes[object - 2];
  double turn = to->yaw_rad - from->yaw_rad, c = cos (turn), s = sin (turn);
  DioVec3 d = dio_vec3_sub (p, from->center_m);
  return dio_vec3_add (to->center_m, dio_vec3 (c * d.x - s * d.y, s * d.x + c * d.y, d.z));
}

/* Whether within a pixel of (u, v) something else is seen, or what is seen lies within the margin of @depth. A picture has pixels and
 * a margin, an exact ray has none: only there may they differ. */
static gboolean
is_at_edge (const Scene *scene, double u, double v, double depth)
{
  guint met, other;
  double seen = scene_cast (scene, u, v, &met);
  if (fabs (seen - depth) < 0.002 + 0.005 * depth)
    return TRUE;
  for (guint i = 0; i < 9; i++) {
    double there = scene_cast (scene, u + (int) (i % 3) - 1, v + (int) (i / 3) - 1, &other);
    if (other != met || fabs (there - depth) < 0.002 + 0.005 * depth)
      return TRUE;
  }
  return FALSE;
}

/* Turning and moving boxes: every vector is that of its point, and hidden is what an exact ray to the point does not reach. */
static void
test_moving_boxes (void)
{
  Scene before = make_scene (dio_vec3 (1, -6, 3), dio_vec3 (0, 0, 0.4)), after = move_on (&before);
  g_auto (DioFlow) flow = { 0 };
  flow_between (&before, &after, &flow);
  DioMat4 camera_from_world;
  dio_mat4_invert_affine (&after.world_from_camera, &camera_from_world);
  guint counts[4] = { 0 }, wrong = 0, inner = 0, boxes[2] = { 0 };
  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = 0; x < WIDTH; x++) {
      guint object, met;
      double depth = scene_cast (&before, x + 0.5, y + 0.5, &object);
      DioFlowState state = state_at (&flow, x, y);
      counts[state]++;
      if (object == 0)
        continue;
      DioVec3 ray =
          dio_vec3 ((x + 0.5 - WIDTH / 2.0) / FOCAL, -(y + 0.5 - HEIGHT / 2.0) / FOCAL, -1);
      DioVec3 p = dio_mat4_transform_point (&before.world_from_camera, dio_vec3_scale (ray, depth));
      DioVec3 q = dio_mat4_transform_point (&camera_from_world, carry (&before, &after, object, p));
      double u = FOCAL * q.x / -q.z + WIDTH / 2.0, v = FOCAL * -q.y / -q.z + HEIGHT / 2.0;
      assert_flow (&flow, x, y, u - (x + 0.5), v - (y + 0.5));
      gboolean outside = u < 0 || v < 0 || u >= WIDTH || v >= HEIGHT;
      g_assert_cmpint (state == DIO_FLOW_OUTSIDE, ==, outside);
      if (outside)
        continue;
      gboolean hidden = scene_cast (&after, u, v, &met) < -q.z * (1 - 1e-6);
      gboolean unlike = hidden != (state == DIO_FLOW_HIDDEN);
      wrong += unlike;
      inner += unlike && !is_at_edge (&after, u, v, -q.z);
      boxes[hidden] += object > 1;
    }
  g_test_message ("%u visible, %u hidden, %u outside; %u judged otherwise than by an exact ray",
                  counts[DIO_FLOW_VISIBLE], counts[DIO_FLOW_HIDDEN], counts[DIO_FLOW_OUTSIDE],
                  wrong);
  g_assert_cmpuint (counts[DIO_FLOW_UNKNOWN], ==, 0);
  g_assert_cmpuint (boxes[0], >, 200);
  g_assert_cmpuint (boxes[1], >, 40);
  g_assert_cmpuint (counts[DIO_FLOW_HIDDEN], >, 250);
  g_assert_cmpuint (inner, ==, 0);
  g_assert_cmpuint (wrong, <, counts[DIO_FLOW_HIDDEN] / 2);
}

/* There and back again, within the pixel in which a point arrived. */
static void
test_there_and_back (void)
{
  Scene before = make_scene (dio_vec3 (1, -6, 3), dio_vec3 (0, 0, 0.4)), after = move_on (&before);
  g_auto (DioFlow) there = { 0 }, back = { 0 };
  flow_between (&before, &after, &there);
  flow_between (&after, &before, &back);
  g_auto (DioDeriveView) from = { 0 }, to = { 0 };
  scene_see (&before, &from);
  scene_see (&after, &to);
  guint n = 0, far = 0;
  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = 0; x < WIDTH; x++) {
      gsize i = (gsize) y * WIDTH + x;
      if (state_at (&there, x, y) != DIO_FLOW_VISIBLE)
        continue;
      guint qx = (guint) (x + 0.5 + there.uv->f32[2 * i]),
            qy = (guint) (y + 0.5 + there.uv->f32[2 * i + 1]);
      gsize k = (gsize) qy * WIDTH + qx;
      /* A pixel on an edge may belong to what is beside the point. */
      if (to.object->u16[k] != from.object->u16[i])
        continue;
      double u = qx + 0.5 + back.uv->f32[2 * k] - (x + 0.5);
      double v = qy + 0.5 + back.uv->f32[2 * k + 1] - (y + 0.5);
      n++;
      far += !(fabs (u) < 1.25 && fabs (v) < 1.25);
    }
  g_test_message ("%u came back, %u of them elsewhere", n, far);
  g_assert_cmpuint (n, >, 4000);
  /* Where two faces of one box meet, the pixel may show the other one. */
  g_assert_cmpuint (far, <, n / 200);
}

/* A floor that is parallel to the picture comes back exactly. */
static void
test_exact_return (void)
{
  Scene a = make_floor (dio_vec3 (0, 0, 5)), b = make_floor (dio_vec3 (0.25, -0.125, 5));
  g_auto (DioFlow) there = { 0 }, back = { 0 };
  flow_between (&a, &b, &there);
  flow_between (&b, &a, &back);
  for (guint i = 0; i < 2 * WIDTH * HEIGHT; i++)
    g_assert_cmpfloat (fabs (there.uv->f32[i] + back.uv->f32[i]), <, 2e-4);
}

/* ---- the same world in other ways ---- */

/* Mirrored in x, so is the flow. */
static void
test_mirror (void)
{
  Scene before = make_scene (dio_vec3 (1, -6, 3), dio_vec3 (0, 0, 0.4)), after = move_on (&before);
  Scene mirrored[2] = { before, after };
  const DioVec3 eyes[2] = { { -1, -6, 3 }, { -1.4, -5.8, 2.8 } },
                aims[2] = { { 0, 0, 0.4 }, { -0.1, 0, 0.4 } };
  for (guint i = 0; i < 2; i++) {
    for (guint k = 0; k < 2; k++) {
      mirrored[i].boxes[k].center_m.x *= -1;
      mirrored[i].boxes[k].yaw_rad *= -1;
    }
    mirrored[i].world_from_camera = dio_mat4_look_at (eyes[i], aims[i], dio_vec3 (0, 0, 1));
  }
  g_auto (DioFlow) flow = { 0 }, other = { 0 };
  flow_between (&before, &after, &flow);
  flow_between (&mirrored[0], &mirrored[1], &other);
  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = 0; x < WIDTH; x++) {
      const float *uv = flow.uv->f32 + 2 * ((gsize) y * WIDTH + x);
      assert_flow (&other, WIDTH - 1 - x, y, -uv[0], uv[1]);
      g_assert_cmpint (state_at (&other, WIDTH - 1 - x, y), ==, state_at (&flow, x, y));
    }
}

/* Both cameras turned by 90 degrees about their axes turn the picture and its vectors by 90 degrees. */
static void
test_turned_camera (void)
{
  Scene before = make_scene (dio_vec3 (1, -6, 3), dio_vec3 (0, 0, 0.4));
  before.width_px = before.height_px = HEIGHT;
  Scene after = move_on (&before), turned[2] = { before, after };
  DioMat4 quarter = dio_mat4_from_quat (dio_quat_from_axis_angle (dio_vec3 (0, 0, 1), DIO_PI / 2));
  for (guint i = 0; i < 2; i++)
    turned[i].world_from_camera = dio_mat4_multiply (&turned[i].world_from_camera, &quarter);
  g_auto (DioFlow) flow = { 0 }, other = { 0 };
  flow_between (&before, &after, &flow);
  flow_between (&turned[0], &turned[1], &other);
  guint unlike = 0;
  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = 0; x < HEIGHT; x++) {
      gsize i = (gsize) y * HEIGHT + x;
      /* The camera turns counter-clockwise, the picture clockwise: what is right comes down. */
      gsize k = (gsize) x * HEIGHT + (HEIGHT - 1 - y);
      const float *uv = flow.uv->f32 + 2 * i, *turned_uv = other.uv->f32 + 2 * k;
      if (!(fabs (turned_uv[0] + uv[1]) < 2e-4 && fabs (turned_uv[1] - uv[0]) < 2e-4))
        unlike++;
      unlike += flow.state->u8[i] != other.state->u8[k];
    }
  g_assert_cmpuint (unlike, <=, 2);
}

/* A world of double the size gives the same flow, and the same object coordinates. */
static void
test_scaled_world (void)
{
  Scene before = make_scene (dio_vec3 (1, -6, 3), dio_vec3 (0, 0, 0.4)), after = move_on (&before);
  Scene large[2] = { before, after };
  for (guint i = 0; i < 2; i++) {
    for (guint k = 0; k < 2; k++) {
      large[i].boxes[k].center_m = dio_vec3_scale (large[i].boxes[k].center_m, 2);
      large[i].boxes[k].size_m = dio_vec3_scale (large[i].boxes[k].size_m, 2);
    }
    for (guint k = 12; k < 15; k++)
      large[i].world_from_camera.m[k] *= 2;
  }
  g_auto (DioFlow) flow = { 0 }, other = { 0 };
  flow_between (&before, &after, &flow);
  flow_between (&large[0], &large[1], &other);
  g_auto (DioDeriveView) small_view = { 0 }, large_view = { 0 };
  scene_see (&before, &small_view);
  scene_see (&large[0], &large_view);
  g_autoptr (DioImage) small_nocs = dio_derive_object_coordinates (&small_view);
  g_autoptr (DioImage) large_nocs = dio_derive_object_coordinates (&large_view);
  guint unlike = 0;
  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = 0; x < WIDTH; x++) {
      const float *uv = flow.uv->f32 + 2 * ((gsize) y * WIDTH + x);
      assert_flow (&other, x, y, uv[0], uv[1]);
      /* Only the fixed part of what counts as nearer knows metres. */
      unlike += state_at (&other, x, y) != state_at (&flow, x, y);
      if (small_view.object->u16[y * WIDTH + x] > 1)
        assert_near (get3 (small_nocs, x, y), get3 (large_nocs, x, y), 1e-5);
    }
  g_assert_cmpuint (unlike, <=, 4);
}

/* ---- what is not known ---- */

static void
test_unknown (void)
{
  Scene scene = make_scene (dio_vec3 (1, -6, 3), dio_vec3 (0, 0, 0.4));
  g_auto (DioDeriveView) from = { 0 }, to = { 0 };
  scene_see (&scene, &from);
  scene_see (&scene, &to);
  /* A box that the later view does not know, a pixel without depth, one whose owner has no pose. */
  g_array_index (to.objects, DioDeriveObject, 1).object_key = 77;
  gsize no_depth = (HEIGHT - 2) * WIDTH + 3, no_owner = (HEIGHT - 2) * WIDTH + 5;
  from.depth_z->f32[no_depth] = NAN;
  from.object->u16[no_owner] = 0;
  g_auto (DioFlow) flow = { 0 };
  dio_derive_flow (&from, &to, &flow);
  for (gsize i = 0; i < WIDTH * HEIGHT; i++) {
    gboolean unknown = i == no_depth || i == no_owner || from.object->u16[i] == 2;
    g_assert_cmpint (flow.state->u8[i] == DIO_FLOW_UNKNOWN, ==, unknown);
    g_assert_cmpint (isnan (flow.uv->f32[2 * i]), ==, unknown);
    g_assert_true (unknown || fabs (flow.uv->f32[2 * i]) < 2e-4);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/derive/distance", test_distance);
  g_test_add_func ("/derive/position", test_position);
  g_test_add_func ("/derive/normals", test_normals);
  g_test_add_func ("/derive/object-coordinates", test_object_coordinates);
  g_test_add_func ("/derive/flow/moving-camera", test_moving_camera);
  g_test_add_func ("/derive/flow/far-surroundings", test_far_surroundings);
  g_test_add_func ("/derive/flow/moving-boxes", test_moving_boxes);
  g_test_add_func ("/derive/flow/there-and-back", test_there_and_back);
  g_test_add_func ("/derive/flow/exact-return", test_exact_return);
  g_test_add_func ("/derive/flow/mirror", test_mirror);
  g_test_add_func ("/derive/flow/turned-camera", test_turned_camera);
  g_test_add_func ("/derive/flow/scaled-world", test_scaled_world);
  g_test_add_func ("/derive/flow/unknown", test_unknown);
  return g_test_run ();
}
