#define G_LOG_DOMAIN "dio-assets"

#include "dio-assets-gltf-private.h"

#include <math.h>
#include <string.h>

/* glTF's emissive factors have no unit that files keep to; 1 becomes this many nits, a bright display. */
#define EMISSIVE_NITS 100.0f

typedef struct {
  DioImport *import;
  const DioGltf *gltf;
  DioMaterial *to;
} Reader;

static float
get_number (const json_t *object, const char *key, float fallback, float low, float high)
{
  const json_t *value = json_object_get (object, key);
  if (!json_is_number (value))
    return fallback;
  double number = json_number_value (value);
  return isfinite (number) ? (float) CLAMP (number, (double) low, (double) high) : fallback;
}

static void
get_vector (const json_t *object, const char *key, guint n, float *out)
{
  const json_t *array = json_object_get (object, key);
  if (json_array_size (array) != n)
    return;
  for (guint i = 0; i < n; i++) {
    double number = json_number_value (json_array_get (array, i));
    out[i] = (float) CLAMP (number, -1e6, 1e6);
  }
}

static const json_t *
get_extension (const json_t *object, const char *name)
{
  return json_object_get (json_object_get (object, "extensions"), name);
}

/* --- Textures ------------------------------------------------------------------------------------ */

static DioImage *
load_image (const Reader *r, guint64 index)
{
  const json_t *image = dio_gltf_get (r->gltf, "images", index);
  const char *uri = json_string_value (json_object_get (image, "uri"));
  g_autofree char *key = g_strdup_printf ("images[%" G_GUINT64_FORMAT "]", index);
  guint64 view, stride;
  const guint8 *data;
  gsize size;
  if (uri != NULL && !g_str_has_prefix (uri, "data:"))
    return dio_texture_cache_load (r->import->textures, uri);
  g_autoptr (GBytes) bytes = NULL;
  if (uri != NULL)
    bytes = dio_gltf_decode_data_uri (uri);
  else if (image != NULL && dio_gltf_get_uint (image, "bufferView", G_MAXUINT32, &view)
           && dio_gltf_get_view (r->gltf, view, &data, &size, &stride))
    bytes = g_bytes_new_static (data, size);
  if (bytes != NULL)
    return dio_texture_cache_decode (r->import->textures, key, bytes);
  dio_diagnostics_add (r->import->findings, DIO_SEVERITY_WARNING, "broken-texture", key,
                       "the picture has no data that can be reached; grey stands in its place");
  return NULL;
}

static DioWrap
get_wrap (const json_t *sampler, const char *key)
{
  guint64 code = 10497;
  dio_gltf_get_uint (sampler, key, 10497, &code);
  return code == 33071 ? DIO_WRAP_CLAMP : code == 33648 ? DIO_WRAP_MIRROR : DIO_WRAP_REPEAT;
}

static void
read_sampler (const Reader *r, const json_t *texture, DioTextureSlot *slot)
{
  guint64 index, filter = 0;
  if (!dio_gltf_get_uint (texture, "sampler", G_MAXUINT32, &index))
    return;
  const json_t *sampler = dio_gltf_get (r->gltf, "samplers", index);
  slot->wrap_s = get_wrap (sampler, "wrapS");
  slot->wrap_t = get_wrap (sampler, "wrapT");
  dio_gltf_get_uint (sampler, "magFilter", 0, &filter);
  slot->filter = filter == 9728 ? DIO_FILTER_NEAREST : DIO_FILTER_LINEAR;
}

static void
read_coordinates (const Reader *r, const json_t *info, DioTextureSlot *slot)
{
  const json_t *transform = get_extension (info, "KHR_texture_transform");
  guint64 set = 0;
  dio_gltf_get_uint (info, "texCoord", 0, &set);
  if (transform != NULL) {
    dio_gltf_get_uint (transform, "texCoord", set, &set);
    get_vector (transform, "offset", 2, slot->uv_offset);
    get_vector (transform, "scale", 2, slot->uv_scale);
    slot->uv_rotation_rad = get_number (transform, "rotation", 0, -1e4f, 1e4f);
  }
  slot->uv_set = set == 1 ? 1 : 0;
  if (set > 1)
    dio_diagnostics_add (
        r->import->findings, DIO_SEVERITY_WARNING, "uv-set-unread", r->to->name,
        "a texture uses UV set %" G_GUINT64_FORMAT "; only 0 and 1 are read, 0 was taken", set);
}

