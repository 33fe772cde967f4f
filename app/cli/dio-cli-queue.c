#define G_LOG_DOMAIN "dio-cli"

/* `queue`: one word for each thing that can be done with jobs. */

#include "dio-catalog.h"
#include "dio-cli-command.h"
#include "dio-cli-job-options.h"
#include "dio-cli-options.h"
#include "dio-cli-queue-private.h"
#include "dio-queue.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* How long a queue without work stays, so that a script that adds job after job does not start one each time. */
#define IDLE_EXIT_S 5.0

#define CATALOG_ENTRY(variable)                                                                    \
  {                                                                                                \
    "catalog", 0, 0, G_OPTION_ARG_FILENAME, variable,                                              \
        N_ ("Catalog of jobs instead of the user's"), N_ ("FILE")                                  \
  }
#define JSON_ENTRY(variable)                                                                       \
  {                                                                                                \
    "json", 0, 0, G_OPTION_ARG_NONE, variable, N_ ("Print JSON"), NULL                             \
  }

static int run_add (int argc, char **argv);
static int run_list (int argc, char **argv);
static int run_show (int argc, char **argv);
static int run_pause (int argc, char **argv);
static int run_resume (int argc, char **argv);
static int run_cancel (int argc, char **argv);
static int run_retry (int argc, char **argv);
static int run_remove (int argc, char **argv);
static int run_move (int argc, char **argv);
static int run_find (int argc, char **argv);
static int run_run (int argc, char **argv);

static const DioCliCommand words[] = {
  { "queue add", "SCENARIO", N_ ("Add a job; it runs in the background when its turn comes"),
    run_add, FALSE },
  { "queue list", "", N_ ("List all jobs"), run_list, FALSE },
  { "queue show", "JOB", N_ ("Show one job with its log"), run_show, FALSE },
  { "queue pause", "JOB", N_ ("Let a job wait; frames in flight are finished"), run_pause, FALSE },
  { "queue resume", "JOB", N_ ("Let a paused job go on"), run_resume, FALSE },
  { "queue cancel", "JOB", N_ ("Stop a job; its frames are kept"), run_cancel, FALSE },
  { "queue retry", "JOB", N_ ("Run a job again that failed, was cancelled or has failed frames"),
    run_retry, FALSE },
  { "queue remove", "JOB", N_ ("Forget a job; its dataset is kept"), run_remove, FALSE },
  { "queue move", "JOB", N_ ("Change the turn of a job"), run_move, FALSE },
  { "queue find", "FOLDER", N_ ("Put the datasets of a folder into the catalog again"), run_find,
    FALSE },
  { "queue run", "", N_ ("Work on the jobs until none waits; started by the other words"), run_run,
    FALSE },
};

static const DioCliCommand *
find_word (const char *word)
{
  for (guint i = 0; word && i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i].name + strlen ("queue "), word))
      return &words[i];
  return NULL;
}

static void
print_words (void)
{
  g_print ("%s\n\n", _ ("Usage: diorama-engine queue WORD [OPTION…] [ARGUMENT…]"));
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    g_print ("  %-8s %-10s %s\n", words[i].name + strlen ("queue "), words[i].arguments,
             _ (words[i].summary));
  g_print ("\n%s\n", _ ("`diorama-engine queue WORD --help` shows the options of a word."));
}

int
dio_cli_queue (int argc, char **argv)
{
  const char *word = argc > 1 ? argv[1] : NULL;
  const DioCliCommand *command = find_word (word);

  if (command)
    return command->run (argc - 1, argv + 1);
  if (word && (g_str_equal (word, "--help") || g_str_equal (word, "-h"))) {
    print_words ();
    return DIO_EXIT_DONE;
  }
  if (word)
    dio_cli_usage_error ("queue", _ ("there is no word “%s”"), word);
  else
    dio_cli_usage_error ("queue", _ ("a word is missing: add, list, show, …"));
  return DIO_EXIT_USAGE;
}

/* -- What the words share ------------------------------------------------------------------------------------- */

static DioCatalog *
open_catalog (const char *path, GError **error)
{
  g_autofree char *notice = NULL;
  g_autofree char *absolute = path ? g_canonicalize_filename (path, NULL) : NULL;
  DioCatalog *catalog = dio_catalog_open (absolute, &notice, error);

  if (notice)
    g_printerr ("%s\n", notice);
  return catalog;
}

