#pragma once
/* Thread: that of the renderers. Colour, labels and annotations of one camera of one frame in memory: the one
 * path to pixels and labels, for the frames that a job writes and for those that the studio shows. */

#include "dio-annotate.h"
#include "dio-gl.h"
#include "dio-rays.h"

G_BEGIN_DECLS

/** What sees. All borrowed; @gl NULL = no colour. */
typedef struct {
  DioRayScene *rays; /**< its current frame is the frame to see */
  DioGlRenderer *gl;
  /** tests/: called with the labels before annotation (nullable) */
  void (*tamper) (DioFrame *frame, DioRayLabels *labels, gpointer user);
  gpointer user;
} DioCaptureEye;

/** What one camera saw. */
typedef struct {
  DioGlOutput drawn; /**< zeroed without colour */
  GBytes *jpeg; /**< (nullable) the file whose picture drawn.rgb is, where the camera writes JPEG */
  DioRayLabels labels;
  DioAnnotations annotations;
  double draw_ms, readback_ms, compress_ms, rays_ms, annotate_ms;
} DioCapture;

/** Options of a renderer for colour that is stored; pictures depend on nothing else of a renderer. */
DioGlOptions dio_capture_get_gl_options (void);
/** A ray scene with the engine's bound on what it keeps. */
DioRayScene *dio_capture_new_rays (DioPool *pool, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** As dio_gl_renderer_draw_view, with the effects of @camera on the colour, but for its JPEG. */
gboolean dio_capture_draw (DioGlRenderer *gl,
                           const DioFrame *frame,
                           const DioCamera *camera,
                           const DioGlViewDesc *desc,
                           DioGlOutput *out,
                           GError **error);
/** Sees camera @camera of @frame, which must be the ray scene's current one. @out is zeroed first. */
gboolean dio_capture_see (
    const DioCaptureEye *eye, DioFrame *frame, guint camera, DioCapture *out, GError **error);
void dio_capture_clear (DioCapture *capture);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DioCapture, dio_capture_clear)

G_END_DECLS
