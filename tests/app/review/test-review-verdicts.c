#include "dio-core-error.h"
#include "dio-review-list.h"
#include "dio-review-log.h"
#include "review-fixture.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define N_FRAMES 6

static char *
dup_log_path (const ReviewFixture *fixture, const char *name)
{
  return g_build_filename (fixture->folder, "reviews", name, NULL);
}

static void
test_decide (void)
{
  ReviewFixture fixture = { 0 };
  ReviewDesk desk;
  guint32 rows[] = { 0, 2, 4 };
  DioReviewDecision decision = { DIO_REVIEW_REJECTED, "floating", "the mug “hangs” in the air",
                                 "night mug" };
  g_auto (DioReviewVerdict) verdict = { 0 };
  DioReviewProgress progress;

  review_fixture_init (&fixture, N_FRAMES);
  review_desk_open (&desk, &fixture, "ann");
  g_autofree char *path = dup_log_path (&fixture, "ann.db");
  guint64 version = dio_review_verdicts_get_version (desk.verdicts);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (dio_review_verdicts_decide (desk.verdicts, DIO_REVIEW_FRAMES, rows, 3, &decision));
  g_assert_cmpuint (dio_review_verdicts_get_version (desk.verdicts), >, version);
  g_assert_cmpuint (dio_review_verdicts_get_state (desk.verdicts, DIO_REVIEW_FRAMES, 2), ==,
                    DIO_REVIEW_REJECTED);
  g_assert_cmpuint (dio_review_verdicts_get_state (desk.verdicts, DIO_REVIEW_FRAMES, 1), ==,
                    DIO_REVIEW_UNDECIDED);
  g_assert_cmpuint (dio_review_verdicts_get_state (desk.verdicts, DIO_REVIEW_OBJECTS, 2), ==,
                    DIO_REVIEW_UNDECIDED);
  /* A row that is not there: nothing of the action happens. */
  guint32 beyond[] = { 1, 100000 };
  g_assert_false (
      dio_review_verdicts_decide (desk.verdicts, DIO_REVIEW_FRAMES, beyond, 2, &decision));
  g_assert_cmpuint (dio_review_verdicts_get_state (desk.verdicts, DIO_REVIEW_FRAMES, 1), ==,
                    DIO_REVIEW_UNDECIDED);
  review_desk_close (&desk);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  /* Read back by another session. */
  review_desk_open (&desk, &fixture, "ann");
  g_assert_true (dio_review_verdicts_get (desk.verdicts, DIO_REVIEW_FRAMES, 4, &verdict));
  g_assert_cmpuint (verdict.state, ==, DIO_REVIEW_REJECTED);
  g_assert_cmpstr (verdict.reason, ==, "floating");
  g_assert_cmpstr (verdict.comment, ==, "the mug “hangs” in the air");
  g_assert_cmpstr (verdict.tags, ==, "night mug");
  g_assert_cmpstr (verdict.reviewer, ==, "ann");
  g_assert_cmpint (ABS (verdict.time_us - g_get_real_time ()), <, 60 * G_USEC_PER_SEC);
  dio_review_verdicts_get_progress (desk.verdicts, DIO_REVIEW_FRAMES, &progress);
  g_assert_cmpuint (progress.states[DIO_REVIEW_REJECTED], ==, 3);
  g_assert_cmpuint (progress.states[DIO_REVIEW_UNDECIDED], ==, 2 * N_FRAMES - 3);
  /* Filters by what was said. */
  static const char *const criteria[] = { "tag=night", "reason=floating", "reviewer=ann",
                                          "state=rejected", "text=HANGS" };
  for (guint i = 0; i < G_N_ELEMENTS (criteria); i++) {
    g_auto (DioReviewFilter) filter = { 0 };
    g_assert_true (dio_review_filter_add_text (&filter, desk.table, criteria[i], NULL));
    g_autoptr (DioReviewList) list =
        dio_review_list_new (desk.table, desk.verdicts, DIO_REVIEW_FRAMES, &filter, NULL);
    g_assert_cmpuint (list->n, ==, 3);
  }
  g_autoptr (DioReviewList) all =
      dio_review_list_new (desk.table, desk.verdicts, DIO_REVIEW_FRAMES, NULL, NULL);
  g_assert_cmpint (dio_review_list_find_state (all, desk.verdicts, 0, 1, 1u << 0), ==, 1);
  g_auto (GStrv) tags = dio_review_verdicts_list_tags (desk.verdicts);
  g_assert_cmpuint (g_strv_length (tags), ==, 2);
  review_desk_close (&desk);
  review_fixture_clear (&fixture);
}

