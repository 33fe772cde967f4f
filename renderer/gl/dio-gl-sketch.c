#define G_LOG_DOMAIN "dio-gl"

#include "dio-gl-private.h"

/* Surfaces first write down what they are, then every pixel is lit once, as in full pictures. */

static GLuint
get_program (DioGlRenderer *self, const DioGlDraw *draw, GError **error)
{
  const DioMaterial *material = draw->item->material;
  gboolean base = material->base_color_texture.texture != NULL;
  g_autoptr (GString) defines = g_string_new ("SHADED");
  g_string_append (defines, material->unlit ? " UNLIT" : "");
  g_string_append (defines, base ? " WITH_BASE_COLOR_MAP" : "");
  g_string_append (defines, draw->leaf_cut ? " WITH_CUT" : "");
  g_string_append (defines, draw->leaf_cut || draw->mesh->has_colors ? " WITH_COLOR" : "");
  g_string_append (defines, base || draw->leaf_cut ? " WITH_UV" : "");
  return dio_gl_programs_get (self->programs, "mesh.vert", "sketch-surface.frag", defines->str,
                              error);
}

static gboolean
draw_surfaces (DioGlRenderer *self, GError **error)
{
  static const GLuint nothing[4] = { 0 };
  static const GLfloat black[4] = { 0 };
  dio_gl_pass_begin_camera (self, self->targets.sketch_framebuffer);
  glClearBufferfv (GL_COLOR, 0, black);
  glClearBufferuiv (GL_COLOR, 1, nothing);
  glClearBufferfv (GL_COLOR, 2, black);
  glClearBufferfv (GL_DEPTH, 0, black);
  for (guint i = 0; i < self->list.draws->len; i++) {
    const DioGlDraw *draw = &g_array_index (self->list.draws, DioGlDraw, i);
    if (!draw->in_view || !draw->has_leaf)
      continue;
    GLuint program = get_program (self, draw, error);
    if (program == 0)
      return FALSE;
    glUseProgram (program);
    dio_gl_pass_bind_material (self, draw, FALSE);
    dio_gl_pass_bind_draw (self, draw);
    dio_gl_pass_draw_mesh (draw);
  }
  return TRUE;
}

static gboolean
light_surfaces (DioGlRenderer *self, const DioGlColorsDesc *desc, GError **error)
{
  const DioGlTargets *targets = &self->targets;
  g_autoptr (GString) defines = g_string_new ("");
  dio_gl_pass_append_lights (self, defines);
  GLuint program =
      dio_gl_programs_get (self->programs, "fullscreen.vert", "sketch.frag", defines->str, error);
  if (program == 0)
    return FALSE;
  const GLuint maps[3] = { targets->base, targets->leaf_depth, targets->normal };
  dio_gl_pass_bind_surroundings (self, desc->environment);
  for (GLuint unit = 0; unit < 3; unit++) {
    glBindSampler (unit, 0);
    glBindTextureUnit (unit, maps[unit]);
  }
  dio_gl_pass_begin_picture (targets->rgb_framebuffer, targets->width_px, targets->height_px);
  glProgramUniform1i (program, 1, desc->tone == DIO_TONE_FILMIC ? 1 : 0);
  return dio_gl_pass_fullscreen (self, "sketch.frag", defines->str, error);
}

gboolean
dio_gl_pass_sketch (DioGlRenderer *self, const DioGlColorsDesc *desc, GError **error)
{
  glPushDebugGroup (GL_DEBUG_SOURCE_APPLICATION, 0, -1, "sketch");
  gboolean ok = draw_surfaces (self, error) && light_surfaces (self, desc, error);
  glPopDebugGroup ();
  return ok && dio_gl_context_check (self->context, "sketching", error);
}
