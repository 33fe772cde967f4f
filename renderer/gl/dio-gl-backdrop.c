#define G_LOG_DOMAIN "dio-gl"

/* A sensor's picture behind everything: at infinity, so no pose moves it, and drawn where the environment would be, so
 * that all that lets the environment through lets it through too. It lights nothing and is no label. */

#include "dio-gl-private.h"

#include <math.h>

/* Locations of backdrop.glsl. */
enum { PLACE = 2, BARS, WHITE };

/* Clamped on both axes, linear. */
#define CLAMP_SAMPLER (DIO_WRAP_CLAMP * 6 + DIO_WRAP_CLAMP * 2)

void
dio_gl_backdrop_append (const DioCamera *camera, GString *defines)
{
  if (camera->backdrop.texture != NULL)
    g_string_append (defines, " BACKDROP");
}

void
dio_gl_backdrop_bind (DioGlRenderer *self, const DioCamera *camera, GLuint program)
{
  const DioBackdrop *backdrop = &camera->backdrop;
  if (backdrop->texture == NULL)
    return;
  double w = backdrop->texture->image->width, h = backdrop->texture->image->height;
  double across = camera->width_px / w, down = camera->height_px / h;
  /* Pixels a texel. */
  double scale = backdrop->fit == DIO_BACKDROP_FIT ? MIN (across, down) : MAX (across, down);
  double du = 1 / (scale * w), dv = 1 / (scale * h);
  gboolean filmic = backdrop->as_stored && camera->tone == DIO_TONE_FILMIC;
  glProgramUniform4f (program, PLACE, (float) du, (float) dv,
                      (float) (0.5 - du * camera->width_px / 2),
                      (float) (0.5 - dv * camera->height_px / 2));
  glProgramUniform4f (program, BARS, backdrop->bars[0], backdrop->bars[1], backdrop->bars[2],
                      (float) MAX (log2 (1 / scale), 0));
  glProgramUniform2f (program, WHITE, (float) backdrop->white_nits, filmic ? 1 : 0);
  glBindTextureUnit (DIO_GL_UNIT_BACKDROP,
                     dio_gl_cache_get_texture (self->cache, backdrop->texture, FALSE));
  glBindSampler (DIO_GL_UNIT_BACKDROP, self->samplers[CLAMP_SAMPLER]);
}
