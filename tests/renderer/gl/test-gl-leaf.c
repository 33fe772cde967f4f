/* Ids by closed forms, and what must not change a picture: the order of frames, the caches. */

#include "gl-scene.h"

#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-gl.h"

#include <math.h>
#include <string.h>

static DioGlContext *context;
static DioGlRenderer *renderer;

/* Camera 2 m over z = 0 that looks down: 50 pixels a metre, the origin at pixel position (50, 40). */
static DioFrame *
new_top_view (void)
{
  DioFrame *frame = gl_scene_new (100, 80, dio_vec3 (0, 0, 2), dio_vec3 (0, 0, 0));
  gl_scene_get_camera (frame)->world_from_camera = gl_place (0, 0, 2, 1);
  return frame;
}

static DioMaterial *
grey (void)
{
  return gl_material (0.5f, 0.5f, 0.5f, 0, 1);
}

static DioGlOutput
draw_with (DioGlRenderer *with, DioFrame *frame)
{
  GError *error = NULL;
  DioGlOutput out = { 0 };
  dio_gl_renderer_draw (with, frame, 0, TRUE, &out, &error);
  g_assert_no_error (error);
  return out;
}

static guint
count (DioFrame *frame, guint leaf)
{
  g_auto (DioGlOutput) out = draw_with (renderer, frame);
  guint n = 0;
  for (guint i = 0; i < 100 * 80; i++)
    n += out.leaf->u16[i] == leaf;
  return n;
}

/* A quad from x = -0.2 to 0.2: pixel positions 40 .. 60 and 30 .. 50, exactly 20 x 20 centres. */
static void
test_quad (void)
{
  g_autoptr (DioFrame) frame = new_top_view ();
  DioMat4 place = gl_place (0.003, 0.003, 0, 0.2);
  gl_scene_take_item (frame, gl_mesh_quad (), grey (), &place);
  g_auto (DioGlOutput) out = draw_with (renderer, frame);
  for (guint y = 0; y < 80; y++)
    for (guint x = 0; x < 100; x++) {
      gboolean inside = x >= 40 && x < 60 && y >= 30 && y < 50;
      g_assert_cmpuint (out.leaf->u16[y * 100 + x], ==, inside ? 1 : 0);
    }
}

/* A quad up and to the right appears there: row 0 is the top. */
static void
test_orientation (void)
{
  g_autoptr (DioFrame) frame = new_top_view ();
  DioMat4 place = gl_place (0.8, 0.6, 0, 0.1);
  gl_scene_take_item (frame, gl_mesh_quad (), grey (), &place);
  g_auto (DioGlOutput) out = draw_with (renderer, frame);
  g_assert_cmpuint (out.leaf->u16[10 * 100 + 90], ==, 1);
  g_assert_cmpuint (out.leaf->u16[70 * 100 + 10], ==, 0);
}

static DioGlOutput
draw_view (const DioFrame *frame, const DioCamera *camera, gboolean sketch)
{
  const DioGlViewDesc desc = { .want_leaf = TRUE, .sketch = sketch };
  g_autoptr (GError) error = NULL;
  DioGlOutput out = { 0 };
  dio_gl_renderer_draw_view (renderer, frame, camera, &desc, &out, &error);
  g_assert_no_error (error);
  return out;
}

/* Parallel rays: two quads of one size at different depths cover as many pixels, in full pictures and in sketches; a
 * lit one has the colour that it has in perspective from straight above; and a picture in perspective afterwards is
 * what it was before. */
