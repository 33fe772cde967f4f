// The curves of dio-image-color.c: exposed linear light to display-linear 0..1.
vec3 filmic (vec3 x)
{
  const float a = 0.22, b = 0.30, c = 0.10, d = 0.20, e = 0.01, f = 0.30;
  return (x * (a * x + c * b) + d * e) / (x * (a * x + b) + d * f) - e / f;
}

vec3 tone_apply (int curve, vec3 exposed)
{
  vec3 x = max (exposed, 0.0);
  if (curve == 1)
    x = filmic (2.0 * x) / filmic (vec3 (11.2));
  return clamp (x, 0.0, 1.0);
}

vec3 srgb_from_linear (vec3 x)
{
  return mix (1.055 * pow (max (x, 0.0031308), vec3 (1.0 / 2.4)) - 0.055, 12.92 * x,
              lessThanEqual (x, vec3 (0.0031308)));
}
