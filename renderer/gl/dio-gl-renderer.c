#define G_LOG_DOMAIN "dio-gl"

#include "dio-core-error.h"
#include "dio-core-math.h"
#include "dio-gl-private.h"

#include <math.h>
#include <string.h>

/* The Frame block of common.glsl. */
typedef struct {
  float world_from_camera[3][4];
  float intrinsics[4], viewport[4], exposure[4], environment[4], background[4];
  int32_t counts[4];
  float ambient_occlusion[4];
  float irradiance[DIO_GL_N_HARMONICS][4];
  float fog[4];
} FrameBlock;

/* Reach of ambient occlusion as a share of depth. */
#define AO_RADIUS 0.25f
/* Airlight is a mean over this many directions around: finer shows the background through what lies before it. */
#define AIRLIGHT_WIDTH_PX 64.0
#define DEFAULT_CACHE_BYTES ((gsize) 512 << 20)

static void
make_shadow_maps (DioGlRenderer *self)
{
  const guint sizes[2] = { self->sun_size_px, self->lamp_size_px };
  const GLsizei layers[2] = { DIO_GL_SUN_LAYERS, DIO_GL_LAMP_LAYERS };
  glCreateTextures (GL_TEXTURE_2D_ARRAY, 2, self->shadow_map);
  glCreateFramebuffers (2, self->shadow_framebuffer);
  for (int i = 0; i < 2; i++) {
    glTextureStorage3D (self->shadow_map[i], 1, GL_DEPTH_COMPONENT32F, (GLsizei) sizes[i],
                        (GLsizei) sizes[i], layers[i]);
    glNamedFramebufferDrawBuffer (self->shadow_framebuffer[i], GL_NONE);
  }
  glCreateSamplers (1, &self->compare_sampler);
  glCreateSamplers (1, &self->depth_sampler);
  const GLuint both[2] = { self->compare_sampler, self->depth_sampler };
  for (int i = 0; i < 2; i++) {
    GLint filter = i == 0 ? GL_LINEAR : GL_NEAREST;
    glSamplerParameteri (both[i], GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glSamplerParameteri (both[i], GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
    glSamplerParameteri (both[i], GL_TEXTURE_MIN_FILTER, filter);
    glSamplerParameteri (both[i], GL_TEXTURE_MAG_FILTER, filter);
  }
  glSamplerParameteri (self->compare_sampler, GL_TEXTURE_COMPARE_MODE, GL_COMPARE_REF_TO_TEXTURE);
  glSamplerParameteri (self->compare_sampler, GL_TEXTURE_COMPARE_FUNC, GL_LEQUAL);
}

static void
make_samplers (DioGlRenderer *self)
{
  static const GLint wraps[3] = { [DIO_WRAP_REPEAT] = GL_REPEAT,
                                  [DIO_WRAP_MIRROR] = GL_MIRRORED_REPEAT,
                                  [DIO_WRAP_CLAMP] = GL_CLAMP_TO_EDGE };
  glCreateSamplers (DIO_GL_N_SAMPLERS, self->samplers);
  for (guint i = 0; i < DIO_GL_N_SAMPLERS; i++) {
    GLuint sampler = self->samplers[i];
    gboolean nearest = i % 2 == 1;
    glSamplerParameteri (sampler, GL_TEXTURE_WRAP_S, wraps[i / 6]);
    glSamplerParameteri (sampler, GL_TEXTURE_WRAP_T, wraps[i / 2 % 3]);
    glSamplerParameteri (sampler, GL_TEXTURE_MAG_FILTER, nearest ? GL_NEAREST : GL_LINEAR);
    glSamplerParameteri (sampler, GL_TEXTURE_MIN_FILTER,
                         nearest ? GL_NEAREST_MIPMAP_NEAREST : GL_LINEAR_MIPMAP_LINEAR);
    if (!nearest && dio_gl_context_get_max_anisotropy (self->context) > 1)
      glSamplerParameterf (sampler, GL_TEXTURE_MAX_ANISOTROPY_EXT,
                           dio_gl_context_get_max_anisotropy (self->context));
  }
}

static void
make_white (DioGlRenderer *self)
{
  static const uint8_t texel[4] = { 255, 255, 255, 255 };
  glCreateTextures (GL_TEXTURE_2D, 1, &self->white);
  glTextureStorage2D (self->white, 1, GL_RGBA8, 1, 1);
  glTextureSubImage2D (self->white, 0, 0, 0, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, texel);
}

DioGlRenderer *
dio_gl_renderer_new (DioGlContext *context, const DioGlOptions *options, GError **error)
{
  g_return_val_if_fail (context != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);
  dio_gl_context_assert_current (context);

  DIO_GL_LOCK_BLOCK ();
  DioGlRenderer *self = g_new0 (DioGlRenderer, 1);
  self->context = context;
  if (options != NULL)
    self->options = *options;
  gboolean software = dio_gl_context_is_software (context);
  guint chosen_px = self->options.shadow_size_px;
  guint most_px = MIN (dio_gl_context_get_max_texture_px (context), 8192);
  self->sun_size_px = CLAMP (chosen_px != 0 ? chosen_px : software ? 768 : 2048, 64, most_px);
  self->lamp_size_px = CLAMP ((chosen_px != 0 ? chosen_px
                               : software     ? 1024
                                              : 2048)
                                  / 2,
                              64, most_px);
  gsize bound = self->options.cache_bytes != 0 ? self->options.cache_bytes : DEFAULT_CACHE_BYTES;
  self->programs = dio_gl_programs_new (context);
  self->cache = dio_gl_cache_new (context, bound);
  self->environments = dio_gl_environments_new (context, self->programs);
  dio_gl_list_init (&self->list);
  make_shadow_maps (self);
  dio_gl_shadow_range_init (self);
  make_samplers (self);
  make_white (self);
  self->dfg = dio_gl_dfg_texture_new ();
  self->ltc = dio_gl_ltc_texture_new ();
  glCreateBuffers (DIO_GL_N_BLOCKS, self->blocks);
  glCreateBuffers (1, &self->blend_indices);
  glCreateVertexArrays (1, &self->vertex_array);
  if (!dio_gl_context_check (context, "making a renderer", error)) {
    dio_gl_renderer_free (self);
    return NULL;
  }
  return self;
}

void
dio_gl_renderer_free (DioGlRenderer *self)
{
  if (self == NULL)
    return;
  DIO_GL_LOCK_BLOCK ();
  dio_gl_context_assert_current (self->context);
  dio_gl_targets_clear (&self->targets);
  for (guint i = 0; i < DIO_GL_SPARE_TARGETS; i++)
    dio_gl_targets_clear (&self->spare_targets[i]);
  dio_gl_list_clear (&self->list);
  dio_gl_environments_free (self->environments);
  dio_gl_cache_free (self->cache);
  dio_gl_programs_free (self->programs);
  glDeleteTextures (1, &self->dfg);
  glDeleteTextures (1, &self->ltc);
  glDeleteTextures (1, &self->white);
  glDeleteTextures (2, self->shadow_map);
  glDeleteFramebuffers (2, self->shadow_framebuffer);
  dio_gl_shadow_range_clear (self);
  glDeleteSamplers (1, &self->compare_sampler);
  glDeleteSamplers (1, &self->depth_sampler);
  glDeleteSamplers (DIO_GL_N_SAMPLERS, self->samplers);
  glDeleteBuffers (DIO_GL_N_BLOCKS, self->blocks);
  glDeleteBuffers (1, &self->blend_indices);
  glDeleteVertexArrays (1, &self->vertex_array);
  g_free (self);
}

/* Counts what the bound is about: meshes and textures. Targets and shadow maps have fixed sizes. */
gsize
dio_gl_renderer_get_bytes (const DioGlRenderer *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return dio_gl_cache_get_bytes (self->cache);
}

/* One drawing of one camera. */
typedef struct {
  const DioFrame *frame;
  const DioCamera *camera;
  DioGlViewDesc desc;
  const DioGlEnvironment *environment;
} Job;

/* What the renderer was made without no drawing has. */
static Job
make_job (const DioGlRenderer *self,
          const DioFrame *frame,
          const DioCamera *camera,
          DioGlViewDesc desc)
{
  desc.no_shadows |= self->options.no_shadows || desc.sketch;
  desc.no_ambient_occlusion |= self->options.no_ambient_occlusion;
  return (Job){ .frame = frame, .camera = camera, .desc = desc };
}

static void
set_buffer (DioGlRenderer *self, guint block, const void *data, gsize size)
{
  glNamedBufferData (self->blocks[block], (GLsizeiptr) MAX (size, DIO_GL_BLOCK_BYTES), NULL,
                     GL_STREAM_DRAW);
  if (size > 0)
    glNamedBufferSubData (self->blocks[block], 0, (GLsizeiptr) size, data);
}

/* Level of the background picture whose texels are about as large as pixels. */
static float
get_background_level (const Job *job)
{
  /* Parallel rays see one direction; its average over about a radian is a calm background. */
  if (job->camera->orthographic)
    return (float) MAX (log2 (job->environment->width_px / (2 * DIO_PI)), 0);
  double texels_per_radian = job->environment->width_px / (2 * DIO_PI);
  double level = log2 (texels_per_radian / job->camera->fx);
  return (float) MAX (level, 0);
}

/* Density at the eye; far down the falloff has an end, as the numbers have. Parallel rays have no distance. */
static void
write_fog (DioGlRenderer *self, const Job *job, float out[static 4])
{
  const DioFog *fog = &job->frame->fog;
  self->fog = fog->per_m > 0 && fog->height_m > 0 && !job->camera->orthographic;
  if (!self->fog)
    return;
  double up = CLAMP (job->camera->world_from_camera.m[14] / fog->height_m, -20, 20);
  double width = MIN (job->environment->width_px, AIRLIGHT_WIDTH_PX);
  out[0] = (float) (fog->per_m * dio_exp (-up));
  out[1] = (float) (1 / fog->height_m);
  out[2] = (float) log2 (job->environment->width_px / width);
  /* The middle of the lowest row that lies wholly above the horizon. */
  out[3] = (float) (0.5 - 1 / width);
}

static void
write_frame_block (DioGlRenderer *self, const Job *job)
{
  const DioCamera *camera = job->camera;
  const DioEnvironment *environment = &job->frame->environment;
  gboolean linear = job->desc.want_nits;
  double white_nits = 1.2 * exp2 (camera->exposure_ev100);
  double w = camera->width_px, h = camera->height_px;
  FrameBlock block = {
    .intrinsics = { (float) camera->fx, (float) camera->fy, (float) camera->cx,
                    (float) camera->cy },
    .viewport = { (float) w, (float) h, (float) (1 / w), (float) (1 / h) },
    .exposure = { linear ? 1 : (float) (1 / white_nits), linear ? 1e30f : 60000.0f,
                  (float) white_nits, (float) camera->near_m },
    .environment = { (float) environment->strength, (float) dio_cos (environment->rotation_rad),
                     (float) dio_sin (environment->rotation_rad), get_background_level (job) },
    .counts = { (int32_t) self->lights.n_suns, (int32_t) self->lights.n_lamps,
                (int32_t) self->lights.n_rects, 0 },
    .ambient_occlusion = { job->desc.no_ambient_occlusion ? 0 : 1, AO_RADIUS, 0,
                           (float) (camera->far_m - camera->near_m) },
  };
  for (int column = 0; column < 3; column++)
    for (int row = 0; row < 3; row++)
      block.world_from_camera[column][row] = (float) camera->world_from_camera.m[column * 4 + row];
  write_fog (self, job, block.fog);
  memcpy (block.irradiance, job->environment->irradiance, sizeof block.irradiance);
  gboolean seen = environment->visible && environment->radiance != NULL;
  for (int i = 0; i < 3; i++)
    block.background[i] = environment->visible ? 0 : environment->background_nits[i];
  block.background[3] = seen ? 1 : 0;
  set_buffer (self, DIO_GL_BLOCK_FRAME, &block, sizeof block);
}

/* Textures go up before drawing starts, so that time is counted where it is spent. */
static void
upload_textures (DioGlRenderer *self, const Job *job)
{
  for (guint i = 0; i < self->list.materials->len; i++) {
    const DioMaterial *material = self->list.materials->pdata[i];
    const DioTextureSlot *slots[] = { &material->base_color_texture,
                                      &material->metallic_roughness_texture,
                                      &material->normal_texture, &material->occlusion_texture,
                                      &material->emissive_texture };
    if (material->alpha_mode != DIO_ALPHA_OPAQUE && slots[0]->texture != NULL)
      dio_gl_cache_get_alpha (self->cache, slots[0]);
    for (gsize k = 0; k < G_N_ELEMENTS (slots); k++)
      if (slots[k]->texture != NULL)
        dio_gl_cache_get_texture (self->cache, slots[k]->texture,
                                  k == 0 && material->alpha_mode != DIO_ALPHA_OPAQUE);
  }
  if (job->camera->backdrop.texture != NULL)
    dio_gl_cache_get_texture (self->cache, job->camera->backdrop.texture, FALSE);
}

static void
reset_state (DioGlRenderer *self)
{
  /* Row 0 is the top of every picture; depth is not halved. */
  glClipControl (GL_UPPER_LEFT, GL_ZERO_TO_ONE);
  glEnable (GL_TEXTURE_CUBE_MAP_SEAMLESS);
  glPixelStorei (GL_PACK_ALIGNMENT, 1);
  glPixelStorei (GL_UNPACK_ALIGNMENT, 1);
  glDisable (GL_POLYGON_OFFSET_FILL);
  glColorMask (GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
  /* Units that no sampler of a material owns take the parameters of their textures. */
  for (GLuint unit = 0; unit <= DIO_GL_UNIT_ALPHA; unit++)
    glBindSampler (unit, 0);
  /* What a mesh lacks. */
  glVertexAttrib4f (2, 1, 0, 0, 1);
  glVertexAttrib4f (3, 0, 0, 0, 0);
  glVertexAttrib4f (4, 0, 0, 0, 0);
  glVertexAttrib4f (5, 1, 1, 1, 1);
}

/* Blocks of items and materials are bound a range at a time; the ranges of the last frame may lie beyond
 * the new buffers, and llvmpipe copies every bound range, read or not. */
static void
bind_blocks (DioGlRenderer *self)
{
  static const guint whole[] = { DIO_GL_BLOCK_FRAME, DIO_GL_BLOCK_LIGHTS, DIO_GL_BLOCK_SHADOWS };
  static const guint parts[] = { DIO_GL_BLOCK_ITEM, DIO_GL_BLOCK_MATERIAL };
  for (gsize i = 0; i < G_N_ELEMENTS (whole); i++)
    glBindBufferBase (GL_UNIFORM_BUFFER, whole[i], self->blocks[whole[i]]);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    glBindBufferRange (GL_UNIFORM_BUFFER, parts[i], self->blocks[parts[i]], 0, DIO_GL_BLOCK_BYTES);
}

static gboolean
upload (DioGlRenderer *self, Job *job, GError **error)
{
  glPushDebugGroup (GL_DEBUG_SOURCE_APPLICATION, 0, -1, "upload");
  reset_state (self);
  dio_gl_cache_begin_frame (self->cache, job->frame);
  job->environment = dio_gl_environments_get (self->environments, &job->frame->environment, error);
  if (job->environment != NULL) {
    dio_gl_list_build (&self->list, job->frame, job->camera, self->cache);
    upload_textures (self, job);
    DioGlLightsDesc desc = { .frame = job->frame,
                             .camera = job->camera,
                             .list = &self->list,
                             .sun_size_px = self->sun_size_px,
                             .lamp_size_px = self->lamp_size_px,
                             .no_shadows = job->desc.no_shadows };
    dio_gl_lights_build (&self->lights, &desc);
    write_frame_block (self, job);
    set_buffer (self, DIO_GL_BLOCK_ITEM, self->list.item_blocks->data, self->list.item_blocks->len);
    set_buffer (self, DIO_GL_BLOCK_MATERIAL, self->list.material_blocks->data,
                self->list.material_blocks->len);
    set_buffer (self, DIO_GL_BLOCK_LIGHTS, &self->lights.lights, sizeof self->lights.lights);
    set_buffer (self, DIO_GL_BLOCK_SHADOWS, &self->lights.shadows, sizeof self->lights.shadows);
    bind_blocks (self);
  }
  glPopDebugGroup ();
  glFinish ();
  return job->environment != NULL && dio_gl_context_check (self->context, "uploading", error);
}

static gboolean
draw_passes (DioGlRenderer *self, const Job *job, GError **error)
{
  gboolean ambient = !job->desc.no_ambient_occlusion;
  DioGlColorsDesc colors = { job->camera, job->environment, job->camera->tone,
                             job->desc.want_nits };
  if (job->desc.sketch) {
    gboolean done = dio_gl_pass_sketch (self, &colors, error);
    glFinish ();
    return done;
  }
  gboolean ok = dio_gl_pass_shadows (self, error) && dio_gl_pass_shadow_ranges (self, error);
  if (ok && (job->desc.want_leaf || ambient))
    ok = dio_gl_pass_leaves (self, error);
  if (ok && ambient)
    ok = dio_gl_pass_ambient_occlusion (self, error);
  ok = ok && dio_gl_pass_surfaces (self, error) && dio_gl_pass_colors (self, &colors, error)
       && dio_gl_pass_resolve (self, &colors, error);
  glFinish ();
  return ok;
}

static gboolean
check_camera (DioGlRenderer *self, const DioCamera *camera, GError **error)
{
  guint limit_px = dio_gl_context_get_max_texture_px (self->context);
  if (camera->orthographic && !(isfinite (camera->far_m) && camera->far_m > camera->near_m)) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                 "The orthographic camera %s needs a far plane behind its near one", camera->id);
    return FALSE;
  }
  if (camera->width_px >= 1 && camera->height_px >= 1 && camera->width_px <= limit_px
      && camera->height_px <= limit_px)
    return TRUE;
  g_set_error (error, DIO_ERROR, DIO_ERROR_LIMIT,
               "A picture of %u x %u px is beyond the %u px of the graphics driver; choose a "
               "smaller sensor",
               camera->width_px, camera->height_px, limit_px);
  return FALSE;
}

/* Everything but reading back; adds to the times of @out. */
static gboolean
draw (DioGlRenderer *self, Job *job, DioGlOutput *out, GError **error)
{
  dio_gl_context_assert_current (self->context);
  if (glGetGraphicsResetStatus () != GL_NO_ERROR) {
    g_set_error_literal (error, DIO_ERROR, DIO_ERROR_FAILED,
                         "The graphics context was lost; start the renderer again");
    return FALSE;
  }
  gint64 start = g_get_monotonic_time ();
  const DioGlTargetsDesc targets = { job->camera->width_px, job->camera->height_px,
                                     !job->desc.sketch, job->desc.want_nits };
  dio_gl_programs_set_orthographic (self->programs, job->camera->orthographic);
  gboolean ok = check_camera (self, job->camera, error)
                && dio_gl_targets_require (&self->targets, self->spare_targets, &targets, error)
                && upload (self, job, error);
  gint64 uploaded = g_get_monotonic_time ();
  ok = ok && draw_passes (self, job, error);
  out->upload_ms = (double) (uploaded - start) / 1000;
  out->draw_ms = (double) (g_get_monotonic_time () - uploaded) / 1000;
  return ok;
}

static DioImage *
read_rgb (const DioGlTargets *targets)
{
  gsize n = (gsize) targets->width_px * targets->height_px;
  DioImage *rgb = dio_image_new (targets->width_px, targets->height_px, 3, DIO_PIXEL_U8);
  g_autofree uint8_t *rgba = g_malloc (n * 4);
  glBindFramebuffer (GL_READ_FRAMEBUFFER, targets->rgb_framebuffer);
  glReadPixels (0, 0, (GLsizei) targets->width_px, (GLsizei) targets->height_px, GL_RGBA,
                GL_UNSIGNED_BYTE, rgba);
  for (gsize i = 0; i < n; i++)
    memcpy (rgb->u8 + i * 3, rgba + i * 4, 3);
  return rgb;
}

static DioImage *
read_nits (const DioGlTargets *targets)
{
  DioImage *nits = dio_image_new (targets->width_px, targets->height_px, 3, DIO_PIXEL_F32);
  glBindFramebuffer (GL_READ_FRAMEBUFFER, targets->light_framebuffer);
  glReadPixels (0, 0, (GLsizei) targets->width_px, (GLsizei) targets->height_px, GL_RGB, GL_FLOAT,
                nits->data);
  return nits;
}

static DioImage *
read_leaf (const DioGlTargets *targets)
{
  DioImage *leaf = dio_image_new (targets->width_px, targets->height_px, 1, DIO_PIXEL_U16);
  glBindFramebuffer (GL_READ_FRAMEBUFFER, targets->leaf_framebuffer);
  glReadPixels (0, 0, (GLsizei) targets->width_px, (GLsizei) targets->height_px, GL_RED_INTEGER,
                GL_UNSIGNED_SHORT, leaf->data);
  return leaf;
}

gboolean
dio_gl_renderer_draw_view (DioGlRenderer *self,
                           const DioFrame *frame,
                           const DioCamera *camera,
                           const DioGlViewDesc *desc,
                           DioGlOutput *out,
                           GError **error)
{
  g_return_val_if_fail (self != NULL && frame != NULL && camera != NULL, FALSE);
  g_return_val_if_fail (desc != NULL && out != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  DIO_GL_LOCK_BLOCK ();
  Job job = make_job (self, frame, camera, *desc);
  memset (out, 0, sizeof *out);
  if (!draw (self, &job, out, error))
    return FALSE;
  gint64 start = g_get_monotonic_time ();
  if (desc->want_nits)
    out->nits = read_nits (&self->targets);
  else
    out->rgb = read_rgb (&self->targets);
  if (desc->want_leaf)
    out->leaf = read_leaf (&self->targets);
  if (desc->sketch && desc->want_geometry)
    dio_gl_sketch_read_geometry (&self->targets, camera, out);
  out->readback_ms = (double) (g_get_monotonic_time () - start) / 1000;
  if (dio_gl_context_check (self->context, "reading the picture back", error))
    return TRUE;
  dio_gl_output_clear (out);
  return FALSE;
}

gboolean
dio_gl_renderer_draw (DioGlRenderer *self,
                      const DioFrame *frame,
                      guint camera,
                      gboolean want_leaf,
                      DioGlOutput *out,
                      GError **error)
{
  g_return_val_if_fail (frame != NULL && camera < frame->cameras->len, FALSE);

  const DioGlViewDesc desc = { .want_leaf = want_leaf };
  return dio_gl_renderer_draw_view (self, frame, &g_array_index (frame->cameras, DioCamera, camera),
                                    &desc, out, error);
}

DioImage *
dio_gl_renderer_draw_linear (DioGlRenderer *self,
                             const DioFrame *frame,
                             guint camera,
                             GError **error)
{
  g_return_val_if_fail (self != NULL && frame != NULL, NULL);
  g_return_val_if_fail (camera < frame->cameras->len, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  const DioGlViewDesc desc = { .want_nits = TRUE };
  g_auto (DioGlOutput) out = { 0 };
  if (!dio_gl_renderer_draw_view (self, frame, &g_array_index (frame->cameras, DioCamera, camera),
                                  &desc, &out, error))
    return NULL;
  return g_steal_pointer (&out.nits);
}

void
dio_gl_output_clear (DioGlOutput *output)
{
  if (output == NULL)
    return;
  g_clear_pointer (&output->rgb, dio_image_unref);
  g_clear_pointer (&output->nits, dio_image_unref);
  g_clear_pointer (&output->leaf, dio_image_unref);
  g_clear_pointer (&output->depth_z, dio_image_unref);
  g_clear_pointer (&output->normal, dio_image_unref);
  memset (output, 0, sizeof *output);
}
