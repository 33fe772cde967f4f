#define G_LOG_DOMAIN "dio-gl"

#include "dio-core-conventions.h"
#include "dio-core-pose.h"
#include "dio-gl-blend-private.h"
#include "dio-gl-private.h"

/* Lights of a kind up to which programs are made for their number. */
#define MOST_UNROLLED 6u

/* ---- shared by the passes over the draw list ---- */

static void
bind_block (const DioGlRenderer *self, guint block, guint index)
{
  glBindBufferRange (GL_UNIFORM_BUFFER, block, self->blocks[block],
                     (GLintptr) index * DIO_GL_BLOCK_BYTES, DIO_GL_BLOCK_BYTES);
}

void
dio_gl_pass_bind_draw (DioGlRenderer *self, const DioGlDraw *draw)
{
  glFrontFace (draw->mirrored ? GL_CW : GL_CCW);
  if (draw->item->material->double_sided)
    glDisable (GL_CULL_FACE);
  else
    glEnable (GL_CULL_FACE);
  bind_block (self, DIO_GL_BLOCK_ITEM, draw->block);
  glBindVertexArray (draw->mesh->vertex_array);
  if (draw->exact_depth)
    glBindBufferBase (GL_SHADER_STORAGE_BUFFER, 0, draw->mesh->buffer);
}

static void
bind_slot (DioGlRenderer *self, GLuint unit, const DioTextureSlot *slot, gboolean alpha)
{
  guint nearest = slot->filter == DIO_FILTER_NEAREST ? 1 : 0;
  guint sampler = ((guint) slot->wrap_s * 3 + (guint) slot->wrap_t) * 2 + nearest;
  GLuint texture = slot->texture != NULL
                       ? dio_gl_cache_get_texture (self->cache, slot->texture, alpha)
                       : self->white;
  glBindTextureUnit (unit, texture);
  glBindSampler (unit, self->samplers[sampler]);
}

void
dio_gl_pass_bind_material (DioGlRenderer *self, const DioGlDraw *draw, gboolean textures)
{
  const DioMaterial *material = draw->item->material;
  bind_block (self, DIO_GL_BLOCK_MATERIAL, draw->material);
  bind_slot (self, DIO_GL_UNIT_BASE_COLOR, &material->base_color_texture,
             material->alpha_mode != DIO_ALPHA_OPAQUE);
  if (material->alpha_mode != DIO_ALPHA_OPAQUE && material->base_color_texture.texture != NULL)
    glBindTextureUnit (DIO_GL_UNIT_ALPHA,
                       dio_gl_cache_get_alpha (self->cache, &material->base_color_texture));
  if (!textures)
    return;
  bind_slot (self, DIO_GL_UNIT_METALLIC_ROUGHNESS, &material->metallic_roughness_texture, FALSE);
  bind_slot (self, DIO_GL_UNIT_NORMAL, &material->normal_texture, FALSE);
  bind_slot (self, DIO_GL_UNIT_OCCLUSION, &material->occlusion_texture, FALSE);
  bind_slot (self, DIO_GL_UNIT_EMISSIVE, &material->emissive_texture, FALSE);
}

void
dio_gl_pass_draw_mesh (const DioGlDraw *draw)
{
  glDrawElements (GL_TRIANGLES, draw->mesh->n_indices, GL_UNSIGNED_INT,
                  GSIZE_TO_POINTER (draw->mesh->index_offset));
}

/* Depth is reversed: 1 at the near plane, 0 far away; the first of equals stays. */
void
dio_gl_pass_begin_camera (const DioGlRenderer *self, GLuint framebuffer)
{
  glBindFramebuffer (GL_FRAMEBUFFER, framebuffer);
  glViewport (0, 0, (GLsizei) self->targets.width_px, (GLsizei) self->targets.height_px);
  glEnable (GL_DEPTH_TEST);
  glDepthFunc (GL_GREATER);
  glDepthMask (GL_TRUE);
  glCullFace (GL_BACK);
  glDisable (GL_BLEND);
}

/* ---- ids ---- */

