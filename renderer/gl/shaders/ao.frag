#version 450 core
#include "common.glsl"
#include "ao.glsl"
// Scalable ambient obscurance (McGuire, Mara, Luebke 2012) at half resolution: how much of the
// hemisphere the depth around a pixel hides. The radius is a fixed share of depth, so of the picture.
layout(binding = 0) uniform sampler2D depth_map;
layout(location = 0) out vec2 o_ao_depth;

vec3 position_at (ivec2 pixel)
{
  float depth = depth_at (depth_map, pixel);
  return pixel_point_camera (vec2 (pixel) + 0.5, depth);
}

vec3 smaller_step (vec3 before, vec3 here, vec3 after)
{
  vec3 a = here - before, b = after - here;
  return abs (a.z) < abs (b.z) ? a : b;
}

void main ()
{
  const int count = 8;
  ivec2 limit = ivec2 (frame.viewport.xy) - 1;
  ivec2 half_pixel = ivec2 (gl_FragCoord.xy);
  ivec2 pixel = min (half_pixel * 2, limit);
  vec3 here = position_at (pixel);
  vec3 right = smaller_step (position_at (max (pixel - ivec2 (1, 0), 0)), here,
                             position_at (min (pixel + ivec2 (1, 0), limit)));
  vec3 down = smaller_step (position_at (max (pixel - ivec2 (0, 1), 0)), here,
                            position_at (min (pixel + ivec2 (0, 1), limit)));
  vec3 normal = normalize (cross (down, right));

#ifdef ORTHOGRAPHIC
  vec2 radius_px = frame.ambient_occlusion.y * frame.viewport.yy;
  float radius = radius_px.x / frame.intrinsics.x;
  float bias = 0.017 * radius;
#else
  float radius = frame.ambient_occlusion.y * here.z;
  vec2 radius_px = frame.ambient_occlusion.y * frame.intrinsics.xy;
  float bias = 0.0015 * here.z;
#endif
  float turn = float ((half_pixel.x & 3) * 4 + (half_pixel.y & 3)) * (2.0 * PI / 16.0) * 7.0;
  float r2 = radius * radius, sum = 0.0;
  for (int i = 0; i < count; i++) {
    float share = (float (i) + 0.5) / float (count);
    float angle = float (i) * (2.0 * PI * 3.0 / 8.0) + turn;
    ivec2 at = pixel + ivec2 (round (vec2 (cos (angle), sin (angle)) * radius_px * share));
    vec3 v = position_at (clamp (at, ivec2 (0), limit)) - here;
    float vv = dot (v, v);
    float f = max (r2 - vv, 0.0) / r2;
    sum += f * f * f * max ((dot (v, normal) - bias) / (0.02 * r2 + vv) * radius, 0.0);
  }
  float ao = max (1.0 - sum * frame.ambient_occlusion.z / float (count), 0.0);
  o_ao_depth = vec2 (here.z < 1e9 ? ao : 1.0, min (here.z, 60000.0));
}
