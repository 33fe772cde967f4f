/* The engine with the fake frame maker behind the commands that the tests drive: the same words as
 * diorama-engine, events as lines "event CODE MESSAGE" on standard error. */
#define G_LOG_DOMAIN "fake-engine"

#include "dio-dataset-digest.h"
#include "dio-engine.h"

#include <stdlib.h>
#include <string.h>

static char *output, *progress_mode;
static gint64 frames = 1, first, seed, recycle_mib;
static int workers, timeout_s;

static const GOptionEntry entries[] = {
  { "output", 0, 0, G_OPTION_ARG_FILENAME, &output, NULL, NULL },
  { "frames", 0, 0, G_OPTION_ARG_INT64, &frames, NULL, NULL },
  { "first", 0, 0, G_OPTION_ARG_INT64, &first, NULL, NULL },
  { "seed", 0, 0, G_OPTION_ARG_INT64, &seed, NULL, NULL },
  { "workers", 0, 0, G_OPTION_ARG_INT, &workers, NULL, NULL },
  { "recycle", 0, 0, G_OPTION_ARG_INT64, &recycle_mib, NULL, NULL },
  { "timeout", 0, 0, G_OPTION_ARG_INT, &timeout_s, NULL, NULL },
  { "progress", 0, 0, G_OPTION_ARG_STRING, &progress_mode, NULL, NULL },
  G_OPTION_ENTRY_NULL,
};

static void
progress_cb (const DioEngineProgress *progress, gpointer user)
{
  if (progress_mode)
    g_printerr ("progress %s %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT "\n",
                progress->state, progress->done, progress->failed, progress->total);
}

static void
event_cb (const char *code, const char *message, gpointer user)
{
  g_printerr ("event %s %s\n", code, message);
}

static int
run_job (const char *command, const char *path)
{
  DioEngineObserver observer = { progress_cb, event_cb, NULL };
  DioEngineOutcome outcome = DIO_ENGINE_PARTLY;
  g_autoptr (GError) error = NULL;
  gboolean ok;

  if (g_str_equal (command, "resume")) {
    ok = dio_engine_resume (path, (guint) workers, &observer, &outcome, &error);
  } else {
    DioEngineJob job = { .scenario_path = path,
                         .output = output,
                         .first = (guint64) first,
                         .count = (guint64) frames,
                         .seed = (guint64) seed,
                         .workers = (guint) workers,
                         .recycle_bytes = recycle_mib << 20,
                         .frame_timeout_ms = (guint) timeout_s * 1000 };
    ok = dio_engine_render (&job, &observer, &outcome, &error);
  }
  if (!ok) {
    g_printerr ("%s: %s\n", command, error->message);
    return 1;
  }
  return outcome == DIO_ENGINE_DONE ? 0 : 3;
}

static int
digest (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioDataset) dataset = dio_dataset_open (folder, DIO_DATASET_READ, &error);
  g_autofree char *text = dataset ? dio_dataset_dup_digest (dataset, FALSE, &error) : NULL;

  if (!text) {
    g_printerr ("digest: %s\n", error->message);
    return 1;
  }
  g_print ("%s\n", text);
  return 0;
}

static int
verify (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioDiagnostics) findings = dio_diagnostics_new ();

  if (!dio_engine_verify (folder, findings, &error)) {
    g_printerr ("verify: %s\n", error->message);
    return 1;
  }
  for (guint i = 0; i < dio_diagnostics_get_count (findings); i++) {
    const DioDiagnostic *finding = dio_diagnostics_get (findings, i);
    g_print ("%s %s %s: %s\n", dio_severity_to_name (finding->severity), finding->code,
             finding->object, finding->message);
  }
  return dio_diagnostics_has_errors (findings) ? 1 : 0;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  if (argc > 1 && g_str_equal (argv[1], "worker"))
    return dio_engine_worker_main (argc - 1, argv + 1);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc != 3) {
    g_printerr ("fake-engine COMMAND PATH: %s\n", error ? error->message : "");
    return 2;
  }
  if (g_str_equal (argv[1], "digest"))
    return digest (argv[2]);
  if (g_str_equal (argv[1], "verify"))
    return verify (argv[2]);
  return run_job (argv[1], argv[2]);
}
