#pragma once
/* Thread: any. The label policy in force: a preset with the scenario's own thresholds over it. */

#include "dio-annotate-policy.h"
#include "dio-scene-types.h"

G_BEGIN_DECLS

/** @preset (nullable) replaces the scenario's preset and its overrides. FALSE for an unknown preset. */
gboolean dio_label_policy_for_scenario (DioLabelPolicy *out,
                                        const DioPolicy *scenario,
                                        const char *preset);

G_END_DECLS
