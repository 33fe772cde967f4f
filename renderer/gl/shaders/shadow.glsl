// Shadow maps of suns (cascades) and of lamps (one map, or six for a point light).
struct Sun {
  vec4 to_light; // unit; w: half the angular radius
  vec4 lux;      // w: first layer of its cascades, -1 for none
  vec4 soft;     // taps per side, taps per side of the search, penumbra per depth, widest step in texels
};

struct Lamp {
  vec4 position; // w: first layer, -1 for none
  vec4 candela;  // w: number of layers
  vec4 axis;     // unit, the way it shines
  vec4 cone;     // scale and offset of the cosine
  vec4 soft;
};

struct Rect {
  vec4 center; // w: layer, -1 for none
  vec4 half_x, half_y;
  vec4 axis; // unit, the way it shines
  vec4 nits;
  vec4 soft;
};

layout(std140, binding = 3) uniform Lights {
  Sun suns[8];
  Lamp lamps[64];
  Rect rects[16];
};

// A map's texture coordinates and depth from a position. texel.x: size of a texel in metres (suns) or
// per metre of distance (lamps); y, z: near and far; w: 1 / pixels of a side.
layout(std140, binding = 4) uniform Shadows {
  mat4 shadow_from_world[24];
  vec4 shadow_texel[24];
};

layout(binding = 9) uniform sampler2DArrayShadow sun_shadow_map;
layout(binding = 10) uniform sampler2DArrayShadow lamp_shadow_map;
layout(binding = 11) uniform sampler2DArray sun_depth_map;
layout(binding = 12) uniform sampler2DArray lamp_depth_map;

const int FIRST_LAMP_LAYER = 6;

// Lit part of a square of bilinear comparisons, @step_px texels apart.
float shadow_filter (sampler2DArrayShadow map, vec4 at, int taps, float step_px)
{
  float sum = 0.0, first = -0.5 * float (taps - 1);
  for (int y = 0; y < taps; y++)
    for (int x = 0; x < taps; x++) {
      vec2 offset = vec2 (first + float (x), first + float (y)) * step_px;
      sum += texture (map, vec4 (at.xy + offset, at.zw));
    }
  return sum / float (taps * taps);
}

float shadow_of_sun (int i, vec3 position, vec3 normal)
{
  int first = int (suns[i].lux.w);
  int count = first < 0 ? 0 : 3;
  vec4 at = vec4 (0.0, 0.0, -1.0, 0.0);
  float texel = 0.0, range = 0.0;
  float slope = 1.0 - clamp (dot (normal, suns[i].to_light.xyz), 0.0, 1.0);
  for (int c = count - 1; c >= 0; c--) {
    vec4 size = shadow_texel[first + c];
    vec3 moved = position + normal * (size.x * (0.6 + 1.8 * slope));
    vec3 p = (shadow_from_world[first + c] * vec4 (moved, 1.0)).xyz;
    vec2 off = abs (p.xy - 0.5);
    if (max (off.x, off.y) < 0.5 - 6.0 * size.w) {
      at = vec4 (p.xy, float (first + c), min (p.z, 1.0));
      texel = size.w;
      range = size.z / size.x;
    }
  }
  float step_px = 1.0;
  int search = int (suns[i].soft.y);
  float blockers = 0.0, depth = 0.0;
  float reach = suns[i].soft.w * 0.75;
  for (int y = 0; y < search; y++)
    for (int x = 0; x < search; x++) {
      vec2 offset = (vec2 (x, y) - 0.5 * float (search - 1)) * reach;
      float d = textureLod (sun_depth_map, vec3 (at.xy + offset * texel, at.z), 0.0).r;
      float blocks = d < at.w - 1e-4 ? 1.0 : 0.0;
      blockers += blocks;
      depth += d * blocks;
    }
  if (blockers > 0.0)
    step_px = clamp ((at.w - depth / blockers) * range * suns[i].soft.z, 1.0, suns[i].soft.w);
  float lit = 1.0;
  if (at.z >= 0.0)
    lit = shadow_filter (sun_shadow_map, at, int (suns[i].soft.x), step_px * texel);
  return lit;
}

// The face of a cube of maps that a direction falls on.
int shadow_face (vec3 d)
{
  vec3 a = abs (d);
  if (a.x >= a.y && a.x >= a.z)
    return d.x > 0.0 ? 0 : 1;
  if (a.y >= a.z)
    return d.y > 0.0 ? 2 : 3;
  return d.z > 0.0 ? 4 : 5;
}

float shadow_of_lamp (vec4 center, float layers, vec4 soft, vec3 position, vec3 normal)
{
  vec3 from_light = position - center.xyz;
  float away = length (from_light);
  int taps = center.w < 0.0 ? 0 : int (soft.x);
  int face = layers > 1.5 ? shadow_face (from_light) : 0;
  int index = FIRST_LAMP_LAYER + max (int (center.w), 0) + face;
  vec4 size = shadow_texel[index];
  float slope = 1.0 - clamp (dot (normal, -from_light) / max (away, 1e-6), 0.0, 1.0);
  vec3 moved = position + normal * (size.x * away * (0.6 + 1.8 * slope));
  vec4 p = shadow_from_world[index] * vec4 (moved, 1.0);
  vec3 uvz = p.xyz / max (p.w, 1e-6);
  vec2 off = abs (uvz.xy - 0.5);
  bool inside = p.w > 0.0 && max (off.x, off.y) < 0.5 && taps > 0;
  float layer = float (index - FIRST_LAMP_LAYER);

  int search = taps > 0 ? int (soft.y) : 0;
  float blockers = 0.0, inverse = 0.0;
  float far_scale = (size.z - size.y) / (size.y * size.z);
  float receiver = 1.0 / size.y - uvz.z * far_scale; // 1 / depth
  for (int y = 0; y < search; y++)
    for (int x = 0; x < search; x++) {
      vec2 offset = (vec2 (x, y) - 0.5 * float (search - 1)) * soft.w * 0.75;
      float d = textureLod (lamp_depth_map, vec3 (uvz.xy + offset * size.w, layer), 0.0).r;
      float blocks = d < uvz.z - 1e-4 ? 1.0 : 0.0;
      blockers += blocks;
      inverse += (1.0 / size.y - d * far_scale) * blocks;
    }
  // Similar triangles: width = lamp * (receiver - blocker) / blocker, in texels at the receiver.
  float step_px = 1.0;
  if (blockers > 0.0)
    step_px = clamp (soft.z * (inverse / blockers - receiver) / size.x, 1.0, soft.w);
  float lit = 1.0;
  if (inside)
    lit = shadow_filter (lamp_shadow_map, vec4 (uvz.xy, layer, min (uvz.z, 1.0)), taps, step_px * size.w);
  return lit;
}
