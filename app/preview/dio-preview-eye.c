#define G_LOG_DOMAIN "dio-preview"

/* What the render thread sees with. A request goes the way of the engine's frames: resolve, stage, colour, rays,
 * annotate; the differences are the view picture and what a draft leaves out. */

#include "dio-preview-private.h"

#include "dio-core-error.h"
#include "dio-core-pool.h"
#include "dio-engine-capture.h"
#include "dio-scene-edit.h"
#include "dio-sources.h"
#include "dio-stage.h"

/* Parametric models kept: a scene of a hundred different ones must not be built anew at every edit. */
#define PARAMETRIC_CACHE 512
/* Pixels of a sketch that the processor draws in about 10 ms, and of one that is the only picture. */
#define SKETCH_PX 130000
#define SKETCH_ALONE_PX 320000

struct DioPreviewEye {
  char *engine_path;
  DioPool *pool;
  DioAssetStore *store; /**< opened at the first scenario with assets */
  DioStage *stage;      /**< of @folder */
  char *folder;
  DioRayScene *rays;
  DioGlContext *context; /**< NULL without OpenGL, as @gl */
  DioGlRenderer *gl;
  char *gl_error;
  GError *rays_error;
  /** What the base view was last made from, and what came out. */
  DioScenario *base_of, *base;
  /** What was closed last, as it came out, and the state of its files then. */
  DioScenario *open, *closed;
  char *stamp;
  DioFrame *shown;  /**< seen last by a request, for casts */
  DioFrame *traced; /**< the ray scene's current frame */
};

static double
now_ms (void)
{
  return (double) g_get_monotonic_time () / 1000.0;
}

static void
open_gl (DioPreviewEye *eye)
{
  g_autoptr (GError) error = NULL;
  const char *forbidden = g_getenv ("DIORAMA_NO_GL");
  if (forbidden != NULL && *forbidden != '\0' && !g_str_equal (forbidden, "0")) {
    eye->gl_error = g_strdup ("OpenGL is switched off by the environment variable DIORAMA_NO_GL");
    return;
  }
  DioGlOptions options = dio_capture_get_gl_options ();
  eye->context = dio_gl_context_new_headless (&error);
  eye->gl = eye->context != NULL ? dio_gl_renderer_new (eye->context, &options, &error) : NULL;
  if (eye->gl == NULL)
    eye->gl_error = g_strdup (error->message);
}

DioPreviewEye *
dio_preview_eye_new (const char *engine_path)
{
  DioPreviewEye *eye = g_new0 (DioPreviewEye, 1);
  eye->engine_path = g_strdup (engine_path);
  eye->pool = dio_pool_new (0);
  eye->rays = dio_capture_new_rays (eye->pool, &eye->rays_error);
  open_gl (eye);
  return eye;
}

void
dio_preview_eye_free (DioPreviewEye *eye)
{
  if (eye == NULL)
    return;
  dio_gl_renderer_free (eye->gl);
  dio_gl_context_free (eye->context);
  dio_ray_scene_free (eye->rays);
  dio_stage_free (eye->stage);
  dio_asset_store_free (eye->store);
  dio_frame_unref (eye->shown);
  dio_frame_unref (eye->traced);
  dio_scenario_unref (eye->base_of);
  dio_scenario_unref (eye->base);
  dio_scenario_unref (eye->open);
  dio_scenario_unref (eye->closed);
  g_free (eye->stamp);
  dio_pool_free (eye->pool);
  g_clear_error (&eye->rays_error);
  g_free (eye->gl_error);
  g_free (eye->folder);
  g_free (eye->engine_path);
  g_free (eye);
}

const char *
dio_preview_eye_get_gl_error (const DioPreviewEye *eye)
{
  return eye->gl_error;
}

/* @scenario with what its folders and tables hold now. Borrowed. */
static DioScenario *
close_sources (DioPreviewEye *eye, DioScenario *scenario, const char *folder, GError **error)
{
  if (!dio_sources_is_open (scenario))
    return scenario;
  g_autofree char *stamp = dio_sources_dup_stamp (scenario, folder);
  if (eye->closed != NULL && eye->open == scenario && g_strcmp0 (eye->folder, folder) == 0
      && g_strcmp0 (eye->stamp, stamp) == 0)
    return eye->closed;
  DioScenario *closed = dio_sources_expand (scenario, folder, error);
  if (closed == NULL)
    return NULL;
  dio_scenario_unref (eye->open);
  dio_scenario_unref (eye->closed);
  g_free (eye->stamp);
  eye->open = dio_scenario_ref (scenario);
  eye->closed = closed;
  eye->stamp = g_steal_pointer (&stamp);
  return closed;
}

