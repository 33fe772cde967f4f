/* Fog against Koschmieder's law, integrated numerically along the rays. */

#include "gl-scene.h"

#include "dio-core-vec.h"
#include "dio-gl.h"

#include <math.h>
#include <string.h>

static DioGlContext *context;
static DioGlRenderer *renderer;

#define WALL_NITS 700.0
#define SKY_NITS 100.0

static void
assert_near (double value, double expected, double share)
{
  if (!(fabs (value - expected) <= share * fabs (expected)))
    g_error ("%g is not within %g %% of %g", value, share * 100, expected);
}

static DioMaterial *
glowing (double nits, DioAlphaMode mode, float opacity)
{
  DioMaterial *material = gl_material (0, 0, 0, 1, 1);
  for (int i = 0; i < 3; i++)
    material->emissive_nits[i] = (float) nits;
  material->alpha_mode = mode;
  material->base_color[3] = opacity;
  return material;
}

/* A wall that glows, @away before an eye at @eye, under a sky of one radiance. */
static DioFrame *
make_wall (DioVec3 eye, double away_m)
{
  DioFrame *frame = gl_scene_new (65, 65, eye, dio_vec3_add (eye, dio_vec3 (0, 1, 0)));
  gl_scene_set_constant_sky (frame, (float) SKY_NITS);
  DioMat4 wall = { { away_m, 0, 0, 0, 0, 0, away_m, 0, 0, -1, 0, 0, eye.x, eye.y + away_m, eye.z,
                     1 } };
  gl_scene_take_item (frame, gl_mesh_quad (), glowing (WALL_NITS, DIO_ALPHA_OPAQUE, 1), &wall);
  return frame;
}

/* What passes from @eye to @point, by small steps. */
static double
integrate (const DioFog *fog, DioVec3 eye, DioVec3 point)
{
  const int steps = 20000;
  DioVec3 way = dio_vec3_sub (point, eye);
  double depth = 0;
  for (int i = 0; i < steps; i++)
    depth += fog->per_m * exp (-(eye.z + way.z * (i + 0.5) / steps) / fog->height_m);
  return exp (-depth * dio_vec3_length (way) / steps);
}

/* The corner of the picture looks up or down: there the falloff with height counts. */
static void
test_law (void)
{
  static const DioFog fogs[] = { { 0.004, 1200 }, { 0.03, 1200 }, { 0.02, 20 }, { 0.05, 4 } };
  for (guint i = 0; i < G_N_ELEMENTS (fogs); i++)
    for (double away = 3; away <= 300; away *= 10) {
      DioVec3 eye = { 5, -7, 1.6 };
      GError *error = NULL;
      g_autoptr (DioFrame) frame = make_wall (eye, away);
      frame->fog = fogs[i];
      g_autoptr (DioImage) nits = dio_gl_renderer_draw_linear (renderer, frame, 0, &error);
      g_assert_no_error (error);
      for (guint y = 0; y < 65; y += 16) {
        /* the first sample of a pixel lies off its middle */
        DioVec3 point = { eye.x, eye.y + away, eye.z + (32.375 - y) / 65 * away };
        double passed = integrate (&fogs[i], eye, point);
        assert_near ((double) nits->f32[(y * 65 + 32) * 3 + 1],
                     WALL_NITS * passed + SKY_NITS * (1 - passed), 0.01);
      }
    }
}

/* In clear air nothing changes; in the thickest everything is airlight, background included. */
static void
test_limits (void)
{
  for (int thick = 0; thick < 2; thick++) {
    GError *error = NULL;
    g_autoptr (DioFrame) frame = make_wall (dio_vec3 (0, 0, 2), 5);
    frame->fog = (DioFog){ thick ? 100 : 0, 1200 };
    g_autoptr (DioImage) nits = dio_gl_renderer_draw_linear (renderer, frame, 0, &error);
    g_assert_no_error (error);
    for (guint i = 0; i < 65 * 65 * 3; i++)
      assert_near ((double) nits->f32[i], thick ? SKY_NITS : WALL_NITS, 1e-3);
  }
}

/* A veil half way: both it and what lies behind lose by their own distance. */
static void
test_blend (void)
{
  const DioFog fog = { 0.05, 1e5 };
  GError *error = NULL;
  g_autoptr (DioFrame) frame = make_wall (dio_vec3 (0, 0, 0), 20);
  frame->fog = fog;
  DioMat4 veil = { { 10, 0, 0, 0, 0, 0, 10, 0, 0, -1, 0, 0, 0, 10, 0, 1 } };
  gl_scene_take_item (frame, gl_mesh_quad (), glowing (300, DIO_ALPHA_BLEND, 0.25f), &veil);
  g_autoptr (DioImage) nits = dio_gl_renderer_draw_linear (renderer, frame, 0, &error);
  g_assert_no_error (error);
  double near = exp (-0.5), far = exp (-1.0);
  double expected =
      0.25 * (300 * near + SKY_NITS * (1 - near)) + 0.75 * (WALL_NITS * far + SKY_NITS * (1 - far));
  assert_near ((double) nits->f32[(32 * 65 + 32) * 3], expected, 0.01);
}

