#define G_LOG_DOMAIN "dio-engine"

#include "dio-engine-frame.h"

#include "dio-annotate.h"
#include "dio-base-json.h"
#include "dio-core-error.h"
#include "dio-engine-capture.h"
#include "dio-image-codec.h"
#include "dio-stage.h"

/* A 16-bit depth file rounds by half a unit; where that is more than this, depth is written as float32 NPY. */
#define MAX_DEPTH_ERROR_M 1e-4

struct DioFrameMaker {
  DioScenario *scenario;
  DioOutputs outputs;
  int background_category;
  DioPool *pool;
  DioAssetStore *store;
  DioStage *stage;
  DioRayScene *rays;
  DioGlContext *gl_context;
  DioGlRenderer *gl;
  char *identity;
  void (*tamper) (DioFrame *frame, DioRayLabels *labels, gpointer user);
  gpointer user;
};

/** Milliseconds per stage of one capture; what `stats` and the bench report. */
typedef struct {
  double resolve, stage, draw, readback, rays, annotate, encode;
} Timings;

static double
now_ms (void)
{
  return (double) g_get_monotonic_time () / 1000.0;
}

static gboolean
open_renderers (DioFrameMaker *maker, GError **error)
{
  DioGlOptions options = dio_capture_get_gl_options ();
  maker->rays = dio_capture_new_rays (maker->pool, error);
  if (maker->rays == NULL)
    return FALSE;
  if (!maker->outputs.rgb) {
    maker->identity = g_strdup_printf ("no colour; %s", dio_ray_scene_get_identity (maker->rays));
    return TRUE;
  }
  maker->gl_context = dio_gl_context_new_headless (error);
  if (maker->gl_context == NULL)
    return FALSE;
  maker->gl = dio_gl_renderer_new (maker->gl_context, &options, error);
  if (maker->gl == NULL)
    return FALSE;
  maker->identity = g_strdup_printf ("%s; %s", dio_gl_context_get_identity (maker->gl_context),
                                     dio_ray_scene_get_identity (maker->rays));
  return TRUE;
}

DioFrameMaker *
dio_frame_maker_new (DioScenario *scenario, const DioFrameMakerDesc *desc, GError **error)
{
  g_return_val_if_fail (scenario != NULL && desc != NULL, NULL);

  g_autoptr (DioFrameMaker) maker = g_new0 (DioFrameMaker, 1);
  maker->scenario = dio_scenario_ref (scenario);
  maker->outputs = desc->outputs;
  maker->background_category = dio_scenario_find_category (scenario, scenario->background_category);
  maker->tamper = desc->tamper;
  maker->user = desc->user;
  maker->pool = dio_pool_new (desc->threads != 0 ? desc->threads : 1);
  if (desc->blobs_folder == NULL && scenario->assets->len > 0) {
    maker->store = dio_asset_store_new (NULL, NULL, error);
    if (maker->store == NULL)
      return NULL;
  }
  DioStageDesc stage = {
    .blobs_folder = desc->blobs_folder,
    .scenario_folder = desc->scenario_folder,
    .store = maker->store,
    .pool = maker->pool,
    .width_px = desc->width_px,
    .height_px = desc->height_px,
  };
  maker->stage = dio_stage_new (scenario, &stage);
  if (!open_renderers (maker, error))
    return NULL;
  return g_steal_pointer (&maker);
}

void
dio_frame_maker_free (DioFrameMaker *maker)
{
  if (maker == NULL)
    return;
  dio_gl_renderer_free (maker->gl);
  dio_gl_context_free (maker->gl_context);
  dio_ray_scene_free (maker->rays);
  dio_stage_free (maker->stage);
  dio_asset_store_free (maker->store);
  dio_pool_free (maker->pool);
  dio_scenario_unref (maker->scenario);
  g_free (maker->identity);
  g_free (maker);
}

const char *
dio_frame_maker_get_identity (const DioFrameMaker *maker)
{
  g_return_val_if_fail (maker != NULL, NULL);

  return maker->identity;
}

static void
made_file_clear (gpointer data)
{
  DioMadeFile *file = data;
  g_bytes_unref (file->bytes);
}

void
dio_made_frame_clear (DioMadeFrame *made)
{
  dio_dataset_frame_clear (&made->frame);
  g_clear_pointer (&made->files, g_array_unref);
}

static gboolean
add_file (DioMadeFrame *made, guint capture, const char *channel, DioImage *image, GError **error)
{
  DioEncodeOptions options = { .srgb = g_str_equal (channel, "rgb") };
  DioMadeFile file = { capture, channel, "png", NULL };
  file.bytes = dio_image_encode (image, DIO_IMAGE_FORMAT_PNG, &options, error);
  if (file.bytes == NULL)
    return FALSE;
  g_array_append_val (made->files, file);
  return TRUE;
}

