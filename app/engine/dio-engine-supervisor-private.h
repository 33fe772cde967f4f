#pragma once
/* Thread: main. Runs the pending frames of one run with worker processes. */

#include "dio-engine-options-private.h"
#include "dio-engine.h"

typedef struct {
  DioDataset *dataset; /**< open for writing, its lock held */
  gint64 run;
  const DioRunOptions *options;
  guint workers;                     /**< 0 = one per core */
  const DioEngineObserver *observer; /**< (nullable) */
  guint64 done_before;               /**< frames of other runs, for the progress */
  guint64 total;                     /**< frames of all runs */
} DioSupervisorDesc;

/** @failed: frames given up; @stopped: somebody asked for it or the disk is full, frames are left. An error stops
 * the job, too; what was done is in the dataset in every case. */
gboolean dio_supervisor_run (const DioSupervisorDesc *desc,
                             guint64 *failed,
                             gboolean *stopped,
                             GError **error);
