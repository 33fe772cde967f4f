#define G_LOG_DOMAIN "dio-assets"

#include "dio-assets-assimp-private.h"

#include "dio-image-color.h"

#include <math.h>
#include <string.h>

/* Materials of OBJ, FBX, DAE, PLY and STL. Their colours are taken as what a screen shows (sRGB), as the tools
 * that wrote them showed them; Phong exponents become roughness by sqrt (2 / (n + 2)), the width of the lobe
 * (Walter et al. 2007). Emission 1 becomes this many nits, a bright display. */
#define EMISSIVE_NITS 100.0f

typedef struct {
  DioImport *import;
  const struct aiScene *scene;
  const struct aiMaterial *from;
  DioMaterial *to;
  gboolean has_second_uvs; /* some mesh of this material has a second UV set */
} Reader;

static gboolean
get_color (const Reader *r, const char *key, float out[3])
{
  struct aiColor4D color;
  if (aiGetMaterialColor (r->from, key, 0, 0, &color) != aiReturn_SUCCESS)
    return FALSE;
  const float rgb[3] = { color.r, color.g, color.b };
  for (guint c = 0; c < 3; c++)
    out[c] = isfinite (rgb[c]) ? (float) dio_linear_from_srgb (CLAMP (rgb[c], 0.0f, 1.0f)) : 0.5f;
  return TRUE;
}

static gboolean
get_number (const Reader *r, const char *key, float *out)
{
  ai_real value;
  unsigned max = 1;
  if (aiGetMaterialFloatArray (r->from, key, 0, 0, &value, &max) != aiReturn_SUCCESS
      || !isfinite (value))
    return FALSE;
  *out = value;
  return TRUE;
}

static const struct aiTexture *
find_embedded (const struct aiScene *scene, const char *path)
{
  if (path[0] == '*') {
    guint64 index = g_ascii_strtoull (path + 1, NULL, 10);
    return index < scene->mNumTextures ? scene->mTextures[index] : NULL;
  }
  for (guint t = 0; t < scene->mNumTextures; t++) {
    if (path[0] != '\0' && strcmp (scene->mTextures[t]->mFilename.data, path) == 0)
      return scene->mTextures[t];
  }
  return NULL;
}

static DioImage *
load_embedded (const Reader *r, const struct aiTexture *texture, const char *path)
{
  g_autofree char *key = g_strconcat ("embedded:", path, NULL);
  if (texture->mHeight == 0) {
    g_autoptr (GBytes) bytes = g_bytes_new (texture->pcData, texture->mWidth);
    return dio_texture_cache_decode (r->import->textures, key, bytes);
  }
  if (texture->mWidth > DIO_TEXTURE_MAX_SIDE || texture->mHeight > DIO_TEXTURE_MAX_SIDE)
    return NULL;
  DioImage *image = dio_image_new (texture->mWidth, texture->mHeight, 4, DIO_PIXEL_U8);
  for (gsize i = 0; i < (gsize) texture->mWidth * texture->mHeight; i++) {
    const struct aiTexel *texel = &texture->pcData[i];
    const guint8 rgba[4] = { texel->r, texel->g, texel->b, texel->a };
    memcpy (image->u8 + i * 4, rgba, 4);
  }
  return image;
}

static DioWrap
wrap_from_assimp (enum aiTextureMapMode mode)
{
  if (mode == aiTextureMapMode_Mirror)
    return DIO_WRAP_MIRROR;
  return mode == aiTextureMapMode_Wrap ? DIO_WRAP_REPEAT : DIO_WRAP_CLAMP;
}

/* Scale and offset of OBJ's -s and -o and of FBX, which count v from the bottom. */
static void
read_uv_transform (const Reader *r, enum aiTextureType type, DioTextureSlot *slot)
{
  struct aiUVTransform t;
  if (aiGetMaterialUVTransform (r->from, AI_MATKEY_UVTRANSFORM (type, 0), &t) != aiReturn_SUCCESS)
    return;
  float sx = t.mScaling.x, sy = t.mScaling.y, ox = t.mTranslation.x, oy = t.mTranslation.y;
  if (!isfinite (sx + sy + ox + oy) || sx == 0 || sy == 0)
    return;
  slot->uv_scale[0] = sx;
  slot->uv_scale[1] = sy;
  slot->uv_offset[0] = ox;
  slot->uv_offset[1] = 1 - sy - oy;
}

