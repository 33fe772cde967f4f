// One material and its textures. A slot holds the affine map from a mesh's uv to the texture's.
struct Slot {
  vec4 u_row; // factors of u and v, offset; w: uv set
  vec4 v_row;
};

layout(std140, binding = 2) uniform Material {
  vec4 base_color;
  vec4 emissive;  // nits, w: metallic
  vec4 factors;   // roughness, normal scale, occlusion strength, transmission
  ivec4 sampling; // of the base colour: wrap s, wrap t, nearest, textured
  Slot base_color_slot, metallic_roughness_slot, normal_slot, occlusion_slot, emissive_slot;
} material;

layout(binding = 0) uniform sampler2D base_color_map;
layout(binding = 1) uniform sampler2D metallic_roughness_map;
layout(binding = 2) uniform sampler2D normal_map;
layout(binding = 3) uniform sampler2D occlusion_map;
layout(binding = 4) uniform sampler2D emissive_map;

vec2 slot_uv (Slot slot, vec4 uv)
{
  precise vec2 chosen = slot.u_row.w > 0.5 ? uv.zw : uv.xy;
  precise vec2 mapped = vec2 (slot.u_row.x * chosen.x + slot.u_row.y * chosen.y + slot.u_row.z,
                              slot.v_row.x * chosen.x + slot.v_row.y * chosen.y + slot.v_row.z);
  return mapped;
}
