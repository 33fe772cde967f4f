#version 450 core
#include "common.glsl"
#include "material.glsl"
#include "surface.glsl"
#ifdef UNLIT
#include "environment.glsl"
#include "fog.glsl"
#else
#include "shade.glsl"
#endif

// As DIO_LEAST_GLASS_ALPHA of dio-frame-material.h.
const float LEAST_GLASS_ALPHA = 0.1;

layout(location = 0, index = 0) out vec4 o_color; // light that the surface sends, not to be scaled any more
layout(location = 0, index = 1) out vec4 o_pass;  // share of the light from behind, for each colour

// Blended surfaces are lit as they are drawn, over what lies behind them. Where the texture's alpha says that there is a
// surface, the material's own alpha says how much its body hides; reflections do not depend on that, so that glass keeps
// its highlights, and what is reflected does not pass. Of the body, the transmissive share lets light through in its
// own colour instead of scattering it.
void main ()
{
  Inputs inputs = surface_inputs ();
  float alpha = material.base_color.a;
  float cover = alpha > 0.0 ? clamp (inputs.alpha / alpha, 0.0, 1.0) : 0.0;
#ifdef UNLIT
  vec3 nits = fog_surface (inputs.base * frame.exposure.z, v_position);
  o_color = vec4 (min (nits * frame.exposure.x, vec3 (frame.exposure.y)), 1.0) * (cover * alpha);
  o_pass = vec4 (1.0 - cover * alpha);
#else
  float clear = material.factors.w;
  float body = clear > 0.0 ? min (alpha / max (1.0 - clear, LEAST_GLASS_ALPHA), 1.0) : alpha;
  Surface s;
  s.position = v_position;
  s.normal = inputs.normal;
  s.geometric_normal = inputs.geometric_normal;
  s.roughness = inputs.roughness;
  vec3 scattered = inputs.base * (body * (1.0 - clear));
  vec3 nits = shade (s, scattered, inputs.metallic, inputs.occlusion, gl_FragCoord.xy, fragment_depth (gl_FragCoord))
              + inputs.emissive * body;
  s.view = direction_to_camera (s.position);
  surface_shade_parameters (s, scattered, inputs.metallic);
  // The way through a pane grows with the angle that is left after refraction (index 1.5).
  float way = inversesqrt (1.0 - (1.0 - s.n_dot_v * s.n_dot_v) / 2.25);
  vec3 passed = (1.0 - body) + body * clear * pow (max (inputs.base, vec3 (1e-4)), vec3 (way));
  vec3 share = passed * (1.0 - min (single_albedo (s.f0, s.dfg.xy), vec3 (1.0)));
  nits = fog_veil (nits, share, v_position);
  o_color = vec4 (min (nits * frame.exposure.x, vec3 (frame.exposure.y)), 1.0) * cover;
  o_pass = vec4 (1.0 - cover + cover * share, 1.0);
#endif
}
