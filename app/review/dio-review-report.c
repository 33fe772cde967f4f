/* The report as JSON; dio-review-report-html.c makes a page of it. */
#define G_LOG_DOMAIN "dio-review"

#include "dio-review-report.h"

#include "dio-base-json.h"
#include "dio-base-path.h"
#include "dio-dataset-digest.h"
#include "dio-dataset.h"
#include "dio-review-cause.h"
#include "dio-review-sampling.h"
#include "dio-review-statistics.h"
#include "dio-review-verdicts-private.h"

#include <math.h>
#include <string.h>

#define MAX_CAUSES 25

static char *
dup_time (gint64 time_us)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (time_us / G_USEC_PER_SEC);

  return time ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ") : g_strdup ("");
}

/** What people did, gathered over both units. */
typedef struct {
  GHashTable *reasons;   /**< reason -> count, of rejects */
  GHashTable *reviewers; /**< name -> Work */
} Gathering;

typedef struct {
  guint64 states[DIO_REVIEW_N_STATES];
  gint64 first_us, last_us;
} Work;

static void
said_cb (const DioReviewSaid *said, gpointer user)
{
  Gathering *g = user;
  Work *work = g_hash_table_lookup (g->reviewers, said->reviewer);

  if (!work) {
    work = g_new0 (Work, 1);
    work->first_us = work->last_us = said->time_us;
    g_hash_table_insert (g->reviewers, g_strdup (said->reviewer), work);
  }
  work->states[said->said]++;
  work->first_us = MIN (work->first_us, said->time_us);
  work->last_us = MAX (work->last_us, said->time_us);
  if (said->state == DIO_REVIEW_REJECTED) {
    const char *reason = *said->reason ? said->reason : "none given";
    guint n = GPOINTER_TO_UINT (g_hash_table_lookup (g->reasons, reason));
    g_hash_table_insert (g->reasons, g_strdup (reason), GUINT_TO_POINTER (n + 1));
  }
}

static int
compare_strings_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

static json_t *
reasons_to_json (const Gathering *g)
{
  g_autoptr (GList) keys = g_list_sort (g_hash_table_get_keys (g->reasons), compare_strings_cb);
  json_t *array = json_array ();

  for (GList *l = keys; l; l = l->next)
    json_array_append_new (
        array,
        json_pack ("{s:s, s:I}", "reason", (const char *) l->data, "count",
                   (json_int_t) GPOINTER_TO_UINT (g_hash_table_lookup (g->reasons, l->data))));
  return array;
}

static json_t *
reviewers_to_json (const Gathering *g)
{
  g_autoptr (GList) keys = g_list_sort (g_hash_table_get_keys (g->reviewers), compare_strings_cb);
  json_t *array = json_array ();

  for (GList *l = keys; l; l = l->next) {
    const Work *work = g_hash_table_lookup (g->reviewers, l->data);
    g_autofree char *first = dup_time (work->first_us), *last = dup_time (work->last_us);
    json_array_append_new (
        array,
        json_pack ("{s:s, s:I, s:I, s:I, s:s, s:s}", "name", (const char *) l->data, "accepted",
                   (json_int_t) work->states[DIO_REVIEW_ACCEPTED], "rejected",
                   (json_int_t) work->states[DIO_REVIEW_REJECTED], "flagged",
                   (json_int_t) work->states[DIO_REVIEW_FLAGGED], "first", first, "last", last));
  }
  return array;
}

static json_t *
unit_to_json (DioReviewVerdicts *verdicts, DioReviewUnit unit)
{
  DioReviewProgress p;

  dio_review_verdicts_get_progress (verdicts, unit, &p);
  guint64 total = 0;
  for (guint i = 0; i < DIO_REVIEW_N_STATES; i++)
    total += p.states[i];
  return json_pack ("{s:I, s:I, s:I, s:I, s:I, s:I, s:I}", "total", (json_int_t) total, "undecided",
                    (json_int_t) p.states[DIO_REVIEW_UNDECIDED], "accepted",
                    (json_int_t) p.states[DIO_REVIEW_ACCEPTED], "rejected",
                    (json_int_t) p.states[DIO_REVIEW_REJECTED], "flagged",
                    (json_int_t) p.states[DIO_REVIEW_FLAGGED], "stale", (json_int_t) p.stale,
                    "disputed", (json_int_t) p.disputed);
}

