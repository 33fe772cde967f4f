#include "dio-frame-material.h"

#include "test-frame-fixtures.h"

#include <math.h>

/* A texture of 4 x 2 whose alpha is 10 * (1 + index). */
static DioTexture *
texture_new (void)
{
  DioImage *image = dio_image_new (4, 2, 4, DIO_PIXEL_U8);
  for (guint i = 0; i < 8; i++)
    image->u8[i * 4 + 3] = (uint8_t) (10 * (i + 1));
  return dio_texture_new_take (image, TRUE);
}

static DioMaterial *
material_new (DioFilter filter, DioWrap wrap)
{
  DioMaterial *material = dio_material_new ("leaf");
  g_autoptr (DioTexture) texture = texture_new ();
  material->alpha_mode = DIO_ALPHA_MASK;
  dio_texture_slot_set (&material->base_color_texture, texture);
  material->base_color_texture.filter = filter;
  material->base_color_texture.wrap_s = material->base_color_texture.wrap_t = wrap;
  return material;
}

static float
alpha_at (const DioMaterial *material, float u, float v)
{
  float uv[4] = { u, v, 0, 0 };
  return dio_material_alpha_at (material, uv, 1) * 255;
}

static void
test_texture_conversion (void)
{
  DioImage *deep = dio_image_new (1, 1, 2, DIO_PIXEL_U16);
  deep->u16[0] = 32896;
  deep->u16[1] = 65535;
  g_autoptr (DioTexture) from_deep = dio_texture_new_take (deep, FALSE);
  g_assert_cmpmem (from_deep->image->u8, 4, "\x80\x80\x80\xff", 4);

  DioImage *rgb = dio_image_new (1, 1, 3, DIO_PIXEL_U8);
  memcpy (rgb->u8, "\x01\x02\x03", 3);
  g_autoptr (DioTexture) from_rgb = dio_texture_new_take (dio_image_ref (rgb), FALSE);
  g_autoptr (DioTexture) as_srgb = dio_texture_new_take (rgb, TRUE);
  g_assert_cmpmem (from_rgb->image->u8, 4, "\x01\x02\x03\xff", 4);
  g_assert_cmpuint (from_rgb->key, !=, as_srgb->key);
}

static void
test_defaults_and_copy (void)
{
  g_autoptr (DioMaterial) material = material_new (DIO_FILTER_LINEAR, DIO_WRAP_REPEAT);
  g_assert_cmpfloat (material->metallic, ==, 0);
  g_assert_cmpfloat (material->roughness, ==, 0.8f);
  g_autoptr (DioMaterial) copy = dio_material_copy (material);
  g_assert_cmpstr (copy->name, ==, "leaf");
  g_assert_true (copy->base_color_texture.texture == material->base_color_texture.texture);
  dio_texture_slot_set (&copy->base_color_texture, NULL);
  g_assert_nonnull (material->base_color_texture.texture);
  dio_texture_slot_set (&material->base_color_texture, material->base_color_texture.texture);
  dio_material_unref (dio_material_ref (material));
}

static void
test_factors (void)
{
  g_autoptr (DioMaterial) material = dio_material_new (NULL);
  float uv[4] = { 0 };
  material->base_color[3] = 0.25f;
  g_assert_cmpfloat (dio_material_alpha_at (material, uv, 0.5f), ==, 1);
  material->alpha_mode = DIO_ALPHA_BLEND;
  g_assert_cmpfloat (dio_material_alpha_at (material, uv, 0.5f), ==, 0.125f);

  DioImage *full = dio_image_new (1, 1, 1, DIO_PIXEL_U8);
  g_autoptr (DioTexture) opaque = dio_texture_new_take (full, FALSE);
  dio_texture_slot_set (&material->base_color_texture, opaque);
  /* 255 must come out as exactly 1, else a cutoff of 1 would cut what is solid. */
  g_assert_cmpfloat (dio_material_alpha_at (material, uv, 0.5f), ==, 0.125f);
}

static void
test_bilinear (void)
{
  g_autoptr (DioMaterial) material = material_new (DIO_FILTER_LINEAR, DIO_WRAP_CLAMP);
  /* At texel centres the texel itself. */
  for (int y = 0; y < 2; y++)
    for (int x = 0; x < 4; x++)
      assert_near (alpha_at (material, ((float) x + 0.5f) / 4, ((float) y + 0.5f) / 2),
                   10 * (1 + 4 * y + x), 1e-4);
  /* A quarter of the way between 20, 30 and halfway between the rows. */
  assert_near (alpha_at (material, 1.75f / 4, 0.5f), 0.5 * (22.5 + 62.5), 1e-4);
}

