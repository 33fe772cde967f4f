/* Datasets in the catalog, and the catalog from datasets. */
#include "catalog-fixture.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

/* A dataset of @count frames from 100 on, of which @done are done and the next @failed have failed. */
static char *
make_dataset (CatalogFixture *f, const char *name, guint count, guint done, guint failed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioScenario) scenario = fixture_make_scenario ();
  char *folder = g_build_filename (f->folder, name, NULL);
  g_autoptr (DioDataset) dataset = dio_dataset_create (folder, scenario, &error);
  DioDatasetRun run = { .scenario_hash = (char *) "hash",
                        .seed = 7,
                        .first = 100,
                        .count = count,
                        .options_json = (char *) "{\"outputs\":\"rgb,leaf\",\"width\":64,"
                                                 "\"height\":48}" };

  g_assert_no_error (error);
  gint64 id = dio_dataset_add_run (dataset, &run, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < done + failed; i++) {
    FixtureDesc desc = { .seed = 7, .index = 100 + i, .width = 64, .height = 48, .n_sensors = 1 };
    g_auto (DioDatasetFrame) frame = { 0 };
    if (i < done)
      fixture_make_frame (&desc, &frame);
    frame.run = id;
    frame.index = 100 + i;
    frame.attempts = 1;
    frame.status = i < done ? DIO_FRAME_DONE : DIO_FRAME_FAILED;
    if (i >= done)
      frame.failure = g_strdup ("because");
    DioDatasetFrame *frames[] = { &frame };
    g_assert_true (dio_dataset_store_frames (dataset, frames, 1, &error));
    g_assert_no_error (error);
  }
  return folder;
}

static void
test_add (CatalogFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = make_dataset (f, "some", 5, 2, 1);
  g_autofree char *crooked = g_build_filename (folder, "..", "some", NULL);
  gint64 id = dio_catalog_add_dataset_by_folder (f->catalog, folder, &error);

  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  /* The same folder is the same dataset. */
  g_assert_cmpint (dio_catalog_add_dataset_by_folder (f->catalog, crooked, &error), ==, id);
  g_autoptr (GPtrArray) list = dio_catalog_list_datasets (f->catalog, &error);
  g_assert_cmpuint (list->len, ==, 1);
  const DioCatalogDataset *dataset = list->pdata[0];
  g_assert_cmpstr (dataset->folder, ==, folder);
  g_assert_cmpstr (dataset->name, ==, "some");
  g_assert_cmpuint (dataset->frames, ==, 2);
  g_assert_cmpuint (dataset->failed, ==, 1);
  g_assert_cmpint (dataset->job, ==, 0);
  g_assert_cmpint (dataset->created_us, >, g_get_real_time () - 60 * G_USEC_PER_SEC);
  g_assert_true (dio_catalog_remove_dataset (f->catalog, id, &error));
  g_assert_false (dio_catalog_remove_dataset (f->catalog, id, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND);
  g_assert_true (g_file_test (folder, G_FILE_TEST_IS_DIR));
}

static void
test_add_nothing (CatalogFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (dio_catalog_add_dataset_by_folder (f->catalog, f->folder, &error), ==, 0);
  g_assert_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND);
}

static const DioCatalogJob *
find_by_output (GPtrArray *jobs, const char *output)
{
  for (guint i = 0; i < jobs->len; i++)
    if (g_str_equal (((DioCatalogJob *) jobs->pdata[i])->spec.output, output))
      return jobs->pdata[i];
  return NULL;
}

static void
assert_found (GPtrArray *jobs, const char *folder, DioJobState state, guint64 done, guint64 failed)
{
  const DioCatalogJob *job = find_by_output (jobs, folder);

  g_assert_nonnull (job);
  g_assert_cmpint (job->state, ==, state);
  g_assert_true (job->begun);
  g_assert_cmpstr (job->spec.name, ==, "Fixture");
  g_assert_cmpuint (job->spec.seed, ==, 7);
  g_assert_cmpuint (job->spec.first, ==, 100);
  g_assert_cmpuint (job->spec.count, ==, 5);
  g_assert_cmpstr (job->spec.channels, ==, "rgb,leaf");
  g_assert_cmpuint (job->spec.width_px, ==, 64);
  g_assert_cmpuint (job->progress.done, ==, done);
  g_assert_cmpuint (job->progress.failed, ==, failed);
}

