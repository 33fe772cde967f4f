#pragma once
/* Thread: any. What a run was asked to do, as its row in the dataset keeps it, so that resume does the same. */

#include "dio-scene-types.h"

#include <glib.h>

typedef struct {
  guint width_px, height_px; /**< 0 = the sensor's */
  DioOutputs outputs;
  gint64 recycle_bytes; /**< PSS; <= 0 = never */
  guint frame_timeout_ms;
} DioRunOptions;

/** Canonical line of JSON. */
char *dio_run_options_to_json (const DioRunOptions *options) G_GNUC_WARN_UNUSED_RESULT;
gboolean dio_run_options_from_json (const char *text, DioRunOptions *options, GError **error);
/** "rgb,depth,leaf": what dio_outputs_parse reads. */
char *dio_outputs_to_text (const DioOutputs *outputs) G_GNUC_WARN_UNUSED_RESULT;
