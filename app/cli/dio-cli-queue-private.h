#pragma once
/* Thread: main. The words of `queue` that print. */

#include "dio-catalog.h"

/** A table for people, or an array of objects. */
void dio_cli_queue_print_jobs (const GPtrArray *jobs, gboolean json);
/** Everything about one job with its log (of DioCatalogLogRow). */
void dio_cli_queue_print_job (const DioCatalogJob *job, const GPtrArray *log, gboolean json);