static void
assert_all_found (CatalogFixture *f, const char *whole, const char *partly, const char *missing)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) jobs = dio_catalog_list_jobs (f->catalog, &error);
  g_autoptr (GPtrArray) datasets = dio_catalog_list_datasets (f->catalog, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (datasets->len, ==, 3);
  g_assert_cmpuint (jobs->len, ==, 3);
  assert_found (jobs, whole, DIO_JOB_DONE, 5, 0);
  assert_found (jobs, partly, DIO_JOB_PARTLY, 4, 1);
  assert_found (jobs, missing, DIO_JOB_PAUSED, 2, 1);
  for (guint i = 0; i < datasets->len; i++)
    g_assert_cmpint (((DioCatalogDataset *) datasets->pdata[i])->job, >, 0);
}

static void
test_rebuild (CatalogFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *whole = make_dataset (f, "whole", 5, 5, 0);
  g_autofree char *partly = make_dataset (f, "more/partly", 5, 4, 1);
  g_autofree char *missing = make_dataset (f, "missing", 5, 2, 1);
  g_autofree char *deep = make_dataset (f, "a/b/c/deep", 5, 5, 0);
  const char *folders[] = { f->folder, NULL };
  guint found = 0;

  g_assert_true (dio_catalog_rebuild (f->catalog, folders, &found, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (found, ==, 3);
  assert_all_found (f, whole, partly, missing);
  /* Again: nothing twice. */
  g_assert_true (dio_catalog_rebuild (f->catalog, folders, &found, &error));
  assert_all_found (f, whole, partly, missing);
}

/* A catalog whose pages of jobs are damaged, while it can still name folders. */
static void
test_damage_keeps_folders (CatalogFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *notice = NULL;
  g_autofree char *whole = make_dataset (f, "whole", 5, 5, 0);

  g_assert_cmpint (dio_catalog_add_dataset_by_folder (f->catalog, whole, &error), >, 0);
  for (guint i = 0; i < 200; i++) {
    g_autofree char *name = g_strdup_printf ("set-%u", i);
    catalog_fixture_add (f, name, 0);
  }
  g_clear_pointer (&f->catalog, dio_catalog_close);
  g_autofree char *bytes = NULL;
  gsize size = 0;
  g_assert_true (g_file_get_contents (f->path, &bytes, &size, &error));
  g_assert_cmpuint (size, >, 65536);
  /* The end of the file holds rows of the last jobs. */
  memset (bytes + size - 40960, 0x5a, 40960);
  g_assert_true (g_file_set_contents (f->path, bytes, (gssize) size, &error));
  f->catalog = dio_catalog_open (f->path, &notice, &error);
  g_assert_no_error (error);
  g_assert_nonnull (notice);
  g_autoptr (GPtrArray) datasets = dio_catalog_list_datasets (f->catalog, &error);
  g_assert_cmpuint (datasets->len, ==, 1);
  g_assert_cmpstr (((DioCatalogDataset *) datasets->pdata[0])->folder, ==, whole);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*func) (CatalogFixture *f, gconstpointer data);
  } tests[] = {
    { "/catalog/dataset/add", test_add },
    { "/catalog/dataset/add-nothing", test_add_nothing },
    { "/catalog/dataset/rebuild", test_rebuild },
    { "/catalog/dataset/damage-keeps-folders", test_damage_keeps_folders },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, CatalogFixture, NULL, catalog_fixture_set_up, tests[i].func,
                catalog_fixture_tear_down);
  return g_test_run ();
}
