#pragma once
/* Thread: main. What render and resume share: watching the engine and turning its outcome into an exit code. */

#include "dio-cli-progress.h"
#include "dio-engine.h"

G_BEGIN_DECLS

/** An observer that feeds @progress, which outlives it. */
DioEngineObserver dio_cli_job_observer (DioCliProgress *progress);
/** Prints the closing line and returns the exit code. */
int dio_cli_job_finish (const char *command,
                        const char *dataset,
                        gboolean ran,
                        DioEngineOutcome outcome,
                        const GError *error);

G_END_DECLS
