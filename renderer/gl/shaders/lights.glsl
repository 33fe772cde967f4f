// Suns, lamps and rectangles. Needs brdf.glsl and shadow.glsl. SUNS, LAMPS and RECTS are how many there are, SUN_SHADOWS
// how many of the suns have shadow maps:
// constants where they are few, because a loop of unknown length costs software one round too many.
layout(binding = 7) uniform sampler2D ltc_map;

vec3 light_direct (Surface s, vec3 to_light, vec3 irradiance, float alpha)
{
  float n_dot_l = max (dot (s.normal, to_light), 0.0);
  return (s.diffuse / PI + brdf_specular (s, to_light, alpha)) * irradiance * n_dot_l;
}

// A disc of small angular radius widens the lobe by half of it; the lobe keeps its energy.
vec3 light_suns (Surface s)
{
  vec3 sum = vec3 (0.0);
  for (int i = 0; i < SUNS; i++) {
    vec3 lit = light_direct (s, suns[i].to_light.xyz, suns[i].lux.rgb, s.alpha + suns[i].to_light.w);
    if (i < SUN_SHADOWS)
      lit *= shadow_of_sun (i, s.position, s.geometric_normal);
    sum += lit;
  }
  return sum;
}

// Points and spots: candela over the squared distance; a spot is smooth between its cones.
vec3 light_lamps (Surface s)
{
  vec3 sum = vec3 (0.0);
  for (int i = 0; i < LAMPS; i++) {
    vec3 offset = lamps[i].position.xyz - s.position;
    float square = max (dot (offset, offset), 1e-8);
    vec3 to_light = offset * inversesqrt (square);
    float cone = clamp (dot (-to_light, lamps[i].axis.xyz) * lamps[i].cone.x + lamps[i].cone.y, 0.0, 1.0);
    vec3 lux = lamps[i].candela.rgb * (cone * cone * (3.0 - 2.0 * cone) / square);
    vec3 lit = light_direct (s, to_light, lux, s.alpha);
    sum += lit
           * shadow_of_lamp (lamps[i].position, lamps[i].candela.w, s.position, s.geometric_normal);
  }
  return sum;
}

// Normal of the edge a-b of unit directions, weighted by its angle (Lambert 1760): angle / sine by the arc cosine of
// Abramowitz and Stegun 4.4.45, which is divided by the root of 1 - x there.
vec3 edge_vector (vec3 a, vec3 b)
{
  float x = dot (a, b), y = min (abs (x), 1.0);
  float ratio = (1.5707288 + (-0.2121144 + (0.0742610 - 0.0187293 * y) * y) * y) * inversesqrt (1.0 + y);
  ratio = x < 0.0 ? PI * inversesqrt (max (1.0 - y * y, 1e-7)) - ratio : ratio;
  return cross (a, b) * ratio;
}

// Solid angle / pi of the quadrilateral @v (relative to the point) above the horizon of @n, as the mean of its directions
// weighted by the cosine to each of them: times a normal it is the form factor. The polygon is cut at the horizon, the
// cut closes it. The sign follows the winding.
vec3 form_vector (vec3 v[4], vec3 n)
{
  vec3 sum = vec3 (0.0), leave = vec3 (0.0), enter = vec3 (0.0);
  float crossed = 0.0;
  for (int i = 0; i < 4; i++) {
    vec3 a = v[i], b = v[(i + 1) & 3];
    float ha = dot (a, n), hb = dot (b, n);
    vec3 cut = a + (b - a) * clamp (ha / (abs (ha - hb) > 1e-12 ? ha - hb : 1.0), 0.0, 1.0);
    bool above_a = ha > 0.0, above_b = hb > 0.0;
    if (above_a && !above_b) {
      leave = cut;
      crossed = 1.0;
    }
    if (!above_a && above_b)
      enter = cut;
    vec3 f = edge_vector (normalize (above_a ? a : cut), normalize (above_b ? b : cut));
    sum += above_a || above_b ? f : vec3 (0.0);
  }
  if (crossed > 0.5)
    sum += edge_vector (normalize (leave), normalize (enter));
  return sum / (2.0 * PI);
}

// Specular light per nit of the quadrilateral @v, with its corners in the frame in which the lobe is a cosine about +Z
// (Heitz et al. 2016); the viewer lies towards +X. Fresnel goes by the middle of what is reflected.
vec3 quadrilateral_specular (Surface s, vec3 v[4])
{
  const float n = 24.0;
  vec2 at = vec2 (sqrt (1.0 - s.n_dot_v), s.roughness);
  vec4 m = textureLod (ltc_map, at * ((n - 1.0) / n) + 0.5 / n, 0.0);
  vec3 across = s.view - s.normal * dot (s.view, s.normal);
  vec3 any = abs (s.normal.z) < 0.9 ? vec3 (-s.normal.y, s.normal.x, 0.0) : vec3 (0.0, -s.normal.z, s.normal.y);
  vec3 x = normalize (dot (across, across) > 1e-8 ? across : any), y = cross (s.normal, x);
  for (int i = 0; i < 4; i++) {
    vec3 p = vec3 (dot (v[i], x), dot (v[i], y), dot (v[i], s.normal));
    v[i] = vec3 (m.x * p.x + m.y * p.z, p.y, m.z * p.x + m.w * p.z);
  }
  vec3 form = form_vector (v, vec3 (0.0, 0.0, 1.0));
  form *= form.z < 0.0 ? -1.0 : 1.0;
  float determinant = m.x * m.w - m.y * m.z;
  vec3 middle = vec3 (m.w * form.x - m.y * form.z, determinant * form.y, m.x * form.z - m.z * form.x);
  float v_dot_l = dot (middle, vec3 (sqrt (1.0 - s.n_dot_v * s.n_dot_v), 0.0, s.n_dot_v))
                  * inversesqrt (max (dot (middle, middle), 1e-24));
  float share = fresnel_share (sqrt (clamp (0.5 + 0.5 * v_dot_l, 0.0, 1.0)));
  return (s.f0 + (1.0 - s.f0) * share) * ((s.dfg.x + s.dfg.y) * form.z);
}

vec3 light_rects (Surface s)
{
  vec3 sum = vec3 (0.0);
  for (int i = 0; i < RECTS; i++) {
    vec3 center = rects[i].center.xyz - s.position;
    vec3 x = rects[i].half_x.xyz, y = rects[i].half_y.xyz, axis = rects[i].axis.xyz;
    vec3 corners[4]
        = vec3[4] (center - x - y, center + x - y, center + x + y, center - x + y);
    float diffuse = abs (dot (form_vector (corners, s.normal), s.normal));
    vec3 lit = rects[i].nits.rgb * (s.diffuse * diffuse + quadrilateral_specular (s, corners));
    float on = dot (center, axis) < 0.0 ? 1.0 : 0.0;
    sum += lit * on
           * shadow_of_rect (rects[i].center, rects[i].soft, s.position, s.geometric_normal);
  }
  return sum;
}
