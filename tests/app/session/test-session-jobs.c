/* Jobs: added, watched, finished by the real queue and engine; moved, removed, their logs read. */

#include "session-fixture.h"

#include "dio-core-error.h"
#include "dio-scene-edit.h"
#include "dio-session-jobs.h"

#include <glib/gstdio.h>

#include <string.h>

static gint64
add_job (Fixture *f, const char *name, guint64 count)
{
  g_autoptr (GAsyncResult) ready = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *output = fixture_path (f, name);
  DioJobSpec spec = {
    .name = (char *) name,
    .output = output,
    .count = count,
    .width_px = 32,
    .height_px = 24,
    .workers = 1,
  };
  dio_session_add_job_async (f->session, &spec, fixture_ready_cb, &ready);
  gint64 id = dio_session_add_job_finish (f->session, fixture_wait_ready (&ready), &error);
  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  return id;
}

static gboolean
control (Fixture *f, gint64 id, DioJobRequest request, GError **error)
{
  g_autoptr (GAsyncResult) ready = NULL;
  dio_session_control_job_async (f->session, id, request, fixture_ready_cb, &ready);
  return dio_session_catalog_finish (f->session, fixture_wait_ready (&ready), error);
}

static char *
dup_order (Fixture *f)
{
  GListModel *jobs = dio_session_get_jobs (f->session);
  GString *order = g_string_new (NULL);
  for (guint i = 0; i < g_list_model_get_n_items (jobs); i++) {
    g_autoptr (DioJobItem) item = g_list_model_get_item (jobs, i);
    if (dio_job_item_get_state (item) == DIO_JOB_PAUSED)
      g_string_append (order, dio_job_item_get_job (item)->spec.name);
  }
  return g_string_free (order, FALSE);
}

static void
finished_cb (DioSession *session, DioJobItem *item, gpointer user)
{
  g_string_append_printf (user, "%s:%d ", dio_job_item_get_job (item)->spec.name,
                          (int) dio_job_item_get_state (item));
}

typedef struct {
  DioSession *session;
  gint64 id;
} Job;

static gboolean
is_over (gpointer user)
{
  Job *job = user;
  DioJobItem *item = dio_session_find_job (job->session, job->id);
  return item != NULL && !dio_job_state_is_active (dio_job_item_get_state (item))
         && dio_job_item_get_state (item) != DIO_JOB_QUEUED;
}

static gboolean
has_dataset (gpointer user)
{
  DioSession *session = user;
  return g_list_model_get_n_items (dio_session_get_datasets (session)) > 0;
}

