// GGX with height-correlated Smith visibility and Schlick's Fresnel, energy compensated
// (Walter et al. 2007; Heitz 2014; Kulla and Conty 2017 in the form of Turquin 2019).
layout(binding = 5) uniform sampler2D dfg_map;

struct Surface {
  vec3 position, normal, view; // camera-relative world; unit
  vec3 geometric_normal;       // before the normal map
  vec3 diffuse;                // albedo of the diffuse part: what the specular part leaves of it
  vec3 f0, compensation;       // reflectance at normal incidence, factor for lost bounces
  vec3 specular_albedo;        // directional albedo of the specular part
  float alpha, roughness, n_dot_v;
};

vec3 specular_albedo (vec3 f0, vec2 dfg)
{
  return (f0 * dfg.x + dfg.y) * (1.0 + f0 * (1.0 / (dfg.x + dfg.y) - 1.0));
}

// What remains of light for the diffuse part is 1 - albedo of the dielectric: a white furnace stays white.
void surface_shade_parameters (inout Surface s, vec3 base, float metallic)
{
  const float n = 64.0;
  // Interpolated normals may turn from the viewer: without the bound they sparkle.
  s.n_dot_v = max (dot (s.normal, s.view), 0.01);
  s.alpha = s.roughness * s.roughness;
  vec2 dfg = textureLod (dfg_map, vec2 (s.n_dot_v, s.roughness) * ((n - 1.0) / n) + 0.5 / n, 0.0).xy;
  vec3 dielectric = specular_albedo (vec3 (0.04), dfg);
  s.f0 = mix (vec3 (0.04), base, metallic);
  s.compensation = 1.0 + s.f0 * (1.0 / (dfg.x + dfg.y) - 1.0);
  s.specular_albedo = mix (dielectric, specular_albedo (base, dfg), metallic);
  s.diffuse = base * (1.0 - metallic) * (1.0 - dielectric);
}

float ggx_distribution (float n_dot_h, float alpha)
{
  float a2 = alpha * alpha;
  float f = (n_dot_h * a2 - n_dot_h) * n_dot_h + 1.0;
  return a2 / (PI * f * f);
}

float smith_visibility (float n_dot_l, float n_dot_v, float alpha)
{
  float a2 = alpha * alpha;
  float v = n_dot_l * sqrt (n_dot_v * n_dot_v * (1.0 - a2) + a2);
  float l = n_dot_v * sqrt (n_dot_l * n_dot_l * (1.0 - a2) + a2);
  return 0.5 / max (v + l, 1e-7);
}

// Specular reflection per lux of a light in direction @to_light; @alpha may be wider than the surface's.
vec3 brdf_specular (Surface s, vec3 to_light, float alpha)
{
  vec3 half_way = normalize (s.view + to_light);
  float n_dot_l = max (dot (s.normal, to_light), 0.0);
  float n_dot_h = clamp (dot (s.normal, half_way), 0.0, 1.0);
  float l_dot_h = clamp (dot (to_light, half_way), 0.0, 1.0);
  float m = 1.0 - l_dot_h, m2 = m * m;
  vec3 fresnel = s.f0 + (1.0 - s.f0) * (m2 * m2 * m);
  float clamped = max (alpha, 0.002);
  return fresnel * s.compensation * ggx_distribution (n_dot_h, clamped)
         * smith_visibility (n_dot_l, s.n_dot_v, clamped);
}
