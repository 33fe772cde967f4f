#pragma once
/* Thread: any but one that draws; opens a GL context of its own. What a job will take, found out by making a few of its frames. */

#include "dio-engine.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/** Means over the frames that were made. */
typedef struct {
  guint n_frames; /**< that the means are of */
  /** Imports, shaders and the first use of models: once for each worker. */
  double setup_s;
  /** One frame with all its sensors, on a worker that has as many cores as each of the job's workers would have. N workers make N frames in this time
   * as long as there is a core for each. */
  double seconds_per_frame;
  /** Files and rows of one frame. */
  guint64 bytes_per_frame;
} DioEngineEstimate;

/** Makes @n_frames (at least 1) frames of @job, spread over its range, in memory; nothing is stored but imported assets in the user's cache. output is not used and may be NULL.
 * Errors: CANCELLED, and what render would say. */
gboolean dio_engine_estimate (const DioEngineJob *job,
                              guint n_frames,
                              GCancellable *cancellable,
                              DioEngineEstimate *estimate,
                              GError **error);

G_END_DECLS
