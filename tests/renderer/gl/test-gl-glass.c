/* What blends: light from behind, in the order of depth, tinted; reflections that do not fade with the body. */

#include "gl-scene.h"

#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-gl.h"

#include <math.h>

static DioGlContext *context;
static DioGlRenderer *renderer;

/* Camera 2 m over z = 0 that looks down at the origin. */
static DioFrame *
new_top_view (void)
{
  DioFrame *frame = gl_scene_new (48, 48, dio_vec3 (0, 0, 2), dio_vec3 (0, 0, 0));
  gl_scene_get_camera (frame)->world_from_camera = gl_place (0, 0, 2, 1);
  return frame;
}

/* Nits in the middle of the picture. */
static void
see (const DioFrame *frame, double nits[static 3])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioImage) image = dio_gl_renderer_draw_linear (renderer, frame, 0, &error);
  g_assert_no_error (error);
  for (int c = 0; c < 3; c++)
    nits[c] = image->f32[(24 * 48 + 24) * 3 + c];
}

static DioMaterial *
new_blend (const float color[static 3], float alpha, float transmission)
{
  DioMaterial *material = gl_material (color[0], color[1], color[2], 0, 0.05f);
  material->alpha_mode = DIO_ALPHA_BLEND;
  material->base_color[3] = alpha;
  material->transmission = transmission;
  return material;
}

/* Glass that lets everything through neither adds to nor takes from an even sky. */
static void
test_furnace (void)
{
  static const float white[3] = { 1, 1, 1 };
  for (int lean = 0; lean < 4; lean++) {
    g_autoptr (DioFrame) frame = new_top_view ();
    gl_scene_set_constant_sky (frame, 500);
    DioMat4 turn =
        dio_mat4_from_quat (dio_quat_from_axis_angle (dio_vec3 (1, 0, 0), lean * G_PI / 8));
    gl_scene_take_item (frame, gl_mesh_quad (), new_blend (white, 0.1f, 1), &turn);
    double nits[3];
    see (frame, nits);
    for (int c = 0; c < 3; c++)
      g_assert_cmpfloat_with_epsilon (nits[c], 500, 0.01 * 500);
  }
}

/* A pane straight before white paper: what passes is the paper's light in the colour of the glass, less what the pane
 * reflects; half of the transmission scatters the other half. */
static void
test_tint (void)
{
  static const float tint[3] = { 0.9f, 0.5f, 0.1f }, paper[3] = { 1, 1, 1 };
  double bare[3], seen[3];
  for (int with = 0; with < 2; with++) {
    g_autoptr (DioFrame) frame = new_top_view ();
    DioMaterial *white = gl_material (paper[0], paper[1], paper[2], 0, 1);
    white->unlit = TRUE;
    DioMat4 place = gl_place (0, 0, 0, 1);
    gl_scene_take_item (frame, gl_mesh_quad (), white, &place);
    place.m[14] = 0.5;
    if (with)
      gl_scene_take_item (frame, gl_mesh_quad (), new_blend (tint, 0.1f, 1), &place);
    see (frame, with ? seen : bare);
  }
  for (int c = 0; c < 3; c++)
    g_assert_cmpfloat_with_epsilon (seen[c] / bare[c], tint[c] * 0.96, 0.012);
}

/* The mirror image of the sky in a pane before nothing, at two opacities: it does not fade. Black bodies scatter
 * nothing. */
static void
test_highlight (void)
{
  static const float black[3] = { 0, 0, 0 };
  double seen[2][3];
  for (int thin = 0; thin < 2; thin++) {
    g_autoptr (DioFrame) frame = new_top_view ();
    gl_scene_set_constant_sky (frame, 1000);
    frame->environment.visible = FALSE;
    DioMat4 place = gl_place (0, 0, 0, 1);
    gl_scene_take_item (frame, gl_mesh_quad (), new_blend (black, thin ? 0.02f : 1.0f, 0), &place);
    see (frame, seen[thin]);
    g_assert_cmpfloat (seen[thin][1], >, 30);
  }
  g_assert_cmpfloat_with_epsilon (seen[0][1], seen[1][1], 0.5);
}

