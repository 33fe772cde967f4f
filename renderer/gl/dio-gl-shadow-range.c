#define G_LOG_DOMAIN "dio-gl"

#include "dio-gl-private.h"

/* Of shadow-sun.glsl. */
#define NARROW_PX 2.5
#define LEAST_BLOCK_PX 16u
#define MOST_BLOCK_PX 256u

/* Nearest and farthest depth in blocks of the suns' maps: where both a lit and a shaded texel are near, penumbras are
 * measured. */

void
dio_gl_shadow_range_init (DioGlRenderer *self)
{
  GLsizei size = (GLsizei) ((self->sun_size_px + LEAST_BLOCK_PX - 1) / LEAST_BLOCK_PX);
  glCreateTextures (GL_TEXTURE_2D_ARRAY, 1, &self->sun_range);
  glTextureStorage3D (self->sun_range, 1, GL_RG32F, size, size, DIO_GL_SUN_LAYERS);
  static const GLfloat nothing[2] = { 1, 1 };
  glClearTexImage (self->sun_range, 0, GL_RG, GL_FLOAT, nothing);
  glTextureParameteri (self->sun_range, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
  glTextureParameteri (self->sun_range, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
  glCreateFramebuffers (1, &self->sun_range_framebuffer);
}

void
dio_gl_shadow_range_clear (DioGlRenderer *self)
{
  glDeleteTextures (1, &self->sun_range);
  glDeleteFramebuffers (1, &self->sun_range_framebuffer);
}

/* The shader looks half a block around. */
guint
dio_gl_shadow_get_block_px (double reach_px)
{
  guint block = LEAST_BLOCK_PX;
  while (block < MOST_BLOCK_PX && 0.5 * block < reach_px)
    block *= 2;
  return block;
}

/* Whether a penumbra may be wider than the narrow filter: where none is, the shader does not look. */
static gboolean
may_be_wide (const DioGlLights *lights, guint layer)
{
  const float *texel = lights->shadows.texel[layer];
  double diameter = (double) lights->lights.suns[layer / DIO_GL_CASCADES].reach[3];
  return lights->views[layer].used && diameter * (double) (texel[2] / texel[0]) > NARROW_PX;
}

static void
draw_layer (DioGlRenderer *self, GLuint program, guint layer)
{
  const DioGlSunBlock *sun = &self->lights.lights.suns[layer / DIO_GL_CASCADES];
  guint block = (guint) sun->block[layer % DIO_GL_CASCADES];
  guint size = (self->sun_size_px + block - 1) / block;
  glNamedFramebufferTextureLayer (self->sun_range_framebuffer, GL_COLOR_ATTACHMENT0,
                                  self->sun_range, 0, (GLint) layer);
  dio_gl_pass_begin_picture (self->sun_range_framebuffer, size, size);
  glUseProgram (program);
  glUniform1i (0, (GLint) layer);
  glUniform1i (1, (GLint) block);
  glBindVertexArray (self->vertex_array);
  glDrawArrays (GL_TRIANGLES, 0, 3);
}

gboolean
dio_gl_pass_shadow_ranges (DioGlRenderer *self, GError **error)
{
  GLuint program =
      dio_gl_programs_get (self->programs, "fullscreen.vert", "shadow-range.frag", "", error);
  if (program == 0)
    return FALSE;
  glPushDebugGroup (GL_DEBUG_SOURCE_APPLICATION, 0, -1, "shadow ranges");
  glBindTextureUnit (DIO_GL_UNIT_SUN_DEPTH, self->shadow_map[0]);
  glBindSampler (DIO_GL_UNIT_SUN_DEPTH, self->depth_sampler);
  for (guint layer = 0; layer < DIO_GL_SUN_LAYERS; layer++)
    if (may_be_wide (&self->lights, layer))
      draw_layer (self, program, layer);
  glPopDebugGroup ();
  return dio_gl_context_check (self->context, "measuring shadow maps", error);
}