static gboolean
start_queue (DioCatalog *catalog, GError **error)
{
  g_autofree char *engine = g_file_read_link ("/proc/self/exe", error);

  return engine && dio_queue_ensure_running (engine, dio_catalog_get_path (catalog), error);
}

/** A word that has a job as its argument: its options, then what is done. */
typedef struct {
  const char *word;
  char *catalog_path;
  gboolean json;
  gint64 id;
  DioCatalog *catalog;
} JobCall;

static void
job_call_clear (JobCall *call)
{
  g_free (call->catalog_path);
  dio_catalog_close (call->catalog);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JobCall, job_call_clear)

/* -1 where all is well, else the exit code. */
static int
open_call (JobCall *call, int argc, char **argv, const GOptionEntry *extra)
{
  const GOptionEntry none = G_OPTION_ENTRY_NULL;
  const GOptionEntry entries[] = { CATALOG_ENTRY (&call->catalog_path), JSON_ENTRY (&call->json),
                                   extra ? extra[0] : none, extra ? extra[1] : none,
                                   G_OPTION_ENTRY_NULL };
  const DioCliCommand *command = find_word (call->word);
  g_autoptr (GError) error = NULL;
  char *text = NULL;
  guint64 id = 0;
  guint n_arguments = command->arguments[0] != '\0' ? 1 : 0;

  if (!dio_cli_parse_command (command, argc, argv, entries, n_arguments, &text))
    return DIO_EXIT_USAGE;
  if (text && !g_ascii_string_to_unsigned (text, 10, 1, G_MAXINT64, &id, NULL))
    return dio_cli_usage_error (command->name, _ ("JOB is a number; `queue list` shows it")),
           DIO_EXIT_USAGE;
  call->id = (gint64) id;
  call->catalog = open_catalog (call->catalog_path, &error);
  return call->catalog ? -1 : dio_cli_fail (command->name, error);
}

/* -- The words ------------------------------------------------------------------------------------------------- */

/* Strings of @job that the spec needs absolute or as text; freed with the rest. */
typedef struct {
  char *text, *path, *folder, *output;
} SpecTexts;

static void
spec_texts_clear (SpecTexts *texts)
{
  g_free (texts->text);
  g_free (texts->path);
  g_free (texts->folder);
  g_free (texts->output);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SpecTexts, spec_texts_clear)

static gboolean
fill_spec (const char *scenario_path,
           const DioEngineJob *job,
           SpecTexts *texts,
           DioJobSpec *spec,
           GError **error)
{
  g_autoptr (DioScenario) scenario = dio_scenario_load (scenario_path, NULL, error);

  if (!scenario)
    return FALSE;
  texts->text = dio_scenario_to_text (scenario);
  texts->path = g_canonicalize_filename (scenario_path, NULL);
  texts->folder = job->scenario_folder ? g_canonicalize_filename (job->scenario_folder, NULL)
                                       : g_path_get_dirname (texts->path);
  texts->output = g_canonicalize_filename (job->output, NULL);
  spec->scenario = texts->text;
  spec->scenario_path = texts->path;
  spec->scenario_folder = texts->folder;
  spec->output = texts->output;
  spec->sensors = (char *) job->sensors;
  spec->seed = job->seed;
  spec->first = job->first;
  spec->count = job->count;
  spec->width_px = job->width_px;
  spec->height_px = job->height_px;
  spec->workers = job->workers;
  spec->frame_timeout_ms = job->frame_timeout_ms;
  spec->recycle_bytes = job->recycle_bytes;
  return TRUE;
}

static int
add_job (const char *catalog_path, const DioJobSpec *spec, gboolean start)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioCatalog) catalog = open_catalog (catalog_path, &error);
  gint64 id = catalog ? dio_catalog_add_job (catalog, spec, &error) : 0;

  if (id == 0)
    return dio_cli_fail ("queue add", error);
  g_print ("%" G_GINT64_FORMAT "\n", id);
  if (start && !start_queue (catalog, &error))
    return dio_cli_fail ("queue add", error);
  return DIO_EXIT_DONE;
}

