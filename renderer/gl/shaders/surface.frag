#version 450 core
#include "common.glsl"
#include "material.glsl"
#include "surface.glsl"
#include "gbuffer.glsl"
#ifdef WITH_CUT
#include "alpha.glsl"
#endif

layout(location = 0) out uvec4 o_surface;
layout(location = 1) out uint o_key;

#ifdef WITH_CUT
// The cut at every sample of the pixel, by the rule of the leaf pass, at the positions of
// dio_sample_offsets.
int samples_covered ()
{
  const vec2 offsets[4]
      = vec2[4] (vec2 (-0.125, -0.375), vec2 (0.375, -0.125), vec2 (-0.375, 0.125), vec2 (0.125, 0.375));
  vec4 dx = dFdx (v_uv), dy = dFdy (v_uv);
  int covered = 0;
  for (int i = 0; i < 4; i++)
    if (alpha_at (v_uv + dx * offsets[i].x + dy * offsets[i].y, v_color.a) >= item.cut.x)
      covered |= 1 << i;
  return covered;
}
#endif

// Opaque surfaces only write down what they are; light comes later, once a pixel: software runs a fragment
// program on whole blocks of 16 pixels for every triangle, however small.
void main ()
{
#ifdef WITH_CUT
  int covered = samples_covered ();
  if (covered == 0)
    discard;
  gl_SampleMask[0] = covered;
#endif
  Inputs inputs = surface_inputs ();
#ifdef UNLIT
  const uint unlit = 1u;
#else
  const uint unlit = 0u;
#endif
  o_surface = gbuffer_pack (inputs.base, inputs.roughness, inputs.metallic, inputs.occlusion,
                            inputs.emissive, inputs.normal, inputs.geometric_normal, unlit);
  o_key = gbuffer_key (item.leaf.y, inputs.geometric_normal, fragment_depth (gl_FragCoord));
}
