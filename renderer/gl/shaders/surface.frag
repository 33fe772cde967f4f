#version 450 core
#include "common.glsl"
#include "material.glsl"
#ifdef WITH_CUT
#include "alpha.glsl"
#endif
#ifndef UNLIT
#include "brdf.glsl"
#include "environment.glsl"
#include "shadow.glsl"
#include "lights.glsl"
layout(binding = 13) uniform sampler2D ao_map;
#endif

layout(location = 0) in vec3 v_position;
layout(location = 1) in vec3 v_normal;
#ifdef WITH_TANGENT
layout(location = 2) in vec4 v_tangent;
#endif
#ifdef WITH_UV
layout(location = 3) in vec4 v_uv;
#endif
#ifdef WITH_COLOR
layout(location = 4) in vec4 v_color;
#endif

layout(location = 0) out vec4 o_color;

vec4 base_color ()
{
  vec4 base = material.base_color;
#ifdef WITH_BASE_COLOR_MAP
  base *= texture (base_color_map, slot_uv (material.base_color_slot, v_uv));
#endif
#ifdef WITH_COLOR
  base *= v_color;
#endif
  return base;
}

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

#ifndef UNLIT
#ifdef WITH_NORMAL_MAP
// The map's +Y points against v, which runs down (glTF). Without tangents the frame comes from the
// screen derivatives of position and uv.
vec3 mapped_normal (vec3 normal)
{
  vec2 uv = slot_uv (material.normal_slot, v_uv);
  vec3 t = texture (normal_map, uv).xyz * 2.0 - 1.0;
  t.xy *= material.factors.y;
#ifdef WITH_TANGENT
  vec3 tangent = normalize (v_tangent.xyz - normal * dot (normal, v_tangent.xyz));
  vec3 up = cross (normal, tangent) * v_tangent.w * item.cut.z;
#else
  vec3 px = dFdx (v_position), py = dFdy (v_position);
  vec2 ux = dFdx (uv), uy = dFdy (uv);
  float side = sign (ux.x * uy.y - uy.x * ux.y);
  vec3 along = (px * uy.y - py * ux.y) * side;
  vec3 down = (py * ux.x - px * uy.x) * side;
  vec3 tangent = along - normal * dot (normal, along);
  vec3 up = normal * dot (normal, down) - down;
  tangent *= inversesqrt (max (dot (tangent, tangent), 1e-24));
  up *= inversesqrt (max (dot (up, up), 1e-24));
#endif
  return normalize (tangent * t.x + up * t.y + normal * max (t.z, 1e-3));
}
#endif

// Bilinear among the half-resolution neighbours of like depth.
float ambient_visibility ()
{
  vec2 at = gl_FragCoord.xy * 0.5 - 0.25;
  vec2 size = vec2 (textureSize (ao_map, 0));
  vec2 uv = (floor (at) + 1.0) / size;
  vec2 f = at - floor (at);
  vec4 ao = textureGather (ao_map, uv, 0), depth = textureGather (ao_map, uv, 1);
  vec4 weight = vec4 ((1.0 - f.x) * f.y, f.x * f.y, f.x * (1.0 - f.y), (1.0 - f.x) * (1.0 - f.y));
  float here = 1.0 / gl_FragCoord.w;
  weight *= max (1.0 - abs (depth - here) / (0.05 * here), 0.0) + 1e-4;
  float visible = dot (ao, weight) / dot (weight, vec4 (1.0));
  return mix (1.0, visible, frame.ambient_occlusion.x);
}

vec3 ambient (Surface s, float occlusion)
{
  float visible = min (ambient_visibility (), occlusion);
  float wide = s.n_dot_v + visible;
  float specular_visible = clamp (wide * wide - 1.0 + visible, 0.0, 1.0);
  vec3 reflected = reflect (-s.view, s.normal);
#ifdef WITH_NORMAL_MAP
  // A mapped normal may reflect into the surface itself.
  float above = clamp (1.0 + 1.2 * dot (reflected, s.geometric_normal), 0.0, 1.0);
  specular_visible *= above * above;
#endif
  return s.diffuse * environment_diffuse (s.normal) * visible
         + s.specular_albedo * environment_specular (reflected, s.roughness) * specular_visible;
}

vec3 shade (vec3 base)
{
  Surface s;
  float metallic = material.emissive.w, occlusion = 1.0;
  vec3 emissive = material.emissive.rgb;
  s.roughness = material.factors.x;
#ifdef WITH_SURFACE_MAPS
  vec2 mr = texture (metallic_roughness_map, slot_uv (material.metallic_roughness_slot, v_uv)).gb;
  s.roughness *= mr.x;
  metallic *= mr.y;
  occlusion += (texture (occlusion_map, slot_uv (material.occlusion_slot, v_uv)).r - 1.0) * material.factors.z;
  emissive *= texture (emissive_map, slot_uv (material.emissive_slot, v_uv)).rgb;
#endif
  s.position = v_position;
  s.view = normalize (-v_position);
  vec3 normal = normalize (v_normal);
  float face = gl_FrontFacing ? 1.0 : -1.0;
  s.geometric_normal = normal * face;
  s.normal = s.geometric_normal;
#ifdef WITH_NORMAL_MAP
  s.normal = mapped_normal (normal) * face;
#endif
  surface_shade_parameters (s, base, metallic);
  return ambient (s, occlusion) + light_suns (s) + light_lamps (s) + light_rects (s) + emissive;
}
#endif

void main ()
{
  vec4 base = base_color ();
#ifdef WITH_CUT
  int covered = samples_covered ();
  if (covered == 0)
    discard;
  gl_SampleMask[0] = covered;
#endif
#ifdef UNLIT
  vec3 nits = base.rgb * frame.exposure.z;
#else
  vec3 nits = shade (base.rgb);
#endif
#ifndef WITH_BLEND
  base.a = 1.0;
#endif
  o_color = vec4 (min (nits * frame.exposure.x, vec3 (frame.exposure.y)), base.a);
}