static void
test_undo (void)
{
  ReviewFixture fixture = { 0 };
  ReviewDesk desk;
  DioReviewUnit unit = DIO_REVIEW_FRAMES;
  GArray *rows = NULL;

  review_fixture_init (&fixture, N_FRAMES);
  review_desk_open (&desk, &fixture, "ann");
  g_assert_false (dio_review_verdicts_undo (desk.verdicts, NULL, NULL));
  review_desk_decide (&desk, DIO_REVIEW_OBJECTS, 5, DIO_REVIEW_ACCEPTED);
  review_desk_decide (&desk, DIO_REVIEW_OBJECTS, 5, DIO_REVIEW_REJECTED);
  g_assert_true (dio_review_verdicts_undo (desk.verdicts, &unit, &rows));
  g_assert_cmpuint (unit, ==, DIO_REVIEW_OBJECTS);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpuint (g_array_index (rows, guint32, 0), ==, 5);
  g_array_unref (rows);
  g_assert_cmpuint (dio_review_verdicts_get_state (desk.verdicts, DIO_REVIEW_OBJECTS, 5), ==,
                    DIO_REVIEW_ACCEPTED);
  g_assert_true (dio_review_verdicts_undo (desk.verdicts, NULL, NULL));
  g_assert_cmpuint (dio_review_verdicts_get_state (desk.verdicts, DIO_REVIEW_OBJECTS, 5), ==,
                    DIO_REVIEW_UNDECIDED);
  g_assert_false (dio_review_verdicts_can_undo (desk.verdicts));
  g_assert_true (dio_review_verdicts_redo (desk.verdicts, NULL, NULL));
  g_assert_true (dio_review_verdicts_redo (desk.verdicts, NULL, NULL));
  g_assert_false (dio_review_verdicts_redo (desk.verdicts, NULL, NULL));
  g_assert_cmpuint (dio_review_verdicts_get_state (desk.verdicts, DIO_REVIEW_OBJECTS, 5), ==,
                    DIO_REVIEW_REJECTED);
  g_assert_true (dio_review_verdicts_undo (desk.verdicts, NULL, NULL));
  /* A new decision ends what could be redone. */
  review_desk_decide (&desk, DIO_REVIEW_FRAMES, 1, DIO_REVIEW_FLAGGED);
  g_assert_false (dio_review_verdicts_can_redo (desk.verdicts));
  review_desk_refresh (&desk);
  g_assert_cmpuint (dio_review_verdicts_get_state (desk.verdicts, DIO_REVIEW_OBJECTS, 5), ==,
                    DIO_REVIEW_ACCEPTED);
  review_desk_close (&desk);
  review_desk_open (&desk, &fixture, "ann");
  g_assert_cmpuint (dio_review_verdicts_get_state (desk.verdicts, DIO_REVIEW_OBJECTS, 5), ==,
                    DIO_REVIEW_ACCEPTED);
  g_assert_cmpuint (dio_review_verdicts_get_state (desk.verdicts, DIO_REVIEW_FRAMES, 1), ==,
                    DIO_REVIEW_FLAGGED);
  review_desk_close (&desk);
  review_fixture_clear (&fixture);
}