/* Kept in @programs while a pass goes on: looking one up makes its name. */
static GLuint
get_leaf_program (DioGlRenderer *self,
                  GLuint programs[static 4],
                  const DioGlDraw *draw,
                  GError **error)
{
  static const char *const defines[4] = { "", "WITH_CUT WITH_UV WITH_COLOR", "EXACT_DEPTH",
                                          "WITH_CUT WITH_UV WITH_COLOR EXACT_DEPTH" };
  guint kind = (draw->leaf_cut ? 1 : 0) + (draw->exact_depth ? 2 : 0);
  if (programs[kind] == 0)
    programs[kind] =
        dio_gl_programs_get (self->programs, "mesh.vert", "leaf.frag", defines[kind], error);
  return programs[kind];
}

gboolean
dio_gl_pass_leaves (DioGlRenderer *self, GError **error)
{
  static const GLuint nothing[4] = { 0 };
  static const GLfloat far_away = 0;
  GLuint programs[4] = { 0 };

  glPushDebugGroup (GL_DEBUG_SOURCE_APPLICATION, 0, -1, "leaves");
  dio_gl_pass_begin_camera (self, self->targets.leaf_framebuffer);
  glClearBufferuiv (GL_COLOR, 0, nothing);
  glClearBufferfv (GL_DEPTH, 0, &far_away);
  for (guint i = 0; i < self->list.draws->len; i++) {
    const DioGlDraw *draw = &g_array_index (self->list.draws, DioGlDraw, i);
    if (!draw->in_view || !draw->has_leaf)
      continue;
    GLuint program = get_leaf_program (self, programs, draw, error);
    if (program == 0)
      break;
    glUseProgram (program);
    if (draw->leaf_cut)
      dio_gl_pass_bind_material (self, draw, FALSE);
    dio_gl_pass_bind_draw (self, draw);
    dio_gl_pass_draw_mesh (draw);
  }
  glPopDebugGroup ();
  return (error == NULL || *error == NULL)
         && dio_gl_context_check (self->context, "drawing ids", error);
}

/* ---- shadow maps ---- */

static gboolean
draw_casters (DioGlRenderer *self, const DioGlShadowView *view, GLuint plain, GLuint cut)
{
  for (guint i = 0; i < self->list.draws->len; i++) {
    const DioGlDraw *draw = &g_array_index (self->list.draws, DioGlDraw, i);
    if (!draw->casts)
      continue;
    DioMat4 clip = dio_mat4_multiply (&view->clip_from_world, &draw->world_from_mesh);
    if (dio_gl_box_is_outside (&draw->item->mesh->bounds, &clip, view->clamp)
        || (view->clamp && !dio_gl_shadow_may_reach (view, &draw->bounds_m, &self->list.seen_m)))
      continue;
    GLuint program = draw->shadow_cut ? cut : plain;
    float matrix[16];
    dio_mat4_to_float (&view->clip_from_world, matrix);
    glProgramUniformMatrix4fv (program, 0, 1, GL_FALSE, matrix);
    glUseProgram (program);
    if (draw->shadow_cut)
      dio_gl_pass_bind_material (self, draw, FALSE);
    dio_gl_pass_bind_draw (self, draw);
    dio_gl_pass_draw_mesh (draw);
  }
  return TRUE;
}

gboolean
dio_gl_pass_shadows (DioGlRenderer *self, GError **error)
{
  GLuint plain = dio_gl_programs_get (self->programs, "shadow.vert", "shadow.frag", "", error);
  GLuint cut = plain != 0 ? dio_gl_programs_get (self->programs, "shadow.vert", "shadow.frag",
                                                 "WITH_CUT", error)
                          : 0;
  if (cut == 0)
    return FALSE;

  glPushDebugGroup (GL_DEBUG_SOURCE_APPLICATION, 0, -1, "shadows");
  glEnable (GL_DEPTH_TEST);
  glDepthFunc (GL_LESS);
  glDepthMask (GL_TRUE);
  glDisable (GL_BLEND);
  glCullFace (GL_BACK);
  glPolygonOffset (1.5f, 2.0f);
  for (guint layer = 0; layer < DIO_GL_LAYERS; layer++) {
    const DioGlShadowView *view = &self->lights.views[layer];
    gboolean lamp = layer >= DIO_GL_SUN_LAYERS;
    GLsizei size_px = (GLsizei) (lamp ? self->lamp_size_px : self->sun_size_px);
    static const GLfloat far_away = 1;
    if (!view->used)
      continue;
    /* Suns' maps are compared with planes, texel by texel. */
    if (lamp)
      glEnable (GL_POLYGON_OFFSET_FILL);
    glNamedFramebufferTextureLayer (self->shadow_framebuffer[lamp], GL_DEPTH_ATTACHMENT,
                                    self->shadow_map[lamp], 0,
                                    (GLint) (lamp ? layer - DIO_GL_SUN_LAYERS : layer));
    glBindFramebuffer (GL_FRAMEBUFFER, self->shadow_framebuffer[lamp]);
    glViewport (0, 0, size_px, size_px);
    glClearBufferfv (GL_DEPTH, 0, &far_away);
    draw_casters (self, view, plain, cut);
  }
  glDisable (GL_POLYGON_OFFSET_FILL);
  glPopDebugGroup ();
  return dio_gl_context_check (self->context, "drawing shadow maps", error);
}

