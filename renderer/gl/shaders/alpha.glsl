// dio_material_alpha_at, operation for operation, so that picture, ids and label rays cut alike: texture
// level 0, bilinear by hand (hardware filters have few bits), wrapped by hand. Needs material.glsl.
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

int alpha_texel (int i, int n, int wrap)
{
  if (wrap == 0)
    return i < 0 ? n - 1 : (i >= n ? 0 : i);
  return clamp (i, 0, n - 1);
}

float alpha_byte (int x, int y)
{
  return floor (texelFetch (base_color_map, ivec2 (x, y), 0).a * 255.0 + 0.5);
}

float alpha_at (vec4 uv, float vertex_alpha)
{
  precise float alpha = material.base_color.a * vertex_alpha;
  if (material.sampling.w == 0)
    return alpha;
  ivec2 size = textureSize (base_color_map, 0);
  vec2 raw = slot_uv (material.base_color_slot, uv);
  precise vec2 at = vec2 (alpha_wrap (raw.x, material.sampling.x), alpha_wrap (raw.y, material.sampling.y));
  precise vec2 texel = at * vec2 (size) - 0.5;
  precise vec2 corner = floor (texel);
  precise vec2 f = texel - corner;
  if (material.sampling.z != 0) {
    // Nearest: both texels of each axis are the one below the position.
    corner = floor (at * vec2 (size));
    f = vec2 (0.0);
  }
  ivec2 wrap = material.sampling.z != 0 ? ivec2 (2) : material.sampling.xy;
  int x0 = alpha_texel (int (corner.x), size.x, wrap.x);
  int x1 = alpha_texel (int (corner.x) + 1, size.x, wrap.x);
  int y0 = alpha_texel (int (corner.y), size.y, wrap.y);
  int y1 = alpha_texel (int (corner.y) + 1, size.y, wrap.y);
  float a00 = alpha_byte (x0, y0), a10 = alpha_byte (x1, y0);
  float a01 = alpha_byte (x0, y1), a11 = alpha_byte (x1, y1);
  precise float top = a00 + (a10 - a00) * f.x;
  precise float bottom = a01 + (a11 - a01) * f.x;
  precise float value = top + (bottom - top) * f.y;
  precise float scaled = alpha * (value * (1.0 / 255.0));
  return scaled;
}
