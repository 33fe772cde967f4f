#define G_LOG_DOMAIN "dio-cli"

#include "dio-cli-command.h"

#include "dio-assets.h"
#include "dio-engine.h"

#include <glib/gi18n-lib.h>

/* The import child wants the program's whole argv, of which a command gets all but the first. */
static int
import_child (int argc, char **argv)
{
  return dio_assets_import_child_main (argc + 1, argv - 1);
}

static const DioCliCommand commands[] = {
  { "render", "SCENARIO", N_ ("Render a batch of frames of a scenario into a new dataset"),
    dio_cli_render, FALSE },
  { "resume", "DATASET", N_ ("Continue a dataset that was interrupted or has failed frames"),
    dio_cli_resume, FALSE },
  { "verify", "DATASET", N_ ("Check every file and label of a dataset against each other"),
    dio_cli_verify, FALSE },
  { "digest", "DATASET",
    N_ ("Print one hash over everything in a dataset that must be reproducible"), dio_cli_digest,
    FALSE },
  { "stats", "DATASET", N_ ("Print what a dataset holds: categories, sizes, visibility, checks"),
    dio_cli_stats, FALSE },
  { "export", "DATASET", N_ ("Write a dataset in a format that training code reads"),
    dio_cli_export, FALSE },
  { "formats", "", N_ ("List the export formats"), dio_cli_formats, FALSE },
  { "review", "DATASET",
    N_ ("List, accept or reject pictures and objects, and report what was decided"), dio_cli_review,
    FALSE },
  { "sheet", "DATASET", N_ ("Write a contact sheet with drawn labels"), dio_cli_sheet, FALSE },
  { "import", "FILE",
    N_ ("Import one asset into the cache and say what it is and what is wrong with it"),
    dio_cli_import, FALSE },
  { "queue", "WORD", N_ ("Hand jobs to the background and look after them: add, list, show, …"),
    dio_cli_queue, FALSE },
  { "help", "[COMMAND]", N_ ("Show this list, or the options of a command"), dio_cli_help, FALSE },
  { "worker", "", "", dio_engine_worker_main, TRUE },
  { "import-child", "", "", import_child, TRUE },
};

const DioCliCommand *
dio_cli_get_commands (guint *n)
{
  *n = G_N_ELEMENTS (commands);
  return commands;
}

const DioCliCommand *
dio_cli_find_command (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].name, name))
      return &commands[i];
  return NULL;
}