static void
test_runs (void)
{
  g_auto (Fixture) f = { 0 };
  fixture_init (&f);
  GListModel *jobs = dio_session_get_jobs (f.session);
  g_autoptr (GString) finished = g_string_new (NULL);
  g_signal_connect (f.session, "job-finished", G_CALLBACK (finished_cb), finished);
  /* A draft with an asset: the job has copies. */
  fixture_write (&f, "a/thing.obj", "v 0 0 0\nv 1 0 0\nv 1 1 0\nf 1 2 3\n");
  g_autoptr (GError) error = NULL;
  g_autofree char *path = fixture_path (&f, "a/thing.obj");
  g_autofree char *asset = fixture_import (&f, path, &(DioVec3){ 0 }, &error);
  g_assert_no_error (error);
  Job job = { f.session, add_job (&f, "one", 2) };
  g_assert_cmpuint (g_list_model_get_n_items (jobs), ==, 1);
  DioJobItem *item = dio_session_find_job (f.session, job.id);
  const char *folder = dio_job_item_get_job (item)->spec.scenario_folder;
  g_assert_cmpstr (folder, !=, dio_session_get_folder (f.session));
  g_autofree char *kept = g_strdup (folder);
  g_autofree char *copied = g_build_filename (kept, "assets", "thing", "thing.obj", NULL);
  g_assert_true (g_file_test (copied, G_FILE_TEST_EXISTS));

  fixture_wait (is_over, &job, "the job to end");
  g_assert_true (dio_session_find_job (f.session, job.id) == item);
  g_assert_cmpint (dio_job_item_get_state (item), ==, DIO_JOB_DONE);
  g_assert_cmpfloat_with_epsilon (dio_job_item_get_fraction (item), 1, 1e-12);
  g_autofree char *told = g_strdup_printf ("one:%d ", (int) DIO_JOB_DONE);
  g_assert_cmpstr (finished->str, ==, told);
  fixture_wait (has_dataset, f.session, "the dataset in the catalog");

  g_autoptr (GAsyncResult) ready = NULL;
  dio_session_list_log_async (f.session, job.id, 0, 0, fixture_ready_cb, &ready);
  g_autoptr (GPtrArray) log =
      dio_session_list_log_finish (f.session, fixture_wait_ready (&ready), &error);
  g_assert_no_error (error);
  g_assert_nonnull (log);

  /* A job that is done cannot be paused, but removed, with its copies. */
  g_assert_false (control (&f, job.id, DIO_JOB_REQUEST_PAUSE, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  g_clear_error (&error);
  g_clear_object (&ready);
  dio_session_remove_job_async (f.session, job.id, fixture_ready_cb, &ready);
  g_assert_true (dio_session_catalog_finish (f.session, fixture_wait_ready (&ready), &error));
  g_assert_cmpuint (g_list_model_get_n_items (jobs), ==, 0);
  g_assert_false (g_file_test (kept, G_FILE_TEST_EXISTS));
}

static void
move (Fixture *f, gint64 id, gboolean up)
{
  g_autoptr (GAsyncResult) ready = NULL;
  g_autoptr (GError) error = NULL;
  dio_session_move_job_async (f->session, id, up, fixture_ready_cb, &ready);
  g_assert_true (dio_session_catalog_finish (f->session, fixture_wait_ready (&ready), &error));
  g_assert_no_error (error);
}

static gboolean
are_paused (gpointer user)
{
  GListModel *jobs = user;
  for (guint i = 0; i < g_list_model_get_n_items (jobs); i++) {
    g_autoptr (DioJobItem) item = g_list_model_get_item (jobs, i);
    if (dio_job_item_get_state (item) != DIO_JOB_PAUSED)
      return FALSE;
  }
  return TRUE;
}

static void
test_order (void)
{
  g_auto (Fixture) f = { 0 };
  fixture_init (&f);
  gint64 ids[3];
  static const char *const names[] = { "a", "b", "c" };
  for (guint i = 0; i < 3; i++) {
    g_autoptr (GError) error = NULL;
    ids[i] = add_job (&f, names[i], 100000);
    g_assert_true (control (&f, ids[i], DIO_JOB_REQUEST_PAUSE, &error));
    g_assert_no_error (error);
  }
  fixture_wait (are_paused, dio_session_get_jobs (f.session), "all jobs to pause");
  g_autofree char *first = dup_order (&f);
  g_assert_cmpstr (first, ==, "abc");
  move (&f, ids[2], TRUE);
  g_autofree char *second = dup_order (&f);
  g_assert_cmpstr (second, ==, "acb");
  move (&f, ids[0], FALSE);
  g_autofree char *third = dup_order (&f);
  g_assert_cmpstr (third, ==, "cab");
  move (&f, ids[0], FALSE);
  move (&f, ids[0], FALSE);
  g_autofree char *fourth = dup_order (&f);
  g_assert_cmpstr (fourth, ==, "cba");
  move (&f, ids[2], TRUE);
  g_autofree char *fifth = dup_order (&f);
  g_assert_cmpstr (fifth, ==, "cba");
  for (guint i = 0; i < 3; i++)
    g_assert_true (control (&f, ids[i], DIO_JOB_REQUEST_CANCEL, NULL));
}

/* What cannot be added says why. */
static void
test_refused (void)
{
  g_auto (Fixture) f = { 0 };
  fixture_init (&f);
  g_autoptr (GAsyncResult) ready = NULL;
  g_autoptr (GError) error = NULL;
  DioJobSpec spec = { .output = (char *) "relative/folder", .count = 1 };
  dio_session_add_job_async (f.session, &spec, fixture_ready_cb, &ready);
  g_assert_cmpint (dio_session_add_job_finish (f.session, fixture_wait_ready (&ready), &error), ==,
                   0);
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  g_assert_cmpuint (g_list_model_get_n_items (dio_session_get_jobs (f.session)), ==, 0);
}

int
main (int argc, char **argv)
{
  fixture_begin_program ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/jobs/runs", test_runs);
  g_test_add_func ("/session/jobs/order", test_order);
  g_test_add_func ("/session/jobs/refused", test_refused);
  int rc = g_test_run ();
  fixture_end_program ();
  return rc;
}
