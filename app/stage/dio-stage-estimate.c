#define G_LOG_DOMAIN "dio-stage"

#include "dio-stage-private.h"

#include "dio-core-error.h"

/* Enough rays that one hidden ray in a hundred shows, few enough that a redraw costs about a millisecond. */
#define ESTIMATE_RAYS 1024

gboolean
dio_stage_resolve_bounds (gpointer user, const DioNode *node, DioBox3 *out, GError **error)
{
  DioStage *stage = user;
  const DioStageModel *model = dio_stage_get_model (stage, &node->model, error);
  if (model == NULL)
    return FALSE;
  *out = model->model->bounds;
  return TRUE;
}

int
dio_stage_find_camera (const DioFrame *frame, const char *sensor)
{
  for (guint i = 0; i < frame->cameras->len; i++)
    if (g_str_equal (g_array_index (frame->cameras, DioCamera, i).id, sensor))
      return (int) i;
  return -1;
}

guint
dio_stage_find_instance (const DioFrame *frame, const char *node_id)
{
  for (guint i = 0; i < frame->instances->len; i++) {
    const DioFrameInstance *instance = &g_array_index (frame->instances, DioFrameInstance, i);
    if (instance->copy == 0 && g_str_equal (instance->node_id, node_id))
      return i + 1;
  }
  return 0;
}

DioFrame *
dio_stage_open_rays (DioStage *stage, const DioResolved *resolved, GError **error)
{
  if (stage->pool == NULL) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_UNSUPPORTED, "no threads were given for estimates");
    return NULL;
  }
  g_autoptr (DioFrame) frame = dio_stage_build (stage, resolved, error);
  if (frame == NULL)
    return NULL;
  if (stage->ray_scene == NULL)
    stage->ray_scene = dio_ray_scene_new (stage->pool, 0, error);
  if (stage->ray_scene == NULL || !dio_ray_scene_set_frame (stage->ray_scene, frame, error))
    return NULL;
  return g_steal_pointer (&frame);
}

gboolean
dio_stage_resolve_estimate (gpointer user,
                            const DioResolved *resolved,
                            const char *sensor,
                            const char *target,
                            double *visibility,
                            double *width_px,
                            double *height_px,
                            GError **error)
{
  DioStage *stage = user;
  *visibility = *width_px = *height_px = 0;
  g_autoptr (DioFrame) frame = dio_stage_open_rays (stage, resolved, error);
  if (frame == NULL)
    return FALSE;
  int camera = dio_stage_find_camera (frame, sensor);
  guint instance = dio_stage_find_instance (frame, target);
  /* A hidden target or a switched-off sensor sees nothing: that is an answer, not an error. */
  if (camera < 0 || instance == 0)
    return TRUE;
  DioVisibilityEstimate estimate;
  if (!dio_ray_scene_estimate (stage->ray_scene, (guint) camera, instance, ESTIMATE_RAYS, &estimate,
                               error))
    return FALSE;
  *visibility = estimate.visibility;
  *width_px = estimate.width_px;
  *height_px = estimate.height_px;
  return TRUE;
}
