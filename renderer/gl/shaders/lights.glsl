// Suns, lamps and rectangles. Needs brdf.glsl and shadow.glsl. SUNS, LAMPS and RECTS are how many there are, SUN_SHADOWS
// how many of the suns have shadow maps:
// constants where they are few, because a loop of unknown length costs software one round too many.

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

// Angle-weighted normal of the edge a-b seen from the origin, along @n (Lambert 1760).
float edge_factor (vec3 a, vec3 b, vec3 n)
{
  vec3 across = cross (a, b);
  float sine = length (across), cosine = dot (a, b);
  return sine > 1e-7 ? dot (across, n) / sine * atan (sine, cosine) : 0.0;
}

// Cosine-weighted solid angle / pi of the quadrilateral @v (relative to the point) above the horizon
// of @n: the polygon is cut at the horizon, the cut closes it.
float form_factor (vec3 v[4], vec3 n)
{
  float sum = 0.0;
  vec3 leave = vec3 (0.0), enter = vec3 (0.0);
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
    float f = edge_factor (normalize (above_a ? a : cut), normalize (above_b ? b : cut), n);
    sum += above_a || above_b ? f : 0.0;
  }
  if (crossed > 0.5)
    sum += edge_factor (normalize (leave), normalize (enter), n);
  return abs (sum) / (2.0 * PI);
}

// Diffuse light exactly by the form factor; specular by the point of the rectangle nearest to the
// reflected ray, the lobe widened by its angular radius and scaled to keep its energy (Karis 2013).
vec3 light_rects (Surface s)
{
  vec3 sum = vec3 (0.0);
  for (int i = 0; i < RECTS; i++) {
    vec3 center = rects[i].center.xyz - s.position;
    vec3 x = rects[i].half_x.xyz, y = rects[i].half_y.xyz, axis = rects[i].axis.xyz;
    float behind = dot (center, axis);
    vec3 corners[4]
        = vec3[4] (center - x - y, center + x - y, center + x + y, center - x + y);
    float diffuse = form_factor (corners, s.normal);

    vec3 reflected = reflect (-s.view, s.normal);
    float along = dot (reflected, axis);
    float reach = along < -1e-4 ? behind / along : -1.0;
    vec3 hit = reach > 0.0 ? reflected * reach - center : reflected * length (center) - center;
    float xx = dot (x, x), yy = dot (y, y);
    vec3 nearest = center + x * clamp (dot (hit, x) / xx, -1.0, 1.0)
                   + y * clamp (dot (hit, y) / yy, -1.0, 1.0);
    float square = max (dot (nearest, nearest), 1e-8);
    vec3 to_light = nearest * inversesqrt (square);
    float facing = max (dot (to_light, axis) * -1.0, 0.0);
    float area = 4.0 * sqrt (xx * yy);
    float solid = min (area * facing / square, 2.0 * PI);
    float wide = min (s.alpha + 0.5 * sqrt (solid / PI), 1.0);
    float scale = s.alpha / max (wide, 1e-4);
    // At alpha 0 the widened lobe shows the lamp itself; its own energy is right then.
    scale = mix (1.0, scale * scale, smoothstep (0.0, 1.0, s.alpha / max (wide, 1e-4)));
    vec3 specular = brdf_specular (s, to_light, wide) * (solid * max (dot (s.normal, to_light), 0.0));
    vec3 lit = rects[i].nits.rgb * (s.diffuse * diffuse + specular);
    float on = behind < 0.0 ? 1.0 : 0.0;
    sum += lit * on
           * shadow_of_rect (rects[i].center, rects[i].soft, s.position, s.geometric_normal);
  }
  return sum;
}
