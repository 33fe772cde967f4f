#version 450 core
#include "common.glsl"
#ifdef WITH_CUT
#include "material.glsl"
#include "alpha.glsl"
layout(location = 3) in vec4 v_uv;
layout(location = 4) in vec4 v_color;
#endif

void main ()
{
#ifdef WITH_CUT
  // A blended surface casts the shadow of its opaque half.
  float cut = item.cut.y;
  if (!(alpha_at (v_uv, v_color.a) >= cut))
    discard;
#endif
}