static void
count_cb (const DioReviewAction *action, gpointer user)
{
  guint *counts = user;

  counts[action->undoes ? 1 : 0]++;
}

static void
test_append_only (void)
{
  ReviewFixture fixture = { 0 };
  ReviewDesk desk;
  guint counts[2] = { 0, 0 };
  gint64 position = 0;
  g_autofree char *reviewer = NULL;
  g_autoptr (GError) error = NULL;

  review_fixture_init (&fixture, N_FRAMES);
  review_desk_open (&desk, &fixture, "Zoë / Q.");
  review_desk_decide (&desk, DIO_REVIEW_FRAMES, 0, DIO_REVIEW_REJECTED);
  g_assert_true (dio_review_verdicts_undo (desk.verdicts, NULL, NULL));
  g_assert_true (dio_review_verdicts_flush (desk.verdicts, &error));
  g_assert_no_error (error);
  const char *folder = dio_review_verdicts_get_log_folder (desk.verdicts);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autofree char *path = g_build_filename (folder, g_dir_read_name (dir), NULL);
  g_assert_true (dio_review_log_read (path, 0, &position, &reviewer, count_cb, counts, &error));
  g_assert_cmpstr (reviewer, ==, "Zoë / Q.");
  g_assert_cmpuint (counts[0], ==, 1);
  g_assert_cmpuint (counts[1], ==, 1);
  g_assert_true (dio_review_log_read (path, position, &position, NULL, count_cb, counts, &error));
  g_assert_cmpuint (counts[0] + counts[1], ==, 2);
  review_desk_close (&desk);
  review_fixture_clear (&fixture);
}

static void
test_merge (void)
{
  ReviewFixture fixture = { 0 };
  ReviewDesk ann, bob;
  g_auto (DioReviewVerdict) verdict = { 0 };

  review_fixture_init (&fixture, N_FRAMES);
  review_desk_open (&ann, &fixture, "ann x");
  /* Another name that becomes the same file name. */
  review_desk_open (&bob, &fixture, "ann_x");
  review_desk_decide (&ann, DIO_REVIEW_FRAMES, 0, DIO_REVIEW_ACCEPTED);
  review_desk_decide (&bob, DIO_REVIEW_FRAMES, 0, DIO_REVIEW_REJECTED);
  review_desk_decide (&bob, DIO_REVIEW_FRAMES, 1, DIO_REVIEW_ACCEPTED);
  review_desk_decide (&ann, DIO_REVIEW_FRAMES, 1, DIO_REVIEW_ACCEPTED);
  g_assert_true (dio_review_verdicts_flush (ann.verdicts, NULL));
  g_assert_true (dio_review_verdicts_flush (bob.verdicts, NULL));
  review_desk_refresh (&ann);
  review_desk_refresh (&bob);
  /* The later word counts, for both alike. */
  g_assert_cmpuint (dio_review_verdicts_get_state (ann.verdicts, DIO_REVIEW_FRAMES, 0), ==,
                    DIO_REVIEW_REJECTED);
  g_assert_cmpuint (dio_review_verdicts_get_state (bob.verdicts, DIO_REVIEW_FRAMES, 0), ==,
                    DIO_REVIEW_REJECTED);
  g_assert_true (dio_review_verdicts_get (ann.verdicts, DIO_REVIEW_FRAMES, 0, &verdict));
  g_assert_true (verdict.disputed);
  g_assert_cmpstr (verdict.reviewer, ==, "ann_x");
  dio_review_verdict_clear (&verdict);
  g_assert_true (dio_review_verdicts_get (ann.verdicts, DIO_REVIEW_FRAMES, 1, &verdict));
  g_assert_false (verdict.disputed);
  dio_review_verdict_clear (&verdict);
  /* Taking it back brings the other's word back. */
  g_assert_true (dio_review_verdicts_undo (bob.verdicts, NULL, NULL));
  g_assert_true (dio_review_verdicts_undo (bob.verdicts, NULL, NULL));
  review_desk_refresh (&bob);
  review_desk_refresh (&ann);
  g_assert_cmpuint (dio_review_verdicts_get_state (ann.verdicts, DIO_REVIEW_FRAMES, 0), ==,
                    DIO_REVIEW_ACCEPTED);
  g_auto (GStrv) reviewers = dio_review_verdicts_list_reviewers (ann.verdicts);
  g_assert_cmpuint (g_strv_length (reviewers), ==, 1);
  review_desk_close (&ann);
  review_desk_close (&bob);
  review_fixture_clear (&fixture);
}

