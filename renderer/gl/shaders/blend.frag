#version 450 core
#include "common.glsl"
#include "material.glsl"
#include "surface.glsl"
#ifndef UNLIT
#include "shade.glsl"
#endif

layout(location = 0) out vec4 o_color;

// Blended surfaces are lit as they are drawn, over what lies behind them.
void main ()
{
  Inputs inputs = surface_inputs ();
#ifdef UNLIT
  vec3 nits = inputs.base * frame.exposure.z;
#else
  Surface s;
  s.position = v_position;
  s.normal = inputs.normal;
  s.geometric_normal = inputs.geometric_normal;
  s.roughness = inputs.roughness;
  vec3 nits = shade (s, inputs.base, inputs.metallic, inputs.occlusion, gl_FragCoord.xy, fragment_depth (gl_FragCoord))
              + inputs.emissive;
#endif
  o_color = vec4 (min (nits * frame.exposure.x, vec3 (frame.exposure.y)), inputs.alpha);
}