/* Where the texture says that there is nothing, nothing shines. */
static void
nothing (guint x, guint y, uint8_t rgba[static 4])
{
  rgba[0] = rgba[1] = rgba[2] = 255;
  rgba[3] = x < 4 && y < 4 ? 255 : 0;
}

static void
test_hole (void)
{
  static const float white[3] = { 1, 1, 1 };
  g_autoptr (DioFrame) frame = new_top_view ();
  gl_scene_set_constant_sky (frame, 1000);
  frame->environment.visible = FALSE;
  DioMaterial *material = new_blend (white, 0.5f, 0);
  DioTexture *texture = gl_texture (64, 64, TRUE, nothing);
  dio_texture_slot_set (&material->base_color_texture, texture);
  dio_texture_unref (texture);
  DioMat4 place = gl_place (0, 0, 0, 1);
  gl_scene_take_item (frame, gl_mesh_quad (), material, &place);
  double nits[3];
  see (frame, nits);
  for (int c = 0; c < 3; c++)
    g_assert_cmpfloat_with_epsilon (nits[c], 0, 1e-3);
}

/* Squares at heights z[], all in one mesh. */
static DioMesh *
new_stack (const float *z, guint n)
{
  DioMeshDesc desc = { .n_vertices = 4 * n, .n_triangles = 2 * n, .with_uv0 = TRUE };
  DioMesh *mesh = dio_mesh_new (&desc);
  for (guint i = 0; i < 4 * n; i++) {
    guint corner = i % 4;
    mesh->positions[i][0] = corner == 1 || corner == 2 ? 1 : -1;
    mesh->positions[i][1] = corner >= 2 ? 1 : -1;
    mesh->positions[i][2] = z[i / 4];
    mesh->normals[i][2] = 1;
  }
  for (guint i = 0; i < n; i++)
    for (guint k = 0; k < 3; k++) {
      mesh->triangles[2 * i][k] = 4 * i + k;
      mesh->triangles[2 * i + 1][k] = 4 * i + (k == 0 ? 0 : k + 1);
    }
  dio_mesh_seal (mesh);
  return mesh;
}

/* Two meshes whose layers take turns, listed near first: unlit red at 0.5 and 0.1, green at 0.7 and 0.3. */
static void
test_order (void)
{
  static const float red[3] = { 1, 0, 0 }, green[3] = { 0, 1, 0 };
  static const float odd[2] = { 0.5f, 0.1f }, even[2] = { 0.7f, 0.3f };
  const double opacity = 0.5;
  for (int swapped = 0; swapped < 2; swapped++) {
    g_autoptr (DioFrame) frame = new_top_view ();
    DioMat4 place = gl_place (0, 0, 0, 1);
    for (int i = 0; i < 2; i++) {
      gboolean is_red = (i == 0) != swapped;
      DioMaterial *material = new_blend (is_red ? red : green, (float) opacity, 0);
      material->unlit = TRUE;
      gl_scene_take_item (frame, new_stack (is_red ? odd : even, 2), material, &place);
    }
    double nits[3], expected[2] = { 0, 0 };
    see (frame, nits);
    for (int layer = 0; layer < 4; layer++)
      for (int c = 0; c < 2; c++)
        expected[c] = expected[c] * (1 - opacity) + (layer % 2 == c ? opacity : 0);
    g_assert_cmpfloat_with_epsilon (nits[0] / (nits[0] + nits[1]),
                                    expected[0] / (expected[0] + expected[1]), 1e-3);
  }
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_test_init (&argc, &argv, NULL);
  context = dio_gl_context_new_headless (&error);
  g_assert_no_error (error);
  renderer = dio_gl_renderer_new (context, NULL, &error);
  g_assert_no_error (error);
  g_test_add_func ("/gl/glass/furnace", test_furnace);
  g_test_add_func ("/gl/glass/tint", test_tint);
  g_test_add_func ("/gl/glass/highlight", test_highlight);
  g_test_add_func ("/gl/glass/hole", test_hole);
  g_test_add_func ("/gl/glass/order", test_order);
  int result = g_test_run ();
  dio_gl_renderer_free (renderer);
  dio_gl_context_free (context);
  return result;
}