/* ---- passes over the whole picture ---- */

gboolean
dio_gl_pass_fullscreen (DioGlRenderer *self,
                        const char *fragment,
                        const char *defines,
                        GError **error)
{
  GLuint program =
      dio_gl_programs_get (self->programs, "fullscreen.vert", fragment, defines, error);
  if (program == 0)
    return FALSE;
  glUseProgram (program);
  glBindVertexArray (self->vertex_array);
  glDrawArrays (GL_TRIANGLES, 0, 3);
  return TRUE;
}

void
dio_gl_pass_begin_picture (GLuint framebuffer, guint width_px, guint height_px)
{
  glBindFramebuffer (GL_FRAMEBUFFER, framebuffer);
  glViewport (0, 0, (GLsizei) width_px, (GLsizei) height_px);
  glDisable (GL_DEPTH_TEST);
  glDisable (GL_BLEND);
  glDisable (GL_CULL_FACE);
}

gboolean
dio_gl_pass_ambient_occlusion (DioGlRenderer *self, GError **error)
{
  const DioGlTargets *targets = &self->targets;
  guint width = (targets->width_px + 1) / 2, height = (targets->height_px + 1) / 2;
  glPushDebugGroup (GL_DEBUG_SOURCE_APPLICATION, 0, -1, "ambient occlusion");
  glBindSampler (0, 0);
  glBindTextureUnit (0, targets->leaf_depth);
  dio_gl_pass_begin_picture (targets->ao_framebuffer[0], width, height);
  gboolean ok = dio_gl_pass_fullscreen (self, "ao.frag", "", error);
  glBindTextureUnit (0, targets->ao[0]);
  dio_gl_pass_begin_picture (targets->ao_framebuffer[1], width, height);
  ok = ok && dio_gl_pass_fullscreen (self, "ao-blur.frag", "", error);
  glPopDebugGroup ();
  return ok && dio_gl_context_check (self->context, "drawing ambient occlusion", error);
}

gboolean
dio_gl_pass_resolve (DioGlRenderer *self, const DioGlColorsDesc *desc, GError **error)
{
  const DioGlTargets *targets = &self->targets;
  gboolean samples = self->list.blends;
  if (desc->linear && !samples)
    return TRUE;
  g_autoptr (GString) defines = g_string_new (samples ? "PER_SAMPLE" : "");
  if (samples)
    dio_gl_pass_append_tone (desc, defines);
  glPushDebugGroup (GL_DEBUG_SOURCE_APPLICATION, 0, -1, "resolve");
  glBindTextureUnit (0, samples ? targets->samples[desc->linear ? 1 : 0].color : targets->light);
  dio_gl_pass_begin_picture (desc->linear ? targets->light_framebuffer : targets->rgb_framebuffer,
                             targets->width_px, targets->height_px);
  gboolean ok = dio_gl_pass_fullscreen (self, "resolve.frag", defines->str, error);
  glPopDebugGroup ();
  return ok && dio_gl_context_check (self->context, "resolving samples", error);
}

/* ---- colour ---- */

void
dio_gl_pass_append_tone (const DioGlColorsDesc *desc, GString *defines)
{
  if (desc->linear)
    g_string_append (defines, " LINEAR");
  else
    g_string_append_printf (defines, " TONE=%d", (int) desc->tone);
}