static int
run_add (int argc, char **argv)
{
  g_auto (DioCliJobOptions) options = DIO_CLI_JOB_OPTIONS_INIT;
  g_auto (SpecTexts) texts = { 0 };
  g_autofree char *catalog_path = NULL, *name = NULL;
  gboolean no_start = FALSE;
  DioJobSpec spec = { 0 };
  GOptionEntry entries[DIO_CLI_N_JOB_OPTIONS + 5] = {
    [DIO_CLI_N_JOB_OPTIONS] = CATALOG_ENTRY (&catalog_path),
    { "name", 0, 0, G_OPTION_ARG_STRING, &name, N_ ("Name of the job (that of the scenario)"),
      N_ ("NAME") },
    { "priority", 0, 0, G_OPTION_ARG_INT, &spec.priority, N_ ("Higher comes first (0)"), "P" },
    { "no-start", 0, 0, G_OPTION_ARG_NONE, &no_start, N_ ("Only add it; do not start the queue"),
      NULL },
  };
  char *scenario = NULL;
  DioEngineJob job = { 0 };
  g_autoptr (GError) error = NULL;

  dio_cli_job_options_get_entries (&options, entries);
  if (!dio_cli_parse_command (find_word ("add"), argc, argv, entries, 1, &scenario)
      || !dio_cli_job_options_to_job (&options, "queue add", &job))
    return DIO_EXIT_USAGE;
  if (!fill_spec (scenario, &job, &texts, &spec, &error))
    return dio_cli_fail ("queue add", error);
  spec.name = name;
  spec.channels = options.channels;
  return add_job (catalog_path, &spec, !no_start);
}

static gboolean
any_is_active (const GPtrArray *jobs)
{
  for (guint i = 0; i < jobs->len; i++)
    if (dio_job_state_is_active (((const DioCatalogJob *) jobs->pdata[i])->state))
      return TRUE;
  return FALSE;
}

static int
run_list (int argc, char **argv)
{
  g_auto (JobCall) call = { .word = "list" };
  g_autoptr (GError) error = NULL;
  int code = open_call (&call, argc, argv, NULL);

  if (code >= 0)
    return code;
  g_autoptr (GPtrArray) jobs = dio_catalog_list_jobs (call.catalog, &error);
  if (!jobs)
    return dio_cli_fail ("queue list", error);
  dio_cli_queue_print_jobs (jobs, call.json);
  /* A queue that was killed could not say so. */
  if (any_is_active (jobs) && !dio_queue_is_running (dio_catalog_get_path (call.catalog)))
    g_printerr ("%s\n", _ ("The queue was interrupted; `diorama-engine queue run` goes on."));
  return DIO_EXIT_DONE;
}

static int
run_show (int argc, char **argv)
{
  g_auto (JobCall) call = { .word = "show" };
  g_autoptr (GError) error = NULL;
  int code = open_call (&call, argc, argv, NULL);

  if (code >= 0)
    return code;
  g_autoptr (DioCatalogJob) job = dio_catalog_get_job (call.catalog, call.id, &error);
  g_autoptr (GPtrArray) log =
      job ? dio_catalog_list_log (call.catalog, call.id, 0, 0, &error) : NULL;
  if (!log)
    return dio_cli_fail ("queue show", error);
  dio_cli_queue_print_job (job, log, call.json);
  return DIO_EXIT_DONE;
}

static int
request (const char *word, DioJobRequest what, int argc, char **argv)
{
  g_auto (JobCall) call = { .word = word };
  g_autoptr (GError) error = NULL;
  int code = open_call (&call, argc, argv, NULL);

  if (code >= 0)
    return code;
  /* The queue is needed for a wish as well: it may have been killed with the job at work. */
  if (!dio_catalog_request (call.catalog, call.id, what, &error)
      || !start_queue (call.catalog, &error))
    return dio_cli_fail (find_word (word)->name, error);
  return DIO_EXIT_DONE;
}

static int
run_pause (int argc, char **argv)
{
  return request ("pause", DIO_JOB_REQUEST_PAUSE, argc, argv);
}

static int
run_resume (int argc, char **argv)
{
  return request ("resume", DIO_JOB_REQUEST_RUN, argc, argv);
}

