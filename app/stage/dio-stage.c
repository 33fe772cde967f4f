#define G_LOG_DOMAIN "dio-stage"

#include "dio-stage-private.h"

DioStage *
dio_stage_new (DioScenario *scenario, const DioStageDesc *desc)
{
  g_return_val_if_fail (scenario != NULL && desc != NULL, NULL);

  DioStage *stage = g_new0 (DioStage, 1);
  stage->scenario = dio_scenario_ref (scenario);
  stage->blobs_folder = g_strdup (desc->blobs_folder);
  stage->scenario_folder = g_strdup (desc->scenario_folder != NULL ? desc->scenario_folder : ".");
  stage->store = desc->store;
  stage->pool = desc->pool;
  stage->parametric_limit = desc->parametric_cache != 0 ? desc->parametric_cache : 256;
  stage->width_px = desc->width_px;
  stage->height_px = desc->height_px;
  stage->resolve_environment = (DioResolveEnvironment){
    .user = stage,
    .get_bounds = dio_stage_resolve_bounds,
    .estimate = dio_stage_resolve_estimate,
    .look = dio_stage_resolve_look,
    .look_past = dio_stage_resolve_look_past,
  };
  dio_stage_library_init (stage);
  return stage;
}

void
dio_stage_free (DioStage *stage)
{
  if (stage == NULL)
    return;
  dio_stage_look_clear (stage);
  dio_ray_scene_free (stage->ray_scene);
  dio_stage_library_clear (stage);
  dio_scenario_unref (stage->scenario);
  g_free (stage->blobs_folder);
  g_free (stage->scenario_folder);
  g_free (stage);
}

void
dio_stage_set_scenario (DioStage *stage, DioScenario *scenario)
{
  g_return_if_fail (stage != NULL && scenario != NULL);

  dio_stage_library_forget (stage, scenario);
  dio_scenario_ref (scenario);
  dio_scenario_unref (stage->scenario);
  stage->scenario = scenario;
}

const DioResolveEnvironment *
dio_stage_get_environment (DioStage *stage)
{
  g_return_val_if_fail (stage != NULL, NULL);

  return &stage->resolve_environment;
}

DioFrame *
dio_stage_build (DioStage *stage, const DioResolved *resolved, GError **error)
{
  g_return_val_if_fail (stage != NULL && resolved != NULL, NULL);

  stage->clock++;
  dio_stage_find_sun (stage, resolved);
  g_autoptr (DioFrame) frame = dio_frame_new ();
  if (!dio_stage_add_objects (stage, resolved, frame, error)
      || !dio_stage_add_lights (stage, resolved, frame, error)
      || !dio_stage_add_cameras (stage, resolved, frame, error))
    return NULL;
  return g_steal_pointer (&frame);
}
