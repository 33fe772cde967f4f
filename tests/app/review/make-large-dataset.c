/* Makes a dataset with very many frames for measurements: rows through the dataset's own API; every picture is a hard link to one of a
 * few files. Usage: make-large-dataset FOLDER FRAMES [OBJECTS]. */
#include "dataset-fixture.h"
#include <errno.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <unistd.h>

#define N_MODELS 64

/** What all frames are made of. */
typedef struct {
  DioDatasetFrame models[N_MODELS];
  char *paths[N_MODELS]; /**< absolute: the colour picture of each model */
} Stock;

static void
die (const GError *error)
{
  if (!error)
    return;
  g_printerr ("%s\n", error->message);
  exit (1);
}

/* Frames 0 .. N_MODELS - 1 are the models themselves, with files of their own. */
static void
make_stock (Stock *stock, DioDataset *dataset, gint64 run)
{
  static const char *const channels[] = { "rgb", "leaf", NULL };

  for (guint i = 0; i < N_MODELS; i++) {
    FixtureDesc desc = { .seed = 5, .index = i, .width = 64, .height = 48, .n_sensors = 1 };
    fixture_make_frame (&desc, &stock->models[i]);
    stock->models[i].run = run;
    fixture_write_files (dataset, &stock->models[i], channels);
    const DioDatasetCapture *capture =
        &g_array_index (stock->models[i].captures, DioDatasetCapture, 0);
    for (guint f = 0; f < capture->files->len; f++) {
      const DioDatasetFile *file = &g_array_index (capture->files, DioDatasetFile, f);
      if (!g_str_equal (file->channel, "rgb"))
        continue;
      stock->paths[i] = g_build_filename (dio_dataset_get_folder (dataset), file->path, NULL);
    }
  }
}

static void
link_picture (const Stock *stock, DioDataset *dataset, guint model, const char *path)
{
  g_autofree char *to = g_build_filename (dio_dataset_get_folder (dataset), path, NULL);
  g_autofree char *folder = g_path_get_dirname (to);

  g_mkdir_with_parents (folder, 0755);
  if (link (stock->paths[model], to) != 0) {
    g_printerr ("%s: %s\n", to, g_strerror (errno));
    exit (1);
  }
}

/* The frame @index as a variation of its model: other numbers, the same masks. */
static void
make_frame (const Stock *stock, DioDataset *dataset, guint64 index, DioDatasetFrame *out)
{
  guint model = (guint) (index % N_MODELS);
  GRand *random = g_rand_new_with_seed ((guint32) index);
  g_autoptr (GError) error = NULL;

  *out = stock->models[model];
  out->index = index;
  DioDatasetCapture *capture = &g_array_index (out->captures, DioDatasetCapture, 0);
  capture->mean_luminance = g_rand_double (random);
  capture->checks_passed = index % 200 != 0;
  g_array_index (out->draws, DioDraw, 0).numbers[0] = g_rand_double (random);
  for (guint i = 0; i < capture->annotations->len; i++) {
    DioDatasetAnnotation *a = &g_array_index (capture->annotations, DioDatasetAnnotation, i);
    a->label.distance_m = g_rand_double_range (random, 0.5, 20);
    if (a->label.thing)
      a->label.visibility = g_rand_double (random);
  }
  g_rand_free (random);
  for (guint f = 0; f < capture->files->len; f++) {
    DioDatasetFile *file = &g_array_index (capture->files, DioDatasetFile, f);
    DioDatasetFileName name = { out->run, index, 0, capture->sensor, file->channel, "png" };
    g_free (file->path);
    file->path = dio_dataset_dup_file_path (dataset, &name, &error);
    die (error);
    if (g_str_equal (file->channel, "rgb") && index >= N_MODELS)
      link_picture (stock, dataset, model, file->path);
  }
}

/* More things in each model, by repeating those it has under other numbers. */
static void
add_objects (Stock *stock, guint n_objects)
{
  for (guint m = 0; m < N_MODELS; m++) {
    DioDatasetCapture *capture = &g_array_index (stock->models[m].captures, DioDatasetCapture, 0);
    guint n = capture->annotations->len;
    for (guint i = n; i < n_objects + 1; i++) {
      DioDatasetAnnotation copy =
          g_array_index (capture->annotations, DioDatasetAnnotation, 1 + i % (n - 1));
      copy.name = g_strdup (copy.name);
      copy.node_id = g_strdup_printf ("shape_%u", i + 1);
      copy.label.instance = i + 1;
      copy.label.object_key += 1000 * i;
      DioRle visible = copy.label.visible, amodal = copy.label.amodal;
      dio_rle_copy (&copy.label.visible, &visible);
      dio_rle_copy (&copy.label.amodal, &amodal);
      g_array_append_val (capture->annotations, copy);
    }
  }
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  char run_hash[] = "0000000000000000";
  static Stock stock;

  if (argc < 3) {
    g_printerr ("Usage: %s FOLDER FRAMES [OBJECTS]\n", argv[0]);
    return 2;
  }
  guint64 n = g_ascii_strtoull (argv[2], NULL, 10);
  guint n_objects = argc > 3 ? (guint) g_ascii_strtoull (argv[3], NULL, 10) : 5;
  g_autoptr (DioScenario) scenario = fixture_make_scenario ();
  g_autoptr (DioDataset) dataset = dio_dataset_create (argv[1], scenario, &error);
  die (error);
  DioDatasetRun run = { .scenario_hash = run_hash, .seed = 5, .count = n };
  gint64 id = dio_dataset_add_run (dataset, &run, &error);
  die (error);
  make_stock (&stock, dataset, id);
  add_objects (&stock, n_objects);
  for (guint64 first = 0; first < n; first++) {
    /* One transaction a frame would take hours of syncs; a model stands in one batch once, so it is stored by itself. */
    DioDatasetFrame frames[N_MODELS];
    DioDatasetFrame *pointers[N_MODELS];
    guint batch = (guint) MIN (N_MODELS, n - first);
    for (guint i = 0; i < batch; i++) {
      make_frame (&stock, dataset, first + i, &frames[i]);
      pointers[i] = &frames[i];
    }
    dio_dataset_store_frames (dataset, pointers, batch, &error);
    die (error);
    first += batch - 1;
  }
  for (guint i = 0; i < N_MODELS; i++) {
    dio_dataset_frame_clear (&stock.models[i]);
    g_free (stock.paths[i]);
  }
  return 0;
}
