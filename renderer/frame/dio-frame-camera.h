#pragma once
/* Thread: any. The pinhole camera of a sensor in one frame. */

#include "dio-core-types.h"
#include "dio-frame-effects.h"
#include "dio-image-color.h"

#include "dio-frame-types.h"

#include <glib.h>

G_BEGIN_DECLS

/** A picture behind everything that a camera sees: at infinity, resting in the frame, lighting nothing. */
typedef struct {
  const DioTexture
      *texture; /**< borrowed from the frame's backdrops; NULL = the environment is seen */
  DioBackdropFit fit;
  float bars[3];     /**< linear RGB of what the picture leaves free or is transparent */
  double white_nits; /**< of a stored 1 */
  /** The tone curve is undone first: with white_nits at the exposure's white, pixels come out as they are stored. */
  gboolean as_stored;
} DioBackdrop;

typedef struct {
  char id[64]; /**< the sensor's node id; names files */
  guint width_px, height_px;
  double fx, fy, cx, cy;     /**< pixels; see dio-core-conventions.h */
  double near_m, far_m;      /**< planes in z; far bounds the raster depth range only */
  DioMat4 world_from_camera; /**< rigid */
  double exposure_ev100;     /**< exposed = nits / (1.2 * 2^EV100) (saturation-based, ISO 12232) */
  DioToneCurve tone;
  DioPictureEffects effects; /**< in pixels of this camera */
  uint32_t noise_key[2];     /**< names this frame's noise; used with electrons_at_white alone */
  DioBackdrop backdrop;
  double depth_unit_m; /**< metres per step of the 16-bit depth file, > 0 */
  /** Parallel rays along -Z; fx, fy are then pixels a metre and a finite far_m is needed. Views of an editor, never a
   * sensor: label rays do not know it. */
  gboolean orthographic;
} DioCamera;

/** The same picture in other pixels. */
void dio_camera_resize (DioCamera *camera, guint width_px, guint height_px);
/** Pixel position (u right, v down) and depth_z of a world point; FALSE where depth_z <= 0 (orthographic: never). */
gboolean dio_camera_project (const DioCamera *camera,
                             DioVec3 world_m,
                             double uv_px[static 2],
                             double *depth_z_m);
/** World point at pixel position @uv and @depth_z. Inverse of project. */
DioVec3 dio_camera_unproject (const DioCamera *camera,
                              const double uv_px[static 2],
                              double depth_z_m);
/** Clip-from-camera matrix for OpenGL (right-handed, depth 0..1 reversed: near 1, far 0, use with
 * glClipControl(GL_UPPER_LEFT, GL_ZERO_TO_ONE) and GL_GREATER), whose pixel (0,0) is top-left.
 *
 * Why the rows come out top first: the matrix is the usual one, the camera's +Y goes to y_ndc = +1. With
 * GL_UPPER_LEFT the viewport maps y_ndc to the window as y_w = (1 - y_ndc) * H / 2 (the y of device
 * coordinates is negated), so the top of the picture lies at y_w = 0, which is row 0 of the framebuffer
 * and the first row that glReadPixels returns; nothing is flipped afterwards. With x_w = (x_ndc + 1) * W / 2
 * the window coordinates equal u, v of dio_camera_project, and the sample of pixel (x, y) lies at +0.5. */
DioMat4 dio_camera_clip_from_camera (const DioCamera *camera);

G_END_DECLS
