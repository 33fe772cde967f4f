// GGX with height-correlated Smith visibility (Walter et al. 2007; Heitz 2014) and Fresnel's equations. Light that bounces
// between microfacets leaves as from a matt surface, with the energy of Kulla and Conty 2017.
layout(binding = 5) uniform sampler2D dfg_map;

struct Surface {
  vec3 position, normal, view; // camera-relative world; unit
  vec3 geometric_normal;       // before the normal map
  vec3 diffuse;                // albedo of the matt part: what the specular part leaves of it, and lost bounces
  vec3 f0;                     // reflectance at normal incidence
  float alpha, roughness, n_dot_v;
  vec3 dfg;                    // see dio_gl_dfg_texture_new
};

// Of what is missing to 1 at normal incidence, the share that an index of 1.5 reflects at an angle of @cosine.
float fresnel_share (float cosine)
{
  float g = sqrt (1.25 + cosine * cosine);
  float s = (g - cosine) / (g + cosine), p = (cosine * (g + cosine) - 1.0) / (cosine * (g - cosine) + 1.0);
  return (0.5 * s * s * (1.0 + p * p) - 0.04) * (1.0 / 0.96);
}

// Directional albedo of what is reflected once, and what further bounces add to it.
vec3 single_albedo (vec3 f0, vec2 dfg)
{
  return f0 * dfg.x + dfg.y;
}

vec3 bounced_albedo (vec3 f0, vec2 dfg, float mean)
{
  const float mean_share = 0.054; // of fresnel_share, over all directions of light
  vec3 fresnel = f0 + (1.0 - f0) * mean_share;
  return (1.0 - dfg.x - dfg.y) * fresnel * fresnel * mean / (1.0 - fresnel * (1.0 - mean));
}

// Of the tables of GGX, one over the other, number @k at the surface's angle and roughness.
vec4 lobe_table (Surface s, int k)
{
  const float n = 64.0, tables = 5.0;
  vec2 at = vec2 (s.n_dot_v, s.roughness) * (n - 1.0) + 0.5;
  return textureLod (dfg_map, vec2 (at.x, at.y + float (k) * n) / vec2 (n, n * tables), 0.0);
}

// What remains of light for the diffuse part is 1 - albedo of the dielectric: a white furnace stays white. Between
// dielectric and metal the reflectance is mixed, as others do, not their light.
void surface_shade_parameters (inout Surface s, vec3 base, float metallic)
{
  // Interpolated normals may turn from the viewer: without the bound they sparkle.
  s.n_dot_v = clamp (dot (s.normal, s.view), 0.01, 1.0);
  s.alpha = s.roughness * s.roughness;
  s.dfg = lobe_table (s, 0).xyz;
  const vec3 f0 = vec3 (0.04);
  s.f0 = mix (f0, base, metallic);
  vec3 left = 1.0 - single_albedo (f0, s.dfg.xy) - bounced_albedo (f0, s.dfg.xy, s.dfg.z);
  s.diffuse = base * left * (1.0 - metallic) + bounced_albedo (s.f0, s.dfg.xy, s.dfg.z);
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
  vec3 fresnel = s.f0 + (1.0 - s.f0) * fresnel_share (l_dot_h);
  float clamped = max (alpha, 0.002);
  return fresnel * ggx_distribution (n_dot_h, clamped) * smith_visibility (n_dot_l, s.n_dot_v, clamped);
}
