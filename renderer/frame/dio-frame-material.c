#define G_LOG_DOMAIN "dio-frame"

#include "dio-frame-material.h"

#include "dio-core-math.h"
#include "dio-frame-alpha-private.h"
#include "dio-frame-hash-private.h"

#include <math.h>

static uint8_t
read_as_u8 (const DioImage *image, gsize index)
{
  if (image->type == DIO_PIXEL_U8)
    return image->u8[index];
  return (uint8_t) ((image->u16[index] * 255u + 32767u) / 65535u);
}

/* Grey goes to all three colours; a picture without alpha is opaque. */
static DioImage *
expand_to_rgba (const DioImage *image)
{
  DioImage *rgba = dio_image_new (image->width, image->height, 4, DIO_PIXEL_U8);
  gsize n = (gsize) image->width * image->height;
  guint channels = image->channels;
  gboolean grey = channels <= 2, alpha = channels == 2 || channels == 4;

  for (gsize i = 0; i < n; i++) {
    uint8_t *out = rgba->u8 + i * 4;
    for (guint c = 0; c < 3; c++)
      out[c] = read_as_u8 (image, i * channels + (grey ? 0 : c));
    out[3] = alpha ? read_as_u8 (image, i * channels + channels - 1) : 255;
  }
  return rgba;
}

DioTexture *
dio_texture_new_take (DioImage *image, gboolean srgb)
{
  g_return_val_if_fail (image != NULL && image->type != DIO_PIXEL_F32, NULL);

  DioTexture *texture = g_new0 (DioTexture, 1);
  g_atomic_ref_count_init (&texture->refs);
  texture->srgb = srgb != FALSE;
  if (image->channels == 4 && image->type == DIO_PIXEL_U8) {
    texture->image = image;
  } else {
    texture->image = expand_to_rgba (image);
    dio_image_unref (image);
  }

  uint64_t state = dio_frame_hash_string (0, srgb ? "texture srgb" : "texture linear");
  state = dio_frame_hash_u64 (state, texture->image->width);
  state = dio_frame_hash_bytes (state, texture->image->data, dio_image_get_bytes (texture->image));
  texture->key = dio_frame_hash_finish (state);
  return texture;
}

DioTexture *
dio_texture_ref (DioTexture *texture)
{
  g_return_val_if_fail (texture != NULL, NULL);
  g_atomic_ref_count_inc (&texture->refs);
  return texture;
}

void
dio_texture_unref (DioTexture *texture)
{
  if (texture == NULL || !g_atomic_ref_count_dec (&texture->refs))
    return;
  dio_image_unref (texture->image);
  g_free (texture->alpha_blocks);
  g_free (texture);
}

static DioTextureSlot *
get_slot (DioMaterial *material, guint i)
{
  DioTextureSlot *const slots[DIO_MATERIAL_N_TEXTURE_SLOTS] = {
    &material->base_color_texture, &material->metallic_roughness_texture, &material->normal_texture,
    &material->occlusion_texture,  &material->emissive_texture,
  };
  return slots[i];
}

DioMaterial *
dio_material_new (const char *name)
{
  DioMaterial *material = g_new0 (DioMaterial, 1);
  g_atomic_ref_count_init (&material->refs);
  material->name = g_strdup (name);
  for (int i = 0; i < 4; i++)
    material->base_color[i] = 1;
  material->roughness = 0.8f;
  material->normal_scale = 1;
  material->occlusion_strength = 1;
  material->alpha_cutoff = 0.5f;
  for (guint i = 0; i < DIO_MATERIAL_N_TEXTURE_SLOTS; i++) {
    DioTextureSlot *slot = get_slot (material, i);
    slot->uv_scale[0] = slot->uv_scale[1] = 1;
  }
  return material;
}

DioMaterial *
dio_material_copy (const DioMaterial *material)
{
  g_return_val_if_fail (material != NULL, NULL);
  DioMaterial *copy = g_memdup2 (material, sizeof *material);
  g_atomic_ref_count_init (&copy->refs);
  copy->name = g_strdup (material->name);
  for (guint i = 0; i < DIO_MATERIAL_N_TEXTURE_SLOTS; i++) {
    DioTextureSlot *slot = get_slot (copy, i);
    if (slot->texture != NULL)
      dio_texture_ref (slot->texture);
  }
  return copy;
}

DioMaterial *
dio_material_ref (DioMaterial *material)
{
  g_return_val_if_fail (material != NULL, NULL);
  g_atomic_ref_count_inc (&material->refs);
  return material;
}

void
dio_material_unref (DioMaterial *material)
{
  if (material == NULL || !g_atomic_ref_count_dec (&material->refs))
    return;
  for (guint i = 0; i < DIO_MATERIAL_N_TEXTURE_SLOTS; i++)
    dio_texture_unref (get_slot (material, i)->texture);
  g_free (material->name);
  g_free (material);
}

void
dio_texture_slot_set (DioTextureSlot *slot, DioTexture *texture)
{
  g_return_if_fail (slot != NULL);
  if (texture != NULL)
    dio_texture_ref (texture);
  dio_texture_unref (slot->texture);
  slot->texture = texture;
}

