/* Every arrow of the state diagram, and that there are no others. */
#include "catalog-fixture.h"

#include <string.h>

static const DioJobProcess process = { 4711, 99, "boot" };
static const DioJobRequest requests[] = { DIO_JOB_REQUEST_RUN, DIO_JOB_REQUEST_PAUSE,
                                          DIO_JOB_REQUEST_CANCEL };

/* What can be done to a job: the three wishes, then what the queue does. */
typedef enum {
  DO_RUN,
  DO_PAUSE,
  DO_CANCEL,
  DO_START,
  DO_FAIL_QUEUED,
  DO_END_DONE,
  DO_END_PARTLY,
  DO_END_FAILED,
  DO_END_LOST,
  DO_END_TAKEN,
  DO_REMOVE,
  N_DEEDS,
} Deed;

/* "." stays as it is (a wish is noted, or nothing happens), "-" is refused, "x" the job is gone; else the first
 * letters of where it leads. */
static const char *const arrows[DIO_JOB_N_STATES][N_DEEDS] = {
  /*                        run       pause      cancel        start      fail      done    partly       failed
     lost         taken        remove */
  [DIO_JOB_QUEUED] = { "-", "paused", "cancelled", "running", "failed", "-", "-", "-", "-", "-",
                       "x" },
  [DIO_JOB_RUNNING] = { ".", "pausing", "cancelling", "-", "-", "done", "partly", "failed",
                        "queued", "queued", "-" },
  [DIO_JOB_PAUSING] = { ".", ".", "cancelling", "-", "-", "done", "paused", "failed", "paused",
                        "paused", "-" },
  [DIO_JOB_PAUSED] = { "queued", "-", "cancelled", "-", "-", "-", "-", "-", "-", "-", "x" },
  [DIO_JOB_CANCELLING] = { ".", "-", ".", "-", "-", "done", "cancelled", "failed", "cancelled",
                           "cancelled", "-" },
  [DIO_JOB_CANCELLED] = { "queued", "-", "-", "-", "-", "-", "-", "-", "-", "-", "x" },
  [DIO_JOB_DONE] = { "-", "-", "-", "-", "-", "-", "-", "-", "-", "-", "x" },
  [DIO_JOB_PARTLY] = { "queued", "-", "-", "-", "-", "-", "-", "-", "-", "-", "x" },
  [DIO_JOB_FAILED] = { "queued", "-", "-", "-", "-", "-", "-", "-", "-", "-", "x" },
};

static gboolean
end (CatalogFixture *f, gint64 id, DioJobEndKind kind, GError **error)
{
  DioJobEnd how = { .kind = kind, .message = "because", .begun = TRUE, .done = 4 };

  return dio_catalog_end_job (f->catalog, id, &how, NULL, error);
}

/* A wish for a job at work is followed by the queue's obedience. */
static gboolean
ask (CatalogFixture *f, gint64 id, DioJobRequest request, GError **error)
{
  gboolean stop = FALSE;

  if (!dio_catalog_request (f->catalog, id, request, error))
    return FALSE;
  return !dio_job_state_is_active (catalog_fixture_get_state (f, id))
         || dio_catalog_obey (f->catalog, id, &stop, error);
}

static gboolean
perform (CatalogFixture *f, gint64 id, Deed deed, GError **error)
{
  switch (deed) {
  case DO_RUN:
  case DO_PAUSE:
  case DO_CANCEL:
    return ask (f, id, requests[deed], error);
  case DO_START:
    return dio_catalog_start_job (f->catalog, id, &process, error);
  case DO_FAIL_QUEUED:
    return dio_catalog_fail_queued (f->catalog, id, "because", error);
  case DO_END_DONE:
    return end (f, id, DIO_JOB_END_DONE, error);
  case DO_END_PARTLY:
    return end (f, id, DIO_JOB_END_PARTLY, error);
  case DO_END_FAILED:
    return end (f, id, DIO_JOB_END_FAILED, error);
  case DO_END_LOST:
    return end (f, id, DIO_JOB_END_LOST, error);
  case DO_END_TAKEN:
    return end (f, id, DIO_JOB_END_TAKEN, error);
  case DO_REMOVE:
    return dio_catalog_remove_job (f->catalog, id, error);
  case N_DEEDS:
  default:
    g_assert_not_reached ();
  }
}

