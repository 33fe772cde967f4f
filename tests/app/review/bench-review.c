/* Measures what the review desk waits for. Usage: bench-review FOLDER; prints one JSON object of milliseconds. */
#include "dio-review-facets.h"
#include "dio-review-item.h"
#include "dio-review-sampling.h"
#include "dio-review-statistics.h"
#include "dio-review-thumbnail.h"
#include "dio-review-verdicts.h"

#include <stdlib.h>
#include <string.h>

#define N_ITEMS 200

static gint64 started;
static gboolean is_first = TRUE;

static void
start (void)
{
  started = g_get_monotonic_time ();
}

static void
stop (const char *name, double divisor)
{
  g_print ("%s\"%s\": %.3f", is_first ? "{" : ", ", name,
           (double) (g_get_monotonic_time () - started) / 1000 / divisor);
  is_first = FALSE;
}

static void
die (const GError *error)
{
  if (!error)
    return;
  g_printerr ("%s\n", error->message);
  exit (1);
}

static DioReviewTable *
measure_loading (DioReviewReader *reader)
{
  g_autoptr (GError) error = NULL;

  start ();
  g_autoptr (DioReviewTable) frames =
      dio_review_table_load (reader, NULL, DIO_REVIEW_LOAD_FRAMES, NULL, &error);
  die (error);
  g_autoptr (DioReviewList) first =
      dio_review_list_new (frames, NULL, DIO_REVIEW_FRAMES, NULL, NULL);
  stop ("first_list", 1);
  start ();
  g_autoptr (DioReviewTable) objects =
      dio_review_table_load (reader, frames, DIO_REVIEW_LOAD_OBJECTS, NULL, &error);
  stop ("objects", 1);
  start ();
  DioReviewTable *table =
      dio_review_table_load (reader, objects, DIO_REVIEW_LOAD_NAMES, NULL, &error);
  stop ("names", 1);
  die (error);
  start ();
  dio_review_table_unref (
      dio_review_table_load (reader, table, DIO_REVIEW_LOAD_NAMES, NULL, &error));
  stop ("refresh_nothing", 1);
  return table;
}

static void
measure_lists (DioReviewTable *table, DioReviewVerdicts *verdicts)
{
  g_auto (DioReviewFilter) filter = { 0 };
  DioReviewSort by_distance = { .field = DIO_REVIEW_FIELD_DISTANCE_M };
  DioReviewSort by_outlier = { .field = DIO_REVIEW_FIELD_OUTLIER, .descending = TRUE };

  dio_review_filter_set_range (&filter, DIO_REVIEW_FIELD_VISIBILITY, 0.2, 0.5);
  dio_review_filter_set_range (&filter, DIO_REVIEW_FIELD_LUMINANCE, 0.1, 0.9);
  filter.states = 1u << DIO_REVIEW_UNDECIDED;
  start ();
  g_autoptr (DioReviewList) a =
      dio_review_list_new (table, verdicts, DIO_REVIEW_FRAMES, &filter, &by_distance);
  stop ("filter_sort_frames", 1);
  start ();
  g_autoptr (DioReviewList) b =
      dio_review_list_new (table, verdicts, DIO_REVIEW_OBJECTS, &filter, &by_distance);
  stop ("filter_sort_objects", 1);
  start ();
  g_autoptr (DioReviewList) c =
      dio_review_list_new (table, verdicts, DIO_REVIEW_OBJECTS, NULL, &by_outlier);
  stop ("outliers_first_time", 1);
  start ();
  g_autoptr (DioReviewFacets) facets =
      dio_review_facets_new (table, verdicts, DIO_REVIEW_FRAMES, &filter);
  stop ("histograms", 1);
  start ();
  g_autoptr (DioReviewStatistics) statistics = dio_review_statistics_new (table, NULL);
  stop ("statistics", 1);
  filter.text = g_strdup ("shape_2 12");
  start ();
  g_autoptr (DioReviewList) d =
      dio_review_list_new (table, verdicts, DIO_REVIEW_FRAMES, &filter, NULL);
  stop ("text", 1);
}

static void
measure_items (DioReviewReader *reader, DioReviewTable *table)
{
  g_autoptr (GError) error = NULL;
  guint32 n = dio_review_table_get_n (table, DIO_REVIEW_FRAMES);

  start ();
  for (guint i = 0; i < N_ITEMS; i++) {
    g_auto (DioReviewItem) item = { 0 };
    guint32 row = (guint32) ((guint64) i * 7919 % n);
    dio_review_item_load (reader, table, DIO_REVIEW_FRAMES, row, i % 2 ? DIO_LOAD_MASKS : 0, &item,
                          &error);
    die (error);
  }
  stop ("item", N_ITEMS);
  start ();
  for (guint i = 0; i < N_ITEMS; i++) {
    g_auto (DioReviewPicture) picture = { 0 };
    dio_review_picture_find (reader, table, DIO_REVIEW_FRAMES, (guint32) ((guint64) i * 7919 % n),
                             "rgb", &picture, &error);
    die (error);
  }
  stop ("picture_find", N_ITEMS);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  if (argc != 2) {
    g_printerr ("Usage: %s FOLDER\n", argv[0]);
    return 2;
  }
  start ();
  g_autoptr (DioReviewReader) reader = dio_review_reader_open (argv[1], &error);
  die (error);
  stop ("open", 1);
  g_autoptr (DioReviewTable) table = measure_loading (reader);
  g_autoptr (DioReviewVerdicts) verdicts = dio_review_verdicts_new (reader, "bench", &error);
  die (error);
  start ();
  dio_review_verdicts_refresh (verdicts, reader, table, NULL, &error);
  stop ("verdicts_read", 1);
  measure_lists (table, verdicts);
  measure_items (reader, table);
  guint n = MIN (10000, dio_review_table_get_n (table, DIO_REVIEW_FRAMES));
  g_autofree guint32 *rows = g_new (guint32, n + 1);
  for (guint i = 0; i < n; i++)
    rows[i] = i;
  DioReviewDecision decision = { .state = DIO_REVIEW_ACCEPTED };
  start ();
  dio_review_verdicts_decide (verdicts, DIO_REVIEW_FRAMES, rows, n, &decision);
  stop ("decide_batch", 1);
  start ();
  dio_review_verdicts_flush (verdicts, &error);
  stop ("write_batch", 1);
  g_print ("}\n");
  return 0;
}
