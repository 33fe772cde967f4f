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
  /** (nullable) private to dio-frame-alpha.c */
  uint8_t *alpha_blocks;
};

/** Takes the image (u8 or u16); converts 1, 2, 3 channels and 16 bits to RGBA u8. */
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

/** Textures that a material may have. */
#define DIO_MATERIAL_N_TEXTURE_SLOTS 5

/** The least alpha of a material that lets all light through: what did not exist could not be labelled. */
#define DIO_LEAST_GLASS_ALPHA 0.1f

struct DioMaterial {
  gatomicrefcount refs;
  char *name;                /**< (nullable) slot name, for overrides and reports */
  float base_color[4];       /**< linear RGBA factor */
  float metallic, roughness; /**< factors, 0..1 */
  float emissive_nits[3];    /**< linear, cd/m2 per channel */
  float normal_scale, occlusion_strength;
  /** Share of the body's light that passes in the base colour instead of being scattered, 0..1. Means something where the
   * mode is BLEND; labels go by alpha alone, of which MAX (1 - transmission, DIO_LEAST_GLASS_ALPHA) and more is a
   * whole body and less a thinner one. */
  float transmission;
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

/** The slot's KHR_texture_transform (offset * rotation * scale, rotation counter-clockwise with v down) as
 * two rows: u' = (out[0] * u + out[1] * v) + out[2], v' = (out[3] * u + out[4] * v) + out[5]. Shaders get
 * these numbers and do not compute them. */
void dio_texture_slot_get_transform (const DioTextureSlot *slot, float out[static 6]);

/** Alpha of @material at @uv ([u0, v0, u1, v1]: both sets) with the vertex colour's alpha; 1 where the
 * alpha mode is OPAQUE. Labels and both renderers cut by it: MASK covers where the result >= alpha_cutoff.
 *
 * The rule, in 32-bit floats, one rounding for each operation (`precise` in GLSL, no fused multiply-add):
 *   a = base_color[3] * vertex_alpha; without a texture this is the result.
 *   1. u', v' by dio_texture_slot_get_transform.
 *   2. Wrap each to [0, 1], with w = floor (x): REPEAT x - w; MIRROR t = x - w, 1 - t where w is odd
 *      (w - 2 * floor (w * 0.5) == 1); CLAMP to 0 and 1. What is then not in [0, 1] (NaN) becomes 0.
 *   3. NEAREST: byte at (min (floor (u * W), W - 1), min (floor (v * H), H - 1)).
 *   4. LINEAR: x = u * W - 0.5, x0 = floor (x), fx = x - x0, likewise y. Texel indices x0 and x0 + 1 that
 *      leave 0 .. W - 1 go to the other side for REPEAT, to the nearest edge for MIRROR and CLAMP. Bytes
 *      a00, a10 (x0 + 1), a01 (y0 + 1), a11 as numbers 0 .. 255 (a shader rounds texelFetch * 255):
 *      top = a00 + (a10 - a00) * fx; bottom = a01 + (a11 - a01) * fx; t = top + (bottom - top) * fy.
 *   5. Result a * (t * (1 / 255)), 1 / 255 rounded to float first. */
float dio_material_alpha_at (const DioMaterial *material,
                             const float uv[static 4],
                             float vertex_alpha);

/** The same with what dio_texture_slot_get_transform gives for the base colour at hand, for many questions to one material. */
float dio_material_alpha_mapped (const DioMaterial *material,
                                 const float transform[static 6],
                                 const float uv[static 4],
                                 float vertex_alpha);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioTexture, dio_texture_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioMaterial, dio_material_unref)

G_END_DECLS