/* Far things vanish into the sky that stands behind them, whatever its gradient; the sky above is as it was. */
static void
test_horizon (void)
{
  GError *error = NULL;
  g_autoptr (DioFrame) frame = gl_scene_new (64, 64, dio_vec3 (0, 0, 1), dio_vec3 (0, 1, 1));
  DioImage *sky = dio_image_new (256, 128, 3, DIO_PIXEL_F32);
  for (guint y = 0; y < 128; y++)
    for (guint x = 0; x < 256 * 3; x++)
      sky->f32[y * 256 * 3 + x] = y < 64 ? 200 + (float) y * 2 : 5;
  frame->environment.radiance = sky;
  frame->environment.key = 77;
  frame->environment.strength = 1;
  frame->environment.visible = TRUE;
  frame->fog = (DioFog){ 3.912 / 50, 1200 };
  DioMat4 place = { { 3, 0, 0, 0, 0, 0, 200, 0, 0, -1, 0, 0, 0, 400, 0, 1 } };
  gl_scene_take_item (frame, gl_mesh_quad (), gl_material (0, 0, 0, 0, 1), &place);
  g_autoptr (DioImage) nits = dio_gl_renderer_draw_linear (renderer, frame, 0, &error);
  g_assert_no_error (error);
  /* Column 32 looks at the pillar, column 5 past it. */
  for (guint y = 10; y < 54; y++)
    assert_near ((double) nits->f32[(y * 64 + 32) * 3], (double) nits->f32[(y * 64 + 5) * 3], 0.01);
  assert_near ((double) nits->f32[(40 * 64 + 5) * 3], 200 + 62 * 2, 0.02);
}

static void
test_ids (void)
{
  g_autoptr (DioFrame) frame = make_wall (dio_vec3 (0, 0, 2), 5);
  DioMat4 place = gl_place (0, 3, 2, 0.7);
  gl_scene_take_item (frame, gl_mesh_sphere (12), gl_material (1, 1, 1, 0, 1), &place);
  GError *error = NULL;
  g_auto (DioGlOutput) clear = { 0 }, fogged = { 0 };
  g_assert_true (dio_gl_renderer_draw (renderer, frame, 0, TRUE, &clear, &error));
  frame->fog = (DioFog){ 0.5, 10 };
  g_assert_true (dio_gl_renderer_draw (renderer, frame, 0, TRUE, &fogged, &error));
  g_assert_no_error (error);
  g_assert_cmpmem (clear.leaf->data, 65 * 65 * 2, fogged.leaf->data, 65 * 65 * 2);
  g_assert_true (memcmp (clear.rgb->data, fogged.rgb->data, 65 * 65 * 3) != 0);
}

/* Sketches show the same fog. */
static void
test_sketch (void)
{
  GError *error = NULL;
  g_autoptr (DioFrame) frame = make_wall (dio_vec3 (0, 0, 2), 5);
  frame->fog = (DioFog){ 0.1, 1200 };
  g_auto (DioGlOutput) full = { 0 }, sketch = { 0 };
  const DioGlViewDesc desc = { .sketch = TRUE };
  g_assert_true (dio_gl_renderer_draw (renderer, frame, 0, FALSE, &full, &error));
  g_assert_true (dio_gl_renderer_draw_view (renderer, frame, gl_scene_get_camera (frame), &desc,
                                            &sketch, &error));
  g_assert_no_error (error);
  for (guint y = 0; y < 65; y += 8) {
    guint i = (y * 65 + 32) * 3;
    g_assert_cmpint (ABS ((int) full.rgb->u8[i] - (int) sketch.rgb->u8[i]), <=, 2);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  GError *error = NULL;
  context = dio_gl_context_new_headless (&error);
  g_assert_no_error (error);
  renderer = dio_gl_renderer_new (context, NULL, &error);
  g_assert_no_error (error);
  g_test_add_func ("/gl/fog/law", test_law);
  g_test_add_func ("/gl/fog/limits", test_limits);
  g_test_add_func ("/gl/fog/blend", test_blend);
  g_test_add_func ("/gl/fog/horizon", test_horizon);
  g_test_add_func ("/gl/fog/ids", test_ids);
  g_test_add_func ("/gl/fog/sketch", test_sketch);
  int failures = g_test_run ();
  dio_gl_renderer_free (renderer);
  dio_gl_context_free (context);
  return failures;
}