/* Defines of the lights: constants where they are few, so that loops unroll. */
void
dio_gl_pass_append_lights (const DioGlRenderer *self, GString *defines)
{
  static const struct {
    const char *name, *many;
  } kinds[] = { { "SUNS", "frame.counts.x" },
                { "LAMPS", "frame.counts.y" },
                { "RECTS", "frame.counts.z" } };
  const guint counts[] = { self->lights.n_suns, self->lights.n_lamps, self->lights.n_rects };
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (counts[i] <= MOST_UNROLLED)
      g_string_append_printf (defines, " %s=%u", kinds[i].name, counts[i]);
    else
      g_string_append_printf (defines, " %s=%s", kinds[i].name, kinds[i].many);
  g_string_append_printf (defines, " SUN_SHADOWS=%u", self->lights.n_sun_shadows);
  if (self->fog)
    g_string_append (defines, " FOG");
}

/* Defines of the maps that the material of a draw has; TRUE where there are any. */
static gboolean
append_maps (const DioGlDraw *draw, GString *defines)
{
  const DioMaterial *material = draw->item->material;
  gboolean lit = !material->unlit;
  gboolean normal = lit && material->normal_texture.texture != NULL;
  const struct {
    const char *name;
    gboolean used;
  } maps[] = {
    { " WITH_BASE_COLOR_MAP", material->base_color_texture.texture != NULL },
    { " WITH_NORMAL_MAP", normal },
    { " WITH_TANGENT", normal && draw->mesh->has_tangents },
    { " WITH_ROUGHNESS_MAP", lit && material->metallic_roughness_texture.texture != NULL },
    { " WITH_OCCLUSION_MAP", lit && material->occlusion_texture.texture != NULL },
    { " WITH_EMISSIVE_MAP", lit && material->emissive_texture.texture != NULL },
  };
  gboolean any = FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (maps); i++) {
    g_string_append (defines, maps[i].used ? maps[i].name : "");
    any |= maps[i].used;
  }
  return any;
}

/* The variant of surface.frag or blend.frag for one draw: only what it needs, for software pays for every branch. */
static GLuint
get_surface_program (DioGlRenderer *self, const DioGlDraw *draw, GError **error)
{
  const DioMaterial *material = draw->item->material;
  gboolean cut = material->alpha_mode == DIO_ALPHA_MASK && draw->leaf_cut;
  g_autoptr (GString) defines = g_string_new ("SHADED");
  g_string_append (defines, material->unlit ? " UNLIT" : "");
  gboolean maps = append_maps (draw, defines);
  g_string_append (defines, cut ? " WITH_CUT" : "");
  g_string_append (defines, cut || draw->mesh->has_colors ? " WITH_COLOR" : "");
  g_string_append (defines, maps || cut ? " WITH_UV" : "");
  const char *fragment = material->alpha_mode == DIO_ALPHA_BLEND ? "blend.frag" : "surface.frag";
  if (material->alpha_mode == DIO_ALPHA_BLEND)
    dio_gl_pass_append_lights (self, defines);
  return dio_gl_programs_get (self->programs, "mesh.vert", fragment, defines->str, error);
}

static gboolean
bind_surface (DioGlRenderer *self, const DioGlDraw *draw, GError **error)
{
  GLuint program = get_surface_program (self, draw, error);
  if (program == 0)
    return FALSE;
  glUseProgram (program);
  dio_gl_pass_bind_material (self, draw, TRUE);
  dio_gl_pass_bind_draw (self, draw);
  return TRUE;
}

gboolean
dio_gl_pass_surfaces (DioGlRenderer *self, GError **error)
{
  static const GLuint nothing[4] = { 0 };
  static const GLfloat far_away = 0;
  gboolean ok = TRUE;
  glPushDebugGroup (GL_DEBUG_SOURCE_APPLICATION, 0, -1, "surfaces");
  dio_gl_pass_begin_camera (self, self->targets.surface_framebuffer);
  glEnable (GL_MULTISAMPLE);
  glClearBufferuiv (GL_COLOR, 0, nothing);
  glClearBufferuiv (GL_COLOR, 1, nothing);
  glClearBufferfv (GL_DEPTH, 0, &far_away);
  for (guint i = 0; i < self->list.draws->len && ok; i++) {
    const DioGlDraw *draw = &g_array_index (self->list.draws, DioGlDraw, i);
    gboolean blend = draw->item->material->alpha_mode == DIO_ALPHA_BLEND;
    if (!draw->in_view || blend || !draw->has_leaf)
      continue;
    ok = bind_surface (self, draw, error);
    if (ok)
      dio_gl_pass_draw_mesh (draw);
  }
  glPopDebugGroup ();
  return ok && dio_gl_context_check (self->context, "drawing surfaces", error);
}

