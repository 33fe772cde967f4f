#define G_LOG_DOMAIN "test-dataset"

#include "dataset-fixture.h"
#include "dio-base-json.h"
#include "dio-base-path.h"
#include "dio-core-error.h"
#include "dio-dataset-digest.h"
#include "dio-dataset-lock.h"
#include "dio-dataset-statistics.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const channels[] = { "rgb", "leaf", "depth", NULL };
static const DioLoadFlags everything =
    DIO_LOAD_MASKS | DIO_LOAD_LEAVES | DIO_LOAD_DRAWS | DIO_LOAD_HIDDEN;

typedef struct {
  char *root, *folder;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->root = g_dir_make_tmp ("dio-dataset-XXXXXX", NULL);
  fixture->folder = g_build_filename (fixture->root, "set", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_true (dio_path_remove_tree (fixture->root, NULL));
  g_free (fixture->root);
  g_free (fixture->folder);
}

static DioDataset *
create (const char *folder, guint64 first, guint64 count)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioScenario) scenario = fixture_make_scenario ();
  g_autofree char *hash = dio_scenario_dup_hash (scenario);
  DioDatasetRun run = { .scenario_hash = hash,
                        .render_identity = (char *) "test | 1",
                        .seed = 5,
                        .first = first,
                        .count = count,
                        .options_json = (char *) "{}" };
  DioDataset *dataset = dio_dataset_create (folder, scenario, &error);

  g_assert_no_error (error);
  g_assert_cmpint (dio_dataset_add_run (dataset, &run, &error), ==, 1);
  g_assert_no_error (error);
  return dataset;
}

static DioDataset *
must_open (const char *folder, DioDatasetMode mode)
{
  g_autoptr (GError) error = NULL;
  DioDataset *dataset = dio_dataset_open (folder, mode, &error);

  g_assert_no_error (error);
  return dataset;
}

static void
make (guint64 index, DioDatasetFrame *out)
{
  FixtureDesc desc = { .seed = 5, .index = index, .width = 64, .height = 48, .n_sensors = 2 };

  fixture_make_frame (&desc, out);
  out->run = 1;
}

static void
store (DioDataset *dataset, guint64 index)
{
  g_autoptr (GError) error = NULL;
  g_auto (DioDatasetFrame) frame = { 0 };
  DioDatasetFrame *frames[] = { &frame };

  make (index, &frame);
  fixture_write_files (dataset, &frame, channels);
  dio_dataset_store_frames (dataset, frames, 1, &error);
  g_assert_no_error (error);
}

static void
store_failed (DioDataset *dataset, guint64 index)
{
  g_autoptr (GError) error = NULL;
  DioDatasetFrame frame = { .run = 1,
                            .index = index,
                            .status = DIO_FRAME_FAILED,
                            .attempts = 3,
                            .failure = (char *) "it would not" };
  DioDatasetFrame *frames[] = { &frame };

  dio_dataset_store_frames (dataset, frames, 1, &error);
  g_assert_no_error (error);
}

static char *
must_digest (DioDataset *dataset, gboolean labels)
{
  g_autoptr (GError) error = NULL;
  char *digest = dio_dataset_dup_digest (dataset, labels, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (strlen (digest), ==, 64);
  return digest;
}

static void
change (const char *folder, const char *sql)
{
  g_autofree char *path = g_build_filename (folder, "dataset.db", NULL);
  const char *argv[] = { "/usr/bin/python3",
                         "-c",
                         "import sqlite3, sys\n"
                         "db = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
                         "db.executescript(sys.argv[2])\n"
                         "db.close()",
                         path,
                         sql,
                         NULL };
  g_autoptr (GError) error = NULL;
  int status = -1;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  DioDataset *dataset = create (fixture->folder, 0, 3);
  DioDatasetFrame loaded;
  guint64 n = 0;

  for (int index = 2; index >= 0; index--)
    store (dataset, (guint64) index);
  dio_dataset_close (dataset);

  dataset = must_open (fixture->folder, DIO_DATASET_READ);
  DioDatasetCursor *cursor = dio_dataset_open_cursor (dataset, everything, &error);
  g_assert_no_error (error);
  while (dio_dataset_cursor_next (cursor, &loaded, &error)) {
    g_auto (DioDatasetFrame) made = { 0 };
    make (n, &made);
    g_assert_cmpuint (loaded.index, ==, n);
    for (guint i = 0; i < 2; i++) {
      DioDatasetCapture *capture = &g_array_index (loaded.captures, DioDatasetCapture, i);
      g_assert_cmpuint (capture->files->len, ==, 3);
      g_assert_true (g_str_has_prefix (g_array_index (capture->files, DioDatasetFile, 2).path,
                                       "rgb/000/00000"));
      g_array_set_size (g_array_index (made.captures, DioDatasetCapture, i).files, 3);
    }
    fixture_assert_equal_frames (&made, &loaded);
    dio_dataset_frame_clear (&loaded);
    n++;
  }
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 3);
  g_assert_false (dio_dataset_cursor_next (cursor, &loaded, &error));
  g_assert_no_error (error);
  dio_dataset_cursor_free (cursor);
  dio_dataset_close (dataset);
}

