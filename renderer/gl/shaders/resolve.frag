#version 450 core
#include "common.glsl"
#include "tone.glsl"
// The last step to a picture. By default the sum of what lighting.frag and background.frag added up, to sRGB; with
// PER_SAMPLE samples of exposed light come in, with LINEAR they leave as they are.
#ifdef PER_SAMPLE
layout(binding = 0) uniform sampler2DMS color_map;
#else
layout(binding = 0) uniform sampler2D light_map;
#endif
layout(location = 0) out vec4 o_color;

void main ()
{
  ivec2 pixel = ivec2 (gl_FragCoord.xy);
#ifdef PER_SAMPLE
  vec3 sum = vec3 (0.0);
  for (int i = 0; i < 4; i++) {
    vec3 sample_color = texelFetch (color_map, pixel, i).rgb;
#ifdef LINEAR
    sum += sample_color;
#else
    sum += tone_apply (sample_color);
#endif
  }
  sum *= 0.25;
#else
  vec3 sum = texelFetch (light_map, pixel, 0).rgb;
#endif
#ifdef LINEAR
  o_color = vec4 (sum, 1.0);
#else
  o_color = vec4 (srgb_from_linear (sum), 1.0);
#endif
}