/* Nearer to the viewer than what is stored above @depth passes the test; the triangle's depth of 0 becomes it. */
static void
draw_triangle_at (float depth)
{
  glDepthRangef (depth, 1);
  glDrawArrays (GL_TRIANGLES, 0, 3);
  glDepthRangef (0, 1);
}

static GLuint
get_picture_program (DioGlRenderer *self,
                     const char *fragment,
                     const char *defines,
                     const DioGlColorsDesc *desc,
                     GError **error)
{
  g_autoptr (GString) all = g_string_new (defines);
  gboolean samples = self->list.blends;
  if (samples)
    g_string_append (all, " PER_SAMPLE");
  else
    dio_gl_pass_append_tone (desc, all);
  return dio_gl_programs_get (self->programs, "fullscreen.vert", fragment, all->str, error);
}

/* The first key of every pixel, then the up to three others of those that have them. */
static gboolean
draw_light (DioGlRenderer *self, const DioGlColorsDesc *desc, GError **error)
{
  gboolean samples = self->list.blends;
  g_autoptr (GString) defines = g_string_new ("");
  dio_gl_pass_append_lights (self, defines);
  GLuint first = get_picture_program (self, "lighting.frag", defines->str, desc, error);
  g_string_append (defines, " EXTRA");
  GLuint extra =
      first != 0 ? get_picture_program (self, "lighting.frag", defines->str, desc, error) : 0;
  if (extra == 0)
    return FALSE;
  static const GLfloat to_do = 1;
  glEnable (GL_DEPTH_TEST);
  glDepthMask (GL_TRUE);
  glDepthFunc (GL_ALWAYS);
  if (samples)
    glClearBufferfv (GL_DEPTH, 0, &to_do);
  glUseProgram (first);
  glDrawArrays (GL_TRIANGLES, 0, 3);

  glUseProgram (extra);
  glDepthMask (GL_FALSE);
  glDepthFunc (GL_LESS);
  if (!samples) {
    glEnable (GL_BLEND);
    glBlendFunc (GL_ONE, GL_ONE);
  }
  /* Samples: after what is done (0), before what is to do (1). Sums: pixels with `group` further keys hold
   * (group + 0.5) / 8, those with empty samples 0.5 more. */
  for (int group = 1; group < DIO_SAMPLES_PER_PIXEL; group++) {
    glUniform1i (0, group);
    draw_triangle_at (samples ? 0.5f : (float) group / 8);
  }
  glDisable (GL_BLEND);
  return TRUE;
}

static gboolean
draw_runs (DioGlRenderer *self, const DioGlBlendOrder *order, GError **error)
{
  for (guint i = 0; i < order->runs->len; i++) {
    const DioGlBlendRun *run = &g_array_index (order->runs, DioGlBlendRun, i);
    const DioGlMesh *mesh = run->draw->mesh;
    if (!bind_surface (self, run->draw, error))
      return FALSE;
    glVertexArrayElementBuffer (mesh->vertex_array, self->blend_indices);
    glDrawElements (GL_TRIANGLES, (GLsizei) run->n_indices, GL_UNSIGNED_INT,
                    GSIZE_TO_POINTER (run->first_index * sizeof (uint32_t)));
    glVertexArrayElementBuffer (mesh->vertex_array, mesh->buffer);
  }
  return TRUE;
}

static gboolean
draw_blended (DioGlRenderer *self, GError **error)
{
  g_auto (DioGlBlendOrder) order = { 0 };
  dio_gl_blend_sort (&self->list, &order);
  glNamedBufferData (self->blend_indices, (GLsizeiptr) (order.indices->len * sizeof (uint32_t)),
                     order.indices->data, GL_STREAM_DRAW);
  glEnable (GL_DEPTH_TEST);
  glEnable (GL_BLEND);
  glBlendFunc (GL_ONE, GL_SRC1_COLOR);
  glDepthMask (GL_FALSE);
  glDepthFunc (GL_GEQUAL);
  gboolean ok = draw_runs (self, &order, error);
  glDepthMask (GL_TRUE);
  glDisable (GL_BLEND);
  /* A second source, used or not, allows one target of colours only. */
  glBlendFunc (GL_ONE, GL_ZERO);
  return ok;
}

