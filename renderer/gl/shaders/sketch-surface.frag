#version 450 core
#include "common.glsl"
#include "material.glsl"
#include "surface.glsl"
#include "gbuffer.glsl"
#ifdef WITH_CUT
#include "alpha.glsl"
#endif

#ifdef EXACT_DEPTH
#include "depth.glsl"
#endif

layout(location = 0) out vec4 o_base; // square root of the base colour; alpha 1 where no light is needed
layout(location = 1) out uint o_leaf;
layout(location = 2) out vec2 o_normal;

// What a sketch knows of a surface: one sample a pixel, no maps but that of the base colour.
void main ()
{
#ifdef WITH_CUT
  if (!(alpha_at (v_uv, v_color.a) >= item.cut.x))
    discard;
#endif
#ifdef EXACT_DEPTH
  gl_FragDepth = exact_depth ();
#endif
  vec3 base = base_color ().rgb;
#ifdef UNLIT
  float bright = 1.0;
#else
  float bright = max (max (material.emissive.r, material.emissive.g), material.emissive.b) > 0.0 ? 1.0 : 0.0;
  base += material.emissive.rgb / frame.exposure.z;
#endif
  o_base = vec4 (sqrt (clamp (base, 0.0, 1.0)), bright);
  o_leaf = item.leaf.x;
  o_normal = octahedron (normalize (v_normal) * (gl_FrontFacing ? 1.0 : -1.0));
}
