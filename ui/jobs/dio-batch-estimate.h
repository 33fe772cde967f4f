#pragma once
/* Thread: main; trial frames are made in a worker thread. What the batch in the dialog will take. */

#include "dio-session.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/** The part of a batch that its cost per frame depends on. Strings and scenario borrowed for the call. */
typedef struct {
  DioScenario *scenario;
  const char *scenario_folder, *engine_path;
  guint64 seed, first, count;
  guint workers;
  guint width_px, height_px;
  DioOutputs outputs;
  const char *sensors; /**< ids separated by commas, NULL = all */
} DioBatchDesc;

typedef struct {
  double setup_s, seconds_per_frame;
  guint64 bytes_per_frame;
  guint64 free_bytes; /**< where the dataset goes */
} DioBatchEstimate;

/** Makes a few trial frames. @output: where the dataset will be (may not exist yet). */
void dio_batch_estimate_async (const DioBatchDesc *desc,
                               const char *output,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user);
gboolean dio_batch_estimate_finish (GAsyncResult *result, DioBatchEstimate *out, GError **error);
/** Seconds for @count frames with @workers (0 = one per core). */
double dio_batch_estimate_get_seconds (const DioBatchEstimate *estimate,
                                       guint64 count,
                                       guint workers);

G_END_DECLS
