/* A trial of a job: the same import, snapshot and frame maker as a worker has, without files and rows. */
#define G_LOG_DOMAIN "dio-engine"

#include "dio-engine-estimate.h"

#include "dio-base-path.h"
#include "dio-core-error.h"
#include "dio-engine-frame.h"
#include "dio-engine-prepare-private.h"

#include <errno.h>
#include <glib/gstdio.h>

/* Beside its masks and files a frame takes about this much in dataset.db. */
#define ROW_BYTES 16384

static double
now_s (void)
{
  return (double) g_get_monotonic_time () / G_USEC_PER_SEC;
}

static gboolean
is_cancelled (GCancellable *cancellable, GError **error)
{
  if (!cancellable || !g_cancellable_is_cancelled (cancellable))
    return FALSE;
  g_set_error (error, DIO_ERROR, DIO_ERROR_CANCELLED, "The trial of the job was cancelled");
  return TRUE;
}

static guint64
count_bytes (const DioMadeFrame *made)
{
  guint64 bytes = ROW_BYTES;

  for (guint i = 0; i < made->files->len; i++)
    bytes += g_bytes_get_size (g_array_index (made->files, DioMadeFile, i).bytes);
  return bytes;
}

/** A trial under way. */
typedef struct {
  const DioEngineJob *job;
  DioFrameMaker *maker;
  GCancellable *cancellable;
  double seconds;
  guint64 bytes;
} Trial;

static gboolean
make_one (Trial *trial, guint64 index, GError **error)
{
  g_auto (DioMadeFrame) made = { 0 };
  double start = now_s ();

  if (is_cancelled (trial->cancellable, error))
    return FALSE;
  if (!dio_frame_maker_make (trial->maker, trial->job->seed, (guint32) index, 0, &made, error))
    return FALSE;
  trial->seconds += now_s () - start;
  trial->bytes += count_bytes (&made);
  return TRUE;
}

/* Frames from all parts of the range: the first ones may be like no other. */
static gboolean
make_frames (Trial *trial, guint n, DioEngineEstimate *estimate, GError **error)
{
  guint64 count = MAX (trial->job->count, 1);
  double start = now_s ();

  /* The first frame of a maker compiles and uploads what the others find ready. */
  if (!make_one (trial, trial->job->first, error))
    return FALSE;
  double first_s = now_s () - start;
  trial->seconds = 0;
  trial->bytes = 0;
  for (guint i = 0; i < n; i++)
    if (!make_one (trial, trial->job->first + count * i / n, error))
      return FALSE;
  estimate->n_frames = n;
  estimate->seconds_per_frame = trial->seconds / n;
  estimate->bytes_per_frame = trial->bytes / n;
  estimate->setup_s += MAX (first_s - estimate->seconds_per_frame, 0);
  return TRUE;
}

static gboolean
try_job (const DioEngineJob *job,
         DioScenario *snapshot,
         const char *folder,
         Trial *trial,
         GError **error)
{
  DioRunOptions options = dio_engine_choose_options (job, snapshot);
  g_autofree char *blobs = g_build_filename (folder, "assets", NULL);
  guint cores = g_get_num_processors (), workers = job->workers ? job->workers : cores;
  DioFrameMakerDesc desc = { .blobs_folder = blobs,
                             .width_px = options.width_px,
                             .height_px = options.height_px,
                             .outputs = options.outputs,
                             .threads = MAX (cores / workers, 1) };

  trial->maker = dio_frame_maker_new (snapshot, &desc, error);
  return trial->maker != NULL;
}

/* In the cache, beside imported assets: they are linked and not copied. */
static char *
make_folder (GError **error)
{
  g_autofree char *cache = dio_path_dup_cache_folder ();
  g_autofree char *folder = g_build_filename (cache, "trial-XXXXXX", NULL);

  if (g_mkdtemp (folder))
    return g_steal_pointer (&folder);
  g_set_error (error, DIO_ERROR, DIO_ERROR_FAILED, "The folder “%s” cannot be made: %s", folder,
               g_strerror (errno));
  return NULL;
}

gboolean
dio_engine_estimate (const DioEngineJob *job,
                     guint n_frames,
                     GCancellable *cancellable,
                     DioEngineEstimate *estimate,
                     GError **error)
{
  g_return_val_if_fail (job && (job->scenario_path || job->scenario), FALSE);
  g_return_val_if_fail (n_frames > 0 && estimate, FALSE);

  double start = now_s ();
  Trial trial = { .job = job, .cancellable = cancellable };
  g_autoptr (DioScenario) scenario = dio_engine_load_scenario (job, error);
  g_autoptr (DioScenario) snapshot = NULL;
  g_autofree char *folder = scenario ? make_folder (error) : NULL;

  *estimate = (DioEngineEstimate){ 0 };
  if (!folder)
    return FALSE;
  snapshot = dio_engine_make_snapshot (scenario, job, folder, NULL, error);
  gboolean ok = snapshot && !is_cancelled (cancellable, error)
                && try_job (job, snapshot, folder, &trial, error);
  estimate->setup_s = now_s () - start;
  ok = ok && make_frames (&trial, n_frames, estimate, error);
  dio_frame_maker_free (trial.maker);
  return dio_path_remove_tree (folder, ok ? error : NULL) && ok;
}
