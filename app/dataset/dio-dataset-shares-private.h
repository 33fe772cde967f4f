#pragma once
/* Thread: that of the dataset. The part of the statistics that says how objects are hidden. */

#include "dio-dataset-private.h"

#include <jansson.h>

/** "occlusion": for every category of things its objects by visibility, frames without it, widths and hiders. */
json_t *dio_dataset_collect_occlusion (DioDataset *dataset,
                                       const DioScenario *scenario,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** "occluders": hits, misses and tries of every randomizer that hides in part; "shown": frames in which a randomizer that
 * shows one of several showed each, "" for none. Into @json. */
gboolean dio_dataset_add_outcomes (json_t *json, DioDataset *dataset, GError **error);
