#pragma once
/* Thread: any: a scenario is immutable and reference counted; an edit yields a new one that shares the
 * unchanged parts, so undo is a list of scenarios and a snapshot is a reference. */

#include "dio-base-diagnostic.h"
#include "dio-scene-types.h"

#include <jansson.h>

G_BEGIN_DECLS

#define DIO_SCENARIO_FORMAT "diorama-scenario"
#define DIO_SCENARIO_VERSION 1

/* The scenario document: what a user composes, before any value is drawn.
 *
 * The file is one JSON object: "format", "version", "name", "description", the lists "assets", "nodes",
 * "categories", "randomizers", and "background_category", "policy", "outputs", "sequence". Keys are those of the structs in
 * dio-scene-types.h; what has its default is not written.
 *
 * Invariants of every scenario that this library hands out:
 *  1. It never changes. Entries that two scenarios share are the same pointers.
 *  2. Ids are unique within their list; every reference leads to an entry of the right kind.
 *  3. Parents stand before their children in @nodes, otherwise the order is that of the file, which is scene order.
 *  4. Every number is finite and inside the range of its property; rotations and fronts are of length 1.
 *  5. A node with children has a uniform scale, so that no world transform is sheared.
 *  6. There is at most one environment or sky.
 *  7. Asset paths stay inside the scenario's folder.
 *  8. Writing, loading and writing again gives the same bytes, on every machine and in every locale.
 *
 * How it is made: tables of fields (dio-scene-field-private.h) say for each member its key, type, range and default;
 * reading, writing, the schema and the property registry all walk these tables. A reader
 * (dio-scene-reader-private.h) keeps the JSON path and collects every fault, so that one load shows them all.
 *
 * It does not open assets, draw values or know pixels: see assets/, randomize/, stage/. */

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
  DioSequence sequence;
  /** Indices behind the find functions: id -> position + 1, keys borrowed. */
  GHashTable *node_index, *asset_index, *category_index;
};

#define DIO_SCENARIO_MAX_NODES 60000

/** Where a frame stands in time. */
typedef struct {
  gboolean in_sequence; /**< FALSE: a single picture, its own sequence with one step */
  guint64 sequence;
  guint step;
  double time_s; /**< since the sequence's first step; NaN where the scene stands still */
} DioSequenceStep;

DioSequenceStep dio_scenario_find_step (const DioScenario *scenario, guint64 frame);

/** Any thread may hold and drop references. */
DioScenario *dio_scenario_ref (DioScenario *scenario);
void dio_scenario_unref (DioScenario *scenario);

/** Reads, migrates (documents of every earlier version) and validates. Every fault goes to @diagnostics (nullable) with its JSON path; on any
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

/** Constant time; NULL for NULL and for ids that are not there. Borrowed from the scenario. */
const DioNode *dio_scenario_find_node (const DioScenario *scenario, const char *id);
/** Whether node @id is @above or hangs below it. */
gboolean dio_scenario_is_below (const DioScenario *scenario, const char *id, const char *above);
const DioAsset *dio_scenario_find_asset (const DioScenario *scenario, const char *id);
/** Index of the category, or -1 for NULL and unknown ids. */
int dio_scenario_find_category (const DioScenario *scenario, const char *id);

/** Deep copy for editing by resolve and by edits. */
DioNode *dio_node_copy (const DioNode *node) G_GNUC_WARN_UNUSED_RESULT;
DioNode *dio_node_ref (DioNode *node);
void dio_node_unref (DioNode *node);

/** For randomizers that stand in a scenario: the scenarios that share one count, the last frees it. */
DioRandomizer *dio_randomizer_ref (DioRandomizer *randomizer);
void dio_randomizer_unref (DioRandomizer *randomizer);

/** A scenario without nodes; @name may be NULL. */
DioScenario *dio_scenario_new_empty (const char *name) G_GNUC_WARN_UNUSED_RESULT;

/** Edits: each returns a new scenario that shares everything else, or NULL with an INVALID or NOT_FOUND error.
 * Same validation as load.
 *
 * The value is JSON as in the file, null gives the default back; the path is that of the property registry below
 * "nodes/ID/" ("nodes/mug_1/material/roughness"), or one of the document: "name", "description",
 * "background_category", "outputs/rgb", "policy/preset", ... */
DioScenario *dio_scenario_with_property (DioScenario *scenario,
                                         const char *path,
                                         const json_t *value,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** Puts a node, as "nodes" holds it: in place of the one with its id, else at the end (behind its parent). */
DioScenario *dio_scenario_with_node (DioScenario *scenario,
                                     const json_t *node,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** Takes a node away with all below it. Randomizers lose those targets; one that is left with fewer than its
 * type needs, or that names such a node in a parameter, goes too. */
DioScenario *dio_scenario_without_node (DioScenario *scenario,
                                        const char *id,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** Puts a randomizer, as "randomizers" holds it: in place of the one with its id, else at the end. */
DioScenario *dio_scenario_with_randomizer (DioScenario *scenario,
                                           const json_t *randomizer,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
DioScenario *dio_scenario_without_randomizer (DioScenario *scenario,
                                              const char *id,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** JSON schema (draft 2020-12) of the document: what data/diorama-scenario.schema.json holds. */
json_t *dio_scenario_to_schema (void) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioScenario, dio_scenario_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioNode, dio_node_unref)

G_END_DECLS
