// Light from everywhere. The maps hold the environment unrotated and unscaled.
layout(binding = 6) uniform samplerCube specular_map;
layout(binding = 8) uniform sampler2D background_map;

// World direction to the environment's own frame: turned back about +Z.
vec3 environment_local (vec3 direction)
{
  float c = frame.environment.y, s = frame.environment.z;
  return vec3 (c * direction.x + s * direction.y, c * direction.y - s * direction.x, direction.z);
}

// The inverse of dio_environment_direction.
vec2 environment_uv (vec3 local)
{
  return vec2 (0.5 + atan (local.x, local.y) / (2.0 * PI), acos (clamp (local.z, -1.0, 1.0)) / PI);
}

vec3 environment_radiance (vec3 direction)
{
  vec2 uv = environment_uv (environment_local (direction));
  return textureLod (background_map, uv, frame.environment.w).rgb * frame.environment.x;
}

// Mean radiance weighted by the cosine: irradiance / pi, by spherical harmonics of degree 0, 1, 2 and 4 (Ramamoorthi and
// Hanrahan 2001). Without the last, small bright suns are up to a tenth off.
vec3 environment_diffuse (vec3 normal)
{
  vec3 n = environment_local (normal), n2 = n * n;
  float xy = n.x * n.y, yz = n.y * n.z, xz = n.x * n.z, square = n2.x - n2.y;
  vec3 sum = frame.irradiance[0].rgb + frame.irradiance[1].rgb * n.x + frame.irradiance[2].rgb * n.y
             + frame.irradiance[3].rgb * n.z + frame.irradiance[4].rgb * xy + frame.irradiance[5].rgb * yz
             + frame.irradiance[6].rgb * xz + frame.irradiance[7].rgb * (3.0 * n2.z - 1.0)
             + frame.irradiance[8].rgb * square;
  sum += frame.irradiance[9].rgb * (xy * square) + frame.irradiance[10].rgb * (yz * (3.0 * n2.x - n2.y))
         + frame.irradiance[11].rgb * (xy * (7.0 * n2.z - 1.0)) + frame.irradiance[12].rgb * (yz * (7.0 * n2.z - 3.0))
         + frame.irradiance[13].rgb * ((35.0 * n2.z - 30.0) * n2.z + 3.0)
         + frame.irradiance[14].rgb * (xz * (7.0 * n2.z - 3.0)) + frame.irradiance[15].rgb * (square * (7.0 * n2.z - 1.0))
         + frame.irradiance[16].rgb * (xz * (n2.x - 3.0 * n2.y))
         + frame.irradiance[17].rgb * (n2.x * (n2.x - 3.0 * n2.y) - n2.y * (3.0 * n2.x - n2.y));
  return max (sum, 0.0) * frame.environment.x;
}

// The mean about @direction (not unit), blurred as @level of the map is.
vec3 environment_specular (vec3 direction, float level)
{
  return textureLod (specular_map, environment_local (direction), level).rgb * frame.environment.x;
}
