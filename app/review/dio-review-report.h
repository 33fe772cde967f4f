#pragma once
/* Thread: that of the reader. What was looked at and what came of it, for those who use the dataset. */

#include "dio-review-list.h"
#include "dio-review-reader.h"

#include <jansson.h>

G_BEGIN_DECLS

/** Zeroed fields are defaults. */
typedef struct {
  /** The audit that the bounds are of (nullable): a random sample. NULL = all rows that were decided. */
  const DioReviewList *audit;
  guint64 audit_seed;
  gboolean with_digest; /**< reads every file of the dataset: minutes for a large one */
  gboolean with_causes;
} DioReviewReportOptions;

/** The report as JSON: {"format": "diorama-review-report", "version": 1, "dataset": {...}, "frames": {...}, "objects": {...},
 * "audit", "reasons", "reviewers", "causes", "statistics", "assets"}; tests/app/review/report.schema.json says all of it.
 * @table at level NAMES. */
json_t *dio_review_report_new (DioReviewReader *reader,
                               DioReviewTable *table,
                               DioReviewVerdicts *verdicts,
                               const DioReviewReportOptions *options,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** The same to read and to print: one HTML file without scripts and links to elsewhere. */
char *dio_review_report_to_html (const json_t *report) G_GNUC_WARN_UNUSED_RESULT;
/** Writes @path: HTML where it ends in ".html", else JSON. */
gboolean dio_review_report_save (const json_t *report, const char *path, GError **error);

G_END_DECLS
