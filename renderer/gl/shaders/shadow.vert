#version 450 core
#include "common.glsl"
invariant gl_Position;

layout(location = 0) in vec3 in_position;
layout(location = 3) in vec2 in_uv0;
layout(location = 4) in vec2 in_uv1;
layout(location = 5) in vec4 in_color;

layout(location = 0) uniform mat4 shadow_clip_from_world;

#ifdef WITH_CUT
layout(location = 3) out vec4 v_uv;
layout(location = 4) out vec4 v_color;
#endif

void main ()
{
  gl_Position = shadow_clip_from_world * (item.world_from_mesh * vec4 (in_position, 1.0));
#ifdef WITH_CUT
  v_uv = vec4 (in_uv0, in_uv1);
  v_color = in_color;
#endif
}
