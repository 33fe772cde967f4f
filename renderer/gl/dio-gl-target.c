#define G_LOG_DOMAIN "dio-gl"

#include "dio-core-conventions.h"
#include "dio-core-error.h"
#include "dio-gl-private.h"

#include <string.h>

static GLuint
new_texture (GLenum format, guint width_px, guint height_px)
{
  GLuint texture;
  glCreateTextures (GL_TEXTURE_2D, 1, &texture);
  glTextureStorage2D (texture, 1, format, (GLsizei) width_px, (GLsizei) height_px);
  glTextureParameteri (texture, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
  glTextureParameteri (texture, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
  glTextureParameteri (texture, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTextureParameteri (texture, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  return texture;
}

static GLuint
new_samples (GLenum format, guint width_px, guint height_px)
{
  GLuint texture;
  glCreateTextures (GL_TEXTURE_2D_MULTISAMPLE, 1, &texture);
  glTextureStorage2DMultisample (texture, DIO_SAMPLES_PER_PIXEL, format, (GLsizei) width_px,
                                 (GLsizei) height_px, GL_TRUE);
  return texture;
}

static gboolean
new_framebuffer (GLuint color, GLuint depth, GLuint *out, GError **error)
{
  glCreateFramebuffers (1, out);
  glNamedFramebufferTexture (*out, GL_COLOR_ATTACHMENT0, color, 0);
  if (depth != 0)
    glNamedFramebufferTexture (*out, GL_DEPTH_ATTACHMENT, depth, 0);
  GLenum status = glCheckNamedFramebufferStatus (*out, GL_DRAW_FRAMEBUFFER);
  if (status == GL_FRAMEBUFFER_COMPLETE)
    return TRUE;
  g_set_error (error, DIO_ERROR, DIO_ERROR_UNSUPPORTED,
               "The graphics driver cannot draw into a target of the picture (status 0x%x)",
               status);
  return FALSE;
}

static gboolean
new_surface_framebuffer (DioGlTargets *t, GError **error)
{
  static const GLenum both[2] = { GL_COLOR_ATTACHMENT0, GL_COLOR_ATTACHMENT1 };
  if (!new_framebuffer (t->surface_samples, t->depth_samples, &t->surface_framebuffer, error))
    return FALSE;
  glNamedFramebufferTexture (t->surface_framebuffer, GL_COLOR_ATTACHMENT1, t->key_samples, 0);
  glNamedFramebufferDrawBuffers (t->surface_framebuffer, 2, both);
  return TRUE;
}

static void
clear_samples (DioGlSampleTarget *samples)
{
  glDeleteFramebuffers (1, &samples->light_framebuffer);
  glDeleteFramebuffers (1, &samples->blend_framebuffer);
  glDeleteTextures (1, &samples->color);
  glDeleteTextures (1, &samples->lit_depth);
}

void
dio_gl_targets_clear (DioGlTargets *targets)
{
  const GLuint framebuffers[] = { targets->surface_framebuffer, targets->light_framebuffer,
                                  targets->rgb_framebuffer,     targets->leaf_framebuffer,
                                  targets->ao_framebuffer[0],   targets->ao_framebuffer[1],
                                  targets->sketch_framebuffer };
  const GLuint textures[] = {
    targets->surface_samples, targets->key_samples, targets->depth_samples, targets->light,
    targets->light_depth,     targets->rgb,         targets->leaf,          targets->leaf_depth,
    targets->ao[0],           targets->ao[1],       targets->base,          targets->normal
  };
  glDeleteFramebuffers (G_N_ELEMENTS (framebuffers), framebuffers);
  glDeleteTextures (G_N_ELEMENTS (textures), textures);
  clear_samples (&targets->samples[0]);
  clear_samples (&targets->samples[1]);
  memset (targets, 0, sizeof *targets);
}

static gboolean
new_sketch_framebuffer (DioGlTargets *t, GError **error)
{
  static const GLenum all[3] = { GL_COLOR_ATTACHMENT0, GL_COLOR_ATTACHMENT1, GL_COLOR_ATTACHMENT2 };
  if (!new_framebuffer (t->base, t->leaf_depth, &t->sketch_framebuffer, error))
    return FALSE;
  glNamedFramebufferTexture (t->sketch_framebuffer, GL_COLOR_ATTACHMENT1, t->leaf, 0);
  glNamedFramebufferTexture (t->sketch_framebuffer, GL_COLOR_ATTACHMENT2, t->normal, 0);
  glNamedFramebufferDrawBuffers (t->sketch_framebuffer, 3, all);
  return TRUE;
}

/* What every picture needs, sketches included. */
static gboolean
make_basic (DioGlTargets *t, guint width_px, guint height_px, GError **error)
{
  t->width_px = width_px;
  t->height_px = height_px;
  t->rgb = new_texture (GL_RGBA8, width_px, height_px);
  t->leaf = new_texture (GL_R16UI, width_px, height_px);
  t->leaf_depth = new_texture (GL_DEPTH_COMPONENT32F, width_px, height_px);
  return new_framebuffer (t->rgb, 0, &t->rgb_framebuffer, error)
         && new_framebuffer (t->leaf, t->leaf_depth, &t->leaf_framebuffer, error);
}

/* Sums of light: of full pictures, and of sketches where their light is wanted. */
static gboolean
make_light (DioGlTargets *t, GError **error)
{
  if (t->light_framebuffer != 0)
    return TRUE;
  t->light = new_texture (GL_RGBA32F, t->width_px, t->height_px);
  t->light_depth = new_texture (GL_DEPTH_COMPONENT32F, t->width_px, t->height_px);
  return new_framebuffer (t->light, t->light_depth, &t->light_framebuffer, error);
}

static gboolean
make_sketch (DioGlTargets *t, GError **error)
{
  if (t->sketch_framebuffer != 0)
    return TRUE;
  t->base = new_texture (GL_RGBA8, t->width_px, t->height_px);
  t->normal = new_texture (GL_RG16_SNORM, t->width_px, t->height_px);
  return new_sketch_framebuffer (t, error);
}

static gboolean
make_full (DioGlTargets *t, GError **error)
{
  guint width_px = t->width_px, height_px = t->height_px;
  if (t->full)
    return TRUE;
  t->full = TRUE;
  t->surface_samples = new_samples (GL_RGBA32UI, width_px, height_px);
  t->key_samples = new_samples (GL_R32UI, width_px, height_px);
  t->depth_samples = new_samples (GL_DEPTH_COMPONENT32F, width_px, height_px);
  for (int i = 0; i < 2; i++) {
    t->ao[i] = new_texture (GL_RG16F, (width_px + 1) / 2, (height_px + 1) / 2);
    if (!new_framebuffer (t->ao[i], 0, &t->ao_framebuffer[i], error))
      return FALSE;
  }
  return new_surface_framebuffer (t, error) && make_light (t, error);
}

/* Puts targets of the size in place; without such spares the last spare goes, the others move down. */
static void
exchange (DioGlTargets *targets, DioGlTargets *spares, const DioGlTargetsDesc *desc)
{
  guint found = 0;
  while (
      found < DIO_GL_SPARE_TARGETS - 1
      && (spares[found].width_px != desc->width_px || spares[found].height_px != desc->height_px))
    found++;
  DioGlTargets chosen = spares[found];
  memmove (&spares[1], &spares[0], found * sizeof *spares);
  spares[0] = *targets;
  *targets = chosen;
}

gboolean
dio_gl_targets_require (DioGlTargets *targets,
                        DioGlTargets spares[static DIO_GL_SPARE_TARGETS],
                        const DioGlTargetsDesc *desc,
                        GError **error)
{
  if (targets->width_px != desc->width_px || targets->height_px != desc->height_px)
    exchange (targets, spares, desc);
  if (targets->width_px != desc->width_px || targets->height_px != desc->height_px) {
    dio_gl_targets_clear (targets);
    if (!make_basic (targets, desc->width_px, desc->height_px, error)) {
      dio_gl_targets_clear (targets);
      return FALSE;
    }
  }
  if ((desc->full ? make_full (targets, error) : make_sketch (targets, error))
      && (!desc->light || make_light (targets, error)))
    return TRUE;
  dio_gl_targets_clear (targets);
  return FALSE;
}

gboolean
dio_gl_targets_require_samples (DioGlTargets *t, gboolean linear, GError **error)
{
  DioGlSampleTarget *samples = &t->samples[linear ? 1 : 0];
  if (samples->color != 0)
    return TRUE;
  samples->color = new_samples (linear ? GL_RGBA32F : GL_RGBA16F, t->width_px, t->height_px);
  samples->lit_depth = new_samples (GL_DEPTH_COMPONENT32F, t->width_px, t->height_px);
  if (new_framebuffer (samples->color, samples->lit_depth, &samples->light_framebuffer, error)
      && new_framebuffer (samples->color, t->depth_samples, &samples->blend_framebuffer, error))
    return TRUE;
  dio_gl_targets_clear (t);
  return FALSE;
}
