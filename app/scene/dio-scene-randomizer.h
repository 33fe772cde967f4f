#pragma once
/* Thread: any. The descriptor table of randomizer types: what each takes. It feeds parser, writer, schema
 * and editors; app/randomize implements each type by its name. */

#include "dio-base-diagnostic.h"
#include "dio-scene-types.h"

#include <jansson.h>

G_BEGIN_DECLS

/** Values of a DIO_PARAM_ROWS. */
#define DIO_PARAM_MAX_ROWS 1000000

typedef struct {
  const char *name;
  DioParamType type;
  gboolean required;
  const char *help; /**< N_() one sentence with the unit */
  /** Range of a number, of a vector's elements and of all that a distribution can give; both 0 = any. */
  double min, max;
} DioParamInfo;

typedef struct {
  const char *type;   /**< "position-box" */
  const char *label;  /**< N_() */
  const char *help;   /**< N_() */
  guint target_kinds; /**< bits 1 << DioNodeKind that targets may have */
  guint min_targets;
  const DioParamInfo *params; /**< ends with a NULL name */
  /** Exactly one of these parameters must be given; NULL-terminated, or NULL for no such rule. */
  const char *const *one_of;
} DioRandomizerInfo;

const DioRandomizerInfo *dio_randomizer_get_table (guint *n);
const DioRandomizerInfo *dio_randomizer_find_info (const char *type);

/** Reads one entry of "randomizers"; @path is its JSON path ("/randomizers/3") for the faults that go to
 * @diagnostics. NULL when it cannot be read at all. Targets are checked against nodes by the scenario. */
DioRandomizer *dio_randomizer_from_json (const json_t *json,
                                         const char *path,
                                         DioDiagnostics *diagnostics) G_GNUC_WARN_UNUSED_RESULT;
json_t *dio_randomizer_to_json (const DioRandomizer *randomizer) G_GNUC_WARN_UNUSED_RESULT;
void dio_randomizer_free (DioRandomizer *randomizer);
/** JSON schema (draft 2020-12) of one randomizer of any type, from the table; for data/diorama-scenario.schema.json. */
json_t *dio_randomizer_to_schema (void) G_GNUC_WARN_UNUSED_RESULT;

/** Parameters of an instance; NULL or the default where not given. */
const DioRandomizerParam *dio_randomizer_get_param (const DioRandomizer *randomizer,
                                                    const char *name);
const DioDistribution *dio_randomizer_get_distribution (const DioRandomizer *randomizer,
                                                        const char *name);
double dio_randomizer_get_number (const DioRandomizer *randomizer,
                                  const char *name,
                                  double fallback);
/** @fallback for a parameter that is absent or beyond the range of guint. */
guint dio_randomizer_get_integer (const DioRandomizer *randomizer,
                                  const char *name,
                                  guint fallback);
DioVec3 dio_randomizer_get_vec3 (const DioRandomizer *randomizer,
                                 const char *name,
                                 DioVec3 fallback);
const char *dio_randomizer_get_string (const DioRandomizer *randomizer,
                                       const char *name,
                                       const char *fallback);
/** Borrowed, NULL-terminated; NULL where not given. */
const char *const *dio_randomizer_get_strings (const DioRandomizer *randomizer, const char *name);
/** Borrowed, of double; NULL where not given. */
const GArray *dio_randomizer_get_numbers (const DioRandomizer *randomizer, const char *name);
/** Borrowed, of DioWeightedRange; NULL where not given. */
const GArray *dio_randomizer_get_ranges (const DioRandomizer *randomizer, const char *name);
/** Borrowed, of DioPathKey; NULL where not given. */
const GArray *dio_randomizer_get_keys (const DioRandomizer *randomizer, const char *name);
/** Whether it draws anew for every step of a sequence, "each": "step". */
gboolean dio_randomizer_is_each_step (const DioRandomizer *randomizer);
/** Adds a target to a randomizer's JSON, with weight 1 where targets have weights. */
void dio_randomizer_json_add_target (json_t *json, const char *target);
/** Takes target @index from a randomizer's JSON, and its weight where targets have some. */
void dio_randomizer_json_remove_target (json_t *json, gsize index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioRandomizer, dio_randomizer_free)

G_END_DECLS