/* The document as it is seen: with the base view no randomizer acts, and no file matters that only they draw from.
 * Borrowed; NULL where such files cannot be read. */
static DioScenario *
get_scenario (DioPreviewEye *eye, const DioPreviewRequest *request, GError **error)
{
  if (!request->base)
    return close_sources (eye, request->scenario, request->scenario_folder, error);
  if (eye->base_of != request->scenario) {
    dio_scenario_unref (eye->base_of);
    dio_scenario_unref (eye->base);
    eye->base_of = dio_scenario_ref (request->scenario);
    eye->base = dio_scenario_without_randomizers_acting (request->scenario);
  }
  return eye->base;
}

/* A stage for @scenario: the last one goes on as long as the folder is the same. */
static gboolean
require_stage (DioPreviewEye *eye, DioScenario *scenario, const char *folder, GError **error)
{
  if (eye->store == NULL && scenario->assets->len > 0) {
    eye->store = dio_asset_store_new (NULL, eye->engine_path, error);
    if (eye->store == NULL)
      return FALSE;
    g_clear_pointer (&eye->stage, dio_stage_free);
  }
  if (eye->stage != NULL && g_strcmp0 (eye->folder, folder) == 0) {
    dio_stage_set_scenario (eye->stage, scenario);
    return TRUE;
  }
  DioStageDesc desc = {
    .scenario_folder = folder,
    .store = eye->store,
    .pool = eye->pool,
    .parametric_cache = PARAMETRIC_CACHE,
  };
  dio_stage_free (eye->stage);
  eye->stage = dio_stage_new (scenario, &desc);
  g_free (eye->folder);
  eye->folder = g_strdup (folder);
  return TRUE;
}

/* Resolves and stages @frame of @job into @result. */
static gboolean
build (DioPreviewEye *eye, const DioPreviewJob *job, guint32 frame, DioPreviewResult *result)
{
  const DioPreviewRequest *request = &job->request;
  double start = now_ms ();
  DioScenario *scenario = get_scenario (eye, request, &result->error);
  if (scenario == NULL || !require_stage (eye, scenario, request->scenario_folder, &result->error))
    return FALSE;
  g_autoptr (DioResolved) resolved =
      dio_resolve (scenario, request->seed, frame, request->take,
                   dio_stage_get_environment (eye->stage), &result->error);
  result->resolve_ms = now_ms () - start;
  if (resolved == NULL)
    return FALSE;
  dio_diagnostics_append (result->diagnostics, resolved->diagnostics);

  start = now_ms ();
  result->frame = dio_stage_build (eye->stage, resolved, &result->error);
  result->stage_ms = now_ms () - start;
  if (result->frame == NULL)
    return FALSE;
  result->resolved = g_steal_pointer (&resolved);
  return TRUE;
}

static gboolean
trace (DioPreviewEye *eye, DioFrame *frame, GError **error)
{
  if (eye->traced == frame)
    return TRUE;
  if (eye->rays == NULL) {
    g_propagate_error (error, g_error_copy (eye->rays_error));
    return FALSE;
  }
  g_clear_pointer (&eye->traced, dio_frame_unref);
  if (!dio_ray_scene_set_frame (eye->rays, frame, error))
    return FALSE;
  eye->traced = dio_frame_ref (frame);
  return TRUE;
}

/* Index of the camera of sensor @id, or of the first one without; -1 where there is none. */
static int
find_camera (const DioFrame *frame, const char *id)
{
  for (guint i = 0; i < frame->cameras->len; i++)
    if (id == NULL || g_str_equal (g_array_index (frame->cameras, DioCamera, i).id, id))
      return (int) i;
  return -1;
}

/* One side of a coarse pixel, and whether depth and normals are wanted. */
typedef struct {
  guint divisor;
  gboolean geometry;
} Sketch;

/* A picture for eyes alone while something moves, coarser where the processor draws. */
static gboolean
sketch (DioPreviewEye *eye,
        DioFrame *frame,
        const DioCamera *camera,
        const Sketch *how,
        DioGlOutput *out,
        GError **error)
{
  const DioGlViewDesc desc = { .want_leaf = TRUE, .sketch = TRUE, .want_geometry = how->geometry };
  guint divisor = how->divisor;
  DioCamera small = *camera;
  dio_camera_resize (&small, MAX (camera->width_px / divisor, 1),
                     MAX (camera->height_px / divisor, 1));
  if (!dio_capture_draw (eye->gl, frame, &small, &desc, out, error))
    return FALSE;
  dio_preview_enlarge (&out->rgb, camera->width_px, camera->height_px);
  dio_preview_enlarge (&out->leaf, camera->width_px, camera->height_px);
  dio_preview_enlarge (&out->depth_z, camera->width_px, camera->height_px);
  dio_preview_enlarge (&out->normal, camera->width_px, camera->height_px);
  return TRUE;
}

