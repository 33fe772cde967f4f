#version 450 core
#include "common.glsl"
// Every pass transforms with this expression and nothing else, so that all agree to the bit.
invariant gl_Position;

layout(location = 0) in vec3 in_position;
layout(location = 1) in vec3 in_normal;
layout(location = 2) in vec4 in_tangent;
layout(location = 3) in vec2 in_uv0;
layout(location = 4) in vec2 in_uv1;
layout(location = 5) in vec4 in_color;

#ifdef SHADED
layout(location = 0) out vec3 v_position;
layout(location = 1) out vec3 v_normal;
#endif
#ifdef WITH_TANGENT
layout(location = 2) out vec4 v_tangent;
#endif
#ifdef WITH_UV
layout(location = 3) out vec4 v_uv;
#endif
#ifdef WITH_COLOR
layout(location = 4) out vec4 v_color;
#endif

void main ()
{
  gl_Position = item.clip_from_mesh * vec4 (in_position, 1.0);
#ifdef SHADED
  v_position = (item.world_from_mesh * vec4 (in_position, 1.0)).xyz;
  v_normal = item.world_from_mesh_normal * in_normal;
#endif
#ifdef WITH_TANGENT
  v_tangent = vec4 (mat3 (item.world_from_mesh) * in_tangent.xyz, in_tangent.w);
#endif
#ifdef WITH_UV
  v_uv = vec4 (in_uv0, in_uv1);
#endif
#ifdef WITH_COLOR
  v_color = in_color;
#endif
}
