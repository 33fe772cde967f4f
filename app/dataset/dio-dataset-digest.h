#pragma once
/* Thread: that of the dataset. One hash over everything that must be reproducible. */

#include "dio-dataset.h"

G_BEGIN_DECLS

/** SHA-256 over canonical rows ordered by (run, frame, sensor, leaf) and decoded pixels; without row ids,
 * times, hosts, attempts, paths, reviews. A failed frame contributes its index and the word failed.
 * @labels_only leaves colour out. */
char *dio_dataset_dup_digest (DioDataset *dataset,
                              gboolean labels_only,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
