/* The trial of a job, with the fake frame maker. */
#include "dataset-fixture.h"
#include "dio-base-path.h"
#include "dio-core-error.h"
#include "dio-engine-estimate.h"

static DioEngineJob
make_job (DioScenario *scenario)
{
  return (DioEngineJob){ .scenario = scenario, .seed = 3, .first = 10, .count = 100, .workers = 1 };
}

static void
test_means (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioScenario) scenario = fixture_make_scenario ();
  DioEngineJob job = make_job (scenario);
  DioEngineEstimate all = { 0 }, few = { 0 };

  g_setenv ("FAKE_FRAME_MS", "20", TRUE);
  g_assert_true (dio_engine_estimate (&job, 3, NULL, &all, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (all.n_frames, ==, 3);
  g_assert_cmpfloat (all.seconds_per_frame, >=, 0.02);
  g_assert_cmpfloat (all.seconds_per_frame, <, 2);
  g_assert_cmpfloat (all.setup_s, >=, 0);
  /* Rows alone take 16 KiB. */
  g_assert_cmpuint (all.bytes_per_frame, >, 16384);
  job.has_outputs = TRUE;
  job.outputs = (DioOutputs){ .leaf = TRUE };
  g_assert_true (dio_engine_estimate (&job, 1, NULL, &few, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (few.bytes_per_frame, <, all.bytes_per_frame);
  g_unsetenv ("FAKE_FRAME_MS");
}

static void
test_leaves_nothing (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioScenario) scenario = fixture_make_scenario ();
  g_autofree char *cache = dio_path_dup_cache_folder ();
  DioEngineJob job = make_job (scenario);
  DioEngineEstimate estimate = { 0 };

  g_assert_true (dio_engine_estimate (&job, 1, NULL, &estimate, &error));
  g_assert_no_error (error);
  g_assert_true (dio_path_is_empty_folder (cache));
}

static gpointer
cancel_thread (gpointer user)
{
  g_usleep (100000);
  g_cancellable_cancel (user);
  return NULL;
}

static void
test_cancel (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioScenario) scenario = fixture_make_scenario ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *cache = dio_path_dup_cache_folder ();
  DioEngineJob job = make_job (scenario);
  DioEngineEstimate estimate = { 0 };

  g_setenv ("FAKE_FRAME_MS", "30", TRUE);
  GThread *thread = g_thread_new ("cancel", cancel_thread, cancellable);
  gint64 start = g_get_monotonic_time ();
  g_assert_false (dio_engine_estimate (&job, 1000, cancellable, &estimate, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_CANCELLED);
  /* A thousand frames would take half a minute. */
  g_assert_cmpint (g_get_monotonic_time () - start, <, 10 * G_USEC_PER_SEC);
  g_assert_true (dio_path_is_empty_folder (cache));
  g_thread_join (thread);
  g_unsetenv ("FAKE_FRAME_MS");
}

static void
test_errors (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioScenario) scenario = fixture_make_scenario ();
  DioEngineJob job = make_job (scenario);
  DioEngineEstimate estimate = { 0 };

  job.sensors = "nose";
  g_assert_false (dio_engine_estimate (&job, 1, NULL, &estimate, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  job.sensors = "camera";
  g_assert_true (dio_engine_estimate (&job, 1, NULL, &estimate, &error));
  g_assert_no_error (error);
  g_setenv ("FAKE_NO_START", "1", TRUE);
  g_assert_false (dio_engine_estimate (&job, 1, NULL, &estimate, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_UNSUPPORTED);
  g_unsetenv ("FAKE_NO_START");
}

int
main (int argc, char **argv)
{
  g_autofree char *cache = g_dir_make_tmp ("dio-estimate-XXXXXX", NULL);

  /* Before GLib has asked for it. */
  g_setenv ("XDG_CACHE_HOME", cache, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/estimate/means", test_means);
  g_test_add_func ("/engine/estimate/leaves-nothing", test_leaves_nothing);
  g_test_add_func ("/engine/estimate/cancel", test_cancel);
  g_test_add_func ("/engine/estimate/errors", test_errors);
  int code = g_test_run ();
  dio_path_remove_tree (cache, NULL);
  return code;
}