/* The shortest way to a state. */
static void
lead_to (CatalogFixture *f, gint64 id, DioJobState state)
{
  static const Deed ways[DIO_JOB_N_STATES][2] = {
    [DIO_JOB_QUEUED] = { N_DEEDS, N_DEEDS },        [DIO_JOB_RUNNING] = { DO_START, N_DEEDS },
    [DIO_JOB_PAUSING] = { DO_START, DO_PAUSE },     [DIO_JOB_PAUSED] = { DO_PAUSE, N_DEEDS },
    [DIO_JOB_CANCELLING] = { DO_START, DO_CANCEL }, [DIO_JOB_CANCELLED] = { DO_CANCEL, N_DEEDS },
    [DIO_JOB_DONE] = { DO_START, DO_END_DONE },     [DIO_JOB_PARTLY] = { DO_START, DO_END_PARTLY },
    [DIO_JOB_FAILED] = { DO_START, DO_END_FAILED },
  };

  for (guint i = 0; i < 2; i++) {
    g_autoptr (GError) error = NULL;
    if (ways[state][i] == N_DEEDS)
      continue;
    g_assert_true (perform (f, id, ways[state][i], &error));
    g_assert_no_error (error);
  }
  g_assert_cmpint (catalog_fixture_get_state (f, id), ==, state);
}

static void
check_arrow (CatalogFixture *f, DioJobState state, Deed deed)
{
  g_autofree char *name = g_strdup_printf ("set-%d-%d", (int) state, (int) deed);
  const char *expected = arrows[state][deed];
  gint64 id = catalog_fixture_add (f, name, 0);
  g_autoptr (GError) error = NULL;

  lead_to (f, id, state);
  gboolean ok = perform (f, id, deed, &error);
  g_test_message ("%s, deed %d: %s", dio_job_state_to_name (state), (int) deed, expected);
  if (g_str_equal (expected, "-")) {
    g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
    g_assert_cmpint (catalog_fixture_get_state (f, id), ==, state);
    return;
  }
  g_assert_no_error (error);
  g_assert_true (ok);
  if (g_str_equal (expected, "x")) {
    g_assert_null (dio_catalog_get_job (f->catalog, id, &error));
    g_assert_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND);
    return;
  }
  const char *now = dio_job_state_to_name (catalog_fixture_get_state (f, id));
  g_assert_cmpstr (now, ==, g_str_equal (expected, ".") ? dio_job_state_to_name (state) : expected);
}

static void
test_arrows (CatalogFixture *f, gconstpointer data)
{
  for (guint state = 0; state < DIO_JOB_N_STATES; state++)
    for (guint deed = 0; deed < N_DEEDS; deed++)
      check_arrow (f, (DioJobState) state, (Deed) deed);
}

/* Active exactly while a process is recorded, over exactly while it has ended. */
static void
test_invariants (CatalogFixture *f, gconstpointer data)
{
  for (guint state = 0; state < DIO_JOB_N_STATES; state++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *name = g_strdup_printf ("set-%u", state);
    gint64 id = catalog_fixture_add (f, name, 0);
    lead_to (f, id, (DioJobState) state);
    g_autoptr (DioCatalogJob) job = dio_catalog_get_job (f->catalog, id, &error);
    g_assert_no_error (error);
    gboolean active = dio_job_state_is_active (job->state);
    g_assert_cmpint (job->pid, ==, active ? process.pid : 0);
    g_assert_cmpuint (job->pid_start, ==, active ? process.start : 0);
    g_assert_cmpstr (job->boot, ==, active ? process.boot : "");
    g_assert_cmpint (job->requested, ==, DIO_JOB_REQUEST_NONE);
    gboolean over = job->state >= DIO_JOB_DONE || job->state == DIO_JOB_CANCELLED;
    g_assert_cmpint (job->ended_us > 0, ==, over);
    gboolean tells = job->state == DIO_JOB_PARTLY || job->state == DIO_JOB_FAILED;
    g_assert_cmpstr (job->message, ==, tells ? "because" : "");
    for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
      if (dio_job_state_allows (job->state, requests[i]))
        g_assert_cmpstr (arrows[state][i], !=, "-");
  }
}