static void
test_orthographic (void)
{
  g_autoptr (DioFrame) frame = new_top_view ();
  DioMat4 near = gl_place (0.503, 0.003, 0.9, 0.2), far = gl_place (-0.497, 0.003, -3, 0.2);
  gl_scene_take_item (frame, gl_mesh_quad (), grey (), &near);
  gl_scene_take_item (frame, gl_mesh_quad (), grey (), &far);
  gl_scene_set_constant_sky (frame, 500);
  g_auto (DioGlOutput) before = draw_with (renderer, frame);
  DioCamera camera = *gl_scene_get_camera (frame);
  camera.orthographic = TRUE;
  camera.fx = camera.fy = 50;
  camera.near_m = 0.1;
  camera.far_m = 10;
  for (int sketch = 0; sketch < 2; sketch++) {
    g_auto (DioGlOutput) out = draw_view (frame, &camera, sketch);
    for (guint y = 0; y < 80; y++)
      for (guint x = 0; x < 100; x++) {
        gboolean row = y >= 30 && y < 50;
        guint wanted = row && x >= 65 && x < 85 ? 1 : row && x >= 15 && x < 35 ? 2 : 0;
        g_assert_cmpuint (out.leaf->u16[y * 100 + x], ==, wanted);
      }
    for (guint c = 0; c < 3; c++) {
      int one = out.rgb->u8[(40 * 100 + 75) * 3 + c], two = out.rgb->u8[(40 * 100 + 25) * 3 + c];
      g_assert_cmpint (ABS (one - two), <=, 2);
      g_assert_cmpint (one, >, 100);
    }
  }
  g_auto (DioGlOutput) after = draw_with (renderer, frame);
  g_assert_cmpmem (after.rgb->data, dio_image_get_bytes (after.rgb), before.rgb->data,
                   dio_image_get_bytes (before.rgb));
}

/* A sketch has the ids of the full picture to the pixel, at every size in turn. */
static void
test_sketch_ids (void)
{
  g_autoptr (DioFrame) frame = gl_scene_new (160, 120, dio_vec3 (2, -2, 2), dio_vec3 (0, 0, 0));
  for (int i = 0; i < 12; i++) {
    DioMat4 place = gl_place (0.5 * (i % 4) - 0.8, 0.5 * (i / 4) - 0.5, 0.1 * i, 0.3);
    gl_scene_take_item (frame, i % 2 == 0 ? gl_mesh_sphere (12) : gl_mesh_cube (), grey (), &place);
  }
  gl_scene_set_constant_sky (frame, 500);
  DioCamera camera = *gl_scene_get_camera (frame);
  for (guint round = 0; round < 5; round++) {
    camera.width_px = 160 - 16 * (round % 4);
    g_auto (DioGlOutput) full = draw_view (frame, &camera, FALSE);
    g_auto (DioGlOutput) quick = draw_view (frame, &camera, TRUE);
    g_assert_cmpmem (full.leaf->data, dio_image_get_bytes (full.leaf), quick.leaf->data,
                     dio_image_get_bytes (quick.leaf));
    g_assert_cmpuint (quick.rgb->width, ==, camera.width_px);
  }
}

/* Depth and normals of a sketch by closed form, in perspective and parallel: a level quad 2 m below, one tilted by 45
 * degrees about x, nothing beside them. */
