// The blocks of lights, and shadows of lamps (one map, or six for a point light); those of suns: shadow-sun.glsl.
struct Sun {
  vec4 to_light; // unit; w: half the angular radius
  vec4 lux;
  vec4 reach;    // xyz: texels that filters of the cascades may reach; w: angular diameter
  vec4 block;    // xyz: texels of a side of the cascades' blocks
  vec4 right, down; // unit, along the rows and columns of the cascades' maps
};

struct Lamp {
  vec4 position; // w: first layer, -1 for none
  vec4 candela;  // w: number of layers
  vec4 axis;     // unit, the way it shines
  vec4 cone;     // scale and offset of the cosine
};

struct Rect {
  vec4 center; // w: layer, -1 for none
  vec4 half_x, half_y;
  vec4 axis; // unit, the way it shines
  vec4 nits;
  vec4 soft; // x: metres of penumbra per tap
};

layout(std140, binding = 3) uniform Lights {
  Sun suns[8];
  Lamp lamps[64];
  Rect rects[16];
};

// A map's texture coordinates and depth from a position. texel.x: size of a texel in metres (suns) or
// per metre of distance (lamps); y, z: near and far (suns: y is the depth up to which the cascade serves, because
// casters for what lies deeper are left out, z the range); w: 1 / pixels of a side.
layout(std140, binding = 4) uniform Shadows {
  mat4 shadow_from_world[24];
  vec4 shadow_texel[24];
};

layout(binding = 10) uniform sampler2DArrayShadow lamp_shadow_map;
layout(binding = 12) uniform sampler2DArray lamp_depth_map;

const int FIRST_LAMP_LAYER = 6;

// Squares of filter taps: hard lights, and those whose penumbra widens with the distance of what casts.
#define HARD_TAPS 2
#define SOFT_TAPS 4
#define SEARCH_TAPS 3
// The widest step between taps, in texels.
const float WIDEST_STEP = 2.5;

// Lit part of a square of bilinear comparisons, @step_uv apart.
#define SHADOW_FILTER(map, at, taps, step_uv, result)                                              \
  for (int y = 0; y < taps; y++)                                                                   \
    for (int x = 0; x < taps; x++)                                                                 \
      result += texture (map, vec4 (at.xy + (vec2 (x, y) - 0.5 * float (taps - 1)) * (step_uv), at.zw)) \
                * (1.0 / float (taps * taps));

// Positions leave the surface along its normal, the more the flatter the light falls on it.
vec3 shadow_offset (vec3 normal, vec3 to_light, float texel_m)
{
  float slope = 1.0 - clamp (dot (normal, to_light), 0.0, 1.0);
  return normal * (texel_m * (0.6 + 1.8 * slope));
}

// The face of a cube of maps that a direction falls on.
int shadow_face (vec3 d)
{
  vec3 a = abs (d);
  int x = d.x > 0.0 ? 0 : 1, y = d.y > 0.0 ? 2 : 3, z = d.z > 0.0 ? 4 : 5;
  return a.x >= a.y && a.x >= a.z ? x : a.y >= a.z ? y : z;
}

// Texture coordinates, layer and depth in a lamp's map; @held tells whether the map holds the position.
vec4 shadow_lamp_coordinates (vec4 center, int face, vec3 position, vec3 normal, out bool held)
{
  vec3 from_light = position - center.xyz;
  float away = length (from_light);
  int index = FIRST_LAMP_LAYER + max (int (center.w), 0) + face;
  float texel_m = shadow_texel[index].x * away;
  vec3 moved = position + shadow_offset (normal, -from_light / max (away, 1e-6), texel_m);
  vec4 p = shadow_from_world[index] * vec4 (moved, 1.0);
  vec3 uvz = p.xyz / max (p.w, 1e-6);
  vec2 off = abs (uvz.xy - 0.5);
  held = p.w > 0.0 && max (off.x, off.y) < 0.5 && center.w >= 0.0;
  return vec4 (uvz.xy, float (index - FIRST_LAMP_LAYER), min (uvz.z, 1.0));
}

float shadow_of_lamp (vec4 center, float layers, vec3 position, vec3 normal)
{
  bool held;
  int face = layers > 1.5 ? shadow_face (position - center.xyz) : 0;
  vec4 at = shadow_lamp_coordinates (center, face, position, normal, held);
  float lit = 0.0, texel = shadow_texel[FIRST_LAMP_LAYER].w;
  SHADOW_FILTER (lamp_shadow_map, at, HARD_TAPS, texel * 1.2, lit)
  return held ? lit : 1.0;
}

// Similar triangles: width = lamp * (receiver - blocker) / blocker, in texels at the receiver.
float shadow_of_rect (vec4 center, vec4 soft, vec3 position, vec3 normal)
{
  bool held;
  vec4 at = shadow_lamp_coordinates (center, 0, position, normal, held);
  vec4 size = shadow_texel[FIRST_LAMP_LAYER + max (int (center.w), 0)];
  float far_scale = (size.z - size.y) / max (size.y * size.z, 1e-12);
  float blockers = 0.0, inverse = 0.0;
  for (int y = 0; y < SEARCH_TAPS; y++)
    for (int x = 0; x < SEARCH_TAPS; x++) {
      vec2 offset = (vec2 (x, y) - 0.5 * float (SEARCH_TAPS - 1)) * (WIDEST_STEP * 1.5);
      float d = textureLod (lamp_depth_map, vec3 (at.xy + offset * size.w, at.z), 0.0).r;
      float blocks = d < at.w - 1e-4 ? 1.0 : 0.0;
      blockers += blocks;
      inverse -= d * far_scale * blocks;
    }
  // 1 / depth = 1 / near - stored * far_scale
  float apart = inverse / max (blockers, 1.0) + at.w * far_scale;
  float step_px = clamp (blockers > 0.0 ? soft.x * apart / size.x : 1.0, 0.75, WIDEST_STEP);
  float lit = 0.0;
  SHADOW_FILTER (lamp_shadow_map, at, SOFT_TAPS, step_px * size.w, lit)
  return held ? lit : 1.0;
}
