#define G_LOG_DOMAIN "dio-engine"

#include "dio-engine-capture.h"

#include <string.h>

/* Bounds on what the renderers keep of meshes and textures that a frame does not use. Random models seldom come
 * back, so larger caches would only make a worker grow for its first thousand frames. */
#define RAY_CACHE_BYTES (64u << 20)
#define GL_CACHE_BYTES (192u << 20)

DioGlOptions
dio_capture_get_gl_options (void)
{
  return (DioGlOptions){ .cache_bytes = GL_CACHE_BYTES };
}

DioRayScene *
dio_capture_new_rays (DioPool *pool, GError **error)
{
  return dio_ray_scene_new (pool, RAY_CACHE_BYTES, error);
}

static double
now_ms (void)
{
  return (double) g_get_monotonic_time () / 1000.0;
}

gboolean
dio_capture_see (
    const DioCaptureEye *eye, DioFrame *frame, guint camera, DioCapture *out, GError **error)
{
  g_return_val_if_fail (eye != NULL && eye->rays != NULL && frame != NULL && out != NULL, FALSE);
  g_return_val_if_fail (camera < frame->cameras->len, FALSE);

  g_auto (DioCapture) capture = { 0 };
  memset (out, 0, sizeof *out);
  double start = now_ms ();
  if (eye->gl != NULL
      && !dio_gl_renderer_draw (eye->gl, frame, camera, TRUE, &capture.drawn, error))
    return FALSE;
  capture.readback_ms = capture.drawn.readback_ms;
  capture.draw_ms = now_ms () - start - capture.readback_ms;

  start = now_ms ();
  if (!dio_ray_scene_trace_labels (eye->rays, camera, &capture.labels, error))
    return FALSE;
  capture.rays_ms = now_ms () - start;
  if (eye->tamper != NULL)
    eye->tamper (frame, &capture.labels, eye->user);

  start = now_ms ();
  dio_annotate (frame, camera, &capture.labels, capture.drawn.leaf, capture.drawn.rgb,
                &capture.annotations);
  capture.annotate_ms = now_ms () - start;
  *out = capture;
  memset (&capture, 0, sizeof capture);
  return TRUE;
}

void
dio_capture_clear (DioCapture *capture)
{
  if (capture == NULL)
    return;
  dio_gl_output_clear (&capture->drawn);
  dio_ray_labels_clear (&capture->labels);
  dio_annotations_clear (&capture->annotations);
  memset (capture, 0, sizeof *capture);
}