void
dio_gl_pass_bind_surroundings (DioGlRenderer *self, const DioGlEnvironment *environment)
{
  glBindTextureUnit (DIO_GL_UNIT_DFG, self->dfg);
  glBindTextureUnit (DIO_GL_UNIT_LTC, self->ltc);
  glBindTextureUnit (DIO_GL_UNIT_SPECULAR, environment->specular);
  glBindTextureUnit (DIO_GL_UNIT_BACKGROUND, environment->background);
  glBindTextureUnit (DIO_GL_UNIT_AO, self->targets.ao[1]);
  glBindTextureUnit (DIO_GL_UNIT_SUN_RANGE, self->sun_range);
  for (GLuint i = 0; i < 2; i++) {
    glBindTextureUnit (DIO_GL_UNIT_SUN_SHADOW + i, self->shadow_map[i]);
    glBindTextureUnit (DIO_GL_UNIT_SUN_DEPTH + i, self->shadow_map[i]);
    glBindSampler (DIO_GL_UNIT_SUN_SHADOW + i, self->compare_sampler);
    glBindSampler (DIO_GL_UNIT_SUN_DEPTH + i, self->depth_sampler);
  }
}

/* Samples: the triangle lies at the far plane, which equals the cleared depth of what no surface covers. Sums:
 * first pixels without any surface, which hold 0, then those with some samples empty. */
static gboolean
draw_background (DioGlRenderer *self, const DioGlColorsDesc *desc, GError **error)
{
  g_autoptr (GString) defines = g_string_new (self->fog ? "FOG" : "");
  dio_gl_backdrop_append (desc->camera, defines);
  GLuint program = get_picture_program (self, "background.frag", defines->str, desc, error);
  if (program == 0)
    return FALSE;
  dio_gl_backdrop_bind (self, desc->camera, program);
  glUseProgram (program);
  glBindVertexArray (self->vertex_array);
  glEnable (GL_DEPTH_TEST);
  glDepthMask (GL_FALSE);
  if (self->list.blends) {
    glDepthFunc (GL_GEQUAL);
    glDrawArrays (GL_TRIANGLES, 0, 3);
    return TRUE;
  }
  glEnable (GL_BLEND);
  glBlendFunc (GL_ONE, GL_ONE);
  glDepthFunc (GL_GREATER);
  draw_triangle_at (0.03f);
  glDepthFunc (GL_LESS);
  draw_triangle_at (0.45f);
  glDisable (GL_BLEND);
  return TRUE;
}

static void
bind_surfaces (DioGlRenderer *self)
{
  for (GLuint unit = 0; unit < 3; unit++)
    glBindSampler (unit, 0);
  glBindTextureUnit (0, self->targets.surface_samples);
  glBindTextureUnit (1, self->targets.depth_samples);
  glBindTextureUnit (2, self->targets.key_samples);
  glBindVertexArray (self->vertex_array);
}

gboolean
dio_gl_pass_colors (DioGlRenderer *self, const DioGlColorsDesc *desc, GError **error)
{
  DioGlTargets *t = &self->targets;
  DioGlSampleTarget *samples = self->list.blends ? &t->samples[desc->linear ? 1 : 0] : NULL;
  if (samples != NULL && !dio_gl_targets_require_samples (t, desc->linear, error))
    return FALSE;
  glPushDebugGroup (GL_DEBUG_SOURCE_APPLICATION, 0, -1, "colours");
  dio_gl_pass_bind_surroundings (self, desc->environment);
  bind_surfaces (self);
  dio_gl_pass_begin_picture (samples != NULL ? samples->light_framebuffer : t->light_framebuffer,
                             t->width_px, t->height_px);
  gboolean ok = draw_light (self, desc, error);
  if (samples != NULL)
    glBindFramebuffer (GL_FRAMEBUFFER, samples->blend_framebuffer);
  ok = ok && draw_background (self, desc, error);
  if (samples != NULL)
    ok = ok && draw_blended (self, error);
  glPopDebugGroup ();
  return ok && dio_gl_context_check (self->context, "drawing colours", error);
}
