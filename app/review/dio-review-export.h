#pragma once
/* Thread: any. What an export leaves out for the sake of verdicts. */

#include "dio-dataset-exclusion.h"
#include "dio-review-verdicts.h"

G_BEGIN_DECLS

/** Adds rejected pictures and rejected objects of the table of the last refresh to @exclusion: pictures leave the export,
 * objects become ignored. @states: bits 1 << DioReviewState that leave; 0 = rejected alone. Returns how many were added. */
guint64 dio_review_fill_export_filter (DioReviewVerdicts *verdicts,
                                       guint states,
                                       DioDatasetExclusion *exclusion);
/** Worker. The same from the folder of a dataset alone. Errors: those of reading a dataset; a log that cannot be read is an error too, for
 * what it rejects must not slip through. */
DioDatasetExclusion *dio_review_load_exclusion (const char *folder,
                                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
