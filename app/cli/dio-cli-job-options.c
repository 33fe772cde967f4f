#define G_LOG_DOMAIN "dio-cli"

#include "dio-cli-job-options.h"

#include "dio-cli-options.h"
#include "dio-engine-outputs.h"

#include <glib/gi18n-lib.h>
#include <string.h>

void
dio_cli_job_options_clear (DioCliJobOptions *options)
{
  g_free (options->output);
  g_free (options->size);
  g_free (options->channels);
  g_free (options->sensors);
  g_free (options->folder);
  g_free (options->recycle);
}

void
dio_cli_job_options_get_entries (DioCliJobOptions *options, GOptionEntry *entries)
{
  const GOptionEntry all[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options->output,
      N_ ("Folder of the new dataset; absent or empty"), N_ ("DATASET") },
    { "frames", 'n', 0, G_OPTION_ARG_INT64, &options->frames, N_ ("Number of frames (1)"), "N" },
    { "first", 0, 0, G_OPTION_ARG_INT64, &options->first, N_ ("Index of the first frame (0)"),
      "K" },
    { "seed", 's', 0, G_OPTION_ARG_INT64, &options->seed, N_ ("Seed of all random draws (0)"),
      "S" },
    { "workers", 'j', 0, G_OPTION_ARG_INT, &options->workers,
      N_ ("Worker processes (one per core)"), "W" },
    { "size", 0, 0, G_OPTION_ARG_STRING, &options->size,
      N_ ("Resolution of every sensor instead of the scenario's"), "WxH" },
    { "channels", 0, 0, G_OPTION_ARG_STRING, &options->channels,
      N_ ("What to write: rgb,depth,normal,leaf,instance,semantic"), N_ ("LIST") },
    { "sensors", 0, 0, G_OPTION_ARG_STRING, &options->sensors,
      N_ ("Ids of the sensors to render, separated by commas (all)"), N_ ("LIST") },
    { "assets", 0, 0, G_OPTION_ARG_FILENAME, &options->folder,
      N_ ("Folder that relative asset paths start from (that of the scenario)"), N_ ("FOLDER") },
    { "recycle", 0, 0, G_OPTION_ARG_STRING, &options->recycle,
      N_ ("Replace a worker that grows beyond MIB, or “never” (2048)"), "MIB" },
    { "timeout", 0, 0, G_OPTION_ARG_INT, &options->timeout_s,
      N_ ("Seconds that one frame may take (120)"), "S" },
  };
  G_STATIC_ASSERT (G_N_ELEMENTS (all) == DIO_CLI_N_JOB_OPTIONS);
  memcpy (entries, all, sizeof all);
}

/* "never" or mebibytes. */
static gboolean
parse_recycle (const char *text, gint64 *bytes)
{
  if (text == NULL)
    return TRUE;
  if (g_str_equal (text, "never")) {
    *bytes = -1;
    return TRUE;
  }
  guint64 mib;
  if (!g_ascii_string_to_unsigned (text, 10, 64, 1 << 20, &mib, NULL))
    return FALSE;
  *bytes = (gint64) mib << 20;
  return TRUE;
}

static gboolean
check_numbers (const DioCliJobOptions *options, const char *command)
{
  if (options->frames < 1 || options->first < 0 || options->first + options->frames > G_MAXUINT32)
    return dio_cli_usage_error (command,
                                _ ("--frames must be at least 1 and frame indices below 2^32"));
  if (options->seed < 0)
    return dio_cli_usage_error (command, _ ("--seed must be 0 or more"));
  if (options->workers < 0 || options->workers > 256)
    return dio_cli_usage_error (command, _ ("--workers must be between 1 and 256"));
  if (options->timeout_s < 0 || options->timeout_s > 86400)
    return dio_cli_usage_error (command, _ ("--timeout must be between 1 and 86400 seconds"));
  return TRUE;
}

gboolean
dio_cli_job_options_to_job (const DioCliJobOptions *options, const char *command, DioEngineJob *job)
{
  if (options->output == NULL)
    return dio_cli_usage_error (command, _ ("--output is missing"));
  if (!check_numbers (options, command))
    return FALSE;
  if (options->size != NULL && !dio_cli_parse_size (options->size, &job->width_px, &job->height_px))
    return dio_cli_usage_error (command, _ ("--size must look like 640x480"));
  if (!parse_recycle (options->recycle, &job->recycle_bytes))
    return dio_cli_usage_error (command, _ ("--recycle must be “never” or at least 64 (MiB)"));
  g_autoptr (GError) error = NULL;
  if (options->channels != NULL) {
    job->has_outputs = TRUE;
    if (!dio_outputs_parse (options->channels, &job->outputs, &error))
      return dio_cli_usage_error (command, "%s", error->message);
  }
  job->output = options->output;
  job->sensors = options->sensors;
  job->scenario_folder = options->folder;
  job->count = (guint64) options->frames;
  job->first = (guint64) options->first;
  job->seed = (guint64) options->seed;
  job->workers = (guint) options->workers;
  job->frame_timeout_ms = (guint) options->timeout_s * 1000;
  return TRUE;
}
