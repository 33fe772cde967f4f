// Fog and haze between the eye and what it sees: light is lost by Koschmieder's law and airlight takes its place, the
// radiance of the sky in the same direction, as it is just above the horizon for all that lies lower. The density falls
// off with height, so that the sky shows through haze but not through fog. Needs common.glsl and environment.glsl.

#ifdef FOG
// What passes over @distance in metres, @rise of them upwards.
float fog_passed (float distance, float rise)
{
  float t = rise * frame.fog.y;
  float mean = abs (t) > 1e-3 ? (1.0 - exp (-t)) / t : 1.0 - 0.5 * t;
  return exp (-frame.fog.x * distance * mean);
}

vec3 fog_airlight (vec3 direction)
{
  vec2 uv = environment_uv (environment_local (direction));
  uv.y = min (uv.y, frame.fog.w);
  vec3 sky = textureLod (background_map, uv, frame.fog.z).rgb * frame.environment.x;
  return frame.background.w > 0.5 ? sky : frame.background.rgb;
}

// Of a surface at @position.
vec3 fog_surface (vec3 nits, vec3 position)
{
  float distance = max (length (position), 1e-6);
  return mix (fog_airlight (position / distance), nits, fog_passed (distance, position.z));
}

// Of a surface that lets @share of the light from behind pass, which has its own fog already.
vec3 fog_veil (vec3 nits, vec3 share, vec3 position)
{
  float distance = max (length (position), 1e-6);
  float passed = fog_passed (distance, position.z);
  return nits * passed + fog_airlight (position / distance) * (1.0 - share) * (1.0 - passed);
}

// Of what lies behind everything, in @direction.
vec3 fog_background (vec3 nits, vec3 direction)
{
  float passed = exp (-frame.fog.x / (frame.fog.y * max (direction.z, 1e-5)));
  return mix (fog_airlight (direction), nits, passed);
}
#else
vec3 fog_surface (vec3 nits, vec3 position)
{
  return nits;
}

vec3 fog_veil (vec3 nits, vec3 share, vec3 position)
{
  return nits;
}

vec3 fog_background (vec3 nits, vec3 direction)
{
  return nits;
}
#endif
