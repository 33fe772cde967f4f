// Shadows of suns. Needs common.glsl and the blocks of shadow.glsl.
//
// A position is compared with the map texel by texel against the tangent plane of its surface, so that a plane casts no
// shadow on itself, however flat the light. The penumbra is as wide as the sun's disc makes it, though never below what the
// map resolves: where blocks of the map (sun_range_map) hold both what blocks and what does not, the blockers around are
// measured and taps are spread over the disc. Elsewhere the loops end after one round: software skips a loop that no lane
// goes on with, but no branch.
layout(binding = 9) uniform sampler2DArrayShadow sun_shadow_map;
layout(binding = 11) uniform sampler2DArray sun_depth_map;
layout(binding = 15) uniform sampler2DArray sun_range_map; // nearest and farthest depth of blocks of texels

// The penumbra in texels that the narrow filter is as wide as.
const float NARROW = 2.58;
// Taps of the search for blockers; the most of a filter, and texels a tap where it needs less.
const float BLOCKER_TAPS = 24.0, MOST_TAPS = 64.0, TAP_AREA = 1.6;
// The last share of a cascade's depth in which it turns into the next.
const float CASCADE_BAND = 0.1;

// A position in the map of one cascade.
struct SunPoint {
  vec2 texel;  // in texels
  float depth; // stored, less what keeps a curved surface from shadowing itself
  float unit;  // stored depth of one texel's width
  vec2 slope;  // depth of the tangent plane per texel, in units
  float layer, pixel_uv;
  float reach; // texels around that the map may be asked for
  float block; // texels of a side of a block of sun_range_map
};

// A position and a normal along the axes of a sun's maps: to the right, down and from the light.
vec3 sun_axes (int i, vec3 v)
{
  return vec3 (dot (suns[i].right.xyz, v), dot (suns[i].down.xyz, v), -dot (suns[i].to_light.xyz, v));
}

// The one of a sun's cascades that lanes differ in: an index that differs would be read lane by lane.
vec4 sun_pick (int c, vec4 v0, vec4 v1, vec4 v2)
{
  return c == 0 ? v0 : c == 1 ? v1 : v2;
}

SunPoint sun_point (int i, int cascade, vec3 position, vec3 normal)
{
  int first = 3 * i;
  vec4 size = sun_pick (cascade, shadow_texel[first], shadow_texel[first + 1], shadow_texel[first + 2]);
  vec4 origin = sun_pick (cascade, shadow_from_world[first][3], shadow_from_world[first + 1][3], shadow_from_world[first + 2][3]);
  vec4 reach = sun_pick (cascade, suns[i].reach.xxxx, suns[i].reach.yyyy, suns[i].reach.zzzz);
  vec4 block = sun_pick (cascade, suns[i].block.xxxx, suns[i].block.yyyy, suns[i].block.zzzz);
  SunPoint r;
  r.unit = size.x / size.z;
  r.slope = clamp (normal.xy / max (-normal.z, 0.1), -5.0, 5.0);
  // Interpolated and stored normals are a few degrees off the triangles'.
  float bias = 0.6 + 0.08 * (1.0 + dot (r.slope, r.slope));
  r.texel = position.xy / size.x + origin.xy / size.w;
  r.depth = min (position.z / size.z + origin.z, 1.0) - bias * r.unit;
  r.layer = float (first + cascade);
  r.pixel_uv = size.w;
  r.reach = reach.x;
  r.block = block.x;
  return r;
}

// Depth that what lies @offset texels beside @p is compared with. Where the plane leads away from the light it is not
// followed, and what lies a little before it does not count: in a lit corner the other wall stands there.
float sun_reference (SunPoint p, vec2 offset)
{
  const float wall = 3.0;
  return p.depth + p.unit * (min (dot (p.slope, offset), 0.0) - wall * max (abs (offset.x), abs (offset.y)));
}

// Two bilinear taps a texel apart along each side.
float sun_narrow (SunPoint p)
{
  vec2 corner = floor (p.texel), f = p.texel - corner;
  float wx[3] = float[3] (0.5 - 0.5 * f.x, 0.5, 0.5 * f.x), wy[3] = float[3] (0.5 - 0.5 * f.y, 0.5, 0.5 * f.y);
  float lit = 0.0;
  for (int y = 0; y < 3; y++)
    for (int x = 0; x < 3; x++) {
      vec2 at = corner + vec2 (x - 1, y - 1);
      float depth = texelFetch (sun_depth_map, ivec3 (at, p.layer), 0).r;
      lit += depth >= sun_reference (p, at + 0.5 - p.texel) ? wx[x] * wy[y] : 0.0;
    }
  return lit;
}