static int
run_cancel (int argc, char **argv)
{
  return request ("cancel", DIO_JOB_REQUEST_CANCEL, argc, argv);
}

static int
run_retry (int argc, char **argv)
{
  return request ("retry", DIO_JOB_REQUEST_RUN, argc, argv);
}

static int
run_remove (int argc, char **argv)
{
  g_auto (JobCall) call = { .word = "remove" };
  g_autoptr (GError) error = NULL;
  int code = open_call (&call, argc, argv, NULL);

  if (code >= 0)
    return code;
  if (!dio_catalog_remove_job (call.catalog, call.id, &error))
    return dio_cli_fail ("queue remove", error);
  return DIO_EXIT_DONE;
}

static int
run_move (int argc, char **argv)
{
  g_auto (JobCall) call = { .word = "move" };
  g_autofree char *priority = NULL;
  gint64 before = -1, value = 0;
  const GOptionEntry extra[] = {
    { "before", 0, 0, G_OPTION_ARG_INT64, &before,
      N_ ("Directly before that job, in its priority; 0 = behind all of its own"), N_ ("JOB") },
    { "priority", 0, 0, G_OPTION_ARG_STRING, &priority, N_ ("Higher comes first"), "P" },
  };
  g_autoptr (GError) error = NULL;
  int code = open_call (&call, argc, argv, extra);

  if (code >= 0)
    return code;
  if (priority ? before >= 0 || !g_ascii_string_to_signed (priority, 10, -1000, 1000, &value, NULL)
               : before < 0)
    return dio_cli_usage_error ("queue move", _ ("either --before or --priority is needed")),
           DIO_EXIT_USAGE;
  gboolean ok = priority ? dio_catalog_set_priority (call.catalog, call.id, (int) value, &error)
                         : dio_catalog_move_job (call.catalog, call.id, before, &error);
  return ok ? DIO_EXIT_DONE : dio_cli_fail ("queue move", error);
}

static int
run_find (int argc, char **argv)
{
  g_autofree char *catalog_path = NULL;
  const GOptionEntry entries[] = { CATALOG_ENTRY (&catalog_path), G_OPTION_ENTRY_NULL };
  char *folder = NULL;
  guint found = 0;
  g_autoptr (GError) error = NULL;

  if (!dio_cli_parse_command (find_word ("find"), argc, argv, entries, 1, &folder))
    return DIO_EXIT_USAGE;
  const char *folders[] = { folder, NULL };
  g_autoptr (DioCatalog) catalog = open_catalog (catalog_path, &error);
  if (!catalog || !dio_catalog_rebuild (catalog, folders, &found, &error))
    return dio_cli_fail ("queue find", error);
  g_print (_ ("%u datasets\n"), found);
  return DIO_EXIT_DONE;
}

static int
run_run (int argc, char **argv)
{
  g_autofree char *catalog_path = NULL;
  double idle_exit_s = IDLE_EXIT_S;
  int jobs_at_once = 1;
  const GOptionEntry entries[] = {
    CATALOG_ENTRY (&catalog_path),
    { "jobs", 0, 0, G_OPTION_ARG_INT, &jobs_at_once, N_ ("Jobs at the same time (1)"), "N" },
    { "idle-exit", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_DOUBLE, &idle_exit_s, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  gboolean ran = FALSE;
  g_autoptr (GError) error = NULL;

  if (!dio_cli_parse_command (find_word ("run"), argc, argv, entries, 0, NULL))
    return DIO_EXIT_USAGE;
  if (jobs_at_once < 1 || jobs_at_once > 64)
    return dio_cli_usage_error ("queue run", _ ("--jobs must be between 1 and 64")), DIO_EXIT_USAGE;
  g_autofree char *engine = g_file_read_link ("/proc/self/exe", &error);
  DioQueueDesc desc = { .engine_path = engine,
                        .catalog_path = catalog_path,
                        .jobs_at_once = (guint) jobs_at_once,
                        .idle_exit_s = idle_exit_s };
  if (!engine || !dio_queue_run (&desc, &ran, &error))
    return dio_cli_fail ("queue run", error);
  if (!ran)
    g_printerr ("%s\n", _ ("Another queue works on this catalog."));
  return DIO_EXIT_DONE;
}
