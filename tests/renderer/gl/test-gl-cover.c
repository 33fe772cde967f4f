/* Foliage and chain link from far: what a cut texture covers and which colour it has must not depend on how many of its
 * texels a pixel holds. The cut is a question to level 0 at every sample (labels.md 6); the colour comes from levels
 * that are weighed by alpha. The references are thousands of questions to dio_material_alpha_at for every tile. */

#include "gl-scene.h"

#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-gl-mipmap-private.h"
#include "dio-gl.h"

#include <math.h>
#include <string.h>

#define SIDE_PX 160u
#define TEXTURE_PX 256u

static DioGlContext *context;
static DioGlRenderer *renderer;

static void
paint (uint8_t rgba[static 4], double alpha)
{
  static const uint8_t leaf[3] = { 120, 170, 60 };
  /* Black where nothing shows, as painting programs leave it. */
  for (int c = 0; c < 3; c++)
    rgba[c] = alpha > 0 ? leaf[c] : 0;
  rgba[3] = (uint8_t) (CLAMP (alpha, 0, 1) * 255 + 0.5);
}

/* A pointed leaf with a toothed border that fills 30 % of the card. */
static void
leaf_card (guint x, guint y, uint8_t rgba[static 4])
{
  double u = (x + 0.5) / TEXTURE_PX - 0.5, v = (y + 0.5) / TEXTURE_PX;
  double half = 0.26 * sin (G_PI * v) + 0.012 * cos (60 * v);
  paint (rgba, (half - fabs (u)) * TEXTURE_PX + 0.5);
}

/* Wires along both diagonals, 7.5 % of the tile wide. */
static void
chain_link (guint x, guint y, uint8_t rgba[static 4])
{
  double u = (x + 0.5) / TEXTURE_PX, v = (y + 0.5) / TEXTURE_PX;
  double rising = fabs (remainder (u + v, 1)) * G_SQRT2 / 2;
  double falling = fabs (remainder (u - v, 1)) * G_SQRT2 / 2;
  paint (rgba, (0.0375 - MIN (rising, falling)) * TEXTURE_PX + 0.5);
}

/* @tiles of the texture along the side of a square that fills the picture, turned so that no rows of texels meet rows of
 * pixels. Unlit: the picture holds the base colour times what an unlit white has. */
static DioFrame *
new_panel (GlTexelFunc texels, double tiles)
{
  DioFrame *frame = gl_scene_new (SIDE_PX, SIDE_PX, dio_vec3 (0, 0, 2), dio_vec3 (0, 0, 0));
  gl_scene_get_camera (frame)->world_from_camera = gl_place (0, 0, 2, 1);
  DioMaterial *material = gl_material (1, 1, 1, 0, 1);
  material->unlit = TRUE;
  material->alpha_mode = DIO_ALPHA_MASK;
  DioTexture *texture = gl_texture (TEXTURE_PX, TEXTURE_PX, TRUE, texels);
  DioTextureSlot *slot = &material->base_color_texture;
  dio_texture_slot_set (slot, texture);
  dio_texture_unref (texture);
  /* The square is larger than the picture by a fifth. */
  slot->uv_scale[0] = slot->uv_scale[1] = (float) (tiles * 1.2);
  slot->uv_rotation_rad = 0.37f;
  DioMat4 place = gl_place (0, 0, 0, 1.2 * SIDE_PX / gl_scene_get_camera (frame)->fx);
  gl_scene_take_item (frame, gl_mesh_quad (), material, &place);
  return frame;
}

static double
reference_coverage (const DioFrame *frame)
{
  const guint n = 1500;
  DioMaterial *material =
      dio_material_copy (g_array_index (frame->items, DioFrameItem, 0).material);
  DioTextureSlot *slot = &material->base_color_texture;
  slot->uv_scale[0] = slot->uv_scale[1] = 1;
  slot->uv_rotation_rad = 0;
  guint kept = 0;
  for (guint y = 0; y < n; y++)
    for (guint x = 0; x < n; x++) {
      const float uv[4] = { (x + 0.5f) / n, (y + 0.5f) / n };
      kept += dio_material_alpha_at (material, uv, 1) >= material->alpha_cutoff;
    }
  dio_material_unref (material);
  return kept / (double) n / n;
}

typedef struct {
  double ids;   /* share of pixels whose centre the panel owns */
  double light; /* of the picture, green, as a share of a wholly covered one's */
  double hue;   /* red over green, as a share of the texture's */
} Seen;

static Seen
see (const DioFrame *frame)
{
  static const double red = 0.187821, green = 0.401978; /* 120 and 170 in linear light */
  g_autoptr (GError) error = NULL;
  g_auto (DioGlOutput) out = { 0 };
  dio_gl_renderer_draw (renderer, frame, 0, TRUE, &out, &error);
  g_assert_no_error (error);
  g_autoptr (DioImage) nits = dio_gl_renderer_draw_linear (renderer, frame, 0, &error);
  g_assert_no_error (error);
  const DioCamera *camera = &g_array_index (frame->cameras, DioCamera, 0);
  double white = 1.2 * exp2 (camera->exposure_ev100), sum[2] = { 0, 0 };
  Seen seen = { 0 };
  const double n = SIDE_PX * SIDE_PX;
  for (guint i = 0; i < SIDE_PX * SIDE_PX; i++) {
    seen.ids += (out.leaf->u16[i] == 1) / n;
    for (guint c = 0; c < 2; c++)
      sum[c] += nits->f32[i * 3 + c] / white / n;
  }
  seen.light = sum[1] / green;
  seen.hue = sum[0] / sum[1] / (red / green);
  return seen;
}