/* The picture of the first texture of @type; fills how @slot reads it. @asked: whether there was a reference. */
static DioImage *
load_slot (const Reader *r, enum aiTextureType type, DioTextureSlot *slot, gboolean *asked)
{
  struct aiString path = { 0 };
  enum aiTextureMapMode modes[2] = { aiTextureMapMode_Wrap, aiTextureMapMode_Wrap };
  unsigned uv_set = 0;
  if (aiGetMaterialTexture (r->from, type, 0, &path, NULL, &uv_set, NULL, NULL, modes, NULL)
          != aiReturn_SUCCESS
      || path.data[0] == '\0')
    return NULL;
  if (asked != NULL)
    *asked = TRUE;
  /* COLLADA's sets have names like CHANNEL1 that Assimp takes for the number. */
  slot->uv_set = uv_set == 1 && r->has_second_uvs ? 1 : 0;
  slot->wrap_s = wrap_from_assimp (modes[0]);
  slot->wrap_t = wrap_from_assimp (modes[1]);
  read_uv_transform (r, type, slot);
  const struct aiTexture *embedded = find_embedded (r->scene, path.data);
  return embedded != NULL ? load_embedded (r, embedded, path.data)
                          : dio_texture_cache_load (r->import->textures, path.data);
}

static void
take_slot (const Reader *r, DioTextureSlot *slot, DioImage *image, gboolean srgb)
{
  g_autoptr (DioTexture) texture = dio_texture_cache_wrap (r->import->textures, image, srgb);
  dio_texture_slot_set (slot, texture);
}

/* --- Base colour and alpha ----------------------------------------------------------------------- */

/* @base with the alpha of @mask (its own alpha where it has one, else its brightness), at the size of the
 * larger of both. */
static DioImage *
merge_alpha (const DioImage *base, const DioImage *mask)
{
  gboolean own_alpha = dio_image_judge_alpha (mask) != DIO_ALPHA_USE_NONE;
  guint width = MAX (base->width, mask->width), height = MAX (base->height, mask->height);
  DioImage *out = dio_image_new (width, height, 4, DIO_PIXEL_U8);
  for (guint y = 0; y < height; y++) {
    gsize base_row = (gsize) ((guint64) y * base->height / height) * base->width;
    gsize mask_row = (gsize) ((guint64) y * mask->height / height) * mask->width;
    for (guint x = 0; x < width; x++) {
      const guint8 *b = base->u8 + (base_row + (gsize) x * base->width / width) * 4;
      const guint8 *m = mask->u8 + (mask_row + (gsize) x * mask->width / width) * 4;
      guint8 *to = out->u8 + ((gsize) y * width + x) * 4;
      memcpy (to, b, 3);
      to[3] = own_alpha ? m[3] : (guint8) ((m[0] * 54 + m[1] * 183 + m[2] * 19) >> 8);
    }
  }
  return out;
}

static DioImage *
white_image (void)
{
  DioImage *image = dio_image_new (1, 1, 4, DIO_PIXEL_U8);
  memset (image->u8, 255, 4);
  return image;
}

static void
set_alpha_mode (DioMaterial *material, DioAlphaUse use)
{
  if (use == DIO_ALPHA_USE_NONE)
    return;
  material->alpha_mode = use == DIO_ALPHA_USE_BINARY ? DIO_ALPHA_MASK : DIO_ALPHA_BLEND;
  material->alpha_cutoff = 0.5f;
  /* Cut-out cards show both sides in the tools that write these formats. */
  material->double_sided = TRUE;
}

static void
read_base_color (const Reader *r)
{
  float *factor = r->to->base_color;
  if (!get_color (r, "$clr.base", factor))
    get_color (r, "$clr.diffuse", factor);
  gboolean asked = FALSE, asked_mask = FALSE;
  DioTextureSlot *slot = &r->to->base_color_texture;
  g_autoptr (DioImage) image = load_slot (r, aiTextureType_BASE_COLOR, slot, &asked);
  if (image == NULL && !asked)
    image = load_slot (r, aiTextureType_DIFFUSE, slot, &asked);
  DioTextureSlot unused = *slot;
  g_autoptr (DioImage) mask =
      load_slot (r, aiTextureType_OPACITY, asked ? &unused : slot, &asked_mask);
  if (asked) {
    /* Exporters write a black Kd beside a texture that replaces it. */
    gboolean black = factor[0] + factor[1] + factor[2] < 1e-3f;
    for (guint c = 0; c < 3; c++)
      factor[c] = (black ? 1 : factor[c]) * (image == NULL ? 0.5f : 1);
  }
  if (mask != NULL) {
    g_autoptr (DioImage) base = image != NULL ? g_steal_pointer (&image) : white_image ();
    image = merge_alpha (base, mask);
  }
  if (image == NULL)
    return;
  set_alpha_mode (r->to, dio_image_judge_alpha (image));
  take_slot (r, slot, image, TRUE);
}