static void
test_load_flags (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DioDataset) dataset = create (fixture->folder, 0, 1);
  g_auto (DioDatasetFrame) frame = { 0 };

  store (dataset, 0);
  g_autoptr (DioDatasetCursor) cursor = dio_dataset_open_cursor (dataset, 0, NULL);
  g_assert_true (dio_dataset_cursor_next (cursor, &frame, NULL));
  const DioDatasetCapture *capture = &g_array_index (frame.captures, DioDatasetCapture, 0);
  g_assert_cmpuint (capture->annotations->len, ==, 4);
  g_assert_cmpuint (
      g_array_index (capture->annotations, DioDatasetAnnotation, 1).label.visible.n_runs, ==, 0);
  g_assert_cmpuint (capture->leaves->len + capture->hidden->len + frame.draws->len, ==, 0);
}

static void
test_take_and_failed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioDataset) dataset = create (fixture->folder, 10, 6);

  store (dataset, 11);
  store_failed (dataset, 12);
  store_failed (dataset, 14);
  g_assert_cmpuint (dio_dataset_count_frames (dataset, DIO_FRAME_PENDING, NULL), ==, 3);
  g_autoptr (GArray) pending = dio_dataset_list_frames (dataset, 1, DIO_FRAME_PENDING, NULL);
  guint64 expected[] = { 10, 13, 15 };
  g_assert_cmpmem (pending->data, pending->len * 8, expected, sizeof expected);

  /* A failed frame is replaced by its result, a done one never. */
  store (dataset, 12);
  g_auto (DioDatasetFrame) again = { 0 };
  DioDatasetFrame *frames[] = { &again };
  make (12, &again);
  g_assert_false (dio_dataset_store_frames (dataset, frames, 1, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_EXISTS);
  g_assert_cmpuint (dio_dataset_count_frames (dataset, DIO_FRAME_DONE, NULL), ==, 2);
  g_assert_cmpuint (dio_dataset_count_frames (dataset, DIO_FRAME_FAILED, NULL), ==, 1);

  g_assert_true (dio_dataset_reset_failed (dataset, 1, NULL));
  g_assert_cmpuint (dio_dataset_count_frames (dataset, DIO_FRAME_FAILED, NULL), ==, 0);
  g_autoptr (GArray) done = dio_dataset_list_frames (dataset, 1, DIO_FRAME_DONE, NULL);
  guint64 expected_done[] = { 11, 12 };
  g_assert_cmpmem (done->data, done->len * 8, expected_done, sizeof expected_done);
}

static void
test_transaction_is_whole (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioDataset) dataset = create (fixture->folder, 0, 9);
  DioDatasetFrame good, bad;
  DioDatasetFrame *frames[] = { &good, &bad };

  /* The second frame's mask does not fit its picture: nothing of the group may stay. */
  make (1, &good);
  make (2, &bad);
  DioDatasetCapture *capture = &g_array_index (bad.captures, DioDatasetCapture, 1);
  g_array_index (capture->leaves, DioDatasetLeaf, 3).label.visible.width = 63;
  g_assert_false (dio_dataset_store_frames (dataset, frames, 2, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_cmpuint (dio_dataset_count_frames (dataset, DIO_FRAME_DONE, NULL), ==, 0);
  g_array_index (capture->leaves, DioDatasetLeaf, 3).label.visible.width = 64;
  g_assert_true (dio_dataset_store_frames (dataset, frames, 2, &error));
  g_assert_cmpuint (dio_dataset_count_frames (dataset, DIO_FRAME_DONE, NULL), ==, 2);
  dio_dataset_frame_clear (&good);
  dio_dataset_frame_clear (&bad);
}

static void
test_readers_see_a_running_dataset (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DioDataset) writer = create (fixture->folder, 0, 9);

  store (writer, 3);
  g_autoptr (DioDataset) reader = must_open (fixture->folder, DIO_DATASET_READ);
  g_assert_cmpuint (dio_dataset_count_frames (reader, DIO_FRAME_DONE, NULL), ==, 1);
  store (writer, 4);
  g_assert_cmpuint (dio_dataset_count_frames (reader, DIO_FRAME_DONE, NULL), ==, 2);
}

