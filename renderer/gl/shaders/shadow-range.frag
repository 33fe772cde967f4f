#version 450 core
// Nearest and farthest depth of every block of one layer of the suns' maps: see shadow-sun.glsl.
layout(binding = 11) uniform sampler2DArray sun_depth_map;
layout(location = 0) uniform int layer;
layout(location = 1) uniform int block; // texels of a side, even
layout(location = 0) out vec2 o_range;

void main ()
{
  vec2 size = vec2 (textureSize (sun_depth_map, 0).xy);
  vec2 first = floor (gl_FragCoord.xy) * float (block);
  vec4 nearest = vec4 (1.0), farthest = vec4 (0.0);
  for (int y = 1; y < block; y += 2)
    for (int x = 1; x < block; x += 2) {
      vec4 depth = textureGather (sun_depth_map, vec3 (min (first + vec2 (x, y), size - 1.0) / size, layer));
      nearest = min (nearest, depth);
      farthest = max (farthest, depth);
    }
  o_range = vec2 (min (min (nearest.x, nearest.y), min (nearest.z, nearest.w)),
                  max (max (farthest.x, farthest.y), max (farthest.z, farthest.w)));
}
