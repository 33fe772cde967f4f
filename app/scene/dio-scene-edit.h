#pragma once
/* Thread: any. More edits of a scenario, of the same kind as those of dio-scene-scenario.h: each returns a new scenario that shares
 * everything else, or NULL with an INVALID or NOT_FOUND error, and is validated as a load is. */

#include "dio-scene-scenario.h"

G_BEGIN_DECLS

/** An entry as the file holds it. */
json_t *dio_node_to_json (const DioNode *node) G_GNUC_WARN_UNUSED_RESULT;
json_t *dio_asset_to_json (const DioAsset *asset) G_GNUC_WARN_UNUSED_RESULT;
json_t *dio_category_to_json (const DioCategory *category) G_GNUC_WARN_UNUSED_RESULT;

/* -- Assets ------------------------------------------------------------------------------------------------------- */

/** Puts an asset, as "assets" holds it: in place of the one with its id, else at the end. */
DioScenario *dio_scenario_with_asset (DioScenario *scenario,
                                      const json_t *asset,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** Refused (INVALID) while something uses it; the message names the first user and how many more. */
DioScenario *dio_scenario_without_asset (DioScenario *scenario,
                                         const char *id,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** What uses the asset: "nodes/ID" and "randomizers/ID", in scene order; NULL-terminated, owned by the caller. */
GStrv dio_scenario_list_asset_users (const DioScenario *scenario,
                                     const char *id) G_GNUC_WARN_UNUSED_RESULT;

/* -- Categories ---------------------------------------------------------------------------------------------------- */

/** Puts a category, as "categories" holds it: in place of the one with its id, else at the end. */
DioScenario *dio_scenario_with_category (DioScenario *scenario,
                                         const json_t *category,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** Nodes, the background and front cones lose it (a cone then keeps its annotations). Randomizers that choose among categories do not offer it any
 * more; one that offers nothing else goes. */
DioScenario *dio_scenario_without_category (DioScenario *scenario,
                                            const char *id,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** Puts the category at @position (beyond the end: last); the index is the category of labels. */
DioScenario *dio_scenario_with_category_at (DioScenario *scenario,
                                            const char *id,
                                            guint position,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* -- Many nodes at once, checked once ------------------------------------------------------------------------------ */

/** Sets @path below every node of @ids (NULL-terminated) to @value, as dio_scenario_with_property. */
DioScenario *dio_scenario_with_properties (DioScenario *scenario,
                                           const char *const *ids,
                                           const char *path,
                                           const json_t *value,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** Puts every node of the array @nodes, as "nodes" holds them. */
DioScenario *dio_scenario_with_nodes (DioScenario *scenario,
                                      const json_t *nodes,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** Takes the nodes of @ids (NULL-terminated) away with all below them; ids below others of the list are fine. */
DioScenario *dio_scenario_without_nodes (DioScenario *scenario,
                                         const char *const *ids,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** Sets parent_from_node of every node of @ids (NULL-terminated) to the element of @parent_from_node at its place. */
DioScenario *dio_scenario_with_transforms (DioScenario *scenario,
                                           const char *const *ids,
                                           const DioTrs *parent_from_node,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* -- The tree ------------------------------------------------------------------------------------------------------ */

/** Document values, without randomizers; FALSE and the identity for ids that are not there. */
gboolean dio_scenario_world_from_node (const DioScenario *scenario,
                                       const char *id,
                                       DioMat4 *world_from_node);
/** The transform that puts a node at @world_from_node when it hangs below @parent (NULL = root). INVALID where it would be sheared or without
 * size, so that translation, rotation and scale cannot say it. */
gboolean dio_scenario_find_parent_from_node (const DioScenario *scenario,
                                             const char *parent,
                                             const DioMat4 *world_from_node,
                                             DioTrs *parent_from_node,
                                             GError **error);
/** Hangs a node with all below it under @parent (NULL = root), in front of its child @before (NULL = behind the last). With @keep_world the node stays
 * where it is in the world, else its parent_from_node stays. INVALID below itself, and where keeping the world would need shear. */
DioScenario *dio_scenario_with_node_moved (DioScenario *scenario,
                                           const char *id,
                                           const char *parent,
                                           const char *before,
                                           gboolean keep_world,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** The same for many (@ids NULL-terminated), in the given order; what hangs below another of the list stays below it. */
DioScenario *dio_scenario_with_nodes_moved (DioScenario *scenario,
                                            const char *const *ids,
                                            const char *parent,
                                            const char *before,
                                            gboolean keep_world,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* -- Randomizers --------------------------------------------------------------------------------------------------- */

/** NULL for NULL and for ids that are not there; linear. Borrowed. */
const DioRandomizer *dio_scenario_find_randomizer (const DioScenario *scenario, const char *id);
/** Puts the randomizer at @position of the order in which they act (beyond the end: last). */
DioScenario *dio_scenario_with_randomizer_moved (DioScenario *scenario,
                                                 const char *id,
                                                 guint position,
                                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** The same document with every randomizer disabled: the base view. Never fails; shares all but the randomizers. */
DioScenario *dio_scenario_without_randomizers_acting (DioScenario *scenario)
    G_GNUC_WARN_UNUSED_RESULT;

/* -- Free ids ------------------------------------------------------------------------------------------------------ */

/** The lists of a scenario. */
typedef enum {
  DIO_SCENARIO_NODES,
  DIO_SCENARIO_ASSETS,
  DIO_SCENARIO_CATEGORIES,
  DIO_SCENARIO_RANDOMIZERS,
} DioScenarioList;

/** An id that no entry of the list has and that is no key of @besides (nullable), from any text: "Mug" gives "Mug" while that is free, then "Mug_2", "Mug_3";
 * "Mug_2" gives "Mug_3". Accents go, what else ids cannot hold becomes "_"; NULL or empty gives "node" ("asset", "category", "randomizer"). At most 63 bytes. */
char *dio_scenario_dup_free_id (const DioScenario *scenario,
                                DioScenarioList list,
                                const char *wish,
                                GHashTable *besides) G_GNUC_WARN_UNUSED_RESULT;
char *dio_scenario_dup_free_node_id (const DioScenario *scenario,
                                     const char *wish) G_GNUC_WARN_UNUSED_RESULT;
char *dio_scenario_dup_free_asset_id (const DioScenario *scenario,
                                      const char *wish) G_GNUC_WARN_UNUSED_RESULT;
char *dio_scenario_dup_free_category_id (const DioScenario *scenario,
                                         const char *wish) G_GNUC_WARN_UNUSED_RESULT;
char *dio_scenario_dup_free_randomizer_id (const DioScenario *scenario,
                                           const char *wish) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
