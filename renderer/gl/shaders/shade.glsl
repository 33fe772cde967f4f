// Light on one point of a surface. Needs common.glsl.
#include "brdf.glsl"
#include "environment.glsl"
#include "fog.glsl"
#include "shadow.glsl"
#include "shadow-sun.glsl"
#include "lights.glsl"
layout(binding = 13) uniform sampler2D ao_map;

// Bilinear among the half-resolution neighbours of like depth.
float ambient_visibility (vec2 pixel, float here)
{
  vec2 at = pixel * 0.5 - 0.5;
  vec2 corner = floor (at), f = at - corner;
  vec2 uv = (corner + 1.0) / vec2 (textureSize (ao_map, 0));
  vec4 ao = textureGather (ao_map, uv, 0), depth = textureGather (ao_map, uv, 1);
  vec4 weight = vec4 ((1.0 - f.x) * f.y, f.x * f.y, f.x * (1.0 - f.y), (1.0 - f.x) * (1.0 - f.y));
  weight *= max (1.0 - abs (depth - here) / (0.05 * here), 0.0) + 1e-4;
  float visible = dot (ao, weight) / dot (weight, vec4 (1.0));
  return mix (1.0, visible, frame.ambient_occlusion.x);
}

// The lobe of GGX is long at grazing angles and ends at the horizon: it is put together of lookups along it, each with
// its share of the energy and of Fresnel's part.
vec3 shade_reflection (Surface s, vec3 reflected)
{
  vec3 sum = vec3 (0.0);
  for (int k = 1; k <= 4; k++) {
    vec4 tap = lobe_table (s, k);
    sum += (s.f0 * tap.z + (1.0 - s.f0) * tap.w) * environment_specular (mix (s.normal, reflected, tap.x), tap.y);
  }
  return sum;
}

vec3 shade_ambient (Surface s, float visible)
{
  float wide = s.n_dot_v + visible;
  float specular_visible = clamp (wide * wide - 1.0 + visible, 0.0, 1.0);
  vec3 reflected = reflect (-s.view, s.normal);
  // A mapped normal may reflect into the surface itself. An unmapped one does so only where interpolation
  // turns it from the viewer, which is no fault of the light; the margin covers the stored normal's steps.
  float lifted = dot (reflected, s.geometric_normal) - min (dot (s.view, s.geometric_normal), 0.0);
  float above = clamp (1.06 + 1.2 * lifted, 0.0, 1.0);
  specular_visible *= above * above;
  return s.diffuse * environment_diffuse (s.normal) * visible
         + shade_reflection (s, reflected) * specular_visible;
}

// @s with position, normals and roughness set; nits towards the camera.
vec3 shade (Surface s, vec3 base, float metallic, float occlusion, vec2 pixel, float depth)
{
  s.view = direction_to_camera (s.position);
  surface_shade_parameters (s, base, metallic);
  float visible = min (ambient_visibility (pixel, depth), occlusion);
  return shade_ambient (s, visible) + light_suns (s) + light_lamps (s) + light_rects (s);
}
