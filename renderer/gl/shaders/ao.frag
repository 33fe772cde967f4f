#version 450 core
#include "common.glsl"
#include "ao.glsl"
// The share of an even sky, weighted by the cosine, that the depth around a pixel leaves, at half resolution: horizons on
// both sides of one line across the picture, and what lies between them (Jimenez et al. 2016, "Practical real-time strategies
// for accurate indirect occlusion"). 16 directions lie in every 4 x 4 pixels, which ao-blur.frag averages.
layout(binding = 0) uniform sampler2D depth_map;
layout(location = 0) out vec2 o_ao_depth;

// Samples on one side of the line.
const int STEPS = 4;
// Sine over the tangent plane that rounding may make of nothing.
const float LEVEL = 0.02;

vec3 position_at (ivec2 pixel)
{
  float depth = depth_at (depth_map, pixel);
  return pixel_point_camera (vec2 (pixel) + 0.5, depth);
}

// The step to a neighbour that stays on the surface: the one that depth changes less on. The picture's border has one only.
vec3 smaller_step (vec3 before, vec3 here, vec3 after)
{
  vec3 a = here - before, b = after - here;
  bool first = dot (b, b) == 0.0 || (dot (a, a) > 0.0 && abs (a.z) < abs (b.z));
  return first ? a : b;
}

// Twice the share, weighted by the cosine to the normal, of the arc below elevation @height (its sine h) over the tangent
// plane; the normal leans from the eye to the side that is looked at by an angle of @cosine and @sine. For
// asin (h) - h sqrt (1 - h^2) there is a polynomial.
float arc_share (float height, float cosine, float sine)
{
  float h2 = height * height, h4 = h2 * h2;
  return h2 * (cosine + sine * height * (0.667 + 0.2 * h2 + 0.55 * h4 * h4));
}

void main ()
{
  ivec2 limit = ivec2 (frame.viewport.xy) - 1;
  ivec2 half_pixel = ivec2 (gl_FragCoord.xy);
  ivec2 pixel = min (half_pixel * 2, limit);
  vec3 here = position_at (pixel);
  vec3 right = smaller_step (position_at (max (pixel - ivec2 (1, 0), 0)), here,
                             position_at (min (pixel + ivec2 (1, 0), limit)));
  vec3 down = smaller_step (position_at (max (pixel - ivec2 (0, 1), 0)), here,
                            position_at (min (pixel + ivec2 (0, 1), limit)));
  vec3 normal = normalize (cross (down, right));

#ifdef ORTHOGRAPHIC
  float radius_px = frame.ambient_occlusion.y * frame.viewport.y;
  float radius = radius_px / frame.intrinsics.x;
  vec3 view = vec3 (0.0, 0.0, -1.0);
#else
  float radius = frame.ambient_occlusion.y * here.z;
  float radius_px = frame.ambient_occlusion.y * frame.intrinsics.x;
  vec3 view = normalize (-here);
#endif
  int turn = (half_pixel.x & 3) * 4 + (half_pixel.y & 3);
  float angle = float (turn * 7 & 15) * (PI / 16.0), shift = float (turn * 5 + 3 & 15) / 16.0;
  vec2 line = vec2 (cos (angle), sin (angle));
  // The plane through the line and the eye; angles in it are counted from the eye.
  vec3 across = normalize (vec3 (line, 0.0) - view * dot (vec3 (line, 0.0), view));
  vec3 axis = cross (across, view);
  vec3 projected = normal - axis * dot (normal, axis);
  float lean = atan (dot (projected, across), max (dot (projected, view), 1e-4));
  float fading = 1.0 / (radius * radius);
  float upright = inversesqrt (max (dot (projected, projected), 1e-4));
  float sine = sin (lean), cosine = cos (lean), hidden = 0.0;
  for (int side = 0; side < 2; side++) {
    float way = side == 0 ? -1.0 : 1.0, highest = LEVEL, faded = 1.0;
    float below = arc_share (highest, cosine, way * sine);
    for (int i = 0; i < STEPS; i++) {
      float share = (float (i) + shift) * (1.0 / float (STEPS));
      float away_px = max (radius_px * share * share, float (i) + 1.5);
      ivec2 at = pixel + ivec2 (round (line * (way * away_px)));
      vec3 v = position_at (clamp (at, ivec2 (0), limit)) - here;
      float square = dot (v, v), fade = max (1.0 - square * fading, 0.0);
      // Over the tangent plane, not over the line: whole pixels lie beside it.
      float height = min (dot (v, normal) * inversesqrt (max (square, 1e-12)) * upright, 1.0);
      highest = max (highest, height);
      // What rises over all before hides the arc between: as near as both ends are where the surface goes on, not where it leaps.
      float arc = arc_share (highest, cosine, way * sine);
      hidden += (arc - below) * min (0.5 * (fade + faded), 2.0 * fade);
      below = arc;
      faded = fade;
    }
  }
  float visible = clamp (1.0 - hidden / (2.0 * (cosine + lean * sine)), 0.0, 1.0);
  o_ao_depth = vec2 (here.z < 1e9 ? visible : 1.0, min (here.z, 60000.0));
}