static void
test_close_leaves_one_file (Fixture *fixture, gconstpointer data)
{
  DioDataset *dataset = create (fixture->folder, 0, 9);
  g_autofree char *log = g_build_filename (fixture->folder, "dataset.db-wal", NULL);
  g_autofree char *path = g_build_filename (fixture->folder, "dataset.db", NULL);
  g_autofree char *text = NULL;

  store (dataset, 3);
  g_assert_true (g_file_test (log, G_FILE_TEST_EXISTS));
  dio_dataset_close (dataset);
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));
  /* Bytes 18 and 19 of the file say whether it is in WAL mode (2) or not (1). */
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpint (text[18], ==, 1);
  g_assert_cmpint (text[19], ==, 1);
}

static void
test_scenario (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioDataset) dataset = create (fixture->folder, 0, 9);
  g_autoptr (DioScenario) scenario = fixture_make_scenario ();
  g_autofree char *expected = dio_scenario_dup_hash (scenario);

  DioScenario *snapshot = dio_dataset_get_scenario (dataset, &error);
  g_assert_no_error (error);
  g_assert_true (snapshot == dio_dataset_get_scenario (dataset, NULL));
  g_autofree char *hash = dio_scenario_dup_hash (snapshot);
  g_assert_cmpstr (hash, ==, expected);
}

