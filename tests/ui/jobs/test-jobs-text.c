#include "dio-job-log.h"
#include "dio-jobs-text.h"

#include <math.h>

static void
assert_duration (double seconds, const char *expected)
{
  g_autofree char *text = dio_jobs_dup_duration (seconds);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_durations (void)
{
  assert_duration (-1, "—");
  assert_duration (NAN, "—");
  assert_duration (0.2, "1 s");
  assert_duration (45, "45 s");
  assert_duration (99.4, "100 s");
  assert_duration (100, "2 min");
  assert_duration (3599, "1 h 0 min");
  assert_duration (4800, "1 h 20 min");
  assert_duration (200000, "2 d 7 h");
}

static void
test_rates (void)
{
  g_autofree char *none = dio_jobs_dup_rate (0), *fast = dio_jobs_dup_rate (7.57),
                  *slow = dio_jobs_dup_rate (0.1);
  g_assert_cmpstr (none, ==, "—");
  g_assert_cmpstr (fast, ==, "7.6 frames/s");
  g_assert_cmpstr (slow, ==, "10.0 s/frame");
}

static void
test_every_state_has_a_word (void)
{
  for (guint state = 0; state < DIO_JOB_N_STATES; state++) {
    DioCatalogJob job = { .state = (DioJobState) state };
    g_assert_cmpstr (dio_jobs_state_label (&job), !=, "");
    g_assert_nonnull (dio_jobs_state_icon ((DioJobState) state));
  }
}

static void
test_summary_says_what_is_left (void)
{
  DioCatalogJob job = {
    .state = DIO_JOB_RUNNING,
    .spec = { .count = 100 },
    .progress = { .done = 40, .failed = 2, .total = 100, .frames_per_s = 2, .seconds_left = 29 },
  };
  g_autofree char *running = dio_jobs_dup_summary (&job);
  g_assert_cmpstr (running, ==, "40 of 100, 2 failed · 2.0 frames/s · 29 s left");
  job.state = DIO_JOB_PAUSED;
  g_autofree char *paused = dio_jobs_dup_summary (&job);
  g_assert_cmpstr (paused, ==, "40 of 100, 2 failed");
}

static void
test_causes_are_without_the_frame (void)
{
  g_autofree char *a = dio_job_log_dup_cause ("Frame 17 is given up after 3 tries: out of memory");
  g_autofree char *b = dio_job_log_dup_cause (
      "Frame 4 is given up after 3 tries: frame 4: no sensor is visible; add one");
  g_autofree char *c = dio_job_log_dup_cause ("odd");
  g_assert_cmpstr (a, ==, "out of memory");
  g_assert_cmpstr (b, ==, "no sensor is visible; add one");
  g_assert_cmpstr (c, ==, "odd");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/jobs/text/durations", test_durations);
  g_test_add_func ("/jobs/text/rates", test_rates);
  g_test_add_func ("/jobs/text/every-state-has-a-word", test_every_state_has_a_word);
  g_test_add_func ("/jobs/text/summary-says-what-is-left", test_summary_says_what_is_left);
  g_test_add_func ("/jobs/text/causes-are-without-the-frame", test_causes_are_without_the_frame);
  return g_test_run ();
}