void
dio_texture_slot_get_transform (const DioTextureSlot *slot, float out[static 6])
{
  /* By dio-core-math, because libm's last bit differs between machines and alpha cuts labels. */
  float c = (float) dio_cos (slot->uv_rotation_rad);
  float s = (float) dio_sin (slot->uv_rotation_rad);
  out[0] = c * slot->uv_scale[0];
  out[1] = s * slot->uv_scale[1];
  out[2] = slot->uv_offset[0];
  out[3] = -s * slot->uv_scale[0];
  out[4] = c * slot->uv_scale[1];
  out[5] = slot->uv_offset[1];
}

/* Folds a coordinate into [0, 1]; what is not finite becomes 0. */
static float
wrap_coordinate (float x, DioWrap wrap)
{
  float whole = floorf (x);
  switch (wrap) {
  case DIO_WRAP_MIRROR: {
    float t = x - whole;
    x = whole - 2 * floorf (whole * 0.5f) == 1 ? 1 - t : t;
    break;
  }
  case DIO_WRAP_CLAMP:
    x = x < 0 ? 0 : x > 1 ? 1 : x;
    break;
  case DIO_WRAP_REPEAT:
  default:
    x = x - whole;
    break;
  }
  return x >= 0 && x <= 1 ? x : 0;
}

/* @i lies in -1 .. n: one step over an edge. Mirroring shows the edge texel twice, as clamping does. */
static guint
wrap_texel (int i, guint n, DioWrap wrap)
{
  int last = (int) n - 1;
  if (wrap == DIO_WRAP_REPEAT)
    return (guint) (i < 0 ? last : i > last ? 0 : i);
  return (guint) CLAMP (i, 0, last);
}

static float
alpha_byte (const DioImage *image, guint x, guint y)
{
  return image->u8[((gsize) y * image->width + x) * 4 + 3];
}

static float
alpha_nearest (const DioTextureSlot *slot, float u, float v)
{
  const DioImage *image = slot->texture->image;
  int x = (int) floorf (u * (float) image->width);
  int y = (int) floorf (v * (float) image->height);
  return alpha_byte (image, wrap_texel (x, image->width, DIO_WRAP_CLAMP),
                     wrap_texel (y, image->height, DIO_WRAP_CLAMP));
}

/* Where the four texels are known to be alike their mean is theirs, to the bit. */
static guint
get_alpha_block (DioTexture *texture, float x_floor, float y_floor)
{
  if (x_floor < 0 || y_floor < 0)
    return DIO_ALPHA_BLOCK_MIXED;
  guint column = (guint) x_floor / DIO_ALPHA_BLOCK_PX, row = (guint) y_floor / DIO_ALPHA_BLOCK_PX;
  return dio_texture_get_alpha_blocks (
      texture)[(gsize) row * dio_alpha_block_columns (texture->image) + column];
}

static float
alpha_bilinear (const DioTextureSlot *slot, float u, float v)
{
  const DioImage *image = slot->texture->image;
  float tx = u * (float) image->width - 0.5f;
  float ty = v * (float) image->height - 0.5f;
  float x_floor = floorf (tx), y_floor = floorf (ty);
  float fx = tx - x_floor, fy = ty - y_floor;
  guint block = get_alpha_block (slot->texture, x_floor, y_floor);
  if (block != DIO_ALPHA_BLOCK_MIXED)
    return block == DIO_ALPHA_BLOCK_FULL ? 255 : 0;

  guint x0 = wrap_texel ((int) x_floor, image->width, slot->wrap_s);
  guint x1 = wrap_texel ((int) x_floor + 1, image->width, slot->wrap_s);
  guint y0 = wrap_texel ((int) y_floor, image->height, slot->wrap_t);
  guint y1 = wrap_texel ((int) y_floor + 1, image->height, slot->wrap_t);
  float a00 = alpha_byte (image, x0, y0), a10 = alpha_byte (image, x1, y0);
  float a01 = alpha_byte (image, x0, y1), a11 = alpha_byte (image, x1, y1);
  float top = a00 + (a10 - a00) * fx;
  float bottom = a01 + (a11 - a01) * fx;
  return top + (bottom - top) * fy;
}

float
dio_material_alpha_at (const DioMaterial *material, const float uv[static 4], float vertex_alpha)
{
  float transform[6] = { 0 };
  if (material->alpha_mode != DIO_ALPHA_OPAQUE)
    dio_texture_slot_get_transform (&material->base_color_texture, transform);
  return dio_material_alpha_mapped (material, transform, uv, vertex_alpha);
}

float
dio_material_alpha_mapped (const DioMaterial *material,
                           const float m[static 6],
                           const float uv[static 4],
                           float vertex_alpha)
{
  const DioTextureSlot *slot = &material->base_color_texture;
  float alpha = material->base_color[3] * vertex_alpha;
  if (material->alpha_mode == DIO_ALPHA_OPAQUE)
    return 1;
  if (slot->texture == NULL)
    return alpha;

  const float *set = uv + (slot->uv_set == 1 ? 2 : 0);
  float u = wrap_coordinate (m[0] * set[0] + m[1] * set[1] + m[2], slot->wrap_s);
  float v = wrap_coordinate (m[3] * set[0] + m[4] * set[1] + m[5], slot->wrap_t);
  float texel =
      slot->filter == DIO_FILTER_NEAREST ? alpha_nearest (slot, u, v) : alpha_bilinear (slot, u, v);
  return alpha * (texel * (1.0f / 255.0f));
}
