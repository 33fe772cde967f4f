#version 450 core
#include "common.glsl"
#include "environment.glsl"
layout(location = 0) out vec4 o_color;

void main ()
{
  vec3 nits = frame.background.rgb;
  if (frame.background.w > 0.5)
    nits = environment_radiance (normalize (pixel_ray (gl_FragCoord.xy)));
  o_color = vec4 (min (nits * frame.exposure.x, vec3 (frame.exposure.y)), 1.0);
}
