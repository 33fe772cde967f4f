#pragma once
/* Thread: main. The options that say what a job is: those of `render` and of `queue add`. */

#include "dio-engine.h"

G_BEGIN_DECLS

/** As given on the command line; initialize with DIO_CLI_JOB_OPTIONS_INIT. */
typedef struct {
  char *output, *size, *channels, *sensors, *folder, *recycle;
  gint64 frames, first, seed;
  int workers, timeout_s;
} DioCliJobOptions;

#define DIO_CLI_JOB_OPTIONS_INIT                                                                   \
  {                                                                                                \
    .frames = 1                                                                                    \
  }
#define DIO_CLI_N_JOB_OPTIONS 11

/** Writes the DIO_CLI_N_JOB_OPTIONS entries that fill @options. */
void dio_cli_job_options_get_entries (DioCliJobOptions *options, GOptionEntry *entries);
/** Checks them and fills @job, which borrows their strings; says what is wrong with them and returns FALSE. */
gboolean dio_cli_job_options_to_job (const DioCliJobOptions *options,
                                     const char *command,
                                     DioEngineJob *job);
void dio_cli_job_options_clear (DioCliJobOptions *options);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DioCliJobOptions, dio_cli_job_options_clear)

G_END_DECLS
