#define G_LOG_DOMAIN "dio-cli"

#include "dio-cli-command.h"
#include "dio-cli-job.h"
#include "dio-cli-options.h"

#include <glib/gi18n-lib.h>

int
dio_cli_resume (int argc, char **argv)
{
  g_autofree char *progress_option = NULL;
  int workers = 0;
  const GOptionEntry entries[] = {
    { "workers", 'j', 0, G_OPTION_ARG_INT, &workers, N_ ("Worker processes (one per core)"), "W" },
    DIO_CLI_PROGRESS_ENTRY (&progress_option),
    G_OPTION_ENTRY_NULL,
  };
  char *folder = NULL;
  if (!dio_cli_parse (argc, argv, entries, 1, &folder))
    return DIO_EXIT_USAGE;
  if (workers < 0 || workers > 256)
    return dio_cli_usage_error ("resume", _ ("--workers must be between 1 and 256")),
           DIO_EXIT_USAGE;
  g_autoptr (DioCliProgress) progress = dio_cli_progress_new (progress_option);
  if (progress == NULL)
    return dio_cli_usage_error ("resume", _ ("--progress must be bar, json or none")),
           DIO_EXIT_USAGE;

  DioEngineObserver observer = dio_cli_job_observer (progress);
  DioEngineOutcome outcome = DIO_ENGINE_PARTLY;
  g_autoptr (GError) error = NULL;
  gboolean ran = dio_engine_resume (folder, (guint) workers, &observer, &outcome, &error);
  g_clear_pointer (&progress, dio_cli_progress_free);
  return dio_cli_job_finish ("resume", folder, ran, outcome, error);
}
