// What a fragment of a mesh is made of, before light. Needs common.glsl and material.glsl.
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

// Normals that turn within a pixel reflect as a rougher surface does: else highlights on what is small or curved come
// and go from pixel to pixel (Tokuyoshi and Kaplanyan 2019).
float filtered_roughness (float roughness, vec3 normal)
{
  vec3 dx = dFdx (normal), dy = dFdy (normal);
  float a2 = roughness * roughness * roughness * roughness;
  a2 += min (0.5 * (dot (dx, dx) + dot (dy, dy)), 0.18);
  return min (sqrt (sqrt (a2)), 1.0);
}

struct Inputs {
  vec3 base, emissive;
  float alpha, metallic, roughness, occlusion;
  vec3 normal, geometric_normal; // towards the viewer's side of the surface
};

Inputs surface_inputs ()
{
  Inputs r;
  vec4 base = base_color ();
  r.base = base.rgb;
  r.alpha = base.a;
  r.metallic = material.emissive.w;
  r.roughness = material.factors.x;
  r.occlusion = 1.0;
  r.emissive = material.emissive.rgb;
#ifdef WITH_ROUGHNESS_MAP
  vec2 mr = texture (metallic_roughness_map, slot_uv (material.metallic_roughness_slot, v_uv)).gb;
  r.roughness *= mr.x;
  r.metallic *= mr.y;
#endif
#ifdef WITH_OCCLUSION_MAP
  r.occlusion += (texture (occlusion_map, slot_uv (material.occlusion_slot, v_uv)).r - 1.0) * material.factors.z;
#endif
#ifdef WITH_EMISSIVE_MAP
  r.emissive *= texture (emissive_map, slot_uv (material.emissive_slot, v_uv)).rgb;
#endif
  vec3 normal = normalize (v_normal);
  float face = gl_FrontFacing ? 1.0 : -1.0;
  r.geometric_normal = normal * face;
  r.normal = r.geometric_normal;
#ifdef WITH_NORMAL_MAP
  r.normal = mapped_normal (normal) * face;
#endif
  r.roughness = filtered_roughness (r.roughness, r.normal);
  return r;
}
