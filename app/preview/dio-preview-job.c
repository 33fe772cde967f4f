#define G_LOG_DOMAIN "dio-preview"

#include "dio-preview-private.h"

DioPreviewJob *
dio_preview_job_new (guint64 serial, const DioPreviewRequest *request)
{
  DioPreviewJob *job = g_new0 (DioPreviewJob, 1);
  job->serial = serial;
  job->request = *request;
  job->request.scenario = dio_scenario_ref (request->scenario);
  job->request.scenario_folder = g_strdup (request->scenario_folder);
  job->request.sensor = g_strdup (request->sensor);
  return job;
}

void
dio_preview_job_free (DioPreviewJob *job)
{
  if (job == NULL)
    return;
  dio_scenario_unref (job->request.scenario);
  g_free ((char *) job->request.scenario_folder);
  g_free ((char *) job->request.sensor);
  g_free (job);
}

void
dio_preview_cast_free (DioPreviewCast *cast)
{
  if (cast == NULL)
    return;
  g_strfreev (cast->without);
  g_free (cast);
}
