#include "dio-base-json.h"
#include "dio-export.h"
#include "dio-review-cause.h"
#include "dio-review-export.h"
#include "dio-review-report.h"
#include "dio-review-sampling.h"
#include "review-fixture.h"

#include <string.h>

#define N_FRAMES 24

/* Every fourth frame has the rusty model: those are rejected, all others accepted. */
static void
judge_all (ReviewDesk *desk)
{
  for (guint32 row = 0; row < 2 * N_FRAMES; row++) {
    DioReviewFrameRow frame;
    dio_review_table_get_frame (desk->table, row, &frame);
    DioReviewDecision decision = { frame.index % 4 == 0 ? DIO_REVIEW_REJECTED : DIO_REVIEW_ACCEPTED,
                                   frame.index % 4 == 0 ? "material" : "", "", "" };
    g_assert_true (
        dio_review_verdicts_decide (desk->verdicts, DIO_REVIEW_FRAMES, &row, 1, &decision));
  }
}

static void
test_causes (void)
{
  ReviewFixture fixture = { 0 };
  ReviewDesk desk;
  g_autoptr (GError) error = NULL;
  g_auto (DioReviewFilter) filter = { 0 };

  review_fixture_init (&fixture, N_FRAMES);
  review_desk_open (&desk, &fixture, "ann");
  judge_all (&desk);
  g_autoptr (DioReviewCauses) causes =
      dio_review_causes_find (desk.reader, desk.table, desk.verdicts, DIO_REVIEW_FRAMES, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (causes->rejected, ==, 12);
  g_assert_cmpuint (causes->decided, ==, 48);
  g_assert_false (causes->counts_undecided);
  g_assert_cmpuint (causes->causes->len, >, 0);
  const DioReviewCause *first = &g_array_index (causes->causes, DioReviewCause, 0);
  g_assert_cmpuint (first->kind, ==, DIO_REVIEW_CAUSE_DRAW_VALUE);
  g_assert_cmpstr (first->value, ==, "asset/rusty");
  g_assert_cmpuint (first->rejected, ==, 12);
  g_assert_cmpuint (first->decided, ==, 12);
  g_assert_cmpfloat (first->lift, ==, 4);
  g_assert_cmpfloat (first->p_value, <, 1e-8);
  g_autofree char *text = dio_review_cause_dup_text (first);
  g_assert_cmpstr (text, ==, "model of mug is asset/rusty");
  /* All items with this cause. */
  g_assert_true (dio_review_cause_to_filter (first, desk.reader, desk.table, &filter, &error));
  g_autoptr (DioReviewList) list =
      dio_review_list_new (desk.table, desk.verdicts, DIO_REVIEW_FRAMES, &filter, NULL);
  g_assert_cmpuint (list->n, ==, 12);
  review_desk_close (&desk);
  review_fixture_clear (&fixture);
}

/* Rejects alone: what was not decided counts as good. */
static void
test_causes_range (void)
{
  ReviewFixture fixture = { 0 };
  ReviewDesk desk;
  g_autoptr (GError) error = NULL;
  gboolean found = FALSE;

  review_fixture_init (&fixture, N_FRAMES);
  review_desk_open (&desk, &fixture, "ann");
  for (guint32 row = 0; row < 6; row++)
    review_desk_decide (&desk, DIO_REVIEW_FRAMES, row, DIO_REVIEW_REJECTED);
  g_autoptr (DioReviewCauses) causes =
      dio_review_causes_find (desk.reader, desk.table, desk.verdicts, DIO_REVIEW_FRAMES, &error);
  g_assert_no_error (error);
  g_assert_true (causes->counts_undecided);
  for (guint i = 0; i < causes->causes->len; i++) {
    const DioReviewCause *cause = &g_array_index (causes->causes, DioReviewCause, i);
    if (cause->kind != DIO_REVIEW_CAUSE_DRAW_RANGE || cause->component != 0 || cause->min > 0)
      continue;
    found = TRUE;
    g_assert_cmpuint (cause->rejected, ==, 6);
    g_assert_cmpuint (cause->decided, ==, 6);
    g_auto (DioReviewFilter) filter = { 0 };
    g_assert_true (dio_review_cause_to_filter (cause, desk.reader, desk.table, &filter, &error));
    g_autoptr (DioReviewList) list =
        dio_review_list_new (desk.table, NULL, DIO_REVIEW_FRAMES, &filter, NULL);
    g_assert_cmpuint (list->n, ==, 6);
  }
  g_assert_true (found);
  review_desk_close (&desk);
  review_fixture_clear (&fixture);
}

static void
check_with_script (const char *json, const char *html)
{
  g_autofree char *script =
      g_test_build_filename (G_TEST_DIST, "app", "review", "check-report.py", NULL);
  char *argv[] = { (char *) "/usr/bin/python3", script, (char *) json, (char *) html, NULL };
  g_autofree char *out = NULL, *err = NULL;
  int status = 1;
  g_autoptr (GError) error = NULL;

  g_spawn_sync (NULL, argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, &err, &status, &error);
  g_assert_no_error (error);
  if (status != 0)
    g_test_message ("%s%s", out, err);
  g_assert_cmpint (status, ==, 0);
}

static void
test_report (void)
{
  ReviewFixture fixture = { 0 };
  ReviewDesk desk;
  g_autoptr (GError) error = NULL;

  review_fixture_init (&fixture, N_FRAMES);
  review_desk_open (&desk, &fixture, "ann <b>&\"");
  judge_all (&desk);
  g_autoptr (DioReviewList) audit =
      dio_review_sample_random (desk.table, desk.verdicts, DIO_REVIEW_FRAMES, NULL, 20, 3);
  DioReviewReportOptions options = {
    .audit = audit, .audit_seed = 3, .with_digest = TRUE, .with_causes = TRUE
  };
  g_autoptr (json_t) report =
      dio_review_report_new (desk.reader, desk.table, desk.verdicts, &options, &error);
  g_assert_no_error (error);
  const json_t *frames = json_object_get (report, "frames");
  g_assert_cmpint (json_integer_value (json_object_get (frames, "rejected")), ==, 12);
  const json_t *result = json_object_get (report, "audit");
  g_assert_true (json_is_true (json_object_get (result, "random")));
  g_assert_cmpint (json_integer_value (json_object_get (result, "decided")), ==, 20);
  g_assert_cmpfloat (json_real_value (json_object_get (result, "low")), <,
                     json_real_value (json_object_get (result, "high")));
  g_assert_cmpuint (
      strlen (json_string_value (json_object_get (json_object_get (report, "dataset"), "digest"))),
      ==, 64);
  g_autofree char *json = g_build_filename (fixture.parent, "report.json", NULL);
  g_autofree char *html = g_build_filename (fixture.parent, "report.html", NULL);
  g_assert_true (dio_review_report_save (report, json, &error));
  g_assert_true (dio_review_report_save (report, html, &error));
  g_assert_no_error (error);
  check_with_script (json, html);
  review_desk_close (&desk);
  review_fixture_clear (&fixture);
}

static json_int_t
export_count (const ReviewFixture *fixture,
              const DioDatasetExclusion *exclusion,
              const char *name,
              const char *key)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioDataset) dataset = dio_dataset_open (fixture->folder, DIO_DATASET_READ, &error);
  g_autofree char *output = g_build_filename (fixture->parent, name, NULL);
  DioExportOptions options = { .format = "coco",
                               .output = output,
                               .policy = "everything",
                               .include_failed_checks = TRUE,
                               .exclusion = exclusion };
  g_assert_no_error (error);
  if (!g_file_test (output, G_FILE_TEST_EXISTS)) {
    g_assert_true (dio_export_run (dataset, &options, NULL, &error));
    g_assert_no_error (error);
  }
  g_autofree char *manifest = g_build_filename (output, "manifest.json", NULL);
  g_autoptr (json_t) json = dio_json_load (manifest, &error);
  const json_t *counts = json_object_get (json, "counts");
  g_assert_nonnull (json_object_get (counts, key));
  return json_integer_value (json_object_get (counts, key));
}