// Distance to the nearest that may block a part of the disc, within half a block; 0 where nothing does or where all does.
float sun_mixed_distance (SunPoint p, float diameter)
{
  vec2 corner = floor (p.texel / p.block - 0.5);
  float spread = 0.5 * p.block * (abs (p.slope.x) + abs (p.slope.y)), depth = 2.0;
  bool all_block = true;
  for (int k = 0; k < 4; k++) {
    vec2 block = corner + vec2 (k & 1, k >> 1);
    vec2 range = texelFetch (sun_range_map, ivec3 (max (block, 0.0), p.layer), 0).rg;
    // Not above the plane anywhere in the block.
    vec2 middle = (block + 0.5) * p.block - p.texel, beside = max (abs (middle) - 0.5 * p.block, 0.0);
    float reference = p.depth + p.unit * (dot (p.slope, middle) - spread);
    // What is farther beside than half the penumbra that it would cast does not matter.
    float radius = 0.5 * diameter * (p.depth - range.x);
    // Beyond the map lies what an earlier picture left there.
    vec2 start = block * (p.block * p.pixel_uv);
    bool held = min (start.x, start.y) >= 0.0 && max (start.x, start.y) < 1.0;
    bool near = held && max (beside.x, beside.y) * p.unit <= radius;
    depth = range.x < reference && near ? min (depth, range.x) : depth;
    all_block = all_block && (range.y < reference || !near);
  }
  return depth < 1.5 && !all_block ? (p.depth - depth) / p.unit : 0.0;
}

// Points evenly over a disc: each is the last one turned by the golden angle, farther out.
vec2 sun_turned (vec2 way)
{
  const vec2 golden = vec2 (-0.7373688, 0.6754903);
  return vec2 (way.x * golden.x - way.y * golden.y, way.x * golden.y + way.y * golden.x);
}

// Mean distance of what blocks within @radius texels, @otherwise where the taps find nothing. @measure: 0 or 1.
float sun_blocker_distance (SunPoint p, float radius, float otherwise, float measure)
{
  float blockers = 0.0, sum = 0.0, k = 0.0, taps = measure * BLOCKER_TAPS;
  vec2 way = vec2 (1.0, 0.0);
  float spread = 0.5 * p.unit * (abs (p.slope.x) + abs (p.slope.y));
  do {
    vec2 offset = way * (radius * sqrt ((k + 0.5) / BLOCKER_TAPS));
    float depth = texelFetch (sun_depth_map, ivec3 (p.texel + offset, p.layer), 0).r;
    float blocks = depth < sun_reference (p, offset) - spread ? 1.0 : 0.0;
    blockers += blocks;
    sum += (p.depth - depth) * blocks;
    way = sun_turned (way);
    k += 1.0;
  } while (k < taps);
  return blockers > 0.0 ? sum / (blockers * p.unit) : otherwise;
}

// Lit part of a disc @width texels wide. The squares of width that a bilinear tap has itself are taken off.
float sun_wide (SunPoint p, float width, float measure)
{
  float taps = measure * clamp (ceil (width * width * (0.25 * PI / TAP_AREA)), 6.0, MOST_TAPS);
  float radius = 0.5 * sqrt (max (width * width - 2.67, 0.0)), k = 0.0, lit = 0.0;
  float spread = p.unit * (abs (p.slope.x) + abs (p.slope.y));
  vec2 way = vec2 (1.0, 0.0);
  do {
    vec2 offset = way * (radius * sqrt ((k + 0.5) / max (taps, 1.0)));
    float reference = sun_reference (p, offset) - spread;
    lit += texture (sun_shadow_map, vec4 ((p.texel + offset) * p.pixel_uv, p.layer, reference));
    way = sun_turned (way);
    k += 1.0;
  } while (k < taps);
  return lit / max (taps, 1.0);
}

float sun_lit (SunPoint p, float diameter)
{
  float away = sun_mixed_distance (p, diameter);
  float measure = away * diameter > NARROW ? 1.0 : 0.0;
  float radius = clamp (0.5 * away * diameter, 1.0, p.reach);
  float width = min (sun_blocker_distance (p, radius, away, measure) * diameter, 2.0 * p.reach);
  measure = width > NARROW ? measure : 0.0;
  float narrow = sun_narrow (p), wide = sun_wide (p, width, measure);
  return measure > 0.5 ? wide : narrow;
}

// Suns with shadows come first: cascade c of sun i lies in layer 3 i + c.
float shadow_of_sun (int i, vec3 position, vec3 normal)
{
  int first = 3 * i, cascade = 3;
  vec3 p = sun_axes (i, position), n = sun_axes (i, normal);
  float depth_m = -dot (position, frame.world_from_camera[2].xyz), next = 0.0;
  for (int c = 2; c >= 0; c--) {
    vec4 size = shadow_texel[first + c];
    vec2 off = abs (p.xy * (size.w / size.x) + shadow_from_world[first + c][3].xy - 0.5);
    bool inside = max (off.x, off.y) < 0.5 - 2.0 * size.w && depth_m <= size.y;
    float band = clamp ((depth_m / size.y - 1.0) / CASCADE_BAND + 1.0, 0.0, 1.0);
    next = inside ? (cascade == c + 1 && c < 2 ? band : 0.0) : next;
    cascade = inside ? c : cascade;
  }
  float lit = cascade < 3 ? 0.0 : 1.0, share = cascade < 3 ? 1.0 - next : 0.0;
  do {
    lit += share * sun_lit (sun_point (i, cascade, p, n), suns[i].reach.w);
    cascade += 1;
    share = next;
    // 0, share of the next cascade, -1: that was the next.
    next = next > 0.0 ? -1.0 : 0.0;
  } while (next < 0.0);
  return lit;
}