static void
test_wishes (CatalogFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 id = catalog_fixture_add (f, "set", 0);
  gboolean stop = FALSE;

  lead_to (f, id, DIO_JOB_RUNNING);
  g_assert_true (dio_catalog_obey (f->catalog, id, &stop, &error));
  g_assert_false (stop);
  /* Asked for and taken back. */
  g_assert_true (dio_catalog_request (f->catalog, id, DIO_JOB_REQUEST_PAUSE, &error));
  g_assert_true (dio_catalog_request (f->catalog, id, DIO_JOB_REQUEST_RUN, &error));
  g_assert_true (dio_catalog_obey (f->catalog, id, &stop, &error));
  g_assert_false (stop);
  g_assert_true (dio_catalog_request (f->catalog, id, DIO_JOB_REQUEST_PAUSE, &error));
  g_assert_cmpint (catalog_fixture_get_state (f, id), ==, DIO_JOB_RUNNING);
  g_assert_true (dio_catalog_obey (f->catalog, id, &stop, &error));
  g_assert_true (stop);
  /* Told once. */
  g_assert_true (dio_catalog_obey (f->catalog, id, &stop, &error));
  g_assert_false (stop);
  /* Another mind while it stops. */
  g_assert_true (dio_catalog_request (f->catalog, id, DIO_JOB_REQUEST_RUN, &error));
  g_assert_true (dio_catalog_obey (f->catalog, id, &stop, &error));
  g_assert_cmpint (catalog_fixture_get_state (f, id), ==, DIO_JOB_PAUSING);
  g_assert_true (end (f, id, DIO_JOB_END_PARTLY, &error));
  g_assert_cmpint (catalog_fixture_get_state (f, id), ==, DIO_JOB_QUEUED);
  g_assert_no_error (error);
}

/* The queue died before it obeyed. */
static void
test_wishes_outlive_the_queue (CatalogFixture *f, gconstpointer data)
{
  static const DioJobState states[] = { DIO_JOB_QUEUED, DIO_JOB_PAUSED, DIO_JOB_CANCELLED };

  for (guint i = 0; i < G_N_ELEMENTS (requests); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *name = g_strdup_printf ("set-%u", i);
    gint64 id = catalog_fixture_add (f, name, 0);
    lead_to (f, id, DIO_JOB_RUNNING);
    g_assert_true (dio_catalog_request (f->catalog, id, requests[i], &error));
    g_assert_true (end (f, id, DIO_JOB_END_TAKEN, &error));
    g_assert_no_error (error);
    g_assert_cmpint (catalog_fixture_get_state (f, id), ==, states[i]);
  }
}

static void
test_losses (CatalogFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 id = catalog_fixture_add (f, "set", 0);

  for (guint i = 0; i < 7; i++) {
    DioJobEnd lost = { .kind = DIO_JOB_END_LOST, .message = "died", .advanced = i == 2 || i == 4 };
    lead_to (f, id, DIO_JOB_RUNNING);
    DioJobState state = DIO_JOB_DONE;
    g_assert_true (dio_catalog_end_job (f->catalog, id, &lost, &state, &error));
    g_assert_no_error (error);
    /* Frames between two losses begin the count anew. */
    g_assert_cmpint (state, ==, i < 6 ? DIO_JOB_QUEUED : DIO_JOB_FAILED);
  }
  g_autoptr (DioCatalogJob) job = dio_catalog_get_job (f->catalog, id, &error);
  g_assert_cmpstr (job->message, ==, "died");
}

