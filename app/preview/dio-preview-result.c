#define G_LOG_DOMAIN "dio-preview"

#include "dio-preview-private.h"

DioPreviewResult *
dio_preview_result_new (const DioPreviewJob *job)
{
  const DioPreviewRequest *request = &job->request;
  DioPreviewResult *result = g_new0 (DioPreviewResult, 1);
  g_atomic_ref_count_init (&result->refs);
  result->serial = job->serial;
  result->scenario = dio_scenario_ref (request->scenario);
  result->seed = request->seed;
  result->frame_index = request->frame;
  result->take = request->take;
  result->base = request->base;
  result->draft = request->draft;
  result->view = request->view;
  result->camera = -1;
  result->diagnostics = dio_diagnostics_new ();
  return result;
}

DioPreviewResult *
dio_preview_result_ref (DioPreviewResult *result)
{
  g_return_val_if_fail (result != NULL, NULL);

  g_atomic_ref_count_inc (&result->refs);
  return result;
}

void
dio_preview_result_unref (DioPreviewResult *result)
{
  if (result == NULL || !g_atomic_ref_count_dec (&result->refs))
    return;
  dio_scenario_unref (result->scenario);
  g_clear_error (&result->error);
  dio_diagnostics_free (result->diagnostics);
  dio_resolved_free (result->resolved);
  dio_frame_unref (result->frame);
  dio_image_unref (result->view_rgb);
  dio_image_unref (result->view_leaf);
  dio_image_unref (result->view_depth_z);
  dio_image_unref (result->view_normal);
  dio_image_unref (result->rgb);
  dio_ray_labels_clear (&result->labels);
  dio_annotations_clear (&result->annotations);
  g_free (result);
}