/* Fills @slot from a textureInfo; FALSE where there is one, but its picture is not to be had. */
static gboolean
read_slot (const Reader *r, const json_t *info, DioTextureSlot *slot, gboolean srgb)
{
  guint64 index, source = G_MAXUINT32;
  if (!json_is_object (info))
    return TRUE;
  const json_t *texture = dio_gltf_get_uint (info, "index", G_MAXUINT32, &index)
                              ? dio_gltf_get (r->gltf, "textures", index)
                              : NULL;
  const json_t *webp = get_extension (texture, "EXT_texture_webp");
  dio_gltf_get_uint (webp != NULL ? webp : texture, "source", G_MAXUINT32, &source);
  read_coordinates (r, info, slot);
  read_sampler (r, texture, slot);
  g_autoptr (DioImage) image = load_image (r, source);
  if (image == NULL)
    return FALSE;
  g_autoptr (DioTexture) wrapped = dio_texture_cache_wrap (r->import->textures, image, srgb);
  dio_texture_slot_set (slot, wrapped);
  return TRUE;
}

/* --- Parts of a material ------------------------------------------------------------------------- */

static void
grey_base (DioMaterial *material)
{
  for (guint c = 0; c < 3; c++)
    material->base_color[c] *= 0.5f;
}

static void
clamp_color (float *color, guint n)
{
  for (guint c = 0; c < n; c++)
    color[c] = CLAMP (color[c], 0.0f, 1.0f);
}

static void
read_metal_rough (const Reader *r, const json_t *pbr)
{
  DioMaterial *m = r->to;
  for (guint c = 0; c < 4; c++)
    m->base_color[c] = 1;
  get_vector (pbr, "baseColorFactor", 4, m->base_color);
  clamp_color (m->base_color, 4);
  m->metallic = get_number (pbr, "metallicFactor", 1, 0, 1);
  m->roughness = get_number (pbr, "roughnessFactor", 1, 0, 1);
  if (!read_slot (r, json_object_get (pbr, "baseColorTexture"), &m->base_color_texture, TRUE))
    grey_base (m);
  if (!read_slot (r, json_object_get (pbr, "metallicRoughnessTexture"),
                  &m->metallic_roughness_texture, FALSE)) {
    /* Factors are 1 beside a texture; a mirror is the worst guess for what it said. */
    m->metallic = 0;
    m->roughness = MAX (m->roughness, 0.5f);
  }
}

/* The older workflow: what reflects in colour is metal, what does not is diffuse. */
static void
read_spec_gloss (const Reader *r, const json_t *extension)
{
  DioMaterial *m = r->to;
  float specular[3] = { 1, 1, 1 };
  for (guint c = 0; c < 4; c++)
    m->base_color[c] = 1;
  get_vector (extension, "diffuseFactor", 4, m->base_color);
  get_vector (extension, "specularFactor", 3, specular);
  clamp_color (m->base_color, 4);
  clamp_color (specular, 3);
  m->roughness = 1 - get_number (extension, "glossinessFactor", 1, 0, 1);
  m->metallic = 0;
  gboolean textured = json_object_get (extension, "diffuseTexture") != NULL;
  if (json_object_get (extension, "specularGlossinessTexture") != NULL) {
    m->roughness = MAX (m->roughness, 0.5f);
  } else if (!textured) {
    float strongest = MAX (MAX (specular[0], specular[1]), specular[2]);
    float metallic = CLAMP ((strongest - 0.1f) / 0.4f, 0.0f, 1.0f);
    for (guint c = 0; c < 3; c++)
      m->base_color[c] += (specular[c] - m->base_color[c]) * metallic;
    m->metallic = metallic;
  }
  if (!read_slot (r, json_object_get (extension, "diffuseTexture"), &m->base_color_texture, TRUE))
    grey_base (m);
  dio_diagnostics_add (r->import->findings, DIO_SEVERITY_NOTE, "specular-glossiness", m->name,
                       "the material is of the specular-glossiness kind and was turned into "
                       "metallic-roughness, which is close but not the same");
}

static void
read_emissive (const Reader *r, const json_t *material)
{
  float factor[3] = { 0, 0, 0 };
  get_vector (material, "emissiveFactor", 3, factor);
  clamp_color (factor, 3);
  float strength = get_number (get_extension (material, "KHR_materials_emissive_strength"),
                               "emissiveStrength", 1, 0, 1e6f);
  for (guint c = 0; c < 3; c++)
    r->to->emissive_nits[c] = factor[c] * strength * EMISSIVE_NITS;
  if (!read_slot (r, json_object_get (material, "emissiveTexture"), &r->to->emissive_texture, TRUE))
    memset (r->to->emissive_nits, 0, sizeof r->to->emissive_nits);
}