static void
test_wrap_linear (void)
{
  g_autoptr (DioMaterial) repeat = material_new (DIO_FILTER_LINEAR, DIO_WRAP_REPEAT);
  g_autoptr (DioMaterial) mirror = material_new (DIO_FILTER_LINEAR, DIO_WRAP_MIRROR);
  g_autoptr (DioMaterial) clamp = material_new (DIO_FILTER_LINEAR, DIO_WRAP_CLAMP);
  /* On the left edge, in the middle of row 0: half of each neighbour. */
  assert_near (alpha_at (repeat, 0, 0.25f), (10 + 40) / 2.0, 1e-4);
  assert_near (alpha_at (mirror, 0, 0.25f), 10, 1e-4);
  assert_near (alpha_at (clamp, 0, 0.25f), 10, 1e-4);
  assert_near (alpha_at (clamp, -7, 0.25f), 10, 1e-4);
  assert_near (alpha_at (clamp, 7, 0.25f), 40, 1e-4);
  for (float u = 0.01f; u < 1; u += 0.07f) {
    assert_near (alpha_at (repeat, u + 3, 0.25f), alpha_at (repeat, u, 0.25f), 1e-2);
    assert_near (alpha_at (repeat, u - 2, 0.25f), alpha_at (repeat, u, 0.25f), 1e-2);
    assert_near (alpha_at (mirror, -u, 0.25f), alpha_at (mirror, u, 0.25f), 1e-2);
    assert_near (alpha_at (mirror, 2 - u, 0.25f), alpha_at (mirror, u, 0.25f), 1e-2);
    assert_near (alpha_at (mirror, u - 4, 0.25f), alpha_at (mirror, u, 0.25f), 1e-2);
  }
}

/* Leaves of all kinds: wholly there, wholly not, and rims between them, up to the borders. */
static DioTexture *
blotches_new (guint width, guint height)
{
  DioImage *image = dio_image_new (width, height, 4, DIO_PIXEL_U8);
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++) {
      double wave = sin (0.31 * x + 0.05 * y) + cos (0.23 * y - 0.11 * x);
      image->u8[(y * width + x) * 4 + 3] = (uint8_t) CLAMP (127 + 900 * wave, 0, 255);
    }
  return dio_texture_new_take (image, TRUE);
}

static guint
fold (float x, guint n, gboolean repeat)
{
  int i = (int) x, last = (int) n - 1;
  if (repeat)
    return (guint) (i < 0 ? last : i > last ? 0 : i);
  return (guint) CLAMP (i, 0, last);
}

/* The rule of the header for LINEAR, at a place that is wrapped already. */
static float
mix_four (const DioImage *image, float u, float v, gboolean repeat)
{
  float x = u * (float) image->width - 0.5f, y = v * (float) image->height - 0.5f;
  float x0 = floorf (x), y0 = floorf (y), rows[2];
  for (int i = 0; i < 2; i++) {
    gsize row = (gsize) fold (y0 + (float) i, image->height, repeat) * image->width;
    float a = image->u8[(row + fold (x0, image->width, repeat)) * 4 + 3];
    float b = image->u8[(row + fold (x0 + 1, image->width, repeat)) * 4 + 3];
    rows[i] = a + (b - a) * (x - x0);
  }
  return (rows[0] + (rows[1] - rows[0]) * (y - y0)) * (1.0f / 255.0f);
}

/* What is known of whole blocks of texels changes no bit of any answer. */
static void
test_blocks (void)
{
  static const guint sizes[][2] = { { 64, 32 }, { 37, 21 }, { 3, 5 }, { 1, 1 } };
  for (guint size = 0; size < G_N_ELEMENTS (sizes); size++)
    for (guint wrap = 0; wrap < 2; wrap++) {
      g_autoptr (DioMaterial) material =
          material_new (DIO_FILTER_LINEAR, wrap == 0 ? DIO_WRAP_REPEAT : DIO_WRAP_CLAMP);
      g_autoptr (DioTexture) texture = blotches_new (sizes[size][0], sizes[size][1]);
      dio_texture_slot_set (&material->base_color_texture, texture);
      guint counts[3] = { 0 };
      for (guint i = 0; i < 40000; i++) {
        float uv[4] = { (float) (i % 200) / 199.0f, (float) (i / 200) / 199.0f, 0, 0 };
        float u = wrap == 0 && uv[0] == 1 ? 0 : uv[0], v = wrap == 0 && uv[1] == 1 ? 0 : uv[1];
        float alpha = dio_material_alpha_at (material, uv, 1);
        g_assert_cmpfloat (alpha, ==, mix_four (texture->image, u, v, wrap == 0));
        counts[alpha == 0 ? 0 : alpha == 1 ? 1 : 2]++;
      }
      /* The picture asks for all kinds of blocks. */
      g_assert_true (size > 1 || (counts[0] > 5000 && counts[1] > 5000 && counts[2] > 500));
    }
}

