#version 450 core
#include "common.glsl"
#include "environment.glsl"
layout(location = 0) out vec4 o_color;

// Behind everything: the depth test keeps it to samples without a surface.
void main ()
{
  vec3 nits = frame.background.w > 0.5 ? environment_radiance (normalize (pixel_ray (gl_FragCoord.xy)))
                                       : frame.background.rgb;
  o_color = vec4 (min (nits * frame.exposure.x, vec3 (frame.exposure.y)), 1.0);
}
