#pragma once
/* Thread: any. Edits on many nodes at once. Each returns a new scenario, or NULL with an INVALID or NOT_FOUND error; the document that was given never
 * changes. @ids are NULL-terminated lists of node ids; an empty list is INVALID. Lists of new ids are NULL-terminated, owned by the caller, and set on
 * success only (the pointer may be NULL).
 *
 * Frames: "world" is the world of the document's values, without randomizers. */

#include "dio-scene-scenario.h"

G_BEGIN_DECLS

/** Without the nodes and all below them; randomizers lose those targets. */
DioScenario *dio_edit_delete_nodes (DioScenario *scenario,
                                    const char *const *ids,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** Copies with all below them, where their originals are, below the same parents and behind all others, so that no leaf id of another node changes. With
 * @randomized, randomizers that aim at an original aim at its copy too. */
DioScenario *dio_edit_duplicate_nodes (DioScenario *scenario,
                                       const char *const *ids,
                                       gboolean randomized,
                                       GStrv *new_ids,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** The nodes with all below them as JSON text for a clipboard: nodes with their world transforms, the categories and assets that they name. */
char *dio_edit_copy_nodes (DioScenario *scenario,
                           const char *const *ids,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** Whether @text looks like what dio_edit_copy_nodes makes; cheap. */
gboolean dio_edit_is_copied_nodes (const char *text);
/** Adds what @text holds below @parent (NULL = root), with new ids, at the world transforms that the originals had. Categories that are missing are added; an
 * asset must be in the document with the same content (by id, or by hash under another id). */
DioScenario *dio_edit_paste_nodes (DioScenario *scenario,
                                   const char *text,
                                   const char *parent,
                                   GStrv *new_ids,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** A new group at the middle of the nodes, below the parent that they have in common; they keep their places in the world. */
DioScenario *dio_edit_group_nodes (DioScenario *scenario,
                                   const char *const *ids,
                                   const char *name,
                                   char **group_id,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** Takes the groups of @ids away and leaves their children where they are in the world; what is no group is passed over. */
DioScenario *dio_edit_ungroup_nodes (DioScenario *scenario,
                                     const char *const *ids,
                                     GStrv *freed_ids,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** Below @parent (NULL = root), in front of its child @before (NULL = last), in the given order; places in the world stay. */
DioScenario *dio_edit_reparent_nodes (DioScenario *scenario,
                                      const char *const *ids,
                                      const char *parent,
                                      const char *before,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

DioScenario *dio_edit_show_nodes (DioScenario *scenario,
                                  const char *const *ids,
                                  gboolean visible,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** Hides every model and group but these, what is above and what is below them; lights and sensors stay. Where that is so already, shows all. */
DioScenario *dio_edit_isolate_nodes (DioScenario *scenario,
                                     const char *const *ids,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
DioScenario *dio_edit_show_all (DioScenario *scenario, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** Gives the models and groups among the nodes the category whose id or name (without regard to case) is @name, and makes a "thing" of that name where there
 * is none, with a colour that no other has. NULL takes categories away. @category_id (nullable) gets its id. */
DioScenario *dio_edit_assign_category (DioScenario *scenario,
                                       const char *const *ids,
                                       const char *name,
                                       char **category_id,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** Says of face groups of the models among the nodes whether they count for the labels: @labels is an object of group names and "own", "include" or
 * "exclude"; null gives what the asset says back, groups that it does not name stay. INVALID where no model is among them. */
DioScenario *dio_edit_label_parts (DioScenario *scenario,
                                   const char *const *ids,
                                   const json_t *labels,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** Puts every node of @ids at the element of @world_from_node of its place. A node below another of the list goes to its own. */
DioScenario *dio_edit_set_world_transforms (DioScenario *scenario,
                                            const char *const *ids,
                                            const DioMat4 *world_from_node,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** Moves every node of @ids by the element of @offset_m of its place (world metres). A node below another of the list is carried, not moved twice. */
DioScenario *dio_edit_offset_nodes (DioScenario *scenario,
                                    const char *const *ids,
                                    const DioVec3 *offset_m,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** Moves a node along the world's z so that @bottom_z_m, the lowest point of its bounds now, lies at @surface_z_m. */
DioScenario *dio_edit_drop_node (DioScenario *scenario,
                                 const char *id,
                                 double bottom_z_m,
                                 double surface_z_m,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** Those of @ids that are there and hang below no other of them, in scene order; each once. */
GStrv dio_edit_list_tops (const DioScenario *scenario,
                          const char *const *ids) G_GNUC_WARN_UNUSED_RESULT;
/** The id and all below it, in scene order. */
GStrv dio_edit_list_subtree (const DioScenario *scenario, const char *id) G_GNUC_WARN_UNUSED_RESULT;
/** What a user calls the node: its name, else its id. Borrowed from the node. */
const char *dio_edit_get_node_title (const DioNode *node);

G_END_DECLS
