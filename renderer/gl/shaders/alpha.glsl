// dio_material_alpha_at, operation for operation, so that picture, ids and label rays cut alike: texture
// level 0, bilinear by hand (hardware filters have few bits), wrapped by hand. Needs material.glsl.
//
// Texel (x, y) of the map holds the alpha of (x, y), (x + 1, y), (x, y + 1) and (x + 1, y + 1) of the base colour's
// level 0, wrapped: software pays for every fetch.
layout(binding = 16) uniform sampler2D alpha_map;

float alpha_wrap (float x, int wrap)
{
  float whole = floor (x);
  float folded = x - whole;
  if (wrap == 1)
    folded = whole - 2.0 * floor (whole * 0.5) == 1.0 ? 1.0 - folded : folded;
  if (wrap == 2)
    folded = clamp (x, 0.0, 1.0);
  return folded >= 0.0 && folded <= 1.0 ? folded : 0.0;
}

float alpha_at (vec4 uv, float vertex_alpha)
{
  precise float alpha = material.base_color.a * vertex_alpha;
  if (material.sampling.w == 0)
    return alpha;
  ivec2 size = textureSize (alpha_map, 0);
  vec2 raw = slot_uv (material.base_color_slot, uv);
  precise vec2 at = vec2 (alpha_wrap (raw.x, material.sampling.x), alpha_wrap (raw.y, material.sampling.y));
  precise vec2 texel = at * vec2 (size) - 0.5;
  precise vec2 corner = floor (texel);
  precise vec2 f = texel - corner;
  if (material.sampling.z != 0) {
    // Nearest: the texel below the position alone counts.
    corner = min (floor (at * vec2 (size)), vec2 (size - 1));
    f = vec2 (0.0);
  }
  // Before the first texel lies the last one or, where nothing repeats, the first one itself.
  if (corner.x < 0.0) {
    corner.x = material.sampling.x == 0 ? float (size.x - 1) : 0.0;
    f.x = material.sampling.x == 0 ? f.x : 0.0;
  }
  if (corner.y < 0.0) {
    corner.y = material.sampling.y == 0 ? float (size.y - 1) : 0.0;
    f.y = material.sampling.y == 0 ? f.y : 0.0;
  }
  vec4 near = floor (texelFetch (alpha_map, ivec2 (corner), 0) * 255.0 + 0.5);
  float a00 = near.x, a10 = near.y, a01 = near.z, a11 = near.w;
  precise float top = a00 + (a10 - a00) * f.x;
  precise float bottom = a01 + (a11 - a01) * f.x;
  precise float value = top + (bottom - top) * f.y;
  precise float scaled = alpha * (value * (1.0 / 255.0));
  return scaled;
}
