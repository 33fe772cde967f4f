#define G_LOG_DOMAIN "dio-engine"

#include "dio-engine-capture.h"

#include "dio-sensor.h"

#include <string.h>

/* Bounds on what the renderers keep of meshes and textures that a frame does not use. Random models seldom come
 * back, so larger caches would only make a worker grow for its first thousand frames; what one street of the example
 * draws again in every frame (half a million triangles, twenty textures) has room. */
#define RAY_CACHE_BYTES (192u << 20)
#define GL_CACHE_BYTES (384u << 20)

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
dio_capture_draw (DioGlRenderer *gl,
                  const DioFrame *frame,
                  const DioCamera *camera,
                  const DioGlViewDesc *desc,
                  DioGlOutput *out,
                  GError **error)
{
  DioGlViewDesc with = *desc;
  with.want_nits = dio_sensor_wants_light (camera);
  if (!dio_gl_renderer_draw_view (gl, frame, camera, &with, out, error))
    return FALSE;
  if (out->nits != NULL)
    out->rgb = dio_sensor_develop (camera, out->nits);
  g_clear_pointer (&out->nits, dio_image_unref);
  return TRUE;
}

/* Colour of the camera, as its file holds it. */
static gboolean
draw (const DioCaptureEye *eye, const DioFrame *frame, guint index, DioCapture *out, GError **error)
{
  const DioGlViewDesc desc = { .want_leaf = TRUE };
  const DioCamera *camera = &g_array_index (frame->cameras, DioCamera, index);
  g_autoptr (GError) problem = NULL;
  DioImage *decoded = NULL;
  double start = now_ms ();
  if (!dio_capture_draw (eye->gl, frame, camera, &desc, &out->drawn, error))
    return FALSE;
  out->readback_ms = out->drawn.readback_ms;
  out->draw_ms = now_ms () - start - out->readback_ms;
  start = now_ms ();
  out->jpeg = dio_sensor_compress (camera, out->drawn.rgb, &decoded, &problem);
  out->compress_ms = now_ms () - start;
  if (problem != NULL) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }
  if (decoded != NULL) {
    dio_image_unref (out->drawn.rgb);
    out->drawn.rgb = decoded;
  }
  return TRUE;
}

gboolean
dio_capture_see (
    const DioCaptureEye *eye, DioFrame *frame, guint camera, DioCapture *out, GError **error)
{
  g_return_val_if_fail (eye != NULL && eye->rays != NULL && frame != NULL && out != NULL, FALSE);
  g_return_val_if_fail (camera < frame->cameras->len, FALSE);

  g_auto (DioCapture) capture = { 0 };
  memset (out, 0, sizeof *out);
  if (eye->gl != NULL && !draw (eye, frame, camera, &capture, error))
    return FALSE;

  double start = now_ms ();
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
  g_clear_pointer (&capture->jpeg, g_bytes_unref);
  dio_ray_labels_clear (&capture->labels);
  dio_annotations_clear (&capture->annotations);
  memset (capture, 0, sizeof *capture);
}