static void
check_far (gconstpointer data)
{
  GlTexelFunc texels = (GlTexelFunc) data;
  for (double far = 1; far <= 32; far *= 2) {
    g_autoptr (DioFrame) frame = new_panel (texels, 1.37 * far);
    double reference = reference_coverage (frame);
    Seen seen = see (frame);
    g_test_message ("%4.0f x: covers %.4f, ids %.4f, light %.4f (%.1f %%), red/green %.4f", far,
                    reference, seen.ids, seen.light, (seen.light / reference - 1) * 100, seen.hue);
    /* Below two tiles the picture's border cuts tiles in two. */
    if (far < 4)
      continue;
    g_assert_cmpfloat_with_epsilon (seen.ids, reference, 0.02);
    g_assert_cmpfloat_with_epsilon (seen.light, reference, 0.03 * reference + 0.004);
    g_assert_cmpfloat_with_epsilon (seen.hue, 1, 0.01);
  }
}

/* Every level covers as much as level 0 and has its colour; level 0 keeps its alpha and all that shows. */
static void
test_levels (void)
{
  static const guint sizes[][2] = { { 256, 256 }, { 37, 91 }, { 1, 5 }, { 64, 1 } };
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autoptr (DioImage) image = dio_image_new (sizes[i][0], sizes[i][1], 4, DIO_PIXEL_U8);
    for (guint k = 0; k < sizes[i][0] * sizes[i][1]; k++)
      paint (image->u8 + k * 4, k % 7 < 2 ? 1 : k % 7 == 2 ? 0.5 : 0);
    g_autoptr (GPtrArray) levels = dio_gl_mipmap_new (image, TRUE);
    double first = 0;
    for (guint level = 0; level < levels->len; level++) {
      const DioImage *made = levels->pdata[level];
      guint n = made->width * made->height;
      double alpha = 0;
      g_assert_cmpuint (made->width, ==, MAX (sizes[i][0] >> level, 1));
      g_assert_cmpuint (made->height, ==, MAX (sizes[i][1] >> level, 1));
      for (guint k = 0; k < n; k++) {
        const uint8_t *texel = made->u8 + k * 4;
        alpha += texel[3] / 255.0 / n;
        g_assert_cmpint (ABS (texel[0] - 120), <=, 1);
        g_assert_cmpint (ABS (texel[1] - 170), <=, 1);
        if (level == 0)
          g_assert_cmpint (texel[3], ==, image->u8[k * 4 + 3]);
      }
      first = level == 0 ? alpha : first;
      g_assert_cmpfloat_with_epsilon (alpha, first, 0.004);
    }
    g_assert_cmpuint (((const DioImage *) levels->pdata[levels->len - 1])->width, ==, 1);
  }
}

/* A picture without alpha, or with nothing else, is the driver's. */
static void
test_needs_alpha (void)
{
  g_autoptr (DioImage) image = dio_image_new (4, 4, 4, DIO_PIXEL_U8);
  memset (image->data, 255, dio_image_get_bytes (image));
  g_assert_false (dio_gl_mipmap_needs_alpha (image));
  image->u8[7] = 200;
  g_assert_true (dio_gl_mipmap_needs_alpha (image));
  memset (image->data, 0, dio_image_get_bytes (image));
  g_assert_false (dio_gl_mipmap_needs_alpha (image));
}

/* A texture that is made again, after the cache of surfaces let it go, is the one that is there already. */
static void
test_made_again (void)
{
  gsize bytes = 0;
  for (int round = 0; round < 3; round++) {
    g_autoptr (DioFrame) frame = new_panel (leaf_card, 2);
    g_auto (DioGlOutput) out = { 0 };
    g_autoptr (GError) error = NULL;
    g_assert_true (dio_gl_renderer_draw (renderer, frame, 0, TRUE, &out, &error));
    g_assert_no_error (error);
    bytes = round == 0 ? dio_gl_renderer_get_bytes (renderer) : bytes;
    g_assert_cmpuint (dio_gl_renderer_get_bytes (renderer), ==, bytes);
  }
  g_autoptr (DioFrame) other = new_panel (chain_link, 2);
  g_auto (DioGlOutput) out = { 0 };
  g_assert_true (dio_gl_renderer_draw (renderer, other, 0, TRUE, &out, NULL));
  g_assert_cmpuint (dio_gl_renderer_get_bytes (renderer), >, bytes);
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
  /* First: the other tests draw the same textures. */
  g_test_add_func ("/gl/cover/made-again", test_made_again);
  g_test_add_data_func ("/gl/cover/leaf-card", leaf_card, check_far);
  g_test_add_data_func ("/gl/cover/chain-link", chain_link, check_far);
  g_test_add_func ("/gl/cover/levels", test_levels);
  g_test_add_func ("/gl/cover/needs-alpha", test_needs_alpha);
  int result = g_test_run ();
  dio_gl_renderer_free (renderer);
  dio_gl_context_free (context);
  return result;
}
