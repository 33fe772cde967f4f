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

// The exposed light that @shown, display-linear, comes from; white's is the least that is white.
vec3 tone_undo (int curve, vec3 shown)
{
  if (curve != 1)
    return shown;
  const float a = 0.22, b = 0.30, c = 0.10, d = 0.20, e = 0.01, f = 0.30;
  vec3 t = clamp (shown, 0.0, 1.0) * filmic (vec3 (11.2)) + e / f;
  vec3 p = a * (1.0 - t), q = b * (c - t), r = d * (e - f * t);
  return max ((sqrt (max (q * q - 4.0 * p * r, 0.0)) - q) / (2.0 * p), 0.0) * 0.5;
}

vec3 srgb_from_linear (vec3 x)
{
  return mix (1.055 * pow (max (x, 0.0031308), vec3 (1.0 / 2.4)) - 0.055, 12.92 * x,
              lessThanEqual (x, vec3 (0.0031308)));
}
