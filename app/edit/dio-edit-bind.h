#pragma once
/* Thread: any. The dice: from a property and the value that it has to a randomizer that varies it sensibly around that value, and back. */

#include "dio-scene-scenario.h"

G_BEGIN_DECLS

/** Whether a dice stands beside the property: "translation", "rotation", "scale", "visible", "light/intensity", "material/base_color",
 * "materials/SLOT/roughness", "parameters/height_m", "model/asset", ... */
gboolean dio_edit_can_bind (DioNodeKind kind, const char *path);
/** The randomizers that draw the property of a node, in the order in which they act: ids, NULL-terminated, owned by the caller. Disabled ones count. */
GStrv dio_edit_list_bindings (const DioScenario *scenario,
                              const char *node,
                              const char *path) G_GNUC_WARN_UNUSED_RESULT;
/** Binds the property of all nodes of @ids (NULL-terminated) to one new randomizer whose range lies around the value of the first; where positions differ
 * each node gets one of its own. Nodes that are bound already stay as they are; where all are, INVALID. @new_ids (nullable) gets the randomizers' ids.
 * Errors: INVALID for a property that cannot vary, NOT_FOUND for unknown nodes and properties. */
DioScenario *dio_edit_bind_property (DioScenario *scenario,
                                     const char *const *ids,
                                     const char *path,
                                     GStrv *new_ids,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** The nodes of @ids are no longer targets of what draws the property; a randomizer without targets goes. */
DioScenario *dio_edit_unbind_property (DioScenario *scenario,
                                       const char *const *ids,
                                       const char *path,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** A randomizer of @type on @ids with sensible parameters: what the "Add" menu of the list of randomizers makes. @new_id nullable. */
DioScenario *dio_edit_add_randomizer (DioScenario *scenario,
                                      const char *type,
                                      const char *const *ids,
                                      char **new_id,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** Hide one object in part behind others. */
typedef struct {
  const char *hidden;           /**< model or crowd that is to be hidden in part: it stays */
  const char *const *occluders; /**< NULL-terminated: one of them a frame goes before it */
  const char *sensor;           /**< whose view it is; NULL = the first visible one */
  double min_visibility, max_visibility; /**< both 0 = 0.2 to 0.8 */
  /** where the sensor is as shown, world metres; NULL = unknown */
  const DioVec3 *eye_m;
  /** World bounds as shown, of all occluders together; empty boxes (min > max) or zeros mean "unknown". With them the
   * rule begins where what hides is high enough for the line of sight. */
  DioBox3 hidden_world, occluder_world;
} DioEditOcclude;

/** Adds a randomizer "occlude" that puts one of the occluders into the line of sight, after all else is drawn. @new_id nullable. */
DioScenario *dio_edit_occlude (DioScenario *scenario,
                               const DioEditOcclude *occlude,
                               char **new_id,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