/* All frames were tried while the job was being paused: there is nothing to pause. */
static void
test_endings_win (CatalogFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 id = catalog_fixture_add (f, "set", 0);
  DioJobEnd how = { .kind = DIO_JOB_END_PARTLY, .begun = TRUE, .done = 9, .failed = 1 };

  lead_to (f, id, DIO_JOB_PAUSING);
  g_assert_true (dio_catalog_end_job (f->catalog, id, &how, NULL, &error));
  g_autoptr (DioCatalogJob) job = dio_catalog_get_job (f->catalog, id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (job->state, ==, DIO_JOB_PARTLY);
  g_assert_cmpuint (job->progress.done, ==, 9);
  g_assert_cmpuint (job->progress.failed, ==, 1);
  g_assert_true (job->begun);
}

static void
test_spec (CatalogFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *output = g_build_filename (f->folder, "a", "..", "set", NULL);
  g_autofree char *plain = g_build_filename (f->folder, "set", NULL);
  DioJobSpec spec = { .scenario = f->scenario,
                      .scenario_path = (char *) "/some/where.diorama",
                      .scenario_folder = f->folder,
                      .output = output,
                      .channels = (char *) "rgb,leaf",
                      .sensors = (char *) "camera",
                      .seed = G_MAXINT64,
                      .first = 5,
                      .count = 11,
                      .width_px = 320,
                      .height_px = 240,
                      .workers = 3,
                      .frame_timeout_ms = 5000,
                      .recycle_bytes = -1,
                      .priority = -2 };
  gint64 id = dio_catalog_add_job (f->catalog, &spec, &error);

  g_assert_no_error (error);
  g_autoptr (DioCatalogJob) job = dio_catalog_get_job (f->catalog, id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (job->spec.name, ==, "Fixture");
  g_assert_cmpstr (job->spec.scenario, ==, f->scenario);
  g_assert_cmpstr (job->spec.scenario_path, ==, spec.scenario_path);
  g_assert_cmpstr (job->spec.scenario_folder, ==, f->folder);
  g_assert_cmpstr (job->spec.output, ==, plain);
  g_assert_cmpstr (job->spec.channels, ==, "rgb,leaf");
  g_assert_cmpstr (job->spec.sensors, ==, "camera");
  g_assert_cmpuint (job->spec.seed, ==, G_MAXINT64);
  g_assert_cmpuint (job->spec.first, ==, 5);
  g_assert_cmpuint (job->spec.count, ==, 11);
  g_assert_cmpuint (job->spec.width_px, ==, 320);
  g_assert_cmpuint (job->spec.height_px, ==, 240);
  g_assert_cmpuint (job->spec.workers, ==, 3);
  g_assert_cmpuint (job->spec.frame_timeout_ms, ==, 5000);
  g_assert_cmpint (job->spec.recycle_bytes, ==, -1);
  g_assert_cmpint (job->spec.priority, ==, -2);
  g_assert_cmpuint (job->progress.total, ==, 11);
  g_assert_cmpint (job->progress.newest_frame, ==, -1);
}

static void
assert_refused (CatalogFixture *f, DioJobSpec spec, DioError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (dio_catalog_add_job (f->catalog, &spec, &error), ==, 0);
  g_assert_error (error, DIO_ERROR, (int) code);
}

static void
test_wrong_specs (CatalogFixture *f, gconstpointer data)
{
  g_autofree char *output = g_build_filename (f->folder, "set", NULL);
  g_autofree char *full = g_build_filename (f->folder, "data", NULL);
  const DioJobSpec good = {
    .scenario = f->scenario, .scenario_folder = f->folder, .output = output, .count = 1
  };
  DioJobSpec spec = good;

  spec.count = 0;
  assert_refused (f, spec, DIO_ERROR_INVALID);
  spec = good;
  spec.first = G_MAXUINT32;
  spec.count = 2;
  assert_refused (f, spec, DIO_ERROR_INVALID);
  spec = good;
  spec.seed = (guint64) G_MAXINT64 + 1;
  assert_refused (f, spec, DIO_ERROR_INVALID);
  spec = good;
  spec.output = (char *) "set";
  assert_refused (f, spec, DIO_ERROR_INVALID);
  spec = good;
  spec.scenario = (char *) "{\"format\": 1}";
  assert_refused (f, spec, DIO_ERROR_INVALID);
  spec = good;
  spec.scenario = (char *) "{";
  assert_refused (f, spec, DIO_ERROR_CORRUPT);
  spec = good;
  spec.output = full;
  assert_refused (f, spec, DIO_ERROR_EXISTS);
}

/* One job that is not over for one folder; one that is over must not go on with the frames of the next. */
static void
test_one_folder_one_job (CatalogFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *output = g_build_filename (f->folder, "set", NULL);
  DioJobSpec spec = {
    .scenario = f->scenario, .scenario_folder = f->folder, .output = output, .count = 1
  };
  gint64 id = catalog_fixture_add (f, "set", 0);

  assert_refused (f, spec, DIO_ERROR_EXISTS);
  lead_to (f, id, DIO_JOB_PARTLY);
  g_autoptr (DioCatalogJob) before = dio_catalog_get_job (f->catalog, id, &error);
  g_assert_true (before->begun);
  g_assert_cmpint (dio_catalog_add_job (f->catalog, &spec, &error), >, id);
  g_assert_no_error (error);
  g_autoptr (DioCatalogJob) after = dio_catalog_get_job (f->catalog, id, &error);
  g_assert_false (after->begun);
}

/* The ids of jobs that wait, in their order, taken by the queue's eyes. */
static void
assert_order (CatalogFixture *f, const gint64 *ids, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) jobs = dio_catalog_list_jobs (f->catalog, &error);
  gint64 next = 0;

  g_assert_no_error (error);
  g_assert_cmpuint (jobs->len, ==, n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpint (((DioCatalogJob *) jobs->pdata[i])->id, ==, ids[i]);
  g_assert_true (dio_catalog_find_next (f->catalog, &next, &error));
  g_assert_cmpint (next, ==, ids[0]);
}

static void
test_order (CatalogFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 a = catalog_fixture_add (f, "a", 0), b = catalog_fixture_add (f, "b", 0),
         c = catalog_fixture_add (f, "c", 5), d = catalog_fixture_add (f, "d", 0);

  assert_order (f, (gint64[]){ c, a, b, d }, 4);
  g_assert_true (dio_catalog_move_job (f->catalog, d, a, &error));
  assert_order (f, (gint64[]){ c, d, a, b }, 4);
  g_assert_true (dio_catalog_move_job (f->catalog, d, 0, &error));
  assert_order (f, (gint64[]){ c, a, b, d }, 4);
  /* Before a job of another priority: in its priority. */
  g_assert_true (dio_catalog_move_job (f->catalog, b, c, &error));
  assert_order (f, (gint64[]){ b, c, a, d }, 4);
  g_assert_true (dio_catalog_set_priority (f->catalog, b, 0, &error));
  assert_order (f, (gint64[]){ c, a, d, b }, 4);
  g_assert_true (dio_catalog_set_priority (f->catalog, d, 9, &error));
  assert_order (f, (gint64[]){ d, c, a, b }, 4);
  g_assert_no_error (error);
  g_assert_false (dio_catalog_move_job (f->catalog, a, 12345, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (dio_catalog_set_priority (f->catalog, a, 100000, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  assert_order (f, (gint64[]){ d, c, a, b }, 4);
}

static void
test_list_groups (CatalogFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  static const DioJobState states[] = { DIO_JOB_DONE, DIO_JOB_QUEUED, DIO_JOB_RUNNING,
                                        DIO_JOB_PAUSED, DIO_JOB_FAILED };
  static const guint expected[] = { 2, 1, 3, 4, 0 };
  gint64 ids[G_N_ELEMENTS (states)];

  for (guint i = 0; i < G_N_ELEMENTS (states); i++) {
    g_autofree char *name = g_strdup_printf ("set-%u", i);
    ids[i] = catalog_fixture_add (f, name, 0);
    lead_to (f, ids[i], states[i]);
  }
  g_autoptr (GPtrArray) jobs = dio_catalog_list_jobs (f->catalog, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < jobs->len; i++) {
    const DioCatalogJob *job = jobs->pdata[i];
    g_assert_cmpint (job->id, ==, ids[expected[i]]);
    g_assert_null (job->spec.scenario);
  }
}

static void
test_progress (CatalogFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 id = catalog_fixture_add (f, "set", 0);
  DioJobProgress progress = { .phase = (char *) "rendering",
                              .done = 3,
                              .failed = 1,
                              .total = 10,
                              .frames_per_s = 2.5,
                              .seconds_left = 2.4,
                              .workers = 2,
                              .restarts = 1,
                              .newest_frame = 104,
                              .stages = { { "draw", 1.5 }, { "rays", 0.25 } },
                              .n_stages = 2 };

  g_assert_false (dio_catalog_set_progress (f->catalog, id, &progress, TRUE, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  g_clear_error (&error);
  lead_to (f, id, DIO_JOB_RUNNING);
  g_assert_true (dio_catalog_set_progress (f->catalog, id, &progress, TRUE, &error));
  g_autoptr (DioCatalogJob) job = dio_catalog_get_job (f->catalog, id, &error);
  g_assert_no_error (error);
  g_assert_true (job->begun);
  g_assert_cmpstr (job->progress.phase, ==, "rendering");
  g_assert_cmpuint (job->progress.done, ==, 3);
  g_assert_cmpfloat (job->progress.frames_per_s, ==, 2.5);
  g_assert_cmpfloat (job->progress.seconds_left, ==, 2.4);
  g_assert_cmpuint (job->progress.workers, ==, 2);
  g_assert_cmpuint (job->progress.restarts, ==, 1);
  g_assert_cmpint (job->progress.newest_frame, ==, 104);
  g_assert_cmpuint (job->progress.n_stages, ==, 2);
  g_assert_cmpstr (job->progress.stages[0].name, ==, "draw");
  g_assert_cmpfloat (job->progress.stages[1].seconds, ==, 0.25);
}

static void
add_rows (CatalogFixture *f, gint64 id, const char *code, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rows = g_array_new (FALSE, TRUE, sizeof (DioCatalogLogRow));

  for (guint i = 0; i < n; i++) {
    DioCatalogLogRow row = { 0, 1000 + i, (char *) code, (char *) "text" };
    g_array_append_val (rows, row);
  }
  g_assert_true (dio_catalog_add_log (f->catalog, id, (const DioCatalogLogRow *) rows->data,
                                      rows->len, &error));
  g_assert_no_error (error);
}

static guint
count_rows (CatalogFixture *f, gint64 id, const char *code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = dio_catalog_list_log (f->catalog, id, 0, 0, &error);
  guint n = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    n += g_str_equal (((DioCatalogLogRow *) rows->pdata[i])->code, code);
  return n;
}

static void
test_log (CatalogFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 id = catalog_fixture_add (f, "set", 0), other = catalog_fixture_add (f, "other", 0);

  add_rows (f, other, "queue", 3);
  add_rows (f, id, "frame-failed", 5);
  add_rows (f, id, "frame-retry", 2500);
  g_assert_cmpuint (count_rows (f, id, "frame-retry"), ==, 1000);
  /* Other events do not push out what failed. */
  g_assert_cmpuint (count_rows (f, id, "frame-failed"), ==, 5);
  g_assert_cmpuint (count_rows (f, other, "queue"), ==, 3);
  g_autoptr (GPtrArray) some = dio_catalog_list_log (f->catalog, other, 0, 2, &error);
  g_assert_cmpuint (some->len, ==, 2);
  const DioCatalogLogRow *last = some->pdata[1];
  g_autoptr (GPtrArray) rest = dio_catalog_list_log (f->catalog, other, last->id, 0, &error);
  g_assert_cmpuint (rest->len, ==, 1);
  g_assert_cmpint (((DioCatalogLogRow *) rest->pdata[0])->time_us, ==, 1002);
  /* Failed frames are tried again by the next start. */
  lead_to (f, id, DIO_JOB_RUNNING);
  g_assert_cmpuint (count_rows (f, id, "frame-failed"), ==, 0);
}

static void
test_names (void)
{
  for (guint i = 0; i < DIO_JOB_N_STATES; i++) {
    DioJobState state = DIO_JOB_N_STATES;
    g_assert_true (dio_job_state_from_name (dio_job_state_to_name ((DioJobState) i), &state));
    g_assert_cmpint (state, ==, (int) i);
  }
  DioJobState state;
  g_assert_false (dio_job_state_from_name ("asleep", &state));
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*func) (CatalogFixture *f, gconstpointer data);
  } tests[] = {
    { "/catalog/job/arrows", test_arrows },
    { "/catalog/job/invariants", test_invariants },
    { "/catalog/job/wishes", test_wishes },
    { "/catalog/job/wishes-outlive-the-queue", test_wishes_outlive_the_queue },
    { "/catalog/job/losses", test_losses },
    { "/catalog/job/endings-win", test_endings_win },
    { "/catalog/job/spec", test_spec },
    { "/catalog/job/wrong-specs", test_wrong_specs },
    { "/catalog/job/one-folder-one-job", test_one_folder_one_job },
    { "/catalog/job/order", test_order },
    { "/catalog/job/list-groups", test_list_groups },
    { "/catalog/job/progress", test_progress },
    { "/catalog/job/log", test_log },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, CatalogFixture, NULL, catalog_fixture_set_up, tests[i].func,
                catalog_fixture_tear_down);
  g_test_add_func ("/catalog/job/names", test_names);
  return g_test_run ();
}
