#define G_LOG_DOMAIN "dio-catalog"

#include "dio-catalog-types.h"

static const char *const state_names[] = {
  "queued", "running", "pausing", "paused", "cancelling", "cancelled", "done", "partly", "failed",
};
G_STATIC_ASSERT (G_N_ELEMENTS (state_names) == DIO_JOB_N_STATES);

const char *
dio_job_state_to_name (DioJobState state)
{
  g_return_val_if_fail (state < DIO_JOB_N_STATES, "");

  return state_names[state];
}

gboolean
dio_job_state_from_name (const char *name, DioJobState *state)
{
  g_return_val_if_fail (name && state, FALSE);

  for (guint i = 0; i < DIO_JOB_N_STATES; i++)
    if (g_str_equal (state_names[i], name)) {
      *state = (DioJobState) i;
      return TRUE;
    }
  return FALSE;
}

gboolean
dio_job_state_is_active (DioJobState state)
{
  return state == DIO_JOB_RUNNING || state == DIO_JOB_PAUSING || state == DIO_JOB_CANCELLING;
}

gboolean
dio_job_state_allows (DioJobState state, DioJobRequest request)
{
  switch (state) {
  case DIO_JOB_QUEUED:
  case DIO_JOB_RUNNING:
    return request == DIO_JOB_REQUEST_PAUSE || request == DIO_JOB_REQUEST_CANCEL;
  case DIO_JOB_PAUSING:
  case DIO_JOB_PAUSED:
    return request == DIO_JOB_REQUEST_RUN || request == DIO_JOB_REQUEST_CANCEL;
  case DIO_JOB_CANCELLING:
  case DIO_JOB_CANCELLED:
  case DIO_JOB_PARTLY:
  case DIO_JOB_FAILED:
    return request == DIO_JOB_REQUEST_RUN;
  case DIO_JOB_DONE:
  case DIO_JOB_N_STATES:
  default:
    return FALSE;
  }
}

void
dio_job_progress_clear (DioJobProgress *progress)
{
  if (!progress)
    return;
  g_free (progress->phase);
  *progress = (DioJobProgress){ .newest_frame = -1 };
}

static void
spec_clear (DioJobSpec *spec)
{
  g_free (spec->name);
  g_free (spec->scenario);
  g_free (spec->scenario_path);
  g_free (spec->scenario_folder);
  g_free (spec->output);
  g_free (spec->channels);
  g_free (spec->sensors);
}

void
dio_catalog_job_free (DioCatalogJob *job)
{
  if (!job)
    return;
  spec_clear (&job->spec);
  dio_job_progress_clear (&job->progress);
  g_free (job->message);
  g_free (job->boot);
  g_free (job);
}

void
dio_catalog_log_row_free (DioCatalogLogRow *row)
{
  if (!row)
    return;
  g_free (row->code);
  g_free (row->message);
  g_free (row);
}

void
dio_catalog_dataset_free (DioCatalogDataset *dataset)
{
  if (!dataset)
    return;
  g_free (dataset->folder);
  g_free (dataset->name);
  g_free (dataset);
}
