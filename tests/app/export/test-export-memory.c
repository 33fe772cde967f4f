#define G_LOG_DOMAIN "test-export-memory"

/* Memory must not grow with the dataset. Live heap is read at every frame of one export of many frames, and the
 * second half of it must need no more than the first. */

#include "dio-export.h"
#include "export-fixture.h"

#include <malloc.h>
#include <stdio.h>

#if defined(__SANITIZE_ADDRESS__)
/* Its header is not packaged with every compiler. */
size_t __sanitizer_get_current_allocated_bytes (void);
#endif

#define N_FRAMES 2000u

typedef struct {
  gsize first_half, second_half; /**< largest live heap */
  gsize rss_quarter, rss_end;    /**< resident memory */
} Watch;

static gsize
get_live_bytes (void)
{
#if defined(__SANITIZE_ADDRESS__)
  return __sanitizer_get_current_allocated_bytes ();
#else
  struct mallinfo2 info = mallinfo2 ();
  return info.uordblks + info.hblkhd;
#endif
}

static gsize
get_resident_bytes (void)
{
  unsigned long total = 0, resident = 0;
  FILE *file = fopen ("/proc/self/statm", "r");

  g_assert_nonnull (file);
  g_assert_cmpint (fscanf (file, "%lu %lu", &total, &resident), ==, 2);
  fclose (file);
  return resident * 4096;
}

static void
watch_cb (guint64 done, guint64 total, gpointer user)
{
  Watch *watch = user;
  gsize *half = done <= total / 2 ? &watch->first_half : &watch->second_half;

  *half = MAX (*half, get_live_bytes ());
  if (done == total / 4)
    watch->rss_quarter = get_resident_bytes ();
  if (done == total)
    watch->rss_end = get_resident_bytes ();
}

static void
test_memory (gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  char *folder = export_fixture_make_folder ();
  DioDataset *dataset = export_fixture_create (folder);
  g_autofree char *output = g_build_filename (folder, "out", NULL);
  ExportFrames frames = { .run = export_fixture_add_run (dataset, 1, 0, N_FRAMES),
                          .count = 100,
                          .n_sensors = 1,
                          .small = TRUE };
  Watch watch = { 0 };
  DioExportOptions options = {
    .format = data, .output = output, .progress = watch_cb, .user = &watch
  };
  DioExportResult result;

  for (; frames.first < N_FRAMES; frames.first += frames.count)
    export_fixture_add (dataset, &frames);
  dio_export_run (dataset, &options, &result, &error);
  g_assert_no_error (error);
  g_test_message ("%s: live heap %" G_GSIZE_FORMAT " kB in the first 1000 frames, %" G_GSIZE_FORMAT
                  " kB in the next; resident %" G_GSIZE_FORMAT " kB after 500, %" G_GSIZE_FORMAT
                  " kB after 2000",
                  options.format, watch.first_half >> 10, watch.second_half >> 10,
                  watch.rss_quarter >> 10, watch.rss_end >> 10);
  g_assert_cmpuint (result.images, ==, N_FRAMES);
  g_assert_cmpuint (result.annotations, ==, N_FRAMES);
  /* One byte kept of every frame would be seen: 1000 of them and a little for rounding within the allocator. */
  g_assert_cmpuint (watch.second_half, <, watch.first_half + (32 << 10));
#if !defined(__SANITIZE_ADDRESS__)
  g_assert_cmpuint (watch.rss_end, <, watch.rss_quarter + watch.rss_quarter / 4);
#endif
  dio_dataset_close (dataset);
  export_fixture_remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/export/memory/coco", "coco", test_memory);
  g_test_add_data_func ("/export/memory/yolo", "yolo", test_memory);
  g_test_add_data_func ("/export/memory/voc", "voc", test_memory);
  g_test_add_data_func ("/export/memory/webdataset", "webdataset", test_memory);
  return g_test_run ();
}