/* JPEG as the camera wrote it, else PNG. */
static gboolean
add_rgb (DioMadeFrame *made, guint capture, const DioCapture *seen, GError **error)
{
  if (seen->jpeg == NULL)
    return add_file (made, capture, "rgb", seen->drawn.rgb, error);
  DioMadeFile file = { capture, "rgb", "jpg", g_bytes_ref (seen->jpeg) };
  g_array_append_val (made->files, file);
  return TRUE;
}

static gboolean
add_depth (DioMadeFrame *made,
           guint capture,
           const DioCamera *camera,
           const DioImage *depth_z,
           GError **error)
{
  DioDatasetCapture *row = &g_array_index (made->frame.captures, DioDatasetCapture, capture);
  g_autoptr (DioImage) depth =
      dio_annotate_depth_image (depth_z, camera->depth_unit_m, &row->clipped_px);
  if (camera->depth_unit_m / 2 <= MAX_DEPTH_ERROR_M)
    return add_file (made, capture, "depth", depth, error);
  row->clipped_px = 0;
  DioMadeFile file = { capture, "depth", "npy", dio_image_encode_npy (depth_z) };
  g_array_append_val (made->files, file);
  return TRUE;
}

/* Encodes every channel that the job writes. */
static gboolean
add_files (DioFrameMaker *maker,
           DioMadeFrame *made,
           guint capture,
           const DioFrame *frame,
           const DioCapture *seen,
           GError **error)
{
  const DioRayLabels *labels = &seen->labels;
  const DioOutputs *outputs = &maker->outputs;
  if (outputs->rgb && !add_rgb (made, capture, seen, error))
    return FALSE;
  if (outputs->leaf && !add_file (made, capture, "leaf", labels->leaf, error))
    return FALSE;
  if (outputs->depth
      && !add_depth (made, capture, &g_array_index (frame->cameras, DioCamera, capture),
                     labels->depth_z, error))
    return FALSE;
  if (outputs->normal) {
    g_autoptr (DioImage) normal = dio_annotate_normal_image (labels->normal);
    if (!add_file (made, capture, "normal", normal, error))
      return FALSE;
  }
  if (outputs->instance) {
    g_autoptr (DioImage) instance = dio_annotate_instance_image (frame, labels->leaf);
    if (!add_file (made, capture, "instance", instance, error))
      return FALSE;
  }
  if (outputs->semantic) {
    g_autoptr (DioImage) semantic =
        dio_annotate_semantic_image (frame, labels->leaf, maker->background_category);
    if (!add_file (made, capture, "semantic", semantic, error))
      return FALSE;
  }
  return TRUE;
}

/* Moves the leaf labels into rows. */
static GArray *
steal_leaves (const DioFrame *frame, DioRayLabels *labels)
{
  GArray *rows = g_array_sized_new (FALSE, TRUE, sizeof (DioDatasetLeaf), labels->leaves->len);
  for (guint i = 0; i < labels->leaves->len; i++) {
    DioLeafLabel *label = &g_array_index (labels->leaves, DioLeafLabel, i);
    const DioFrameLeaf *leaf = &g_array_index (frame->leaves, DioFrameLeaf, label->leaf - 1);
    DioDatasetLeaf row = {
      .leaf = label->leaf,
      .instance = leaf->instance,
      .name = g_strdup (leaf->name),
      .node_id = g_strdup (leaf->node_id),
      .copy = leaf->copy,
      .group = leaf->group,
      .category = leaf->category,
      .label = *label,
    };
    *label = (DioLeafLabel){ 0 };
    g_array_append_val (rows, row);
  }
  return rows;
}

static GArray *
steal_annotations (const DioFrame *frame, DioAnnotations *annotations)
{
  GArray *rows =
      g_array_sized_new (FALSE, TRUE, sizeof (DioDatasetAnnotation), annotations->annotations->len);
  for (guint i = 0; i < annotations->annotations->len; i++) {
    DioAnnotation *label = &g_array_index (annotations->annotations, DioAnnotation, i);
    const DioFrameInstance *instance =
        &g_array_index (frame->instances, DioFrameInstance, label->instance - 1);
    DioDatasetAnnotation row = {
      .name = g_strdup (instance->name),
      .node_id = g_strdup (instance->node_id),
      .copy = instance->copy,
      .label = *label,
    };
    label->visible = label->amodal = (DioRle){ 0 };
    g_array_append_val (rows, row);
  }
  return rows;
}

static char *
timings_to_json (const Timings *t)
{
  g_autoptr (json_t) json =
      json_pack ("{s:f, s:f, s:f, s:f, s:f, s:f, s:f}", "resolve", t->resolve, "stage", t->stage,
                 "draw", t->draw, "readback", t->readback, "rays", t->rays, "annotate", t->annotate,
                 "encode", t->encode);
  return json_dumps (json, JSON_COMPACT | JSON_SORT_KEYS | JSON_REAL_PRECISION (6));
}

