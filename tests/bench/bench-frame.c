/* One process, one frame after another: where the time of a frame goes. Prints one JSON object with the median
 * milliseconds of every stage and, as cpu, of the processor's time that all threads took. Usage: bench-frame SCENARIO DATASET-FOLDER FRAMES WIDTHxHEIGHT THREADS */

#include "dio-base-json.h"
#include "dio-base-path.h"
#include "dio-dataset.h"
#include "dio-engine-frame.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static const char *const stages[] = { "resolve",  "stage",  "draw",  "readback", "rays",
                                      "annotate", "encode", "store", "total",    "cpu" };
#define N_STAGES G_N_ELEMENTS (stages)

static double
now_ms (void)
{
  return (double) g_get_monotonic_time () / 1000.0;
}

/* User and system time of the process so far. */
static double
cpu_ms (void)
{
  struct timespec now;
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;
  return (x > y) - (x < y);
}

static double
median (GArray *values)
{
  g_array_sort (values, compare_doubles);
  return g_array_index (values, double, values->len / 2);
}

/* Files under their names, synced, then the rows in one transaction: what a supervisor does for one frame. */
static gboolean
store (DioDataset *dataset, gint64 run, DioMadeFrame *made, GError **error)
{
  for (guint i = 0; i < made->files->len; i++) {
    const DioMadeFile *file = &g_array_index (made->files, DioMadeFile, i);
    g_autofree char *name =
        g_strdup_printf ("%s/bench_%06" G_GUINT64_FORMAT "_%u.%s", dio_dataset_get_folder (dataset),
                         made->frame.index, i, file->extension);
    gsize size;
    const void *data = g_bytes_get_data (file->bytes, &size);
    if (!dio_path_write_atomic (name, data, size, error))
      return FALSE;
  }
  made->frame.run = run;
  for (guint i = 0; i < made->frame.captures->len; i++) {
    DioDatasetCapture *capture = &g_array_index (made->frame.captures, DioDatasetCapture, i);
    if (capture->files == NULL)
      capture->files = g_array_new (FALSE, TRUE, sizeof (DioDatasetFile));
  }
  DioDatasetFrame *frames[] = { &made->frame };
  return dio_dataset_store_frames (dataset, frames, 1, error);
}

/* What is measured from outside of the frame's making. */
typedef struct {
  double store, total, cpu;
} Around;

static void
add_timings (GArray **series, const DioMadeFrame *made, const Around *around)
{
  double sums[N_STAGES] = { 0 };
  for (guint c = 0; c < made->frame.captures->len; c++) {
    const DioDatasetCapture *capture = &g_array_index (made->frame.captures, DioDatasetCapture, c);
    g_autoptr (json_t) timings = json_loads (capture->timings_json, 0, NULL);
    for (guint s = 0; s < N_STAGES; s++)
      sums[s] += json_number_value (json_object_get (timings, stages[s]));
  }
  sums[N_STAGES - 3] = around->store;
  sums[N_STAGES - 2] = around->total;
  sums[N_STAGES - 1] = around->cpu;
  for (guint s = 0; s < N_STAGES; s++)
    g_array_append_val (series[s], sums[s]);
}

static gboolean
measure (DioFrameMaker *maker,
         DioDataset *dataset,
         gint64 run,
         guint frames,
         GArray **series,
         GError **error)
{
  for (guint i = 0; i < frames; i++) {
    double start = now_ms (), cpu_start = cpu_ms ();
    g_auto (DioMadeFrame) made = { 0 };
    if (!dio_frame_maker_make (maker, 1, i, 0, &made, error))
      return FALSE;
    double made_at = now_ms ();
    if (!store (dataset, run, &made, error))
      return FALSE;
    double end = now_ms ();
    /* The first frames fill caches and compile shaders. */
    if (i >= 3)
      add_timings (series, &made, &(Around){ end - made_at, end - start, cpu_ms () - cpu_start });
  }
  return TRUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  guint width, height;
  if (argc != 6 || sscanf (argv[4], "%ux%u", &width, &height) != 2) {
    g_printerr ("usage: bench-frame SCENARIO DATASET-FOLDER FRAMES WIDTHxHEIGHT THREADS\n");
    return 2;
  }
  g_autoptr (DioScenario) scenario = dio_scenario_load (argv[1], NULL, &error);
  g_autoptr (DioDataset) dataset =
      scenario != NULL ? dio_dataset_create (argv[2], scenario, &error) : NULL;
  g_autofree char *folder = g_path_get_dirname (argv[1]);
  DioFrameMakerDesc desc = {
    .scenario_folder = folder,
    .width_px = width,
    .height_px = height,
    .outputs = { TRUE, TRUE, TRUE, TRUE, TRUE, FALSE },
    .threads = (guint) atoi (argv[5]),
  };
  g_autoptr (DioFrameMaker) maker =
      dataset != NULL ? dio_frame_maker_new (scenario, &desc, &error) : NULL;
  GArray *series[N_STAGES];
  for (guint s = 0; s < N_STAGES; s++)
    series[s] = g_array_new (FALSE, FALSE, sizeof (double));
  gboolean done = FALSE;
  if (maker != NULL) {
    DioDatasetRun run = { .scenario_hash = (char *) "bench",
                          .render_identity = (char *) dio_frame_maker_get_identity (maker),
                          .seed = 1,
                          .count = (guint) atoi (argv[3]),
                          .options_json = (char *) "{}" };
    gint64 id = dio_dataset_add_run (dataset, &run, &error);
    done = id > 0 && measure (maker, dataset, id, (guint) atoi (argv[3]) + 3, series, &error);
  }
  if (!done) {
    g_printerr ("bench-frame: %s\n", error->message);
    return 1;
  }
  g_autoptr (json_t) json = json_object ();
  for (guint s = 0; s < N_STAGES; s++) {
    json_object_set_new (json, stages[s], json_real (median (series[s])));
    g_array_unref (series[s]);
  }
  g_autofree char *line = dio_json_to_line (json);
  g_print ("%s\n", line);
  return 0;
}