static void
test_paths (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioDataset) dataset = create (fixture->folder, 0, 9);
  const struct {
    DioDatasetFileName name;
    const char *path;
  } cases[] = {
    { { 1, 123, 0, "camera", "rgb", "png" }, "rgb/000/000123_camera.png" },
    { { 1, 999, 2, "left-eye", "depth", "npy" }, "depth/000/000999_left-eye_t2.npy" },
    { { 1, 1000, 0, "camera", "leaf", "png" }, "leaf/001/001000_camera.png" },
    { { 1, 1234567890, 0, "camera", "leaf", "png" }, "leaf/1234567/1234567890_camera.png" },
    { { 2, 5, 0, "camera", "rgb", "png" }, "rgb/run2-000/000005_camera.png" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = dio_dataset_dup_file_path (dataset, &cases[i].name, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (path, ==, cases[i].path);
  }
  DioDatasetFileName unknown = { 1, 1, 0, "nose", "rgb", "png" };
  g_assert_null (dio_dataset_dup_file_path (dataset, &unknown, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND);

  gboolean has = TRUE;
  g_assert_true (dio_dataset_has_file (dataset, "rgb/000/000003_camera.png", &has, NULL));
  g_assert_false (has);
  store (dataset, 3);
  g_assert_true (dio_dataset_has_file (dataset, "rgb/000/000003_camera.png", &has, NULL));
  g_assert_true (has);
}

static void
test_runs (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioDataset) dataset = create (fixture->folder, 100, 50);
  g_auto (DioDatasetRun) run = { 0 };
  DioDatasetRun other = { .scenario_hash = (char *) "abc", .seed = 5, .first = 0, .count = 10 };

  g_assert_true (dio_dataset_get_run (dataset, 1, &run, NULL));
  g_assert_cmpuint (run.first, ==, 100);
  g_assert_cmpuint (run.count, ==, 50);
  g_assert_cmpuint (run.seed, ==, 5);
  g_assert_cmpstr (run.render_identity, ==, "test | 1");
  /* Said once, never changed. */
  g_assert_false (dio_dataset_set_run_identity (dataset, 1, "other", &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  g_clear_error (&error);

  gint64 id = dio_dataset_add_run (dataset, &other, &error);
  g_assert_cmpint (id, ==, 2);
  g_assert_true (dio_dataset_set_run_identity (dataset, id, "other", &error));
  g_autoptr (GArray) runs = dio_dataset_list_runs (dataset, NULL);
  g_assert_cmpuint (runs->len, ==, 2);
  other.first = 9;
  g_assert_cmpint (dio_dataset_add_run (dataset, &other, &error), ==, 0);
  g_assert_error (error, DIO_ERROR, DIO_ERROR_EXISTS);
  g_clear_error (&error);
  other.first = G_MAXUINT32;
  g_assert_cmpint (dio_dataset_add_run (dataset, &other, &error), ==, 0);
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (dio_dataset_get_run (dataset, 3, &other, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND);
}

static void
test_folders (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioScenario) scenario = fixture_make_scenario ();
  g_autofree char *stranger = g_build_filename (fixture->root, "thesis.txt", NULL);
  g_autofree char *assets = g_build_filename (fixture->folder, "assets", NULL);
  g_autofree char *lock = g_build_filename (fixture->folder, ".lock", NULL);

  g_file_set_contents (stranger, "x", 1, NULL);
  g_assert_null (dio_dataset_create (fixture->root, scenario, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_null (dio_dataset_open (fixture->root, DIO_DATASET_READ, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND);
  g_clear_error (&error);

  /* "assets" alone is somebody's; beside our lock it is what a killed creation left. */
  g_mkdir_with_parents (assets, 0755);
  g_assert_false (dio_dataset_check_new_folder (fixture->folder, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_EXISTS);
  g_clear_error (&error);
  g_file_set_contents (lock, "", 0, NULL);
  g_assert_true (dio_dataset_check_new_folder (fixture->folder, &error));
  DioDataset *dataset = dio_dataset_create (fixture->folder, scenario, &error);
  g_assert_no_error (error);
  dio_dataset_close (dataset);
  g_assert_false (dio_dataset_check_new_folder (fixture->folder, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_EXISTS);
}

static void
test_lock (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (dio_dataset_lock_acquire (fixture->folder, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_autoptr (DioDatasetLock) lock = dio_dataset_lock_acquire (fixture->root, &error);
  g_assert_no_error (error);
  g_assert_null (dio_dataset_lock_acquire (fixture->root, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_BUSY);
  g_clear_pointer (&lock, dio_dataset_lock_release);
  lock = dio_dataset_lock_acquire (fixture->root, NULL);
  g_assert_nonnull (lock);
}

static char *
digest_of_order (const char *folder, const guint64 *order, guint n, gboolean labels)
{
  g_autoptr (DioDataset) dataset = create (folder, 0, 10);

  for (guint i = 0; i < n; i++)
    store (dataset, order[i]);
  store_failed (dataset, 7);
  return must_digest (dataset, labels);
}

static void
test_digest_ignores_order (Fixture *fixture, gconstpointer data)
{
  g_autofree char *other = g_build_filename (fixture->root, "other", NULL);
  const guint64 up[] = { 1, 2, 5 }, down[] = { 5, 2, 1 };
  g_autofree char *a = digest_of_order (fixture->folder, up, 3, FALSE);
  g_autofree char *b = digest_of_order (other, down, 3, FALSE);

  g_assert_cmpstr (a, ==, b);
  change (fixture->folder, "VACUUM; UPDATE frames SET attempts = 2, stored_at = 5;"
                           "UPDATE captures SET timings = NULL");
  g_autoptr (DioDataset) dataset = must_open (fixture->folder, DIO_DATASET_READ);
  g_autofree char *c = must_digest (dataset, FALSE);
  g_assert_cmpstr (a, ==, c);
}

/* Each of these changes must change the digest. */
static void
test_digest_sees_everything (Fixture *fixture, gconstpointer data)
{
  static const char *const changes[] = {
    "UPDATE runs SET seed = 6",
    "UPDATE runs SET frame_count = 11",
    "UPDATE runs SET scenario_hash = 'x'",
    "UPDATE frames SET frame_index = 3 WHERE frame_index = 2",
    "UPDATE frames SET take = 1 WHERE frame_index = 2",
    "DELETE FROM frames WHERE status = 2",
    "UPDATE captures SET fx = fx + 1e-12",
    "UPDATE captures SET m23 = 7",
    "UPDATE captures SET contested_px = 9",
    "UPDATE annotations SET visible_px = visible_px + 1",
    "UPDATE annotations SET truncation = 0.5 WHERE truncation IS NULL",
    "UPDATE annotations SET amodal_x1 = amodal_x1 - 1",
    "UPDATE annotations SET object_key = 1",
    "UPDATE annotations SET crowd = 1",
    "UPDATE poses SET scale_x = 2",
    "UPDATE poses SET camera_from_object = world_from_object",
    "UPDATE leaves SET coverage_px = 0.125",
    "UPDATE leaves SET mask = (SELECT min(id) FROM masks)",
    "UPDATE hidden SET veil_px = 2",
    "UPDATE checks SET passed = 0 WHERE name = 'counts-add-up'",
    "UPDATE draws SET x0 = 0.2 WHERE n_numbers > 0",
    "UPDATE draws SET string = 'b' WHERE string IS NOT NULL",
    "UPDATE diagnostics SET message = 'other'",
  };
  const guint64 order[] = { 1, 2 };
  g_autofree char *before = digest_of_order (fixture->folder, order, 2, TRUE);
  g_autofree char *path = g_build_filename (fixture->folder, "dataset.db", NULL);
  g_autofree char *original = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &original, &size, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++) {
    change (fixture->folder, changes[i]);
    DioDataset *dataset = must_open (fixture->folder, DIO_DATASET_READ);
    g_autofree char *after = must_digest (dataset, TRUE);
    dio_dataset_close (dataset);
    g_test_message ("%s", changes[i]);
    g_assert_cmpstr (before, !=, after);
    g_assert_true (g_file_set_contents (path, original, (gssize) size, NULL));
  }
}

static void
test_digest_of_pictures (Fixture *fixture, gconstpointer data)
{
  const guint64 order[] = { 1 };
  g_autofree char *labels = digest_of_order (fixture->folder, order, 1, TRUE);
  g_autoptr (DioDataset) dataset = must_open (fixture->folder, DIO_DATASET_READ);
  g_autofree char *whole = must_digest (dataset, FALSE);
  g_autofree char *rgb = g_build_filename (fixture->folder, "rgb/000/000001_camera.png", NULL);
  g_autofree char *other = g_build_filename (fixture->folder, "rgb/000/000001_left-eye.png", NULL);
  g_autofree char *leaf = g_build_filename (fixture->folder, "leaf/000/000001_camera.png", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (labels, !=, whole);
  /* Another picture of the same size: the whole digest changes, that of the labels does not. */
  g_assert_cmpint (g_unlink (rgb), ==, 0);
  g_assert_cmpint (link (other, rgb), ==, 0);
  g_autofree char *labels_after = must_digest (dataset, TRUE);
  g_autofree char *whole_after = must_digest (dataset, FALSE);
  g_assert_cmpstr (labels, ==, labels_after);
  g_assert_cmpstr (whole, !=, whole_after);
  g_file_set_contents (leaf, "no picture", -1, NULL);
  g_assert_null (dio_dataset_dup_digest (dataset, TRUE, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, "leaf/000/000001_camera.png"));
}

static void
test_statistics (Fixture *fixture, gconstpointer data)
{
  const guint64 order[] = { 1, 2, 3 };
  g_autofree char *digest = digest_of_order (fixture->folder, order, 3, TRUE);
  g_autoptr (DioDataset) dataset = must_open (fixture->folder, DIO_DATASET_READ);
  DioLabelPolicy policy;
  g_autoptr (GError) error = NULL;

  g_assert_true (dio_label_policy_from_preset ("everything", &policy));
  g_autoptr (json_t) json = dio_dataset_collect_statistics (dataset, &policy, &error);
  g_assert_no_error (error);
  g_assert_cmpint (json_integer_value (json_object_get (json, "frames")), ==, 3);
  g_assert_cmpint (json_integer_value (json_object_get (json, "failed")), ==, 1);
  g_assert_cmpint (json_integer_value (json_object_get (json, "captures")), ==, 6);
  g_assert_cmpint (json_integer_value (json_object_get (json, "annotations")), ==, 18);
  json_t *verdicts = json_object_get (json, "verdicts");
  json_t *categories = json_object_get (json, "categories");
  gint64 sum = 0, sum_by_category = 0;
  const char *key;
  json_t *value;
  json_object_foreach (verdicts, key, value)
    sum += json_integer_value (value);
  for (gsize i = 0; i < json_array_size (categories); i++)
    json_object_foreach (json_array_get (categories, i), key, value)
      sum_by_category += json_integer_value (value);
  /* One of the four annotations of a capture is stuff. */
  g_assert_cmpint (sum, ==, 18);
  g_assert_cmpint (sum_by_category, ==, 18);
  json_t *gl = json_object_get (json, "gl");
  g_assert_cmpint (json_integer_value (json_object_get (gl, "pixels")), ==, 6 * 64 * 48);
  g_assert_cmpint (json_integer_value (json_object_get (gl, "differing_px")), ==, 30);
  json_t *checks = json_object_get (json, "checks");
  g_assert_cmpint (json_integer_value (json_object_get (checks, "failed")), ==, 0);
  g_assert_cmpint (json_integer_value (json_object_get (checks, "notes")), ==, 6);
}

/* How the fixture's boxes hide each other, counted from the rows one by one. */
static void
count_hidden (DioDataset *dataset, gint64 bins[4], gint64 *hidden_px, gint64 *named_px)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioDatasetCursor) cursor = dio_dataset_open_cursor (dataset, everything, &error);
  g_assert_no_error (error);
  for (;;) {
    g_auto (DioDatasetFrame) frame = { 0 };
    if (!dio_dataset_cursor_next (cursor, &frame, &error))
      break;
    for (guint c = 0; c < frame.captures->len; c++) {
      const DioDatasetCapture *capture = &g_array_index (frame.captures, DioDatasetCapture, c);
      for (guint i = 0; i < capture->annotations->len; i++) {
        const DioAnnotation *a =
            &g_array_index (capture->annotations, DioDatasetAnnotation, i).label;
        if (a->category != 0)
          continue;
        double share = (double) a->visible_px / (double) a->amodal_px;
        bins[share < 0.1 ? 0 : share < 0.3 ? 1 : share < 0.9 ? 2 : 3]++;
        *hidden_px += (gint64) (a->amodal_px - a->visible_px);
      }
      for (guint i = 0; i < capture->hidden->len; i++)
        *named_px += (gint64) g_array_index (capture->hidden, DioHiddenPair, i).opaque_px;
    }
  }
  g_assert_no_error (error);
}

static gint64
get_figure (const json_t *json, const char *key)
{
  g_assert_true (json_is_integer (json_object_get (json, key)));
  return json_integer_value (json_object_get (json, key));
}

static void
check_outcomes (const json_t *json)
{
  const json_t *outcome = json_array_get (json_object_get (json, "occluders"), 0);
  g_assert_cmpint (get_figure (outcome, "hits"), ==, 2);
  g_assert_cmpint (get_figure (outcome, "misses"), ==, 1);
  g_assert_cmpint (get_figure (outcome, "tries"), ==, 12);
  const json_t *shown = json_array_get (json_object_get (json, "shown"), 0);
  g_assert_cmpstr (json_string_value (json_object_get (shown, "node")), ==, "");
  g_assert_cmpint (get_figure (shown, "frames"), ==, 3);
}

static void
test_occlusion_statistics (Fixture *fixture, gconstpointer data)
{
  const guint64 order[] = { 1, 2, 3 };
  g_autofree char *digest = digest_of_order (fixture->folder, order, 3, TRUE);
  change (fixture->folder,
          "UPDATE draws SET property = 'occlusion', string = 'hit', x3 = 4 WHERE position = 0;"
          "UPDATE draws SET string = 'miss' WHERE position = 0 AND frame = (SELECT max (frame) "
          "FROM draws);"
          "UPDATE draws SET property = 'shown', string = '' WHERE position = 1");
  g_autoptr (DioDataset) dataset = must_open (fixture->folder, DIO_DATASET_READ);
  DioLabelPolicy policy;
  g_autoptr (GError) error = NULL;
  g_assert_true (dio_label_policy_from_preset ("everything", &policy));
  g_autoptr (json_t) json = dio_dataset_collect_statistics (dataset, &policy, &error);
  g_assert_no_error (error);
  gint64 bins[4] = { 0 }, hidden_px = 0, named_px = 0, sum = 0;
  count_hidden (dataset, bins, &hidden_px, &named_px);
  const json_t *categories = json_object_get (json_object_get (json, "occlusion"), "categories");
  g_assert_cmpuint (json_array_size (categories), ==, 1);
  const json_t *box = json_array_get (categories, 0);
  g_assert_cmpint (get_figure (box, "objects"), ==, 18);
  g_assert_cmpint (get_figure (box, "frames_without"), ==, 0);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpint (json_integer_value (json_array_get (json_object_get (box, "bins"), i)), ==,
                     bins[i]);
  g_assert_cmpint (hidden_px, >, 0);
  g_assert_cmpint (get_figure (box, "hidden_px"), ==, hidden_px);
  g_assert_cmpint (get_figure (box, "named_px"), ==, named_px);
  size_t i;
  json_t *hider;
  json_array_foreach (json_object_get (box, "hiders"), i, hider)
    sum += get_figure (hider, "px");
  g_assert_cmpint (sum, ==, named_px);
  check_outcomes (json);
}

/* All three frames have a draw of a later attempt. Places are tried under the same counter: such a draw counts where
 * it says that it was redrawn. */
static void
test_redrawn_statistics (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *change;
    gint64 redrawn;
  } cases[] = {
    { "UPDATE draws SET position = position", 3 },
    { "UPDATE draws SET property = 'placement' WHERE position = 0 AND frame <= 2", 1 },
    { "UPDATE draws SET string = 'redraw-1' WHERE position = 0 AND frame = 2", 2 },
  };
  const guint64 order[] = { 1, 2, 3 };
  g_autofree char *digest = digest_of_order (fixture->folder, order, 3, TRUE);
  DioLabelPolicy policy;
  g_assert_true (dio_label_policy_from_preset ("everything", &policy));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    change (fixture->folder, cases[i].change);
    g_autoptr (DioDataset) dataset = must_open (fixture->folder, DIO_DATASET_READ);
    g_autoptr (json_t) json = dio_dataset_collect_statistics (dataset, &policy, &error);
    g_assert_no_error (error);
    g_assert_cmpint (get_figure (json_object_get (json, "constraints"), "redrawn_frames"), ==,
                     cases[i].redrawn);
  }
}

/* Where no colour was rendered, no OpenGL ids were compared with the labels. */
static void
test_compared_statistics (Fixture *fixture, gconstpointer data)
{
  const guint64 order[] = { 1, 2, 3 };
  g_autofree char *digest = digest_of_order (fixture->folder, order, 3, TRUE);
  change (fixture->folder, "DELETE FROM checks WHERE name = 'gl-agrees' AND capture <= 2");
  g_autoptr (DioDataset) dataset = must_open (fixture->folder, DIO_DATASET_READ);
  DioLabelPolicy policy;
  g_autoptr (GError) error = NULL;
  g_assert_true (dio_label_policy_from_preset ("everything", &policy));
  g_autoptr (json_t) json = dio_dataset_collect_statistics (dataset, &policy, &error);
  g_assert_no_error (error);
  g_assert_cmpint (get_figure (json_object_get (json, "gl"), "pixels"), ==, 4 * 64 * 48);
}

/* Walks over everything that can be read; TRUE if all of it could. */
static gboolean
read_all (const char *folder, GError **error)
{
  g_autoptr (DioDataset) dataset = dio_dataset_open (folder, DIO_DATASET_READ, error);
  GError *local = NULL;
  DioDatasetFrame frame;

  if (!dataset)
    return FALSE;
  g_autoptr (DioDatasetCursor) cursor = dio_dataset_open_cursor (dataset, everything, error);
  if (!cursor)
    return FALSE;
  while (dio_dataset_cursor_next (cursor, &frame, &local))
    dio_dataset_frame_clear (&frame);
  if (local)
    g_propagate_error (error, local);
  return local == NULL;
}

static void
test_hostile_rows (Fixture *fixture, gconstpointer data)
{
  static const char *const changes[] = {
    "UPDATE files SET path = '../../' || path",
    "UPDATE files SET path = '/etc/' || path",
    "UPDATE captures SET width_px = 0",
    "UPDATE captures SET width_px = 99999999",
    "UPDATE captures SET height_px = 47",
    "UPDATE masks SET visible = x'ffff'",
    "UPDATE masks SET amodal = zeroblob(100000)",
    "DELETE FROM masks WHERE id = 1",
    "UPDATE annotations SET instance = -1 WHERE instance = 1",
    "UPDATE annotations SET category = 99999",
    "UPDATE annotations SET visible_x1 = 6400",
    "UPDATE annotations SET thing = 7",
    "UPDATE poses SET camera_from_object = x'00'",
    "UPDATE leaves SET leaf = 70000 WHERE leaf = 1",
    "UPDATE draws SET n_numbers = 5",
    "UPDATE diagnostics SET severity = 9",
    "UPDATE frames SET frame_index = -4 WHERE frame_index = 1",
    "DROP TABLE leaves",
    "ALTER TABLE captures DROP COLUMN timings",
    "PRAGMA application_id = 5",
  };
  const guint64 order[] = { 1, 2 };
  g_autofree char *digest = digest_of_order (fixture->folder, order, 2, TRUE);
  g_autofree char *path = g_build_filename (fixture->folder, "dataset.db", NULL);
  g_autofree char *original = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &original, &size, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *sql = g_strconcat ("PRAGMA foreign_keys = OFF; ", changes[i], NULL);
    change (fixture->folder, sql);
    g_test_message ("%s", changes[i]);
    g_assert_false (read_all (fixture->folder, &error));
    g_assert_error (error, DIO_ERROR, DIO_ERROR_CORRUPT);
    g_assert_true (g_file_set_contents (path, original, (gssize) size, NULL));
  }
  change (fixture->folder, "PRAGMA user_version = 99");
  g_autoptr (GError) error = NULL;
  g_assert_false (read_all (fixture->folder, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_UNSUPPORTED);
}

static void
test_hostile_bytes (Fixture *fixture, gconstpointer data)
{
  const guint64 order[] = { 1, 2 };
  g_autofree char *digest = digest_of_order (fixture->folder, order, 2, TRUE);
  g_autofree char *path = g_build_filename (fixture->folder, "dataset.db", NULL);
  g_autofree char *original = NULL;
  gsize size;
  guint64 state = 1;

  g_assert_true (g_file_get_contents (path, &original, &size, NULL));
  /* Truncated, and with random bytes changed: an error or rows, never a crash. */
  for (guint i = 0; i < 60; i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *copy = g_memdup2 (original, size);
    gsize length = i % 3 == 0 ? size * (i + 1) / 61 : size;
    for (guint k = 0; i % 3 != 0 && k < 40; k++) {
      state = state * 6364136223846793005u + 1442695040888963407u;
      copy[(state >> 20) % size] = (char) (state >> 56);
    }
    g_assert_true (g_file_set_contents (path, copy, (gssize) length, NULL));
    if (!read_all (fixture->folder, &error))
      g_assert_nonnull (error);
  }
}

static void
test_speed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioDataset) dataset = create (fixture->folder, 0, 100);
  DioDatasetFrame frames[8];
  DioDatasetFrame *pointers[8];

  /* 4 annotations and leaves of the fixture, 25 times over: a frame with 100 instances and their masks. */
  for (guint i = 0; i < 8; i++) {
    FixtureDesc desc = { .seed = 1, .index = i, .width = 640, .height = 480, .n_sensors = 1 };
    pointers[i] = &frames[i];
    fixture_make_frame (&desc, &frames[i]);
    frames[i].run = 1;
    DioDatasetCapture *capture = &g_array_index (frames[i].captures, DioDatasetCapture, 0);
    for (guint k = 1; k < 25; k++) {
      DioDatasetFrame more;
      desc.seed = k + 1;
      fixture_make_frame (&desc, &more);
      DioDatasetCapture *extra = &g_array_index (more.captures, DioDatasetCapture, 0);
      for (guint n = 0; n < 4; n++) {
        DioDatasetLeaf *leaf = &g_array_index (extra->leaves, DioDatasetLeaf, n);
        DioDatasetAnnotation *row = &g_array_index (extra->annotations, DioDatasetAnnotation, n);
        leaf->leaf = leaf->label.leaf = leaf->instance = row->label.instance = 4 * k + n + 1;
        g_array_append_val (capture->leaves, *leaf);
        g_array_append_val (capture->annotations, *row);
      }
      g_array_set_size (extra->leaves, 0);
      g_array_set_size (extra->annotations, 0);
      dio_dataset_frame_clear (&more);
    }
  }
  gint64 start = g_get_monotonic_time ();
  g_assert_true (dio_dataset_store_frames (dataset, pointers, 8, &error));
  double ms = (double) (g_get_monotonic_time () - start) / 8000.0;
  g_test_message ("%.2f ms a frame with 100 annotations", ms);
  g_test_minimized_result (ms, "store ms per frame: %.2f", ms);
  for (guint i = 0; i < 8; i++)
    dio_dataset_frame_clear (&frames[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/dataset/round-trip", test_round_trip);
  ADD ("/dataset/load-flags", test_load_flags);
  ADD ("/dataset/take-and-failed", test_take_and_failed);
  ADD ("/dataset/transaction-is-whole", test_transaction_is_whole);
  ADD ("/dataset/readers-see-a-running-dataset", test_readers_see_a_running_dataset);
  ADD ("/dataset/close-leaves-one-file", test_close_leaves_one_file);
  ADD ("/dataset/scenario", test_scenario);
  ADD ("/dataset/paths", test_paths);
  ADD ("/dataset/runs", test_runs);
  ADD ("/dataset/folders", test_folders);
  ADD ("/dataset/lock", test_lock);
  ADD ("/dataset/digest/ignores-order", test_digest_ignores_order);
  ADD ("/dataset/digest/sees-everything", test_digest_sees_everything);
  ADD ("/dataset/digest/pictures", test_digest_of_pictures);
  ADD ("/dataset/statistics", test_statistics);
  ADD ("/dataset/occlusion-statistics", test_occlusion_statistics);
  ADD ("/dataset/redrawn-statistics", test_redrawn_statistics);
  ADD ("/dataset/compared-statistics", test_compared_statistics);
  ADD ("/dataset/hostile-rows", test_hostile_rows);
  ADD ("/dataset/hostile-bytes", test_hostile_bytes);
  ADD ("/dataset/speed", test_speed);
#undef ADD
  return g_test_run ();
}
