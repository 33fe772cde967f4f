#pragma once
/* Thread: one owner until a scenario is handed out. Building and checking scenarios. Private to app/scene. */

#include "dio-scene-property.h"
#include "dio-scene-reader-private.h"
#include "dio-scene-scenario.h"

G_BEGIN_DECLS

#define DIO_SCENARIO_MAX_ASSETS 60000
/** The category of a pixel is stored as index + 1 in 16 bits. */
#define DIO_SCENARIO_MAX_CATEGORIES 65534
#define DIO_SCENARIO_MAX_RANDOMIZERS 10000

/** Empty lists, defaults everywhere. */
DioScenario *dio_scenario_alloc (void) G_GNUC_WARN_UNUSED_RESULT;
/** Shares every list with @source; replace lists before indexing. */
DioScenario *dio_scenario_share (const DioScenario *source) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *dio_scenario_new_nodes (void) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *dio_scenario_new_randomizers (void) G_GNUC_WARN_UNUSED_RESULT;

/** Builds the indices; ids that stand twice are faults. Lists may have holes (NULL) where reading failed. */
void dio_scenario_index (DioScenario *scenario, DioReader *reader);
/** Everything between entries: references, cycles, shear, environments. Needs the indices. */
void dio_scenario_check (const DioScenario *scenario, DioReader *reader);
void dio_scenario_check_randomizer (const DioScenario *scenario,
                                    DioReader *reader,
                                    const DioRandomizer *randomizer,
                                    GHashTable *randomizer_ids);
/** Parents before children, otherwise in the given order. Needs checked nodes; rebuilds their index. */
void dio_scenario_sort_nodes (DioScenario *scenario);
/** Index, check, sort; FALSE with faults in @reader. */
gboolean dio_scenario_complete (DioScenario *scenario, DioReader *reader);
/** What a reader collected, as one error: the first fault and how many more. */
void dio_reader_set_error (const DioReader *reader, GError **error);

/** Reads one randomizer at the reader's path, with the faults of its own reader. */
DioRandomizer *dio_scenario_read_randomizer (DioReader *reader,
                                             const json_t *json) G_GNUC_WARN_UNUSED_RESULT;

/** Brings a document of any version up to DIO_SCENARIO_VERSION, in a copy; NULL with a fault where its format or
 * version is not ours. */
json_t *dio_scenario_migrate (const json_t *json, DioReader *reader) G_GNUC_WARN_UNUSED_RESULT;

/** Which parameters of randomizers name other entries. */
typedef enum {
  DIO_REFERENCE_NODE,
  DIO_REFERENCE_RANDOMIZER,
  DIO_REFERENCE_MODEL_ASSET,
  DIO_REFERENCE_TEXTURE,
  DIO_REFERENCE_ENVIRONMENT,
} DioReferenceKind;

typedef struct {
  const char *type, *param;
  DioReferenceKind kind;
} DioParamReference;

/** NULL for a parameter that names nothing. */
const DioParamReference *dio_param_reference_find (const char *type, const char *param);

/** NULL, or what is wrong with a texture's or environment's name: an asset id, "procedural:NAME" or "". */
char *dio_scenario_check_picture (const DioScenario *scenario,
                                  const char *name,
                                  DioAssetKind kind) G_GNUC_WARN_UNUSED_RESULT;

/** As above for what a model node may show: the id of a model asset, or "parametric:KIND". */
char *dio_scenario_check_model_choice (const DioScenario *scenario,
                                       const char *name) G_GNUC_WARN_UNUSED_RESULT;
/** A randomizer's "value" against the property that it draws. */
void dio_scenario_check_drawn_values (const DioScenario *scenario,
                                      DioReader *reader,
                                      const DioPropertyInfo *info,
                                      const DioDistribution *value);
/** "columns" and "rows" of a table against the property that they are of. */
void dio_scenario_check_table (const DioScenario *scenario,
                               DioReader *reader,
                               const DioPropertyInfo *info,
                               const DioRandomizer *randomizer);
/** A randomizer's "folder", "file" and "tag", where it has them. */
void dio_scenario_check_choice (const DioScenario *scenario,
                                DioReader *reader,
                                const DioRandomizer *randomizer);
/** "models", "textures", "environments". */
const char *dio_asset_kind_describe (DioAssetKind kind);
/** A randomizer's "values" of models. */
void dio_scenario_check_model_values (const DioScenario *scenario,
                                      DioReader *reader,
                                      const DioDistribution *values);

G_END_DECLS