/* One side of a coarse pixel, so that a sketch of @camera has at most @wanted_px where the processor draws. */
static guint
get_divisor (const DioPreviewEye *eye, const DioCamera *camera, guint wanted_px)
{
  guint divisor = 1;
  if (!dio_gl_context_is_software (eye->context))
    return 1;
  while ((guint64) camera->width_px * camera->height_px > (guint64) wanted_px * divisor * divisor)
    divisor++;
  return divisor;
}

static gboolean
wants_view (const DioPreviewResult *result)
{
  return result->view.width_px > 0 && result->view.height_px > 0;
}

static gboolean
sketch_sensor (DioPreviewEye *eye, DioPreviewResult *result)
{
  const DioCamera *camera = &g_array_index (result->frame->cameras, DioCamera, result->camera);
  gboolean alone = !wants_view (result);
  g_auto (DioGlOutput) drawn = { 0 };
  const Sketch how = { .divisor = get_divisor (eye, camera, alone ? SKETCH_ALONE_PX : SKETCH_PX) };
  double start = now_ms ();
  if (!sketch (eye, result->frame, camera, &how, &drawn, &result->error))
    return FALSE;
  result->rgb = g_steal_pointer (&drawn.rgb);
  result->rgb_draft = TRUE;
  result->draw_ms = now_ms () - start;
  return TRUE;
}

/* What the sensor sees, apart from the result, so that a thread of its own may look. */
typedef struct {
  DioPreviewEye *eye;
  DioFrame *frame;
  guint camera;
  DioGlRenderer *gl; /**< NULL = labels alone */
  DioCapture seen;
  double prepare_ms;
  GError *error;
} Look;

static void
look (Look *self)
{
  const DioCaptureEye with = { .rays = self->eye->rays, .gl = self->gl };
  double start = now_ms ();
  if (!trace (self->eye, self->frame, &self->error))
    return;
  self->prepare_ms = now_ms () - start;
  dio_capture_see (&with, self->frame, self->camera, &self->seen, &self->error);
}

static gpointer
look_cb (gpointer data)
{
  look (data);
  return NULL;
}

/* Moves what was seen, or why nothing was, to @result, which may have failed at something else meanwhile. */
static void
take_look (DioPreviewResult *result, Look *self)
{
  DioCapture *seen = &self->seen;
  if (self->error != NULL) {
    g_clear_error (&result->error);
    result->error = g_steal_pointer (&self->error);
    return;
  }
  result->labels = seen->labels;
  result->annotations = seen->annotations;
  seen->labels = (DioRayLabels){ 0 };
  seen->annotations = (DioAnnotations){ 0 };
  if (self->gl != NULL) {
    result->rgb = g_steal_pointer (&seen->drawn.rgb);
    result->has_gl_check = seen->drawn.leaf != NULL;
    result->draw_ms = seen->draw_ms + seen->readback_ms + seen->compress_ms;
  }
  result->rays_ms = self->prepare_ms + seen->rays_ms;
  result->annotate_ms = seen->annotate_ms;
  dio_capture_clear (seen);
}

static gboolean
see_view (DioPreviewEye *eye, DioPreviewResult *result)
{
  const DioCamera *like =
      result->frame->cameras->len > 0
          ? &g_array_index (result->frame->cameras, DioCamera, MAX (result->camera, 0))
          : NULL;
  result->view_camera = dio_preview_view_to_camera (&result->view, result->frame, like);
  if (eye->gl == NULL)
    return TRUE;
  const DioGlViewDesc desc = { .want_leaf = TRUE };
  const DioCamera *camera = &result->view_camera;
  g_auto (DioGlOutput) drawn = { 0 };
  const Sketch how = { .divisor = result->draft ? get_divisor (eye, camera, SKETCH_PX) : 1,
                       .geometry = result->view.want_geometry };
  double start = now_ms ();
  if (result->draft || how.geometry
          ? !sketch (eye, result->frame, camera, &how, &drawn, &result->error)
          : !dio_gl_renderer_draw_view (eye->gl, result->frame, camera, &desc, &drawn,
                                        &result->error))
    return FALSE;
  result->view_rgb = g_steal_pointer (&drawn.rgb);
  result->view_leaf = g_steal_pointer (&drawn.leaf);
  result->view_depth_z = g_steal_pointer (&drawn.depth_z);
  result->view_normal = g_steal_pointer (&drawn.normal);
  result->view_ms = now_ms () - start;
  return TRUE;
}

