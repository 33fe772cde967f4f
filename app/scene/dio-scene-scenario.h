#pragma once
/* Thread: any: a scenario is immutable and reference counted; an edit yields a new one that shares the
 * unchanged parts, so undo is a list of scenarios and a snapshot is a reference. */

#include "dio-base-diagnostic.h"
#include "dio-scene-types.h"

#include <jansson.h>

G_BEGIN_DECLS

#define DIO_SCENARIO_FORMAT "diorama-scenario"
#define DIO_SCENARIO_VERSION 1

/** Read-only fields; the arrays hold owned references. */
struct DioScenario {
  gatomicrefcount refs;
  char *name, *description;
  GPtrArray *assets;         /**< of DioAsset* */
  GPtrArray *nodes;          /**< of DioNode*, parents before children */
  GPtrArray *categories;     /**< of DioCategory*; the index is the category of labels */
  char *background_category; /**< category id or NULL */
  GPtrArray *randomizers;    /**< of DioRandomizer*, applied in order */
  DioPolicy policy;
  DioOutputs outputs;
};

DioScenario *dio_scenario_ref (DioScenario *scenario);
void dio_scenario_unref (DioScenario *scenario);

/** Reads, migrates and validates. Every fault goes to @diagnostics (nullable) with its JSON path; on any
 * error-severity fault returns NULL and @error says the first with its path and how many more. Assets are
 * not opened here. */
DioScenario *dio_scenario_load (const char *path,
                                DioDiagnostics *diagnostics,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
DioScenario *dio_scenario_from_json (const json_t *json,
                                     DioDiagnostics *diagnostics,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** The whole document, canonical; loading it again and writing gives the same bytes. */
json_t *dio_scenario_to_json (const DioScenario *scenario) G_GNUC_WARN_UNUSED_RESULT;
char *dio_scenario_to_text (const DioScenario *scenario) G_GNUC_WARN_UNUSED_RESULT;
/** Atomic. */
gboolean dio_scenario_save (const DioScenario *scenario, const char *path, GError **error);
/** SHA-256 over the canonical text. */
char *dio_scenario_dup_hash (const DioScenario *scenario) G_GNUC_WARN_UNUSED_RESULT;

const DioNode *dio_scenario_find_node (const DioScenario *scenario, const char *id);
const DioAsset *dio_scenario_find_asset (const DioScenario *scenario, const char *id);
/** Index of the category, or -1 for NULL and unknown ids. */
int dio_scenario_find_category (const DioScenario *scenario, const char *id);

/** Deep copy for editing by resolve and by edits. */
DioNode *dio_node_copy (const DioNode *node) G_GNUC_WARN_UNUSED_RESULT;
DioNode *dio_node_ref (DioNode *node);
void dio_node_unref (DioNode *node);

/** Edits: each returns a new scenario that shares everything else. The value is JSON as in the file; the
 * path is that of the property registry ("nodes/mug_1/material/roughness"). Same validation as load. */
DioScenario *dio_scenario_with_property (DioScenario *scenario,
                                         const char *path,
                                         const json_t *value,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioScenario, dio_scenario_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioNode, dio_node_unref)

G_END_DECLS
