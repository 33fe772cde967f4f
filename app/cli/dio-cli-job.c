#define G_LOG_DOMAIN "dio-cli"

#include "dio-cli-job.h"

#include "dio-cli-command.h"
#include "dio-cli-options.h"

#include <glib/gi18n-lib.h>

static void
progress_cb (const DioEngineProgress *engine, gpointer user)
{
  DioProgressStage stages[DIO_ENGINE_MAX_STAGES];
  for (guint i = 0; i < engine->n_stages; i++)
    stages[i] = (DioProgressStage){ engine->stages[i].name, engine->stages[i].seconds };
  DioProgressState state = {
    .state = engine->state,
    .done = engine->done,
    .failed = engine->failed,
    .total = engine->total,
    .frames_per_s = engine->frames_per_s,
    .seconds_left = engine->seconds_left,
    .workers = engine->workers_alive,
    .restarts = engine->restarts,
    .newest_frame = engine->newest_frame,
    .stages = stages,
    .n_stages = engine->n_stages,
  };
  dio_cli_progress_update (user, &state);
}

static void
event_cb (const char *code, const char *message, gpointer user)
{
  dio_cli_progress_event (user, code, message);
}

DioEngineObserver
dio_cli_job_observer (DioCliProgress *progress)
{
  return (DioEngineObserver){ progress_cb, event_cb, progress };
}

int
dio_cli_job_finish (const char *command,
                    const char *dataset,
                    gboolean ran,
                    DioEngineOutcome outcome,
                    const GError *error)
{
  if (!ran)
    return dio_cli_fail (command, error);
  if (outcome == DIO_ENGINE_PARTLY) {
    g_printerr (_ ("%s: partly done; `diorama-engine resume %s` continues\n"), dataset, dataset);
    return DIO_EXIT_PARTLY;
  }
  return DIO_EXIT_DONE;
}
