#version 450 core
#include "common.glsl"
#include "gbuffer.glsl"
#include "shade.glsl"
#include "tone.glsl"
// Lights surfaces once for every key among the samples of a pixel. The first pass lights the first key; with
// EXTRA, pass `group` lights the group-th further key of the pixels that have one. An early depth test keeps
// extra passes to blocks with such pixels (software computes both sides of a branch, but skips a block that
// fails).
//
// By default what is lit goes through the tone curve and is added up in one value a pixel, weighted by the share of
// samples; the first pass writes what else the pixel holds into the depth buffer. With
// PER_SAMPLE the samples of the key are filled, for surfaces that blend over them, and marked done in a
// depth buffer of samples.
#ifdef EXTRA
layout(early_fragment_tests) in;
#endif
layout(binding = 0) uniform usampler2DMS surface_map;
layout(binding = 1) uniform sampler2DMS depth_map;
layout(binding = 2) uniform usampler2DMS key_map;
#ifdef EXTRA
layout(location = 0) uniform int group;
#else
const int group = 0;
#endif
layout(location = 0) out vec4 o_color;

vec3 light_surface (uvec4 g, float stored_depth, vec2 pixel)
{
  Surface s;
  float depth = depth_from_stored (stored_depth);
  vec4 packed_base = unpackUnorm4x8 (g.x);
  s.position = pixel_point (pixel, depth);
  s.normal = octahedron_normal (unpackSnorm2x16 (g.y));
  s.geometric_normal = octahedron_normal (vec2 (float (g.z >> 16 & 255u) / 127.5, float (g.z >> 24 & 127u) / 63.5) - 1.0);
  s.roughness = packed_base.a;
  vec3 base = packed_base.rgb * packed_base.rgb;
  float metallic = float (g.z & 255u) / 255.0, occlusion = float (g.z >> 8 & 255u) / 255.0;
  vec3 lit = shade (s, base, metallic, occlusion, gl_FragCoord.xy, depth) + emission_unpack (g.w);
  return fog_surface ((g.z >> 31) != 0u ? base * frame.exposure.z : lit, s.position);
}

void main ()
{
  const vec2 offsets[4] = vec2[4] (vec2 (0.375, 0.125), vec2 (0.875, 0.375), vec2 (0.125, 0.625), vec2 (0.625, 0.875));
  ivec2 pixel = ivec2 (gl_FragCoord.xy);
  uint keys[4];
  for (int i = 0; i < 4; i++)
    keys[i] = texelFetch (key_map, pixel, i).r;
  int groups = 0, chosen = 0;
  bool found = false;
  uint key = keys[0];
  vec2 offset = offsets[0];
  for (int i = 0; i < 4; i++) {
#ifdef PER_SAMPLE
    bool fresh = true;
#else
    bool fresh = keys[i] != 0u;
#endif
    for (int k = 0; k < i; k++)
      fresh = fresh && keys[k] != keys[i];
    bool take = fresh && groups == group;
    groups += fresh ? 1 : 0;
    found = found || take;
    chosen = take ? i : chosen;
    key = take ? keys[i] : key;
    offset = take ? offsets[i] : offset;
  }

  // Where there is no surface this is nonsense that weighs nothing or that the background covers.
  vec3 nits = light_surface (texelFetch (surface_map, pixel, chosen),
                            max (texelFetch (depth_map, pixel, chosen).r, 1e-9), vec2 (pixel) + offset);
  vec3 exposed = min (nits * frame.exposure.x, vec3 (frame.exposure.y));
#ifdef PER_SAMPLE
  int mask = 0;
  for (int i = 0; i < 4; i++)
    mask |= keys[i] == key ? 1 << i : 0;
  gl_SampleMask[0] = mask;
  o_color = vec4 (exposed, 1.0);
#else
  float share = 0.0;
  bool empty = false;
  for (int i = 0; i < 4; i++) {
    share += keys[i] == key ? 0.25 : 0.0;
    empty = empty || keys[i] == 0u;
  }
#ifndef LINEAR
  exposed = tone_apply (exposed);
#endif
  o_color = found ? vec4 (exposed * share, share) : vec4 (0.0);
#ifndef EXTRA
  float held = groups > 0 ? (float (groups) - 0.5) * 0.125 : 0.0;
  gl_FragDepth = held + (groups > 0 && empty ? 0.5 : 0.0);
#endif
#endif
}
