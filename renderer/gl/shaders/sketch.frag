#version 450 core
#include "common.glsl"
#include "gbuffer.glsl"
#include "environment.glsl"
#include "fog.glsl"
#include "shadow.glsl"
#include "tone.glsl"
#include "backdrop.glsl"
// A quick picture: matt surfaces in all lights, without shadows; with LINEAR its light alone.
layout(binding = 0) uniform sampler2D base_map;
layout(binding = 1) uniform sampler2D depth_map;
layout(binding = 2) uniform sampler2D normal_map;
layout(location = 0) out vec4 o_color;

vec3 lamp_lux (vec3 position, vec3 normal)
{
  vec3 sum = vec3 (0.0);
  for (int i = 0; i < LAMPS; i++) {
    vec3 offset = lamps[i].position.xyz - position;
    float square = max (dot (offset, offset), 1e-8);
    vec3 to_light = offset * inversesqrt (square);
    float cone = clamp (dot (-to_light, lamps[i].axis.xyz) * lamps[i].cone.x + lamps[i].cone.y, 0.0, 1.0);
    sum += lamps[i].candela.rgb * (cone * cone * (3.0 - 2.0 * cone) / square * max (dot (normal, to_light), 0.0));
  }
  for (int i = 0; i < RECTS; i++) {
    vec3 offset = rects[i].center.xyz - position;
    float area = 4.0 * length (rects[i].half_x.xyz) * length (rects[i].half_y.xyz);
    float square = dot (offset, offset) + area / PI;
    vec3 to_light = normalize (offset);
    float facing = max (-dot (to_light, rects[i].axis.xyz), 0.0) * max (dot (normal, to_light), 0.0);
    sum += rects[i].nits.rgb * (area * facing / square);
  }
  return sum;
}

void main ()
{
  ivec2 pixel = ivec2 (gl_FragCoord.xy);
  vec4 base = texelFetch (base_map, pixel, 0);
  vec3 color = base.rgb * base.rgb;
  float stored = texelFetch (depth_map, pixel, 0).r;
  vec3 nits;
  if (stored <= 0.0) {
    nits = background_nits (gl_FragCoord.xy);
  } else if (base.a > 0.5) {
    nits = fog_surface (color * frame.exposure.z, pixel_point (gl_FragCoord.xy, depth_from_stored (stored)));
  } else {
    vec3 normal = octahedron_normal (texelFetch (normal_map, pixel, 0).xy);
    vec3 position = pixel_point (gl_FragCoord.xy, depth_from_stored (stored));
    vec3 lux = lamp_lux (position, normal);
    for (int i = 0; i < SUNS; i++)
      lux += suns[i].lux.rgb * max (dot (normal, suns[i].to_light.xyz), 0.0);
    nits = fog_surface (color * (environment_diffuse (normal) + lux / PI), position);
  }
  vec3 exposed = min (nits * frame.exposure.x, vec3 (frame.exposure.y));
#ifdef LINEAR
  o_color = vec4 (exposed, 1.0);
#else
  o_color = vec4 (srgb_from_linear (tone_apply (exposed)), 1.0);
#endif
}
