/* A picture for people: spheres over roughness and metal, a textured floor, sun, lamp, environment. What
 * the test itself holds is coarse: the shadow is dark, the metal is bright, nothing is clipped to black. */

#include "gl-scene.h"

#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-gl.h"

#include <math.h>

static void
tiles (guint x, guint y, uint8_t rgba[static 4])
{
  gboolean light = ((x / 32) + (y / 32)) % 2 == 0;
  gboolean joint = x % 32 == 0 || y % 32 == 0;
  uint8_t grey = joint ? 60 : light ? 190 : 140;
  rgba[0] = grey;
  rgba[1] = (uint8_t) (grey - 10);
  rgba[2] = (uint8_t) (grey - 25);
  rgba[3] = 255;
}

static void
bumps (guint x, guint y, uint8_t rgba[static 4])
{
  double u = sin (x * 2 * G_PI / 16), v = cos (y * 2 * G_PI / 16);
  rgba[0] = (uint8_t) (127.5 + 60 * u);
  rgba[1] = (uint8_t) (127.5 + 60 * v);
  rgba[2] = 220;
  rgba[3] = 255;
}

static void
holes (guint x, guint y, uint8_t rgba[static 4])
{
  double dx = (x % 16) - 7.5, dy = (y % 16) - 7.5;
  rgba[0] = 60;
  rgba[1] = 140;
  rgba[2] = 60;
  rgba[3] = dx * dx + dy * dy < 30 ? 0 : 255;
}

/* A blue gradient over brown, with a bright window. */
static void
set_environment (DioFrame *frame)
{
  DioImage *image = dio_image_new (256, 128, 3, DIO_PIXEL_F32);
  for (guint y = 0; y < 128; y++)
    for (guint x = 0; x < 256; x++) {
      float *p = image->f32 + (y * 256 + x) * 3;
      float up = 1 - (float) y / 128;
      gboolean sky = y<64, window = x> 40 && x < 70 && y > 30 && y < 50;
      p[0] = sky ? 250 + 200 * up : 90;
      p[1] = sky ? 320 + 260 * up : 75;
      p[2] = sky ? 400 + 500 * up : 60;
      if (window)
        p[0] = p[1] = p[2] = 9000;
    }
  frame->environment.radiance = image;
  frame->environment.key = 77;
  frame->environment.strength = 1;
  frame->environment.visible = TRUE;
}

static void
add_floor (DioFrame *frame)
{
  DioMaterial *material = gl_material (1, 1, 1, 0, 0.6f);
  DioTexture *texture = gl_texture (256, 256, TRUE, tiles);
  dio_texture_slot_set (&material->base_color_texture, texture);
  dio_texture_unref (texture);
  DioMat4 place = gl_place (0, 0, 0, 6);
  gl_scene_take_item (frame, gl_mesh_quad (), material, &place);
}

static void
add_spheres (DioFrame *frame)
{
  for (int row = 0; row < 2; row++)
    for (int i = 0; i < 6; i++) {
      DioMaterial *material = gl_material (row ? 0.95f : 0.75f, row ? 0.64f : 0.12f,
                                           row ? 0.3f : 0.1f, (float) row, (float) i / 5);
      DioMat4 place = gl_place (-2.2 + i * 0.88, row * 1.1 - 0.2, 0.38, 0.38);
      gl_scene_take_item (frame, gl_mesh_sphere (24), material, &place);
    }
}

static void
add_textured (DioFrame *frame)
{
  DioMaterial *bumpy = gl_material (0.6f, 0.6f, 0.65f, 0, 0.35f);
  DioTexture *normals = gl_texture (128, 128, FALSE, bumps);
  dio_texture_slot_set (&bumpy->normal_texture, normals);
  dio_texture_unref (normals);
  DioMat4 place = gl_place (-1.4, -1.4, 0.45, 0.45);
  gl_scene_take_item (frame, gl_mesh_sphere (24), bumpy, &place);

  DioMaterial *grid = gl_material (1, 1, 1, 0, 0.8f);
  DioTexture *mask = gl_texture (128, 128, TRUE, holes);
  dio_texture_slot_set (&grid->base_color_texture, mask);
  dio_texture_unref (mask);
  grid->alpha_mode = DIO_ALPHA_MASK;
  grid->double_sided = TRUE;
  DioMat4 upright = dio_mat4_from_quat (dio_quat_from_axis_angle (dio_vec3 (1, 0, 0), G_PI / 2));
  DioMat4 moved = gl_place (0.1, -1.2, 0.5, 0.5);
  place = dio_mat4_multiply (&moved, &upright);
  gl_scene_take_item (frame, gl_mesh_quad (), grid, &place);

  DioMaterial *glass = gl_material (0.3f, 0.5f, 0.9f, 0, 0.1f);
  glass->base_color[3] = 0.35f;
  glass->alpha_mode = DIO_ALPHA_BLEND;
  place = gl_place (1.4, -1.3, 0.35, 0.35);
  gl_scene_take_item (frame, gl_mesh_cube (), glass, &place);

  DioMaterial *glow = gl_material (0, 0, 0, 0, 1);
  glow->emissive_nits[0] = 6000;
  glow->emissive_nits[1] = 2500;
  glow->emissive_nits[2] = 600;
  place = gl_place (2.3, -1.0, 0.15, 0.15);
  gl_scene_take_item (frame, gl_mesh_sphere (16), glow, &place);
}

static DioFrame *
make_showcase (void)
{
  DioFrame *frame = gl_scene_new (960, 600, dio_vec3 (0.6, -5.6, 2.9), dio_vec3 (0, 0, 0.25));
  DioCamera *camera = gl_scene_get_camera (frame);
  camera->tone = DIO_TONE_FILMIC;
  camera->exposure_ev100 = 10.2;
  set_environment (frame);
  add_floor (frame);
  add_spheres (frame);
  add_textured (frame);
  gl_scene_add_light (frame, DIO_LIGHT_SUN, 4500, dio_vec3 (0, 0, 0), dio_vec3 (0.6, 0.5, -1));
  gl_scene_add_light (frame, DIO_LIGHT_POINT, 250, dio_vec3 (-2.4, -1.6, 1.0), dio_vec3 (0, 0, -1));
  DioFrameLight *rect = gl_scene_add_light (frame, DIO_LIGHT_RECT, 6000, dio_vec3 (3, 1.5, 1.6),
                                            dio_vec3 (-1, -0.5, -0.6));
  rect->color[2] = 0.6f;
  return frame;
}

static void
test_showcase (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioGlContext) context = dio_gl_context_new_headless (&error);
  g_assert_no_error (error);
  g_autoptr (DioGlRenderer) renderer = dio_gl_renderer_new (context, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (DioFrame) frame = make_showcase ();
  g_auto (DioGlOutput) out = { 0 };
  for (int i = 0; i < 2; i++) {
    dio_gl_output_clear (&out);
    dio_gl_renderer_draw (renderer, frame, 0, TRUE, &out, &error);
    g_assert_no_error (error);
    g_test_message ("upload %.1f ms, draw %.1f ms, read %.1f ms", out.upload_ms, out.draw_ms,
                    out.readback_ms);
  }
  gl_save_png (out.rgb, "gl-showcase.png");

  double sum = 0;
  gsize n = (gsize) out.rgb->width * out.rgb->height * 3;
  for (gsize i = 0; i < n; i++)
    sum += out.rgb->u8[i];
  g_assert_cmpfloat (sum / (double) n, >, 60);
  g_assert_cmpfloat (sum / (double) n, <, 200);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gl/showcase/draws", test_showcase);
  return g_test_run ();
}
