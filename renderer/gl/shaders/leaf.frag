#version 450 core
#include "common.glsl"
#ifdef WITH_CUT
#include "material.glsl"
#include "alpha.glsl"
layout(location = 3) in vec4 v_uv;
layout(location = 4) in vec4 v_color;
#endif

#ifdef EXACT_DEPTH
#include "depth.glsl"
#endif

layout(location = 0) out uint o_leaf;

void main ()
{
#ifdef WITH_CUT
  if (!(alpha_at (v_uv, v_color.a) >= item.cut.x))
    discard;
#endif
#ifdef EXACT_DEPTH
  gl_FragDepth = exact_depth ();
#endif
  o_leaf = item.leaf.x;
}