static void
test_stale (void)
{
  ReviewFixture fixture = { 0 };
  ReviewDesk desk;
  g_auto (DioReviewVerdict) verdict = { 0 };
  DioReviewProgress progress;
  g_auto (DioReviewFilter) filter = { .stale_only = TRUE };

  review_fixture_init (&fixture, N_FRAMES);
  review_desk_open (&desk, &fixture, "ann");
  review_desk_decide (&desk, DIO_REVIEW_FRAMES, 0, DIO_REVIEW_ACCEPTED);
  review_desk_decide (&desk, DIO_REVIEW_FRAMES, 2, DIO_REVIEW_ACCEPTED);
  review_desk_decide (&desk, DIO_REVIEW_OBJECTS, 0, DIO_REVIEW_REJECTED);
  review_desk_close (&desk);
  review_fixture_change_labels (&fixture);
  review_desk_open (&desk, &fixture, "ann");
  g_assert_cmpuint (dio_review_verdicts_get_state (desk.verdicts, DIO_REVIEW_FRAMES, 0), ==,
                    DIO_REVIEW_UNDECIDED);
  g_assert_cmpuint (dio_review_verdicts_get_state (desk.verdicts, DIO_REVIEW_OBJECTS, 0), ==,
                    DIO_REVIEW_UNDECIDED);
  g_assert_cmpuint (dio_review_verdicts_get_state (desk.verdicts, DIO_REVIEW_FRAMES, 2), ==,
                    DIO_REVIEW_ACCEPTED);
  g_assert_true (dio_review_verdicts_get (desk.verdicts, DIO_REVIEW_FRAMES, 0, &verdict));
  g_assert_true (verdict.stale);
  g_assert_cmpuint (verdict.said, ==, DIO_REVIEW_ACCEPTED);
  dio_review_verdicts_get_progress (desk.verdicts, DIO_REVIEW_FRAMES, &progress);
  g_assert_cmpuint (progress.stale, ==, 1);
  g_autoptr (DioReviewList) list =
      dio_review_list_new (desk.table, desk.verdicts, DIO_REVIEW_FRAMES, &filter, NULL);
  g_assert_cmpuint (list->n, ==, 1);
  /* Decided again, about the label that is there now. */
  review_desk_decide (&desk, DIO_REVIEW_FRAMES, 0, DIO_REVIEW_REJECTED);
  g_assert_cmpuint (dio_review_verdicts_get_state (desk.verdicts, DIO_REVIEW_FRAMES, 0), ==,
                    DIO_REVIEW_REJECTED);
  review_desk_close (&desk);
  review_fixture_clear (&fixture);
}