static void
test_sketch_geometry (void)
{
  const DioGlViewDesc desc = { .want_leaf = TRUE, .sketch = TRUE, .want_geometry = TRUE };
  g_autoptr (DioFrame) frame = new_top_view ();
  DioMat4 level = gl_place (0.503, 0.003, 0, 0.2), tilted = gl_place (-0.497, 0.003, 0, 0.2);
  double c = 0.2 * G_SQRT2 / 2;
  tilted.m[5] = c, tilted.m[6] = c, tilted.m[9] = -c, tilted.m[10] = c;
  gl_scene_take_item (frame, gl_mesh_quad (), grey (), &level);
  gl_scene_take_item (frame, gl_mesh_quad (), grey (), &tilted);
  gl_scene_set_constant_sky (frame, 500);
  DioCamera camera = *gl_scene_get_camera (frame);
  for (int parallel = 0; parallel < 2; parallel++) {
    g_auto (DioGlOutput) out = { 0 };
    if (parallel) {
      camera.orthographic = TRUE;
      camera.fx = camera.fy = 50;
      camera.near_m = 0.1;
      camera.far_m = 10;
    }
    g_assert_true (dio_gl_renderer_draw_view (renderer, frame, &camera, &desc, &out, NULL));
    gsize on_level = 40 * 100 + 75, on_tilted = 40 * 100 + 25, beside = 5 * 100 + 5;
    g_assert_cmpuint (out.leaf->u16[on_level], ==, 1);
    g_assert_cmpuint (out.leaf->u16[on_tilted], ==, 2);
    g_assert_cmpfloat_with_epsilon (out.depth_z->f32[on_level], 2, 1e-4);
    /* Its plane is z = y: the centre of the row lies 0.01 m below the axis. */
    g_assert_cmpfloat_with_epsilon (out.depth_z->f32[on_tilted], 2.01, 0.004);
    g_assert_true (isinf (out.depth_z->f32[beside]));
    const float *n = out.normal->f32;
    g_assert_cmpfloat_with_epsilon (n[3 * on_level + 2], 1, 1e-4);
    g_assert_cmpfloat_with_epsilon (n[3 * on_tilted], 0, 1e-3);
    g_assert_cmpfloat_with_epsilon (n[3 * on_tilted + 1], -G_SQRT2 / 2, 1e-3);
    g_assert_cmpfloat_with_epsilon (n[3 * on_tilted + 2], G_SQRT2 / 2, 1e-3);
    g_assert_cmpfloat (n[3 * beside + 2], ==, 0);
  }
}

/* Back faces of a single-sided quad cover nothing; a mirrored transform keeps front faces front. */
static void
test_sides (void)
{
  for (int variant = 0; variant < 8; variant++) {
    gboolean flipped = variant & 1, mirrored = variant & 2, both = variant & 4;
    g_autoptr (DioFrame) frame = new_top_view ();
    DioMat4 place = gl_place (0, 0, 0, 0.201);
    if (flipped)
      place.m[5] *= -1, place.m[10] *= -1;
    if (mirrored)
      place.m[0] *= -1;
    DioMaterial *material = grey ();
    material->double_sided = both;
    gl_scene_take_item (frame, gl_mesh_quad (), material, &place);
    g_assert_cmpuint (count (frame, 1), ==, flipped && !both ? 0 : 400);
  }
}

static void
half_holes (guint x, guint y, uint8_t rgba[static 4])
{
  rgba[0] = rgba[1] = rgba[2] = 255;
  rgba[3] = x < 32 ? 0 : 255;
}

/* The cut follows dio_material_alpha_at in every pixel. */
static void
test_mask (void)
{
  g_autoptr (DioFrame) frame = new_top_view ();
  DioMaterial *material = grey ();
  DioTexture *texture = gl_texture (64, 64, TRUE, half_holes);
  dio_texture_slot_set (&material->base_color_texture, texture);
  dio_texture_unref (texture);
  material->alpha_mode = DIO_ALPHA_MASK;
  material->base_color_texture.uv_scale[0] = 3.3f;
  material->base_color_texture.uv_rotation_rad = 0.4f;
  material->base_color_texture.wrap_s = DIO_WRAP_MIRROR;
  DioMat4 place = gl_place (0.003, 0.003, 0, 0.6);
  gl_scene_take_item (frame, gl_mesh_quad (), material, &place);
  g_auto (DioGlOutput) out = draw_with (renderer, frame);
  guint covered = 0, different = 0;
  for (guint y = 10; y < 70; y++)
    for (guint x = 20; x < 80; x++) {
      double world[2] = { (x + 0.5 - 50) / 50 - 0.003, (39.5 - y) / 50 - 0.003 };
      float uv[4] = { (float) (0.5 + 0.5 * world[0] / 0.6), (float) (0.5 - 0.5 * world[1] / 0.6) };
      gboolean expected = dio_material_alpha_at (material, uv, 1) >= 0.5f;
      covered += expected;
      different += expected != (out.leaf->u16[y * 100 + x] == 1);
    }
  g_assert_cmpuint (covered, >, 900);
  g_assert_cmpuint (covered, <, 2600);
  /* A centre within rounding of the cut may fall on either side. */
  g_assert_cmpuint (different, <=, 2);
}