static void
read_opacity (const Reader *r)
{
  float opacity = 1;
  if (!get_number (r, "$mat.opacity", &opacity) || opacity >= 0.999f)
    return;
  if (opacity <= 0) {
    dio_diagnostics_add (r->import->findings, DIO_SEVERITY_NOTE, "opacity-zero", r->to->name,
                         "the material says opacity 0, which exporters write where they mean "
                         "opaque; it was taken as opaque; override alpha if it is glass");
    return;
  }
  r->to->base_color[3] = opacity;
  r->to->alpha_mode = DIO_ALPHA_BLEND;
}

/* --- Normals ------------------------------------------------------------------------------------- */

static gboolean
looks_like_normal_map (const DioImage *image)
{
  guint64 sum[3] = { 0, 0, 0 };
  gsize n = (gsize) image->width * image->height;
  for (gsize i = 0; i < n; i++) {
    for (guint c = 0; c < 3; c++)
      sum[c] += image->u8[i * 4 + c];
  }
  guint64 red = sum[0] / n, green = sum[1] / n, blue = sum[2] / n;
  return blue > 170 && red > 90 && red < 166 && green > 90 && green < 166;
}

static double
height_at (const DioImage *image, guint x, guint y)
{
  const guint8 *p = image->u8 + ((gsize) (y % image->height) * image->width + x % image->width) * 4;
  return (p[0] + p[1] + p[2]) / 765.0;
}

/* A bump map as a normal map (+Y up): slopes over two texels; one grey level per texel is a gentle slope. */
static DioImage *
normals_from_heights (const DioImage *image)
{
  const double strength = 2.0;
  DioImage *out = dio_image_new (image->width, image->height, 4, DIO_PIXEL_U8);
  guint w = image->width, h = image->height;
  for (guint y = 0; y < h; y++) {
    for (guint x = 0; x < w; x++) {
      double dx = height_at (image, x + 1, y) - height_at (image, x + w - 1, y);
      double dy = height_at (image, x, y + h - 1) - height_at (image, x, y + 1);
      double n[3] = { -dx * strength, -dy * strength, 1 };
      double length = sqrt (n[0] * n[0] + n[1] * n[1] + 1);
      guint8 *to = out->u8 + ((gsize) y * w + x) * 4;
      for (guint c = 0; c < 3; c++)
        to[c] = (guint8) ((n[c] / length * 0.5 + 0.5) * 255 + 0.5);
      to[3] = 255;
    }
  }
  return out;
}

static void
read_normals (const Reader *r)
{
  DioTextureSlot *slot = &r->to->normal_texture;
  gboolean asked = FALSE;
  g_autoptr (DioImage) image = load_slot (r, aiTextureType_NORMALS, slot, &asked);
  if (!asked)
    image = load_slot (r, aiTextureType_HEIGHT, slot, &asked);
  if (image == NULL)
    return;
  /* Both keywords are used for both kinds of maps, so the picture decides. */
  if (!looks_like_normal_map (image)) {
    DioImage *normals = normals_from_heights (image);
    dio_image_unref (image);
    image = normals;
  }
  take_slot (r, slot, image, FALSE);
}

/* --- The rest ------------------------------------------------------------------------------------ */

static void
read_surface (const Reader *r)
{
  float number;
  r->to->metallic = 0;
  r->to->roughness = 0.8f;
  if (get_number (r, "$mat.shininess", &number) && number > 0)
    r->to->roughness = CLAMP (sqrtf (2 / (number + 2)), 0.05f, 1.0f);
  float specular[3];
  if (get_color (r, "$clr.specular", specular) && specular[0] + specular[1] + specular[2] < 0.01f)
    r->to->roughness = MAX (r->to->roughness, 0.8f);
  if (get_number (r, "$mat.metallicFactor", &number))
    r->to->metallic = CLAMP (number, 0.0f, 1.0f);
  if (get_number (r, "$mat.roughnessFactor", &number))
    r->to->roughness = CLAMP (number, 0.0f, 1.0f);
  if (get_number (r, "$mat.twosided", &number))
    r->to->double_sided = number != 0;
}

