#version 450 core
// Fills one face of a cube map: from the equirectangular picture, as half of a larger cube, or convolved from a cube.
const float PI = 3.14159265358979;
layout(location = 0) uniform int face;
layout(location = 1) uniform float size;
layout(location = 2) uniform float roughness; // HALVE: the level to read
layout(location = 3) uniform float source_size;
#ifdef FROM_PICTURE
layout(binding = 0) uniform sampler2D picture_map;
#else
layout(binding = 0) uniform samplerCube source_map;
#endif
layout(location = 0) out vec4 o_color;

// OpenGL's table of cube faces; @st in -1..1.
vec3 cube_direction (int f, vec2 st)
{
  if (f == 0)
    return vec3 (1.0, -st.y, -st.x);
  if (f == 1)
    return vec3 (-1.0, -st.y, st.x);
  if (f == 2)
    return vec3 (st.x, 1.0, st.y);
  if (f == 3)
    return vec3 (st.x, -1.0, -st.y);
  if (f == 4)
    return vec3 (st.x, -st.y, 1.0);
  return vec3 (-st.x, -st.y, -1.0);
}

// Solid angle between the middle of a face and @st.
float corner_angle (vec2 st)
{
  return atan (st.x * st.y, sqrt (1.0 + dot (st, st)));
}

// Solid angle of the square of half side @h about @st.
float face_weight (vec2 st, float h)
{
  return corner_angle (st + h) - corner_angle (st + vec2 (h, -h)) - corner_angle (st + vec2 (-h, h)) + corner_angle (st - h);
}

#ifdef FROM_PICTURE
// Four points of a texel: a sun of one texel of the picture keeps its energy.
vec3 fill (vec2 st)
{
  vec3 sum = vec3 (0.0);
  for (int i = 0; i < 4; i++) {
    vec3 n = normalize (cube_direction (face, st + (vec2 (i & 1, i >> 1) - 0.5) / size));
    vec2 uv = vec2 (0.5 + atan (n.x, n.y) / (2.0 * PI), acos (clamp (n.z, -1.0, 1.0)) / PI);
    sum += textureLod (picture_map, uv, 0.0).rgb;
  }
  return 0.25 * sum;
}
#endif

#ifdef HALVE
// Texels towards the edges of a face see less: without their weights a sun would shine twice as bright in a corner.
vec3 fill (vec2 st)
{
  vec4 sum = vec4 (0.0);
  for (int i = 0; i < 4; i++) {
    vec2 at = st + (vec2 (i & 1, i >> 1) - 0.5) / size;
    sum += vec4 (textureLod (source_map, cube_direction (face, at), roughness).rgb, 1.0) * face_weight (at, 0.5 / size);
  }
  return sum.rgb / sum.a;
}
#endif

#ifdef SPECULAR
// Filtered importance sampling of the GGX lobe with view = normal (Krivanek and Colbert 2008; Karis
// 2013); weights are normalised, so a constant environment stays exact.
vec3 fill (vec2 st)
{
  const int count = COUNT;
  vec3 n = normalize (cube_direction (face, st));
  vec3 up = abs (n.z) < 0.9 ? vec3 (0.0, 0.0, 1.0) : vec3 (1.0, 0.0, 0.0);
  vec3 tangent = normalize (cross (up, n)), bitangent = cross (n, tangent);
  float alpha = roughness * roughness, a2 = alpha * alpha;
  float texel = 4.0 / (source_size * source_size);
  vec4 sum = vec4 (0.0);
  for (int i = 0; i < count; i++) {
    float u = (float (i) + 0.5) / float (count);
    float phi = 2.0 * PI * fract (float (i) * 0.618033989);
    float cos2 = (1.0 - u) / (1.0 + (a2 - 1.0) * u);
    float n_dot_h = sqrt (cos2), sine = sqrt (max (1.0 - cos2, 0.0));
    vec3 h = tangent * (sine * cos (phi)) + bitangent * (sine * sin (phi)) + n * n_dot_h;
    vec3 l = 2.0 * n_dot_h * h - n;
    float n_dot_l = max (dot (n, l), 0.0);
    float f = cos2 * (a2 - 1.0) + 1.0;
    float pdf = a2 / (4.0 * PI * f * f);
    float axis = max (max (abs (l.x), abs (l.y)), abs (l.z));
    float level = max (0.5 * log2 (1.0 / (float (count) * pdf * texel * axis * axis * axis)) + 0.5, 0.0);
    sum += vec4 (textureLod (source_map, l, level).rgb, 1.0) * n_dot_l;
  }
  return sum.rgb / max (sum.a, 1e-6);
}
#endif

void main ()
{
  vec2 st = gl_FragCoord.xy * (2.0 / size) - 1.0;
  o_color = vec4 (fill (st), 1.0);
}
