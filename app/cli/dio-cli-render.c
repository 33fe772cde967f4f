#define G_LOG_DOMAIN "dio-cli"

#include "dio-cli-command.h"
#include "dio-cli-job-options.h"
#include "dio-cli-job.h"
#include "dio-cli-options.h"

#include <glib/gi18n-lib.h>

int
dio_cli_render (int argc, char **argv)
{
  g_auto (DioCliJobOptions) options = DIO_CLI_JOB_OPTIONS_INIT;
  g_autofree char *progress_option = NULL;
  GOptionEntry entries[DIO_CLI_N_JOB_OPTIONS + 2] = {
    [DIO_CLI_N_JOB_OPTIONS] = DIO_CLI_PROGRESS_ENTRY (&progress_option),
  };
  dio_cli_job_options_get_entries (&options, entries);
  char *scenario = NULL;
  DioEngineJob job = { 0 };
  if (!dio_cli_parse (argc, argv, entries, 1, &scenario)
      || !dio_cli_job_options_to_job (&options, "render", &job))
    return DIO_EXIT_USAGE;
  g_autoptr (DioCliProgress) progress = dio_cli_progress_new (progress_option);
  if (progress == NULL)
    return dio_cli_usage_error ("render", _ ("--progress must be bar, json or none")),
           DIO_EXIT_USAGE;

  job.scenario_path = scenario;
  DioEngineObserver observer = dio_cli_job_observer (progress);
  DioEngineOutcome outcome = DIO_ENGINE_PARTLY;
  g_autoptr (GError) error = NULL;
  gboolean ran = dio_engine_render (&job, &observer, &outcome, &error);
  g_clear_pointer (&progress, dio_cli_progress_free);
  return dio_cli_job_finish ("render", options.output, ran, outcome, error);
}
