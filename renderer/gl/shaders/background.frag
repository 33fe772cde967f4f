#version 450 core
#include "common.glsl"
#include "environment.glsl"
#include "fog.glsl"
#include "tone.glsl"
#include "backdrop.glsl"
layout(location = 0) out vec4 o_color;
#ifndef PER_SAMPLE
// Added to the light on the pixel's surfaces, by the share of samples without one.
layout(early_fragment_tests) in;
layout(binding = 2) uniform usampler2DMS key_map;
#endif

// Behind everything: the depth test keeps it to samples, or pixels that have samples, without a surface.
void main ()
{
  vec3 nits = background_nits (gl_FragCoord.xy);
  vec3 exposed = min (nits * frame.exposure.x, vec3 (frame.exposure.y));
#ifdef PER_SAMPLE
  o_color = vec4 (exposed, 1.0);
#else
  float share = 0.0;
  for (int i = 0; i < 4; i++)
    share += texelFetch (key_map, ivec2 (gl_FragCoord.xy), i).r == 0u ? 0.25 : 0.0;
#ifndef LINEAR
  exposed = tone_apply (exposed);
#endif
  o_color = vec4 (exposed * share, share);
#endif
}