static json_t *
runs_to_json (DioDataset *dataset, GError **error)
{
  g_autoptr (GArray) ids = dio_dataset_list_runs (dataset, error);
  json_t *array = ids ? json_array () : NULL;

  for (guint i = 0; ids && i < ids->len; i++) {
    g_auto (DioDatasetRun) run = { 0 };
    if (!dio_dataset_get_run (dataset, g_array_index (ids, gint64, i), &run, error)) {
      json_decref (array);
      return NULL;
    }
    json_array_append_new (array,
                           json_pack ("{s:I, s:I, s:I, s:s}", "seed", (json_int_t) run.seed,
                                      "first", (json_int_t) run.first, "count",
                                      (json_int_t) run.count, "scenario_hash", run.scenario_hash));
  }
  return array;
}

static json_t *
dataset_to_json (DioReviewReader *reader, gboolean with_digest, GError **error)
{
  DioDataset *dataset = dio_review_reader_get_dataset (reader);
  const DioScenario *scenario = dio_dataset_get_scenario (dataset, error);
  json_t *runs = scenario ? runs_to_json (dataset, error) : NULL;
  g_autofree char *digest = NULL, *name = NULL;

  if (!runs)
    return NULL;
  if (with_digest && !(digest = dio_dataset_dup_digest (dataset, FALSE, error))) {
    json_decref (runs);
    return NULL;
  }
  name = g_path_get_basename (dio_review_reader_get_folder (reader));
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  json_t *out = json_pack ("{s:s, s:s, s:o}", "name", valid, "scenario",
                           scenario->name ? scenario->name : "", "runs", runs);
  json_object_set_new (out, "digest", digest ? json_string (digest) : json_null ());
  return out;
}

/* All that were decided, where no sample was given. */
static DioReviewList *
list_decided (DioReviewTable *table, DioReviewVerdicts *verdicts)
{
  DioReviewFilter filter;

  dio_review_filter_init (&filter);
  filter.states = 1u << DIO_REVIEW_ACCEPTED | 1u << DIO_REVIEW_REJECTED;
  DioReviewList *list = dio_review_list_new (table, verdicts, DIO_REVIEW_FRAMES, &filter, NULL);
  if (list->n > 0)
    return list;
  dio_review_list_unref (list);
  return dio_review_list_new (table, verdicts, DIO_REVIEW_OBJECTS, &filter, NULL);
}

static json_t *
audit_to_json (DioReviewTable *table,
               DioReviewVerdicts *verdicts,
               const DioReviewReportOptions *options)
{
  g_autoptr (DioReviewList) decided = options->audit ? NULL : list_decided (table, verdicts);
  const DioReviewList *list = options->audit ? options->audit : decided;
  DioReviewAudit audit;

  dio_review_sample_evaluate (list, verdicts, &audit);
  json_t *out = json_pack ("{s:s, s:b, s:I, s:I, s:I, s:I, s:f, s:f, s:f, s:f}", "unit",
                           list->unit == DIO_REVIEW_FRAMES ? "frames" : "objects", "random",
                           options->audit != NULL, "size", (json_int_t) audit.n, "decided",
                           (json_int_t) audit.decided, "accepted", (json_int_t) audit.accepted,
                           "rejected", (json_int_t) audit.rejected, "confidence", 0.95, "upper",
                           audit.upper, "low", audit.low, "high", audit.high);
  json_object_set_new (
      out, "seed", options->audit ? json_integer ((json_int_t) options->audit_seed) : json_null ());
  return out;
}

