#define G_LOG_DOMAIN "dio-gl"

#include "dio-gl-private.h"

#include <math.h>

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
  g_string_append (defines, draw->exact_depth ? " EXACT_DEPTH" : "");
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
  dio_gl_pass_append_tone (desc, defines);
  dio_gl_pass_append_lights (self, defines);
  dio_gl_backdrop_append (desc->camera, defines);
  GLuint program =
      dio_gl_programs_get (self->programs, "fullscreen.vert", "sketch.frag", defines->str, error);
  if (program == 0)
    return FALSE;
  dio_gl_backdrop_bind (self, desc->camera, program);
  const GLuint maps[3] = { targets->base, targets->leaf_depth, targets->normal };
  dio_gl_pass_bind_surroundings (self, desc->environment);
  for (GLuint unit = 0; unit < 3; unit++) {
    glBindSampler (unit, 0);
    glBindTextureUnit (unit, maps[unit]);
  }
  dio_gl_pass_begin_picture (desc->linear ? targets->light_framebuffer : targets->rgb_framebuffer,
                             targets->width_px, targets->height_px);
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

/* ---- reading back ---- */

/* As depth_from_stored of common.glsl; what no surface covers holds 0. */
static float
depth_from_stored (const DioCamera *camera, float stored)
{
  if (!(stored > 0))
    return INFINITY;
  if (camera->orthographic)
    return (float) (camera->near_m + (1 - stored) * (camera->far_m - camera->near_m));
  return (float) (camera->near_m / stored);
}

/* As octahedron_normal of gbuffer.glsl, then into the axes of the camera. */
static void
unfold_normal (const DioCamera *camera, const float octahedron[static 2], float normal[static 3])
{
  double x = octahedron[0], y = octahedron[1], z = 1 - fabs (x) - fabs (y), below = fmax (-z, 0);
  x += x >= 0 ? -below : below;
  y += y >= 0 ? -below : below;
  DioVec3 world = dio_vec3_normalize (dio_vec3 (x, y, z));
  for (int i = 0; i < 3; i++) {
    const double *axis = camera->world_from_camera.m + i * 4;
    normal[i] = (float) dio_vec3_dot (dio_vec3 (axis[0], axis[1], axis[2]), world);
  }
}

void
dio_gl_sketch_read_geometry (const DioGlTargets *targets, const DioCamera *camera, DioGlOutput *out)
{
  guint width = targets->width_px, height = targets->height_px;
  gsize n = (gsize) width * height;
  g_autofree float *folded = g_new (float, 2 * n);
  out->depth_z = dio_image_new (width, height, 1, DIO_PIXEL_F32);
  out->normal = dio_image_new (width, height, 3, DIO_PIXEL_F32);
  glGetTextureImage (targets->leaf_depth, 0, GL_DEPTH_COMPONENT, GL_FLOAT,
                     (GLsizei) (n * sizeof (float)), out->depth_z->f32);
  glGetTextureImage (targets->normal, 0, GL_RG, GL_FLOAT, (GLsizei) (2 * n * sizeof (float)),
                     folded);
  for (gsize i = 0; i < n; i++) {
    float stored = out->depth_z->f32[i], *normal = out->normal->f32 + 3 * i;
    out->depth_z->f32[i] = depth_from_stored (camera, stored);
    if (stored > 0)
      unfold_normal (camera, folded + 2 * i, normal);
    else
      normal[0] = normal[1] = normal[2] = 0;
  }
}
