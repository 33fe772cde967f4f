#pragma once
/* Thread: any. What the files of app/edit share. Private to app/edit. */

#include "dio-scene-scenario.h"

G_BEGIN_DECLS

/** FALSE with INVALID for an empty list, NOT_FOUND for an unknown node. */
gboolean dio_edit_check_ids (const DioScenario *scenario, const char *const *ids, GError **error);
/** Keys borrowed from @ids. */
GHashTable *dio_edit_make_set (const char *const *ids) G_GNUC_WARN_UNUSED_RESULT;

/** New ids of copies. */
typedef struct {
  GHashTable *new_from_old; /**< both owned */
  GHashTable *taken;        /**< the new ids, borrowed */
} DioEditCopies;
void dio_edit_copies_init (DioEditCopies *copies);
void dio_edit_copies_clear (DioEditCopies *copies);
/** Chooses an id for the copy of @old_id; borrowed. */
const char *dio_edit_copies_add (DioEditCopies *copies,
                                 const DioScenario *scenario,
                                 const char *old_id);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DioEditCopies, dio_edit_copies_clear)

/** [x, y, z] and [w, x, y, z]. */
json_t *dio_edit_vec3_to_json (DioVec3 v) G_GNUC_WARN_UNUSED_RESULT;
/** Sets "translation", "rotation" and "scale" of a node's JSON. */
void dio_edit_set_trs (json_t *node, const DioTrs *trs);
/** Splits a matrix as dio_scenario_find_parent_from_node does. */
gboolean dio_edit_split (const DioMat4 *m, DioTrs *out, GError **error);
/** The id of the sensor, or for NULL of the first visible one; NULL where there is none. */
const char *dio_edit_find_sensor (const DioScenario *scenario, const char *wanted);
/** World of the parent of @node. */
DioMat4 dio_edit_world_from_parent (const DioScenario *scenario, const DioNode *node);

G_END_DECLS
