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

// Mean radiance weighted by the cosine: irradiance / pi, by spherical harmonics up to degree 2 (Ramamoorthi and
// Hanrahan 2001).
vec3 environment_diffuse (vec3 normal)
{
  vec3 n = environment_local (normal);
  vec3 sum = frame.irradiance[0].rgb + frame.irradiance[1].rgb * n.x + frame.irradiance[2].rgb * n.y
             + frame.irradiance[3].rgb * n.z + frame.irradiance[4].rgb * (n.x * n.y)
             + frame.irradiance[5].rgb * (n.y * n.z) + frame.irradiance[6].rgb * (n.x * n.z)
             + frame.irradiance[7].rgb * (3.0 * n.z * n.z - 1.0)
             + frame.irradiance[8].rgb * (n.x * n.x - n.y * n.y);
  return max (sum, 0.0) * frame.environment.x;
}

// The mean of a lobe along @direction (not unit), blurred as by @roughness seen along the normal.
vec3 environment_specular (vec3 direction, float roughness)
{
  float level = roughness * float (frame.counts.w);
  return textureLod (specular_map, environment_local (direction), level).rgb * frame.environment.x;
}
