#define G_LOG_DOMAIN "dio-cli"

#include "dio-base-json.h"
#include "dio-cli-command.h"
#include "dio-cli-options.h"
#include "dio-review-bound.h"
#include "dio-review-report.h"
#include "dio-review-sampling.h"
#include "dio-review-verdicts.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

/** Options of `review` as given. */
typedef struct {
  char **filters, *report, *reviewer, *reason, *comment, *tags, *decide;
  gboolean objects, as_json, list, digest, outliers;
  int sample;
  gint64 seed;
} Options;

static void
options_clear (Options *options)
{
  g_strfreev (options->filters);
  g_free (options->report);
  g_free (options->reviewer);
  g_free (options->reason);
  g_free (options->comment);
  g_free (options->tags);
  g_free (options->decide);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/** An open review. */
typedef struct {
  const Options *options;
  DioReviewReader *reader;
  DioReviewTable *table;
  DioReviewVerdicts *verdicts;
  DioReviewUnit unit;
  DioReviewList *list; /**< what the options choose */
} Review;

static void
review_clear (Review *review)
{
  g_clear_pointer (&review->list, dio_review_list_unref);
  g_clear_pointer (&review->verdicts, dio_review_verdicts_free);
  g_clear_pointer (&review->table, dio_review_table_unref);
  g_clear_pointer (&review->reader, dio_review_reader_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Review, review_clear)

static gboolean
open_review (Review *review, const char *folder, GError **error)
{
  g_autoptr (DioDiagnostics) findings = dio_diagnostics_new ();

  review->reader = dio_review_reader_open (folder, error);
  if (review->reader == NULL)
    return FALSE;
  review->table = dio_review_table_load (review->reader, NULL, DIO_REVIEW_LOAD_NAMES, NULL, error);
  if (review->table == NULL)
    return FALSE;
  review->verdicts = dio_review_verdicts_new (review->reader, review->options->reviewer, error);
  if (review->verdicts == NULL
      || !dio_review_verdicts_refresh (review->verdicts, review->reader, review->table, findings,
                                       error))
    return FALSE;
  for (guint i = 0; i < dio_diagnostics_get_count (findings); i++)
    g_printerr (_ ("diorama-engine review: warning: %s\n"),
                dio_diagnostics_get (findings, i)->message);
  return TRUE;
}

/* What the filter lets pass, or a part of it: a sample or the most unusual. */
static gboolean
choose_list (Review *review, GError **error)
{
  const Options *o = review->options;
  g_auto (DioReviewFilter) filter = { 0 };

  for (guint i = 0; o->filters != NULL && o->filters[i] != NULL; i++)
    if (!dio_review_filter_add_text (&filter, review->table, o->filters[i], error))
      return FALSE;
  guint n = o->sample > 0 ? (guint) o->sample : G_MAXUINT;
  if (o->outliers)
    review->list =
        dio_review_sample_outliers (review->table, review->verdicts, review->unit, &filter, n);
  else if (o->sample > 0)
    review->list = dio_review_sample_random (review->table, review->verdicts, review->unit, &filter,
                                             n, (guint64) o->seed);
  else
    review->list =
        dio_review_list_new (review->table, review->verdicts, review->unit, &filter, NULL);
  return TRUE;
}

static gboolean
decide (Review *review, GError **error)
{
  const Options *o = review->options;
  DioReviewDecision decision = { DIO_REVIEW_UNDECIDED, o->reason, o->comment, o->tags };

  dio_review_state_from_name (o->decide, &decision.state);
  if (review->list->n > 0)
    dio_review_verdicts_decide (review->verdicts, review->unit, review->list->rows, review->list->n,
                                &decision);
  if (!dio_review_verdicts_flush (review->verdicts, error))
    return FALSE;
  g_print (review->unit == DIO_REVIEW_FRAMES
               ? ngettext ("%u picture is now %s\n", "%u pictures are now %s\n", review->list->n)
               : ngettext ("%u object is now %s\n", "%u objects are now %s\n", review->list->n),
           review->list->n, o->decide);
  return TRUE;
}

static json_t *
row_to_json (const Review *review, guint32 row)
{
  DioReviewFrameRow frame;
  g_auto (DioReviewVerdict) verdict = { 0 };
  gboolean said = dio_review_verdicts_get (review->verdicts, review->unit, row, &verdict);

  dio_review_table_get_frame (
      review->table, dio_review_table_get_frame_of (review->table, review->unit, row), &frame);
  json_t *json = json_pack (
      "{s:I, s:I, s:I, s:s, s:s, s:b, s:s, s:s, s:s, s:s}", "run", (json_int_t) frame.run, "frame",
      (json_int_t) frame.index, "take", (json_int_t) frame.take, "sensor", frame.sensor, "state",
      dio_review_state_to_name (verdict.state), "stale", verdict.stale, "reason",
      said ? verdict.reason : "", "comment", said ? verdict.comment : "", "tags",
      said ? verdict.tags : "", "reviewer", said ? verdict.reviewer : "");
  if (review->unit == DIO_REVIEW_FRAMES)
    return json;
  DioReviewObjectRow object;
  dio_review_table_get_object (review->table, row, &object);
  g_autofree char *key = g_strdup_printf ("%016" G_GINT64_MODIFIER "x", object.object_key);
  json_object_set_new (json, "object", json_string (key));
  json_object_set_new (json, "node", json_string (object.node));
  json_object_set_new (
      json, "category",
      json_string (dio_review_table_get_category_name (review->table, (guint) object.category)));
  return json;
}

/* JSON: one object a line, for other programs. */
static void
print_list (const Review *review)
{
  for (guint32 i = 0; i < review->list->n; i++) {
    g_autoptr (json_t) json = row_to_json (review, review->list->rows[i]);
    const char *node = json_string_value (json_object_get (json, "node"));
    if (review->options->as_json) {
      g_autofree char *line = dio_json_to_line (json);
      g_print ("%s\n", line);
      continue;
    }
    g_print ("%" PRId64 "/%06" PRId64 "/%" PRId64 " %s %s %s %s%s\n",
             (gint64) json_integer_value (json_object_get (json, "run")),
             (gint64) json_integer_value (json_object_get (json, "frame")),
             (gint64) json_integer_value (json_object_get (json, "take")),
             json_string_value (json_object_get (json, "sensor")), node != NULL ? node : "-",
             json_string_value (json_object_get (json, "state")),
             json_string_value (json_object_get (json, "reason")),
             json_is_true (json_object_get (json, "stale")) ? _ (" (label changed since)") : "");
  }
}

static void
print_progress (const Review *review)
{
  static const char *const names[] = { N_ ("pictures"), N_ ("objects") };
  DioReviewAudit audit;

  for (guint unit = 0; unit < DIO_REVIEW_N_UNITS; unit++) {
    DioReviewProgress p;
    dio_review_verdicts_get_progress (review->verdicts, (DioReviewUnit) unit, &p);
    g_print (_ ("%-9s %" PRIu64 " accepted, %" PRIu64 " rejected, %" PRIu64 " flagged, %" PRIu64
                " undecided, %" PRIu64 " stale\n"),
             _ (names[unit]), p.states[DIO_REVIEW_ACCEPTED], p.states[DIO_REVIEW_REJECTED],
             p.states[DIO_REVIEW_FLAGGED], p.states[DIO_REVIEW_UNDECIDED], p.stale);
  }
  if (review->options->sample <= 0 || review->options->outliers)
    return;
  dio_review_sample_evaluate (review->list, review->verdicts, &audit);
  double percent;
  int decimals = dio_review_bound_to_percent (audit.upper, &percent);
  g_print (_ ("sample    %" PRIu64 " of %" PRIu64 " decided, %" PRIu64
              " rejected: at most %.*f %% are bad (95 %%)\n"),
           audit.decided, audit.n, audit.rejected, decimals, percent);
}

static gboolean
write_report (const Review *review, GError **error)
{
  const Options *o = review->options;
  gboolean is_sample = o->sample > 0 && !o->outliers;
  DioReviewReportOptions options = {
    .audit = is_sample ? review->list : NULL,
    .audit_seed = (guint64) o->seed,
    .with_digest = o->digest,
    .with_causes = TRUE,
  };
  g_autoptr (json_t) report =
      dio_review_report_new (review->reader, review->table, review->verdicts, &options, error);

  return report != NULL && dio_review_report_save (report, o->report, error);
}

static gboolean
run (Review *review, const char *folder, GError **error)
{
  const Options *o = review->options;

  if (!open_review (review, folder, error) || !choose_list (review, error))
    return FALSE;
  if (o->decide != NULL && !decide (review, error))
    return FALSE;
  if (o->list)
    print_list (review);
  else if (o->decide == NULL && o->report == NULL)
    print_progress (review);
  return o->report == NULL || write_report (review, error);
}

int
dio_cli_review (int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "filter", 'f', 0, G_OPTION_ARG_STRING_ARRAY, &options.filters,
      N_ ("Only what meets this: category=mug, visibility=..0.3, checks=failed, state=rejected; "
          "may "
          "be repeated"),
      N_ ("NAME=VALUE") },
    { "objects", 0, 0, G_OPTION_ARG_NONE, &options.objects, N_ ("Single objects, not pictures"),
      NULL },
    { "sample", 0, 0, G_OPTION_ARG_INT, &options.sample, N_ ("Only so many, drawn at random"),
      "N" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &options.seed, N_ ("Seed of the random sample (0)"), "S" },
    { "outliers", 0, 0, G_OPTION_ARG_NONE, &options.outliers,
      N_ ("The most unusual first; --sample says how many"), NULL },
    { "list", 'l', 0, G_OPTION_ARG_NONE, &options.list, N_ ("Print what was chosen"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.as_json, N_ ("Print JSON, one object a line"),
      NULL },
    { "set", 0, 0, G_OPTION_ARG_STRING, &options.decide,
      N_ ("Decide about what was chosen: accepted, rejected, flagged or undecided"), N_ ("STATE") },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &options.reason, N_ ("Why"), N_ ("TEXT") },
    { "comment", 0, 0, G_OPTION_ARG_STRING, &options.comment, N_ ("More about it"), N_ ("TEXT") },
    { "tags", 0, 0, G_OPTION_ARG_STRING, &options.tags, N_ ("Words separated by spaces"),
      N_ ("WORDS") },
    { "reviewer", 0, 0, G_OPTION_ARG_STRING, &options.reviewer, N_ ("Who decides (the login name)"),
      N_ ("NAME") },
    { "report", 'o', 0, G_OPTION_ARG_FILENAME, &options.report,
      N_ ("Write a report: HTML for a name in .html, else JSON"), N_ ("FILE") },
    { "digest", 0, 0, G_OPTION_ARG_NONE, &options.digest,
      N_ ("Put the digest of the dataset into the report; reads every file"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  char *folder = NULL;
  DioReviewState state;
  if (!dio_cli_parse (argc, argv, entries, 1, &folder))
    return DIO_EXIT_USAGE;
  if (options.decide != NULL && !dio_review_state_from_name (options.decide, &state))
    return dio_cli_usage_error ("review",
                                _ ("--set must be accepted, rejected, flagged or undecided")),
           DIO_EXIT_USAGE;
  if (options.sample < 0)
    return dio_cli_usage_error ("review", _ ("--sample must be a number above 0")), DIO_EXIT_USAGE;

  g_auto (Review) review = { .options = &options,
                             .unit = options.objects ? DIO_REVIEW_OBJECTS : DIO_REVIEW_FRAMES };
  g_autoptr (GError) error = NULL;
  return run (&review, folder, &error) ? DIO_EXIT_DONE : dio_cli_fail ("review", error);
}