/* Sketches take one thread most of their time, for software GL handles vertices in one: the rays go beside them. */
static void
see_draft (DioPreviewEye *eye, DioPreviewResult *result, Look *labels)
{
  GThread *thread = g_thread_new ("dio-labels", look_cb, labels);
  if (sketch_sensor (eye, result) && wants_view (result))
    see_view (eye, result);
  g_thread_join (thread);
  take_look (result, labels);
}

/* All that @result wants to see of its frame; its error tells what failed. */
static void
see_frame (DioPreviewEye *eye, DioPreviewResult *result)
{
  gboolean sketches = result->draft && eye->gl != NULL;
  Look sensor = { .eye = eye,
                  .frame = result->frame,
                  .camera = (guint) MAX (result->camera, 0),
                  .gl = sketches ? NULL : eye->gl };
  if (result->camera >= 0 && sketches) {
    see_draft (eye, result, &sensor);
    return;
  }
  if (result->camera >= 0) {
    look (&sensor);
    take_look (result, &sensor);
  }
  if (result->error == NULL && wants_view (result))
    see_view (eye, result);
}

/* A result that says why there is nothing holds nothing else. */
static void
clear_on_error (DioPreviewResult *result)
{
  if (result->error == NULL)
    return;
  g_clear_pointer (&result->view_rgb, dio_image_unref);
  g_clear_pointer (&result->view_leaf, dio_image_unref);
  g_clear_pointer (&result->view_depth_z, dio_image_unref);
  g_clear_pointer (&result->view_normal, dio_image_unref);
  g_clear_pointer (&result->rgb, dio_image_unref);
  g_clear_pointer (&result->frame, dio_frame_unref);
  g_clear_pointer (&result->resolved, dio_resolved_free);
  dio_ray_labels_clear (&result->labels);
  dio_annotations_clear (&result->annotations);
  result->camera = -1;
}

DioPreviewResult *
dio_preview_eye_see (DioPreviewEye *eye, const DioPreviewJob *job)
{
  DioPreviewResult *result = dio_preview_result_new (job);
  double start = now_ms ();
  gboolean ok = build (eye, job, job->request.frame, result);
  if (ok && job->request.want_sensor)
    result->camera = find_camera (result->frame, job->request.sensor);
  if (ok)
    see_frame (eye, result);
  g_clear_pointer (&eye->shown, dio_frame_unref);
  clear_on_error (result);
  if (result->frame != NULL)
    eye->shown = dio_frame_ref (result->frame);
  result->total_ms = now_ms () - start;
  return result;
}

DioPreviewResult *
dio_preview_eye_see_tile (DioPreviewEye *eye,
                          const DioPreviewJob *job,
                          guint32 frame,
                          guint width_px)
{
  DioPreviewResult *result = dio_preview_result_new (job);
  double start = now_ms ();
  result->frame_index = frame;
  result->view = (DioPreviewView){ 0 };
  gboolean ok = build (eye, job, frame, result);
  result->camera = ok ? find_camera (result->frame, job->request.sensor) : -1;
  if (result->camera >= 0) {
    /* Nobody else has the frame yet. */
    DioCamera *camera = &g_array_index (result->frame->cameras, DioCamera, result->camera);
    double height_px = (double) width_px * camera->height_px / camera->width_px + 0.5;
    dio_camera_resize (camera, width_px, MAX ((guint) height_px, 1));
    see_frame (eye, result);
  } else if (ok) {
    g_set_error (&result->error, DIO_ERROR, DIO_ERROR_INVALID,
                 "frame %u: no sensor is visible; add or show one", frame);
  }
  clear_on_error (result);
  result->total_ms = now_ms () - start;
  return result;
}

DioPreviewHit
dio_preview_eye_cast (DioPreviewEye *eye, const DioPreviewCast *cast)
{
  DioPreviewHit hit = { 0 };
  if (eye->shown == NULL || !trace (eye, eye->shown, NULL))
    return hit;
  DioRayCast ray = { .origin_world_m = cast->origin_world_m,
                     .direction_world = cast->direction_world,
                     .without = (const char *const *) cast->without };
  DioRayCastHit found;
  if (!dio_ray_scene_cast (eye->rays, &ray, &found))
    return hit;
  hit.hit = TRUE;
  hit.point_world_m = found.point_world_m;
  hit.normal_world = found.normal_world;
  hit.leaf = found.leaf;
  return hit;
}
