// The curves of dio-image-color.c: exposed linear light to display-linear 0..1.
vec3 filmic (vec3 x)
{
  const float a = 0.22, b = 0.30, c = 0.10, d = 0.20, e = 0.01, f = 0.30;
  return (x * (a * x + c * b) + d * e) / (x * (a * x + b) + d * f) - e / f;
}

vec3 agx (vec3 x)
{
  const mat3 inset = mat3 (0.842479062253094, 0.0423282422610123, 0.0423756549057051, //
                           0.0784335999999992, 0.878468636469772, 0.0784336,          //
                           0.0792237451477643, 0.0791661274605434, 0.879142973793104);
  const mat3 outset = mat3 (1.19687900512017, -0.0528968517574562, -0.0529716355144438, //
                            -0.0980208811401368, 1.15190312990417, -0.0980434501171241, //
                            -0.0990297440797205, -0.0989611768448433, 1.15107367264116);
  x = log2 (max (inset * x, 1e-10));
  x = clamp ((x + 12.47393) / (4.026069 + 12.47393), 0.0, 1.0);
  vec3 x2 = x * x, x4 = x2 * x2;
  x = 15.5 * x4 * x2 - 40.14 * x4 * x + 31.96 * x4 - 6.868 * x2 * x + 0.4298 * x2 + 0.1191 * x - 0.00232;
  return pow (max (outset * x, 0.0), vec3 (2.2));
}

// TONE is a DioToneCurve: programs are made for one curve, for software computes both sides of a branch.
#ifndef TONE
#define TONE 0
#endif
vec3 tone_apply (vec3 exposed)
{
  vec3 x = max (exposed, 0.0);
#if TONE == 1
  x = filmic (2.0 * x) / filmic (vec3 (11.2));
#elif TONE == 2
  x = x * (2.51 * x + 0.03) / (x * (2.43 * x + 0.59) + 0.14);
#elif TONE == 3
  x = agx (x);
#endif
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
