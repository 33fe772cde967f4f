#pragma once
/* Thread: the worker that refreshes; merge under the lock of the verdicts. The files that logs are read from. */

#include "dio-review-verdicts-private.h"

G_BEGIN_DECLS

/** An empty list of files that were read. */
GPtrArray *dio_review_sources_new (void) G_GNUC_WARN_UNUSED_RESULT;
/** Whether there is any log in @folders. */
gboolean dio_review_sources_exist (const char *const *folders);
/** Reads what is new in the logs of @folders (NULL-terminated; those that are not there are passed over). A log that cannot be read is a
 * WARNING in @findings (nullable). Returns what dio_review_sources_merge takes. */
GPtrArray *dio_review_sources_read (GPtrArray *sources,
                                    const char *const *folders,
                                    DioDiagnostics *findings) G_GNUC_WARN_UNUSED_RESULT;
void dio_review_sources_merge (GPtrArray *found, DioReviewMerge *merge);

G_END_DECLS