static void
test_damaged_log (void)
{
  ReviewFixture fixture = { 0 };
  ReviewDesk desk;
  g_autoptr (DioDiagnostics) findings = dio_diagnostics_new ();
  g_autoptr (GError) error = NULL;

  review_fixture_init (&fixture, N_FRAMES);
  review_desk_open (&desk, &fixture, "ann");
  review_desk_decide (&desk, DIO_REVIEW_FRAMES, 0, DIO_REVIEW_ACCEPTED);
  g_assert_true (dio_review_verdicts_flush (desk.verdicts, NULL));
  g_autofree char *path = dup_log_path (&fixture, "eve.db");
  g_assert_true (
      g_file_set_contents (path, "this is no database, but long enough to be one", -1, NULL));
  g_assert_true (
      dio_review_verdicts_refresh (desk.verdicts, desk.reader, desk.table, findings, &error));
  g_assert_cmpuint (dio_diagnostics_get_count (findings), ==, 1);
  g_assert_nonnull (dio_diagnostics_find (findings, "review-log-unreadable"));
  g_assert_cmpuint (dio_review_verdicts_get_state (desk.verdicts, DIO_REVIEW_FRAMES, 0), ==,
                    DIO_REVIEW_ACCEPTED);
  review_desk_close (&desk);
  review_fixture_clear (&fixture);
}

/* A folder that cannot be written: the log goes to the user's data, and is found there. Root may write anything, so
 * the folder "reviews" is made a file there, which stops everybody. */
static void
test_read_only (void)
{
  g_autofree char *user = dio_review_log_dup_user_folder ("abc-5");
  g_autofree char *chosen = NULL, *made = g_dir_make_tmp ("dio-review-ro-XXXXXX", NULL);

  g_assert_true (g_str_has_prefix (user, g_get_user_data_dir ()));
  g_autofree char *beside = dio_review_log_dup_folder (made, "abc-5");
  g_assert_true (g_str_has_prefix (beside, made));
  g_assert_cmpint (g_chmod (made, 0500), ==, 0);
  chosen = dio_review_log_dup_folder (made, "abc-5");
  if (geteuid () == 0)
    g_assert_cmpstr (chosen, ==, beside);
  else
    g_assert_cmpstr (chosen, ==, user);
  g_assert_cmpint (g_chmod (made, 0700), ==, 0);
  g_rmdir (made);
  g_autofree char *missing = dio_review_log_dup_folder ("/nonexistent/dataset", "abc-5");
  g_assert_cmpstr (missing, ==, user);
}

static guint n_failed;

static void
saved_cb (const GError *error, gpointer user)
{
  if (error)
    g_atomic_int_inc (&n_failed);
}

static void
test_failing_disk (void)
{
  ReviewFixture fixture = { 0 };
  ReviewDesk desk;
  g_autoptr (GError) error = NULL;

  review_fixture_init (&fixture, N_FRAMES);
  review_desk_open (&desk, &fixture, "ann");
  dio_review_verdicts_set_saved_func (desk.verdicts, saved_cb, NULL);
  g_autofree char *folder = g_build_filename (fixture.folder, "reviews", NULL);
  g_assert_true (g_file_set_contents (folder, "in the way", -1, NULL));
  review_desk_decide (&desk, DIO_REVIEW_FRAMES, 0, DIO_REVIEW_ACCEPTED);
  g_assert_false (dio_review_verdicts_flush (desk.verdicts, &error));
  g_assert_nonnull (error);
  g_assert_cmpint (g_atomic_int_get (&n_failed), >, 0);
  /* It stands on the screen, and is written when that is possible. */
  g_assert_cmpuint (dio_review_verdicts_get_state (desk.verdicts, DIO_REVIEW_FRAMES, 0), ==,
                    DIO_REVIEW_ACCEPTED);
  g_unlink (folder);
  g_clear_error (&error);
  g_assert_true (dio_review_verdicts_flush (desk.verdicts, &error));
  review_desk_close (&desk);
  review_desk_open (&desk, &fixture, "ann");
  g_assert_cmpuint (dio_review_verdicts_get_state (desk.verdicts, DIO_REVIEW_FRAMES, 0), ==,
                    DIO_REVIEW_ACCEPTED);
  review_desk_close (&desk);
  review_fixture_clear (&fixture);
}

static gpointer
write_cb (gpointer data)
{
  ReviewFixture *fixture = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DioDataset) dataset = dio_dataset_open (fixture->folder, DIO_DATASET_WRITE, &error);

  g_assert_no_error (error);
  review_fixture_add (fixture, dataset, N_FRAMES, 60);
  return NULL;
}

