#pragma once
/* Thread: any. Sensible randomizers. Private to app/edit. */

#include "dio-scene-property.h"
#include "dio-scene-scenario.h"

G_BEGIN_DECLS

/** A property of a node and the value that it has. */
typedef struct {
  const DioScenario *scenario;
  const DioNode *node;
  const char *path;
  const DioPropertyInfo *info;
  DioPropertyValue value;
} DioEditSubject;

/** FALSE with NOT_FOUND for what is not there. */
gboolean dio_edit_subject_init (DioEditSubject *subject,
                                const DioScenario *scenario,
                                const char *node,
                                const char *path,
                                GError **error);
/** A randomizer as JSON, without id and targets, that varies the property about its value; NULL with INVALID where it cannot vary. */
json_t *dio_edit_subject_to_randomizer (const DioEditSubject *subject,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** {"kind": "uniform"} or {"kind": "log-uniform"}. */
json_t *dio_edit_make_uniform (double min, double max) G_GNUC_WARN_UNUSED_RESULT;
json_t *dio_edit_make_log_uniform (double min, double max) G_GNUC_WARN_UNUSED_RESULT;
/** Last part of a path, and the slot of "materials/SLOT/X" (owned; NULL for all slots). */
const char *dio_edit_get_key (const char *path);
char *dio_edit_dup_slot (const char *path) G_GNUC_WARN_UNUSED_RESULT;
gboolean dio_edit_is_material_path (const char *path);

G_END_DECLS
