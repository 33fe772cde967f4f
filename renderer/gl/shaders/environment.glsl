// Light from everywhere. The maps hold the environment unrotated and unscaled.
layout(binding = 6) uniform samplerCube specular_map;
layout(binding = 7) uniform samplerCube irradiance_map;
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

// Mean radiance weighted by the cosine: irradiance / pi.
vec3 environment_diffuse (vec3 normal)
{
  return textureLod (irradiance_map, environment_local (normal), 0.0).rgb * frame.environment.x;
}

vec3 environment_specular (vec3 reflected, float roughness)
{
  float level = roughness * float (frame.counts.w);
  return textureLod (specular_map, environment_local (reflected), level).rgb * frame.environment.x;
}