static void
test_nearest (void)
{
  g_autoptr (DioMaterial) repeat = material_new (DIO_FILTER_NEAREST, DIO_WRAP_REPEAT);
  g_autoptr (DioMaterial) mirror = material_new (DIO_FILTER_NEAREST, DIO_WRAP_MIRROR);
  g_autoptr (DioMaterial) clamp = material_new (DIO_FILTER_NEAREST, DIO_WRAP_CLAMP);
  assert_near (alpha_at (repeat, 0.26f, 0.1f), 20, 1e-4);
  assert_near (alpha_at (repeat, 1.26f, -0.1f), 60, 1e-4);
  assert_near (alpha_at (mirror, 1.26f, 0.1f), 30, 1e-4);
  assert_near (alpha_at (mirror, 1, 0.1f), 40, 1e-4);
  assert_near (alpha_at (clamp, 1, 1), 80, 1e-4);
}

/* Offset * rotation * scale; a quarter turn takes u to -v (up), since v points down. */
static void
test_transform (void)
{
  g_autoptr (DioMaterial) material = material_new (DIO_FILTER_NEAREST, DIO_WRAP_REPEAT);
  DioTextureSlot *slot = &material->base_color_texture;
  slot->uv_scale[0] = 2;
  slot->uv_scale[1] = 3;
  slot->uv_offset[0] = 0.5f;
  slot->uv_offset[1] = 0.25f;
  slot->uv_rotation_rad = (float) G_PI_2;
  float m[6];
  dio_texture_slot_get_transform (slot, m);
  static const float expected[6] = { 0, 3, 0.5f, -2, 0, 0.25f };
  for (int i = 0; i < 6; i++)
    assert_near (m[i], expected[i], 1e-6);

  /* (0.1, 0.05) -> scaled (0.2, 0.15) -> turned (0.15, -0.2) -> moved (0.65, 0.05): texel (2, 0). */
  assert_near (alpha_at (material, 0.1f, 0.05f), 30, 1e-4);
}

static void
test_second_set (void)
{
  g_autoptr (DioMaterial) material = material_new (DIO_FILTER_NEAREST, DIO_WRAP_REPEAT);
  float uv[4] = { 0.1f, 0.1f, 0.9f, 0.9f };
  assert_near (dio_material_alpha_at (material, uv, 1) * 255, 10, 1e-4);
  material->base_color_texture.uv_set = 1;
  assert_near (dio_material_alpha_at (material, uv, 1) * 255, 80, 1e-4);
}

static void
test_hostile_coordinates (void)
{
  static const float values[] = { NAN, INFINITY, -INFINITY, 3e38f, -3e38f, 16777217.0f, -1e-30f };
  for (guint filter = DIO_FILTER_LINEAR; filter <= DIO_FILTER_NEAREST; filter++)
    for (guint wrap = DIO_WRAP_REPEAT; wrap <= DIO_WRAP_CLAMP; wrap++) {
      g_autoptr (DioMaterial) material = material_new ((DioFilter) filter, (DioWrap) wrap);
      for (guint i = 0; i < G_N_ELEMENTS (values); i++) {
        float alpha = alpha_at (material, values[i], 0.5f);
        g_assert_true (alpha >= 9.99f && alpha <= 80.01f);
      }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/frame/material/texture-conversion", test_texture_conversion);
  g_test_add_func ("/frame/material/defaults-and-copy", test_defaults_and_copy);
  g_test_add_func ("/frame/material/factors", test_factors);
  g_test_add_func ("/frame/material/bilinear", test_bilinear);
  g_test_add_func ("/frame/material/wrap-linear", test_wrap_linear);
  g_test_add_func ("/frame/material/blocks", test_blocks);
  g_test_add_func ("/frame/material/nearest", test_nearest);
  g_test_add_func ("/frame/material/transform", test_transform);
  g_test_add_func ("/frame/material/second-set", test_second_set);
  g_test_add_func ("/frame/material/hostile-coordinates", test_hostile_coordinates);
  return g_test_run ();
}
