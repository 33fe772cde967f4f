// What is seen where no surface is: a picture of the sensor's own (BACKDROP) as it is, else the environment through fog.
#ifdef BACKDROP
layout(binding = 14) uniform sampler2D backdrop_map;
layout(location = 2) uniform vec4 backdrop_place; // from pixels to texture coordinates: scale and offset
layout(location = 3) uniform vec4 backdrop_bars;  // linear RGB beside the picture, and the level to read
layout(location = 4) uniform vec2 backdrop_white; // nits of white, and the tone curve to undo

vec3 background_nits (vec2 pixel)
{
  vec2 uv = pixel * backdrop_place.xy + backdrop_place.zw;
  vec4 texel = textureLod (backdrop_map, uv, backdrop_bars.w);
  bool inside = all (greaterThanEqual (uv, vec2 (0.0))) && all (lessThanEqual (uv, vec2 (1.0)));
  vec3 shown = mix (backdrop_bars.rgb, texel.rgb, inside ? texel.a : 0.0);
  return tone_undo (int (backdrop_white.y), shown) * backdrop_white.x;
}
#else
vec3 background_nits (vec2 pixel)
{
  vec3 direction = pixel_direction (pixel);
  vec3 nits = frame.background.w > 0.5 ? environment_radiance (direction) : frame.background.rgb;
  return fog_background (nits, direction);
}
#endif
