#pragma once
/* Thread: that of the dataset. Figures over a dataset, as JSON for `stats` and for cards. */

#include "dio-annotate-policy.h"
#include "dio-dataset.h"

#include <jansson.h>

G_BEGIN_DECLS

/** Annotations and verdicts are those of things:
 * {"frames", "failed", "sequences": {"count", "steps"}, "captures", "annotations", "verdicts": {"keep", "ignore", "drop"},
 * "categories": [{name, keep, ignore, drop}], "visibility": histogram[10], "truncation",
 * "box_side_px", "distance_m", "checks": {failed, notes},
 * "gl": {differing_px, unexplained_px, pixels}, "constraints",
 * "occlusion": {bounds, categories: [{name, objects, bins, frames_without, width_px, hiders: [{name, px, objects}],
 * hidden_px (amodal - visible), named_px (of all hiders: the same)}]},
 * "occluders": [{randomizer, hidden, hits, misses, tries}], "shown": [{randomizer, node, frames}]}. */
json_t *dio_dataset_collect_statistics (DioDataset *dataset,
                                        const DioLabelPolicy *policy,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