static void
read_alpha (const Reader *r, const json_t *material)
{
  const char *mode = json_string_value (json_object_get (material, "alphaMode"));
  r->to->alpha_mode = g_strcmp0 (mode, "MASK") == 0    ? DIO_ALPHA_MASK
                      : g_strcmp0 (mode, "BLEND") == 0 ? DIO_ALPHA_BLEND
                                                       : DIO_ALPHA_OPAQUE;
  r->to->alpha_cutoff = get_number (material, "alphaCutoff", 0.5f, 0, 1e3f);
  r->to->double_sided = json_is_true (json_object_get (material, "doubleSided"));
  const json_t *glass = get_extension (material, "KHR_materials_transmission");
  float through = get_number (glass, "transmissionFactor", 0, 0, 1);
  if (through <= 0)
    return;
  /* Alpha had no meaning so far where the mode was opaque. */
  if (r->to->alpha_mode == DIO_ALPHA_OPAQUE)
    r->to->base_color[3] = 1;
  r->to->alpha_mode = DIO_ALPHA_BLEND;
  r->to->base_color[3] *= MAX (1 - through, DIO_LEAST_GLASS_ALPHA);
  r->to->transmission = through;
  r->to->label_surface = DIO_LABEL_SURFACE_AUTO;
  dio_diagnostics_add (
      r->import->findings, DIO_SEVERITY_NOTE, "transmission-approximated", r->to->name,
      "the material lets %.0f %% of the light through, which is shown in its "
      "colour but without refraction; set its label_surface to say what it means for labels",
      (double) through * 100);
}

static DioMaterial *
read_material (DioImport *import, const DioGltf *gltf, guint index)
{
  const json_t *material = dio_gltf_get (gltf, "materials", index);
  g_autofree char *fallback = g_strdup_printf ("material %u", index + 1);
  g_autofree char *name =
      dio_group_name (json_string_value (json_object_get (material, "name")), fallback);
  Reader r = { import, gltf, dio_material_new (name) };
  const json_t *spec_gloss = get_extension (material, "KHR_materials_pbrSpecularGlossiness");
  if (spec_gloss != NULL)
    read_spec_gloss (&r, spec_gloss);
  else
    read_metal_rough (&r, json_object_get (material, "pbrMetallicRoughness"));
  const json_t *normal = json_object_get (material, "normalTexture");
  const json_t *occlusion = json_object_get (material, "occlusionTexture");
  r.to->normal_scale = get_number (normal, "scale", 1, -1e3f, 1e3f);
  r.to->occlusion_strength = get_number (occlusion, "strength", 1, 0, 1);
  read_slot (&r, normal, &r.to->normal_texture, FALSE);
  read_slot (&r, occlusion, &r.to->occlusion_texture, FALSE);
  read_emissive (&r, material);
  read_alpha (&r, material);
  r.to->unlit = get_extension (material, "KHR_materials_unlit") != NULL;
  return r.to;
}

/* Which materials a mesh uses; the others would only load pictures. */
static void
mark_used (const DioGltf *gltf, gboolean *used, guint n)
{
  for (guint m = 0; m < dio_gltf_count (gltf, "meshes"); m++) {
    size_t i;
    json_t *primitive;
    json_array_foreach (json_object_get (dio_gltf_get (gltf, "meshes", m), "primitives"), i,
                        primitive) {
      guint64 material;
      if (dio_gltf_get_uint (primitive, "material", n, &material) && material < n)
        used[material] = TRUE;
    }
  }
}

void
dio_gltf_read_materials (DioImport *import, DioSoup *soup)
{
  const DioGltf *gltf = import->gltf;
  guint n = dio_gltf_count (gltf, "materials");
  g_autofree gboolean *used = g_new0 (gboolean, n + 1);
  mark_used (gltf, used, n);
  for (guint m = 0; m < n; m++)
    g_ptr_array_add (soup->materials,
                     used[m] ? read_material (import, gltf, m) : dio_material_new ("unused"));
  DioMaterial *plain = dio_material_new ("default");
  g_ptr_array_add (soup->materials, plain);
}
