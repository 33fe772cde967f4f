#pragma once
/* Thread: any; immutable once handed over, reference counted. Materials are glTF 2.0 metallic-roughness. */

#include "dio-frame-types.h"
#include "dio-image.h"

#include <glib.h>

G_BEGIN_DECLS

/** Level 0 of a texture: u8, 4 channels, rows top to bottom. */
struct DioTexture {
  gatomicrefcount refs;
  uint64_t key;    /**< content key of pixels and srgb */
  gboolean srgb;   /**< RGB holds sRGB (base colour, emissive); alpha is always linear */
  DioImage *image; /**< RGBA u8 */
};

/** Takes the image; converts 1, 2, 3 channels and 16 bits to RGBA u8. */
DioTexture *dio_texture_new_take (DioImage *image, gboolean srgb) G_GNUC_WARN_UNUSED_RESULT;
DioTexture *dio_texture_ref (DioTexture *texture);
void dio_texture_unref (DioTexture *texture);

/** How a material reads a texture. texture NULL = not used (factor alone). */
typedef struct {
  DioTexture *texture; /**< owned reference, (nullable) */
  guint uv_set;        /**< 0 or 1 */
  float uv_offset[2], uv_scale[2],
      uv_rotation_rad; /**< KHR_texture_transform; scale 1,1 by default */
  DioWrap wrap_s, wrap_t;
  DioFilter filter;
} DioTextureSlot;

struct DioMaterial {
  gatomicrefcount refs;
  char *name;                /**< (nullable) slot name, for overrides and reports */
  float base_color[4];       /**< linear RGBA factor */
  float metallic, roughness; /**< factors, 0..1 */
  float emissive_nits[3];    /**< linear, cd/m2 per channel */
  float normal_scale, occlusion_strength;
  DioAlphaMode alpha_mode;
  float alpha_cutoff;
  gboolean double_sided; /**< single-sided back faces neither draw nor cover */
  gboolean unlit;        /**< base colour is shown as is, scaled like a white diffuse at exposure */
  DioLabelSurface label_surface;
  DioTextureSlot base_color_texture;         /**< sRGB */
  DioTextureSlot metallic_roughness_texture; /**< linear; G roughness, B metallic */
  DioTextureSlot normal_texture;             /**< linear; OpenGL convention (+Y up) */
  DioTextureSlot occlusion_texture;          /**< linear; R */
  DioTextureSlot emissive_texture;           /**< sRGB */
};

/** glTF defaults (white, metallic 1, roughness 1 of glTF are NOT used: metallic 0, roughness 0.8). */
DioMaterial *dio_material_new (const char *name) G_GNUC_WARN_UNUSED_RESULT;
/** A deep copy of the struct that shares textures; for overrides. */
DioMaterial *dio_material_copy (const DioMaterial *material) G_GNUC_WARN_UNUSED_RESULT;
DioMaterial *dio_material_ref (DioMaterial *material);
void dio_material_unref (DioMaterial *material);
/** Replaces the slot's texture (takes a reference of its own; NULL clears). */
void dio_texture_slot_set (DioTextureSlot *slot, DioTexture *texture);

/** Alpha of @material at @uv (both sets) and vertex colour alpha: factor x texture level 0, bilinear with
 * the slot's wrap (nearest where the slot says so), exactly the rule of the shader. Labels and both
 * renderers cut by it. @uv: [2][2]. */
float dio_material_alpha_at (const DioMaterial *material,
                             const float uv[static 4],
                             float vertex_alpha);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioTexture, dio_texture_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioMaterial, dio_material_unref)

G_END_DECLS
