#version 450 core
#include "common.glsl"
// Averages the 4 x 4 pattern of directions, over neighbours of like depth.
layout(binding = 0) uniform sampler2D ao_map;
layout(location = 0) out vec2 o_ao_depth;

void main ()
{
  ivec2 limit = textureSize (ao_map, 0) - 1;
  ivec2 pixel = ivec2 (gl_FragCoord.xy);
  vec2 here = texelFetch (ao_map, pixel, 0).rg;
  vec2 sum = vec2 (here.x, 1.0) * 1e-3;
  for (int y = -2; y < 2; y++)
    for (int x = -2; x < 2; x++) {
      vec2 there = texelFetch (ao_map, clamp (pixel + ivec2 (x, y), ivec2 (0), limit), 0).rg;
      float like = max (1.0 - abs (there.y - here.y) / (0.06 * here.y), 0.0);
      sum += vec2 (there.x, 1.0) * like;
    }
  o_ao_depth = vec2 (sum.x / sum.y, here.y);
}