/* A job adds frames while the table follows and decisions are made: rows stay what they were. */
static void
test_running_job (void)
{
  ReviewFixture fixture = { 0 };
  ReviewDesk desk;
  guint refreshes = 0;
  g_autoptr (GError) error = NULL;

  review_fixture_init (&fixture, N_FRAMES);
  review_desk_open (&desk, &fixture, "ann");
  review_desk_decide (&desk, DIO_REVIEW_OBJECTS, 7, DIO_REVIEW_REJECTED);
  gint64 id = dio_review_table_get_id (desk.table, DIO_REVIEW_OBJECTS, 7);
  GThread *writer = g_thread_new ("writer", write_cb, &fixture);
  guint32 n = dio_review_table_get_n (desk.table, DIO_REVIEW_FRAMES);
  gint64 deadline = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;
  while (n < 2 * (N_FRAMES + 60) && g_get_monotonic_time () < deadline) {
    DioReviewTable *next =
        dio_review_table_load (desk.reader, desk.table, DIO_REVIEW_LOAD_NAMES, NULL, &error);
    g_assert_no_error (error);
    guint32 now = dio_review_table_get_n (next, DIO_REVIEW_FRAMES);
    g_assert_cmpuint (now, >=, n);
    /* Both pictures of a frame and all of its objects, or nothing of it. */
    g_assert_cmpuint (now % 2, ==, 0);
    g_assert_cmpuint (dio_review_table_get_n (next, DIO_REVIEW_OBJECTS), ==, 3 * now);
    g_assert_cmpint (dio_review_table_get_id (next, DIO_REVIEW_OBJECTS, 7), ==, id);
    refreshes += next != desk.table;
    dio_review_table_unref (desk.table);
    desk.table = next;
    n = now;
    review_desk_refresh (&desk);
    review_desk_decide (&desk, DIO_REVIEW_FRAMES, n - 1, DIO_REVIEW_ACCEPTED);
    g_usleep (1000);
  }
  g_thread_join (writer);
  g_assert_cmpuint (n, ==, 2 * (N_FRAMES + 60));
  g_assert_cmpuint (refreshes, >, 1);
  g_assert_cmpuint (dio_review_verdicts_get_state (desk.verdicts, DIO_REVIEW_OBJECTS, 7), ==,
                    DIO_REVIEW_REJECTED);
  /* The grown table is what one load gives. */
  g_autoptr (DioReviewTable) whole =
      dio_review_table_load (desk.reader, NULL, DIO_REVIEW_LOAD_NAMES, NULL, &error);
  for (guint32 row = 0; row < n; row++) {
    DioReviewFrameRow a, b;
    dio_review_table_get_frame (whole, row, &a);
    dio_review_table_get_frame (desk.table, row, &b);
    g_assert_cmpint (a.id, ==, b.id);
    g_assert_cmpuint (a.first_object, ==, b.first_object);
  }
  review_desk_close (&desk);
  review_fixture_clear (&fixture);
}

int
main (int argc, char **argv)
{
  g_autofree char *home = g_dir_make_tmp ("dio-review-home-XXXXXX", NULL);

  g_setenv ("XDG_CACHE_HOME", home, TRUE);
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/review/verdicts/decide", test_decide);
  g_test_add_func ("/review/verdicts/undo", test_undo);
  g_test_add_func ("/review/log/append-only", test_append_only);
  g_test_add_func ("/review/verdicts/merge", test_merge);
  g_test_add_func ("/review/verdicts/stale", test_stale);
  g_test_add_func ("/review/verdicts/damaged-log", test_damaged_log);
  g_test_add_func ("/review/log/read-only", test_read_only);
  g_test_add_func ("/review/verdicts/failing-disk", test_failing_disk);
  g_test_add_func ("/review/table/running-job", test_running_job);
  return g_test_run ();
}
