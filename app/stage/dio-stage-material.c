#define G_LOG_DOMAIN "dio-stage"

#include "dio-stage-private.h"

#include <string.h>

static gboolean
has (const DioMaterialOverride *override, DioMaterialProperty property)
{
  return (override->set & (1u << property)) != 0;
}

static void
set_factors (DioMaterial *material, const DioMaterialOverride *override)
{
  if (has (override, DIO_MATERIAL_BASE_COLOR))
    for (int i = 0; i < 4; i++)
      material->base_color[i] = (float) override->base_color[i];
  if (has (override, DIO_MATERIAL_METALLIC))
    material->metallic = (float) override->metallic;
  if (has (override, DIO_MATERIAL_ROUGHNESS))
    material->roughness = (float) override->roughness;
  if (has (override, DIO_MATERIAL_NORMAL_SCALE))
    material->normal_scale = (float) override->normal_scale;
  if (has (override, DIO_MATERIAL_OCCLUSION_STRENGTH))
    material->occlusion_strength = (float) override->occlusion_strength;
  if (has (override, DIO_MATERIAL_EMISSIVE))
    for (int i = 0; i < 3; i++)
      material->emissive_nits[i] = (float) override->emissive_nits[i];
  if (has (override, DIO_MATERIAL_ALPHA_MODE))
    material->alpha_mode = override->alpha_mode;
  if (has (override, DIO_MATERIAL_ALPHA_CUTOFF))
    material->alpha_cutoff = (float) override->alpha_cutoff;
  if (has (override, DIO_MATERIAL_DOUBLE_SIDED))
    material->double_sided = override->double_sided;
  if (has (override, DIO_MATERIAL_LABEL_SURFACE))
    material->label_surface = override->label_surface;
}

static gboolean
set_texture (DioStage *stage, DioTextureSlot *slot, const char *name, gboolean srgb, GError **error)
{
  if (name == NULL || *name == '\0') {
    dio_texture_slot_set (slot, NULL);
    return TRUE;
  }
  DioTexture *texture = dio_stage_get_texture (stage, name, srgb, error);
  if (texture == NULL)
    return FALSE;
  dio_texture_slot_set (slot, texture);
  return TRUE;
}

static void
set_uv_scale (DioMaterial *material, const double uv_scale[static 2])
{
  DioTextureSlot *slots[] = {
    &material->base_color_texture, &material->metallic_roughness_texture, &material->normal_texture,
    &material->occlusion_texture,  &material->emissive_texture,
  };
  for (guint i = 0; i < G_N_ELEMENTS (slots); i++)
    for (int axis = 0; axis < 2; axis++)
      slots[i]->uv_scale[axis] = (float) uv_scale[axis];
}

static gboolean
apply (DioStage *stage, DioMaterial *material, const DioMaterialOverride *override, GError **error)
{
  const struct {
    DioMaterialProperty property;
    DioTextureSlot *slot;
    const char *name;
    gboolean srgb;
  } textures[] = {
    { DIO_MATERIAL_BASE_COLOR_TEXTURE, &material->base_color_texture, override->base_color_texture,
      TRUE },
    { DIO_MATERIAL_METALLIC_ROUGHNESS_TEXTURE, &material->metallic_roughness_texture,
      override->metallic_roughness_texture, FALSE },
    { DIO_MATERIAL_NORMAL_TEXTURE, &material->normal_texture, override->normal_texture, FALSE },
    { DIO_MATERIAL_OCCLUSION_TEXTURE, &material->occlusion_texture, override->occlusion_texture,
      FALSE },
    { DIO_MATERIAL_EMISSIVE_TEXTURE, &material->emissive_texture, override->emissive_texture,
      TRUE },
  };

  set_factors (material, override);
  for (guint i = 0; i < G_N_ELEMENTS (textures); i++)
    if (has (override, textures[i].property)
        && !set_texture (stage, textures[i].slot, textures[i].name, textures[i].srgb, error))
      return FALSE;
  if (has (override, DIO_MATERIAL_UV_SCALE))
    set_uv_scale (material, override->uv_scale);
  return TRUE;
}

DioMaterial *
dio_stage_apply_overrides (DioStage *stage,
                           const DioModelProps *props,
                           DioMaterial *base,
                           GError **error)
{
  g_autoptr (DioMaterial) changed = NULL;
  for (guint i = 0; props->materials != NULL && i < props->materials->len; i++) {
    const DioMaterialOverride *override = g_ptr_array_index (props->materials, i);
    if (!g_str_equal (override->slot, "*") && g_strcmp0 (override->slot, base->name) != 0)
      continue;
    if (changed == NULL)
      changed = dio_material_copy (base);
    if (!apply (stage, changed, override, error))
      return NULL;
  }
  if (!dio_stage_is_on (stage, props->glows_below_sun_rad)) {
    if (changed == NULL)
      changed = dio_material_copy (base);
    memset (changed->emissive_nits, 0, sizeof changed->emissive_nits);
  }
  return changed != NULL ? g_steal_pointer (&changed) : dio_material_ref (base);
}