/* Colour, labels and files of one camera. */
static gboolean
make_capture (DioFrameMaker *maker,
              DioFrame *frame,
              guint camera_index,
              Timings timings,
              DioMadeFrame *made,
              GError **error)
{
  const DioCamera *camera = &g_array_index (frame->cameras, DioCamera, camera_index);
  const DioCaptureEye eye = {
    .rays = maker->rays, .gl = maker->gl, .tamper = maker->tamper, .user = maker->user
  };
  g_auto (DioCapture) seen = { 0 };

  if (!dio_capture_see (&eye, frame, camera_index, &seen, error))
    return FALSE;
  timings.draw = seen.draw_ms;
  timings.readback = seen.readback_ms;
  timings.rays += seen.rays_ms;
  timings.annotate = seen.annotate_ms;

  DioDatasetCapture row = {
    .sensor = g_strdup (camera->id),
    .width_px = camera->width_px,
    .height_px = camera->height_px,
    .fx = camera->fx,
    .fy = camera->fy,
    .cx = camera->cx,
    .cy = camera->cy,
    .world_from_camera = camera->world_from_camera,
    .depth_unit_m = camera->depth_unit_m,
    .contested_px = seen.labels.contested_px,
    .gl_differing_px = seen.annotations.gl_differing_px,
    .gl_unexplained_px = seen.annotations.gl_unexplained_px,
    .checks_passed = seen.annotations.passed,
    .mean_luminance = seen.annotations.mean_luminance,
  };
  g_array_append_val (made->frame.captures, row);

  double start = now_ms ();
  if (!add_files (maker, made, camera_index, frame, &seen, error))
    return FALSE;
  timings.encode = now_ms () - start + seen.compress_ms;

  DioDatasetCapture *stored =
      &g_array_index (made->frame.captures, DioDatasetCapture, camera_index);
  stored->leaves = steal_leaves (frame, &seen.labels);
  stored->annotations = steal_annotations (frame, &seen.annotations);
  stored->hidden = g_steal_pointer (&seen.labels.hidden);
  stored->checks = g_steal_pointer (&seen.annotations.checks);
  stored->timings_json = timings_to_json (&timings);
  return TRUE;
}

static void
init_made (DioMadeFrame *made, guint32 index, guint32 take, DioResolved *resolved)
{
  *made = (DioMadeFrame){
    .frame = {
      .index = index,
      .take = take,
      .status = DIO_FRAME_DONE,
      .draws = g_steal_pointer (&resolved->draws),
      .diagnostics = g_steal_pointer (&resolved->diagnostics),
    },
  };
  /* The store's rows own rows of their own: the engine frees through dio_dataset_frame_clear. */
  made->frame.captures = g_array_new (FALSE, TRUE, sizeof (DioDatasetCapture));
  g_array_set_clear_func (made->frame.captures, (GDestroyNotify) dio_dataset_capture_clear);
  made->files = g_array_new (FALSE, TRUE, sizeof (DioMadeFile));
  g_array_set_clear_func (made->files, made_file_clear);
}

gboolean
dio_frame_maker_make (DioFrameMaker *maker,
                      guint64 seed,
                      guint32 index,
                      guint32 take,
                      DioMadeFrame *out,
                      GError **error)
{
  g_return_val_if_fail (maker != NULL && out != NULL, FALSE);

  Timings timings = { 0 };
  double start = now_ms ();
  g_autoptr (DioResolved) resolved = dio_resolve (maker->scenario, seed, index, take,
                                                  dio_stage_get_environment (maker->stage), error);
  if (resolved == NULL)
    return FALSE;
  timings.resolve = now_ms () - start;

  start = now_ms ();
  g_autoptr (DioFrame) frame = dio_stage_build (maker->stage, resolved, error);
  if (frame == NULL)
    return FALSE;
  timings.stage = now_ms () - start;
  if (frame->cameras->len == 0) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                 "frame %u: no sensor is visible; add or show one", index);
    return FALSE;
  }

  start = now_ms ();
  if (!dio_ray_scene_set_frame (maker->rays, frame, error))
    return FALSE;
  timings.rays = now_ms () - start;

  g_auto (DioMadeFrame) made = { 0 };
  init_made (&made, index, take, resolved);
  for (guint camera = 0; camera < frame->cameras->len; camera++) {
    if (!make_capture (maker, frame, camera, timings, &made, error))
      return FALSE;
    timings = (Timings){ 0 };
  }
  *out = made;
  made = (DioMadeFrame){ 0 };
  return TRUE;
}
