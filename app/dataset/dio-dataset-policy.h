#pragma once
/* Thread: any. The label policy in force: a preset with the scenario's own thresholds over it, and the front cones of categories. */

#include "dio-annotate.h"
#include "dio-scene-scenario.h"

G_BEGIN_DECLS

/** @preset (nullable) replaces the scenario's preset and its overrides. FALSE for an unknown preset. */
gboolean dio_label_policy_for_scenario (DioLabelPolicy *out,
                                        const DioPolicy *scenario,
                                        const char *preset);

/** Whether the camera stands outside the cone around the object's front; FALSE without a cone, or where the view of the object is not known. */
gboolean dio_label_is_outside_cone (const DioCategory *category, const DioAnnotation *annotation);
/** The verdict of an export with visible boxes. @reason (nullable out, static): the policy's rule, "unlabelled" or "stuff" (both DROP), "outside-cone", "" for
 * KEEP. @annotation's category is one of @scenario. */
DioVerdict dio_label_judge (const DioScenario *scenario,
                            const DioLabelPolicy *policy,
                            const DioAnnotation *annotation,
                            const char **reason);

G_END_DECLS
