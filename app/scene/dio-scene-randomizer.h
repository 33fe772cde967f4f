#pragma once
/* Thread: any. The descriptor table of randomizer types: what each takes. It feeds parser, writer, schema
 * and editors; app/randomize implements each type by its name. */

#include "dio-scene-types.h"

G_BEGIN_DECLS

typedef struct {
  const char *name;
  DioParamType type;
  gboolean required;
  const char *help; /**< N_() one sentence with the unit */
} DioParamInfo;

typedef struct {
  const char *type;   /**< "position-box" */
  const char *label;  /**< N_() */
  const char *help;   /**< N_() */
  guint target_kinds; /**< bits 1 << DioNodeKind that targets may have */
  guint min_targets;
  const DioParamInfo *params; /**< ends with a NULL name */
} DioRandomizerInfo;

const DioRandomizerInfo *dio_randomizer_get_table (guint *n);
const DioRandomizerInfo *dio_randomizer_find_info (const char *type);

/** Parameters of an instance; NULL or the default where not given. */
const DioRandomizerParam *dio_randomizer_get_param (const DioRandomizer *randomizer,
                                                    const char *name);
const DioDistribution *dio_randomizer_get_distribution (const DioRandomizer *randomizer,
                                                        const char *name);
double dio_randomizer_get_number (const DioRandomizer *randomizer,
                                  const char *name,
                                  double fallback);
DioVec3 dio_randomizer_get_vec3 (const DioRandomizer *randomizer,
                                 const char *name,
                                 DioVec3 fallback);
const char *dio_randomizer_get_string (const DioRandomizer *randomizer,
                                       const char *name,
                                       const char *fallback);

G_END_DECLS
