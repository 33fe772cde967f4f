#define G_LOG_DOMAIN "review-fixture"

#include "review-fixture.h"

#include "dataset-fixture.h"
#include "dio-base-path.h"
#include "dio-sql.h"

#include <string.h>

static DioDataset *
make_dataset (const char *folder)
{
  g_autoptr (DioScenario) scenario = fixture_make_scenario ();
  g_autoptr (GError) error = NULL;
  DioDataset *dataset = dio_dataset_create (folder, scenario, &error);

  g_assert_no_error (error);
  return dataset;
}

void
review_fixture_add (ReviewFixture *fixture, DioDataset *dataset, guint first, guint n)
{
  static const char *const channels[] = { "rgb", "leaf", NULL };
  g_autoptr (GError) error = NULL;

  for (guint i = first; i < first + n; i++) {
    FixtureDesc desc = { .seed = 5, .index = i, .width = 64, .height = 48, .n_sensors = 2 };
    g_auto (DioDatasetFrame) frame = { 0 };
    DioDatasetFrame *frames[] = { &frame };
    fixture_make_frame (&desc, &frame);
    frame.run = fixture->run;
    frame.status = DIO_FRAME_DONE;
    /* Every fourth frame has another model; the first number counts up. */
    g_array_index (frame.draws, DioDraw, 0).numbers[0] = i;
    g_array_index (frame.draws, DioDraw, 1).string =
        g_intern_string (i % 4 == 0 ? "asset/rusty" : "asset/clean");
    for (guint c = 0; c < frame.captures->len; c++) {
      DioDatasetCapture *capture = &g_array_index (frame.captures, DioDatasetCapture, c);
      capture->mean_luminance = 0.2 + 0.01 * (i % 50);
      capture->checks_passed = i % 10 != 3;
    }
    fixture_write_files (dataset, &frame, channels);
    g_assert_true (dio_dataset_store_frames (dataset, frames, 1, &error));
    g_assert_no_error (error);
  }
}

void
review_fixture_init (ReviewFixture *fixture, guint n_frames)
{
  g_autoptr (GError) error = NULL;
  char run_hash[] = "5555555555555555";
  DioDatasetRun run = { .scenario_hash = run_hash, .seed = 5, .first = 0, .count = 100000 };

  fixture->parent = g_dir_make_tmp ("dio-review-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->folder = g_build_filename (fixture->parent, "dataset", NULL);
  g_autoptr (DioDataset) dataset = make_dataset (fixture->folder);
  fixture->run = dio_dataset_add_run (dataset, &run, &error);
  g_assert_no_error (error);
  review_fixture_add (fixture, dataset, 0, n_frames);
}

void
review_fixture_clear (ReviewFixture *fixture)
{
  g_assert_true (dio_path_remove_tree (fixture->parent, NULL));
  g_free (fixture->parent);
  g_free (fixture->folder);
}

void
review_fixture_change_labels (ReviewFixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->folder, "dataset.db", NULL);
  const char *const schema[] = { "SELECT 1;", NULL };
  DioSqlDesc desc = {
    .path = path, .mode = DIO_SQL_WRITE, .application_id = 0x44696f44, .schema = schema
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (DioSql) sql = dio_sql_open (&desc, &error);

  g_assert_no_error (error);
  g_assert_true (dio_sql_exec (sql,
                               "UPDATE annotations SET visible_px = visible_px + 1 WHERE capture IN"
                               " (SELECT c.id FROM captures c JOIN frames f ON f.id = c.frame"
                               "  WHERE f.frame_index = 0)",
                               &error));
  g_assert_no_error (error);
}

void
review_desk_open (ReviewDesk *desk, const ReviewFixture *fixture, const char *reviewer)
{
  g_autoptr (GError) error = NULL;

  memset (desk, 0, sizeof *desk);
  desk->reader = dio_review_reader_open (fixture->folder, &error);
  g_assert_no_error (error);
  desk->table = dio_review_table_load (desk->reader, NULL, DIO_REVIEW_LOAD_NAMES, NULL, &error);
  g_assert_no_error (error);
  desk->verdicts = dio_review_verdicts_new (desk->reader, reviewer, &error);
  g_assert_no_error (error);
  review_desk_refresh (desk);
}

void
review_desk_refresh (ReviewDesk *desk)
{
  g_autoptr (DioDiagnostics) findings = dio_diagnostics_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (
      dio_review_verdicts_refresh (desk->verdicts, desk->reader, desk->table, findings, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (dio_diagnostics_get_count (findings), ==, 0);
}

void
review_desk_close (ReviewDesk *desk)
{
  dio_review_verdicts_free (desk->verdicts);
  dio_review_table_unref (desk->table);
  dio_review_reader_free (desk->reader);
}

void
review_desk_decide (ReviewDesk *desk, DioReviewUnit unit, guint32 row, DioReviewState state)
{
  DioReviewDecision decision = { .state = state };

  g_assert_true (dio_review_verdicts_decide (desk->verdicts, unit, &row, 1, &decision));
}