static json_t *
causes_to_json (DioReviewReader *reader,
                DioReviewTable *table,
                DioReviewVerdicts *verdicts,
                GError **error)
{
  json_t *array = json_array ();

  for (guint unit = 0; unit < DIO_REVIEW_N_UNITS; unit++) {
    g_autoptr (DioReviewCauses) causes =
        dio_review_causes_find (reader, table, verdicts, (DioReviewUnit) unit, error);
    if (!causes) {
      json_decref (array);
      return NULL;
    }
    for (guint i = 0; i < MIN (causes->causes->len, MAX_CAUSES); i++) {
      const DioReviewCause *cause = &g_array_index (causes->causes, DioReviewCause, i);
      g_autofree char *text = dio_review_cause_dup_text (cause);
      json_array_append_new (
          array, json_pack ("{s:s, s:s, s:s, s:s, s:I, s:I, s:f, s:f}", "unit",
                            unit == DIO_REVIEW_FRAMES ? "frames" : "objects", "group",
                            dio_review_cause_group_to_name (dio_review_cause_get_group (cause)),
                            "randomizer", cause->randomizer ? cause->randomizer : "", "cause", text,
                            "rejected", (json_int_t) cause->rejected, "of",
                            (json_int_t) cause->decided, "lift", cause->lift, "p", cause->p_value));
    }
  }
  return array;
}

static json_t *
assets_to_json (const DioScenario *scenario)
{
  json_t *array = json_array ();

  for (guint i = 0; i < scenario->assets->len; i++) {
    const DioAsset *asset = scenario->assets->pdata[i];
    json_array_append_new (array, json_pack ("{s:s, s:s, s:s, s:s}", "id", asset->id, "author",
                                             asset->author ? asset->author : "", "licence",
                                             asset->licence ? asset->licence : "", "sha256",
                                             asset->sha256 ? asset->sha256 : ""));
  }
  return array;
}

static void
add_people (json_t *report, DioReviewVerdicts *verdicts)
{
  Gathering g = { g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
                  g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free) };

  for (guint unit = 0; unit < DIO_REVIEW_N_UNITS; unit++)
    dio_review_verdicts_foreach (verdicts, (DioReviewUnit) unit, said_cb, &g);
  json_object_set_new (report, "reasons", reasons_to_json (&g));
  json_object_set_new (report, "reviewers", reviewers_to_json (&g));
  g_hash_table_unref (g.reasons);
  g_hash_table_unref (g.reviewers);
}

json_t *
dio_review_report_new (DioReviewReader *reader,
                       DioReviewTable *table,
                       DioReviewVerdicts *verdicts,
                       const DioReviewReportOptions *options,
                       GError **error)
{
  g_return_val_if_fail (reader && table && verdicts, NULL);
  g_return_val_if_fail (dio_review_table_get_level (table) >= DIO_REVIEW_LOAD_NAMES, NULL);

  static const DioReviewReportOptions defaults = { 0 };
  const DioReviewReportOptions *o = options ? options : &defaults;
  g_autoptr (json_t) dataset = dataset_to_json (reader, o->with_digest, error);
  g_autoptr (json_t) causes =
      dataset && o->with_causes ? causes_to_json (reader, table, verdicts, error) : json_array ();
  const DioScenario *scenario =
      dio_dataset_get_scenario (dio_review_reader_get_dataset (reader), dataset ? error : NULL);

  if (!dataset || !causes || !scenario)
    return NULL;
  g_autoptr (DioReviewStatistics) statistics = dio_review_statistics_new (table, NULL);
  g_autofree char *now = dup_time (g_get_real_time ());
  json_t *report = json_pack ("{s:s, s:i, s:s, s:O, s:o, s:o, s:o, s:O, s:o, s:o}", "format",
                              "diorama-review-report", "version", 1, "made", now, "dataset",
                              dataset, "frames", unit_to_json (verdicts, DIO_REVIEW_FRAMES),
                              "objects", unit_to_json (verdicts, DIO_REVIEW_OBJECTS), "audit",
                              audit_to_json (table, verdicts, o), "causes", causes, "statistics",
                              dio_review_statistics_to_json (statistics, table), "assets",
                              assets_to_json (scenario));
  add_people (report, verdicts);
  return report;
}

gboolean
dio_review_report_save (const json_t *report, const char *path, GError **error)
{
  g_return_val_if_fail (report && path, FALSE);

  g_autofree char *text = g_str_has_suffix (path, ".html") ? dio_review_report_to_html (report)
                                                           : dio_json_to_text (report);
  return dio_path_write_atomic (path, text, strlen (text), error);
}