/* Separate metalness and roughness pictures become one of glTF's: G roughness, B metallic. */
static void
read_metal_rough (const Reader *r)
{
  DioTextureSlot *slot = &r->to->metallic_roughness_texture;
  g_autoptr (DioImage) rough = load_slot (r, aiTextureType_DIFFUSE_ROUGHNESS, slot, NULL);
  g_autoptr (DioImage) metal = load_slot (r, aiTextureType_METALNESS, slot, NULL);
  if (rough == NULL && metal == NULL)
    return;
  const DioImage *shape = rough != NULL ? rough : metal;
  g_autoptr (DioImage) out = dio_image_new (shape->width, shape->height, 4, DIO_PIXEL_U8);
  gboolean packed = rough == metal;
  for (guint y = 0; y < out->height; y++) {
    for (guint x = 0; x < out->width; x++) {
      guint8 *to = out->u8 + ((gsize) y * out->width + x) * 4;
      memset (to, 255, 4);
      if (rough != NULL)
        to[1] = rough->u8[((gsize) y * rough->width + x) * 4 + (packed ? 1 : 0)];
      if (metal == NULL)
        continue;
      guint mx = (guint) ((guint64) x * metal->width / out->width);
      guint my = (guint) ((guint64) y * metal->height / out->height);
      to[2] = metal->u8[((gsize) my * metal->width + mx) * 4 + (packed ? 2 : 0)];
    }
  }
  if (rough != NULL)
    r->to->roughness = 1;
  if (metal != NULL)
    r->to->metallic = 1;
  take_slot (r, slot, out, FALSE);
}

static void
read_emissive (const Reader *r)
{
  float color[3] = { 0, 0, 0 }, strength = 1;
  get_color (r, "$clr.emissive", color);
  if (get_number (r, "$mat.emissiveIntensity", &strength))
    strength = CLAMP (strength, 0.0f, 1e6f);
  gboolean asked = FALSE;
  g_autoptr (DioImage) image =
      load_slot (r, aiTextureType_EMISSIVE, &r->to->emissive_texture, &asked);
  if (!asked)
    image = load_slot (r, aiTextureType_EMISSION_COLOR, &r->to->emissive_texture, NULL);
  if (image != NULL) {
    take_slot (r, &r->to->emissive_texture, image, TRUE);
    if (color[0] + color[1] + color[2] < 1e-3f)
      color[0] = color[1] = color[2] = 1;
  }
  for (guint c = 0; c < 3; c++)
    r->to->emissive_nits[c] = color[c] * strength * EMISSIVE_NITS;
}

static gboolean
has_second_uvs (const struct aiScene *scene, guint material)
{
  for (guint m = 0; m < scene->mNumMeshes; m++) {
    const struct aiMesh *mesh = scene->mMeshes[m];
    if (mesh->mMaterialIndex == material && mesh->mTextureCoords[1] != NULL)
      return TRUE;
  }
  return FALSE;
}

static DioMaterial *
read_material (DioImport *import, const struct aiScene *scene, guint index)
{
  const struct aiMaterial *from = scene->mMaterials[index];
  struct aiString name = { 0 };
  aiGetMaterialString (from, AI_MATKEY_NAME, &name);
  g_autofree char *shown = dio_group_name (name.data, "material");
  Reader r = { import, scene, from, dio_material_new (shown), has_second_uvs (scene, index) };
  /* These formats say nothing of sides, and their viewers draw both. */
  r.to->double_sided = TRUE;
  read_base_color (&r);
  read_opacity (&r);
  read_surface (&r);
  read_metal_rough (&r);
  read_normals (&r);
  read_emissive (&r);
  return r.to;
}

void
dio_assimp_read_materials (DioImport *import, const struct aiScene *scene, DioSoup *soup)
{
  /* Materials that no mesh uses would only load pictures. */
  g_autofree gboolean *used = g_new0 (gboolean, scene->mNumMaterials + 1);
  for (guint m = 0; m < scene->mNumMeshes; m++)
    used[MIN (scene->mMeshes[m]->mMaterialIndex, scene->mNumMaterials)] = TRUE;
  for (guint m = 0; m < scene->mNumMaterials; m++) {
    DioMaterial *material =
        used[m] ? read_material (import, scene, m) : dio_material_new ("unused");
    g_ptr_array_add (soup->materials, material);
  }
  if (soup->materials->len == 0)
    g_ptr_array_add (soup->materials, dio_material_new ("default"));
}
