#pragma once
/* Thread: render: the thread that made the context current and keeps it. The raster renderer; the only
 * place that calls gl*. Does NOT know windows, documents or datasets, and stores no label. */

#include "dio-frame.h"
#include "dio-image.h"

G_BEGIN_DECLS

/** A headless OpenGL 4.5 core context (EGL: surfaceless Mesa, else a device), current on its thread. */
typedef struct DioGlContext DioGlContext;
typedef struct DioGlRenderer DioGlRenderer;

DioGlContext *dio_gl_context_new_headless (GError **error) G_GNUC_WARN_UNUSED_RESULT;
void dio_gl_context_free (DioGlContext *context);
/** "vendor | renderer | version" for the render identity. */
const char *dio_gl_context_get_identity (const DioGlContext *context);
/** Whether the processor draws: time then goes by pixels. */
gboolean dio_gl_context_is_software (const DioGlContext *context);

/** Options of a renderer; a zeroed struct asks for everything. */
typedef struct {
  gboolean no_shadows, no_ambient_occlusion;
  guint shadow_size_px; /**< of one cascade, 0 = 2048 on a GPU, 768 on software GL */
  gsize cache_bytes;    /**< bound on GPU meshes and textures that no frame uses, 0 = 512 MiB */
} DioGlOptions;

/** Borrows @context, which must be current and outlive the renderer. */
DioGlRenderer *dio_gl_renderer_new (DioGlContext *context,
                                    const DioGlOptions *options,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
void dio_gl_renderer_free (DioGlRenderer *renderer);

/** What one camera saw; images owned, freed by dio_gl_output_clear. */
typedef struct {
  /** u8 x3, sRGB, tone curve applied per sample, samples averaged in linear light */
  DioImage *rgb;
  DioImage *nits; /**< f32 x3 linear light, averaged samples; in the place of rgb with want_nits */
  DioImage *leaf; /**< u16 x1, one sample at the pixel centre, same rules of coverage as the rays */
  DioImage *depth_z; /**< f32 metres along the axis, +inf background; only with want_geometry */
  DioImage *normal;  /**< f32 x3 in camera axes, 0 background; only with want_geometry */
  double upload_ms, draw_ms, readback_ms;
} DioGlOutput;

/** Draws camera @camera of @frame. @want_leaf FALSE skips the id pass. */
gboolean dio_gl_renderer_draw (DioGlRenderer *renderer,
                               const DioFrame *frame,
                               guint camera,
                               gboolean want_leaf,
                               DioGlOutput *out,
                               GError **error);
/** How to draw for eyes alone; a zeroed struct draws what dio_gl_renderer_draw draws. */
typedef struct {
  gboolean want_leaf;
  gboolean want_nits; /**< light without exposure, tone curve and 8 bits */
  gboolean no_shadows, no_ambient_occlusion;
  /** One sample a pixel, matt surfaces without shadows or normal maps: a quarter of the time and less. Ids are those of
   * the full picture, but that surfaces which own no pixel do not show. */
  gboolean sketch;
  gboolean
      want_geometry; /**< sketches only: depth and normals of what owns the pixels, for eyes, never stored */
} DioGlViewDesc;

/** Draws @frame from any camera, perspective or orthographic. Pictures of other cameras and of dio_gl_renderer_draw do
 * not depend on what was drawn before. */
gboolean dio_gl_renderer_draw_view (DioGlRenderer *renderer,
                                    const DioFrame *frame,
                                    const DioCamera *camera,
                                    const DioGlViewDesc *desc,
                                    DioGlOutput *out,
                                    GError **error);
/** The same as dio_gl_renderer_draw without exposure, tone curve and 8 bits: f32 RGB nits, averaged samples (tests, previews). */
DioImage *dio_gl_renderer_draw_linear (DioGlRenderer *renderer,
                                       const DioFrame *frame,
                                       guint camera,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
void dio_gl_output_clear (DioGlOutput *output);
/** Bytes of GPU objects held, for tests of the cache bound. */
gsize dio_gl_renderer_get_bytes (const DioGlRenderer *renderer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioGlContext, dio_gl_context_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioGlRenderer, dio_gl_renderer_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DioGlOutput, dio_gl_output_clear)

G_END_DECLS