static void
test_export (void)
{
  ReviewFixture fixture = { 0 };
  ReviewDesk desk;
  g_autoptr (GError) error = NULL;

  review_fixture_init (&fixture, N_FRAMES);
  g_autoptr (DioDatasetExclusion) nothing = dio_review_load_exclusion (fixture.folder, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (dio_dataset_exclusion_get_n_pictures (nothing), ==, 0);
  review_desk_open (&desk, &fixture, "ann");
  judge_all (&desk);
  /* Of a picture that stays, one object that can be seen goes. */
  DioReviewFrameRow frame;
  dio_review_table_get_frame (desk.table, 2, &frame);
  guint32 row = frame.first_object + frame.n_objects - 1;
  review_desk_decide (&desk, DIO_REVIEW_OBJECTS, row, DIO_REVIEW_REJECTED);
  review_desk_close (&desk);
  g_autoptr (DioDatasetExclusion) exclusion = dio_review_load_exclusion (fixture.folder, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (dio_dataset_exclusion_get_n_pictures (exclusion), ==, 12);
  g_assert_cmpuint (dio_dataset_exclusion_get_n_objects (exclusion), ==, 1);
  g_assert_cmpint (export_count (&fixture, exclusion, "out", "images_left_out_rejected"), ==, 12);
  g_assert_cmpint (export_count (&fixture, exclusion, "out", "rejected_by_review"), ==, 1);
  g_assert_cmpint (export_count (&fixture, NULL, "all", "images_left_out_rejected"), ==, 0);
  g_assert_cmpint (export_count (&fixture, exclusion, "out", "ignored"), ==, 1);
  g_assert_cmpint (export_count (&fixture, NULL, "all", "ignored"), ==, 0);
  review_fixture_clear (&fixture);
}

int
main (int argc, char **argv)
{
  g_autofree char *home = g_dir_make_tmp ("dio-review-home-XXXXXX", NULL);

  g_setenv ("XDG_CACHE_HOME", home, TRUE);
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/review/causes/values", test_causes);
  g_test_add_func ("/review/causes/ranges", test_causes_range);
  g_test_add_func ("/review/report/is-valid", test_report);
  g_test_add_func ("/review/export/without-rejected", test_export);
  return g_test_run ();
}
