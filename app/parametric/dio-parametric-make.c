#define G_LOG_DOMAIN "dio-parametric"

/* Materials and parts of a model under construction. */

#include "dio-core-pose.h"
#include "dio-image-color.h"
#include "dio-parametric-private.h"

static void
set_slot (DioTextureSlot *slot, DioTexture *texture, double tile_m)
{
  float scale = tile_m > 0 ? (float) (DIO_TEXTURE_TILE_M / tile_m) : 1;
  dio_texture_slot_set (slot, texture);
  slot->uv_scale[0] = slot->uv_scale[1] = scale;
}

static void
set_surface (DioMaterial *material, const DioSurface *surface)
{
  g_auto (DioSurfaceMaps) maps = { 0 };
  dio_surface_get_maps (surface, &maps);
  set_slot (&material->base_color_texture, maps.color, surface->tile_m);
  set_slot (&material->normal_texture, maps.normal, surface->tile_m);
  set_slot (&material->metallic_roughness_texture, maps.metallic_roughness, surface->tile_m);
}

guint
dio_parametric_add_material (DioParametricMake *make, const DioMaterialLook *look)
{
  const uint8_t srgb[3] = { look->red, look->green, look->blue };
  DioMaterial *material = dio_material_new (look->name);
  for (int c = 0; c < 3; c++) {
    material->base_color[c] = (float) dio_linear_from_srgb (srgb[c] / 255.0);
    material->emissive_nits[c] = material->base_color[c] * look->emissive_nits;
  }
  material->base_color[3] = look->alpha > 0 ? look->alpha : 1;
  material->roughness = look->roughness;
  material->metallic = look->metallic;
  material->alpha_mode = look->alpha_mode;
  material->transmission = look->transmission;
  material->double_sided = look->double_sided;
  material->label_surface = look->label_surface;
  if (look->surface != NULL && !make->bare)
    set_surface (material, look->surface);
  return dio_model_take_material (make->model, material);
}

void
dio_parametric_take_mesh (DioParametricMake *make,
                          DioMeshBuilder *builder,
                          guint material,
                          guint group)
{
  if (builder->triangles->len == 0)
    return;
  DioMat4 identity = dio_mat4_identity ();
  dio_model_take_part (make->model, dio_mesh_builder_finish (builder), material, group, &identity);
}

void
dio_parametric_take_part_as (DioParametricMake *make,
                             DioMeshBuilder *builder,
                             const DioMaterialLook *look,
                             DioGroupLabel label)
{
  guint material = dio_parametric_add_material (make, look);
  guint group = dio_model_add_group (make->model, look->name, label);
  dio_parametric_take_mesh (make, builder, material, group);
}

void
dio_parametric_take_part (DioParametricMake *make,
                          DioMeshBuilder *builder,
                          const DioMaterialLook *look)
{
  dio_parametric_take_part_as (make, builder, look, DIO_GROUP_LABEL_INCLUDE);
}
