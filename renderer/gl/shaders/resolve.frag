#version 450 core
#include "common.glsl"
#include "tone.glsl"
layout(binding = 0) uniform sampler2DMS color_map;
layout(location = 0) uniform int tone_curve;
layout(location = 0) out vec4 o_color;

void main ()
{
  ivec2 pixel = ivec2 (gl_FragCoord.xy);
  vec3 sum = vec3 (0.0);
  for (int i = 0; i < 4; i++) {
    vec3 sample_color = texelFetch (color_map, pixel, i).rgb;
#ifdef LINEAR
    sum += sample_color;
#else
    sum += tone_apply (tone_curve, sample_color);
#endif
  }
#ifdef LINEAR
  o_color = vec4 (sum * 0.25, 1.0);
#else
  o_color = vec4 (srgb_from_linear (sum * 0.25), 1.0);
#endif
}
