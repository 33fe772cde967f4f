// A surface in 128 bits. x: base colour (square root, 8 bits a channel), roughness; y: normal, 2 x 16 bits on
// an octahedron; z: metallic, occlusion, geometric normal 8 + 7 bits, unlit; w: emission, 9 bits a channel
// and a shared exponent.
vec2 octahedron (vec3 n)
{
  vec2 p = n.xy / (abs (n.x) + abs (n.y) + abs (n.z));
  vec2 folded = (1.0 - abs (p.yx)) * vec2 (p.x >= 0.0 ? 1.0 : -1.0, p.y >= 0.0 ? 1.0 : -1.0);
  return n.z >= 0.0 ? p : folded;
}

vec3 octahedron_normal (vec2 p)
{
  vec3 n = vec3 (p, 1.0 - abs (p.x) - abs (p.y));
  float below = max (-n.z, 0.0);
  n.xy += vec2 (n.x >= 0.0 ? -below : below, n.y >= 0.0 ? -below : below);
  return normalize (n);
}

uint emission_pack (vec3 nits)
{
  vec3 e = clamp (nits, 0.0, 260000.0);
  float largest = max (max (e.r, e.g), max (e.b, 1e-4));
  float exponent = clamp (floor (log2 (largest)) + 1.0, -13.0, 18.0);
  uvec3 m = uvec3 (min (e * exp2 (9.0 - exponent) + 0.5, 511.0));
  return m.r | m.g << 9 | m.b << 18 | uint (exponent + 13.0) << 27;
}

vec3 emission_unpack (uint e)
{
  vec3 m = vec3 (e & 511u, e >> 9 & 511u, e >> 18 & 511u);
  return m * exp2 (float (e >> 27) - 13.0 - 9.0);
}

uvec4 gbuffer_pack (vec3 base, float roughness, float metallic, float occlusion, vec3 emission, vec3 normal,
                    vec3 geometric, uint unlit)
{
  vec2 g = octahedron (geometric) * 0.5 + 0.5;
  uint z = uint (clamp (metallic, 0.0, 1.0) * 255.0 + 0.5) | uint (clamp (occlusion, 0.0, 1.0) * 255.0 + 0.5) << 8
           | uint (g.x * 255.0 + 0.5) << 16 | uint (g.y * 127.0 + 0.5) << 24 | unlit << 31;
  return uvec4 (packUnorm4x8 (vec4 (sqrt (clamp (base, 0.0, 1.0)), roughness)),
                packSnorm2x16 (octahedron (normal)), z, emission_pack (emission));
}

// Tells surfaces of one pixel apart: the item, its normal's direction and its depth, coarsely. Samples with
// equal keys are lit once; a step of the coarse parts within one surface only costs a second lighting.
uint gbuffer_key (uint block, vec3 geometric, float depth)
{
  uvec2 direction = uvec2 ((octahedron (geometric) * 0.5 + 0.5) * 6.99);
  return (block + 1u) << 16 | (uint (log2 (depth) * 12.0 + 4096.0) & 255u) << 8 | direction.y << 3 | direction.x;
}
