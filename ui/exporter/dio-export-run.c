#define G_LOG_DOMAIN "dio-exporter"

#include "dio-export-run.h"

#include "dio-review-export.h"

/** What the worker thread has of its own. */
typedef struct {
  char *folder, *splits;
  gboolean keep_rejected;
  DioExportOptions options; /**< strings owned */
  DioExportResult result;
  /** Written by the worker, read by the main thread. */
  gint done, total;
  guint timer;
  DioExportRunFunc func;
  gpointer func_user;
} Run;

static void
run_free (gpointer data)
{
  Run *run = data;
  char *strings[] = { run->folder,
                      run->splits,
                      (char *) run->options.format,
                      (char *) run->options.output,
                      (char *) run->options.policy,
                      (char *) run->options.class_map,
                      (char *) run->options.prefix };
  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    g_free (strings[i]);
  g_clear_object (&run->options.cancellable);
  g_free (run);
}

/* In the worker. */
static void
progress_cb (guint64 done, guint64 total, gpointer user)
{
  Run *run = user;
  g_atomic_int_set (&run->total, (gint) MIN (total, G_MAXINT));
  g_atomic_int_set (&run->done, (gint) MIN (done, G_MAXINT));
}

static gboolean
tell_cb (gpointer data)
{
  Run *run = data;
  gint total = g_atomic_int_get (&run->total);
  if (total > 0)
    run->func ((guint64) g_atomic_int_get (&run->done), (guint64) total, run->func_user);
  return G_SOURCE_CONTINUE;
}

static gboolean export(Run *run, GError **error)
{
  g_autoptr (GArray) splits = dio_split_list_new ();
  if (run->splits[0] != '\0' && !dio_split_parse (run->splits, splits, error))
    return FALSE;
  g_autoptr (DioDataset) dataset = dio_dataset_open (run->folder, DIO_DATASET_READ, error);
  if (dataset == NULL)
    return FALSE;
  g_autoptr (DioDatasetExclusion) exclusion = NULL;
  if (!run->keep_rejected) {
    exclusion = dio_review_load_exclusion (run->folder, error);
    if (exclusion == NULL)
      return FALSE;
  }
  run->options.exclusion = exclusion;
  run->options.splits = splits->len > 0 ? &g_array_index (splits, DioSplit, 0) : NULL;
  run->options.n_splits = splits->len;
  run->options.progress = progress_cb;
  run->options.user = run;
  return dio_export_run (dataset, &run->options, &run->result, error);
}

static void
run_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  if (export(data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* On the main context, before the caller's own callback. */
static void
ended_cb (GTask *task, GParamSpec *pspec, gpointer data)
{
  Run *run = g_task_get_task_data (task);
  g_clear_handle_id (&run->timer, g_source_remove);
}

void
dio_export_run_async (const DioExportRunDesc *desc,
                      DioExportRunFunc func,
                      gpointer func_user,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user)
{
  g_return_if_fail (desc != NULL && desc->folder != NULL && desc->options.format != NULL);

  Run *run = g_new0 (Run, 1);
  run->folder = g_strdup (desc->folder);
  run->splits = g_strdup (desc->splits != NULL ? desc->splits : "");
  run->keep_rejected = desc->keep_rejected;
  run->options = desc->options;
  run->options.format = g_strdup (desc->options.format);
  run->options.output = g_strdup (desc->options.output);
  run->options.policy = g_strdup (desc->options.policy);
  run->options.class_map = g_strdup (desc->options.class_map);
  run->options.prefix = g_strdup (desc->options.prefix);
  run->options.cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  run->func = func;
  run->func_user = func_user;
  if (func != NULL)
    run->timer = g_timeout_add (80, tell_cb, run);

  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user);
  g_task_set_source_tag (task, dio_export_run_async);
  g_task_set_return_on_cancel (task, FALSE);
  g_task_set_task_data (task, run, run_free);
  g_signal_connect (task, "notify::completed", G_CALLBACK (ended_cb), NULL);
  g_task_run_in_thread (task, run_in_thread);
}

gboolean
dio_export_run_finish (GAsyncResult *async, DioExportResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (async), FALSE);

  Run *run = g_task_get_task_data (G_TASK (async));
  g_clear_handle_id (&run->timer, g_source_remove);
  *result = run->result;
  return g_task_propagate_boolean (G_TASK (async), error);
}