/* labels.md 6: auto owns where its instance is a thing or opacity >= 0.5. */
static void
test_blend (void)
{
  static const struct {
    float opacity;
    gboolean thing;
    DioLabelSurface surface;
    guint owned;
  } cases[] = {
    { 0.3f, TRUE, DIO_LABEL_SURFACE_AUTO, 400 },  { 0.3f, FALSE, DIO_LABEL_SURFACE_AUTO, 0 },
    { 0.6f, FALSE, DIO_LABEL_SURFACE_AUTO, 400 }, { 0.003f, TRUE, DIO_LABEL_SURFACE_SURFACE, 0 },
    { 0.9f, TRUE, DIO_LABEL_SURFACE_THROUGH, 0 }, { 0.1f, FALSE, DIO_LABEL_SURFACE_SURFACE, 400 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (DioFrame) frame = new_top_view ();
    DioMaterial *material = grey ();
    material->alpha_mode = DIO_ALPHA_BLEND;
    material->base_color[3] = cases[i].opacity;
    material->label_surface = cases[i].surface;
    DioMat4 place = gl_place (0, 0, 0, 0.201);
    gl_scene_take_item (frame, gl_mesh_quad (), material, &place);
    gl_scene_get_leaf (frame, 1)->thing = cases[i].thing;
    g_assert_cmpuint (count (frame, 1), ==, cases[i].owned);
  }
}

/* Half of what is behind shows through, in linear light. */
static void
test_blend_color (void)
{
  g_autoptr (DioFrame) frame = new_top_view ();
  DioMat4 place = gl_place (0, 0, 0, 0.5);
  DioMaterial *behind = grey (), *before = grey ();
  behind->unlit = before->unlit = TRUE;
  behind->base_color[0] = 1;
  behind->base_color[1] = 0;
  before->base_color[0] = 0;
  before->base_color[1] = 1;
  before->base_color[3] = 0.5f;
  before->alpha_mode = DIO_ALPHA_BLEND;
  gl_scene_take_item (frame, gl_mesh_quad (), behind, &place);
  place.m[14] = 0.3;
  gl_scene_take_item (frame, gl_mesh_quad (), before, &place);
  g_auto (DioGlOutput) out = draw_with (renderer, frame);
  const uint8_t *middle = out.rgb->u8 + (40 * 100 + 50) * 3;
  g_assert_cmpint (ABS (middle[0] - 188), <=, 1);
  g_assert_cmpint (ABS (middle[1] - 188), <=, 1);
}

/* Coplanar: the higher layer, then the lower leaf, whatever stands first in the frame. */
static void
test_layers (void)
{
  for (int variant = 0; variant < 2; variant++) {
    g_autoptr (DioFrame) frame = new_top_view ();
    DioMat4 place = gl_place (0, 0, 0, 0.201);
    gl_scene_take_item (frame, gl_mesh_quad (), grey (), &place);
    gl_scene_take_item (frame, gl_mesh_quad (), grey (), &place);
    gl_scene_get_leaf (frame, 2)->layer = variant;
    g_assert_cmpuint (count (frame, 1), ==, variant ? 0 : 400);
    g_assert_cmpuint (count (frame, 2), ==, variant ? 400 : 0);
  }
}

/* A scene far from the origin is drawn as the same scene at the origin. */
static void
test_far_away (void)
{
  g_autoptr (DioFrame) frame = new_top_view ();
  DioMat4 place = gl_place (100000.003, -250000 + 0.003, 0, 0.2);
  gl_scene_get_camera (frame)->world_from_camera = gl_place (100000, -250000, 2, 1);
  gl_scene_take_item (frame, gl_mesh_quad (), grey (), &place);
  g_assert_cmpuint (count (frame, 1), ==, 400);
}

/* The far plane bounds nothing that labels see. */
static void
test_beyond_far (void)
{
  g_autoptr (DioFrame) frame = new_top_view ();
  gl_scene_get_camera (frame)->far_m = 1;
  DioMat4 place = gl_place (0, 0, 0, 0.201);
  gl_scene_take_item (frame, gl_mesh_quad (), grey (), &place);
  g_assert_cmpuint (count (frame, 1), ==, 400);
}

static DioFrame *
make_busy (guint n, double turn)
{
  DioFrame *frame = gl_scene_new (96, 64, dio_vec3 (0, -4, 2), dio_vec3 (0, 0, 0));
  gl_scene_set_constant_sky (frame, (float) (300 + 100 * turn));
  DioMat4 place = gl_place (0, 0, -0.5, 4);
  gl_scene_take_item (frame, gl_mesh_quad (), grey (), &place);
  for (guint i = 0; i < n; i++) {
    DioMaterial *material = gl_material (0.8f, (float) i / (float) n, 0.2f, i % 2, 0.3f);
    if (i % 3 == 0)
      material->alpha_mode = DIO_ALPHA_BLEND;
    material->base_color[3] = 0.6f;
    place = gl_place (-1.5 + 0.5 * i, turn, 0, 0.3);
    gl_scene_take_item (frame, gl_mesh_sphere (8 + i), material, &place);
  }
  gl_scene_add_light (frame, DIO_LIGHT_SUN, 2000, dio_vec3 (0, 0, 0), dio_vec3 (0.5, turn, -1));
  gl_scene_add_light (frame, DIO_LIGHT_POINT, 300, dio_vec3 (1, 0, 2), dio_vec3 (0, 0, -1));
  return frame;
}

static void
assert_same (const DioGlOutput *a, const DioGlOutput *b)
{
  g_assert_cmpmem (a->rgb->data, dio_image_get_bytes (a->rgb), b->rgb->data,
                   dio_image_get_bytes (b->rgb));
  g_assert_cmpmem (a->leaf->data, dio_image_get_bytes (a->leaf), b->leaf->data,
                   dio_image_get_bytes (b->leaf));
}

/* Frames with and without blended surfaces are put together in two ways, from samples and from sums of pixels: where
 * nothing blends both show the same, background and edges too. */
static void
test_blend_elsewhere (void)
{
  DioGlOutput out[2];
  for (int blended = 0; blended < 2; blended++) {
    g_autoptr (DioFrame) frame = new_top_view ();
    gl_scene_set_constant_sky (frame, 300);
    DioMat4 place = gl_place (0.013, 0.007, 0, 0.4);
    gl_scene_take_item (frame, gl_mesh_sphere (12), grey (), &place);
    place = gl_place (-0.1, 0.05, 0.3, 0.3);
    gl_scene_take_item (frame, gl_mesh_cube (), gl_material (0.9f, 0.2f, 0.1f, 1, 0.3f), &place);
    gl_scene_add_light (frame, DIO_LIGHT_SUN, 2000, dio_vec3 (0, 0, 0), dio_vec3 (0.3, 0.2, -1));
    DioMaterial *glass = grey ();
    glass->alpha_mode = blended ? DIO_ALPHA_BLEND : DIO_ALPHA_OPAQUE;
    glass->base_color[3] = 0.3f;
    place = gl_place (0.9, 0.7, 0, 0.05);
    gl_scene_take_item (frame, gl_mesh_quad (), glass, &place);
    out[blended] = draw_with (renderer, frame);
  }
  guint different = 0;
  for (guint y = 0; y < 80; y++)
    for (guint x = 0; x < 80 * 3; x++) {
      const gsize i = y * 300 + x;
      g_assert_cmpint (ABS (out[0].rgb->u8[i] - out[1].rgb->u8[i]), <=, 1);
    }
  for (guint i = 0; i < 100 * 80 * 3; i++)
    different += ABS (out[0].rgb->u8[i] - out[1].rgb->u8[i]) > 4;
  g_assert_cmpuint (different, >, 20);
  dio_gl_output_clear (&out[0]);
  dio_gl_output_clear (&out[1]);
}

/* The same bytes twice, after other frames and sizes, and from a renderer that saw nothing else. */
static void
test_repeatable (void)
{
  g_autoptr (DioFrame) frame = make_busy (6, 0.2), other = make_busy (5, 0.7);
  g_autoptr (DioFrame) top = new_top_view ();
  g_auto (DioGlOutput) first = draw_with (renderer, frame);
  g_auto (DioGlOutput) second = draw_with (renderer, frame);
  assert_same (&first, &second);
  g_auto (DioGlOutput) between = draw_with (renderer, other);
  g_auto (DioGlOutput) small = draw_with (renderer, top);
  g_auto (DioGlOutput) third = draw_with (renderer, frame);
  assert_same (&first, &third);
  g_assert_cmpint (memcmp (first.rgb->data, between.rgb->data, 96 * 64 * 3), !=, 0);

  GError *error = NULL;
  g_autoptr (DioGlRenderer) fresh = dio_gl_renderer_new (context, NULL, &error);
  g_assert_no_error (error);
  g_auto (DioGlOutput) fourth = draw_with (fresh, frame);
  assert_same (&first, &fourth);
}

/* What no frame uses any more stays within the bound. */
static void
test_cache_bound (void)
{
  DioGlOptions options = { .cache_bytes = 100000,
                           .no_shadows = TRUE,
                           .no_ambient_occlusion = TRUE };
  GError *error = NULL;
  g_autoptr (DioGlRenderer) bounded = dio_gl_renderer_new (context, &options, &error);
  g_assert_no_error (error);
  gsize largest = 0;
  for (guint i = 0; i < 30; i++) {
    g_autoptr (DioFrame) frame = new_top_view ();
    DioMat4 place = gl_place (0, 0, 0, 0.2);
    DioMesh *mesh = gl_mesh_sphere (10 + i);
    gsize used = dio_mesh_get_bytes (mesh);
    gl_scene_take_item (frame, mesh, grey (), &place);
    g_auto (DioGlOutput) out = draw_with (bounded, frame);
    gsize held = dio_gl_renderer_get_bytes (bounded);
    g_assert_cmpuint (held, <=, options.cache_bytes + used);
    largest = MAX (largest, held);
  }
  g_assert_cmpuint (largest, >, options.cache_bytes / 2);
}

static void
test_errors (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioFrame) frame = new_top_view ();
  gl_scene_get_camera (frame)->width_px = 60000;
  DioGlOutput out;
  g_assert_false (dio_gl_renderer_draw (renderer, frame, 0, TRUE, &out, &error));
  g_assert_nonnull (error);
  g_assert_null (out.rgb);
  g_assert_nonnull (strstr (dio_gl_context_get_identity (context), " | "));
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

  g_test_add_func ("/gl/leaf/quad", test_quad);
  g_test_add_func ("/gl/leaf/orientation", test_orientation);
  g_test_add_func ("/gl/leaf/orthographic", test_orthographic);
  g_test_add_func ("/gl/leaf/sketch-ids", test_sketch_ids);
  g_test_add_func ("/gl/leaf/sketch-geometry", test_sketch_geometry);
  g_test_add_func ("/gl/leaf/sides", test_sides);
  g_test_add_func ("/gl/leaf/mask", test_mask);
  g_test_add_func ("/gl/leaf/blend", test_blend);
  g_test_add_func ("/gl/leaf/layers", test_layers);
  g_test_add_func ("/gl/leaf/far-away", test_far_away);
  g_test_add_func ("/gl/leaf/beyond-far", test_beyond_far);
  g_test_add_func ("/gl/leaf/blend-color", test_blend_color);
  g_test_add_func ("/gl/leaf/blend-elsewhere", test_blend_elsewhere);
  g_test_add_func ("/gl/leaf/repeatable", test_repeatable);
  g_test_add_func ("/gl/leaf/cache-bound", test_cache_bound);
  g_test_add_func ("/gl/leaf/errors", test_errors);
  int status = g_test_run ();
  dio_gl_renderer_free (renderer);
  dio_gl_context_free (context);
  return status;
}
